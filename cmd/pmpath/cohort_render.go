package main

import (
	"fmt"
	"io"

	"github.com/pmpath/pmpath/internal/cohort"
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/report"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// renderCohort chooses the renderer of the format in the settings. What it renders has gone through Publish: nothing else of a summary may be printed.
func (e *env) renderCohort(s *cohort.Summary, inputs *cohortInputs, tally intake.Tally, opts *cohortReportOptions) func(io.Writer) error {
	published := s.Publish(opts.minGroup)
	extras := report.CohortExtras{LeftOut: tally.LeftOut, Places: inputs.places(tally), People: opts.people != ""}
	built := func(clean func(string) string) *report.CohortReport {
		return report.NewCohort(published, extras, report.Options{Clean: clean})
	}
	return func(w io.Writer) error {
		switch e.settings.Format {
		case "json":
			return report.JSON(w, built(nil))
		case "jsonl":
			return report.CohortJSONLines(w, built(nil))
		case "csv":
			return report.CohortCSV(w, built(nil))
		case "markdown":
			return report.CohortMarkdown(w, built(sanitize.Markdown))
		}
		return report.CohortText(w, built(sanitize.Line), e.layout(opts.file))
	}
}

// places are those of people who were left out, for a report that others may read. Files in a folder are often called by who has written them, so their places are
// only on standard error.
func (c *cohortInputs) places(tally intake.Tally) []string {
	named := map[string]bool{}
	for _, in := range c.list {
		named[in.Shown] = in.Tree == nil
	}
	var places []string
	for _, p := range tally.Problems {
		if place := fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column); named[p.File] && (len(places) == 0 || places[len(places)-1] != place) {
			places = append(places, place)
		}
	}
	return places
}

// notice says what a person should know about how the inputs were understood.
func (e *env) notice(texts []string) {
	for _, text := range texts {
		fmt.Fprintf(e.streams.Err, "pmpath: %s\n", sanitize.Line(text))
	}
}
