package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/report"
	"github.com/pmpath/pmpath/internal/sanitize"
)

const pathLong = `Print the shortest path from an answer sheet to the role that it asks about: the
fewest steps after which every condition holds, in the order in which to take them.

A step raises one answer by one level, or meets one gate. No path is shorter; up to
three others of that length, with raises in other areas, are listed. Open questions
count as the lowest level, and open gates as not met.

  --by effort          the fewest hours instead, as the rubric counts them for each
                       level. Gates count no hours. A raise without stated hours
                       counts as the longest that are stated.
  --not NAME           no step there
  --keep NAME          at least one step there, even if the path gets longer
  --at-most "2 per area"
                       no more raises than that in each area; gates are in none

NAME is an area, a skill, a question or a gate: its id, its title, or words of them
that fit only one. --not and --keep can be given several times, and all must hold.
Where no path is left, pmpath says what is in the way.`

type pathOptions struct {
	sheet string
	selection
	wishOptions
	alternatives int
	output
}

func newPathCmd(e *env, run func(*env, *pathOptions) error) *cobra.Command {
	opts := &pathOptions{}
	cmd := &cobra.Command{
		Use: "path SHEET", Short: "Print the shortest path to a role, from an answer sheet", Long: pathLong,
		Example: "  pmpath path me.yaml\n  pmpath path me.yaml --target senior-pm --by effort\n  pmpath path me.yaml --not coaching --at-most 2",
		Args:    arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			opts.sheet = args[0]
			return run(e, opts)
		},
	}
	opts.selection.flags(cmd)
	opts.wishOptions.flags(cmd)
	cmd.Flags().IntVar(&opts.alternatives, "alternatives", mostAlternatives, "how many other paths of the same length to name at most, 0 to 3")
	opts.output.flags(cmd)
	return cmd
}

const mostAlternatives = 3

func runPath(e *env, opts *pathOptions) error {
	if opts.alternatives < 0 || opts.alternatives > mostAlternatives {
		return withHint(usage("--alternatives: %d is not possible", opts.alternatives), "use a number from 0 to 3")
	}
	sheet, err := e.readSheet(opts.sheet)
	if err != nil {
		return err
	}
	if err := opts.selection.apply(sheet); err != nil {
		return err
	}
	targets, err := targetsOf(sheet)
	if err != nil {
		return err
	}
	wishes, err := opts.wishOptions.in(sheet.Rubric)
	if err != nil {
		return err
	}
	wishes.Alternatives = opts.alternatives
	var paths []*path.Path
	for _, target := range targets {
		paths = append(paths, path.Find(readiness.Evaluate(sheet, target), wishes))
	}
	opts.sheetHint = e.sheetInHints(opts.sheet, opts.changes)
	return e.deliver(opts.file, e.renderPaths(opts.output, func(o report.Options) *report.PathReport { return report.NewPaths(sheet, paths, o) }))
}

// renderPaths chooses the renderer of the format in the settings.
func (e *env) renderPaths(o output, paths func(report.Options) *report.PathReport) func(io.Writer) error {
	opts := report.Options{IncludeName: o.includeName, Sheet: o.sheetHint}
	switch e.settings.Format {
	case "json":
		return func(w io.Writer) error { return report.JSON(w, paths(opts)) }
	case "markdown":
		opts.Clean = sanitize.Markdown
		return func(w io.Writer) error { return report.PathMarkdown(w, paths(opts)) }
	}
	opts.Clean = sanitize.Line
	return func(w io.Writer) error { return report.PathText(w, paths(opts), e.layout(o.file)) }
}
