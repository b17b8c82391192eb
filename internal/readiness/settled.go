package readiness

import (
	"github.com/pmpath/pmpath/internal/rubric"
)

// Settled reports whether no answer to an open question can change the verdict any more. It may be undetermined for good: where too much is not
// applicable.
func (r *Result) Settled() bool { return r.Verdict != Undetermined || len(r.Depends) == 0 }

// AreasDepend lists the open questions that can still change what is said of an area: whether its floor is reached, or whether enough of it is
// assessed to say so. They are in the order of asking.
func (r *Result) AreasDepend() []Question {
	depends := make([]bool, len(r.Sheet.Rubric.Items))
	for i := range r.Criteria {
		c := &r.Criteria[i]
		area := &r.Areas[c.area]
		moves := area.Outcome == Open && !c.Points.Worst.Equal(c.Points.Best)
		risky := !area.NotAssessed && r.areaAtRisk(area)
		for _, item := range c.Competency.Items {
			depends[item.Index] = moves || risky && item.NotApplicable
		}
	}
	var questions []Question
	for _, q := range Order(r.Sheet.Rubric, []*rubric.Stage{r.Target}) {
		if q.Item != nil && depends[q.Item.Index] && r.Sheet.Answers[q.Item.Index].IsOpen() {
			questions = append(questions, q)
		}
	}
	return questions
}

// CallsForEvidence reports whether a level is one of the two highest of its scale: at them people tend to overrate themselves most. The lowest
// claims nothing and never calls for evidence, even on a scale of two.
func CallsForEvidence(scale *rubric.Scale, level int) bool {
	return level > max(scale.Lo(), scale.Hi()-highLevels)
}
