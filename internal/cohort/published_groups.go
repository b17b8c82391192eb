package cohort

import (
	"cmp"
	"slices"

	"github.com/pmpath/pmpath/internal/disclosure"
)

// publishGroups shows groups, where their people stand, and what they miss; and the same for everybody, as the one follows from the other.
func (p *Published) publishGroups(s *Summary) {
	first := p.publishSizes(s)
	standing := p.tabulate(s, first, standingRow)
	p.Standing = s.standing(standing.Total, p.K, true)
	missed := make([]disclosure.Table, len(s.Rubric.Competencies))
	for i := range missed {
		missed[i] = p.tabulate(s, first, func(c *Counts) []int { return []int{c.Gaps[i], c.People - c.Gaps[i]} }, p.missedParts(s, i, first, standing)...)
	}
	n := p.nested(s)
	for i := range missed {
		p.Competencies = append(p.Competencies, n.competency(s, i, missed[i].Total))
	}
	if len(p.Groups) == 0 {
		return
	}
	p.Groups[0].Split = true
	row := 0
	for i := range p.Groups[0].Groups {
		g := &p.Groups[0].Groups[i]
		people, ok := g.People.N()
		if !ok {
			continue
		}
		g.Standing = s.standing(standing.Groups[row], p.K, false)
		for c, table := range missed {
			miss := PublishedMiss{s.Rubric.Competencies[c], Part{people, table.Groups[row][0], table.Groups[row][1]}}
			if least, _ := miss.Bounds(p.K); least > 0 {
				g.Missed = append(g.Missed, miss)
			}
		}
		slices.SortStableFunc(g.Missed, func(a, b PublishedMiss) int {
			leastA, _ := a.Bounds(p.K)
			leastB, _ := b.Bounds(p.K)
			return cmp.Compare(leastB, leastA)
		})
		row++
	}
}

// publishSizes decides which groups are shown at all, and returns all of the first dimension.
func (p *Published) publishSizes(s *Summary) []Group {
	var first []Group
	var shown []disclosure.Count
	for d := range s.By[:min(len(s.By), 2)] {
		groups := s.Groups(d)
		people := make([]int, len(groups))
		for i, g := range groups {
			people[i] = g.People
		}
		counts := disclosure.Sizes(people, p.K)
		if d == 0 {
			first, shown = groups, counts
		} else {
			counts = disclosure.Cross(shown, counts, s.overlaps(first, groups), p.K)
		}
		grouping := PublishedGrouping{By: s.By[d]}
		for i, g := range groups {
			group := PublishedGroup{Value: g.Value, People: counts[i]}
			grouping.Groups = append(grouping.Groups, group)
		}
		p.Groups = append(p.Groups, grouping)
	}
	p.publishMeans(s)
	return first
}

// overlaps are the people whom two groups of the first two dimensions share.
func (s *Summary) overlaps(first, second []Group) []disclosure.Overlap {
	return s.shared(first, second, func(c *Counts) int { return c.People })
}

// measuredOverlaps are those of them who are measured against something.
func (s *Summary) measuredOverlaps(first, second []Group) []disclosure.Overlap {
	return s.shared(first, second, func(c *Counts) int { return c.People - c.NoTarget })
}

func (s *Summary) shared(first, second []Group, people func(*Counts) int) []disclosure.Overlap {
	places := func(groups []Group) map[string]int {
		at := map[string]int{}
		for i, g := range groups {
			at[g.Value] = i
		}
		return at
	}
	inFirst, inSecond := places(first), places(second)
	var list []disclosure.Overlap
	for i := range s.Cells {
		c := &s.Cells[i]
		if n := people(&c.Counts); n > 0 {
			list = append(list, disclosure.Overlap{First: inFirst[c.Values[0]], Second: inSecond[c.Values[1]], People: n})
		}
	}
	return list
}

// tabulate hides in a table of the first dimension's groups. Groups that are hidden themselves are its rest.
func (p *Published) tabulate(s *Summary, groups []Group, row func(*Counts) []int, further ...disclosure.Cell) disclosure.Table {
	if len(p.Groups) == 0 {
		return disclosure.Tabulate(nil, row(&s.Total), p.K, further...)
	}
	var rows [][]int
	var rest []int
	for i := range groups {
		people := row(&groups[i].Counts)
		if _, ok := p.Groups[0].Groups[i].People.N(); ok {
			rows = append(rows, people)
			continue
		}
		if rest == nil {
			rest = make([]int, len(people))
		}
		for j, n := range people {
			rest[j] += n
		}
	}
	return disclosure.Tabulate(rows, rest, p.K, further...)
}

// standingRow joins what is far away, or uncertain, in one count: a handful of open sheets would hide all else of every group.
func standingRow(c *Counts) []int {
	return []int{c.Ready, c.OneStep, c.TwoSteps, c.Further + c.CannotTell + c.NoTarget}
}

// standing is a row of standingRow, for everybody with the parts of its last count: their sums are safe beside the sums of groups, as nobody knows who of a
// group is in which part.
func (s *Summary) standing(row []disclosure.Count, k int, parts bool) Standing {
	st := Standing{Ready: row[0], OneStep: row[1], TwoSteps: row[2], Other: row[3]}
	if !parts {
		return st
	}
	people := newColumns(s.Total.Further)
	cannotTell, noTarget := people.add(s.Total.CannotTell), people.add(s.Total.NoTarget)
	got := within(row[3], people.people, k)
	st.Further, st.CannotTell, st.NoTarget = got[0], at(got, cannotTell), at(got, noTarget)
	return st
}

// within splits a count, or hides its parts with it. The parts with the indexes in further are hidden in any case.
func within(whole disclosure.Count, parts []int, k int, further ...int) []disclosure.Count {
	if _, ok := whole.N(); ok {
		return disclosure.Split(parts, k, further...)
	}
	if len(parts) == 1 {
		return []disclosure.Count{whole} // it is the whole
	}
	return disclosure.Unsplit(len(parts))
}
