//go:build unix

package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// wideWords take another number of cells than characters: East Asian, combining marks, Thai, Devanagari, joined emoji, flags.
var wideWords = map[string]string{
	"Which problem did you write down last?":       "最後に書き留めた問題は何でしたか。誰がそれを読み、何が変わりましたか。",
	"I took notes for somebody.":                   "誰かのためにメモを取りました。全角の長い文が折り返されるかどうか。",
	"I wrote the note myself.":                     "Je l’ai écrite moi-même, à la fin de l’été.",
	"Others use my way of writing notes.":          "👩‍👩‍👧‍👦 use it 🇫🇷 with 👍🏽 and ❤️ each day.",
	"What did you leave out, and why?":             "คุณตัดอะไรออกไปและเพราะเหตุใดจึงตัดสิ่งนั้นออก",
	"I left nothing out.":                          "मैंने कुछ भी नहीं छोड़ा क्योंकि सब कुछ ज़रूरी था।",
	"What did you change because of a number?":     "Что вы изменили из-за числа? 数字で何を変えましたか。",
	"When did you last say no to somebody senior?": "언제 마지막으로 윗사람에게 아니라고 말했습니까?",
	"label: Helped":                                "label: 手伝った👩‍🔧",
	"label: Alone":                                 "label: É́seul",
}

// Text whose characters are wider or narrower than one cell: moving through lists in a real terminal prints nothing twice and erases nothing above, at an
// odd and an even width and at the narrowest.
func TestWideText(t *testing.T) {
	t.Parallel()
	for _, width := range []int{20, 41, 80} {
		t.Run(strconv.Itoa(width), func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			writeWide(t, folder)
			window := openTmux(t, folder, width, "assess --rubric wide.yaml --stage starter --target builder --save-sheet me.yaml")
			asks := []string{"6 questions, about", wideWords["Which problem did you write down last?"], wideWords["What did you leave out, and why?"],
				wideWords["What did you change because of a number?"], wideWords["When did you last say no to somebody senior?"]}
			asked := []int{0, 1, 1, 2, 3, 3, 4, 4, 4} // how many of them there have been, at each list
			last := ""
			for i, answer := range []string{"n", "2", "s", "0", "3", "s", "s", "s", "done"} {
				window.awaits(last)
				window.keys("Down", "Down", "Down", "Down", "Up", "Down", "Up")
				last = window.settled()
				for n, ask := range asks {
					want := 0
					if n <= asked[i] {
						want = 1
					}
					if got := strings.Count(noSpace(last), noSpace(ask)); got != want {
						t.Fatalf("at list %d %q is there %d times, want %d:\n%s", i+1, ask, got, want, last)
					}
				}
				window.keys(answer, "Enter")
			}
			window.waitsFor(func(string) bool { _, err := os.Stat(filepath.Join(folder, "ended")); return err == nil })
			sheet, err := os.ReadFile(filepath.Join(folder, "me.yaml"))
			if err != nil || !strings.HasPrefix(answersIn(t, string(sheet)), "\n  problem-note: 2\n  scope-cut: 0\n  measure-read: 3\ngates:") {
				t.Errorf("the sheet (%v):\n%s", err, sheet)
			}
		})
	}
}

// tmux is a window of a real terminal program without a screen.
type tmux struct {
	t       *testing.T
	program string
	server  string
}

func openTmux(t *testing.T, folder string, width int, args string) *tmux {
	t.Helper()
	program, err := exec.LookPath("tmux")
	if err != nil {
		t.Skip("there is no tmux here")
	}
	pmpath, err := exec.LookPath("pmpath")
	if err != nil {
		t.Fatal(err)
	}
	server, err := os.MkdirTemp("", "pmpath-tmux-*") // the name of a socket must be short
	if err != nil {
		t.Fatal(err)
	}
	w := &tmux{t, program, filepath.Join(server, "s")}
	start := exec.Command(program, "-u", "-f", "/dev/null", "-S", w.server, "new-session", "-d", "-x", strconv.Itoa(width), "-y", "30",
		"env TERM=screen '"+pmpath+"' "+args+" >report.txt; touch ended; sleep 60")
	start.Dir = folder
	start.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + folder, "TERM=xterm", "LC_ALL=C.UTF-8", "SHELL=/bin/sh", "GORACE=atexit_sleep_ms=0"}
	if out, err := start.CombinedOutput(); err != nil {
		t.Skipf("tmux does not start here: %v %s", err, out)
	}
	t.Cleanup(func() {
		_ = exec.Command(program, "-S", w.server, "kill-server").Run()
		_ = os.RemoveAll(server)
	})
	return w
}

// screen is what the window has shown, with what has scrolled out of it.
func (w *tmux) screen() string {
	out, _ := exec.Command(w.program, "-S", w.server, "capture-pane", "-p", "-S", "-").Output() // nothing where the window is not there yet
	return string(out)
}

func (w *tmux) keys(keys ...string) {
	w.t.Helper()
	if out, err := exec.Command(w.program, append([]string{"-S", w.server, "send-keys"}, keys...)...).CombinedOutput(); err != nil {
		w.t.Fatalf("%v: %s", err, out)
	}
}

func (w *tmux) waitsFor(ready func(screen string) bool) {
	w.t.Helper()
	for deadline := time.Now().Add(patience); !ready(w.screen()); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			w.t.Fatalf("it does not come; the window shows\n%s", w.screen())
		}
	}
}

// awaits waits for a list on a screen that is another than before.
func (w *tmux) awaits(before string) {
	w.t.Helper()
	w.waitsFor(func(screen string) bool {
		return screen != before && strings.Contains(screen, "> (choose)") && screen == w.settled()
	})
}

// settled is the screen once nothing more comes for a while.
func (w *tmux) settled() string {
	last := w.screen()
	for {
		time.Sleep(60 * time.Millisecond)
		now := w.screen()
		if now == last {
			return now
		}
		last = now
	}
}

// noSpace drops white space, as lines are broken anywhere.
func noSpace(text string) string { return strings.Join(strings.FieldsFunc(text, unicode.IsSpace), "") }

// writeWide writes the small rubric with wide words.
func writeWide(t *testing.T, folder string) {
	t.Helper()
	text, err := fs.ReadFile(rubrictest.Files(), rubrictest.Single)
	if err != nil {
		t.Fatal(err)
	}
	wide := string(text)
	for narrow, words := range wideWords {
		if !strings.Contains(wide, narrow) {
			t.Fatalf("the small rubric has no %q", narrow)
		}
		wide = strings.ReplaceAll(wide, narrow, words)
	}
	if err := os.WriteFile(filepath.Join(folder, "wide.yaml"), []byte(wide), 0o600); err != nil {
		t.Fatal(err)
	}
}
