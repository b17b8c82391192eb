package report

import (
	"slices"
	"strings"

	"github.com/pmpath/pmpath/internal/disclosure"
)

// The tables of a cohort, the same for text and Markdown.

func groupTable(g CohortGrouping, groups []CohortGroup) *textTable {
	table := &textTable{head: []string{g.By, "people"}}
	if g.Split {
		for _, column := range standingColumns(CohortStanding{}) {
			table.head = append(table.head, column.short)
		}
	}
	table.head = append(table.head, "mean share")
	for _, group := range groups {
		row := []string{group.Title, group.People.short()}
		spoken := []string{persons(*group.People.N)}
		if g.Split {
			for _, column := range standingColumns(*group.Standing) {
				row = append(row, column.figure.short())
				spoken = append(spoken, strings.ToLower(column.label)+": "+column.figure.words())
			}
			if ready := group.Standing.Ready; ready.reason == disclosure.NoSplit { // so are all
				spoken = append(spoken[:1], "answers: "+ready.words())
			}
		}
		row = append(row, group.MeanFit.short())
		spoken = append(spoken, "mean share of the points: "+group.MeanFit.words())
		table.add(row, spoken)
	}
	return table
}

func skillTable(r *CohortReport) *textTable {
	table := &textTable{head: []string{"skill", "miss", "reach", "other", "mean level"}}
	for _, c := range r.Competencies {
		table.add(
			[]string{c.Title, c.Missed.short(), c.Reached.short(), optionalShort(c.Other), levelShort(c.MeanLevel)},
			slices.Concat([]string{"miss it: " + c.Missed.words(), "reach it: " + c.Reached.words()},
				optionalWords(otherWords, c.Other), spokenLevel(c.MeanLevel)),
		)
	}
	return table
}

func areaTable(r *CohortReport) *textTable {
	table := &textTable{head: []string{"area", "below floor", "hold it", "other"}}
	for _, a := range r.Areas {
		table.add(
			[]string{a.Title, a.Below.short(), a.Holds.short(), optionalShort(a.Other)},
			slices.Concat([]string{"below the floor: " + a.Below.words(), "hold it: " + a.Holds.words()}, optionalWords(otherWords, a.Other)),
		)
	}
	return table
}

func levelShort(a *Amount) string {
	if a == nil {
		return ""
	}
	return a.Decimal(1)
}

func spokenLevel(a *Amount) []string {
	if a == nil {
		return nil
	}
	return []string{"mean level " + a.Decimal(1)}
}

func optionalShort(f *Figure) string {
	if f == nil {
		return ""
	}
	return f.short()
}

func optionalWords(label string, f *Figure) []string {
	if f == nil {
		return nil
	}
	return []string{label + ": " + f.words()}
}
