package document_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pmpath/pmpath/internal/document"
)

func TestReadByName(t *testing.T) {
	fsys := fstest.MapFS{
		"a.yaml": {Data: []byte("a: 1\n")},
		"a.json": {Data: []byte(`{"a": 1}`)},
		"b.json": {Data: []byte("a: 1\n")},
	}
	for _, name := range []string{"a.yaml", "a.json"} {
		n, err := document.Read(fsys, name, "shown")
		if err != nil {
			t.Fatal(err)
		}
		if got := tree(n); got != "{a: 1}" {
			t.Errorf("%s: %s", name, got)
		}
	}
	if _, err := document.Read(fsys, "b.json", "shown/b.json"); complaint(err) != "shown/b.json:1:1: this is not valid JSON – check the commas, quotes and brackets before this place" {
		t.Errorf("got %v", err)
	}
}

func TestReadStream(t *testing.T) {
	for text, want := range map[string]string{
		"a: 1\n":                            "{a: 1}",
		" \n\t{\"a\": 1}":                   "{a: 1}",     // a tab that YAML would refuse: read as JSON
		"\uFEFF{\"a\": \"\\ud83e\\udded\"}": "{a: \"🧭\"}", // a pair of escapes that only JSON joins
	} {
		n, err := document.ReadStream(strings.NewReader(text), "-")
		if err != nil {
			t.Errorf("%q: %v", text, err)
		} else if got := tree(n); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
	broken := errors.New("cable pulled")
	if _, err := document.ReadStream(io.MultiReader(strings.NewReader("a: 1\n"), failing{broken}), "-"); !errors.Is(err, broken) {
		t.Errorf("got %v, want the reader's error", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestSizeLimit(t *testing.T) {
	const tooLarge = "f: the file is larger than 1 MiB – split it"
	fit := append([]byte("a: 1\n"), bytes.Repeat([]byte("#"), 1<<20-5)...)
	fsys := fstest.MapFS{"fit.yaml": {Data: fit}, "large.yaml": {Data: append(fit, '#')}}
	if _, err := document.Read(fsys, "fit.yaml", "f"); err != nil {
		t.Errorf("1 MiB: %v", err)
	}
	if _, err := document.Read(fsys, "large.yaml", "f"); complaint(err) != tooLarge {
		t.Errorf("1 MiB and a byte: %v", err)
	}
	if _, err := document.ReadStream(bytes.NewReader(fit), "f"); err != nil {
		t.Errorf("stream of 1 MiB: %v", err)
	}
	if _, err := document.ReadStream(endless{}, "f"); complaint(err) != tooLarge {
		t.Errorf("endless stream: %v", err)
	}
}

// TestReadRefusesByType needs real files. A sparse file of 16 GiB is refused by its size, a pipe before anybody opens it and waits.
func TestReadRefusesByType(t *testing.T) {
	dir := t.TempDir()
	sparse := filepath.Join(dir, "sparse.yaml")
	if err := os.WriteFile(sparse, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(sparse, 16<<30); err != nil {
		t.Skipf("no sparse files here: %v", err)
	}
	if err := os.Mkdir(filepath.Join(dir, "folder.yaml"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("loop.yaml", filepath.Join(dir, "loop.yaml")); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
	fsys := os.DirFS(dir)
	if _, err := document.Read(fsys, "sparse.yaml", "f"); complaint(err) != "f: the file is larger than 1 MiB – split it" {
		t.Errorf("sparse file: %v", err)
	}
	for name, want := range map[string]error{"folder.yaml": document.ErrFolder, "absent.yaml": fs.ErrNotExist, "loop.yaml": nil} {
		_, err := document.Read(fsys, name, "shown.yaml")
		var bad *fs.PathError
		if !errors.As(err, &bad) || bad.Path != "shown.yaml" || want != nil && !errors.Is(err, want) {
			t.Errorf("%s: got %v, want a path error that is %v", name, err, want)
		}
	}
}
