package cohort

import (
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Worker measures and counts the people that it is handed. It belongs to one goroutine.
type Worker struct {
	scorer  *Scorer
	person  *intake.Person
	seen    seen
	outcome outcome
	gaps    []uint32  // by competency: where the person's gaps are counted
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
		found:    make([]int32, s.mostAsks),
		flags:    make([]flags, s.mostAsks),
		gaps:     make([]uint32, s.mostAsks),
		areas:    make([]areaSeen, len(s.rubric.Areas)),
		gates:    make([]readiness.Outcome, len(s.rubric.Gates)),
	}
	w.outcome.areas = make([]areaOutcome, len(s.rubric.Areas))
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
	marks := w.findPatterns(p, tally)
	cell := w.cells.of(p)
	w.gaps = cell.gaps
	if stage != nil {
		if t := w.targets[stage.Index]; t.tables != nil {
			w.score(t, p)
		} else {
			w.refer(t, p)
		}
		tally.add(&w.outcome)
	}
	cell.add(&w.outcome, marks&unanswered != 0, p.Stale(s.rubric), marks&claims != 0 && p.Unverified(s.rubric))
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
		if w.tally[0].patterns == nil {
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

// findPatterns numbers the answers to each competency, counts them, and returns all their marks.
func (w *Worker) findPatterns(p *intake.Person, t *targetTally) marks {
	var all marks
	t.people++
	for i := range w.scorer.sites {
		site := &w.scorer.sites[i]
		answers := p.Levels[site.first:site.end]
		if site.base < 0 {
			l := &w.scorer.layouts[i]
			all |= l.marksOf(answers)
			t.large[i].add(l, answers, w.outcome.target, 1)
			continue
		}
		pattern := 0
		for _, answer := range answers {
			pattern = pattern*int(site.radix) + int(site.digits[uint8(answer)])
		}
		w.seen.patterns[i] = int32(pattern)
		pattern += int(site.base)
		t.patterns[pattern]++
		all |= w.scorer.marks[pattern]
	}
	return all
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
	t.patterns = make([]uint32, w.scorer.size)
	t.large = newCompetencyTallies(w.scorer.rubric)
	if target == nil {
		return
	}
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
