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
	nothingStored = "This was a try: nothing is stored, and the sheet is as it was."
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
		return fmt.Sprintf("%d with open answers at their lowest", t.Steps.Worst.All)
	case t.Steps.Best.All != t.Steps.Worst.All:
		return fmt.Sprintf("%d to %d, as open answers turn out", t.Steps.Best.All, t.Steps.Worst.All)
	}
	return fmt.Sprint(t.Steps.Worst.All)
}

func pointsWords(s Share) string {
	if s.Possible.Sign() == 0 {
		return "nothing that applies"
	}
	return fmt.Sprintf("%s of %s (%s)", rangeText(s.Points), s.Possible.Text(), percentRange(s.WorstPercent, s.BestPercent))
}

var outcomeWords = map[string]string{"holds": "holds", "fails": "does not hold", "open": "cannot be told yet"}

// conditionState says whether a condition holds; nil is one that does not apply.
func conditionState(c *Condition) string {
	if c == nil {
		return "does not apply"
	}
	return outcomeWords[c.Outcome] + " (" + c.Words + ")"
}

func staySentence(same int) string {
	return fmt.Sprintf("%d other %s as %s.", same, plural(same, "condition stays", "conditions stay"), plural(same, "it is", "they are"))
}
