package lint

import (
	"slices"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/rubric"
)

// idle looks for what can never change a verdict: for every sheet, whatever its answers, gaps and "not applicable", the verdict is the same without it.
//
// All conditions must hold, so one is idle when the others imply it. Whether they do is decided exactly. A verdict over open answers rests on the worst and
// the best completion, so it is enough to look at complete sheets; and of those, at the one that meets everything else most easily while it breaks the
// condition in question. "Not applicable" elsewhere only makes the rest harder to meet: what is missing then weighs more. Two places have no rule because
// nothing could be found: a hard gate can always change a verdict (everything else at its highest, the gate not met), a should-gate never does and is not
// meant to. Floors that the rule gives are not looked at one by one, since nobody wrote them. Each condition is looked at by itself: of two that imply
// each other both are named, and to change one of them is enough.
//
// Nothing is claimed where there are too many combinations to look at, or where "not applicable" could leave too much of an area unassessed because
// of the criterion itself.
func (l *linter) idle() {
	for _, c := range l.Competencies {
		l.scores = append(l.scores, scoresOf(c))
	}
	for _, stage := range l.Stages {
		for _, criterion := range stage.Void {
			l.note(ofCriterion(stage, criterion), criterion.At, idleCriterion, "the criterion %q of %q asks for the lowest level, which everybody has",
				criterion.Competency.ID, stage.ID)
		}
		for _, criterion := range stage.Criteria {
			l.idleFloors(stage, criterion)
			if decided, matters := l.criterionMatters(stage, criterion); decided && !matters {
				l.note(ofCriterion(stage, criterion), criterion.At, idleCriterion, "the criterion %q of %q can never change a verdict: it is too small beside the others",
					criterion.Competency.ID, stage.ID)
			}
		}
	}
	for _, area := range l.Areas {
		if area.Floor.At.Sign() > 0 && l.areaFloorIsIdle(area) { // 0 turns the floor off, on purpose
			l.note(ofArea(area), l.floorAt(area), idleAreaFloor, "the floor of the area %q (%d %%) can never change a verdict", area.ID, area.Floor.At.Percent())
		}
	}
	if l.Rule.ReadyAt.At.Sign() > 0 && l.cutIsIdle() {
		l.note(ofRubric(l.Rubric), l.Rule.ReadyAt.Place, idleCut, "the overall cut (%d %%) can never change a verdict: the floors ask as much already", l.Rule.ReadyAt.At.Percent())
	}
}

// idleFloors looks at a floor that the author wrote, as a number or by making a must-have.
func (l *linter) idleFloors(stage *rubric.Stage, c *rubric.Criterion) {
	scores := l.scores[c.Competency.Index]
	if len(scores) == 0 {
		return
	}
	written := c.FloorAt.Line > 0
	lowest := fraction.Int(c.Competency.Scale.Lo())
	usual := fraction.Max(lowest, c.Level.Sub(l.Rule.MaxShortfall.At)) // without the must
	switch {
	case written && c.Floor.Cmp(lowest) > 0 && !l.breaksAlone(stage, c, between(scores, lowest, c.Floor)):
		l.note(ofCriterion(stage, c), c.FloorAt, idleFloor, "the floor %s of %q in %q can never change a verdict", c.Floor.Text(), c.Competency.ID, stage.ID)
	case c.Must && !written && !canBeLeftOut(c.Competency) && l.Rule.MustShortfall.At.Cmp(l.Rule.MaxShortfall.At) < 0 &&
		!l.breaksAlone(stage, c, between(scores, usual, c.Floor)):
		l.note(ofCriterion(stage, c), c.At, idleMust, "that %q is a must-have of %q can never change a verdict", c.Competency.ID, stage.ID)
	}
}

// between keeps the scores from one that is included to one that is not.
func between(scores []fraction.Fraction, from, to fraction.Fraction) []fraction.Fraction {
	return slices.DeleteFunc(slices.Clone(scores), func(s fraction.Fraction) bool { return s.Cmp(from) < 0 || s.Cmp(to) >= 0 })
}

// breaksAlone reports whether one of these scores, all under a floor, meets every other condition. The others are best met with full points everywhere
// else, and the highest of the scores costs least.
func (l *linter) breaksAlone(stage *rubric.Stage, c *rubric.Criterion, scores []fraction.Fraction) bool {
	if len(scores) == 0 {
		return false
	}
	short := reach{short: reachOf(c, scores[len(scores)-1]).short}
	area := full(inArea(stage, c.Competency.Area)).plus(short)
	return area.meets(c.Competency.Area.Floor.At) && full(stage.Criteria).plus(short).meets(l.Rule.ReadyAt.At)
}

func inArea(stage *rubric.Stage, area *rubric.Area) []*rubric.Criterion {
	return slices.DeleteFunc(slices.Clone(stage.Criteria), func(c *rubric.Criterion) bool { return c.Competency.Area != area })
}

func outside(stage *rubric.Stage, area *rubric.Area) []*rubric.Criterion {
	return slices.DeleteFunc(slices.Clone(stage.Criteria), func(c *rubric.Criterion) bool { return c.Competency.Area == area })
}

// areaFloorIsIdle reports whether, at every stage that asks something of the area, the floors of its criteria and the overall cut imply the area's
// floor. The overall cut is best met with full points in the other areas.
func (l *linter) areaFloorIsIdle(area *rubric.Area) bool {
	asked := false
	for _, stage := range l.Stages {
		own := inArea(stage, area)
		if len(own) == 0 {
			continue
		}
		asked = true
		all, ok := l.together(own)
		if !ok {
			return false
		}
		others := full(outside(stage, area))
		if slices.ContainsFunc(all, func(x reach) bool { return !x.meets(area.Floor.At) && others.plus(x).meets(l.Rule.ReadyAt.At) }) {
			return false
		}
	}
	return asked
}

// cutIsIdle reports whether, at every stage, the floors of criteria and areas imply the overall cut. Each area adds to what the cut allows, or takes from
// it, whatever the others do: so the most that they can be over together is the sum of the most that each can be.
func (l *linter) cutIsIdle() bool {
	asked := false
	for _, stage := range l.Stages {
		var most fraction.Fraction
		for _, area := range l.Areas {
			own := inArea(stage, area)
			if len(own) == 0 {
				continue
			}
			asked = true
			all, ok := l.together(own)
			if !ok {
				return false
			}
			all = all.that(area.Floor.At)
			worst := all[0].over(l.Rule.ReadyAt.At) // full points meet every floor, so there is one
			for _, x := range all {
				worst = fraction.Max(worst, x.over(l.Rule.ReadyAt.At))
			}
			most = most.Add(worst)
		}
		if most.Sign() > 0 {
			return false
		}
	}
	return asked
}

// criterionMatters reports whether the stage could decide otherwise without the criterion, and whether that could be decided at all. A floor above the
// lowest level settles it: with everything else at its highest, the lowest answers to this one are refused. Otherwise every result of the rest is tried
// with every result of the criterion, and without it.
func (l *linter) criterionMatters(stage *rubric.Stage, c *rubric.Criterion) (decided, matters bool) {
	area := c.Competency.Area
	if c.Floor.Cmp(fraction.Int(c.Competency.Scale.Lo())) > 0 || c.Must && canBeLeftOut(c.Competency) {
		return true, true
	}
	own := inArea(stage, area)
	if l.Rule.Assessed.At.Sign() > 0 && slices.ContainsFunc(own, someCanBeLeftOut) {
		return false, false
	}
	rest, ok := l.together(slices.DeleteFunc(own, func(o *rubric.Criterion) bool { return o == c }))
	if !ok {
		return false, false
	}
	others := reaches{{}}
	for _, other := range l.Areas {
		if other == area {
			continue
		}
		all, ok := l.together(inArea(stage, other))
		if !ok {
			return false, false
		}
		if others, ok = others.and(all.that(other.Floor.At)); !ok {
			return false, false
		}
	}
	mine, ok := l.reachesOf(c)
	if !ok || len(rest)*len(others)*len(mine) > mostTries {
		return false, false
	}
	for _, x := range rest {
		for _, y := range others {
			without := x.meets(area.Floor.At) && x.plus(y).meets(l.Rule.ReadyAt.At)
			for _, z := range mine {
				if with := x.plus(z).meets(area.Floor.At) && x.plus(y).plus(z).meets(l.Rule.ReadyAt.At); with != without {
					return true, true
				}
			}
		}
	}
	return true, false
}

func someCanBeLeftOut(c *rubric.Criterion) bool {
	return slices.ContainsFunc(c.Competency.Items, func(i *rubric.Item) bool { return i.NotApplicable })
}
