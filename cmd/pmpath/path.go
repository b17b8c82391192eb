package main

import (
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/report"
	"github.com/pmpath/pmpath/internal/rubric"
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
	by           choice
	not, keep    []string
	atMost       string
	alternatives int
	output
}

func newPathCmd(e *env, run func(*env, *pathOptions) error) *cobra.Command {
	opts := &pathOptions{by: choice{value: path.Steps.String(), words: []string{path.Steps.String(), path.Effort.String()}}}
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
	cmd.Flags().Var(&opts.by, "by", "what the path is short in")
	cmd.Flags().StringArrayVar(&opts.not, "not", nil, "take no step in this area, competency, question or gate; repeatable")
	cmd.Flags().StringArrayVar(&opts.keep, "keep", nil, "take at least one step there; repeatable")
	cmd.Flags().StringVar(&opts.atMost, "at-most", "", "the most raises within one area, such as 2 or \"2 per area\"")
	cmd.Flags().IntVar(&opts.alternatives, "alternatives", mostAlternatives, "how many other paths of the same length to name at most, 0 to 3")
	opts.output.flags(cmd)
	return cmd
}

const mostAlternatives = 3

func runPath(e *env, opts *pathOptions) error {
	limit, err := opts.limit()
	if err != nil {
		return err
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
	wishes := path.Wishes{AtMost: limit, Alternatives: opts.alternatives}
	if opts.by.value == path.Effort.String() {
		wishes.By = path.Effort
	}
	if wishes.Not, err = placesNamed(sheet.Rubric, "--not", opts.not); err != nil {
		return err
	}
	if wishes.Keep, err = placesNamed(sheet.Rubric, "--keep", opts.keep); err != nil {
		return err
	}
	var paths []*path.Path
	for _, target := range targets {
		paths = append(paths, path.Find(readiness.Evaluate(sheet, target), wishes))
	}
	opts.sheetHint = e.sheetInHints(opts.sheet, opts.changes)
	return e.deliver(opts.file, e.renderPaths(opts.output, func(o report.Options) *report.PathReport { return report.NewPaths(sheet, paths, o) }))
}

var limitForm = regexp.MustCompile(`^([1-9][0-9]{0,3})( per area)?$`)

// limit reads --at-most, and checks the number of alternatives.
func (o *pathOptions) limit() (int, error) {
	if o.alternatives < 0 || o.alternatives > mostAlternatives {
		return 0, withHint(usage("--alternatives: %d is not possible", o.alternatives), "use a number from 0 to 3")
	}
	if o.atMost == "" {
		return 0, nil
	}
	match := limitForm.FindStringSubmatch(o.atMost)
	if match == nil {
		return 0, withHint(usage("--at-most: %q is no such limit", o.atMost), `use a number from 1, such as 2 or "2 per area"`)
	}
	return strconv.Atoi(match[1])
}

// placesNamed finds what a person named in one of the wishes.
func placesNamed(r *rubric.Rubric, flag string, names []string) ([]path.Place, error) {
	var places []path.Place
	for _, name := range names {
		found := path.Named(r, name)
		switch len(found) {
		case 0:
			return nil, withHint(usage("%s: nothing in the rubric is called %q", flag, name), nearestPlace(r, name))
		case 1:
			places = append(places, found[0])
		default:
			var ids []string
			for _, p := range found {
				ids = append(ids, p.ID())
			}
			return nil, withHint(usage("%s: %q can mean several things", flag, name), "use one of: "+strings.Join(ids, ", "))
		}
	}
	return places, nil
}

func nearestPlace(r *rubric.Rubric, name string) string {
	var known []string
	for _, p := range path.Places(r) {
		known = append(known, p.ID())
	}
	return document.Nearest(name, known, "`pmpath rubric show` lists areas, competencies and questions")
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
