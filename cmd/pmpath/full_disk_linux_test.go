package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A disk that fills up in the middle of an interview: the answer stays on the screen, what is safe is said, and after making room the interview goes on.
func TestDiskFullInTheMiddle(t *testing.T) {
	home := t.TempDir()
	if err := syscall.Mount("tmpfs", home, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("this account may not mount a disk: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(home, syscall.MNT_DETACH); err != nil {
			t.Errorf("unmount %s: %v", home, err)
		}
	})
	editor := filepath.Join(t.TempDir(), "editor")
	if err := os.WriteFile(editor, []byte("#!/bin/sh\nyes 'a long note 日本語' | head -n 500 > \"$1\"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	settings := []setting{variable("XDG_DATA_HOME=" + home), variable("EDITOR=" + editor)}
	p := sitDown(t, askBuilder, settings...)
	p.goesThrough(0, "n", "leave")
	if code := p.waits(); code != 130 {
		t.Fatalf("exit code %d", code)
	}
	p = sitDownIn(t, p.folder, []string{"assess", "--resume", "--save-sheet", "me.yaml"}, settings...)
	p.isAsked(1)
	filler := filepath.Join(home, "filler")
	fill(t, filler)
	lists := p.goesThrough(0, "note")
	p.sees(askSaveFailed, 1)
	p.sees("Everything before it is safe.", 1)
	lists = p.goesThrough(lists, "1") // no room yet
	p.sees(askSaveFailed, 2)
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	p.goesThrough(lists, "1", "1", "0", "s", "s", "s", "done")
	if code := p.waits(); code != 0 {
		t.Fatalf("exit code %d:\n%s", code, p.seen())
	}
	p.leavesClean()
	if sheet := p.reads("me.yaml"); !strings.Contains(sheet, "a long note") || !strings.Contains(sheet, "  problem-note: 1\n  scope-cut: 0\n") {
		t.Errorf("the sheet:\n%s", sheet)
	}
}

// fill writes until there is no room left.
func fill(t *testing.T, name string) {
	t.Helper()
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	block := make([]byte, 4096)
	for {
		if _, err := file.Write(block); err != nil {
			return
		}
	}
}
