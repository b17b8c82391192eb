package policy

import (
	"slices"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Format is the version of the file formats that this package reads and writes.
const Format = 1

// Policy is what a team has agreed on.
type Policy struct {
	Rubric   *rubric.Rubric
	MinGroup int // people in the smallest group that is judged
	Rules    []*Rule
}

// Rule is one bound. Exactly one Measure says what it bounds.
type Rule struct {
	Index   int
	ID      string
	Why     string
	Warn    bool // a miss is a warning and leaves the gate open
	Measure Measure
	Area    *rubric.Area // of AreaHolds
	Bound   Bound        // of measures about groups
	Months  int          // of SheetAge and EvidenceAge: the most that may have passed
	Group   Group        // only these people
	Each    string       // a dimension: the rule is about each of its groups by itself; empty for none
	At      document.Position
}

// Measure is what a rule looks at. The zero value is none.
type Measure int

// The measures. Those up to AreaHolds count people of a group, the others find fault with single people.
const (
	Ready        Measure = iota + 1 // people who meet all conditions of their target
	NotReady                        // people who do not
	Undetermined                    // people of whom it cannot be told, those without a target among them
	AreaHolds                       // people who reach the floor of an area, of those whose target asks something of it
	NoRegression                    // nobody is below the baseline in any competency
	SheetAge                        // answers are not older than so many months
	EvidenceAge                     // evidence was not older than so many months when it was named
)

// AboutPeople reports whether the measure finds fault with single people, where others count the people of a group.
func (m Measure) AboutPeople() bool { return m >= NoRegression }

func (m Measure) String() string {
	return map[Measure]string{
		Ready: "ready", NotReady: "not_ready", Undetermined: "undetermined", AreaHolds: "area", NoRegression: "no_regression", SheetAge: "sheet_age", EvidenceAge: "evidence_age",
	}[m]
}

// The dimensions that people can be grouped by, as in files.
const (
	ByStage  = "stage"  // the role held today
	ByTarget = "target" // the role measured against
	ByTeam   = "team"   // a column of the input
)

// Group is people who share the values given; the empty Group is everybody.
type Group []Value

// Value is what the people of a group share in one dimension: the id of a stage, or text from outside.
type Value struct{ By, Is string }

// Of returns the value in a dimension, and whether there is one.
func (g Group) Of(by string) (string, bool) {
	for _, v := range g {
		if v.By == by {
			return v.Is, true
		}
	}
	return "", false
}

// Limit is one end of a bound: a share of the people, or a number of them.
type Limit struct {
	At    fraction.Fraction
	Share bool // At is a share, 0 … 1
}

// Bound is what a number of people must keep to; one of its ends may be missing.
type Bound struct {
	AtLeast, AtMost *Limit
}

// judge compares a number of people that lies in least … most with the bound; base is how many people there are, at least one.
func (b Bound) judge(least, most, base int) Outcome {
	outcome := Met
	if b.AtLeast != nil {
		outcome = min(outcome, within(b.AtLeast.cmp(least, base) >= 0, b.AtLeast.cmp(most, base) >= 0))
	}
	if b.AtMost != nil {
		outcome = min(outcome, within(b.AtMost.cmp(most, base) <= 0, b.AtMost.cmp(least, base) <= 0))
	}
	return outcome
}

// within turns whether something holds at worst and at best into an outcome.
func within(worst, best bool) Outcome {
	switch {
	case worst:
		return Met
	case best:
		return CannotTell
	}
	return NotMet
}

// cmp compares a number of people with the limit, exactly.
func (l *Limit) cmp(people, base int) int {
	if l.Share {
		return fraction.Of(int64(people), int64(base)).Cmp(l.At)
	}
	return fraction.Int(people).Cmp(l.At)
}

// Uses reports whether some rule needs people told apart by a dimension.
func (p *Policy) Uses(by string) (*Rule, bool) {
	for _, r := range p.Rules {
		if _, given := r.Group.Of(by); given || r.Each == by {
			return r, true
		}
	}
	return nil, false
}

// Wants reports whether some rule has the measure, and the first that does.
func (p *Policy) Wants(m Measure) (*Rule, bool) {
	i := slices.IndexFunc(p.Rules, func(r *Rule) bool { return r.Measure == m })
	if i < 0 {
		return nil, false
	}
	return p.Rules[i], true
}

// rule finds a rule by id, or nil.
func (p *Policy) rule(id string) *Rule {
	for _, r := range p.Rules {
		if r.ID == id {
			return r
		}
	}
	return nil
}

func (p *Policy) ruleIDs() []string {
	ids := make([]string, len(p.Rules))
	for i, r := range p.Rules {
		ids[i] = r.ID
	}
	return ids
}
