package readiness_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
)

// The same rubric in other units, another order or other words, with the same answers, gives the same result.

func TestScalingWeightsChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		s := p.drawReplies(t, completionsToTry)
		scaled := p.clone()
		ofItems, ofCriteria := rapid.IntRange(1, 9).Draw(t, "item weights"), rapid.IntRange(1, 9).Draw(t, "criterion weights")
		scaled.eachCompetency(func(c *competency) {
			for i := range c.items {
				c.items[i].weight *= ofItems
			}
			if c.asked != nil {
				c.asked.weight *= ofCriteria
			}
		})
		equal(t, "result", findings(p.evaluate(t, s)), findings(scaled.evaluate(t, s)))
	})
}

func TestShiftingScalesChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		s := p.drawReplies(t, completionsToTry)
		shifted, answers := p.clone(), s.clone()
		shifted.eachCompetency(func(c *competency) {
			by := rapid.IntRange(-5, 5).Draw(t, "shift")
			c.lo, c.hi = c.lo+by, c.hi+by
			if c.asked != nil {
				c.asked.level = new(big.Rat).Add(c.asked.level, whole(by))
				if c.asked.floor != nil {
					c.asked.floor = new(big.Rat).Add(c.asked.floor, whole(by))
				}
			}
			for _, i := range c.items {
				if level, ok := s.items[i.number].Level(); ok {
					answers.items[i.number] = response.Answered(level + by)
				}
			}
		})
		equal(t, "result", findings(p.evaluate(t, s)), findings(shifted.evaluate(t, answers)))
	})
}

func TestReorderingAndRenamingChangesNothing(t *testing.T) {
	rename := strings.NewReplacer("area-", "region-", "competency-", "ability-", "item-", "question-", "gate-", "fact-", "Stage", "Rung")
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		s := p.drawReplies(t, completionsToTry)
		moved := p.clone()
		moved.areas = rapid.Permutation(moved.areas).Draw(t, "areas")
		moved.gates = rapid.Permutation(moved.gates).Draw(t, "gates")
		for a := range moved.areas {
			moved.areas[a].competencies = rapid.Permutation(moved.areas[a].competencies).Draw(t, "competencies")
			for c := range moved.areas[a].competencies {
				items := &moved.areas[a].competencies[c].items
				*items = rapid.Permutation(*items).Draw(t, "items")
			}
		}
		r := loadText(t, rename.Replace(moved.yaml()))
		equal(t, "result", findings(p.evaluate(t, s)), findings(readiness.Evaluate(s.sheet(r), r.Stages[0])))
	})
}

// finding is what a result says, by the numbers of areas, competencies and gates, whatever their order and names.
type finding struct {
	Verdict  readiness.Verdict
	Fit      string
	Outcomes map[string]string // outcome and margin, by condition
	Assessed map[int]string
	Depends  []int // numbers of items, then of gates
	Steps    [4]int
}

func findings(r *readiness.Result) finding {
	f := finding{Verdict: r.Verdict, Fit: fmt.Sprint(r.Fit()), Outcomes: map[string]string{}, Assessed: map[int]string{}}
	for _, c := range r.Conditions {
		f.Outcomes[conditionName(c)] = fmt.Sprint(c.Outcome, c.Margin)
	}
	for _, a := range r.Areas {
		f.Assessed[numberOf(a.Area.ID)] = a.Assessed.String()
	}
	for _, q := range r.Depends {
		if q.Item != nil {
			f.Depends = append(f.Depends, numberOf(q.Item.ID))
		} else {
			f.Depends = append(f.Depends, 1000+numberOf(q.Gate.ID))
		}
	}
	slices.Sort(f.Depends)
	flips := readiness.StepsToFlip(r)
	f.Steps = [...]int{len(flips.Worst.Changes), len(flips.Worst.Answers), len(flips.Best.Changes), len(flips.Best.Answers)}
	return f
}

func (p *problem) clone() *problem {
	twin := *p
	twin.gates = slices.Clone(p.gates)
	twin.areas = slices.Clone(p.areas)
	for a := range twin.areas {
		twin.areas[a].competencies = slices.Clone(twin.areas[a].competencies)
		for k := range twin.areas[a].competencies {
			c := &twin.areas[a].competencies[k]
			c.items = slices.Clone(c.items)
			if c.asked != nil {
				asked := *c.asked
				c.asked = &asked
			}
		}
	}
	return &twin
}
