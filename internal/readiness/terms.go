package readiness

import (
	"slices"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Terms are the numbers that a criterion's score and points are made of, so that anybody can add them up again:
//
//	score  = Sum / Weight
//	counts = what of the score lies between From and the required level: score − From, at least 0 and at most the span
//	points = the criterion's weight × counts
//
// Each holds for both bounds. Where nothing is applicable there is no score, and Sum, Counts and Weight are 0.
type Terms struct {
	Items     []Term // of the competency, in rubric order
	Sum       Bounds // of what the items add
	Weight    int    // of the applicable items
	AllWeight int    // of all items
	From      fraction.Fraction
	Counts    Bounds
	Lowest    *Lowest // nil where no item is not applicable
}

// Term is what one item adds to a competency: its weight times the level.
type Term struct {
	Item   *rubric.Item
	Answer response.Answer
	Adds   Bounds             // 0 where the item is not applicable
	Moves  fraction.Fraction  // levels of the score for one level of the item; 0 where it is not applicable
	More   *fraction.Fraction // points that one level more would bring, open answers at their lowest; nil where there is none, or no level
	Less   *fraction.Fraction // points that one level less would cost, likewise
}

// Lowest is what a criterion would be if every "not applicable" were the lowest level.
type Lowest struct {
	Score, Points Bounds
}

// Terms breaks a criterion of the Result down to the answers.
func (r *Result) Terms(c *CriterionResult) Terms {
	sums := tallyOf(r.Sheet, c.Competency)
	t := Terms{Weight: sums.applicable, AllWeight: sums.all, From: c.Level.Sub(c.Span)}
	for _, item := range c.Competency.Items {
		t.Items = append(t.Items, r.term(c, sums, item))
	}
	if c.Applicable {
		weight := fraction.Int(t.Weight)
		t.Sum = both(c.Score, func(score fraction.Fraction) fraction.Fraction { return score.Mul(weight) })
		t.Counts = both(c.Score, c.Earned)
	}
	if sums.applicable < sums.all {
		t.Lowest = c.lowest(sums)
	}
	return t
}

func (r *Result) term(c *CriterionResult, sums tally, item *rubric.Item) Term {
	term := Term{Item: item, Answer: r.Sheet.Answers[item.Index]}
	if !term.Answer.IsNotApplicable() {
		term.Moves = fraction.Of(int64(item.Weight), int64(sums.applicable))
	}
	level, ok := term.Answer.Level()
	switch {
	case ok:
		adds := fraction.Int(item.Weight * level)
		term.Adds = Bounds{adds, adds}
		if level < sums.hi {
			more := c.pointsWith(sums, item.Weight).Sub(c.Points.Worst)
			term.More = &more
		}
		if level > sums.lo {
			less := c.Points.Worst.Sub(c.pointsWith(sums, -item.Weight))
			term.Less = &less
		}
	case term.Answer.IsOpen():
		term.Adds = Bounds{fraction.Int(item.Weight * sums.lo), fraction.Int(item.Weight * sums.hi)}
	}
	return term
}

// pointsWith are the points, open answers at their lowest, with so much more of weight × level.
func (c *CriterionResult) pointsWith(sums tally, more int) fraction.Fraction {
	sums.answered += more
	return c.Earned(sums.score().Worst).Mul(fraction.Int(c.Weight))
}

func (c *CriterionResult) lowest(sums tally) *Lowest {
	sums.answered += (sums.all - sums.applicable) * sums.lo
	sums.applicable = sums.all
	score := sums.score()
	return &Lowest{score, both(score, func(s fraction.Fraction) fraction.Fraction { return c.Earned(s).Mul(fraction.Int(c.Weight)) })}
}

// Ranked are the conditions in the order in which they decide: those that fail, then open ones, then those that hold; of each the one with least to
// spare first, and of equals that which comes first in Conditions. The first is Deciding, wherever there is one.
func (r *Result) Ranked() []*Condition {
	ranked := make([]*Condition, len(r.Conditions))
	for i := range r.Conditions {
		ranked[i] = &r.Conditions[i]
	}
	slices.SortStableFunc(ranked, func(a, b *Condition) int {
		if a.Outcome != b.Outcome {
			return int(a.Outcome) - int(b.Outcome)
		}
		return a.telling().Cmp(b.telling())
	})
	return ranked
}
