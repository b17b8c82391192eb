package readiness_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Helpers for sheets of rubrics that were written by hand.

func shippedRubric(t testing.TB) *rubric.Rubric {
	t.Helper()
	r, err := rubric.Load(os.DirFS("../../rubrics"), "product-management", "product-management")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// drawSheet answers a rubric, about half of it near the highest levels; some sheets have gaps.
func drawSheet(t *rapid.T, r *rubric.Rubric) *response.Sheet {
	s := response.New(r)
	s.Date = today
	gaps := rapid.IntRange(0, 3).Draw(t, "gaps")
	lowest := rapid.IntRange(0, 5).Draw(t, "lowest")
	for i, item := range r.Items {
		scale := item.Competency.Scale
		switch {
		case rapid.IntRange(1, 10).Draw(t, "open") <= gaps:
		case item.NotApplicable && rapid.IntRange(1, 4).Draw(t, "na") == 1:
			s.Answers[i] = response.NotApplicable()
		default:
			s.Answers[i] = response.Answered(rapid.IntRange(min(scale.Lo()+lowest, scale.Hi()), scale.Hi()).Draw(t, "level"))
		}
	}
	for i, gate := range r.Gates {
		switch rapid.IntRange(1, 10).Draw(t, "gate") {
		case 1:
			s.Gates[i].State = response.GateNo
		case 2:
			s.Gates[i].State = response.GateYes // without its evidence
		case 3:
		default:
			s.Gates[i] = metGate(gate, s.Date)
		}
	}
	return s
}

// metGate is a yes with whatever evidence the gate needs.
func metGate(gate *rubric.Gate, when response.Date) response.GateAnswer {
	answer := response.GateAnswer{State: response.GateYes, Evidence: response.Evidence{When: when}}
	if len(gate.Kinds) > 0 {
		answer.Evidence.Kind = response.EvidenceKind(gate.Kinds[0])
	}
	return answer
}

func copySheet(s *response.Sheet) *response.Sheet {
	twin := *s
	twin.Answers = append([]response.Answer(nil), s.Answers...)
	twin.Gates = append([]response.GateAnswer(nil), s.Gates...)
	twin.Evidence = append([]response.Evidence(nil), s.Evidence...)
	return &twin
}

// filledSheet answers everything that is open at its lowest, or at its highest.
func filledSheet(s *response.Sheet, best bool) *response.Sheet {
	full := copySheet(s)
	for i, item := range s.Rubric.Items {
		if s.Answers[i].IsOpen() {
			full.Answers[i] = response.Answered(map[bool]int{false: item.Competency.Scale.Lo(), true: item.Competency.Scale.Hi()}[best])
		}
	}
	for i, gate := range s.Rubric.Gates {
		if s.Gates[i].State == response.GateOpen {
			full.Gates[i] = map[bool]response.GateAnswer{false: {State: response.GateNo}, true: metGate(gate, s.Date)}[best]
		}
	}
	return full
}

// allAt answers every item with a level of its own choice, and meets every gate.
func allAt(r *rubric.Rubric, level func(item *rubric.Item) int) *response.Sheet {
	s := response.New(r)
	s.Date = today
	for i, item := range r.Items {
		s.Answers[i] = response.Answered(level(item))
	}
	for i, gate := range r.Gates {
		s.Gates[i] = metGate(gate, s.Date)
	}
	return s
}

func highest(item *rubric.Item) int { return item.Competency.Scale.Hi() }

func changeName(change readiness.Change) string {
	if change.Item == nil {
		return "gate " + change.Gate.ID
	}
	return fmt.Sprint(change.Item.ID, " ", change.From, " ", change.To)
}

func questionNames(questions []readiness.Question) []string {
	var names []string
	for _, q := range questions {
		if q.Item != nil {
			names = append(names, q.Item.ID)
		} else {
			names = append(names, "gate "+q.Gate.ID)
		}
	}
	return names
}

func equal[T any](t rapid.TB, what string, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: -want +got\n%s", what, diff)
	}
}
