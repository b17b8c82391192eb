package readiness_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// From both bounds of a sheet: the changes found reverse the verdict, and no shorter way does, be it with gates or by answers alone. Where no
// number of changes does, or too much is not applicable, there are none.
func TestFlipsAreTheFewestSteps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		s := p.drawReplies(t, completionsToTry)
		flips := readiness.StepsToFlip(p.evaluate(t, s))
		worst, best := p.filled(s, false), p.filled(s, true)
		p.checkFlip(t, "worst", worst, flips.Worst)
		if p.key(best) == p.key(worst) { // nothing is open
			equal(t, "changes from best", changeNames(flips.Worst.Changes), changeNames(flips.Best.Changes))
			return
		}
		p.checkFlip(t, "best", best, flips.Best)
	})
}

func (p *problem) checkFlip(t *rapid.T, from string, s replies, flip readiness.Flip) {
	byAnswers := p.distance(s, false)
	p.checkPath(t, from+" with gates", s, flip.Changes, p.distance(s, true))
	p.checkPath(t, from+" by answers alone", s, flip.Answers, byAnswers)
	for _, change := range flip.Answers {
		if change.Item == nil {
			t.Errorf("%s by answers alone: a gate is among them", from)
		}
	}
	if flip.Borderline() != (byAnswers == 1) {
		t.Errorf("%s: borderline %t, but it takes %d answers", from, flip.Borderline(), byAnswers)
	}
}

func (p *problem) checkPath(t *rapid.T, what string, s replies, changes []readiness.Change, fewest int) {
	if fewest == -1 {
		if len(changes) > 0 {
			t.Errorf("%s: %d changes, but nothing reverses the verdict", what, len(changes))
		}
		return
	}
	if len(changes) != fewest {
		t.Errorf("%s: %d changes, the fewest are %d", what, len(changes), fewest)
	}
	before := p.judge(s).verdict
	if after := p.judge(p.walk(t, s, changes)).verdict; after == before || after == readiness.Undetermined {
		t.Errorf("%s: %v before the changes, %v after", what, before, after)
	}
}

// walk makes the changes one by one, each of which must start from what the one before has left.
func (p *problem) walk(t *rapid.T, s replies, changes []readiness.Change) replies {
	s = s.clone()
	for _, change := range changes {
		if change.Item == nil {
			n := numberOf(change.Gate.ID)
			s.gates[n] = p.gates[n].turned(s.gates[n])
			continue
		}
		n := numberOf(change.Item.ID)
		level, ok := s.items[n].Level()
		scale := change.Item.Competency.Scale
		if step := change.To - change.From; !ok || level != change.From || step != 1 && step != -1 || change.To < scale.Lo() || change.To > scale.Hi() {
			t.Fatalf("%s from %d to %d is no step: it is at %v", change.Item.ID, change.From, change.To, s.items[n])
		}
		s.items[n] = response.Answered(change.To)
	}
	return s
}

// The small rubric, for its Builder: 4 points are possible, 80 % of them are 3.2, and 60 % of the area craft with its 3 points are 1.8.
func TestFlipByHand(t *testing.T) {
	small := rubrictest.Small(t)
	for _, tc := range []struct {
		name             string
		note, scope      int // framing: weights 2 and 1; level 2 is required, the floor is 3/2
		measure, talk    int // level 1 is required of both, their floors are 0
		gate             response.GateAnswer
		changes, answers []string
	}{
		{
			// Framing is (2·2 + 1·0)/3 = 4/3, under 3/2. One level on scope-cut would give 5/3 and 2·2/3 of its points: 10/3 of 4 in all, enough
			// as well. The heavier item goes first: problem-note gives 2 and all points.
			"one level decides", 2, 0, 1, 1, shipped(),
			[]string{"problem-note 2 3"}, []string{"problem-note 2 3"},
		},
		{
			// The gate first; then framing from (0 + 0)/3 to its floor by problem-note three times: 6/3 = 2, which earns both its points. With
			// 2 of 4 points 1.2 are missing: measuring and talking bring 1 each. measure-read takes 3 hours, hard-talk 1, but the area craft
			// holds 2 of its 3 points, more than 1.8, and people must have 60 % of 1 point: hard-talk for the area, measure-read for the whole.
			"from nothing", 0, 0, 0, 0, response.GateAnswer{},
			[]string{"gate shipped-once", "problem-note 0 1", "problem-note 1 2", "problem-note 2 3", "hard-talk 0 1", "measure-read 0 1"}, nil,
		},
		{
			// Framing (4 + 2)/3 = 2, all points. Down: one drop of problem-note leaves (2 + 2)/3 = 4/3, under the floor. One answer is as short
			// as withdrawing the gate, and answers come first.
			"all exactly met", 2, 2, 1, 1, shipped(),
			[]string{"problem-note 2 1"}, []string{"problem-note 2 1"},
		},
		{
			// Everything at its highest. Framing falls under 3/2, which is 4.5 of 9, after three drops of problem-note: 2·0 + 3 = 3 (two leave 5).
			// Talking loses its area after three drops: level 0 holds 0 of 1 point; craft cannot fall faster. The gate alone is one.
			"all highest", 3, 3, 3, 3, shipped(),
			[]string{"gate shipped-once"}, []string{"problem-note 3 2", "problem-note 2 1", "problem-note 1 0"},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := response.New(small)
			s.Date = today
			for id, level := range map[string]int{"problem-note": tc.note, "scope-cut": tc.scope, "measure-read": tc.measure, "hard-talk": tc.talk} {
				s.Answers[small.ItemNamed(id).Index] = response.Answered(level)
			}
			s.Gates[small.GateNamed("shipped-once").Index] = tc.gate
			flip := readiness.StepsToFlip(readiness.Evaluate(s, small.StageNamed("builder"))).Worst
			equal(t, "changes", tc.changes, changeNames(flip.Changes))
			equal(t, "answers", tc.answers, changeNames(flip.Answers))
		})
	}
}

// shipped is a yes to shipped-once with the evidence that it needs.
func shipped() response.GateAnswer {
	return response.GateAnswer{State: response.GateYes, Evidence: response.Evidence{Kind: response.Artifact, When: date("2026-01-15")}}
}

// Of raises that bring the same, the one that is less effort comes first, whatever the order in the rubric: between competencies, and between items
// of one that stand at different levels. Drops know no effort.
func TestLessEffortFirst(t *testing.T) {
	r := loadText(t, `
pmpath: 1
id: effort
version: 1.0.0
title: Effort
scale: [{level: 0, label: None, means: None.}, {level: 1, label: Some, means: Some.}, {level: 2, label: More, means: More.}]
rule:
  ready_at: {at: 50%, why: half}
  area_floor: {at: 0, why: none}
  max_shortfall: {at: 2, why: all}
  must_shortfall: {at: 2, why: all}
  span: {at: 2, why: all}
  assessed: {at: 0, why: none}
areas:
  - area: one
    title: One
    competencies:
      - id: dear
        title: Dear
        items: [{id: dear-item, ask: What?, anchors: {1: Some., 2: More.}}]
        grow: {1: [{kind: practice, do: It., effort: 6h}], 2: [{kind: practice, do: It., effort: 1h}]}
      - id: cheap
        title: Cheap
        items: [{id: cheap-item, ask: What?, anchors: {1: Some., 2: More.}}]
        grow:
          1: [{kind: practice, do: It., effort: 2h}, {kind: mentor, do: It., effort: 3h}]
          2: [{kind: practice, do: It., effort: 9h}]
      - id: pair
        title: Pair
        items: [{id: pair-one, ask: What?, anchors: {1: Some., 2: More.}}, {id: pair-two, ask: What?, anchors: {1: Some., 2: More.}}]
        grow: {1: [{kind: practice, do: It., effort: 6h}], 2: [{kind: practice, do: It., effort: 1h}]}
stages:
  - {id: competencies, title: Competencies, criteria: {dear: {level: 2}, cheap: {level: 2}}}
  - {id: items, title: Items, criteria: {pair: {level: 2}}}
`)
	path := func(stage int, levels ...int) []string {
		s := response.New(r)
		for i, level := range levels {
			s.Answers[i] = response.Answered(level)
		}
		return changeNames(readiness.StepsToFlip(readiness.Evaluate(s, r.Stages[stage])).Worst.Changes)
	}
	// 2 of 4 points are needed and every raise brings one. First: 6 hours against 2 + 3. Then: 6 against 9.
	equal(t, "between competencies", []string{"cheap-item 0 1", "dear-item 0 1"}, path(0, 0, 0, 0, 0))
	// 1 of 2 points is needed, the mean of both items. To level 1 takes 6 hours, to level 2 one.
	equal(t, "between items", []string{"pair-two 1 2"}, path(1, 0, 0, 0, 1))
	// From 1 and 2 two drops lead under the mean of 1. A step further up would take an hour for the first item and none for the second, which has no
	// say: the first item drops, then the only one left to drop.
	equal(t, "down", []string{"pair-one 1 0", "pair-two 2 1"}, path(1, 0, 0, 1, 2))
}

// On a rubric of full size nothing can be tried out, but no change of a shortest way can be left out either.
func TestFlipsOfTheShippedRubric(t *testing.T) {
	pm := shippedRubric(t)
	rapid.Check(t, func(t *rapid.T) {
		target := rapid.SampledFrom(pm.Stages[1:]).Draw(t, "target")
		s := drawSheet(t, pm)
		flips := readiness.StepsToFlip(readiness.Evaluate(s, target))
		for i, flip := range []readiness.Flip{flips.Worst, flips.Best} {
			full := filledSheet(s, i == 1)
			before := readiness.Evaluate(full, target)
			if before.NotAssessed() {
				if len(flip.Changes) > 0 {
					t.Fatal("the guard stands in the way, and changes are named")
				}
				continue
			}
			if after := readiness.Evaluate(changed(full, flip.Changes), target); after.Verdict == before.Verdict || len(flip.Changes) == 0 {
				t.Fatalf("%v before, %v after %v", before.Verdict, after.Verdict, changeNames(flip.Changes))
			}
			for leave := range flip.Changes {
				fewer := append(append([]readiness.Change(nil), flip.Changes[:leave]...), flip.Changes[leave+1:]...)
				if after := readiness.Evaluate(changed(full, fewer), target); after.Verdict != before.Verdict {
					t.Fatalf("without change %d of %v it flips as well", leave, changeNames(flip.Changes))
				}
			}
		}
	})
}

// changed makes the changes, each as so many levels up or down, so that one of them may be left out.
func changed(s *response.Sheet, changes []readiness.Change) *response.Sheet {
	after := copySheet(s)
	for _, change := range changes {
		if change.Item == nil {
			after.Gates[change.Gate.Index] = gateTurned(change.Gate, s)
			continue
		}
		level, _ := after.Answers[change.Item.Index].Level()
		after.Answers[change.Item.Index] = response.Answered(level + change.To - change.From)
	}
	return after
}

func gateTurned(gate *rubric.Gate, s *response.Sheet) response.GateAnswer {
	if said := s.Gates[gate.Index]; said.State == response.GateYes && said.Missing(gate, s.Date) == response.LacksNothing {
		return response.GateAnswer{State: response.GateNo}
	}
	return metGate(gate, s.Date)
}

func changeNames(changes []readiness.Change) []string {
	var names []string
	for _, change := range changes {
		names = append(names, changeName(change))
	}
	return names
}
