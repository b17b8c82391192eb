package report

import (
	"io"

	"github.com/charmbracelet/x/ansi"
)

// GateText prints the decision for people: the rules in the order of the policy, and a tally with the verdict at the end, where a log is looked at first.
func GateText(w io.Writer, g *GateReport, layout Layout) error {
	p := &page{Layout: layout}
	p.para("", p.bold("Readiness gate"))
	p.para("", g.about())
	explained := ""
	for i := range g.Cases {
		c := &g.Cases[i]
		if i == 0 || g.Cases[i-1].Rule != c.Rule {
			p.gap()
			p.para("", p.bold(c.Rule))
		}
		p.para("  ", upper(resultWords(c.Result))+" – "+c.sentence())
		if c.missed() && explained != c.Rule { // once a rule, at its first miss
			p.para("  ", "Why this rule: "+c.Why)
			explained = c.Rule
		}
	}
	if len(g.Unused)+len(g.Notes) > 0 {
		p.gap()
	}
	for i := range g.Unused {
		p.para("", g.Unused[i].unusedWords())
	}
	for _, note := range g.Notes {
		p.para("", note)
	}
	p.gap()
	if g.Reason != "" {
		p.para("", upper(g.Reason)+".")
	}
	p.para("", p.tint(gateColor(g), g.closing()))
	_, err := io.WriteString(w, p.String())
	return err
}

func gateColor(g *GateReport) ansi.BasicColor {
	if g.Passed != nil && *g.Passed {
		return ansi.Green
	}
	return ansi.Yellow
}
