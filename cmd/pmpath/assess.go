package main

import (
	"cmp"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/interview"
	"github.com/pmpath/pmpath/internal/plan"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/report"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/sanitize"
)

const assessLong = `Assess how ready somebody is for the next role.

On a terminal, pmpath asks. Every answer is kept on this machine as it is given, so an
interview can be stopped at any time (Ctrl-C, or the word leave) and gone on with later
(--resume). At each question ? tells what counts and what the levels differ in. With
--until verdict the interview ends as soon as no answer to the rest could change the
verdict. What is finished is kept in the history and cannot be changed.

With --answers it reads an answer sheet (YAML or JSON) from a file or, with "-", from
standard input, asks nothing, and keeps nothing but with --store. The report goes to
standard output; questions and messages go to standard error.

There are three verdicts: the conditions are met, not yet met, or it cannot be told
yet because too much is open. --require ready turns the verdict into the exit code:
0 where the conditions are met, 1 otherwise.`

const assessExample = `  pmpath assess
  pmpath assess --stage pm --target senior-pm --until verdict
  pmpath assess --list
  pmpath assess --resume
  pmpath assess --answers me.yaml --target senior-pm --format markdown -o report.md
  pmpath assess --answers - --require ready < me.yaml`

type assessOptions struct {
	answers string
	store   bool
	selection
	interviewOptions
	saveSheet string
	force     bool
	output
	require choice
}

// interviewOptions say which interview it is to be, and how long.
type interviewOptions struct {
	until  choice
	resume string // id of a draft, latest, or nothing
	fresh  bool
	list   bool
}

func (o *interviewOptions) flags(cmd *cobra.Command) {
	cmd.Flags().Var(&o.until, "until", "ask until all is asked (full, the usual), or until no answer could change the areas or the verdict")
	cmd.Flags().StringVar(&o.resume, "resume", "", "go on with an interview, by its id; the one changed last where none is given")
	cmd.Flags().Lookup("resume").NoOptDefVal = latest
	cmd.Flags().BoolVar(&o.fresh, "fresh", false, "begin anew, whatever is not finished")
	cmd.Flags().BoolVar(&o.list, "list", false, "list the interviews that are not finished")
	cmd.Flags().String("lock-timeout", "0s", "how long to wait for an interview that another process has open")
}

func (o *interviewOptions) untilOr(usual string) string {
	if o.until.value == "" {
		return usual
	}
	return o.until.value
}

func newAssessCmd(e *env, run func(*env, *assessOptions) error) *cobra.Command {
	opts := &assessOptions{require: choice{words: []string{"ready"}}, interviewOptions: interviewOptions{until: choice{words: interview.Words()}}}
	cmd := &cobra.Command{
		Use: "assess", Short: "Answer the questions, or read a sheet, and print the readiness report", Long: assessLong, Example: assessExample,
		Args: func(cmd *cobra.Command, args []string) error { return arguments(0, opts.takesID())(cmd, args) },
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				opts.resume = args[0]
			}
			if err := opts.check(); err != nil {
				return err
			}
			return run(e, opts)
		},
	}
	cmd.Flags().StringVar(&opts.answers, "answers", "", "read the answers from a sheet; - for standard input")
	cmd.Flags().BoolVar(&opts.store, "store", false, "keep the assessment of a sheet in the history")
	opts.selection.flags(cmd)
	opts.interviewOptions.flags(cmd)
	cmd.Flags().StringVar(&opts.saveSheet, "save-sheet", "", "write the answers to a new file")
	cmd.Flags().BoolVar(&opts.force, "force", false, "let --save-sheet replace a file")
	opts.output.flags(cmd)
	cmd.Flags().Var(&opts.require, "require", "exit with 1 unless the verdict is this; needs one role to ask about")
	return cmd
}

// takesID is how many arguments there may be: an id after --resume, where none stands in it already.
func (o *interviewOptions) takesID() int {
	if o.resume == latest {
		return 1
	}
	return 0
}

// check refuses flags that say different things.
func (o *assessOptions) check() error {
	asks := o.resume != "" || o.fresh || o.until.value != ""
	switch {
	case o.answers != "" && (asks || o.list):
		return withHint(usage("--answers reads a sheet and asks nothing"), "leave out --resume, --fresh, --until and --list")
	case o.store && o.answers == "":
		return withHint(usage("--store is for a sheet"), "name one with --answers; an interview is always kept")
	case o.resume != "" && o.fresh:
		return usage("--resume and --fresh contradict each other")
	case o.resume != "" && (o.stage != "" || o.target != ""):
		return withHint(usage("an interview goes on with the roles that it was begun with"), "leave out --stage and --target, or begin another one with --fresh")
	}
	return nil
}

// selection says which roles a sheet is about, in place of what it says itself.
type selection struct {
	stage, target string
	changes       []string // flags that say something else than the sheet, for the commands that a report shows
}

func (s *selection) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&s.stage, "stage", "", "the role held today, by id or title")
	cmd.Flags().StringVar(&s.target, "target", "", "the role to ask about (default: every role that can follow)")
}

// apply puts the roles into the sheet.
func (s *selection) apply(sheet *response.Sheet) error {
	for _, role := range []struct {
		flag, name string
		goal       **rubric.Stage
	}{{"--stage", s.stage, &sheet.Stage}, {"--target", s.target, &sheet.Target}} {
		if role.name == "" {
			continue
		}
		stage, err := stageNamed(sheet.Rubric, role.flag, role.name)
		if err != nil {
			return err
		}
		if *role.goal != stage {
			s.changes = append(s.changes, role.flag+" "+stage.ID)
		}
		*role.goal = stage
	}
	return nil
}

// output says where a report goes and what it may name. Its format is a setting.
type output struct {
	file        string
	includeName bool
	sheetHint   string // see sheetInHints
}

// flags declares them, with the formats that every report has where none are named.
func (o *output) flags(cmd *cobra.Command, formats ...string) {
	cmd.Flags().StringVarP(&o.file, "output", "o", "", "write the report to a file in place of standard output")
	if len(formats) == 0 {
		formats = []string{"text", "markdown", "json"}
	}
	formatFlags(cmd, formats...)
	cmd.Flags().BoolVar(&o.includeName, "include-names", false, "let the respondent's name into the report")
}

func runAssess(e *env, opts *assessOptions) error {
	if opts.list {
		return e.listDrafts(opts)
	}
	assessment, kept, err := e.take(opts)
	defer kept.wait()
	if err != nil {
		return err
	}
	opts.sheetHint = e.sheetInHints(cmp.Or(opts.answers, opts.saveSheet), opts.changes)
	if err := e.deliver(opts.file, e.render(assessment, opts.output, wholeReport, e.progressIn(kept, assessment))); err != nil {
		return err
	}
	if opts.require.value != "" && assessment.Targets[0].Verdict != readiness.Ready {
		return answerNo{fmt.Sprintf("%s: the conditions are not met (%s)", assessment.Targets[0].Target.ID, assessment.Targets[0].Verdict)}
	}
	return nil
}

// take gets the answers, and looks for the plans that the history may hold: beside the reading of a sheet, or after an interview.
func (e *env) take(opts *assessOptions) (*readiness.Assessment, *plans, error) {
	if opts.answers != "" {
		kept := e.lookForPlans()
		assessment, err := e.assessSheet(opts)
		return assessment, kept, err
	}
	assessment, err := e.interview(opts)
	if err != nil {
		return nil, nil, err
	}
	return assessment, e.lookForPlans(), nil
}

// assessSheet assesses a sheet from a file, and keeps sheet and assessment where that was asked for.
func (e *env) assessSheet(opts *assessOptions) (*readiness.Assessment, error) {
	sheet, err := e.readSheet(opts.answers)
	if err != nil {
		return nil, err
	}
	if err := opts.selection.apply(sheet); err != nil {
		return nil, err
	}
	if opts.saveSheet != "" {
		if err := opts.save(sheet); err != nil {
			return nil, err
		}
	}
	targets, err := targetsOf(sheet)
	if err != nil {
		return nil, err
	}
	if err := opts.checkTargets(targets); err != nil {
		return nil, err
	}
	assessment := readiness.Assess(sheet, targets)
	if !opts.store {
		return assessment, nil
	}
	store, err := e.openHistory(e.settings.LockTimeout)
	if err != nil {
		return nil, err
	}
	defer store.Close() // what was added is committed
	_, err = store.Add(assessment)
	return assessment, err
}

func (o *assessOptions) save(sheet *response.Sheet) error {
	data, err := sheet.YAML()
	if err != nil {
		return err
	}
	if o.force {
		return replaceFile(o.saveSheet, data)
	}
	return ifExists(createFile(o.saveSheet, data), "choose another name, or replace the file with --force")
}

// checkSavable finds out before the first question whether answers and report can be written in the end.
func (o *assessOptions) checkSavable() error {
	if o.saveSheet != "" {
		if _, err := os.Lstat(o.saveSheet); err == nil && !o.force {
			return withHint(&os.PathError{Op: "create", Path: o.saveSheet, Err: os.ErrExist}, "choose another name, or replace the file with --force")
		}
		if err := checkWritable(o.saveSheet); err != nil {
			return err
		}
	}
	if o.file == "" || o.file == stdinName {
		return nil
	}
	return checkWritable(o.file)
}

// checkTargets refuses a gate that is about several roles.
func (o *assessOptions) checkTargets(targets []*rubric.Stage) error {
	if o.require.value != "" && len(targets) > 1 {
		return withHint(usage("--require needs one role, and %d can follow", len(targets)), "name one with --target")
	}
	return nil
}

func targetsOf(sheet *response.Sheet) ([]*rubric.Stage, error) {
	targets := readiness.Targets(sheet)
	switch {
	case len(targets) > 0:
		return targets, nil
	case sheet.Stage != nil:
		return nil, withHint(usage("no role follows %s on this ladder", sheet.Stage.ID), "name one with --target")
	}
	return nil, withHint(usage("neither the sheet nor a flag says which role to ask about"), "name it with --target, or the role held today with --stage")
}

type part bool

const (
	wholeReport part = false
	gapsAlone   part = true
)

// render chooses the renderer of the format in the settings. A format is one of these three: the settings have checked it.
func (e *env) render(a *readiness.Assessment, o output, what part, progress *plan.Progress) func(io.Writer) error {
	opts := report.Options{IncludeName: o.includeName, Progress: progress}
	opts.Sheet = o.sheetHint
	switch e.settings.Format {
	case "json":
		return func(w io.Writer) error { return report.JSON(w, report.New(a, opts)) }
	case "markdown":
		opts.Clean = sanitize.Markdown
		markdown := report.Markdown
		if what == gapsAlone {
			markdown = report.GapMarkdown
		}
		return func(w io.Writer) error { return markdown(w, report.New(a, opts)) }
	}
	opts.Clean = sanitize.Line
	text := report.Text
	if what == gapsAlone {
		text = report.GapText
	}
	return func(w io.Writer) error { return text(w, report.New(a, opts), e.layout(o.file)) }
}

// layout is that of the screen, or of a file, which has 80 columns and no colours unless they are asked for.
func (e *env) layout(file string) report.Layout {
	layout := report.Layout{Width: e.streams.Out.Width(), Color: e.streams.Out.Color(e.settings.Color), Plain: e.settings.Accessible}
	if file != "" && file != stdinName {
		layout.Width, layout.Color = 80, e.settings.Color == "always"
	}
	if layout.Plain {
		layout.Color = false
	}
	return layout
}
