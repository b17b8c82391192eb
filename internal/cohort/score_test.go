package cohort

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/intake"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
)

// measured is what a worker finds out about a person.
type measured struct {
	outcome
	gaps []uint32
}

// measure is a copy of what a worker finds out, by tables or by package readiness.
func (w *Worker) measured(p *intake.Person, t *target, by func(*targetTally)) measured {
	w.outcome = outcome{areas: make([]areaOutcome, len(w.scorer.rubric.Areas))}
	w.gaps = make([]uint32, len(w.scorer.layouts))
	w.person, w.outcome.target = p, t.stage
	by(w.tallyFor(t.stage))
	return measured{w.outcome, w.gaps}
}

func agree(t rapid.TB, w *Worker, target *target, p *intake.Person) outcome {
	t.Helper()
	fast := w.measured(p, target, func(tally *targetTally) { w.score(target, tally, p) })
	general := w.measured(p, target, func(*targetTally) { w.refer(target, p) })
	if diff := cmp.Diff(general, fast, cmp.AllowUnexported(measured{}, outcome{}, areaOutcome{}), cmp.Comparer(func(a, b *rubric.Stage) bool { return a == b })); diff != "" {
		t.Fatalf("levels %v, gates %v: -general path +tables\n%s", p.Levels, p.Gates, diff)
	}
	return fast.outcome
}

func TestTablesAgreeWithReadiness(t *testing.T) {
	tabled, stages, verdicts := 0, 0, map[readiness.Verdict]int{}
	rapid.Check(t, func(t *rapid.T) {
		r := drawRubric(t)
		w := scorerOf(t, r, Options{People: CSV, Name: asGiven}).Worker()
		d := &dice{rapid.Uint64().Draw(t, "people")}
		for _, stage := range r.Stages {
			target := w.scorer.target(stage)
			stages++
			if target.tables == nil {
				continue
			}
			tabled++
			for range 50 {
				verdicts[agree(t, w, target, d.person(r)).verdict]++
			}
		}
	})
	if 2*tabled < stages || len(verdicts) != 3 {
		t.Errorf("%d of %d stages had tables, and the verdicts were %v", tabled, stages, verdicts)
	}
}
