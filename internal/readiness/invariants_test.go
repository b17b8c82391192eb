package readiness_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
)

// What must hold for every rubric and sheet, whatever the figures are. Verdicts are ordered: not ready, undetermined, ready.

func TestRaisingAnAnswerNeverLowersTheVerdict(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		s := p.drawReplies(t, completionsToTry)
		higher := s.clone()
		p.eachItem(func(c *competency, i item) {
			if level, ok := s.items[i.number].Level(); ok {
				higher.items[i.number] = response.Answered(rapid.IntRange(level, c.hi).Draw(t, "higher"))
			}
		})
		for n, g := range p.gates {
			if s.gates[n].State != response.GateOpen && rapid.Bool().Draw(t, "meet") {
				higher.gates[n] = g.yes[0]
			}
		}
		if lower, higher := p.evaluate(t, s).Verdict, p.evaluate(t, higher).Verdict; higher < lower {
			t.Fatalf("%v became %v", lower, higher)
		}
	})
}

func TestScalingWeightsChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		s := p.drawReplies(t, completionsToTry)
		scaled := p.clone()
		ofItems, ofCriteria := rapid.IntRange(1, 9).Draw(t, "item weights"), rapid.IntRange(1, 9).Draw(t, "criterion weights")
		scaled.eachCompetency(func(c *competency) {
			for i := range c.items {
				c.items[i].weight *= ofItems
			}
			if c.asked != nil {
				c.asked.weight *= ofCriteria
			}
		})
		equal(t, "result", findings(p.evaluate(t, s)), findings(scaled.evaluate(t, s)))
	})
}

func TestShiftingScalesChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		s := p.drawReplies(t, completionsToTry)
		shifted, answers := p.clone(), s.clone()
		shifted.eachCompetency(func(c *competency) {
			by := rapid.IntRange(-5, 5).Draw(t, "shift")
			c.lo, c.hi = c.lo+by, c.hi+by
			if c.asked != nil {
				c.asked.level = new(big.Rat).Add(c.asked.level, whole(by))
				if c.asked.floor != nil {
					c.asked.floor = new(big.Rat).Add(c.asked.floor, whole(by))
				}
			}
			for _, i := range c.items {
				if level, ok := s.items[i.number].Level(); ok {
					answers.items[i.number] = response.Answered(level + by)
				}
			}
		})
		equal(t, "result", findings(p.evaluate(t, s)), findings(shifted.evaluate(t, answers)))
	})
}

func TestReorderingAndRenamingChangesNothing(t *testing.T) {
	rename := strings.NewReplacer("area-", "region-", "competency-", "ability-", "item-", "question-", "gate-", "fact-", "Stage", "Rung")
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		s := p.drawReplies(t, completionsToTry)
		moved := p.clone()
		moved.areas = rapid.Permutation(moved.areas).Draw(t, "areas")
		moved.gates = rapid.Permutation(moved.gates).Draw(t, "gates")
		for a := range moved.areas {
			moved.areas[a].competencies = rapid.Permutation(moved.areas[a].competencies).Draw(t, "competencies")
			for c := range moved.areas[a].competencies {
				items := &moved.areas[a].competencies[c].items
				*items = rapid.Permutation(*items).Draw(t, "items")
			}
		}
		r := loadText(t, rename.Replace(moved.yaml()))
		equal(t, "result", findings(p.evaluate(t, s)), findings(readiness.Evaluate(s.sheet(r), r.Stages[0])))
	})
}

// finding is what a result says, by the numbers of areas, competencies and gates, whatever their order and names.
type finding struct {
	Verdict  readiness.Verdict
	Fit      string
	Outcomes map[string]string // outcome and margin, by condition
	Assessed map[int]string
	Depends  []int // numbers of items, then of gates
	Steps    [4]int
}

func findings(r *readiness.Result) finding {
	f := finding{Verdict: r.Verdict, Fit: fmt.Sprint(r.Fit()), Outcomes: map[string]string{}, Assessed: map[int]string{}}
	for _, c := range r.Conditions {
		f.Outcomes[conditionName(c)] = fmt.Sprint(c.Outcome, c.Margin)
	}
	for _, a := range r.Areas {
		f.Assessed[numberOf(a.Area.ID)] = a.Assessed.String()
	}
	for _, q := range r.Depends {
		if q.Item != nil {
			f.Depends = append(f.Depends, numberOf(q.Item.ID))
		} else {
			f.Depends = append(f.Depends, 1000+numberOf(q.Gate.ID))
		}
	}
	slices.Sort(f.Depends)
	flips := readiness.StepsToFlip(r)
	f.Steps = [...]int{len(flips.Worst.Changes), len(flips.Worst.Answers), len(flips.Best.Changes), len(flips.Best.Answers)}
	return f
}

func (p *problem) clone() *problem {
	twin := *p
	twin.gates = slices.Clone(p.gates)
	twin.areas = slices.Clone(p.areas)
	for a := range twin.areas {
		twin.areas[a].competencies = slices.Clone(twin.areas[a].competencies)
		for k := range twin.areas[a].competencies {
			c := &twin.areas[a].competencies[k]
			c.items = slices.Clone(c.items)
			if c.asked != nil {
				asked := *c.asked
				c.asked = &asked
			}
		}
	}
	return &twin
}

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

// Whatever the order of asking and whatever is answered, "not applicable" included: once a verdict stands, it stands, and the full sheet gives
// the same one.
func TestDecidedStaysDecided(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		full := p.drawReplies(t, 1)
		r := p.load(t)
		s := response.New(r)
		s.Date = today
		end := full.sheet(r)
		questions := rapid.Permutation(readiness.Order(r, r.Stages)).Draw(t, "order")
		var decided readiness.Verdict
		for n := 0; ; n++ {
			verdict := readiness.Evaluate(s, r.Stages[0]).Verdict
			if decided != 0 && verdict != decided {
				t.Fatalf("%v became %v after %d of %d answers", decided, verdict, n, len(questions))
			}
			if verdict != readiness.Undetermined {
				decided = verdict
			}
			if n == len(questions) {
				if want := p.judge(full).verdict; verdict != want {
					t.Fatalf("%v after all answers, want %v", verdict, want)
				}
				return
			}
			if q := questions[n]; q.Item != nil {
				s.Answers[q.Item.Index] = end.Answers[q.Item.Index]
			} else {
				s.Gates[q.Gate.Index] = end.Gates[q.Gate.Index]
			}
		}
	})
}

// What is not applicable is as if it had never been asked.
func TestNotApplicableIsAsIfNeverAsked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		p.assessed = whole(0)
		s := p.drawReplies(t, completionsToTry)
		got := p.evaluate(t, s)
		if got.NotAssessed() {
			return // a must-have of which nothing is applicable: the guard's business
		}
		without := p.clone()
		without.areas = nil
		for _, a := range p.clone().areas {
			var left []competency
			for _, c := range a.competencies {
				c.items = slices.DeleteFunc(c.items, func(i item) bool { return s.items[i.number].IsNotApplicable() })
				if len(c.items) > 0 {
					left = append(left, c)
				}
			}
			if a.competencies = left; len(left) > 0 {
				without.areas = append(without.areas, a)
			}
		}
		if len(without.areas) == 0 {
			return // no rubric
		}
		want, have := findings(without.evaluate(t, s)), findings(got)
		want.Assessed, have.Assessed = nil, nil
		equal(t, "result", want, have)
	})
}

func TestAllHighestIsReadyAndAllLowestIsNot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		nothing := replies{items: p.drawReplies(t, 1).items, gates: make([]response.GateAnswer, len(p.gates))}
		clear(nothing.items)
		if got := p.evaluate(t, p.filled(nothing, true)).Verdict; got != readiness.Ready {
			t.Errorf("all highest and all gates met: %v", got)
		}
		want := readiness.Ready
		if p.asksAnything() {
			want = readiness.NotReady
		}
		if got := p.evaluate(t, p.filled(nothing, false)).Verdict; got != want {
			t.Errorf("all lowest and no gate met: %v, want %v", got, want)
		}
	})
}

// asksAnything is false where cuts of 0 and floors at the lowest level let everybody pass.
func (p *problem) asksAnything() bool {
	asks := slices.ContainsFunc(p.gates, func(g gate) bool { return g.hard })
	for _, a := range p.areas {
		for k := range a.competencies {
			c := &a.competencies[k]
			asks = asks || c.asks() != nil && (p.readyAt.Sign() > 0 || p.areaFloorOf(a).Sign() > 0 || p.floorOf(c).Cmp(whole(c.lo)) > 0)
		}
	}
	return asks
}

// Any number of workers on one rubric say the same, and nobody's sheet is touched.
func TestWorkersShareARubric(t *testing.T) {
	pm := shippedRubric(t)
	draw := rapid.Custom(func(t *rapid.T) *response.Sheet { return drawSheet(t, pm) })
	var sheets []*response.Sheet
	for seed := range 40 {
		sheets = append(sheets, draw.Example(seed))
	}
	say := func(s *response.Sheet) string {
		said := ""
		for _, target := range readiness.Assess(s, pm.Stages).Targets {
			said += fmt.Sprintln(target.Verdict, target.Fit(), target.Points, target.WithLowest, questionNames(target.Depends),
				changeNames(target.Flips.Worst.Changes), changeNames(target.Flips.Best.Answers))
		}
		return said
	}
	var want []string
	var copies []*response.Sheet
	for _, s := range sheets {
		copies = append(copies, copySheet(s))
		want = append(want, say(s))
	}
	got := make([]string, len(sheets))
	var workers sync.WaitGroup
	for worker := range 4 {
		workers.Go(func() {
			for i := len(sheets) - 1 - worker; i >= 0; i -= 4 {
				got[i] = say(sheets[i])
			}
		})
	}
	workers.Wait()
	equal(t, "results", want, got)
	for i := range sheets {
		if !slices.Equal(sheets[i].Answers, copies[i].Answers) || !slices.Equal(sheets[i].Gates, copies[i].Gates) {
			t.Errorf("sheet %d is not what it was", i)
		}
	}
}
