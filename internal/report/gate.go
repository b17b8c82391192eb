package report

import (
	"slices"

	"github.com/pmpath/pmpath/internal/cohort"
	"github.com/pmpath/pmpath/internal/disclosure"
	"github.com/pmpath/pmpath/internal/policy"
)

// GateReport is the decision of a readiness gate, and at once the JSON form.
type GateReport struct {
	SchemaVersion int          `json:"schema_version"`
	Passed        *bool        `json:"passed"` // null where people were left out: a verdict over part of the data is none
	Reason        string       `json:"reason,omitempty"`
	Rubric        Rubric       `json:"rubric"`
	Policy        string       `json:"policy"`
	Date          string       `json:"date"`
	People        *int         `json:"people"` // null where they are fewer than min_group
	LeftOut       int          `json:"left_out"`
	MinGroup      int          `json:"min_group"`
	Tally         GateTally    `json:"tally"`
	Cases         []GateCase   `json:"cases"`
	Unused        []GateWaiver `json:"unused_waivers"`
	Notes         []string     `json:"notes"`
}

// GateTally counts cases by what they do to the gate.
type GateTally struct {
	All        int `json:"all"`
	NotMet     int `json:"not_met"`
	CannotTell int `json:"cannot_tell"`
	Warnings   int `json:"warnings"`
	Waived     int `json:"waived"`
	NotJudged  int `json:"not_judged"`
	Met        int `json:"met"`
}

// GateCase is a rule applied to one group or person.
type GateCase struct {
	Rule       string      `json:"rule"`
	Measure    string      `json:"measure"`
	OnMiss     string      `json:"on_miss"` // fail or warn
	Result     string      `json:"result"`  // what it does to the gate: met, not_met, cannot_tell, warning, waived or not_judged
	Outcome    string      `json:"outcome"` // of the rule itself: met, not_met or cannot_tell
	Group      []GateValue `json:"group"`   // empty: everybody
	Person     *string     `json:"person"`
	Competency *string     `json:"competency"`
	Who        string      `json:"who"`
	Asks       string      `json:"asks"`
	Found      string      `json:"found"`
	Why        string      `json:"why"`
	Waiver     *GateWaiver `json:"waiver"`
	Expired    *GateWaiver `json:"expired_waiver"`
	File       string      `json:"file"`
	Line       int         `json:"line"`
	Column     int         `json:"column"`

	effect policy.Effect
}

// GateValue is what the people of a group share.
type GateValue struct {
	By string `json:"by"`
	Is string `json:"is"`
}

// GateWaiver is an excuse with who answers for it.
type GateWaiver struct {
	ID      string `json:"id"`
	Rule    string `json:"rule"`
	Reason  string `json:"reason"`
	Because string `json:"because"`
	Owner   string `json:"owner"`
	Expires string `json:"expires"`
	Expired bool   `json:"expired"`
	File    string `json:"file"`
	Line    int    `json:"line"`
}

// NewGate fixes every number and word of a decision. Numbers of people come from what of the cohort may be published and from nowhere else, so that the gate prints no
// figure that the report of the cohort would hide.
func NewGate(d *policy.Decision, published *cohort.Published, opts Options) *GateReport {
	b := gateBuilder{d, published, opts.Clean}
	if b.clean == nil {
		b.clean = func(s string) string { return s }
	}
	r := d.Policy.Rubric
	g := &GateReport{
		SchemaVersion: SchemaVersion, Rubric: Rubric{r.ID, r.Version, r.Digest, b.clean(r.Title)}, Date: d.Today.String(), LeftOut: d.LeftOut, MinGroup: d.Policy.MinGroup,
		Cases: []GateCase{}, Unused: []GateWaiver{}, Notes: []string{},
	}
	if len(d.Policy.Rules) > 0 {
		g.Policy = b.clean(d.Policy.Rules[0].At.File)
	}
	if n, shown := published.People.N(); shown {
		g.People = &n
	}
	if d.LeftOut > 0 {
		g.Reason = gateLeftOut(d.LeftOut)
		g.Cases = append(g.Cases, b.leftOut())
	} else {
		passed := d.Holds()
		g.Passed = &passed
	}
	for i := range d.Cases {
		g.Cases = append(g.Cases, b.gateCase(&d.Cases[i]))
	}
	for _, w := range d.Unused {
		g.Unused = append(g.Unused, *b.waiver(w))
	}
	g.Notes = append(g.Notes, b.notes(g.Cases)...)
	g.Tally = tallyOf(g.Cases)
	return g
}

type gateBuilder struct {
	*policy.Decision
	published *cohort.Published
	clean     func(string) string
}

func tallyOf(cases []GateCase) GateTally {
	t := GateTally{All: len(cases)}
	for i := range cases {
		switch cases[i].effect {
		case policy.Fails:
			t.NotMet++
		case policy.Unsure:
			t.CannotTell++
		case policy.Warns:
			t.Warnings++
		case policy.Waived:
			t.Waived++
		case policy.Skipped:
			t.NotJudged++
		case policy.Passes:
			t.Met++
		}
	}
	return t
}

// inputRule stands for a rule where people could not be read.
const inputRule = "input"

// leftOut is the case of people who could not be read, so that every format says that there is no verdict.
func (b *gateBuilder) leftOut() GateCase {
	return GateCase{
		Rule: inputRule, Measure: inputRule, OnMiss: "fail", Result: policy.Unsure.String(), Outcome: policy.CannotTell.String(), Group: []GateValue{},
		Who: everybody, Asks: "everybody can be read", Found: gateLeftOut(b.LeftOut), Why: "A verdict over part of the people is none.", effect: policy.Unsure,
	}
}

func (b *gateBuilder) gateCase(c *policy.Case) GateCase {
	g := GateCase{
		Rule: c.Rule.ID, Measure: c.Rule.Measure.String(), OnMiss: "fail", Result: c.Effect().String(), Outcome: c.Outcome.String(), Group: []GateValue{},
		Who: b.who(c), Asks: b.asks(c.Rule), Found: b.found(c), Why: b.clean(c.Rule.Why), Waiver: b.waiver(c.Waiver), Expired: b.waiver(c.Expired),
		File: b.clean(c.Rule.At.File), Line: c.Rule.At.Line, Column: c.Rule.At.Column, effect: c.Effect(),
	}
	if c.Rule.Warn {
		g.OnMiss = "warn"
	}
	for _, v := range c.Group {
		g.Group = append(g.Group, GateValue{v.By, b.clean(v.Is)})
	}
	if c.Person != "" {
		person := b.clean(c.Person)
		g.Person = &person
	}
	if c.Competency != nil {
		g.Competency = &c.Competency.ID
	}
	return g
}

func (b *gateBuilder) waiver(w *policy.Waiver) *GateWaiver {
	if w == nil {
		return nil
	}
	return &GateWaiver{
		ID: w.ID, Rule: w.Rule.ID, Reason: w.Reason, Because: b.clean(w.Because), Owner: b.clean(w.Owner), Expires: w.Expires.String(), Expired: w.Expires.Before(b.Today),
		File: b.clean(w.At.File), Line: w.At.Line,
	}
}

// figure is how many people of a case's group its rule counts, and of how many, where that may be published.
func (b *gateBuilder) figure(c *policy.Case) (n, of int, shown bool) {
	of, shown = b.published.People.N()
	if !shown {
		return 0, 0, false
	}
	standing, whole := b.published.Standing, len(c.Group) == 0
	if !whole {
		g := b.publishedGroup(c.Group)
		if g == nil {
			return 0, 0, false
		}
		if of, shown = g.People.N(); !shown {
			return 0, 0, false
		}
		standing = g.Standing
	}
	switch {
	case c.Rule.Measure == policy.Ready:
		n, shown = standing.Ready.N()
	case c.Rule.Measure == policy.Undetermined && whole:
		n, shown = sumOf(standing.CannotTell, standing.NoTarget)
	case c.Rule.Measure == policy.AreaHolds && whole && standing.NoTarget == nil:
		n, shown = b.inArea(c)
	default:
		shown = false
	}
	return n, of, shown
}

// publishedGroup finds the group whose people are told apart by where they stand, or nil.
func (b *gateBuilder) publishedGroup(g policy.Group) *cohort.PublishedGroup {
	if len(b.published.Groups) == 0 || len(g) != 1 || b.published.Groups[0].By != g[0].By {
		return nil
	}
	groups := b.published.Groups[0].Groups
	at := slices.IndexFunc(groups, func(p cohort.PublishedGroup) bool { return p.Value == g[0].Is })
	if at < 0 {
		return nil
	}
	return &groups[at]
}

// sumOf adds counts up; nil is nobody.
func sumOf(counts ...*disclosure.Count) (sum int, shown bool) {
	for _, c := range counts {
		if c == nil {
			continue
		}
		n, ok := c.N()
		if !ok {
			return 0, false
		}
		sum += n
	}
	return sum, true
}

// inArea is for the case that everybody is known to be above or below the floor: else the number of all need not be the one that is compared with.
func (b *gateBuilder) inArea(c *policy.Case) (n int, shown bool) {
	for _, a := range b.published.Areas {
		if a.Area == c.Rule.Area && a.Other == nil {
			return a.Holds.N()
		}
	}
	return 0, false
}
