package prompt

import (
	"errors"
	"fmt"
	"syscall"
	"time"

	"github.com/AlecAivazis/survey/v2/terminal"
)

// What survey writes to find out the size and where the cursor is: it moves far
// beyond the last corner and asks for the position.
const (
	farCorner   = "\x1b[999;999f"
	cursorQuery = "\x1b[6n"
)

// How long the rest of a sequence may take, the reply to a query, and a hand that
// makes a window smaller.
const (
	sequenceWait = 40 * time.Millisecond
	replyWait    = 500 * time.Millisecond
	resizeWait   = 200 * time.Millisecond
)

// query is what survey is waiting to be told.
type query int

const (
	queryNone query = iota
	querySize
	queryPosition
)

// shim stands between survey and the terminal, in and out. survey opens a
// buffered reader for every prompt and throws away what it read too much; a
// shim that hands over one key a call has nothing thrown away, and keeps the
// rest for the next prompt.
type shim struct {
	term *tty
	scan scanner
	cols int    // width for which a list was drawn
	text bool   // a line of text is asked for, not a row of a list
	size int    // characters of this line so far; those above maxRunes are dropped
	home int    // column where text starts, for terminals that answer no query
	mute bool   // the terminal answered no query: do not ask again
	far  bool   // the cursor would stand in the far corner now
	open query  // asked and not answered yet
	rest string // of a key or a reply, if the reader's buffer was short
}

// keyboard is survey's standard input.
type keyboard struct{ *shim }

// screen is survey's standard output.
type screen struct{ *shim }

var (
	_ terminal.FileReader = keyboard{}
	_ terminal.FileWriter = screen{}
)

// Fd is the real terminal: survey switches its mode.
func (k keyboard) Fd() uintptr { return k.term.in.Fd() }

// Fd is the real terminal: survey asks it for the size.
func (s screen) Fd() uintptr { return s.term.out.Fd() }

// Write passes everything on but the questions about size and position, which
// it keeps in mind for the next Read.
func (s screen) Write(p []byte) (int, error) {
	switch string(p) {
	case farCorner:
		s.far = true
		return len(p), nil
	case cursorQuery:
		if s.far {
			s.far, s.open = false, querySize
			return len(p), nil
		}
		s.open = queryPosition
		if s.mute {
			return len(p), nil
		}
	}
	return s.term.Write(p)
}

// Read hands over one key, or the reply to an open query.
func (k keyboard) Read(p []byte) (int, error) {
	if k.rest == "" {
		k.term.settled()
		var err error
		if k.open != queryNone {
			k.rest = k.reply()
		} else if k.rest, err = k.key(); err != nil {
			return 0, err
		}
	}
	n := copy(p, k.rest)
	k.rest = k.rest[n:]
	return n, nil
}

// key waits for the next key that survey may see. Signals come before keys that
// were typed earlier.
func (s *shim) key() (string, error) {
	for {
		if err := s.term.pending(); err != nil {
			return "", err
		}
		if k, ok := s.scan.next(s.text); ok {
			if s.drops(k) {
				continue
			}
			return k.bytes, k.err()
		}
		if err := s.more(); err != nil {
			return "", err
		}
	}
}

// more waits until there may be another key. A list that has become too wide for
// the screen is asked again: its rows take more lines now, and survey would
// erase what stands above them. A line of text is left as it is, for what was
// typed would be lost.
func (s *shim) more() error {
	wait, partial := time.Duration(-1), len(s.scan.buf) > 0
	cols, _ := s.term.size()
	narrowed := !s.text && cols < s.cols
	switch {
	case partial:
		wait = sequenceWait
	case narrowed:
		wait = resizeWait
	}
	b, err := s.term.read(wait)
	switch {
	case err == nil:
		s.scan.feed(b)
	case errors.Is(err, errWoken):
	case errors.Is(err, errTimeout) && partial:
		s.scan.expire()
	case errors.Is(err, errTimeout) && narrowed:
		return errAgain
	default:
		return err
	}
	return nil
}

// drops tells whether a key would make a line too long.
func (s *shim) drops(k key) bool {
	if !s.text || k.kind != keyText || k.bytes < " " || k.bytes == "\x7f" {
		return false
	}
	s.size++
	return s.size > maxRunes
}

// begin makes ready for the next list or line, drawn for a width.
func (s *shim) begin(text bool, cols int) { s.text, s.cols, s.size = text, cols, 0 }

// overflowed tells whether characters of the line were dropped.
func (s *shim) overflowed() bool { return s.size > maxRunes }

// err is what a key means that is no key for survey.
func (k key) err() error {
	switch k.kind {
	case keyPause:
		return ErrPaused
	case keySuspend:
		return errSuspend
	case keyQuit:
		return &SignalError{Signal: syscall.SIGQUIT}
	default:
		return nil
	}
}

// reply answers a query. It never fails, because survey does not look at the
// error and uses the position it did not get; what is wrong is told by the next
// key.
func (s *shim) reply() string {
	cols, rows := s.term.size()
	size := s.open == querySize
	s.open = queryNone
	if size {
		return report(rows, cols)
	}
	row, col := s.position()
	if row == 0 {
		// The last row is the one from which survey's movements erase nothing
		// above the prompt.
		row, col = rows, min(max(s.home, 1), cols)
	}
	return report(row, col)
}

// position waits for the terminal's own reply and leaves keys typed meanwhile in
// the queue. 0 is no reply.
func (s *shim) position() (row, col int) {
	if s.mute {
		return 0, 0
	}
	deadline := time.Now().Add(replyWait)
	for {
		b, err := s.term.read(max(time.Until(deadline), 0))
		if errors.Is(err, errWoken) {
			continue
		}
		if err != nil {
			s.mute = s.mute || errors.Is(err, errTimeout)
			return 0, 0
		}
		s.scan.feed(b)
		if row, col, ok := s.scan.report(); ok {
			return row, col
		}
	}
}

func report(row, col int) string { return fmt.Sprintf("\x1b[%d;%dR", row, col) }
