package report

import (
	"fmt"
	"io"
	"strings"
)

// MarkdownLimit is the most that a Markdown report holds: GitHub drops a whole job summary above 1,024 KiB.
const MarkdownLimit = 1000 << 10

// CohortMarkdown prints the report of a cohort for a page or a job summary, in at most MarkdownLimit bytes: the smallest groups go first, and it says how many.
func CohortMarkdown(w io.Writer, r *CohortReport) error {
	return cohortMarkdown(w, r, MarkdownLimit)
}

func cohortMarkdown(w io.Writer, r *CohortReport, limit int) error {
	var text string
	for most := mostGroups(r); ; most /= 2 {
		m := &cohortPage{most: most, k: r.MinGroup}
		m.page(r)
		if text = m.String(); len(text) <= limit || most == 0 {
			break
		}
	}
	_, err := io.WriteString(w, text)
	return err
}

func mostGroups(r *CohortReport) int {
	most := 0
	for _, g := range r.Groups {
		most = max(most, len(g.Groups))
	}
	return most
}

// cohortPage is Markdown with at most so many groups along each field.
type cohortPage struct {
	strings.Builder
	most, k int
}

func (m *cohortPage) page(r *CohortReport) {
	fmt.Fprintf(m, "## %s\n\n%s\n", cohortTitle(r), againstSentence(r))
	m.leftOut(r)
	if r.People.N == nil {
		fmt.Fprintf(m, "\n%s\n", tooFewSentence(r))
	} else {
		m.next(r)
		m.standing(r)
		for _, g := range r.Groups {
			m.groups(g)
		}
	}
	if r.splits() {
		m.answers(r)
	}
	if r.People.N == nil {
		m.next(r)
	}
	for _, note := range r.Notes {
		fmt.Fprintf(m, "\n%s\n", note)
	}
	fmt.Fprintf(m, "\n_%s_\n", r.Caution)
}

func (m *cohortPage) leftOut(r *CohortReport) {
	sentence := leftOutSentence(r)
	if sentence == "" {
		return
	}
	fmt.Fprintf(m, "\n**%s**\n", sentence)
	places := r.LeftOut.Places
	if len(places) > 0 {
		m.WriteByte('\n')
	}
	for _, place := range places[:min(placesOnPage, len(places))] {
		fmt.Fprintf(m, "- %s\n", place)
	}
	if rest := len(places) - placesOnPage; rest > 0 {
		fmt.Fprintf(m, "- and %d more\n", rest)
	}
}

// next stands at the top: a job summary is read from there.
func (m *cohortPage) next(r *CohortReport) {
	fmt.Fprintf(m, "\n### %s\n\n", whatNext)
	for i, next := range r.Next {
		fmt.Fprintf(m, "%d. **%s** %s\n", i+1, next.Title, markdownSigns.Replace(next.Words))
	}
}

// markdownSigns are those in our own words that Markdown could take for its own.
var markdownSigns = strings.NewReplacer("<", "&lt;")

func (m *cohortPage) standing(r *CohortReport) {
	fmt.Fprintf(m, "\n### Where %s stand\n\n", peopleWords(r))
	if r.Standing.Ready.N == nil && !r.splits() {
		fmt.Fprintf(m, "%s\n", noSplitSentence(r))
		return
	}
	many := *r.People.N >= manyPeople
	m.WriteString("| | people |" + onlyIf(many, " share |") + "\n|---|--:|" + onlyIf(many, "--:|") + "\n")
	for _, row := range standingRows(r.Standing) {
		share := ""
		if row.figure.N != nil {
			share = partWords(*row.figure.N, *r.People.N)
		}
		fmt.Fprintf(m, "| %s | %s |%s\n", row.label, row.figure.markdown(), onlyIf(many, " "+markdownSigns.Replace(share)+" |"))
	}
	if sentence := meanSentence(r); sentence != "" {
		fmt.Fprintf(m, "\n%s\n", sentence)
	}
}

func onlyIf(yes bool, text string) string {
	if yes {
		return text
	}
	return ""
}

// markdown is a figure in a cell, with its reason.
func (f Figure) markdown() string { return markdownSigns.Replace(f.words()) }

func (m *cohortPage) groups(g CohortGrouping) {
	if len(g.Groups) == 0 {
		return
	}
	fmt.Fprintf(m, "\n### %s\n", groupHeading(g))
	groups, more := mostOf(g, m.most)
	if len(groups) > 0 {
		m.groupTable(g, groups)
	}
	if more > 0 {
		fmt.Fprintf(m, "\n%d rows left out, the smallest groups; the full report has all.\n", more)
	}
	if sentence := hiddenGroupsSentence(g, m.k); sentence != "" {
		fmt.Fprintf(m, "\n%s\n", markdownSigns.Replace(sentence))
	}
}

// mostOf is up to so many shown groups, the largest where there are more.
func mostOf(g CohortGrouping, most int) (list []CohortGroup, more int) {
	for _, group := range g.Groups {
		if group.People.N != nil {
			list = append(list, group)
		}
	}
	if len(list) <= most {
		return list, 0
	}
	return sortedBy(list, func(g CohortGroup) int { return *g.People.N })[:most], len(list) - most
}

func (m *cohortPage) groupTable(g CohortGrouping, groups []CohortGroup) {
	table := groupTable(g, groups)
	if g.Split {
		table.head, table.lastIsText = append(table.head, "missed most"), true
		for i := range table.rows {
			table.rows[i] = append(table.rows[i], missedWords(groups[i]))
		}
	}
	m.table(table)
	if g.Split {
		fmt.Fprintf(m, "\n%s\n", upper(furtherKey)+".")
	} else {
		fmt.Fprintf(m, "\n%s\n", unsplitSentence(g))
	}
}

func (m *cohortPage) answers(r *CohortReport) {
	if missed := mostMissed(r); len(missed) > 0 {
		fmt.Fprintf(m, "\n### %s\n\n", missedHeading)
		for i, c := range missed[:min(missedOnPage, len(missed))] {
			fmt.Fprintf(m, "%d. **%s** %s\n", i+1, c.Title, missedSentence(c))
		}
	}
	fmt.Fprintf(m, "\n### %s\n", skillsHeading)
	m.table(skillTable(r))
	fmt.Fprintf(m, "\n### %s\n", areasHeading)
	m.table(areaTable(r))
	fmt.Fprintf(m, "\n%s\n", upper(otherKey)+".")
	m.deciding(r)
	m.growth(r)
	fmt.Fprintf(m, "\n### %s\n\n", sheetsHeading)
	for _, sentence := range sheetSentences(r.Sheets) {
		fmt.Fprintf(m, "- %s\n", markdownSigns.Replace(sentence))
	}
}

func (m *cohortPage) deciding(r *CohortReport) {
	fmt.Fprintf(m, "\n### %s\n", decidesHeading)
	for i, d := range r.Deciding {
		if i == 0 {
			m.WriteByte('\n')
		}
		fmt.Fprintf(m, "%d. %s: %s\n", i+1, decidingWords(d), persons(d.People))
	}
	fmt.Fprintf(m, "\n%s\n", moreDecideSentence(r))
}

func (m *cohortPage) growth(r *CohortReport) {
	if len(r.Growth) > 0 {
		fmt.Fprintf(m, "\n### %s\n\n", growthHeading)
		for i, g := range r.Growth[:min(growthOnPage, len(r.Growth))] {
			fmt.Fprintf(m, "%d. **%s** %s\n", i+1, growthWords(g), firstStep(g))
		}
	}
	if len(r.Few) > 0 {
		fmt.Fprintf(m, "\n### %s\n\n", fewHeading(r))
		for _, f := range r.Few {
			fmt.Fprintf(m, "- %s\n", fewWords(f))
		}
	}
}

// table prints a table, with the signs that it uses explained below.
func (m *cohortPage) table(t *textTable) {
	t.dropEmpty()
	rule := strings.Repeat("--:|", len(t.head)-1)
	if t.lastIsText {
		rule = strings.Repeat("--:|", len(t.head)-2) + "---|"
	}
	fmt.Fprintf(m, "\n| %s |\n|---|%s\n", strings.Join(t.head, " | "), rule)
	for _, row := range t.rows {
		cells := []string{row[0]}
		for _, cell := range row[1:] {
			cells = append(cells, markdownSigns.Replace(cell))
		}
		fmt.Fprintf(m, "| %s |\n", strings.Join(cells, " | "))
	}
	if keys := keySentences(m.k, t.uses); len(keys) > 0 {
		m.WriteByte('\n')
		for _, sentence := range keys {
			fmt.Fprintf(m, "- %s\n", markdownSigns.Replace(sentence))
		}
	}
}
