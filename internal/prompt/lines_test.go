package prompt

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLinesTranscript(t *testing.T) {
	var out bytes.Buffer
	l := NewLines(strings.NewReader("4\n\nHelp\n 3\x1b[D \n"), &out, func() int { return 40 })
	defer l.Close()
	if got, err := l.Choose(testQuestion()); got != 3 || err != nil {
		t.Errorf("got %d, %v", got, err)
	}
	const question = `
Question 12 of 52 · Communication
Who understands why something is not
being built?

Think of the last months.

Possible answers:
0 Not yet
1 One feature: My team understands it.
2 Feature area: so do others
3 Whole product
n Add a note
back Go back

Type what stands before an answer, then
Enter. Type help to hear the question
again, quit to stop.
`
	const unknown = `
Your answer: There is no such answer. Please type
what stands before one of the answers.
`
	want := question + unknown + unknown + "\nYour answer: " + question + "\nYour answer: You chose: 3 Whole product\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// The hint stands below the first question only; whoever forgot it types help.
func TestLinesHintOnce(t *testing.T) {
	var out bytes.Buffer
	l := NewLines(strings.NewReader("1\n2\nhelp\n2\n"), &out, nil)
	for range 3 {
		if _, err := l.Choose(testQuestion()); err != nil {
			t.Fatal(err)
		}
	}
	if got := strings.Count(out.String(), wordQuit); got != 2 {
		t.Errorf("quit is explained %d times, want 2:\n%s", got, out.String())
	}
}

func TestLinesWords(t *testing.T) {
	withQuit := testQuestion()
	withQuit.Options = append(withQuit.Options, Option{Key: "quit", Label: "quit Leave"}, Option{Key: "help", Label: "help Explain"})
	for _, tt := range []struct {
		q     Question
		typed string
		want  int
		err   error
	}{
		{testQuestion(), "QUIT\n3\n", -1, ErrPaused},
		{testQuestion(), "quit", -1, ErrPaused}, // without line break
		{testQuestion(), "", -1, ErrPaused},
		{testQuestion(), "back\n", 5, nil},
		{testQuestion(), "b\n", 5, nil},
		{testQuestion(), "N\r\n", 4, nil},
		{testQuestion(), "3", 3, nil},
		{withQuit, "quit\n", 6, nil},
		{withQuit, "help\n", 7, nil},
		{Question{Ask: "?"}, "1\n", -1, errNoOptions},
	} {
		l := NewLines(strings.NewReader(tt.typed), &bytes.Buffer{}, nil)
		got, err := l.Choose(tt.q)
		if got != tt.want || !errors.Is(err, tt.err) {
			t.Errorf("%q: %d, %v; want %d, %v", tt.typed, got, err, tt.want, tt.err)
		}
	}
}

func TestLinesLine(t *testing.T) {
	noEmpty := func(s string) error {
		if s == "" {
			return errors.New("please write something")
		}
		return nil
	}
	var out bytes.Buffer
	long := strings.Repeat("x", maxLine+10)
	l := NewLines(strings.NewReader("\n"+long+"\n a\tb\x1b[D\x00\xff \n"), &out, nil)
	got, err := l.Line("What shows that?", "One sentence is enough.", noEmpty)
	if got != "a b" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	const want = `
What shows that?

One sentence is enough.

Type one line, then Enter. Type quit to stop.

Your answer: please write something

Your answer: That line is too long; please make it shorter.

Your answer: You typed: a b
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}

	out.Reset()
	if got, err := NewLines(strings.NewReader("\n"), &out, nil).Line("Why?", "", nil); got != "" || err != nil {
		t.Errorf("empty line: %q, %v", got, err)
	}
	if !strings.HasSuffix(out.String(), "You typed: (nothing)\n") {
		t.Errorf("an empty answer is not said in words: %q", out.String())
	}
	if _, err := NewLines(strings.NewReader("quit\nmore\n"), &out, nil).Line("Why?", "", nil); !errors.Is(err, ErrPaused) {
		t.Errorf("quit: %v", err)
	}
	if _, err := NewLines(strings.NewReader(""), &out, nil).Line("Why?", "", nil); !errors.Is(err, ErrPaused) {
		t.Errorf("end of input: %v", err)
	}
}

// Neither the question nor what is typed brings an escape byte to the output,
// and no line is wider than 20 columns.
func TestLinesPlain(t *testing.T) {
	var out bytes.Buffer
	l := NewLines(strings.NewReader("\x1b[A\n3\n\x1b]0;title\x07text\n"), &out, func() int { return 1 })
	q := testQuestion()
	q.Ask, q.Help, q.Options[0].Text = "\x1b[31mred\x1b[0m?", "\x1b[2J\u009b2Jhelp", "\x1b]0;title\x07zero"
	q.Options[3].Label = "3 \x1b[5mthree\x1b[0m"
	if got, err := l.Choose(q); got != 3 || err != nil {
		t.Errorf("got %d, %v", got, err)
	}
	if got, err := l.Line("\x1bc?", "\x1b(0", nil); got != "text" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	if i := strings.IndexFunc(out.String(), func(r rune) bool { return r != '\n' && (r < 0x20 || r >= 0x7f && r < 0xa0) }); i >= 0 {
		t.Errorf("control character at %q", out.String()[i:])
	}
	for line := range strings.Lines(out.String()) {
		line = strings.TrimPrefix(line, "Your answer: ") // the rest of that line is what was typed
		if len([]rune(strings.TrimSuffix(line, "\n"))) > 20 {
			t.Errorf("line %q is wider than 20 columns", line)
		}
	}
}

type closedWriter struct{}

func (closedWriter) Write([]byte) (int, error) { return 0, errors.New("closed") }

func TestLinesClosedOutput(t *testing.T) {
	l := NewLines(strings.NewReader("3\n"), closedWriter{}, nil)
	if _, err := l.Choose(testQuestion()); !errors.Is(err, ErrPaused) {
		t.Errorf("got %v", err)
	}
}
