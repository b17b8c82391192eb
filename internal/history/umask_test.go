//go:build unix

package history

import (
	"syscall"
	"testing"
)

// withUmask opens a new history with an umask that forbids nothing.
func withUmask(t *testing.T, folder string) *Store {
	t.Helper()
	before := syscall.Umask(0)
	t.Cleanup(func() { syscall.Umask(before) })
	return openAt(t, folder, newClock())
}
