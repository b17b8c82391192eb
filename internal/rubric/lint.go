package rubric

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/pmpath/pmpath/internal/document"
)

// Severity orders findings. The zero value is none.
type Severity int

// The severities, least first.
const (
	Note Severity = iota + 1
	Warning
)

var severityNames = [...]string{"", "note", "warning"}

func (s Severity) String() string { return severityNames[s] }

// Finding is something in a valid rubric that its author should look at.
type Finding struct {
	document.Position
	Rule     string // a stable name in kebab-case
	Severity Severity
	What     string
	Do       string
}

// Lint looks at the structure of a rubric that was read from files: what is defined and never used, asked and never explained, or set so
// that it cannot do its work. Findings come in the order of the files.
func Lint(r *Rubric) []Finding {
	var findings []Finding
	note := func(at document.Position, severity Severity, rule, do, what string, args ...any) {
		findings = append(findings, Finding{at, rule, severity, fmt.Sprintf(what, args...), do})
	}
	lintAreas(r, note)
	lintCompetencies(r, note)
	lintStages(r, note)
	lintGates(r, note)
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Rule, b.Rule))
	})
	return findings
}

type noteFunc func(at document.Position, severity Severity, rule, do, what string, args ...any)

// The bounds that lint holds a rubric to; measurement of short or cut-heavy instruments is the reason for each.
const (
	fewestItems   = 3 // of an area: below it one answer moves the area too far
	mostHardGates = 3 // of a stage: gates compensate for nothing, so each one more refuses people
)

func lintAreas(r *Rubric, note noteFunc) {
	for _, area := range r.Areas {
		items := 0
		for _, c := range area.Competencies {
			items += len(c.Items)
		}
		if items < fewestItems {
			note(area.At, Warning, "few-items", "add items or join the area to another", "the area %q has %d items: one answer moves it too far", area.ID, items)
		}
		if area.Floor.At.Cmp(r.Rule.ReadyAt.At) >= 0 {
			note(area.At, Warning, "floor-not-below-cut", "lower the floor: the overall cut should carry the decision",
				"the floor of the area %q (%d %%) is not below the overall cut (%d %%)", area.ID, area.Floor.At.Percent(), r.Rule.ReadyAt.At.Percent())
		}
	}
}

func lintCompetencies(r *Rubric, note noteFunc) {
	for _, c := range r.Competencies {
		asked := highestAsked(r, c)
		if asked == c.Scale.Lo() {
			note(c.At, Warning, "unused-competency", "ask for it in a stage's criteria, or remove it", "no stage asks for the competency %q", c.ID)
		}
		for level := c.Scale.Lo() + 1; level <= asked; level++ {
			if len(c.StepsTo(level)) == 0 {
				note(c.At, Warning, "missing-growth", fmt.Sprintf("add grow.%d", level), "the competency %q has no step that leads to level %d", c.ID, level)
			}
		}
		for _, item := range c.Items {
			if item.Window == 0 {
				note(item.At, Note, "missing-window", "add a window such as 12 months", "the item %q does not say how far it looks back", item.ID)
			}
			if item.Evidence == "" {
				note(item.At, Warning, "missing-evidence", "say what could be shown, and who could confirm it", "the item %q does not say what counts as evidence", item.ID)
			}
		}
	}
}

// highestAsked is the highest level that any stage asks of a competency, rounded up.
func highestAsked(r *Rubric, c *Competency) int {
	highest := c.Scale.Lo()
	for _, stage := range r.Stages {
		if criterion := stage.Criterion(c); criterion != nil {
			highest = max(highest, int(-criterion.Level.Neg().Floor()))
		}
	}
	return highest
}

func lintStages(r *Rubric, note noteFunc) {
	for _, stage := range r.Stages {
		hard := 0
		for _, gate := range stage.Gates {
			if gate.Hard {
				hard++
			}
		}
		if hard > mostHardGates {
			note(stage.At, Warning, "many-hard-gates", "turn some into should", "the stage %q has %d hard gates", stage.ID, hard)
		}
		if len(stage.Before) > 0 && len(stage.Criteria) == 0 && hard == 0 {
			note(stage.At, Warning, "asks-nothing", "add criteria", "the stage %q asks nothing: everybody is ready for it", stage.ID)
		}
		for _, criterion := range stage.Criteria {
			if criterion.Why == "" {
				note(criterion.At, Warning, "missing-why", "give the reason in one sentence",
					"the criterion %q of %q has no reason", criterion.Competency.ID, stage.ID)
			}
		}
	}
}

func lintGates(r *Rubric, note noteFunc) {
	for _, gate := range r.Gates {
		used := slices.ContainsFunc(r.Stages, func(s *Stage) bool {
			return slices.ContainsFunc(s.Gates, func(g StageGate) bool { return g.Gate == gate })
		})
		if !used {
			note(gate.At, Warning, "unused-gate", "name it in a stage's gates, or remove it", "no stage uses the gate %q", gate.ID)
		}
		if gate.Why == "" {
			note(gate.At, Warning, "missing-why", "give the reason in one sentence", "the gate %q has no reason", gate.ID)
		}
	}
}
