package report

import (
	"fmt"
	"strings"

	"github.com/pmpath/pmpath/internal/cohort"
	"github.com/pmpath/pmpath/internal/disclosure"
)

// All that a report of a cohort says in words.

const (
	notSaid      = "(not said)"
	othersHidden = "answers" + space + "–"
	otherWords   = "cannot tell, or not asked"
	otherKey     = "other: cannot tell yet, or not asked of them"
	furtherKey   = "further: three steps or more, cannot tell yet, or no role to measure against"
	allAreas     = "Points over all areas"

	decidesHeading = "What decides for most of those who are not there yet"
	missedHeading  = "Most common gaps"
	skillsHeading  = "Skill by skill, against what each next role asks"
	areasHeading   = "Area by area, against the least share that each next role asks"
	growthHeading  = "Steps that would help most people"
	sheetsHeading  = "How far to trust this"
	whatNext       = "What to do next"
)

// How much a page shows of long lists; programs get everything.
const (
	groupsOnPage   = 20
	missedOnPage   = 5
	decidingOnPage = 5
	growthOnPage   = 5
	fewOnPage      = 8
	placesOnPage   = 10
	hiddenOnPage   = 8
)

func persons(n int) string { return fmt.Sprintf("%d %s", n, plural(n, "person", "people")) }

// cohortTitle names the rubric and how many sheets there were.
func cohortTitle(r *CohortReport) string {
	return r.Rubric.Title + " " + r.Rubric.Version + " · " + peopleWords(r)
}

func peopleWords(r *CohortReport) string {
	if r.People.N == nil {
		return fmt.Sprintf("fewer than %d people", r.MinGroup)
	}
	return persons(*r.People.N)
}

func againstSentence(r *CohortReport) string {
	text := "Measured against the role that each sheet asks about, or that follows the one held today."
	if r.Target != nil {
		text = "Measured against " + r.Target.Title + "."
	}
	if len(r.Filters) == 0 {
		return text
	}
	var only []string
	for _, f := range r.Filters {
		only = append(only, f.Field+" "+f.Value)
	}
	return text + " Only " + strings.Join(only, ", ") + "."
}

// leftOutSentence says first that the figures are not of everybody.
func leftOutSentence(r *CohortReport) string {
	if r.LeftOut.Rows == 0 {
		return ""
	}
	return fmt.Sprintf("%d %s could not be read and %s not counted here. Mend %s and run this again.",
		r.LeftOut.Rows, plural(r.LeftOut.Rows, "sheet", "sheets"), plural(r.LeftOut.Rows, "is", "are"), plural(r.LeftOut.Rows, "it", "them"))
}

// tooFewSentence stands where nothing else may.
func tooFewSentence(r *CohortReport) string {
	return fmt.Sprintf("No figure is shown for fewer than %d people: each could be read off for every one of them.", r.MinGroup)
}

// standingRow is one line of where people stand.
type standingRow struct {
	label, short string
	figure       Figure
}

// standingRows are those of everybody: the parts of the last where they are shown.
func standingRows(s CohortStanding) []standingRow {
	rows := standingColumns(s)
	if s.Other.N == nil || s.Further == nil || s.Further.reason == disclosure.NoSplit {
		return rows
	}
	rows = append(rows[:3], standingRow{"Three steps or more away", "", *s.Further})
	if s.CannotTell != nil {
		rows = append(rows, standingRow{"Cannot tell yet (open questions)", "", *s.CannotTell})
	}
	if s.NoTarget != nil {
		rows = append(rows, standingRow{"No role to measure against", "", *s.NoTarget})
	}
	return rows
}

// standingColumns are those of groups.
func standingColumns(s CohortStanding) []standingRow {
	return []standingRow{
		{"Meets every condition", "ready", s.Ready},
		{"One step away", "1 step", s.OneStep},
		{"Two steps away", "2 steps", s.TwoSteps},
		{"Further away, or cannot tell yet", "further", s.Other},
	}
}

// short is a figure in a column.
func (f Figure) short() string {
	switch f.reason {
	case disclosure.Small:
		return "<" + fmt.Sprint(*f.AtMost+1)
	case disclosure.WouldReveal:
		return fmt.Sprintf("%d+", f.AtLeast)
	case disclosure.NoSplit:
		return "–"
	default:
		return fmt.Sprint(*f.N)
	}
}

// words is a figure in a line of its own.
func (f Figure) words() string {
	switch f.reason {
	case disclosure.Shown:
		return fmt.Sprint(*f.N)
	case disclosure.WouldReveal:
		return fmt.Sprintf("%d or more (the number %s)", f.AtLeast, f.Hidden)
	default:
		return "hidden (" + f.Hidden + ")"
	}
}

// words says how many of all, as exactly as may be said.
func (f PartFigure) words() string {
	switch f.reason {
	case disclosure.Shown:
		return fmt.Sprintf("%d of %d", *f.N, f.Of)
	case disclosure.Small:
		return fmt.Sprintf("fewer than %d of %d", *f.AtMost+1, f.Of)
	case disclosure.WouldReveal:
		return fmt.Sprintf("%d or more of %d", f.AtLeast, f.Of)
	default:
		return "hidden (" + f.Hidden + ")"
	}
}

// manyPeople is from how many people on shares say more than counts.
const manyPeople = 100

// partWords is a count as a share of many people, to the nearest percent, without "0" of some and "100" of not all; empty of few people.
func partWords(n, of int) string {
	percent := (200*n + of) / (2 * of)
	switch {
	case of < manyPeople:
		return ""
	case n > 0 && percent == 0:
		return "<1 %"
	case n < of && percent == 100:
		return ">99 %"
	}
	return fmt.Sprintf("%d %%", percent)
}

func (m MeanFigure) words() string {
	if m.Percent == nil {
		return "hidden (" + m.Hidden + ")"
	}
	return fmt.Sprintf("%d %%", *m.Percent)
}

func (m MeanFigure) short() string {
	if m.Percent == nil {
		return "–"
	}
	return fmt.Sprintf("%d %%", *m.Percent)
}

// splits says whether there are enough people for any answer to be shown.
func (r *CohortReport) splits() bool { return r.People.N != nil && *r.People.N >= 2*r.MinGroup-1 }

func noSplitSentence(r *CohortReport) string {
	if !r.splits() {
		return fmt.Sprintf("Too few to say more (n=%d, needs %d): whatever is said of a part of so few people says something about each.", *r.People.N, 2*r.MinGroup-1)
	}
	return "Hidden (" + r.Standing.Ready.Hidden + "): nearly all stand at one place."
}

func missedSentence(c CohortCompetency) string {
	text := c.Missed.words() + " people"
	if c.Missed.N != nil {
		if share := partWords(*c.Missed.N, c.Missed.Of); share != "" {
			text += " (" + share + ")"
		}
	}
	text += " miss the level that is asked"
	if c.BelowFloor.N != nil {
		text += fmt.Sprintf(", %d by so much that it alone holds them back", *c.BelowFloor.N)
	}
	return text
}

func meanSentence(r *CohortReport) string {
	if r.MeanFit.Percent == nil {
		return ""
	}
	return fmt.Sprintf("Mean share of the points for the next role: %d %%, open questions counted as the lowest level.", *r.MeanFit.Percent)
}

// keySentences explain the signs that a column uses.
func keySentences(k int, uses func(sign string) bool) []string {
	var list []string
	if uses("<") {
		list = append(list, fmt.Sprintf("<%d: hidden (n < %d), perhaps nobody", k, k))
	}
	if uses("+") {
		list = append(list, "+: that many or more; the number would reveal another group")
	}
	if uses("–") {
		list = append(list, "–: hidden; too few people, or it would reveal another group")
	}
	return list
}

func tooFewForMean(people int) string {
	return fmt.Sprintf("too few to say (n=%d, needs %d)", people, cohort.MeanSheets)
}

func groupHeading(g CohortGrouping) string { return "By " + g.By }

// unsplitSentence says how to split a table that only counts.
func unsplitSentence(g CohortGrouping) string {
	return fmt.Sprintf("Only one table is split by readiness, so that no two can be combined; --by %s splits this one.", g.By)
}

func moreGroupsSentence(n int) string {
	return fmt.Sprintf("and %d smaller %s; --format csv has all", n, plural(n, "group", "groups"))
}

func hiddenGroupsSentence(g CohortGrouping, k int) string {
	var small, others []string
	for _, group := range g.Groups {
		switch {
		case group.People.N != nil:
		case group.People.reason == disclosure.WouldReveal:
			others = append(others, group.Title)
		default:
			small = append(small, group.Title)
		}
	}
	var parts []string
	if len(small) > 0 {
		parts = append(parts, fmt.Sprintf("Hidden (n < %d): %s.", k, listWords(small)))
	}
	if len(others) > 0 {
		parts = append(parts, fmt.Sprintf("Hidden (would reveal another group): %s.", listWords(others)))
	}
	return strings.Join(parts, " ")
}

func listWords(list []string) string {
	if rest := len(list) - hiddenOnPage; rest > 0 {
		return strings.Join(list[:hiddenOnPage], ", ") + fmt.Sprintf(" and %d more", rest)
	}
	return strings.Join(list, ", ")
}

// missedWords are what most people of a group miss.
func missedWords(g CohortGroup) string {
	if len(g.Missed) == 0 {
		return ""
	}
	var list []string
	for _, m := range g.Missed[:min(2, len(g.Missed))] {
		list = append(list, fmt.Sprintf("%s (%s)", m.Title, m.People.words()))
	}
	return strings.Join(list, ", ")
}

const missedByGroup = "Missed most: "

var decidingKinds = map[string]string{"fit": "share", "area": "area", "criterion": "skill", "gate": "gate"}

func decidingWords(d CohortDeciding) string {
	if d.Kind == "fit" {
		return d.Title
	}
	return d.Title + " (" + decidingKinds[d.Kind] + ")"
}

func moreDecideSentence(r *CohortReport) string {
	if len(r.Deciding) == 0 {
		return fmt.Sprintf("Hidden: no condition decides for %d people or more, or it would reveal a smaller group.", r.MinGroup)
	}
	return fmt.Sprintf("Further conditions are hidden: each decides for fewer than %d people, or would reveal such a group.", r.MinGroup)
}

func growthWords(g CohortGrowth) string {
	return fmt.Sprintf("%s to level %d, for %s", g.Title, g.Level, persons(g.People))
}

func firstStep(g CohortGrowth) string {
	if len(g.Grow) == 0 {
		return ""
	}
	return stepHeading(g.Grow[0]) + ": " + g.Grow[0].Do
}

func fewHeading(r *CohortReport) string {
	return fmt.Sprintf("Skills that fewer than %d people have at the level the next roles ask", r.FewerThan)
}

func fewWords(f CohortFew) string {
	stages := make([]string, len(f.Stages))
	for i, stage := range f.Stages {
		stages[i] = stage.Title
	}
	return fmt.Sprintf("%s at level %s (asked by %s)", f.Title, f.Level.Text(), listWords(stages))
}

func sheetSentences(s CohortSheets) []string {
	var list []string
	for _, part := range []struct {
		figure PartFigure
		words  string
	}{
		{s.Partial, "sheets have open questions"},
		{s.Stale, "rest on evidence that is older than its question looks back"},
		{s.Unverified, "have answers at one of the two highest levels without evidence"},
	} {
		text := part.figure.words()
		list = append(list, upper(text)+" "+part.words+".")
	}
	return list
}

// cohortNotes are what a reader should know to read the figures rightly.
func cohortNotes(r *CohortReport, extras CohortExtras) []string {
	notes := []string{}
	if r.anyHidden {
		notes = append(notes, fmt.Sprintf(
			"Groups and counts of fewer than %d people are hidden, 0 too, and others where subtraction would give them away. "+
				"This lowers the risk of recognition and does not make anybody anonymous. Reports of the same people at other times or by other groups, put side by side, can reveal more.", r.MinGroup))
	}
	if extras.People {
		notes = append(notes, "The file with a line per person hides nothing of anybody: keep it to those who may see it.")
	}
	return notes
}
