package cohort

import (
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
)

// seen is what one person's answers are at one target, found in its tables. A worker has one and uses it again.
type seen struct {
	found []int32 // by criterion: its entry
	open  []int32 // criteria with open questions, and room for one more
	areas []areaSeen
	gates []readiness.Outcome // hard ones

	worst, best, possible, need int64 // units over all areas
	fit                         readiness.Outcome

	answers []int8 // to one competency
	climb   [1 + mostWords]uint64

	part, low, high way
}

type areaSeen struct {
	worst, best, possible, need int64
	openFrom, openTo            int // which of seen.open are in the area

	toFloor int // sums of entries
	atFloor int64
	left    uint64
}

// score measures a person by the tables, counts the answers to what the target asks, and returns all their flags.
func (w *Worker) score(t *target, tally *targetTally, p *intake.Person) flags {
	tab, s, o := t.tables, &w.seen, &w.outcome
	all, first := w.look(tab, tally, p)
	w.lookAtGates(tab, p)
	s.possible, s.need = tab.possible, tab.need
	if all&absent != 0 {
		w.leaveAbsentOut(tab)
	}
	worst := min(w.measureShares(), first.outcome())
	for _, gate := range s.gates {
		worst = min(worst, gate)
	}
	notAssessed := all&someNotApplicable != 0 && w.notAssessed(tab)
	switch {
	case worst == readiness.Fails:
		o.verdict = readiness.NotReady
	case worst == readiness.Open || notAssessed || all&someOpen != 0 && w.guardAtRisk(tab):
		o.verdict = readiness.Undetermined
	default:
		o.verdict = readiness.Ready
	}
	o.deciding = -1
	if worst != readiness.Holds || o.verdict == readiness.Ready { // else it is the guard that decides
		o.deciding = w.deciding(t, worst, first)
	}
	w.countSteps(t, notAssessed)
	return all
}

// measureShares compares areas and the whole with what they need, and returns the worst outcome.
func (w *Worker) measureShares() readiness.Outcome {
	s, o := &w.seen, &w.outcome
	lowest := readiness.Holds
	s.worst, s.best, s.fit = 0, 0, 0
	for i := range s.areas {
		area := &s.areas[i]
		s.worst += area.worst
		s.best += area.best
		o.areas[i] = areaOutcome{fit: standingOf(area.worst, area.best, area.possible)}
		if area.possible > 0 {
			o.areas[i].floor = outcomeOf(area.worst, area.best, area.need)
			lowest = min(lowest, o.areas[i].floor)
		}
	}
	if s.possible > 0 {
		s.fit = outcomeOf(s.worst, s.best, s.need)
		lowest = min(lowest, s.fit)
	}
	o.fit = standingOf(s.worst, s.best, s.possible)
	o.fitWorst = hundredths(s.worst, s.possible)
	o.fitBest = o.fitWorst
	if s.worst != s.best {
		o.fitBest = hundredths(s.best, s.possible)
	}
	return lowest
}

// deciding finds the condition with the smallest margin among those with the outcome, in the order of target.conditions; −1 where there is none.
func (w *Worker) deciding(t *target, outcome readiness.Outcome, first tell) int {
	tab, s := t.tables, &w.seen
	least := smallest{outcome: outcome, at: -1}
	if s.possible > 0 {
		least.share(0, s.fit, s.worst, s.best, s.possible, tab.readyAt)
	}
	for i := range s.areas {
		if area := &s.areas[i]; area.possible > 0 {
			least.share(t.areaCondition(i), w.outcome.areas[i].floor, area.worst, area.best, area.possible, tab.areas[i].floor)
		}
	}
	if first.outcome() == outcome {
		least.take(t.criterionCondition(first.criterion()), first.margin(), tab.margin)
	}
	for i, gate := range s.gates {
		switch {
		case gate != outcome:
		case gate == readiness.Holds:
			least.take(t.gateCondition(i), 1, 1)
		default: // missing, or open: at worst it is missing
			least.take(t.gateCondition(i), -1, 1)
		}
	}
	return least.at
}

// look finds the person's entries, counts them and the gaps, adds up by area, picks the largest gaps, and returns all flags and the smallest tell. It takes several
// rounds, each with so little in hand that the processor keeps all of it.
func (w *Worker) look(tab *tables, tally *targetTally, p *intake.Person) (all flags, first tell) {
	s := &w.seen
	w.now = tally
	s.find(tab.sites, p.Levels)
	for _, i := range tab.large {
		w.lookAtLarge(tab, i, p)
	}
	s.areas = s.areas[:len(tab.areas)]
	first, marks, open := undecisive, units(0), 0
	for i := range tab.areas {
		area, sum := &tab.areas[i], &s.areas[i]
		sum.possible, sum.need = area.possible, area.need
		least, within := sum.add(tally.entries, s.found[area.from:area.to])
		first, marks = min(first, least), marks|within
		sum.openFrom = open
		if within.flags()&someOpen != 0 {
			open = s.list(tally.entries, area, open)
		}
		sum.openTo = open
	}
	w.pickGaps(tab)
	return marks.flags(), first
}

// find finds the entries of the answers to competencies.
func (s *seen) find(sites []site, levels []int8) {
	s.found = s.found[:len(sites)]
	for i := range s.found {
		s.found[i] = sites[i].at(levels)
	}
}

// add adds up the entries of an area, and returns the smallest tell and, joined, what the entries hold.
func (a *areaSeen) add(entries []entry, found []int32) (first tell, all units) {
	var sums unitSums
	first = undecisive
	left := uint64(0)
	for _, at := range found {
		e := &entries[at]
		sums.add(e.units)
		all |= e.units
		left += e.left
		first = min(first, e.tell)
	}
	a.worst, a.best, a.toFloor, a.atFloor, a.left = sums.worst(), sums.best(), sums.toFloor(), sums.atFloor(), left
	return first, all
}

// list lists the criteria of an area with open questions, after those that are listed already, and returns how many there are then.
func (s *seen) list(entries []entry, area *areaTable, open int) int {
	for i := area.from; i < area.to; i++ {
		s.open[open] = int32(i)
		open += int(entries[s.found[i]].units.flags() & someOpen)
	}
	return open
}

// pickGaps counts people and gaps, and picks the person's largest gaps.
func (w *Worker) pickGaps(tab *tables) {
	var first, second, third gapKey
	sites, gaps, entries, answered := tab.sites, w.gaps, w.now.entries, w.now.answered
	for i, at := range w.seen.found {
		answered[at]++
		gap := entries[at].gap
		gaps[sites[i].competency] += one(gap > 0)
		first, gap = max(first, gap), min(first, gap)
		second, gap = max(second, gap), min(second, gap)
		third = max(third, gap)
	}
	for i, gap := range [topGaps]gapKey{first, second, third} {
		w.outcome.top[i] = -1
		if gap > 0 {
			w.outcome.top[i] = tab.criteria[gap.criterion()].index
		}
	}
}

// lookAtLarge works the entry out of a criterion whose competency has too many patterns for a table.
func (w *Worker) lookAtLarge(tab *tables, criterion int, p *intake.Person) {
	c := &tab.criteria[criterion]
	e := &w.now.entries[c.base]
	*e = tab.entry(c, c.of(p.Levels))
	e.start(w.climbWithoutTable(tab, criterion, lowest))
}

// flags are those of the entry of a criterion.
func (w *Worker) flags(criterion int) flags {
	return w.now.entries[w.seen.found[criterion]].units.flags()
}

func (w *Worker) lookAtGates(tab *tables, p *intake.Person) {
	s := &w.seen
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
}

// leaveAbsentOut takes the criteria of which nothing is applicable out of what can be earned.
func (w *Worker) leaveAbsentOut(tab *tables) {
	s := &w.seen
	for a := range tab.areas {
		area := &s.areas[a]
		for i := tab.areas[a].from; i < tab.areas[a].to; i++ {
			if w.flags(i)&absent != 0 {
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
			if w.flags(i)&which == 0 {
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
