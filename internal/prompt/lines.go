package prompt

import (
	"bufio"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"unicode"

	"golang.org/x/term"
)

// Lines is the Prompter in plain lines: numbered options, nothing drawn twice,
// no escape byte, and the answer said again in words. The words help and quit
// are understood wherever an answer is asked for, unless an option has them as
// its key.
type Lines struct {
	src    lineSource
	out    io.Writer
	width  func() int
	hinted bool // the hint for lists has been shown
}

// NewLines makes the prompter for a terminal that is not drawn on, or for a
// person who listens. width is asked before every question; nil is 80. If in is
// a terminal, signals are caught from here to Close and suspending asks the
// question again; Ctrl-C then comes as the signal it is.
func NewLines(in io.Reader, out io.Writer, width func() int) *Lines {
	if width == nil {
		width = func() int { return defaultWidth }
	}
	return &Lines{src: newSource(in), out: out, width: width}
}

// newSource prefers a terminal with its signals; without them lines still work.
func newSource(in io.Reader) lineSource {
	if f, ok := in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		if t, err := newTTY(f, f); err == nil {
			return &ttyLines{term: t, scan: &scanner{}}
		}
	}
	return &streamLines{r: bufio.NewReader(in)}
}

// Close lets go of the signals, as [Survey.Close] does.
func (l *Lines) Close() error { return l.src.close() }

// Choose lists the options and asks until one of them is named.
func (l *Lines) Choose(q Question) (int, error) {
	var index int
	err := l.ask(func() (err error) {
		index, err = l.choose(q)
		return err
	})
	if err != nil {
		return noIndex, err
	}
	return index, nil
}

// Line asks until check is content.
func (l *Lines) Line(ask, help string, check func(string) error) (string, error) {
	var answer string
	err := l.ask(func() (err error) {
		answer, err = l.line(ask, help, check)
		return err
	})
	return answer, err
}

// Say shows text between questions.
func (l *Lines) Say(text string, rows ...Option) error {
	return l.write(said(text, rows, l.columns()))
}

// Lend gives the terminal to another program.
func (l *Lines) Lend(program *exec.Cmd) error { return l.src.lend(program) }

// ask asks again after the process was stopped and continued.
func (l *Lines) ask(how func() error) error {
	for {
		err := l.session(how)
		if !errors.Is(err, errSuspend) && !errors.Is(err, errAgain) {
			return err
		}
		if errors.Is(err, errSuspend) {
			l.src.suspend()
		}
	}
}

func (l *Lines) session(how func() error) error {
	if err := l.src.begin(); err != nil {
		return err
	}
	defer l.src.end()
	return how()
}

// choose asks one question; the terminal is held by the caller.
func (l *Lines) choose(q Question) (int, error) {
	if len(q.Options) == 0 {
		return 0, errNoOptions
	}
	if err := l.showQuestion(q, !l.hinted); err != nil {
		return 0, err
	}
	l.hinted = true
	for {
		typed, err := l.answer()
		if err != nil {
			return 0, err
		}
		found := named(q.rows(), typed)
		switch {
		case len(found) == 1:
			return found[0], l.say(textChosen + oneLine(q.rows()[found[0]].Label))
		case strings.EqualFold(typed, wordQuit):
			return 0, ErrPaused
		case strings.EqualFold(typed, wordHelp):
			err = l.showQuestion(q, true)
		case len(found) > 1:
			err = l.say(textAmbiguous)
		default:
			err = l.say(textUnknown)
		}
		if err != nil {
			return 0, err
		}
	}
}

// line asks for one line; the terminal is held by the caller.
func (l *Lines) line(ask, help string, check func(string) error) (string, error) {
	show := func() error {
		head := heading("", ask, help, l.columns(), style{})
		if head == "" {
			return nil
		}
		return l.write(head + "\n" + wrap(textLineHint, l.columns()) + "\n")
	}
	if err := show(); err != nil {
		return "", err
	}
	for {
		typed, err := l.answer()
		if err != nil {
			return "", err
		}
		if strings.EqualFold(typed, wordQuit) {
			return "", ErrPaused
		}
		remark := checked(check, typed)
		if remark == nil {
			if typed == "" {
				return "", l.say(textTyped + textNothing)
			}
			return typed, l.say(textTyped + typed)
		}
		if err := l.say(remark.Error()); err != nil {
			return "", err
		}
	}
}

// showQuestion prints the question in full, and on request how to answer.
func (l *Lines) showQuestion(q Question, hint bool) error {
	width, progress := l.columns(), q.Progress
	if progress != "" {
		progress = textQuestion + progress
	}
	text := heading(progress, q.Ask, q.Help, width, style{}) + "\n" + textAnswers + "\n" + listing(q.Options, width) + actionWords(q.Actions, width)
	if hint {
		text += "\n" + wrap(textWordHint, width) + "\n"
	}
	return l.write(text)
}

// answer reads one line and takes out of it what is no text: arrow keys, for
// one, arrive as sequences where nobody draws.
func (l *Lines) answer() (string, error) {
	for {
		if err := l.write("\n" + textYour); err != nil {
			return "", err
		}
		typed, err := l.src.line()
		if err == nil {
			return oneLine(typed), nil
		}
		if !errors.Is(err, errTooLong) {
			_ = l.write("\n") // away from the prompt; the reason counts more
			return "", err
		}
		if err := l.say(textTooLong); err != nil {
			return "", err
		}
	}
}

// named finds the options that were meant. A number is meant as it stands: half
// of 10 is not 10, not even where there is no 1.
func named(options []Option, typed string) []int {
	found, exact := match(options, typed)
	if !exact && strings.ContainsFunc(typed, unicode.IsDigit) {
		return nil
	}
	return found
}

func (l *Lines) say(text string) error { return l.write(wrap(text, l.columns()) + "\n") }

func (l *Lines) columns() int { return clampWidth(l.width()) }

// write reports a stream that takes no more output as the end of asking.
func (l *Lines) write(text string) error {
	if _, err := io.WriteString(l.out, text); err != nil {
		return ErrPaused
	}
	return nil
}
