//go:build unix

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/term"

	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// person sits at a pseudo-terminal on which pmpath asks: standard input and standard error are the terminal, standard output is a file
// unless the terminal is wanted for it too. The small rubric is in the working folder.
type person struct {
	t           *testing.T
	folder      string
	master, tty *os.File
	cmd         *exec.Cmd
	before      *term.State
	deaf        bool // the terminal does not say where the cursor is

	mu     sync.Mutex
	screen bytes.Buffer // all that was written to the terminal
}

// setting is how a person's surroundings differ from the usual ones.
type setting func(*person)

func variable(text string) setting { return func(p *person) { p.cmd.Env = append(p.cmd.Env, text) } }
func columns(n uint16) setting {
	return func(p *person) { p.resize(n, 24) }
}
func everythingOnTheTerminal(p *person) { p.cmd.Stdout = p.tty }
func deaf(p *person)                    { p.deaf = true }
func typedBefore(keys string) setting   { return func(p *person) { p.types(keys) } }

// patience is longer than any test takes; whoever waits this long waits for ever.
const patience = 20 * time.Second

// sitDown starts pmpath with the arguments, in a folder of its own with the small rubric.
func sitDown(t *testing.T, args []string, settings ...setting) *person {
	t.Helper()
	folder := t.TempDir()
	if err := os.CopyFS(folder, rubrictest.Files()); err != nil {
		t.Fatal(err)
	}
	return sitDownIn(t, folder, args, settings...)
}

// sitDownIn starts pmpath where somebody has sat before.
func sitDownIn(t *testing.T, folder string, args []string, settings ...setting) *person {
	t.Helper()
	program, err := exec.LookPath("pmpath")
	if err != nil {
		t.Fatal(err)
	}
	master, tty, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo-terminal here: %v", err)
	}
	p := &person{t: t, folder: folder, master: master, tty: tty}
	t.Cleanup(p.standUp)
	p.resize(80, 24)
	if p.before, err = term.GetState(int(tty.Fd())); err != nil {
		t.Fatal(err)
	}
	stdout, err := os.Create(p.path("stdout"))
	if err != nil {
		t.Fatal(err)
	}
	defer stdout.Close()
	p.cmd = exec.Command(program, args...)
	p.cmd.Dir = p.folder
	p.cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + p.folder, "TERM=xterm", "GORACE=atexit_sleep_ms=0"}
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = tty, stdout, tty
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true, Ctty: 0}
	for _, s := range settings {
		s(p)
	}
	go p.watch()
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return p
}

// standUp gives the terminal back. It may be called more than once.
func (p *person) standUp() {
	if p.cmd != nil && p.cmd.Process != nil {
		_ = p.cmd.Process.Kill() // it has ended, as a rule
	}
	_, _ = p.tty.Close(), p.master.Close()
}

func (p *person) path(name string) string { return filepath.Join(p.folder, name) }

func (p *person) resize(columns, rows uint16) {
	if err := pty.Setsize(p.tty, &pty.Winsize{Rows: rows, Cols: columns}); err != nil {
		p.t.Fatal(err)
	}
}

// watch reads what is written to the terminal and says where the cursor is when that is asked, as terminals do.
func (p *person) watch() {
	buffer := make([]byte, 4096)
	seen := ""
	for {
		n, err := p.master.Read(buffer)
		if n > 0 {
			p.mu.Lock()
			p.screen.Write(buffer[:n])
			p.mu.Unlock()
			seen += string(buffer[:n])
			for {
				_, rest, asked := strings.Cut(seen, "\x1b[6n")
				if !asked || p.deaf {
					break
				}
				seen = rest
				_, _ = p.master.WriteString("\x1b[12;1R")
			}
		}
		if err != nil {
			return
		}
	}
}

func (p *person) seen() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.screen.String()
}

// sees waits until the text has been on the terminal n times.
func (p *person) sees(text string, n int) {
	p.t.Helper()
	for deadline := time.Now().Add(patience); strings.Count(p.seen(), text) < n; time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.t.Fatalf("%q is not on the terminal %d times:\n%q", text, n, p.seen())
		}
	}
}

// isAsked waits until the n-th list is on the terminal and the terminal is in the mode for keys. The list comes a moment earlier, and in that moment
// the terminal itself would take a Ctrl-D.
func (p *person) isAsked(n int) {
	p.t.Helper()
	p.sees(listPrompt, n)
	for deadline := time.Now().Add(patience); ; time.Sleep(2 * time.Millisecond) {
		if now, err := term.GetState(int(p.tty.Fd())); err == nil && !reflect.DeepEqual(p.before, now) {
			return
		}
		if time.Now().After(deadline) {
			p.t.Fatal("the terminal stays in its usual mode")
		}
	}
}

// types presses keys.
func (p *person) types(keys string) {
	p.t.Helper()
	if _, err := p.master.WriteString(keys); err != nil {
		p.t.Fatal(err)
	}
}

// kills sends pmpath a signal from outside.
func (p *person) kills(signal syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(signal); err != nil {
		p.t.Fatal(err)
	}
}

// waits for the end of pmpath and returns its exit code as a shell counts it.
func (p *person) waits() int {
	p.t.Helper()
	done := make(chan error, 1)
	go func() { done <- p.cmd.Wait() }()
	select {
	case err := <-done:
		return codeOf(err)
	case <-time.After(patience):
		p.t.Fatalf("pmpath does not end; on the terminal:\n%q", p.seen())
		return 0
	}
}

// leavesClean checks that the terminal is as it was: its mode, the cursor, the marks of pastes.
func (p *person) leavesClean() {
	p.t.Helper()
	now, err := term.GetState(int(p.tty.Fd()))
	if err != nil {
		p.t.Fatal(err)
	}
	if !reflect.DeepEqual(p.before, now) {
		p.t.Errorf("the terminal was left in another mode: %+v, before %+v", now, p.before)
	}
	clean := func() bool {
		seen := p.seen()
		last := func(sequence string) int { return strings.LastIndex(seen, sequence) }
		return last("\x1b[?25h") >= last("\x1b[?25l") && last("\x1b[?2004l") >= last("\x1b[?2004h")
	}
	for deadline := time.Now().Add(patience); !clean(); time.Sleep(2 * time.Millisecond) { // the last bytes may be on their way
		if time.Now().After(deadline) {
			p.t.Errorf("the cursor or the paste mode was not given back: %q", p.seen())
			return
		}
	}
}

// reads returns a file of the working folder.
func (p *person) reads(name string) string {
	p.t.Helper()
	data, err := os.ReadFile(p.path(name))
	if err != nil {
		p.t.Fatal(err)
	}
	return string(data)
}

// runs pmpath once more in the same folder, without a terminal.
func (p *person) runs(args ...string) (stdout string, code int) {
	p.t.Helper()
	var out, messages bytes.Buffer
	cmd := exec.Command(p.cmd.Path, args...)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = p.folder, p.cmd.Env, &out, &messages
	code = codeOf(cmd.Run())
	if messages.Len() > 0 {
		p.t.Logf("pmpath %s: %s", strings.Join(args, " "), messages.String())
	}
	return out.String(), code
}

// draft is the id of the one interview that is not finished; nothing where there is none.
func (p *person) draft() string {
	p.t.Helper()
	list, code := p.runs("assess", "--list")
	if code != 0 {
		p.t.Fatalf("the list ends with %d", code)
	}
	id, _, found := strings.Cut(list, "  ")
	if !found {
		return ""
	}
	return id
}
