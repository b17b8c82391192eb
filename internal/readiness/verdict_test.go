package readiness_test

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/readiness"
)

// completionsToTry bounds the completions of one sheet that a property looks at.
const completionsToTry = 400

// A verdict other than undetermined is the verdict of every completion, permitted "not applicable" included; an undetermined one is not.
func TestVerdictIsThatOfEveryCompletion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		s := p.drawReplies(t, completionsToTry)
		counts := map[readiness.Verdict]int{}
		for full := range p.completions(s, true) {
			counts[p.judge(full).verdict]++
		}
		want := readiness.Undetermined
		if len(counts) == 1 {
			for only := range counts {
				want = only
			}
		}
		if got := p.evaluate(t, s); got.Verdict != want {
			t.Fatalf("got %v, want %v: completions %v", got.Verdict, want, counts)
		}
	})
}

func (p *problem) evaluate(t rapid.TB, s replies) *readiness.Result {
	r := p.load(t)
	return readiness.Evaluate(s.sheet(r), r.Stages[0])
}

// Both bounds of every quantity are reached by some completion without new "not applicable", and none goes beyond them.
func TestBoundsAreTheExtremesOfAllCompletions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		s := p.drawReplies(t, completionsToTry)
		got := p.evaluate(t, s)
		var fit extremes
		areas, scores := map[int]*extremes{}, map[int]*extremes{}
		for full := range p.completions(s, false) {
			j := p.judge(full)
			fit.see(j.fit)
			seeAll(areas, j.areas)
			seeAll(scores, j.scores)
		}
		if fit.low == nil {
			fit = extremes{whole(1), whole(1)} // nothing can be earned: what asks nothing is met
		}
		fit.same(t, "fit", got.Fit())
		for i := range got.Areas {
			a := &got.Areas[i]
			if a.Possible.Sign() == 0 {
				areas[numberOf(a.Area.ID)] = &extremes{whole(1), whole(1)}
			}
			areas[numberOf(a.Area.ID)].same(t, a.Area.ID, a.Fit())
		}
		for _, c := range got.Criteria {
			if want := scores[numberOf(c.Competency.ID)]; want != nil {
				want.same(t, c.Competency.ID, c.Score)
			} else if c.Applicable {
				t.Errorf("%s has a score, and nothing of it is applicable", c.Competency.ID)
			}
		}
	})
}

// extremes are the least and the most that was seen.
type extremes struct{ low, high *big.Rat }

func (e *extremes) see(value *big.Rat) {
	if value == nil {
		return
	}
	if e.low == nil {
		e.low, e.high = value, value
	}
	e.low, e.high = least(e.low, value), most(e.high, value)
}

func seeAll(seen map[int]*extremes, values map[int]*big.Rat) {
	for number, value := range values {
		if seen[number] == nil {
			seen[number] = &extremes{}
		}
		seen[number].see(value)
	}
}

func (e *extremes) same(t *rapid.T, what string, got readiness.Bounds) {
	if !same(got.Worst, e.low) || !same(got.Best, e.high) {
		t.Errorf("%s is %v … %v, want %v … %v", what, got.Worst, got.Best, e.low, e.high)
	}
}

func same(f fraction.Fraction, want *big.Rat) bool { return f.String() == want.RatString() }

// Every condition is listed once, fails only if it does in every completion, holds only if it does in every completion, and is open otherwise.
func TestConditionsSayWhatEveryCompletionSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		s := p.drawReplies(t, completionsToTry)
		held, failed := map[string]bool{}, map[string]bool{}
		for full := range p.completions(s, false) {
			for name, holds := range p.judge(full).holds {
				held[name] = held[name] || holds
				failed[name] = failed[name] || !holds
			}
		}
		got := p.evaluate(t, s)
		listed := map[string]bool{}
		for _, c := range got.Conditions {
			name := conditionName(c)
			want := readiness.Open
			if !held[name] {
				want = readiness.Fails
			} else if !failed[name] {
				want = readiness.Holds
			}
			if listed[name] || c.Outcome != want {
				t.Errorf("condition %q: %v, want %v; listed before: %t", name, c.Outcome, want, listed[name])
			}
			if c.Outcome != outcomeNamed(c) {
				t.Errorf("condition %q: %v, but the part it is about says %v", name, c.Outcome, outcomeNamed(c))
			}
			listed[name] = true
		}
		if len(listed) != len(held) {
			t.Errorf("listed %v, want all of %v", listed, held)
		}
	})
}

func conditionName(c readiness.Condition) string {
	switch c.Kind {
	case readiness.FitCondition:
		return "fit"
	case readiness.AreaCondition:
		return fmt.Sprint("area ", numberOf(c.Area.Area.ID))
	case readiness.CriterionCondition:
		return fmt.Sprint("criterion ", numberOf(c.Criterion.Competency.ID))
	case readiness.GateCondition:
		return fmt.Sprint("gate ", numberOf(c.Gate.ID))
	}
	return "unknown"
}

// outcomeNamed is the outcome that stands at the area, criterion or gate itself.
func outcomeNamed(c readiness.Condition) readiness.Outcome {
	switch c.Kind {
	case readiness.AreaCondition:
		return c.Area.Outcome
	case readiness.CriterionCondition:
		return c.Criterion.Outcome
	case readiness.GateCondition:
		return c.Gate.Outcome
	}
	return c.Outcome
}

// The guard looks at the share of each area that is applicable, and at must-haves of which nothing is.
func TestAssessedShares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		s := p.drawReplies(t, completionsToTry)
		want := p.judge(p.filled(s, true)) // the best completion has no new "not applicable"
		got := p.evaluate(t, s)
		if got.NotAssessed() != want.notEnough {
			t.Errorf("not assessed: %t, want %t", got.NotAssessed(), want.notEnough)
		}
		if len(got.Areas) != len(want.assessed) {
			t.Errorf("%d areas, want %d", len(got.Areas), len(want.assessed))
		}
		for _, a := range got.Areas {
			share := want.assessed[numberOf(a.Area.ID)]
			if !same(a.Assessed, share) || a.NotAssessed != (share.Cmp(p.assessed) < 0) {
				t.Errorf("%s: assessed %v, not enough %t; want %v of at least %v", a.Area.ID, a.Assessed, a.NotAssessed, share, p.assessed)
			}
		}
	})
}

// The condition named is the one with the least to spare among those that make the verdict, margins taken as shares of the range.
func TestDecidingHasTheSmallestMargin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		s := p.drawReplies(t, completionsToTry)
		got := p.evaluate(t, s)
		worst, best := p.margins(p.filled(s, false)), p.margins(p.filled(s, true))
		candidates := map[string]*big.Rat{}
		for name := range best {
			switch {
			case got.Verdict == readiness.NotReady && best[name].Sign() < 0:
				candidates[name] = best[name]
			case got.Verdict == readiness.Undetermined && worst[name].Sign() < 0:
				candidates[name] = worst[name]
			case got.Verdict == readiness.Ready:
				candidates[name] = worst[name]
			}
		}
		if len(candidates) == 0 { // the guard decides, or nothing is asked
			if got.Deciding != nil {
				t.Errorf("%v is said to decide; nothing does", conditionName(*got.Deciding))
			}
			return
		}
		if got.Deciding == nil {
			t.Fatalf("nothing is said to decide among %v", candidates)
		}
		named := conditionName(*got.Deciding)
		for name, margin := range candidates {
			if candidates[named] == nil || margin.Cmp(candidates[named]) < 0 {
				t.Errorf("%q is said to decide, margin %v; %q has %v", named, candidates[named], name, margin)
			}
		}
	})
}

// margins are what the conditions have to spare on a complete sheet, as a share of the range of each; a gate is one range to either side.
func (p *problem) margins(s replies) map[string]*big.Rat {
	j := p.judge(s)
	margins := map[string]*big.Rat{}
	if j.fit != nil {
		margins["fit"] = minus(j.fit, p.readyAt)
	}
	for _, a := range p.areas {
		if share := j.areas[a.number]; share != nil {
			margins[fmt.Sprint("area ", a.number)] = minus(share, p.areaFloorOf(a))
		}
		for k := range a.competencies {
			c := &a.competencies[k]
			if score := j.scores[c.number]; score != nil {
				margins[fmt.Sprint("criterion ", c.number)] = new(big.Rat).Quo(minus(score, p.floorOf(c)), whole(c.hi-c.lo))
			}
		}
	}
	for _, g := range p.gates {
		if g.hard {
			margins[fmt.Sprint("gate ", g.number)] = whole(map[bool]int{false: -1, true: 1}[g.suffices(s.gates[g.number])])
		}
	}
	return margins
}
