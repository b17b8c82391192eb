package prompt

import (
	"errors"
	"os"
	"os/exec"

	"github.com/AlecAivazis/survey/v2"
	"github.com/AlecAivazis/survey/v2/core"
	"github.com/AlecAivazis/survey/v2/terminal"
	"github.com/charmbracelet/x/ansi"
)

// Smallest terminal for lists that are drawn again at every key. On a smaller
// one the same question is asked in plain lines.
const (
	leastCols = 20
	leastRows = 5
)

// Survey is the Prompter for people at an ordinary terminal.
type Survey struct {
	term   *tty
	shim   *shim
	lines  *Lines // for terminals that are too small just now
	style  style
	hinted bool // the hint for lists has been shown
}

// NewSurvey makes the prompter for a terminal, which [Available] has confirmed.
// From here to Close the signals INT, TERM, HUP, QUIT and TSTP are caught. One
// prompter is enough for a process.
func NewSurvey(in, out *os.File, color bool) (*Survey, error) {
	t, err := newTTY(in, out)
	if err != nil {
		return nil, err
	}
	s := &Survey{term: t, shim: &shim{term: t}, style: newStyle(color)}
	s.lines = &Lines{src: &ttyLines{term: t, scan: &s.shim.scan}, out: t, width: func() int { return minWidth }}
	useTemplates(s.style)
	return s, nil
}

// Close restores the terminal and lets go of the signals. It returns a
// *[SignalError] if one arrived which no question has told. It may be called
// more than once, and from another goroutine, say one that panics.
func (s *Survey) Close() error { return s.term.close() }

// Choose shows the question and a list that starts on a row which is no answer.
func (s *Survey) Choose(q Question) (int, error) {
	if len(q.Options) == 0 {
		return noIndex, errNoOptions
	}
	var row int
	err := s.ask(false, func() error {
		cols, rows := s.term.size()
		if err := s.show(heading(q.Progress, q.Ask, q.Help, clampWidth(cols), s.style) +
			"\n" + listing(q.Options, clampWidth(cols)) + actionWords(q.Actions, clampWidth(cols)) + s.hint(clampWidth(cols)) + "\n"); err != nil {
			return err
		}
		row = 0 // survey leaves it alone when there is no answer
		l := s.list(q.rows(), cols, rows)
		return s.askOne(l, &row, survey.WithValidator(l.refuse))
	}, func() (err error) {
		row, err = s.lines.choose(q)
		row++
		return err
	})
	if err != nil {
		return noIndex, err
	}
	return row - 1, nil
}

// Line shows the text above and asks for a line below it.
func (s *Survey) Line(ask, help string, check func(string) error) (string, error) {
	var answer string
	err := s.ask(true, func() error {
		cols, _ := s.term.size()
		if head := heading("", ask, help, clampWidth(cols), s.style); head != "" {
			if err := s.show(head + "\n"); err != nil {
				return err
			}
		}
		for {
			s.shim.begin(true, cols)
			err := s.askOne(s.input(cols), &answer)
			if err != nil {
				_ = s.show("\n") // away from what was typed
				return err
			}
			answer = oneLine(answer)
			remark := s.remark(check, answer)
			if remark == nil {
				return nil
			}
			if err := s.show(wrap(remark.Error(), clampWidth(cols)) + "\n"); err != nil {
				return err
			}
		}
	}, func() (err error) {
		answer, err = s.lines.line(ask, help, check)
		return err
	})
	return answer, err
}

// Say shows text between questions.
func (s *Survey) Say(text string, rows ...Option) error {
	cols, _ := s.term.size()
	return s.show(said(text, rows, clampWidth(cols)))
}

// Lend gives the terminal to another program. Between questions the terminal is
// in its own mode, so there is nothing to restore; keys typed ahead stay ours.
func (s *Survey) Lend(program *exec.Cmd) error { return s.term.lend(program) }

// ask runs one question to its end, as often as suspending and continuing make
// it necessary. The size is looked at each time, and decides between the two
// ways of asking.
func (s *Survey) ask(text bool, drawn, plain func() error) error {
	for {
		cols, rows := s.term.size()
		raw := cols >= leastCols && rows >= leastRows
		s.shim.begin(text, cols)
		how := plain
		if raw {
			how = drawn
		}
		switch err := s.session(raw, how); {
		case errors.Is(err, errSuspend):
			// What was typed for the question that is left would be half an
			// answer to the one that is asked; terminals drop it as well.
			s.shim.scan = scanner{}
			s.term.suspend()
		case errors.Is(err, errAgain):
			s.shim.scan = scanner{}
		default:
			return err
		}
	}
}

// session holds the terminal while a question is open; a panic gives it back
// too.
func (s *Survey) session(raw bool, how func() error) error {
	if err := s.term.begin(raw); err != nil {
		return err
	}
	defer s.term.end()
	return how()
}

// askOne is survey, over the shim.
func (s *Survey) askOne(p survey.Prompt, answer any, opts ...survey.AskOpt) error {
	opts = append(opts,
		survey.WithStdio(keyboard{s.shim}, screen{s.shim}, s.term.out), survey.WithShowCursor(true))
	err := survey.AskOne(p, answer, opts...)
	if errors.Is(err, terminal.InterruptErr) {
		return ErrPaused // only where survey reads the keys by itself
	}
	return err
}

// show prints text of ours between prompts.
func (s *Survey) show(text string) error {
	_, err := terminal.NewAnsiStdout(screen{s.shim}).Write([]byte(text))
	return err
}

// hint explains lists, above the first one only.
func (s *Survey) hint(width int) string {
	if s.hinted {
		return ""
	}
	s.hinted = true
	return "\n" + wrap(textListHint, width) + "\n"
}

// list is survey's list with what we know beside it.
type list struct {
	*survey.Select
	refused bool // the remark is on the screen
	show    func(text string) error
}

// list builds short rows, one line each, and never more of them than the screen
// has room for.
func (s *Survey) list(options []Option, cols, rows int) *list {
	labels := []string{fit(textChoose, cols-3)}
	for _, o := range options {
		labels = append(labels, fit(oneLine(o.Label), cols-3))
	}
	return &list{show: s.show, Select: &survey.Select{
		// With a filter of four wide characters behind it, it still fits.
		Message:  fit(textAnswer, cols-13),
		Options:  labels,
		Filter:   rowFilter(options),
		PageSize: max(1, min(7, rows-3)),
	}}
}

// refuse refuses the row on which every list starts. Answers are told apart by
// index; two labels may be equal once they are cut.
func (l *list) refuse(answer any) error {
	if o, ok := answer.(core.OptionAnswer); ok && o.Index > 0 {
		return nil
	}
	l.refused = true
	return errors.New(textRefused)
}

// Cleanup leaves the answer on the screen, and takes away a remark above it,
// which survey would leave.
func (l *list) Cleanup(config *survey.PromptConfig, answer any) error {
	if err := l.Select.Cleanup(config, answer); err != nil || !l.refused {
		return err
	}
	o, _ := answer.(core.OptionAnswer)
	return l.show("\x1b[2A\r\x1b[J> " + o.Value + "\n")
}

// input is survey's line of text, without its ending: survey would erase as
// many lines as it believes the answer took, and is wrong for wide text.
type input struct {
	*survey.Input
	done func(answer string) error
}

func (s *Survey) input(cols int) input {
	message := fit(textLine, cols-6)
	s.shim.home = ansi.StringWidth(message) + 2
	return input{&survey.Input{Message: message}, func(answer string) error {
		answer = oneLine(answer)
		if answer == "" {
			answer = textNothing
		}
		return s.show("\r\x1b[J" + hang(">", answer, clampWidth(cols)) + "\n")
	}}
}

// Cleanup says the answer again below the prompt.
func (i input) Cleanup(_ *survey.PromptConfig, answer any) error {
	text, _ := answer.(string)
	return i.done(text)
}

// remark is what is wrong with a line. One that lost characters is not checked:
// the check would judge something else.
func (s *Survey) remark(check func(string) error, answer string) error {
	if s.shim.overflowed() {
		return errors.New(textTooLong)
	}
	return checked(check, answer)
}

// checked lets a missing check accept everything.
func checked(check func(string) error, answer string) error {
	if check == nil {
		return nil
	}
	return check(answer)
}
