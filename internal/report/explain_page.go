package report

import (
	"fmt"
	"io"
	"strings"
)

// ExplainText prints the chain for people: whole, or what was named.
func ExplainText(w io.Writer, e *Explanation, layout Layout) error {
	p := &page{Layout: layout}
	p.para("", e.Rubric.Title+" "+e.Rubric.Version+" · "+e.Date)
	p.blocks(e.blocks())
	_, err := io.WriteString(w, p.String())
	return err
}

// ExplainMarkdown prints the chain for a pull request or a page.
func ExplainMarkdown(w io.Writer, e *Explanation) error {
	m := &strings.Builder{}
	markdownBlocks(m, e.blocks())
	fmt.Fprintf(m, "\n%s %s, %s.\n\n_%s_\n", e.Rubric.Title, e.Rubric.Version, e.Date, e.Caution)
	_, err := io.WriteString(w, m.String())
	return err
}

func (e *Explanation) blocks() blocks {
	var b blocks
	if e.Respondent != nil {
		b.para(*e.Respondent)
	}
	if e.Route {
		b.title("", stagesHeading)
		b.table(overview(e)...)
		b.para(standingSentence(e.RoleNow, e.OperatingStage, e.Rater))
	}
	for _, s := range e.Stages {
		b.title(s.Verdict, explainTitle(s))
		b.para(tallySentence(s.Tally))
		if len(e.Named) == 0 {
			short, open := s.lacking()
			b.para(short)
			b.para(open)
			b.para(s.deciding())
		}
		if e.Route {
			b.para(heldSentence(s))
		}
		if len(e.Named) > 0 {
			for _, place := range e.Named {
				b.named(place, s)
			}
		} else if len(s.Areas)+len(s.Gates) > 0 {
			b.chain(s, e.sheetFile)
		}
	}
	return b
}

// chain is everything that leads to the verdict of a stage.
func (b *blocks) chain(s ExplainedStage, sheet string) {
	b.heading("Skills to points")
	b.para(skillsIntro(s.weighted()))
	b.para(answersHint(sheet))
	for _, line := range openSentences(s) {
		b.para(line)
	}
	for _, area := range s.Areas {
		b.area(area, s.weighted())
	}
	if len(s.Areas) > 0 {
		b.heading(fitTitle)
		b.table(areaRows(s)...)
		b.para(sumSentence(s.Fit))
		b.para(whySentence(s.Fit))
	}
	b.leftOut(s)
	b.heading(conditionsHeading)
	b.para(conditionsIntro)
	b.table(conditionRows(s.Conditions)...)
	if helpful := helpfulGates(s); len(helpful) > 0 {
		b.heading("Helpful gates, not required")
		for _, gate := range helpful {
			b.entry(gateLine(gate))
		}
	}
	b.open(s)
}

func (b *blocks) area(a ExplainedArea, weighted bool) {
	b.heading(a.Title)
	b.spareTable(answersColumn, skillRows(a, weighted)...)
	b.para(sumSentence(a.ExplainedSum))
	b.para(assessedSentence(a))
}

func (b *blocks) leftOut(s ExplainedStage) {
	lines := leftOut(s)
	if len(lines) == 0 {
		return
	}
	b.heading("Marked \"no chance in this role\"")
	for _, line := range lines {
		b.entry(line)
	}
	b.para(lowestSentence(Target{Verdict: s.Verdict, WithLowest: s.WithLowest}))
}

func (b *blocks) open(s ExplainedStage) {
	if len(s.OpenQuestions) == 0 {
		return
	}
	b.heading(openHeading(Target{OpenQuestions: s.OpenQuestions}))
	for _, question := range s.OpenQuestions[:min(openOnPage, len(s.OpenQuestions))] {
		b.entry(question.Ask)
	}
	if rest := len(s.OpenQuestions) - openOnPage; rest > 0 {
		b.entry(fmt.Sprintf("and %d more", rest))
	}
}

func helpfulGates(s ExplainedStage) []ExplainedGate {
	var gates []ExplainedGate
	for _, gate := range s.Gates {
		if !gate.Hard {
			gates = append(gates, gate)
		}
	}
	return gates
}

func gateLine(g ExplainedGate) string {
	text := g.Title + ": " + gateStates[g.Outcome]
	if note := gateNote(g.Gate); note != "" {
		text += " – " + note
	}
	return text
}

// gateState is gateLine below the question of the gate, which it need not repeat.
func gateState(g ExplainedGate) string {
	if g.Outcome == "open" {
		g.Ask = ""
		if g.Evidence != "" {
			g.Ask = "what to show: " + g.Evidence
		}
	}
	return gateLine(g)
}

// named is what a stage makes of one place.
func (b *blocks) named(place Place, s ExplainedStage) {
	switch place.Kind {
	case "gate":
		for _, gate := range s.Gates {
			if gate.ID == place.ID {
				b.heading(gate.Title + " (" + gate.ID + ")")
				b.para(gate.Ask)
				b.para(gateState(gate))
				b.para(gateMarginSentence(gate))
				return
			}
		}
	case "area":
		for _, area := range s.Areas {
			if area.ID == place.ID {
				b.area(area, s.weighted())
				b.para(marginSentence(area.ExplainedSum))
				b.para(whySentence(area.ExplainedSum))
				return
			}
		}
	default:
		for _, area := range s.Areas {
			for _, c := range area.Criteria {
				if c.has(place) {
					b.skill(c, area, s, place)
					return
				}
			}
		}
	}
	b.heading(upper(placeName(place)))
	b.para(notAskedSentence(place, s))
}

func (c ExplainedCriterion) has(place Place) bool {
	if place.Kind == "competency" {
		return c.ID == place.ID
	}
	for _, item := range c.Items {
		if item.ID == place.ID {
			return true
		}
	}
	return false
}

// skill leads from the answers of a skill to its points; of its questions those that were asked about are told whole.
func (b *blocks) skill(c ExplainedCriterion, a ExplainedArea, s ExplainedStage, place Place) {
	b.heading(c.Title + " (" + c.ID + ")")
	b.para(askedSentence(c))
	b.para(whyAskedSentence(c))
	b.table(itemRows(c)...)
	for _, line := range chainSentences(c, a, s) {
		b.entry(line)
	}
	same := ""
	if place.Kind != "item" {
		same = moreLessOfAll(c)
		b.entry(same)
	}
	for _, item := range c.Items {
		if place.Kind != "item" || item.ID == place.ID {
			b.heading(c.Title + ": " + item.ID)
			for _, line := range itemSentences(item, same != "") {
				b.para(line)
			}
		}
	}
}
