//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
)

// answersIn is what stands in a saved sheet from the answers on.
func answersIn(t *testing.T, sheet string) string { return afterText(t, sheet, "\nanswers:") }

// finishes waits for a good end of an interview and compares what the sheet says.
func (p *person) finishes(want string) {
	p.t.Helper()
	if code := p.waits(); code != 0 {
		p.t.Fatalf("exit code %d; on the terminal:\n%s", code, p.seen())
	}
	p.leavesClean()
	if diff := cmp.Diff(want, answersIn(p.t, p.reads("me.yaml"))); diff != "" {
		p.t.Errorf("the sheet: -want +got\n%s", diff)
	}
}

// goesThrough types one thing after the other, each when its list is there; what begins with "line:" is for a line, and does not wait. It returns how
// many lists there have been.
func (p *person) goesThrough(lists int, keys ...string) int {
	p.t.Helper()
	for _, key := range keys {
		if text, isLine := strings.CutPrefix(key, "line:"); isLine {
			p.types(text + "\r")
			continue
		}
		lists++
		p.isAsked(lists)
		p.types(key + "\r")
	}
	return lists
}

// Going back, changing, jumping, reviewing: on the terminal as in interview_test.go, with the keys of a person.
func TestBackAndChange(t *testing.T) {
	t.Parallel()
	p := sitDown(t, append(askBuilder, "--save-sheet", "me.yaml"))
	lists := p.goesThrough(0, "n", "1", "back", "2", "s") // not shipped; problem note 1, no 2, without evidence
	lists = p.goesThrough(lists, "jump", "2", "n", "line:nobody senior", "s")
	lists = p.goesThrough(lists, "review", "1", "3", "0", "back", "back") // scope cut from the list
	lists = p.goesThrough(lists, "?", "3", "1", "line:2026-10", "line:The figures", "done")
	p.finishes("\n  problem-note: 2\n  scope-cut: 0\n  measure-read: 3\n  hard-talk: na\ngates:\n  shipped-once:\n    met: false\n" +
		"notes:\n  hard-talk: \"nobody senior\"\nevidence:\n  measure-read:\n    kind: artifact\n    when: 2026-10-01\n    what: \"The figures\"\n")
	p.sees("Your answer so far: 1 Helped.", 1)
	p.sees("From Helped to Alone:", 1)
	if lists < 18 {
		t.Errorf("only %d lists", lists)
	}
}

// A note is written in the editor of the person: on a terminal as it usually is, in a file that nobody else reads and that is gone afterwards. Ctrl-C
// there is for the editor.
func TestNoteInAnEditor(t *testing.T) {
	t.Parallel()
	editor := filepath.Join(t.TempDir(), "editor")
	script := `#!/bin/sh
trap 'echo "interrupted" >> "$2"' INT
{ ls -l "$2" | cut -c1-10; ls -ld "$(dirname "$2")" | cut -c1-10; stty -a </dev/tty | grep -o -- '-\?\(icanon\|echo\|isig\)\b'; cat "$2"; } > "$HOME/editor.log" 2>&1
printf '\357\273\277first line\r\nsecond: 日本語\r\n\r\n' > "$2"
echo waiting >/dev/tty
until read answer </dev/tty; do :; done # where the signal comes during read, read ends without an answer
`
	if err := os.WriteFile(editor, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	p := sitDown(t, append(askBuilder, "--save-sheet", "me.yaml"), variable("EDITOR=false"), variable("VISUAL="+editor+" --wait"))
	lists := p.goesThrough(0, "n", "note")
	p.sees("waiting", 1)
	p.types("\x03")
	p.types("\r")
	lists = p.goesThrough(lists, "1", "s", "s", "s", "s", "done")
	p.finishes("\n  problem-note: 1\ngates:\n  shipped-once:\n    met: false\nnotes:\n  problem-note: \"first line\\nsecond: 日本語\\n\\ninterrupted\"\n")
	if log, want := p.reads("editor.log"), "-rw-------\ndrwx------\nisig\nicanon\necho\n"; log != want {
		t.Errorf("the editor met %q, want %q", log, want)
	}
	if left, _ := filepath.Glob(p.path(".local/state/pmpath/*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
	if lists != 8 {
		t.Errorf("%d lists", lists)
	}
}

// An editor that does not work is named, and the note stays as it was.
func TestAnEditorThatDoesNotWork(t *testing.T) {
	t.Parallel()
	p := sitDown(t, append(askBuilder, "--save-sheet", "me.yaml"), variable("PMPATH_EDITOR=/no/such/editor"))
	p.goesThrough(0, "n", "note", "1", "s", "s", "s", "s", "done")
	p.finishes("\n  problem-note: 1\ngates:\n  shipped-once:\n    met: false\n")
	p.sees("The editor /no/such/editor did not work", 1)
}

// Somebody who leaves after every single answer, and comes back, ends with the same sheet.
func TestLeavingAfterEveryAnswer(t *testing.T) {
	t.Parallel()
	p := sitDown(t, askBuilder)
	answers := [][]string{{"1", "line:2026-03", "line:It"}, {"2", "s"}, {"s"}, {"1"}, {"n", "line:nobody"}, {"n"}}
	for i, keys := range answers {
		lists := p.goesThrough(0, keys...)
		p.isAsked(lists + 1)
		p.types([]string{"\x03", "\x04", "leave\r"}[i%3])
		if code := p.waits(); code != 130 {
			t.Fatalf("after %d answers: exit code %d", i+1, code)
		}
		p.leavesClean()
		id := p.draft()
		p.sees("Go on with: pmpath assess --resume "+id, 1)
		p = sitDownIn(t, p.folder, []string{"assess", "--resume", id, "--save-sheet", "me.yaml", "--force"})
		p.sees(fmt.Sprintf("Going on where you stopped: %d of 6 questions asked, %d left.", i+1, 5-i), 1)
	}
	p.goesThrough(0, "done")
	p.finishes("\n  problem-note: 2\n  measure-read: 1\n  hard-talk: na\ngates:\n  shipped-once:\n    met: true\n    kind: artifact\n    when: 2026-03-01\n    what: \"It\"\n" +
		"  ran-session:\n    met: false\nnotes:\n  hard-talk: \"nobody\"\n")
}

// A whole interview with everything that is shown, at widths from the narrowest to the widest: nothing is cut or broken by the terminal.
func TestEveryWidth(t *testing.T) {
	t.Parallel()
	for _, width := range []uint16{20, 40, 200} {
		for _, mode := range []string{"--accessible=false", "--accessible"} {
			t.Run(fmt.Sprint(width, mode), func(t *testing.T) {
				t.Parallel()
				p := sitDown(t, append(askBuilder, mode, "--save-sheet", "me.yaml"), columns(width))
				mark := listPrompt
				if mode == "--accessible" {
					mark = "Your answer: "
				}
				keys := []string{"help", "n", "help", "2", "s", "s", "jump", "1", "1", "review", "2", "back", "back", "s", "s", "done"}
				for i, key := range keys {
					p.sees(mark, i+1)
					p.types(key + "\r")
				}
				p.finishes("\n  problem-note: 2\n  measure-read: 1\ngates:\n  shipped-once:\n    met: false\n")
				p.keepsWithin(int(width))
			})
		}
	}
}

// keepsWithin checks that no line on the terminal is wider.
func (p *person) keepsWithin(width int) {
	p.t.Helper()
	for line := range strings.Lines(ansi.Strip(p.seen())) {
		for _, part := range strings.Split(strings.TrimRight(line, "\r\n"), "\r") {
			if got := ansi.StringWidth(part); got > width {
				p.t.Errorf("%d columns of %d: %q", got, width, part)
			}
		}
	}
}

// A window that changes while a question is open, down to one column and back: the question stays, and the answer counts.
func TestResizeWhileAsked(t *testing.T) {
	t.Parallel()
	p := sitDown(t, append(askBuilder, "--save-sheet", "me.yaml"))
	p.isAsked(1)
	for i, size := range [][2]uint16{{40, 24}, {20, 5}, {1, 1}, {200, 50}, {80, 24}} {
		p.resize(size[0], size[1])
		p.types("\x1b[B")
		time.Sleep(30 * time.Millisecond)
		if i%2 == 1 {
			p.types("\x1b[A")
		}
	}
	before := strings.Count(p.seen(), "Which problem")
	p.types("n\r")
	p.sees("Which problem did you write", before+1)
	p.types("1\rs\rs\rs\rs\rdone\r")
	p.finishes("\n  problem-note: 1\ngates:\n  shipped-once:\n    met: false\n")
}

// A terminal that does not answer when it is asked where the cursor is, as a serial line or a recorder: everything works, after one wait.
func TestTerminalWithoutReplies(t *testing.T) {
	t.Parallel()
	p := sitDown(t, append(askBuilder, "--save-sheet", "me.yaml"), deaf)
	p.isAsked(1)
	p.types(strings.Join(builderKeys(), ""))
	checkBuilder(t, p)
}

// A block pasted into a list answers nothing, into a line it is one text; keys that mean nothing are nothing.
func TestPastedBlocksAndOddKeys(t *testing.T) {
	t.Parallel()
	p := sitDown(t, append(askBuilder, "--save-sheet", "me.yaml"))
	p.isAsked(1)
	p.types("\x1b[200~1\r2\r3\r1\r\x1b[201~") // four answers, by mistake
	p.types("\x1bx\x1b[15~\x1b[6~\x1b[<0;3;4M\x1b\xff\xfe\t")
	p.types("n\r")
	p.isAsked(2)
	p.types("note\r")
	p.sees("Your text:", 1)
	p.types("\x1b[200~one\r\ntwo\r\n.\r\n\x1b[201~\r.\r")
	p.types("1\rs\rs\rs\rs\rdone\r")
	p.finishes("\n  problem-note: 1\ngates:\n  shipped-once:\n    met: false\nnotes:\n  problem-note: \"one two .\"\n")
}
