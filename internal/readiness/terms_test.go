package readiness_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// By hand, for framing at 2 of problem-note (weight 2) with scope-cut open, towards builder (level 2, span 1, weight 2): the sum is 4 to 7 of weight 3, the
// score 4/3 to 7/3, of which 1/3 to 1 lies between 1 and 2: 2/3 to 2 points. One level more of problem-note makes the sum 6 at least: 2 points, 4/3 more; one
// less 2: nothing counts, 2/3 less.
func TestTermsByHand(t *testing.T) {
	r := rubrictest.Small(t)
	s := response.New(r)
	s.Answers[r.ItemNamed("problem-note").Index] = response.Answered(2)
	result := readiness.Evaluate(s, r.StageNamed("builder"))
	got := result.Terms(&result.Criteria[0])
	note, cut := got.Items[0], got.Items[1]
	for _, want := range []struct {
		what      string
		got, want fraction.Fraction
	}{
		{"sum at worst", got.Sum.Worst, fraction.Int(4)}, {"sum at best", got.Sum.Best, fraction.Int(7)},
		{"weight", fraction.Int(got.Weight), fraction.Int(3)}, {"of all", fraction.Int(got.AllWeight), fraction.Int(3)}, {"from", got.From, fraction.Int(1)},
		{"counts at worst", got.Counts.Worst, fraction.Of(1, 3)}, {"counts at best", got.Counts.Best, fraction.Int(1)},
		{"note", note.Adds.Worst, fraction.Int(4)}, {"more", *note.More, fraction.Of(4, 3)}, {"less", *note.Less, fraction.Of(2, 3)},
		{"cut at worst", cut.Adds.Worst, fraction.Int(0)}, {"cut at best", cut.Adds.Best, fraction.Int(3)}, {"cut moves", cut.Moves, fraction.Of(1, 3)},
	} {
		if !want.got.Equal(want.want) {
			t.Errorf("%s: %s, by hand %s", want.what, want.got, want.want)
		}
	}
	if cut.More != nil || cut.Less != nil || got.Lowest != nil {
		t.Errorf("an open answer has no level above or below: %+v", got)
	}
}

// What one level more or less brings is what a sheet with that level says.
func TestTermsForesee(t *testing.T) {
	small := rubrictest.Small(t)
	rapid.Check(t, func(t *rapid.T) {
		s := drawSheet(t, small)
		target := rapid.SampledFrom(s.Rubric.Stages).Draw(t, "target")
		result := readiness.Evaluate(s, target)
		for i := range result.Criteria {
			c := &result.Criteria[i]
			for _, term := range result.Terms(c).Items {
				for by, foreseen := range map[int]*fraction.Fraction{1: term.More, -1: term.Less} {
					if foreseen == nil {
						continue
					}
					level, _ := term.Answer.Level()
					after := copySheet(s)
					after.Answers[term.Item.Index] = response.Answered(level + by)
					other := readiness.Evaluate(after, target).Criteria[i].Points.Worst
					if moved := other.Sub(c.Points.Worst).Mul(fraction.Int(by)); !moved.Equal(*foreseen) {
						t.Fatalf("%s by %d: %s, foreseen %s", term.Item.ID, by, moved, foreseen)
					}
				}
			}
		}
	})
}

// The order in which conditions decide begins with the one that the verdict names.
func TestRankedBeginsWithTheDeciding(t *testing.T) {
	small := rubrictest.Small(t)
	rapid.Check(t, func(t *rapid.T) {
		s := drawSheet(t, small)
		result := readiness.Evaluate(s, rapid.SampledFrom(s.Rubric.Stages).Draw(t, "target"))
		ranked := result.Ranked()
		if len(ranked) != len(result.Conditions) {
			t.Fatalf("%d of %d conditions", len(ranked), len(result.Conditions))
		}
		if result.Deciding != nil && ranked[0] != result.Deciding {
			t.Fatalf("%+v decides, %+v is first", result.Deciding, ranked[0])
		}
	})
}

// Held is what OperatingStage chooses from: it says of that stage that it is held, and of none further along.
func TestHeld(t *testing.T) {
	small := rubrictest.Small(t)
	rapid.Check(t, func(t *rapid.T) {
		s := drawSheet(t, small)
		held, operating := readiness.Held(s), readiness.OperatingStage(s).Stage
		for _, stage := range s.Rubric.Stages {
			if !held[stage.Index] {
				continue
			}
			if operating == nil || stage.Depth > operating.Depth {
				t.Fatalf("%s is held, the operating stage is %v", stage.ID, operating)
			}
			if len(stage.Before) == 0 {
				continue
			}
			before := false
			for _, b := range stage.Before {
				before = before || held[b.Index]
			}
			if !before {
				t.Fatalf("%s is held and nothing before it is", stage.ID)
			}
		}
	})
}
