package cohort

import (
	"github.com/pmpath/pmpath/internal/disclosure"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Some questions are joined by the rule itself: whoever is below a floor is not ready, whoever has no target is asked nothing. Then one count is part of another, and the
// difference of the two is a group as well, which may be small. What comes later gives way: where people stand is shown first, then skills and areas,
// then what decides.

// nested is what is known of where people stand; −1 for what is not.
type nested struct {
	k        int
	ready    int
	notReady int
	all      int // people who are not ready for certain, or of whom one cannot tell: all but the ready
	noTarget int
}

func (p *Published) nested(s *Summary) nested {
	n := nested{k: p.K, ready: -1, notReady: -1, all: -1, noTarget: -1}
	st := &p.Standing
	if ready, ok := st.Ready.N(); ok {
		n.ready, n.all = ready, s.Total.People-ready
	}
	if allShown(&st.OneStep, &st.TwoSteps, &st.Further) || allShown(&st.Ready, st.CannotTell, st.NoTarget) {
		n.notReady = s.Total.OneStep + s.Total.TwoSteps + s.Total.Further
	}
	if allShown(st.NoTarget) {
		n.noTarget = s.Total.NoTarget
	}
	return n
}

// allShown takes a count that is not there for one that is known: nobody.
func allShown(counts ...*disclosure.Count) bool {
	for _, c := range counts {
		if c == nil {
			continue
		}
		if _, ok := c.N(); !ok {
			return false
		}
	}
	return true
}

// close says whether a part and a known whole differ by fewer than k people.
func (n nested) close(part, whole int) bool {
	return whole >= 0 && whole-part < n.k
}

// notReadyParts returns the place of a part of those who are not ready if it must be hidden.
func (n nested) notReadyParts(part, place int) []int {
	if n.close(part, n.notReady) || n.close(part, n.all) {
		return []int{place}
	}
	return nil
}

// readyWholes does so for a count that everybody who is ready is part of.
func (n nested) readyWholes(whole, place int) []int {
	if n.ready >= 0 && n.close(n.ready, whole) {
		return []int{place}
	}
	return nil
}

// otherWholes does so for those who are not asked or undecided, beside those who have no target, and those whose targets do not ask. That there is nobody else is no
// secret: it says that all questions are answered.
func (n nested) otherWholes(whole, notAsked, place int) []int {
	for _, known := range []int{n.noTarget, notAsked} {
		if place >= 0 && known > 0 && whole > known && n.close(known, whole) {
			return []int{place}
		}
	}
	return nil
}

// notAsked is how many are measured against nothing, or against stages that do not ask.
func (s *Summary) notAsked(asks func(*rubric.Stage) bool) int {
	people := s.Total.NoTarget
	for _, t := range s.Targets {
		if !asks(t.Stage) {
			people += t.People
		}
	}
	return people
}

func (n nested) competency(s *Summary, i int, row []disclosure.Count) PublishedCompetency {
	c := &s.Competencies[i]
	p := PublishedCompetency{Competency: c.Competency, Missed: Part{s.Total.People, row[0], row[1]}, MeanLevel: c.meanLevel(n.k)}

	other := s.Total.People - c.Gap - c.Reaches
	reaches := newColumns(c.Reaches)
	place := reaches.add(other)
	notAsked := s.notAsked(func(stage *rubric.Stage) bool { return stage.Criterion(c.Competency) != nil })
	got := within(row[1], reaches.people, n.k, n.otherWholes(other, notAsked, place)...)
	p.Reaches, p.Other = got[0], at(got, place)

	floor := within(row[0], []int{c.BelowFloor, c.Gap - c.BelowFloor}, n.k, n.notReadyParts(c.BelowFloor, 0)...)
	p.BelowFloor = Part{Yes: floor[0], No: floor[1]}
	if all, ok := row[0].N(); ok {
		p.BelowFloor.Of = all
	}
	return p
}

// publishPartial has the sheets with open questions: nearly all of whom one cannot tell are among them.
func (p *Published) publishPartial(s *Summary) {
	var further []int
	if c := p.Standing.CannotTell; c != nil && allShown(c) && s.Total.Partial-s.Total.CannotTell < p.K {
		further = []int{0}
	}
	row := disclosure.Split([]int{s.Total.Partial, s.Total.People - s.Total.Partial}, p.K, further...)
	p.Partial = Part{Of: s.Total.People, Yes: row[0], No: row[1]}
}

// decidingParts returns the places of conditions, after the first count of the row, that decide for nearly all who do not meet them.
func (p *Published) decidingParts(list []Deciding) []int {
	n := nested{k: p.K}
	var further []int
	for i, d := range list {
		whole := -1
		switch {
		case d.Competency != nil:
			whole = numberOrNone(p.Competencies[d.Competency.Index].BelowFloor.Yes)
		case d.Area != nil:
			whole = numberOrNone(p.Areas[d.Area.Index].Fails)
		}
		if n.close(d.NotReady, whole) {
			further = append(further, 1+i)
		}
	}
	return further
}

// numberOrNone is a number that is shown, or −1.
func numberOrNone(c disclosure.Count) int {
	if n, ok := c.N(); ok {
		return n
	}
	return -1
}

// missedParts returns where those who miss a skill must be hidden because whoever misses it is not ready: everybody who does is below its floor, as with a floor just
// under the level. Then the rest of who is not ready, in a group or in all, is a set like any other.
func (p *Published) missedParts(s *Summary, competency int, groups []Group, standing disclosure.Table) []disclosure.Cell {
	c := &s.Competencies[competency]
	if c.Gap == 0 || c.BelowFloor < c.Gap {
		return nil
	}
	var cells []disclosure.Cell
	look := func(at int, all *Counts, row []disclosure.Count) {
		if _, ok := row[0].N(); ok && all.People-all.Ready-all.Gaps[competency] < p.K {
			cells = append(cells, disclosure.Cell{Group: at, Answer: 0})
		}
	}
	look(disclosure.AllGroups, &s.Total, standing.Total)
	row := 0
	for i := range groups {
		if _, ok := p.Groups[0].Groups[i].People.N(); ok {
			look(row, &groups[i].Counts, standing.Groups[row])
			row++
		}
	}
	return cells
}
