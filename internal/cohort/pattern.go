package cohort

import (
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/rubric"
)

// The answers to one competency are a pattern. Its number joins the last bits of the answers, those to the first question lowest: as levels are small, and intake chose
// values for what is no level whose last bits are two that no level has, nothing has to be looked up, and the answers to up to four questions are joined at once.

const (
	largestTable = 4096 // patterns of answers to one competency that are worked out beforehand: four questions on a scale of six levels
	mostBits     = 4    // of a digit, as the bits before these are not the same in what is no level
)

// bitsOf is how many bits a digit has: room for the highest level and two more. It is 0 where the levels of a scale are no digits.
func bitsOf(scale *rubric.Scale) int {
	if scale.Lo() < 0 {
		return 0
	}
	for bits := 1; bits <= mostBits; bits++ {
		if scale.Hi()+2 < 1<<bits {
			return bits
		}
	}
	return 0
}

// patterns is how many there are; 0 where they are too many for a table or cannot be numbered.
func (l *layout) patterns() int {
	n := 1 << (l.bits * len(l.weights))
	if l.bits == 0 || len(l.weights) > intake.AtOnce || n > largestTable {
		return 0
	}
	return n
}

// large reports whether there are too many patterns for a table.
func (l *layout) large() bool { return l.size == 0 }

// room is how many entries there are for the answers to this competency.
func (l *layout) room() int { return max(l.size, 1) }

// site is what is needed of a layout for every person, and little of it, so that all of them stay in the fastest memory.
type site struct {
	first      int32  // question
	pair, both uint8  // how far the digits of every second question, and then every second pair of digits, are moved
	digits     uint32 // the bits of four answers that are digits of the competency
	base       int32
	competency int32 // index
}

// site of a competency that has too many patterns for a table has no digits and thus one pattern alone, whose entry is worked out for each person.
func (l *layout) site() site {
	s := site{first: int32(l.first), pair: uint8(8 - l.bits), both: uint8(16 - 2*l.bits), base: int32(l.base), competency: int32(l.index)}
	if !l.large() {
		for i := range l.weights {
			s.digits |= (1<<l.bits - 1) << (8 * i)
		}
	}
	return s
}

// at is the place of a person's answers to the competency in the entries of a target.
func (s *site) at(levels []int8) int32 {
	l := levels[s.first:][:intake.AtOnce]
	n := uint32(uint8(l[0])) | uint32(uint8(l[1]))<<8 | uint32(uint8(l[2]))<<16 | uint32(uint8(l[3]))<<24
	n &= s.digits
	n = (n | n>>(s.pair&31)) & 0x00FF00FF
	n |= n >> (s.both & 31)
	return s.base + int32(n&0xFFFF)
}

// pattern is the number of the answers to the competency.
func (l *layout) pattern(answers []int8) int {
	n := 0
	for i, answer := range answers {
		n |= int(uint8(answer)) & (1<<l.bits - 1) << (i * l.bits)
	}
	return n
}

// answers is the opposite of pattern. Some patterns have levels that are not of the scale.
func (l *layout) answers(pattern int, to []int8) []int8 {
	to = to[:0]
	for range l.weights {
		answer := int8(pattern & (1<<l.bits - 1))
		for _, none := range [...]int8{intake.Unanswered, intake.NotApplicable} {
			if l.pattern([]int8{none}) == int(answer) {
				answer = none
			}
		}
		to = append(to, answer)
		pattern >>= l.bits
	}
	return to
}

// possible reports whether the rubric lets people answer so.
func (l *layout) possible(answers []int8) bool {
	for i, answer := range answers {
		switch {
		case answer == intake.Unanswered:
		case answer == intake.NotApplicable:
			if !l.competency.Items[i].NotApplicable {
				return false
			}
		case int(answer) < l.lo || int(answer) >= l.lo+l.levels:
			return false
		}
	}
	return true
}
