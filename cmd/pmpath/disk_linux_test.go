package main

import (
	"bytes"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/pmpath/pmpath/internal/terminal"
)

// smallDisk is a folder with room for 64 KiB: a file system of its own where this account may mount one, else any folder together with
// a limit on the size of files.
func smallDisk(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=64k"); err == nil {
		t.Cleanup(func() {
			if err := syscall.Unmount(folder, 0); err != nil {
				t.Errorf("unmount %s: %v", folder, err)
			}
		})
		return folder
	}
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Skip(err)
	}
	signal.Ignore(syscall.SIGXFSZ)
	limited := before
	limited.Cur = 64 << 10
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limited); err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
			t.Error(err)
		}
		signal.Reset(syscall.SIGXFSZ)
	})
	return folder
}

// A history that finds no room on the disk: the code and the message. That what was kept before stays is tested where it is stored.
func TestHistoryOnFullDisk(t *testing.T) {
	sheet := filepath.Join(t.TempDir(), "me.yaml")
	note := strings.Repeat("many words ", 800)
	writeTestFile(t, sheet, "pmpath: 1\nrubric: product-management@1.0.0\ntarget: pm\ndate: 2026-11-22\nanswers: {}\nnotes: {saying-no: "+note+"}\n", 0o600)
	home := smallDisk(t)
	vars := map[string]string{"PMPATH_HOME": home}
	lookup := func(name string) (string, bool) { value, found := vars[name]; return value, found }
	var stderr bytes.Buffer
	e := &env{streams: terminal.Fake{Err: &stderr, Env: vars}.Streams(), lookup: lookup, now: time.Now, workDir: os.Getwd}
	code := run(e, []string{"history", "add", sheet}).code
	if complaint := stderr.String(); code != 74 || !strings.HasPrefix(complaint, "pmpath: write "+home) || strings.Contains(complaint, ".pmpath-tmp-") {
		t.Errorf("code %d, %s", code, complaint)
	}
}
