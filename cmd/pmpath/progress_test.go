//go:build unix

package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// reading starts a report of what comes through a pipe, and gives it more than it needs to know what it reads.
func reading(t *testing.T, settings ...setting) (*person, io.WriteCloser) {
	t.Helper()
	in, enters, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close() })
	p := sitDown(t, []string{"cohort", "report", "-", "--rubric", "small"}, append(settings, func(p *person) {
		p.cmd.Stdin, p.cmd.SysProcAttr = in, &syscall.SysProcAttr{Setsid: true, Setctty: true, Ctty: 2}
	})...)
	var rows strings.Builder
	rows.WriteString("name,stage,problem-note,scope-cut,measure-read,hard-talk\n")
	for n := range 20_000 {
		fmt.Fprintf(&rows, "person %d,starter,%d,1,2,\n", n, n%4)
	}
	if _, err := io.WriteString(enters, rows.String()); err != nil {
		t.Fatal(err)
	}
	return p, enters
}

func TestProgressOnATerminal(t *testing.T) {
	t.Parallel()
	p, enters := reading(t)
	p.sees("\rreading ...", 2) // the pipe stays open until then
	_ = enters.Close()
	if code := p.waits(); code != 0 {
		t.Errorf("exit code %d: %s", code, p.seen())
	}
	p.sees("\r           \r", 1)
	if screen := p.seen(); !strings.HasSuffix(screen, "\r           \r") || strings.Contains(screen, "\x1b") || strings.Contains(screen, "\n") {
		t.Errorf("on the terminal: %q", screen)
	}
	if report := p.reads("stdout"); strings.Contains(report, "reading") || !strings.Contains(report, "20000 people") {
		t.Errorf("on standard output: %s", report)
	}
}

// Nothing is written over where a machine looks on or plain lines are wanted.
func TestNoProgressWhereLinesShouldStay(t *testing.T) {
	t.Parallel()
	for name, how := range map[string]setting{
		"CI":           variable("CI=true"),
		"dumb":         variable("TERM=dumb"),
		"--accessible": func(p *person) { p.cmd.Args = append(p.cmd.Args, "--accessible") },
	} {
		p, enters := reading(t, how)
		time.Sleep(2 * progressDelay)
		_ = enters.Close()
		if code := p.waits(); code != 0 {
			t.Errorf("%s: exit code %d", name, code)
		}
		if p.seen() != "" {
			t.Errorf("%s: on the terminal: %q", name, p.seen())
		}
	}
}

func TestProgressLine(t *testing.T) {
	for _, c := range []struct {
		read, size int64
		want       string
	}{
		{0, 1000, "[........]   0 %"},
		{499, 1000, "[###.....]  49 %"},
		{1000, 1000, "[########] 100 %"},
		{1500, 1000, "[########] 100 %"}, // a second look at names reads more than there is
		{5, -1, "reading ..."},
	} {
		if got := progressLine(c.read, c.size); got != c.want || len(got) > 20 {
			t.Errorf("%d of %d: %q, want %q", c.read, c.size, got, c.want)
		}
	}
}
