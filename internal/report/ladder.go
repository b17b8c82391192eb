package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// Ladder prints the stages in order: what each asks, and where it leads.
func Ladder(w io.Writer, r *rubric.Rubric, stages []*rubric.Stage, layout Layout) error {
	p := &page{Layout: layout}
	p.para("", sanitize.Line(r.Title)+" "+r.Version)
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

// Stage prints what a stage is and everything that it asks, with the reasons.
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
		p.rises(before, stage)
	}
	p.criteria(stage)
	p.stageGates(stage)
	if len(stage.Criteria) > 0 {
		p.heading("Who meets the conditions")
		p.para("  ", ruleWords(r))
	}
	_, err := io.WriteString(w, p.String())
	return err
}

// rises says how a stage differs from one before it: what it asks more of, what it asks less of, and gates that it has and the other has not.
func (p *page) rises(before, stage *rubric.Stage) {
	if len(before.Criteria) == 0 {
		return
	}
	var more, less, gates []string
	for _, criterion := range stage.Criteria {
		held, title := "–", sanitize.Line(criterion.Competency.Title)
		old := before.Criterion(criterion.Competency)
		if old != nil {
			held = old.Level.Text()
		}
		change := fmt.Sprintf("%s %s → %s", title, held, criterion.Level.Text())
		switch {
		case old == nil || old.Level.Cmp(criterion.Level) < 0:
			more = append(more, change)
		case old.Level.Cmp(criterion.Level) > 0:
			less = append(less, change)
		case old.Floor.Cmp(criterion.Floor) < 0:
			more = append(more, title+" becomes a must-have")
		}
	}
	for _, gate := range stage.Gates {
		if !slices.ContainsFunc(before.Gates, func(g rubric.StageGate) bool { return g.Gate == gate.Gate }) {
			gates = append(gates, sanitize.Line(gate.Gate.Title))
		}
	}
	p.heading("Compared with " + sanitize.Line(before.Title))
	p.para("  Asks more: ", strings.Join(more, "; "))
	p.para("  Asks less: ", strings.Join(less, "; "))
	p.para("  New gates: ", strings.Join(gates, "; "))
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

func ruleWords(r *rubric.Rubric) string {
	return fmt.Sprintf("All of this must hold: at least %d %% of all points, at least %d %% of the points in each area, no competency below the level in brackets, every needed gate met.",
		r.Rule.ReadyAt.At.Percent(), r.Rule.AreaFloor.At.Percent())
}
