package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/intake"
)

const cohortTemplateLong = `Print the first two lines of a table with a row for each person, to be filled in with a
spreadsheet: the names of the columns, and below them a line of help that may stay.
Save it as CSV (UTF-8).

Columns of your own may be added, such as "location". What can be shown for an answer
goes into a column ID.evidence, and its day into ID.date, where ID is the question's.`

type cohortTemplateOptions struct{ file string }

func newCohortTemplateCmd(e *env) *cobra.Command {
	opts := &cohortTemplateOptions{}
	cmd := &cobra.Command{
		Use: "template", Short: "Print an empty table for the answers of many people", Long: cohortTemplateLong, Example: "  pmpath cohort template -o team.csv",
		Args: arguments(0, 0),
		RunE: func(*cobra.Command, []string) error { return runCohortTemplate(e, opts) },
	}
	cmd.Flags().StringVarP(&opts.file, "output", "o", "", "write the table to a new file in place of standard output")
	return cmd
}

func runCohortTemplate(e *env, opts *cohortTemplateOptions) error {
	r, err := e.loadRubric()
	if err != nil {
		return err
	}
	data, err := intake.Template(r)
	if err != nil {
		return err
	}
	if opts.file == "" || opts.file == stdinName {
		return e.deliver("", func(w io.Writer) error { _, err := w.Write(data); return err })
	}
	return ifExists(createFile(opts.file, data), "choose another name")
}
