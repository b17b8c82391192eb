//go:build unix

package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// umaskForTest opens files up as far as a mask can. It is one of the process, so tests that use it do not run beside others.
func umaskForTest(t *testing.T, mask int) {
	t.Helper()
	before := syscall.Umask(mask)
	t.Cleanup(func() { syscall.Umask(before) })
}

// checkFile checks content and mode of a file, and that nothing else is in its folder.
func checkFile(t *testing.T, name, text string, mode fs.FileMode) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(data) != text {
		t.Errorf("content %q, want %q", data, text)
	}
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != mode {
		t.Errorf("mode %o, want %o", info.Mode().Perm(), mode)
	}
	checkFolder(t, filepath.Dir(name), filepath.Base(name))
}

func checkFolder(t *testing.T, folder string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	if strings.Join(names, " ") != strings.Join(want, " ") {
		t.Errorf("in the folder are %q, want %q", names, want)
	}
}

func TestNewFilesAreForTheirOwner(t *testing.T) {
	for name, write := range map[string]func(string, []byte) error{"replaceFile": replaceFile, "createFile": createFile} {
		for _, mask := range []int{0, 0o022, 0o077} {
			umaskForTest(t, mask)
			file := filepath.Join(t.TempDir(), "new")
			if err := write(file, []byte("text")); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			checkFile(t, file, "text", 0o600)
		}
	}
}

func TestReplaceFileKeepsTheMode(t *testing.T) {
	for _, mode := range []fs.FileMode{0o600, 0o644, 0o640, 0o666} {
		umaskForTest(t, 0o077)
		file := filepath.Join(t.TempDir(), "old")
		writeTestFile(t, file, "a longer text than the new one", mode)
		if err := replaceFile(file, []byte("new")); err != nil {
			t.Fatal(err)
		}
		checkFile(t, file, "new", mode)
	}
}

// Another name of the old file keeps the old text: the new one is a new file, moved into place whole.
func TestReplaceFileIsOneStep(t *testing.T) {
	folder := t.TempDir()
	file, other := filepath.Join(folder, "report"), filepath.Join(folder, "other")
	writeTestFile(t, file, "old", 0o600)
	if err := os.Link(file, other); err != nil {
		t.Skip(err)
	}
	if err := replaceFile(file, []byte("new")); err != nil {
		t.Fatal(err)
	}
	if data, _ := os.ReadFile(other); string(data) != "old" {
		t.Errorf("the old file was written into: %q", data)
	}
}

func TestWhatIsInTheWayStays(t *testing.T) {
	folder := t.TempDir()
	goal := filepath.Join(folder, "goal")
	writeTestFile(t, goal, "theirs", 0o600)
	paths := map[string]string{}
	for name, target := range map[string]string{"link": goal, "dangling": filepath.Join(folder, "nowhere")} {
		paths[name] = filepath.Join(folder, name)
		if err := os.Symlink(target, paths[name]); err != nil {
			t.Fatal(err)
		}
	}
	paths["folder"] = filepath.Join(folder, "folder")
	if err := os.Mkdir(paths["folder"], 0o700); err != nil {
		t.Fatal(err)
	}
	paths["pipe"] = filepath.Join(folder, "pipe")
	if err := syscall.Mkfifo(paths["pipe"], 0o600); err != nil {
		t.Fatal(err)
	}
	for kind, path := range paths {
		err := replaceFile(path, []byte("ours"))
		if !errors.Is(err, fs.ErrExist) || endingOf(err).code != 73 {
			t.Errorf("replaceFile, %s: %v", kind, err)
		}
		if err := checkWritable(path); !errors.Is(err, fs.ErrExist) {
			t.Errorf("checkWritable, %s: %v", kind, err)
		}
		if err := createFile(path, []byte("ours")); !errors.Is(err, fs.ErrExist) || endingOf(err).code != 73 {
			t.Errorf("createFile, %s: %v", kind, err)
		}
	}
	if err := createFile(goal, []byte("ours")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("createFile, file: %v", err)
	}
	if data, _ := os.ReadFile(goal); string(data) != "theirs" {
		t.Errorf("the file behind the link: %q", data)
	}
	checkFolder(t, folder, "dangling", "folder", "goal", "link", "pipe")
}

func TestCheckWritableLeavesNothing(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "new")
	if err := checkWritable(file); err != nil {
		t.Fatal(err)
	}
	checkFolder(t, folder)
	writeTestFile(t, file, "old", 0o640)
	if err := checkWritable(file); err != nil {
		t.Fatal(err)
	}
	checkFile(t, file, "old", 0o640)
	if err := checkWritable(filepath.Join(folder, "no", "where")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

// On a disk that is full the old report stays, no temporary file is left, and the message names the report. The limit on the size of files
// stands for the disk where none can be made: the write fails half-way too.
func TestFullDisk(t *testing.T) {
	folder := smallDisk(t)
	file := filepath.Join(folder, "report")
	writeTestFile(t, file, "old", 0o644)
	tooMuch := make([]byte, 1<<20)
	for name, write := range map[string]func() error{
		"replaceFile": func() error { return replaceFile(file, tooMuch) },
		"createFile":  func() error { return createFile(filepath.Join(folder, "new"), tooMuch) },
	} {
		err := write()
		if endingOf(err).code != 74 || !(errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EFBIG)) {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && strings.Contains(err.Error(), ".pmpath-tmp-") {
			t.Errorf("%s names a file that nobody knows: %v", name, err)
		}
	}
	checkFile(t, file, "old", 0o644)
}
