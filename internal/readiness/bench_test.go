package readiness_test

import (
	"testing"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// mostAllocations bounds what a cohort of a million sheets costs: the parts of a result are made in a few pieces.
const mostAllocations = 20

func TestEvaluateAllocatesLittle(t *testing.T) {
	pm := shippedRubric(t)
	stage := pm.StageNamed("senior-pm")
	for name, s := range map[string]*response.Sheet{"ready": exactly(pm, stage), "not ready": below(pm)} {
		if got := testing.AllocsPerRun(100, func() { readiness.Evaluate(s, stage) }); got > mostAllocations {
			t.Errorf("%s: %v allocations, want at most %d", name, got, mostAllocations)
		}
	}
}

// below is somebody who stands where the role of a product manager asks, but for three answers: nothing about this sheet is round.
func below(r *rubric.Rubric) *response.Sheet {
	s := exactly(r, r.StageNamed("pm"))
	for _, item := range []int{3, 17, 40} {
		level, _ := s.Answers[item].Level()
		s.Answers[item] = response.Answered(level + 1)
	}
	return s
}

func BenchmarkEvaluate(b *testing.B) {
	pm := shippedRubric(b)
	stage := pm.StageNamed("senior-pm")
	s := below(pm)
	b.ReportAllocs()
	for b.Loop() {
		readiness.Evaluate(s, stage)
	}
}

func BenchmarkEvaluateHalfFilled(b *testing.B) {
	pm := shippedRubric(b)
	stage := pm.StageNamed("senior-pm")
	s := halfFilled(pm, stage)
	b.ReportAllocs()
	for b.Loop() {
		readiness.Evaluate(s, stage)
	}
}

func BenchmarkStepsToFlip(b *testing.B) {
	pm := shippedRubric(b)
	stage := pm.StageNamed("cpo")
	sheets := map[string]*response.Sheet{
		"up":   allAt(pm, func(item *rubric.Item) int { return item.Competency.Scale.Lo() }),
		"down": allAt(pm, highest),
		"both": response.New(pm),
	}
	for _, name := range []string{"up", "down", "both"} {
		b.Run(name, func(b *testing.B) {
			result := readiness.Evaluate(sheets[name], stage)
			b.ReportAllocs()
			for b.Loop() {
				readiness.StepsToFlip(result)
			}
		})
	}
}

func BenchmarkAssess(b *testing.B) {
	pm := shippedRubric(b)
	s := below(pm)
	s.Stage = pm.StageNamed("senior-pm")
	b.ReportAllocs()
	for b.Loop() {
		readiness.Assess(s, readiness.Targets(s))
	}
}
