//go:build unix

package history

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// toDo is what Examine says is to be done.
func toDo(folder string, c *clock) []string {
	var all []string
	for _, f := range Examine(folder, Options{Now: c.get}) {
		if f.Do != "" {
			all = append(all, strings.ReplaceAll(f.What, folder, "DATA"))
		}
	}
	return all
}

// Each thing that can be wrong with files is found, mended, and then found no more.
func TestExamineAndMendFiles(t *testing.T) {
	folder, c := t.TempDir(), newClock()
	if err := os.Chmod(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	want := filled(t, folder)
	if got := toDo(folder, c); got != nil {
		t.Fatalf("to do in a healthy history: %q", got)
	}
	old := c.now.Add(-2 * time.Hour)
	for _, name := range []string{".pmpath-tmp-1", "backups/.pmpath-tmp-2", "locks/zzzzzz"} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
	}
	for name, mode := range map[string]os.FileMode{"": 0o755, "pmpath.db": 0o644} {
		if err := os.Chmod(filepath.Join(folder, name), mode); err != nil {
			t.Fatal(err)
		}
	}
	before := databaseIn(t, folder)
	wantToDo := []string{
		"DATA can be read or changed by others", "DATA/pmpath.db can be read or changed by others",
		"DATA/.pmpath-tmp-1 is left over from something that was cut short", "DATA/backups/.pmpath-tmp-2 is left over from something that was cut short",
		"DATA/locks/zzzzzz is the lock of a draft that is no more",
	}
	if diff := cmp.Diff(wantToDo, toDo(folder, c)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if string(databaseIn(t, folder)) != string(before) {
		t.Error("looking changed the database")
	}
	m, err := Mend(folder, Options{Now: c.get}, nil)
	if err != nil || len(m.Done) != len(wantToDo) || m.Rebuilt != nil {
		t.Errorf("mend: %+v, %v", m, err)
	}
	if got := toDo(folder, c); got != nil {
		t.Errorf("still to do: %q", got)
	}
	if got, err := readAll(folder); err != nil || string(got) != string(want) {
		t.Errorf("mending files changed what is kept: %v", err)
	}
}

// Every file and folder is for its owner alone, whatever the umask.
func TestModes(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	s := withUmask(t, folder)
	if err := s.backUp(); err != nil {
		t.Fatal(err)
	}
	d, err := s.Begin(sheet(t, rubrictest.Small(t), "answers: {}\n"), "full")
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	seen := 0
	err = filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		seen++
		want := os.FileMode(0o600)
		if entry.IsDir() {
			want = 0o700
		}
		if info.Mode().Perm() != want {
			t.Errorf("%s has mode %o, want %o", path, info.Mode().Perm(), want)
		}
		return nil
	})
	if err != nil || seen < 8 {
		t.Errorf("%d files seen, %v", seen, err)
	}
}

// A damaged database gives back what it still has, and the backup what it has not; what is lost is named, and the damaged file is kept.
func TestRebuild(t *testing.T) {
	folder, c := filepath.Join(t.TempDir(), "data"), newClock()
	s := openAt(t, folder, c)
	lostLater := add(t, s, "target: builder\nanswers: {problem-note: 1}\nnotes: {problem-note: first words}\n") // in the backup
	c.tick(time.Hour)
	lost := add(t, s, "target: builder\nanswers: {problem-note: 2}\nnotes: {problem-note: second words}\n") // only here
	kept := add(t, s, "target: builder\nanswers: {problem-note: 3}\n")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	damaged := databaseIn(t, folder)
	for _, words := range []string{"first words", "second words"} {
		if strings.Count(string(damaged), words) != 1 {
			t.Fatalf("%q is there more than once, or not at all", words)
		}
		damaged[strings.Index(string(damaged), words)] ^= 1
	}
	if err := os.WriteFile(filepath.Join(folder, databaseName), damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := toDo(folder, c); len(got) != 1 || !strings.Contains(got[0], "damaged: assessment "+lostLater) {
		t.Errorf("to do: %q", got)
	}
	m, err := Mend(folder, Options{Now: c.get}, nil)
	if err != nil || m.Rebuilt == nil {
		t.Fatalf("%+v, %v", m, err)
	}
	want := Rebuilt{Aside: filepath.Join(folder, asidePrefix+"1"), Assessments: 2, FromBackup: 1, Lost: []string{"assessment " + lost}}
	if diff := cmp.Diff(want, *m.Rebuilt); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if aside, err := os.ReadFile(m.Rebuilt.Aside); err != nil || string(aside) != string(damaged) {
		t.Errorf("the damaged database was not kept as it was: %v", err)
	}
	infos, err := openAt(t, folder, c).Assessments()
	if err != nil || len(infos) != 2 || infos[0].ID != lostLater || infos[1].ID != kept {
		t.Errorf("%+v, %v; want %s, then %s", infos, err, lostLater, kept)
	}
	if got := toDo(folder, c); got != nil {
		t.Errorf("still to do: %q", got)
	}
}

// A rubric that is damaged is put back where it is known word for word.
func TestRebuildWithKnownRubric(t *testing.T) {
	folder, c := t.TempDir(), newClock()
	want := filled(t, folder)
	if err := os.RemoveAll(filepath.Join(folder, backupsFolder)); err != nil {
		t.Fatal(err)
	}
	damaged := databaseIn(t, folder)
	at := strings.Index(string(damaged), "Makes the thing.")
	if at < 0 {
		t.Fatal("the rubric is not there")
	}
	damaged[at] ^= 1
	if err := os.WriteFile(filepath.Join(folder, databaseName), damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	if m, err := Mend(folder, Options{Now: c.get}, []*rubric.Rubric{rubrictest.Small(t)}); err != nil || m.Rebuilt == nil || m.Rebuilt.Lost != nil {
		t.Fatalf("%+v, %v", m, err)
	}
	if got, err := readAll(folder); err != nil || string(got) != string(want) {
		t.Errorf("not all came back: %v", err)
	}
}
