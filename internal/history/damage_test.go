package history

import (
	"bytes"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// filled makes a history with two assessments, a plan and two drafts, and returns what it exports as, and the ids of the drafts.
func filled(t testing.TB, folder string) []byte {
	t.Helper()
	c := newClock()
	s := openAt(t, folder, c)
	r := rubrictest.Small(t)
	add(t, s, "respondent: Ada\ntarget: builder\nanswers: {problem-note: 1}\nnotes: {problem-note: some words}\n")
	c.tick(time.Hour)
	add(t, s, "target: lead\nanswers: {problem-note: 3, hard-talk: na}\n")
	if _, err := s.SavePlan(Plan{RubricID: "small", Target: "lead", Made: response.On(c.now), Document: []byte(`{"steps":[1,2,3]}`)}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		d, err := s.Begin(sheet(t, r, "target: builder\nanswers: {}\n"), "full")
		if err != nil {
			t.Fatal(err)
		}
		for i, item := range r.Items {
			d.Sheet().Answers[item.Index] = response.Answered(i % 4)
			if err := d.SaveItem(item, true); err != nil {
				t.Fatal(err)
			}
		}
		_ = d.Close()
	}
	data, err := s.Export(Whose{All: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return data
}

// readAll opens the history in a folder and exports it.
func readAll(folder string) ([]byte, error) {
	s, err := Open(folder, Options{Now: newClock().get})
	if err != nil {
		return nil, err
	}
	data, err := s.Export(Whose{All: true})
	return data, errors.Join(err, s.Close())
}

func (c *clock) get() time.Time { return c.now }

// isRefused reports whether a damaged database was refused as one.
func isRefused(err error) bool {
	var damaged *DamagedError
	var newer *NewerError
	return errors.As(err, &damaged) || errors.As(err, &newer)
}

// A bit that flips anywhere in the database is refused, or makes no difference; it never becomes another answer. What can be mended is.
func TestFlippedBits(t *testing.T) {
	original := t.TempDir()
	want := filled(t, original)
	if err := os.RemoveAll(filepath.Join(original, backupsFolder)); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(filepath.Join(original, databaseName))
	if err != nil {
		t.Fatal(err)
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	refused, harmless := 0, 0
	folder := t.TempDir()
	for range times(150, 20_000) {
		bit := random.IntN(len(whole) * 8)
		flipped := bytes.Clone(whole)
		flipped[bit/8] ^= 1 << (bit % 8)
		replaceDatabase(t, folder, flipped)
		got, err := readAll(folder)
		switch {
		case err == nil && bytes.Equal(got, want):
			harmless++
			continue
		case err == nil:
			t.Fatalf("bit %d: read as something else", bit)
		case !isRefused(err):
			t.Fatalf("bit %d: %v", bit, err)
		}
		refused++
		if kept := databaseIn(t, folder); !bytes.Equal(kept, flipped) {
			t.Fatalf("bit %d: the damaged database was changed", bit)
		}
		checkMends(t, folder, err)
	}
	if refused == 0 {
		t.Error("no flipped bit was noticed")
	}
	t.Logf("%d refused, %d without effect", refused, harmless)
}

// checkMends wants Mend to give a history that can be read.
func checkMends(t *testing.T, folder string, damage error) {
	t.Helper()
	var newer *NewerError
	if errors.As(damage, &newer) {
		return
	}
	if m, err := Mend(folder, Options{Now: newClock().get}, nil); err != nil || m.Rebuilt == nil {
		t.Fatalf("%v: mend: %+v, %v", damage, m, err)
	}
	if _, err := readAll(folder); err != nil {
		t.Fatalf("%v: after mending: %v", damage, err)
	}
}

func replaceDatabase(t testing.TB, folder string, data []byte) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.Name() != locksFolder {
			if err := os.RemoveAll(filepath.Join(folder, entry.Name())); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.WriteFile(filepath.Join(folder, databaseName), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func databaseIn(t testing.TB, folder string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder, databaseName))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// A database that is cut short anywhere is refused and kept.
func TestCutDatabase(t *testing.T) {
	original := t.TempDir()
	want := filled(t, original)
	whole := databaseIn(t, original)
	folder := t.TempDir()
	random := rand.New(rand.NewPCG(1, 2))
	cuts := []int{0, 1, 15, 16, 59, 60, 63, 64, 99, 100, 4095, 4096, len(whole) - 4096, len(whole) - 1}
	for range times(20, 500) {
		cuts = append(cuts, random.IntN(len(whole)))
	}
	for _, cut := range cuts {
		replaceDatabase(t, folder, whole[:cut])
		got, err := readAll(folder)
		if err == nil && bytes.Equal(got, want) { // the end of a page may be unused
			continue
		}
		var damaged *DamagedError
		if !errors.As(err, &damaged) {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		if kept := databaseIn(t, folder); len(kept) != cut {
			t.Fatalf("cut at %d: the damaged database was changed", cut)
		}
		checkMends(t, folder, err)
	}
}

// Everything that is no database of ours is refused untouched.
func TestForeignFiles(t *testing.T) {
	newerVersion := func(t *testing.T) []byte {
		folder := t.TempDir()
		filled(t, folder)
		data := databaseIn(t, folder)
		data[versionOffset+3] = 99
		return data
	}
	otherProgram := func(t *testing.T) []byte {
		folder := t.TempDir()
		filled(t, folder)
		data := databaseIn(t, folder)
		data[identityOffset] = 1
		return data
	}
	for name, content := range map[string]func(*testing.T) []byte{
		"zeros": func(*testing.T) []byte { return make([]byte, 8192) }, "text": func(*testing.T) []byte { return bytes.Repeat([]byte("text "), 1000) },
		"a newer version": newerVersion, "another program's": otherProgram,
	} {
		t.Run(name, func(t *testing.T) {
			folder, data := t.TempDir(), content(t)
			replaceDatabase(t, folder, data)
			_, err := readAll(folder)
			var newer *NewerError
			if !isRefused(err) || errors.As(err, &newer) != (name == "a newer version") {
				t.Errorf("got %v", err)
			}
			if !bytes.Equal(databaseIn(t, folder), data) {
				t.Error("the file was changed")
			}
			if name != "a newer version" {
				return
			}
			if m, err := Mend(folder, Options{}, nil); err != nil || m.Rebuilt != nil || !bytes.Equal(databaseIn(t, folder), data) {
				t.Errorf("mend touched it: %+v, %v", m, err)
			}
		})
	}
}

// A link or a folder in the place of the database is not followed.
func TestInTheWay(t *testing.T) {
	folder := t.TempDir()
	elsewhere := filepath.Join(t.TempDir(), "elsewhere")
	if err := os.Symlink(elsewhere, filepath.Join(folder, databaseName)); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
	if _, err := readAll(folder); !errors.Is(err, fs.ErrExist) {
		t.Errorf("link: got %v, want fs.ErrExist", err)
	}
	if _, err := os.Lstat(elsewhere); err == nil {
		t.Error("the link was followed")
	}
	folder = t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, databaseName), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := readAll(folder); !errors.Is(err, fs.ErrExist) {
		t.Errorf("folder: got %v, want fs.ErrExist", err)
	}
}

// A log that is damaged, cut or gone takes nothing with it: after each answer it has been moved into the database.
func TestDamagedLog(t *testing.T) {
	folder, c := t.TempDir(), newClock()
	s := openAt(t, folder, c)
	d, err := s.Begin(sheet(t, rubrictest.Small(t), "answers: {}\n"), "full")
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(3, 4))
	for n := range times(40, 350) {
		item := d.Sheet().Rubric.Items[n%4]
		d.Sheet().Answers[item.Index] = response.Answered(n % 3)
		if err := d.SaveItem(item, true); err != nil {
			t.Fatal(err)
		}
		log, err := os.ReadFile(s.path() + "-wal")
		if err != nil || len(log) == 0 {
			t.Fatalf("there is no log to damage: %v", err)
		}
		switch n % 4 {
		case 0:
			log[random.IntN(len(log))] ^= 1 << random.IntN(8)
		case 1:
			log = log[:random.IntN(len(log))]
		case 2:
			log = nil
		case 3:
			clear(log)
		}
		// what a machine finds that lost its power now
		after := t.TempDir()
		replaceDatabase(t, after, databaseIn(t, folder))
		if log != nil {
			if err := os.WriteFile(filepath.Join(after, databaseName+"-wal"), log, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(filepath.Join(after, databaseName+"-shm"), bytes.Repeat([]byte{7}, 32768), 0o600); err != nil {
			t.Fatal(err)
		}
		there := openAt(t, after, c)
		back, err := there.Resume(d.ID())
		if err != nil {
			t.Fatalf("round %d: %v", n, err)
		}
		sameSheet(t, d.Sheet(), back.Sheet())
		_ = back.Close()
		_ = there.Close()
	}
}

// The file is gone and its log is there: a new database must not swallow that log.
func TestLogAlone(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, databaseName+"-wal"), []byte("rest"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := readAll(folder)
	if !isRefused(err) {
		t.Fatalf("got %v", err)
	}
	checkMends(t, folder, err)
}
