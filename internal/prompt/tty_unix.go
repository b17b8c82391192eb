//go:build unix

package prompt

import (
	"errors"
	"os"
	"os/exec"
	"reflect"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
	"golang.org/x/term"
)

// signalGrace is how long a signal may take that belongs to what was just seen:
// SIGHUP to the end of input, SIGINT to the end of a program that had the terminal, SIGTERM to the SIGCONT that lets a stopped job
// die.
const signalGrace = 50 * time.Millisecond

// tty is the terminal itself: bytes in and out, its size, its saved state and
// the signals that concern it. Reading is done by whoever asks, never in the
// background: a background reader would take keys from programs run in between.
type tty struct {
	in, out *os.File
	fd      int // of in
	guard   *guard
	watch   *watch
	mode    *term.State // while asking: as survey set it
	buf     [4096]byte
}

func newTTY(in, out *os.File) (*tty, error) {
	t := &tty{in: in, out: out, fd: int(in.Fd())}
	t.guard = &guard{fd: t.fd, out: t}
	w, err := newWatch(t.guard.release)
	if err != nil {
		return nil, err
	}
	t.watch = w
	return t, nil
}

// begin opens a question and end closes it. raw says that survey is going to
// change the mode; the line prompter leaves it alone.
func (t *tty) begin(raw bool) error {
	if err := t.watch.begin(); err != nil {
		return err
	}
	t.mode = nil
	if !raw {
		return nil
	}
	if err := t.guard.hold(); err != nil {
		t.end()
		return ErrPaused // no terminal any more
	}
	return nil
}

func (t *tty) end() {
	t.guard.release()
	t.watch.finish()
}

func (t *tty) pending() error {
	err := t.watch.pending()
	if errors.Is(err, errAgain) && !t.modeLost() {
		t.watch.calm()
		return nil
	}
	return err
}

// settled notes the mode survey has set, once a question, unless it may be
// another's already.
func (t *tty) settled() {
	if t.mode == nil && t.watch.pending() == nil {
		t.mode, _ = term.GetState(t.fd)
	}
}

// modeLost tells whether somebody, most likely the shell after a SIGSTOP, has
// changed the mode under an open question.
func (t *tty) modeLost() bool {
	if t.mode == nil {
		return true
	}
	now, err := term.GetState(t.fd)
	return err == nil && !reflect.DeepEqual(now, t.mode)
}

// suspend stops the process group; the terminal has been given back. Continued
// in the background it stops again, rather than save a mode that belongs to the
// shell.
func (t *tty) suspend() {
	for t.watch.stop() && !t.inForeground() && t.soon() == nil {
	}
}

// lend runs a program while the signals of the keyboard are for it.
func (t *tty) lend(program *exec.Cmd) error {
	if err := program.Start(); err != nil {
		return err
	}
	t.watch.lendTo(program.Process)
	err := program.Wait()
	time.Sleep(signalGrace) // a Ctrl-C that has ended the program reaches us a moment later
	t.watch.lendTo(nil)
	return err
}

func (t *tty) inForeground() bool {
	group, err := unix.IoctlGetInt(t.fd, unix.TIOCGPGRP)
	return err != nil || group == syscall.Getpgrp()
}

// read waits for bytes. It returns errTimeout, errWoken, what watch has to tell,
// or ErrPaused when the terminal has ended. A negative timeout is none.
func (t *tty) read(timeout time.Duration) ([]byte, error) {
	deadline := time.Now().Add(timeout)
	for {
		if err := t.pending(); err != nil {
			return nil, err
		}
		left := timeout
		if timeout >= 0 {
			left = max(time.Until(deadline), 0)
		}
		typed, woken, err := waitReadable(t.fd, int(t.watch.wake.Fd()), left)
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case err != nil:
			return nil, ErrPaused
		case woken:
			t.watch.drain()
			if err := t.pending(); err != nil {
				return nil, err
			}
			return nil, errWoken
		case !typed:
			return nil, errTimeout
		}
		n, err := unix.Read(t.fd, t.buf[:])
		switch {
		case n > 0:
			return t.buf[:n], nil
		case errors.Is(err, unix.EINTR) || errors.Is(err, unix.EAGAIN):
			continue
		}
		return nil, t.ended()
	}
}

// ended tells why there is no more input.
func (t *tty) ended() error {
	if err := t.soon(); err != nil {
		return err
	}
	return ErrPaused
}

// soon is pending, for a signal that may be on its way.
func (t *tty) soon() error {
	if err := t.watch.pending(); err != nil {
		return err
	}
	t.watch.drain()
	wake := int(t.watch.wake.Fd())
	_, _, _ = waitReadable(wake, wake, signalGrace) // without news there is none
	return t.watch.pending()
}

// Write writes to the terminal, but not to one that has hung up.
func (t *tty) Write(p []byte) (int, error) {
	if t.watch.hungUp() && !t.alive() {
		return len(p), nil
	}
	n, err := t.out.Write(p)
	if err != nil {
		return n, ErrPaused
	}
	return n, nil
}

func (t *tty) alive() bool {
	_, err := term.GetState(t.fd)
	return err == nil
}

// size tells columns and rows, 80 × 24 if the terminal does not know.
func (t *tty) size() (cols, rows int) {
	cols, rows, err := term.GetSize(int(t.out.Fd()))
	if err != nil || cols <= 0 {
		cols = defaultWidth
	}
	if err != nil || rows <= 0 {
		rows = defaultRows
	}
	return cols, rows
}

func (t *tty) close() error {
	t.guard.release()
	return t.watch.close()
}
