package formmap

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// voice is how a tool shows a written form in its export: what titles and answers are made of.
type voice struct {
	name   string
	title  func(Question) string
	answer func(Question, int) string
}

var voices = []voice{
	{"texts", func(q Question) string { return q.Text }, func(q Question, i int) string { return q.Choices[i].Text }},
	{"tags of Qualtrics", func(q Question) string { return qualtricsTag(q.ID) }, func(q Question, i int) string { return q.Choices[i].Text }},
	{"codes of LimeSurvey", func(q Question) string { return q.Code }, func(q Question, i int) string { return q.Choices[i].Code }},
	{"code and text of LimeSurvey", func(q Question) string { return q.Code + ". " + q.Text }, func(q Question, i int) string { return q.Choices[i].Text }},
}

// meaningOf is what a choice of a form stands for, from the order in which NewForm lists choices.
func meaningOf(r *rubric.Rubric, q Question, i int) string {
	if item := r.ItemNamed(q.ID); item != nil {
		if scale := item.Competency.Scale; i < len(scale.Levels) {
			return strconv.Itoa(scale.Levels[i].Level)
		}
		return "n/a"
	}
	switch {
	case q.YesNo:
		return []string{"yes", "no"}[i]
	case q.ID == "stage", q.ID == "target":
		return r.Stages[i].ID
	}
	return []string{"artifact", "peer", "self"}[i]
}

// Whatever people choose in a form that was written, and however the tool shows it, is read back as what they chose: by a map from the same export, by the
// same map saved and read, and by a map from the answers of other people.
func TestAnswersThroughAWrittenForm(t *testing.T) {
	small, large := rubrictest.Small(t), shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		r := small
		if rapid.IntRange(1, 10).Draw(t, "rubric") == 1 { // seldom, as it takes longer
			r = large
		}
		questions := NewForm(r).questions()
		v := rapid.SampledFrom(voices).Draw(t, "voice")
		tool := []string{}
		if strings.Contains(v.name, "LimeSurvey") {
			tool = []string{"submitdate", "startlanguage"}
		}
		order := rapid.Permutation(questions).Draw(t, "order")
		draw := func(label string) (text string, want [][]string) {
			header := append([]string{}, tool...)
			for _, q := range order {
				header = append(header, v.title(q))
			}
			rows := [][]string{header}
			for person := range rapid.IntRange(1, 4).Draw(t, label) {
				row, meant := make([]string, len(tool)), map[string]string{}
				for _, q := range order {
					cell, means := drawAnswer(t, r, v, q, person)
					row = append(row, cell)
					meant[q.ID] = means
				}
				rows = append(rows, row)
				var list []string
				for _, q := range questions {
					list = append(list, q.ID+"="+meant[q.ID])
				}
				want = append(want, list)
			}
			var b bytes.Buffer
			w := csv.NewWriter(&b)
			if err := w.WriteAll(rows); err != nil {
				t.Fatal(err)
			}
			return b.String(), want
		}
		first, _ := draw("people of the map")
		p, err := Propose(r, tableOf2(t, first))
		if err != nil {
			t.Fatal(err)
		}
		if p.Undecided() > 0 {
			t.Fatalf("undecided:\n%s", p.YAML())
		}
		m := readBack(t, r, p)
		second, want := draw("people")
		people, err := m.Apply(tableOf2(t, second))
		if err != nil {
			t.Fatal(err)
		}
		if people.Problems != nil {
			t.Fatalf("%v\n%s", people.Problems, p.YAML())
		}
		if diff := cmp.Diff(want, meantBy(t, questions, people)); diff != "" {
			t.Fatalf("%s: -want +got\n%s", v.name, diff)
		}
	})
}

func drawAnswer(t *rapid.T, r *rubric.Rubric, v voice, q Question, person int) (cell, means string) {
	switch {
	case q.ID == "name":
		name := fmt.Sprintf("person %d", person)
		return name, name
	case q.ID == "team":
		team := rapid.SampledFrom([]string{"", "Red", "Blue, the second"}).Draw(t, "team")
		return team, team
	case len(q.Choices) == 0:
		return "2026-03-01", "2026-03-01"
	}
	i := rapid.IntRange(-1, len(q.Choices)-1).Draw(t, q.ID)
	if i < 0 {
		return "", ""
	}
	return v.answer(q, i), meaningOf(r, q, i)
}

func tableOf2(t rapid.TB, text string) *Table {
	table, err := ReadText("x.csv", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// readBack saves a map, reads it, and holds that to be the same map, and its text too.
func readBack(t rapid.TB, r *rubric.Rubric, p *Proposal) *Map {
	n, err := document.ParseYAML("map.yaml", p.YAML())
	if err != nil {
		t.Fatalf("%v\n%s", err, p.YAML())
	}
	m, err := Read(r, n)
	if err != nil {
		t.Fatalf("%v\n%s", err, p.YAML())
	}
	if p.Map.Dates == 0 {
		p.Map.Dates = YearMonthDay // where there are no dates, nothing is said
	}
	if diff := cmp.Diff(p.Map, m, cmpopts.IgnoreFields(Column{}, "At"), cmpopts.IgnoreFields(Map{}, "Rubric")); diff != "" {
		t.Fatalf("-proposed +read\n%s\n%s", diff, p.YAML())
	}
	n, err = document.ParseYAML("map.yaml", m.YAML())
	if err != nil {
		t.Fatal(err)
	}
	again, err := Read(r, n)
	if err != nil || !bytes.Equal(again.YAML(), m.YAML()) {
		t.Fatalf("%v\n%s", err, m.YAML())
	}
	return m
}

func meantBy(t rapid.TB, questions []Question, people *People) [][]string {
	rows, err := csv.NewReader(bytes.NewReader(people.Table)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var list [][]string
	for _, row := range rows[1:] {
		meant := map[string]string{}
		for i, word := range rows[0] {
			meant[word] = row[i]
		}
		var one []string
		for _, q := range questions {
			one = append(one, q.ID+"="+meant[q.ID])
		}
		list = append(list, one)
	}
	return list
}

// Whatever a table holds, a proposal can be saved and read, and reading the same table by it never turns an answer into another: what the map takes is what
// the proposal said.
func TestProposalsAreStable(t *testing.T) {
	r := rubrictest.Small(t)
	rapid.Check(t, func(t *rapid.T) {
		text := drawExport(t)
		table, err := ReadText("x.csv", []byte(text))
		if err != nil {
			return
		}
		p, err := Propose(r, table)
		if err != nil {
			return
		}
		again, err := Propose(r, table)
		if err != nil || !bytes.Equal(again.YAML(), p.YAML()) {
			t.Fatal("the same table gives another map")
		}
		named, asked := false, false
		for _, c := range p.Map.Columns {
			named = named || c.About.Kind == Name
			asked = asked || c.About.Kind == Item
		}
		if !named || !asked {
			return // such a map is refused, which other tests are about
		}
		m := readBack(t, r, p)
		people, err := m.Apply(table)
		if p.Undecided() == 0 && err != nil {
			t.Fatalf("everything is decided, and yet: %v\n%s\n%s", err, text, p.YAML())
		}
		if err != nil {
			return
		}
		rows, err := csv.NewReader(bytes.NewReader(people.Table)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if len(rows)-1+people.LeftOut != p.People {
			t.Fatalf("%d people of %d", len(rows)-1+people.LeftOut, p.People)
		}
	})
}

// drawExport draws a table of titles and cells that are right, nearly right or strange.
func drawExport(t *rapid.T) string {
	titles := []string{"Name", "Team", "problem-note", "Problem Note", "Which problem did you write down last?", "What did you leave out, and why", "measure_read", "hard-talk",
		"Have you run a working session?", "Timestamp", "Date", "", "Other", "a \"b\"\n# c", "- title: x", "stage", "Which problm did you write down last?", "]:{}", "\u2028"}
	cells := []string{"", "ada", "ben", "0", "2", "9", "Alone", "alnoe", "n/a", "yes", "2026-11-22", "11/22/2026", "1/2/2026", "I wrote the note myself.", "I wrote the note myslef.",
		"# not decided", "\"", "a\nb", "builder", "Maker", "&amp;", "\u202e", "…"}
	header := rapid.SliceOfN(rapid.SampledFrom(titles), 1, 8).Draw(t, "titles")
	rows := [][]string{append([]string{"Name", "scope-cut"}, header...)}
	for range rapid.IntRange(1, 4).Draw(t, "people") {
		row := make([]string, len(header)+2)
		for i := range row {
			row[i] = rapid.SampledFrom(cells).Draw(t, "cell")
		}
		rows = append(rows, row)
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A map that comes from anywhere is read or refused, and never more than that; what is read can be written and read again.
func FuzzRead(f *testing.F) {
	r := rubrictest.Small(f)
	f.Add(goodMap)
	for _, fx := range fixtures {
		p, err := Propose(r, tableOf2(f, fixture(f, fx.file)))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(p.YAML()))
	}
	table := tableOf2(f, fixture(f, "google-forms.csv"))
	f.Fuzz(func(t *testing.T, text string) {
		n, err := document.ParseYAML("map.yaml", []byte(text))
		if err != nil {
			return
		}
		m, err := Read(r, n)
		if err != nil {
			return
		}
		n, err = document.ParseYAML("map.yaml", m.YAML())
		if err != nil {
			t.Fatalf("%v\n%s", err, m.YAML())
		}
		again, err := Read(r, n)
		if err != nil || !bytes.Equal(again.YAML(), m.YAML()) {
			t.Fatalf("%v\n%s", err, m.YAML())
		}
		_, _ = m.Apply(table)
	})
}

// Any bytes are an export or are refused, and a proposal made of them can be saved.
func FuzzPropose(f *testing.F) {
	r := rubrictest.Small(f)
	for _, fx := range fixtures {
		f.Add([]byte(fixture(f, fx.file)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := ReadText("x.csv", data)
		if err != nil {
			return
		}
		p, err := Propose(r, table)
		if err != nil {
			return
		}
		if _, err := document.ParseYAML("map.yaml", p.YAML()); err != nil && len(data) < 100000 {
			t.Fatalf("%v\n%s", err, p.YAML())
		}
	})
}
