package report

import (
	"fmt"
	"io"

	"github.com/pmpath/pmpath/internal/change"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// Comparison is what moved between two assessments, and at once the JSON form.
type Comparison struct {
	SchemaVersion int           `json:"schema_version"`
	Before        ChangeSide    `json:"before"`
	After         ChangeSide    `json:"after"`
	SameRubric    bool          `json:"same_rubric"`
	Roles         []ChangedRole `json:"roles"`
	Items         []ChangedItem `json:"items"`
	Gates         []ChangedGate `json:"gates"`
	Same          int           `json:"same"`
	NotCompared   []LeftOut     `json:"not_compared"`
	differs       bool
}

// ChangeSide names one of the two assessments.
type ChangeSide struct {
	ID           string `json:"id"`
	Date         string `json:"date"`
	Rubric       Rubric `json:"rubric"`
	StoppedEarly bool   `json:"stopped_early"`
}

// ChangedRole is the readiness for a role at both times.
type ChangedRole struct {
	Stage  Ref       `json:"stage"`
	Before *PastRole `json:"before"` // null where the first rubric has no such stage
	After  PastRole  `json:"after"`
	Cause  string    `json:"cause"` // person, rubric, person and rubric; empty where nothing changed
}

// ChangedItem is an answer that moved; the question is the same, so its cause is the person.
type ChangedItem struct {
	ID         string `json:"id"`
	Competency Ref    `json:"competency"`
	Before     string `json:"before"` // a level, not_applicable or open
	After      string `json:"after"`
	Cause      string `json:"cause"`
}

// ChangedGate is a gate whose answer moved.
type ChangedGate struct {
	Ref
	Before string `json:"before"` // yes, no or open
	After  string `json:"after"`
	Cause  string `json:"cause"`
}

// LeftOut is a question or gate that is not compared.
type LeftOut struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	Why  string `json:"why"` // reworded, added, removed or not_asked
}

// NewComparison fixes every number and word of a comparison.
func NewComparison(before, after ChangeSide, d *change.Diff) Comparison {
	c := Comparison{
		SchemaVersion: SchemaVersion, Before: before, After: after, SameRubric: d.SameRubric, Same: d.Same, differs: d.Differs(),
		Roles: []ChangedRole{}, Items: []ChangedItem{}, Gates: []ChangedGate{}, NotCompared: []LeftOut{},
	}
	for _, role := range d.Roles {
		changed := ChangedRole{Stage: Ref{role.Stage.ID, role.Stage.Title}, After: PastRoleOf(role.After), Cause: string(role.Cause)}
		if role.Before != nil {
			was := PastRoleOf(role.Before)
			changed.Before = &was
		}
		c.Roles = append(c.Roles, changed)
	}
	for _, item := range d.Items {
		competency := item.Item.Competency
		c.Items = append(c.Items, ChangedItem{item.Item.ID, Ref{competency.ID, competency.Title}, answerWord(item.Before), answerWord(item.After), string(change.Person)})
	}
	for _, gate := range d.Gates {
		c.Gates = append(c.Gates, ChangedGate{Ref{gate.Gate.ID, gate.Gate.Title}, gateWord(gate.Before), gateWord(gate.After), string(change.Person)})
	}
	for _, left := range d.NotCompared {
		c.NotCompared = append(c.NotCompared, LeftOut{left.ID, left.Text, string(left.Why)})
	}
	return c
}

// PastRoleOf is a decision as lists and comparisons show it.
func PastRoleOf(r *readiness.Result) PastRole {
	return NewPastRole(Ref{r.Target.ID, r.Target.Title}, r.Verdict.String(), r.Fit())
}

// NewPastRole is PastRoleOf for a decision of which only this is kept.
func NewPastRole(stage Ref, verdict string, fit readiness.Bounds) PastRole {
	return PastRole{stage, verdict, rangeOf(fit), fit.Worst.Percent(), fit.Best.Percent()}
}

func answerWord(a response.Answer) string {
	switch level, named := a.Level(); {
	case named:
		return fmt.Sprint(level)
	case a.IsNotApplicable():
		return "not_applicable"
	}
	return "open"
}

func gateWord(s response.GateState) string {
	return map[response.GateState]string{response.GateYes: "yes", response.GateNo: "no", response.GateOpen: "open"}[s]
}

// ComparisonText prints the comparison for people.
func ComparisonText(w io.Writer, c Comparison, layout Layout) error {
	p := &page{Layout: layout}
	p.para("", fmt.Sprintf("From %s (%s) to %s (%s)", c.Before.Date, c.Before.ID, c.After.Date, c.After.ID))
	p.para("", c.rubricSentence())
	p.para("", earlySentence(c.Before, c.After))
	if !c.differs {
		p.gap()
		p.para("", "Nothing moved.")
	}
	p.changedRoles(c.Roles)
	p.changedAnswers(c)
	p.leftOut(c.NotCompared)
	_, err := io.WriteString(w, p.String())
	return err
}

func (c Comparison) rubricSentence() string {
	if c.SameRubric {
		return "The same rubric both times, word for word."
	}
	return fmt.Sprintf("The rubric has changed in between (%s, then %s). Each time is judged by its own; only questions asked in the same words are compared.",
		c.Before.Rubric.Version, c.After.Rubric.Version)
}

func earlySentence(before, after ChangeSide) string {
	switch {
	case before.StoppedEarly && after.StoppedEarly:
		return "Both were stopped early; what either did not ask is not compared."
	case before.StoppedEarly:
		return "The first was stopped early; what it did not ask is not compared."
	case after.StoppedEarly:
		return "The second was stopped early; what it did not ask is not compared."
	}
	return ""
}

func (p *page) changedRoles(roles []ChangedRole) {
	if len(roles) == 0 {
		return
	}
	p.heading("Readiness")
	for _, role := range roles {
		p.para("  ", sanitize.Line(role.Stage.Title)+": "+p.roleMove(role))
	}
}

func (p *page) roleMove(r ChangedRole) string {
	switch {
	case r.Before == nil:
		return "not in the first rubric; now " + roleWords(r.After)
	case r.Cause == "":
		return "as before: " + roleWords(r.After)
	}
	return fmt.Sprintf("%s; before: %s (%s)", roleWords(r.After), roleWords(*r.Before), r.Cause)
}

func (p *page) changedAnswers(c Comparison) {
	if len(c.Items)+len(c.Gates) == 0 {
		return
	}
	p.heading("Answers that moved (person)")
	for _, item := range c.Items {
		p.para("  ", fmt.Sprintf("%s: %s", sanitize.Line(item.Competency.Title)+" ("+item.ID+")", p.move(item.Before, item.After)))
	}
	for _, gate := range c.Gates {
		p.para("  ", fmt.Sprintf("%s: %s", sanitize.Line(gate.Title), p.move(gate.Before, gate.After)))
	}
	p.para("", fmt.Sprintf("%d %s as before.", c.Same, plural(c.Same, "answer is", "answers are")))
}

func (p *page) move(before, after string) string {
	before, after = answerWords(before), answerWords(after)
	if p.Plain {
		return "from " + before + " to " + after
	}
	return before + " → " + after
}

func answerWords(word string) string {
	switch word {
	case "not_applicable":
		return "no chance in this role"
	case "open":
		return "not answered"
	}
	return word
}

var leftOutWords = map[string]string{
	"reworded": "asked in other words now", "added": "new in the second rubric", "removed": "no longer in the rubric", "not_asked": "not asked both times",
}

func (p *page) leftOut(all []LeftOut) {
	if len(all) == 0 {
		return
	}
	p.heading("Not compared")
	for _, left := range all {
		p.para("  ", fmt.Sprintf("%s: %s", left.ID, leftOutWords[left.Why]))
	}
}
