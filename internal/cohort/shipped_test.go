package cohort

import (
	"testing"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/rubrics"
)

// Every stage of the shipped rubrics has tables, and they say what package readiness says about people of every kind.
func TestShippedTablesAgreeWithReadiness(t *testing.T) {
	for _, name := range rubrics.Names() {
		r, err := rubrics.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		w := scorerOf(t, r, Options{People: CSV, Name: asGiven}).Worker()
		d := &dice{7}
		verdicts := map[readiness.Verdict]int{}
		for _, stage := range r.Stages {
			target := w.scorer.target(stage)
			if target.tables == nil {
				t.Errorf("%s: %s has no tables", name, stage.ID)
				continue
			}
			for _, l := range w.scorer.layouts {
				if l.large() {
					t.Errorf("%s: %s has no table", name, l.competency.ID)
				}
			}
			for range 150 {
				verdicts[agree(t, w, target, d.person(r)).verdict]++
			}
		}
		if len(verdicts) != 3 {
			t.Errorf("%s: the verdicts were %v", name, verdicts)
		}
	}
}
