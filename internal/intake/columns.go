package intake

import (
	"fmt"
	"strings"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/rubric"
)

// columnKind is what a column of a table says about a person.
type columnKind uint8

const (
	aName columnKind = iota + 1
	aField
	aStage
	aTarget
	aDate
	anItem      // the level of an item
	itsEvidence // of an item: any text where there is some
	itsDate     // of an item's evidence
	aGate       // yes or no
	itsKind     // of a gate's evidence
	itsGateDate // of a gate's evidence
	theQuestion // of a long table
	theAnswer   // of a long table
)

const (
	maxColumns = 10000
	maxCell    = 32767 // characters
	maxName    = 200   // characters of names and teams
)

// What the titles of columns about evidence have after the id.
const (
	evidenceSuffix = ".evidence"
	dateSuffix     = ".date"
	kindSuffix     = ".kind"
)

// column is what a column, or a question of a long table, is about: a person's field, item or gate by index.
type column struct {
	kind   columnKind
	index  int
	title  string // as messages name it
	number int    // of a question, among all that the rubric knows
}

// Names that columns may have besides the ids of the rubric.
var headWords = map[string]columnKind{
	"name": aName, "respondent": aName, "stage": aStage, "target": aTarget, "date": aDate,
	"question": theQuestion, "item": theQuestion, "answer": theAnswer, "level": theAnswer,
}

var headTitles = map[columnKind]string{
	aName: "name", aStage: "stage", aTarget: "target", aDate: "date", theQuestion: "question", theAnswer: "answer",
}

// teamField is the field that has rules of its own: it is as short as a name.
const teamField = "team"

// vocabulary finds what a rubric knows by its names.
type vocabulary struct {
	rubric    *rubric.Rubric
	ref       string
	questions map[string]column // items and gates, and what goes with them
	count     int               // of questions
	stages    map[string]*rubric.Stage
	ids       []string
}

func newVocabulary(r *rubric.Rubric) *vocabulary {
	v := &vocabulary{rubric: r, ref: r.Ref(), questions: map[string]column{}, stages: map[string]*rubric.Stage{}}
	add := func(title string, index int, kind columnKind) {
		v.questions[title] = column{kind, index, title, v.count}
		v.count++
	}
	for i, item := range r.Items {
		v.ids = append(v.ids, item.ID)
		add(item.ID, i, anItem)
		add(item.ID+evidenceSuffix, i, itsEvidence)
		add(item.ID+dateSuffix, i, itsDate)
	}
	for i, gate := range r.Gates {
		v.ids = append(v.ids, gate.ID)
		add(gate.ID, i, aGate)
		add(gate.ID+kindSuffix, i, itsKind)
		add(gate.ID+dateSuffix, i, itsGateDate)
	}
	for _, stage := range r.Stages {
		v.stages[stage.ID] = stage
	}
	return v
}

// nearest words the advice for a title that is nearly an id. Ids of quite another length are not worth comparing, and a table may have many titles.
func (v *vocabulary) nearest(title string) string {
	near := make([]string, 0, len(v.ids))
	for _, id := range v.ids {
		if d := len(id) - len(title); d > -3 && d < 3 {
			near = append(near, id)
		}
	}
	return document.Nearest(title, near, "")
}

// header gives meaning to the cells of the first line of a table.
func (s *Source) header(in *input, cells []cell) {
	if len(cells) > maxColumns {
		s.problems.Add(in.at(in.line, 1), "", fmt.Sprintf("the table has more than %d columns", maxColumns), "leave out those that are no questions")
		return
	}
	seen := map[string]int{}
	for i, c := range cells {
		at := in.at(in.line, c.column)
		title := strings.TrimSpace(c.text)
		key := strings.ToLower(title)
		if title == "" {
			s.problems.Add(at, "", fmt.Sprintf("column %d has no title", i+1), "name it, or delete the column")
			continue
		}
		col, what, do := s.column(key, title)
		if what != "" {
			s.problems.Add(at, title, what, do)
			continue
		}
		if col.kind != aField {
			key = col.title // "respondent" is "name"
		}
		if first, twice := seen[key]; twice {
			s.problems.Add(at, title, fmt.Sprintf("columns %d and %d say the same thing", first+1, i+1), "keep one of them")
			continue
		}
		seen[key] = i
		in.columns = append(in.columns, col)
	}
	s.checkColumns(in)
}

// checkColumns finds what a header lacks as a whole.
func (s *Source) checkColumns(in *input) {
	at := in.at(in.line, 1)
	var has [theAnswer + 1]int
	asked := map[int]bool{}
	for _, c := range in.columns {
		has[c.kind]++
		if c.kind == anItem {
			asked[c.index] = true
		}
	}
	long := has[theQuestion]+has[theAnswer] > 0
	switch {
	case has[aName] == 0:
		s.problems.Add(at, "", "the header has no column \"name\"", "the first line gives the names of the columns: `pmpath cohort template` writes it")
	case long && has[theQuestion]*has[theAnswer] == 0:
		s.problems.Add(at, "", "a table with a row for each answer has both columns, \"question\" and \"answer\"", "add the one that is missing")
	case long && has[anItem]+has[aGate] > 0:
		s.problems.Add(at, "", "the header has a column \"question\" and questions as columns too", "use a row for each person, or a row for each answer")
	case !long && has[anItem] == 0:
		s.problems.Add(at, "", "no column of the header is a question of this rubric", "`pmpath cohort template` writes a header with all of them")
	case !long && len(asked) < len(s.rubric.Items):
		s.notice("%s: %d of %d questions have no column and stay unanswered for everybody", in.Shown, len(s.rubric.Items)-len(asked), len(s.rubric.Items))
	}
	in.long = long
}

// column finds what a title, and the same in small letters, stands for.
func (s *Source) column(key, title string) (c column, what, do string) {
	if c, ok := s.words.questions[key]; ok {
		return c, "", ""
	}
	if kind, ok := headWords[key]; ok {
		return column{kind: kind, title: headTitles[kind]}, "", ""
	}
	if near := s.words.nearest(key); near != "" {
		return c, "the rubric has no question of this name", near + " Otherwise give the column another name"
	}
	if key == teamField {
		title = teamField
	}
	if fault, do := faultyText(title, maxName); fault != "" {
		return c, fault, do
	}
	return column{kind: aField, index: s.field(title), title: title}, "", ""
}
