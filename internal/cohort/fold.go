package cohort

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
)

// competencyTally is what answers to one competency count for, of the people with one target.
type competencyTally struct {
	spread  CompetencySpread
	raises  []int // by level from the lowest: people with a gap whose next raise leads there
	holders []int // by stage: people at the level that it asks, whatever open questions turn out to be
}

func newCompetencyTallies(r *rubric.Rubric) []competencyTally {
	tallies := make([]competencyTally, len(r.Competencies))
	for i, c := range r.Competencies {
		levels := len(c.Scale.Levels)
		tallies[i] = competencyTally{CompetencySpread{Competency: c, Levels: make([]int, levels)}, make([]int, levels), make([]int, len(r.Stages))}
	}
	return tallies
}

// add counts n people who answered so and are measured against the target, which may be nil.
func (t *competencyTally) add(l *layout, answers []int8, target *rubric.Stage, n int) {
	s := l.sums(answers)
	if s.applicable == 0 {
		t.spread.NotApplicable += n
		return
	}
	worst, best := fraction.Of(l.worst(s), s.applicable), fraction.Of(l.best(s), s.applicable)
	if s.open > 0 {
		t.spread.Open += n
	} else {
		t.spread.Levels[int(worst.Floor())-l.lo] += n
	}
	for i := range t.holders {
		if c := l.asks[i]; c != nil && worst.Cmp(c.Level) >= 0 {
			t.holders[i] += n
		}
	}
	if target == nil || l.asks[target.Index] == nil {
		return
	}
	c := l.asks[target.Index]
	t.spread.Asked += n
	switch {
	case worst.Cmp(c.Level) >= 0:
		t.spread.Reaches += n
	case best.Cmp(c.Level) >= 0:
		t.spread.Undecided += n
	default:
		t.spread.Gap += n
		if best.Cmp(c.Floor) < 0 {
			t.spread.BelowFloor += n
		}
		if to, ok := l.nextRaise(answers, c); ok {
			t.raises[to-l.lo] += n
		}
	}
}

// nextRaise is the level that the answer to work on first is to be raised to, as path.Gaps chooses it: the heaviest of those below the required level; of
// equal ones the one that is less effort.
func (l *layout) nextRaise(answers []int8, c *rubric.Criterion) (to int, ok bool) {
	best := -1
	for i, answer := range answers {
		if answer == intake.Unanswered || answer == intake.NotApplicable || fraction.Int(int(answer)).Cmp(c.Level) >= 0 {
			continue
		}
		if best < 0 || l.weights[i] > l.weights[best] ||
			l.weights[i] == l.weights[best] && l.competency.HoursTo(int(answer)+1) < l.competency.HoursTo(int(answers[best])+1) {
			best = i
		}
	}
	if best < 0 {
		return 0, false
	}
	return int(answers[best]) + 1, true
}

func (t *competencyTally) join(other *competencyTally) {
	a, b := &t.spread, &other.spread
	addAll(a.Levels, b.Levels)
	a.Open += b.Open
	a.NotApplicable += b.NotApplicable
	a.Asked += b.Asked
	a.Reaches += b.Reaches
	a.Gap += b.Gap
	a.BelowFloor += b.BelowFloor
	a.Undecided += b.Undecided
	addAll(t.raises, other.raises)
	addAll(t.holders, other.holders)
}

func addAll(to, from []int) {
	for i, n := range from {
		to[i] += n
	}
}

// TooManyGroupsError is a field with more values than people can be grouped by.
type TooManyGroupsError struct{ Field string }

func (e *TooManyGroupsError) Error() string {
	return fmt.Sprintf("%q has more than %d different values", e.Field, mostValues)
}

// Summary adds up what all workers counted. It fails with a TooManyGroupsError. No worker may be at work.
func (s *Scorer) Summary() (*Summary, error) {
	sum := &Summary{Rubric: s.rubric, By: s.options.By, Filters: s.options.Filters, Target: s.options.Target}
	all := map[[mostDimensions]string]*Counts{}
	for _, w := range s.workers {
		if w.cells.full >= 0 {
			return nil, &TooManyGroupsError{s.by[w.cells.full].name}
		}
		w.cells.join(all)
	}
	sum.Cells = sortedCells(s.rubric, sum.By, all)
	sum.Total.Gaps = make([]int, len(s.layouts))
	for i := range sum.Cells {
		sum.Total.add(&sum.Cells[i].Counts)
	}
	for _, area := range s.rubric.Areas {
		sum.Areas = append(sum.Areas, AreaSpread{Area: area})
	}
	tallies := newCompetencyTallies(s.rubric)
	for slot := range 1 + len(s.targets) {
		s.addTarget(sum, tallies, slot)
	}
	for i := range tallies {
		sum.Competencies = append(sum.Competencies, tallies[i].spread)
		sum.addGaps(&tallies[i])
		s.addScarce(sum, &tallies[i])
	}
	slices.SortStableFunc(sum.Gaps, func(a, b Gap) int { return cmp.Or(b.People-a.People, b.BelowFloor-a.BelowFloor) })
	slices.SortStableFunc(sum.Growth, func(a, b Growth) int { return b.People - a.People })
	slices.SortStableFunc(sum.Scarce, func(a, b Scarce) int { return cmp.Or(a.Holders-b.Holders, b.Asked-a.Asked) })
	slices.SortFunc(sum.Deciding, func(a, b Deciding) int {
		return cmp.Or(b.NotReady-a.NotReady, b.Open-a.Open, b.Ready-a.Ready, int(a.Kind-b.Kind), a.place()-b.place())
	})
	return sum, nil
}

// addTarget adds the people who are measured against one stage, or against none in slot 0.
func (s *Scorer) addTarget(sum *Summary, tallies []competencyTally, slot int) {
	var stage *rubric.Stage
	if slot > 0 {
		stage = s.rubric.Stages[slot-1]
	}
	count := 0
	var answers []int8
	for _, w := range s.workers {
		t := &w.tally[slot]
		if t.people == 0 {
			continue
		}
		count += t.people
		for i := range s.layouts {
			l := &s.layouts[i]
			tallies[i].join(&t.large[i])
			for pattern := range l.size {
				if n := t.answered[l.base+pattern]; n > 0 {
					answers = l.answers(pattern, answers)
					tallies[i].add(l, answers, stage, int(n))
				}
			}
		}
		sum.Fit.join(&t.fit)
		for i := range t.areas {
			a, b := &sum.Areas[t.areas[i].Area.Index], &t.areas[i]
			a.Spread.join(&b.Spread)
			a.Holds += b.Holds
			a.Fails += b.Fails
			a.Undecided += b.Undecided
		}
		for i, d := range t.deciding {
			sum.addDeciding(s.targets[stage.Index].conditions[i], d)
		}
	}
	if stage != nil && count > 0 {
		sum.Targets = append(sum.Targets, TargetCount{stage, count})
	}
}

// addDeciding adds to the same condition of another target, if there is one.
func (s *Summary) addDeciding(c condition, d decided) {
	if d == (decided{}) {
		return
	}
	at := slices.IndexFunc(s.Deciding, func(known Deciding) bool {
		return known.Kind == c.kind && known.Area == c.area && known.Competency == c.competency && known.Gate == c.gate
	})
	if at < 0 {
		at = len(s.Deciding)
		s.Deciding = append(s.Deciding, Deciding{Kind: c.kind, Area: c.area, Competency: c.competency, Gate: c.gate})
	}
	s.Deciding[at].NotReady += d.notReady
	s.Deciding[at].Open += d.open
	s.Deciding[at].Ready += d.ready
}

// place is the index of what the condition is about.
func (d *Deciding) place() int {
	switch d.Kind {
	case readiness.AreaCondition:
		return d.Area.Index
	case readiness.CriterionCondition:
		return d.Competency.Index
	case readiness.GateCondition:
		return d.Gate.Index
	default:
		return 0
	}
}

func (s *Summary) addGaps(t *competencyTally) {
	c := t.spread.Competency
	if t.spread.Gap > 0 {
		s.Gaps = append(s.Gaps, Gap{c, t.spread.Gap, t.spread.BelowFloor})
	}
	for i, n := range t.raises {
		if level := c.Scale.Lo() + i; n > 0 {
			s.Growth = append(s.Growth, Growth{c, level, n, c.StepsTo(level)})
		}
	}
}

// addScarce finds the levels of the cohort's targets that few people hold.
func (s *Scorer) addScarce(sum *Summary, t *competencyTally) {
	for _, target := range sum.Targets {
		c := target.Stage.Criterion(t.spread.Competency)
		if c == nil || t.holders[target.Stage.Index] > MostHolders {
			continue
		}
		at := slices.IndexFunc(sum.Scarce, func(known Scarce) bool { return known.Competency == t.spread.Competency && known.Level.Equal(c.Level) })
		if at < 0 {
			at = len(sum.Scarce)
			sum.Scarce = append(sum.Scarce, Scarce{Competency: t.spread.Competency, Level: c.Level, Holders: t.holders[target.Stage.Index]})
		}
		sum.Scarce[at].Stages = append(sum.Scarce[at].Stages, target.Stage)
		sum.Scarce[at].Asked += target.People
	}
}
