package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

const (
	openOnPage = 5  // open questions
	barWidth   = 20 // columns
)

// Text prints the report for people: one page about the first role, and a line for each other one.
func Text(w io.Writer, r *Report, layout Layout) error {
	p := &page{Layout: layout}
	p.title(r)
	if len(r.Targets) > 0 {
		target := r.Targets[0]
		p.verdict(r, target)
		p.shares(target)
		p.gates(target.Gates)
		p.open(target)
	}
	p.others(r)
	p.notes(r)
	p.planBlock(r.Plan)
	if len(r.Targets) > 0 {
		p.next(r.Targets[0], r.sheetFile)
	}
	_, err := io.WriteString(w, p.String())
	return err
}

// GapText prints the gaps of every role asked about, all of them.
func GapText(w io.Writer, r *Report, layout Layout) error {
	p := &page{Layout: layout}
	for i, target := range r.Targets {
		if i > 0 {
			p.gap()
		}
		p.para("", p.bold(gapTitle(target)))
		p.para("", tallySentence(target.Tally))
		if len(target.Gaps) == 0 && target.Tally.All > 0 {
			p.gap()
			p.para("", "Every level that this role asks for is reached, or not answered yet.")
		}
		p.gaps(target.Gaps)
		p.gates(missing(target.Gates))
		p.open(target)
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func (p *page) title(r *Report) {
	p.para("", r.Rubric.Title+" "+r.Rubric.Version+" · "+r.Date)
	if r.Respondent != nil && *r.Respondent != "" {
		p.para("", *r.Respondent)
	}
}

var verdictColors = map[string]ansi.BasicColor{"ready": ansi.Green, "not_ready": ansi.Yellow, "undetermined": ansi.Cyan}

func (p *page) verdict(r *Report, t Target) {
	p.gap()
	p.para("", p.tint(verdictColors[t.Verdict], verdictTitles[t.Verdict])+p.bold(" · "+t.Stage.Title))
	p.gap()
	p.para("", standsSentence(r.Rater, t))
	p.para("", shortLine(t.Short))
	p.para("", openLine(t.Open))
	p.para("", decidingSentence(t))
	p.para("", stepsSentence(t))
	p.para("", lowestSentence(t))
	p.para("", itemsSentence(r.Items, t))
	p.para("", stoppedSentence(r.Items, t.Verdict))
}

// shares draws the fit and one bar per area.
func (p *page) shares(t Target) {
	if t.Tally.All == 0 {
		return
	}
	p.heading(p.pointsHeading())
	rows := []Area{{Ref: Ref{Title: fitTitle}, Share: t.Fit}}
	rows = append(rows, t.Areas...)
	longest := 0
	for _, row := range rows {
		longest = max(longest, ansi.StringWidth(row.Title))
	}
	for _, row := range rows {
		held := fmt.Sprintf("%s of %s (%s)", rangeText(row.Points), row.Possible.Text(), percentRange(row.WorstPercent, row.BestPercent))
		needs := fmt.Sprintf("needs %s (%s %%)", row.Needs.Text(), row.NeedsPercent.Text())
		switch {
		case row.Possible.Sign() == 0:
			p.para("  ", row.Title+": nothing that applies")
		case p.columns() && longest+2+barWidth+1+2+len(held)+2+len(needs)+2 <= p.Width:
			p.para("  ", pad(row.Title, longest)+"  "+bar(row.Share, barWidth)+"  "+held+", "+needs)
		case p.columns() && 2+longest+2+barWidth+1 <= p.Width:
			p.para("  ", pad(row.Title, longest)+"  "+bar(row.Share, barWidth))
			p.para("  "+strings.Repeat(" ", longest+2), held+", "+needs)
		default:
			p.para("  ", row.Title+": "+held+", "+needs)
			if !p.Plain {
				p.para("  ", bar(row.Share, min(barWidth, p.Width-3)))
			}
		}
	}
}

// pointsHeading explains the figures below it, and the mark in the bars where there are bars.
func (p *page) pointsHeading() string {
	if p.Plain {
		return "Points (percentages rounded down)"
	}
	return "Points (percentages rounded down; " + needed + " marks what is needed)"
}

func (p *page) gaps(gaps []Gap) {
	if len(gaps) == 0 {
		return
	}
	p.heading(gapsHeading)
	for i, gap := range gaps {
		title := p.bold(gap.Title) + "  " + gapHeading(gap)
		if p.Plain {
			title = gap.Title + ": " + spokenGapHeading(gap)
		}
		p.para(fmt.Sprintf("%2d. ", i+1), title)
		if gap.To != nil {
			p.para("    ", fmt.Sprintf("Level %d: %s", gap.To.Level, gap.To.Text))
		}
		if len(gap.Steps) > 0 {
			p.para("    ", stepHeading(gap.Steps[0])+": "+gap.Steps[0].Do)
		}
	}
}

// next ends the page: what to begin with, and the commands for the rest.
func (p *page) next(t Target, sheet string) {
	if len(t.Next) > 0 {
		p.heading(nextHeading(t))
		for _, step := range t.Next {
			p.stepTitle(fmt.Sprintf("%2d. ", step.Number), step)
			for _, line := range nextLines(step) {
				p.para("    ", line)
			}
		}
	}
	if more := moreSentence(t, sheet); more != "" {
		p.gap()
		p.para("", more)
	}
}

func missing(gates []Gate) []Gate {
	var left []Gate
	for _, gate := range gates {
		if gate.Outcome != "holds" {
			left = append(left, gate)
		}
	}
	return left
}

func (p *page) gates(gates []Gate) {
	if len(gates) == 0 {
		return
	}
	p.heading(gatesHeading)
	for _, gate := range gates {
		lead, text := "  "+pad(gateStates[gate.Outcome], 8), gate.Title+" ("+gateUse(gate)+")"
		if p.Plain {
			lead, text = "  ", text+": "+gateStates[gate.Outcome]
		}
		if note := gateNote(gate); note != "" {
			text += " – " + note
		}
		p.para(lead, text)
	}
}

func (p *page) open(t Target) {
	if len(t.OpenQuestions) == 0 {
		return
	}
	p.heading(openHeading(t))
	for _, question := range t.OpenQuestions[:min(openOnPage, len(t.OpenQuestions))] {
		p.para("  - ", question.Ask)
	}
	if rest := len(t.OpenQuestions) - openOnPage; rest > 0 {
		p.para("    ", fmt.Sprintf("and %d more", rest))
	}
}

// others has a line for each further role.
func (p *page) others(r *Report) {
	if len(r.Targets) < 2 {
		return
	}
	p.heading("Other roles that can follow (--target for the full report)")
	for _, t := range r.Targets[1:] {
		text := fmt.Sprintf("%s: %s, %s of %s points (%s)", t.Stage.Title, verdictWords[t.Verdict],
			rangeText(t.Fit.Points), t.Fit.Possible.Text(), percentRange(t.Fit.WorstPercent, t.Fit.BestPercent))
		if t.Verdict == "not_ready" && t.Steps.Best != nil {
			text += ", " + steps(t.Steps.Best.All) + " away"
			if t.Steps.Worst.All != t.Steps.Best.All {
				text += " at best"
			}
		}
		p.para("  ", text)
	}
}

// notes has what is said beside the verdict.
func (p *page) notes(r *Report) {
	p.gap()
	p.para("", standingSentence(r.RoleNow, r.OperatingStage, r.Rater))
	p.para("", unverifiedSentence(r.Unverified))
	p.para("", staleSentence(r.Stale))
	p.para("", r.Caution)
}
