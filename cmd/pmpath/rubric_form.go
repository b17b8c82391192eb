package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/formmap"
)

const rubricFormLong = `Print the questions for a form tool, so that people who do not use a terminal can answer
in a browser: who answers, every question with its levels in words, and the facts with
their evidence. Levels that roles ask for and weights are not in it.

  text         to paste: questions and choices, a line each. For Google Forms, Microsoft
               Forms and Typeform, which import no file that fits, or only documents
               that they make their own guesses about.
  csv          a row for each question, for scripts and spreadsheets
  qualtrics    Advanced Format TXT: in Qualtrics Tools, Import/Export, Import survey
  limesurvey   tab-separated survey structure: save it with the ending .txt, then in
               LimeSurvey Create survey, Import. The survey is said to be in English;
               its language can be changed there.

Let every question be answered by one choice, and none be mandatory. Read the export
with pmpath cohort map. Where the tool has the choice, export the texts of answers.`

type rubricFormOptions struct{ file string }

func newRubricFormCmd(e *env) *cobra.Command {
	opts := &rubricFormOptions{}
	cmd := &cobra.Command{
		Use: "form", Short: "Print the questions for a form tool", Long: rubricFormLong,
		Example: "  pmpath rubric form\n  pmpath rubric form --format limesurvey -o survey.txt\n  pmpath rubric form --format qualtrics -o survey.txt",
		Args:    arguments(0, 0),
		RunE:    func(*cobra.Command, []string) error { return runRubricForm(e, opts) },
	}
	cmd.Flags().StringVarP(&opts.file, "output", "o", "", "write the questions to a new file in place of standard output")
	formatFlags(cmd, "text", "csv", "qualtrics", "limesurvey")
	return cmd
}

func runRubricForm(e *env, opts *rubricFormOptions) error {
	r, err := e.loadRubric()
	if err != nil {
		return err
	}
	data, err := writtenForm(formmap.NewForm(r), e.settings.Format)
	if err != nil {
		return err
	}
	if opts.file == "" || opts.file == stdinName {
		return e.deliver("", func(w io.Writer) error { _, err := w.Write(data); return err })
	}
	return ifExists(createFile(opts.file, data), "choose another name")
}

func writtenForm(form *formmap.Form, format string) ([]byte, error) {
	switch format {
	case "csv":
		return form.CSV()
	case "qualtrics":
		return form.Qualtrics(), nil
	case "limesurvey":
		return form.LimeSurvey()
	}
	return form.Text(), nil
}
