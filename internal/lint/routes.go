package lint

import (
	"fmt"
	"strings"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/rubric"
)

// mostHardGates of a stage: nothing makes up for a gate, so each one more refuses people.
const mostHardGates = 3

// routes looks at each stage and at each step from one stage to the next.
//
// A stage can be out of reach only because no route leads to it: its own conditions can always be met. The loader holds every floor at or below its
// level, every level on its scale and every cut at or below 100 %, so whoever answers with the highest level everywhere and meets every gate is ready for
// every stage. A property test holds that; there is no rule for what cannot happen.
func (l *linter) routes() {
	for i, stage := range l.Stages {
		hard := hardGates(stage)
		asks := len(stage.Criteria) > 0 || hard > 0
		if hard > mostHardGates {
			l.note(ofStage(stage), stage.At, manyHardGates, "the stage %q has %d hard gates", stage.ID, hard)
		}
		if len(stage.Before) > 0 && !asks {
			l.note(ofStage(stage), stage.At, asksNothing, "the stage %q asks nothing: everybody is ready for it", stage.ID)
		}
		// A ladder may start in several places, but one that asks something is a rung that was left hanging, and so is one that leads nowhere.
		if i > 0 && len(stage.Before) == 0 && (asks || len(stage.Next) == 0) {
			l.note(ofStage(stage), stage.At, noRoute, "no stage leads to %q", stage.ID)
		}
		for _, criterion := range stage.Criteria {
			if less := lessThanBefore(stage, criterion); less != "" {
				l.note(ofCriterion(stage, criterion), criterion.At, asksLess, "%q asks less of %q than %s", stage.ID, criterion.Competency.ID, less)
			}
		}
		for _, before := range stage.Before {
			l.step(before, stage)
		}
	}
}

func hardGates(stage *rubric.Stage) int {
	hard := 0
	for _, gate := range stage.Gates {
		if gate.Hard {
			hard++
		}
	}
	return hard
}

// lessThanBefore names the stages just before that ask for a higher level or a higher floor. Gates are left out: they are facts of the past, which stay true.
func lessThanBefore(stage *rubric.Stage, criterion *rubric.Criterion) string {
	var more []string
	for _, before := range stage.Before {
		old := before.Criterion(criterion.Competency)
		switch {
		case old == nil:
		case old.Level.Cmp(criterion.Level) > 0:
			more = append(more, fmt.Sprintf("%q (level %s → %s)", before.ID, old.Level.Text(), criterion.Level.Text()))
		case old.Floor.Cmp(criterion.Floor) > 0:
			more = append(more, fmt.Sprintf("%q (floor %s → %s)", before.ID, old.Floor.Text(), criterion.Floor.Text()))
		}
	}
	return strings.Join(more, " and ")
}

// step looks at what changes from one stage to the next as a whole.
func (l *linter) step(before, stage *rubric.Stage) {
	var dropped []string
	for _, old := range before.Criteria {
		if stage.Criterion(old.Competency) == nil {
			dropped = append(dropped, fmt.Sprintf("%q", old.Competency.ID))
		}
	}
	if len(dropped) > 0 {
		l.note(ofStage(stage), stage.At, asksLess, "%q no longer asks for %s, which %q does", stage.ID, strings.Join(dropped, ", "), before.ID)
	}
	if len(stage.Criteria) > 0 && l.holdsAlready(before, stage) {
		l.note(ofStage(stage), stage.At, asksNoMore, "whoever is exactly where %q asks one to be meets all of %q but its gates", before.ID, stage.ID)
	}
}

// holdsAlready works out whether somebody whose score is, on every competency, just the level that the stage before asks (the lowest level where it
// asks none) meets every condition of the stage but its gates. That is the one person for whom the step should be a step.
func (l *linter) holdsAlready(before, stage *rubric.Stage) bool {
	areas := make([]reach, len(l.Areas))
	for _, criterion := range stage.Criteria {
		score := fraction.Int(criterion.Competency.Scale.Lo())
		if old := before.Criterion(criterion.Competency); old != nil {
			score = old.Level
		}
		if score.Cmp(criterion.Floor) < 0 {
			return false
		}
		area := &areas[criterion.Competency.Area.Index]
		*area = area.plus(reachOf(criterion, score))
	}
	var all reach
	for i, area := range areas {
		if !area.meets(l.Areas[i].Floor.At) {
			return false
		}
		all = all.plus(area)
	}
	return all.meets(l.Rule.ReadyAt.At)
}
