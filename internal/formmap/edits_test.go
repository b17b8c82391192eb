package formmap

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/document"
)

// rowsIn cuts a fixture into cells, as any reader of CSV does.
func rowsIn(t *testing.T, text string) [][]string {
	t.Helper()
	text = strings.TrimPrefix(text, "\uFEFF")
	rd := csv.NewReader(strings.NewReader(text))
	rd.Comma, rd.FieldsPerRecord = separator([]byte(text)), -1
	var rows [][]string
	for {
		row, err := rd.Read()
		if errors.Is(err, io.EOF) {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
}

func textOf(t *testing.T, rows [][]string) string {
	t.Helper()
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func mustReplace(t *testing.T, text, old, new string) string {
	t.Helper()
	if !strings.Contains(text, old) {
		t.Fatalf("nothing to replace: %q", old)
	}
	return strings.ReplaceAll(text, old, new)
}

// typos are labels of each fixture with a slip of the keyboard.
var typos = map[string][2]string{
	"google-forms.csv":    {"I wrote the note myself.", "I wrote the note myslef."},
	"microsoft-forms.csv": {"Others use my way of writing notes.", "Others use my way of wrtiting notes."},
	"typeform.csv":        {"Somebody read the numbers to me.", "Somebody read the numbers to me!"}, // a mark is no edit at all
	"qualtrics.csv":       {"I was told what to leave out.", "I was told what too leave out."},
	"limesurvey.csv":      {"I wrote the note myself.", "I wrote the noet myself."},
}

func TestATypoInALabelAndItsMending(t *testing.T) {
	for name, typo := range typos {
		t.Run(name, func(t *testing.T) {
			mended := fixture(t, name)
			faulty := mustReplace(t, mended, typo[0], typo[1])
			p := proposed(t, name, faulty)
			if p.Undecided() != 0 {
				t.Fatalf("undecided:\n%s", p.YAML())
			}
			m := saved(t, p)
			for _, text := range []string{faulty, mended} { // the map of the faulty form goes on to read the mended one
				people := applied(t, m, name, text)
				if diff := cmp.Diff(everybody, rowsOf(t, people)); diff != "" || people.Problems != nil {
					t.Errorf("-want +got\n%s%v", diff, people.Problems)
				}
			}
			if name == "typeform.csv" {
				return
			}
			if !strings.Contains(string(p.YAML()), "# look: ") {
				t.Errorf("nothing says that a look is needed:\n%s", p.YAML())
			}
			people := applied(t, saved(t, proposed(t, name, mended)), name, faulty) // a map guesses nothing
			if people.LeftOut != 1 || len(people.Problems) != 1 || !strings.Contains(people.Problems[0].What, "the map has no answer") ||
				!strings.Contains(people.Problems[0].Do, "it is like \""+typo[0]) {
				t.Errorf("%d left out: %v", people.LeftOut, people.Problems)
			}
		})
	}
}

// A slip in the title of a question is taken, named, and its mending too.
func TestATypoInATitle(t *testing.T) {
	mended := fixture(t, "google-forms.csv")
	faulty := mustReplace(t, mended, "Which problem did you write down last?", "Which problme did you write down last?")
	p := proposed(t, "google-forms.csv", faulty)
	f := p.Columns[4]
	if f.Certainty != Near || f.Why != `1 letter away from "Which problem did you write down last? (past 12 months)"` || p.Undecided() != 0 {
		t.Fatalf("%+v", f)
	}
	m := saved(t, p)
	for _, text := range []string{faulty, mended} {
		if diff := cmp.Diff(everybody, rowsOf(t, applied(t, m, "google-forms.csv", text))); diff != "" {
			t.Error(diff)
		}
	}
	_, err := saved(t, proposed(t, "google-forms.csv", mended)).Apply(tableOf(t, "x.csv", faulty))
	wantProblems(t, err,
		`x.csv:1:1: the export has no column "Which problem did you write down last? (past 12 months)", which the map takes for "problem-note" – take it out of the map (map.yaml:28:12), or look whether this is the right export`,
		`x.csv:1:121: the map has no column "Which problme did you write down last? (past 12 months)" – it is like "which problem did you write down last past 12 months"; write it into the map, or mend the form`)
}

func wantProblems(t *testing.T, err error, want ...string) {
	t.Helper()
	var problems document.Problems
	errors.As(err, &problems)
	var got []string
	for _, p := range problems {
		got = append(got, p.Error())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestColumnsInAnotherOrder(t *testing.T) {
	for _, f := range fixtures {
		t.Run(f.file, func(t *testing.T) {
			text := fixture(t, f.file)
			m := saved(t, proposed(t, f.file, text))
			rows := rowsIn(t, text)
			order := rand.New(rand.NewPCG(1, 2)).Perm(len(rows[0]))
			if slices.IsSorted(order) {
				t.Fatal("nothing moves")
			}
			for i, row := range rows {
				moved := make([]string, len(order))
				for to, from := range order {
					if from < len(row) {
						moved[to] = row[from]
					}
				}
				rows[i] = moved
			}
			people := applied(t, m, f.file, textOf(t, rows))
			if diff := cmp.Diff(everybody, rowsOf(t, people)); diff != "" || people.Problems != nil {
				t.Errorf("-want +got\n%s%v", diff, people.Problems)
			}
			if f.tool == Qualtrics {
				return // finds its own columns by place no more, but a map proposed anew is another one
			}
			anew := proposed(t, f.file, textOf(t, rows))
			if anew.Undecided() != 0 {
				t.Errorf("%s", anew.YAML())
			}
		})
	}
}

func TestAQuestionAdded(t *testing.T) {
	for _, f := range fixtures {
		t.Run(f.file, func(t *testing.T) {
			text := fixture(t, f.file)
			rows := rowsIn(t, text)
			for i := range rows {
				cell := "a word"
				switch {
				case i == 0:
					cell = "What else would you like to say?"
				case f.tool == Qualtrics && i == 2:
					cell = `{"ImportId":"QID99_TEXT"}`
				}
				rows[i] = slices.Insert(rows[i], 1, cell)
			}
			longer := textOf(t, rows)
			_, err := saved(t, proposed(t, f.file, text)).Apply(tableOf(t, f.file, longer))
			var problems document.Problems
			if !errors.As(err, &problems) || len(problems) != 1 || problems[0].Line != 1 || problems[0].What != `the map has no column "What else would you like to say?"` {
				t.Errorf("the old map says %v", err)
			}
			p := proposed(t, f.file, longer)
			if c := p.Columns[1]; p.Undecided() != 0 || c.About.Kind != Ignored || c.Certainty != Near {
				t.Errorf("%+v", c)
			}
			if diff := cmp.Diff(everybody, rowsOf(t, applied(t, saved(t, p), f.file, longer))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestABlankRow(t *testing.T) {
	for _, f := range fixtures {
		text := fixture(t, f.file)
		rows := rowsIn(t, text)
		at := len(rows) - 1
		rows = slices.Insert(rows, at, make([]string, len(rows[0])))
		people := applied(t, saved(t, proposed(t, f.file, text)), f.file, textOf(t, rows))
		if diff := cmp.Diff(everybody, rowsOf(t, people)); diff != "" || people.Problems != nil {
			t.Errorf("%s: -want +got\n%s%v", f.file, diff, people.Problems)
		}
	}
}

// Rows of the table stand on the lines of the export, so that what is found out about people later is said of the right line.
func TestLinesAreKept(t *testing.T) {
	for _, f := range fixtures {
		text := fixture(t, f.file)
		table := tableOf(t, f.file, text)
		people := applied(t, saved(t, proposed(t, f.file, text)), f.file, text)
		lines := strings.Split(string(people.Table), "\n")
		exported := strings.Split(text, "\n")
		for _, name := range []string{"ada", "ben", "Cleo"} {
			at := func(lines []string) int {
				return slices.IndexFunc(lines, func(line string) bool { return strings.Contains(line, name) })
			}
			if got, want := at(lines), at(exported); got != want || want < 0 {
				t.Errorf("%s: %s is on line %d, and in the export on %d", f.file, name, got+1, want+1)
			}
		}
		if table.Rows[len(table.Rows)-1].Line < 4 {
			t.Errorf("%s: lines are not counted", f.file)
		}
	}
}

// What was written at "Other" is an answer that nobody asked for. It is named, not dropped.
func TestOtherIsAnAnswer(t *testing.T) {
	text := fixture(t, "typeform.csv")
	text = mustReplace(t, text, "ben,Blue,Starter,Nothing to show so far.,,", "ben,Blue,Starter,,I sing about it,")
	people := applied(t, saved(t, proposed(t, "typeform.csv", fixture(t, "typeform.csv"))), "typeform.csv", text)
	if people.LeftOut != 1 {
		t.Errorf("%d left out", people.LeftOut)
	}
	wantProblems(t, people.Problems, `typeform.csv:3:52: Other: "I sing about it" is an answer of somebody's own, and no level – ask what is meant and choose an answer for it`)

	// Google Forms writes it into the cell of the question.
	text = mustReplace(t, fixture(t, "google-forms.csv"), `"Nothing to show so far."`, `"I sing, loudly"`)
	people = applied(t, saved(t, proposed(t, "google-forms.csv", fixture(t, "google-forms.csv"))), "g.csv", text)
	wantProblems(t, people.Problems, `g.csv:3:55: problem-note: the map has no answer "I sing, loudly" – list it in the map at map.yaml:28:12 under what it means, or mend the cell`)
	p := proposed(t, "g.csv", text)
	if p.Undecided() != 1 || p.Columns[4].Answers[1].Certainty != Open {
		t.Errorf("%d undecided: %+v", p.Undecided(), p.Columns[4])
	}
	mapOf(t, string(p.YAML())) // and the map without it can be read
}
