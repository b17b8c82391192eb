package cohort

import (
	"slices"

	"github.com/pmpath/pmpath/internal/apart"
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/memo"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
)

// mostValues bounds the groups of one dimension. Whoever has more has taken a field that nearly names people.
const mostValues = 10_000

// cells counts people by what they share in all dimensions.
type cells struct {
	scorer *Scorer
	values []values // by dimension
	found  map[key]*cellTally
	near   [nearCells]nearCell // some of those that were found
	full   int                 // dimension that has too many values; −1 for none

	fresh []cellTally // not used yet, and their gaps
	gaps  []uint32
}

// mostDimensions bounds Options.By.
const mostDimensions = 2

// key is a cell: the numbers of its values.
type key [mostDimensions]uint16

// nearCells are as many as there are cells in most cohorts.
const nearCells = 256

// near is the place of a cell that may be found without a look into the map.
func (k key) near() int { return int(k[0]*31+k[1]) % nearCells }

type nearCell struct {
	at    key
	tally *cellTally
}

// values numbers the texts of a dimension: 0 is the first.
type values struct {
	numbers map[string]uint16
	usual   memo.Of[uint16]
	texts   []string
}

// cellTally is Counts, in the fewest bytes.
type cellTally struct {
	counts [figures]uint32
	fit    uint64   // sum of Counts.FitPercents
	gaps   []uint32 // by competency
}

// The figures of a cell.
const (
	people = iota
	ready
	oneStep
	twoSteps
	further
	cannotTell
	noTarget
	partials
	stale
	unverified
	figures
)

func newCells(s *Scorer) cells {
	c := cells{scorer: s, values: apart.Slice[values](len(s.by)), found: map[key]*cellTally{}, full: -1}
	for i := range c.values {
		c.values[i].numbers = map[string]uint16{}
	}
	return c
}

// add counts a person, but for their gaps, which are counted as they are found.
func (t *cellTally) add(o *outcome, isPartial, isStale, isUnverified bool) {
	n := &t.counts
	n[people]++
	n[class(o)]++
	n[partials] += one(isPartial)
	n[stale] += one(isStale)
	n[unverified] += one(isUnverified)
	if o.target != nil {
		t.fit += uint64(o.fitWorst / 100)
	}
}

func one(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// class is which of the figures that add up to all people a person belongs to.
func class(o *outcome) int {
	switch {
	case o.target == nil:
		return noTarget
	case o.verdict == readiness.Ready:
		return ready
	case o.verdict == readiness.Undetermined:
		return cannotTell
	case o.stepsMost == 1:
		return oneStep
	case o.stepsMost == 2:
		return twoSteps
	}
	return further
}

// of finds the cell of a person, or makes it.
func (c *cells) of(p *intake.Person) *cellTally {
	var at key
	for i := range c.scorer.by {
		d := &c.scorer.by[i]
		if d.field < 0 {
			at[i] = numberOf(c.scorer.staged(d.name, p))
			continue
		}
		number, ok := c.values[i].number(p.Fields[d.field])
		if !ok {
			c.full = i
		}
		at[i] = number
	}
	near := &c.near[at.near()]
	if near.tally != nil && near.at == at {
		return near.tally
	}
	tally := c.found[at]
	if tally == nil {
		tally = c.add()
		c.found[at] = tally
	}
	*near = nearCell{at, tally}
	return tally
}

// cellsAtOnce is how many cells are made together, so that few lie beside those of another worker.
const cellsAtOnce = 32

// add makes a cell in which nobody is.
func (c *cells) add() *cellTally {
	size := len(c.scorer.layouts)
	if len(c.fresh) == 0 {
		c.fresh, c.gaps = apart.Slice[cellTally](cellsAtOnce), apart.Slice[uint32](cellsAtOnce*size)
	}
	tally := &c.fresh[0]
	tally.gaps = c.gaps[:size:size]
	c.fresh, c.gaps = c.fresh[1:], c.gaps[size:]
	return tally
}

func numberOf(stage *rubric.Stage) uint16 {
	if stage == nil {
		return 0
	}
	return uint16(1 + stage.Index)
}

func (v *values) number(text []byte) (uint16, bool) {
	if number, known := v.usual.Get(text); known {
		return number, true
	}
	number, known := v.numbers[string(text)]
	if !known {
		if len(v.texts) == mostValues {
			return 0, false
		}
		number = uint16(len(v.texts))
		v.texts = append(v.texts, string(text))
		v.numbers[v.texts[number]] = number
	}
	v.usual.Put(text, number)
	return number, true
}

// join adds the cells of one worker to those of a summary, whose place is found by values.
func (c *cells) join(all map[[mostDimensions]string]*Counts) {
	for at, tally := range c.found {
		var texts [mostDimensions]string
		for i := range c.scorer.by {
			texts[i] = c.text(i, at[i])
		}
		sum := all[texts]
		if sum == nil {
			sum = &Counts{}
			all[texts] = sum
		}
		sum.add(tally.full())
	}
}

func (c *cells) text(dimension int, number uint16) string {
	switch {
	case c.scorer.by[dimension].field >= 0:
		return c.values[dimension].texts[number]
	case number == 0:
		return ""
	}
	return c.scorer.rubric.Stages[number-1].ID
}

func (t *cellTally) full() *Counts {
	n := func(figure int) int { return int(t.counts[figure]) }
	c := &Counts{
		People: n(people), Ready: n(ready), OneStep: n(oneStep), TwoSteps: n(twoSteps), Further: n(further), CannotTell: n(cannotTell), NoTarget: n(noTarget),
		Partial: n(partials), Stale: n(stale), Unverified: n(unverified),
		FitPercents: int(t.fit),
	}
	for _, gap := range t.gaps {
		c.Gaps = append(c.Gaps, int(gap))
	}
	return c
}

// sortedCells puts the cells in the order of Summary.Cells.
func sortedCells(r *rubric.Rubric, by []string, all map[[mostDimensions]string]*Counts) []Cell {
	var cells []Cell
	for texts, counts := range all {
		cells = append(cells, Cell{Values: append([]string(nil), texts[:len(by)]...), Counts: *counts})
	}
	slices.SortFunc(cells, func(a, b Cell) int {
		for i, dimension := range by {
			if order := compareValues(r, dimension, a.Values[i], b.Values[i]); order != 0 {
				return order
			}
		}
		return 0
	})
	return cells
}
