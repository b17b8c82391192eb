package history

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// clock is a time of day that tests move by hand.
type clock struct{ now time.Time }

func (c *clock) tick(d time.Duration) { c.now = c.now.Add(d) }

func newClock() *clock { return &clock{time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)} }

func openAt(t testing.TB, folder string, c *clock) *Store {
	t.Helper()
	s, err := Open(folder, Options{Now: func() time.Time { return c.now }, Version: "1.2.3"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// sheet reads a sheet of the small rubric.
func sheet(t testing.TB, r *rubric.Rubric, text string) *response.Sheet {
	t.Helper()
	node, err := document.ReadStream(strings.NewReader("pmpath: 1\nrubric: small@1.2.3\ndate: 2026-11-22\n"+text), "test")
	if err != nil {
		t.Fatal(err)
	}
	s, err := response.Read(r, node)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func assess(s *response.Sheet) *readiness.Assessment {
	return readiness.Assess(s, readiness.Targets(s))
}

// add finishes a sheet of the small rubric and returns its id.
func add(t testing.TB, s *Store, text string) string {
	t.Helper()
	id, err := s.Add(assess(sheet(t, rubrictest.Small(t), text)))
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// sameSheet compares what two sheets of equal rubrics say.
func sameSheet(t testing.TB, want, got *response.Sheet) {
	t.Helper()
	a, err := want.JSON()
	if err != nil {
		t.Fatal(err)
	}
	b, err := got.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(a), string(b)); diff != "" {
		t.Errorf("sheets differ: -want +got\n%s", diff)
	}
}

// holds returns the files below a folder that hold a text.
func holds(t testing.TB, folder, text string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(folder, func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if strings.Contains(string(data), text) || strings.Contains(name, text) {
			found = append(found, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
