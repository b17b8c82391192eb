package disclosure_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/disclosure"
	"github.com/pmpath/pmpath/internal/disclosure/disclosuretest"
)

// Team A (12) is all of stage 1 (9) and three people of stage 2: 12 − 9 = 3 follows. So one stage goes, and the other with it.
func TestCross(t *testing.T) {
	teams, stages := disclosure.Sizes([]int{12, 20}, 5), disclosure.Sizes([]int{9, 23}, 5)
	got := shown(disclosure.Cross(teams, stages, []disclosure.Overlap{{0, 0, 9}, {0, 1, 3}, {1, 1, 20}}, 5))
	if got != "x x" {
		t.Errorf("stages %s, want both hidden", got)
	}
	// With two people of stage 1 in team B, nothing follows: any of the three may be in either.
	got = shown(disclosure.Cross(teams, stages, []disclosure.Overlap{{0, 0, 7}, {0, 1, 5}, {1, 0, 2}, {1, 1, 18}}, 5))
	if got != "9 23" {
		t.Errorf("stages %s, want both", got)
	}
}

// Two groupings, and answers for the groups of the first: everything printed together gives no small set away to a reader who knows who is in
// which groups, but nobody's answers.
func TestCrossAndTabulateTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(3, 5).Draw(t, "k")
		teams, stages := rapid.IntRange(1, 4).Draw(t, "teams"), rapid.IntRange(1, 3).Draw(t, "stages")
		answers := rapid.IntRange(2, 3).Draw(t, "answers")
		count := rapid.OneOf(rapid.Just(0), rapid.IntRange(0, k), rapid.IntRange(0, 3*k))

		people := [][][]int{} // by team, stage, answer
		var overlaps []disclosure.Overlap
		inTeam, inStage := make([]int, teams), make([]int, stages)
		for team := range teams {
			people = append(people, nil)
			for stage := range stages {
				row := make([]int, answers)
				both := 0
				if rapid.IntRange(0, 2).Draw(t, "meet") > 0 {
					row = rapid.SliceOfN(count, answers, answers).Draw(t, "row")
				}
				for _, n := range row {
					both += n
				}
				people[team] = append(people[team], row)
				inTeam[team] += both
				inStage[stage] += both
				if both > 0 {
					overlaps = append(overlaps, disclosure.Overlap{First: team, Second: stage, People: both})
				}
			}
		}
		for _, n := range append(append([]int(nil), inTeam...), inStage...) {
			if n == 0 {
				t.Skip("an empty group")
			}
		}
		if sum(inTeam) < k {
			t.Skip("too few at all")
		}

		first := disclosure.Sizes(inTeam, k)
		second := disclosure.Cross(first, disclosure.Sizes(inStage, k), overlaps, k)
		var rows [][]int
		var rest []int
		for team, c := range first {
			all := make([]int, answers)
			for _, row := range people[team] {
				for a, n := range row {
					all[a] += n
				}
			}
			if _, ok := c.N(); ok {
				rows = append(rows, all)
				continue
			}
			if rest == nil {
				rest = make([]int, answers)
			}
			for a, n := range all {
				rest[a] += n
			}
		}
		table := disclosure.Tabulate(rows, rest, k)

		p := disclosuretest.Published{}
		var everybody []int
		columns := make([][]int, answers)
		ofStage := make([][]int, stages)
		at := -1
		for team := range teams {
			_, teamShown := first[team].N()
			if teamShown {
				at++
			}
			var ofTeam []int
			cells := make([][]int, answers)
			for stage := range stages {
				if sum(people[team][stage]) == 0 {
					continue // everybody may know that
				}
				for a, n := range people[team][stage] {
					cell := len(p.People)
					p.People = append(p.People, n)
					cells[a] = append(cells[a], cell)
					columns[a] = append(columns[a], cell)
					ofTeam = append(ofTeam, cell)
					ofStage[stage] = append(ofStage[stage], cell)
					everybody = append(everybody, cell)
				}
			}
			if !teamShown {
				continue
			}
			p.Totals = append(p.Totals, ofTeam)
			for a, c := range table.Groups[at] {
				if _, ok := c.N(); ok {
					p.Totals = append(p.Totals, cells[a])
				}
			}
		}
		for stage, c := range second {
			if _, ok := c.N(); ok {
				p.Totals = append(p.Totals, ofStage[stage])
			}
		}
		for a, c := range table.Total {
			if _, ok := c.N(); ok {
				p.Totals = append(p.Totals, columns[a])
			}
		}
		p.Totals = append(p.Totals, everybody)
		if set := p.FollowsUnknown(k, nil); set != nil {
			t.Fatalf("k %d, %v: teams %s, stages %s, %s: cells %v follow", k, people, shown(first), shown(second), lines(table), set)
		}
	})
}

func sum(list []int) int {
	all := 0
	for _, n := range list {
		all += n
	}
	return all
}
