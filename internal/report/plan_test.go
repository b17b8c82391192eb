package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/plan"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// planFrom is a plan for the first role of an assessment. 1 hour a week makes plans of more than a year.
func planFrom(a *readiness.Assessment, start string, hours int) *plan.Plan {
	first, _ := response.ParseDate(start)
	p, err := plan.New(path.Find(a.Targets[0].Result, path.Wishes{}), first, hours)
	if err != nil {
		panic(err)
	}
	return p
}

func planOf(a *readiness.Assessment) *plan.Plan { return planFrom(a, "2026-11-26", 1) }

func asPlan(layout Layout) func(io.Writer, *readiness.Assessment) error {
	return func(w io.Writer, a *readiness.Assessment) error {
		return PlanText(w, NewPlan(planOf(a), forText), layout)
	}
}

// progressOf is the plan as it is half a year later: the first answer at the highest level, the last one lower, the second one left out; ticks all over.
func progressOf(a *readiness.Assessment) *plan.Progress {
	record := planOf(a).Record()
	for i := range record.Goals {
		record.Goals[i].Ticked = i%2 == 0
	}
	later := *a.Sheet
	later.Date = later.Date.PlusMonths(6)
	later.Answers = slices.Clone(later.Answers)
	last := len(later.Answers) - 1
	later.Answers[0] = response.Answered(later.Rubric.Items[0].Competency.Scale.Hi())
	later.Answers[1] = response.Answer{}
	later.Answers[last] = response.Answered(later.Rubric.Items[last].Competency.Scale.Lo())
	return plan.Look(record, &later)
}

func asCheck(layout Layout) func(io.Writer, *readiness.Assessment) error {
	return func(w io.Writer, a *readiness.Assessment) error {
		return PlanCheckText(w, NewPlanCheck(progressOf(a), forText), layout)
	}
}

func withProgress(a *readiness.Assessment, opts Options) Options {
	opts.Progress = progressOf(a)
	return opts
}

// An assessment says in a few lines what became of the plan, and its JSON form fits the schema.
func TestAssessmentWithAPlan(t *testing.T) {
	a := assess(t, rubrictest.Small(t), people[2].sheet)
	checkGolden(t, "with-plan.text-80", rendered(t, func(w io.Writer, a *readiness.Assessment) error {
		return Text(w, New(a, withProgress(a, forText)), Layout{Width: 80})
	}, a))
	checkGolden(t, "with-plan.markdown", rendered(t, func(w io.Writer, a *readiness.Assessment) error {
		return Markdown(w, New(a, withProgress(a, forMarkdown)))
	}, a))
	out := rendered(t, asJSON(withProgress(a, Options{})), a)
	if err := compiled(t, true).Validate(decoded(t, out)); err != nil {
		t.Error(err)
	}
	if !strings.Contains(out, `"plan": {`) {
		t.Error("no plan in the JSON form")
	}
}

// The few lines stay few: 5 names of a kind, and how many more there are.
func TestManyGoalsInFewLines(t *testing.T) {
	a := assess(t, rubrictest.Small(t), "target: lead\nanswers: {problem-note: 0, scope-cut: 0, measure-read: 0, hard-talk: 0}\ngates: {trusted: false}\n")
	record := planOf(a).Record()
	all := assess(t, rubrictest.Small(t), "target: lead\nanswers: {problem-note: 3, scope-cut: 3, measure-read: 3, hard-talk: 3}\ngates: {trusted: false}\n")
	progress := newBuilder(all.Sheet, Options{}).progress(plan.Look(record, all.Sheet))
	reached := len(record.Goals) - 1 // all but the gate
	lines := planBlockLines(progress)
	if len(lines) != 3 || strings.Count(lines[1], " to level ") != 5 || !strings.HasSuffix(lines[1], fmt.Sprintf("; %d more.", reached-5)) || reached < 7 {
		t.Errorf("%d goals: %q", len(record.Goals), lines)
	}
}

// Every format names the same goals on the same days, in the same order.
func TestPlanFormatsAgree(t *testing.T) {
	r := rubrictest.Small(t)
	seen := 0
	rapid.Check(t, func(rt *rapid.T) {
		a := drawAssessment(rt, r)
		p := planFrom(a, "2027-12-31", rapid.IntRange(1, 60).Draw(rt, "hours"))
		if len(p.Goals) == 0 {
			return
		}
		seen++
		var want []string
		for _, g := range p.Goals {
			want = append(want, g.Due.String())
		}
		for name, format := range map[string]struct {
			render func(io.Writer) error
			due    string
		}{
			"text":     {func(w io.Writer) error { return PlanText(w, NewPlan(p, forText), Layout{Width: 200}) }, `(?m)^ *\d+\. .* · due (\S+)$`},
			"plain":    {func(w io.Writer) error { return PlanText(w, NewPlan(p, forText), Layout{Width: 200, Plain: true}) }, `(?m)^ *\d+\. .*, due (\S+)$`},
			"markdown": {func(w io.Writer) error { return PlanMarkdown(w, NewPlan(p, forMarkdown)) }, `(?m)^- \[ \] \*\*\d+\. .* · due (\S+) <!--`},
			"csv":      {func(w io.Writer) error { return PlanCSV(w, NewPlan(p, forCSV)) }, `(?m)^\d+,.*,\d*,\d{4}-\d\d-\d\d,(\d{4}-\d\d-\d\d),`},
			"json":     {func(w io.Writer) error { return JSON(w, NewPlan(p, forJSON)) }, `"due": "(\S+)"`},
			"ical":     {func(w io.Writer) error { return PlanCalendar(w, NewPlan(p, forCalendar)) }, `(?m)^DTSTART;VALUE=DATE:(\d+)`},
		} {
			var out bytes.Buffer
			if err := format.render(&out); err != nil {
				rt.Fatal(err)
			}
			var got []string
			for _, match := range regexp.MustCompile(format.due).FindAllStringSubmatch(out.String(), -1) {
				got = append(got, match[1])
			}
			days := want
			if name == "ical" {
				days = nil
				for _, day := range want {
					days = append(days, strings.ReplaceAll(day, "-", ""))
				}
			}
			if diff := cmp.Diff(days, got); diff != "" {
				rt.Errorf("%s: -want +got\n%s\n%s", name, diff, out.String())
			}
		}
	})
	if seen < 20 {
		t.Errorf("only %d plans were seen", seen)
	}
}

// Whoever makes a plan from answers with hostile texts gets it back from both forms as it was: no text adds a goal, a tick or a day.
func TestPlansAreReadBack(t *testing.T) {
	seen := 0
	rapid.Check(t, func(rt *rapid.T) {
		r := rewritten(t, func(string) string {
			return "T" + loadable(drawText(rt)) + rapid.SampledFrom([]string{"", " due 2020-02-02", "<!-- goal: gate trusted 81359e7c -->", "\n- [x] x"}).Draw(rt, "more")
		})
		a := drawAssessment(rt, r)
		p := planFrom(a, "2026-11-26", rapid.IntRange(1, 60).Draw(rt, "hours"))
		if len(p.Goals) == 0 {
			return
		}
		seen++
		want := p.Record()
		var out bytes.Buffer
		if err := JSON(&out, NewPlan(p, Options{})); err != nil {
			rt.Fatal(err)
		}
		node, err := document.ParseJSON("plan.json", out.Bytes())
		if err == nil {
			var got *plan.Record
			got, err = plan.Read(node)
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(response.Date{})); diff != "" {
				rt.Errorf("-want +got\n%s", diff)
			}
		}
		if err != nil {
			rt.Fatal(err)
		}
		markdown := rendered(t, func(w io.Writer, _ *readiness.Assessment) error { return PlanMarkdown(w, NewPlan(p, forMarkdown)) }, a)
		got, err := plan.ReadMarkdown("plan.md", []byte(markdown))
		if err != nil {
			rt.Fatal(err)
		}
		want.TargetTitle = ""
		for i := range want.Goals {
			want.Goals[i].Title = ""
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(response.Date{})); diff != "" {
			rt.Errorf("Markdown: -want +got\n%s\n%s", diff, markdown)
		}
	})
	if seen < 20 {
		t.Errorf("only %d plans were seen", seen)
	}
}

// loadable leaves out what no rubric can hold, as loading refuses it.
func loadable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r == '\ufeff' || unicode.Is(unicode.Noncharacter_Code_Point, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}

// The JSON form carries its version first, no key twice, and a name only where it is asked for.
func TestPlanJSONIsPlain(t *testing.T) {
	a := assess(t, rubrictest.Small(t), "respondent: Kim Example\n"+people[2].sheet)
	for name, value := range map[string]any{"plan": NewPlan(planOf(a), Options{}), "check": NewPlanCheck(progressOf(a), Options{})} {
		out := rendered(t, func(w io.Writer, _ *readiness.Assessment) error { return JSON(w, value) }, a)
		if !strings.HasPrefix(out, "{\n  \"schema_version\": 1,\n  \"kind\": \"plan") || strings.Contains(out, "Kim") || !json.Valid([]byte(out)) {
			t.Errorf("%s: %.60q", name, out)
		}
		for _, doubled := range doubledKeys(t, out) {
			t.Errorf("%s: the key %s is there twice", name, doubled)
		}
	}
	out := rendered(t, func(w io.Writer, _ *readiness.Assessment) error { return JSON(w, NewPlan(planOf(a), forJSON)) }, a)
	if !strings.Contains(out, `"respondent": "Kim Example"`) {
		t.Error("no name where one is asked for")
	}
}
