package main

import (
	"fmt"
	"io"

	"github.com/pmpath/pmpath/internal/cohort"
	"github.com/pmpath/pmpath/internal/intake"
)

// renderCohort chooses the renderer of the format in the settings.
func (e *env) renderCohort(s *cohort.Summary, source *intake.Source, tally intake.Tally, opts *cohortReportOptions) func(io.Writer) error {
	return func(w io.Writer) error { _, err := fmt.Fprintln(w, s.Total.People, tally.LeftOut); return err }
}
