package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/history"
	"github.com/pmpath/pmpath/internal/plan"
	"github.com/pmpath/pmpath/internal/report"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/sanitize"
)

const planCheckLong = `Hold a plan against later answers: which goals are reached, which moved, which did not.
The plan is the last one kept about the person of the sheet (plan --store), or the file
that --plan names, in JSON or Markdown (.md), edited or not.

Answers decide. A tick in the plan is shown where the answer does not say the same, and
changes nothing. A question that has other words now is not compared. The exit code
is 0 whatever became of the goals: a plan is no test.`

type planCheckOptions struct {
	sheet, plan string
	selection
	output
}

func newPlanCheckCmd(e *env) *cobra.Command {
	opts := &planCheckOptions{}
	cmd := &cobra.Command{
		Use: "check SHEET", Short: "Say what became of a plan, from a later answer sheet", Long: planCheckLong,
		Example: "  pmpath plan check later.yaml\n  pmpath plan check later.yaml --target senior-pm\n  pmpath plan check later.yaml --plan plan.md",
		Args:    arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			opts.sheet = args[0]
			return runPlanCheck(e, opts)
		},
	}
	cmd.Flags().StringVar(&opts.plan, "plan", "", "the file with the plan, in JSON or Markdown; the one kept in the history where left out")
	cmd.Flags().StringVar(&opts.target, "target", "", "the role whose plan to look at, where several are kept; the last one where left out")
	opts.output.flags(cmd)
	return cmd
}

func runPlanCheck(e *env, opts *planCheckOptions) error {
	if opts.plan != "" && opts.target != "" {
		return withHint(usage("--plan names the plan, so --target has nothing to choose"), "leave out one of them")
	}
	if opts.plan == stdinName && opts.sheet == stdinName {
		return withHint(usage("standard input holds the sheet or the plan, not both"), "name a file for one of them")
	}
	sheet, err := e.readSheet(opts.sheet)
	if err != nil {
		return err
	}
	record, err := e.planFor(sheet, opts)
	if err != nil {
		return err
	}
	switch {
	case record.RubricID != sheet.Rubric.ID:
		return withHint(usage("the plan is for the rubric %s and the sheet answers %s", record.RubricID, sheet.Rubric.ID), "give a sheet by the rubric of the plan, and --rubric")
	case sheet.Date.Before(record.Made):
		return withHint(usage("the answers are of %s and the plan was made from those of %s", sheet.Date, record.Made), "give the answers of a later day")
	}
	return e.deliver(opts.file, e.renderPlanCheck(plan.Look(record, sheet), opts.output))
}

// planFor finds the plan to look at.
func (e *env) planFor(sheet *response.Sheet, opts *planCheckOptions) (*plan.Record, error) {
	if opts.plan != "" {
		return e.planFile(opts.plan)
	}
	target := sheet.Target
	if opts.target != "" {
		var err error
		if target, err = stageNamed(sheet.Rubric, "--target", opts.target); err != nil {
			return nil, err
		}
	}
	id := ""
	if target != nil {
		id = target.ID
	}
	folder, err := e.dataFolder()
	if err != nil {
		return nil, err
	}
	if history.Exists(folder) {
		s, err := e.openHistory(0)
		if err != nil {
			return nil, err
		}
		defer s.Close() // read only
		kept, err := s.LatestPlan(sheet.Respondent, sheet.Rubric.ID, id)
		if err != nil {
			return nil, err
		}
		if kept != nil {
			return readKept(kept)
		}
	}
	return nil, withHint(absent("no plan is kept about this person, rubric and role"), "`pmpath plan SHEET --store` keeps one; --plan names one in a file")
}

// planFile reads a plan from a file: Markdown by its ending, else JSON.
func (e *env) planFile(name string) (*plan.Record, error) {
	if ending := strings.ToLower(filepath.Ext(name)); ending == ".md" || ending == ".markdown" {
		data, err := readText(name)
		if err != nil {
			return nil, err
		}
		return plan.ReadMarkdown(name, data)
	}
	node, err := e.readDocument(name)
	if err != nil {
		return nil, err
	}
	return plan.Read(node)
}

// readText reads an ordinary file that is not larger than a document may be, or one byte more of it.
func readText(name string) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, &os.PathError{Op: "read", Path: name, Err: document.ErrFolder}
	case !info.Mode().IsRegular():
		return nil, &os.PathError{Op: "read", Path: name, Err: document.ErrNotRegular}
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close() // read only
	return io.ReadAll(io.LimitReader(file, document.MaxBytes+1))
}

// readKept reads a plan from the history.
func readKept(kept *history.Plan) (*plan.Record, error) {
	var lines bytes.Buffer // places are counted from the start of a line, and a kept document is all one
	if err := json.Indent(&lines, kept.Document, "", " "); err != nil {
		return nil, err
	}
	return readPlan("plan "+kept.ID, lines.Bytes())
}

// renderPlanCheck chooses the renderer of the format in the settings.
func (e *env) renderPlanCheck(p *plan.Progress, o output) func(io.Writer) error {
	opts := report.Options{IncludeName: o.includeName}
	switch e.settings.Format {
	case "json":
		return func(w io.Writer) error { return report.JSON(w, report.NewPlanCheck(p, opts)) }
	case "markdown":
		opts.Clean = sanitize.Markdown
		return func(w io.Writer) error { return report.PlanCheckMarkdown(w, report.NewPlanCheck(p, opts)) }
	}
	opts.Clean = sanitize.Line
	return func(w io.Writer) error {
		return report.PlanCheckText(w, report.NewPlanCheck(p, opts), e.layout(o.file))
	}
}
