package readiness

import (
	"slices"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Change is one step: an item moved by one level, or a gate met or withdrawn (Item is nil then).
type Change struct {
	Item     *rubric.Item
	From, To int
	Gate     *rubric.Gate
}

// Flip is the fewest changes that reverse a verdict. Both lists are empty where no change can, as when too much is not applicable.
type Flip struct {
	Changes []Change // answers or gates
	Answers []Change // answers alone, gates as they are; longer than Changes where withdrawing a gate is the shorter way down
}

// Borderline reports whether one answer, moved by one level, reverses the verdict. Gates are left out of this: they are dated facts, which no
// rater misses by a level.
func (f Flip) Borderline() bool { return len(f.Answers) == 1 }

// Flips are the fewest changes counted from both bounds of a sheet; they are the same where nothing is open.
type Flips struct {
	Worst, Best Flip
}

// StepsToFlip finds the fewest one-level changes of answers and gates that reverse the verdict: from the completion with everything open at its
// lowest, and from the one with everything at its highest.
func StepsToFlip(r *Result) Flips {
	if r.NotAssessed() {
		return Flips{}
	}
	worst := completion{r, false}
	flips := Flips{Worst: worst.flip()}
	if r.anythingOpen() {
		flips.Best = completion{r, true}.flip()
	} else {
		flips.Best = flips.Worst
	}
	return flips
}

func (r *Result) anythingOpen() bool {
	return slices.ContainsFunc(r.Criteria, func(c CriterionResult) bool { return c.Open > 0 }) ||
		slices.ContainsFunc(r.Gates, func(g GateResult) bool { return g.Hard && g.Outcome == Open })
}

// completion is a Result with every open answer at its lowest, or everything at its best.
type completion struct {
	*Result
	best bool
}

func (c completion) of(b Bounds) fraction.Fraction {
	if c.best {
		return b.Best
	}
	return b.Worst
}

func (c completion) flip() Flip {
	if c.isReady() {
		return c.down()
	}
	return c.up()
}

func (c completion) isReady() bool {
	return !slices.ContainsFunc(c.Conditions, func(condition Condition) bool { return c.of(condition.Margin).Sign() < 0 })
}

// staircase is one competency as steps: its applicable items with their present levels, heaviest first. Moving the heaviest item that has room changes the score
// most, so k moves in this order are the best k moves there are.
type staircase struct {
	*CriterionResult
	items  []*rubric.Item
	levels []int
	total  int // weight × level over the items
	weight int // of the items
}

func (c completion) staircaseOf(criterion *CriterionResult) staircase {
	l := staircase{CriterionResult: criterion}
	scale := criterion.Competency.Scale
	for _, item := range criterion.Competency.Items {
		answer := c.Sheet.Answers[item.Index]
		if answer.IsNotApplicable() {
			continue
		}
		level, ok := answer.Level()
		if !ok && c.best {
			level = scale.Hi()
		} else if !ok {
			level = scale.Lo()
		}
		l.items = append(l.items, item)
		l.levels = append(l.levels, level)
		l.total += item.Weight * level
		l.weight += item.Weight
	}
	return l
}

func (l *staircase) score() fraction.Fraction { return fraction.Of(int64(l.total), int64(l.weight)) }

func (l *staircase) points() fraction.Fraction {
	return l.Earned(l.score()).Mul(fraction.Int(l.CriterionResult.Weight))
}

// next is the index of the item to move by one level, or −1 when none has room. Of equal weights the one that is less effort to move goes first, then
// rubric order; going down, where effort means nothing, rubric order alone.
func (l *staircase) next(by int) int {
	scale := l.Competency.Scale
	best := -1
	for i, item := range l.items {
		if to := l.levels[i] + by; to < scale.Lo() || to > scale.Hi() {
			continue
		}
		if best < 0 || item.Weight > l.items[best].Weight ||
			item.Weight == l.items[best].Weight && by > 0 && l.hours(i) < l.hours(best) {
			best = i
		}
	}
	return best
}

// hours is the effort of raising an item by one level.
func (l *staircase) hours(i int) int { return l.Competency.HoursTo(l.levels[i] + 1) }

func (l *staircase) move(i, by int) Change {
	change := Change{Item: l.items[i], From: l.levels[i], To: l.levels[i] + by}
	l.levels[i] += by
	l.total += l.items[i].Weight * by
	return change
}

func (l staircase) clone() staircase {
	l.levels = slices.Clone(l.levels)
	return l
}
