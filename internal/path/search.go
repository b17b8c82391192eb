package path

import (
	"cmp"
	"math"
	"slices"
	"sort"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
)

// search looks for shortest ways. What an area's conditions need is settled within the area, and all that the areas must do for one another is to
// earn the points of the overall cut. So every part, from an item over a competency and an area to the whole, is a short list of the choices
// that are worth considering: for each gain the lowest cost. Joining the lists is exact and needs no luck; prices keep them short.
type search struct {
	*readiness.Result
	wishes   Wishes
	bare     bool                // steps alone count: hours break no ties
	dearest  int                 // hours of the dearest raise of the rubric; stands for hours that are not stated
	unit     fraction.Fraction   // points are counted in parts of which a point has so many, to make them whole numbers
	need     fraction.Fraction   // gain that the overall cut needs
	areaNeed []fraction.Fraction // gain that the area's floor needs, by index of Result.Areas
	criteria [][]front           // of the areas' criteria
	areas    []front             // by index of Result.Areas
	rest     []front             // of the areas from this one on
	spare    cost                // see shape
}

func newSearch(r *readiness.Result, w Wishes, bare bool) *search {
	s := &search{Result: r, wishes: w, bare: bare, dearest: dearest(r.Sheet.Rubric), spare: -1}
	s.unit = s.commonUnit()
	missing := r.Sheet.Rubric.Rule.ReadyAt.At.Mul(r.Possible).Sub(r.Points.Worst)
	s.need = fraction.Max(missing, fraction.Fraction{}).Mul(s.unit)
	s.criteria = make([][]front, len(r.Areas))
	for i := range r.Areas {
		a := &r.Areas[i]
		s.areaNeed = append(s.areaNeed, a.Area.Floor.At.Mul(a.Possible).Sub(a.Points.Worst).Mul(s.unit))
		for j := range s.Criteria {
			if c := &s.Criteria[j]; c.Competency.Area == a.Area && c.Applicable {
				s.criteria[i] = append(s.criteria[i], s.criterionFront(c, s.within(a)))
			}
		}
	}
	return s
}

// join makes the fronts of the areas and of what is left after each, without choices that lose more than spare. It reports whether they stayed
// within most choices.
func (s *search) join(spare cost, p *prices, most int) bool {
	s.spare = spare
	s.areas = make([]front, len(s.Areas))
	for i := range s.Areas {
		var ok bool
		if s.areas[i], ok = s.areaFront(i, p, most); !ok {
			return false
		}
	}
	s.rest = make([]front, len(s.Areas)+1)
	s.rest[len(s.Areas)] = nothing()
	for i := len(s.Areas) - 1; i >= 0; i-- {
		s.rest[i] = s.plain().join(s.areas[i], s.rest[i+1], &s.need)
		if len(s.rest[i]) > most {
			return false
		}
	}
	return true
}

func (s *search) plain() shape { return shape{by: s.wishes.By, most: -1, spare: s.spare} }

// within is the shape of what an area is made of.
func (s *search) within(a *readiness.AreaResult) shape {
	return shape{s.wishes.By, s.limit(a), s.wishes.keeps(Place{Area: a.Area}), s.spare}
}

// dearest is at least 1, so that without any hours in the rubric the least effort is the fewest steps.
func dearest(r *rubric.Rubric) int { return max(1, DearestRaise(r)) }

// DearestRaise is the most hours that the rubric states for a raise by one level, or 0 where it states none. They stand for hours that are not stated.
func DearestRaise(r *rubric.Rubric) int {
	most := 0
	for _, c := range r.Competencies {
		for _, g := range c.Grow {
			most = max(most, c.HoursTo(g.Level))
		}
	}
	return most
}

// raiseCost is that of one raise. Hours that the rubric does not state are not free: they count as its dearest raise.
func (s *search) raiseCost(c *rubric.Competency, to int) cost {
	hours := c.HoursTo(to)
	switch {
	case s.bare:
		hours = 0
	case hours == 0:
		hours = s.dearest
	}
	return s.wishes.By.cost(1, hours)
}

// commonUnit is the common denominator of all points, or 1 where that is too large a number: fractions are slower to add and no less exact.
func (s *search) commonUnit() fraction.Fraction {
	unit := int64(1)
	for i := range s.Criteria {
		c := &s.Criteria[i]
		if !c.Applicable {
			continue
		}
		for _, f := range []fraction.Fraction{c.Level, c.Span, fraction.Of(1, int64(s.weight(c.Competency)))} {
			_, den, fits := f.Parts()
			if unit = lcm(unit, den); !fits || unit > 1<<40 {
				return fraction.Int(1)
			}
		}
	}
	return fraction.Of(unit, 1)
}

func lcm(a, b int64) int64 {
	x, y := a, b
	for y != 0 {
		x, y = y, x%y
	}
	return a / x * b
}

// weight is that of the applicable items.
func (s *search) weight(c *rubric.Competency) int {
	weight := 0
	for _, item := range c.Items {
		if !s.Sheet.Answers[item.Index].IsNotApplicable() {
			weight += item.Weight
		}
	}
	return weight
}

// areaFront lists the choices that meet the area's floor and those of its criteria. It is empty where there are none. It reports whether it stayed within
// most choices.
func (s *search) areaFront(area int, p *prices, most int) (front, bool) {
	within := s.within(&s.Areas[area])
	all := nothing()
	for _, f := range s.criteria[area] {
		if all = within.join(all, f, nil); len(all) > most {
			return nil, false
		}
	}
	all = all.only(func(x *state) bool { return x.gain.Cmp(s.areaNeed[area]) >= 0 && (!within.touch || x.cost > 0) })
	for i := range all {
		all[i].idle += p.surplus(area, all[i].gain.Sub(s.areaNeed[area]))
	}
	return all.reduce(s.plain()), true
}

// limit is that of the raises within an area, −1 for none.
func (s *search) limit(a *readiness.AreaResult) int {
	if s.wishes.AtMost == 0 {
		return -1
	}
	return min(s.wishes.AtMost, s.room(a.Area))
}

// criterionFront lists the choices that bring the competency to its floor, with the points they gain.
func (s *search) criterionFront(c *readiness.CriterionResult, within shape) front {
	keep := s.wishes.keeps(Place{Competency: c.Competency})
	within.touch = within.touch || keep
	weight := fraction.Int(s.weight(c.Competency))
	required := c.Level.Mul(weight)
	total := c.Score.Worst.Mul(weight)
	enough := fraction.Max(required.Sub(total), fraction.Fraction{})
	all := nothing()
	for _, item := range c.Competency.Items {
		if !s.Sheet.Answers[item.Index].IsNotApplicable() {
			all = within.join(all, s.itemFront(item), &enough)
		}
	}
	floor := c.Floor.Mul(weight).Sub(total)
	all = all.only(func(x *state) bool { return x.gain.Cmp(floor) >= 0 && (!keep || x.cost > 0) })
	for i := range all {
		score := total.Add(all[i].gain).Div(weight)
		points := c.Earned(score).Mul(fraction.Int(c.Weight))
		all[i].gain = points.Sub(c.Points.Worst).Mul(s.unit)
	}
	return all.reduce(within)
}

// itemFront lists how far an item can be raised, with its weight times the levels as gain.
func (s *search) itemFront(item *rubric.Item) front {
	c := item.Competency
	level := levelOf(s.Sheet, item)
	all := nothing()
	if !s.wishes.rulesOut(item) {
		for to := level + 1; to <= c.Scale.Hi(); to++ {
			last := all[len(all)-1]
			all = append(all, state{gain: fraction.Int(item.Weight * (to - level)), cost: last.cost + s.raiseCost(c, to), item: item, by: to - level})
		}
	}
	if s.wishes.keeps(Place{Item: item}) {
		return all[1:]
	}
	return all
}

func (f front) only(keep func(*state) bool) front {
	var left front
	for i := range f {
		if keep(&f[i]) {
			left = append(left, f[i])
		}
	}
	return left
}

// shortest returns the cheapest choice over all areas with the search that found it. There is none where a gate is ruled out, where a step should be
// kept and cannot be, or where no choice meets all conditions and wishes.
func shortest(r *readiness.Result, w Wishes) (*search, *state) {
	s, fewest := fewestSteps(r, w)
	if fewest == nil {
		return s, nil
	}
	most := math.MaxInt
	if w.By == Steps {
		most = mostChoices
	}
	priced := newSearch(r, w, false)
	if best := priced.cheapest(most); best != nil {
		return priced, best
	}
	return s, fewest
}

// fewestSteps looks at steps alone. That is quick whatever the rubric is like, as there are few numbers of steps; and there is a path of any kind where
// there is one of fewest steps.
func fewestSteps(r *readiness.Result, w Wishes) (*search, *state) {
	w.By = Steps
	s := newSearch(r, w, true)
	if !s.gatesAllowed() || slices.ContainsFunc(w.Keep, func(p Place) bool { return !s.canKeep(p) }) {
		return s, nil
	}
	s.join(-1, nil, math.MaxInt)
	return s, s.rest[0].first(s.need)
}

// mostChoices is how long a front may grow for the sake of breaking ties between equally many steps by hours.
const mostChoices = 5000

// cheapest looks among the choices that lose little against the lower bound, and for more loss until the best that was found cannot be beaten by
// what was left out. It gives up, with nil, where that takes more than most choices.
func (s *search) cheapest(most int) *state {
	p := s.newPrices()
	for spare := p.least; ; {
		if !s.join(spare, p, most) {
			return nil
		}
		best := s.rest[0].first(s.need)
		switch {
		case best == nil:
			spare *= 4
		case s.wishes.By.asShort(best.cost)-p.bound > spare:
			spare = s.wishes.By.asShort(best.cost) - p.bound
		default:
			return best
		}
	}
}

// others returns further choices that are as short, each of which spreads its raises over the areas in another way. They come in the order of how near
// they are to the best one in the first area, then in the second, and so on; of equally near ones fewer raises first.
func (s *search) others(best *state) []*state {
	if s.wishes.Alternatives == 0 {
		return nil
	}
	limit := s.wishes.By.asShort(best.cost)
	known := s.spread(best)
	var found []*state
	var visit func(area int, before front, spread []int)
	visit = func(area int, before front, spread []int) {
		if len(found) == s.wishes.Alternatives {
			return
		}
		if area == len(s.areas) {
			if !slices.Equal(spread, known) {
				found = append(found, before.first(s.need))
			}
			return
		}
		for _, raises := range s.counts(area, known[area]) {
			part := s.areas[area].only(func(x *state) bool { return s.wishes.By.steps(x.cost) == raises })
			with := s.plain().join(before, part, &s.need)
			if s.leads(with, s.rest[area+1], limit) {
				visit(area+1, with, append(spread[:area:area], raises))
			}
		}
	}
	visit(0, nothing(), nil)
	return found
}

// leads reports whether some choice can be completed by one from the areas that are left.
func (s *search) leads(before, rest front, limit cost) bool {
	for i := range before {
		affordable := sort.Search(len(rest), func(n int) bool { return before[i].cost+rest[n].cost > limit })
		if affordable > 0 && before[i].gain.Add(rest[affordable-1].gain).Cmp(s.need) >= 0 {
			return true
		}
	}
	return false
}

// counts are the numbers of raises of an area's choices, those nearest to a known one first.
func (s *search) counts(area, known int) []int {
	var counts []int
	for i := range s.areas[area] {
		counts = append(counts, s.wishes.By.steps(s.areas[area][i].cost))
	}
	slices.SortFunc(counts, func(a, b int) int {
		return cmp.Or(cmp.Compare(max(a-known, known-a), max(b-known, known-b)), cmp.Compare(a, b))
	})
	return slices.Compact(counts)
}

// spread counts the raises of a choice by area.
func (s *search) spread(x *state) []int {
	raises := make([]int, len(s.areas))
	x.each(func(item *rubric.Item, by int) {
		for i := range s.Areas {
			if s.Areas[i].Area == item.Competency.Area {
				raises[i] += by
			}
		}
	})
	return raises
}
