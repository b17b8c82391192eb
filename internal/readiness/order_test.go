package readiness_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// The small rubric by hand. All scales run from 0 to 3, so what an item can move is W·w·3. Both areas have the rule's floor: craft goes first.
func TestOrderByHand(t *testing.T) {
	small := rubrictest.Small(t)
	for _, tc := range []struct {
		name    string
		targets []string
		want    []string
	}{
		{
			"builder", []string{"builder"},
			[]string{
				"gate shipped-once",         // the one hard gate
				"problem-note", "scope-cut", // framing is the must-have: 2·2·3 = 12 and 2·1·3 = 6
				"measure-read", "hard-talk", // craft before people, 1·1·3 each
				"gate ran-session", // only reported
			},
		},
		{
			"guide asks nothing of measuring", []string{"guide"},
			[]string{
				"gate ran-session",
				"problem-note", "scope-cut", // the area craft: 1·2·3 = 6, 1·1·3 = 3
				"hard-talk",    // the area people: 3·1·3 = 9, but the areas come one after the other
				"measure-read", // not asked for
			},
		},
		{
			"lead", []string{"lead"},
			[]string{"gate trusted", "problem-note", "scope-cut", "measure-read", "hard-talk", "gate shipped-once"},
		},
		{
			"several targets: a gate is hard where one of them decides by it", []string{"guide", "lead", "builder"},
			[]string{"gate shipped-once", "gate ran-session", "gate trusted", "problem-note", "scope-cut", "measure-read", "hard-talk"},
		},
		{
			"nothing asked for", []string{"starter"},
			[]string{"problem-note", "scope-cut", "measure-read", "hard-talk"},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var targets []*rubric.Stage
			for _, id := range tc.targets {
				targets = append(targets, small.StageNamed(id))
			}
			equal(t, "order", tc.want, questionNames(readiness.Order(small, targets)))
		})
	}
}

// An area with a higher floor goes first wherever it stands; a must-have goes before both; of equal weights the wider scale moves more.
func TestOrderByFloorAndScale(t *testing.T) {
	p := &problem{
		readyAt: ratio(4, 5), areaFloor: ratio(1, 2), maxShortfall: whole(1), mustShortfall: whole(1), span: whole(1), assessed: whole(0),
		areas: []area{
			{number: 0, competencies: []competency{
				{number: 0, lo: 0, hi: 2, items: []item{{number: 0, weight: 1}}, asked: &criterion{level: whole(1), weight: 2}},             // 2·1·2 = 4
				{number: 1, lo: -1, hi: 2, items: []item{{number: 1, weight: 1}}, asked: &criterion{level: whole(1), weight: 2}},            // 2·1·3 = 6
				{number: 2, lo: 0, hi: 1, items: []item{{number: 2, weight: 1}}, asked: &criterion{level: whole(1), weight: 1, must: true}}, // 1
			}},
			{number: 1, floor: ratio(2, 3), competencies: []competency{
				{number: 3, lo: 0, hi: 1, items: []item{{number: 3, weight: 1}, {number: 4, weight: 3}}, asked: &criterion{level: whole(1), weight: 1}}, // 1 and 3
			}},
			{number: 2, competencies: []competency{
				{number: 4, lo: 0, hi: 1, items: []item{{number: 5, weight: 9}}, asked: &criterion{level: whole(1), weight: 9}}, // 81
			}},
		},
	}
	r := p.load(t)
	want := []string{"item-2", "item-4", "item-3", "item-1", "item-0", "item-5"}
	equal(t, "order", want, questionNames(readiness.Order(r, r.Stages)))
}

// With several targets the strictest use of an item counts, whichever target comes last.
func TestOrderForSeveralTargets(t *testing.T) {
	asks := func(number, weight int) competency {
		return competency{number: number, lo: 0, hi: 1, items: []item{{number, 1, false}}, asked: &criterion{level: whole(1), weight: weight}}
	}
	// The first stage weighs 5, 3 and 1, the second 1, 4, and 1 as a must-have.
	r := loadText(t, alone(asks(0, 5), asks(1, 3), asks(2, 1)).yaml()+`
  - id: other
    title: Other
    criteria: {competency-0: {level: 1}, competency-1: {level: 1, weight: 4}, competency-2: {level: 1, weight: 1, must: true}}
`)
	want := []string{"item-2", "item-0", "item-1"} // the must-have, then 5 and 4
	equal(t, "order", want, questionNames(readiness.Order(r, []*rubric.Stage{r.Stages[0], r.Stages[1]})))
	equal(t, "the other way round", want, questionNames(readiness.Order(r, []*rubric.Stage{r.Stages[1], r.Stages[0]})))
}

// Every item and every gate of the targets is asked once.
func TestOrderAsksEverythingOnce(t *testing.T) {
	pm := shippedRubric(t)
	rapid.Check(t, func(t *rapid.T) {
		targets := rapid.SliceOfNDistinct(rapid.SampledFrom(pm.Stages), 1, 4, func(s *rubric.Stage) string { return s.ID }).Draw(t, "targets")
		names := questionNames(readiness.Order(pm, targets))
		slices.Sort(names)
		var want []string
		for _, item := range pm.Items {
			want = append(want, item.ID)
		}
		for _, gate := range pm.Gates {
			if slices.ContainsFunc(targets, func(s *rubric.Stage) bool {
				return slices.ContainsFunc(s.Gates, func(g rubric.StageGate) bool { return g.Gate == gate })
			}) {
				want = append(want, "gate "+gate.ID)
			}
		}
		slices.Sort(want)
		equal(t, "questions", want, names)
	})
}
