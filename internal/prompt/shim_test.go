//go:build unix

package prompt

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/term"
)

// openShim is a shim on a pseudo-terminal in the mode for keys.
func openShim(t *testing.T) (*pseudo, keyboard, screen) {
	t.Helper()
	x := openTerminal(t, 80, 24)
	if _, err := term.MakeRaw(int(x.tty.Fd())); err != nil {
		t.Fatal(err)
	}
	tty, err := newTTY(x.tty, x.tty)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tty.close() })
	s := &shim{term: tty}
	return x, keyboard{s}, screen{s}
}

// read takes n pieces as survey would, with a large buffer.
func (k keyboard) read(t *testing.T, n int) []string {
	t.Helper()
	var pieces []string
	for range n {
		var p [4096]byte
		got, err := k.Read(p[:])
		if err != nil {
			t.Fatalf("after %q: %v", pieces, err)
		}
		pieces = append(pieces, string(p[:got]))
	}
	return pieces
}

func (s screen) write(t *testing.T, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if n, err := s.Write([]byte(part)); n != len(part) || err != nil {
			t.Fatalf("write %q: %d, %v", part, n, err)
		}
	}
}

func TestShimOneKeyARead(t *testing.T) {
	x, k, _ := openShim(t)
	x.typing("3\r\x1bOB\xff日\x1b[6~x")
	if diff := cmp.Diff([]string{"3", "\r", "\x1b[B", "日", "x"}, k.read(t, 5)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	x.typing("日")
	var p [1]byte
	for _, b := range []byte("日") {
		if n, err := k.Read(p[:]); n != 1 || p[0] != b || err != nil {
			t.Errorf("short buffer: %d, %x, %v", n, p[0], err)
		}
	}
}

// The reply comes first and the keys around it stay, wherever it arrives.
func TestShimPosition(t *testing.T) {
	const typed = "3\r\x1b[Bx"
	x, k, s := openShim(t)
	for cut := range len(typed) + 1 {
		s.write(t, cursorQuery)
		x.typing(typed[:cut])
		time.Sleep(time.Millisecond) // in two reads, as a rule
		x.typing("\x1b[7;12R" + typed[cut:])
		want := []string{"\x1b[7;12R", "3", "\r", "\x1b[B", "x"}
		if diff := cmp.Diff(want, k.read(t, 5)); diff != "" {
			t.Fatalf("cut at %d: -want +got\n%s", cut, diff)
		}
	}
}

func TestShimSize(t *testing.T) {
	x, k, s := openShim(t)
	x.resize(100, 30)
	s.write(t, "\x1b7", farCorner, cursorQuery)
	if got := k.read(t, 1); got[0] != "\x1b[30;100R" {
		t.Errorf("size %q", got)
	}
	x.resize(0, 0)
	s.write(t, farCorner, cursorQuery, "end")
	if got := k.read(t, 1); got[0] != "\x1b[24;80R" {
		t.Errorf("unknown size %q", got)
	}
	for !strings.HasSuffix(x.output(), "end") {
		time.Sleep(time.Millisecond)
	}
	if got := x.output(); got != "\x1b7end" {
		t.Errorf("the terminal was asked: %q", got)
	}
}

func TestShimSilentTerminal(t *testing.T) {
	x, k, s := openShim(t)
	k.home = 12
	for range 2 {
		s.write(t, cursorQuery)
		x.typing("3")
		if diff := cmp.Diff([]string{"\x1b[24;12R", "3"}, k.read(t, 2)); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
	}
	x.typing("\x1b[24;12R3") // the reply, much too late
	if got := k.read(t, 1); got[0] != "3" {
		t.Errorf("got %q", got)
	}
	if n := strings.Count(x.output(), cursorQuery); n != 1 {
		t.Errorf("asked %d times", n)
	}
}

// A query is answered even if the terminal has gone, because survey uses the
// answer without looking at the error; the next key tells.
func TestShimTerminalGone(t *testing.T) {
	x, k, s := openShim(t)
	s.write(t, cursorQuery)
	_ = x.ptmx.Close()
	if got := k.read(t, 1); !strings.HasSuffix(got[0], "R") {
		t.Errorf("no reply: %q", got)
	}
	if _, err := k.Read(make([]byte, 10)); !errors.Is(err, ErrPaused) {
		t.Errorf("read: %v", err)
	}
	if _, err := s.Write([]byte("x")); !errors.Is(err, ErrPaused) {
		t.Errorf("write: %v", err)
	}
}

func TestShimKeysThatAreErrors(t *testing.T) {
	x, k, _ := openShim(t)
	x.typing("\x04\x1a\x1c3")
	for _, want := range []string{"paused", "suspend", "ended by signal: quit"} {
		if _, err := k.Read(make([]byte, 10)); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if got := k.read(t, 1); got[0] != "3" {
		t.Errorf("then %q", got)
	}
}

func TestAvailable(t *testing.T) {
	x := openTerminal(t, 80, 24)
	r, w := pipe(t)
	for _, tt := range []struct {
		name    string
		in, out *os.File
		want    bool
	}{
		{"terminal", x.tty, x.tty, true},
		{"input from a pipe", r, x.tty, false},
		{"output to a pipe", x.tty, w, false},
		{"nothing", nil, nil, false},
	} {
		if got := Available(tt.in, tt.out); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}
