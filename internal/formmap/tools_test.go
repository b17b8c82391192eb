package formmap

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// everybody are the people of all fixtures, as their authors meant them: date, name, team, stage, four answers, three facts about shipping, one about a session.
// Levels are worked out from small.yaml by hand: "I wrote the note myself." is level 2 of problem-note, "Taught" is level 3.
var everybody = [][]string{
	{"date", "name", "team", "stage", "problem-note", "scope-cut", "measure-read", "hard-talk", "shipped-once", "shipped-once.kind", "shipped-once.date", "ran-session"},
	{"2026-11-22", "ada", "Red", "builder", "2", "1", "3", "n/a", "yes", "artifact", "2026-03-01", "no"},
	{"2026-11-23", "ben", "Blue", "starter", "0", "", "1", "0", "no", "", "", "yes"},
	{"2026-11-23", "O'Neil, Cleo", "Red", "guide", "3", "3", "2", "2", "", "", "", ""},
}

var fixtures = []struct {
	file string
	tool Tool
}{
	{"google-forms.csv", GoogleForms},
	{"microsoft-forms.csv", MicrosoftForms},
	{"typeform.csv", Typeform},
	{"qualtrics.csv", Qualtrics},
	{"limesurvey.csv", LimeSurvey},
	{"limesurvey-codes.csv", LimeSurvey},
}

func fixture(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func tableOf(t testing.TB, name, text string) *Table {
	t.Helper()
	table, err := ReadText(name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func proposed(t testing.TB, name, text string) *Proposal {
	t.Helper()
	p, err := Propose(rubrictest.Small(t), tableOf(t, name, text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// saved reads a map back from the file that would be saved.
func saved(t testing.TB, p *Proposal) *Map {
	t.Helper()
	return mapOf(t, string(p.YAML()))
}

func mapOf(t testing.TB, text string) *Map {
	t.Helper()
	n, err := document.ParseYAML("map.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	m, err := Read(rubrictest.Small(t), n)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return m
}

// rowsOf are the rows of a table for package intake, without the empty lines.
func rowsOf(t testing.TB, p *People) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(string(p.Table))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func applied(t testing.TB, m *Map, name, text string) *People {
	t.Helper()
	people, err := m.Apply(tableOf(t, name, text))
	if err != nil {
		t.Fatal(err)
	}
	return people
}

func TestExportsOfAllTools(t *testing.T) {
	for _, f := range fixtures {
		t.Run(f.file, func(t *testing.T) {
			text := fixture(t, f.file)
			p := proposed(t, f.file, text)
			if p.Map.Tool != f.tool {
				t.Errorf("taken for %s", p.Map.Tool)
			}
			if p.Undecided() != 0 {
				t.Errorf("undecided:\n%s", p.YAML())
			}
			people := applied(t, saved(t, p), f.file, text)
			if people.Problems != nil {
				t.Error(people.Problems)
			}
			if diff := cmp.Diff(everybody, rowsOf(t, people)); diff != "" {
				t.Errorf("-want +got\n%s\n%s", diff, p.YAML())
			}
		})
	}
}
