package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// compared says how a stage differs from one before it: the competencies by how their level changes, then must-haves and gates.
func (p *page) compared(before, stage *rubric.Stage) {
	p.heading("Compared with " + sanitize.Line(before.Title))
	if len(before.Criteria) == 0 && len(before.Gates) == 0 {
		p.para("  ", "That stage asks nothing, so all of this is new.")
		return
	}
	for _, change := range changesOf(before, stage) {
		p.named(change.words, change.titles)
	}
	p.named("New gates", gatesBeyond(stage, before))
	p.named("Gates that turn from helpful to needed", gatesTurned(before, stage, true))
	p.named("Gates that turn from needed to helpful", gatesTurned(before, stage, false))
	p.named("Gates no longer asked", gatesBeyond(before, stage))
}

// named prints a list under its name: beside it where there is room, below it on a narrow screen.
func (p *page) named(name string, list []string) {
	switch {
	case len(list) == 0:
	case p.Width < narrow:
		p.para("  ", name+":")
		p.para("    ", strings.Join(list, ", "))
	default:
		p.para("  "+name+": ", strings.Join(list, ", "))
	}
}

// stageChange is a group of competencies for which a stage asks something else than the one before it, in the same way.
type stageChange struct {
	words  string
	titles []string
}

// changesOf groups the competencies, in the order in which they come first: what rises, what is new, what falls; then what becomes a must-have and what is none
// any more; then what stays.
func changesOf(before, stage *rubric.Stage) []stageChange {
	var rises, falls, musts, lost, stays []stageChange
	for _, criterion := range stage.Criteria {
		title := sanitize.Line(criterion.Competency.Title)
		old := before.Criterion(criterion.Competency)
		switch {
		case old == nil:
			rises = grouped(rises, "New, at level "+criterion.Level.Text(), title)
		case old.Level.Cmp(criterion.Level) < 0:
			rises = grouped(rises, "Level "+stepWords(old, criterion), title)
		case old.Level.Cmp(criterion.Level) > 0:
			falls = grouped(falls, "Lower, level "+stepWords(old, criterion), title)
		default:
			stays = grouped(stays, "As before", title)
		}
		switch {
		case criterion.Must && (old == nil || !old.Must):
			musts = grouped(musts, "New must-haves", title)
		case !criterion.Must && old != nil && old.Must:
			lost = grouped(lost, "No longer must-haves", title)
		}
	}
	for _, old := range before.Criteria {
		if stage.Criterion(old.Competency) == nil {
			falls = grouped(falls, "No longer asked", sanitize.Line(old.Competency.Title))
		}
	}
	return slices.Concat(rises, falls, musts, lost, stays)
}

func stepWords(from, to *rubric.Criterion) string {
	return fmt.Sprintf("%s → %s", from.Level.Text(), to.Level.Text())
}

func grouped(changes []stageChange, words, title string) []stageChange {
	for i := range changes {
		if changes[i].words == words {
			changes[i].titles = append(changes[i].titles, title)
			return changes
		}
	}
	return append(changes, stageChange{words, []string{title}})
}

// gatesBeyond names the gates that one stage has and the other has not.
func gatesBeyond(stage, other *rubric.Stage) []string {
	var titles []string
	for _, gate := range stage.Gates {
		if !slices.ContainsFunc(other.Gates, func(g rubric.StageGate) bool { return g.Gate == gate.Gate }) {
			titles = append(titles, fmt.Sprintf("%s (%s)", sanitize.Line(gate.Gate.Title), gateUse(Gate{Hard: gate.Hard})))
		}
	}
	return titles
}

// gatesTurned names the gates that both stages have, of which the later is hard, or is not, and the one before is otherwise.
func gatesTurned(before, stage *rubric.Stage, hard bool) []string {
	var titles []string
	for _, gate := range stage.Gates {
		if gate.Hard == hard && slices.Contains(before.Gates, rubric.StageGate{Gate: gate.Gate, Hard: !hard}) {
			titles = append(titles, sanitize.Line(gate.Gate.Title))
		}
	}
	return titles
}
