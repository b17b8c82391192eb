package change

import (
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// OtherAnswers is the reason for a question with the same id whose answers are others: other levels, or no "not applicable" where that was answered.
const OtherAnswers Reason = "other_answers"

// Carried are the answers of a sheet as those to another rubric.
type Carried struct {
	Sheet  *response.Sheet // of the other rubric; what is not taken over is open in it
	Items  int             // questions with the same id, taken over or open in both
	Gates  int             // likewise
	Unlike []Uncompared    // Reworded: taken over all the same; the others are not
}

// Carry takes over what has the same id: ids are stable and apart from wording. What asks in other words is taken over and named, so that somebody can look
// whether it means the same. The roles are those with the same ids, where there are such.
func Carry(s *response.Sheet, to *rubric.Rubric) *Carried {
	c := &Carried{Sheet: response.New(to)}
	c.Sheet.Respondent, c.Sheet.Rater, c.Sheet.Date = s.Respondent, s.Rater, s.Date
	if s.Stage != nil {
		c.Sheet.Stage = stageOf(to, s.Stage.ID)
	}
	if s.Target != nil {
		c.Sheet.Target = stageOf(to, s.Target.ID)
	}
	c.carryItems(s, to)
	c.carryGates(s, to)
	return c
}

func (c *Carried) leave(id, text string, why Reason) {
	c.Unlike = append(c.Unlike, Uncompared{id, text, why})
}

func (c *Carried) carryItems(s *response.Sheet, to *rubric.Rubric) {
	for _, item := range to.Items {
		own := s.Rubric.ItemNamed(item.ID)
		switch {
		case own == nil:
			c.leave(item.ID, item.Ask, Added)
			continue
		case !sameAnswers(own, item, s.Answers[own.Index]):
			c.leave(item.ID, item.Ask, OtherAnswers)
			continue
		case !SameQuestion(own, item):
			c.leave(item.ID, item.Ask, Reworded)
		}
		c.Items++
		c.Sheet.Answers[item.Index] = s.Answers[own.Index]
		c.Sheet.Evidence[item.Index] = s.Evidence[own.Index]
		c.Sheet.Notes[item.Index] = s.Notes[own.Index]
		c.Sheet.NotAsked[item.Index] = s.NotAsked[own.Index]
	}
	for _, own := range s.Rubric.Items {
		if to.ItemNamed(own.ID) == nil {
			c.leave(own.ID, own.Ask, Removed)
		}
	}
}

// sameAnswers reports whether the answer to one question can be one to the other: their levels have the same numbers, and "not applicable" is allowed where
// it was answered.
func sameAnswers(own, other *rubric.Item, answer response.Answer) bool {
	a, b := own.Competency.Scale, other.Competency.Scale
	return a.Lo() == b.Lo() && a.Hi() == b.Hi() && (other.NotApplicable || !answer.IsNotApplicable())
}

func (c *Carried) carryGates(s *response.Sheet, to *rubric.Rubric) {
	for _, gate := range to.Gates {
		own := s.Rubric.GateNamed(gate.ID)
		if own == nil {
			c.leave(gate.ID, gate.Title, Added)
			continue
		}
		if own.Ask != gate.Ask {
			c.leave(gate.ID, gate.Title, Reworded)
		}
		c.Gates++
		c.Sheet.Gates[gate.Index] = s.Gates[own.Index]
	}
	for _, own := range s.Rubric.Gates {
		if to.GateNamed(own.ID) == nil {
			c.leave(own.ID, own.Title, Removed)
		}
	}
}
