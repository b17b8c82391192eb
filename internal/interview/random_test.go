package interview_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// drawRubric makes a small rubric with everything that decides: areas with floors of their own, must-haves, weights, items that need not apply, hard
// gates and others, one target or two that follow the first stage.
func drawRubric(t *rapid.T) *rubric.Rubric {
	n := func(name string, least, most int) int { return rapid.IntRange(least, most).Draw(t, name) }
	hi := n("hi", 1, 4)
	var b, criteria, second strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("pmpath: 1\nid: random\nversion: 1.0.0\ntitle: Random\nabout: For one test.\nscale:")
	for level := range hi + 1 {
		line("  - {level: %d, label: L%d, means: Means %d.}", level, level, level)
	}
	line("rule:")
	line("  ready_at: {at: %d%%, why: Drawn.}", 10*n("ready at", 3, 10))
	line("  area_floor: {at: %d%%, why: Drawn.}", 10*n("area floor", 0, 7))
	line("  max_shortfall: {at: 1, why: Drawn.}\n  must_shortfall: {at: 1/2, why: Drawn.}\n  span: {at: 1, why: Drawn.}")
	line("  assessed: {at: %d/4, why: Drawn.}", n("assessed", 0, 4))
	line("areas:")
	item := 0
	for area := range n("areas", 1, 3) {
		line("  - area: area-%d\n    title: Area %d\n    about: Drawn.\n    competencies:", area, area)
		for competency := range n("competencies", 1, 2) {
			id := fmt.Sprintf("skill-%d-%d", area, competency)
			line("      - id: %s\n        title: Skill\n        about: Drawn.\n        items:", id)
			for range n("items", 1, 2) {
				line("          - id: item-%d\n            ask: What did you do about %d?\n            weight: %d\n            not_applicable: %t\n            anchors:", item, item, n("weight", 1, 3), n("na", 0, 2) == 0)
				for level := 1; level <= hi; level++ {
					line("              %d: I did part %d.", level, level)
				}
				item++
			}
			asks := func(goal *strings.Builder) {
				if n("asked", 0, 3) > 0 || goal.Len() == 0 {
					fmt.Fprintf(goal, "      %s: {level: %d, weight: %d, must: %t, why: Drawn.}\n", id, n("level", 1, hi), n("W", 1, 3), n("must", 0, 3) == 0)
				}
			}
			asks(&criteria)
			asks(&second)
		}
	}
	line("gates:")
	for gate, needs := range []string{"", "\n    needs: {kind: [peer], within: 3 months}"} {
		line("  - id: gate-%d\n    title: Gate\n    ask: Is it so?\n    why: Drawn.%s", gate, needs)
	}
	hard := func() string { return rapid.SampledFrom([]string{"hard", "should"}).Draw(t, "hard") }
	line("stages:\n  - id: first\n    title: First\n    about: Drawn.\n    next: [goal, other]")
	line("  - id: goal\n    title: Goal\n    about: Drawn.\n    gates: {gate-0: %s}\n    criteria:\n%s", hard(), criteria.String())
	line("  - id: other\n    title: Other\n    about: Drawn.\n    gates: {gate-0: %s, gate-1: %s}\n    criteria:\n%s", hard(), hard(), second.String())
	r, err := rubric.Load(fstest.MapFS{"r.yaml": {Data: []byte(b.String())}}, "r.yaml", "r.yaml")
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	return r
}

// drawSheet answers everything, but for what is skipped on purpose where skips is true.
func drawSheet(t *rapid.T, r *rubric.Rubric, skips bool) *response.Sheet {
	s := response.New(r)
	s.Date, _ = response.ParseDate("2026-06-01")
	high := rapid.Bool().Draw(t, "mostly high")
	for i, item := range r.Items {
		scale := item.Competency.Scale
		level := rapid.IntRange(scale.Lo(), scale.Hi()).Draw(t, "level "+strconv.Itoa(i))
		if high && rapid.IntRange(0, 3).Draw(t, "high") > 0 {
			level = scale.Hi()
		}
		s.Answers[i] = response.Answered(level)
		if item.NotApplicable && rapid.IntRange(0, 3).Draw(t, "na") == 0 {
			s.Answers[i] = response.NotApplicable()
		}
		if skips && rapid.IntRange(0, 4).Draw(t, "skip") == 0 {
			s.Answers[i] = response.Answer{}
		}
	}
	for i := range r.Gates {
		s.Gates[i].State = response.GateState(rapid.IntRange(1, 2).Draw(t, "gate"))
		if s.Gates[i].State == response.GateYes {
			s.Gates[i].Evidence = response.Evidence{Kind: response.ByPeer, When: s.Date}
		}
		if skips && rapid.IntRange(0, 4).Draw(t, "skip") == 0 {
			s.Gates[i] = response.GateAnswer{}
		}
	}
	return s
}

func drawTargets(t *rapid.T, r *rubric.Rubric) []*rubric.Stage {
	switch rapid.IntRange(0, 2).Draw(t, "targets") {
	case 0:
		return r.Stages[1:2]
	case 1:
		return r.Stages[2:3]
	}
	return r.Stages[0].Next
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
