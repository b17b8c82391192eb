package report

import (
	"fmt"
	"strings"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// All that a report says in words. Sentences speak of conditions, never of the person.

const caution = "A questionnaire describes what people say they do. Use it to talk and to plan, not alone to decide pay or promotion."

var verdictTitles = map[string]string{
	"ready":        "MEETS THE CONDITIONS",
	"not_ready":    "NOT YET",
	"undetermined": "CANNOT TELL YET",
}

// verdictSentence says whose answers they are and what follows from them.
func verdictSentence(rater, verdict, stage string) string {
	you := rater == string(response.Self)
	switch {
	case verdict == "ready" && you:
		return fmt.Sprintf("By your own answers you meet the conditions that this rubric sets for %s.", stage)
	case verdict == "ready":
		return fmt.Sprintf("By the answers of %s, the conditions that this rubric sets for %s are met.", raterWords(rater), stage)
	case verdict == "not_ready" && you:
		return fmt.Sprintf("By your own answers you do not yet meet the conditions that this rubric sets for %s.", stage)
	case verdict == "not_ready":
		return fmt.Sprintf("By the answers of %s, the conditions that this rubric sets for %s are not yet met.", raterWords(rater), stage)
	}
	return fmt.Sprintf("What has been answered does not settle whether the conditions for %s are met.", stage)
}

func raterWords(rater string) string {
	switch rater {
	case string(response.Manager):
		return "a manager"
	case string(response.Peer):
		return "a peer"
	case string(response.Report):
		return "a report"
	}
	return "the person"
}

// tallySentence counts the conditions and says that all must hold.
func tallySentence(t Tally) string {
	switch {
	case t.All == 0:
		return "This role asks nothing, so nothing stands in the way."
	case t.Hold == t.All:
		return fmt.Sprintf("All %d conditions hold; all must.", t.All)
	}
	parts := []string{fmt.Sprintf("%d of %d conditions %s", t.Hold, t.All, plural(t.Hold, "holds", "hold"))}
	if t.Open > 0 {
		parts = append(parts, fmt.Sprintf("%d %s open", t.Open, plural(t.Open, "is", "are")))
	}
	if t.Fails > 0 {
		parts = append(parts, fmt.Sprintf("%d %s not", t.Fails, plural(t.Fails, "does", "do")))
	}
	return strings.Join(parts, ", ") + "; all must."
}

// decidingSentence introduces the condition with the smallest margin.
func decidingSentence(t Target) string {
	switch {
	case t.Verdict == "undetermined" && len(t.NotAssessed) > 0:
		return fmt.Sprintf("Too much of %s is marked \"no chance in this role\" to say more.", strings.Join(t.NotAssessed, ", "))
	case t.Deciding == nil && t.Verdict == "undetermined":
		return "All conditions hold, but open questions may still be marked \"no chance in this role\", and then too little would be left to go by."
	case t.Deciding == nil:
		return ""
	}
	switch t.Deciding.Outcome {
	case "fails":
		if t.Tally.Fails == 1 {
			return "One condition decides: " + t.Deciding.Title + ", " + t.Deciding.Words + "."
		}
		return "Furthest from its mark: " + t.Deciding.Title + ", " + t.Deciding.Words + "."
	case "open":
		return "Most depends on: " + t.Deciding.Title + ", " + t.Deciding.Words + "."
	}
	return "Closest to its mark: " + t.Deciding.Title + ", " + t.Deciding.Words + "."
}

func shareWords(points Range, possible fraction.Fraction, c *readiness.Condition) string {
	return fmt.Sprintf("%s of %s points (%s), needs %s (%s %%)",
		rangeText(points), possible.Text(), percentRange(c.Held.Worst.Percent(), c.Held.Best.Percent()), c.Need.Mul(possible).Text(), c.Need.Mul(fraction.Int(100)).Text())
}

func levelWords(c *readiness.Condition) string {
	return fmt.Sprintf("level %s, needs at least %s", rangeText(rangeOf(c.Held)), c.Need.Text())
}

func gateWords(g *readiness.GateResult) string {
	switch {
	case g.Outcome == readiness.Open:
		return "a gate that is not answered yet"
	case g.Outcome == readiness.Holds:
		return "a gate that is met"
	case g.Lack != response.LacksNothing:
		return "a gate that " + lackWords(g.Gate, g.Lack)
	}
	return "a gate that is not met yet"
}

// lackWords completes "the gate …".
func lackWords(g *rubric.Gate, lack response.Lack) string {
	switch lack {
	case response.LacksKind:
		return "was answered with yes, but without " + kindWords(g.Kinds)
	case response.LacksDate:
		return "was answered with yes, but without the date of its evidence"
	case response.LacksRecently:
		return fmt.Sprintf("was answered with yes, but with evidence older than %d months", g.Within)
	case response.LacksNothing:
	}
	return ""
}

var evidenceWords = map[string]string{
	string(response.Artifact): "something to show",
	string(response.ByPeer):   "somebody who confirms it",
	string(response.BySelf):   "one's own word",
}

func kindWords(kinds []string) string {
	words := make([]string, len(kinds))
	for i, kind := range kinds {
		words[i] = evidenceWords[kind]
	}
	return strings.Join(words, " or ")
}

// stepsSentence says how far it is to the other verdict, and from where it is counted.
func stepsSentence(t Target) string {
	worst, best := t.Steps.Worst, t.Steps.Best
	switch {
	case t.Borderline != nil:
		return borderlineSentence(t)
	case t.Verdict == "not_ready" && worst != nil && best != nil && worst.All != best.All:
		return fmt.Sprintf("%s away if every open answer turns out at its highest, %s if at its lowest.", steps(best.All), steps(worst.All))
	case t.Verdict == "not_ready" && worst != nil:
		return fmt.Sprintf("%s away at the least: %s.", steps(worst.All), stepParts(worst))
	case t.Verdict == "ready" && worst != nil && worst.Answers != nil:
		return fmt.Sprintf("It would take at least %s, each one level lower, to change this.", answers(*worst.Answers))
	case t.Verdict == "ready":
		return "No lower answer could change this."
	case t.Verdict == "undetermined" && worst != nil:
		return fmt.Sprintf("With every open answer at its lowest it would be %s away.", steps(worst.All))
	}
	return ""
}

func borderlineSentence(t Target) string {
	return fmt.Sprintf("One answer, one level, decides this: %q at %d instead of %d would reverse it.", t.Borderline.Ask, t.Borderline.To, t.Borderline.From)
}

func stepParts(s *StepCount) string {
	var parts []string
	if s.Gates > 0 {
		parts = append(parts, fmt.Sprintf("%d %s to meet", s.Gates, plural(s.Gates, "gate", "gates")))
	}
	if rest := s.All - s.Gates; rest > 0 {
		parts = append(parts, fmt.Sprintf("%d %s of one level", rest, plural(rest, "raise", "raises")))
	}
	return strings.Join(parts, " and ")
}

func steps(n int) string   { return fmt.Sprintf("%d %s", n, plural(n, "step", "steps")) }
func answers(n int) string { return fmt.Sprintf("%d %s", n, plural(n, "answer", "answers")) }

func points(a Amount) string {
	text := a.Text()
	switch {
	case text == "1":
		return "1 point"
	case a.Cmp(fraction.Int(1)) < 0 && strings.Contains(text, "/"):
		return text + " of a point"
	}
	return text + " points"
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

var verdictWords = map[string]string{"ready": "meets the conditions", "not_ready": "not yet", "undetermined": "cannot tell yet"}

// lowestSentence says what the answers "not applicable" do to the verdict.
func lowestSentence(t Target) string {
	if t.WithLowest == nil {
		return ""
	}
	would := "the same"
	if *t.WithLowest != t.Verdict {
		would = verdictWords[*t.WithLowest]
	}
	return fmt.Sprintf("With every \"no chance in this role\" counted as the lowest level, the verdict would be: %s.", would)
}

// itemsSentence counts the answers behind the report.
func itemsSentence(i Items) string {
	text := fmt.Sprintf("%d of %d questions answered", i.Answered, i.All)
	if i.NotApplicable > 0 {
		text += fmt.Sprintf(", %d marked \"no chance in this role\"", i.NotApplicable)
	}
	if open := i.Open - i.NotAsked; open > 0 {
		text += fmt.Sprintf(", %d open", open)
	}
	if i.NotAsked > 0 {
		text += fmt.Sprintf(", %d not asked", i.NotAsked)
	}
	return text + "."
}

// stoppedSentence tells of an interview that ended before the last question. A verdict that stands does so whatever the rest would have been.
func stoppedSentence(i Items, verdict string) string {
	switch {
	case i.NotAsked == 0:
		return ""
	case verdict == "undetermined":
		return "The interview was stopped early."
	}
	return fmt.Sprintf("Stopped after %d of %d questions: no answer to the rest could change this verdict.", i.All-i.NotAsked, i.All)
}

func operatingSentence(o *Operating, stage *Ref) string {
	if o == nil || stage != nil && o.ID == stage.ID && o.GatesLeftOut == 0 {
		return ""
	}
	text := fmt.Sprintf("The furthest stage whose conditions these answers meet is %s", o.Title)
	if o.GatesLeftOut > 0 {
		text += fmt.Sprintf("; %d of its needed gates %s not answered and left out of this", o.GatesLeftOut, plural(o.GatesLeftOut, "is", "are"))
	}
	return text + "."
}

func rangeText(r Range) string {
	if r.Worst.Equal(r.Best.Fraction) {
		return r.Worst.Text()
	}
	return r.Worst.Text() + " to " + r.Best.Text()
}

func percentRange(worst, best int64) string {
	if worst == best {
		return fmt.Sprintf("%d %%", worst)
	}
	return fmt.Sprintf("%d to %d %%", worst, best)
}

// gapHeading names a gap: have → need, and what it is worth.
func gapHeading(g Gap) string {
	return fmt.Sprintf("%s → %s · %s", rangeText(g.Score), g.Level.Text(), strings.Join(gapNotes(g), " · "))
}

// spokenGapHeading is gapHeading without signs that are heard badly.
func spokenGapHeading(g Gap) string {
	return fmt.Sprintf("level %s, asked for %s, %s", rangeText(g.Score), g.Level.Text(), strings.Join(gapNotes(g), ", "))
}

func gapNotes(g Gap) []string {
	var notes []string
	if g.Must {
		notes = append(notes, "must-have")
	}
	if g.BelowFloor {
		notes = append(notes, fmt.Sprintf("below its floor of %s", g.Floor.Text()))
	}
	return append(notes, "brings "+points(g.Brings))
}

func stepHeading(s GrowStep) string { return fmt.Sprintf("First step (%s, %d h)", s.Kind, s.Hours) }

var gateStates = map[string]string{"holds": "met", "fails": "missing", "open": "open"}

// gateNote says what is needed of a gate that is not met, or what it rests on.
func gateNote(g Gate) string {
	switch {
	case g.Outcome == "holds" && g.Kind != "" && g.When != "":
		return fmt.Sprintf("%s, %s", g.Kind, g.When)
	case g.Outcome == "holds":
		return g.Kind
	case g.Lacks != "":
		return g.Lacks
	case g.Evidence != "":
		return "what to show: " + g.Evidence
	}
	return ""
}

func gateUse(g Gate) string {
	if g.Hard {
		return "needed"
	}
	return "helpful"
}

func gapTitle(t Target) string {
	return fmt.Sprintf("Gaps towards %s: %s", t.Stage.Title, verdictWords[t.Verdict])
}

const gapsHeading = "What is missing, what brings most first"

func openHeading(t Target) string {
	n := len(t.OpenQuestions)
	return fmt.Sprintf("Still open: %d %s that can change this", n, plural(n, "question", "questions"))
}

func unverifiedSentence(items []Item) string {
	return evidenceSentence("Not verified, as answered at one of the two highest levels without evidence", items)
}

func staleSentence(items []Item) string {
	return evidenceSentence("Stale, as the evidence is older than the question looks back", items)
}

func evidenceSentence(what string, items []Item) string {
	if len(items) == 0 {
		return ""
	}
	ids := make([]string, len(items))
	for i, item := range items {
		ids[i] = item.ID
	}
	return fmt.Sprintf("%s: %s.", what, strings.Join(ids, ", "))
}
