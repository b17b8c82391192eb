package cohort

import (
	"cmp"
	"slices"

	"github.com/pmpath/pmpath/internal/disclosure"
	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Published is what of a Summary may be printed: figures of fewer than K people, and what would give them away, are not in it any more. Reports are made from
// it and from nothing else, whatever their format, so that what one of them hides no other shows.
//
// A reader is taken to know the rule, the sizes of groups and who is in them, and nobody's answers. Each question is looked at by itself: where people stand, each
// competency, each area, the fit, the condition that decides. What the rubric joins is one question: levels of a competency beside whether they reach the target, or
// the floor of an area beside its shares, would give each other's small counts away, so only one of each is here.
type Published struct {
	Rubric  *rubric.Rubric
	By      []string // at most two; the first has its groups told apart by answers, too
	Filters []Filter
	Target  *rubric.Stage // nil: what each sheet asks about
	K       int           // people in the smallest group shown

	People   disclosure.Count
	Standing Standing
	Mean     Mean

	Partial, Stale, Unverified Part

	Areas        []PublishedArea       // in rubric order
	Competencies []PublishedCompetency // in rubric order
	Deciding     []PublishedDeciding   // most people first; only what may be shown, which is never said to be all
	Growth       []PublishedGrowth     // most people first; only what may be shown
	Few          []Few                 // skills that fewer than FewerThan people have, in rubric order, then by level
	FewerThan    int                   // K, or less

	Groups []PublishedGrouping // by By
}

// Standing is where people stand: one row, whose sum is the people of the group.
type Standing struct {
	Ready, OneStep, TwoSteps disclosure.Count
	Other                    disclosure.Count // further away, or one of the next two; the next three are its parts

	Further    disclosure.Count
	CannotTell *disclosure.Count // nil: there is nobody in the whole cohort, which says nothing about anybody's answers
	NoTarget   *disclosure.Count // likewise
}

// Mean is a mean fit in whole percent, rounded down.
type Mean struct {
	Percent int
	Missing Missing // why there is none
}

// Missing is why a mean is not shown.
type Missing uint8

// The reasons.
const (
	Given       Missing = iota
	TooFew              // sheets in the whole cohort: MeanSheets are needed
	NoTargets           // too few people of the group are measured against something
	WouldReveal         // all have nothing or everything, or a smaller group would follow
)

// MeanSheets is how many sheets a cohort needs before any mean is shown.
const MeanSheets = 10

// Part is how many of some people have a property, and how many do not.
type Part struct {
	Of      int // people of the whole; 0 where it is hidden itself
	Yes, No disclosure.Count
}

// Bounds are the fewest and the most people that have the property, as everybody can work out from what is shown with groups of k.
func (p Part) Bounds(k int) (least, most int) {
	if n, ok := p.Yes.N(); ok {
		return n, n
	}
	switch {
	case p.Yes.Reason() == disclosure.Small:
		return 0, min(k-1, p.Of)
	case p.No.Reason() == disclosure.Small:
		return max(p.Of-k+1, 0), p.Of
	case p.Yes.Reason() == disclosure.WouldReveal && p.Of > 0:
		return k, p.Of - k
	}
	return 0, p.Of
}

// PublishedArea is where people stand in an area, by its floor.
type PublishedArea struct {
	Area         *rubric.Area
	Holds, Fails disclosure.Count
	Other        *disclosure.Count // open questions decide, or it is not asked; nil: nobody
}

// PublishedCompetency is where people stand in a competency, measured against what their targets ask.
type PublishedCompetency struct {
	Competency *rubric.Competency
	Missed     Part               // the level asked for, however open questions turn out
	BelowFloor Part               // of those who miss it
	Reaches    disclosure.Count   // part of Missed.No, like the next
	Other      *disclosure.Count  // open questions decide, or it is not asked; nil: nobody
	MeanLevel  *fraction.Fraction // of those who have answered all of it; nil where they are too few, or all have one level at an end
}

// PublishedDeciding is how many are not ready because of a condition.
type PublishedDeciding struct {
	Kind       readiness.ConditionKind
	Area       *rubric.Area
	Competency *rubric.Competency
	Gate       *rubric.Gate
	People     int
}

// PublishedGrowth is a step that would help so many people.
type PublishedGrowth struct {
	Competency *rubric.Competency
	Level      int
	People     int
	Steps      []rubric.Step
}

// Few is a level of a skill that fewer than FewerThan people have, though K people or more are asked for it.
type Few struct {
	Competency *rubric.Competency
	Level      fraction.Fraction
	Stages     []*rubric.Stage
}

// PublishedGrouping is the groups along one dimension, in the order of Summary.Groups.
type PublishedGrouping struct {
	By     string
	Split  bool // Standing and Missed are given: the first dimension only
	Groups []PublishedGroup
}

// PublishedGroup is the people who share a value. Where People is hidden, so is all else.
type PublishedGroup struct {
	Value    string // the id of a stage, or text from outside; "" where it is not said
	People   disclosure.Count
	Mean     Mean
	Standing Standing
	Missed   []PublishedMiss // most people first, by what is known of them; none that fewer than K miss
}

// PublishedMiss is how many people of a group miss the level of a competency.
type PublishedMiss struct {
	Competency *rubric.Competency
	Part
}

// Publish decides what may be printed where no group of fewer than k people may be seen.
func (s *Summary) Publish(k int) *Published {
	p := &Published{
		Rubric: s.Rubric, By: s.By, Filters: s.Filters, Target: s.Target, K: k,
		People: disclosure.Whole(s.Total.People, k),
	}
	if s.Total.People < k {
		return p
	}
	p.Stale = part(s.Total.Stale, s.Total.People, k)
	p.Unverified = part(s.Total.Unverified, s.Total.People, k)
	p.publishGroups(s)
	p.publishAreas(s)
	p.publishPartial(s)
	p.publishDeciding(s)
	p.publishGrowth(s)
	p.FewerThan = min(k, MostHolders+1)
	for _, scarce := range s.Scarce {
		if scarce.Holders < p.FewerThan && scarce.Asked >= k {
			p.Few = append(p.Few, Few{scarce.Competency, scarce.Level, scarce.Stages})
		}
	}
	slices.SortStableFunc(p.Few, func(a, b Few) int { // by number, the order would say more
		return cmp.Or(cmp.Compare(a.Competency.Index, b.Competency.Index), a.Level.Cmp(b.Level))
	})
	return p
}

func part(yes, of, k int) Part {
	row := disclosure.Split([]int{yes, of - yes}, k)
	return Part{Of: of, Yes: row[0], No: row[1]}
}

// publishAreas has the areas by their floors. Whoever is below one is not ready, and whoever is ready holds them all.
func (p *Published) publishAreas(s *Summary) {
	n := p.nested(s)
	for _, a := range s.Areas {
		other := s.Total.People - a.Holds - a.Fails
		row := newColumns(a.Fails, a.Holds)
		place := row.add(other)
		further := n.notReadyParts(a.Fails, 0)
		further = append(further, n.readyWholes(a.Holds, 1)...)
		further = append(further, n.otherWholes(other, s.notAsked(func(stage *rubric.Stage) bool { return asksIn(stage, a.Area) }), place)...)
		got := disclosure.Split(row.people, p.K, further...)
		p.Areas = append(p.Areas, PublishedArea{Area: a.Area, Fails: got[0], Holds: got[1], Other: at(got, place)})
	}
}

func asksIn(stage *rubric.Stage, area *rubric.Area) bool {
	return slices.ContainsFunc(area.Competencies, func(c *rubric.Competency) bool { return stage.Criterion(c) != nil })
}

// columns is a row of counts, some of which are left out where nobody is in them.
type columns struct{ people []int }

func newColumns(people ...int) *columns { return &columns{people} }

// add adds a count unless it is 0, and returns its place, −1 if it has none.
func (c *columns) add(n int) int {
	if n == 0 {
		return -1
	}
	c.people = append(c.people, n)
	return len(c.people) - 1
}

func at(row []disclosure.Count, place int) *disclosure.Count {
	if place < 0 {
		return nil
	}
	return &row[place]
}

// publishDeciding shows conditions as parts of everybody: who is not in any of them, being ready or uncertain, is the first count of the row, and the last is the
// conditions that decide for nobody. So one more than these is always hidden, and nobody learns that a condition decides for all, nor how many are not ready.
func (p *Published) publishDeciding(s *Summary) {
	list := slices.DeleteFunc(slices.Clone(s.Deciding), func(d Deciding) bool { return d.NotReady == 0 })
	slices.SortFunc(list, func(a, b Deciding) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.place(), b.place())) }) // by number, the order would say more
	row := []int{s.Total.People}
	for _, d := range list {
		row[0] -= d.NotReady
		row = append(row, d.NotReady)
	}
	got := disclosure.Split(append(row, 0), p.K, p.decidingParts(list)...)[1:]
	for i, d := range list {
		if n, ok := got[i].N(); ok {
			p.Deciding = append(p.Deciding, PublishedDeciding{d.Kind, d.Area, d.Competency, d.Gate, n})
		}
	}
	slices.SortStableFunc(p.Deciding, func(a, b PublishedDeciding) int { return cmp.Compare(b.People, a.People) })
}

// publishGrowth shows the steps of a competency as parts of everybody, after those who do not miss its level, and those who miss it and whom none of the steps
// helps, though there may be nobody.
func (p *Published) publishGrowth(s *Summary) {
	byCompetency := make([][]Growth, len(s.Rubric.Competencies))
	for _, g := range s.Growth {
		byCompetency[g.Competency.Index] = append(byCompetency[g.Competency.Index], g)
	}
	for i, list := range byCompetency {
		if _, ok := p.Competencies[i].Missed.Yes.N(); len(list) == 0 || !ok && p.Competencies[i].Missed.No.Reason() != disclosure.Small {
			continue
		}
		slices.SortFunc(list, func(a, b Growth) int { return cmp.Compare(a.Level, b.Level) })
		missed := s.Competencies[i].Gap
		row := []int{s.Total.People - missed, missed}
		for _, g := range list {
			row[1] -= g.People
			row = append(row, g.People)
		}
		for j, c := range disclosure.Split(row, p.K)[2:] {
			if n, ok := c.N(); ok {
				p.Growth = append(p.Growth, PublishedGrowth{list[j].Competency, list[j].Level, n, list[j].Steps})
			}
		}
	}
	slices.SortStableFunc(p.Growth, func(a, b PublishedGrowth) int { return cmp.Compare(b.People, a.People) })
}
