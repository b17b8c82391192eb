package readiness_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// The rubric that ships with pmpath, edge by edge: what somebody has of the next stage who stands exactly where the present one asks, gates met.
// Worked out by hand from the tables of required levels, must-haves and weights when the rubric was designed. Each competency is named by the
// initial of its area and its place there.
var edges = []struct {
	from, to  string
	rising    int    // criteria that ask for more
	points    string // held of all that the next stage can give
	refusedBy string
}{
	{"associate-pm", "pm", 24, "0/120", "fit; area Analytical 0/6, Communication 0/6, Leadership 0/6, Market 0/6; must A1 A2 A5 C1 C6"},
	{"pm", "growth-pm", 7, "76/120", "fit; area Analytical 2/6; must A1 A3 A5 C6 M4"},
	{"pm", "data-pm", 6, "86/120", "fit; area Analytical 3/6; must A1 A5 C6 M6"},
	{"pm", "senior-pm", 19, "25/120", "fit; area Analytical 2/6, Communication 2/6, Leadership 0/6, Market 1/6; must A1 A5 C6"},
	{"growth-pm", "senior-pm", 12, "60/120", "fit; area Communication 3/6, Leadership 0/6, Market 3/6"},
	{"data-pm", "senior-pm", 13, "55/120", "fit; area Communication 3/6, Leadership 1/6, Market 2/6"},
	{"senior-pm", "group-pm", 19, "22/120", "fit; area Analytical 1/6, Communication 2/6, Leadership 0/6, Market 2/6; must A1 A2 A5 C1 C6 L4 L6"},
	{"senior-pm", "principal-pm", 19, "25/120", "fit; area Analytical 1/6, Communication 1/6, Leadership 2/6, Market 1/6; must A1 A2 A5 C1 C5 C6 L2"},
	{"senior-pm", "director", 24, "0/120", "fit; area Analytical 0/6, Communication 0/6, Leadership 0/6, Market 0/6; must A1 A2 A5 C1 C6 L4 L6; floor M5"},
	{"principal-pm", "group-pm", 2, "106/120", "must L4 L6"},
	{"principal-pm", "director", 6, "89/120", "fit; must L4 L6"},
	{"group-pm", "director", 7, "87/120", "fit; area Market 3/6; must L6"},
	{"director", "vp", 11, "59/120", "fit; area Communication 3/6, Leadership 1/6; must A5 L4"},
	{"vp", "cpo", 6, "88/120", "fit; area Market 3/6; must C3 L6 M5"},
}

func TestShippedEdges(t *testing.T) {
	pm := shippedRubric(t)
	tabled := map[string]bool{}
	for _, edge := range edges {
		t.Run(edge.from+" to "+edge.to, func(t *testing.T) {
			from, to := pm.StageNamed(edge.from), pm.StageNamed(edge.to)
			got := readiness.Evaluate(exactly(pm, from), to)
			equal(t, "verdict", readiness.NotReady, got.Verdict)
			equal(t, "rows that rise", edge.rising, rising(from, to))
			equal(t, "share of the points", share(t, edge.points).RatString(), got.Fit().Worst.String())
			equal(t, "refused by", edge.refusedBy, refusedBy(got))
		})
		tabled[edge.from+edge.to] = true
	}
	for _, from := range pm.Stages {
		for _, to := range from.Next {
			if len(from.Criteria) > 0 && !tabled[from.ID+to.ID] {
				t.Errorf("the edge from %s to %s is not in the table", from.ID, to.ID)
			}
			if got := readiness.Evaluate(exactly(pm, from), to).Verdict; got != readiness.NotReady {
				t.Errorf("exactly on %s, for %s: %v", from.ID, to.ID, got)
			}
		}
	}
}

func rising(from, to *rubric.Stage) int {
	n := 0
	for _, criterion := range to.Criteria {
		if before := from.Criterion(criterion.Competency); before == nil || before.Level.Cmp(criterion.Level) < 0 {
			n++
		}
	}
	return n
}

// refusedBy names the conditions that fail, in the way of the table.
func refusedBy(r *readiness.Result) string {
	var fit, areas, musts, floors []string
	for _, c := range r.Conditions {
		if c.Outcome == readiness.Holds {
			continue
		}
		switch c.Kind {
		case readiness.FitCondition:
			fit = []string{"fit"}
		case readiness.AreaCondition:
			areas = append(areas, fmt.Sprintf("%s %v/6", c.Area.Area.Title, c.Held.Worst.Mul(fraction.Int(6))))
		case readiness.CriterionCondition:
			area := c.Criterion.Competency.Area
			code := fmt.Sprint(area.Title[:1], c.Criterion.Competency.Index-area.Competencies[0].Index+1)
			if c.Criterion.Must {
				musts = append(musts, code)
			} else {
				floors = append(floors, code)
			}
		case readiness.GateCondition:
			floors = append(floors, c.Gate.ID)
		}
	}
	all := fit
	if len(areas) > 0 {
		all = append(all, "area "+strings.Join(areas, ", "))
	}
	if len(musts) > 0 {
		all = append(all, "must "+strings.Join(musts, " "))
	}
	if len(floors) > 0 {
		all = append(all, "floor "+strings.Join(floors, " "))
	}
	return strings.Join(all, "; ")
}

// exactly is somebody who stands where a stage asks, with every gate met.
func exactly(r *rubric.Rubric, stage *rubric.Stage) *response.Sheet {
	return allAt(r, func(item *rubric.Item) int { return asked(stage, item.Competency) })
}

func asked(stage *rubric.Stage, c *rubric.Competency) int {
	if criterion := stage.Criterion(c); criterion != nil {
		return int(criterion.Level.Floor()) // the shipped levels are whole
	}
	return c.Scale.Lo()
}

// The people that every stage must get right.
func TestShippedStages(t *testing.T) {
	pm := shippedRubric(t)
	for _, stage := range pm.Stages {
		t.Run(stage.ID, func(t *testing.T) {
			verdict := func(s *response.Sheet) readiness.Verdict { return readiness.Evaluate(s, stage).Verdict }
			equal(t, "exactly what is asked", readiness.Ready, verdict(exactly(pm, stage)))
			for _, criterion := range stage.Criteria {
				below := exactly(pm, stage)
				for _, item := range criterion.Competency.Items {
					level, _ := below.Answers[item.Index].Level()
					below.Answers[item.Index] = response.Answered(level - 1)
				}
				want := readiness.Ready
				if criterion.Must {
					want = readiness.NotReady
				}
				equal(t, "one level below in "+criterion.Competency.ID, want, verdict(below))
			}
			for _, gate := range stage.Gates {
				open, unmet := allAt(pm, highest), allAt(pm, highest)
				open.Gates[gate.Gate.Index] = response.GateAnswer{}
				unmet.Gates[gate.Gate.Index] = response.GateAnswer{State: response.GateNo}
				wantOpen, wantUnmet := readiness.Ready, readiness.Ready
				if gate.Hard {
					wantOpen, wantUnmet = readiness.Undetermined, readiness.NotReady
				}
				equal(t, "all highest, open: "+gate.Gate.ID, wantOpen, verdict(open))
				equal(t, "all highest, unmet: "+gate.Gate.ID, wantUnmet, verdict(unmet))
			}
		})
	}
}

// One of the two questions of each competency is answered, with what the stage asks for: the other decides.
func TestShippedHalfFilled(t *testing.T) {
	pm := shippedRubric(t)
	for _, stage := range pm.Stages[1:] {
		s := halfFilled(pm, stage)
		got := readiness.Evaluate(s, stage)
		equal(t, stage.ID, readiness.Undetermined, got.Verdict)
		// With the open answer at its lowest, a requirement R is met by half: 1 − R/2 of its point is earned, 1/2 at most. With it at its highest
		// all is earned. So fit is open (80 % are needed), every criterion moves it, and every open question of them is listed.
		equal(t, stage.ID+": questions that matter", len(stage.Criteria), len(got.Depends))
	}
}

// halfFilled answers every other question with what the stage asks for, and all its gates.
func halfFilled(r *rubric.Rubric, stage *rubric.Stage) *response.Sheet {
	s := exactly(r, stage)
	for _, c := range r.Competencies {
		s.Answers[c.Items[1].Index] = response.Answer{}
	}
	return s
}

// A product manager in the public sector who sets no prices stands exactly where the role asks otherwise. One of six equal weights of the area is
// left out, 5/6 is enough; with the lowest level instead pricing would miss its floor of 2 − 1.
func TestShippedWithoutPricing(t *testing.T) {
	pm := shippedRubric(t)
	stage := pm.StageNamed("pm")
	s := exactly(pm, stage)
	for _, item := range pm.CompetencyNamed("pricing-and-business-model").Items {
		s.Answers[item.Index] = response.NotApplicable()
	}
	got := readiness.Assess(s, []*rubric.Stage{stage}).Targets[0]
	equal(t, "verdict", readiness.Ready, got.Verdict)
	equal(t, "with the lowest level", readiness.NotReady, got.WithLowest)
	equal(t, "assessed", "5/6", got.Areas[3].Assessed.String())
	equal(t, "points possible", "115", got.Possible.String()) // 120 − 5
}
