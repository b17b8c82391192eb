// Package lint finds what is probably wrong with a rubric that loads: conditions that cannot do their work, places that ask and never explain, and
// wording that measures something else than it says. [Lint] is all that most callers want; [Rules] says what there is to find.
//
// What can be computed is computed. The rules about routes and verdicts (routes.go, idle.go) reason exactly about every sheet that anybody could fill in;
// each says in its comment what it proves. The rules about wording (wording.go) compare words with lists and with each other; they know English alone, and
// stay silent on other languages.
//
// The package changes no rubric, reads no file and decides about no person. Text in a Finding is the author's own: whoever shows it makes it safe.
package lint

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Severity orders findings. The zero value is none.
type Severity int

// The severities, least first.
const (
	Note    Severity = iota + 1 // worth a look
	Warning                     // something does not do what it says
)

var severityNames = [...]string{"", "note", "warning"}

// String returns the name used in output.
func (s Severity) String() string { return severityNames[s] }

// Finding is something in a rubric that its author should look at.
type Finding struct {
	document.Position
	Rule  *Rule
	Place string // the part of the rubric, such as "item success-measure": stable while lines move
	What  string
}

// Accepted is a finding that the author means to keep.
type Accepted struct {
	Finding
	Why string
}

// Result is what Lint says, each list in the order of the files.
type Result struct {
	Findings []Finding
	Accepted []Accepted
}

// Lint looks at a rubric that was read from files.
func Lint(r *rubric.Rubric) Result {
	l := &linter{Rubric: r}
	l.structure()
	l.routes()
	l.cuts()
	l.idle()
	l.wording()
	return l.settle()
}

type linter struct {
	*rubric.Rubric
	found  []Finding
	scores [][]fraction.Fraction // by competency: those that answers can give, ascending; none where there are too many to look at
}

// note adds a finding of a rule about a part of the rubric. The position is that of the part, or of what lies in it.
func (l *linter) note(p part, at document.Position, rule, what string, args ...any) {
	l.found = append(l.found, Finding{at, ruleNamed(rule), p.name, fmt.Sprintf(what, args...)})
}

// settle takes out what is accepted, and complains of acceptances that accept nothing. What is wrong with an acceptance cannot be accepted in turn.
func (l *linter) settle() Result {
	reasons := map[keep]string{}
	open := map[keep]bool{}
	for _, finding := range l.found {
		open[keep{finding.Place, finding.Rule.Name}] = true
	}
	for _, p := range parts(l.Rubric) {
		for _, acceptance := range p.accept {
			at := keep{p.name, acceptance.Rule}
			switch {
			case ruleNamed(acceptance.Rule) == nil:
				l.note(p, acceptance.At, unknownRule, "there is no rule %q%s", acceptance.Rule, meant(acceptance.Rule))
			case !open[at] || reasons[at] != "":
				l.note(p, acceptance.At, unneededAcceptance, "nothing is left for %q to accept in the %s", acceptance.Rule, p.name)
			default:
				reasons[at] = acceptance.Why
			}
		}
	}
	var result Result
	for _, finding := range l.found {
		if why := reasons[keep{finding.Place, finding.Rule.Name}]; why != "" {
			result.Accepted = append(result.Accepted, Accepted{finding, why})
		} else {
			result.Findings = append(result.Findings, finding)
		}
	}
	slices.SortStableFunc(result.Findings, byPlace)
	slices.SortStableFunc(result.Accepted, func(a, b Accepted) int { return byPlace(a.Finding, b.Finding) })
	return result
}

// keep is what an acceptance is about: a rule at a part.
type keep struct{ part, rule string }

func byPlace(a, b Finding) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Rule.Name, b.Rule.Name))
}

// meant names the rule that was probably meant.
func meant(name string) string {
	names := make([]string, 0, len(rules))
	for _, rule := range rules {
		names = append(names, rule.Name)
	}
	if near := document.Nearest(name, names, ""); near != "" {
		return " – " + near
	}
	return ""
}

// part is a part of a rubric that findings are about and that can hold acceptances.
type part struct {
	name   string
	accept []rubric.Acceptance
}

func ofRubric(r *rubric.Rubric) part         { return part{"rubric", r.Accept} }
func ofArea(a *rubric.Area) part             { return part{"area " + a.ID, a.Accept} }
func ofCompetency(c *rubric.Competency) part { return part{"competency " + c.ID, c.Accept} }
func ofItem(i *rubric.Item) part             { return part{"item " + i.ID, i.Accept} }
func ofGate(g *rubric.Gate) part             { return part{"gate " + g.ID, g.Accept} }
func ofStage(s *rubric.Stage) part           { return part{"stage " + s.ID, s.Accept} }
func ofCriterion(s *rubric.Stage, c *rubric.Criterion) part {
	return part{"criterion " + s.ID + "/" + c.Competency.ID, c.Accept}
}

// parts lists every part of a rubric.
func parts(r *rubric.Rubric) []part {
	all := []part{ofRubric(r)}
	for _, area := range r.Areas {
		all = append(all, ofArea(area))
	}
	for _, c := range r.Competencies {
		all = append(all, ofCompetency(c))
	}
	for _, item := range r.Items {
		all = append(all, ofItem(item))
	}
	for _, stage := range r.Stages {
		all = append(all, ofStage(stage))
		for _, criterion := range slices.Concat(stage.Criteria, stage.Void) {
			all = append(all, ofCriterion(stage, criterion))
		}
	}
	for _, gate := range r.Gates {
		all = append(all, ofGate(gate))
	}
	return all
}
