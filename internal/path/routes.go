package path

import (
	"slices"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// From is the stage that roles can follow: the one that the sheet says is held today, or else the furthest that its answers hold. It is nil where there
// is none of either.
func From(s *response.Sheet) *rubric.Stage {
	if s.Stage != nil {
		return s.Stage
	}
	return readiness.OperatingStage(s).Stage
}

// Ahead lists the stages that can follow one, in ladder order: the next ones, or all that can be reached. Nothing held leads to the beginnings of the
// ladder.
func Ahead(r *rubric.Rubric, from *rubric.Stage, all bool) []*rubric.Stage {
	ahead := make([]bool, len(r.Stages))
	var mark func(stages []*rubric.Stage)
	mark = func(stages []*rubric.Stage) {
		for _, stage := range stages {
			if !ahead[stage.Index] {
				ahead[stage.Index] = true
				if all {
					mark(stage.Next)
				}
			}
		}
	}
	if from != nil {
		mark(from.Next)
	} else {
		mark(slices.DeleteFunc(slices.Clone(r.Stages), func(s *rubric.Stage) bool { return len(s.Before) > 0 }))
	}
	return slices.DeleteFunc(slices.Clone(r.Stages), func(s *rubric.Stage) bool { return !ahead[s.Index] })
}

// Standing says where a competency stands towards what a role asks of it. The zero value is none.
type Standing int

// The standings. All but Open hold whatever the open answers turn out to be.
const (
	NotAsked Standing = iota + 1 // the role asks nothing of it
	LeftOut                      // nothing of it is applicable
	Missing                      // below its floor
	Open                         // open answers decide whether its floor is reached
	Holds                        // its floor is reached, the level asked for is not, or not yet for certain
	Reached                      // at the level asked for, or above
)

var standingNames = [...]string{"", "not_asked", "left_out", "missing", "open", "holds", "reached"}

// String returns the name used in machine output.
func (s Standing) String() string { return standingNames[s] }

// StandingOf says where a criterion stands; nil is one that the role does not have.
func StandingOf(c *readiness.CriterionResult) Standing {
	switch {
	case c == nil:
		return NotAsked
	case !c.Applicable:
		return LeftOut
	case c.Outcome == readiness.Fails:
		return Missing
	case c.Outcome == readiness.Open:
		return Open
	case c.Score.Worst.Cmp(c.Level) < 0:
		return Holds
	}
	return Reached
}

// CriterionOf is what a result says of a competency, or nil where the role does not ask about it.
func CriterionOf(r *readiness.Result, c *rubric.Competency) *readiness.CriterionResult {
	for i := range r.Criteria {
		if r.Criteria[i].Competency == c {
			return &r.Criteria[i]
		}
	}
	return nil
}
