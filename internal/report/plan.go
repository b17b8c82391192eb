package report

import (
	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/plan"
	"github.com/pmpath/pmpath/internal/rubric"
)

// PlanReport is a development plan, ready to be printed, and at once the JSON form, which is also what the history keeps and package plan reads.
type PlanReport struct {
	SchemaVersion int     `json:"schema_version"`
	Kind          string  `json:"kind"` // plan
	Rubric        Rubric  `json:"rubric"`
	Respondent    *string `json:"respondent,omitempty"`
	Rater         string  `json:"rater"`
	Date          string  `json:"date"` // of the sheet
	Stage         *Ref    `json:"stage"`
	Target        Ref     `json:"target"`
	Verdict       string  `json:"verdict"`
	Outcome       string  `json:"outcome"` // goals, holds (there is nothing to do) or none
	Wishes        Wishes  `json:"wishes"`

	Start        string      `json:"start"`
	ShortUntil   string      `json:"short_horizon_until"` // the last day within a year of the start
	End          *string     `json:"end"`                 // the last day of the last goal
	HoursPerWeek int         `json:"hours_per_week"`
	Hours        int         `json:"hours"`
	Weeks        int         `json:"weeks"` // that the hours fill
	Goals        []PlanGoal  `json:"goals"`
	Mix          []KindShare `json:"mix"`

	Blocks    []Block `json:"in_the_way"`
	Lift      []Place `json:"wishes_to_lift"`
	GuardOpen bool    `json:"open_questions_may_be_not_applicable"`
	Caution   string  `json:"caution"`

	Kept bool `json:"-"` // in the history, so that nobody need be told how to keep it
}

// PlanGoal is an item to raise by one level, or a gate to meet.
type PlanGoal struct {
	Number     int    `json:"number"`
	Kind       string `json:"kind"` // item or gate
	ID         string `json:"id"`
	Competency *Ref   `json:"competency"` // null for a gate
	Title      string `json:"title"`      // of the gate or the competency
	Ask        string `json:"ask"`
	Open       bool   `json:"open"`     // not answered when the plan was made
	SaidYes    bool   `json:"said_yes"` // a gate said yes to, without all that it needs
	Lacks      string `json:"lacks"`    // what it lacks
	Stood      *int   `json:"stood"`    // level when the plan was made; null for a gate
	Aim        *int   `json:"aim"`      // level; null for a gate
	Words      string `json:"words"`    // a short hash of question and aim, to know them again
	Horizon    string `json:"horizon"`  // short or long

	// What makes it a goal: specific, measurable, achievable, relevant, time-bound.
	From     *Anchor      `json:"from"` // before this goal
	To       *Anchor      `json:"to"`
	Evidence string       `json:"evidence"`
	Needs    string       `json:"needs"` // of a gate: without what a yes does not count; empty for nothing
	Hours    *int         `json:"hours"` // null for a gate
	Basis    string       `json:"hours_basis"`
	Weeks    *int         `json:"weeks"` // null for a gate
	Brings   Amount       `json:"brings"`
	Clears   []Cleared    `json:"clears"`
	Begins   string       `json:"begins"`
	Due      string       `json:"due"`
	Actions  []PlanAction `json:"actions"` // in the rubric's order

	leads bool // it brings nothing yet, but a later goal builds on it
}

// PlanAction is one thing to do.
type PlanAction struct {
	GrowStep
	Again bool `json:"again"` // an earlier goal has it too, for another question of the competency
}

// KindShare is how much of a plan is of one kind.
type KindShare struct {
	Kind    string `json:"kind"`
	Actions int    `json:"actions"`
	Hours   int    `json:"hours"`
}

// NewPlan fixes everything that is said of a plan.
func NewPlan(p *plan.Plan, opts Options) *PlanReport {
	r := p.Path.Result
	b := newBuilder(r.Sheet, opts)
	found := b.path(p.Path)
	report := &PlanReport{
		SchemaVersion: SchemaVersion, Kind: plan.KindOfDocument, Rubric: b.rubric(), Respondent: b.respondent(opts), Rater: string(r.Sheet.Rater), Date: r.Sheet.Date.String(),
		Target: found.Target, Verdict: found.Verdict, Outcome: found.Outcome, Wishes: b.wishes(p.Path.Wishes),
		Start: p.Start.String(), ShortUntil: p.YearEnds.PlusDays(-1).String(), HoursPerWeek: p.HoursPerWeek,
		Hours: p.Hours, Weeks: (p.Hours + p.HoursPerWeek - 1) / p.HoursPerWeek, Goals: []PlanGoal{}, Mix: []KindShare{},
		Blocks: found.Blocks, Lift: found.Lift, GuardOpen: found.GuardOpen, Caution: caution,
	}
	if r.Sheet.Stage != nil {
		report.Stage = b.stage(r.Sheet.Stage)
	}
	if len(p.Goals) == 0 {
		return report
	}
	end := p.End.String()
	report.Outcome, report.End = "goals", &end
	for i := range p.Goals {
		goal := b.planGoal(&p.Goals[i])
		goal.Number, goal.leads = i+1, i+1 < len(p.Goals) && buildsOn(p.Goals[i+1:], p.Goals[i].Raise)
		report.Goals = append(report.Goals, goal)
	}
	for _, share := range p.Mix {
		report.Mix = append(report.Mix, KindShare{share.Kind, share.Actions, share.Hours})
	}
	return report
}

// buildsOn reports whether one of the goals raises the same item further.
func buildsOn(later []plan.Goal, raise *path.Raise) bool {
	for _, g := range later {
		if raise != nil && g.Raise != nil && g.Raise.Item == raise.Item {
			return true
		}
	}
	return false
}

func (b builder) planGoal(g *plan.Goal) PlanGoal {
	step, kept := b.pathStep(g.Step), g.Kept()
	goal := PlanGoal{
		Kind: step.Kind, ID: step.ID, Competency: step.Competency, Title: step.Title, Ask: step.Ask, Open: step.Open, SaidYes: kept.SaidYes, Lacks: step.Lacks,
		Words: kept.Words, Horizon: string(g.Horizon), From: step.From, To: step.To, Evidence: step.Evidence, Basis: string(g.Basis),
		Brings: step.Brings, Clears: step.Clears, Begins: g.Begins.String(), Due: g.Due.String(), Actions: []PlanAction{},
	}
	if g.Gate != nil {
		goal.Needs = needsWords(g.Gate.Gate)
	}
	if g.Raise != nil {
		goal.Stood, goal.Aim, goal.Hours, goal.Weeks = &kept.Stood, &kept.To, &g.Planned, &g.Weeks
	}
	for _, action := range g.Actions {
		goal.Actions = append(goal.Actions, PlanAction{b.growSteps([]rubric.Step{action.Step})[0], action.Again})
	}
	return goal
}
