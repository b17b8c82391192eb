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
	if r.Gates > 0 && r.Hours > 0 {
		text = strings.Replace(text, " to meet", " to meet (no hours counted)", 1)
	}
	if areas := inAreas(r); areas != "" {
		text += " (" + areas + ")"
	}
	if r.Unknown > 0 {
		text += fmt.Sprintf("; for %d of them the rubric states no hours", r.Unknown)
	}
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// inAreas says where the raises of a route are.
func inAreas(r Route) string {
	var areas []string
	for _, a := range r.Areas {
		areas = append(areas, fmt.Sprintf("%s %d", a.Title, a.Raises))
	}
	return strings.Join(areas, ", ")
}

// provenSentence says that nothing is shorter, and how that is known.
func provenSentence(w Wishes) string {
	way := "No way"
	if w.any() {
		way = "No way within these wishes"
	}
	if w.By == "effort" {
		return way + " takes fewer hours: this is calculated exactly, not estimated."
	}
	return way + " is shorter: this is calculated exactly, not estimated."
}

func unknownSentence(r Route, w Wishes) string {
	if r.Unknown == 0 || w.By != "effort" {
		return ""
	}
	return "A raise for which the rubric states no hours was weighed as heavily as the dearest one that it states."
}

// openStepsSentence says which steps are about what is not answered, and what follows from that.
func openStepsSentence(r Route) string {
	if r.Open == 0 {
		return ""
	}
	const after = " Answer them first: the path may get shorter."
	what := fmt.Sprintf("%d of the steps are", r.Open)
	if r.Open <= openOnPage {
		var numbers []int
		for _, s := range r.Steps {
			if s.Open {
				numbers = append(numbers, s.Number)
			}
		}
		what = upper(stepNumbers(numbers)) + plural(r.Open, " is", " are")
	}
	switch r.Open {
	case r.OpenGates:
		return fmt.Sprintf("%s %s not answered yet, counted as not met.%s", what, plural(r.Open, "a gate", "gates"), plural(r.Open, " Answer it first: the path may get shorter.", after))
	case r.Open - r.OpenGates:
		return fmt.Sprintf("%s about questions not answered yet, counted as the lowest level.%s", what, after)
	}
	return what + " about what is not answered yet: gates count as not met, questions as the lowest level." + after
}

// stepNumbers are "step 3", or "steps 3, 4 and 7".
func stepNumbers(numbers []int) string {
	words := make([]string, len(numbers))
	for i, n := range numbers {
		words[i] = fmt.Sprint(n)
	}
	last := len(words) - 1
	switch last {
	case -1:
		return "no step"
	case 0:
		return "step " + words[0]
	}
	return "steps " + strings.Join(words[:last], ", ") + " and " + words[last]
}

// pathSumSentence lets the points be added up again.
func pathSumSentence(r Route) string {
	s := r.Sum
	text := fmt.Sprintf("Points: %s now + %s from the raises = %s of %s; needed: %s.",
		s.Before.Text(), s.Brings.Text(), s.After.Text(), s.Possible.Text(), s.Needs.Text())
	if r.Length > 1 {
		text += " Any other order leads there, too."
	}
	return text
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

const fitTitle = "All areas"

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
	return "Then met: " + strings.Join(words, "; ")
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
		return "The step that brings most, numbered as on the path"
	}
	return fmt.Sprintf("The %s steps that bring most, numbered as on the path", [...]string{2: "two", 3: "three"}[len(t.Next)])
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
func moreSentence(t Target, sheet string) string {
	switch {
	case t.PathLength != nil:
		return fmt.Sprintf("The whole path, %s: pmpath path %s", steps(*t.PathLength), sheet)
	case len(t.Gaps) > 0:
		return fmt.Sprintf("%d %s not at the level asked for: pmpath gaps %s", len(t.Gaps), plural(len(t.Gaps), "skill is", "skills are"), sheet)
	}
	return ""
}

const alternativesHeading = "Other paths of the same length, with raises in other areas"

// alternativeName says where the raises of an alternative are.
func alternativeName(r Route) string {
	return fmt.Sprintf("%s: %s, %s", inAreas(r), steps(r.Length), hoursWords(r))
}

// alternativeSentence says what is done in place of what.
func alternativeSentence(shortest, other Route) string {
	var numbers []int
	for _, s := range without(shortest.Steps, other.Steps) {
		numbers = append(numbers, s.Number)
	}
	return fmt.Sprintf("In place of %s: %s.", stepNumbers(numbers), stepList(without(other.Steps, shortest.Steps)))
}

func stepList(list []PathStep) string {
	var words []string
	for _, s := range list {
		words = append(words, fmt.Sprintf("%s %d → %d", stepName(s), s.From.Level, s.To.Level))
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
	return fmt.Sprintf("%s needs steps that the wishes rule out", c.Words)
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
		return severalWishes(p)
	case 1:
		return fmt.Sprintf("With steps in %s allowed there would be a path.", placeName(p.Lift[0]))
	}
	return fmt.Sprintf("There would be a path with steps allowed in any one of: %s.", strings.Join(placeNames(p.Lift), ", "))
}

// severalWishes is for wishes of which none can be dropped alone so that there is a path.
func severalWishes(p Path) string {
	for _, block := range p.Blocks {
		if block.Kind == "condition" {
			return "To drop one of these wishes alone is not enough."
		}
	}
	return ""
}

// triedOut names the command that tries a step.
func triedOut(sheet string) string {
	return fmt.Sprintf("What a step would change: pmpath whatif %s --set ID=LEVEL", sheet)
}
