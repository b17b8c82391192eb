// Package formmap reads what form tools export – Google Forms, Microsoft Forms, Typeform, Qualtrics, LimeSurvey – with the help of a [Map], which says what
// each column is about and what each answer means. [Propose] makes a Map from an export; a person looks at it; [Map.YAML] saves it and [Read] reads it back.
// [Map.Apply] then turns any export of the same form into the plain table that package intake reads.
//
// Proposing is tolerant: small edits, another order, other wordings of the same level; it says how sure it is of each match and leaves out what it is not
// sure of. Applying guesses nothing: titles and answers are those of the Map, compared after [normal] alone, and everything else is a problem with its place.
// [NewForm] is the way out: the questions of a rubric as such tools want them, without levels asked for and weights.
//
// The package is pure: text in, values out. It neither opens files nor decodes them, and it judges nobody; who reads exports is package intake.
package formmap

import (
	"strconv"
	"strings"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Map says what the columns of an export are about.
type Map struct {
	Rubric  *rubric.Rubric
	Tool    Tool // for people; it decides nothing
	Header  int  // rows above the first person, 1 or more
	Titles  int  // the one of these rows that has the titles, from 1
	Dates   DateOrder
	Columns []Column // in the order of the export that the map was made from
}

// Column is one column of an export.
type Column struct {
	Title   string // as the export has it, on one line
	Also    string // another title that the column may have; empty for none
	About   About
	Answers []Answer          // what the cells may say; nil where any text, or any date, may stand
	At      document.Position // in the file of the map; the zero value in a proposal
}

// Answer is one text that stands for something.
type Answer struct {
	Text  string // as the export has it, on one line
	Means string // a level, na, yes, no, the id of a stage, a kind of evidence; empty: no answer
}

// Kind is what a column is about.
type Kind int

// The kinds of columns. The zero value is none.
const (
	Name Kind = iota + 1
	Team
	Stage
	Target
	Date
	Field    // anything that the rubric does not know, kept under a name
	Item     // the answer to a question
	Gate     // yes or no
	GateKind // of the evidence of a gate
	GateDate // of the evidence of a gate
	Ignored  // not read
	Empty    // must be empty, such as the text beside "Other"
)

// About is what a column is about, and which one where there are several.
type About struct {
	Kind  Kind
	Index int    // of an Item in the rubric's Items, of a Gate in its Gates
	Field string // the name of a Field
}

// words for what is not in the rubric. Those that mean "no person's value" have a space, so that no id is like them.
var kindWords = map[Kind]string{
	Name: "name", Team: "team", Stage: "stage", Target: "target", Date: "date", Ignored: "not read", Empty: "must be empty",
}

// Suffixes of the words for the evidence of a gate; package intake names its columns in the same way.
const (
	kindSuffix = ".kind"
	dateSuffix = ".date"
)

// Words that answers mean.
const (
	notApplicable = "na"
	yes           = "yes"
	no            = "no"
	open          = "open" // in files; an empty Means in memory
)

// Word is what a map file says that a column is.
func (a About) Word(r *rubric.Rubric) string {
	switch a.Kind {
	case Item:
		return r.Items[a.Index].ID
	case Gate:
		return r.Gates[a.Index].ID
	case GateKind:
		return r.Gates[a.Index].ID + kindSuffix
	case GateDate:
		return r.Gates[a.Index].ID + dateSuffix
	case Field:
		return a.Field
	default:
		return kindWords[a.Kind]
	}
}

// aboutNamed finds what a word of a map file stands for. The rubric's own ids come first.
func aboutNamed(r *rubric.Rubric, word string) (About, bool) {
	if item := r.ItemNamed(word); item != nil {
		return About{Kind: Item, Index: item.Index}, true
	}
	if gate := r.GateNamed(word); gate != nil {
		return About{Kind: Gate, Index: gate.Index}, true
	}
	if id, ok := strings.CutSuffix(word, kindSuffix); ok && r.GateNamed(id) != nil {
		return About{Kind: GateKind, Index: r.GateNamed(id).Index}, true
	}
	if id, ok := strings.CutSuffix(word, dateSuffix); ok && r.GateNamed(id) != nil {
		return About{Kind: GateDate, Index: r.GateNamed(id).Index}, true
	}
	for kind, known := range kindWords { // one word, one kind: the order does not matter
		if known == word {
			return About{Kind: kind}, true
		}
	}
	return About{}, false
}

// knownWords are all words that a column can be, in the order of the rubric.
func knownWords(r *rubric.Rubric) []string {
	words := []string{"name", "team", "stage", "target", "date"}
	for _, item := range r.Items {
		words = append(words, item.ID)
	}
	for _, gate := range r.Gates {
		words = append(words, gate.ID, gate.ID+kindSuffix, gate.ID+dateSuffix)
	}
	return append(words, "not read", "must be empty")
}

// chosen reports whether only listed answers may stand in columns of a kind.
func (k Kind) chosen() bool {
	switch k {
	case Stage, Target, Item, Gate, GateKind:
		return true
	default:
		return false
	}
}

// single reports whether a map may have one column of a kind, for each question or gate.
func (k Kind) single() bool { return k != Ignored && k != Empty }

// meaning checks what an answer of a column can mean.
func (a About) meaning(r *rubric.Rubric, word string) bool {
	switch a.Kind {
	case Item:
		item := r.Items[a.Index]
		if word == notApplicable {
			return item.NotApplicable
		}
		level, err := strconv.Atoi(word)
		scale := item.Competency.Scale
		return err == nil && strconv.Itoa(level) == word && level >= scale.Lo() && level <= scale.Hi()
	case Gate:
		return word == yes || word == no
	case GateKind:
		return word == "artifact" || word == "peer" || word == "self"
	case Stage, Target:
		stage := r.StageNamed(word)
		return stage != nil && stage.ID == word
	default:
		return false
	}
}

// meanings lists what an answer of a column can mean, for messages.
func (a About) meanings(r *rubric.Rubric) string {
	switch a.Kind {
	case Item:
		item := r.Items[a.Index]
		scale := item.Competency.Scale
		text := "a level from " + strconv.Itoa(scale.Lo()) + " to " + strconv.Itoa(scale.Hi())
		if item.NotApplicable {
			text += ", na"
		}
		return text + " or open"
	case Gate:
		return "yes, no or open"
	case GateKind:
		return "artifact, peer, self or open"
	default:
		return "open, or one of: " + strings.Join(r.StageIDs(), ", ")
	}
}
