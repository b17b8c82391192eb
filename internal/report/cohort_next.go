package report

import (
	"fmt"
	"strings"

	"github.com/pmpath/pmpath/internal/disclosure"
)

// cohortNext says what to do with the figures, the nearest success first. Every number in it stands in the report.
func cohortNext(r *CohortReport, extras CohortExtras) []CohortNext {
	next := &cohortSteps{people: extras.People}
	if r.LeftOut.Rows > 0 {
		next.add("mend", "Mend the sheets that were left out", fmt.Sprintf("%d of them; standard error says where and what to do", r.LeftOut.Rows))
	}
	if r.People.N == nil {
		next.oneByOne(r)
		return next.list
	}
	told := len(next.list)
	next.near(r)
	next.growth(r)
	next.gaps(r)
	next.gates(r)
	if len(next.list) == told {
		next.oneByOne(r)
	}
	next.few(r)
	next.sheets(r)
	return next.list
}

type cohortSteps struct {
	list   []CohortNext
	people bool // the run writes a file with a line for each
}

func (n *cohortSteps) add(kind, title, words string) {
	n.list = append(n.list, CohortNext{kind, title, upper(words) + "."})
}

// inFile says where something about each person can be read.
func (n *cohortSteps) inFile(what string) string {
	if n.people {
		return "the file of people says " + what
	}
	return "--people FILE writes " + what + ", a line per person, for you alone"
}

// near is about those who are there, and nearly there.
func (n *cohortSteps) near(r *CohortReport) {
	switch ready := r.Standing.Ready; ready.reason {
	case disclosure.Shown:
		n.add("ready", "Talk about the next role", fmt.Sprintf("%s meet every condition today; %s", persons(*ready.N), n.inFile("who it is")))
	case disclosure.WouldReveal:
		n.add("ready", "Talk about the next role", fmt.Sprintf("%d people or more meet every condition today; %s", ready.AtLeast, n.inFile("who it is")))
	case disclosure.Small:
		n.add("ready", "Look at the few who may be ready", fmt.Sprintf("fewer than %d people meet every condition today, perhaps nobody; %s", r.MinGroup, n.inFile("who it is")))
	default: // nothing can be said
	}
	if near := r.Standing.OneStep.N; near != nil {
		n.add("one_step", "Take the last step", fmt.Sprintf(
			"%s are one answer, one level higher, or one gate away; agree on that step with each: \"pmpath path\" names it", persons(*near)))
	}
}

// growth is one thing that many can do together.
func (n *cohortSteps) growth(r *CohortReport) {
	if len(r.Growth) == 0 {
		return
	}
	g := r.Growth[0]
	for _, other := range r.Growth { // as many people, and the rubric says how
		if other.People == g.People && len(other.Grow) > 0 {
			g = other
			break
		}
	}
	words := fmt.Sprintf("%s would gain from level %d", persons(g.People), g.Level)
	if len(g.Grow) > 0 {
		words += ". " + strings.TrimSuffix(firstStep(g), ".")
	}
	n.add("grow", "Grow together: "+g.Title, words)
}

// gaps names the most common gap where no step says so already.
func (n *cohortSteps) gaps(r *CohortReport) {
	missed := mostMissed(r)
	if len(missed) == 0 || len(r.Growth) > 0 && missed[0].ID == r.Growth[0].ID {
		return
	}
	n.add("gap", "Close the widest gap: "+missed[0].Title, missed[0].Missed.words()+" people miss the level that their next role asks; make it the theme of the next quarter")
}

// gates are facts that work at hand can bring about, and nobody can practise.
func (n *cohortSteps) gates(r *CohortReport) {
	for _, d := range r.Deciding {
		if d.Kind == "gate" {
			n.add("gate", "Give chances: "+d.Title, fmt.Sprintf("for %s this gate decides; look for work that lets them meet it", persons(d.People)))
			return
		}
	}
}

func (n *cohortSteps) few(r *CohortReport) {
	if len(r.Few) == 0 {
		return
	}
	var titles []string
	for _, f := range r.Few {
		if len(titles) == 0 || titles[len(titles)-1] != f.Title {
			titles = append(titles, f.Title)
		}
	}
	n.add("spread", "Spread what few can do", fmt.Sprintf(
		"fewer than %d people reach the level that is asked in %s; let them work in pairs with others, or look outside", r.FewerThan, firstFew(titles, 3)))
}

func firstFew(list []string, most int) string {
	if rest := len(list) - most; rest > 0 {
		return strings.Join(list[:most], ", ") + fmt.Sprintf(" and %d more", rest)
	}
	return strings.Join(list, ", ")
}

func (n *cohortSteps) sheets(r *CohortReport) {
	if r.Standing.NoTarget != nil {
		n.add("target", "Say what to measure against", "some sheets name neither a role nor a stage that another follows; --target STAGE measures everybody against one")
	}
	if r.Sheets.Partial.AtLeast > 0 {
		n.add("finish", "Ask for the open answers", r.Sheets.Partial.words()+" sheets have open questions, which count as the lowest level in every share")
	}
}

// oneByOne is what is left where the figures say nothing.
func (n *cohortSteps) oneByOne(r *CohortReport) {
	words := "the figures of so few people say too much or too little; \"pmpath assess --answers FILE\" shows each person what is missing and what comes first, and " + n.inFile("where each stands")
	if r.MinGroup > 3 {
		words += fmt.Sprintf(". If everybody concerned agrees, --min-group 3 shows groups from 3 people on instead of %d", r.MinGroup)
	}
	n.add("one_by_one", "Talk with each person", words)
	n.add("ask_more", "Ask for more sheets", fmt.Sprintf("from %d people on, a report can say how many stand where", 2*r.MinGroup-1))
}

// mostMissed are the competencies in which people certainly miss the level, most people first.
func mostMissed(r *CohortReport) []CohortCompetency {
	var list []CohortCompetency
	for _, c := range r.Competencies {
		if c.Missed.AtLeast > 0 {
			list = append(list, c)
		}
	}
	return sortedBy(list, func(c CohortCompetency) int { return c.Missed.AtLeast })
}
