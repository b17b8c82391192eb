package cohort

import (
	"slices"

	"github.com/pmpath/pmpath/internal/intake"
)

// climb is the way up in one competency from complete answers: raises to the floor, then raises that each bring points.
type climb struct {
	toFloor int32 // raises
	at      int32 // units earned at the floor
	from    int32 // the first of its pairs
	count   int32 // of pairs
}

// pair is a number of raises that bring the same.
type pair struct {
	gain  uint8 // index into gains
	count uint8
}

// gains are all the units that a raise can bring at a stage, most first. Raises are taken by what they bring alone, so people are counted by these.
type gains []int64

const (
	mostGains  = 256      // that a bit set of four words and the type of pair.gain hold
	mostRaises = 1<<8 - 1 // that the type of pair.count holds
	mostStates = 100_000  // sums of answers to one competency that are looked at
)

// gainsOf lists what raises of one level can bring in a competency, whatever the answers; false where they are too many to look at.
func (c *criterionTable) gainsOf() ([]int64, bool) {
	var found []int64
	var exact careful
	weights := slices.Clone(c.weights)
	slices.Sort(weights)
	weights = slices.Compact(weights)
	for _, applicable := range c.applicableWeights(&exact) {
		states := applicable * c.steps()
		if states > mostStates || len(c.items)*int(c.steps()) > mostRaises {
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
	return found, len(found) <= mostGains
}

// climb works the way up out and appends its pairs. The heaviest question with room goes first: it moves the score most, so no other order is shorter.
func (t *tables) climb(c *criterionTable, answers []int8, pairs []pair) (climb, []pair) {
	s := c.sums(answers)
	sum, applicable := s.answered, s.applicable
	way := climb{from: int32(len(pairs))}
	last := int64(0) // heaviest weight that may still have room
	room := 0
	next := func() int64 {
		for room == 0 {
			if last = c.heaviestBelow(answers, last); last == 0 {
				return 0
			}
			room = c.roomAt(answers, last)
		}
		room--
		return last
	}
	for c.marginOf(sum, applicable) < 0 {
		sum += next()
		way.toFloor++
	}
	points := c.points(sum, applicable)
	way.at = int32(points)
	for points < c.full {
		sum += next()
		after := c.points(sum, applicable)
		pairs = t.addGain(pairs, int(way.from), after-points)
		points = after
	}
	way.count = int32(len(pairs)) - way.from
	return way, pairs
}

func (t *tables) addGain(pairs []pair, from int, gain int64) []pair {
	at, _ := slices.BinarySearchFunc(t.gains, gain, func(a, b int64) int { return int(b - a) })
	if last := len(pairs) - 1; last >= from && int(pairs[last].gain) == at {
		pairs[last].count++
		return pairs
	}
	return append(pairs, pair{uint8(at), 1})
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
