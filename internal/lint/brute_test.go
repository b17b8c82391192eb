package lint_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/lint"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// What lint says can never change a verdict is taken out of tiny rubrics, and every sheet that there is, with open and "not applicable" answers, is
// evaluated with it and without it by package readiness. The two must agree both ways: nothing idle is overlooked, nothing that matters is called idle.

// mostSheets bounds the number of sheets of a drawn rubric.
const mostSheets = 700

// drawRubric writes a tiny rubric: a stage that asks nothing, then one or two that ask something.
func drawRubric(t *rapid.T) string {
	var b strings.Builder
	lo := rapid.IntRange(-1, 0).Draw(t, "lo")
	hi := lo + rapid.IntRange(1, 3).Draw(t, "levels")
	fmt.Fprint(&b, "pmpath: 1\nid: tiny\nversion: 1.0.0\ntitle: Tiny\nscale:\n")
	for level := lo; level <= hi; level++ {
		fmt.Fprintf(&b, "  - {level: %d, label: L, means: M.}\n", level)
	}
	cut := cut
	if rapid.IntRange(0, 3).Draw(t, "lenient") == 3 { // so that criteria which decide nothing are never rare
		cut = func(*rapid.T) string { return "0" }
	}
	span := rapid.SampledFrom([]int{2, 4, 4, 8}).Draw(t, "span in quarters")
	fmt.Fprintf(&b, "rule:\n  ready_at: {at: %s, why: w}\n  area_floor: {at: %s, why: w}\n  max_shortfall: {at: %d/4, why: w}\n  must_shortfall: {at: %d/4, why: w}\n  span: {at: %d/4, why: w}\n  assessed: {at: %s, why: w}\nareas:\n",
		cut(t), cut(t), rapid.IntRange(0, span).Draw(t, "max"), rapid.IntRange(0, span).Draw(t, "must"), span, rapid.SampledFrom([]string{"0", "1/2", "1"}).Draw(t, "assessed"))
	var competencies []string
	sheets := 1
	for a := range rapid.IntRange(1, 3).Draw(t, "areas") {
		fmt.Fprintf(&b, "  - area: area%d\n    title: A\n", a)
		if rapid.IntRange(0, 2).Draw(t, "own") == 0 {
			fmt.Fprintf(&b, "    floor: {at: %s, why: w}\n", cut(t))
		}
		fmt.Fprint(&b, "    competencies:\n")
		for n := range rapid.IntRange(1, 2).Draw(t, "competencies") {
			id := fmt.Sprintf("c%d%d", a, n)
			competencies = append(competencies, id)
			fmt.Fprintf(&b, "      - id: %s\n        title: C\n        items:\n", id)
			for i := range rapid.SampledFrom([]int{1, 1, 2, 3}).Draw(t, "items") {
				optional := rapid.IntRange(0, 3).Draw(t, "optional") == 0
				if sheets *= hi - lo + 2; optional {
					sheets = sheets / (hi - lo + 2) * (hi - lo + 3)
				}
				fmt.Fprintf(&b, "          - {id: %s-%d, ask: Q%s%d?, weight: %d, not_applicable: %v, anchors: {", id, i, id, i, rapid.IntRange(1, 3).Draw(t, "weight"), optional)
				for level := lo + 1; level <= hi; level++ {
					fmt.Fprintf(&b, "%d: A%d.,", level, level)
				}
				fmt.Fprint(&b, "}}\n")
			}
		}
	}
	if sheets > mostSheets {
		t.Skip("too many sheets")
	}
	fmt.Fprint(&b, "stages:\n  - {id: start, title: Start, next: [stage0]}\n")
	stages := rapid.IntRange(1, 2).Draw(t, "stages")
	for s := range stages {
		fmt.Fprintf(&b, "  - id: stage%d\n    title: S%d\n    next: [%s]\n    criteria: {", s, s, strings.Join([]string{"stage1"}[min(s, 1):stages-1], ""))
		for _, id := range competencies {
			if rapid.IntRange(0, 9).Draw(t, "asked") > 0 {
				fmt.Fprintf(&b, "%s: {%s},", id, drawCriterion(t, lo, hi, span))
			}
		}
		fmt.Fprint(&b, "}\n")
		if rapid.Bool().Draw(t, "gate") {
			fmt.Fprint(&b, "    gates: {proof: hard}\n")
		}
	}
	fmt.Fprint(&b, "gates:\n  - {id: proof, title: P, ask: P?}\n")
	return b.String()
}

func drawCriterion(t *rapid.T, lo, hi, span int) string {
	above := rapid.IntRange(0, 4*(hi-lo)).Draw(t, "quarters above the lowest")
	if rapid.Bool().Draw(t, "whole") {
		above = (above + 3) / 4 * 4
	}
	level := fraction.Int(lo).Add(fraction.Of(int64(above), 4))
	text := fmt.Sprintf("level: %s, weight: %d, must: %v", decimal(level), rapid.SampledFrom([]int{1, 1, 1, 2, 7}).Draw(t, "weight"), rapid.IntRange(0, 2).Draw(t, "must") == 0)
	if rapid.IntRange(0, 2).Draw(t, "own floor") == 0 {
		text += ", floor: " + decimal(level.Sub(fraction.Of(int64(rapid.IntRange(0, min(span, above)).Draw(t, "quarters below")), 4)))
	}
	return text
}

// decimal writes quarters as files do: a fraction has no sign there.
func decimal(f fraction.Fraction) string { return f.Decimal(2) }

func cut(t *rapid.T) string {
	return rapid.SampledFrom([]string{"0", "1/4", "1/3", "1/2", "60%", "2/3", "3/4", "80%", "1"}).Draw(t, "cut")
}

func TestIdleMeansIdle(t *testing.T) {
	told := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		text := drawRubric(t)
		r := load(t, text)
		sheets := everySheet(r)
		base := verdicts(r, sheets)
		found := map[string]bool{}
		for _, f := range lint.Lint(r).Findings {
			found[f.Rule.Name+" "+f.Place] = true
		}
		// check compares what lint says with what happens when change is made to a copy of the rubric.
		check := func(rule, place string, complete bool, change func(*rubric.Rubric)) {
			changed := load(t, text)
			change(changed)
			idle := slices.Equal(base, verdicts(changed, sheets))
			said := found[rule+" "+place]
			if said && !idle {
				t.Fatalf("%s of %s: taking it out changes a verdict\n%s", rule, place, text)
			}
			if complete && idle && !said {
				t.Fatalf("%s of %s is not found\n%s", rule, place, text)
			}
			if said {
				told[rule]++
			}
		}
		if r.Rule.ReadyAt.At.Sign() > 0 && asksSomething(r, nil) {
			check("idle-cut", "rubric", true, func(r *rubric.Rubric) { r.Rule.ReadyAt.At = fraction.Fraction{} })
		}
		for i, area := range r.Areas {
			if area.Floor.At.Sign() > 0 && asksSomething(r, area) {
				check("idle-area-floor", "area "+area.ID, true, func(r *rubric.Rubric) { r.Areas[i].Floor.At = fraction.Fraction{} })
			}
		}
		for s, stage := range r.Stages {
			for i, c := range stage.Criteria {
				place := "criterion " + stage.ID + "/" + c.Competency.ID
				lowest := fraction.Int(c.Competency.Scale.Lo())
				if c.FloorAt.Line > 0 && c.Floor.Cmp(lowest) > 0 {
					check("idle-floor", place, true, func(r *rubric.Rubric) { r.Stages[s].Criteria[i].Floor = lowest })
				}
				if c.FloorAt.Line == 0 && c.Must && r.Rule.MustShortfall.At.Cmp(r.Rule.MaxShortfall.At) < 0 {
					check("idle-must", place, !every(c.Competency.Items, optional), func(r *rubric.Rubric) {
						c := r.Stages[s].Criteria[i]
						c.Must, c.Floor = false, fraction.Max(lowest, c.Level.Sub(r.Rule.MaxShortfall.At))
					})
				}
				guarded := r.Rule.Assessed.At.Sign() > 0 && slices.ContainsFunc(stage.Criteria, func(o *rubric.Criterion) bool {
					return o.Competency.Area == c.Competency.Area && slices.ContainsFunc(o.Competency.Items, optional)
				})
				check("idle-criterion", place, !guarded, func(r *rubric.Rubric) {
					r.Stages[s].Criteria = slices.Delete(r.Stages[s].Criteria, i, i+1)
				})
			}
		}
	})
	for _, rule := range []string{"idle-cut", "idle-area-floor", "idle-floor", "idle-must", "idle-criterion"} {
		if told[rule] == 0 {
			t.Errorf("no rubric that was drawn has a finding of %s", rule)
		}
	}
}

func optional(i *rubric.Item) bool { return i.NotApplicable }

func every[T any](list []T, is func(T) bool) bool {
	return !slices.ContainsFunc(list, func(x T) bool { return !is(x) })
}

// asksSomething reports whether some stage asks something, of an area where one is given.
func asksSomething(r *rubric.Rubric, area *rubric.Area) bool {
	return slices.ContainsFunc(r.Stages, func(s *rubric.Stage) bool {
		return slices.ContainsFunc(s.Criteria, func(c *rubric.Criterion) bool { return area == nil || c.Competency.Area == area })
	})
}

// everySheet lists the answers of every sheet, gates met: a gate that is not met settles the verdict whatever else there is.
func everySheet(r *rubric.Rubric) [][]response.Answer {
	sheets := [][]response.Answer{nil}
	for _, item := range r.Items {
		options := []response.Answer{{}}
		for _, level := range item.Competency.Scale.Levels {
			options = append(options, response.Answered(level.Level))
		}
		if item.NotApplicable {
			options = append(options, response.NotApplicable())
		}
		var longer [][]response.Answer
		for _, sheet := range sheets {
			for _, option := range options {
				longer = append(longer, append(slices.Clone(sheet), option))
			}
		}
		sheets = longer
	}
	return sheets
}

func verdicts(r *rubric.Rubric, sheets [][]response.Answer) []readiness.Verdict {
	sheet := response.New(r)
	for i := range sheet.Gates {
		sheet.Gates[i] = response.GateAnswer{State: response.GateYes}
	}
	var all []readiness.Verdict
	for _, answers := range sheets {
		copy(sheet.Answers, answers)
		for _, stage := range r.Stages {
			all = append(all, readiness.Evaluate(sheet, stage).Verdict)
		}
	}
	return all
}

// Nobody is kept out by conditions alone: with the highest level everywhere and every gate met, every stage says ready. So lint needs no rule for that.
// And somebody whose answers are just what the stage before asks is ready for the next one exactly where lint says so.
func TestStepsAreSteps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := drawRubric(t)
		r := load(t, text)
		var highest []response.Answer
		for _, item := range r.Items {
			highest = append(highest, response.Answered(item.Competency.Scale.Hi()))
		}
		for i, verdict := range verdicts(r, [][]response.Answer{highest}) {
			if verdict != readiness.Ready {
				t.Fatalf("%s is out of reach: %v\n%s", r.Stages[i].ID, verdict, text)
			}
		}
		findings := lint.Lint(r).Findings
		for _, before := range r.Stages {
			var just []response.Answer
			whole := true
			for _, item := range r.Items {
				level := fraction.Int(item.Competency.Scale.Lo())
				if c := before.Criterion(item.Competency); c != nil {
					level = c.Level
				}
				whole = whole && level.IsInt()
				just = append(just, response.Answered(int(level.Floor())))
			}
			for _, stage := range before.Next {
				if !whole || len(stage.Criteria) == 0 {
					continue
				}
				said := slices.ContainsFunc(findings, func(f lint.Finding) bool { return f.Rule.Name == "asks-no-more" && f.Place == "stage "+stage.ID })
				if ready := verdicts(r, [][]response.Answer{just})[stage.Index] == readiness.Ready; ready != said {
					t.Fatalf("just at %s, ready for %s: %v, lint says %v\n%s", before.ID, stage.ID, ready, said, text)
				}
			}
		}
	})
}

// Whatever stands in the texts, lint says something or nothing, the same each time.
func TestAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := load(t, clean)
		for _, item := range r.Items {
			item.Ask = rapid.String().Draw(t, "ask")
			for i := range item.Anchors {
				item.Anchors[i] = rapid.String().Draw(t, "anchor")
			}
		}
		first, second := lines(lint.Lint(r).Findings), lines(lint.Lint(r).Findings)
		if !slices.Equal(first, second) {
			t.Fatalf("%v and then %v", first, second)
		}
	})
}
