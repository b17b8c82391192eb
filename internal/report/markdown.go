package report

import (
	"fmt"
	"io"
	"strings"
)

// Markdown prints the report for a pull request or a page: every role asked about, with the steps to begin with.
func Markdown(w io.Writer, r *Report) error {
	m := &strings.Builder{}
	for i, t := range r.Targets {
		if i > 0 {
			m.WriteByte('\n')
		}
		markdownTarget(m, r, t)
	}
	fmt.Fprintf(m, "\n%s %s, %s.\n", r.Rubric.Title, r.Rubric.Version, r.Date)
	for _, sentence := range []string{
		standingSentence(r.RoleNow, r.OperatingStage, r.Rater),
		unverifiedSentence(r.Unverified),
		staleSentence(r.Stale),
	} {
		if sentence != "" {
			fmt.Fprintf(m, "\n%s\n", sentence)
		}
	}
	fmt.Fprintf(m, "\n_%s_\n", r.Caution)
	markdownPlanBlock(m, r.Plan)
	_, err := io.WriteString(w, m.String())
	return err
}

// GapMarkdown prints the gaps of every role asked about.
func GapMarkdown(w io.Writer, r *Report) error {
	m := &strings.Builder{}
	for i, t := range r.Targets {
		if i > 0 {
			m.WriteByte('\n')
		}
		fmt.Fprintf(m, "## %s\n\n%s\n", gapTitle(t), tallySentence(t.Tally))
		markdownGaps(m, t.Gaps)
		markdownGates(m, missing(t.Gates))
		markdownOpen(m, t)
	}
	_, err := io.WriteString(w, m.String())
	return err
}

func markdownTarget(m *strings.Builder, r *Report, t Target) {
	fmt.Fprintf(m, "## %s: %s\n\n", t.Stage.Title, verdictWords[t.Verdict])
	if r.Respondent != nil && *r.Respondent != "" {
		fmt.Fprintf(m, "%s\n\n", *r.Respondent)
	}
	for _, sentence := range []string{
		standsSentence(r.Rater, t), shortLine(t.Short), openLine(t.Open), decidingSentence(t), stepsSentence(t), lowestSentence(t),
		itemsSentence(r.Items, t), stoppedSentence(r.Items, t.Verdict),
	} {
		if sentence != "" {
			fmt.Fprintf(m, "%s\n", sentence)
		}
	}
	m.WriteString("\n| Points | have | possible | share, rounded down | needs |\n|---|--:|--:|--:|--:|\n")
	markdownShare(m, "**"+fitTitle+"**", t.Fit)
	for _, area := range t.Areas {
		markdownShare(m, area.Title, area.Share)
	}
	markdownGates(m, t.Gates)
	markdownOpen(m, t)
	markdownNext(m, t, r.sheetFile)
}

func markdownShare(m *strings.Builder, title string, s Share) {
	fmt.Fprintf(m, "| %s | %s | %s | %s | %s (%s %%) |\n",
		title, rangeText(s.Points), s.Possible.Text(), percentRange(s.WorstPercent, s.BestPercent), s.Needs.Text(), s.NeedsPercent.Text())
}

func markdownGaps(m *strings.Builder, gaps []Gap) {
	if len(gaps) == 0 {
		return
	}
	fmt.Fprintf(m, "\n### %s\n\n", gapsHeading)
	for i, gap := range gaps {
		number := fmt.Sprintf("%d. ", i+1)
		inner := strings.Repeat(" ", len(number)) + "- " // less, and it would not belong to the entry
		fmt.Fprintf(m, "%s**%s** %s\n", number, gap.Title, gapHeading(gap))
		if gap.To != nil {
			fmt.Fprintf(m, "%sLevel %d: %s\n", inner, gap.To.Level, gap.To.Text)
		}
		if len(gap.Steps) > 0 {
			fmt.Fprintf(m, "%s%s: %s\n", inner, stepHeading(gap.Steps[0]), gap.Steps[0].Do)
		}
	}
}

func markdownGates(m *strings.Builder, gates []Gate) {
	if len(gates) == 0 {
		return
	}
	m.WriteString("\n### " + gatesHeading + "\n\n")
	for _, gate := range gates {
		box := " "
		if gate.Outcome == "holds" {
			box = "x"
		}
		fmt.Fprintf(m, "- [%s] %s (%s, %s)", box, gate.Title, gateStates[gate.Outcome], gateUse(gate))
		if note := gateNote(gate); note != "" {
			fmt.Fprintf(m, " – %s", note)
		}
		m.WriteByte('\n')
	}
}

func markdownOpen(m *strings.Builder, t Target) {
	if len(t.OpenQuestions) == 0 {
		return
	}
	fmt.Fprintf(m, "\n### %s\n\n", openHeading(t))
	for _, question := range t.OpenQuestions {
		fmt.Fprintf(m, "- %s\n", question.Ask)
	}
}

// markdownNext ends a role: what to begin with, and the command for the rest.
func markdownNext(m *strings.Builder, t Target, sheet string) {
	if len(t.Next) > 0 {
		fmt.Fprintf(m, "\n### %s\n\n", nextHeading(t))
		for _, step := range t.Next { // no numbered list: it would count on by itself
			fmt.Fprintf(m, "- Step %d: **%s** %s\n", step.Number, stepName(step), stepFigures(step))
			for _, line := range nextLines(step) {
				fmt.Fprintf(m, "  - %s\n", line)
			}
		}
	}
	if more := moreSentence(t, sheet); more != "" {
		fmt.Fprintf(m, "\n%s\n", more)
	}
}
