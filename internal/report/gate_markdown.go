package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// MostSummary is how many bytes a summary of a GitHub job may have before it is dropped as a whole, with some to spare: the limit is 1,024 KiB.
const MostSummary = 1000 << 10

// GateMarkdown prints the decision for a job summary or a pull request, in at most so many bytes: what is bad comes first, and rows that do not fit are counted. What
// comes from outside must have gone through the cleaning of Markdown.
func GateMarkdown(w io.Writer, g *GateReport, most int) error {
	m := &strings.Builder{}
	fmt.Fprintf(m, "## Readiness gate: %s\n\n%s\n", strings.TrimPrefix(strings.ToLower(g.heading()), "gate "), g.about())
	end := gateMarkdownEnd(g)
	rows := slices.Clone(g.Cases)
	slices.SortStableFunc(rows, func(a, b GateCase) int { return int(a.effect) - int(b.effect) })
	m.WriteString("\n| Result | Rule | Who | Asks | Found |\n|---|---|---|---|---|\n")
	left := 0
	for i := range rows {
		row := gateRow(&rows[i])
		if m.Len()+len(row)+len(end)+200 > most { // 200 for the sentence about rows left out
			left = len(rows) - i
			break
		}
		m.WriteString(row)
	}
	if left > 0 {
		fmt.Fprintf(m, "\n%d %s left out, as there is a limit; the whole is in the other reports.\n", left, plural(left, "row", "rows"))
	}
	m.WriteString(end)
	_, err := io.WriteString(w, m.String())
	return err
}

func gateRow(c *GateCase) string {
	found := c.Found
	switch {
	case c.Waiver != nil:
		found += ". Waived by " + c.Waiver.words()
	case c.Expired != nil:
		found += fmt.Sprintf(". The waiver %s expired on %s (%s)", c.Expired.ID, c.Expired.Expires, c.Expired.Owner)
	}
	result := resultWords(c.Result)
	if c.missed() {
		result = "**" + result + "**"
		found += ". Why: " + c.Why
	}
	return fmt.Sprintf("| %s | %s | %s | %s | %s |\n", result, c.Rule, c.Who, c.Asks, found)
}

// mostUnused bounds the waivers named in a summary.
const mostUnused = 20

func gateMarkdownEnd(g *GateReport) string {
	m := &strings.Builder{}
	for i := range g.Unused {
		if i == mostUnused {
			fmt.Fprintf(m, "\n%d further waivers cover no miss.\n", len(g.Unused)-i)
			break
		}
		fmt.Fprintf(m, "\n%s\n", g.Unused[i].unusedWords())
	}
	for _, note := range g.Notes {
		fmt.Fprintf(m, "\n%s\n", note)
	}
	if g.Reason != "" {
		fmt.Fprintf(m, "\n%s.\n", upper(g.Reason))
	}
	fmt.Fprintf(m, "\n%s\n", g.closing())
	return m.String()
}
