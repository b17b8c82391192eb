package plan

import (
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// State is what became of a goal.
type State string

// The states.
const (
	Reached    State = "reached"     // the answer is at the level aimed at, or above; the gate is met with all it needs
	Moved      State = "moved"       // on the way: above the level of then; a gate said yes to that lacks evidence still
	NotMoved   State = "not_moved"   // as it was, or lower
	CannotTell State = "cannot_tell" // not answered this time, no chance in this role, or the question is another one now
)

// Why says why nothing can be told. It is empty where something can.
type Why string

// The reasons.
const (
	NotAnswered   Why = "not_answered"
	NotApplicable Why = "not_applicable"
	Reworded      Why = "reworded" // question or aim have other words now
	Removed       Why = "removed"  // the rubric does not have it any more
)

// Progress is a plan held against later answers.
type Progress struct {
	Record *Record
	Sheet  *response.Sheet
	Goals  []Seen // in the order of the plan
}

// Seen is what became of one goal.
type Seen struct {
	Kept
	State   State
	Why     Why          // of CannotTell
	Item    *rubric.Item // as the rubric has it now; nil for a gate, and where it is removed
	Gate    *rubric.Gate // the same for a gate
	Now     int          // the level answered; meaningful where Item is set and the state can be told
	Lack    response.Lack
	Overdue bool // not reached, and the sheet is dated after the day on which it was due
}

// Look holds a plan against the answers of a sheet, which belongs to a rubric of the same id. A tick changes nothing here.
func Look(r *Record, s *response.Sheet) *Progress {
	p := &Progress{Record: r, Sheet: s}
	for _, kept := range r.Goals {
		seen := Seen{Kept: kept}
		if kept.IsGate {
			seen.lookAtGate(s)
		} else {
			seen.lookAtItem(s)
		}
		seen.Overdue = seen.State != Reached && !kept.Due.IsZero() && kept.Due.Before(s.Date)
		p.Goals = append(p.Goals, seen)
	}
	return p
}

// Count is how many goals are in a state.
func (p *Progress) Count(state State) int {
	n := 0
	for _, seen := range p.Goals {
		if seen.State == state {
			n++
		}
	}
	return n
}

func (s *Seen) cannotTell(why Why) { s.State, s.Why = CannotTell, why }

func (s *Seen) lookAtItem(sheet *response.Sheet) {
	s.Item = sheet.Rubric.ItemNamed(s.ID)
	switch {
	case s.Item == nil:
		s.cannotTell(Removed)
		return
	case s.To < s.Item.Competency.Scale.Lo(), s.To > s.Item.Competency.Scale.Hi(), s.Words != "" && s.Words != itemWords(s.Item, s.To):
		s.cannotTell(Reworded)
		return
	}
	answer := sheet.Answers[s.Item.Index]
	level, ok := answer.Level()
	s.Now = level
	switch {
	case answer.IsNotApplicable():
		s.cannotTell(NotApplicable)
	case !ok:
		s.cannotTell(NotAnswered)
	case level >= s.To:
		s.State = Reached
	case level > s.Stood:
		s.State = Moved
	default:
		s.State = NotMoved
	}
}

func (s *Seen) lookAtGate(sheet *response.Sheet) {
	s.Gate = sheet.Rubric.GateNamed(s.ID)
	switch {
	case s.Gate == nil:
		s.cannotTell(Removed)
		return
	case s.Words != "" && s.Words != gateWords(s.Gate):
		s.cannotTell(Reworded)
		return
	}
	answer := sheet.Gates[s.Gate.Index]
	switch answer.State {
	case response.GateOpen:
		s.cannotTell(NotAnswered)
	case response.GateNo:
		s.State = NotMoved
	case response.GateYes:
		s.Lack = answer.Missing(s.Gate, sheet.Date)
		switch {
		case s.Lack == response.LacksNothing:
			s.State = Reached
		case s.SaidYes:
			s.State = NotMoved
		default:
			s.State = Moved
		}
	}
}
