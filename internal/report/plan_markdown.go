package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/pmpath/pmpath/internal/plan"
)

// PlanMarkdown prints a plan to be edited, ticked and discussed. Comments that nobody sees on a page let package plan know the goals again.
func PlanMarkdown(w io.Writer, r *PlanReport) error {
	m := &strings.Builder{}
	fmt.Fprintf(m, "## %s\n\n", planTitle(r))
	var sentences []string
	if r.Respondent != nil {
		sentences = append(sentences, *r.Respondent)
	}
	sentences = append(sentences, wishesSentence(r.Wishes))
	switch r.Outcome {
	case "holds":
		writeSentences(m, append(sentences, holdsSentence(Path{GuardOpen: r.GuardOpen})))
	case "none":
		writeSentences(m, sentences)
		for _, block := range r.Blocks {
			fmt.Fprintf(m, "- %s.\n", upper(block.Words))
		}
		if lift := liftSentence(Path{Lift: r.Lift}); lift != "" {
			fmt.Fprintf(m, "\n%s\n", lift)
		}
	default:
		writeSentences(m, append(append(sentences, planSentences(r)...), tickHints))
		markdownHorizon(m, r, "short")
		markdownHorizon(m, r, "long")
	}
	fmt.Fprintf(m, "\n%s %s, %s.\n", r.Rubric.Title, r.Rubric.Version, r.Date)
	if r.Outcome == "goals" {
		fmt.Fprintf(m, "\n%s\n", plan.MarkdownHead(r.Rubric.ID, r.Rubric.Version, r.Target.ID, r.Rater, r.Date, r.Start))
	}
	_, err := io.WriteString(w, m.String())
	return err
}

func markdownHorizon(m *strings.Builder, r *PlanReport, horizon string) {
	first := true
	for _, g := range r.Goals {
		if g.Horizon != horizon {
			continue
		}
		if first {
			fmt.Fprintf(m, "\n### %s\n\n", horizonHeading(r, horizon))
			first = false
		}
		markdownGoal(m, g, r)
	}
}

func markdownGoal(m *strings.Builder, g PlanGoal, r *PlanReport) {
	fmt.Fprintf(m, "- [ ] **%d. %s** %s · due %s %s\n", g.Number, goalName(g), goalFigures(g, false), g.Due, plan.MarkdownMark(g.kept()))
	for _, line := range goalLines(g, r) {
		fmt.Fprintf(m, "  - %s\n", line)
	}
	if g.Kind != "gate" && len(g.Actions) == 0 {
		fmt.Fprintf(m, "  - %s\n", noActions)
	}
	for _, action := range g.Actions {
		fmt.Fprintf(m, "  - [ ] %s\n", actionText(action))
	}
}

// kept is what package plan has to know of the goal.
func (g PlanGoal) kept() plan.Kept {
	kept := plan.Kept{IsGate: g.Kind == "gate", ID: g.ID, Open: g.Open, SaidYes: g.SaidYes, Words: g.Words}
	if g.Aim != nil {
		kept.Stood, kept.To = *g.Stood, *g.Aim
	}
	return kept
}
