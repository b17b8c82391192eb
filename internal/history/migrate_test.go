package history

import (
	"errors"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// later is a schema with one more step than the released one, as a next version would have.
func later(step string) []string { return append(slices.Clone(schema), step) }

// An older database is brought up to date after a backup, with everything in it; then it is too new for the older program.
func TestMigration(t *testing.T) {
	folder, c := t.TempDir(), newClock()
	want := filled(t, folder)
	if err := os.RemoveAll(folder + "/" + backupsFolder); err != nil {
		t.Fatal(err)
	}
	o := Options{Now: c.get}
	s, err := open(folder, o, later("ALTER TABLE draft ADD COLUMN colour TEXT NOT NULL DEFAULT ''; CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Export(Whose{All: true})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("the migration changed what is kept: -before +after\n%s", diff)
	}
	if version, err := s.headerVersion(99); err != nil || version != len(schema)+1 {
		t.Errorf("the header says version %d, %v", version, err)
	}
	backups := s.backups()
	if err := s.Close(); err != nil || len(backups) != 1 {
		t.Fatalf("%v, backups: %v", err, backups)
	}
	data, err := os.ReadFile(backups[0])
	if err != nil || int(data[versionOffset+3]) != len(schema) {
		t.Errorf("the backup is of version %d, %v; want the one before", data[versionOffset+3], err)
	}

	before := databaseIn(t, folder)
	var newer *NewerError
	if _, err := readAll(folder); !errors.As(err, &newer) || newer.Theirs != len(schema)+1 || newer.Ours != len(schema) {
		t.Errorf("the older program: %v", err)
	}
	if after := databaseIn(t, folder); string(after) != string(before) {
		t.Error("the older program changed the newer database")
	}
}

// A migration that fails leaves the database as it was.
func TestFailedMigration(t *testing.T) {
	folder := t.TempDir()
	want := filled(t, folder)
	if s, err := open(folder, Options{}, later("CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT; INSERT INTO nowhere VALUES (1)")); err == nil {
		_ = s.Close()
		t.Fatal("a step that cannot work worked")
	}
	got, err := readAll(folder)
	if err != nil || string(got) != string(want) {
		t.Errorf("%v; the same content: %v", err, string(got) == string(want))
	}
}
