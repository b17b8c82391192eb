package readiness

import (
	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Evaluate decides about one stage of the sheet's rubric.
func Evaluate(s *response.Sheet, target *rubric.Stage) *Result {
	r := measure(s, target, gatesAsked)
	if r.Verdict == Undetermined {
		r.Depends = r.dependsOn()
	}
	return r
}

// openGates says what an open hard gate means.
type openGates bool

const (
	gatesAsked   openGates = false // it may still turn out either way
	gatesLeftOut openGates = true  // it is no condition: only skills are looked at
)

func measure(s *response.Sheet, target *rubric.Stage, gates openGates) *Result {
	r := &Result{Sheet: s, Target: target}
	r.measureCriteria()
	r.measureGates()
	r.listConditions(gates)
	r.decide()
	return r
}

// measureCriteria scores each criterion and adds its points up, per area and over all.
func (r *Result) measureCriteria() {
	r.Criteria = make([]CriterionResult, len(r.Target.Criteria))
	r.Areas = make([]AreaResult, 0, len(r.Sheet.Rubric.Areas))
	for i, criterion := range r.Target.Criteria {
		c := &r.Criteria[i]
		c.Criterion = criterion
		if last := len(r.Areas) - 1; last < 0 || r.Areas[last].Area != criterion.Competency.Area {
			r.Areas = append(r.Areas, AreaResult{Area: criterion.Competency.Area})
		}
		c.area = len(r.Areas) - 1
		area := &r.Areas[c.area]
		t := tallyOf(r.Sheet, criterion.Competency)
		weight := fraction.Int(criterion.Weight)
		area.weigh(weight, t)
		c.Open = t.open
		c.Applicable = t.applicable > 0
		if !c.Applicable {
			continue
		}
		c.Score = t.score()
		c.Points = both(c.Score, func(score fraction.Fraction) fraction.Fraction { return c.Earned(score).Mul(weight) })
		possible := c.Possible()
		area.Possible, r.Possible = area.Possible.Add(possible), r.Possible.Add(possible)
		area.Points, r.Points = sum(area.Points, c.Points), sum(r.Points, c.Points)
	}
	for i := range r.Areas {
		r.Areas[i].settle(r.Sheet.Rubric.Rule.Assessed.At)
	}
}

// both applies f to the two bounds, once where they are equal.
func both(b Bounds, f func(fraction.Fraction) fraction.Fraction) Bounds {
	worst := f(b.Worst)
	if b.Worst.Equal(b.Best) {
		return Bounds{worst, worst}
	}
	return Bounds{worst, f(b.Best)}
}

func sum(a, b Bounds) Bounds {
	worst := a.Worst.Add(b.Worst)
	if a.Worst.Equal(a.Best) && b.Worst.Equal(b.Best) {
		return Bounds{worst, worst}
	}
	return Bounds{worst, a.Best.Add(b.Best)}
}

// tally adds up the answers to the items of one competency, in item weights.
type tally struct {
	all        int // every item
	applicable int // items not answered "not applicable"
	leastLeft  int // applicable, if every open item that allows it turned out not applicable
	answered   int // weight × level of the answered items
	openWeight int
	open       int // number of items without an answer
	lo, hi     int // of the scale
}

func tallyOf(s *response.Sheet, c *rubric.Competency) tally {
	t := tally{lo: c.Scale.Lo(), hi: c.Scale.Hi()}
	for _, item := range c.Items {
		answer := s.Answers[item.Index]
		t.all += item.Weight
		if answer.IsNotApplicable() {
			continue
		}
		t.applicable += item.Weight
		level, ok := answer.Level()
		if ok {
			t.answered += item.Weight * level
		} else {
			t.open++
			t.openWeight += item.Weight
		}
		if ok || !item.NotApplicable {
			t.leastLeft += item.Weight
		}
	}
	return t
}

// score is the mean level over the applicable items, of which there must be one.
func (t tally) score() Bounds {
	worst := fraction.Of(int64(t.answered+t.openWeight*t.lo), int64(t.applicable))
	if t.openWeight == 0 {
		return Bounds{worst, worst}
	}
	return Bounds{worst, fraction.Of(int64(t.answered+t.openWeight*t.hi), int64(t.applicable))}
}

// weigh adds up the applicable weight of an area. Assessed and leastAssessed are sums until settle turns them into shares.
func (a *AreaResult) weigh(weight fraction.Fraction, t tally) {
	a.Assessed = a.Assessed.Add(weight.Mul(fraction.Of(int64(t.applicable), int64(t.all))))
	a.leastAssessed = a.leastAssessed.Add(weight.Mul(fraction.Of(int64(t.leastLeft), int64(t.all))))
	a.weight = a.weight.Add(weight)
}

func (a *AreaResult) settle(minimum fraction.Fraction) {
	a.Assessed = a.Assessed.Div(a.weight)
	a.leastAssessed = a.leastAssessed.Div(a.weight)
	a.NotAssessed = a.Assessed.Cmp(minimum) < 0
}

func (r *Result) measureGates() {
	r.Gates = make([]GateResult, len(r.Target.Gates))
	for i, asked := range r.Target.Gates {
		answer := r.Sheet.Gates[asked.Gate.Index]
		gate := GateResult{Gate: asked.Gate, Hard: asked.Hard, Answer: answer, Outcome: Open}
		switch answer.State {
		case response.GateOpen:
		case response.GateNo:
			gate.Outcome = Fails
		case response.GateYes:
			gate.Lack = answer.Missing(asked.Gate, r.Sheet.Date)
			gate.Outcome = Holds
			if gate.Lack != response.LacksNothing {
				gate.Outcome = Fails
			}
		}
		r.Gates[i] = gate
	}
}

// listConditions states everything that must hold. What nothing applicable is left of is no condition; the guard sees to it.
func (r *Result) listConditions(gates openGates) {
	rule := r.Sheet.Rubric.Rule
	r.Conditions = make([]Condition, 0, 1+len(r.Areas)+len(r.Criteria)+len(r.Gates))
	if r.Possible.Sign() > 0 {
		r.FitOutcome = r.add(Condition{Kind: FitCondition, Held: r.Fit(), Need: rule.ReadyAt.At}, fraction.Int(1))
	}
	for i := range r.Areas {
		if area := &r.Areas[i]; area.Possible.Sign() > 0 {
			area.Outcome = r.add(Condition{Kind: AreaCondition, Area: area, Held: area.Fit(), Need: area.Area.Floor.At}, fraction.Int(1))
		}
	}
	for i := range r.Criteria {
		if c := &r.Criteria[i]; c.Applicable {
			scale := c.Competency.Scale
			c.Outcome = r.add(Condition{Kind: CriterionCondition, Criterion: c, Held: c.Score, Need: c.Floor}, fraction.Int(scale.Hi()-scale.Lo()))
		}
	}
	for i := range r.Gates {
		if gate := &r.Gates[i]; gate.Hard && !(gate.Outcome == Open && gates == gatesLeftOut) {
			r.Conditions = append(r.Conditions, gateCondition(gate))
		}
	}
}

// add works out the margin as a share of the range of the quantity, and the outcome.
func (r *Result) add(c Condition, valueRange fraction.Fraction) Outcome {
	c.Margin = both(c.Held, func(held fraction.Fraction) fraction.Fraction { return held.Sub(c.Need).Div(valueRange) })
	switch {
	case c.Margin.Best.Sign() < 0:
		c.Outcome = Fails
	case c.Margin.Worst.Sign() >= 0:
		c.Outcome = Holds
	default:
		c.Outcome = Open
	}
	r.Conditions = append(r.Conditions, c)
	return c.Outcome
}

func gateCondition(gate *GateResult) Condition {
	none, one := fraction.Fraction{}, fraction.Int(1)
	c := Condition{Kind: GateCondition, Gate: gate, Need: one, Outcome: gate.Outcome, Held: Bounds{none, one}, Margin: Bounds{one.Neg(), one}}
	switch gate.Outcome {
	case Open:
	case Fails:
		c.Held.Best, c.Margin.Best = none, one.Neg()
	case Holds:
		c.Held.Worst, c.Margin.Worst = one, one
	}
	return c
}

// decide takes the worst outcome of all conditions, then lets the guard hold back a "ready" that too much "not applicable" stands behind.
func (r *Result) decide() {
	worst := Holds
	for i := range r.Conditions {
		worst = min(worst, r.Conditions[i].Outcome)
	}
	switch worst {
	case Fails:
		r.Verdict = NotReady
	case Open:
		r.Verdict = Undetermined
	default:
		r.Verdict = Ready
		if r.NotAssessed() || r.guardAtRisk() {
			r.Verdict = Undetermined
			return
		}
	}
	r.Deciding = r.smallestMargin(worst)
}

// smallestMargin is the condition with this outcome that has least to spare, or lacks most; the first of equals.
func (r *Result) smallestMargin(outcome Outcome) *Condition {
	var deciding *Condition
	for i := range r.Conditions {
		c := &r.Conditions[i]
		if c.Outcome != outcome {
			continue
		}
		if deciding == nil || c.telling().Cmp(deciding.telling()) < 0 {
			deciding = c
		}
	}
	return deciding
}

// telling is the margin that the outcome rests on: a failure stands even at best, anything else is judged at worst.
func (c *Condition) telling() fraction.Fraction {
	if c.Outcome == Fails {
		return c.Margin.Best
	}
	return c.Margin.Worst
}

// guardAtRisk reports whether open items, answered "not applicable" where they allow it, could still leave too little assessed.
func (r *Result) guardAtRisk() bool {
	for i := range r.Areas {
		if r.areaAtRisk(&r.Areas[i]) {
			return true
		}
	}
	for i := range r.Criteria {
		if r.mustAtRisk(&r.Criteria[i]) {
			return true
		}
	}
	return false
}

func (r *Result) areaAtRisk(a *AreaResult) bool {
	return a.leastAssessed.Cmp(r.Sheet.Rubric.Rule.Assessed.At) < 0
}

func (r *Result) mustAtRisk(c *CriterionResult) bool {
	return c.Must && c.Open > 0 && tallyOf(r.Sheet, c.Competency).leastLeft == 0
}
