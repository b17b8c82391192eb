package report

import (
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// wayFormats are the forms of a path, of a comparison and of a plan.
var wayFormats = []struct {
	name   string
	render func(io.Writer, *readiness.Assessment) error
}{
	{"path-80", asPaths(Layout{Width: 80})},
	{"path-40", asPaths(Layout{Width: 40})},
	{"path-plain", asPaths(Layout{Width: 80, Plain: true})},
	{"path-colour", asPaths(Layout{Width: 80, Color: true})},
	{"path-markdown", func(w io.Writer, a *readiness.Assessment) error { return PathMarkdown(w, pathsOf(a, forMarkdown)) }},
	{"path-json", func(w io.Writer, a *readiness.Assessment) error { return JSON(w, pathsOf(a, forJSON)) }},
	{"whatif-120", asWhatIf(Layout{Width: 120})},
	{"whatif-80", asWhatIf(Layout{Width: 80})},
	{"whatif-40", asWhatIf(Layout{Width: 40})},
	{"whatif-plain", asWhatIf(Layout{Width: 120, Plain: true})},
	{"whatif-markdown", func(w io.Writer, a *readiness.Assessment) error { return WhatIfMarkdown(w, whatIfOf(a, forMarkdown)) }},
	{"whatif-json", func(w io.Writer, a *readiness.Assessment) error { return JSON(w, whatIfOf(a, forJSON)) }},
	{"plan-80", asPlan(Layout{Width: 80})},
	{"plan-40", asPlan(Layout{Width: 40})},
	{"plan-plain", asPlan(Layout{Width: 80, Plain: true})},
	{"plan-colour", asPlan(Layout{Width: 80, Color: true})},
	{"plan-markdown", func(w io.Writer, a *readiness.Assessment) error {
		return PlanMarkdown(w, NewPlan(planOf(a), forMarkdown))
	}},
	{"plan-json", func(w io.Writer, a *readiness.Assessment) error { return JSON(w, NewPlan(planOf(a), forJSON)) }},
	{"check-80", asCheck(Layout{Width: 80})},
	{"check-40", asCheck(Layout{Width: 40})},
	{"check-plain", asCheck(Layout{Width: 80, Plain: true})},
	{"check-markdown", func(w io.Writer, a *readiness.Assessment) error {
		return PlanCheckMarkdown(w, NewPlanCheck(progressOf(a), forMarkdown))
	}},
	{"check-json", func(w io.Writer, a *readiness.Assessment) error { return JSON(w, NewPlanCheck(progressOf(a), forJSON)) }},
}

func asPaths(layout Layout) func(io.Writer, *readiness.Assessment) error {
	return func(w io.Writer, a *readiness.Assessment) error { return PathText(w, pathsOf(a, forText), layout) }
}

func asWhatIf(layout Layout) func(io.Writer, *readiness.Assessment) error {
	return func(w io.Writer, a *readiness.Assessment) error { return WhatIfText(w, whatIfOf(a, forText), layout) }
}

func pathsOf(a *readiness.Assessment, opts Options) *PathReport {
	return wishedPaths(a, path.Wishes{Alternatives: 3}, opts)
}

func wishedPaths(a *readiness.Assessment, w path.Wishes, opts Options) *PathReport {
	var paths []*path.Path
	for _, target := range a.Targets {
		paths = append(paths, path.Find(target.Result, w))
	}
	return NewPaths(a.Sheet, paths, opts)
}

// whatIfOf tries the highest level for the first question and a yes for the first gate.
func whatIfOf(a *readiness.Assessment, opts Options) *WhatIf {
	changed := *a.Sheet
	changed.Answers, changed.Gates = slices.Clone(changed.Answers), slices.Clone(changed.Gates)
	r := changed.Rubric
	changed.Answers[0] = response.Answered(r.Items[0].Competency.Scale.Hi())
	changed.Gates[0] = path.Met(r.Gates[0], changed.Date)
	var targets []*rubric.Stage
	for _, target := range a.Targets {
		targets = append(targets, target.Target)
	}
	return NewWhatIf(a, readiness.Assess(&changed, targets), opts)
}

// By hand, for "not-yet": lead needs trusted (no), framing 5/2 of 3 (2 now: one level of problem-note gives (2·3 + 2)/3 = 8/3), measuring 2 of 5/2 (1
// now: one level), talking 2 of 3 (1 now: one level). That is 2·2/3 + 1/2 + 0 points; craft has 11/6 of 3, people 0 of 1 and needs 0.6: one more level of
// talking, 1 point. Altogether 17/6 of 4, and 3.2 are needed: measuring 3 adds 1/2. Six steps in all: 10/3 points.
func TestWays(t *testing.T) {
	r := rubrictest.Small(t)
	for _, person := range people {
		a := assess(t, r, person.sheet)
		for _, format := range wayFormats {
			if !slices.Contains([]string{"not-yet", "half-filled", "no-chance", "ready", "several"}, person.name) {
				continue
			}
			checkGolden(t, person.name+"."+format.name, rendered(t, format.render, a))
		}
	}
	a := assess(t, r, people[2].sheet)
	shortest := pathsOf(a, forText).Paths[0].Shortest
	if got := shortest.Length; got != 6 {
		t.Errorf("%d steps, by hand it is 6", got)
	}
}

// A path ends with a sum: what it begins with and what its steps bring are, added up, what the changed sheet has in the end.
func TestPathSum(t *testing.T) {
	r := rubrictest.Small(t)
	paths := 0
	rapid.Check(t, func(rt *rapid.T) {
		a := drawAssessment(rt, r)
		for _, target := range a.Targets {
			found := path.Find(target.Result, path.Wishes{})
			if len(found.Steps) == 0 {
				continue
			}
			paths++
			got := *NewPaths(a.Sheet, []*path.Path{found}, forText).Paths[0].Shortest
			after := readiness.Evaluate(path.Apply(a.Sheet, target.Target, found.Steps), target.Target)
			if s := got.Sum; !s.Before.Equal(target.Points.Worst) || !s.Before.Add(s.Brings.Fraction).Equal(s.After.Fraction) || !s.After.Equal(after.Points.Worst) {
				rt.Fatalf("%+v, in the end there are %s points", s, after.Points.Worst)
			}
			if s := got.Sum; s.After.Cmp(s.Needs.Fraction) < 0 || !s.Possible.Equal(after.Possible) {
				rt.Fatalf("%+v", s)
			}
		}
	})
	if paths == 0 {
		t.Error("no path was looked at")
	}
}

// Open gates and open questions are told apart, and by their numbers where they are few.
func TestOpenSteps(t *testing.T) {
	step := func(number int, open bool) PathStep { return PathStep{Number: number, Open: open} }
	for _, test := range []struct {
		route Route
		want  string
	}{
		{Route{Steps: []PathStep{step(1, false)}}, ""},
		{Route{Open: 1, OpenGates: 1, Steps: []PathStep{step(1, true), step(2, false)}},
			"Step 1 is a gate not answered yet, counted as not met. Answer it first: the path may get shorter."},
		{Route{Open: 2, OpenGates: 2, Steps: []PathStep{step(1, true), step(2, true)}},
			"Steps 1 and 2 are gates not answered yet, counted as not met. Answer them first: the path may get shorter."},
		{Route{Open: 3, Steps: []PathStep{step(1, false), step(2, true), step(3, true), step(4, true)}},
			"Steps 2, 3 and 4 are about questions not answered yet, counted as the lowest level. Answer them first: the path may get shorter."},
		{Route{Open: 2, OpenGates: 1, Steps: []PathStep{step(1, true), step(2, true)}},
			"Steps 1 and 2 are about what is not answered yet: gates count as not met, questions as the lowest level. Answer them first: the path may get shorter."},
		{Route{Open: 12},
			"12 of the steps are about questions not answered yet, counted as the lowest level. Answer them first: the path may get shorter."},
	} {
		if got := openStepsSentence(test.route); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

// Every wish, and everything that can be in the way.
func TestWishesInWords(t *testing.T) {
	r := rubrictest.Small(t)
	a := assess(t, r, people[2].sheet)
	place := func(id string) path.Place { return path.Named(r, id)[0] }
	for name, w := range map[string]path.Wishes{
		"granted":        {Not: []path.Place{place("scope-cut")}, Keep: []path.Place{place("people"), place("trusted")}, AtMost: 3, Alternatives: 3},
		"effort":         {By: path.Effort, Keep: []path.Place{place("scope-cut")}},
		"ruled-out":      {Not: []path.Place{place("trusted"), place("craft")}},
		"liftable":       {Not: []path.Place{place("hard-talk")}},
		"no-single-lift": {Not: []path.Place{place("hard-talk"), place("people")}},
		"keep-gone":      {Keep: []path.Place{place("ran-session"), place("talking")}, Not: []path.Place{place("people")}},
		"limit":          {AtMost: 1},
	} {
		report := wishedPaths(a, w, forText)
		checkGolden(t, "wishes-"+name+".text", rendered(t, func(w io.Writer, _ *readiness.Assessment) error { return PathText(w, report, Layout{Width: 80}) }, a))
		marked := wishedPaths(a, w, forMarkdown)
		checkGolden(t, "wishes-"+name+".markdown", rendered(t, func(w io.Writer, _ *readiness.Assessment) error { return PathMarkdown(w, marked) }, a))
	}
}

// What the text says in figures, the JSON form says too.
func TestWayFormatsAgree(t *testing.T) {
	r := rubrictest.Small(t)
	rapid.Check(t, func(rt *rapid.T) {
		a := drawAssessment(rt, r)
		data := map[string]map[string]bool{}
		for _, format := range wayFormats {
			if what, isJSON := strings.CutSuffix(format.name, "-json"); isJSON {
				data[what] = figuresOf(rt, rendered(t, format.render, a))
			}
		}
		for _, format := range wayFormats {
			what, how, _ := strings.Cut(format.name, "-")
			if how == "json" || how == "colour" {
				continue
			}
			text := rendered(t, format.render, a)
			for _, figure := range figurePattern.FindAllString(text, -1) {
				if !data[what][figure] {
					rt.Errorf("%s has the figure %q, JSON does not:\n%s", format.name, figure, text)
				}
			}
		}
	})
}

// The names of people are left out unless they are asked for.
func TestWaysKeepNamesBack(t *testing.T) {
	r := rubrictest.Small(t)
	for _, person := range people {
		if person.name != "several" {
			continue
		}
		a := assess(t, r, person.sheet)
		for name, value := range map[string]any{"paths": pathsOf(a, Options{}), "what if": whatIfOf(a, Options{})} {
			data, err := json.Marshal(value)
			if err != nil || strings.Contains(string(data), "Kim") || strings.Contains(string(data), "respondent") {
				t.Errorf("%s: %v %s", name, err, data)
			}
		}
		if text := rendered(t, asPaths(Layout{Width: 80}), a); !strings.HasPrefix(text, "Kim Example\n") {
			t.Errorf("the name that was asked for is missing:\n%s", text)
		}
	}
}

func TestWaysTellWriteErrors(t *testing.T) {
	a := assess(t, rubrictest.Small(t), people[2].sheet)
	for _, format := range wayFormats {
		if err := format.render(brokenWriter{}, a); !errors.Is(err, errBroken) {
			t.Errorf("%s: %v", format.name, err)
		}
	}
}
