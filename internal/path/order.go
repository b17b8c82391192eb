package path

import (
	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
)

// inOrder makes a route of a choice: gates first, as nothing replaces them; then the raises that bring each criterion to its floor, in rubric order;
// then those that bring each area to its floor; then the rest. Within each of these what brings most points goes first, of equals what is less effort, then
// rubric order.
func (s *search) inOrder(choice *state) Route {
	w := s.newWalk(choice)
	for _, c := range failing(s.Result) {
		if c.Kind == readiness.GateCondition {
			w.meet(c)
		}
	}
	for i := range w.stands {
		for c := &w.stands[i]; c.score().Cmp(c.Floor) < 0; {
			w.raise(c)
		}
	}
	for i := range s.Areas {
		a := &s.Areas[i]
		inArea := func(c *stand) bool { return c.Competency.Area == a.Area }
		for w.areas[i].Cmp(a.Area.Floor.At.Mul(a.Possible)) < 0 {
			w.raise(w.best(inArea))
		}
	}
	anywhere := func(*stand) bool { return true }
	for c := w.best(anywhere); c != nil; c = w.best(anywhere) {
		w.raise(c)
	}
	return w.route
}

// walk takes the steps one by one and keeps count of where they lead.
type walk struct {
	*search
	stands []stand             // of the criteria that apply
	areas  []fraction.Fraction // points, by index of Result.Areas
	points fraction.Fraction
	unmet  []*readiness.Condition
	route  Route
}

// stand is where a competency stands, with the raises to come.
type stand struct {
	*readiness.CriterionResult
	area   int // index into Result.Areas
	items  []ahead
	weight int
	total  int // weight × level
}

// ahead is an item on its way from one level to another.
type ahead struct {
	*rubric.Item
	level, to int
}

func (s *search) newWalk(choice *state) *walk {
	to := make([]int, len(s.Sheet.Rubric.Items)) // levels to raise by, at first
	choice.each(func(item *rubric.Item, by int) { to[item.Index] = by })
	w := &walk{search: s, points: s.Points.Worst, unmet: failing(s.Result)}
	for i := range s.Areas {
		w.areas = append(w.areas, s.Areas[i].Points.Worst)
	}
	area := 0
	for i := range s.Criteria {
		c := &s.Criteria[i]
		for s.Areas[area].Area != c.Competency.Area {
			area++
		}
		if !c.Applicable {
			continue
		}
		st := stand{CriterionResult: c, area: area}
		for _, item := range c.Competency.Items {
			if s.Sheet.Answers[item.Index].IsNotApplicable() {
				continue
			}
			level := levelOf(s.Sheet, item)
			st.items = append(st.items, ahead{item, level, level + to[item.Index]})
			st.weight += item.Weight
			st.total += item.Weight * level
		}
		w.stands = append(w.stands, st)
	}
	return w
}

func (c *stand) score() fraction.Fraction { return fraction.Of(int64(c.total), int64(c.weight)) }

// pointsAt are the criterion's points with so much more of weight × level.
func (c *stand) pointsAt(more int) fraction.Fraction {
	return c.Earned(fraction.Of(int64(c.total+more), int64(c.weight))).Mul(fraction.Int(c.CriterionResult.Weight))
}

// next is the heaviest item that is still to rise, or nil: it brings most.
func (c *stand) next() *ahead {
	var best *ahead
	for i := range c.items {
		item := &c.items[i]
		if item.level < item.to && (best == nil || item.Weight > best.Weight ||
			item.Weight == best.Weight && c.Competency.HoursTo(item.level+1) < c.Competency.HoursTo(best.level+1)) {
			best = item
		}
	}
	return best
}

// best is the competency whose next raise brings most points, or nil where no raise is left.
func (w *walk) best(chosen func(*stand) bool) *stand {
	var best *stand
	var gain fraction.Fraction
	hours := 0
	for i := range w.stands {
		c := &w.stands[i]
		item := c.next()
		if item == nil || !chosen(c) {
			continue
		}
		g, h := c.pointsAt(item.Weight).Sub(c.pointsAt(0)), c.Competency.HoursTo(item.level+1)
		if order := g.Cmp(gain); best == nil || order > 0 || order == 0 && h < hours {
			best, gain, hours = c, g, h
		}
	}
	return best
}

func (w *walk) meet(c *readiness.Condition) {
	w.take(Step{Gate: c.Gate, Open: c.Outcome == readiness.Open})
}

func (w *walk) raise(c *stand) {
	item := c.next()
	to := item.level + 1
	brings := c.pointsAt(item.Weight).Sub(c.pointsAt(0))
	step := Step{
		Raise:  &Raise{item.Item, item.level, to, c.Competency.StepsTo(to)},
		Open:   w.Sheet.Answers[item.Index].IsOpen(),
		Brings: brings,
		Hours:  c.Competency.HoursTo(to),
	}
	item.level = to
	c.total += item.Weight
	w.areas[c.area] = w.areas[c.area].Add(brings)
	w.points = w.points.Add(brings)
	w.route.Hours += step.Hours
	if step.Hours == 0 {
		w.route.Unknown++
	}
	w.take(step)
}

// take adds the step with what it clears.
func (w *walk) take(step Step) {
	left := w.unmet[:0:0]
	for _, c := range w.unmet {
		if w.holds(c, step) {
			step.Clears = append(step.Clears, c)
		} else {
			left = append(left, c)
		}
	}
	w.unmet = left
	w.route.Steps = append(w.route.Steps, step)
}

func (w *walk) holds(c *readiness.Condition, after Step) bool {
	switch c.Kind {
	case readiness.GateCondition:
		return after.Gate == c.Gate
	case readiness.FitCondition:
		return w.points.Cmp(c.Need.Mul(w.Possible)) >= 0
	case readiness.AreaCondition:
		for i := range w.Areas {
			if &w.Areas[i] == c.Area {
				return w.areas[i].Cmp(c.Need.Mul(c.Area.Possible)) >= 0
			}
		}
	case readiness.CriterionCondition:
		for i := range w.stands {
			if w.stands[i].CriterionResult == c.Criterion {
				return w.stands[i].score().Cmp(c.Need) >= 0
			}
		}
	}
	return false
}
