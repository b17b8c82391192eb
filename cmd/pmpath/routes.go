package main

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/change"
	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/report"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/sanitize"
)

const routesLong = `Print every role that can follow, from the same answers: verdict, points, steps and
hours of the shortest path, what is missing for it, and what is there already.

The roles are those that follow the one held today, which the sheet or --stage says;
where neither does, those after the furthest role whose conditions the answers meet.
The target of the sheet is ignored.

  --all                also the roles after those
  --from NAME          a starting role, such as engineer: what people usually bring
                       and lack who come from there, against the answers

With --rubric given twice the same answers are read by two rubrics. The sheet may have
been filled in for either. The other takes over the answers to questions with the same
id; questions without a counterpart are named.`

type routesOptions struct {
	sheet, stage, from string
	changes            []string // as in selection
	all                bool
	rubrics            rubricNames
	output
}

func newRoutesCmd(e *env, run func(*env, *routesOptions) error) *cobra.Command {
	opts := &routesOptions{}
	cmd := &cobra.Command{
		Use: "routes SHEET", Short: "Print every role that can follow, and how far it is to each", Long: routesLong,
		Example: "  pmpath routes me.yaml\n  pmpath routes me.yaml --all --format markdown\n  pmpath routes me.yaml --from engineer\n  pmpath routes me.yaml --rubric product-management --rubric our-rubric",
		Args:    arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			opts.sheet = args[0]
			if len(opts.rubrics) > mostRubrics {
				return withHint(usage("--rubric: two rubrics can be compared, not %d", len(opts.rubrics)), "give it twice at most")
			}
			return run(e, opts)
		},
	}
	cmd.Flags().Var(&opts.rubrics, "rubric", "the rubric: a shipped name, a folder or a file; twice for two rubrics")
	cmd.Flags().StringVar(&opts.stage, "stage", "", "the role held today, by id or title")
	cmd.Flags().StringVar(&opts.from, "from", "", "a starting role, by id or title")
	cmd.Flags().BoolVar(&opts.all, "all", false, "also the roles that come later, not the next ones alone")
	opts.output.flags(cmd)
	return cmd
}

const mostRubrics = 2

// rubricNames are the values of a repeated --rubric. The first is the setting that other commands know.
type rubricNames []string

func (n *rubricNames) Type() string { return "string" }
func (n *rubricNames) String() string {
	if len(*n) == 0 {
		return ""
	}
	return (*n)[0]
}
func (n *rubricNames) Set(name string) error {
	*n = append(*n, name)
	return nil
}

func runRoutes(e *env, opts *routesOptions) error {
	sheet, other, err := e.sheetAndOther(opts)
	if err != nil {
		return err
	}
	role, err := opts.begin(sheet)
	if err != nil {
		return err
	}
	if from := path.From(sheet); from != nil && len(from.Next) == 0 {
		return withHint(usage("no role follows %s on this ladder", from.ID), "name another with --stage")
	}
	sheets := []*response.Sheet{sheet}
	what := []report.RouteOptions{{All: opts.all, StartingRole: role}}
	var carried *change.Carried
	if other != nil {
		carried = change.Carry(sheet, other)
		sheets = append(sheets, carried.Sheet)
		there := report.RouteOptions{All: opts.all}
		if role != nil {
			_, there.StartingRole = startingRole(other, role.ID)
		}
		what = append(what, there)
	}
	if other == nil { // of two rubrics no single command could name the right one
		opts.sheetHint = e.sheetInHints(opts.sheet, opts.changes)
	}
	return e.deliver(opts.file, e.renderRoutes(opts.output, func(o report.Options) *report.Routes { return report.NewRoutes(sheets, what, carried, o) }))
}

// sheetAndOther reads the sheet, and the other rubric where two are named: the one that the sheet was not filled in for, whichever was named first.
func (e *env) sheetAndOther(opts *routesOptions) (*response.Sheet, *rubric.Rubric, error) {
	if len(opts.rubrics) < mostRubrics {
		sheet, err := e.readSheet(opts.sheet)
		return sheet, nil, err
	}
	own, err := loadRubricNamed(opts.rubrics[0])
	if err != nil {
		return nil, nil, err
	}
	other, err := loadRubricNamed(opts.rubrics[1])
	if err != nil {
		return nil, nil, err
	}
	node, err := e.readDocument(opts.sheet)
	if err != nil {
		return nil, nil, err
	}
	if ref := node.TextOf("rubric"); ref != own.Ref() && ref == other.Ref() {
		own, other = other, own
	}
	sheet, err := response.Read(own, node)
	return sheet, other, err
}

// begin applies what was said about the beginning of the routes, and finds the starting role, nil where none is named.
func (o *routesOptions) begin(sheet *response.Sheet) (*rubric.EntryRole, error) {
	if o.stage != "" {
		stage, err := stageNamed(sheet.Rubric, "--stage", o.stage)
		if err != nil {
			return nil, err
		}
		if sheet.Stage != stage {
			o.changes = append(o.changes, "--stage "+stage.ID)
		}
		sheet.Stage = stage
	}
	if o.from == "" {
		return nil, nil
	}
	stage, role := startingRole(sheet.Rubric, o.from)
	switch {
	case role == nil:
		return nil, withHint(usage("--from: no stage of this ladder has a starting role %q", o.from), nearestStartingRole(sheet.Rubric, o.from))
	case o.stage != "" && sheet.Stage != stage:
		return nil, withHint(usage("--from: %s is a starting role of %s", role.ID, stage.ID), "leave out --stage, or say --stage "+stage.ID)
	}
	sheet.Stage = stage
	return role, nil
}

// startingRole finds a starting role by its id or title, and the stage that it leads to.
func startingRole(r *rubric.Rubric, name string) (*rubric.Stage, *rubric.EntryRole) {
	for _, stage := range r.Stages {
		for i := range stage.EntryRoles {
			if role := &stage.EntryRoles[i]; strings.EqualFold(role.ID, name) || strings.EqualFold(role.Title, name) {
				return stage, role
			}
		}
	}
	return nil, nil
}

func nearestStartingRole(r *rubric.Rubric, name string) string {
	var known []string
	for _, stage := range r.Stages {
		for _, role := range stage.EntryRoles {
			known = append(known, role.ID)
		}
	}
	if len(known) == 0 {
		return "this rubric has none"
	}
	return document.Nearest(name, known, "use one of: "+strings.Join(known, ", "))
}

// renderRoutes chooses the renderer of the format in the settings.
func (e *env) renderRoutes(o output, routes func(report.Options) *report.Routes) func(io.Writer) error {
	opts := report.Options{IncludeName: o.includeName, Sheet: o.sheetHint}
	switch e.settings.Format {
	case "json":
		return func(w io.Writer) error { return report.JSON(w, routes(opts)) }
	case "markdown":
		opts.Clean = sanitize.Markdown
		return func(w io.Writer) error { return report.RoutesMarkdown(w, routes(opts)) }
	}
	opts.Clean = sanitize.Line
	return func(w io.Writer) error { return report.RoutesText(w, routes(opts), e.layout(o.file)) }
}
