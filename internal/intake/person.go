// Package intake reads many people from outside: tables with a row for each person (wide CSV) or for each answer (long CSV), JSON Lines, XLSX,
// folders of sheets, and standard input. Callers want [Open], which recognises what it is given and reads headers, and then [Source.Scan], which hands
// every [Person] to a [Handler]. What handlers write comes out in the order of the input, the same bytes for any number of workers.
//
// Reading is strict: a value that is not exactly what the rubric asks for is a problem with file, line and column, all of them are collected, and
// nothing is guessed. Missing stays missing ([Unanswered]) and never becomes a number. A Scan needs constant memory, however many people there are; only a
// stream that cannot be read twice costs some bytes for each name, by which people are told apart.
//
// The package judges nobody: what follows from the answers is the business of package cohort. One sheet of one person is read by package response,
// which this package asks for every sheet in YAML or JSON that is not laid out like the one before it. It opens no files by name.
package intake

import (
	"github.com/pmpath/pmpath/internal/apart"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Levels of a Person that are no levels. The levels of every scale lie between -100 and 100. In binary they end in 1110 and 1111, so that the last bits tell them from
// low levels, too.
const (
	Unanswered    int8 = -114
	NotApplicable int8 = -113
)

// AtOnce is how many levels can be read at once from that of any item on: NewLevels leaves room for it behind the last.
const AtOnce = 4

// NewLevels returns levels of so many items for a Person.
func NewLevels(items int) []int8 { return apart.Slice[int8](items + AtOnce - 1)[:items] }

// Person is one respondent as read. It belongs to the worker that reads: it and everything in it is valid until Handle returns, and Handle must not change it.
type Person struct {
	Name          []byte                // as given; never empty, unique in a Source
	Fields        [][]byte              // what the rubric does not know, such as the team, in the order of Source.Fields; empty where nothing is said
	Stage, Target *rubric.Stage         // nil where not said
	Date          response.Date         // of the answers; the zero value where not said
	Levels        []int8                // by rubric.Item.Index: a level, Unanswered or NotApplicable; made by NewLevels
	Gates         []response.GateAnswer // by gate index; of the evidence only Kind and When are there
	Proofs        []Proof               // by rubric.Item.Index
	StoppedEarly  bool                  // some items were not asked, because an interview stopped before them

	proven bool // some of Proofs is set
	gated  bool // some of Gates is set
	text   []byte
}

// Proof is what is known about the evidence behind an answer.
type Proof struct {
	Given bool
	When  response.Date
}

// Handler uses people, one at a time, and may append to out what is to be written. A Handler belongs to one worker; the order in which workers meet people is
// no property of the input, so what they count must not depend on it.
type Handler interface {
	Handle(p *Person, out []byte) []byte
}

// Proven reports whether some answer has evidence.
func (p *Person) Proven() bool { return p.proven }

// Unverified reports whether an answer at one of the two highest levels has no evidence.
func (p *Person) Unverified(r *rubric.Rubric) bool {
	for i, level := range p.Levels {
		if level > NotApplicable && readiness.CallsForEvidence(r.Items[i].Competency.Scale, int(level)) && !p.Proofs[i].Given {
			return true
		}
	}
	return false
}

// Stale reports whether some evidence is older, at the date of the answers, than its item looks back.
func (p *Person) Stale(r *rubric.Rubric) bool {
	if !p.proven {
		return false
	}
	for i, proof := range p.Proofs {
		item := r.Items[i]
		if p.Levels[i] > NotApplicable && item.Window > 0 && !proof.When.IsZero() && proof.When.Before(p.Date.MinusMonths(item.Window)) {
			return true
		}
	}
	return false
}

func newPerson(r *rubric.Rubric, fields int) Person {
	p := Person{
		Fields: apart.Slice[[]byte](fields),
		Levels: NewLevels(len(r.Items)),
		Gates:  apart.Slice[response.GateAnswer](len(r.Gates)),
		Proofs: apart.Slice[Proof](len(r.Items)),
	}
	p.clear()
	return p
}

// clear forgets everything. Gates and proofs are rare, so their slices are only cleared after use.
func (p *Person) clear() {
	p.Name, p.Stage, p.Target, p.Date, p.StoppedEarly = nil, nil, nil, response.Date{}, false
	clear(p.Fields)
	for i := range p.Levels {
		p.Levels[i] = Unanswered
	}
	if p.gated {
		clear(p.Gates)
	}
	if p.proven {
		clear(p.Proofs)
	}
	p.gated, p.proven, p.text = false, false, p.text[:0]
}

// keep copies a text into memory that lives as long as the person.
func (p *Person) keep(text string) []byte {
	start := len(p.text)
	p.text = append(p.text, text...)
	return p.text[start:len(p.text):len(p.text)]
}
