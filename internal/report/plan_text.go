package report

import (
	"fmt"
	"io"
	"strings"
)

// PlanText prints a plan for people.
func PlanText(w io.Writer, r *PlanReport, layout Layout) error {
	p := &page{Layout: layout}
	if r.Respondent != nil {
		p.para("", *r.Respondent)
	}
	p.para("", p.bold(planTitle(r)))
	p.para("", wishesSentence(r.Wishes))
	switch r.Outcome {
	case "holds":
		p.para("", holdsSentence(Path{GuardOpen: r.GuardOpen}))
	case "none":
		p.gap()
		for _, block := range r.Blocks {
			p.para("  - ", upper(block.Words)+".")
		}
		p.para("", liftSentence(Path{Lift: r.Lift}))
	default:
		for _, sentence := range planSentences(r) {
			p.para("", sentence)
		}
		p.horizon(r, "short")
		p.horizon(r, "long")
		if !r.Kept {
			p.gap()
			p.para("", keepPlan)
		}
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func (p *page) horizon(r *PlanReport, horizon string) {
	first := true
	for _, g := range r.Goals {
		if g.Horizon != horizon {
			continue
		}
		if first {
			p.heading(horizonHeading(r, horizon))
		} else {
			p.gap()
		}
		first = false
		p.goal(g, r)
	}
}

func (p *page) goal(g PlanGoal, r *PlanReport) {
	lead := fmt.Sprintf("%2d. ", g.Number)
	if p.Plain {
		p.para(lead, fmt.Sprintf("%s: %s, due %s", goalName(g), goalFigures(g, true), g.Due))
	} else {
		p.para(lead, fmt.Sprintf("%s  %s · due %s", p.bold(goalName(g)), goalFigures(g, false), g.Due))
	}
	indent := strings.Repeat(" ", len(lead))
	for _, line := range goalLines(g, r) {
		p.para(indent, line)
	}
	switch {
	case g.Kind == "gate":
	case len(g.Actions) == 0:
		p.para(indent, noActions)
	default:
		p.para(indent, doHeading(g))
		for _, action := range g.Actions {
			p.para(indent+"- ", actionText(action))
		}
	}
}
