// Package readiness decides how far a person is from a stage of the ladder, exactly and with reasons. [Evaluate] is the one function that
// does it; [Assess] runs it for every role that is asked about and adds what a report says beside the verdict.
//
// A stage's conditions must all hold: fit at or above the overall cut, each area at or above its floor, each criterion at or above its
// floor, each hard gate met. Unanswered is never zero and never filled in: the rule is monotone in every answer and gate, so evaluating
// with every open answer at its lowest and at its highest bounds every way to complete the sheet. A verdict is stated only where both
// bounds agree.
//
// The package is pure: no clock, no input or output, no float, no map order. It judges what a sheet says, not whether it is true.
package readiness

import (
	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Verdict is the answer for one stage. The zero value is none.
type Verdict int

// The verdicts, worst first.
const (
	NotReady Verdict = iota + 1
	Undetermined
	Ready
)

var verdictNames = [...]string{"", "not_ready", "undetermined", "ready"}

// String returns the name used in machine output.
func (v Verdict) String() string { return verdictNames[v] }

// Outcome is what can be said of one condition. The zero value is none.
type Outcome int

// The outcomes, worst first: Fails means in every completion of the sheet, Holds likewise.
const (
	Fails Outcome = iota + 1
	Open
	Holds
)

var outcomeNames = [...]string{"", "fails", "open", "holds"}

// String returns the name used in machine output.
func (o Outcome) String() string { return outcomeNames[o] }

// Bounds are a quantity with every open answer at its lowest and open gates unmet, and the other way round. They are equal where
// nothing that matters is open.
type Bounds struct {
	Worst, Best fraction.Fraction
}

// Result is the decision about one stage with everything that led to it.
type Result struct {
	Sheet  *response.Sheet
	Target *rubric.Stage

	Verdict    Verdict
	Points     Bounds            // earned over all criteria
	Possible   fraction.Fraction // points that the applicable criteria can earn
	Areas      []AreaResult      // areas that the stage asks something of, in rubric order
	Criteria   []CriterionResult // in rubric order
	Gates      []GateResult      // in the stage's order
	Conditions []Condition       // fit, areas, criteria, hard gates; all must hold
	Deciding   *Condition        // the condition with the smallest margin among those that make the verdict; nil where the guard does or nothing is asked
	FitOutcome Outcome           // none where nothing can be earned
	Depends    []Question        // of an undetermined verdict: open questions that can still move an open condition or the guard, in the order of asking
}

// Fit returns the share of points earned, 0 … 1. It is 1 where nothing can be earned: what asks nothing is met.
func (r *Result) Fit() Bounds { return share(r.Points, r.Possible) }

// NotAssessed reports whether too much is not applicable to state that somebody is ready.
func (r *Result) NotAssessed() bool {
	for i := range r.Areas {
		if r.Areas[i].NotAssessed {
			return true
		}
	}
	for i := range r.Criteria {
		if r.Criteria[i].NotAssessed() {
			return true
		}
	}
	return false
}

// AreaResult is the part of a Result that lies within one area.
type AreaResult struct {
	Area        *rubric.Area
	Points      Bounds
	Possible    fraction.Fraction
	Assessed    fraction.Fraction // share of the criteria's weight that is applicable, 0 … 1
	NotAssessed bool              // Assessed is under the rule's minimum
	Outcome     Outcome           // of the area's floor; none where nothing is applicable

	leastAssessed fraction.Fraction // Assessed if every open item that allows it turned out not applicable
	weight        fraction.Fraction // of all criteria
}

// Fit returns the area's share of points earned, 0 … 1; 1 where nothing can be earned.
func (a *AreaResult) Fit() Bounds { return share(a.Points, a.Possible) }

func share(points Bounds, possible fraction.Fraction) Bounds {
	if possible.Sign() == 0 {
		return Bounds{fraction.Int(1), fraction.Int(1)}
	}
	if points.Worst.Equal(points.Best) {
		s := points.Worst.Div(possible)
		return Bounds{s, s}
	}
	return Bounds{points.Worst.Div(possible), points.Best.Div(possible)}
}

// CriterionResult is a criterion with what the sheet says about it.
type CriterionResult struct {
	*rubric.Criterion
	Applicable bool   // some item of the competency is applicable
	Open       int    // items without an answer
	Score      Bounds // mean level over the applicable items; meaningless where none is
	Points     Bounds
	Outcome    Outcome // of the floor; none where nothing is applicable
	area       int     // index into Result.Areas
}

// NotAssessed reports whether this is a must-have of which nothing is applicable.
func (c *CriterionResult) NotAssessed() bool { return c.Must && !c.Applicable }

// GateResult is a gate with what the sheet says about it.
type GateResult struct {
	*rubric.Gate
	Hard    bool
	Outcome Outcome
	Answer  response.GateAnswer
	Lack    response.Lack // why a "yes" does not count
}

// ConditionKind says what a Condition is about. The zero value is none.
type ConditionKind int

// The kinds of conditions, in the order in which a Result lists them.
const (
	FitCondition ConditionKind = iota + 1
	AreaCondition
	CriterionCondition
	GateCondition
)

var kindNames = [...]string{"", "fit", "area", "criterion", "gate"}

// String returns the name used in machine output.
func (k ConditionKind) String() string { return kindNames[k] }

// Condition is one of the things that must all hold.
type Condition struct {
	Kind      ConditionKind
	Area      *AreaResult      // of an AreaCondition
	Criterion *CriterionResult // of a CriterionCondition
	Gate      *GateResult      // of a GateCondition
	Held      Bounds           // share of points, or mean level; 0 or 1 for a gate
	Need      fraction.Fraction
	Margin    Bounds // Held − Need as a share of the whole range, so that conditions of different kinds compare; a missing gate is −1, a met one 1
	Outcome   Outcome
}
