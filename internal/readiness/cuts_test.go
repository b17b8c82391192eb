package readiness_test

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
)

// A share that is shown, rounded down, beside a cut in whole percent tells the verdict; so do points beside the points needed, and whole points
// beside the next whole number. A share exactly on its cut passes.
func TestADisplayedPassIsAPass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		s := p.drawReplies(t, 1)
		shown := p.evaluate(t, s)
		if shown.Possible.Sign() == 0 {
			return
		}
		fit := shown.Fit().Worst
		exact := share(t, fit.String())
		above := new(big.Rat).Add(exact, ratio(1, 1000))
		if writable := above.Denom().Cmp(big.NewInt(1_000_000)) < 0; writable && above.Cmp(whole(1)) <= 0 {
			p.readyAt = exact
			p.checkDisplay(t, s, true)
			p.readyAt = above
			p.checkDisplay(t, s, false)
		}
		percent := rapid.IntRange(0, 100).Draw(t, "cut in percent")
		if rapid.Bool().Draw(t, "near") {
			percent = min(100, int(fit.Percent())+rapid.IntRange(0, 1).Draw(t, "above"))
		}
		p.readyAt = ratio(percent, 100)
		p.checkDisplay(t, s, fit.Percent() >= int64(percent))
	})
}

func (p *problem) checkDisplay(t *rapid.T, s replies, passes bool) {
	r := p.evaluate(t, s)
	holds := r.Conditions[0].Outcome == readiness.Holds
	if holds != passes {
		t.Errorf("fit %v (%d %%) of %v: holds %t, shown as %t", r.Fit().Worst, r.Fit().Worst.Percent(), p.readyAt, holds, passes)
	}
	need := new(big.Rat).Mul(p.readyAt, share(t, r.Possible.String()))
	held := share(t, r.Points.Worst.String())
	if passes != (held.Cmp(need) >= 0) {
		t.Errorf("%v points of %v needed: shown as %t", held, need, passes)
	}
	if next := roundedUp(need); held.IsInt() && passes != (held.Cmp(next) >= 0) {
		t.Errorf("%v points of %v needed: shown as %t", held, next, passes)
	}
}

func roundedUp(r *big.Rat) *big.Rat {
	up := new(big.Int).Div(new(big.Int).Neg(r.Num()), r.Denom())
	return new(big.Rat).SetInt(up.Neg(up))
}

// A stage that asks the same and more of the same people admits no more of them: a higher cut, floor or requirement, a further hard gate. This is
// also why whoever is ready for a later stage is ready for an earlier one of the same weights that asks no more.
func TestAskingMoreNeverAddsAReadyPerson(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		s := p.drawReplies(t, completionsToTry)
		harder, answers := p.harder(t), s.clone()
		for _, g := range harder.gates[len(p.gates):] {
			answers.gates = append(answers.gates, rapid.SampledFrom([]response.GateAnswer{{}, g.yes[0], g.no[0]}).Draw(t, "further gate"))
		}
		before, after := p.evaluate(t, s).Verdict, harder.evaluate(t, answers).Verdict
		if after > before {
			t.Fatalf("%v became %v", before, after)
		}
	})
}

// harder raises some of what a problem asks.
func (p *problem) harder(t *rapid.T) *problem {
	h := p.clone()
	up := func(at, most *big.Rat) *big.Rat {
		part := ratio(rapid.SampledFrom([]int{0, 0, 1, 2, 4}).Draw(t, "raise in quarters"), 4)
		return new(big.Rat).Add(at, part.Mul(part, minus(most, at)))
	}
	h.readyAt, h.areaFloor, h.assessed = up(p.readyAt, whole(1)), up(p.areaFloor, whole(1)), up(p.assessed, whole(1))
	h.maxShortfall, h.mustShortfall = minus(p.maxShortfall, up(whole(0), p.maxShortfall)), minus(p.mustShortfall, up(whole(0), p.mustShortfall))
	for a := range h.areas {
		if floor := h.areas[a].floor; floor != nil {
			h.areas[a].floor = up(floor, whole(1))
		}
	}
	h.eachCompetency(func(c *competency) {
		if c.asks() == nil {
			return
		}
		// Nearer to the lowest level the span is cut off; see TestARequirementInsideTheSpanGainsWeight.
		if asked := c.asked; asked.level.Cmp(new(big.Rat).Add(whole(c.lo), p.span)) >= 0 {
			asked.level = onQuarter(up(asked.level, whole(c.hi)))
			if asked.floor != nil {
				asked.floor = most(asked.floor, minus(asked.level, p.span))
			}
		}
		if c.asked.floor != nil {
			c.asked.floor = onQuarter(up(c.asked.floor, c.asked.level))
		}
	})
	for len(h.gates) < len(p.gates)+rapid.IntRange(0, 1).Draw(t, "further gates") {
		g := drawGate(t, len(h.gates))
		g.hard = true
		h.gates = append(h.gates, g)
	}
	return h
}

// onQuarter rounds up, so that a level can be written down.
func onQuarter(r *big.Rat) *big.Rat {
	return new(big.Rat).Quo(roundedUp(new(big.Rat).Mul(r, whole(4))), whole(4))
}

// The limit of the property above, by hand: a requirement less than a span above the lowest level has fewer points to give, so raising it
// gives it weight, and whoever meets it gains.
func TestARequirementInsideTheSpanGainsWeight(t *testing.T) {
	asks := func(level *big.Rat) *problem {
		return &problem{
			readyAt: ratio(7, 10), areaFloor: whole(0), maxShortfall: whole(1), mustShortfall: whole(1), span: whole(1), assessed: whole(0),
			areas: []area{{competencies: []competency{
				{number: 0, lo: 0, hi: 1, items: []item{{0, 1, false}, {1, 1, false}}, asked: &criterion{level: whole(1), weight: 1}},
				{number: 1, lo: 0, hi: 1, items: []item{{2, 1, false}}, asked: &criterion{level: level, weight: 1}},
			}}},
		}
	}
	s := replies{items: []response.Answer{response.Answered(1), response.Answered(0), response.Answered(1)}}
	// 1/2 of 1 point and 1/2 of 1/2: 2/3. Then 1/2 of 1 and 1 of 1: 3/4.
	for _, tc := range []struct {
		level   *big.Rat
		fit     string
		verdict readiness.Verdict
	}{{ratio(1, 2), "2/3", readiness.NotReady}, {whole(1), "3/4", readiness.Ready}} {
		got := asks(tc.level).evaluate(t, s)
		if got.Fit().Worst.String() != tc.fit || got.Verdict != tc.verdict {
			t.Errorf("level %v: %v with fit %v, want %v with %v", tc.level, got.Verdict, got.Fit().Worst, tc.verdict, tc.fit)
		}
	}
}
