package cohort

import (
	"cmp"
	"slices"

	"github.com/pmpath/pmpath/internal/rubric"
)

// The names of the dimensions that are stages of the ladder; any other is a field of the input.
const (
	ByStage  = "stage"  // the role held today
	ByTarget = "target" // the role measured against
	ByTeam   = "team"   // a field like any other, which inputs name by custom
)

func (s *Summary) sortGroups(dimension int, groups []Group) {
	slices.SortFunc(groups, func(a, b Group) int { return compareValues(s.Rubric, s.By[dimension], a.Value, b.Value) })
}

// compareValues orders stages as the ladder does and other values by their bytes. What is not said comes first.
func compareValues(r *rubric.Rubric, dimension, a, b string) int {
	if dimension == ByStage || dimension == ByTarget {
		return cmp.Compare(placeOf(r, a), placeOf(r, b))
	}
	return cmp.Compare(a, b)
}

func placeOf(r *rubric.Rubric, id string) int {
	return slices.IndexFunc(r.Stages, func(s *rubric.Stage) bool { return s.ID == id }) // −1 for "", which no stage is called
}
