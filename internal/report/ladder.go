package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// Ladder prints how the stages lead on from each other, then each of them in order: what it asks, and where it leads.
func Ladder(w io.Writer, r *rubric.Rubric, stages []*rubric.Stage, layout Layout) error {
	p := &page{Layout: layout}
	p.para("", p.bold(sanitize.Line(r.Title)+" "+r.Version))
	p.routes(stages)
	for _, stage := range stages {
		p.heading(sanitize.Line(stage.Title) + " (" + stage.ID + ")")
		p.para("  ", sanitize.Line(stage.About))
		p.para("  Asks: ", asksWords(stage))
		if len(stage.Next) > 0 {
			p.para("  Leads to: ", strings.Join(stageIDs(stage.Next), ", "))
		}
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func stageIDs(stages []*rubric.Stage) []string {
	ids := make([]string, len(stages))
	for i, stage := range stages {
		ids[i] = stage.ID
	}
	return ids
}

func asksWords(stage *rubric.Stage) string {
	if len(stage.Criteria) == 0 && len(stage.Gates) == 0 {
		return "nothing; everybody can start here"
	}
	musts, hard := 0, 0
	for _, criterion := range stage.Criteria {
		if criterion.Must {
			musts++
		}
	}
	for _, gate := range stage.Gates {
		if gate.Hard {
			hard++
		}
	}
	return fmt.Sprintf("%d %s, %d of them %s; %d needed %s, %d helpful", len(stage.Criteria), plural(len(stage.Criteria), "competency", "competencies"),
		musts, plural(musts, "a must-have", "must-haves"), hard, plural(hard, "gate", "gates"), len(stage.Gates)-hard)
}

// Stage prints what a stage is and everything that it asks, with the reasons, and how it differs from each stage before it.
func Stage(w io.Writer, r *rubric.Rubric, stage *rubric.Stage, layout Layout) error {
	p := &page{Layout: layout}
	p.para("", p.bold(sanitize.Line(stage.Title)+" ("+stage.ID+")"))
	p.para("Also called: ", sanitize.Line(strings.Join(stage.Aliases, ", ")))
	p.para("", sanitize.Line(stage.About))
	p.para("Comes after: ", strings.Join(stageIDs(stage.Before), ", "))
	p.para("Leads to: ", strings.Join(stageIDs(stage.Next), ", "))
	if len(stage.Duties) > 0 {
		p.heading("What the role does")
		for _, duty := range stage.Duties {
			p.para("  - ", sanitize.Line(duty))
		}
	}
	p.entryRoles(stage)
	for _, before := range stage.Before {
		p.compared(before, stage)
	}
	p.criteria(stage)
	p.stageGates(stage)
	if len(stage.Criteria) > 0 {
		p.heading("Who meets the conditions")
		p.para("  ", ruleWords(r, stage))
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func (p *page) entryRoles(stage *rubric.Stage) {
	if len(stage.EntryRoles) == 0 {
		return
	}
	p.heading("Where people come from")
	for _, role := range stage.EntryRoles {
		p.para("  ", p.bold(sanitize.Line(role.Title)))
		p.para("    Usually brings: ", titles(role.Brings))
		p.para("    Usually lacks: ", titles(role.Lacks))
		p.para("    A first proof: ", sanitize.Line(role.FirstProof))
	}
}

func titles(competencies []*rubric.Competency) string {
	names := make([]string, len(competencies))
	for i, c := range competencies {
		names[i] = sanitize.Line(c.Title)
	}
	return strings.Join(names, "; ")
}

func (p *page) criteria(stage *rubric.Stage) {
	var area *rubric.Area
	for _, criterion := range stage.Criteria {
		if criterion.Competency.Area != area {
			area = criterion.Competency.Area
			p.heading(sanitize.Line(area.Title))
		}
		text := fmt.Sprintf("%s: level %s", sanitize.Line(criterion.Competency.Title), criterion.Level.Text())
		if criterion.Must {
			text += fmt.Sprintf(", a must-have (at least %s)", criterion.Floor.Text())
		} else {
			text += fmt.Sprintf(" (at least %s)", criterion.Floor.Text())
		}
		p.para("  ", text)
		p.para("    ", sanitize.Line(criterion.Why))
	}
}

func (p *page) stageGates(stage *rubric.Stage) {
	if len(stage.Gates) == 0 {
		return
	}
	p.heading("Gates")
	for _, g := range stage.Gates {
		p.para("  ", fmt.Sprintf("%s (%s)", sanitize.Line(g.Gate.Ask), gateUse(Gate{Hard: g.Hard})))
		p.para("    What to show: ", sanitize.Line(g.Gate.Evidence))
	}
}

func ruleWords(r *rubric.Rubric, stage *rubric.Stage) string {
	return fmt.Sprintf("All of this must hold: at least %s of all points, %s, no competency below the level in brackets, every needed gate met.",
		share(r.Rule.ReadyAt.At), areaWords(r, stage))
}

// areaWords names the areas of the stage that have a floor of their own.
func areaWords(r *rubric.Rubric, stage *rubric.Stage) string {
	words := fmt.Sprintf("at least %s of the points in each area", share(r.Rule.AreaFloor.At))
	var own []string
	for _, area := range r.Areas {
		asked := slices.ContainsFunc(stage.Criteria, func(c *rubric.Criterion) bool { return c.Competency.Area == area })
		if asked && !area.Floor.At.Equal(r.Rule.AreaFloor.At) {
			own = append(own, share(area.Floor.At)+" in "+sanitize.Line(area.Title))
		}
	}
	if len(own) > 0 {
		words += " (" + strings.Join(own, ", ") + ")"
	}
	return words
}
