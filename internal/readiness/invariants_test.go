package readiness_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
)

// What must hold for every rubric and sheet, whatever the figures are. Verdicts are ordered: not ready, undetermined, ready.

func TestRaisingAnAnswerNeverLowersTheVerdict(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		s := p.drawReplies(t, completionsToTry)
		higher := s.clone()
		p.eachItem(func(c *competency, i item) {
			if level, ok := s.items[i.number].Level(); ok {
				higher.items[i.number] = response.Answered(rapid.IntRange(level, c.hi).Draw(t, "higher"))
			}
		})
		for n, g := range p.gates {
			if s.gates[n].State != response.GateOpen && rapid.Bool().Draw(t, "meet") {
				higher.gates[n] = g.yes[0]
			}
		}
		if lower, higher := p.evaluate(t, s).Verdict, p.evaluate(t, higher).Verdict; higher < lower {
			t.Fatalf("%v became %v", lower, higher)
		}
	})
}

// Whatever the order of asking and whatever is answered, "not applicable" included: once a verdict stands, it stands, and the full sheet gives
// the same one.
func TestDecidedStaysDecided(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		full := p.drawReplies(t, 1)
		r := p.load(t)
		s := response.New(r)
		s.Date = today
		end := full.sheet(r)
		questions := rapid.Permutation(readiness.Order(r, r.Stages)).Draw(t, "order")
		var decided readiness.Verdict
		for n := 0; ; n++ {
			verdict := readiness.Evaluate(s, r.Stages[0]).Verdict
			if decided != 0 && verdict != decided {
				t.Fatalf("%v became %v after %d of %d answers", decided, verdict, n, len(questions))
			}
			if verdict != readiness.Undetermined {
				decided = verdict
			}
			if n == len(questions) {
				if want := p.judge(full).verdict; verdict != want {
					t.Fatalf("%v after all answers, want %v", verdict, want)
				}
				return
			}
			if q := questions[n]; q.Item != nil {
				s.Answers[q.Item.Index] = end.Answers[q.Item.Index]
			} else {
				s.Gates[q.Gate.Index] = end.Gates[q.Gate.Index]
			}
		}
	})
}

// What is not applicable is as if it had never been asked.
func TestNotApplicableIsAsIfNeverAsked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		p.assessed = whole(0)
		s := p.drawReplies(t, completionsToTry)
		got := p.evaluate(t, s)
		if got.NotAssessed() {
			return // a must-have of which nothing is applicable: the guard's business
		}
		without := p.clone()
		without.areas = nil
		for _, a := range p.clone().areas {
			var left []competency
			for _, c := range a.competencies {
				c.items = slices.DeleteFunc(c.items, func(i item) bool { return s.items[i.number].IsNotApplicable() })
				if len(c.items) > 0 {
					left = append(left, c)
				}
			}
			if a.competencies = left; len(left) > 0 {
				without.areas = append(without.areas, a)
			}
		}
		if len(without.areas) == 0 {
			return // no rubric
		}
		want, have := findings(without.evaluate(t, s)), findings(got)
		want.Assessed, have.Assessed = nil, nil
		equal(t, "result", want, have)
	})
}

func TestAllHighestIsReadyAndAllLowestIsNot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		nothing := replies{items: p.drawReplies(t, 1).items, gates: make([]response.GateAnswer, len(p.gates))}
		clear(nothing.items)
		if got := p.evaluate(t, p.filled(nothing, true)).Verdict; got != readiness.Ready {
			t.Errorf("all highest and all gates met: %v", got)
		}
		want := readiness.Ready
		if p.asksAnything() {
			want = readiness.NotReady
		}
		if got := p.evaluate(t, p.filled(nothing, false)).Verdict; got != want {
			t.Errorf("all lowest and no gate met: %v, want %v", got, want)
		}
	})
}

// asksAnything is false where cuts of 0 and floors at the lowest level let everybody pass.
func (p *problem) asksAnything() bool {
	asks := slices.ContainsFunc(p.gates, func(g gate) bool { return g.hard })
	for _, a := range p.areas {
		for k := range a.competencies {
			c := &a.competencies[k]
			asks = asks || c.asks() != nil && (p.readyAt.Sign() > 0 || p.areaFloorOf(a).Sign() > 0 || p.floorOf(c).Cmp(whole(c.lo)) > 0)
		}
	}
	return asks
}

// Any number of workers on one rubric say the same, and nobody's sheet is touched.
func TestWorkersShareARubric(t *testing.T) {
	pm := shippedRubric(t)
	draw := rapid.Custom(func(t *rapid.T) *response.Sheet { return drawSheet(t, pm) })
	var sheets []*response.Sheet
	for seed := range 40 {
		sheets = append(sheets, draw.Example(seed))
	}
	say := func(s *response.Sheet) string {
		said := ""
		for _, target := range readiness.Assess(s, pm.Stages).Targets {
			said += fmt.Sprintln(target.Verdict, target.Fit(), target.Points, target.WithLowest, questionNames(target.Depends),
				changeNames(target.Flips.Worst.Changes), changeNames(target.Flips.Best.Answers))
		}
		return said
	}
	var want []string
	var copies []*response.Sheet
	for _, s := range sheets {
		copies = append(copies, copySheet(s))
		want = append(want, say(s))
	}
	got := make([]string, len(sheets))
	var workers sync.WaitGroup
	for worker := range 4 {
		workers.Go(func() {
			for i := len(sheets) - 1 - worker; i >= 0; i -= 4 {
				got[i] = say(sheets[i])
			}
		})
	}
	workers.Wait()
	equal(t, "results", want, got)
	for i := range sheets {
		if !slices.Equal(sheets[i].Answers, copies[i].Answers) || !slices.Equal(sheets[i].Gates, copies[i].Gates) {
			t.Errorf("sheet %d is not what it was", i)
		}
	}
}
