package history

import (
	"errors"
	"fmt"
	"testing"

	"github.com/pmpath/pmpath/internal/response"
)

// LatestPlan passes over assessments unread. A plan whose kind has lost a bit is found to be damaged all the same, whichever bit it is, and a damaged assessment is none of its business.
func TestLatestPlanSeesDamage(t *testing.T) {
	c := newClock()
	s := openAt(t, t.TempDir(), c)
	add(t, s, "answers: {problem-note: 1}\n")
	id, err := s.SavePlan(Plan{RubricID: "small", Target: "lead", Made: response.On(c.now), Document: []byte(`{"a":1}`)})
	if err != nil {
		t.Fatal(err)
	}
	set := func(kind, id string) {
		t.Helper()
		if _, err := s.db.Exec("UPDATE sealed SET kind = ? WHERE id = ?", kind, id); err != nil {
			t.Fatal(err)
		}
	}
	for bit := range 8 * len(kindPlan) {
		kind := []byte(kindPlan)
		kind[bit/8] ^= 1 << (bit % 8)
		set(string(kind), id)
		var damaged *DamagedError
		if p, err := s.LatestPlan("", "small", "lead"); !errors.As(err, &damaged) {
			t.Errorf("bit %d, %q: %v, %v", bit, kind, p, err)
		}
	}
	set(kindPlan, id)
	if _, err := s.db.Exec("UPDATE sealed SET document = ? WHERE kind = ?", []byte("{}"), kindAssessment); err != nil {
		t.Fatal(err)
	}
	if p, err := s.LatestPlan("", "small", "lead"); err != nil || p == nil || p.ID != id {
		t.Errorf("%v, %v", p, err)
	}
}

// What is looked for is the last plan of one person, whoever has planned since.
func TestLatestPlanIsThePersons(t *testing.T) {
	c := newClock()
	s := openAt(t, t.TempDir(), c)
	for i, name := range []string{"", "Ada", "Kim", "Ada"} {
		if _, err := s.SavePlan(Plan{Respondent: name, RubricID: "small", Target: "lead", Made: response.On(c.now), Document: fmt.Appendf(nil, `{"n":%d}`, i)}); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{"": `{"n":0}`, "Ada": `{"n":3}`, "Kim": `{"n":2}`} {
		if p, err := s.LatestPlan(name, "small", ""); err != nil || string(p.Document) != want {
			t.Errorf("%q: %+v, %v; want %s", name, p, err, want)
		}
	}
	if p, err := s.LatestPlan("Ada", "large", ""); p != nil || err != nil {
		t.Errorf("by another rubric: %+v, %v", p, err)
	}
}
