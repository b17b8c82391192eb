package report

import (
	"fmt"
	"slices"
	"strings"
)

// All that is said of roles that can follow.

const (
	startingHeading   = "Where people come from, as the rubric's author sees it"
	comparedHeading   = "The same answers by two rubrics"
	carriedHeading    = "What the two rubrics share"
	nextRolesHeading  = "The next roles"
	laterRolesHeading = "Roles after those"
)

func routesTitle(in RoutesIn) string {
	switch {
	case in.From == nil:
		return "Roles to begin with"
	case in.All:
		return "All roles that lie ahead of " + in.From.Title
	}
	return "Roles that can follow " + in.From.Title
}

func rubricName(r Rubric) string { return r.Title + " " + r.Version }

// fromSentence says where the routes start, and where the answers would start them.
func fromSentence(in RoutesIn, rater string) string {
	named := "No role held today is named"
	if in.OtherLadder {
		named = "The role held today is not on this ladder"
	}
	switch {
	case in.From == nil:
		return named + ", and the answers hold none."
	case in.FromAnswers:
		text := fmt.Sprintf("%s; %s is the furthest whose conditions these answers meet.", named, in.From.Title)
		if in.OperatingStage != nil && in.OperatingStage.GatesLeftOut > 0 {
			text += " Gates without an answer are left out of this."
		}
		return text
	}
	return standingSentence(in.RoleNow, in.OperatingStage, rater)
}

func startingHint(sheet string) string {
	return fmt.Sprintf("Against your answers: pmpath routes %s --from NAME", sheet)
}

// moreLines name the commands that say more of one role.
func moreLines(sheet string) []string {
	return []string{
		fmt.Sprintf("One of them step by step: pmpath path %s --target ROLE", sheet),
		fmt.Sprintf("Every condition and sum of one: pmpath explain %s ROLE", sheet),
	}
}

// routeRows are an overview, one role a row: those that follow at once, or those that come later.
func routeRows(routes []RouteTo, next bool) [][]string {
	rows := [][]string{{"Role", "verdict", "points", "steps", "hours"}}
	for _, to := range routes {
		if to.Next == next {
			steps, hours := stepCells(to)
			rows = append(rows, []string{to.Target.Title, verdictWords[to.Verdict], shareCell(to.Fit), steps, hours})
		}
	}
	return rows
}

// notes are about the figures of the overview.
func notes(routes []RouteTo) string {
	const rounded = "Percentages are rounded down."
	if !slices.ContainsFunc(routes, func(to RouteTo) bool { return to.Open > 0 }) {
		return rounded
	}
	return rounded + " Steps and hours count open questions as the lowest level and open gates as not met: answering them first may shorten the paths."
}

func shareCell(s Share) string {
	if s.Possible.Sign() == 0 {
		return "–"
	}
	return percentRange(s.WorstPercent, s.BestPercent)
}

func stepCells(to RouteTo) (steps, hours string) {
	if to.Steps == nil {
		return "no path", "–"
	}
	return fmt.Sprint(*to.Steps), fmt.Sprint(*to.Hours)
}

// comparedRole is a role by its id, with a row for each of two rubrics.
type comparedRole struct {
	title string
	rows  [][]string
}

func comparedRoles(a, b RoutesIn) []comparedRole {
	var roles []comparedRole
	for _, to := range a.Routes {
		roles = append(roles, comparedRole{to.Target.Title, comparedRows(a, b, to.Target.ID)})
	}
	for _, to := range b.Routes {
		if routeNamed(a, to.Target.ID) == nil {
			roles = append(roles, comparedRole{to.Target.Title, comparedRows(a, b, to.Target.ID)})
		}
	}
	return roles
}

func comparedRows(a, b RoutesIn, id string) [][]string {
	rows := [][]string{{"By", "verdict", "points", "steps", "hours"}}
	for _, in := range []RoutesIn{a, b} {
		row := []string{rubricName(in.Rubric), "does not follow there", "", "", ""}
		if to := routeNamed(in, id); to != nil {
			steps, hours := stepCells(*to)
			row = []string{row[0], verdictWords[to.Verdict], shareCell(to.Fit), steps, hours}
		}
		rows = append(rows, row)
	}
	return rows
}

func routeNamed(in RoutesIn, id string) *RouteTo {
	for i := range in.Routes {
		if in.Routes[i].Target.ID == id {
			return &in.Routes[i]
		}
	}
	return nil
}

func routeTitle(to RouteTo) string { return verdictTitles[to.Verdict] + " · " + to.Target.Title }

func routeStands(to RouteTo) string {
	if to.Fit.Possible.Sign() == 0 {
		return tallySentence(to.Tally)
	}
	return fmt.Sprintf("%s of %s points (%s), needs %s (%s %%). %s", rangeText(to.Fit.Points), to.Fit.Possible.Text(),
		percentRange(to.Fit.WorstPercent, to.Fit.BestPercent), to.Fit.Needs.Text(), to.Fit.NeedsPercent.Text(), tallySentence(to.Tally))
}

// routeWay says how far it is.
func routeWay(to RouteTo) []string {
	switch to.Outcome {
	case "holds":
		return []string{holdsSentence(Path{GuardOpen: to.GuardOpen})}
	case "none":
		var lines []string
		for _, block := range to.Blocks {
			lines = append(lines, "No steps lead there: "+block.Words+".")
		}
		return lines
	}
	route := Route{Length: *to.Steps, Hours: *to.Hours, Gates: to.Gates, Unknown: to.Unknown}
	text := fmt.Sprintf("The shortest path: %s, %s. %s", steps(route.Length), hoursWords(route), partsSentence(route))
	if to.Open > 0 {
		text += fmt.Sprintf(" %s not answered yet.", plural(to.Open, "One of the steps is", fmt.Sprintf("%d of the steps are", to.Open)))
	}
	return []string{text}
}

// carriesLines name what holds there already, and how much of it.
func carriesLines(to RouteTo) []string {
	var lines []string
	for _, part := range []struct{ standing, words string }{
		{"holds", "Enough, but below the level asked"}, {"reached", "At the level asked"},
	} {
		var names []string
		for _, c := range to.CarriesOver {
			if c.Standing == part.standing {
				names = append(names, carriedName(c))
			}
		}
		if len(names) > 0 {
			lines = append(lines, fmt.Sprintf("%s (%d of %d skills): %s", part.words, len(names), to.Criteria, strings.Join(names, "; ")))
		}
	}
	if len(to.GatesMet) > 0 {
		lines = append(lines, "Gates met: "+refTitles(to.GatesMet))
	}
	return lines
}

// carriedName gives the figures of a skill where they differ from what is asked.
func carriedName(c Standing) string {
	if c.Standing == "reached" {
		return c.Title
	}
	return fmt.Sprintf("%s (%s, asked %s)", c.Title, rangeText(*c.Score), c.Level.Text())
}

// missingLines name the conditions that do not hold, as many as a page has room for.
func missingLines(to RouteTo, sheet string) []string {
	var fails, open []string
	shown := to.Missing
	if len(shown) > openOnPage+1 { // to name one takes no more room than to say that there is one
		shown = shown[:openOnPage]
	}
	for i, words := range lackingNames(shown) {
		if shown[i].Outcome == "fails" {
			fails = append(fails, words)
		} else {
			open = append(open, words)
		}
	}
	if rest := len(to.Missing) - len(shown); rest > 0 {
		more := fmt.Sprintf("and %d more (pmpath explain %s %s)", rest, sheet, to.Target.ID)
		if len(open) > 0 {
			open = append(open, more)
		} else {
			fails = append(fails, more)
		}
	}
	var lines []string
	if len(fails) > 0 {
		lines = append(lines, "Short: "+strings.Join(fails, "; "))
	}
	if len(open) > 0 {
		lines = append(lines, "Open: "+strings.Join(open, "; "))
	}
	return lines
}

// Starting roles.

func startingLine(role StartingRole) string {
	return fmt.Sprintf("%s: usually brings %s. Usually lacks %s.", role.Title, refTitles(role.Brings), refTitles(role.Lacks))
}

func proofLine(role StartingRole) string {
	if role.FirstProof == "" {
		return ""
	}
	return fmt.Sprintf("Coming from: %s. A first proof: %s", role.Title, role.FirstProof)
}

func refTitles(refs []Ref) string {
	if len(refs) == 0 {
		return "nothing in particular"
	}
	names := make([]string, len(refs))
	for i, ref := range refs {
		names[i] = ref.Title
	}
	return strings.Join(names, "; ")
}

var standingWords = map[string]string{
	"reached": "at the level asked", "holds": "enough, but below the level asked", "open": "not answered yet", "missing": "short", "left_out": "no chance in this role", "not_asked": "not asked here",
}

func startingStandings(to RouteTo) []string {
	var lines []string
	if len(to.Brings) > 0 {
		lines = append(lines, "Usually brought from there, by these answers: "+standingList(to.Brings))
	}
	if len(to.Lacks) > 0 {
		lines = append(lines, "Usually lacking, by these answers: "+standingList(to.Lacks))
	}
	return lines
}

func standingList(list []Standing) string {
	words := make([]string, len(list))
	for i, s := range list {
		words[i] = fmt.Sprintf("%s (%s)", s.Title, standingWords[s.Standing])
		if s.Score != nil {
			words[i] = fmt.Sprintf("%s (%s, asked %s: %s)", s.Title, rangeText(*s.Score), s.Level.Text(), standingWords[s.Standing])
		}
	}
	return strings.Join(words, "; ")
}

// Two rubrics.

func carriedSentence(c CarryOver) string {
	if c.Items+c.Gates == 0 {
		return "No question and no gate has the same id in both, so no answer could be taken over."
	}
	return fmt.Sprintf("%d %s and %d %s have the same id in both; their answers count in both.",
		c.Items, plural(c.Items, "question", "questions"), c.Gates, plural(c.Gates, "gate", "gates"))
}

func carriedLines(c CarryOver, a, b Rubric) []string {
	var lines []string
	for _, part := range []struct {
		words string
		list  []Unmatched
	}{
		{"In other words there, so look whether they mean the same", c.Reworded},
		{"With other levels or no \"no chance in this role\", so not taken over", c.OtherAnswers},
		{"Only in " + rubricName(a), c.OnlyFirst},
		{"Only in " + rubricName(b) + ", so open there", c.OnlySecond},
	} {
		if len(part.list) == 0 {
			continue
		}
		ids := make([]string, len(part.list))
		for i, it := range part.list {
			ids[i] = it.ID
		}
		lines = append(lines, part.words+": "+strings.Join(ids, ", "))
	}
	return lines
}
