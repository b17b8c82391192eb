package report

import (
	"fmt"
	"strings"

	"github.com/pmpath/pmpath/internal/rubric"
)

// All that a plan says in words.

func planTitle(r *PlanReport) string {
	switch r.Outcome {
	case "holds":
		return "Nothing to plan for " + r.Target.Title
	case "none":
		return "No path to plan for " + r.Target.Title
	}
	return fmt.Sprintf("Plan for %s: %s until %s", r.Target.Title, goals(len(r.Goals)), *r.End)
}

func goals(n int) string { return fmt.Sprintf("%d %s", n, plural(n, "goal", "goals")) }
func hours(n int) string { return fmt.Sprintf("%d %s", n, plural(n, "hour", "hours")) }
func weeks(n int) string { return fmt.Sprintf("%d %s", n, plural(n, "week", "weeks")) }

// planSentences are what is said about the whole plan.
func planSentences(r *PlanReport) []string {
	return []string{planParts(r), planHours(r), planUnstated(r), planOpen(r), planMix(r)}
}

func planParts(r *PlanReport) string {
	count := StepCount{All: len(r.Goals)}
	for _, g := range r.Goals {
		if g.Kind == "gate" {
			count.Gates++
		}
	}
	what := "fewer steps"
	if r.Wishes.By == "effort" {
		what = "fewer hours"
	}
	who := "No way there takes"
	if r.Wishes.any() {
		who = "No way there that keeps to these wishes takes"
	}
	return fmt.Sprintf("%s. %s %s.", upper(stepParts(&count)), who, what)
}

func planHours(r *PlanReport) string {
	if r.Hours == 0 {
		return fmt.Sprintf("It starts on %s. The rubric states no hours for gates, so half a year is set for each. Change that where it does not fit.", r.Start)
	}
	text := fmt.Sprintf("At %s a week from %s on, the %s take %s, one raise after the other.", hours(r.HoursPerWeek), r.Start, hours(r.Hours), weeks(r.Weeks))
	for _, g := range r.Goals {
		if g.Kind == "gate" {
			return text + " Gates run beside them and count no hours: half a year is set for each, or longer where their evidence would be too old by the end. Change that where it does not fit."
		}
	}
	return text
}

func planUnstated(r *PlanReport) string {
	dearest, assumed, each := 0, 0, 0
	for _, g := range r.Goals {
		switch g.Basis {
		case "dearest":
			dearest, each = dearest+1, *g.Hours
		case "assumed":
			assumed, each = assumed+1, *g.Hours
		}
	}
	switch {
	case dearest > 0:
		return fmt.Sprintf("For %s the rubric states no hours; %s planned with %d, the most that it states for any raise.", goals(dearest), plural(dearest, "it is", "they are"), each)
	case assumed > 0:
		return fmt.Sprintf("The rubric states no hours; each raise is planned with %d, a working week.", each)
	}
	return ""
}

func planOpen(r *PlanReport) string {
	gates, questions := 0, 0
	for _, g := range r.Goals {
		switch {
		case g.Open && g.Kind == "gate":
			gates++
		case g.Open:
			questions++
		}
	}
	var parts []string
	if gates > 0 {
		parts = append(parts, fmt.Sprintf("%d %s not answered yet and %s as not met", gates, plural(gates, "gate is", "gates are"), plural(gates, "counts", "count")))
	}
	if questions > 0 {
		parts = append(parts, fmt.Sprintf("%s about questions not answered yet, which count as the lowest level", goals(questions)+plural(questions, " is", " are")))
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "; ") + ". Answer them first: the plan may get shorter."
}

func planMix(r *PlanReport) string {
	if len(r.Mix) == 0 {
		return ""
	}
	parts := make([]string, len(r.Mix))
	for i, share := range r.Mix {
		parts[i] = fmt.Sprintf("%s %d (%d h)", share.Kind, share.Actions, share.Hours)
	}
	return "Things to do by kind: " + strings.Join(parts, ", ") + "."
}

func horizonHeading(r *PlanReport, horizon string) string {
	if horizon == "short" {
		return "Within a year, until " + r.ShortUntil
	}
	return "Later, after " + r.ShortUntil
}

// goalName is the heading of a goal without its date.
func goalName(g PlanGoal) string {
	if g.Kind == "gate" {
		return g.Title
	}
	return fmt.Sprintf("%s (%s)", g.Title, g.ID)
}

func goalFigures(g PlanGoal, plain bool) string {
	switch {
	case g.Kind == "gate":
		return "a gate to meet"
	case plain:
		return fmt.Sprintf("from level %d to %d", g.From.Level, g.To.Level)
	}
	return fmt.Sprintf("%d → %d", g.From.Level, g.To.Level)
}

// goalLines are what stands below the heading of a goal: what exactly, how it shows, how it fits the time, and what for.
func goalLines(g PlanGoal, r *PlanReport) []string {
	lines := []string{aimLine(g)}
	if g.Evidence != "" {
		lines = append(lines, "To show: "+g.Evidence)
	}
	if g.Needs != "" {
		lines = append(lines, "Proof: "+g.Needs)
	}
	return append(lines, "Time: "+timeWords(g, r), "Why: "+whyWords(g))
}

func aimLine(g PlanGoal) string {
	switch {
	case g.Kind == "gate" && g.Lacks != "":
		return fmt.Sprintf("Aim: a yes, with what it needs, to: %s So far it %s.", stopped(g.Ask), g.Lacks)
	case g.Kind == "gate":
		return "Aim: a yes to: " + g.Ask
	}
	return fmt.Sprintf("Aim: level %d: %s", g.To.Level, g.To.Text)
}

// needsWords says without what a yes to a gate does not count.
func needsWords(g *rubric.Gate) string {
	var parts []string
	if len(g.Kinds) > 0 {
		parts = append(parts, kindWords(g.Kinds))
	}
	if g.Within > 0 {
		parts = append(parts, fmt.Sprintf("evidence no older than %d months on the day of your answers", g.Within))
	}
	return strings.Join(parts, "; ")
}

// stopped ends a text that goes on behind it.
func stopped(text string) string {
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "?") || strings.HasSuffix(text, "!") {
		return text
	}
	return text + "."
}

func timeWords(g PlanGoal, r *PlanReport) string {
	if g.Kind == "gate" {
		return fmt.Sprintf("alongside the other goals, from %s to %s", g.Begins, g.Due)
	}
	return fmt.Sprintf("%s at %d a week, from %s to %s", hours(*g.Hours), r.HoursPerWeek, g.Begins, g.Due)
}

func whyWords(g PlanGoal) string {
	if g.Kind == "gate" {
		return "required for the role, whatever the points"
	}
	var parts []string
	if g.Brings.Sign() > 0 {
		parts = append(parts, "brings "+points(g.Brings))
	}
	if len(g.Clears) > 0 {
		words := make([]string, len(g.Clears))
		for i, c := range g.Clears {
			words[i] = c.Words
		}
		parts = append(parts, "then met: "+strings.Join(words, ", "))
	}
	switch {
	case len(parts) > 0:
		return strings.Join(parts, "; ")
	case g.leads:
		return "a later goal builds on it"
	}
	return "it is part of the way, though it brings nothing by itself"
}

func doHeading(g PlanGoal) string {
	if len(g.Actions) == 1 {
		return "To do:"
	}
	return "To do, in this order:"
}

const (
	noActions = "To do: the rubric names no steps towards this level; agree on one with somebody who is there."
)

// actionText is one thing to do.
func actionText(a PlanAction) string {
	text := fmt.Sprintf("%s, %s: ", a.Kind, hours(a.Hours))
	if a.Again {
		text = fmt.Sprintf("%s, %s, once more on other work: ", a.Kind, hours(a.Hours))
	}
	text += a.Do
	if a.DoneWhen != "" {
		text = stopped(text) + " Done when: " + a.DoneWhen
	}
	return text
}

const (
	keepPlan  = "Keep it, to see next time what became of it: pmpath plan SHEET --store"
	tickHints = "Tick what is done, change dates, add goals of your own. A tick is a note to yourself: what counts is what you answer next time."
)
