package main

import (
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/report"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/sanitize"
)

const explainLong = `Print how the verdict comes about: answers to scores, scores to points, points to areas
and all, and every condition with its margin. All of it can be added up again by hand.

NAME is a skill, an area, a question or a gate: its id, its title, or words of them
that fit only one. With names only these are printed, a skill down to its answers
with what one level more or less would do. A NAME can also be a role to explain in
place of those that the sheet asks about.

With --all every role on the way there is explained too. JSON is always complete.`

type explainOptions struct {
	sheet string
	names []string
	all   bool
	selection
	output
}

func newExplainCmd(e *env, run func(*env, *explainOptions) error) *cobra.Command {
	opts := &explainOptions{}
	cmd := &cobra.Command{
		Use: "explain SHEET [NAME ...]", Short: "Print how a verdict comes about, to be added up again by hand", Long: explainLong,
		Example: "  pmpath explain me.yaml\n  pmpath explain me.yaml product-metrics\n  pmpath explain me.yaml market\n  pmpath explain me.yaml principal-pm\n  pmpath explain me.yaml --target senior-pm --all",
		Args:    arguments(1, 1+mostNames),
		RunE: func(_ *cobra.Command, args []string) error {
			opts.sheet, opts.names = args[0], args[1:]
			return run(e, opts)
		},
	}
	opts.selection.flags(cmd)
	cmd.Flags().BoolVar(&opts.all, "all", false, "explain every role on the way, too")
	opts.output.flags(cmd)
	return cmd
}

// mostNames is more than anybody reads at once.
const mostNames = 50

func runExplain(e *env, opts *explainOptions) error {
	sheet, err := e.readSheet(opts.sheet)
	if err != nil {
		return err
	}
	if err := opts.selection.apply(sheet); err != nil {
		return err
	}
	places, roles, err := placesOrRoles(sheet.Rubric, opts.names)
	if err != nil {
		return err
	}
	if len(roles) == 0 || opts.target != "" {
		targets, err := targetsOf(sheet)
		if err != nil {
			return err
		}
		roles = append(targets, roles...)
	}
	if opts.all {
		roles = stagesTo(sheet.Rubric, roles)
	}
	assessment := readiness.Assess(sheet, distinct(roles))
	what := report.ExplainOptions{Named: places, Route: opts.all}
	opts.sheetHint = e.sheetInHints(opts.sheet, opts.changes)
	return e.deliver(opts.file, e.renderExplanation(opts.output, func(o report.Options) *report.Explanation {
		return report.NewExplanation(assessment, what, o)
	}))
}

// placesOrRoles finds what is meant by each name. An id of a place goes before a role, which --target can name as well.
func placesOrRoles(r *rubric.Rubric, names []string) (places []path.Place, roles []*rubric.Stage, err error) {
	for _, name := range names {
		found := path.Named(r, name)
		byID := len(found) == 1 && strings.EqualFold(found[0].ID(), name)
		if stage := r.StageNamed(name); stage != nil && !byID {
			roles = append(roles, stage)
			continue
		}
		if len(found) == 0 {
			return nil, nil, withHint(usage("NAME: neither the rubric nor its ladder has anything called %q", name), nearestName(r, name))
		}
		named, err := placesNamed(r, "NAME", []string{name})
		if err != nil {
			return nil, nil, err
		}
		places = append(places, named...)
	}
	return places, roles, nil
}

func nearestName(r *rubric.Rubric, name string) string {
	known := r.StageIDs()
	for _, p := range path.Places(r) {
		known = append(known, p.ID())
	}
	return document.Nearest(name, known, "`pmpath rubric show` lists areas, skills and questions, `pmpath ladder` the roles")
}

// stagesTo are the stages on the ways to any of the roles, and these.
func stagesTo(r *rubric.Rubric, roles []*rubric.Stage) []*rubric.Stage {
	onTheWay := make([]bool, len(r.Stages))
	for _, role := range roles {
		for _, stage := range waysTo(r, role) {
			onTheWay[stage.Index] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(r.Stages), func(s *rubric.Stage) bool { return !onTheWay[s.Index] })
}

// distinct drops what is there already.
func distinct(roles []*rubric.Stage) []*rubric.Stage {
	var once []*rubric.Stage
	for _, role := range roles {
		if !slices.Contains(once, role) {
			once = append(once, role)
		}
	}
	return once
}

// renderExplanation chooses the renderer of the format in the settings.
func (e *env) renderExplanation(o output, explained func(report.Options) *report.Explanation) func(io.Writer) error {
	opts := report.Options{IncludeName: o.includeName, Sheet: o.sheetHint}
	switch e.settings.Format {
	case "json":
		return func(w io.Writer) error { return report.JSON(w, explained(opts)) }
	case "markdown":
		opts.Clean = sanitize.Markdown
		return func(w io.Writer) error { return report.ExplainMarkdown(w, explained(opts)) }
	}
	opts.Clean = sanitize.Line
	return func(w io.Writer) error { return report.ExplainText(w, explained(opts), e.layout(o.file)) }
}
