package cohort

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/intake"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
)

// measured is a copy of what a worker finds out about a person, by tables or by package readiness.
func (w *Worker) measured(p *intake.Person, t *target, measure func(*target, *intake.Person)) outcome {
	w.outcome = outcome{areas: make([]areaOutcome, len(w.scorer.rubric.Areas)), gaps: make([]bool, len(w.scorer.layouts))}
	w.person, w.outcome.target = p, t.stage
	w.findPatterns(p)
	measure(t, p)
	return w.outcome
}

func agree(t rapid.TB, w *Worker, target *target, p *intake.Person) outcome {
	t.Helper()
	fast, general := w.measured(p, target, w.score), w.measured(p, target, w.refer)
	if diff := cmp.Diff(general, fast, cmp.AllowUnexported(outcome{}, areaOutcome{}), cmp.Comparer(func(a, b *rubric.Stage) bool { return a == b })); diff != "" {
		t.Fatalf("levels %v, gates %v: -general path +tables\n%s", p.Levels, p.Gates, diff)
	}
	return fast
}

func TestTablesAgreeWithReadiness(t *testing.T) {
	tabled, verdicts := 0, map[readiness.Verdict]int{}
	rapid.Check(t, func(t *rapid.T) {
		r := drawRubric(t)
		w := scorerOf(t, r, Options{}).Worker()
		d := &dice{rapid.Uint64().Draw(t, "people")}
		for _, stage := range r.Stages {
			target := w.scorer.target(stage)
			if target.tables == nil {
				continue
			}
			tabled++
			for range 50 {
				verdicts[agree(t, w, target, d.person(r)).verdict]++
			}
		}
	})
	if tabled == 0 || len(verdicts) != 3 {
		t.Errorf("%d stages had tables, and the verdicts were %v", tabled, verdicts)
	}
}
