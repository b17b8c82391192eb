package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/pmpath/pmpath/internal/document"
)

// cell is a value of a table with its place on the line, in characters from 1.
type cell struct {
	text   string
	column int
}

// splitter splits lines of a table into cells. A cell never goes beyond its line, so each line is given to package csv alone: it decides about quotes, and
// one that is left open cannot swallow the lines after it.
type splitter struct {
	line  feed
	csv   *csv.Reader
	delim byte
	cells []cell

	foreign bool // the text comes from another encoding
}

// feed is a reader that ends after each line, and goes on when it has been given the next one.
type feed struct{ rest []byte }

func (f *feed) Read(p []byte) (int, error) {
	if len(f.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(p, f.rest)
	f.rest = f.rest[n:]
	return n, nil
}

// newSplitter makes a splitter for lines of an input.
func newSplitter(in *input) *splitter {
	s := &splitter{delim: in.delim, foreign: in.foreign}
	s.csv = csv.NewReader(&s.line)
	s.csv.Comma = rune(in.delim)
	s.csv.FieldsPerRecord = -1
	s.csv.ReuseRecord = true
	return s
}

// lineFault is what makes a line unreadable, with its column.
type lineFault struct {
	column   int
	what, do string
}

// split returns the cells of a line without its line end. They are valid until the next call. A blank line has none.
func (s *splitter) split(line []byte) ([]cell, *lineFault) {
	if len(line) == 0 {
		return nil, nil
	}
	if fault := faultyLine(line, s.foreign); fault != nil {
		return nil, fault
	}
	s.line.rest = line
	record, err := s.csv.Read()
	if err != nil {
		return nil, s.explain(line, len(record), err)
	}
	s.cells = s.cells[:0]
	column, done := 1, 0
	for i, text := range record {
		_, at := s.csv.FieldPos(i)
		column += utf8.RuneCount(line[done : at-1])
		done = at - 1
		s.cells = append(s.cells, cell{text, column})
	}
	return s.cells, nil
}

// faultyLine finds the first character that may stand nowhere. A foreign text has replacement characters where decoding failed.
func faultyLine(line []byte, foreign bool) *lineFault {
	if len(line) > maxLine {
		return &lineFault{1, "this line is longer than 1 MiB", "look whether the file is a table with line ends"}
	}
	column := 1
	for i := 0; i < len(line); column++ {
		r, size := utf8.DecodeRune(line[i:])
		switch {
		case r == utf8.RuneError && size <= 1:
			return &lineFault{column, fmt.Sprintf("byte 0x%02X is not UTF-8", line[i]), "save the table as UTF-8, or say in which encoding it is (--encoding windows-1252)"}
		case r == utf8.RuneError && foreign:
			return &lineFault{column, "this character cannot be read in the encoding of the table", "look which encoding it has"}
		case r == '\r':
			return &lineFault{column, "a carriage return stands alone", "save the file with ordinary line ends"}
		case document.Forbidden(r):
			return &lineFault{column, fmt.Sprintf("the control character U+%04X is not allowed", r), "remove it"}
		}
		i += size
	}
	return nil
}

// explain words an error of package csv about the cell with number n.
func (s *splitter) explain(line []byte, n int, err error) *lineFault {
	var bad *csv.ParseError
	if !errors.As(err, &bad) {
		return &lineFault{1, err.Error(), "write the line anew"} // package csv has no other errors where reading does not fail
	}
	start := s.cellStart(line, n)
	at := min(bad.Column-1, len(line))
	fault := &lineFault{what: "this cell has a quote inside but none around it", do: "put quotes around the cell and write each quote in it twice"}
	if errors.Is(bad.Err, csv.ErrQuote) {
		fault.what, fault.do = "something stands after the quote that closes this cell", "write a quote inside a cell twice"
		if end := s.cellStart(line, n+1); end > len(line) && closing(line[start:]) < 0 {
			at, fault.what, fault.do = start, "the quote that opens here is not closed on its line", "close it; a cell cannot have line breaks"
		}
	}
	fault.column = utf8.RuneCount(line[:at]) + 1
	return fault
}

// cellStart returns the offset at which the cell with number n starts; beyond the line where there are fewer.
func (s *splitter) cellStart(line []byte, n int) int {
	at := 0
	for ; n > 0 && at <= len(line); n-- {
		rest := line[at:]
		quoted := max(closing(rest), 0)
		next := bytes.IndexByte(rest[quoted:], s.delim)
		if len(rest) > 0 && rest[0] == '"' && quoted == 0 || next < 0 {
			return len(line) + 1
		}
		at += quoted + next + 1
	}
	return at
}

// closing returns the offset after the quote that closes a cell that starts with one; -1 where there is none.
func closing(rest []byte) int {
	if len(rest) == 0 || rest[0] != '"' {
		return -1
	}
	for i := 1; i < len(rest); i++ {
		if rest[i] != '"' {
			continue
		}
		if i+1 == len(rest) || rest[i+1] != '"' {
			return i + 1
		}
		i++
	}
	return -1
}

// withoutEnd takes the carriage return of a line end off a line.
func withoutEnd(line []byte) []byte { return bytes.TrimSuffix(line, []byte("\r")) }

// isBlank reports whether no cell says anything, as in the rows that spreadsheets leave below a table.
func isBlank(cells []cell) bool {
	for _, c := range cells {
		if c.text != "" {
			return false
		}
	}
	return true
}
