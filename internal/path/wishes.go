package path

import (
	"slices"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Place is where a step can be: an area, a competency, an item or a gate. One field is set.
type Place struct {
	Area       *rubric.Area
	Competency *rubric.Competency
	Item       *rubric.Item
	Gate       *rubric.Gate
}

// ID is that of what the place is.
func (p Place) ID() string {
	switch {
	case p.Area != nil:
		return p.Area.ID
	case p.Competency != nil:
		return p.Competency.ID
	case p.Item != nil:
		return p.Item.ID
	}
	return p.Gate.ID
}

// holds reports whether a raise of the item is a step in the place.
func (p Place) holds(item *rubric.Item) bool {
	return p.Item == item || p.Competency == item.Competency || p.Area == item.Competency.Area
}

func (w *Wishes) rulesOut(item *rubric.Item) bool {
	return slices.ContainsFunc(w.Not, func(p Place) bool { return p.holds(item) })
}

func (w *Wishes) keeps(p Place) bool { return slices.Contains(w.Keep, p) }

// gatesAllowed reports whether every gate that is not met may be.
func (s *search) gatesAllowed() bool {
	for _, c := range failing(s.Result) {
		if c.Kind == readiness.GateCondition && slices.Contains(s.wishes.Not, Place{Gate: c.Gate.Gate}) {
			return false
		}
	}
	return true
}

// canKeep reports whether some step in the place is possible at all.
func (s *search) canKeep(p Place) bool {
	if p.Gate != nil {
		return slices.ContainsFunc(failing(s.Result), func(c *readiness.Condition) bool {
			return c.Kind == readiness.GateCondition && c.Gate.Gate == p.Gate && !slices.Contains(s.wishes.Not, p)
		})
	}
	for i := range s.Criteria {
		for _, item := range s.Criteria[i].Competency.Items {
			if p.holds(item) && !s.wishes.rulesOut(item) && s.canRise(item) {
				return true
			}
		}
	}
	return false
}

func (s *search) canRise(item *rubric.Item) bool {
	return !s.Sheet.Answers[item.Index].IsNotApplicable() && levelOf(s.Sheet, item) < item.Competency.Scale.Hi()
}
