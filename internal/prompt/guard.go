package prompt

import (
	"io"
	"runtime"
	"sync"

	"golang.org/x/term"
)

// Modes of the terminal that we switch. Cursor visibility is survey's to
// switch off; it is switched on at every exit all the same.
const (
	pasteOn  = "\x1b[?2004h"
	pasteOff = "\x1b[?2004l"
	cursorOn = "\x1b[?25h"
)

// guard keeps the state of the terminal while a question is open. Giving it
// back is the job of one method, release, called on return, on error, on panic
// and by the signal goroutine when the prompt does not come back.
type guard struct {
	fd  int
	out io.Writer

	mu    sync.Mutex
	saved *term.State // nil: nothing to give back
}

// hold saves the state anew for every question, since in between the terminal
// belongs to others.
func (g *guard) hold() error {
	state, err := term.GetState(g.fd)
	if err != nil {
		return err
	}
	g.mu.Lock()
	g.saved = state
	g.mu.Unlock()
	return g.modes(pasteOn)
}

// release gives the terminal back. It may be called from any goroutine and as
// often as one likes. The mode goes first, and nothing is written under the lock:
// a write blocks on a terminal that was stopped with Ctrl-S.
func (g *guard) release() {
	g.mu.Lock()
	state := g.saved
	g.saved = nil
	g.mu.Unlock()
	if state == nil {
		return
	}
	_ = term.Restore(g.fd, state) // a terminal that is gone needs no restoring
	_ = g.modes(pasteOff + cursorOn)
}

// modes writes sequences of ours. A Windows console takes them for text unless
// it is told otherwise, and needs none of them: its library calls the console.
func (g *guard) modes(seq string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	_, err := io.WriteString(g.out, seq)
	return err
}
