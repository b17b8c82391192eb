package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/cohort"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// summaryWith counts people of teams with the names given, so many that most figures are shown, and every seventh team small.
func summaryWith(r *rubric.Rubric, field string, teams []string, filters ...cohort.Filter) *cohort.Summary {
	s := &cohort.Summary{Rubric: r, By: []string{field, "stage"}, Filters: filters}
	for i, team := range teams {
		n := 40 + i
		if i%7 == 6 {
			n = 2
		}
		c := cohort.Counts{People: n, Ready: n / 4, OneStep: n / 5, TwoSteps: n / 6, CannotTell: n / 7, Partial: n / 2, FitPercents: 55 * n}
		c.Further = n - c.Ready - c.OneStep - c.TwoSteps - c.CannotTell
		for range r.Competencies {
			c.Gaps = append(c.Gaps, n/3)
		}
		s.Cells = append(s.Cells, cohort.Cell{Values: []string{team, r.Stages[i%len(r.Stages)].ID}, Counts: c})
	}
	for _, c := range s.Cells {
		s.Total.People += c.People
		s.Total.Ready += c.Ready
		s.Total.OneStep += c.OneStep
		s.Total.TwoSteps += c.TwoSteps
		s.Total.Further += c.Further
		s.Total.CannotTell += c.CannotTell
		s.Total.Partial += c.Partial
		s.Total.FitPercents += c.FitPercents
	}
	all := s.Total.People
	for _, a := range r.Areas {
		s.Areas = append(s.Areas, cohort.AreaSpread{Area: a, Holds: all / 2, Fails: all / 3, Undecided: all / 10})
	}
	for i, c := range r.Competencies {
		gap := 0
		for _, cell := range s.Cells {
			gap += cell.Gaps[i]
		}
		s.Competencies = append(s.Competencies, cohort.CompetencySpread{
			Competency: c, Gap: gap, BelowFloor: gap / 2, Reaches: all - gap - all/9, Undecided: all / 9, Levels: []int{0, all / 4, all / 4},
		})
		if len(c.Grow) > 0 {
			s.Growth = append(s.Growth, cohort.Growth{Competency: c, Level: c.Grow[0].Level, People: gap / 2, Steps: c.Grow[0].Steps})
		}
		s.Deciding = append(s.Deciding, cohort.Deciding{Kind: readiness.CriterionCondition, Competency: c, NotReady: all / 10})
		s.Scarce = append(s.Scarce, cohort.Scarce{Competency: c, Holders: 1, Stages: r.Stages[:2], Asked: all})
	}
	for _, g := range r.Gates {
		s.Deciding = append(s.Deciding, cohort.Deciding{Kind: readiness.GateCondition, Gate: g, NotReady: all / 11})
	}
	return s
}

func cohortRendered(t testing.TB, render func(io.Writer, *CohortReport) error, s *cohort.Summary, extras CohortExtras, clean func(string) string) string {
	t.Helper()
	var out bytes.Buffer
	if err := render(&out, NewCohort(s.Publish(5), extras, Options{Clean: clean})); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestHostileCohorts(t *testing.T) {
	all := strings.Join(hostile, " ")
	teams := append([]string{"=1+1", "@SUM(1)", "-2+3", "::stop::", "\t=x"}, hostile...)
	s := summaryWith(hostileSmall(t), all, teams, cohort.Filter{Field: all, Value: "=cmd|' /C calc'!A0 \x1b[2J"})
	extras := CohortExtras{LeftOut: 2, Places: []string{all + ":3:1", "=x.csv:4:2"}, People: true}
	for _, format := range cohortFormats {
		out := cohortRendered(t, format.render, s, extras, format.clean)
		checkGolden(t, "hostile-cohort."+format.name, out)
		name := format.name
		if name == "jsonl" {
			name = "json" // texts are as their authors wrote them there, too
		}
		checkSafe(t, name, out)
		for line := range strings.Lines(out) {
			if format.name == "csv" && strings.ContainsAny(line[:1], "=+-@\t'") {
				t.Errorf("a formula: %q", line)
			}
		}
	}
}

// Every row of the CSV has the same columns, whatever the texts; no cell begins a formula; JSON can be read and the last line counts the others.
func TestCohortFormatsKeepTheirShape(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := rewritten(t, func(string) string { return drawText(rt) })
		teams := rapid.SliceOfNDistinct(rapid.Custom(drawText), 1, 8, rapid.ID).Draw(rt, "teams")
		s := summaryWith(r, drawText(rt), teams, cohort.Filter{Field: drawText(rt), Value: drawText(rt)})
		extras := CohortExtras{LeftOut: 1, Places: []string{drawText(rt)}}
		records, err := csv.NewReader(strings.NewReader(cohortRendered(t, CohortCSV, s, extras, nil))).ReadAll()
		if err != nil {
			rt.Fatal(err)
		}
		for _, record := range records {
			for _, cell := range record {
				if _, err := strconv.ParseFloat(cell, 64); err != nil && cell != "" && strings.ContainsRune("=+-@\t＝＋－＠", []rune(cell)[0]) {
					rt.Errorf("a formula: %q", cell)
				}
			}
		}
		lines := strings.Split(strings.TrimSuffix(cohortRendered(t, CohortJSONLines, s, extras, nil), "\n"), "\n")
		for i, line := range lines {
			var object struct {
				Version int `json:"schema_version"`
				Type    string
				Lines   int
			}
			if err := json.Unmarshal([]byte(line), &object); err != nil {
				rt.Fatal(err)
			}
			if first := object.Version == SchemaVersion; first != (i == 0) {
				rt.Errorf("line %d has schema version %d", i+1, object.Version)
			}
			if last := object.Type == "end"; last != (i == len(lines)-1) || last && object.Lines != i {
				rt.Errorf("line %d: %s", i+1, line)
			}
		}
		if !json.Valid([]byte(cohortRendered(t, func(w io.Writer, r *CohortReport) error { return JSON(w, r) }, s, extras, nil))) {
			rt.Error("no JSON")
		}
	})
}

// No line of text is wider than the page, no escape byte without colour, no bar for a screen reader.
func TestCohortTextKeepsToItsWidth(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := rewritten(t, func(string) string { return drawText(rt) })
		teams := rapid.SliceOfNDistinct(rapid.Custom(drawText), 1, 30, rapid.ID).Draw(rt, "teams")
		s := summaryWith(r, drawText(rt), teams)
		layout := Layout{Width: rapid.IntRange(20, 200).Draw(rt, "width"), Plain: rapid.Bool().Draw(rt, "plain"), Color: rapid.Bool().Draw(rt, "colour")}
		text := cohortRendered(t, func(w io.Writer, r *CohortReport) error { return CohortText(w, r, layout) }, s, CohortExtras{LeftOut: 1, Places: []string{drawText(rt)}}, sanitize.Line)
		if !layout.Color && strings.ContainsRune(text, '\x1b') {
			rt.Error("an escape byte without colour")
		}
		if layout.Plain && strings.ContainsAny(text, "█▒░") {
			rt.Error("a bar for a screen reader")
		}
		for line := range strings.Lines(text) {
			line = strings.TrimSuffix(line, "\n")
			if width := ansi.StringWidth(line); width > layout.Width && len(strings.Fields(line)) > 1 {
				rt.Fatalf("%d columns of %d: %q", width, layout.Width, line)
			}
			if !layout.Color && strings.HasSuffix(line, " ") {
				rt.Errorf("spaces at the end of %q", line)
			}
		}
	})
}

// A page with too many groups leaves the smallest out, and says how many.
func TestCohortMarkdownKeepsToItsLimit(t *testing.T) {
	var teams []string
	for i := range 9000 {
		teams = append(teams, fmt.Sprintf("team %d %s", i, strings.Repeat("x", 120)))
	}
	r := rubrictest.Small(t)
	s := summaryWith(r, "team", teams)
	out := cohortRendered(t, CohortMarkdown, s, CohortExtras{}, sanitize.Markdown)
	if len(out) > MarkdownLimit || len(out) < MarkdownLimit/3 {
		t.Errorf("%d bytes, the limit is %d", len(out), MarkdownLimit)
	}
	if !strings.Contains(out, "rows left out, the smallest groups") || !strings.Contains(out, "team 8999 ") || strings.Contains(out, "| team 0 ") {
		t.Error("not the smallest groups were left out, or nobody says so")
	}
}

func TestCohortWriteErrorsAreTold(t *testing.T) {
	published := summaryWith(rubrictest.Small(t), "team", []string{"a", "b"}).Publish(5)
	for _, format := range cohortFormats {
		if err := format.render(brokenWriter{}, NewCohort(published, CohortExtras{}, Options{Clean: format.clean})); !errors.Is(err, errBroken) {
			t.Errorf("%s: %v", format.name, err)
		}
	}
}
