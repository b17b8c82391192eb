package cohort

import (
	"github.com/pmpath/pmpath/internal/readiness"
)

// countSteps finds how far the person is from ready: the fewest answers raised by one level and gates met, from the completion with everything open at
// its lowest, and from the one with everything at its highest.
func (w *Worker) countSteps(t *target, all flags, notAssessed bool) {
	o := &w.outcome
	if notAssessed {
		o.stepsLeast, o.stepsMost = -1, -1
		return
	}
	if o.verdict == readiness.Ready {
		o.stepsLeast, o.stepsMost = 0, 0
		return
	}
	missing, open := 0, 0
	for _, outcome := range w.seen.gates {
		switch outcome {
		case readiness.Fails:
			missing++
		case readiness.Open:
			open++
		}
	}
	low := w.raises(t.tables, lowest)
	high := low
	if all&someOpen != 0 {
		high = w.raises(t.tables, highest)
	}
	o.stepsLeast, o.stepsMost = missing+high, missing+open+low
}

// completion says what open answers are taken for.
type completion bool

const (
	lowest  completion = false
	highest completion = true
)

// raises is the fewest raises that bring all criteria and areas to their floors and the whole to its cut: first each criterion, then what brings most in each area, then
// what brings most anywhere. Package readiness says why this is exact, and that only what raises bring matters for their number.
func (w *Worker) raises(tab *tables, to completion) int {
	s := &w.seen
	raises, total := 0, int64(0)
	var anywhere, within [mostWords]uint64
	words := tab.lanes.words
	for a := range tab.areas {
		area := &tab.areas[a]
		head := uint64(0)
		clear(within[:words])
		for i := area.from; i < area.to; i++ {
			climb := w.climbOf(tab, i, to)
			head += climb[0]
			for word := range words {
				within[word] += climb[1+word]
			}
		}
		have := int64(head & (1<<32 - 1))
		raises += int(head >> 32)
		if need := s.areas[a].need - have; need > 0 {
			more, gained := tab.take(within[:words], need)
			raises += more
			have += gained
		}
		total += have
		for word := range words {
			anywhere[word] += within[word]
		}
	}
	more, _ := tab.take(anywhere[:words], s.need-total)
	return raises + more
}

// climbOf is the climb of one competency, valid until the next call.
func (w *Worker) climbOf(tab *tables, criterion int, to completion) []uint64 {
	s := &w.seen
	at := int(s.found[criterion])
	switch {
	case at < 0:
		return w.climbWithoutTable(tab, criterion, to)
	case s.flags[criterion]&someOpen == 0:
	case to == lowest:
		at = int(tab.lowest[at])
	default:
		at = int(tab.highest[at])
	}
	return tab.climbAt(at)
}

func (w *Worker) climbWithoutTable(tab *tables, criterion int, to completion) []uint64 {
	s, c := &w.seen, &tab.criteria[criterion]
	words := s.climb[:tab.climbSize]
	clear(words)
	if s.flags[criterion]&absent != 0 {
		return words
	}
	level := c.lo
	if to == highest {
		level += c.levels - 1
	}
	s.answers = complete(s.answers[:0], c.of(w.person.Levels), level)
	tab.climb(c, s.answers, words)
	return words
}
