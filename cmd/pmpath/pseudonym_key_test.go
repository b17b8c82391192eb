package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/settings"
	"github.com/pmpath/pmpath/internal/terminal"
)

func keyEnv(folder string) (*env, *bytes.Buffer) {
	var said bytes.Buffer
	return &env{streams: terminal.Fake{Err: &said}.Streams(), settings: &settings.Settings{DataFolder: folder}}, &said
}

func TestPseudonymKeyIsMadeOnce(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "data")
	e, said := keyEnv(folder)
	key, err := e.pseudonymKey()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "keys", "pseudonym.key")
	if !strings.Contains(said.String(), file) {
		t.Errorf("nobody is told: %q", said)
	}
	for path, want := range map[string]os.FileMode{folder: 0o700, filepath.Dir(file): 0o700, file: 0o600} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want && runtime.GOOS != "windows" {
			t.Errorf("%s has mode %o, want %o", path, got, want)
		}
	}
	again, said := keyEnv(folder)
	if got, err := again.pseudonymKey(); err != nil || !bytes.Equal(got, key) || said.Len() > 0 {
		t.Errorf("another key, %v, %q", err, said)
	}
	other, _ := keyEnv(t.TempDir())
	if got, err := other.pseudonymKey(); err != nil || bytes.Equal(got, key) {
		t.Errorf("the same key in another folder, %v", err)
	}
}

func TestOpenKeyIsToldOf(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("files have no such rights here")
	}
	folder := t.TempDir()
	e, said := keyEnv(folder)
	if _, err := e.pseudonymKey(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(folder, "keys", "pseudonym.key"), 0o644); err != nil {
		t.Fatal(err)
	}
	said.Reset()
	if _, err := e.pseudonymKey(); err != nil || !strings.Contains(said.String(), "doctor --fix") {
		t.Errorf("%v, %q", err, said)
	}
}

func TestDamagedKeyIsRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "abcd\n", strings.Repeat("g", 64), strings.Repeat("a", 66)} {
		folder := t.TempDir()
		if err := os.Mkdir(filepath.Join(folder, "keys"), 0o700); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(folder, "keys", "pseudonym.key")
		writeTestFile(t, file, text, 0o600)
		e, _ := keyEnv(folder)
		var problems document.Problems
		if _, err := e.pseudonymKey(); !errors.As(err, &problems) || endingOf(err).code != exitInvalid {
			t.Errorf("%q: %v", text, err)
		}
		if left, err := os.ReadFile(file); err != nil || string(left) != text {
			t.Errorf("%q became %q, %v", text, left, err)
		}
	}
}

// Runs that begin together agree on one key.
func TestPseudonymKeyIsOneForAll(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	keys := make([][]byte, 8)
	var all sync.WaitGroup
	for i := range keys {
		all.Go(func() {
			e, _ := keyEnv(folder)
			var err error
			if keys[i], err = e.pseudonymKey(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, key := range keys {
		if !bytes.Equal(key, keys[0]) {
			t.Fatal("two keys")
		}
	}
}
