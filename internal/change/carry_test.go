package change_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/change"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// answeredSmall is a sheet with something in every field that can be taken over.
func answeredSmall(r *rubric.Rubric) *response.Sheet {
	s := response.New(r)
	s.Respondent, s.Rater, s.Stage, s.Target = "Kim Example", response.Peer, r.Stages[0], r.Stages[1]
	s.Date, _ = response.ParseDate("2026-11-22")
	s.Answers[0], s.Answers[1], s.Answers[3] = response.Answered(2), response.Answered(0), response.NotApplicable()
	s.NotAsked[2] = true
	s.Notes[0] = "a note"
	s.Evidence[1] = response.Evidence{Kind: response.ByPeer, When: s.Date}
	s.Gates[0] = response.GateAnswer{State: response.GateYes, Evidence: response.Evidence{Kind: response.Artifact}}
	s.Gates[2] = response.GateAnswer{State: response.GateNo}
	return s
}

// To the same rubric everything is taken over, and nothing is worth a word.
func TestCarryToTheSame(t *testing.T) {
	s := answeredSmall(rubrictest.Small(t))
	other := rubrictest.Small(t)
	got := change.Carry(s, other)
	if got.Items != 4 || got.Gates != 3 || len(got.Unlike) != 0 {
		t.Errorf("%d questions, %d gates, %v", got.Items, got.Gates, got.Unlike)
	}
	want := answeredSmall(other)
	data, err := want.YAML()
	if err != nil {
		t.Fatal(err)
	}
	carried, err := got.Sheet.YAML()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(data), string(carried)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if got.Sheet.Stage != other.Stages[0] || got.Sheet.Target != other.Stages[1] {
		t.Error("the roles are not those of the other rubric")
	}
}

// Each way in which an id can differ, one at a time.
func TestCarryWhereIDsDiffer(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*rubric.Rubric)
		want   []string // "id reason"
		items  int
		gates  int
		taken  string // answers in the other rubric: level, na, or a dash for open
	}{
		{"another id", func(r *rubric.Rubric) { r.Items[0].ID = "problem-page" }, []string{"problem-page added", "problem-note removed"}, 3, 3, "- 0 - na"},
		{"another place", func(r *rubric.Rubric) { // ids count, not places
			r.Items[0].Index, r.Items[1].Index = 1, 0
			r.Items[0], r.Items[1] = r.Items[1], r.Items[0]
		}, nil, 4, 3, "0 2 - na"},
		{"other words", func(r *rubric.Rubric) { r.Items[1].Ask = "What else?" }, []string{"scope-cut reworded"}, 4, 3, "2 0 - na"},
		{"another anchor", func(r *rubric.Rubric) { r.Items[0].Anchors[2] = "I did." }, []string{"problem-note reworded"}, 4, 3, "2 0 - na"},
		{"no chance to say so", func(r *rubric.Rubric) { r.Items[3].NotApplicable = false }, []string{"hard-talk other_answers"}, 3, 3, "2 0 - -"},
		{"other levels", func(r *rubric.Rubric) {
			r.Competencies[0].Scale = &rubric.Scale{Levels: append(append([]rubric.Level(nil), r.Scales[0].Levels...), rubric.Level{Level: 4})}
		}, []string{"problem-note other_answers", "scope-cut other_answers"}, 2, 3, "- - - na"},
		{"another gate", func(r *rubric.Rubric) { r.Gates[0].ID = "shipped-twice" }, []string{"shipped-twice added", "shipped-once removed"}, 4, 2, "2 0 - na"},
		{"a gate in other words", func(r *rubric.Rubric) { r.Gates[2].Ask = "Trusted?" }, []string{"trusted reworded"}, 4, 3, "2 0 - na"},
	} {
		other := rubrictest.Small(t)
		test.change(other)
		got := change.Carry(answeredSmall(rubrictest.Small(t)), other)
		var unlike []string
		for _, u := range got.Unlike {
			unlike = append(unlike, u.ID+" "+string(u.Why))
		}
		taken := ""
		for _, answer := range got.Sheet.Answers {
			level, ok := answer.Level()
			switch {
			case ok:
				taken += fmt.Sprintf(" %d", level)
			case answer.IsNotApplicable():
				taken += " na"
			default:
				taken += " -"
			}
		}
		if diff := cmp.Diff([]any{test.want, test.items, test.gates, " " + test.taken}, []any{unlike, got.Items, got.Gates, taken}); diff != "" {
			t.Errorf("%s: -want +got\n%s", test.name, diff)
		}
	}
}

// A role that the other ladder does not have is none there.
func TestCarryWithoutTheRole(t *testing.T) {
	other := rubrictest.Small(t)
	other.Stages[0].ID, other.Stages[1].ID = "beginner", "maker"
	if got := change.Carry(answeredSmall(rubrictest.Small(t)), other).Sheet; got.Stage != nil || got.Target != nil {
		t.Errorf("%v, %v", got.Stage, got.Target)
	}
}
