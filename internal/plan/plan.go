// Package plan turns the shortest path to a role into a development plan, and says later what became of it. [New] gives each step of a path hours, a
// first and a last day, and an order of things to do; [Read] and [ReadMarkdown] take a plan back from a file, and [Look] holds it against the answers of
// the next time.
//
// The package is pure: the day on which a plan starts is handed in, nothing here reads a clock. It decides nothing about readiness, invents no steps – the
// ways to grow are those of the rubric – and never takes a tick in a plan for an answer. How a plan looks in each format is the business of package report.
package plan

import (
	"fmt"

	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Hours a week that a plan may count on. Four are half a working day: at that pace the level that most roles turn on (60 hours in the shipped rubric) is
// a matter of months and not of years, and it is little enough to be kept up beside the job, most of it within the job.
const (
	UsualHours = 4
	MostHours  = 60
)

// assumedHours are planned for a raise in a rubric that states no hours at all: a working week, so that no goal looks free.
const assumedHours = 40

// Plan is a path with a calendar.
type Plan struct {
	Path         *path.Path
	Start        response.Date // its first day
	HoursPerWeek int           // 1 … MostHours
	YearEnds     response.Date // the first day that is on the long horizon: a year after the start
	End          response.Date // the last day of the last goal; the zero value where there is none
	Hours        int           // planned, of all goals
	Goals        []Goal        // short horizon before long, each in the order of the path
	Mix          []Share       // of the kinds that occur, in the order of Kinds
}

// Goal is one step of the path: an item to raise by one level, or a gate to meet.
type Goal struct {
	path.Step
	Stood   int   // level of the item when the plan was made; 0 for a gate
	Planned int   // hours; 0 for a gate
	Basis   Basis // where Planned comes from
	Begins  response.Date
	Due     response.Date // the last day, not before Begins
	Weeks   int           // that Planned is spread over, the first and the last one counted in full; 0 for a gate
	Horizon Horizon
	Actions []Action // what to do, in the rubric's order
}

// Basis says where the hours of a goal come from.
type Basis string

// The bases. A gate has none, as nothing states hours for it.
const (
	Stated  Basis = "stated"  // by the rubric's growth steps
	Dearest Basis = "dearest" // the most that any raise of this rubric takes, as none are stated for this one
	Assumed Basis = "assumed" // the rubric states no hours anywhere
	NoHours Basis = "none"    // a gate
)

// Horizon tells goals due within a year from those due later.
type Horizon string

// The horizons.
const (
	Short Horizon = "short"
	Long  Horizon = "long"
)

// Action is a growth step of the rubric as part of a goal.
type Action struct {
	rubric.Step
	Again bool // an earlier goal of the same competency has it too, for another question
}

// TooLongError is a plan that would go on after the year 9999, which no calendar format can write.
type TooLongError struct{ Hours, HoursPerWeek int }

func (e *TooLongError) Error() string {
	return fmt.Sprintf("a plan of %d hours at %d a week would go on after the year 9999", e.Hours, e.HoursPerWeek)
}

// New plans a path from a day on, with so many hours a week. A path without steps gives a plan without goals. The error is a *TooLongError.
func New(p *path.Path, start response.Date, hoursPerWeek int) (*Plan, error) {
	plan := &Plan{Path: p, Start: start, HoursPerWeek: hoursPerWeek, YearEnds: start.PlusMonths(12)}
	var goals []Goal
	for _, step := range p.Steps {
		goal := Goal{Step: step, Basis: NoHours}
		if step.Raise != nil {
			goal.Stood = stood(goals, step.Raise)
			goal.Planned, goal.Basis = hoursFor(step, p.Result.Sheet.Rubric)
		}
		plan.Hours += goal.Planned
		goals = append(goals, goal)
	}
	if len(goals) == 0 {
		return plan, nil
	}
	if !plan.schedule(goals) {
		return nil, &TooLongError{plan.Hours, hoursPerWeek}
	}
	for _, horizon := range []Horizon{Short, Long} {
		for _, goal := range goals {
			if goal.Horizon == horizon {
				plan.Goals = append(plan.Goals, goal)
			}
		}
	}
	plan.listActions()
	return plan, nil
}

// stood is the level of an item before the first goal about it.
func stood(earlier []Goal, raise *path.Raise) int {
	for _, goal := range earlier {
		if goal.Raise != nil && goal.Raise.Item == raise.Item {
			return goal.Stood
		}
	}
	return raise.From
}

func hoursFor(step path.Step, r *rubric.Rubric) (int, Basis) {
	if step.Hours > 0 {
		return step.Hours, Stated
	}
	if dearest := path.DearestRaise(r); dearest > 0 {
		return dearest, Dearest
	}
	return assumedHours, Assumed
}
