package report

import (
	"fmt"
	"strings"

	"github.com/pmpath/pmpath/internal/fraction"
)

// All that an explanation says in words.

const (
	rangesIntro = "An open answer is shown as ?. Where there are two figures, the first has every open answer at its lowest and the second at its highest."

	conditionsHeading = "Conditions: the short ones, then the open ones, the lowest margin first"
	conditionsIntro   = `Margin = (have − needs) ÷ of, rounded down. "of" is the most points possible, or how many levels a skill has above its lowest; a gate that is met has 1, one that is not −1.`

	stagesHeading = "Every role on the way"
)

// skillsIntro says how a skill counts.
func skillsIntro(weighted bool) string {
	times := ""
	if weighted {
		times = " × weight"
	}
	return `A skill is asked about twice: its score, the mean of its answers, must reach the floor, and it adds points. A score at "from" or below adds none, one at "to" or above all that "of" says, one between them (score − from)` + times + ". Percentages are rounded down."
}

// answersHint names the command that leads down to the answers.
func answersHint(sheet string) string {
	return fmt.Sprintf("The answers behind a skill: pmpath explain %s SKILL", sheet)
}

func explainTitle(s ExplainedStage) string { return verdictTitles[s.Verdict] + " · " + s.Stage.Title }

// deciding is the same as in the report.
func (s ExplainedStage) deciding() string {
	t := Target{Verdict: s.Verdict, Tally: s.Tally, NotAssessed: s.NotAssessed}
	if s.Deciding != nil {
		t.Deciding = &Condition{Title: s.Deciding.Title, Words: s.Deciding.Words, Outcome: s.Deciding.Outcome}
	}
	return decidingSentence(t)
}

// lines that name the conditions which do not hold.
func (s ExplainedStage) lacking() (short, open string) {
	var fails, unsure []Lacking
	for _, c := range s.Conditions {
		it := Lacking{c.Kind, c.ID, c.Title, c.Outcome, c.Words, c.Brief}
		switch c.Outcome {
		case "fails":
			fails = append(fails, it)
		case "open":
			unsure = append(unsure, it)
		}
	}
	return shortLine(fails), openLine(unsure)
}

// heldSentence says why the role is reached, or is not although its conditions hold; where they do not, that is said already.
func heldSentence(s ExplainedStage) string {
	before := make([]string, len(s.Before))
	for i, stage := range s.Before {
		before[i] = stage.Title
	}
	all := strings.Join(before, " or ")
	switch {
	case s.Held && s.Tally.All == 0 && len(before) == 0:
		return ""
	case s.Held && len(before) == 0:
		return "Reached: its conditions hold, and no role comes before it."
	case s.Held && s.Verdict == "ready":
		return fmt.Sprintf("Reached: its conditions hold, and a role before it is reached (%s).", all)
	case s.Held:
		return fmt.Sprintf("Reached but for gates without an answer: its other conditions hold, and a role before it is reached (%s).", all)
	case s.Verdict == "ready":
		return fmt.Sprintf("Its conditions hold, but no role before it is reached yet (%s), and so this one is not either.", all)
	}
	return ""
}

// overview is a row for each stage.
func overview(e *Explanation) [][]string {
	rows := [][]string{{"Role", "verdict", "reached", "points", "conditions"}}
	for _, s := range e.Stages {
		held := "not yet"
		if s.Held {
			held = "yes"
		}
		rows = append(rows, []string{s.Stage.Title, verdictWords[s.Verdict], held, overviewShare(s.Fit), fmt.Sprintf("%d of %d", s.Tally.Hold, s.Tally.All)})
	}
	return rows
}

func overviewShare(s ExplainedSum) string {
	if s.Possible.Sign() == 0 {
		return "–"
	}
	return percentRange(s.WorstPercent, s.BestPercent)
}

// signed is a number with a real minus sign.
func signed(a Amount) string {
	if a.Sign() < 0 {
		return "−" + a.Neg().Text()
	}
	return a.Text()
}

func signedRange(r Range) string {
	if r.Worst.Equal(r.Best.Fraction) {
		return signed(r.Worst)
	}
	return signed(r.Worst) + " to " + signed(r.Best)
}

// decimals are easier to compare by eye than fractions. They are those of the JSON form, which has the exact number beside them.
func decimals(r Range) string {
	one := func(a Amount) string { return strings.Replace(a.Decimal(4), "-", "−", 1) }
	if r.Worst.Equal(r.Best.Fraction) {
		return one(r.Worst)
	}
	return one(r.Worst) + " to " + one(r.Best)
}

// inBrackets keeps a range together in a calculation.
func inBrackets(r Range) string {
	if r.Worst.Equal(r.Best.Fraction) {
		return r.Worst.Text()
	}
	return "(" + rangeText(r) + ")"
}

// Columns of the skills table that a narrow page leaves out, or that say nothing.
const (
	answersColumn = "answers"
	weightColumn  = "weight"
)

// skillRows add an area up. Where weighted is false, every weight is 1 and no column says so.
func skillRows(a ExplainedArea, weighted bool) [][]string {
	head := []string{"Skill", answersColumn, "score", "floor", "from", "to", weightColumn, "points", "of"}
	rows := [][]string{head}
	for _, c := range a.Criteria {
		row := make([]string, len(head))
		row[0], row[2] = c.Title, "left out"
		if c.Applicable {
			row = []string{
				c.Title, answersCell(c), rangeText(*c.Score), c.Floor.Text(), c.From.Text(), c.Level.Text(), fmt.Sprint(c.Weight), rangeText(*c.Points), c.Possible.Text(),
			}
		}
		rows = append(rows, row)
	}
	if !weighted {
		rows = withoutColumn(rows, weightColumn)
	}
	return rows
}

// weighted is true where some skill weighs more than 1.
func (s ExplainedStage) weighted() bool {
	for _, a := range s.Areas {
		for _, c := range a.Criteria {
			if c.Weight != 1 {
				return true
			}
		}
	}
	return false
}

// answersCell is the sum that the score is made of, before it is divided by the weights.
func answersCell(c ExplainedCriterion) string {
	var parts []string
	for _, item := range c.Items {
		level := "?"
		switch {
		case item.Adds == nil:
			continue
		case item.Now != nil:
			level = fmt.Sprint(item.Now.Level)
		}
		if item.Weight != 1 {
			level += "×" + fmt.Sprint(item.Weight)
		}
		parts = append(parts, level)
	}
	return strings.Join(parts, "+")
}

// areaRows add the areas up.
func areaRows(s ExplainedStage) [][]string {
	rows := [][]string{{"Area", "points", "of"}}
	for _, a := range s.Areas {
		rows = append(rows, []string{a.Title, rangeText(a.Points), a.Possible.Text()})
	}
	return rows
}

// sumSentence turns points into a share and compares it.
func sumSentence(s ExplainedSum) string {
	if s.Possible.Sign() == 0 {
		return "Nothing of it applies, so it is no condition."
	}
	return fmt.Sprintf("Sum: %s of %s points = %s (%s); needs %s %% = %s points. %s",
		rangeText(s.Points), s.Possible.Text(), rangeText(s.Held), percentRange(s.WorstPercent, s.BestPercent), s.NeedsPercent.Text(), s.Needs.Text(),
		outcomeSentence(s.Outcome))
}

// whySentence gives the author's reason for a cut.
func whySentence(s ExplainedSum) string {
	if s.Why == "" || s.Possible.Sign() == 0 {
		return ""
	}
	return fmt.Sprintf("Why %s %%: %s", s.NeedsPercent.Text(), s.Why)
}

var outcomeSentences = map[string]string{"holds": "This holds.", "fails": "This is short.", "open": "This is open."}

func outcomeSentence(outcome string) string { return outcomeSentences[outcome] }

// assessedSentence is about what is left where some of an area is not applicable.
func assessedSentence(a ExplainedArea) string {
	if a.Assessed.Equal(fraction.Int(1)) {
		return ""
	}
	text := fmt.Sprintf("What is marked \"no chance in this role\" leaves %s of %d of its weight (%s); at least %s must be left.",
		a.WeightLeft.Text(), a.Weight, a.Assessed.Text(), a.AssessedNeeds.Text())
	if a.NotAssessed {
		text += " That is too little to say that the conditions are met."
	}
	return text
}

// conditionRows are all conditions, each as a division.
func conditionRows(conditions []ExplainedCondition) [][]string {
	rows := [][]string{{"Condition", "", "have", "needs", "of", "margin"}}
	for _, c := range conditions {
		row := []string{c.Title, conditionStates[c.Outcome], rangeText(c.Held), c.Need.Text(), c.Range.Text(), decimals(c.Margin)}
		if c.Kind == "gate" {
			row[2], row[3], row[4], row[5] = gateStates[c.Outcome], "met", "", signedRange(c.Margin)
		}
		rows = append(rows, row)
	}
	return rows
}

var conditionStates = map[string]string{"holds": "holds", "fails": "short", "open": "open"}

// One skill.

func askedSentence(c ExplainedCriterion) string {
	must := ""
	if c.Must {
		must = "a must-have: "
	}
	return fmt.Sprintf("Full points at level %s, none at %s or below; %smust reach %s; weight %d.", c.Level.Text(), c.From.Text(), must, c.Floor.Text(), c.Weight)
}

// whyAskedSentence gives the author's reason for what is asked of a skill.
func whyAskedSentence(c ExplainedCriterion) string {
	if c.Why == "" {
		return ""
	}
	return "Why: " + c.Why
}

func itemRows(c ExplainedCriterion) [][]string {
	rows := [][]string{{"Question", "level", "weight", "level × weight"}}
	for _, item := range c.Items {
		row := []string{item.ID, "", fmt.Sprint(item.Weight), ""}
		switch {
		case item.Adds == nil:
			row = []string{item.ID, "no chance", "left out", ""}
		case item.Now != nil:
			row[1], row[3] = fmt.Sprint(item.Now.Level), item.Adds.Worst.Text()
		default:
			row[1], row[3] = "open", rangeText(*item.Adds)
		}
		rows = append(rows, row)
	}
	if c.Applicable {
		rows = append(rows, []string{"Sum", "", fmt.Sprint(c.ItemWeight), rangeText(*c.Sum)})
	}
	return rows
}

// chainSentences lead from the answers of a skill to its points and its floor.
func chainSentences(c ExplainedCriterion, a ExplainedArea, s ExplainedStage) []string {
	if !c.Applicable {
		return []string{"Nothing of it applies, so it counts nowhere.", lowestWords(c)}
	}
	return []string{
		fmt.Sprintf("Score: %s ÷ %d = %s", inBrackets(*c.Sum), c.ItemWeight, rangeText(*c.Score)),
		countsSentence(c),
		fmt.Sprintf("Points: %s × weight %d = %s of %s", inBrackets(*c.Counts), c.Weight, rangeText(*c.Points), c.Possible.Text()),
		fmt.Sprintf("Must reach %s: (%s − %s) ÷ %d levels = margin %s. %s",
			c.Floor.Text(), inBrackets(*c.Score), c.Floor.Text(), c.Levels, signedRange(*c.Margin), outcomeSentence(c.Outcome)),
		fmt.Sprintf("These points are among the %s of %s and the %s of all areas.", rangeText(a.Points), a.Title, rangeText(s.Fit.Points)),
		lowestWords(c),
	}
}

// countsSentence says how much of the score lies between "from" and "to".
func countsSentence(c ExplainedCriterion) string {
	from, to, counts := c.From.Text(), c.Level.Text(), rangeText(*c.Counts)
	switch {
	case c.Score.Best.Cmp(c.From.Fraction) <= 0:
		return fmt.Sprintf("Counts: %s, as the score is not above %s", counts, from)
	case c.Score.Worst.Cmp(c.Level.Fraction) >= 0:
		return fmt.Sprintf("Counts: %s − %s = %s, as nothing above %s counts", to, from, counts, to)
	case c.Score.Worst.Cmp(c.From.Fraction) >= 0 && c.Score.Best.Cmp(c.Level.Fraction) <= 0:
		return fmt.Sprintf("Counts: %s − %s = %s", inBrackets(*c.Score), from, counts)
	}
	return fmt.Sprintf("Counts: what of the score lies between %s and %s, which is %s", from, to, counts)
}

func lowestWords(c ExplainedCriterion) string {
	if c.Lowest == nil {
		return ""
	}
	return fmt.Sprintf("With \"no chance in this role\" counted as the lowest level: score %s, points %s.", rangeText(c.Lowest.Score), rangeText(c.Lowest.Points))
}

// itemSentences say what an answer is and, unless that is told already, what another would do.
func itemSentences(i ExplainedItem, told bool) []string {
	switch {
	case i.Adds == nil:
		return []string{i.Ask, "Marked \"no chance in this role\": left out, with its weight."}
	case i.Now == nil && i.Decides:
		return []string{i.Ask, "No answer yet. It can still change the verdict."}
	case i.Now == nil:
		return []string{i.Ask, "No answer yet. It cannot change the verdict."}
	}
	lines := []string{i.Ask, fmt.Sprintf("Level %d: %s", i.Now.Level, i.Now.Text)}
	if told {
		return lines
	}
	return append(lines, moreLessSentence(i, "One level"))
}

// moreLessOfAll says once what is the same for every answer of a skill; it is empty where the answers differ in it.
func moreLessOfAll(c ExplainedCriterion) string {
	text := ""
	for i, item := range c.Items {
		if item.Now == nil {
			return ""
		}
		this := moreLessSentence(item, "In each answer, one level")
		if i > 0 && this != text {
			return ""
		}
		text = this
	}
	if len(c.Items) < 2 {
		return ""
	}
	return text
}

func moreLessSentence(i ExplainedItem, who string) string {
	parts := []string{who + " moves the score by " + i.Moves.Text()}
	if i.More != nil {
		parts = append(parts, "one more brings "+points(*i.More))
	}
	if i.Less != nil {
		parts = append(parts, "one less costs "+points(*i.Less))
	}
	return strings.Join(parts, "; ") + "."
}

func notAskedSentence(p Place, s ExplainedStage) string {
	return fmt.Sprintf("%s does not ask about %s.", s.Stage.Title, placeName(p))
}

func marginSentence(s ExplainedSum) string {
	if s.Margin == nil {
		return ""
	}
	return fmt.Sprintf("Margin: (%s − %s) ÷ %s = %s", rangeText(s.Points), s.Needs.Text(), s.Possible.Text(), signedRange(*s.Margin))
}

func gateMarginSentence(g ExplainedGate) string {
	if g.Margin == nil {
		return "Only helpful: it is no condition."
	}
	return fmt.Sprintf("Needed: it is a condition of its own, with margin %s.", signedRange(*g.Margin))
}

// Open answers and what is left out.

func openSentences(s ExplainedStage) []string {
	if s.Open == 0 {
		return nil
	}
	text := fmt.Sprintf("%d of the questions behind these skills %s no answer.", s.Open, plural(s.Open, "has", "have"))
	if len(s.OpenQuestions) == 0 {
		text += " No answer to them can change the verdict."
	}
	return []string{text + " " + rangesIntro}
}

// leftOut are the answers "not applicable" with what they do.
func leftOut(s ExplainedStage) []string {
	var lines []string
	for _, a := range s.Areas {
		for _, c := range a.Criteria {
			for _, item := range c.Items {
				if item.Adds == nil {
					lines = append(lines, fmt.Sprintf("%s (%s): left out with its weight, %d of %d. %s", item.ID, c.Title, item.Weight, c.AllWeight, lowestWords(c)))
				}
			}
		}
	}
	return lines
}
