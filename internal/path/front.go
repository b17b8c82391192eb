package path

import (
	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/rubric"
)

// cost is steps and hours in one number, so that comparing two of them compares what the measure asks for first and breaks ties by the other. Every
// step adds to it, and costs may be added up: a rubric has far fewer steps and hours than there is room for.
type cost int64

// Bits of what comes second: hours behind steps, steps behind hours.
const (
	hourBits = 40
	stepBits = 20
)

func (m Measure) cost(steps, hours int) cost {
	if m == Effort {
		return cost(hours)<<stepBits | cost(steps)
	}
	return cost(steps)<<hourBits | cost(hours)
}

func (m Measure) steps(c cost) int {
	if m == Effort {
		return int(c & (1<<stepBits - 1))
	}
	return int(c >> hourBits)
}

// asShort is the highest cost that is still as short as c. Of the fewest steps, the hours may differ. Of the fewest hours, the steps may not: the longer
// way would hold a step that is not needed.
func (m Measure) asShort(c cost) cost {
	if m == Effort {
		return c
	}
	return c | (1<<hourBits - 1)
}

// state is a choice of raises within some part of the target: one item, or two parts together.
type state struct {
	gain fraction.Fraction
	cost cost
	idle cost         // what is known to be lost against the lower bound, see prices
	a, b *state       // the parts; nil for an item, and for no raise at all
	item *rubric.Item // nil for parts
	by   int          // levels to raise the item by
}

// each calls f for every item that is raised.
func (s *state) each(f func(item *rubric.Item, by int)) {
	switch {
	case s.a != nil:
		s.a.each(f)
		s.b.each(f)
	case s.by > 0:
		f(s.item, s.by)
	}
}

// front is every choice within a part that can belong to a shortest path, by ascending cost. Where no wish needs more, gains ascend as well: what costs
// more and gains no more is left out. Of equals the first found stays.
type front []state

// nothing is the front of a part without items.
func nothing() front { return front{{}} }

// shape says what a front must keep besides, for wishes that look at more than gain and cost.
type shape struct {
	by    Measure
	most  int  // raises within an area, −1 for no limit: a dearer choice of fewer raises is kept, and none of more than these
	touch bool // a step is wanted: no raise at all is kept, but makes no other choice needless
	spare cost // choices that are known to lose more are left out; −1 for no limit
}

// join combines every choice of one part with every choice of the other. No gain counts beyond enough, which may be nil.
func (s shape) join(f, g front, enough *fraction.Fraction) front {
	var all, old front
	for i := range g {
		if s.spare < 0 || g[i].idle <= s.spare {
			all, old = s.merge(old[:0], all, f, &g[i], enough), all
		}
	}
	return all
}

// merge adds to a front the choices of f, each together with y. The result is appended to merged.
func (s shape) merge(merged, old, f front, y *state, enough *fraction.Fraction) front {
	needless := s.newFilter()
	i := 0
	for j := range f {
		idle := f[j].idle + y.idle
		if s.spare >= 0 && idle > s.spare {
			continue
		}
		next := state{gain: f[j].gain.Add(y.gain), cost: f[j].cost + y.cost, idle: idle, a: &f[j], b: y}
		if enough != nil {
			next.gain = fraction.Min(next.gain, *enough)
		}
		for ; i < len(old) && old[i].before(&next); i++ {
			if needless.keeps(&old[i]) {
				merged = append(merged, old[i])
			}
		}
		if needless.keeps(&next) {
			merged = append(merged, next)
		}
	}
	for ; i < len(old); i++ {
		if needless.keeps(&old[i]) {
			merged = append(merged, old[i])
		}
	}
	return merged
}

// before sorts what makes the other needless first.
func (s *state) before(other *state) bool {
	if s.cost != other.cost {
		return s.cost < other.cost
	}
	return s.gain.Cmp(other.gain) >= 0
}

// filter passes states in the order of before and remembers the highest gain so far, for each number of raises where these are limited.
type filter struct {
	shape
	seen []bool
	best []fraction.Fraction // by raises: the highest gain with so many or fewer
}

func (s shape) newFilter() filter {
	n := max(s.most, 0) + 1
	return filter{s, make([]bool, n), make([]fraction.Fraction, n)}
}

func (f *filter) keeps(s *state) bool {
	raises := 0
	if f.most >= 0 {
		raises = f.by.steps(s.cost)
	}
	switch {
	case raises >= len(f.best):
		return false
	case f.touch && s.cost == 0:
		return true
	case f.seen[raises] && s.gain.Cmp(f.best[raises]) <= 0:
		return false
	}
	for n := raises; n < len(f.best) && (!f.seen[n] || s.gain.Cmp(f.best[n]) > 0); n++ {
		f.seen[n], f.best[n] = true, s.gain
	}
	return true
}

// reduce drops what a plainer shape need not keep.
func (f front) reduce(s shape) front {
	var left front
	needless := s.newFilter()
	for i := range f {
		if needless.keeps(&f[i]) {
			left = append(left, f[i])
		}
	}
	return left
}

// first is the cheapest choice that gains enough, or nil.
func (f front) first(enough fraction.Fraction) *state {
	for i := range f {
		if f[i].gain.Cmp(enough) >= 0 {
			return &f[i]
		}
	}
	return nil
}
