package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pmpath/pmpath/internal/fraction"
)

// All that a path says in words.

func pathTitle(p Path, by string) string {
	switch p.Outcome {
	case "holds":
		return "Nothing to do for " + p.Target.Title
	case "none":
		return "No path to " + p.Target.Title
	}
	if by == "effort" {
		return fmt.Sprintf("The path of least effort to %s: %s in %s", p.Target.Title, hoursWords(*p.Shortest), steps(p.Shortest.Length))
	}
	return fmt.Sprintf("The shortest path to %s: %s, %s", p.Target.Title, steps(p.Shortest.Length), hoursWords(*p.Shortest))
}

func hoursWords(r Route) string {
	return fmt.Sprintf("%d %s", r.Hours, plural(r.Hours, "hour", "hours"))
}

// partsSentence says what a path is made of.
func partsSentence(r Route) string {
	count := StepCount{All: r.Length, Gates: r.Gates}
	text := stepParts(&count)
	text = strings.ToUpper(text[:1]) + text[1:]
	if r.Unknown > 0 {
		text += fmt.Sprintf("; for %d of them the rubric states no hours", r.Unknown)
	}
	return text + "."
}

// provenSentence says that nothing is shorter, and how that is known.
func provenSentence(w Wishes) string {
	what := "steps"
	if w.By == "effort" {
		what = "hours"
	}
	who := "No way there takes"
	if w.any() {
		who = "No way there that keeps to these wishes takes"
	}
	return fmt.Sprintf("%s fewer %s. This is calculated exactly, not estimated: with fewer, some condition stays unmet, whichever answers are raised.", who, what)
}

func unknownSentence(r Route, w Wishes) string {
	if r.Unknown == 0 || w.By != "effort" {
		return ""
	}
	return "A raise for which the rubric states no hours was weighed as heavily as the dearest one that it states."
}

func openStepsSentence(r Route) string {
	if r.Open == 0 {
		return ""
	}
	return fmt.Sprintf("Open questions count as the lowest level here, and %d of the steps %s about them: answering them first may shorten the path.",
		r.Open, plural(r.Open, "is", "are"))
}

func (w Wishes) any() bool { return len(w.Not)+len(w.Keep) > 0 || w.AtMost != nil }

// wishesSentence repeats the wishes as they were understood.
func wishesSentence(w Wishes) string {
	var parts []string
	if len(w.Not) > 0 {
		parts = append(parts, "no step in "+strings.Join(placeNames(w.Not), ", "))
	}
	if len(w.Keep) > 0 {
		parts = append(parts, "a step in "+strings.Join(placeNames(w.Keep), " and in "))
	}
	if w.AtMost != nil {
		parts = append(parts, fmt.Sprintf("at most %d %s in each area", *w.AtMost, plural(*w.AtMost, "raise", "raises")))
	}
	if len(parts) == 0 {
		return ""
	}
	return "Wishes: " + strings.Join(parts, "; ") + "."
}

func placeNames(places []Place) []string {
	names := make([]string, len(places))
	for i, p := range places {
		names[i] = placeName(p)
	}
	return names
}

func placeName(p Place) string {
	switch p.Kind {
	case "item":
		return fmt.Sprintf("%s (%s)", p.Title, p.ID)
	case "area":
		return "the area " + p.Title
	case "gate":
		return "the gate " + p.Title
	}
	return p.Title
}

const fitTitle = "Fit over all areas"

// clearedWords names a condition with what it needs.
func clearedWords(c Cleared) string {
	switch c.Kind {
	case "gate":
		return "the gate " + c.Title
	case "criterion":
		return fmt.Sprintf("%s at level %s", c.Title, c.Need.Text())
	}
	return fmt.Sprintf("%s at %s %%", c.Title, c.Need.Mul(fraction.Int(100)).Text())
}

func clearsLine(s PathStep) string {
	if s.Kind == "gate" || len(s.Clears) == 0 {
		return ""
	}
	words := make([]string, len(s.Clears))
	for i, c := range s.Clears {
		words[i] = c.Words
	}
	return "Clears: " + strings.Join(words, "; ")
}

// stepName is the heading of a step without its figures.
func stepName(s PathStep) string {
	if s.Kind == "gate" {
		return s.Title
	}
	return fmt.Sprintf("%s (%s)", s.Title, s.ID)
}

func stepFigures(s PathStep) string {
	if s.Kind == "gate" {
		return gateFigures(s)
	}
	parts := []string{fmt.Sprintf("%d → %d", s.From.Level, s.To.Level)}
	return strings.Join(append(parts, stepNotes(s, "%d h")...), " · ")
}

// spokenStepFigures is stepFigures without signs that are heard badly.
func spokenStepFigures(s PathStep) string {
	if s.Kind == "gate" {
		return gateFigures(s)
	}
	parts := []string{fmt.Sprintf("from level %d to %d", s.From.Level, s.To.Level)}
	return strings.Join(append(parts, stepNotes(s, "%d hours")...), ", ")
}

func gateFigures(s PathStep) string {
	switch {
	case s.Open:
		return "a gate to meet, not answered yet"
	case s.Lacks != "":
		return "a gate that " + s.Lacks
	}
	return "a gate to meet"
}

func stepNotes(s PathStep, hours string) []string {
	var notes []string
	if s.Open {
		notes = append(notes, "not answered yet")
	}
	if s.Brings.Sign() > 0 {
		notes = append(notes, "brings "+points(s.Brings))
	}
	if s.Hours != nil {
		notes = append(notes, fmt.Sprintf(hours, *s.Hours))
	}
	return notes
}

// stepLines are what stands below the heading of a step.
func stepLines(s PathStep) []string {
	var lines []string
	if s.Kind == "gate" {
		lines = append(lines, s.Ask)
	} else {
		lines = append(lines, "Now: "+s.From.Text, "Next: "+s.To.Text)
	}
	if clears := clearsLine(s); clears != "" {
		lines = append(lines, clears)
	}
	if s.Evidence != "" {
		lines = append(lines, "To show: "+s.Evidence)
	}
	if len(s.Grow) > 0 {
		lines = append(lines, stepHeading(s.Grow[0])+": "+s.Grow[0].Do)
	}
	return lines
}

// The end of an assessment.

func nextHeading(t Target) string {
	if len(t.Next) == 1 {
		return "The step that brings most"
	}
	return fmt.Sprintf("The %s steps that bring most", [...]string{2: "two", 3: "three"}[len(t.Next)])
}

// nextLines are stepLines for the end of an assessment: what to do, and no more.
func nextLines(s PathStep) []string {
	lines := []string{fmt.Sprintf("Level %d: %s", s.To.Level, s.To.Text)}
	if clears := clearsLine(s); clears != "" {
		lines = append(lines, clears)
	}
	if len(s.Grow) > 0 {
		lines = append(lines, stepHeading(s.Grow[0])+": "+s.Grow[0].Do)
	}
	return lines
}

// moreSentence names the commands that say the rest.
func moreSentence(t Target) string {
	switch {
	case t.PathLength != nil:
		return fmt.Sprintf("The whole way, %s: pmpath path SHEET", steps(*t.PathLength))
	case len(t.Gaps) > 0:
		return fmt.Sprintf("%d %s not at the level asked for: pmpath gaps SHEET", len(t.Gaps), plural(len(t.Gaps), "skill is", "skills are"))
	}
	return ""
}

const alternativesHeading = "As short, with the raises in other areas"

// alternativeName says where the raises of an alternative are.
func alternativeName(r Route) string {
	var areas []string
	for _, a := range r.Areas {
		areas = append(areas, fmt.Sprintf("%s %d", a.Title, a.Raises))
	}
	return fmt.Sprintf("%s: %s, %s", strings.Join(areas, ", "), steps(r.Length), hoursWords(r))
}

// alternativeSentence says what is done in place of what.
func alternativeSentence(shortest, other Route) string {
	return fmt.Sprintf("In place of %s: %s.", stepList(without(shortest.Steps, other.Steps)), stepList(without(other.Steps, shortest.Steps)))
}

func stepList(list []PathStep) string {
	var words []string
	for _, s := range list {
		words = append(words, fmt.Sprintf("%s %d → %d", s.ID, s.From.Level, s.To.Level))
	}
	return strings.Join(words, ", ")
}

// without are the raises of one route that are not in another.
func without(list, other []PathStep) []PathStep {
	var left []PathStep
	for _, s := range list {
		if s.To != nil && !slices.ContainsFunc(other, func(o PathStep) bool { return o.To != nil && o.ID == s.ID && o.To.Level == s.To.Level }) {
			left = append(left, s)
		}
	}
	return left
}

func holdsSentence(p Path) string {
	if p.GuardOpen {
		return "All its conditions hold, whatever level the open questions get. They may still be marked \"no chance in this role\", and then too little would be left to go by: answer them first."
	}
	return "All its conditions hold already."
}

func guardWords(p Place) string {
	return fmt.Sprintf("too much of %s is marked \"no chance in this role\", so that no answers can show that its conditions hold", placeName(p))
}

func blockedWords(c Cleared) string {
	if c.Kind == "gate" {
		return fmt.Sprintf("%s must be met, and the wishes rule it out", c.Words)
	}
	return fmt.Sprintf("%s cannot be reached without what the wishes rule out", c.Words)
}

func keepWords(p Place) string {
	if p.Kind == "gate" {
		return fmt.Sprintf("%s is no step: it is met, only helpful, not asked by this role, or ruled out", placeName(p))
	}
	return fmt.Sprintf("there is no step to take in %s: this role asks nothing of it, all of it is at the highest level or marked \"no chance in this role\", or it is ruled out", placeName(p))
}

func limitWords(smallest int) string {
	return fmt.Sprintf("so few raises in each area are not enough; --at-most %d is the smallest limit that leaves a path", smallest)
}

func liftSentence(p Path) string {
	switch len(p.Lift) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("With steps in %s allowed there would be a path.", placeName(p.Lift[0]))
	}
	return fmt.Sprintf("There would be a path with steps allowed in any one of: %s.", strings.Join(placeNames(p.Lift), ", "))
}

const triedOut = "What a step would change: pmpath whatif SHEET --set ID=LEVEL"
