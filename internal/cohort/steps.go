package cohort

import (
	"github.com/pmpath/pmpath/internal/readiness"
)

// countSteps finds how far the person is from ready: the fewest answers raised by one level and gates met, from the completion with everything open at
// its lowest, and from the one with everything at its highest.
func (w *Worker) countSteps(t *target, notAssessed bool) {
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
		default: // is met
		}
	}
	low, high := w.raises(t.tables)
	o.stepsLeast, o.stepsMost = missing+high, missing+open+low
}

// completion says what open answers are taken for.
type completion bool

const (
	lowest  completion = false
	highest completion = true
)

// way is how far up part of the criteria are brought, with the raises that are left, counted by what they bring.
type way struct {
	raises int
	points int64
	left   [mostWords]uint64
}

// raises is the fewest raises that bring all criteria and areas to their floors and the whole to its cut: first each criterion, then what brings most in each area, then
// what brings most anywhere. Package readiness says why this is exact, and that only what raises bring matters for their number.
func (w *Worker) raises(tab *tables) (fromLowest, fromHighest int) {
	low, high, part := &w.seen.low, &w.seen.high, &w.seen.part
	words := tab.lanes.words
	low.clear(words)
	high.clear(words)
	open := false
	for i := range tab.areas {
		w.wayOf(tab, i, lowest, part)
		low.add(part, words)
		if area := &w.seen.areas[i]; area.openFrom < area.openTo {
			open = true
			w.wayOf(tab, i, highest, part)
		}
		high.add(part, words)
	}
	fromLowest = low.raises + tab.rest(low, w.seen.need)
	if !open {
		return fromLowest, fromLowest
	}
	return fromLowest, high.raises + tab.rest(high, w.seen.need)
}

func (w *way) clear(words int) {
	w.raises, w.points = 0, 0
	clear(w.left[:words])
}

func (w *way) add(part *way, words int) {
	w.raises += part.raises
	w.points += part.points
	for word := range words {
		w.left[word] += part.left[word]
	}
}

// rest is how many raises it takes from there to the points that are needed.
func (t *tables) rest(w *way, need int64) int {
	if w.points >= need {
		return 0
	}
	raises, _ := t.take(&w.left, need-w.points)
	return raises
}

// wayOf brings the criteria of an area, and the area itself, to their floors.
func (w *Worker) wayOf(tab *tables, area int, to completion, sum *way) {
	seen := &w.seen.areas[area]
	if tab.entriesHoldClimbs() { // the usual case, added up already
		sum.raises, sum.points, sum.left[0] = seen.toFloor, seen.atFloor, seen.left
		if to == highest {
			w.raiseOpen(tab, seen, sum)
		}
	} else {
		sum.clear(tab.lanes.words)
		head := uint64(0)
		for i := tab.areas[area].from; i < tab.areas[area].to; i++ {
			climb := w.climbOf(tab, i, to)
			head += climb[0]
			for word, counts := range climb[1:] {
				sum.left[word] += counts
			}
		}
		sum.raises, sum.points = int(head>>32), int64(head&(1<<32-1))
	}
	if sum.points < seen.need {
		raises, gained := tab.take(&sum.left, seen.need-sum.points)
		sum.raises += raises
		sum.points += gained
	}
}

// raiseOpen takes the open questions of an area at their highest in place of their lowest, where entries hold climbs.
func (w *Worker) raiseOpen(tab *tables, seen *areaSeen, sum *way) {
	var low, high unitSums
	for _, i := range w.seen.open[seen.openFrom:seen.openTo] {
		at := w.seen.found[i]
		e, to := &w.now.entries[at], entry{}
		if tab.criteria[i].large() {
			to.start(w.climbWithoutTable(tab, int(i), highest))
		} else {
			to = w.now.entries[tab.highest[at]]
		}
		low.add(e.units)
		high.add(to.units)
		sum.left[0] += to.left - e.left
	}
	sum.raises += high.toFloor() - low.toFloor()
	sum.points += high.atFloor() - low.atFloor()
}

// climbOf is the climb of one competency, valid until the next call.
func (w *Worker) climbOf(tab *tables, criterion int, to completion) []uint64 {
	s := &w.seen
	at := int(s.found[criterion])
	switch {
	case tab.criteria[criterion].large():
		return w.climbWithoutTable(tab, criterion, to)
	case w.flags(criterion)&someOpen == 0:
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
	if w.flags(criterion)&absent != 0 {
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
