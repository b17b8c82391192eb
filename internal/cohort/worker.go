package cohort

import (
	"slices"

	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/readiness"
)

// Worker measures and counts the people that it is handed. It belongs to one goroutine.
type Worker struct {
	scorer  *Scorer
	person  *intake.Person
	seen    seen
	outcome outcome
	targets []*target // as Scorer.targets, without a lock

	cells cells
	tally []targetTally // by target: 0 for none, 1 + stage
	lines lines
}

// targetTally counts the people who are measured against one stage.
type targetTally struct {
	people   int
	patterns []uint32 // by layout.base + pattern
	large    []competencyTally
	fit      Spread
	areas    []AreaSpread
	deciding []decided // by target.conditions
}

type decided struct{ notReady, open, ready int }

// Worker returns a further worker. Workers are made one after another, before or while others work.
func (s *Scorer) Worker() *Worker {
	w := &Worker{scorer: s, targets: make([]*target, len(s.targets)), tally: make([]targetTally, 1+len(s.targets))}
	w.seen = seen{
		patterns: make([]int32, len(s.layouts)),
		entries:  make([]entry, s.mostAsks),
		areas:    make([]areaSeen, len(s.rubric.Areas)),
		gates:    make([]readiness.Outcome, len(s.rubric.Gates)),
	}
	w.outcome.areas = make([]areaOutcome, len(s.rubric.Areas))
	w.outcome.gaps = make([]bool, len(s.layouts))
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
	partial := w.findPatterns(p)
	stage := s.TargetOf(p)
	w.outcome.target = stage
	clear(w.outcome.gaps)
	slot := 0
	if stage != nil {
		slot = 1 + stage.Index
		t := w.targets[stage.Index]
		if t == nil {
			t = s.target(stage)
			w.targets[stage.Index] = t
		}
		if t.tables != nil {
			w.score(t, p)
		} else {
			w.refer(t, p)
		}
	}
	w.count(&w.tally[slot], p)
	w.cells.count(p, &w.outcome, partial)
	switch s.options.People {
	case CSV:
		out = w.lines.csv(out, p, &w.outcome)
	case JSONLines:
		out = w.lines.json(out, p, &w.outcome)
	}
	return out
}

// findPatterns numbers the answers to each competency, and reports whether any is open.
func (w *Worker) findPatterns(p *intake.Person) (partial bool) {
	for i := range w.scorer.layouts {
		if l := &w.scorer.layouts[i]; l.size > 0 {
			w.seen.patterns[i] = int32(l.pattern(p.Levels))
		}
	}
	return slices.Contains(p.Levels, intake.Unanswered)
}

// count adds the person to what is counted by target.
func (w *Worker) count(t *targetTally, p *intake.Person) {
	if t.patterns == nil {
		w.start(t)
	}
	t.people++
	for i := range w.scorer.layouts {
		l := &w.scorer.layouts[i]
		if l.size > 0 {
			t.patterns[l.base+int(w.seen.patterns[i])]++
			continue
		}
		w.seen.answers = l.take(p.Levels, w.seen.answers)
		t.large[i].add(l, w.seen.answers, w.outcome.target, 1)
	}
	if w.outcome.target == nil {
		return
	}
	o := &w.outcome
	t.fit.add(o.fit)
	for i := range t.areas {
		t.areas[i].add(o.areas[i])
	}
	if o.deciding >= 0 {
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
}

// start makes room for the first person of a target.
func (w *Worker) start(t *targetTally) {
	t.patterns = make([]uint32, w.scorer.size)
	t.large = newCompetencyTallies(w.scorer.rubric)
	if w.outcome.target == nil {
		return
	}
	target := w.targets[w.outcome.target.Index]
	t.areas = make([]AreaSpread, len(target.areas))
	for i, area := range target.areas {
		t.areas[i].Area = area
	}
	t.deciding = make([]decided, len(target.conditions))
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
