//go:build !unix

package prompt

import (
	"os"
	"os/exec"
	"time"

	"golang.org/x/term"
)

// tty is the terminal where survey reads the console itself and no signals
// exist that could be caught: it writes, knows the size and keeps the state.
// Its methods are explained beside their Unix twins.
type tty struct {
	in, out *os.File
	guard   *guard
	buf     [4096]byte
}

func newTTY(in, out *os.File) (*tty, error) {
	t := &tty{in: in, out: out}
	t.guard = &guard{fd: int(in.Fd()), out: out}
	return t, nil
}

func (t *tty) begin(raw bool) error {
	if raw {
		return t.guard.hold()
	}
	return nil
}

func (t *tty) end()           { t.guard.release() }
func (t *tty) pending() error { return nil }
func (t *tty) settled()       {}
func (t *tty) suspend()       {}

func (t *tty) lend(program *exec.Cmd) error { return program.Run() }

// read cannot wait for a limited time here; only whole lines are read with it.
func (t *tty) read(time.Duration) ([]byte, error) {
	n, err := t.in.Read(t.buf[:])
	if n == 0 || err != nil && n <= 0 {
		return nil, ErrPaused
	}
	return t.buf[:n], nil
}

func (t *tty) Write(p []byte) (int, error) { return t.out.Write(p) }

func (t *tty) size() (cols, rows int) {
	cols, rows, err := term.GetSize(int(t.out.Fd()))
	if err != nil || cols <= 0 || rows <= 0 {
		return defaultWidth, defaultRows
	}
	return cols, rows
}

func (t *tty) close() error {
	t.guard.release()
	return nil
}
