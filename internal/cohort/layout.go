package cohort

import (
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
)

// largestTable bounds the patterns of answers to one competency that are worked out beforehand: four questions on a scale of six levels.
const largestTable = 4096

// layout numbers the patterns of answers to one competency: each question is a digit, with a value for each level, one for open and one for not applicable.
type layout struct {
	competency *rubric.Competency
	index      int   // of the competency
	first      int   // rubric.Item.Index of the first question; the others follow
	weights    []int // by question
	digits     *[256]uint8
	levels     int // of the scale
	lo         int
	size       int                 // number of patterns; 0 where they are too many for a table
	base       int                 // sum of the sizes before
	asks       []*rubric.Criterion // by stage; nil where it asks nothing of the competency
}

func newLayouts(r *rubric.Rubric) []layout {
	var layouts []layout
	size := 0
	digits := map[*rubric.Scale]*[256]uint8{}
	for _, c := range r.Competencies {
		if digits[c.Scale] == nil {
			digits[c.Scale] = digitsOf(c.Scale)
		}
		l := layout{competency: c, index: c.Index, first: c.Items[0].Index, digits: digits[c.Scale], levels: len(c.Scale.Levels), lo: c.Scale.Lo(), size: 1, base: size}
		for _, stage := range r.Stages {
			l.asks = append(l.asks, stage.Criterion(c))
		}
		for _, item := range c.Items {
			l.weights = append(l.weights, item.Weight)
			if l.size *= l.radix(); l.size > largestTable {
				l.size = 0
			}
		}
		size += l.room()
		layouts = append(layouts, l)
	}
	return layouts
}

// site is what is needed of a layout for every person, and little of it, so that all of them stay in the fastest memory.
type site struct {
	digits     *[256]uint8
	first, end int32 // questions
	base       int32
	radix      int32
	competency int32 // index
}

// site of a competency that has too many patterns for a table has no questions and thus one pattern alone, whose entry is worked out for each person.
func (l *layout) site() site {
	s := site{l.digits, int32(l.first), int32(l.first + len(l.weights)), int32(l.base), int32(l.radix()), int32(l.index)}
	if l.large() {
		s.end = s.first
	}
	return s
}

// large reports whether there are too many patterns for a table.
func (l *layout) large() bool { return l.size == 0 }

// room is how many entries there are for the answers to this competency.
func (l *layout) room() int { return max(l.size, 1) }

// at is the place of a person's answers to the competency in the entries of a target.
func (s *site) at(levels []int8) int32 {
	return s.base + patternOf(levels[s.first:s.end], s.radix, s.digits)
}

func patternOf(answers []int8, radix int32, digits *[256]uint8) int32 {
	n := int32(0)
	for _, answer := range answers {
		n = n*radix + int32(digits[uint8(answer)])
	}
	return n
}

// digitsOf maps the bytes of intake.Person.Levels to digits.
func digitsOf(scale *rubric.Scale) *[256]uint8 {
	var digits [256]uint8
	for level := scale.Lo(); level <= scale.Hi(); level++ {
		digits[uint8(int8(level))] = uint8(level - scale.Lo())
	}
	open, notApplicable := intake.Unanswered, intake.NotApplicable
	digits[uint8(open)] = uint8(len(scale.Levels))
	digits[uint8(notApplicable)] = uint8(len(scale.Levels) + 1)
	return &digits
}

func (l *layout) radix() int { return l.levels + 2 }

// of are the answers to this competency among those to all questions.
func (l *layout) of(levels []int8) []int8 { return levels[l.first : l.first+len(l.weights)] }

// pattern is the number of the answers to this competency among the patterns.
func (l *layout) pattern(answers []int8) int {
	return int(patternOf(answers, int32(l.radix()), l.digits))
}

// marks are the flags that do not depend on a target.
func (l *layout) marks(answers []int8) flags {
	var m flags
	for _, answer := range answers {
		switch {
		case answer == intake.Unanswered:
			m |= someOpen
		case answer == intake.NotApplicable:
			m |= someNotApplicable
		case readiness.CallsForEvidence(l.competency.Scale, int(answer)):
			m |= claims
		}
	}
	return m
}

// answers is the opposite of pattern, for the questions of this competency alone.
func (l *layout) answers(pattern int, to []int8) []int8 {
	to = to[:0]
	for range l.weights {
		to = append(to, 0)
	}
	for i := len(to) - 1; i >= 0; i-- {
		switch digit := pattern % l.radix(); digit {
		case l.levels:
			to[i] = intake.Unanswered
		case l.levels + 1:
			to[i] = intake.NotApplicable
		default:
			to[i] = int8(l.lo + digit)
		}
		pattern /= l.radix()
	}
	return to
}

// possible reports whether the rubric lets people answer so.
func (l *layout) possible(answers []int8) bool {
	for i, answer := range answers {
		if answer == intake.NotApplicable && !l.competency.Items[i].NotApplicable {
			return false
		}
	}
	return true
}

// sums are the answers to one competency added up, in item weights.
type sums struct {
	all        int64 // every question
	applicable int64
	leastLeft  int64 // applicable, if every open question that allows it turned out not applicable
	answered   int64 // weight × level
	openWeight int64
	open       int
}

func (l *layout) sums(answers []int8) sums {
	var s sums
	for i, answer := range answers {
		weight := int64(l.weights[i])
		s.all += weight
		if answer == intake.NotApplicable {
			continue
		}
		s.applicable += weight
		if answer == intake.Unanswered {
			s.open++
			s.openWeight += weight
		} else {
			s.answered += weight * int64(answer)
		}
		if answer != intake.Unanswered || !l.competency.Items[i].NotApplicable {
			s.leastLeft += weight
		}
	}
	return s
}

func (l *layout) worst(s sums) int64 { return s.answered + s.openWeight*int64(l.lo) }

func (l *layout) best(s sums) int64 { return s.answered + s.openWeight*int64(l.lo+l.levels-1) }

// complete appends the answers to a slice, with a level in the place of open ones.
func complete(to, answers []int8, level int) []int8 {
	for _, answer := range answers {
		if answer == intake.Unanswered {
			answer = int8(level)
		}
		to = append(to, answer)
	}
	return to
}
