package report

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/cohort"
	"github.com/pmpath/pmpath/internal/disclosure"
)

// What is said of a hidden count is true, and no more than the sum, the shown counts and the reasons say: each small one may be anything below k.
func TestHiddenFiguresAreBoundedRightly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(3, 6).Draw(t, "k")
		people := rapid.SliceOfN(rapid.OneOf(rapid.IntRange(0, k), rapid.IntRange(0, 40)), 2, 6).Draw(t, "people")
		counts := disclosure.Split(people, k)
		row := make([]*disclosure.Count, len(counts))
		sum := 0
		for i := range counts {
			row[i] = &counts[i]
			sum += people[i]
		}
		b := &cohortBuilder{k: k}
		for i, f := range b.row(sum, row...) {
			if people[i] < f.AtLeast || people[i] > *f.AtMost {
				t.Fatalf("%v: number %d is said to be %d to %d", people, i, f.AtLeast, *f.AtMost)
			}
			switch f.reason {
			case disclosure.Shown:
				if f.AtLeast != people[i] || *f.AtMost != people[i] {
					t.Fatalf("%v: number %d is shown as %d to %d", people, i, f.AtLeast, *f.AtMost)
				}
			case disclosure.Small:
				if f.AtLeast != 0 || *f.AtMost != k-1 {
					t.Fatalf("%v: number %d is said to be %d to %d", people, i, f.AtLeast, *f.AtMost)
				}
			}
		}
		yes, no := people[0], people[1]
		half := disclosure.Split([]int{yes, no}, k)
		least, most := cohort.Part{Of: yes + no, Yes: half[0], No: half[1]}.Bounds(k)
		f := b.part(cohort.Part{Of: yes + no, Yes: half[0], No: half[1]})
		if f.AtLeast != least || *f.AtMost != most {
			t.Fatalf("%d of %d: a part is %d to %d in one place and %d to %d in another", yes, yes+no, f.AtLeast, *f.AtMost, least, most)
		}
	})
}
