//go:build unix

package prompt

import (
	"bufio"
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"reflect"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
	"golang.org/x/term"
)

// asker is a process that asks on a pseudo-terminal, under a small shell.
type asker struct {
	*pseudo
	cmd     *exec.Cmd
	stdout  bytes.Buffer
	reports chan string
	orders  *os.File
	before  *term.State // of the terminal
	pid     int
}

type askerOption func(*asker)

func lineMode(a *asker) { a.cmd.Env = append(a.cmd.Env, kindVar+"=lines", "TERM=dumb") }

func typedAhead(keys string) askerOption { return func(a *asker) { a.typing(keys) } }

func sized(cols, rows uint16) askerOption {
	return func(a *asker) { a.resize(cols, rows) }
}

// alone leads the session itself, as the first program of a container does.
func alone(a *asker) { a.cmd.Env = append(a.cmd.Env, helperVar+"=ask") }

// sharedGroup puts it into the group of its parent, as a script does.
func sharedGroup(a *asker) { a.cmd.Env = append(a.cmd.Env, groupVar+"=shared") }

func silent(a *asker) { a.replies(false) }

// startAsker starts it; asks has a letter for every question, see asksVar.
func startAsker(t *testing.T, asks string, options ...askerOption) *asker {
	t.Helper()
	a := &asker{pseudo: openTerminal(t, 80, 24), reports: make(chan string, 100)}
	a.replies(true)
	a.cmd = exec.Command(os.Args[0])
	a.cmd.Env = append(os.Environ(), helperVar+"=shell", asksVar+"="+asks, "TERM=xterm",
		"GORACE=atexit_sleep_ms=0") // else every process takes a second to end
	for _, o := range options {
		o(a)
	}
	report, reportEnd := pipe(t)
	ordersEnd, orders := pipe(t)
	a.orders = orders
	a.cmd.Stdin, a.cmd.Stderr, a.cmd.Stdout = a.tty, a.tty, &a.stdout
	a.cmd.ExtraFiles = []*os.File{reportEnd, ordersEnd}
	a.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true, Ctty: 0}
	a.before = a.mode()
	if err := a.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_, _ = reportEnd.Close(), ordersEnd.Close()
	go func() {
		defer close(a.reports)
		for s := bufio.NewScanner(report); s.Scan(); {
			a.reports <- s.Text()
		}
	}()
	t.Cleanup(a.stop)
	first := a.report()
	if _, err := fmt.Sscanf(first, "ready %d", &a.pid); err != nil {
		t.Fatalf("%q: %v", first, err)
	}
	return a
}

func pipe(t *testing.T) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = r.Close(), w.Close() })
	return r, w
}

// stop ends what is left of the asker and its shell, and looks at standard
// output, where nothing of ours may go.
func (a *asker) stop() {
	_ = a.orders.Close()
	if a.pid > 0 {
		_ = syscall.Kill(-a.pid, syscall.SIGKILL)
	}
	_ = a.cmd.Process.Kill()
	_ = a.cmd.Wait()
	if a.stdout.Len() > 0 {
		a.t.Errorf("written to standard output: %q", a.stdout.String())
	}
}

// mode is the state of the terminal, seen from its other end.
func (a *asker) mode() *term.State {
	var state *term.State
	a.control(func(fd int) (err error) {
		state, err = term.GetState(fd)
		return err
	})
	return state
}

// report is the next thing that happened.
func (a *asker) report() string {
	a.t.Helper()
	select {
	case r := <-a.reports:
		return r
	case <-time.After(10 * time.Second):
		a.t.Fatal("nothing happens")
		return ""
	}
}

func (a *asker) want(reports ...string) {
	a.t.Helper()
	for _, want := range reports {
		if got := a.report(); got != want {
			a.t.Fatalf("got %q, want %q", got, want)
		}
	}
}

// shown waits until the n-th question is on the screen and the terminal is in
// the mode for keys.
func (a *asker) shown(text string, n int) {
	a.t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		if strings.Count(a.output(), text) >= n && !reflect.DeepEqual(a.before, a.mode()) {
			return
		}
	}
	a.t.Fatalf("%q was not shown %d times in the mode for keys", text, n)
}

// restored says that the terminal is as it was.
func (a *asker) restored() {
	a.t.Helper()
	if now := a.mode(); !reflect.DeepEqual(a.before, now) {
		a.t.Errorf("terminal before %+v, now %+v", a.before, now)
	}
	// The output arrives a little later than the report.
	ok := func() bool {
		out := a.output()
		return lastOf(out, "\x1b[?25h") >= lastOf(out, "\x1b[?25l") && lastOf(out, pasteOff) >= lastOf(out, pasteOn)
	}
	for deadline := time.Now().Add(time.Second); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			a.t.Error("cursor or bracketed paste not given back")
			return
		}
	}
}

func lastOf(s, part string) int { return strings.LastIndex(s, part) }

func (a *asker) signal(sig syscall.Signal) {
	a.t.Helper()
	if err := syscall.Kill(a.pid, sig); err != nil {
		a.t.Fatal(err)
	}
}

func (a *asker) order(what string) { _, _ = fmt.Fprintln(a.orders, what) }

func TestChooseByDigit(t *testing.T) {
	t.Parallel()
	a := startAsker(t, "c")
	a.shown(textChoose, 1)
	a.typing("3\r")
	a.want("choice 3 <nil>", "closed <nil>", "end 0 -1")
	a.restored()
}

func TestStrayEnter(t *testing.T) {
	t.Parallel()
	a := startAsker(t, "c")
	a.shown(textChoose, 1)
	a.typing("\r\r")
	a.shown(textRefused, 2)
	a.typing("\x1b[B\x1b[B\x1b[A\r")
	a.want("choice 0 <nil>", "closed <nil>", "end 0 -1")
	a.restored()
	a.waitFor("\x1b[2A\r\x1b[J> 0 Not yet\r\n", 1) // the remark above is gone
}

// Five answers and a line are typed before anything is asked; the line holds a
// key that would be lost if it were read with the answer before it.
func TestTypeAhead(t *testing.T) {
	t.Parallel()
	for _, mode := range []askerOption{sized(80, 24), sized(10, 24), lineMode} {
		a := startAsker(t, "ccccclc", mode, typedAhead("0\n1\n2\n3\nn\nR words\nback\n"))
		a.want("choice 0 <nil>", "choice 1 <nil>", "choice 2 <nil>", "choice 3 <nil>", "choice 4 <nil>",
			`text 7 "R words" <nil>`, "choice 5 <nil>", "closed <nil>", "end 0 -1")
		a.restored()
	}
}

func TestPaste(t *testing.T) {
	t.Parallel()
	a := startAsker(t, "clc")
	a.shown(textChoose, 1)
	a.typing("\x1b[200~2\r\n1\r\n\x1b[201~")
	time.Sleep(20 * time.Millisecond)
	a.typing("3\r")
	a.want("choice 3 <nil>")
	a.shown(textLine, 1)
	a.typing("\x1b[200~one\r\ntwo\n\x1b[201~")
	time.Sleep(20 * time.Millisecond)
	a.typing("three\r")
	a.want(`text 13 "one two three" <nil>`)
	a.shown(textChoose, 2)
	a.typing("\r1\r")
	a.want("choice 1 <nil>", "closed <nil>")
}

// A megabyte pasted into a list and into a line answers nothing but its own
// field.
func TestHugePaste(t *testing.T) {
	t.Parallel()
	a := startAsker(t, "clc")
	a.shown(textChoose, 1)
	a.typing("\x1b[200~" + strings.Repeat("3\r\n", 350_000) + "\x1b[201~2\r")
	a.want("choice 2 <nil>")
	a.shown(textLine, 1)
	a.typing("\x1b[200~" + strings.Repeat("3\r\n", 350_000) + "\x1b[201~\r")
	a.shown(textTooLong, 1)
	a.typing("short\r")
	a.want(`text 5 "short" <nil>`)
	a.shown(textChoose, 2)
	a.typing("1\r")
	a.want("choice 1 <nil>", "closed <nil>")
}

// Keys of all kinds that mean nothing here.
func TestOddKeys(t *testing.T) {
	t.Parallel()
	a := startAsker(t, "cl")
	a.shown(textChoose, 1)
	const odd = "\x1bx" + "\x1b[15~" + "\x1b[6~" + "\x1b[<0;12;7M" + "\x1b[M !!" + "\xff\xc3\x0b" + "\x1b[Z" + "\x1bOP" + "\x1b[[E" + "\x1b"
	a.typing(odd) // the ESC key comes last: only time tells that it is alone
	time.Sleep(sequenceWait * 10)
	a.typing("3\r")
	a.want("choice 3 <nil>")
	a.shown(textLine, 1)
	a.typing("a")
	a.typing(odd)
	time.Sleep(sequenceWait * 10)
	a.typing("b\r")
	a.want(`text 2 "ab" <nil>`, "closed <nil>", "end 0 -1")
	a.restored()
}

func TestFilterMatchesNothing(t *testing.T) {
	t.Parallel()
	a := startAsker(t, "cc")
	a.shown(textChoose, 1)
	a.typing("zz\r")
	a.shown(textRefused, 1)
	a.typing("zz\x1b[A\x17\r") // up in a list that the filter left whole, then no filter any more
	a.want("choice 5 <nil>")
	a.shown(textChoose, 2)
	a.typing("\r\x04")
	a.want("choice -1 paused", "closed <nil>", "end 0 -1")
	a.restored()
}

func TestPause(t *testing.T) {
	t.Parallel()
	for _, ask := range []struct{ asks, text string }{{"cc", textChoose}, {"ll", textLine}} {
		for _, keys := range []string{"\x03", "\x03\x03", "\x04", "12\x04"} {
			a := startAsker(t, ask.asks)
			a.shown(ask.text, 1)
			time.Sleep(10 * time.Millisecond)
			a.typing(keys)
			if got := a.report(); !strings.HasSuffix(got, " paused") {
				t.Errorf("%q: %s", keys, got)
			}
			a.want("closed <nil>", "end 0 -1")
			a.restored()
		}
	}
}

func TestQuitKey(t *testing.T) {
	t.Parallel()
	a := startAsker(t, "c")
	a.shown(textChoose, 1)
	a.typing("\x1c")
	a.want("choice -1 ended by signal: quit", "closed <nil>")
	a.restored()
}

func TestSuspend(t *testing.T) {
	t.Parallel()
	for _, how := range []struct {
		name    string
		suspend func(a *asker)
	}{
		{"Ctrl-Z", func(a *asker) { a.typing("\x1a") }},
		{"SIGTSTP", func(a *asker) { a.signal(syscall.SIGTSTP) }},
	} {
		t.Run(how.name, func(t *testing.T) {
			t.Parallel()
			a := startAsker(t, "clc")
			for stops := range 2 {
				a.shown(textChoose, stops+1)
				how.suspend(a)
				a.want("stopped")
				a.restored()
				a.order("fg")
			}
			a.shown(textChoose, 3) // asked again, after each of the stops
			a.typing("3\r")
			a.want("choice 3 <nil>")
			a.shown(textLine, 1)
			a.typing("half")
			a.waitFor("half", 1)
			how.suspend(a)
			a.want("stopped")
			a.restored()
			a.order("bg") // not ours to draw on: it stops again
			a.want("stopped")
			a.restored()
			a.order("fg")
			a.shown(textLine, 2)
			a.typing("whole\r")
			a.want(`text 5 "whole" <nil>`)
			a.shown(textChoose, 4)
			a.typing("1\r")
			a.want("choice 1 <nil>", "closed <nil>", "end 0 -1")
			a.restored()
			if n := strings.Count(a.output(), "Who understands"); n != 4 {
				t.Errorf("the question was asked %d times, want 4", n)
			}
		})
	}
}

func TestSuspendLineMode(t *testing.T) {
	t.Parallel()
	a := startAsker(t, "c", lineMode)
	a.waitFor(textYour, 1)
	a.typing("\x1a")
	a.want("stopped")
	a.order("fg")
	a.waitFor(textYour, 2)
	a.typing("3\n")
	a.want("choice 3 <nil>", "closed <nil>", "end 0 -1")
	a.restored()
}

// waitFor waits for text whatever the mode.
func (a *asker) waitFor(text string, n int) {
	a.t.Helper()
	for deadline := time.Now().Add(10 * time.Second); strings.Count(a.output(), text) < n; time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			a.t.Fatalf("%q was not shown %d times", text, n)
		}
	}
}

// Without a shell nobody could continue us; Ctrl-Z then only asks again.
func TestSuspendAlone(t *testing.T) {
	t.Parallel()
	for _, how := range []askerOption{alone, sharedGroup} {
		a := startAsker(t, "c", how)
		a.shown(textChoose, 1)
		a.typing("\x1a3\r") // what follows was meant for a question that is gone
		a.shown(textChoose, 2)
		a.signal(syscall.SIGTSTP)
		a.shown(textChoose, 3)
		a.typing("1\r")
		a.want("choice 1 <nil>", "closed <nil>")
	}
}

// A job that was stopped and is then killed must not ask again first.
func TestKilledWhileStopped(t *testing.T) {
	t.Parallel()
	a := startAsker(t, "cc")
	a.shown(textChoose, 1)
	a.typing("\x1a")
	a.want("stopped")
	a.order("kill")
	a.want("choice -1 ended by signal: terminated", "closed <nil>", fmt.Sprintf("end -1 %d", syscall.SIGTERM))
	a.restored()
}

// SIGSTOP cannot be caught. The shell resets the mode; the question is asked
// again as soon as that is seen.
func TestStoppedUnseen(t *testing.T) {
	t.Parallel()
	a := startAsker(t, "c")
	a.shown(textChoose, 1)
	a.signal(syscall.SIGSTOP)
	a.want("stopped")
	a.control(func(fd int) error { return term.Restore(fd, a.before) })
	a.order("fg")
	a.shown(textChoose, 2)
	a.typing("3\r")
	a.want("choice 3 <nil>", "closed <nil>", "end 0 -1")
	a.restored()
}

func TestSignals(t *testing.T) {
	t.Parallel()
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT} {
		for _, ask := range []struct{ asks, text, report string }{
			{"cc", textChoose, "choice -1"}, {"ll", textLine, `text 0 ""`},
		} {
			if sig == syscall.SIGQUIT && ask.asks == "ll" {
				continue // its default action prints all goroutines; once is enough
			}
			a := startAsker(t, ask.asks)
			a.shown(ask.text, 1)
			start := time.Now()
			a.signal(sig)
			a.want(fmt.Sprintf("%s ended by signal: %v", ask.report, sig))
			if took := time.Since(start); took > time.Second {
				t.Errorf("%v: %v until it was told", sig, took)
			}
			a.restored()
			a.want("closed <nil>")
			if sig != syscall.SIGQUIT {
				a.want(fmt.Sprintf("end -1 %d", sig))
			}
			a.restored()
		}
	}
}

func TestSignalsLineMode(t *testing.T) {
	t.Parallel()
	a := startAsker(t, "c", lineMode)
	a.waitFor(textYour, 1)
	a.typing("\x03") // the terminal makes a signal of it
	a.want("choice -1 ended by signal: interrupt", "closed <nil>", fmt.Sprintf("end -1 %d", syscall.SIGINT))
	if strings.Contains(a.output(), "\x1b") {
		t.Error("an escape byte in line mode")
	}
	a.restored()
}

// Between questions a signal waits for the next question, or for the end.
func TestSignalBetween(t *testing.T) {
	t.Parallel()
	for asks, want := range map[string][]string{
		"wc": {"choice -1 ended by signal: terminated", "closed <nil>"},
		"w":  {"closed ended by signal: terminated"},
	} {
		a := startAsker(t, asks)
		a.want("waiting")
		a.signal(syscall.SIGTERM)
		a.want(append(want, fmt.Sprintf("end -1 %d", syscall.SIGTERM))...)
		a.restored()
		if strings.Contains(a.output(), "Who understands") {
			t.Error("a question was asked after the signal")
		}
	}
}

// Another program has the terminal in its usual mode, and Ctrl-C there is its own. The next question is asked as ever.
func TestLend(t *testing.T) {
	t.Parallel()
	for _, mode := range [][]askerOption{nil, {lineMode}} {
		a := startAsker(t, "cec", mode...)
		a.waitFor(map[bool]string{true: textChoose, false: textYour}[mode == nil], 1)
		a.typing("1\r")
		a.want("choice 1 <nil>")
		a.waitFor("borrowed", 1)
		a.waitFor("icanon", 1)
		a.typing("\x03")
		a.waitFor("interrupted", 1)
		a.typing("done\r")
		a.want("lent <nil>")
		a.waitFor("got done", 1)
		a.typing("3\r")
		a.want("choice 3 <nil>", "closed <nil>", "end 0 -1")
		a.restored()
		if strings.Contains(a.output(), "-icanon") {
			t.Error("the program met a mode for keys")
		}
	}
}

// A program that ends at Ctrl-C takes nobody with it.
func TestLentToOneThatEndsAtCtrlC(t *testing.T) {
	t.Parallel()
	for range 5 {
		a := startAsker(t, "kc")
		a.waitFor("borrowed", 1)
		a.typing("\x03")
		a.want("lent signal: interrupt")
		a.shown(textChoose, 1)
		a.typing("3\r")
		a.want("choice 3 <nil>", "closed <nil>", "end 0 -1")
		a.restored()
	}
}

// A signal to end goes to the program that has the terminal as well, and is told by the next question.
func TestSignalWhileLent(t *testing.T) {
	t.Parallel()
	a := startAsker(t, "ec")
	a.waitFor("borrowed", 1)
	a.signal(syscall.SIGTERM)
	a.want("lent signal: terminated", "choice -1 ended by signal: terminated", "closed <nil>", fmt.Sprintf("end -1 %d", syscall.SIGTERM))
	a.restored()
}

// A stop between two questions stops at once; nothing was on the screen that
// would have to be drawn again.
func TestSuspendBetween(t *testing.T) {
	t.Parallel()
	a := startAsker(t, "wc")
	a.want("waiting")
	a.signal(syscall.SIGTSTP)
	a.want("stopped")
	a.restored()
	a.order("fg")
	a.shown(textChoose, 1)
	a.typing("3\r")
	a.want("choice 3 <nil>", "closed <nil>", "end 0 -1")
	a.restored()
}

// The prompt hangs in a check: the terminal comes back all the same, and the
// second signal ends the process.
func TestSignalWhileStuck(t *testing.T) {
	t.Parallel()
	a := startAsker(t, "h")
	a.shown(textLine, 1)
	a.typing("text\r")
	a.waitFor("text", 2)
	a.signal(syscall.SIGTERM)
	time.Sleep(patience * 3)
	a.restored()
	a.signal(syscall.SIGTERM)
	a.want(fmt.Sprintf("end -1 %d", syscall.SIGTERM))
}

// The terminal takes no more output, as after Ctrl-S, and the prompt hangs in the
// middle of a list.
func TestSignalWhileBlocked(t *testing.T) {
	t.Parallel()
	a := startAsker(t, "c")
	a.shown(textChoose, 1)
	a.deaf.Lock()
	defer a.deaf.Unlock()
	a.typing(strings.Repeat("\x1b[B", 1000))
	a.blocked()
	a.signal(syscall.SIGTERM)
	for deadline := time.Now().Add(5 * time.Second); !reflect.DeepEqual(a.before, a.mode()); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the mode was not given back")
		}
	}
	// On a busy machine it may have been slow instead of blocked, and has ended by
	// itself.
	_ = syscall.Kill(a.pid, syscall.SIGTERM)
	for r := a.report(); r != fmt.Sprintf("end -1 %d", syscall.SIGTERM); r = a.report() {
		if strings.HasPrefix(r, "end ") {
			t.Fatalf("got %q", r)
		}
	}
}

// blocked waits until the terminal has filled up, nobody reading it.
func (a *asker) blocked() {
	a.t.Helper()
	waiting, since := -1, time.Now()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		var now int
		a.control(func(fd int) (err error) {
			now, err = unix.IoctlGetInt(fd, waitingBytes())
			return err
		})
		if now != waiting {
			waiting, since = now, time.Now()
		}
		if waiting > 1000 && time.Since(since) > 200*time.Millisecond {
			return
		}
	}
	a.t.Fatal("the terminal does not fill up")
}

// waitingBytes is FIONREAD, which x/sys names on no system but Linux.
func waitingBytes() uint {
	if runtime.GOOS == "linux" {
		return 0x541b
	}
	return 0x4004667f
}

func TestPanicRestores(t *testing.T) {
	t.Parallel()
	a := startAsker(t, "p")
	a.shown(textLine, 1)
	a.typing("text\r")
	a.want("end 2 -1")
	a.restored()
}

func TestTerminalGone(t *testing.T) {
	t.Parallel()
	a := startAsker(t, "c")
	a.shown(textChoose, 1)
	_, _ = a.tty.Close(), a.ptmx.Close()
	switch got := a.report(); got {
	case "choice -1 paused", "choice -1 ended by signal: hangup":
	default:
		t.Errorf("got %q", got)
	}
}

func TestSilentTerminal(t *testing.T) {
	t.Parallel()
	a := startAsker(t, "lll", silent)
	a.shown(textLine, 1)
	a.typing("one\rtwo\rthree\r")
	a.want(`text 3 "one" <nil>`, `text 3 "two" <nil>`, `text 5 "three" <nil>`)
	if n := strings.Count(a.output(), cursorQuery); n != 1 {
		t.Errorf("the terminal was asked %d times; after the first it is known to be silent", n)
	}
	a.want("closed <nil>", "end 0 -1")
	a.restored()
}

// Sizes that change while a question is open, down to none at all.
func TestResize(t *testing.T) {
	t.Parallel()
	a := startAsker(t, "cclc")
	a.shown(textChoose, 1)
	for _, size := range [][2]uint16{{20, 5}, {1, 1}, {0, 0}, {500, 100}, {30, 10}} {
		sized(size[0], size[1])(a)
		a.typing("\x1b[B\x1b[B")
		time.Sleep(10 * time.Millisecond)
	}
	a.typing("3\r")
	a.want("choice 3 <nil>")
	a.shown(textChoose, 2)
	sized(10, 3)(a) // the next question is asked in lines
	a.typing("1\r")
	a.want("choice 1 <nil>")
	a.waitFor(textYour, 1)
	a.typing("words\n")
	a.want(`text 5 "words" <nil>`)
	sized(80, 24)(a)
	a.typing("2\n")
	a.want("choice 2 <nil>", "closed <nil>", "end 0 -1")
	a.restored()
}

// A list drawn for a wider screen is asked again; a line keeps what was typed.
func TestNarrowed(t *testing.T) {
	t.Parallel()
	a := startAsker(t, "cl")
	a.shown(textChoose, 1)
	a.resize(100, 24)
	a.resize(30, 24)
	a.waitFor("Who understands", 2)
	a.typing("3\r")
	a.want("choice 3 <nil>")
	a.shown(textLine, 1)
	a.typing("one ")
	a.waitFor("one ", 1)
	a.resize(20, 24)
	time.Sleep(2 * resizeWait)
	a.typing("two\r")
	a.want(`text 7 "one two" <nil>`, "closed <nil>", "end 0 -1")
	a.restored()
	if n := strings.Count(a.output(), "Who understands"); n != 2 {
		t.Errorf("the question was asked %d times, want 2", n)
	}
}

// Signals at random moments of a questionnaire that is being answered. The
// number of rounds is small; PMPATH_TEST_ROUNDS asks for more.
func TestSignalsAtRandom(t *testing.T) {
	t.Parallel()
	rounds := 8
	if _, err := fmt.Sscan(os.Getenv("PMPATH_TEST_ROUNDS"), &rounds); err == nil {
		t.Logf("%d rounds", rounds)
	}
	signals := []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP}
	for range rounds {
		a := startAsker(t, strings.Repeat("ccl", 300), typedAhead(strings.Repeat("3\n\n1\nab\n", 300)))
		time.Sleep(time.Duration(rand.IntN(60_000)) * time.Microsecond)
		sig := signals[rand.IntN(len(signals))]
		a.signal(sig)
		for r := a.report(); !strings.HasPrefix(r, "end "); r = a.report() {
			if r == "closed <nil>" {
				a.want(fmt.Sprintf("end -1 %d", sig))
				break
			}
		}
		a.restored()
	}
}
