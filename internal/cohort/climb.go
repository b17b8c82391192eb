package cohort

import (
	"math/bits"
	"slices"

	"github.com/pmpath/pmpath/internal/intake"
)

// A climb is the way up in one competency from complete answers, in words that add up over competencies: the first has the raises to the floor in its upper half, and
// the units earned there in its lower; the others count, in lanes, the raises after that by what they bring. Raises are taken by what they bring alone, so
// that is all that is needed of them.

// gains are all the units that a raise can bring at a stage, most first.
type gains []int64

// lanes are how a climb counts raises.
type lanes struct {
	words int
	bits  int // of a lane: 8 or 16
}

const (
	mostWords  = 8
	mostStates = 100_000 // sums of answers to one competency that are looked at
)

// newLanes makes room for the raises of all competencies together.
func (t *tables) newLanes() (lanes, bool) {
	raises := 0
	for i := range t.criteria {
		raises += t.criteria[i].mostRaises()
	}
	l := lanes{bits: 8}
	if raises >= 1<<l.bits {
		l.bits = 16
	}
	perWord := 64 / l.bits
	l.words = (len(t.gains) + perWord - 1) / perWord
	return l, raises < 1<<l.bits && l.words <= mostWords
}

// mostRaises bounds the raises that bring points.
func (c *criterionTable) mostRaises() int {
	span := (c.Criterion.Span.Floor() + 1) * c.allWeight() / int64(slices.Min(c.weights))
	return int(min(span+1, int64(len(c.weights))*c.steps()))
}

// of is the word and the shift of the lane of a gain.
func (l lanes) of(gain int) (word int, shift uint) {
	perWord := 64 / l.bits
	return gain / perWord, uint(gain % perWord * l.bits)
}

// take removes the raises that bring most until they have brought what is needed, and returns how many these are and what they bring.
func (t *tables) take(counts *[mostWords]uint64, need int64) (raises int, gained int64) {
	mask := uint64(1)<<t.lanes.bits - 1
	for word := range counts[:t.lanes.words] {
		gainAt := t.gainAt[word*64:]
		for left := counts[word]; left != 0; {
			shift := bits.TrailingZeros64(left) &^ (t.lanes.bits - 1)
			n, gain := int64(left>>shift&mask), gainAt[shift]
			left &^= mask << shift
			if want := need - gained; n*gain >= want {
				n = int64(uint32(want+gain-1) / uint32(gain)) // both are below largest
				counts[word] = counts[word]>>shift<<shift - uint64(n)<<shift
				return raises + int(n), gained + n*gain
			}
			raises += int(n)
			gained += n * gain
		}
		counts[word] = 0
	}
	return raises, gained
}

// gainsOf lists what raises of one level can bring in a competency, whatever the answers; false where they are too many to look at.
func (c *criterionTable) gainsOf() ([]int64, bool) {
	var found []int64
	var exact careful
	weights := slices.Clone(c.weights)
	slices.Sort(weights)
	weights = slices.Compact(weights)
	for _, applicable := range c.applicableWeights(&exact) {
		states := applicable * c.steps()
		if states > mostStates {
			return nil, false
		}
		lowest := applicable * int64(c.lo)
		for sum := lowest; sum < lowest+states; sum++ {
			before := c.points(sum, applicable)
			for _, weight := range weights {
				if gain := c.points(sum+int64(weight), applicable) - before; gain > 0 {
					found = append(found, gain)
				}
			}
		}
		slices.Sort(found)
		found = slices.Compact(found)
	}
	return found, !exact.failed
}

// climb works the way up out, into words that are 0. The heaviest question with room goes first: it moves the score most, so no other order is shorter.
func (t *tables) climb(c *criterionTable, answers []int8, words []uint64) {
	s := c.sums(answers)
	sum, applicable := s.answered, s.applicable
	weight, room := int64(0), 0
	next := func() int64 {
		for room == 0 {
			weight = c.heaviestBelow(answers, weight)
			room = c.roomAt(answers, weight)
		}
		room--
		return weight
	}
	for c.marginOf(sum, applicable) < 0 {
		sum += next()
		words[0] += 1 << 32
	}
	points := c.points(sum, applicable)
	words[0] += uint64(points)
	for points < c.full {
		sum += next()
		after := c.points(sum, applicable)
		gain, _ := slices.BinarySearchFunc(t.gains, after-points, func(a, b int64) int { return int(b - a) })
		word, shift := t.lanes.of(gain)
		words[1+word] += 1 << shift
		points = after
	}
}

// heaviestBelow is the largest weight of an applicable question, below a limit where that is not 0; 0 where there is none.
func (l *layout) heaviestBelow(answers []int8, limit int64) int64 {
	heaviest := int64(0)
	for i, answer := range answers {
		if weight := int64(l.weights[i]); answer != intake.NotApplicable && weight > heaviest && (limit == 0 || weight < limit) {
			heaviest = weight
		}
	}
	return heaviest
}

// roomAt is how many raises the questions of a weight leave.
func (l *layout) roomAt(answers []int8, weight int64) int {
	room := 0
	for i, answer := range answers {
		if answer != intake.NotApplicable && int64(l.weights[i]) == weight {
			room += l.lo + l.levels - 1 - int(answer)
		}
	}
	return room
}
