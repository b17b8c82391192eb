package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/lint"
	"github.com/pmpath/pmpath/internal/sanitize"
)

const lintLong = `Check a rubric: first whether it loads, then for what is defined and never used, asked
and never explained, or set so that it cannot do its work. The rubric is a shipped
name, a folder or a file, as argument or in --rubric. Exit code 65: it does not load;
1: a finding at or above --fail-on.`

type lintOptions struct {
	failOn choice
	file   string
}

func newRubricLintCmd(e *env) *cobra.Command {
	opts := &lintOptions{failOn: choice{"warning", []string{"warning", "note", "never"}}}
	cmd := &cobra.Command{
		Use: "lint [RUBRIC]", Short: "Check a rubric", Long: lintLong, Example: "  pmpath rubric lint ./our-rubric\n  pmpath rubric lint --fail-on note",
		Args: arguments(0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				e.settings.Rubric = args[0]
			}
			return runLint(e, opts)
		},
	}
	cmd.Flags().Var(&opts.failOn, "fail-on", "the least severity that gives exit code 1")
	cmd.Flags().StringVarP(&opts.file, "output", "o", "", "write the findings to a file in place of standard output")
	formatFlags(cmd, "text", "json")
	return cmd
}

func runLint(e *env, opts *lintOptions) error {
	r, err := e.loadRubricText()
	if err != nil {
		return err
	}
	findings := lint.Lint(r).Findings
	if err := e.deliver(opts.file, func(w io.Writer) error { return writeFindings(w, findings, e.settings.Format) }); err != nil {
		return err
	}
	failing := 0
	for _, finding := range findings {
		if opts.failOn.value == "note" || opts.failOn.value == "warning" && finding.Rule.Severity == lint.Warning {
			failing++
		}
	}
	if failing > 0 {
		return answerNo{fmt.Sprintf("%d to look at", failing)}
	}
	return nil
}

// finding is the form that programs read.
type finding struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	File     string `json:"file"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Message  string `json:"message"`
	Hint     string `json:"hint"`
}

func writeFindings(w io.Writer, findings []lint.Finding, format string) error {
	if format == "json" {
		list := struct {
			SchemaVersion int       `json:"schema_version"`
			Findings      []finding `json:"findings"`
		}{1, []finding{}}
		for _, f := range findings {
			list.Findings = append(list.Findings, finding{f.Rule.Name, f.Rule.Severity.String(), f.File, f.Line, f.Column, f.What, f.Rule.Do})
		}
		return writeJSON(w, list)
	}
	for _, f := range findings {
		if _, err := fmt.Fprintf(w, "%s: %s: %s – %s (%s)\n", sanitize.Line(f.Position.String()), f.Rule.Severity, sanitize.Line(f.What), f.Rule.Do, f.Rule.Name); err != nil {
			return err
		}
	}
	return nil
}
