//go:build unix

package prompt

import (
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// patience is how long an open question may take to come back after a signal,
// before the signal goroutine restores the terminal by itself.
const patience = 100 * time.Millisecond

// watch catches the signals that concern a terminal and wakes whoever waits for
// a key. It is the only place that knows about signals.
//
// Signals that end the process are caught from start to close, between
// questions too, so that an answer can be saved in peace; what arrived is told
// by the next question, or by close.
type watch struct {
	signals chan os.Signal
	wake    *os.File // a byte is readable here when there is news
	waker   *os.File
	release func() // gives the terminal back; any goroutine may call it

	mu        sync.Mutex
	asking    int            // number of the open question, 0 if none is
	asked     int            // questions so far
	end       syscall.Signal // the first signal that asked us to end
	told      bool           // end has been reported
	suspend   bool           // SIGTSTP, for the open question to handle
	again     bool           // SIGCONT that nobody here waited for
	closed    bool
	awake     bool        // a byte is in the pipe
	borrower  *os.Process // the program that has the terminal, nil where none has
	continued chan struct{}
}

func newWatch(release func()) (*watch, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	x := &watch{
		signals: make(chan os.Signal, 16), wake: r, waker: w,
		release: release, continued: make(chan struct{}, 1),
	}
	x.subscribe(true)
	go x.run()
	return x, nil
}

// subscribe catches the signals that end nothing, and with ending also those that
// end the process. A signal ignored from the start stays ignored: nohup means
// it.
func (x *watch) subscribe(ending bool) {
	signal.Notify(x.signals, syscall.SIGTSTP, syscall.SIGCONT, syscall.SIGWINCH)
	if !ending {
		return
	}
	for _, sig := range []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT} {
		if !signal.Ignored(sig) {
			signal.Notify(x.signals, sig)
		}
	}
}

// letGo gives ending signals back their default action. SIGTSTP stays with us
// for the life of the process: once caught, Go's runtime never again stops at
// it, and Ctrl-Z in a pager would leave the shell waiting for us.
func (x *watch) letGo() {
	signal.Stop(x.signals)
	x.subscribe(false)
}

func (x *watch) run() {
	for sig := range x.signals {
		switch sig {
		case syscall.SIGTSTP:
			x.onSuspend()
		case syscall.SIGCONT:
			x.onContinue()
		case syscall.SIGWINCH:
			x.mu.Lock()
			x.rouse()
			x.mu.Unlock()
		default:
			x.onEnd(sig.(syscall.Signal))
		}
	}
}

// onSuspend leaves the stopping to the open question, which restores the
// terminal first. Without one the terminal is as it should be.
func (x *watch) onSuspend() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.asking == 0 {
		stopGroup()
		return
	}
	x.suspend = true
	x.rouse()
}

// onContinue wakes whoever stopped us. If a question is open, the stop was none
// of ours.
func (x *watch) onContinue() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.asking != 0 {
		x.again = true
		x.rouse()
		return
	}
	select {
	case x.continued <- struct{}{}:
	default:
	}
}

// onEnd notes the first signal. If the open question has not come back in time,
// because its terminal takes no more output or a check hangs, the terminal is
// restored from here, and a second signal ends the process by itself.
func (x *watch) onEnd(sig syscall.Signal) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.borrower != nil {
		if sig == syscall.SIGINT || sig == syscall.SIGQUIT {
			return // the terminal has sent it to that program as well
		}
		_ = x.borrower.Signal(sig) // it may have ended by now
	}
	if x.end == 0 {
		x.end = sig
	}
	x.rouse()
	if stuck := x.asking; stuck != 0 {
		time.AfterFunc(patience, func() {
			x.mu.Lock()
			still := x.asking == stuck
			x.mu.Unlock()
			if still {
				x.letGo()
				x.release()
			}
		})
	}
}

// lendTo notes which program has the terminal.
func (x *watch) lendTo(borrower *os.Process) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.borrower = borrower
}

// rouse makes the pipe readable; the lock is held. One byte is enough however
// many signals come, so the write cannot block.
func (x *watch) rouse() {
	if !x.awake {
		x.awake = true
		_, _ = x.waker.Write([]byte{0})
	}
}

// begin opens a question; end closes it.
func (x *watch) begin() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.again = false // a fresh question sets the mode in any case
	if err := x.news(); err != nil {
		return err
	}
	x.asked++
	x.asking = x.asked
	return nil
}

func (x *watch) finish() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.asking = 0
}

// pending tells what has to be obeyed before the next key.
func (x *watch) pending() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.news()
}

func (x *watch) news() error {
	switch {
	case x.closed:
		return ErrPaused
	case x.end != 0:
		x.told = true
		return &SignalError{Signal: x.end}
	case x.suspend:
		return errSuspend
	case x.again:
		return errAgain
	}
	return nil
}

// hungUp tells whether the terminal may have gone.
func (x *watch) hungUp() bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.end == syscall.SIGHUP
}

// drain empties the pipe after a wait was woken.
func (x *watch) drain() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.awake {
		x.awake = false
		var b [1]byte
		_, _ = x.wake.Read(b[:])
	}
}

// calm forgets a continuation that changed nothing.
func (x *watch) calm() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.again = false
}

// stop stops the process group and returns when it was continued; false is
// that nobody could continue it, so it did not stop.
func (x *watch) stop() bool {
	select {
	case <-x.continued: // left over from an earlier stop
	default:
	}
	stopped := stopGroup()
	if stopped {
		<-x.continued
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.suspend, x.again = false, false
	return stopped
}

// close lets go of the signals, wakes an open question, and reports a signal
// that no question has told.
func (x *watch) close() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return nil
	}
	x.closed = true
	x.letGo()
	x.rouse()
	if x.end != 0 && !x.told {
		x.told = true
		return &SignalError{Signal: x.end}
	}
	return nil
}

// stopGroup stops the process group, as a terminal does at Ctrl-Z, and tells
// whether it could. SIGSTOP, because a SIGTSTP once caught stops no Go process
// any more; therefore we look ourselves whether a shell is there to continue
// us. Nobody is, if we lead the session or our parent lives in another one.
func stopGroup() bool {
	session, err := unix.Getsid(0)
	if err != nil || session == syscall.Getpgrp() {
		return false
	}
	if parents, err := unix.Getsid(syscall.Getppid()); err != nil || parents != session {
		return false
	}
	return syscall.Kill(0, syscall.SIGSTOP) == nil
}
