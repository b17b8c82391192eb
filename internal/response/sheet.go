// Package response holds what one rater said about one person: the answer sheet with its levels, gates, notes and evidence. [Read] takes
// a sheet from YAML or JSON, strictly and with positions; [Sheet.YAML] writes one that reads back to the same bytes.
//
// Missing is a state here, never a number: an item is answered, not applicable, or unanswered, and a gate is met, not met, or open.
// The package judges nothing. A level that reaches no requirement is as fine as any other; what follows from a sheet is the business of
// package readiness.
package response

import (
	"github.com/pmpath/pmpath/internal/rubric"
)

// Sheet is what one rater said. It belongs to one rubric: its slices have an entry for each item or gate of it, by Index.
type Sheet struct {
	Rubric     *rubric.Rubric
	Respondent string // who is described; free text on one line, may be empty
	Rater      Rater
	Stage      *rubric.Stage // the role held today; nil where it is not said
	Target     *rubric.Stage // nil: every stage that can follow
	Date       Date

	Answers  []Answer
	Gates    []GateAnswer
	Notes    []string   // by item; empty where there is none
	Evidence []Evidence // by item; the zero value where there is none
	NotAsked []bool     // by item: open because an interview stopped before it, not because somebody left it open
}

// New returns a sheet with nothing answered.
func New(r *rubric.Rubric) *Sheet {
	return &Sheet{
		Rubric:   r,
		Rater:    Self,
		Answers:  make([]Answer, len(r.Items)),
		Gates:    make([]GateAnswer, len(r.Gates)),
		Notes:    make([]string, len(r.Items)),
		Evidence: make([]Evidence, len(r.Items)),
		NotAsked: make([]bool, len(r.Items)),
	}
}

// Rater is the rater's relation to the person described.
type Rater string

// The relations that a sheet may name.
const (
	Self    Rater = "self"
	Manager Rater = "manager"
	Peer    Rater = "peer"
	Report  Rater = "report"
)

// Answer is the answer to an item. The zero value is unanswered. Use Answered and NotApplicable to make the others.
type Answer struct {
	state state
	level int
}

type state int

const (
	unanswered state = iota // nothing was said: exactly what an absent entry is
	answered
	notApplicable
)

// Answered is the answer that names a level.
func Answered(level int) Answer { return Answer{answered, level} }

// NotApplicable is the answer "no chance in this role".
func NotApplicable() Answer { return Answer{state: notApplicable} }

// Level returns the level, and whether one was named.
func (a Answer) Level() (int, bool) { return a.level, a.state == answered }

// IsOpen reports whether nothing was said.
func (a Answer) IsOpen() bool { return a.state == unanswered }

// IsNotApplicable reports whether the rater had no chance in this role.
func (a Answer) IsNotApplicable() bool { return a.state == notApplicable }

// GateAnswer is the answer to a gate. The zero value is open.
type GateAnswer struct {
	State    GateState
	Evidence Evidence
}

// GateState says what was answered to a gate.
type GateState int

// The states of a gate. Whether "yes" is enough depends on its evidence: ask GateAnswer.Missing.
const (
	GateOpen GateState = iota
	GateYes
	GateNo
)

// Lack is why a "yes" to a gate does not count. The zero value is no lack.
type Lack int

// The reasons.
const (
	LacksNothing  Lack = iota
	LacksKind          // evidence of a kind that the gate asks for
	LacksDate          // a date, where evidence may not be too old
	LacksRecently      // evidence that is new enough
)

// Missing says what a "yes" to the gate lacks, against what the gate needs and the date of the sheet.
func (g GateAnswer) Missing(gate *rubric.Gate, date Date) Lack {
	if len(gate.Kinds) > 0 && !containsKind(gate.Kinds, g.Evidence.Kind) {
		return LacksKind
	}
	if gate.Within == 0 {
		return LacksNothing
	}
	switch {
	case g.Evidence.When.IsZero():
		return LacksDate
	case g.Evidence.When.Before(date.MinusMonths(gate.Within)):
		return LacksRecently
	}
	return LacksNothing
}

func containsKind(kinds []string, kind EvidenceKind) bool {
	for _, k := range kinds {
		if k == string(kind) {
			return true
		}
	}
	return false
}

// Evidence is what could be shown for an answer. It never changes a level.
type Evidence struct {
	Kind        EvidenceKind
	When        Date
	What        string
	Link        string
	ConfirmedBy string
}

// EvidenceKind says what the evidence is; empty is none.
type EvidenceKind string

// The kinds of evidence.
const (
	Artifact EvidenceKind = "artifact"
	ByPeer   EvidenceKind = "peer"
	BySelf   EvidenceKind = "self"
)

// IsZero reports whether there is no evidence.
func (e Evidence) IsZero() bool { return e == Evidence{} }
