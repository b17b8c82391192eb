package lint

import (
	"slices"

	"github.com/pmpath/pmpath/internal/rubric"
)

// fewestItems of an area: below it one answer moves the area too far.
const fewestItems = 3

// structure looks for what is defined and not used, and asked and not explained.
func (l *linter) structure() {
	for _, area := range l.Areas {
		items := 0
		for _, c := range area.Competencies {
			items += len(c.Items)
		}
		if items < fewestItems {
			l.note(ofArea(area), area.At, fewItems, "the area %q has %s: one answer moves it too far", area.ID, count(items, "question"))
		}
	}
	for _, c := range l.Competencies {
		l.competency(c)
	}
	for _, stage := range l.Stages {
		for _, criterion := range stage.Criteria {
			if criterion.Why == "" {
				l.note(ofCriterion(stage, criterion), criterion.At, missingWhy, "the criterion %q of %q has no reason", criterion.Competency.ID, stage.ID)
			}
		}
	}
	for _, gate := range l.Gates {
		if !slices.ContainsFunc(l.Stages, func(s *rubric.Stage) bool { return uses(s, gate) }) {
			l.note(ofGate(gate), gate.At, unusedGate, "no stage uses the gate %q", gate.ID)
		}
		if gate.Why == "" {
			l.note(ofGate(gate), gate.At, missingWhy, "the gate %q has no reason", gate.ID)
		}
	}
}

func (l *linter) competency(c *rubric.Competency) {
	asked := l.highestAsked(c)
	if asked == c.Scale.Lo() {
		l.note(ofCompetency(c), c.At, unusedCompetency, "no stage asks for the competency %q", c.ID)
	}
	for level := c.Scale.Lo() + 1; level <= asked; level++ {
		if len(c.StepsTo(level)) == 0 {
			l.note(ofCompetency(c), c.At, missingGrowth, "the competency %q has no step that leads to level %d", c.ID, level)
		}
	}
	for _, item := range c.Items {
		if item.Window == 0 {
			l.note(ofItem(item), item.At, missingWindow, "the question %q does not say how far it looks back", item.ID)
		}
		if item.Evidence == "" {
			l.note(ofItem(item), item.At, missingEvidence, "the question %q does not say what counts as evidence", item.ID)
		}
	}
}

// highestAsked is the highest level that any stage asks of a competency, rounded up.
func (l *linter) highestAsked(c *rubric.Competency) int {
	highest := c.Scale.Lo()
	for _, stage := range l.Stages {
		if criterion := stage.Criterion(c); criterion != nil {
			highest = max(highest, int(-criterion.Level.Neg().Floor()))
		}
	}
	return highest
}

func uses(stage *rubric.Stage, gate *rubric.Gate) bool {
	return slices.ContainsFunc(stage.Gates, func(g rubric.StageGate) bool { return g.Gate == gate })
}
