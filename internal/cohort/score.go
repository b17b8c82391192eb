package cohort

import (
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
)

// seen is what one person's answers are at one target, found in its tables. A worker has one and uses it again.
type seen struct {
	patterns []int32  // by competency; meaningless where a competency has no table
	found    []int32  // by criterion: its entry; −1 where its competency has no table
	flags    []flags  // by criterion
	gaps     []uint32 // by criterion: entry.gap
	possible int64
	need     int64
	areas    []areaSeen
	gates    []readiness.Outcome // hard ones

	answers []int8 // to one competency
	climb   [1 + mostWords]uint64
	single  entry
}

type areaSeen struct {
	open                        bool // some question that counts is
	worst, best, possible, need int64
	climb                       [2]uint64 // sum of entry.climb
}

// score measures a person by the tables.
func (w *Worker) score(t *target, p *intake.Person) {
	tab, s, o := t.tables, &w.seen, &w.outcome
	all, first := w.look(tab, p)
	worst, best := int64(0), int64(0)
	s.possible, s.need = tab.possible, tab.need
	if all&absent != 0 {
		w.leaveAbsentOut(tab)
	}
	for i := range s.areas {
		worst += s.areas[i].worst
		best += s.areas[i].best
	}
	verdictOutcome := readiness.Holds
	for i := range s.areas {
		area := &s.areas[i]
		o.areas[i] = areaOutcome{fit: standingOf(area.worst, area.best, area.possible)}
		if area.possible > 0 {
			o.areas[i].floor = outcomeOf(area.worst, area.best, area.need)
			verdictOutcome = min(verdictOutcome, o.areas[i].floor)
		}
	}
	o.fit = standingOf(worst, best, s.possible)
	o.fitWorst = hundredths(worst, s.possible)
	o.fitBest = o.fitWorst
	if worst != best {
		o.fitBest = hundredths(best, s.possible)
	}
	fit := readiness.Outcome(0)
	if s.possible > 0 {
		fit = outcomeOf(worst, best, s.need)
		verdictOutcome = min(verdictOutcome, fit)
	}
	criterion := first.outcome()
	verdictOutcome = min(verdictOutcome, criterion)
	for i := range t.gates {
		verdictOutcome = min(verdictOutcome, s.gates[i])
	}
	notAssessed := all&someNotApplicable != 0 && w.notAssessed(tab)
	o.deciding = -1
	switch {
	case verdictOutcome == readiness.Fails:
		o.verdict = readiness.NotReady
	case verdictOutcome == readiness.Open || notAssessed || all&someOpen != 0 && w.guardAtRisk(tab):
		o.verdict = readiness.Undetermined
	default:
		o.verdict = readiness.Ready
	}
	if verdictOutcome != readiness.Holds || o.verdict == readiness.Ready {
		least := smallest{outcome: verdictOutcome, at: -1}
		if s.possible > 0 {
			least.share(0, fit, worst, best, s.possible, tab.readyAt)
		}
		for i := range s.areas {
			area := &s.areas[i]
			if area.possible > 0 {
				least.share(t.areaCondition(i), o.areas[i].floor, area.worst, area.best, area.possible, tab.areas[i].floor)
			}
		}
		if criterion == verdictOutcome {
			least.take(t.criterionCondition(first.criterion()), first.margin(), tab.margin)
		}
		for i := range t.gates {
			if s.gates[i] == verdictOutcome {
				margin := int64(-1) // missing, or open: the worst is that it is missing
				if verdictOutcome == readiness.Holds {
					margin = 1
				}
				least.take(t.gateCondition(i), margin, 1)
			}
		}
		o.deciding = least.at
	}
	w.countSteps(t, notAssessed)
	if w.scorer.options.People != NoPeople {
		w.findTop(tab)
	}
}

// look finds the person's entries, counts gaps, adds up by area, and returns all flags and the smallest tell.
func (w *Worker) look(tab *tables, p *intake.Person) (all flags, first tell) {
	s, counts := &w.seen, w.gaps
	found, seenFlags, gaps := s.found[:len(tab.places)], s.flags[:len(tab.places)], s.gaps[:len(tab.places)]
	s.areas = s.areas[:len(tab.areas)]
	first = undecisive
	for a := range tab.areas {
		area := &tab.areas[a]
		worst, best, within := int64(0), int64(0), flags(0)
		climb := [2]uint64{}
		for i := area.from; i < area.to; i++ {
			at := tab.places[i]
			var e *entry
			if at.base >= 0 {
				found[i] = at.base + s.patterns[at.competency]
				e = &tab.entries[found[i]]
			} else {
				c := &tab.criteria[i]
				found[i] = -1
				s.single = tab.entry(c, c.sums(c.of(p.Levels)))
				seenFlags[i] = s.single.flags
				copy(s.single.climb[:], w.climbWithoutTable(tab, i, lowest))
				e = &s.single
			}
			worst += int64(e.worst)
			best += int64(e.best)
			within |= e.flags
			climb[0] += e.climb[0]
			climb[1] += e.climb[1]
			seenFlags[i], gaps[i] = e.flags, e.gap
			first = min(first, e.tell)
			counts[at.competency] += uint32(e.flags>>gapShift) & 1
		}
		s.areas[a] = areaSeen{within&someOpen != 0, worst, best, area.possible, area.need, climb}
		all |= within
	}
	s.gates = s.gates[:len(tab.gates)]
	for i, gate := range tab.gates {
		answer := &p.Gates[gate.Index]
		switch {
		case answer.State == response.GateOpen:
			s.gates[i] = readiness.Open
		case answer.State == response.GateYes && answer.Missing(gate, p.Date) == response.LacksNothing:
			s.gates[i] = readiness.Holds
		default:
			s.gates[i] = readiness.Fails
		}
	}
	return all, first
}

// leaveAbsentOut takes the criteria of which nothing is applicable out of what can be earned.
func (w *Worker) leaveAbsentOut(tab *tables) {
	s := &w.seen
	for a := range tab.areas {
		area := &s.areas[a]
		for i := tab.areas[a].from; i < tab.areas[a].to; i++ {
			if s.flags[i]&absent != 0 {
				area.possible -= tab.criteria[i].full
				s.possible -= tab.criteria[i].full
			}
		}
		area.need = tab.areas[a].floor.of(area.possible)
	}
	s.need = tab.readyAt.of(s.possible)
}

// notAssessed reports whether too much is not applicable to state that somebody is ready.
func (w *Worker) notAssessed(tab *tables) bool {
	return w.guarded(tab, someNotApplicable, func(s sums) int64 { return s.applicable })
}

// guardAtRisk is the same for the case that every open question that allows it turns out not applicable.
func (w *Worker) guardAtRisk(tab *tables) bool {
	return w.guarded(tab, someNotApplicable|someOpen, func(s sums) int64 { return s.leastLeft })
}

// guarded looks at the criteria with one of these flags, as all of any other is left.
func (w *Worker) guarded(tab *tables, which flags, left func(sums) int64) bool {
	for a := range tab.areas {
		area := &tab.areas[a]
		share := area.shares
		for i := area.from; i < area.to; i++ {
			if w.seen.flags[i]&which == 0 {
				continue
			}
			c := &tab.criteria[i]
			sums := c.sums(c.of(w.person.Levels))
			weight := left(sums)
			if weight == 0 && c.Must {
				return true
			}
			share -= c.share * (sums.all - weight)
		}
		if share < area.assessed {
			return true
		}
	}
	return false
}

// smallest finds the condition that decides: of those with the outcome the one with the smallest margin, the first of equals.
type smallest struct {
	outcome  readiness.Outcome
	at       int
	num, den int64
}

func (s *smallest) share(at int, outcome readiness.Outcome, worst, best, possible int64, cut ratio) {
	if outcome != s.outcome {
		return
	}
	points := worst
	if outcome == readiness.Fails {
		points = best
	}
	s.take(at, points*cut.den-cut.num*possible, possible*cut.den)
}

func (s *smallest) take(at int, num, den int64) {
	if s.at < 0 || num*s.den < s.num*den {
		s.at, s.num, s.den = at, num, den
	}
}

// findTop picks the gaps that would bring most points; of equal ones those under their floor first, then rubric order.
func (w *Worker) findTop(tab *tables) {
	var keys [topGaps]uint32
	top := [topGaps]int{-1, -1, -1}
	for i, key := range w.seen.gaps[:len(tab.criteria)] {
		if key <= keys[topGaps-1] {
			continue
		}
		at := topGaps - 1
		for ; at > 0 && key > keys[at-1]; at-- {
			keys[at], top[at] = keys[at-1], top[at-1]
		}
		keys[at], top[at] = key, tab.criteria[i].index
	}
	w.outcome.top = top
}
