package path

import (
	"slices"

	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// levelOf is the level answered, or the lowest for an open question.
func levelOf(s *response.Sheet, item *rubric.Item) int {
	if level, ok := s.Answers[item.Index].Level(); ok {
		return level
	}
	return item.Competency.Scale.Lo()
}

// Apply returns the sheet as it is once the steps are taken: what the target asks and is still open counts as the lowest level, gates of the steps as met.
// The sheet that is given stays as it is.
func Apply(s *response.Sheet, target *rubric.Stage, steps []Step) *response.Sheet {
	after := *s
	after.Answers, after.Gates = slices.Clone(s.Answers), slices.Clone(s.Gates)
	for _, criterion := range target.Criteria {
		for _, item := range criterion.Competency.Items {
			if after.Answers[item.Index].IsOpen() {
				after.Answers[item.Index] = response.Answered(levelOf(s, item))
			}
		}
	}
	for _, step := range steps {
		if step.Gate != nil {
			after.Gates[step.Gate.Gate.Index] = Met(step.Gate.Gate, s.Date)
		} else {
			after.Answers[step.Raise.Item.Index] = response.Answered(step.Raise.To)
		}
	}
	return &after
}

// Met is the answer to a gate that has all it asks for, with evidence of the day.
func Met(gate *rubric.Gate, day response.Date) response.GateAnswer {
	answer := response.GateAnswer{State: response.GateYes, Evidence: response.Evidence{When: day}}
	if len(gate.Kinds) > 0 {
		answer.Evidence.Kind = response.EvidenceKind(gate.Kinds[0])
	}
	return answer
}
