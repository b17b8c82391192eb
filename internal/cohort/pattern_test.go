package cohort

import (
	"slices"
	"testing"

	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// Every answer has a digit of its own, on scales of any length, and one pattern is not another.
func TestPatternsAreToldApart(t *testing.T) {
	for hi, bits := range map[int]int{1: 2, 2: 3, 5: 3, 6: 4, 13: 4, 14: 0} {
		scale := &rubric.Scale{}
		for level := 0; level <= hi; level++ {
			scale.Levels = append(scale.Levels, rubric.Level{Level: level})
		}
		if got := bitsOf(scale); got != bits {
			t.Errorf("levels to %d: %d bits, want %d", hi, got, bits)
		}
		if bits == 0 {
			continue
		}
		l := layout{bits: bits, weights: []int{1, 1}}
		l.size = l.patterns()
		of := l.site()
		all := []int8{intake.Unanswered, intake.NotApplicable}
		for level := 0; level <= hi; level++ {
			all = append(all, int8(level))
		}
		met := map[int]bool{}
		for _, first := range all {
			for _, second := range all {
				answers := append(intake.NewLevels(2)[:0], first, second)
				pattern := l.pattern(answers)
				if met[pattern] || pattern >= l.size {
					t.Errorf("%v is pattern %d of %d, as another is", answers, pattern, l.size)
				}
				met[pattern] = true
				if back := l.answers(pattern, nil); !slices.Equal(back, answers) {
					t.Errorf("%v come back as %v", answers, back)
				}
				if at := of.at(answers); int(at) != pattern {
					t.Errorf("%v are at %d, want %d", answers, at, pattern)
				}
			}
		}
	}
}

// What stands beside the answers to a competency is no part of its pattern, up to the end of all answers.
func TestPatternsLookAtNothingElse(t *testing.T) {
	r := rubrictest.Small(t)
	layouts := newLayouts(r)
	levels := intake.NewLevels(len(r.Items))
	for i := range layouts {
		l := &layouts[i]
		of := l.site()
		for _, other := range []int8{0, 1, intake.Unanswered} {
			for j := range levels {
				levels[j] = other
			}
			for j := range l.weights {
				levels[l.first+j] = 1
			}
			if got, want := int(of.at(levels)), l.base+l.pattern(l.of(levels)); got != want {
				t.Errorf("%s beside %d: at %d, want %d", l.competency.ID, other, got, want)
			}
		}
	}
}

// Texts that are longer than the room of a piece come out whole, as others do.
func TestPiecesComeOutWhole(t *testing.T) {
	long := string(slices.Repeat([]byte("x"), pieceRoom+1))
	for _, text := range []string{"", ",", long[1:], long} {
		p := newPiece(text)
		if got := string(p.appendTo([]byte("a"))); got != "a"+text {
			t.Errorf("got %q, want %q", got, "a"+text)
		}
	}
}
