package change

import (
	"slices"

	"github.com/pmpath/pmpath/internal/rubric"
)

// SameQuestion reports whether two items ask the same in the same words, so that their answers compare.
func SameQuestion(a, b *rubric.Item) bool {
	if a.Ask != b.Ask || a.Window != b.Window || !slices.Equal(a.Competency.Scale.Levels, b.Competency.Scale.Levels) {
		return false
	}
	for _, level := range a.Competency.Scale.Levels {
		if a.Anchor(level.Level) != b.Anchor(level.Level) {
			return false
		}
	}
	return true
}

// sameDemands reports whether two stages ask the same of the same questions, by the same rule.
func sameDemands(a, b *rubric.Stage, inA, inB *rubric.Rubric) bool {
	return sameRule(inA.Rule, inB.Rule) &&
		slices.EqualFunc(a.Criteria, b.Criteria, sameCriterion) &&
		slices.EqualFunc(a.Gates, b.Gates, sameGate)
}

func sameRule(a, b rubric.Rule) bool {
	same := func(x, y rubric.Cut) bool { return x.At.Equal(y.At) }
	return same(a.ReadyAt, b.ReadyAt) && same(a.Assessed, b.Assessed) // the others are in the floors
}

func sameCriterion(a, b *rubric.Criterion) bool {
	return a.Competency.ID == b.Competency.ID && a.Competency.Area.ID == b.Competency.Area.ID &&
		a.Competency.Area.Floor.At.Equal(b.Competency.Area.Floor.At) &&
		a.Level.Equal(b.Level) && a.Floor.Equal(b.Floor) && a.Span.Equal(b.Span) && a.Weight == b.Weight && a.Must == b.Must &&
		slices.EqualFunc(a.Competency.Items, b.Competency.Items, func(x, y *rubric.Item) bool {
			return x.ID == y.ID && x.Weight == y.Weight && x.NotApplicable == y.NotApplicable && SameQuestion(x, y)
		})
}

func sameGate(a, b rubric.StageGate) bool {
	return a.Hard == b.Hard && a.Gate.ID == b.Gate.ID && a.Gate.Ask == b.Gate.Ask && a.Gate.Within == b.Gate.Within && slices.Equal(a.Gate.Kinds, b.Gate.Kinds)
}
