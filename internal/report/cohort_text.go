package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/pmpath/pmpath/internal/disclosure"
)

// CohortText prints the report of a cohort for people.
func CohortText(w io.Writer, r *CohortReport, layout Layout) error {
	p := &page{Layout: layout}
	p.para("", p.bold(cohortTitle(r)))
	p.para("", againstSentence(r))
	p.para("", leftOutSentence(r))
	p.rowsLeftOut(r.LeftOut)
	if r.People.N == nil {
		p.gap()
		p.para("", tooFewSentence(r))
	} else {
		p.cohortStanding(r)
		for _, g := range r.Groups {
			p.cohortGroups(g, r.MinGroup)
		}
	}
	if r.splits() {
		p.mostMissed(r)
		p.skills(r)
		p.areas(r)
		p.decidingConditions(r)
		p.growthSteps(r)
		p.few(r)
		p.heading(sheetsHeading)
		for _, sentence := range sheetSentences(r.Sheets) {
			p.para("  ", sentence)
		}
	}
	p.gap()
	for _, note := range r.Notes {
		p.para("", note)
	}
	p.para("", r.Caution)
	p.heading(whatNext)
	for i, next := range r.Next {
		p.para(fmt.Sprintf("%2d. ", i+1), p.bold(next.Title))
		p.para("    ", next.Words)
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func (p *page) rowsLeftOut(l RowsLeftOut) {
	for _, place := range l.Places[:min(placesOnPage, len(l.Places))] {
		p.para("  - ", place)
	}
	if rest := len(l.Places) - placesOnPage; rest > 0 {
		p.para("    ", fmt.Sprintf("and %d more", rest))
	}
}

func (p *page) cohortStanding(r *CohortReport) {
	p.heading("Where " + peopleWords(r) + " stand")
	rows := standingRows(r.Standing)
	longest, widest := 0, 0
	for _, row := range rows {
		longest = max(longest, len(row.label))
		if row.figure.N != nil {
			widest = max(widest, len(row.figure.words()))
		}
	}
	if r.Standing.Ready.reason == disclosure.NoSplit {
		p.para("  ", noSplitSentence(r))
		return
	}
	for _, row := range rows {
		figure := row.figure.words()
		if row.figure.N != nil {
			figure = strings.Repeat(" ", max(widest-len(figure), 0)) + figure
			if share := partWords(*row.figure.N, *r.People.N); share != "" {
				figure += fmt.Sprintf("  %5s", share)
			}
			if percent := int64(*row.figure.N * 100 / *r.People.N); !p.Plain && longest+widest+barWidth+13 <= p.Width {
				figure += "  " + blockBar(percent, percent, barWidth)
			}
		}
		line := "  " + pad(row.label, longest) + "  " + figure
		if p.columns() && ansi.StringWidth(line) <= p.Width {
			p.line(line)
		} else {
			p.para("  ", row.label+": "+row.figure.words())
		}
	}
	p.para("  ", meanSentence(r))
}

// sortedBy puts what has most first, and keeps the order of the rest.
func sortedBy[T any](list []T, most func(T) int) []T {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b T) int { return most(b) - most(a) })
	return list
}

func (p *page) cohortGroups(g CohortGrouping, k int) {
	if len(g.Groups) == 0 {
		return
	}
	p.heading(groupHeading(g))
	groups, more := mostOf(g, groupsOnPage)
	p.figures(groupTable(g, groups), k)
	if g.Split && !p.Plain && len(groups) > 0 {
		p.para("  ", furtherKey)
	}
	if more > 0 {
		p.para("  ", moreGroupsSentence(more))
	}
	p.para("  ", hiddenGroupsSentence(g, k))
	if g.Split {
		p.groupGaps(groups)
	} else if len(groups) > 0 {
		p.para("  ", unsplitSentence(g))
	}
}

func (p *page) groupGaps(groups []CohortGroup) {
	first := true
	for _, group := range groups {
		if words := missedWords(group); words != "" {
			if first {
				p.gap()
			}
			first = false
			p.para("  ", group.Title+" – "+strings.ToLower(missedByGroup)+words)
		}
	}
}

func (p *page) mostMissed(r *CohortReport) {
	missed := mostMissed(r)
	if len(missed) == 0 {
		return
	}
	p.heading(missedHeading)
	for i, c := range missed[:min(missedOnPage, len(missed))] {
		p.para(fmt.Sprintf("%2d. ", i+1), p.bold(c.Title)+": "+missedSentence(c))
	}
}

func (p *page) skills(r *CohortReport) {
	p.heading(skillsHeading)
	p.figures(skillTable(r), r.MinGroup)
	p.otherKey()
}

func (p *page) areas(r *CohortReport) {
	p.heading(areasHeading)
	p.figures(areaTable(r), r.MinGroup)
	p.otherKey()
}

func (p *page) otherKey() {
	if !p.Plain {
		p.para("  ", otherKey)
	}
}

func (p *page) decidingConditions(r *CohortReport) {
	p.heading(decidesHeading)
	for i, d := range r.Deciding[:min(decidingOnPage, len(r.Deciding))] {
		p.para(fmt.Sprintf("%2d. ", i+1), decidingWords(d)+": "+persons(d.People))
	}
	if rest := len(r.Deciding) - decidingOnPage; rest > 0 {
		p.para("    ", fmt.Sprintf("and %d more", rest))
	}
	p.para("  ", moreDecideSentence(r))
}

func (p *page) growthSteps(r *CohortReport) {
	if len(r.Growth) == 0 {
		return
	}
	p.heading(growthHeading)
	for i, g := range r.Growth[:min(growthOnPage, len(r.Growth))] {
		p.para(fmt.Sprintf("%2d. ", i+1), p.bold(growthWords(g)))
		p.para("    ", firstStep(g))
	}
}

func (p *page) few(r *CohortReport) {
	if len(r.Few) == 0 {
		return
	}
	p.heading(fewHeading(r))
	for _, f := range r.Few[:min(fewOnPage, len(r.Few))] {
		p.para("  - ", fewWords(f))
	}
	if rest := len(r.Few) - fewOnPage; rest > 0 {
		p.para("    ", fmt.Sprintf("and %d more", rest))
	}
}
