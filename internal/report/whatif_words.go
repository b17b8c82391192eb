package report

import (
	"fmt"
	"strings"

	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// All that a comparison says in words.

const (
	whatIfTitle   = "What if"
	noChange      = "Nothing: the sheet says this already."
	movedHeading  = "Conditions that change"
	noneMoves     = "None."
	nothingStored = "Nothing was saved. Percentages are rounded down."
)

func levelOrState(a response.Answer) string {
	level, ok := a.Level()
	switch {
	case ok:
		return fmt.Sprintf("level %d", level)
	case a.IsNotApplicable():
		return "no chance in this role"
	}
	return "open"
}

func gateAnswerWords(a response.GateAnswer, gate *rubric.Gate, day response.Date) string {
	switch {
	case a.State == response.GateOpen:
		return "open"
	case a.State == response.GateNo:
		return "not met"
	case a.Missing(gate, day) != response.LacksNothing:
		return "yes, without the evidence it needs"
	}
	return "met"
}

func verdictState(t Target) string {
	if t.Verdict == "undetermined" && len(t.NotAssessed) > 0 {
		return fmt.Sprintf("%s: too much of %s is marked \"no chance in this role\"", verdictWords[t.Verdict], strings.Join(t.NotAssessed, ", "))
	}
	return verdictWords[t.Verdict]
}

func holdWords(t Tally) string {
	text := fmt.Sprintf("%d of %d", t.Hold, t.All)
	if t.Open > 0 {
		text += fmt.Sprintf(", %d open", t.Open)
	}
	return text
}

// awayWords counts the steps to ready.
func awayWords(t Target) string {
	switch {
	case t.Verdict == "ready":
		return "none"
	case len(t.NotAssessed) > 0:
		return fmt.Sprintf("no steps lead there: too much of %s is marked \"no chance in this role\"", strings.Join(t.NotAssessed, ", "))
	case t.Steps.Worst == nil:
		return "not known"
	case t.Verdict == "undetermined":
		return fmt.Sprintf("%d if %s", t.Steps.Worst.All, t.openWords(false))
	case t.Steps.Best.All != t.Steps.Worst.All:
		return fmt.Sprintf("%d (%d if %s)", t.Steps.Worst.All, t.Steps.Best.All, t.openWords(true))
	}
	return fmt.Sprint(t.Steps.Worst.All)
}

func pointsWords(s Share) string {
	if s.Possible.Sign() == 0 {
		return "nothing that applies"
	}
	return fmt.Sprintf("%s of %s (%s)", rangeText(s.Points), s.Possible.Text(), percentRange(s.WorstPercent, s.BestPercent))
}

// scoreWords are the level of a skill.
func scoreWords(c Criterion) string {
	if c.Score == nil {
		return "left out"
	}
	return "level " + rangeText(*c.Score)
}

var outcomeWords = map[string]string{"holds": "holds", "fails": "short", "open": "open"}

// conditionState says whether a condition holds; nil is one that does not apply.
func conditionState(c *Condition) string {
	if c == nil {
		return "does not apply"
	}
	if c.Kind == "gate" {
		return strings.TrimPrefix(c.brief, "gate ")
	}
	return outcomeWords[c.Outcome] + " (" + c.brief + ")"
}

// staySentence counts the conditions that do not change, and names those of them that do not hold.
func staySentence(c Compared) string {
	text := fmt.Sprintf("%d other %s as %s.", c.Same, plural(c.Same, "condition stays", "conditions stay"), plural(c.Same, "it is", "they are"))
	for _, still := range []struct {
		words string
		names []string
	}{{"Still short", c.Short}, {"Still open", c.Open}} {
		if len(still.names) > 0 {
			text += fmt.Sprintf(" %s: %s.", still.words, someOf(still.names))
		}
	}
	return text
}
