package readiness

import (
	"cmp"
	"slices"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Question is an item or a gate that a person can be asked; the other field is nil.
type Question struct {
	Item *rubric.Item
	Gate *rubric.Gate
}

// Order returns every question for somebody who asks about the targets, in the order of asking: hard gates; the items of must-haves; then area by
// area, the one with the highest floor first, and within each the items that carry most points first; then what the targets do not ask about; then
// gates that are only reported. Ties stay in rubric order. The order depends on the rubric and the targets alone, so that everybody meets the same one.
func Order(r *rubric.Rubric, targets []*rubric.Stage) []Question {
	questions := gateQuestions(r, targets, true)
	items := slices.Clone(r.Items)
	ranks := make([]rank, len(r.Items))
	for _, item := range items {
		ranks[item.Index] = rankOf(item, targets)
	}
	slices.SortStableFunc(items, func(a, b *rubric.Item) int { return ranks[a.Index].compare(ranks[b.Index]) })
	for _, item := range items {
		questions = append(questions, Question{Item: item})
	}
	return append(questions, gateQuestions(r, targets, false)...)
}

// gateQuestions are the gates that some target uses as hard ones, or that all that use them only report.
func gateQuestions(r *rubric.Rubric, targets []*rubric.Stage, hard bool) []Question {
	used, decides := make([]bool, len(r.Gates)), make([]bool, len(r.Gates))
	for _, target := range targets {
		for _, gate := range target.Gates {
			used[gate.Gate.Index] = true
			decides[gate.Gate.Index] = decides[gate.Gate.Index] || gate.Hard
		}
	}
	var questions []Question
	for i, gate := range r.Gates {
		if used[i] && decides[i] == hard {
			questions = append(questions, Question{Gate: gate})
		}
	}
	return questions
}

// rank says where an item stands. With several targets the strictest use counts.
type rank struct {
	asked, must bool
	floor       fraction.Fraction // of the area
	area        int               // its index: areas with the same floor are not mixed
	weight      int               // W·w·(hi−lo): what the item can move
}

func rankOf(item *rubric.Item, targets []*rubric.Stage) rank {
	area := item.Competency.Area
	best := rank{floor: area.Floor.At, area: area.Index}
	scale := item.Competency.Scale
	for _, target := range targets {
		if c := target.Criterion(item.Competency); c != nil {
			best.asked = true
			best.must = best.must || c.Must
			best.weight = max(best.weight, c.Weight*item.Weight*(scale.Hi()-scale.Lo()))
		}
	}
	return best
}

func (a rank) compare(b rank) int {
	return cmp.Or(
		first(a.asked, b.asked),
		first(a.must, b.must),
		b.floor.Cmp(a.floor),
		cmp.Compare(a.area, b.area),
		cmp.Compare(b.weight, a.weight),
	)
}

// first sorts what is true before what is not.
func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// dependsOn lists the open questions that can still move an open condition or the guard.
func (r *Result) dependsOn() []Question {
	depends := make([]bool, len(r.Sheet.Rubric.Items))
	for i := range r.Criteria {
		c := &r.Criteria[i]
		area := &r.Areas[c.area]
		moves := !c.Points.Worst.Equal(c.Points.Best)
		matters := c.Outcome == Open || moves && (r.FitOutcome == Open || area.Outcome == Open)
		risky := !r.NotAssessed() && (r.areaAtRisk(area) || r.mustAtRisk(c))
		for _, item := range c.Competency.Items {
			depends[item.Index] = matters || risky && item.NotApplicable
		}
	}
	var questions []Question
	for _, q := range Order(r.Sheet.Rubric, []*rubric.Stage{r.Target}) {
		switch {
		case q.Item != nil && depends[q.Item.Index] && r.Sheet.Answers[q.Item.Index].IsOpen(),
			q.Gate != nil && r.isOpenHardGate(q.Gate):
			questions = append(questions, q)
		}
	}
	return questions
}

func (r *Result) isOpenHardGate(gate *rubric.Gate) bool {
	return slices.ContainsFunc(r.Gates, func(g GateResult) bool { return g.Gate == gate && g.Hard && g.Outcome == Open })
}
