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

const caution = "A questionnaire describes what people say they do. Use it to talk and to plan; never decide pay or promotion on it alone."

var verdictTitles = map[string]string{
	"ready":        "MEETS THE CONDITIONS",
	"not_ready":    "NOT YET",
	"undetermined": "CANNOT TELL YET",
}

// standsSentence says whose answers they are, and how many of the conditions they meet.
func standsSentence(rater string, t Target) string {
	you := rater == string(response.Self)
	switch {
	case t.Tally.All == 0 && you:
		return fmt.Sprintf("By your own answers nothing is short for %s: it has no conditions.", t.Stage.Title)
	case t.Tally.All == 0:
		return fmt.Sprintf("By the answers of %s nothing is short for %s: it has no conditions.", raterWords(rater), t.Stage.Title)
	}
	what := fmt.Sprintf("%s that this rubric sets for %s", someConditions(t.Tally), t.Stage.Title)
	if you {
		return "By your own answers you meet " + what + restWords(t.Tally)
	}
	return fmt.Sprintf("By the answers of %s, %s %s met%s", raterWords(rater), what, plural(t.Tally.Hold, "is", "are"), restWords(t.Tally))
}

func someConditions(t Tally) string {
	switch {
	case t.Hold == t.All && t.All == 1:
		return "the one condition"
	case t.Hold == t.All:
		return fmt.Sprintf("all %d conditions", t.All)
	}
	return fmt.Sprintf("%d of the %d %s", t.Hold, t.All, plural(t.All, "condition", "conditions"))
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

// tallySentence counts the conditions and says that all are needed.
func tallySentence(t Tally) string {
	switch {
	case t.All == 0:
		return "This role has no conditions."
	case t.Hold == t.All:
		return fmt.Sprintf("All %d %s.", t.All, plural(t.All, "condition holds", "conditions hold"))
	}
	return fmt.Sprintf("%d of %d conditions %s%s", t.Hold, t.All, plural(t.Hold, "holds", "hold"), restWords(t))
}

// restWords end a sentence about the conditions that hold.
func restWords(t Tally) string {
	var parts []string
	if t.Fails > 0 {
		parts = append(parts, fmt.Sprintf("%d %s short", t.Fails, plural(t.Fails, "is", "are")))
	}
	if t.Open > 0 {
		parts = append(parts, fmt.Sprintf("%d %s open", t.Open, plural(t.Open, "is", "are")))
	}
	if len(parts) == 0 {
		return "."
	}
	return "; " + strings.Join(parts, " and ") + ". All are needed."
}

// shortLine and openLine name the conditions that do not hold, or not for certain.
func shortLine(list []Lacking) string {
	return lackingLine(plural(len(list), "Short", "Short, the largest gap first"), list)
}
func openLine(list []Lacking) string { return lackingLine("Open", list) }

func lackingLine(label string, list []Lacking) string {
	if len(list) == 0 {
		return ""
	}
	return label + ": " + someOf(lackingNames(list)) + "."
}

// someOf lists names, as many as a page has room for.
func someOf(names []string) string {
	if len(names) <= openOnPage+1 { // to name one more takes no more room than to say that there is one
		return strings.Join(names, "; ")
	}
	return fmt.Sprintf("%s; and %d more", strings.Join(names[:openOnPage], "; "), len(names)-openOnPage)
}

func lackingNames(list []Lacking) []string {
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = fmt.Sprintf("%s (%s)", c.Title, c.Brief)
	}
	return names
}

// decidingSentence is about the condition with the least to spare, or about the guard that decides in place of the conditions. Conditions that do not hold
// are named by shortLine and openLine.
func decidingSentence(t Target) string {
	switch {
	case t.Verdict == "undetermined" && len(t.NotAssessed) > 0:
		return fmt.Sprintf("Too much of %s is marked \"no chance in this role\" to say more.", strings.Join(t.NotAssessed, ", "))
	case t.Deciding == nil && t.Verdict == "undetermined":
		return "Open questions may still be marked \"no chance in this role\", and then too little would be left to go by."
	case t.Verdict == "ready" && t.Deciding != nil:
		return "Least to spare: " + t.Deciding.Title + ", " + t.Deciding.Words + "."
	}
	return ""
}

func shareWords(points Range, possible fraction.Fraction, c *readiness.Condition) string {
	return fmt.Sprintf("%s of %s points (%s), needs %s (%s %%)",
		rangeText(points), possible.Text(), percentRange(c.Held.Worst.Percent(), c.Held.Best.Percent()), c.Need.Mul(possible).Text(), c.Need.Mul(fraction.Int(100)).Text())
}

func levelWords(c *readiness.Condition) string {
	return fmt.Sprintf("level %s, needs %s", rangeText(rangeOf(c.Held)), c.Need.Text())
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

// briefWords are what stands in brackets behind the name of a condition.
func briefWords(c *readiness.Condition) string {
	switch {
	case c.Kind == readiness.CriterionCondition:
		return levelWords(c)
	case c.Kind != readiness.GateCondition:
		return fmt.Sprintf("%s, needs %s %%", percentRange(c.Held.Worst.Percent(), c.Held.Best.Percent()), c.Need.Mul(fraction.Int(100)).Text())
	case c.Gate.Outcome == readiness.Open:
		return "gate not answered yet"
	case c.Gate.Outcome == readiness.Holds:
		return "gate met"
	case c.Gate.Lack != response.LacksNothing:
		return "gate " + strings.TrimPrefix(lackWords(c.Gate.Gate, c.Gate.Lack), "was ")
	}
	return "gate not met yet"
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
		return fmt.Sprintf("%s away; %d if %s.", steps(worst.All), best.All, t.openWords(true))
	case t.Verdict == "not_ready" && worst != nil:
		return fmt.Sprintf("%s away: %s.", steps(worst.All), stepParts(worst))
	case t.Verdict == "ready" && worst != nil && worst.Answers != nil:
		return fmt.Sprintf("It would take at least %s, each one level lower, to change this.", answers(*worst.Answers))
	case t.Verdict == "ready":
		return "No lower answer could change this."
	case t.Verdict == "undetermined" && worst != nil:
		return fmt.Sprintf("If %s, it is %s away.", t.openWords(false), steps(worst.All))
	}
	return ""
}

// openWords say how everything that is open may turn out: gates are met or not, questions have levels.
func (t Target) openWords(well bool) string {
	met, level := "not met", "lowest"
	if well {
		met, level = "met", "highest"
	}
	gates, questions := 0, 0
	for _, gate := range t.Gates {
		if gate.Hard && gate.Outcome == "open" {
			gates++
		}
	}
	for _, c := range t.Criteria {
		questions += c.Open
	}
	var parts []string
	if gates > 0 {
		parts = append(parts, fmt.Sprintf("the open %s out %s", plural(gates, "gate turns", "gates turn"), met))
	}
	if questions > 0 {
		parts = append(parts, fmt.Sprintf("the open %s %s level", plural(questions, "question turns out at its", "questions turn out at their"), level))
	}
	return strings.Join(parts, " and ")
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

func steps(n int) string { return fmt.Sprintf("%d %s", n, plural(n, "step", "steps")) }
func questions(n int) string {
	return fmt.Sprintf("%d %s", n, plural(n, "question", "questions"))
}
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

// itemsSentence counts the answers behind the report: to questions, and to the gates of the role.
func itemsSentence(i Items, t Target) string {
	text := fmt.Sprintf("%d of %d questions answered", i.Answered, i.All)
	if len(t.Gates) > 0 {
		text = fmt.Sprintf("%d of %d questions and %d of %d %s answered", i.Answered, i.All, t.GatesAnswered, len(t.Gates), plural(len(t.Gates), "gate", "gates"))
	}
	var rest []string
	if i.NotApplicable > 0 {
		rest = append(rest, fmt.Sprintf("%s marked \"no chance in this role\"", questions(i.NotApplicable)))
	}
	if open := i.Open - i.NotAsked; open > 0 {
		rest = append(rest, questions(open)+" open")
	}
	if i.NotAsked > 0 {
		rest = append(rest, questions(i.NotAsked)+" not asked")
	}
	if len(rest) > 0 {
		text += "; " + strings.Join(rest, ", ")
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

func operatingSentence(o *Operating) string {
	if o == nil {
		return ""
	}
	text := fmt.Sprintf("The furthest role whose conditions these answers meet is %s", o.Title)
	if o.GatesLeftOut > 0 {
		text += fmt.Sprintf("; %d of its needed gates %s not answered and left out of this", o.GatesLeftOut, plural(o.GatesLeftOut, "is", "are"))
	}
	return text + "."
}

// standingSentence says what the answers say of the role held today, where one is named and they reach no further; and else, how far they reach.
func standingSentence(now *RoleNow, o *Operating, rater string) string {
	switch {
	case now == nil || now.Further:
		return operatingSentence(o)
	case o != nil && o.ID == now.Stage.ID && o.GatesLeftOut == 0:
		return ""
	}
	text := fmt.Sprintf("For %s, the role held now, ", now.Stage.Title)
	if rater == string(response.Self) {
		text = fmt.Sprintf("For %s, your role now, ", now.Stage.Title)
	}
	switch n := len(now.Short); {
	case n == 0 && len(now.Open) == 0:
		return text + "all conditions hold."
	case n == 0:
		text += "nothing is short"
	case n == 1:
		text += "one condition is short: " + lackingNames(now.Short)[0]
	case n <= 3:
		text += fmt.Sprintf("%d conditions are short: %s", n, strings.Join(lackingNames(now.Short), "; "))
	default: // the report is about another role
		text += fmt.Sprintf("%d conditions are short, most of all %s", n, lackingNames(now.Short)[0])
	}
	if len(now.Open) > 0 {
		text += "; " + openCount(now.Open)
	}
	return text + "."
}

// openCount calls gates so where nothing else is open.
func openCount(list []Lacking) string {
	n, gates := len(list), 0
	for _, c := range list {
		if c.Kind == "gate" {
			gates++
		}
	}
	if gates == n {
		return fmt.Sprintf("%d %s open", n, plural(n, "gate is", "gates are"))
	}
	return fmt.Sprintf("%d %s open", n, plural(n, "condition is", "conditions are"))
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

func stepHeading(s GrowStep) string { return fmt.Sprintf("Begin with (%s, %d h)", s.Kind, s.Hours) }

const gatesHeading = "Gates (yes or no, with proof)"

var gateStates = map[string]string{"holds": "met", "fails": "not met", "open": "open"}

// gateNote says what is asked of a gate that is open, what is needed of one that is not met, or what it rests on.
func gateNote(g Gate) string {
	switch {
	case g.Outcome == "holds" && g.Kind != "" && g.When != "":
		return fmt.Sprintf("%s, %s", g.Kind, g.When)
	case g.Outcome == "holds":
		return g.Kind
	case g.Outcome == "open":
		return g.Ask
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
	return evidenceSentence(fmt.Sprintf("Evidence to add to %s at one of the two highest levels (%s all the same)",
		answers(len(items)), plural(len(items), "it counts", "they count")), items)
}

func staleSentence(items []Item) string {
	return evidenceSentence(fmt.Sprintf("Evidence to renew, as it is older than the question looks back (%s all the same)",
		plural(len(items), "the answer counts", "the answers count")), items)
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
