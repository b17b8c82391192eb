//go:build unix

package document_test

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/pmpath/pmpath/internal/document"
)

func TestReadRefusesPipesAndDevices(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.yaml"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(os.DevNull, filepath.Join(dir, "device.yaml")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"pipe.yaml", "device.yaml"} {
		if _, err := document.Read(os.DirFS(dir), name, name); !errors.Is(err, document.ErrNotRegular) {
			t.Errorf("%s: got %v, want %v", name, err, document.ErrNotRegular)
		}
	}
}
