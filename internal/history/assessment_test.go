package history

import (
	"errors"
	"io/fs"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// A finished draft becomes an assessment in one step; what it ended without is known.
func TestFinish(t *testing.T) {
	folder, c := t.TempDir(), newClock()
	s := openAt(t, folder, c)
	r := rubrictest.Small(t)
	start := sheet(t, r, "respondent: Ada\ntarget: "+r.Stages[1].ID+"\nanswers: {}\n")
	d, err := s.Begin(start, "verdict")
	if err != nil {
		t.Fatal(err)
	}
	d.Sheet().Answers[0] = response.Answered(1)
	for _, item := range r.Items[:2] { // the second is skipped
		if err := d.SaveItem(item, true); err != nil {
			t.Fatal(err)
		}
	}
	c.tick(time.Minute)
	a := assess(d.Sheet())
	id, err := d.Finish(a)
	if err != nil {
		t.Fatal(err)
	}
	if drafts, err := s.Drafts(); err != nil || len(drafts) != 0 {
		t.Errorf("drafts after finishing: %v, %v", drafts, err)
	}
	got, err := s.Assessment(id[:5])
	if err != nil {
		t.Fatal(err)
	}
	sameSheet(t, start, got.Sheet)
	wantNot := []string{r.Items[2].ID, r.Items[3].ID}
	for _, g := range r.Stages[1].Gates {
		wantNot = append(wantNot, g.Gate.ID)
	}
	want := AssessmentInfo{
		ID: id, Finished: c.now, Date: start.Date, Version: "1.2.3", Rubric: RubricRef{"small", "1.2.3", r.Title, r.Digest},
		Respondent: "Ada", Rater: "self", Target: r.Stages[1].ID, Until: "verdict", NotAsked: wantNot,
		Outcomes: []Outcome{{r.Stages[1].ID, r.Stages[1].Title, a.Targets[0].Verdict.String(), a.Targets[0].Fit()}},
	}
	if diff := cmp.Diff(want, got.AssessmentInfo, cmp.Comparer(func(a, b response.Date) bool { return a == b })); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if !got.StoppedEarly() {
		t.Error("not marked as stopped early")
	}
	if _, err := s.Assessment("zzzzzzzz"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("unknown id: %v", err)
	}
}

// The order is that of finishing, also where the clock goes back a year.
func TestOrderWithoutClock(t *testing.T) {
	folder, c := t.TempDir(), newClock()
	s := openAt(t, folder, c)
	first := add(t, s, "answers: {problem-note: 1}\n")
	c.tick(-365 * 24 * time.Hour)
	second := add(t, s, "answers: {problem-note: 2}\n")
	again := add(t, s, "answers: {problem-note: 2}\n") // the same in the same second is the same
	infos, err := s.Assessments()
	if err != nil || len(infos) != 2 || infos[0].ID != first || infos[1].ID != second || again != second {
		t.Errorf("%v, %v; want %s, then %s", infos, err, first, second)
	}
	if len(s.backups()) != 2 {
		t.Errorf("backups: %v; want one for each day by the clock", s.backups())
	}
}

func TestPlans(t *testing.T) {
	s := openAt(t, t.TempDir(), newClock())
	if p, err := s.LatestPlan("", "small", ""); p != nil || err != nil {
		t.Fatalf("no plan: %v, %v", p, err)
	}
	made := response.On(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC))
	for _, p := range []Plan{
		{Respondent: "", RubricID: "small", Target: "maker", Made: made, Document: []byte(`{ "a": 1 }`)},
		{Respondent: "", RubricID: "small", Target: "lead", Made: made, Document: []byte(`{"a":2}`)},
		{Respondent: "Ada", RubricID: "small", Target: "maker", Made: made, Document: []byte(`{"a":3}`)},
	} {
		if _, err := s.SavePlan(p); err != nil {
			t.Fatal(err)
		}
	}
	for target, want := range map[string]string{"": `{"a":2}`, "maker": `{"a":1}`, "lead": `{"a":2}`} {
		p, err := s.LatestPlan("", "small", target)
		if err != nil || string(p.Document) != want || p.Made != made {
			t.Errorf("target %q: %+v, %v; want %s", target, p, err, want)
		}
	}
	if _, err := s.SavePlan(Plan{Document: []byte("{")}); err == nil {
		t.Error("half a document was taken")
	}
}
