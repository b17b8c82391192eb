package intake

import (
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Sheet is the person as a sheet of the rubric, for whoever measures one person after the other. It keeps what decides; evidence behind answers never does, so it stays
// in Proofs.
func (p *Person) Sheet(r *rubric.Rubric) *response.Sheet {
	s := response.New(r)
	s.Stage, s.Target, s.Date = p.Stage, p.Target, p.Date
	for i, level := range p.Levels {
		switch level {
		case Unanswered:
		case NotApplicable:
			s.Answers[i] = response.NotApplicable()
		default:
			s.Answers[i] = response.Answered(int(level))
		}
	}
	copy(s.Gates, p.Gates)
	return s
}
