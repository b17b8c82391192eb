package cohort

import (
	"math/bits"

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
	for a := range tab.areas {
		have := int64(0)
		s.within.clear()
		for i := tab.areas[a].from; i < tab.areas[a].to; i++ {
			way, pairs := w.wayOf(tab, i, to)
			raises += int(way.toFloor)
			have += int64(way.at)
			s.within.add(pairs)
		}
		more, gained := s.within.take(tab.gains, s.areas[a].need-have)
		raises += more
		total += have + gained
		s.anywhere.join(&s.within)
	}
	more, _ := s.anywhere.take(tab.gains, s.need-total)
	s.anywhere.clear()
	return raises + more
}

// wayOf is the way up in one competency. The pairs are valid until the next call.
func (w *Worker) wayOf(tab *tables, criterion int, to completion) (climb, []pair) {
	s, c := &w.seen, &tab.criteria[criterion]
	e := &s.entries[criterion]
	if e.flags&absent != 0 {
		return climb{}, nil
	}
	var way climb
	switch {
	case c.size > 0 && e.flags&someOpen == 0:
		way = tab.climbs[c.base+int(s.patterns[c.index])]
	default:
		s.answers = c.take(w.person.Levels, s.answers)
		if to == lowest {
			complete(s.answers, c.lo)
		} else {
			complete(s.answers, c.lo+c.levels-1)
		}
		if c.size == 0 {
			way, s.pairs = tab.climb(c, s.answers, s.pairs[:0])
			return way, s.pairs
		}
		way = tab.climbs[c.base+c.patternOf(s.answers)]
	}
	return way, tab.pairs[way.from : way.from+way.count]
}

// raisable counts raises by what they bring.
type raisable struct {
	counts [mostGains]uint16 // by index into gains
	some   [mostGains / 64]uint64
}

func (r *raisable) clear() {
	for word, set := range r.some {
		for ; set != 0; set &= set - 1 {
			r.counts[word<<6+bits.TrailingZeros64(set)] = 0
		}
		r.some[word] = 0
	}
}

func (r *raisable) add(pairs []pair) {
	for _, p := range pairs {
		r.counts[p.gain] += uint16(p.count)
		r.some[p.gain>>6] |= 1 << (p.gain & 63)
	}
}

func (r *raisable) join(other *raisable) {
	for word, set := range other.some {
		r.some[word] |= set
		for ; set != 0; set &= set - 1 {
			at := word<<6 + bits.TrailingZeros64(set)
			r.counts[at] += other.counts[at]
		}
	}
}

// take removes the raises that bring most until they have brought what is needed, and returns how many these are and what they bring.
func (r *raisable) take(gains gains, need int64) (raises int, gained int64) {
	for word := range r.some {
		for need > gained && r.some[word] != 0 {
			bit := bits.TrailingZeros64(r.some[word])
			at := word<<6 + bit
			gain := gains[at]
			n := min((need-gained+gain-1)/gain, int64(r.counts[at]))
			raises += int(n)
			gained += n * gain
			if r.counts[at] -= uint16(n); r.counts[at] == 0 {
				r.some[word] &^= 1 << bit
			}
		}
	}
	return raises, gained
}
