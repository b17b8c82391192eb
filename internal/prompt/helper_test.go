//go:build unix

package prompt

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// The tests with signals need processes of their own: one that asks, in the
// foreground of a terminal, and a parent in another group which, like a shell,
// is told when its child stops and can continue it. Both are this test binary,
// told by the environment what to be.
const (
	helperVar = "PMPATH_TEST_HELPER" // "shell" or "ask"
	kindVar   = "PMPATH_TEST_KIND"   // "survey" or "lines"
	groupVar  = "PMPATH_TEST_GROUP"  // "shared": asker and shell are one group
	asksVar   = "PMPATH_TEST_ASKS"   // a letter for every question: c, l, p (panic), h (a check that hangs), w (wait between questions), e (another program has the terminal), k (one that ends at Ctrl-C)
)

func TestMain(m *testing.M) {
	switch os.Getenv(helperVar) {
	case "shell":
		beShell()
	case "ask":
		beAsker()
	default:
		os.Exit(m.Run())
	}
}

// beShell starts the asker in the foreground and reports on descriptor 3 what
// becomes of it. On descriptor 4 it is told to continue a stopped child; at its
// end the shell ends too.
func beShell() {
	report, orders := os.NewFile(3, "report"), bufio.NewScanner(os.NewFile(4, "orders"))
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), helperVar+"=ask")
	child.Stdin, child.Stdout, child.Stderr = os.Stdin, os.Stdout, os.Stderr
	child.ExtraFiles = []*os.File{report}
	if os.Getenv(groupVar) != "shared" {
		child.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Foreground: true, Ctty: 0}
	}
	if err := child.Start(); err != nil {
		fmt.Fprintln(report, "start", err)
		return
	}
	pid := child.Process.Pid
	signal.Ignore(syscall.SIGTTOU) // a shell takes the terminal back from the background
	for {
		var status syscall.WaitStatus
		if _, err := syscall.Wait4(pid, &status, syscall.WUNTRACED, nil); errors.Is(err, syscall.EINTR) {
			continue
		} else if err != nil {
			fmt.Fprintln(report, "wait", err)
			return
		}
		_ = unix.IoctlSetPointerInt(0, unix.TIOCSPGRP, syscall.Getpgrp())
		if !status.Stopped() {
			fmt.Fprintln(report, "end", status.ExitStatus(), int(status.Signal()))
			orders.Scan()
			return
		}
		fmt.Fprintln(report, "stopped")
		for orders.Scan() && orders.Text() == "kill" {
			_ = syscall.Kill(-pid, syscall.SIGTERM)
			break
		}
		if orders.Text() == "fg" {
			_ = unix.IoctlSetPointerInt(0, unix.TIOCSPGRP, pid)
		}
		_ = syscall.Kill(-pid, syscall.SIGCONT)
	}
}

// beAsker asks and reports every answer on descriptor 3. After a signal it ends
// as a command would: by that signal.
func beAsker() {
	report := os.NewFile(3, "report")
	p, err := newHelperPrompter()
	if err != nil {
		fmt.Fprintln(report, "new", err)
		return
	}
	fmt.Fprintln(report, "ready", os.Getpid())
	err = askAll(p, report)
	closing := p.Close()
	fmt.Fprintf(report, "closed %v\n", closing)
	var end *SignalError
	if errors.As(errors.Join(err, closing), &end) {
		signal.Reset(end.Signal)
		_ = syscall.Kill(os.Getpid(), end.Signal)
		time.Sleep(10 * time.Second)
	}
}

func newHelperPrompter() (interface {
	Prompter
	io.Closer
}, error) {
	if os.Getenv(kindVar) == "lines" {
		return NewLines(os.Stdin, os.Stderr, nil), nil
	}
	if !Available(os.Stdin, os.Stderr) {
		return nil, errors.New("not available")
	}
	return NewSurvey(os.Stdin, os.Stderr, true)
}

func askAll(p Prompter, report io.Writer) error {
	for _, ask := range os.Getenv(asksVar) {
		switch ask {
		case 'c':
			index, err := p.Choose(testQuestion())
			fmt.Fprintf(report, "choice %d %v\n", index, err)
			if err != nil {
				return err
			}
		case 'e', 'k':
			script := "stty -a | grep -o -- '-\\?icanon'; echo borrowed; until read answer; do :; done; echo got $answer"
			if ask == 'e' {
				script = "trap 'echo interrupted' INT; " + script
			}
			program := exec.Command("sh", "-c", script)
			program.Stdin, program.Stdout, program.Stderr = os.Stdin, os.Stderr, os.Stderr
			fmt.Fprintf(report, "lent %v\n", p.Lend(program))
		case 'w':
			fmt.Fprintln(report, "waiting")
			time.Sleep(300 * time.Millisecond)
		default:
			text, err := p.Line("What shows that?", "", helperCheck(ask))
			fmt.Fprintf(report, "text %d %.40q %v\n", len(text), text, err)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func helperCheck(ask rune) func(string) error {
	return func(text string) error {
		switch {
		case ask == 'p':
			panic("a check that panics")
		case ask == 'h':
			time.Sleep(10 * time.Second)
		case strings.TrimSpace(text) == "":
			return errors.New("please write something")
		}
		return nil
	}
}
