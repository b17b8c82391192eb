package cohort

import (
	"slices"

	"github.com/pmpath/pmpath/internal/apart"
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Worker measures and counts the people that it is handed. It belongs to one goroutine.
type Worker struct {
	_       apart.Line
	scorer  *Scorer
	person  *intake.Person
	seen    seen
	outcome outcome
	now     *targetTally // of the person's target
	gaps    []uint32     // by competency: where the person's gaps are counted
	targets []*target    // as Scorer.targets, without a lock

	cells cells
	tally []targetTally // by target: 0 for none, 1 + stage
	lines lines
	_     apart.Line
}

// targetTally counts the people who are measured against one stage.
type targetTally struct {
	people   int
	entries  []entry           // those of the target
	answered []uint32          // by entry: people who answered so
	large    []competencyTally // by competency; of those without a table
	fit      Spread
	areas    []AreaSpread
	deciding []decided // by target.conditions
}

type decided struct{ notReady, open, ready int }

// Worker returns a further worker. Workers are made one after another, before or while others work.
func (s *Scorer) Worker() *Worker {
	w := &Worker{scorer: s, targets: make([]*target, len(s.targets)), tally: apart.Slice[targetTally](1 + len(s.targets))}
	w.seen = seen{
		found: apart.Slice[int32](s.mostAsks),
		open:  apart.Slice[int32](1 + s.mostAsks),
		areas: apart.Slice[areaSeen](len(s.rubric.Areas)),
		gates: apart.Slice[readiness.Outcome](len(s.rubric.Gates)),
	}
	w.outcome.areas = apart.Slice[areaOutcome](len(s.rubric.Areas))
	w.cells = newCells(s)
	if s.options.People != NoPeople {
		w.lines = newLines(s)
	}
	s.building.Lock()
	s.workers = append(s.workers, w)
	s.building.Unlock()
	return w
}

// Handle measures a person, counts them, and appends the line about them to out where Options ask for lines.
func (w *Worker) Handle(p *intake.Person, out []byte) []byte {
	s := w.scorer
	if !s.passes(p) {
		return out
	}
	w.person = p
	stage := s.TargetOf(p)
	w.outcome.target = stage
	tally := w.tallyFor(stage)
	tally.people++
	for _, competency := range s.large {
		w.countLarge(tally, competency, p)
	}
	cell := w.cells.of(p)
	w.gaps = cell.gaps
	var marks flags
	if stage == nil {
		marks = tally.count(s.sites, p)
	} else {
		marks = w.measure(w.targets[stage.Index], tally, p)
		tally.add(&w.outcome)
	}
	cell.add(&w.outcome, marks&someOpen != 0, p.Stale(s.rubric), marks&claims != 0 && (!p.Proven() || p.Unverified(s.rubric)))
	switch s.options.People {
	case CSV:
		return w.lines.csv(out, p, &w.outcome)
	case JSONLines:
		return w.lines.json(out, p, &w.outcome)
	default:
		return out
	}
}

// tallyFor finds the tally of a target, which may be nil, and sees to it that everything about the target is there.
func (w *Worker) tallyFor(stage *rubric.Stage) *targetTally {
	if stage == nil {
		if w.tally[0].large == nil {
			w.start(&w.tally[0], nil)
		}
		return &w.tally[0]
	}
	if w.targets[stage.Index] == nil {
		w.targets[stage.Index] = w.scorer.target(stage)
		w.start(&w.tally[1+stage.Index], w.targets[stage.Index])
	}
	return &w.tally[1+stage.Index]
}

// measure finds out what the answers mean for a target, counts them, and returns all their flags.
func (w *Worker) measure(t *target, tally *targetTally, p *intake.Person) flags {
	if t.tables == nil {
		w.refer(t, p)
		return tally.count(w.scorer.sites, p)
	}
	return w.score(t, tally, p) | tally.count(t.tables.idle, p)
}

// count counts the answers to some competencies, and returns all their flags.
func (t *targetTally) count(sites []site, p *intake.Person) flags {
	var all units
	for i := range sites {
		at := sites[i].at(p.Levels)
		t.answered[at]++
		all |= t.entries[at].units
	}
	return all.flags()
}

// countLarge counts the answers to a competency that has too many patterns for a table, and has its entry say what they mean without a target.
func (w *Worker) countLarge(t *targetTally, competency int, p *intake.Person) {
	l := &w.scorer.layouts[competency]
	answers := l.of(p.Levels)
	t.large[competency].add(l, answers, w.outcome.target, 1)
	t.entries[l.base] = l.idleEntry(answers)
}

// add counts what was found out about a person.
func (t *targetTally) add(o *outcome) {
	t.fit.add(o.fit)
	for i := range t.areas {
		t.areas[i].add(o.areas[i])
	}
	if o.deciding < 0 {
		return
	}
	d := &t.deciding[o.deciding]
	switch o.verdict {
	case readiness.NotReady:
		d.notReady++
	case readiness.Undetermined:
		d.open++
	case readiness.Ready:
		d.ready++
	}
}

// start makes room for the first person of a target.
func (w *Worker) start(t *targetTally, target *target) {
	if target != nil && target.tables != nil {
		t.entries = target.tables.entries
		if len(w.scorer.large) > 0 { // whose entries are written to
			t.entries = slices.Clone(t.entries)
		}
	} else {
		t.entries = idleEntries(w.scorer.layouts)
	}
	t.answered = apart.Slice[uint32](len(t.entries))
	t.large = newCompetencyTallies(w.scorer.rubric)
	if target == nil {
		return
	}
	t.areas = apart.Slice[AreaSpread](len(target.areas))
	for i, area := range target.areas {
		t.areas[i].Area = area
	}
	t.deciding = apart.Slice[decided](len(target.conditions))
}

func (s *Spread) add(at standing) {
	s.People++
	switch at {
	case uncertain:
		s.Open++
	case absence:
		s.Absent++
	default:
		s.Bands[at]++
	}
}

func (s *Spread) join(other *Spread) {
	s.People += other.People
	s.Open += other.Open
	s.Absent += other.Absent
	for i, n := range other.Bands {
		s.Bands[i] += n
	}
}

func (a *AreaSpread) add(o areaOutcome) {
	a.Spread.add(o.fit)
	switch o.floor {
	case readiness.Holds:
		a.Holds++
	case readiness.Fails:
		a.Fails++
	case readiness.Open:
		a.Undecided++
	}
}
