//go:build !windows

package terminal

import (
	"testing"

	"github.com/creack/pty"
)

func TestRealTerminal(t *testing.T) {
	master, screen, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo terminal here: %v", err)
	}
	defer master.Close()
	defer screen.Close()
	o := fileOutput(screen, func(string) (string, bool) { return "", false })
	if !o.IsTerminal() {
		t.Fatal("a pseudo terminal is not seen as a terminal")
	}
	for _, columns := range []uint16{133, 40} { // the second time the window has been resized
		if err := pty.Setsize(screen, &pty.Winsize{Rows: 24, Cols: columns}); err != nil {
			t.Fatal(err)
		}
		if got := o.Width(); got != int(columns) {
			t.Errorf("Width() = %d, want %d", got, columns)
		}
	}
}
