package path

import (
	"os"
	"testing"

	"github.com/pmpath/pmpath/internal/people"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

func shipped(t testing.TB) *rubric.Rubric {
	t.Helper()
	r, err := rubric.Load(os.DirFS("../../rubrics"), "product-management", "product-management")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Every golden person gets a path to every stage, and whoever takes it is ready. There is none only where too much is not applicable.
func TestGoldenPeopleArrive(t *testing.T) {
	r := shipped(t)
	persons, err := people.Load(r, os.DirFS("../../rubrics"), "product-management/"+people.Folder, people.Folder)
	if err != nil {
		t.Fatal(err)
	}
	paths, guarded, others := 0, 0, 0
	for _, person := range persons {
		for _, target := range r.Stages {
			result := readiness.Evaluate(person.Sheet, target)
			fewest := len(readiness.StepsToFlip(result).Worst.Changes)
			for _, by := range []Measure{Steps, Effort} {
				p := Find(result, Wishes{By: by, Alternatives: 3})
				switch {
				case len(p.Blocks) > 0:
					if !result.NotAssessed() {
						t.Errorf("%s → %s: no path by %v", person.ID, target.ID, by)
					}
					guarded++
					continue
				case by == Steps && !p.Ready && len(p.Steps) != fewest:
					t.Errorf("%s → %s: %d steps, StepsToFlip says %d", person.ID, target.ID, len(p.Steps), fewest)
				}
				paths++
				others += len(p.Others)
				for _, route := range append([]Route{p.Route}, p.Others...) {
					if after := readiness.Evaluate(Apply(person.Sheet, target, route.Steps), target); after.Verdict != readiness.Ready {
						t.Errorf("%s → %s: %v after the path by %v", person.ID, target.ID, after.Verdict, by)
					}
				}
			}
		}
	}
	t.Logf("%d people, %d stages: %d paths, %d alternatives, %d kept back by the guard", len(persons), len(r.Stages), paths, others, guarded)
}

// What prices leave out cannot be part of a shortest path: with nothing left out, the same cost is found.
func TestPricesLeaveOutNothing(t *testing.T) {
	r := shipped(t)
	for _, level := range []int{0, 1, 2, 3} {
		sheet := response.New(r)
		for i := range sheet.Answers {
			sheet.Answers[i] = response.Answered((level + i*i) % 4)
		}
		for _, target := range r.Stages {
			result := readiness.Evaluate(sheet, target)
			for _, by := range []Measure{Steps, Effort} {
				w := Wishes{By: by, Alternatives: 1000}
				priced, full := newSearch(result, w, false), newSearch(result, w, false)
				best := priced.cheapest(1 << 20)
				full.join(-1, nil, 1<<20)
				if want := full.rest[0].first(full.need); best.cost != want.cost || len(priced.others(best)) != len(full.others(want)) {
					t.Errorf("%d to %s by %v: cost %d, want %d", level, target.ID, by, best.cost, want.cost)
				}
			}
		}
	}
}

// Ties between equally many steps are broken by hours only while that does not take long.
func TestTooManyChoices(t *testing.T) {
	r := shipped(t)
	result := readiness.Evaluate(response.New(r), r.StageNamed("cpo"))
	if best := newSearch(result, Wishes{}, false).cheapest(2); best != nil {
		t.Errorf("found %+v among two choices", best)
	}
}

func BenchmarkFind(b *testing.B) {
	r := shipped(b)
	lowest := response.New(r)
	for _, target := range []string{"senior-pm", "cpo"} {
		result := readiness.Evaluate(lowest, r.StageNamed(target))
		for _, by := range []Measure{Steps, Effort} {
			b.Run(target+"/"+by.String(), func(b *testing.B) {
				for b.Loop() {
					Find(result, Wishes{By: by, Alternatives: 3})
				}
			})
		}
	}
}
