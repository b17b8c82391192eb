package readiness_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
)

// What is open and not listed never changes the verdict: however the listed questions are answered, "not applicable" included, one verdict
// is left, and the package states it, too. It may be undetermined where the guard stands in the way.
func TestDependsIsEnough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		s := p.drawReplies(t, completionsToTry)
		r := p.load(t)
		got := readiness.Evaluate(s.sheet(r), r.Stages[0])
		if got.Verdict != readiness.Undetermined {
			if got.Depends != nil {
				t.Fatalf("%v depends on %v", got.Verdict, questionNames(got.Depends))
			}
			return
		}
		verdicts := map[string]readiness.Verdict{} // by the answers to what is listed
		for full := range p.completions(s, true) {
			part := s.clone()
			for _, q := range got.Depends {
				if q.Item != nil {
					part.items[numberOf(q.Item.ID)] = full.items[numberOf(q.Item.ID)]
				} else {
					part.gates[numberOf(q.Gate.ID)] = full.gates[numberOf(q.Gate.ID)]
				}
			}
			want := p.judge(full).verdict
			key := fmt.Sprint(part)
			if before, found := verdicts[key]; !found {
				verdicts[key] = want
				if stated := readiness.Evaluate(part.sheet(r), r.Stages[0]).Verdict; stated != want {
					t.Fatalf("with all of %v answered: %v, want %v", questionNames(got.Depends), stated, want)
				}
			} else if before != want {
				t.Fatalf("with all of %v answered the same: %v and %v", questionNames(got.Depends), before, want)
			}
		}
	})
}

// What is listed is open, and two completions that differ in nothing else differ in the margin of a condition that is open, or in how much
// is assessed. (They need not differ in verdict: a light question may be unable to tip a scale that a heavy one is going to.)
func TestDependsListsOnlyWhatMoves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		s := p.drawReplies(t, completionsToTry)
		r := p.load(t)
		got := readiness.Evaluate(s.sheet(r), r.Stages[0])
		var open []string
		for _, c := range got.Conditions {
			if c.Outcome == readiness.Open {
				open = append(open, conditionName(c))
			}
		}
		for _, q := range got.Depends {
			if !p.moves(s, q, open) {
				t.Fatalf("%v moves none of %v", questionNames([]readiness.Question{q}), open)
			}
		}
		asked := questionNames(readiness.Order(r, r.Stages))
		previous := -1
		for _, name := range questionNames(got.Depends) {
			at := slices.Index(asked, name)
			if at <= previous {
				t.Fatalf("%v are not in the order of asking %v", questionNames(got.Depends), asked)
			}
			previous = at
		}
	})
}

// moves looks for two completions that differ in the answer to q alone and, with it, in an open condition or in the guard.
func (p *problem) moves(s replies, q readiness.Question, open []string) bool {
	guarded := p.judge(p.filled(s, true)).notEnough // already, whatever else is not applicable
	first := map[string]string{}                    // what is said of a completion, by its answers to everything else
	for full := range p.completions(s, true) {
		rest := full.clone()
		if q.Item != nil {
			if !s.items[numberOf(q.Item.ID)].IsOpen() {
				return false
			}
			rest.items[numberOf(q.Item.ID)] = response.Answer{}
		} else {
			if s.gates[numberOf(q.Gate.ID)].State != response.GateOpen {
				return false
			}
			rest.gates[numberOf(q.Gate.ID)] = response.GateAnswer{}
		}
		margins := p.margins(full)
		said := ""
		if j := p.judge(full); !guarded {
			said = fmt.Sprint(j.notEnough, j.assessed)
		}
		for _, name := range open {
			said += fmt.Sprint(" ", margins[name])
		}
		key := fmt.Sprint(rest)
		if before, found := first[key]; found && before != said {
			return true
		}
		first[key] = said
	}
	return false
}

// The bound of the list: an item that cannot matter is not on it. All of one area is at its highest here, and only the other is open.
func TestDependsLeavesOutWhatIsDecided(t *testing.T) {
	p := &problem{
		readyAt: ratio(1, 2), areaFloor: ratio(1, 2), maxShortfall: whole(1), mustShortfall: whole(0), span: whole(1), assessed: ratio(1, 2),
		areas: []area{
			// No open item of the first area counts: 1·3 and 1 of 4 in weight are answered at the highest, so its fit is at least 3/4.
			{number: 0, competencies: []competency{
				{number: 0, lo: 0, hi: 1, items: []item{{number: 0, weight: 1}}, asked: &criterion{level: whole(1), weight: 3}},
				{number: 1, lo: 0, hi: 1, items: []item{{number: 1, weight: 1}}, asked: &criterion{level: whole(1), weight: 1}},
			}},
			// The second needs half: item-2 alone decides. Its must-have is a floor of its own, and the overall cut of 1/2 is met with 3 of 5 points.
			{number: 1, competencies: []competency{
				{number: 2, lo: 0, hi: 1, items: []item{{number: 2, weight: 1}}, asked: &criterion{level: whole(1), weight: 1, must: true}},
			}},
		},
		gates: []gate{
			{number: 0, hard: false, yes: []response.GateAnswer{{State: response.GateYes}}, no: []response.GateAnswer{{State: response.GateNo}}},
			{number: 1, hard: true, yes: []response.GateAnswer{{State: response.GateYes}}, no: []response.GateAnswer{{State: response.GateNo}}},
		},
	}
	s := replies{items: []response.Answer{response.Answered(1), {}, {}}, gates: make([]response.GateAnswer, 2)}
	got := p.evaluate(t, s)
	equal(t, "verdict", readiness.Undetermined, got.Verdict)
	equal(t, "depends on", []string{"gate gate-1", "item-2"}, questionNames(got.Depends))
}

// Nobody can say more of a sheet that leaves too much out: the list is empty where only the guard is in the way.
func TestDependsIsEmptyBehindTheGuard(t *testing.T) {
	p := &problem{
		readyAt: ratio(1, 2), areaFloor: whole(0), maxShortfall: whole(1), mustShortfall: whole(0), span: whole(1), assessed: ratio(2, 3),
		areas: []area{{competencies: []competency{
			{number: 0, lo: 0, hi: 1, items: []item{{number: 0, weight: 1}}, asked: &criterion{level: whole(1), weight: 1}},
			{number: 1, lo: 0, hi: 1, items: []item{{number: 1, weight: 1, allowsNA: true}}, asked: &criterion{level: whole(1), weight: 1}},
		}}},
	}
	for _, tc := range []struct {
		name          string
		first, second response.Answer
		verdict       readiness.Verdict
		depends       []string
	}{
		// Assessed is 1/2, less than 2/3; fit is 1 of 1.
		{"guard alone", response.Answered(1), response.NotApplicable(), readiness.Undetermined, nil},
		// Fit is 0 of 1: not ready at best is final, whatever the guard says.
		{"not ready at best", response.Answered(0), response.NotApplicable(), readiness.NotReady, nil},
		// Fit is 1 of 2 at least, enough; but "not applicable" would leave half of the weight.
		{"guard at risk", response.Answered(1), response.Answer{}, readiness.Undetermined, []string{"item-1"}},
		// Ready is out of reach, but not ready can still become certain.
		{"guard broken and fit open", response.Answer{}, response.NotApplicable(), readiness.Undetermined, []string{"item-0"}},
		{"all there", response.Answered(1), response.Answered(0), readiness.Ready, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := p.evaluate(t, replies{items: []response.Answer{tc.first, tc.second}})
			equal(t, "verdict", tc.verdict, got.Verdict)
			equal(t, "depends on", tc.depends, questionNames(got.Depends))
		})
	}
}

// Nothing further is at risk behind a guard that stands in the way already: (8 + 1)/17 of the weight is less than 2/3, and at least 8 of 9 points
// are there, whatever the open question says.
func TestDependsKnowsThatTheGuardIsBroken(t *testing.T) {
	asks := func(number, weight int) competency {
		return competency{number: number, lo: 0, hi: 1, items: []item{{number, 1, true}}, asked: &criterion{level: whole(1), weight: weight}}
	}
	p := alone(asks(0, 8), asks(1, 8), asks(2, 1))
	p.assessed = ratio(2, 3)
	got := p.evaluate(t, replies{items: []response.Answer{response.Answered(1), response.NotApplicable(), {}}})
	equal(t, "verdict", readiness.Undetermined, got.Verdict)
	equal(t, "depends on", nil, questionNames(got.Depends))
}

// A must-have may not be left out wholly, however small its share of the area is.
func TestAMustHaveMayNotBeLeftOut(t *testing.T) {
	asks := func(number, weight int, must bool, items ...item) competency {
		return competency{number: number, lo: 0, hi: 1, items: items, asked: &criterion{level: whole(1), weight: weight, must: must, floor: whole(0)}}
	}
	na := response.NotApplicable()
	for _, tc := range []struct {
		name          string
		must          bool
		first, second response.Answer
		verdict       readiness.Verdict
		depends       []string
	}{
		// 8 of 9 points are there whatever the second competency says: enough for 4/5. No share need be assessed.
		{"open", true, response.Answer{}, response.Answer{}, readiness.Undetermined, []string{"item-1", "item-2"}},
		{"half of it left out", true, na, response.Answer{}, readiness.Undetermined, []string{"item-2"}},
		{"all of it left out", true, na, na, readiness.Undetermined, nil},
		{"one answer is enough", true, na, response.Answered(0), readiness.Ready, nil},
		{"no must-have", false, response.Answer{}, na, readiness.Ready, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := alone(asks(0, 8, false, item{0, 1, false}), asks(1, 1, tc.must, item{1, 1, true}, item{2, 1, true}))
			got := p.evaluate(t, replies{items: []response.Answer{response.Answered(1), tc.first, tc.second}})
			equal(t, "verdict", tc.verdict, got.Verdict)
			equal(t, "depends on", tc.depends, questionNames(got.Depends))
		})
	}
}
