package history

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/document"
)

// Export, import into an empty history, export: the same bytes. Importing again changes nothing.
func TestExportReadsBack(t *testing.T) {
	folder := t.TempDir()
	first := filled(t, folder)
	other := openAt(t, t.TempDir(), newClock())
	count, err := other.Import(bytes.NewReader(first), "history.json")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Imported{Assessments: 2, Plans: 1, Drafts: 2}, count); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	second, err := other.Export(Whose{All: true})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(first), string(second)); diff != "" {
		t.Errorf("exported again it differs: -first +second\n%s", diff)
	}
	if count, err := other.Import(bytes.NewReader(second), "history.json"); err != nil || count != (Imported{Already: 5}) {
		t.Errorf("imported again: %+v, %v", count, err)
	}
	drafts, err := other.Drafts()
	if err != nil || len(drafts) != 2 || drafts[0].Answered != 4 {
		t.Fatalf("drafts: %+v, %v", drafts, err)
	}
}

// One person's export holds that person alone, and reads back too.
func TestExportOfOnePerson(t *testing.T) {
	folder := t.TempDir()
	all := filled(t, folder)
	s := openAt(t, folder, newClock())
	ada, err := s.Export(Whose{Respondent: "Ada"})
	if err != nil {
		t.Fatal(err)
	}
	mine, err := s.Export(Whose{})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(ada), "some words") || strings.Contains(string(ada), `"hard-talk": "na"`) || strings.Contains(string(mine), "Ada") {
		t.Error("an export holds what is somebody else's, or lacks what is not")
	}
	both := openAt(t, t.TempDir(), newClock())
	for _, part := range [][]byte{ada, mine} {
		if _, err := both.Import(bytes.NewReader(part), "part"); err != nil {
			t.Fatal(err)
		}
	}
	together, err := both.Export(Whose{All: true})
	if err != nil || !bytes.Equal(together, all) { // Ada's comes first in the store as well
		t.Errorf("the parts together are not the whole: %v", err)
	}
}

// What is not exactly an export is refused with a place, and nothing of it is added.
func TestImportRefuses(t *testing.T) {
	good := string(filled(t, t.TempDir()))
	for _, tc := range []struct{ name, from, to, want string }{
		{"cut", good[len(good)/2:], "", "h.json:"},
		{"an answer", `"problem-note": 1`, `"problem-note": 2`, "its seal is broken"},
		{"a note", "some words", "other words", "its seal is broken"},
		{"white space", `"plans": [`, `"plans":  [`, "from here on the file is not as pmpath writes it"},
		{"an unknown key", `"kind": "history",`, `"kind": "history", "x": 1,`, "this is no export"},
		{"another kind", `"kind": "history"`, `"kind": "story"`, "this is no export"},
		{"a later version", `"schema_version": 1`, `"schema_version": 2`, "h.json:1:1: schema_version 2 is not known here"},
		{"a kind of value", `"schema_version": 1`, `"schema_version": "1"`, "another kind of value"},
		{"rubbish behind", good, good + "x", "h.json:"},
		{"a draft's level", `"problem-note": 0`, `"problem-note": 9`, "level 9 is outside 0..3"},
		{"a draft's time", `T09:30:00Z"`, `T09:30:00+00:00"`, "h.json:"},
		{"nothing", good, "", "the file ends too early"},
		{"no JSON", good, "answers: {}", "h.json:1:1: this is no JSON"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if !strings.Contains(good, tc.from) {
				t.Fatalf("the export has no %q", tc.from)
			}
			i := strings.LastIndex(good, tc.from) // of a draft, where there are several
			if !strings.HasPrefix(tc.name, "a draft's") {
				i = strings.Index(good, tc.from)
			}
			bad := good[:i] + tc.to + good[i+len(tc.from):]
			s := openAt(t, t.TempDir(), newClock())
			_, err := s.Import(strings.NewReader(bad), "h.json")
			var problems document.Problems
			if !errors.As(err, &problems) || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want %q", err, tc.want)
			}
			if data, err := s.Export(Whose{All: true}); err != nil || strings.Contains(string(data), "small") {
				t.Errorf("something was added (%v): %s", err, data)
			}
		})
	}
}

// What the reader takes is what would be exported.
func FuzzReadArchive(f *testing.F) {
	good := filled(f, f.TempDir())
	f.Add(good)
	f.Add([]byte(`{"schema_version": 1, "kind": "history", "rubrics": [], "assessments": [], "plans": [], "drafts": []}`))
	f.Add(bytes.Replace(good, []byte(`"asked": true`), []byte(`"asked": false`), 1))
	f.Add([]byte(`{"schema_version":1,"kind":"history","drafts":[{"id":"abcdef","sheet":{"answers":[]}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := readArchive(data, "fuzz")
		if err != nil {
			var problems document.Problems
			if !errors.As(err, &problems) || len(problems) != 1 || problems[0].Line < 1 {
				t.Fatalf("an error that names no place: %v", err)
			}
			return
		}
		again, err := c.encode()
		if err != nil || !bytes.Equal(again, data) {
			t.Fatalf("what was taken is written otherwise: %v", err)
		}
	})
}
