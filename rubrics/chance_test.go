package rubrics

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

const (
	simulated   = 2000
	slip        = 15  // percent, each way: an answer a level low or high by chance
	leastReady  = 75  // percent of those who are truly there that must be told so
	mostTooSoon = 1.0 // percent of those who stand where the stage before asks that may be told "ready"
)

// Somebody who is truly where a stage asks is told so in spite of chance, and somebody who stands where the stage before asks is not. Gates count as met
// for both, which is hard on the second: only where too many of them would pass, the gates that the row before does not ask are taken away, and must decide. The
// figures in the README beside the rubric are what this test logs with -v.
func TestChance(t *testing.T) {
	r, err := Load("product-management")
	if err != nil {
		t.Fatal(err)
	}
	chance := rand.New(rand.NewPCG(2026, 11)) // seeded: the same people every time
	for _, source := range r.Stages {
		for _, target := range source.Next {
			there := shareReady(chance, r, target, target, every)
			if there < leastReady {
				t.Errorf("%s → %s: %.1f %% of those who are there are told ready, at least %d wanted", source.ID, target.ID, there, leastReady)
			}
			if len(source.Criteria) == 0 { // everybody can start there: there is no row to stand on
				t.Logf("%-13s → %-13s %5.1f %%", source.ID, target.ID, there)
				continue
			}
			before, note := shareReady(chance, r, source, target, every), ""
			if before > mostTooSoon {
				note = fmt.Sprintf(" (%.2f %% if they had met the gates of %s too)", before, target.ID)
				before = shareReady(chance, r, source, target, askedUpTo(source))
			}
			t.Logf("%-13s → %-13s %5.1f %% %5.2f %%%s", source.ID, target.ID, there, before, note)
			if before > mostTooSoon {
				t.Errorf("%s → %s: %.2f %% of those on the row before are told ready, at most %.0f wanted", source.ID, target.ID, before, mostTooSoon)
			}
		}
	}
}

func every(*rubric.Gate) bool { return true }

// askedUpTo holds for the gates of a stage and of those on the ways to it.
func askedUpTo(stage *rubric.Stage) func(*rubric.Gate) bool {
	asked := map[*rubric.Gate]bool{}
	var collect func(*rubric.Stage)
	collect = func(s *rubric.Stage) {
		for _, gate := range s.Gates {
			asked[gate.Gate] = true
		}
		for _, before := range s.Before {
			collect(before)
		}
	}
	collect(stage)
	return func(gate *rubric.Gate) bool { return asked[gate] }
}

// shareReady is the percentage told "ready" for the target among people who truly stand on the row of a stage and have met some gates.
func shareReady(chance *rand.Rand, r *rubric.Rubric, row, target *rubric.Stage, met func(*rubric.Gate) bool) float64 {
	ready := 0
	for range simulated {
		s := response.New(r)
		for _, c := range r.Competencies {
			level := c.Scale.Lo()
			if criterion := row.Criterion(c); criterion != nil {
				level = int(criterion.Level.Floor())
			}
			for _, item := range c.Items {
				s.Answers[item.Index] = response.Answered(slipped(chance, level, c.Scale))
			}
		}
		for i, gate := range r.Gates {
			s.Gates[i].State = response.GateNo
			if met(gate) {
				s.Gates[i] = response.GateAnswer{State: response.GateYes, Evidence: response.Evidence{Kind: response.Artifact}}
			}
		}
		if readiness.Evaluate(s, target).Verdict == readiness.Ready {
			ready++
		}
	}
	return float64(ready) * 100 / simulated
}

func slipped(chance *rand.Rand, level int, scale *rubric.Scale) int {
	switch draw := chance.IntN(100); {
	case draw < slip:
		level--
	case draw < 2*slip:
		level++
	}
	return min(max(level, scale.Lo()), scale.Hi())
}

func ExampleNames() {
	fmt.Println(Names())
	// Output: [product-management]
}
