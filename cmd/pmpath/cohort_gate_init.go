package main

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/cohort"
	"github.com/pmpath/pmpath/internal/disclosure"
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/policy"
	"github.com/pmpath/pmpath/internal/report"
	"github.com/pmpath/pmpath/internal/sanitize"
)

const cohortGateInitLong = `Write a first policy from the answers of many people, with a little slack: today's
answers keep to it. It is a proposal to talk about: every rule has a place for why.

No number in it says how many of fewer than 5 people something is true of.`

type cohortGateInitOptions struct {
	files    []string
	date     string
	encoding string
	formMap  string
	file     string
}

func newCohortGateInitCmd(e *env) *cobra.Command {
	opts := &cohortGateInitOptions{}
	cmd := &cobra.Command{
		Use: "init FILES...", Short: "Write a first policy from today's answers", Long: cohortGateInitLong,
		Example: "  pmpath cohort gate init sheets/ -o policy.yaml", Args: needsFiles,
		RunE: func(_ *cobra.Command, args []string) error {
			opts.files = args
			return runCohortGateInit(e, opts)
		},
	}
	cmd.Flags().StringVar(&opts.date, "date", "", "the day to look from, such as 2026-11-22; today where left out")
	inputFlags(cmd, &opts.encoding, &opts.formMap)
	cmd.Flags().StringVarP(&opts.file, "output", "o", "", "write the policy to a new file in place of standard output")
	return cmd
}

// surveyed hands a person to who counts and to who looks at ages.
type surveyed struct {
	count *cohort.Worker
	ages  *policy.SurveyWorker
}

func (s surveyed) Handle(p *intake.Person, out []byte) []byte {
	s.count.Handle(p, nil)
	s.ages.Handle(p, nil)
	return out
}

func runCohortGateInit(e *env, opts *cohortGateInitOptions) error {
	today, err := e.dayAsked("--date", opts.date, time.UTC)
	if err != nil {
		return err
	}
	r, err := e.loadRubric()
	if err != nil {
		return err
	}
	scorer, err := cohort.New(r, cohort.Options{By: []string{cohort.ByStage}})
	if err != nil {
		return err
	}
	survey := policy.NewSurvey(r, today)
	options, err := e.inputOptions(r, opts.encoding, opts.formMap)
	if err != nil {
		return err
	}
	if err := e.scanCohort(r, opts.files, options, 1, func([]string) (func() intake.Handler, error) {
		return func() intake.Handler { return surveyed{scorer.Worker(), survey.Worker()} }, nil
	}); err != nil {
		return err
	}
	summary, err := scorer.Summary()
	if err != nil {
		return tooManyGroups(err)
	}
	if summary.Total.People < disclosure.DefaultGroup {
		return withHint(usage("fewer than %d people are too few for bounds about groups", disclosure.DefaultGroup), "for one person, use `pmpath assess --answers FILE --require ready`")
	}
	var text bytes.Buffer
	if err := report.PolicyDraft(&text, summary.Publish(disclosure.DefaultGroup), survey.Ages(), today.String()); err != nil {
		return err
	}
	if opts.file == "" || opts.file == stdinName {
		return e.deliver("", func(w io.Writer) error { _, err := w.Write(text.Bytes()); return err })
	}
	if err := ifExists(createFile(opts.file, text.Bytes()), "choose another name"); err != nil {
		return err
	}
	fmt.Fprintf(e.streams.Err, "pmpath: wrote %s – read it, change it, then: pmpath cohort gate FILES --policy %[1]s\n", sanitize.Line(opts.file))
	return nil
}
