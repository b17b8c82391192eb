package report

import (
	"fmt"
	"strings"

	"github.com/pmpath/pmpath/internal/fraction"
)

// All that an explanation says in words.

const (
	skillsIntro = `A skill's score is the mean of its answers by weight. Of the score, what lies between "from" and "to" counts; counts × weight = points, and "of" is the most that there could be.`
	rangesIntro = "Where there are two figures, the first has every open answer at its lowest and the second at its highest."

	decidingHeading = "Conditions, the one that decides first"
	leastHeading    = "Conditions, the one with least to spare first"
	conditionsIntro = "All must hold. Margin = (held − needs) ÷ of, so that points and levels compare; a gate that is met has 1, one that is not −1."

	stagesHeading  = "Every stage on the way"
	answersHeading = "Down to the answers"
	answersHint    = "pmpath explain SHEET NAME, with a skill, an area, a question or a gate."
)

func explainTitle(s ExplainedStage) string { return verdictTitles[s.Verdict] + " · " + s.Stage.Title }

// deciding is the same as in the report.
func (s ExplainedStage) deciding() string {
	t := Target{Verdict: s.Verdict, Tally: s.Tally, NotAssessed: s.NotAssessed}
	if s.Deciding != nil {
		t.Deciding = &Condition{Title: s.Deciding.Title, Words: s.Deciding.Words, Outcome: s.Deciding.Outcome}
	}
	return decidingSentence(t)
}

// heldSentence says whether the stage is held, and why.
func heldSentence(s ExplainedStage) string {
	before := make([]string, len(s.Before))
	for i, stage := range s.Before {
		before[i] = stage.Title
	}
	all := strings.Join(before, " or ")
	switch {
	case s.Held && len(before) == 0:
		return "By these answers this stage is held: its conditions hold, and nothing comes before it."
	case s.Held && s.Verdict == "ready":
		return fmt.Sprintf("By these answers this stage is held: its conditions hold, and a stage before it is held (%s).", all)
	case s.Held:
		return fmt.Sprintf("By these answers this stage is held: its conditions hold but for gates without an answer, which are left out here, and a stage before it is held (%s).", all)
	case s.Verdict == "ready":
		return fmt.Sprintf("Its conditions hold, but no stage before it is held (%s), and so this one is not held either.", all)
	}
	return "By these answers this stage is not held."
}

// overview is a row for each stage.
func overview(e *Explanation) [][]string {
	rows := [][]string{{"Stage", "verdict", "held", "points", "conditions"}}
	for _, s := range e.Stages {
		held := "no"
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

// inBrackets keeps a range together in a calculation.
func inBrackets(r Range) string {
	if r.Worst.Equal(r.Best.Fraction) {
		return r.Worst.Text()
	}
	return "(" + rangeText(r) + ")"
}

// skillRows add an area up.
func skillRows(a ExplainedArea) [][]string {
	rows := [][]string{{"Skill", "score", "from", "to", "counts", "weight", "points", "of"}}
	for _, c := range a.Criteria {
		if !c.Applicable {
			rows = append(rows, []string{c.Title, "left out", "", "", "", "", "", ""})
			continue
		}
		rows = append(rows, []string{
			c.Title, rangeText(*c.Score), c.From.Text(), c.Level.Text(), rangeText(*c.Counts), fmt.Sprint(c.Weight), rangeText(*c.Points), c.Possible.Text(),
		})
	}
	return rows
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

var outcomeSentences = map[string]string{"holds": "This holds.", "fails": "This does not hold.", "open": "This cannot be told yet."}

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

// conditionsHeading does not promise a deciding condition where the guard for "not applicable" decides.
func conditionsHeading(s ExplainedStage) string {
	if s.Deciding == nil {
		return leastHeading
	}
	return decidingHeading
}

// conditionRows are all conditions, each as a division.
func conditionRows(conditions []ExplainedCondition) [][]string {
	rows := [][]string{{"Condition", "", "held", "needs", "of", "margin"}}
	for _, c := range conditions {
		row := []string{c.Title, conditionStates[c.Outcome], rangeText(c.Held), c.Need.Text(), c.Range.Text(), signedRange(c.Margin)}
		if c.Kind == "gate" {
			row[2], row[3], row[4] = gateStates[c.Outcome], "met", ""
		}
		rows = append(rows, row)
	}
	return rows
}

var conditionStates = map[string]string{"holds": "holds", "fails": "fails", "open": "open"}

// One skill.

func askedSentence(c ExplainedCriterion) string {
	what := fmt.Sprintf("Asked for: level %s, at least %s", c.Level.Text(), c.Floor.Text())
	if c.Must {
		what = fmt.Sprintf("Asked for: level %s, a must-have, at least %s", c.Level.Text(), c.Floor.Text())
	}
	return fmt.Sprintf("%s; weight %d.", what, c.Weight)
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
		fmt.Sprintf("Counts: what of the score lies between %s and %s, which is %s", c.From.Text(), c.Level.Text(), rangeText(*c.Counts)),
		fmt.Sprintf("Points: %s × weight %d = %s of %s", inBrackets(*c.Counts), c.Weight, rangeText(*c.Points), c.Possible.Text()),
		fmt.Sprintf("Floor: (%s − %s) ÷ %d levels = margin %s. %s", rangeText(*c.Score), c.Floor.Text(), c.Levels, signedRange(*c.Margin), outcomeSentence(c.Outcome)),
		fmt.Sprintf("Adds %s to the %s points of %s, and to the %s of all areas.", rangeText(*c.Points), rangeText(a.Points), a.Title, rangeText(s.Fit.Points)),
		lowestWords(c),
	}
}

func lowestWords(c ExplainedCriterion) string {
	if c.Lowest == nil {
		return ""
	}
	return fmt.Sprintf("With \"no chance in this role\" counted as the lowest level: score %s, points %s.", rangeText(c.Lowest.Score), rangeText(c.Lowest.Points))
}

// itemSentences say what an answer is and what another would do.
func itemSentences(i ExplainedItem) []string {
	switch {
	case i.Adds == nil:
		return []string{i.Ask, "Marked \"no chance in this role\": left out, with its weight."}
	case i.Now == nil && i.Decides:
		return []string{i.Ask, "No answer yet. It can still change the verdict."}
	case i.Now == nil:
		return []string{i.Ask, "No answer yet. It cannot change the verdict."}
	}
	return []string{i.Ask, fmt.Sprintf("Level %d: %s", i.Now.Level, i.Now.Text), moreLessSentence(i)}
}

func moreLessSentence(i ExplainedItem) string {
	parts := []string{"One level moves the score by " + i.Moves.Text()}
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
	return fmt.Sprintf("Needed: it is a condition of its own, with margin %s. %s", signedRange(*g.Margin), outcomeSentence(g.Outcome))
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
