package lint

import (
	"cmp"
	"slices"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/rubric"
)

// reach is what a sheet comes to on one criterion or on several together: the points that can be earned there, less what is not applicable, and how many of
// them are not earned. Every condition about points is a comparison of the two.
type reach struct{ possible, short fraction.Fraction }

// reachOf is what a score comes to on a criterion.
func reachOf(c *rubric.Criterion, score fraction.Fraction) reach {
	return reach{c.Possible(), fraction.Int(c.Weight).Mul(c.Span.Sub(c.Earned(score)))}
}

// full is all of the points of some criteria, with nothing short.
func full(criteria []*rubric.Criterion) reach {
	var all reach
	for _, c := range criteria {
		all.possible = all.possible.Add(c.Possible())
	}
	return all
}

func (x reach) plus(y reach) reach { return reach{x.possible.Add(y.possible), x.short.Add(y.short)} }

// meets reports whether the share that is earned is at least a cut. Where nothing can be earned, there is no such condition.
func (x reach) meets(cut fraction.Fraction) bool { return x.over(cut).Sign() <= 0 }

// over is by how many points more is missing than the cut allows; 0 or less where it is met.
func (x reach) over(cut fraction.Fraction) fraction.Fraction {
	return x.short.Sub(fraction.Int(1).Sub(cut).Mul(x.possible))
}

func compare(x, y reach) int { return cmp.Or(x.possible.Cmp(y.possible), x.short.Cmp(y.short)) }

// Beyond these sizes a question is left undecided, and nothing is claimed.
const (
	mostOptional = 20      // items of a competency that may be "not applicable"
	mostScoring  = 1000000 // steps to list the scores of a competency
	mostReaches  = 4000    // different results of several criteria together
	mostTries    = 2000000 // comparisons for one criterion
)

// reaches are the different results that sheets can have, in order.
type reaches []reach

// reachesOf lists what a criterion can come to while its floor holds: by its items' weights and levels, with every choice of items that are not
// applicable. It reports false where there are too many to look at.
func (l *linter) reachesOf(c *rubric.Criterion) (reaches, bool) {
	scores := l.scores[c.Competency.Index]
	var all reaches
	for _, score := range scores {
		if score.Cmp(c.Floor) >= 0 {
			all = append(all, reachOf(c, score))
		}
	}
	if canBeLeftOut(c.Competency) {
		all = append(all, reach{})
	}
	return all.unique(), len(scores) > 0
}

// canBeLeftOut reports whether every item of a competency may be answered "not applicable".
func canBeLeftOut(c *rubric.Competency) bool {
	return !slices.ContainsFunc(c.Items, func(i *rubric.Item) bool { return !i.NotApplicable })
}

// scoresOf lists the scores that a competency can have, ascending; none where there are too many to look at.
func scoresOf(c *rubric.Competency) []fraction.Fraction {
	var optional []int
	weight := 0
	for i, item := range c.Items {
		weight += item.Weight
		if item.NotApplicable {
			optional = append(optional, i)
		}
	}
	if len(optional) > mostOptional || weight*(c.Scale.Hi()-c.Scale.Lo())*len(c.Items)<<len(optional) > mostScoring {
		return nil
	}
	var scores []fraction.Fraction
	for mask := range 1 << len(optional) {
		left := slices.Clone(c.Items)
		for bit, i := range optional {
			if mask>>bit&1 == 1 {
				left[i] = nil
			}
		}
		scores = append(scores, means(slices.DeleteFunc(left, func(i *rubric.Item) bool { return i == nil }), c.Scale)...)
	}
	slices.SortFunc(scores, fraction.Fraction.Cmp)
	return slices.CompactFunc(scores, fraction.Fraction.Equal)
}

// means lists the weighted means that answers to these items can have.
func means(items []*rubric.Item, scale *rubric.Scale) []fraction.Fraction {
	weight := 0
	for _, item := range items {
		weight += item.Weight
	}
	if weight == 0 {
		return nil
	}
	reached := make([]bool, weight*(scale.Hi()-scale.Lo())+1) // by levels above the lowest, times weight
	reached[0] = true
	for _, item := range items {
		for sum := len(reached) - 1; sum >= 0; sum-- {
			for level := 1; level <= scale.Hi()-scale.Lo() && !reached[sum] && sum >= level*item.Weight; level++ {
				reached[sum] = reached[sum-level*item.Weight]
			}
		}
	}
	var all []fraction.Fraction
	for sum, ok := range reached {
		if ok {
			all = append(all, fraction.Of(int64(sum), int64(weight)).Add(fraction.Int(scale.Lo())))
		}
	}
	return all
}

func (rs reaches) unique() reaches {
	slices.SortFunc(rs, compare)
	return slices.CompactFunc(rs, func(x, y reach) bool { return compare(x, y) == 0 })
}

// and lists what two independent groups of criteria can come to together.
func (rs reaches) and(others reaches) (reaches, bool) {
	if len(rs)*len(others) > 100*mostReaches {
		return nil, false
	}
	all := make(reaches, 0, len(rs)*len(others))
	for _, x := range rs {
		for _, y := range others {
			all = append(all, x.plus(y))
		}
	}
	all = all.unique()
	return all, len(all) <= mostReaches
}

// that keeps the results that meet a cut.
func (rs reaches) that(cut fraction.Fraction) reaches {
	return slices.DeleteFunc(slices.Clone(rs), func(x reach) bool { return !x.meets(cut) })
}

// together lists what criteria can come to while their floors hold.
func (l *linter) together(criteria []*rubric.Criterion) (reaches, bool) {
	all := reaches{{}}
	for _, c := range criteria {
		some, ok := l.reachesOf(c)
		if !ok {
			return nil, false
		}
		if all, ok = all.and(some); !ok {
			return nil, false
		}
	}
	return all, true
}
