package main

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/history"
	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/plan"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/report"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/sanitize"
)

const planLong = `Make a development plan from the shortest path to a role. Each step of the path is a
goal: what exactly to reach (the next level in words, or a gate), how it shows (the
evidence), how it fits your time, what it is for (points and conditions), and when it
is due.

Raises are planned one after the other, in the order of the path, with the hours that
the rubric states for them. A goal is due on the last day of the week in which its
last hour falls; weeks count from --start. Gates run beside them and take none of the
hours: they are due after half a year, or later where their evidence would otherwise
be too old by the end. Goals due within a year come first.

--hours-per-week is 4 where you say nothing: half a working day, most of it work that
can be done as part of a job. A raise for which the rubric states no hours is planned
with the most that it states for any.

What there is to do comes from the rubric: practice, mentors, network, courses,
certificates, in its order. The wishes --by, --not, --keep and --at-most are those of
pmpath path.

  --format markdown    to edit and tick, and for pull requests
  --format csv         for spreadsheets, a row for each goal
  --format ical        for calendars: an entry for the day on which a goal is due
  --format json        for programs, and for plan check

--store keeps the plan in your history. After the next assessment, pmpath plan check
says which goals are reached, which moved and which did not; assess says it in short.`

const planExample = `  pmpath plan me.yaml --target senior-pm
  pmpath plan me.yaml --hours-per-week 6 --start 2027-01-04 --format markdown -o plan.md
  pmpath plan me.yaml --format ical -o plan.ics
  pmpath plan me.yaml --store
  pmpath plan check later.yaml`

type planOptions struct {
	sheet string
	selection
	wishOptions
	start        string
	hoursPerWeek int
	store        bool
	output
}

func newPlanCmd(e *env, run func(*env, *planOptions) error) *cobra.Command {
	opts := &planOptions{}
	cmd := &cobra.Command{
		Use: "plan SHEET", Short: "Make a development plan from an answer sheet", Long: planLong, Example: planExample,
		Args: arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			opts.sheet = args[0]
			return run(e, opts)
		},
	}
	opts.selection.flags(cmd)
	cmd.Flags().Lookup("target").Usage = "the role to plan for; to be named where several can follow"
	cmd.Flags().StringVar(&opts.start, "start", "", "the first day of the plan, such as 2027-01-04; today where left out")
	cmd.Flags().IntVar(&opts.hoursPerWeek, "hours-per-week", plan.UsualHours, "the hours a week that you can put in, 1 to "+strconv.Itoa(plan.MostHours))
	opts.wishOptions.flags(cmd)
	cmd.Flags().BoolVar(&opts.store, "store", false, "keep the plan in the history, for the next assessment to look at")
	opts.output.flags(cmd, "text", "markdown", "csv", "ical", "json")
	cmd.AddCommand(newPlanCheckCmd(e))
	return cmd
}

func runPlan(e *env, opts *planOptions) error {
	if opts.hoursPerWeek < 1 || opts.hoursPerWeek > plan.MostHours {
		return withHint(usage("--hours-per-week: %d is not possible", opts.hoursPerWeek), "use a number from 1 to "+strconv.Itoa(plan.MostHours))
	}
	start, err := e.dayAsked("--start", opts.start, time.Local)
	if err != nil {
		return err
	}
	sheet, err := e.readSheet(opts.sheet)
	if err != nil {
		return err
	}
	target, err := opts.selection.one(sheet)
	if err != nil {
		return err
	}
	wishes, err := opts.wishOptions.in(sheet.Rubric)
	if err != nil {
		return err
	}
	made, err := plan.New(path.Find(readiness.Evaluate(sheet, target), wishes), start, opts.hoursPerWeek)
	if err != nil {
		return withHint(usageError{err}, "start earlier, or put in more hours a week")
	}
	if len(made.Goals) == 0 && (opts.store || e.settings.Format == "ical") {
		return e.nothingToPlan(made)
	}
	if opts.store {
		if err := e.storePlan(made); err != nil {
			return err
		}
	}
	return e.deliver(opts.file, e.renderPlan(made, opts.output, opts.store))
}

// nothingToPlan is for what needs a goal: a calendar may not be empty, and there is nothing to look at later.
func (e *env) nothingToPlan(p *plan.Plan) error {
	if p.Path.Ready {
		return answerNo{fmt.Sprintf("%s: nothing to plan, as all its conditions hold", p.Path.Result.Target.ID)}
	}
	return answerNo{fmt.Sprintf("%s: there is no path to plan; `pmpath path` says what is in the way", p.Path.Result.Target.ID)}
}

// one applies the selection and finds the one role that a plan is for.
func (s *selection) one(sheet *response.Sheet) (*rubric.Stage, error) {
	if err := s.apply(sheet); err != nil {
		return nil, err
	}
	targets, err := targetsOf(sheet)
	if err != nil {
		return nil, err
	}
	if len(targets) > 1 {
		return nil, withHint(usage("a plan is for one role, and %d can follow", len(targets)), "name one with --target")
	}
	return targets[0], nil
}

// storePlan keeps a plan, after making sure that it can be read again.
func (e *env) storePlan(p *plan.Plan) error {
	var data bytes.Buffer
	if err := report.JSON(&data, report.NewPlan(p, report.Options{})); err != nil {
		return err
	}
	if _, err := readPlan("plan", data.Bytes()); err != nil {
		return fmt.Errorf("this plan is too large to be kept: %w", err)
	}
	s, err := e.openHistory(0)
	if err != nil {
		return err
	}
	sheet, target := p.Path.Result.Sheet, p.Path.Result.Target
	_, err = s.SavePlan(history.Plan{Respondent: sheet.Respondent, RubricID: sheet.Rubric.ID, Target: target.ID, Made: sheet.Date, Document: data.Bytes()})
	if closing := s.Close(); err == nil {
		err = closing
	}
	if err == nil {
		e.say("The plan for %s is kept.", target.Title)
		e.say("After your next answers: pmpath plan check SHEET")
	}
	return err
}

func readPlan(shown string, data []byte) (*plan.Record, error) {
	node, err := document.ParseJSON(shown, data)
	if err != nil {
		return nil, err
	}
	return plan.Read(node)
}

// renderPlan chooses the renderer of the format in the settings.
func (e *env) renderPlan(p *plan.Plan, o output, kept bool) func(io.Writer) error {
	opts := report.Options{IncludeName: o.includeName, Clean: sanitize.Line}
	switch e.settings.Format {
	case "json":
		opts.Clean = nil
		return func(w io.Writer) error { return report.JSON(w, report.NewPlan(p, opts)) }
	case "markdown":
		opts.Clean = sanitize.Markdown
		return func(w io.Writer) error { return report.PlanMarkdown(w, report.NewPlan(p, opts)) }
	case "csv":
		return func(w io.Writer) error { return report.PlanCSV(w, report.NewPlan(p, opts)) }
	case "ical":
		return func(w io.Writer) error { return report.PlanCalendar(w, report.NewPlan(p, opts)) }
	}
	return func(w io.Writer) error {
		r := report.NewPlan(p, opts)
		r.Kept = kept
		return report.PlanText(w, r, e.layout(o.file))
	}
}
