package policy

import (
	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Decision is what came out: the only source of the exit code and of every report.
type Decision struct {
	Policy  *Policy
	Today   response.Date
	People  int // who were looked at
	LeftOut int // who could not be read; a verdict over part of the people is none
	Cases   []Case
	Unused  []*Waiver // that covered no miss, in the order of their file

	Compared  int // people who are in the baseline
	NewPeople int // people who are not
}

// Outcome is what came out of a rule for one group or person. The zero value is none.
type Outcome int

// The outcomes, worst first.
const (
	NotMet Outcome = iota + 1
	CannotTell
	Met
)

func (o Outcome) String() string {
	return map[Outcome]string{NotMet: "not_met", CannotTell: "cannot_tell", Met: "met"}[o]
}

// Case is a rule applied to one group, or to one person with whom it finds fault. A rule about people that finds fault with nobody has one case without a person.
type Case struct {
	Rule    *Rule
	Outcome Outcome
	Reason  Reason

	Group  Group // whom it is about; of a rule with Each the group has its value
	People int   // of a rule about groups: how many there are. Not for publication

	Person     string             // pseudonym, or a name where that was asked for
	Competency *rubric.Competency // of NoRegression
	Before     fraction.Fraction  // the level in the baseline
	Worst      fraction.Fraction  // the level today, open questions at their lowest
	Best       fraction.Fraction  // and at their highest
	Lost       bool               // of Lowered: the level is taken out of the baseline
	IDs        []string           // of EvidenceAge: the questions and gates; of RubricChanged and Lowered: the competencies
	Date       response.Date      // of SheetAge: of the answers

	Waiver  *Waiver // excuses the case
	Expired *Waiver // did so until a day that has passed
}

// Reason is why the outcome is not simply the one of a comparison. The zero value: it is.
type Reason int

// The reasons.
const (
	Compared         Reason = iota
	Nobody                  // there is nobody in the group
	TooFew                  // the group is too small to be judged
	AllTooSmall             // of a rule about each group: every one is
	NoBase                  // nobody's target asks anything of the area
	Lower                   // the person is below the baseline
	OpenNow                 // open questions leave open whether the person is
	NoLongerAsked           // nothing of the competency applies to the person any more
	Gone                    // the person is in the baseline and not in the answers
	Lowered                 // the baseline itself is lower than the one it is compared with
	RubricChanged           // the rubric asks otherwise now, so some of the baseline cannot be compared
	NothingToCompare        // it asks nothing as it did
	Old                     // answers or evidence are older than allowed
	NoDate                  // they have no date
	InFuture                // the answers are dated after the day that is judged by
)

// Effect is what a case does to the gate.
type Effect int

// The effects, worst first.
const (
	Fails   Effect = iota + 1 // the gate is not met
	Unsure                    // likewise, because it cannot be told
	Warns                     // a miss that the policy only wants to be told
	Waived                    // a miss that a waiver excuses
	Skipped                   // not judged: one of several groups is too small
	Passes
)

func (e Effect) String() string {
	return map[Effect]string{Fails: "not_met", Unsure: "cannot_tell", Warns: "warning", Waived: "waived", Skipped: "not_judged", Passes: "met"}[e]
}

// Effects returns all effects, worst first.
func Effects() []Effect { return []Effect{Fails, Unsure, Warns, Waived, Skipped, Passes} }

// Effect returns what the case does to the gate.
func (c *Case) Effect() Effect {
	switch {
	case c.Outcome == Met:
		return Passes
	case c.Reason == TooFew && c.Rule.Each != "":
		return Skipped
	case c.Waiver != nil:
		return Waived
	case c.Rule.Warn, c.Reason == RubricChanged:
		return Warns
	case c.Outcome == CannotTell:
		return Unsure
	}
	return Fails
}

// Count is how many cases have an effect.
func (d *Decision) Count(e Effect) int {
	n := 0
	for i := range d.Cases {
		if d.Cases[i].Effect() == e {
			n++
		}
	}
	return n
}

// Holds reports whether the gate is met: everybody was looked at, and no case fails or is unsure.
func (d *Decision) Holds() bool { return d.LeftOut == 0 && d.Count(Fails) == 0 && d.Count(Unsure) == 0 }
