package prompt

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"

	"golang.org/x/term"
)

// Option is one row to choose.
type Option struct {
	// Key is what is typed to select the row: "3", "n", "back". Keys differ
	// from each other in more than case.
	Key string
	// Label is the short form with the key in front, "3 Whole product". It is
	// cut to one line where it stands in a list.
	Label string
	// Text says in full what the row means, and is shown wrapped above the
	// prompt. It need not repeat the label. Empty: the label says it all.
	Text string
	// Also is another word for the same row, "skip" beside "s"; may be empty.
	Also string
}

// Question is what is shown before an answer is asked for.
type Question struct {
	Progress string // "12 of 52 · Communication"; may be empty
	Ask      string // the question in full
	Help     string // a paragraph of explanation; may be empty
	Options  []Option
	// Actions are rows that are no answers: back, help. They follow the options
	// in the list, and above it only their words are named.
	Actions []Option
}

// rows are the options and then the actions.
func (q Question) rows() []Option {
	return append(q.Options[:len(q.Options):len(q.Options)], q.Actions...)
}

// Prompter asks. One question is open at a time, and the methods are for one
// goroutine. They return [ErrPaused] or a *[SignalError] when there is no
// answer; any other error is a fault of the program.
type Prompter interface {
	// Choose returns an index into q.Options followed by q.Actions. No row is
	// chosen beforehand.
	Choose(q Question) (int, error)
	// Line returns one line of text without surrounding space. check may be
	// nil; its error is shown and the question asked again. An empty line is an
	// answer if check allows it. Without ask and help only the place to type is
	// shown, for a text of several lines.
	Line(ask, help string, check func(string) error) (string, error)
	// Say shows text between questions: every line of it wrapped, then rows in
	// full.
	Say(text string, rows ...Option) error
	// Lend gives the terminal to another program, such as an editor, and waits
	// for its end. The program's streams are set by the caller. Ctrl-C and Ctrl-\ meanwhile are for that program; other
	// signals that end this process are passed on to it, and told by the next
	// question.
	Lend(program *exec.Cmd) error
}

// ErrPaused says that the person stopped: Ctrl-C, Ctrl-D, the word quit, the
// end of input, or a terminal that went away.
var ErrPaused = errors.New("paused")

// SignalError says that the process was asked to end while a question was open
// or between two of them. The terminal is as it was before; raising the signal
// again, with its default action, is left to the caller.
type SignalError struct{ Signal syscall.Signal }

func (e *SignalError) Error() string { return fmt.Sprintf("ended by signal: %v", e.Signal) }

// Available tells whether both ends are terminals. Without both there is nobody
// to ask: survey would take piped bytes for keys, and a piped Enter for an
// answer.
func Available(in, out *os.File) bool {
	return in != nil && out != nil && term.IsTerminal(int(in.Fd())) && term.IsTerminal(int(out.Fd()))
}

// noIndex is returned beside an error, so that a forgotten check cannot take it
// for the first option.
const noIndex = -1

// errNoOptions is a fault of the caller, found before anything is shown.
var errNoOptions = errors.New("prompt: a question needs options")

// Reasons for which a question that is open has to be asked again. They never
// leave the package.
var (
	errSuspend = errors.New("suspend")   // Ctrl-Z, SIGTSTP
	errAgain   = errors.New("ask again") // the screen is no longer what was drawn
)

// What tty.read returns when there are no bytes, yet.
var (
	errTimeout = errors.New("nothing typed")
	errWoken   = errors.New("look around") // the size may be another
)
