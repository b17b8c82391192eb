package history

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

const canary = "Zanzibar Quokka"

// withCanary makes a history in which one person has an assessment, a plan, a draft, a discarded draft, and a place in backups and in a damaged
// database, and in which another person mentions them.
func withCanary(t *testing.T, folder string) *Store {
	t.Helper()
	c := newClock()
	s := openAt(t, folder, c)
	text := "respondent: " + canary + "\ntarget: builder\nanswers: {problem-note: 1}\n"
	add(t, s, text)
	add(t, s, "target: builder\nanswers: {problem-note: 2}\nnotes: {problem-note: mine}\n")
	add(t, s, "respondent: Ada\ntarget: builder\nanswers: {problem-note: 2}\nnotes: {problem-note: as "+canary+" said}\n")
	if _, err := s.SavePlan(Plan{Respondent: canary, RubricID: "small", Target: "lead", Made: response.On(c.now), Document: []byte(`{"for":"` + canary + `"}`)}); err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		d, err := s.Begin(sheet(t, rubrictest.Small(t), text), "full")
		if err != nil {
			t.Fatal(err)
		}
		_ = d.Close()
		if i == 0 {
			if err := s.Discard(d.ID()); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := s.backUp(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, asidePrefix+"1"), []byte(canary), 0o600); err != nil {
		t.Fatal(err)
	}
	return s
}

// After erasing, the name is in no file, but for what somebody else wrote about the person, which is counted.
func TestErase(t *testing.T) {
	folder := t.TempDir()
	s := withCanary(t, folder)
	if len(holds(t, folder, canary)) < 3 {
		t.Fatal("the name is hardly anywhere before")
	}
	got, err := s.Erase(canary)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Erased{Assessments: 1, Plans: 1, Drafts: 1, Backups: 2, Files: []string{asidePrefix + "1"}, Mentions: 1}, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if _, err := s.Erase("Ada"); err != nil {
		t.Fatal(err)
	}
	if found := holds(t, folder, canary); found != nil {
		t.Errorf("the name is still in %v", found)
	}
	left, err := s.Assessments()
	if err != nil || len(left) != 1 || left[0].Respondent != "" {
		t.Errorf("left: %v, %v; want the one without a name", left, err)
	}
	if len(s.backups()) != 1 {
		t.Errorf("backups: %v; want a new one", s.backups())
	}
	if _, err := s.Erase(canary); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("again: got %v, want fs.ErrNotExist", err)
	}
	if _, err := s.Erase(""); err != nil {
		t.Error(err)
	}
	if data, err := s.Export(Whose{All: true}); err != nil || strings.Contains(string(data), "small") {
		t.Errorf("a rubric that nobody needs is kept (%v): %s", err, data)
	}
}

// A reader that stays keeps traces in the log: that is said, and the next run finishes without being told whose they are.
func TestEraseWithReader(t *testing.T) {
	folder := t.TempDir()
	s := withCanary(t, folder)
	if _, err := s.db.Exec("PRAGMA busy_timeout = 50"); err != nil {
		t.Fatal(err)
	}
	reader := openAt(t, folder, newClock())
	tx, err := reader.db.BeginTx(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = tx.Rollback()
	if _, err := reader.db.Exec("BEGIN DEFERRED"); err != nil { // one that only reads
		t.Fatal(err)
	}
	var n int
	if err := reader.db.QueryRow("SELECT count(*) FROM sealed").Scan(&n); err != nil {
		t.Fatal(err)
	}
	var locked *LockedError
	if _, err := s.Erase(canary); !errors.As(err, &locked) {
		t.Fatalf("got %v, want a LockedError", err)
	}
	if _, err := reader.db.Exec("COMMIT"); err != nil {
		t.Fatal(err)
	}
	findings := Examine(folder, Options{Now: newClock().get})
	pending := false
	for _, f := range findings {
		pending = pending || strings.Contains(f.What, "erasure was cut short") && f.Mends
	}
	if !pending {
		t.Errorf("nothing is said of the erasure that was cut short: %+v", findings)
	}
	done, err := s.Erase(canary)
	if err != nil || !done.Finished {
		t.Fatalf("%+v, %v", done, err)
	}
	if _, err := s.Erase("Ada"); err != nil {
		t.Fatal(err)
	}
	if found := holds(t, folder, canary); found != nil {
		t.Errorf("the name is still in %v", found)
	}
}

// A draft that is open elsewhere keeps its person from being erased, and nothing is.
func TestEraseHeldDraft(t *testing.T) {
	folder := t.TempDir()
	s := withCanary(t, folder)
	drafts, err := s.Drafts()
	if err != nil {
		t.Fatal(err)
	}
	d, err := s.Resume(drafts[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var held *HeldError
	if _, err := openAt(t, folder, newClock()).Erase(canary); !errors.As(err, &held) {
		t.Errorf("got %v, want a HeldError", err)
	}
	if all, err := s.Assessments(); err != nil || len(all) != 3 {
		t.Errorf("%d assessments, %v; want all three", len(all), err)
	}
}

// Mend finishes an erasure as well, and a rebuilt database takes nothing erased from a backup.
func TestMendFinishesErasing(t *testing.T) {
	folder := t.TempDir()
	s := withCanary(t, folder)
	c, err := s.contents(Whose{Respondent: canary})
	if err != nil {
		t.Fatal(err)
	}
	tx, err := s.db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(c.remove(tx), tx.Commit(), s.Close()); err != nil { // and here the process dies
		t.Fatal(err)
	}
	store := &Store{folder: folder, options: Options{Now: newClock().get}}
	if _, err := store.rebuild(nil); err != nil {
		t.Fatal(err)
	}
	m, err := Mend(folder, Options{Now: newClock().get}, nil)
	if err != nil || len(m.Done) == 0 {
		t.Fatalf("%+v, %v", m, err)
	}
	again := openAt(t, folder, newClock())
	if _, err := again.Erase("Ada"); err != nil { // who mentions them
		t.Fatal(err)
	}
	if found := holds(t, folder, canary); found != nil {
		t.Errorf("the name is still in %v", found)
	}
}
