package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/formmap"
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/report"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/sanitize"
)

const cohortMapLong = `Propose a column map for an export of a form tool: which column is which question, and
which answer is which level. Print what is sure, what is worth a look and what is for
you to decide; -o saves the map as YAML, to be corrected with an editor. Exports of the
same form are then read with it: pmpath cohort report --map map.yaml export.csv

Read are the exports of Google Forms, Microsoft Forms, Typeform, Qualtrics and
LimeSurvey as CSV, TSV or workbook (XLSX), with their header rows, grids and columns of
their own, and other tables with a row for each person. Export the texts of answers, not
codes of choices.

A question is known by its id or its text, a level by its anchor, its label or its
number, in any letter case, with a slip or two of the keyboard. What two things could be
is left for you to decide: exit code 1, and the lines to choose from stand in the map as
comments. Reading with a map guesses nothing: a title or an answer that it does not have
is a problem with its place (65). Slips are told with English words in mind.`

type cohortMapOptions struct {
	file     string
	encoding string
	output   string
}

func newCohortMapCmd(e *env, run func(*env, *cohortMapOptions) error) *cobra.Command {
	opts := &cohortMapOptions{}
	cmd := &cobra.Command{
		Use: "map FILE", Short: "Propose what the columns of a form's export are", Long: cohortMapLong,
		Example: "  pmpath cohort map responses.csv\n  pmpath cohort map responses.csv -o map.yaml\n  pmpath cohort report --map map.yaml responses.csv",
		Args:    arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			opts.file = args[0]
			return run(e, opts)
		},
	}
	cmd.Flags().StringVarP(&opts.output, "output", "o", "", "save the map to a new file; - prints it in place of the report")
	cmd.Flags().StringVar(&opts.encoding, "encoding", "", "of the export: utf-8, utf-16 or windows-1252, where it cannot be told")
	formatFlags(cmd, "text", "json")
	return cmd
}

func runCohortMap(e *env, opts *cohortMapOptions) error {
	r, err := e.loadRubric()
	if err != nil {
		return err
	}
	proposal, err := e.proposeMap(r, opts)
	if err != nil {
		return err
	}
	switch opts.output {
	case stdinName:
		err = e.deliver("", func(w io.Writer) error { _, err := w.Write(proposal.YAML()); return err })
	case "":
		err = e.deliver("", e.renderMap(proposal, opts))
	default:
		if err = ifExists(createFile(opts.output, proposal.YAML()), "choose another name"); err == nil {
			err = e.deliver("", e.renderMap(proposal, opts))
		}
	}
	if err == nil && proposal.Undecided() > 0 {
		return answerNo{fmt.Sprintf("%d for you to decide", proposal.Undecided())}
	}
	return err
}

func (e *env) proposeMap(r *rubric.Rubric, opts *cohortMapOptions) (*formmap.Proposal, error) {
	inputs, err := e.openCohort([]string{opts.file})
	if err != nil {
		return nil, err
	}
	defer func() { _ = inputs.close() }() // was only read
	table, notices, err := intake.ReadForm(inputs.list[0], opts.encoding)
	if err != nil {
		return nil, err
	}
	e.notice(notices)
	return formmap.Propose(r, table)
}

func (e *env) renderMap(p *formmap.Proposal, opts *cohortMapOptions) func(io.Writer) error {
	if e.settings.Format == "json" {
		return func(w io.Writer) error { return report.JSON(w, report.NewFormMap(p, nil)) }
	}
	return func(w io.Writer) error {
		return report.FormMapText(w, report.NewFormMap(p, sanitize.Line), opts.next(p), e.layout(""))
	}
}

// next says what to do with the proposal.
func (o *cohortMapOptions) next(p *formmap.Proposal) string {
	saved := o.output != ""
	switch undecided := p.Undecided(); {
	case !saved:
		return "Nothing is saved. With -o map.yaml the map is, to be looked at and used."
	case undecided == 1:
		return fmt.Sprintf("One thing is for you to decide. It stands in %s as a comment; until then exports that have it are refused.", sanitize.Line(o.output))
	case undecided > 1:
		return fmt.Sprintf("%d things are for you to decide. They stand in %s as comments; until then exports that have them are refused.", undecided, sanitize.Line(o.output))
	}
	return fmt.Sprintf("Saved. Use it: pmpath cohort report --map %s %s", sanitize.Line(o.output), sanitize.Line(o.file))
}

// readMap reads a column map.
func (e *env) readMap(r *rubric.Rubric, name string) (*formmap.Map, error) {
	node, err := e.readDocument(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, withHint(err, "`pmpath cohort map EXPORT -o map.yaml` proposes a map")
	case err != nil:
		return nil, err
	}
	return formmap.Read(r, node)
}
