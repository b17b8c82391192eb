//go:build unix

package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
)

// askBuilder is an interview of six questions: a gate, two items of a must-have, two more items, a gate that is only reported.
var askBuilder = []string{"assess", "--rubric", "small", "--stage", "starter", "--target", "builder"}

const listPrompt = "(choose)"

// builderKeys answer all of it. The evidence is of this month, as it may not be older than a year.
func builderKeys() []string {
	return []string{
		"1\r", time.Now().Format("2006-01") + "\r", "\x1b[200~Release\nnote\x1b[201~\r", // shipped once, when, and what as a paste of two lines
		"2\r", "s\r", // problem note, at a level that calls for evidence: nothing now
		"s\r", "1\r", // scope cut skipped, measure read
		"n\r", "nobody senior\r", // no chance for a hard talk, and why
		"n\r", "done\r", // no session; finish
	}
}

func builderSheet(t *testing.T, p *person) string {
	t.Helper()
	digest, _, _ := strings.Cut(afterText(t, p.reads("me.yaml"), "digest: "), "\n")
	return `pmpath: 1
rubric: small@1.2.3
digest: ` + digest + `
rater: self
stage: starter
target: builder
date: ` + time.Now().Format(time.DateOnly) + `
answers:
  problem-note: 2
  measure-read: 1
  hard-talk: na
gates:
  shipped-once:
    met: true
    kind: artifact
    when: ` + time.Now().Format("2006-01") + `-01
    what: "Release note"
  ran-session:
    met: false
notes:
  hard-talk: "nobody senior"
`
}

func afterText(t *testing.T, text, mark string) string {
	t.Helper()
	_, after, found := strings.Cut(text, mark)
	if !found {
		t.Fatalf("no %q in %q", mark, text)
	}
	return after
}

// checkBuilder checks all that a whole interview leaves behind: the sheet, and on standard output the report of that sheet and nothing else.
func checkBuilder(t *testing.T, p *person) {
	t.Helper()
	if code := p.waits(); code != 0 {
		t.Fatalf("exit code %d; on the terminal:\n%s", code, p.seen())
	}
	p.leavesClean()
	if diff := cmp.Diff(builderSheet(t, p), p.reads("me.yaml")); diff != "" {
		t.Errorf("the sheet: -want +got\n%s", diff)
	}
	want, code := p.runs("assess", "--rubric", "small", "--answers", "me.yaml")
	if code != 0 || !strings.Contains(want, "CANNOT TELL YET · Builder") {
		t.Fatalf("the saved sheet gives %d and\n%s", code, want)
	}
	if diff := cmp.Diff(want, p.reads("stdout")); diff != "" {
		t.Errorf("standard output: -report of the sheet +got\n%s", diff)
	}
}

func TestWholeInterview(t *testing.T) {
	t.Parallel()
	p := sitDown(t, append(askBuilder, "--save-sheet", "me.yaml"))
	p.sees("6 questions, about 1 minute of reading", 1)
	lists, lines := 0, 0
	for i, keys := range builderKeys() {
		if i == 1 || i == 2 || i == 8 { // a date, what it is, a reason
			lines++
			p.sees("Your text:", lines)
		} else {
			lists++
			p.isAsked(lists)
		}
		p.types(keys)
	}
	checkBuilder(t, p)
	p.sees(saved, 6)
	if drafts, _ := p.runs("assess", "--list"); drafts != "No interview is open.\n" {
		t.Errorf("after the end: %s", drafts)
	}
}

// Whoever knows the answers need not wait for the questions: keys are used in order, also those that came before the program.
func TestTypingAhead(t *testing.T) {
	t.Parallel()
	all := strings.Join(builderKeys(), "")
	t.Run("after the first question", func(t *testing.T) {
		t.Parallel()
		p := sitDown(t, append(askBuilder, "--save-sheet", "me.yaml"))
		p.isAsked(1)
		p.types(all)
		checkBuilder(t, p)
	})
	t.Run("before the program", func(t *testing.T) {
		t.Parallel()
		p := sitDown(t, append(askBuilder, "--save-sheet", "me.yaml"), typedBefore(strings.NewReplacer("\x1b[200~", "", "\x1b[201~", "", "\n", " ").Replace(all)))
		checkBuilder(t, p)
	})
}

// However somebody leaves half-way: the answers so far are kept and can be read, the terminal is as before, and the shell learns of the signal.
func TestLeavingHalfWay(t *testing.T) {
	t.Parallel()
	for _, leave := range []struct {
		name string
		how  func(*person)
		code int
	}{
		{"Ctrl-C", func(p *person) { p.types("\x03") }, 130},
		{"Ctrl-C twice", func(p *person) { p.types("\x03\x03") }, 130},
		{"Ctrl-D", func(p *person) { p.types("\x04") }, 130},
		{"SIGINT", func(p *person) { p.kills(syscall.SIGINT) }, 130},
		{"SIGTERM", func(p *person) { p.kills(syscall.SIGTERM) }, 143},
		{"SIGHUP", func(p *person) { p.kills(syscall.SIGHUP) }, 129},
	} {
		t.Run(leave.name, func(t *testing.T) {
			t.Parallel()
			p := sitDown(t, append(askBuilder, "--save-sheet", "me.yaml"))
			p.isAsked(1)
			p.types("n\r")
			p.sees("Which problem did you write down last?", 1)
			p.isAsked(2)
			leave.how(p)
			if code := p.waits(); code != leave.code {
				t.Errorf("exit code %d, want %d", code, leave.code)
			}
			if status := p.cmd.ProcessState.Sys().(syscall.WaitStatus); !status.Signaled() {
				t.Error("it ended by itself: a loop in a shell would go on")
			}
			p.leavesClean()
			told := "Stopped. Your answers are saved. Go on with: pmpath assess --resume "
			if leave.code == 129 { // to a line that has hung up nothing is said
				if strings.Contains(p.seen(), told) {
					t.Error("said to nobody how to go on")
				}
			} else {
				p.sees(told+p.draft(), 1)
				p.sees("The answers so far are also in me.yaml.", 1)
			}
			if sheet := p.reads("me.yaml"); !strings.HasSuffix(sheet,
				"answers: {}\ngates:\n  shipped-once:\n    met: false\nnot_asked:\n- problem-note\n- scope-cut\n- measure-read\n- hard-talk\n") {
				t.Errorf("the sheet:\n%s", sheet)
			}
			if out := p.reads("stdout"); out != "" {
				t.Errorf("on standard output: %q", out)
			}
			report, code := p.runs("assess", "--rubric", "small", "--answers", "me.yaml")
			if code != 0 || !strings.Contains(report, "NOT YET · Builder") {
				t.Errorf("the sheet of so far gives %d and\n%s", code, report)
			}
		})
	}
}

// Who leaves before the first answer leaves nothing behind.
func TestLeavingBeforeTheFirstAnswer(t *testing.T) {
	t.Parallel()
	p := sitDown(t, askBuilder)
	p.sees("Every answer is kept on this machine as you give it", 1)
	p.isAsked(1)
	p.types("\x04")
	if code := p.waits(); code != 130 {
		t.Errorf("exit code %d", code)
	}
	p.leavesClean()
	p.sees(pausedEmpty, 1)
	if drafts, _ := p.runs("assess", "--list"); drafts != "No interview is open.\n" {
		t.Errorf("left behind: %s", drafts)
	}
}

// Where the sheet cannot be written, the answers are safe all the same, which is said, and a signal still ends the program.
func TestTheSheetCannotBeWritten(t *testing.T) {
	t.Parallel()
	for _, leave := range []struct {
		keys string
		kill syscall.Signal
		code int
		says string
	}{
		{"\x03", 0, 130, "Your answers are saved. Go on with: pmpath assess --resume "},
		{"", syscall.SIGTERM, 143, "Your answers are saved. Go on with: pmpath assess --resume "},
		{"s\rs\rs\rs\rs\rdone\r", 0, 66, "the answers are safe in the interview."}, // to the end: the folder is missing
	} {
		folder := filepath.Join(t.TempDir(), "gone")
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		p := sitDown(t, append(askBuilder, "--save-sheet", filepath.Join(folder, "me.yaml")))
		p.isAsked(1)
		p.types("n\r")
		p.isAsked(2)
		if err := os.Remove(folder); err != nil {
			t.Fatal(err)
		}
		if leave.kill != 0 {
			p.kills(leave.kill)
		}
		p.types(leave.keys)
		if code := p.waits(); code != leave.code {
			t.Errorf("exit code %d, want %d", code, leave.code)
		}
		p.leavesClean()
		p.sees("no such file or directory", 1)
		p.sees(leave.says, 1)
		if p.draft() == "" {
			t.Error("the interview is gone")
		}
	}
}

// What would fail in the end is refused before the first question.
func TestNoQuestionIsAskedInVain(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"--save-sheet", "small.yaml"}, 73, "small.yaml: file already exists"},
		{[]string{"--save-sheet", "small", "--force"}, 73, "no ordinary file"},
		{[]string{"--save-sheet", "no/where.yaml"}, 66, "no/where.yaml: no such file or directory"},
		{[]string{"-o", "small"}, 73, "no ordinary file"},
		{[]string{"-o", "no/where.txt"}, 66, "no/where.txt: no such file or directory"},
		{[]string{"--target", "nobody"}, 64, "there is no stage"},
		{[]string{"--require", "ready", "--target", ""}, 0, ""}, // the target is asked for: not in vain yet
	} {
		p := sitDown(t, append(askBuilder, test.args...))
		if test.code == 0 {
			p.sees("Which role do you want to know about?", 1)
			p.types("a\r")
			test.code, test.says = 64, "--require needs one role"
		}
		if code := p.waits(); code != test.code {
			t.Errorf("%q: exit code %d, want %d", test.args, code, test.code)
		}
		p.sees(test.says, 1)
		p.leavesClean()
		if strings.Contains(p.seen(), "1 of 6") {
			t.Errorf("%q: a question was asked", test.args)
		}
		if left, _ := filepath.Glob(p.path(".pmpath-tmp-*")); len(left) > 0 {
			t.Errorf("%q: temporary files: %q", test.args, left)
		}
	}
}

// Line mode: not one escape byte, neither on the terminal nor in the report, numbered answers, and the answer said again.
func TestLineMode(t *testing.T) {
	t.Parallel()
	for name, how := range map[string][]setting{
		"TERM=dumb":             {variable("TERM=dumb")},
		"no TERM":               {variable("TERM=")},
		"PMPATH_ACCESSIBLE":     {variable("PMPATH_ACCESSIBLE=1")},
		"ACCESSIBLE and colour": {variable("ACCESSIBLE=1"), variable("FORCE_COLOR=1"), everythingOnTheTerminal},
		"dumb, report on it":    {variable("TERM=dumb"), everythingOnTheTerminal},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := sitDown(t, append(askBuilder, "--save-sheet", "me.yaml"), how...)
			const typing = "Your answer: "
			keys := builderKeys()
			keys[2] = "Release note\r"
			p.sees(typing, 1)
			p.types("help\r")
			p.sees("Question 1 of 6 · Facts", 2)
			p.sees(typing, 2)
			p.types("\r") // Enter alone is no answer
			p.sees("There is no such answer.", 1)
			for i, key := range keys {
				p.sees(typing, 3+i)
				p.types(key)
			}
			if code := p.waits(); code != 0 {
				t.Fatalf("exit code %d:\n%s", code, p.seen())
			}
			p.leavesClean()
			p.sees("Possible answers:", 9) // six questions, one of them twice; evidence; the end
			p.sees("You chose: n Not yet", 1)
			p.sees("You chose: s Skip", 1)
			p.sees("Question 6 of 6 · Facts", 1)
			if diff := cmp.Diff(builderSheet(t, p), p.reads("me.yaml")); diff != "" {
				t.Errorf("the sheet: -want +got\n%s", diff)
			}
			report := p.reads("stdout")
			if p.cmd.Stdout == p.tty {
				p.sees("Use it to talk and to plan;", 1)
				report = p.seen()
				if strings.ContainsAny(report, "█▒░") {
					t.Error("bars for somebody who listens")
				}
			}
			if !strings.Contains(report, "CANNOT TELL YET · Builder") {
				t.Errorf("the report:\n%s", report)
			}
			if strings.ContainsRune(p.seen()+report, '\x1b') {
				t.Errorf("an escape byte: %q", p.seen())
			}
		})
	}
}

// quit, Ctrl-D and Ctrl-C leave line mode too.
func TestLeavingLineMode(t *testing.T) {
	t.Parallel()
	for keys, code := range map[string]int{"quit\r": 130, "\x04": 130, "\x03": 130} {
		p := sitDown(t, append(askBuilder, "--accessible", "--save-sheet", "me.yaml"))
		p.sees("Your answer: ", 1)
		p.types("n\r")
		p.sees("Your answer: ", 2)
		p.types(keys)
		if got := p.waits(); got != code {
			t.Errorf("%q: exit code %d, want %d", keys, got, code)
		}
		p.leavesClean()
		p.sees("The answers so far are also in me.yaml", 1)
		if !strings.Contains(p.reads("me.yaml"), "shipped-once:\n    met: false\n") {
			t.Errorf("%q: the sheet:\n%s", keys, p.reads("me.yaml"))
		}
	}
}

// On 40 columns no line is cut or broken by the terminal, in either mode. The report on that terminal keeps to the width as well.
func TestNarrowTerminal(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"--accessible=false", "--accessible"} {
		p := sitDown(t, append(askBuilder, mode), columns(40), everythingOnTheTerminal)
		prompt := listPrompt
		if mode == "--accessible" {
			prompt = "Your answer: "
		}
		for i := range 6 {
			p.sees(prompt, i+1)
			p.types("s\r")
		}
		p.sees(prompt, 7)
		p.types("done\r")
		if code := p.waits(); code != 0 {
			t.Fatalf("exit code %d", code)
		}
		p.leavesClean()
		p.sees("Use it to talk", 1)
		for line := range strings.Lines(ansi.Strip(p.seen())) {
			for _, part := range strings.Split(strings.TrimRight(line, "\r\n"), "\r") {
				if width := ansi.StringWidth(part); width > 40 {
					t.Errorf("%s: %d columns: %q", mode, width, part)
				}
			}
		}
	}
}

// Required levels are nowhere on the terminal while somebody answers; "needs" and "at least" belong to the report.
func TestTerminalTellsNothingAhead(t *testing.T) {
	t.Parallel()
	p := sitDown(t, []string{"assess", "--rubric", "small", "--target", "lead"}) // level 2.5 and floors of 2.5 and 2 are asked for
	for i := range 6 {
		p.isAsked(i + 1)
		p.types("s\r")
	}
	p.isAsked(7)
	p.types("done\r")
	if code := p.waits(); code != 0 {
		t.Fatalf("exit code %d", code)
	}
	for _, told := range []string{"2.5", "needs", "at least", "must", "required", "weight", "points"} {
		if strings.Contains(strings.ToLower(p.seen()), told) {
			t.Errorf("%q is on the terminal:\n%s", told, ansi.Strip(p.seen()))
		}
	}
	if !strings.Contains(p.reads("stdout"), "needs 3.2 (80 %)") {
		t.Error("the report should tell what the interview does not")
	}
}

// Where prompts are off the answer comes at once and nothing is drawn, though a terminal is there and nobody presses a key.
func TestPromptsOff(t *testing.T) {
	t.Parallel()
	const message = "pmpath: " + notOnTerminal + " – " + hintOffTerminal + "\r\n"
	for name, how := range map[string]setting{
		"CI":              variable("CI=true"),
		"PMPATH_NO_INPUT": variable("PMPATH_NO_INPUT=1"),
		"--no-input":      func(p *person) { p.cmd.Args = append(p.cmd.Args, "--no-input") },
		"CI, dumb":        func(p *person) { p.cmd.Env = append(p.cmd.Env, "CI=1", "TERM=dumb") },
	} {
		p := sitDown(t, askBuilder, how)
		if code := p.waits(); code != 64 {
			t.Errorf("%s: exit code %d", name, code)
		}
		p.sees(message, 1)
		if p.seen() != message || p.reads("stdout") != "" {
			t.Errorf("%s: on the terminal %q, on standard output %q", name, p.seen(), p.reads("stdout"))
		}
		p.leavesClean()
	}
}

// A pipe on either side is nobody to ask. The pipe stays open and silent: whoever read from it would wait for ever.
func TestPipesAreNoTerminal(t *testing.T) {
	t.Parallel()
	t.Run("standard input", func(t *testing.T) {
		t.Parallel()
		in, enters, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		defer enters.Close()
		if _, err := io.WriteString(enters, "\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		p := sitDown(t, askBuilder, func(p *person) {
			p.cmd.Stdin, p.cmd.SysProcAttr = in, &syscall.SysProcAttr{Setsid: true, Setctty: true, Ctty: 2}
		})
		if code := p.waits(); code != 64 {
			t.Errorf("exit code %d", code)
		}
		p.sees("--answers FILE", 1)
		if strings.ContainsRune(p.seen(), '\x1b') {
			t.Errorf("an escape byte: %q", p.seen())
		}
	})
	t.Run("standard error", func(t *testing.T) {
		t.Parallel()
		p := sitDown(t, askBuilder, func(p *person) { p.cmd.Stderr = nil })
		if code := p.waits(); code != 64 {
			t.Errorf("exit code %d", code)
		}
		if p.seen() != "" {
			t.Errorf("on the terminal: %q", p.seen())
		}
	})
}
