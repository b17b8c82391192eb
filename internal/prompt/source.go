package prompt

import (
	"bufio"
	"errors"
	"io"
	"os/exec"
	"strings"
)

// Longest line taken, in characters where they are counted one by one and in
// bytes where lines come whole: some way above what any caller accepts, so that
// the caller's own remark is the usual one. A megabyte pasted by mistake is read
// away and refused instead of being drawn for a minute.
const (
	maxRunes = 16 << 10
	maxLine  = 4 * maxRunes
)

// errTooLong says that a line was read to its end and dropped.
var errTooLong = errors.New("line too long")

// lineSource is where the line prompter reads.
type lineSource interface {
	begin() error
	end()
	line() (string, error)
	suspend()
	lend(program *exec.Cmd) error
	close() error
}

// streamLines reads any reader.
type streamLines struct{ r *bufio.Reader }

func (s *streamLines) begin() error { return nil }
func (s *streamLines) end()         {}
func (s *streamLines) suspend()     {}
func (s *streamLines) close() error { return nil }

// lend runs the program with what it has been given: a stream is no terminal.
func (s *streamLines) lend(program *exec.Cmd) error { return program.Run() }

// line returns a last line without line break too; after it comes the end.
func (s *streamLines) line() (string, error) {
	var b strings.Builder
	long := false
	for {
		part, err := s.r.ReadSlice('\n')
		long = long || b.Len()+len(part) > maxLine
		if !long {
			b.Write(part)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err == nil, errors.Is(err, io.EOF) && b.Len() > 0:
			if long {
				return "", errTooLong
			}
			return strings.TrimRight(b.String(), "\r\n"), nil
		}
		return "", ErrPaused
	}
}

// ttyLines reads lines that the terminal edits. It shares the queue of the
// shim, since keys typed ahead for a list may turn out to be for a line.
type ttyLines struct {
	term *tty
	scan *scanner
}

func (t *ttyLines) begin() error { return t.term.begin(false) }
func (t *ttyLines) end()         { t.term.end() }
func (t *ttyLines) suspend()     { t.term.suspend() }
func (t *ttyLines) close() error { return t.term.close() }

func (t *ttyLines) lend(program *exec.Cmd) error { return t.term.lend(program) }

func (t *ttyLines) line() (string, error) {
	long := false
	for {
		if err := t.term.pending(); err != nil {
			return "", err
		}
		line, whole, err := t.scan.line()
		switch {
		case err != nil:
			return "", err
		case whole && (long || len(line) > maxLine):
			return "", errTooLong
		case whole:
			return line, nil
		case len(t.scan.buf) > maxLine:
			t.scan.expire()
			long = true
		}
		b, err := t.term.read(-1)
		if err != nil && !errors.Is(err, errWoken) {
			return "", err
		}
		t.scan.feed(b)
	}
}

// line takes a whole line out of the buffer. Ctrl-C and Ctrl-D in it were typed
// ahead while the terminal handed them over as bytes.
func (s *scanner) line() (line string, whole bool, err error) {
	for i, b := range s.buf {
		switch b {
		case ctrlC, ctrlD:
			s.buf = s.buf[i+1:]
			return "", false, ErrPaused
		case '\r', '\n':
			line = string(s.buf[:i])
			s.buf = s.buf[i+1:]
			return line, true, nil
		}
	}
	return "", false, nil
}
