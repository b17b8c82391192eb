// Package change compares two assessments of one person: which answers moved, and what became of their readiness. [Between] is the one function.
//
// Only what was asked in the same words both times is compared, so a new wording is never taken for a new ability. What cannot be compared is
// listed with the reason. The package is pure and judges nothing: a lower answer is a change like a higher one.
package change

import (
	"slices"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Taken is one of the two assessments.
type Taken struct {
	Sheet    *response.Sheet
	NotAsked []string // ids of items and gates that the interview ended without
}

// Diff is what moved from the first assessment to the second.
type Diff struct {
	SameRubric  bool // word for word
	Items       []ItemChange
	Gates       []GateChange
	Same        int // questions and gates compared and answered alike
	NotCompared []Uncompared
	Roles       []RoleChange
}

// ItemChange is an answer that moved. The question was the same, so it is a change of the person.
type ItemChange struct {
	Item          *rubric.Item // of the second rubric
	Before, After response.Answer
}

// GateChange is a gate whose answer moved.
type GateChange struct {
	Gate          *rubric.Gate // of the second rubric
	Before, After response.GateState
}

// Uncompared is a question or gate of which no change is told.
type Uncompared struct {
	ID   string
	Text string
	Why  Reason
}

// Reason is why something is not compared.
type Reason string

// The reasons.
const (
	Reworded Reason = "reworded" // question, window, anchors or scale are others
	Added    Reason = "added"    // the first rubric did not have it
	Removed  Reason = "removed"  // the second rubric does not have it
	NotAsked Reason = "not_asked"
)

// Cause is where a change of readiness comes from. It is empty where nothing changed.
type Cause string

// The causes.
const (
	Person Cause = "person" // the rubric asks the same as before
	Rubric Cause = "rubric" // the rubric asks something else and no comparable answer moved
	Both   Cause = "person and rubric"
)

// RoleChange is the readiness for one role at both times, each by the rubric of its time.
type RoleChange struct {
	Stage         *rubric.Stage     // of the second rubric
	Before, After *readiness.Result // Before is nil where the first rubric has no such stage
	Cause         Cause
}

// Differs reports whether anything moved.
func (d *Diff) Differs() bool {
	return len(d.Items)+len(d.Gates) > 0 || slices.ContainsFunc(d.Roles, func(r RoleChange) bool { return r.Before == nil || r.Cause != "" })
}

// Between compares two assessments by rubrics of the same id, for the roles that the second asks about.
func Between(before, after Taken) *Diff {
	d := &Diff{SameRubric: before.Sheet.Rubric.Digest == after.Sheet.Rubric.Digest}
	d.compareItems(before, after)
	d.compareGates(before, after)
	for _, stage := range readiness.Targets(after.Sheet) {
		d.Roles = append(d.Roles, d.compareRole(before.Sheet, after.Sheet, stage))
	}
	return d
}

func (d *Diff) leave(id, text string, why Reason) {
	d.NotCompared = append(d.NotCompared, Uncompared{id, text, why})
}

func (d *Diff) compareItems(before, after Taken) {
	for _, item := range after.Sheet.Rubric.Items {
		old := before.Sheet.Rubric.ItemNamed(item.ID)
		switch {
		case old == nil:
			d.leave(item.ID, item.Ask, Added)
		case !SameQuestion(old, item):
			d.leave(item.ID, item.Ask, Reworded)
		case slices.Contains(before.NotAsked, item.ID), slices.Contains(after.NotAsked, item.ID):
			d.leave(item.ID, item.Ask, NotAsked)
		case before.Sheet.Answers[old.Index] == after.Sheet.Answers[item.Index]:
			d.Same++
		default:
			d.Items = append(d.Items, ItemChange{item, before.Sheet.Answers[old.Index], after.Sheet.Answers[item.Index]})
		}
	}
	for _, old := range before.Sheet.Rubric.Items {
		if after.Sheet.Rubric.ItemNamed(old.ID) == nil {
			d.leave(old.ID, old.Ask, Removed)
		}
	}
}

func (d *Diff) compareGates(before, after Taken) {
	for _, gate := range after.Sheet.Rubric.Gates {
		old := before.Sheet.Rubric.GateNamed(gate.ID)
		switch {
		case old == nil:
			d.leave(gate.ID, gate.Title, Added)
		case old.Ask != gate.Ask:
			d.leave(gate.ID, gate.Title, Reworded)
		case slices.Contains(before.NotAsked, gate.ID), slices.Contains(after.NotAsked, gate.ID):
			d.leave(gate.ID, gate.Title, NotAsked)
		case before.Sheet.Gates[old.Index].State == after.Sheet.Gates[gate.Index].State:
			d.Same++
		default:
			d.Gates = append(d.Gates, GateChange{gate, before.Sheet.Gates[old.Index].State, after.Sheet.Gates[gate.Index].State})
		}
	}
	for _, old := range before.Sheet.Rubric.Gates {
		if after.Sheet.Rubric.GateNamed(old.ID) == nil {
			d.leave(old.ID, old.Title, Removed)
		}
	}
}

func (d *Diff) compareRole(before, after *response.Sheet, stage *rubric.Stage) RoleChange {
	role := RoleChange{Stage: stage, After: readiness.Evaluate(after, stage)}
	old := stageOf(before.Rubric, stage.ID)
	if old == nil {
		return role
	}
	role.Before = readiness.Evaluate(before, old)
	moved := len(d.Items)+len(d.Gates) > 0
	switch same := sameDemands(old, stage, before.Rubric, after.Rubric); {
	case alike(role.Before, role.After):
	case same:
		role.Cause = Person // an answer, or its evidence
	case moved:
		role.Cause = Both
	default:
		role.Cause = Rubric
	}
	return role
}

func stageOf(r *rubric.Rubric, id string) *rubric.Stage {
	for _, stage := range r.Stages {
		if stage.ID == id {
			return stage
		}
	}
	return nil
}

func alike(a, b *readiness.Result) bool {
	x, y := a.Fit(), b.Fit()
	return a.Verdict == b.Verdict && x.Worst.Equal(y.Worst) && x.Best.Equal(y.Best)
}
