package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// RoutesText prints the roles that can follow for people.
func RoutesText(w io.Writer, r *Routes, layout Layout) error {
	p := &page{Layout: layout}
	p.blocks(r.blocks())
	_, err := io.WriteString(w, p.String())
	return err
}

// RoutesMarkdown prints them for a pull request or a page.
func RoutesMarkdown(w io.Writer, r *Routes) error {
	m := &strings.Builder{}
	markdownBlocks(m, r.blocks())
	fmt.Fprintf(m, "\n_%s_\n", r.Caution)
	_, err := io.WriteString(w, m.String())
	return err
}

func (r *Routes) blocks() blocks {
	var b blocks
	if r.Respondent != nil {
		b.para(*r.Respondent)
	}
	if r.Carried != nil {
		b.title("", comparedHeading)
		for _, role := range comparedRoles(r.Rubrics[0], r.Rubrics[1]) {
			b.heading(role.title)
			b.table(role.rows...)
		}
		b.heading(carriedHeading)
		b.para(carriedSentence(*r.Carried))
		for _, line := range carriedLines(*r.Carried, r.Rubrics[0].Rubric, r.Rubrics[1].Rubric) {
			b.entry(line)
		}
	}
	for _, in := range r.Rubrics {
		if title := routesTitle(in); r.Carried != nil {
			b.title("", title+", by "+rubricName(in.Rubric))
		} else {
			b.title("", title)
			b.para(rubricName(in.Rubric) + " · " + r.Date)
		}
		b.routes(in, r.Rater, r.sheetFile)
	}
	b.heading("More")
	for _, line := range moreLines(r.sheetFile) {
		b.para(line)
	}
	return b
}

// overview is a table of the next roles, and one of those after them.
func (b *blocks) overview(in RoutesIn) {
	later := routeRows(in.Routes, false)
	if len(later) > 1 {
		b.heading(nextRolesHeading)
	}
	b.table(routeRows(in.Routes, true)...)
	if len(later) > 1 {
		b.heading(laterRolesHeading)
		b.table(later...)
	}
	b.para(notes(in.Routes))
}

func (b *blocks) routes(in RoutesIn, rater, sheet string) {
	b.para(fromSentence(in, rater))
	if in.StartingRole != nil {
		b.para(proofLine(*in.StartingRole))
	}
	if len(in.Routes) == 0 {
		b.para("No role follows on this ladder.")
		return
	}
	b.overview(in)
	for _, to := range in.Routes {
		b.title(to.Verdict, routeTitle(to))
		b.para(routeStands(to))
		for _, line := range routeWay(to) {
			b.para(line)
		}
		for _, line := range slices.Concat(missingLines(to, sheet), carriesLines(to), startingStandings(to)) {
			b.entry(line)
		}
	}
	if in.StartingRole == nil && len(in.StartingRoles) > 0 {
		b.heading(startingHeading)
		for _, role := range in.StartingRoles {
			b.entry(startingLine(role))
		}
		b.para(startingHint(sheet))
	}
}
