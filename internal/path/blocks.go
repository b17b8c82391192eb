package path

import (
	"slices"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// guards lists the areas and must-haves of which too much is not applicable.
func guards(r *readiness.Result) []Block {
	var blocks []Block
	for i := range r.Areas {
		if r.Areas[i].NotAssessed {
			blocks = append(blocks, Block{Guard: &Place{Area: r.Areas[i].Area}})
		}
	}
	for i := range r.Criteria {
		if r.Criteria[i].NotAssessed() {
			blocks = append(blocks, Block{Guard: &Place{Competency: r.Criteria[i].Competency}})
		}
	}
	return blocks
}

// blocks says why there is no path.
func (s *search) blocks() []Block {
	var blocks []Block
	for i := range s.wishes.Keep {
		if place := s.wishes.Keep[i]; !s.canKeep(place) {
			blocks = append(blocks, Block{Keep: &place})
		}
	}
	for _, c := range failing(readiness.Evaluate(s.highest(), s.Target)) {
		for i := range s.Conditions { // the same condition, of the result that the path belongs to
			if same(&s.Conditions[i], c) {
				blocks = append(blocks, Block{Condition: &s.Conditions[i]})
			}
		}
	}
	if s.wishes.AtMost > 0 {
		if most := s.smallestLimit(); most > 0 {
			blocks = append(blocks, Block{AtMost: most})
		}
	}
	return blocks
}

func same(a, b *readiness.Condition) bool {
	switch {
	case a.Kind != b.Kind:
		return false
	case a.Kind == readiness.AreaCondition:
		return a.Area.Area == b.Area.Area
	case a.Kind == readiness.CriterionCondition:
		return a.Criterion.Competency == b.Criterion.Competency
	case a.Kind == readiness.GateCondition:
		return a.Gate.Gate == b.Gate.Gate
	}
	return true
}

// highest is the sheet with everything as high as the wishes allow.
func (s *search) highest() *response.Sheet {
	high := Apply(s.Sheet, s.Target, nil)
	for i, item := range s.Sheet.Rubric.Items {
		if !s.wishes.rulesOut(item) && s.canRise(item) {
			high.Answers[i] = response.Answered(item.Competency.Scale.Hi())
		}
	}
	for _, c := range failing(s.Result) {
		if c.Kind == readiness.GateCondition && !slices.Contains(s.wishes.Not, Place{Gate: c.Gate.Gate}) {
			high.Gates[c.Gate.Index] = Met(c.Gate.Gate, s.Sheet.Date)
		}
	}
	return high
}

// smallestLimit is the smallest limit on the raises within an area that leaves a path, or 0.
func (s *search) smallestLimit() int {
	// A limit that leaves a path leaves one when it is raised, so halving finds the smallest.
	low, high := s.wishes.AtMost, s.wishes.AtMost
	for i := range s.Areas {
		high = max(high, s.room(s.Areas[i].Area))
	}
	with := func(limit int) bool {
		w := s.wishes
		w.AtMost = limit
		return s.allows(w)
	}
	if !with(high) {
		return 0
	}
	for high-low > 1 {
		if middle := (low + high) / 2; with(middle) {
			high = middle
		} else {
			low = middle
		}
	}
	return high
}

// room is how many raises an area has at most.
func (s *search) room(a *rubric.Area) int {
	room := 0
	for _, c := range a.Competencies {
		room += len(c.Items) * (c.Scale.Hi() - c.Scale.Lo())
	}
	return room
}

// lift lists the places that are ruled out and that leave a path when they are allowed, one at a time.
func (s *search) lift() []Place {
	var places []Place
	for i, place := range s.wishes.Not {
		w := s.wishes
		w.Not = slices.Delete(slices.Clone(w.Not), i, i+1)
		if s.allows(w) {
			places = append(places, place)
		}
	}
	return places
}

func (s *search) allows(w Wishes) bool {
	_, fewest := fewestSteps(s.Result, w)
	return fewest != nil
}
