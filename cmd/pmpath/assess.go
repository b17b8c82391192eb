package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/report"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/sanitize"
)

const assessLong = `Assess how ready somebody is for the next role.

On a terminal, pmpath asks. With --answers it reads an answer sheet (YAML or JSON)
from a file or, with "-", from standard input, and asks nothing. The report goes
to standard output; questions and messages go to standard error.

There are three verdicts: the conditions are met, not yet met, or it cannot be told
yet because too much is open. --require ready turns the verdict into the exit code:
0 where the conditions are met, 1 otherwise.`

const assessExample = `  pmpath assess
  pmpath assess --stage pm --target senior-pm --save-sheet me.yaml
  pmpath assess --answers me.yaml --target senior-pm --format markdown -o report.md
  pmpath assess --answers - --require ready < me.yaml`

type assessOptions struct {
	answers string
	selection
	saveSheet string
	force     bool
	output
	require choice
}

func newAssessCmd(e *env, run func(*env, *assessOptions) error) *cobra.Command {
	opts := &assessOptions{require: choice{words: []string{"ready"}}}
	cmd := &cobra.Command{
		Use: "assess", Short: "Answer the questions, or read a sheet, and print the readiness report", Long: assessLong, Example: assessExample,
		Args: arguments(0, 0),
		RunE: func(*cobra.Command, []string) error { return run(e, opts) },
	}
	cmd.Flags().StringVar(&opts.answers, "answers", "", "read the answers from a sheet; - for standard input")
	opts.selection.flags(cmd)
	cmd.Flags().StringVar(&opts.saveSheet, "save-sheet", "", "write the answers to a new file")
	cmd.Flags().BoolVar(&opts.force, "force", false, "let --save-sheet replace a file")
	opts.output.flags(cmd)
	cmd.Flags().Var(&opts.require, "require", "exit with 1 unless the verdict is this; needs one role to ask about")
	return cmd
}

// selection says which roles a sheet is about, in place of what it says itself.
type selection struct {
	stage, target string
}

func (s *selection) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&s.stage, "stage", "", "the role held today, by id or title")
	cmd.Flags().StringVar(&s.target, "target", "", "the role to ask about; every one that can follow where left out")
}

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
		*role.goal = stage
	}
	return nil
}

// output says where a report goes and what it may name. Its format is a setting.
type output struct {
	file        string
	includeName bool
}

func (o *output) flags(cmd *cobra.Command) {
	cmd.Flags().StringVarP(&o.file, "output", "o", "", "write the report to a file in place of standard output")
	formatFlags(cmd, "text", "markdown", "json")
	cmd.Flags().BoolVar(&o.includeName, "include-names", false, "let the respondent's name into the report")
}

func runAssess(e *env, opts *assessOptions) error {
	sheet, err := e.answeredSheet(opts)
	if err != nil {
		return err
	}
	targets, err := targetsOf(sheet)
	if err != nil {
		return err
	}
	if err := opts.checkTargets(targets); err != nil {
		return err
	}
	assessment := readiness.Assess(sheet, targets)
	if err := e.deliver(opts.file, e.render(assessment, opts.output, wholeReport)); err != nil {
		return err
	}
	if opts.require.value != "" && assessment.Targets[0].Verdict != readiness.Ready {
		return answerNo{fmt.Sprintf("%s: the conditions are not met (%s)", targets[0].ID, assessment.Targets[0].Verdict)}
	}
	return nil
}

// answeredSheet reads the sheet or asks for it, and keeps it where that was asked for.
func (e *env) answeredSheet(opts *assessOptions) (*response.Sheet, error) {
	if opts.answers == "" {
		r, err := e.loadRubric()
		if err != nil {
			return nil, err
		}
		return e.interview(r, opts)
	}
	sheet, err := e.readSheet(opts.answers)
	if err != nil {
		return nil, err
	}
	if err := opts.selection.apply(sheet); err != nil {
		return nil, err
	}
	if opts.saveSheet != "" {
		return sheet, opts.save(sheet)
	}
	return sheet, nil
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
func (e *env) render(a *readiness.Assessment, o output, what part) func(io.Writer) error {
	opts := report.Options{IncludeName: o.includeName}
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
