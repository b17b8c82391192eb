//go:build unix

package prompt

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// step is one question of a transcript: what is typed, and what has to come of
// it whichever way it is asked.
type step struct {
	name  string
	line  bool
	typed string
	index int
	text  string
}

// transcript holds for every Prompter.
var transcript = []step{
	{name: "key and Enter", typed: "3\n", index: 3},
	{name: "stray Enters are asked again", typed: "\n\n2\n", index: 2},
	{name: "the first option is nothing special", typed: "0\n", index: 0},
	{name: "unknown answer is asked again", typed: "99\nn\n", index: 4},
	{name: "a word in other case", typed: "BACK\n", index: 5},
	{name: "spaces around", typed: " 1 \n", index: 1},
	{name: "line", line: true, typed: "I wrote it down.\n", text: "I wrote it down."},
	{name: "line with spaces around", line: true, typed: "  so did we \n", text: "so did we"},
	{name: "a check that refuses", line: true, typed: "\nnow\n", text: "now"},
	{name: "wide text", line: true, typed: "日本語です👍\n", text: "日本語です👍"},
	{name: "a list after lines", typed: "1\n", index: 1},
}

// runTranscript asks all steps; typing happens before the question for the
// whole of the step. In the end there is nobody left to answer.
func runTranscript(t *testing.T, p Prompter, typing func(string), end func()) {
	t.Helper()
	for _, s := range transcript {
		typing(s.typed)
		if s.line {
			got, err := p.Line("What shows that?", "", func(text string) error {
				if text == "" {
					return errors.New("please write something")
				}
				return nil
			})
			if got != s.text || err != nil {
				t.Fatalf("%s: %q, %v; want %q", s.name, got, err, s.text)
			}
			continue
		}
		if got, err := p.Choose(testQuestion()); got != s.index || err != nil {
			t.Fatalf("%s: %d, %v; want %d", s.name, got, err, s.index)
		}
	}
	end()
	if got, err := p.Choose(testQuestion()); got != noIndex || !errors.Is(err, ErrPaused) {
		t.Errorf("nobody there: %d, %v", got, err)
	}
	if _, err := p.Choose(Question{Ask: "Nothing to choose?"}); !errors.Is(err, errNoOptions) {
		t.Errorf("no options: %v", err)
	}
}

// Actions are rows after the options: named by their words, chosen by them or by the second ones, in either way of asking.
func TestActions(t *testing.T) {
	q := testQuestion()
	all := len(q.Options)
	q.Actions = []Option{{Key: "help", Label: "help What counts", Also: "?"}, {Key: "jump", Label: "jump Elsewhere"}, {Key: "leave", Label: "leave Stop here", Also: "quit"}}
	typed := []struct {
		keys string
		want int
	}{{"?\n", all}, {"help\n", all}, {"j\n", all + 1}, {"quit\n", all + 2}, {"leave\n", all + 2}, {"0\n", 0}}
	run := func(t *testing.T, p Prompter, typing func(string), output func() string) {
		for _, try := range typed {
			typing(try.keys)
			if got, err := p.Choose(q); got != try.want || err != nil {
				t.Errorf("%q: %d, %v; want %d", try.keys, got, err, try.want)
			}
		}
		if err := p.Say("One paragraph.\nAnother one.", Option{Key: "1", Label: "1 Row"}); err != nil {
			t.Error(err)
		}
		out := strings.ReplaceAll(output(), "\r", "")
		for _, want := range []string{"Or: help (?), jump, leave (quit)\n", "One paragraph.\nAnother one.\n1 Row\n"} {
			if !strings.Contains(out, want) {
				t.Errorf("no %q in %q", want, out)
			}
		}
	}
	t.Run("lines", func(t *testing.T) {
		var in, out bytes.Buffer
		run(t, NewLines(&in, &out, nil), func(s string) { in.WriteString(s) }, out.String)
	})
	t.Run("survey", func(t *testing.T) {
		term := openTerminal(t, 80, 24)
		term.replies(true)
		s, err := NewSurvey(term.tty, term.tty, false)
		if err != nil {
			t.Fatal(err)
		}
		run(t, s, term.typing, func() string { time.Sleep(50 * time.Millisecond); return term.output() })
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}

// A text of several lines: after the first, nothing but the place to type is shown.
func TestLineWithoutAsk(t *testing.T) {
	in, out := bytes.NewBufferString("one\ntwo\n"), bytes.Buffer{}
	l := NewLines(in, &out, nil)
	for _, ask := range []string{"What is it?", ""} {
		if _, err := l.Line(ask, "", nil); err != nil {
			t.Fatal(err)
		}
	}
	_, after, _ := strings.Cut(out.String(), "You typed: one\n")
	if want := "\nYour answer: You typed: two\n"; after != want {
		t.Errorf("%q, want %q", after, want)
	}
}

func TestContractLines(t *testing.T) {
	var typed bytes.Buffer
	var out bytes.Buffer
	l := NewLines(&typed, &out, nil)
	runTranscript(t, l, func(s string) { typed.WriteString(s) }, func() {})
	if err := l.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
}

func TestContractLinesOnTerminal(t *testing.T) {
	term := openTerminal(t, 80, 24)
	l := NewLines(term.tty, term.tty, nil)
	runTranscript(t, l, term.typing, func() { term.pressed("\x04") })
	if err := l.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
	if strings.Contains(term.output(), "\x1b") {
		t.Error("an escape byte in line mode")
	}
}

func TestContractSurvey(t *testing.T) {
	for _, tt := range []struct {
		name       string
		cols, rows int
		answers    bool
		color      bool
	}{
		{name: "80", cols: 80, rows: 24, answers: true, color: true},
		{name: "20", cols: 20, rows: 24, answers: true},
		{name: "200", cols: 200, rows: 50, answers: true},
		{name: "19 asks in lines", cols: 19, rows: 24},
		{name: "4 rows ask in lines", cols: 80, rows: 4},
		{name: "1x1", cols: 1, rows: 1},
		{name: "0x0", cols: 0, rows: 0, answers: true},
		{name: "no replies", cols: 80, rows: 24},
	} {
		t.Run(tt.name, func(t *testing.T) {
			term := openTerminal(t, tt.cols, tt.rows)
			term.replies(tt.answers)
			s, err := NewSurvey(term.tty, term.tty, tt.color)
			if err != nil {
				t.Fatal(err)
			}
			runTranscript(t, s, term.typing, func() { term.pressed("\x04") })
			if err := s.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
			if got := strings.Contains(term.output(), "\x1b[1m"); got != tt.color {
				t.Errorf("colour: %v, want %v", got, tt.color)
			}
		})
	}
}

// pseudo is a pseudo-terminal in this process; what is written on it is kept.
type pseudo struct {
	t    *testing.T
	tty  *os.File
	ptmx *os.File

	deaf sync.Mutex // while it is held, nothing is read

	mu     sync.Mutex
	out    bytes.Buffer
	reply  bool
	answer int // queries answered
}

func openTerminal(t *testing.T, cols, rows int) *pseudo {
	t.Helper()
	ptmx, tty, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo-terminal: %v", err)
	}
	x := &pseudo{t: t, tty: tty, ptmx: nonblocking(t, ptmx)}
	x.resize(uint16(cols), uint16(rows))
	done := make(chan struct{})
	go func() { defer close(done); x.collect() }()
	t.Cleanup(func() {
		_, _ = x.tty.Close(), x.ptmx.Close()
		<-done
		if t.Failed() {
			out := x.output()
			t.Logf("terminal, at its end: %q", out[max(0, len(out)-3000):])
		}
	})
	return x
}

// nonblocking gives a file that can be closed while it is read; pty.Open has
// made it block.
func nonblocking(t *testing.T, f *os.File) *os.File {
	t.Helper()
	fd, err := unix.FcntlInt(f.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	_ = f.Close()
	if err := unix.SetNonblock(fd, true); err != nil {
		t.Fatal(err)
	}
	return os.NewFile(uintptr(fd), "ptmx")
}

// control does something with the descriptor of the other end, which Fd would
// make block again.
func (x *pseudo) control(do func(fd int) error) {
	x.t.Helper()
	conn, err := x.ptmx.SyscallConn()
	if err != nil {
		x.t.Fatal(err)
	}
	var done error
	if err := conn.Control(func(fd uintptr) { done = do(int(fd)) }); err != nil || done != nil {
		x.t.Fatal(err, done)
	}
}

func (x *pseudo) resize(cols, rows uint16) {
	x.t.Helper()
	x.control(func(fd int) error {
		return unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Col: cols, Row: rows})
	})
}

// collect keeps the output and answers cursor queries as they come.
func (x *pseudo) collect() {
	buf := make([]byte, 4096)
	for {
		x.deaf.Lock()
		x.deaf.Unlock() //nolint:staticcheck // a gate, nothing to protect
		n, err := x.ptmx.Read(buf)
		x.mu.Lock()
		x.out.Write(buf[:n])
		reply := ""
		if x.reply {
			for asked := bytes.Count(x.out.Bytes(), []byte(cursorQuery)); x.answer < asked; x.answer++ {
				reply += "\x1b[20;12R"
			}
		}
		x.mu.Unlock()
		if reply != "" {
			_, _ = io.WriteString(x.ptmx, reply)
		}
		if err != nil {
			return
		}
	}
}

func (x *pseudo) replies(yes bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.reply = yes
}

func (x *pseudo) output() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.out.String()
}

// typing sends keys, whoever reads them.
func (x *pseudo) typing(keys string) {
	if _, err := io.WriteString(x.ptmx, keys); err != nil {
		x.t.Error(err)
	}
}

// pressed sends keys that an ordinary terminal acts on by itself, again and
// again, since they count only after the mode has been changed.
func (x *pseudo) pressed(keys string) {
	go func() {
		for {
			select {
			case <-x.t.Context().Done():
				return
			case <-time.After(20 * time.Millisecond):
				_, _ = io.WriteString(x.ptmx, keys)
			}
		}
	}()
}
