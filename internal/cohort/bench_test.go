package cohort

import (
	"testing"

	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/rubrics"
)

// asGiven is the name itself, for tests.
func asGiven() func(dst, name []byte) []byte {
	return func(dst, name []byte) []byte { return append(dst, name...) }
}

// Nothing is allocated for a person, whoever it is: complete or half open, of any stage.
func TestHandleAllocatesNothing(t *testing.T) {
	r, err := rubrics.Load("product-management")
	if err != nil {
		t.Fatal(err)
	}
	for name, format := range map[string]PeopleFormat{"none": NoPeople, "CSV": CSV, "JSON Lines": JSONLines} {
		s := scorerOf(t, r, Options{Fields: []string{ByTeam}, By: []string{ByTeam, ByStage}, People: format, Name: asGiven})
		w := s.Worker()
		everyone := crowd(&dice{1}, r, 500)
		out := make([]byte, 0, 1<<10)
		for _, p := range everyone { // each stage is worked out and each cell made when first met
			w.Handle(p, out)
		}
		if got := testing.AllocsPerRun(10, func() {
			for _, p := range everyone {
				w.Handle(p, out)
			}
		}); got != 0 {
			t.Errorf("people as %s: %v allocations for 500 people, want 0", name, got)
		}
	}
}

func BenchmarkHandle(b *testing.B) {
	r, err := rubrics.Load("product-management")
	if err != nil {
		b.Fatal(err)
	}
	s := scorerOf(b, r, Options{Fields: []string{ByTeam}, By: []string{ByTeam, ByStage}, People: CSV, Name: asGiven})
	w := s.Worker()
	var everyone []*intake.Person
	d := &dice{1}
	for range 5000 {
		everyone = append(everyone, d.person(r))
	}
	out := make([]byte, 0, 1<<10)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		w.Handle(everyone[i%len(everyone)], out)
		i++
	}
}
