// Package path leads from a result to action: what is missing, in the order in which mending it counts, and the shortest way to the target. [Gaps] lists
// what is missing, [Find] finds the way. The package is pure and decides nothing: what holds and what does not is said by package readiness.
package path

import (
	"slices"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Gap is a criterion whose required level is not reached, however the open questions turn out.
type Gap struct {
	*readiness.CriterionResult
	Brings fraction.Fraction // points that reaching the required level would add, at least
	Raise  *Raise            // nil where no item of the competency has an answer yet
}

// Raise is one item moved up by one level.
type Raise struct {
	Item     *rubric.Item
	From, To int
	Steps    []rubric.Step // how to get there; may be empty
}

// BelowFloor reports whether the gap alone is enough to hold the verdict back.
func (g Gap) BelowFloor() bool { return g.Outcome == readiness.Fails }

// Gaps returns the gaps of a result, those that would bring most points first; of equal ones those under their floor first, then rubric order.
func Gaps(r *readiness.Result) []Gap {
	var gaps []Gap
	for i := range r.Criteria {
		c := &r.Criteria[i]
		if c.Applicable && c.Score.Best.Cmp(c.Level) < 0 {
			gaps = append(gaps, Gap{c, c.Possible().Sub(c.Points.Best), nextRaise(r, c.Criterion)})
		}
	}
	slices.SortStableFunc(gaps, func(a, b Gap) int {
		if order := b.Brings.Cmp(a.Brings); order != 0 {
			return order
		}
		switch {
		case a.BelowFloor() == b.BelowFloor():
			return 0
		case a.BelowFloor():
			return -1
		}
		return 1
	})
	return gaps
}

// nextRaise is the answer to work on first, out of those that lie below the required level, as nobody asks for more: the heaviest item, as it moves
// the score most; of equal ones the one that is less effort.
func nextRaise(r *readiness.Result, criterion *rubric.Criterion) *Raise {
	c := criterion.Competency
	var best *Raise
	for _, item := range c.Items {
		level, ok := r.Sheet.Answers[item.Index].Level()
		if !ok || fraction.Int(level).Cmp(criterion.Level) >= 0 {
			continue
		}
		raise := &Raise{item, level, level + 1, c.StepsTo(level + 1)}
		if best == nil || item.Weight > best.Item.Weight ||
			item.Weight == best.Item.Weight && c.HoursTo(raise.To) < c.HoursTo(best.To) {
			best = raise
		}
	}
	return best
}
