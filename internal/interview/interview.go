// Package interview is the questionnaire as a state machine: which question is open, what may be said to it, which one comes next, and when
// enough has been asked. It knows no terminal: package main shows the open question and carries out what the person wants.
//
// Most callers want [New], and then, as long as [Interview.Open] gives a question, one of the moves: Answer, AnswerGate, NotApplicable, Skip,
// Keep, Back, Jump, GoTo, Note, SetEvidence. Every move writes into the sheet at once, and a move that is not allowed changes nothing and
// returns an error.
//
// The package decides nothing about readiness (package readiness does), keeps nothing anywhere, and reads no clock.
//
// Terms: a question was asked when the person has said something to it, if only that it stays open; the place of a question is its index in the
// order of asking, which is the same for everybody with the same rubric and targets.
package interview

import (
	"errors"
	"fmt"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Interview is one questionnaire under way.
type Interview struct {
	sheet     *response.Sheet
	targets   []*rubric.Stage
	until     Until
	questions []readiness.Question
	asked     []bool // by place
	open      int    // place of the open question; none where nothing is left to ask
}

// none is no place.
const none = -1

// New starts an interview that fills the sheet, or goes on with one: asked says of which questions the person has said something already; nil is
// none but those that the sheet answers. The first question not asked yet is open.
func New(sheet *response.Sheet, targets []*rubric.Stage, until Until, asked func(readiness.Question) bool) *Interview {
	iv := &Interview{sheet: sheet, targets: targets, until: until, questions: readiness.Order(sheet.Rubric, targets)}
	iv.asked = make([]bool, len(iv.questions))
	for i, q := range iv.questions {
		iv.asked[i] = !iv.isOpen(q) || asked != nil && asked(q)
	}
	iv.open = none
	iv.Next()
	return iv
}

// Sheet is what is being filled.
func (iv *Interview) Sheet() *response.Sheet { return iv.sheet }

// Questions returns all questions in the order of asking; the caller does not change it.
func (iv *Interview) Questions() []readiness.Question { return iv.questions }

// Open returns the question that is open with its place, or false where there is nothing left to ask: all was asked, or no answer to the rest
// could change what Until is about. Stopped tells the two apart.
func (iv *Interview) Open() (q readiness.Question, place int, ok bool) {
	if iv.open == none {
		return readiness.Question{}, none, false
	}
	return iv.questions[iv.open], iv.open, true
}

// Asked reports whether the question at a place was asked.
func (iv *Interview) Asked(place int) bool { return iv.asked[place] }

// Errors of moves that are not allowed.
var (
	ErrNoQuestion    = errors.New("no question is open")
	ErrNoGate        = errors.New("the open question is no gate")
	ErrNoItem        = errors.New("the open question is a gate")
	ErrOffScale      = errors.New("the scale has no such level")
	ErrApplies       = errors.New("the question allows no \"not applicable\"")
	ErrNotAnswered   = errors.New("the question has not been asked yet")
	ErrNothingBefore = errors.New("no question before this one has been asked")
	ErrNoLevel       = errors.New("evidence belongs to an answer that names a level, or to a gate that is met")
)

// Answer answers the open item with a level of its scale and goes on.
func (iv *Interview) Answer(level int) error {
	item, err := iv.openItem()
	if err != nil {
		return err
	}
	if scale := item.Competency.Scale; level < scale.Lo() || level > scale.Hi() {
		return fmt.Errorf("%w: %d", ErrOffScale, level)
	}
	iv.sheet.Answers[item.Index] = response.Answered(level)
	return iv.done()
}

// NotApplicable answers the open item with "no chance in this role" and goes on. The reason becomes its note, below what the note says already;
// evidence for an earlier answer is dropped.
func (iv *Interview) NotApplicable(reason string) error {
	item, err := iv.openItem()
	if err != nil {
		return err
	}
	if !item.NotApplicable {
		return ErrApplies
	}
	iv.sheet.Answers[item.Index] = response.NotApplicable()
	iv.sheet.Evidence[item.Index] = response.Evidence{}
	if note := &iv.sheet.Notes[item.Index]; *note == "" {
		*note = reason
	} else if reason != "" {
		*note += "\n" + reason
	}
	return iv.done()
}

// AnswerGate answers the open gate and goes on.
func (iv *Interview) AnswerGate(answer response.GateAnswer) error {
	q, _, ok := iv.Open()
	switch {
	case !ok:
		return ErrNoQuestion
	case q.Gate == nil:
		return ErrNoGate
	}
	iv.sheet.Gates[q.Gate.Index] = answer
	return iv.done()
}

// Skip leaves the open question open on purpose and goes on. An answer given before is taken back, its evidence with it; a note stays.
func (iv *Interview) Skip() error {
	q, _, ok := iv.Open()
	switch {
	case !ok:
		return ErrNoQuestion
	case q.Gate != nil:
		iv.sheet.Gates[q.Gate.Index] = response.GateAnswer{}
	default:
		iv.sheet.Answers[q.Item.Index] = response.Answer{}
		iv.sheet.Evidence[q.Item.Index] = response.Evidence{}
	}
	return iv.done()
}

// Keep leaves the open question, which was asked before, as it is and goes on.
func (iv *Interview) Keep() error {
	switch {
	case iv.open == none:
		return ErrNoQuestion
	case !iv.asked[iv.open]:
		return ErrNotAnswered
	}
	return iv.done()
}

// Note writes the note of an item; empty takes it away. The same question stays open.
func (iv *Interview) Note(item *rubric.Item, text string) { iv.sheet.Notes[item.Index] = text }

// SetEvidence writes the evidence of an item that was answered with a level; the zero value takes it away. The same question stays open.
func (iv *Interview) SetEvidence(item *rubric.Item, evidence response.Evidence) error {
	if _, ok := iv.sheet.Answers[item.Index].Level(); !ok && !evidence.IsZero() {
		return ErrNoLevel
	}
	iv.sheet.Evidence[item.Index] = evidence
	return nil
}

// Back opens the question asked before the open one in the order of asking; where none is open, the last that was asked.
func (iv *Interview) Back() error {
	from := iv.open
	if from == none {
		from = len(iv.questions)
	}
	for place := from - 1; place >= 0; place-- {
		if iv.asked[place] {
			return iv.GoTo(place)
		}
	}
	return ErrNothingBefore
}

// GoTo opens the question at a place, asked or not, to change what was said or to answer it out of turn. Until says nothing about it: what the
// person wants to answer is asked.
func (iv *Interview) GoTo(place int) error {
	if place < 0 || place >= len(iv.questions) {
		return ErrNoQuestion
	}
	iv.open = place
	return nil
}

// Jump opens the first question of an area that was not asked yet, or its first one where all were. A nil area stands for the gates.
func (iv *Interview) Jump(area *rubric.Area) error {
	places := iv.Places(area)
	for _, place := range places {
		if !iv.asked[place] {
			return iv.GoTo(place)
		}
	}
	if len(places) == 0 {
		return ErrNoQuestion
	}
	return iv.GoTo(places[0])
}

// Places lists the places of an area's questions, those of the gates where area is nil.
func (iv *Interview) Places(area *rubric.Area) []int {
	var places []int
	for place, q := range iv.questions {
		if AreaOf(q) == area {
			places = append(places, place)
		}
	}
	return places
}

// AreaOf is the area of an item; nil for a gate.
func AreaOf(q readiness.Question) *rubric.Area {
	if q.Item == nil {
		return nil
	}
	return q.Item.Competency.Area
}

// AskedIn counts the questions of an area that were asked, and all of them; a nil area stands for the gates.
func (iv *Interview) AskedIn(area *rubric.Area) (asked, all int) {
	places := iv.Places(area)
	for _, place := range places {
		if iv.asked[place] {
			asked++
		}
	}
	return asked, len(places)
}

// CallsForEvidence reports whether the answer to an item is at one of the two highest levels and has no evidence yet.
func (iv *Interview) CallsForEvidence(item *rubric.Item) bool {
	level, ok := iv.sheet.Answers[item.Index].Level()
	return ok && readiness.CallsForEvidence(item.Competency.Scale, level) && iv.sheet.Evidence[item.Index].IsZero()
}

func (iv *Interview) openItem() (*rubric.Item, error) {
	q, _, ok := iv.Open()
	switch {
	case !ok:
		return nil, ErrNoQuestion
	case q.Item == nil:
		return nil, ErrNoItem
	}
	return q.Item, nil
}

// done marks the open question as asked and goes on.
func (iv *Interview) done() error {
	iv.asked[iv.open] = true
	iv.Next()
	return nil
}

// Next leaves the open question as it is and opens the first one after it that was not asked and is still wanted, from the beginning again after the
// last.
func (iv *Interview) Next() {
	wanted := iv.wanted()
	from := iv.open + 1
	iv.open = none
	for i := range iv.questions {
		place := (from + i) % len(iv.questions)
		if !iv.asked[place] && wanted[place] {
			iv.open = place
			return
		}
	}
}

func (iv *Interview) isOpen(q readiness.Question) bool {
	if q.Gate != nil {
		return iv.sheet.Gates[q.Gate.Index].State == response.GateOpen
	}
	return iv.sheet.Answers[q.Item.Index].IsOpen()
}

// unasked counts the questions that were not asked.
func (iv *Interview) unasked() int {
	left := 0
	for _, asked := range iv.asked {
		if !asked {
			left++
		}
	}
	return left
}
