package report

import (
	"fmt"
	"strings"

	"github.com/pmpath/pmpath/internal/plan"
	"github.com/pmpath/pmpath/internal/response"
)

// All that is said of a plan and later answers.

// stateMarks name the states; markWidth is the width of the longest.
var stateMarks = map[string]string{
	string(plan.Reached): "reached", string(plan.Moved): "moved", string(plan.NotMoved): "to do", string(plan.CannotTell): "cannot tell",
}

const markWidth = len("cannot tell")

func checkTitle(c *PlanCheck) string {
	if c.Date < c.Progress.Start { // dates of this form sort as texts
		return fmt.Sprintf("The plan for %s, to begin on %s: where it stands on %s", c.Progress.Target.Title, c.Progress.Start, c.Date)
	}
	return fmt.Sprintf("%s: where it stands on %s", progressTitle(c.Progress), c.Date)
}

func progressTitle(p PlanProgress) string {
	return fmt.Sprintf("The plan for %s, begun %s", p.Target.Title, p.Start)
}

func checkSentences(c *PlanCheck) []string {
	return []string{progressSentence(c.Progress), viewSentence(c)}
}

// progressSentence counts the goals by what became of them.
func progressSentence(p PlanProgress) string {
	if len(p.Goals) == 0 {
		return "There is no goal of pmpath in it."
	}
	parts := []string{fmt.Sprintf("%d of %s reached", p.Reached, goals(len(p.Goals)))}
	for _, part := range []struct {
		n    int
		text string
	}{{p.Moved, "%d moved"}, {p.NotMoved, "%d still to do"}, {p.CannotTell, "%d that cannot be told"}} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf(part.text, part.n))
		}
	}
	text := strings.Join(parts, ", ") + "."
	if late := overdue(p); late > 0 {
		text += fmt.Sprintf(" %s past %s day.", goals(late)+plural(late, " is", " are"), plural(late, "its", "their"))
	}
	return text
}

func overdue(p PlanProgress) int {
	n := 0
	for _, g := range p.Goals {
		if g.Overdue {
			n++
		}
	}
	return n
}

// viewSentence says that two raters may see the same thing differently.
func viewSentence(c *PlanCheck) string {
	if c.Rater == c.Progress.Rater {
		return ""
	}
	return fmt.Sprintf("The plan was made from the answers of %s, and these are those of %s: some of the difference may be one of view.",
		raterWords(c.Progress.Rater), raterWords(c.Rater))
}

func progressName(g GoalProgress) string {
	if g.Kind == "gate" {
		return g.Title
	}
	return fmt.Sprintf("%s (%s)", g.Title, g.ID)
}

// seenWords says what the answers show of a goal.
func (b builder) seenWords(s *plan.Seen) string {
	switch {
	case s.State == plan.CannotTell:
		return whyNot[s.Why]
	case s.IsGate:
		return gateSeen(s)
	}
	text := fmt.Sprintf("from level %d to %d", s.Stood, s.Now)
	switch {
	case s.Open:
		text = fmt.Sprintf("level %d, not answered then", s.Now)
	case s.Now == s.Stood:
		text = fmt.Sprintf("still level %d", s.Now)
	}
	switch {
	case s.State != plan.Reached:
		text += fmt.Sprintf(", aim %d", s.To)
	case s.Now > s.To:
		text += fmt.Sprintf(", aim %d", s.To)
	}
	return text
}

func gateSeen(s *plan.Seen) string {
	switch s.State {
	case plan.Reached:
		return "met"
	case plan.NotMoved, plan.Moved, plan.CannotTell:
		if s.Lack != response.LacksNothing {
			return "it " + lackWords(s.Gate, s.Lack)
		}
	}
	return "answered with no"
}

var whyNot = map[plan.Why]string{
	plan.NotAnswered:   "not answered this time",
	plan.NotApplicable: "marked \"no chance in this role\" this time",
	plan.Reworded:      "the question or the level has other words now, so the answers cannot be compared",
	plan.Removed:       "the rubric does not ask this any more",
}

// progressNote says when a goal that is not reached is due, and what a tick is worth.
func progressNote(g GoalProgress) string {
	if g.State == string(plan.Reached) {
		return ""
	}
	note := ""
	switch {
	case g.Due == nil:
	case g.Overdue:
		note = " – was due " + *g.Due
	default:
		note = " – due " + *g.Due
	}
	if g.Ticked {
		note += "; ticked in the plan, but the answer does not say so"
	}
	return note
}

// checkEnd says where the role stands now, and what to do next.
func checkEnd(c *PlanCheck) []string {
	const anew = "A new plan from these answers: pmpath plan SHEET"
	switch {
	case c.Left == nil:
		return []string{fmt.Sprintf("The rubric has no role %s any more.", c.Progress.Target.ID), anew}
	case c.Left.Verdict == "ready":
		return []string{fmt.Sprintf("%s: these answers meet the conditions.", c.Progress.Target.Title)}
	case c.Left.Steps != nil && *c.Left.Steps > 0:
		return []string{fmt.Sprintf("%s: %s, %s left on the shortest path.", c.Progress.Target.Title, verdictWords[c.Left.Verdict], steps(*c.Left.Steps)), anew}
	}
	return []string{fmt.Sprintf("%s: %s.", c.Progress.Target.Title, verdictWords[c.Left.Verdict]), anew}
}

// namesInBlock is how many goals of a kind an assessment names.
const namesInBlock = 5

// planBlockLines are the few lines about a plan within an assessment.
func planBlockLines(p PlanProgress) []string {
	lines := []string{progressSentence(p)}
	for _, state := range []plan.State{plan.Reached, plan.Moved} {
		var names []string
		for _, g := range p.Goals {
			if g.State != string(state) {
				continue
			}
			name := g.Title
			if g.Aim != nil && state == plan.Reached {
				name = fmt.Sprintf("%s to level %d", progressName(g), *g.Aim)
			} else if g.Aim != nil {
				name = fmt.Sprintf("%s to level %d of %d", progressName(g), *g.Now, *g.Aim)
			}
			names = append(names, name)
		}
		if more := len(names) - namesInBlock; more > 0 {
			names = append(names[:namesInBlock], fmt.Sprintf("%d more", more))
		}
		if len(names) > 0 {
			lines = append(lines, upper(stateMarks[string(state)])+": "+strings.Join(names, "; ")+".")
		}
	}
	return append(lines, "Goal by goal: pmpath plan check SHEET")
}
