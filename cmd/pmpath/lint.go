package main

import (
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/lint"
	"github.com/pmpath/pmpath/internal/report"
)

const lintLong = `Check a rubric: first whether it loads, then for stages that nobody can reach, criteria
and floors that can never change a verdict, what is asked and never explained, and
wording that measures something else than it says. "pmpath help lint-rules" lists the
rules. The rubric is a shipped name, a folder or a file, as argument or in --rubric.

A finding that is meant to stay can be accepted where it stands, with its reason:
accept: [{rule: asks-less, why: ...}]

Formats: text and json; github for annotations of a pull request, sarif for code
scanning. Exit code 65: the rubric does not load; 1: a finding at or above --fail-on.`

type lintOptions struct {
	failOn choice
	file   string
}

func newRubricLintCmd(e *env) *cobra.Command {
	opts := &lintOptions{failOn: choice{"warning", []string{"warning", "note", "never"}}}
	cmd := &cobra.Command{
		Use: "lint [RUBRIC]", Short: "Check a rubric", Long: lintLong,
		Example: "  pmpath rubric lint ./our-rubric\n  pmpath rubric lint ./our-rubric --fail-on note --format github\n  pmpath rubric lint ./our-rubric --format sarif -o lint.sarif",
		Args:    arguments(0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				e.settings.Rubric = args[0]
			}
			return runLint(e, opts)
		},
	}
	cmd.Flags().Var(&opts.failOn, "fail-on", "the least severity that gives exit code 1")
	cmd.Flags().StringVarP(&opts.file, "output", "o", "", "write the findings to a file in place of standard output")
	formatFlags(cmd, "text", "json", "github", "sarif")
	return cmd
}

func runLint(e *env, opts *lintOptions) error {
	r, err := e.loadRubricText()
	if err != nil {
		return err
	}
	result := lint.Lint(r)
	if err := e.deliver(opts.file, func(w io.Writer) error { return e.writeFindings(w, result) }); err != nil {
		return err
	}
	if failing := opts.failing(result.Findings); failing > 0 {
		return answerNo{fmt.Sprintf("%d to look at", failing)}
	}
	return nil
}

func (o *lintOptions) failing(findings []lint.Finding) int {
	failing := 0
	for _, finding := range findings {
		if o.failOn.value == "note" || o.failOn.value == "warning" && finding.Rule.Severity == lint.Warning {
			failing++
		}
	}
	return failing
}

func (e *env) writeFindings(w io.Writer, result lint.Result) error {
	switch e.settings.Format {
	case "json":
		return report.FindingsJSON(w, result)
	case "github":
		return report.FindingsGitHub(w, result)
	case "sarif":
		folder, err := e.workDir()
		if err != nil {
			return fmt.Errorf("find the working folder: %w", err)
		}
		return report.FindingsSARIF(w, result, version(), func(file string) string { return relativeURI(folder, file) })
	}
	return report.Findings(w, result)
}

// relativeURI names a file as code scanning finds it in a repository: from the working folder. A file outside of it keeps its whole path.
func relativeURI(folder, file string) string {
	name := filepath.FromSlash(file)
	if filepath.IsAbs(name) {
		if from, err := filepath.Rel(folder, name); err == nil && filepath.IsLocal(from) {
			name = from
		}
	}
	slashed := filepath.ToSlash(filepath.Clean(name))
	if filepath.IsAbs(name) {
		return (&url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(slashed, "/")}).String()
	}
	return (&url.URL{Path: slashed}).String()
}

// lintRulesHelp lists the rules from the one table that lint itself works by.
func lintRulesHelp() string {
	var b strings.Builder
	b.WriteString("What `pmpath rubric lint` finds. A note is worth a look; a warning says that something does\nnot do what it says, and gives exit code 1.\n")
	for _, rule := range lint.Rules() {
		fmt.Fprintf(&b, "\n  %s (%s)\n    %s\n", rule.Name, rule.Severity, rule.Finds)
	}
	b.WriteString("\nTo keep a finding, say so at the part of the rubric that it is about, with the reason:\n\n  making: {level: 2, why: ..., accept: [{rule: asks-less, why: ...}]}")
	return b.String()
}
