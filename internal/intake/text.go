package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/pmpath/pmpath/internal/document"
)

// headSize is how much of an input is looked at before it is read. The header of a table is in it, or the limit of a line is.
const headSize = 64 << 10

const byteOrderMark = "\uFEFF"

// peek returns the first n bytes of an input as they are, or all where there are fewer. They will be read again.
func (in *input) peek(n int) ([]byte, error) {
	if in.Stream != nil {
		more := make([]byte, max(n-len(in.first), 0))
		got, err := io.ReadFull(in.Stream, more)
		in.first = append(in.first, more[:got]...)
		return in.first, unlessEnd(err)
	}
	if in.File == nil {
		return nil, nil
	}
	head := make([]byte, min(int64(n), in.Size))
	got, err := in.File.ReadAt(head, 0)
	return head[:got], unlessEnd(err)
}

// unlessEnd drops the errors that say that there is no more.
func unlessEnd(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}

// text returns the whole input as UTF-8 with line feeds. Of a Stream it does so once.
func (in *input) text() io.Reader {
	var raw io.Reader
	if in.Stream != nil {
		raw = io.MultiReader(bytes.NewReader(in.first), in.Stream)
	} else {
		raw = io.NewSectionReader(in.File, 0, in.Size)
	}
	if in.decode != nil {
		return in.decode(raw)
	}
	return raw
}

// head returns the beginning of the text, with at least the first three lines where they are within the limits.
func (in *input) head() ([]byte, error) {
	for size := headSize; ; size = 4 * maxLine {
		raw, err := in.peek(size)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", in.Shown, err)
		}
		text := raw
		if in.decode != nil {
			if text, err = io.ReadAll(in.decode(bytes.NewReader(raw))); err != nil {
				return nil, fmt.Errorf("read %s: %w", in.Shown, err)
			}
		}
		if len(raw) < size || size > headSize || bytes.Count(text, []byte("\n")) > 2 {
			return text, nil
		}
	}
}

// openTable recognises encoding, line ends and separator of a table and reads its header.
func (s *Source) openTable(in *input) error {
	raw, err := in.peek(headSize)
	if err != nil {
		return fmt.Errorf("read %s: %w", in.Shown, err)
	}
	at := document.Position{File: in.Shown, Line: 1, Column: 1}
	if what, do := s.recognise(in, raw); what != "" {
		s.problems.Add(at, "", what, do)
		return nil
	}
	head, err := in.head()
	if err != nil {
		return err
	}
	s.readHeader(in, head)
	return nil
}

// recognise finds out how the text of a table is written, by its first bytes.
func (s *Source) recognise(in *input, raw []byte) (what, do string) {
	trimmed := strings.ToLower(string(bytes.TrimLeft(raw[:min(len(raw), 512)], byteOrderMark+" \t\r\n")))
	switch {
	case len(bytes.TrimSpace(raw)) == 0:
		return "the file is empty", "write a header and a row for each person (`pmpath cohort template`)"
	case strings.HasPrefix(trimmed, "<!doctype"), strings.HasPrefix(trimmed, "<html"), strings.HasPrefix(trimmed, "<?xml"):
		return "this is a web page and no table", "export the table again; the page may be one that asks to sign in"
	}
	utf16 := bytes.HasPrefix(raw, []byte("\xFF\xFE")) || bytes.HasPrefix(raw, []byte("\xFE\xFF"))
	var decoder transform.Transformer
	switch encoding := strings.ToLower(s.options.Encoding); {
	case utf16:
		decoder = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()
	case bytes.HasPrefix(raw, []byte(byteOrderMark)), encoding == "", encoding == "utf-8":
		if bytes.IndexByte(raw[:min(len(raw), 512)], 0) >= 0 {
			return "the file has NUL bytes and looks like UTF-16 or no text at all", "save it as CSV in UTF-8"
		}
	case encoding == "utf-16":
		decoder = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder()
	case encoding == "windows-1252":
		decoder = charmap.Windows1252.NewDecoder()
	default:
		return fmt.Sprintf("there is no encoding %q", s.options.Encoding), "use one of: utf-8, utf-16, windows-1252"
	}
	if decoder != nil {
		in.foreign = true
		in.decode = func(r io.Reader) io.Reader { return transform.NewReader(r, decoder) }
	}
	if bytes.IndexByte(raw[:len(raw)-1], '\r') >= 0 && bytes.IndexByte(raw, '\n') < 0 {
		before := in.decode
		in.decode = func(r io.Reader) io.Reader {
			if before != nil {
				r = before(r)
			}
			return transform.NewReader(r, returnsToFeeds{})
		}
	}
	return "", ""
}

// returnsToFeeds makes line feeds of carriage returns, for files whose lines end with these alone.
type returnsToFeeds struct{ transform.NopResetter }

func (returnsToFeeds) Transform(dst, src []byte, _ bool) (int, int, error) {
	n := copy(dst, src)
	for i, b := range dst[:n] {
		if b == '\r' {
			dst[i] = '\n'
		}
	}
	if n < len(src) {
		return n, n, transform.ErrShortDst
	}
	return n, n, nil
}

// readHeader reads the lines before the people: a separator that is told ("sep=;"), the header, and the line of help that `pmpath cohort template` writes.
func (s *Source) readHeader(in *input, head []byte) {
	in.line = 1
	rest := bytes.TrimPrefix(head, []byte(byteOrderMark))
	take := func() (line []byte) {
		end := nextLine(rest)
		if end < 0 {
			end = len(rest)
		}
		line, rest = bytes.TrimSuffix(rest[:end], []byte("\n")), rest[end:]
		return withoutEnd(line)
	}
	line := take()
	in.delim = separator(line)
	if told, ok := bytes.CutPrefix(line, []byte("sep=")); ok {
		at := document.Position{File: in.Shown, Line: 1, Column: 5}
		if len(told) != 1 || separatorNames[told[0]] == "" {
			s.problems.Add(at, "", fmt.Sprintf("%q is no separator that can be read", told), "use a comma, a semicolon or a tab")
			return
		}
		in.delim = told[0]
		in.line++
		line = take()
	}
	if in.delim != ',' {
		s.notice("%s: %s stands between the cells", in.Shown, separatorNames[in.delim])
	}
	cells, fault := newSplitter(in).split(line)
	if fault != nil {
		s.problems.Add(document.Position{File: in.Shown, Line: in.line, Column: fault.column}, "", fault.what, fault.do)
		return
	}
	s.header(in, cells)
	in.line++
	if bytes.HasPrefix(bytes.TrimPrefix(rest, []byte(`"`)), []byte(helpMark)) {
		take()
		in.line++
	}
	in.start = int64(len(head) - len(rest))
	in.each = int64(len(rest))
	if in.long {
		in.each /= int64(newLongTable(in, s.words, true).peopleIn(rest)) + 1
	} else {
		in.each /= int64(bytes.Count(rest, []byte("\n"))) + 1
	}
}

// separator finds what stands most often between the cells of a header.
func separator(line []byte) byte {
	best, most := byte(','), 0
	for _, delim := range []byte(",;\t") {
		count, quoted := 0, false
		for _, b := range line {
			if b == '"' {
				quoted = !quoted
			}
			if b == delim && !quoted {
				count++
			}
		}
		if count > most {
			best, most = delim, count
		}
	}
	return best
}
