package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/history"
	"github.com/pmpath/pmpath/internal/report"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/rubrics"
)

const doctorLong = `Look over everything that is kept: rights of folders and files, the structure of the
database, every seal and checksum, locks, leftovers and backups. It changes nothing.

With --fix, what can be mended safely is mended: rights that are too wide, leftovers, an
erasure that was cut short. A damaged database is put aside, never thrown away; a new
one is built from what can be read of it and from the newest backup, and what was kept
and what was lost is printed.

Exits with 1 where something is left to do, and with 65 where that is a database that is
damaged or from a newer pmpath.`

func newDoctorCmd(e *env) *cobra.Command {
	var fix bool
	cmd := &cobra.Command{
		Use: "doctor", Short: "Check what is kept, and mend it", Long: doctorLong, Example: "  pmpath doctor\n  pmpath doctor --fix",
		Args: arguments(0, 0),
		RunE: func(*cobra.Command, []string) error { return e.examine(fix) },
	}
	cmd.Flags().BoolVar(&fix, "fix", false, "mend what can be mended safely")
	return cmd
}

func (e *env) examine(fix bool) error {
	folder, err := e.dataFolder()
	if err != nil {
		return err
	}
	options := history.Options{Now: e.now, Version: version()}
	var done []string
	if fix {
		known, err := shippedRubrics()
		if err != nil {
			return err
		}
		mended, err := history.Mend(folder, options, known)
		done = mendedWords(mended)
		if err != nil {
			return err
		}
	}
	findings := history.Examine(folder, options)
	err = e.deliver("", func(w io.Writer) error { return report.Checkup(w, folder, done, checks(findings), e.layout("")) })
	if err != nil {
		return err
	}
	return verdictOn(findings, fix)
}

func shippedRubrics() ([]*rubric.Rubric, error) {
	var all []*rubric.Rubric
	for _, name := range rubrics.Names() {
		r, err := rubrics.Load(name)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}

func checks(findings []history.Finding) []report.Check {
	var all []report.Check
	for _, f := range findings {
		all = append(all, report.Check{What: f.What, Do: f.Do, Mends: f.Mends})
	}
	return all
}

// verdictOn is the result as an exit code.
func verdictOn(findings []history.Finding, fixed bool) error {
	toDo := slices.ContainsFunc(findings, func(f history.Finding) bool { return f.Do != "" })
	serious := slices.ContainsFunc(findings, func(f history.Finding) bool { return f.Serious })
	hint := "`pmpath doctor --fix` mends what it can"
	if fixed {
		hint = "see above"
	}
	switch {
	case serious:
		return withHint(unusableError{}, hint)
	case toDo:
		return answerNo{}
	}
	return nil
}

// unusableError is a database that cannot be used as it is.
type unusableError struct{}

func (unusableError) Error() string { return "the database cannot be used as it is" }

func mendedWords(m history.Mended) []string {
	done := slices.Clone(m.Done)
	r := m.Rebuilt
	if r == nil {
		return done
	}
	done = append(done,
		"the damaged database is kept as "+r.Aside,
		fmt.Sprintf("kept in the new one: %s, %s, %s", several(r.Assessments, "assessment", "assessments"), several(r.Plans, "plan", "plans"), several(r.Drafts, "draft", "drafts")))
	if r.FromBackup > 0 {
		done = append(done, several(r.FromBackup, "of these comes", "of these come")+" from a backup")
	}
	if len(r.Lost) == 0 {
		return append(done, "lost: nothing that is known of")
	}
	return append(done, "lost: "+strings.Join(r.Lost, "; "))
}
