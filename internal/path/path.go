package path

import (
	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/readiness"
)

// Measure is what a path is short in. The zero value is Steps.
type Measure int

// The measures. Each breaks the ties of the other.
const (
	Steps  Measure = iota // the fewest steps; of those the fewest hours, but in very large rubrics
	Effort                // the fewest hours; of those the fewest steps
)

var measureNames = [...]string{"steps", "effort"}

// String returns the name used on the command line and in machine output.
func (m Measure) String() string { return measureNames[m] }

// Wishes say what a path should be like. The zero value asks for the fewest steps and nothing else.
type Wishes struct {
	By           Measure
	Not          []Place // no step there
	Keep         []Place // at least one step in each
	AtMost       int     // raises within one area; 0 for no limit
	Alternatives int     // other routes of the same length to look for
}

// Path is the shortest way from a result to its target. Open answers count as the lowest level and open gates as not met, so that the path
// leads there whatever they turn out to be.
type Path struct {
	Result *readiness.Result
	Wishes Wishes

	Route          // the shortest; without a step where Ready or where something is in the way
	Ready  bool    // every condition holds already
	Others []Route // as short as Route, each with its steps spread over the areas in another way
	Blocks []Block // what is in the way; there is no path then
	Lift   []Place // of Wishes.Not: lifting any one of them alone leaves a path
}

// Route is steps in the order to take them: gates; then what brings criteria to their floors, areas to theirs, and fit to the overall cut.
type Route struct {
	Steps   []Step
	Hours   int // of the steps that state hours
	Unknown int // raises towards which the rubric states no hours
}

// Step is an item raised by one level, or a gate to meet.
type Step struct {
	Raise  *Raise                 // nil for a gate
	Gate   *readiness.GateResult  // nil for a raise
	Open   bool                   // the question is not answered yet: From is the lowest level, or the gate counts as not met
	Brings fraction.Fraction      // points, in this order; 0 for a gate
	Clears []*readiness.Condition // of the Result: they do not hold before this step and hold after it
	Hours  int                    // 0 for a gate, and where the rubric states none
}

// Block is one thing in the way. One field is set.
type Block struct {
	Guard     *Place               // area or must-have of which too much is not applicable
	Condition *readiness.Condition // of the Result: it cannot be met without a step that is ruled out
	Keep      *Place               // where a step should be kept and none is possible
	AtMost    int                  // the limit within an area is too small: this is the smallest that leaves a path
}

// Find returns the shortest path. Its length is exact: no way with fewer steps, or fewer hours, meets all conditions and the wishes.
func Find(r *readiness.Result, w Wishes) *Path {
	p := &Path{Result: r, Wishes: w}
	if r.NotAssessed() {
		p.Blocks = guards(r)
		return p
	}
	if p.Ready = len(failing(r)) == 0; p.Ready {
		return p
	}
	s, best := shortest(r, w)
	if best == nil {
		p.Blocks, p.Lift = s.blocks(), s.lift()
		return p
	}
	p.Route = s.inOrder(best)
	for _, other := range s.others(best) {
		p.Others = append(p.Others, s.inOrder(other))
	}
	return p
}

// failing lists the conditions that do not hold while everything open is at its lowest.
func failing(r *readiness.Result) []*readiness.Condition {
	var conditions []*readiness.Condition
	for i := range r.Conditions {
		if c := &r.Conditions[i]; c.Margin.Worst.Sign() < 0 {
			conditions = append(conditions, c)
		}
	}
	return conditions
}
