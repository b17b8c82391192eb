package disclosure_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/disclosure"
	"github.com/pmpath/pmpath/internal/disclosure/disclosuretest"
)

func lines(table disclosure.Table) string {
	all := []string{shown(table.Total)}
	for _, row := range table.Groups {
		all = append(all, shown(row))
	}
	return strings.Join(all, " / ")
}

func TestTabulate(t *testing.T) {
	for _, c := range []struct {
		name   string
		groups [][]int
		rest   []int
		want   string
	}{
		{"nothing small", [][]int{{5, 6}, {7, 8}}, nil, "12 14 / 5 6 / 7 8"},
		// 3 in the first row hides its 9. Then 3 = 13 − 10 and 9 = 20 − 11 follow from the columns, so the second row goes too.
		{"columns", [][]int{{3, 9}, {10, 11}}, nil, "13 20 / < x / x x"},
		// Of three groups the smallest in the column goes, and the third stays.
		{"the smallest in the column", [][]int{{3, 9}, {30, 31}, {10, 11}}, nil, "43 51 / < x / 30 31 / x x"},
		// What is hidden of the rest protects as well: nothing of it is printed.
		{"rest", [][]int{{3, 9}, {30, 31}}, []int{5, 6}, "38 46 / < x / 30 31"},
		// The rest itself must not follow: 38 − 35 = 3.
		{"a small rest", [][]int{{10, 9}, {25, 31}}, []int{3, 6}, "38 46 / x x / 25 31"},
		{"too few at all", nil, []int{1, 2}, "- -"},
	} {
		if got := lines(disclosure.Tabulate(c.groups, c.rest, 5)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// cohort draws people in groups and answers, and how many are in the hidden rest.
func cohort(t *rapid.T, groups, answers, k int) (rows [][]int, rest []int) {
	count := rapid.OneOf(rapid.Just(0), rapid.IntRange(0, k), rapid.IntRange(0, 4*k))
	hidden := make([]int, answers)
	hiddenPeople := 0
	for range groups {
		row := rapid.SliceOfN(count, answers, answers).Draw(t, "row")
		people := 0
		for _, n := range row {
			people += n
		}
		if people >= k && rapid.IntRange(0, 4).Draw(t, "show") > 0 {
			rows = append(rows, row)
			continue
		}
		for i, n := range row {
			hidden[i] += n
		}
		hiddenPeople += people
	}
	if hiddenPeople == 0 {
		return rows, nil
	}
	if hiddenPeople < k {
		hidden[0] += k
	}
	return rows, hidden
}

// A table never gives away the total of fewer than k people, nor of an empty cell: found out by solving for everything printed, 100,000 times with -rapid.checks.
func TestTabulateGivesNothingSmallAway(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(3, 6).Draw(t, "k")
		rows, rest := cohort(t, rapid.IntRange(1, 6).Draw(t, "groups"), rapid.IntRange(2, 5).Draw(t, "answers"), k)
		if rest == nil && len(rows) == 0 {
			return
		}
		var further []disclosure.Cell
		if rapid.IntRange(0, 2).Draw(t, "further") == 0 {
			further = append(further, disclosure.Cell{Group: rapid.IntRange(disclosure.AllGroups, len(rows)-1).Draw(t, "group"), Answer: 0})
		}
		table := disclosure.Tabulate(rows, rest, k, further...)
		for _, c := range further {
			row := table.Total
			if c.Group >= 0 {
				row = table.Groups[c.Group]
			}
			if _, ok := row[c.Answer].N(); ok {
				t.Fatalf("%+v is shown", c)
			}
		}
		all := printed(t, table, rows, rest, k)
		if set := all.Follows(k); set != nil {
			t.Fatalf("k %d, groups %v, rest %v printed as %s: cells %v follow", k, rows, rest, lines(table), set)
		}
		if len(all.People) > 12 { // the definition is slow
			return
		}
		if sets := disclosure.Exposed(all.People, all.Totals, k); len(sets) > 0 {
			t.Fatalf("k %d, groups %v, rest %v printed as %s: %v are exposed", k, rows, rest, lines(table), sets)
		}
	})
}

// printed is what a reader has: sizes of groups, counts shown. Cells are groups × answers, the rest last.
func printed(t *rapid.T, table disclosure.Table, rows [][]int, rest []int, k int) disclosuretest.Published {
	answers := len(table.Total)
	all := rows
	if rest != nil {
		all = append(all[:len(all):len(all)], rest)
	}
	p := disclosuretest.Published{}
	for g, row := range all {
		var whole []int
		for a, n := range row {
			cell := len(p.People)
			p.People = append(p.People, n)
			whole = append(whole, cell)
			if g >= len(rows) {
				continue
			}
			if got, ok := table.Groups[g][a].N(); ok {
				if got != n || got < k {
					t.Fatalf("%d shown as %d", n, got)
				}
				p.Totals = append(p.Totals, []int{cell})
			}
		}
		p.Totals = append(p.Totals, whole)
	}
	for a, c := range table.Total {
		if _, ok := c.N(); ok {
			var column []int
			for g := range all {
				column = append(column, g*answers+a)
			}
			p.Totals = append(p.Totals, column)
		}
	}
	return p
}

// The rule may not hide without need: where nothing is small, everything is shown.
func TestTabulateShowsWhatIsLarge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(3, 6).Draw(t, "k")
		answers := rapid.IntRange(2, 5).Draw(t, "answers")
		rows := rapid.SliceOfN(rapid.SliceOfN(rapid.IntRange(k, 4*k), answers, answers), 1, 6).Draw(t, "rows")
		if got := lines(disclosure.Tabulate(rows, nil, k)); strings.ContainsAny(got, "<x-") {
			t.Fatal(got)
		}
	})
}
