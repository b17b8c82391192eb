package main

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/cohort"
	"github.com/pmpath/pmpath/internal/disclosure"
	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/rubric"
)

const cohortReportLong = `Print what the answers of many people say together: who is ready for the next role
and who is one or two steps away, by role and by team; which skills are missing most;
which conditions decide; and which steps would help most people.

FILES are tables with a row for each person or each answer, JSON Lines, workbooks,
sheets, or folders of sheets; - is standard input. Everybody is measured against the
role that their answers name as target; without one, against the first role that
follows the one they hold; with --target, all against one role.

Nobody is named, no group of fewer than 5 people is shown, and further figures are
left out where they would give one away. --people writes a line for each person to
a file that only you can read: with a pseudonym, or with --include-names by name.

One row that cannot be read and nothing is printed: exit code 65, with every place.
With --keep-going such people are left out, named by place, and counted: exit code 3.`

type cohortReportOptions struct {
	files        []string
	by           []string
	filters      []string
	target       string
	people       string
	encoding     string
	formMap      string
	keepGoing    bool
	includeNames bool
	workers      int
	minGroup     int
	file         string
}

func newCohortReportCmd(e *env, run func(*env, *cohortReportOptions) error) *cobra.Command {
	opts := &cohortReportOptions{}
	cmd := &cobra.Command{
		Use: "report FILES...", Short: "Print what the answers of many people say together", Long: cohortReportLong,
		Example: "  pmpath cohort report team.csv\n  pmpath cohort report sheets/ --by team --format markdown\n" +
			"  pmpath cohort report all.csv --filter location=Porto --target senior-pm --people people.csv",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return withHint(usage("%s needs something to read", cmd.CommandPath()), "name tables, sheets or folders of sheets, or - for standard input")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			opts.files = args
			return run(e, opts)
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&opts.by, "by", nil, "group people by team, stage, target or another column; twice for two tables")
	flags.StringArrayVar(&opts.filters, "filter", nil, "COLUMN=VALUE: only people with this value; repeatable, all must hold")
	flags.StringVar(&opts.target, "target", "", "measure everybody against this role")
	flags.StringVar(&opts.people, "people", "", "write a line for each person to this file: JSON Lines where it ends in .jsonl, else CSV")
	flags.BoolVar(&opts.includeNames, "include-names", false, "names in place of pseudonyms in the file of --people")
	flags.BoolVar(&opts.keepGoing, "keep-going", false, "leave out people who cannot be read, and say so")
	flags.IntVar(&opts.minGroup, "min-group", disclosure.DefaultGroup, fmt.Sprintf("show no group of fewer people; at least %d", disclosure.LeastGroup))
	flags.IntVar(&opts.workers, "workers", 0, "how many read side by side; 0: as many as the machine has processors")
	inputFlags(cmd, &opts.encoding, &opts.formMap)
	flags.StringVarP(&opts.file, "output", "o", "", "write the report to a file in place of standard output")
	formatFlags(cmd, "text", "markdown", "json", "jsonl", "csv")
	return cmd
}

func runCohortReport(e *env, opts *cohortReportOptions) error {
	if err := opts.check(); err != nil {
		return err
	}
	r, err := e.loadRubric()
	if err != nil {
		return err
	}
	options, err := e.inputOptions(r, opts.encoding, opts.formMap)
	if err != nil {
		return err
	}
	options.KeepGoing = opts.keepGoing
	inputs, err := e.openCohort(opts.files)
	if err != nil {
		return err
	}
	defer func() { _ = inputs.close() }() // was only read
	if err := inputs.keeps("--people", opts.people); err != nil {
		return err
	}
	if err := inputs.keeps("--output", opts.file); err != nil {
		return err
	}
	source, err := intake.Open(r, inputs.list, options)
	if err != nil {
		return err
	}
	e.notice(source.Notices())
	scorer, people, err := e.newScorer(r, source, opts)
	if err != nil {
		return err
	}
	defer people.discard()
	progress := e.showProgress(inputs)
	tally, err := source.Scan(opts.workers, func() intake.Handler { return scorer.Worker() }, people)
	progress.end()
	if err != nil {
		return err
	}
	e.notice(tally.Notices)
	summary, err := scorer.Summary()
	if err != nil {
		return tooManyGroups(err)
	}
	if err := people.finish(summary.Total.People); err != nil {
		return err
	}
	if err := e.deliver(opts.file, e.renderCohort(summary, inputs, tally, opts)); err != nil {
		return err
	}
	if err := people.keep(); err != nil {
		return err
	}
	return partlyDone(tally)
}

// encodings are those that intake reads tables in; nothing is the usual one.
var encodings = []string{"", "utf-8", "utf-16", "windows-1252"}

func (o *cohortReportOptions) check() error {
	switch {
	case o.minGroup < disclosure.LeastGroup:
		return withHint(usage("--min-group: groups of %d could be recognised", o.minGroup), fmt.Sprintf("use %d or more", disclosure.LeastGroup))
	case len(o.by) > 2 || len(o.by) == 2 && o.by[0] == o.by[1]:
		return withHint(usage("--by: people are grouped by at most two different columns"), "more would tell too much about small groups")
	case o.workers < 0:
		return withHint(usage("--workers: there cannot be %d", o.workers), "use 1 or more, or 0 for one on each processor")
	case !slices.Contains(encodings, o.encoding):
		return withHint(usage("--encoding: there is no encoding %q", o.encoding), "use one of: "+strings.Join(encodings[1:], ", "))
	case o.includeNames && o.people == "":
		return withHint(usage("--include-names: the report names nobody"), "add --people FILE to write a line for each person")
	case o.formMap == stdinName && slices.Contains(o.files, stdinName):
		return withHint(usage("--map: standard input cannot be the map and a table"), "name a file for one of them")
	case o.people == stdinName:
		return withHint(usage("--people: - would mix with the report"), "name a file")
	case o.people != "" && o.people == o.file:
		return withHint(usage("--people and --output name the same file"), "give them two names")
	}
	if o.workers == 0 {
		o.workers = runtime.GOMAXPROCS(0)
	}
	return nil
}

// newScorer makes what measures people, and the file with a line for each of them.
func (e *env) newScorer(r *rubric.Rubric, source *intake.Source, opts *cohortReportOptions) (*cohort.Scorer, *peopleFile, error) {
	o := cohort.Options{Fields: source.Fields(), By: opts.dimensions(source.Fields())}
	var err error
	if opts.target != "" {
		if o.Target, err = stageNamed(r, "--target", opts.target); err != nil {
			return nil, nil, err
		}
	}
	for _, text := range opts.filters {
		f, err := filterOf(r, text)
		if err != nil {
			return nil, nil, err
		}
		o.Filters = append(o.Filters, f)
	}
	people := &peopleFile{}
	if opts.people != "" {
		if people, err = e.newPeopleFile(&o, opts); err != nil {
			return nil, nil, err
		}
	}
	scorer, err := cohort.New(r, o)
	var unknown *cohort.UnknownFieldError
	if errors.As(err, &unknown) {
		people.discard()
		return nil, nil, withHint(usage("there is no column %q to group or filter people by", unknown.Field),
			document.Nearest(unknown.Field, unknown.Known, "use one of: "+strings.Join(unknown.Known, ", ")))
	}
	return scorer, people, err
}

// dimensions are what people are grouped by. The first is split by readiness, so what was asked for comes first; the second only counts.
func (o *cohortReportOptions) dimensions(fields []string) []string {
	by := slices.Clone(o.by)
	for _, usual := range []string{cohort.ByStage, cohort.ByTeam} {
		if len(by) < 2 && !slices.Contains(by, usual) && (usual == cohort.ByStage || slices.Contains(fields, usual)) {
			by = append(by, usual)
		}
	}
	return by
}

// filterOf reads COLUMN=VALUE. Roles may be named as everywhere else.
func filterOf(r *rubric.Rubric, text string) (cohort.Filter, error) {
	field, value, found := strings.Cut(text, "=")
	if !found || field == "" {
		return cohort.Filter{}, withHint(usage("--filter: %q has no column and value", text), "write COLUMN=VALUE, such as team=Search")
	}
	if value != "" && (field == cohort.ByStage || field == cohort.ByTarget) {
		stage, err := stageNamed(r, "--filter", value)
		if err != nil {
			return cohort.Filter{}, err
		}
		value = stage.ID
	}
	return cohort.Filter{Field: field, Value: value}, nil
}

func tooManyGroups(err error) error {
	var many *cohort.TooManyGroupsError
	if errors.As(err, &many) {
		return withHint(usage("--by: %v", many), "group by something that people share, such as a team")
	}
	return err
}

// partlyDone is what is wrong where people were left out with --keep-going, or nothing.
func partlyDone(tally intake.Tally) error {
	if tally.LeftOut == 0 {
		return nil
	}
	problems := tally.Problems
	if tally.More > 0 {
		problems = append(problems, document.Problem{What: fmt.Sprintf("and %d more", tally.More)})
	}
	return partError{problems}
}
