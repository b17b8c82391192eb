package cohort

import (
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
)

// seen is what one person's answers are at one target, found in its tables. A worker has one and uses it again.
type seen struct {
	patterns []int32 // by competency; meaningless where a competency has no table
	entries  []entry // by criterion
	possible int64
	need     int64
	areas    []areaSeen
	gates    []readiness.Outcome // hard ones

	answers []int8 // to one competency
	pairs   []pair // of one competency without a table

	within, anywhere raisable
}

type areaSeen struct {
	worst, best, possible, need int64
}

// score measures a person by the tables.
func (w *Worker) score(t *target, p *intake.Person) {
	tab, s, o := t.tables, &w.seen, &w.outcome
	all, first, firstAt := w.look(tab, p)
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
	criterion := readiness.Outcome(first >> tellShift)
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
			least.take(t.criterionCondition(firstAt), first&(1<<tellShift-1)-largest, tab.margin)
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
	w.countSteps(t, all, notAssessed)
	w.findTop(tab)
}

// look finds the person's entries, adds them up by area, and returns all their flags and the smallest tell with its criterion.
func (w *Worker) look(tab *tables, p *intake.Person) (all flags, first int64, firstAt int) {
	s := &w.seen
	s.entries = s.entries[:len(tab.criteria)]
	s.areas = s.areas[:len(tab.areas)]
	first = undecisive
	for a := range tab.areas {
		area := &tab.areas[a]
		worst, best := int64(0), int64(0)
		for i := area.from; i < area.to; i++ {
			c := &tab.criteria[i]
			e := &s.entries[i]
			if c.size > 0 {
				*e = tab.entries[c.base+int(s.patterns[c.index])]
			} else {
				s.answers = c.take(p.Levels, s.answers)
				*e = tab.entry(c, c.sums(s.answers))
			}
			worst += int64(e.worst)
			best += int64(e.best)
			all |= e.flags
			if e.tell < first {
				first, firstAt = e.tell, i
			}
			w.outcome.gaps[c.index] = e.gap > 0
		}
		s.areas[a] = areaSeen{worst, best, area.possible, area.need}
	}
	s.gates = s.gates[:len(tab.gates)]
	for i, gate := range tab.gates {
		s.gates[i] = gateOutcome(p.Gates[gate.Index].State, func() bool { return p.Gates[gate.Index].Missing(gate, p.Date) == response.LacksNothing })
	}
	return all, first, firstAt
}

func gateOutcome(state response.GateState, suffices func() bool) readiness.Outcome {
	switch {
	case state == response.GateOpen:
		return readiness.Open
	case state == response.GateYes && suffices():
		return readiness.Holds
	}
	return readiness.Fails
}

// leaveAbsentOut takes the criteria of which nothing is applicable out of what can be earned.
func (w *Worker) leaveAbsentOut(tab *tables) {
	s := &w.seen
	for a := range tab.areas {
		area := &s.areas[a]
		for i := tab.areas[a].from; i < tab.areas[a].to; i++ {
			if s.entries[i].flags&absent != 0 {
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
	return w.guarded(tab, func(s sums) int64 { return s.applicable })
}

// guardAtRisk is the same for the case that every open question that allows it turns out not applicable.
func (w *Worker) guardAtRisk(tab *tables) bool {
	return w.guarded(tab, func(s sums) int64 { return s.leastLeft })
}

func (w *Worker) guarded(tab *tables, left func(sums) int64) bool {
	for a := range tab.areas {
		area := &tab.areas[a]
		share := int64(0)
		for i := area.from; i < area.to; i++ {
			c := &tab.criteria[i]
			w.seen.answers = c.take(w.person.Levels, w.seen.answers)
			weight := left(c.sums(w.seen.answers))
			if weight == 0 && c.Must {
				return true
			}
			share += c.share * weight
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
	for i := range w.seen.entries {
		key := w.seen.entries[i].gap
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
