package plan_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/plan"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
	"github.com/pmpath/pmpath/rubrics"
)

// drawPlan is a plan for anybody, on either rubric.
func drawPlan(t *rapid.T, rs []*rubric.Rubric) *plan.Plan {
	r := rapid.SampledFrom(rs).Draw(t, "rubric")
	s := response.New(r)
	s.Date, _ = response.ParseDate("2026-11-22")
	for i, item := range r.Items {
		scale := item.Competency.Scale
		if level := rapid.IntRange(scale.Lo()-1, scale.Hi()).Draw(t, item.ID); level >= scale.Lo() {
			s.Answers[i] = response.Answered(level)
		}
	}
	start := rapid.IntRange(0, 80000).Draw(t, "start") // days: up to the year 2119
	first, _ := response.ParseDate("1900-01-01")
	w := path.Wishes{By: rapid.SampledFrom([]path.Measure{path.Steps, path.Effort}).Draw(t, "by")}
	hours := rapid.SampledFrom([]int{1, 2, 3, 4, 7, 20, plan.MostHours}).Draw(t, "hours")
	p, err := plan.New(path.Find(readiness.Evaluate(s, rapid.SampledFrom(r.Stages).Draw(t, "target")), w), first.PlusDays(start), hours)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// number counts days by the calendar of the standard library.
func number(t *rapid.T, d response.Date) int {
	at, err := time.Parse(time.DateOnly, d.String())
	if err != nil {
		t.Fatal(err)
	}
	return int(at.Unix() / 86400)
}

func TestPlans(t *testing.T) {
	shipped, err := rubrics.Load("product-management")
	if err != nil {
		t.Fatal(err)
	}
	rs := []*rubric.Rubric{rubrictest.Small(t), shipped}
	most := 0
	rapid.Check(t, func(rt *rapid.T) {
		p := drawPlan(rt, rs)
		most = max(most, len(p.Goals))
		checkSteps(rt, p)
		checkDays(rt, p)
		checkHours(rt, p)
		checkActions(rt, p)
	})
	if most < 20 {
		t.Errorf("no plan of more than %d goals was seen", most)
	}
}

// A plan has the steps of its path, each once; raises and gates are in the order of the path, and an item goes through its levels one by one.
func checkSteps(t *rapid.T, p *plan.Plan) {
	if len(p.Goals) != len(p.Path.Steps) {
		t.Fatalf("%d goals for %d steps", len(p.Goals), len(p.Path.Steps))
	}
	var raises, steps []*path.Raise
	stands := map[*rubric.Item]int{}
	for _, g := range p.Goals {
		if g.Raise == nil {
			continue
		}
		raises = append(raises, g.Raise)
		if stood, begun := stands[g.Raise.Item]; begun && stood != g.Raise.From {
			t.Errorf("%s goes from %d on and stands at %d", g.Raise.Item.ID, g.Raise.From, stood)
		}
		stands[g.Raise.Item] = g.Raise.To
		level, _ := p.Path.Result.Sheet.Answers[g.Raise.Item.Index].Level() // the lowest level is 0 in both rubrics
		if g.Stood != level {
			t.Errorf("%s stood at %d, by the sheet at %d", g.Raise.Item.ID, g.Stood, level)
		}
	}
	for _, s := range p.Path.Steps {
		if s.Raise != nil {
			steps = append(steps, s.Raise)
		}
	}
	if !slices.Equal(raises, steps) {
		t.Error("the raises are not in the order of the path")
	}
}

// No goal is due before it begins or begins before the start; the last one is due at the end; within a year is short.
func checkDays(t *rapid.T, p *plan.Plan) {
	if len(p.Goals) == 0 {
		return
	}
	start, long := number(t, p.Start), false
	last := start
	at, _ := time.Parse(time.DateOnly, p.Start.String())
	year := at.AddDate(1, 0, 0)
	if at.Month() == time.February && at.Day() == 29 { // there is no such day a year later; the library takes March 1st
		year = year.AddDate(0, 0, -1)
	}
	for _, g := range p.Goals {
		begins, due := number(t, g.Begins), number(t, g.Due)
		if begins < start || due < begins {
			t.Errorf("from %s to %s, and the plan starts %s", g.Begins, g.Due, p.Start)
		}
		last = max(last, due)
		if want := due >= int(year.Unix()/86400); want != (g.Horizon == plan.Long) {
			t.Errorf("due %s is %s, and the plan starts %s", g.Due, g.Horizon, p.Start)
		}
		if g.Horizon == plan.Short && long {
			t.Error("short after long")
		}
		long = g.Horizon == plan.Long
	}
	if last != number(t, p.End) {
		t.Errorf("the last goal is not due on %s", p.End)
	}
}

// The hours of no stretch of weeks are exceeded: of the goals that lie within it, the hours fit into it. (For work that may be interrupted this is not only
// necessary but enough: Horn 1974.) And none is idle: the last hour falls into the last week.
func checkHours(t *rapid.T, p *plan.Plan) {
	var raises []plan.Goal
	total := 0
	for _, g := range p.Goals {
		if g.Raise != nil {
			raises = append(raises, g)
			total += g.Planned
			if g.Planned < 1 {
				t.Errorf("%s costs nothing", g.Raise.Item.ID)
			}
		}
	}
	start := number(t, p.Start)
	for i := range raises {
		first := number(t, raises[i].Begins)
		hours := 0
		for _, g := range raises[i:] {
			hours += g.Planned
			days := number(t, g.Due) - first + 1
			if (first-start)%7 != 0 || days%7 != 0 {
				t.Fatalf("%s to %s are no whole weeks", raises[i].Begins, g.Due)
			}
			if hours > days/7*p.HoursPerWeek {
				t.Fatalf("%d hours from %s to %s", hours, raises[i].Begins, g.Due)
			}
		}
	}
	if n := len(raises); n > 0 {
		if weeks := (number(t, raises[n-1].Due) - start + 1) / 7; (weeks-1)*p.HoursPerWeek >= total || total != p.Hours {
			t.Errorf("%d hours take %d weeks of %d", total, weeks, p.HoursPerWeek)
		}
	}
}

// A goal has all steps of its level, in the rubric's order, and the mix counts each once.
func checkActions(t *rapid.T, p *plan.Plan) {
	counted := 0
	for _, g := range p.Goals {
		if g.Raise == nil {
			continue
		}
		var steps []rubric.Step
		for _, a := range g.Actions {
			steps = append(steps, a.Step)
		}
		if !slices.Equal(steps, g.Raise.Steps) {
			t.Errorf("%s %d: %v, the rubric has %v", g.Raise.Item.ID, g.Raise.To, steps, g.Raise.Steps)
		}
		counted += len(steps)
	}
	for _, share := range p.Mix {
		counted -= share.Actions
	}
	if counted != 0 {
		t.Errorf("the mix is %d actions off", counted)
	}
}
