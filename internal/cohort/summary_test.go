package cohort

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
)

// The oracle goes through sheets one by one and asks packages readiness and path about each; it shares nothing with the tables or the folding of patterns.

// countOf is what one person adds to Counts.
func countOf(t rapid.TB, r *rubric.Rubric, p *intake.Person, target *rubric.Stage) Counts {
	c := Counts{People: 1, Gaps: make([]int, len(r.Competencies))}
	if slices.Contains(p.Levels, intake.Unanswered) {
		c.Partial = 1
	}
	if p.Unverified(r) {
		c.Unverified = 1
	}
	if p.Stale(r) {
		c.Stale = 1
	}
	if target == nil {
		c.NoTarget = 1
		return c
	}
	result := readiness.Evaluate(sheetOf(r, p), target)
	for _, gap := range path.Gaps(result) {
		c.Gaps[gap.Competency.Index] = 1
	}
	c.FitPercents = int(result.Fit().Worst.Percent())
	way := path.Find(result, path.Wishes{})
	switch {
	case result.Verdict == readiness.Ready:
		c.Ready = 1
	case result.Verdict == readiness.Undetermined:
		c.CannotTell = 1
	case len(way.Steps) == 1 && len(way.Blocks) == 0:
		c.OneStep = 1
	case len(way.Steps) == 2 && len(way.Blocks) == 0:
		c.TwoSteps = 1
	default:
		c.Further = 1
	}
	return c
}

// targetOf is the rule in words: for everybody, else asked, else the first that follows.
func targetOf(p *intake.Person, everybody *rubric.Stage) *rubric.Stage {
	if everybody != nil {
		return everybody
	}
	if p.Target != nil {
		return p.Target
	}
	if p.Stage != nil && len(p.Stage.Next) > 0 {
		return p.Stage.Next[0]
	}
	return nil
}

func recount(t rapid.TB, r *rubric.Rubric, o Options, everyone []*intake.Person) *Summary {
	sum := &Summary{Rubric: r, By: o.By, Filters: o.Filters, Target: o.Target}
	value := func(p *intake.Person, dimension string) string {
		stage := p.Stage
		switch dimension {
		case ByTeam:
			return string(p.Fields[0])
		case ByTarget:
			stage = targetOf(p, o.Target)
		}
		if stage == nil {
			return ""
		}
		return stage.ID
	}
	var counted []*intake.Person
	for _, p := range everyone {
		if !slices.ContainsFunc(o.Filters, func(f Filter) bool { return value(p, f.Field) != f.Value }) {
			counted = append(counted, p)
		}
	}
	cells := map[string]*Cell{}
	sum.Total.Gaps = make([]int, len(r.Competencies))
	for _, p := range counted {
		var values []string
		for _, dimension := range o.By {
			values = append(values, value(p, dimension))
		}
		at := fmt.Sprint(values)
		if cells[at] == nil {
			cells[at] = &Cell{Values: values, Counts: Counts{Gaps: make([]int, len(r.Competencies))}}
		}
		one := countOf(t, r, p, targetOf(p, o.Target))
		cells[at].add(&one)
		sum.Total.add(&one)
	}
	for _, cell := range cells {
		sum.Cells = append(sum.Cells, *cell)
	}
	for _, area := range r.Areas {
		sum.Areas = append(sum.Areas, recountArea(r, o, area, counted))
	}
	for _, c := range r.Competencies {
		sum.recountCompetency(o, c, counted)
	}
	sum.Fit = recountFit(r, o, counted)
	sum.recountDeciding(o, counted)
	for _, stage := range r.Stages {
		n := 0
		for _, p := range counted {
			if targetOf(p, o.Target) == stage {
				n++
			}
		}
		if n > 0 {
			sum.Targets = append(sum.Targets, TargetCount{stage, n})
		}
	}
	return sum
}

func bandOf(s *Spread, points readiness.Bounds, possible fraction.Fraction) {
	s.People++
	switch {
	case possible.Sign() == 0:
		s.Absent++
	case !points.Worst.Equal(points.Best):
		s.Open++
	default:
		share, band := points.Worst.Div(possible), 0
		for band < Bands-1 && share.Cmp(fraction.Of(int64(band+1), Bands)) >= 0 {
			band++
		}
		s.Bands[band]++
	}
}

func recountFit(r *rubric.Rubric, o Options, counted []*intake.Person) Spread {
	var s Spread
	for _, p := range counted {
		if target := targetOf(p, o.Target); target != nil {
			result := readiness.Evaluate(sheetOf(r, p), target)
			bandOf(&s, result.Points, result.Possible)
		}
	}
	return s
}

func recountArea(r *rubric.Rubric, o Options, area *rubric.Area, counted []*intake.Person) AreaSpread {
	s := AreaSpread{Area: area}
	for _, p := range counted {
		target := targetOf(p, o.Target)
		if target == nil {
			continue
		}
		for _, a := range readiness.Evaluate(sheetOf(r, p), target).Areas {
			if a.Area != area {
				continue
			}
			bandOf(&s.Spread, a.Points, a.Possible)
			switch a.Outcome {
			case readiness.Holds:
				s.Holds++
			case readiness.Fails:
				s.Fails++
			case readiness.Open:
				s.Undecided++
			}
		}
	}
	return s
}

func (s *Summary) recountCompetency(o Options, c *rubric.Competency, counted []*intake.Person) {
	spread := CompetencySpread{Competency: c, Levels: make([]int, len(c.Scale.Levels))}
	raises := map[int]int{}
	type held struct {
		stages []*rubric.Stage
		asked  int
		by     int
	}
	var levels []*held
	var levelOf []fraction.Fraction
	for _, stage := range s.Rubric.Stages {
		asked := 0
		for _, p := range counted {
			if targetOf(p, o.Target) == stage {
				asked++
			}
		}
		criterion := stage.Criterion(c)
		if asked == 0 || criterion == nil {
			continue
		}
		at := slices.IndexFunc(levelOf, func(f fraction.Fraction) bool { return f.Equal(criterion.Level) })
		if at < 0 {
			at = len(levels)
			levels, levelOf = append(levels, &held{}), append(levelOf, criterion.Level)
		}
		levels[at].stages = append(levels[at].stages, stage)
		levels[at].asked += asked
	}
	for _, p := range counted {
		low, high, weight, open := 0, 0, 0, false
		for _, item := range c.Items {
			level := p.Levels[item.Index]
			switch level {
			case intake.NotApplicable:
				continue
			case intake.Unanswered:
				open = true
				low, high = low+item.Weight*c.Scale.Lo(), high+item.Weight*c.Scale.Hi()
			default:
				low, high = low+item.Weight*int(level), high+item.Weight*int(level)
			}
			weight += item.Weight
		}
		if weight == 0 {
			spread.NotApplicable++
			continue
		}
		worst, best := fraction.Of(int64(low), int64(weight)), fraction.Of(int64(high), int64(weight))
		if open {
			spread.Open++
		} else {
			spread.Levels[worst.Floor()-int64(c.Scale.Lo())]++
		}
		for i, h := range levels {
			if worst.Cmp(levelOf[i]) >= 0 {
				h.by++
			}
		}
		target := targetOf(p, o.Target)
		if target == nil || target.Criterion(c) == nil {
			continue
		}
		criterion := target.Criterion(c)
		spread.Asked++
		switch {
		case worst.Cmp(criterion.Level) >= 0:
			spread.Reaches++
		case best.Cmp(criterion.Level) < 0:
			spread.Gap++
			if best.Cmp(criterion.Floor) < 0 {
				spread.BelowFloor++
			}
			for _, gap := range path.Gaps(readiness.Evaluate(sheetOf(s.Rubric, p), target)) {
				if gap.Competency == c && gap.Raise != nil {
					raises[gap.Raise.To]++
				}
			}
		default:
			spread.Undecided++
		}
	}
	s.Competencies = append(s.Competencies, spread)
	if spread.Gap > 0 {
		s.Gaps = append(s.Gaps, Gap{c, spread.Gap, spread.BelowFloor})
	}
	for level, n := range raises {
		s.Growth = append(s.Growth, Growth{c, level, n, c.StepsTo(level)})
	}
	for i, h := range levels {
		if h.by <= MostHolders {
			s.Scarce = append(s.Scarce, Scarce{c, levelOf[i], h.by, h.stages, h.asked})
		}
	}
}

func (s *Summary) recountDeciding(o Options, counted []*intake.Person) {
	for _, p := range counted {
		target := targetOf(p, o.Target)
		if target == nil {
			continue
		}
		result := readiness.Evaluate(sheetOf(s.Rubric, p), target)
		if result.Deciding == nil {
			continue
		}
		d := Deciding{Kind: result.Deciding.Kind}
		switch d.Kind {
		case readiness.AreaCondition:
			d.Area = result.Deciding.Area.Area
		case readiness.CriterionCondition:
			d.Competency = result.Deciding.Criterion.Competency
		case readiness.GateCondition:
			d.Gate = result.Deciding.Gate.Gate
		}
		at := slices.Index(sameConditions(s.Deciding), d)
		if at < 0 {
			at = len(s.Deciding)
			s.Deciding = append(s.Deciding, d)
		}
		switch result.Verdict {
		case readiness.NotReady:
			s.Deciding[at].NotReady++
		case readiness.Undetermined:
			s.Deciding[at].Open++
		case readiness.Ready:
			s.Deciding[at].Ready++
		}
	}
}

// sameConditions are the conditions without their figures.
func sameConditions(deciding []Deciding) []Deciding {
	var bare []Deciding
	for _, d := range deciding {
		bare = append(bare, Deciding{Kind: d.Kind, Area: d.Area, Competency: d.Competency, Gate: d.Gate})
	}
	return bare
}

// inAnyOrder compares what is sorted by its figures without looking at the order, which TestSummaryIsOrdered looks at.
var inAnyOrder = cmp.Options{
	cmp.Comparer(func(a, b *rubric.Stage) bool { return a == b }),
	cmp.Comparer(func(a, b *rubric.Rubric) bool { return a == b }),
	cmp.Comparer(func(a, b *rubric.Area) bool { return a == b }),
	cmp.Comparer(func(a, b *rubric.Competency) bool { return a == b }),
	cmp.Comparer(func(a, b *rubric.Gate) bool { return a == b }),
	cmpopts.SortSlices(func(a, b Cell) bool { return fmt.Sprint(a.Values) < fmt.Sprint(b.Values) }),
	cmpopts.SortSlices(func(a, b Gap) bool { return a.Competency.Index < b.Competency.Index }),
	cmpopts.SortSlices(func(a, b Growth) bool { return a.Competency.Index*1000+a.Level < b.Competency.Index*1000+b.Level }),
	cmpopts.SortSlices(func(a, b Deciding) bool { return int(a.Kind)*1000+a.place() < int(b.Kind)*1000+b.place() }),
	cmpopts.SortSlices(func(a, b Scarce) bool {
		return a.Competency.Index < b.Competency.Index || a.Competency == b.Competency && a.Level.Cmp(b.Level) < 0
	}),
	cmpopts.EquateEmpty(),
}

func summaryOf(t rapid.TB, r *rubric.Rubric, o Options, everyone []*intake.Person, workers int, d *dice) *Summary {
	t.Helper()
	s := scorerOf(t, r, o)
	var crew []*Worker
	for range workers {
		crew = append(crew, s.Worker())
	}
	for _, p := range everyone {
		crew[d.below(workers)].Handle(p, nil)
	}
	sum, err := s.Summary()
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func TestSummaryAgreesWithRecount(t *testing.T) {
	sole, held, seen := 0, 0, Counts{Gaps: []int{}}
	rapid.Check(t, func(t *rapid.T) {
		r := drawRubric(t)
		d := &dice{rapid.Uint64().Draw(t, "people")}
		everyone := crowd(d, r, rapid.IntRange(0, 30).Draw(t, "how many"))
		o := Options{Fields: []string{ByTeam}}
		o.By = rapid.SampledFrom([][]string{nil, {ByTeam}, {ByStage}, {ByTeam, ByStage}, {ByTarget, ByTeam}}).Draw(t, "by")
		o.Filters = rapid.SampledFrom([][]Filter{nil, nil, {{ByTeam, "team 1"}}, {{ByTarget, "stage-0"}}, {{ByStage, "stage-0"}, {ByTeam, "team 0"}}}).Draw(t, "filters")
		if rapid.IntRange(0, 3).Draw(t, "one target") == 0 {
			o.Target = r.Stages[len(r.Stages)-1]
		}
		got := summaryOf(t, r, o, everyone, rapid.IntRange(1, 3).Draw(t, "workers"), d)
		if diff := cmp.Diff(recount(t, r, o, everyone), got, inAnyOrder); diff != "" {
			t.Fatalf("-recount +summary\n%s", diff)
		}
		for _, skill := range got.Scarce {
			sole += int(one(skill.Holders == 1))
			held += int(one(skill.Holders > 1))
		}
		seen.Ready, seen.OneStep, seen.TwoSteps = seen.Ready+got.Total.Ready, seen.OneStep+got.Total.OneStep, seen.TwoSteps+got.Total.TwoSteps
		seen.Further, seen.CannotTell, seen.NoTarget = seen.Further+got.Total.Further, seen.CannotTell+got.Total.CannotTell, seen.NoTarget+got.Total.NoTarget
	})
	if sole == 0 || held == 0 || slices.Contains([]int{seen.Ready, seen.OneStep, seen.TwoSteps, seen.Further, seen.CannotTell, seen.NoTarget}, 0) {
		t.Errorf("some outcome was never met: %+v, %d and %d scarce skills", seen, sole, held)
	}
}

// Any order of people and any number of workers give the same summary, its order included.
func TestSummaryIsTheSameForAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRubric(t)
		d := &dice{rapid.Uint64().Draw(t, "people")}
		everyone := crowd(d, r, rapid.IntRange(0, 20).Draw(t, "how many"))
		o := Options{Fields: []string{ByTeam}, By: []string{ByTeam, ByStage}}
		first := summaryOf(t, r, o, everyone, 1, d)
		slices.Reverse(everyone)
		again := summaryOf(t, r, o, everyone, 1+d.below(4), d)
		if diff := cmp.Diff(first, again, inAnyOrder[:5]); diff != "" {
			t.Fatal(diff)
		}
	})
}
