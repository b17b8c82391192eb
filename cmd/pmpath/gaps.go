package main

import (
	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/readiness"
)

const gapsLong = `Print what is missing for the roles that an answer sheet asks about, all of it:
each skill below the level asked for with the next level in full and what to begin
with, those that bring most points first; gates that are not met; and the open
questions that can change the verdict.`

type gapsOptions struct {
	sheet string
	selection
	output
}

func newGapsCmd(e *env, run func(*env, *gapsOptions) error) *cobra.Command {
	opts := &gapsOptions{}
	cmd := &cobra.Command{
		Use: "gaps SHEET", Short: "Print what is missing, from an answer sheet", Long: gapsLong,
		Example: "  pmpath gaps me.yaml\n  pmpath gaps me.yaml --target senior-pm --format markdown",
		Args:    arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			opts.sheet = args[0]
			return run(e, opts)
		},
	}
	opts.selection.flags(cmd)
	opts.output.flags(cmd)
	return cmd
}

func runGaps(e *env, opts *gapsOptions) error {
	sheet, err := e.readSheet(opts.sheet)
	if err != nil {
		return err
	}
	if err := opts.selection.apply(sheet); err != nil {
		return err
	}
	targets, err := targetsOf(sheet)
	if err != nil {
		return err
	}
	opts.sheetHint = e.sheetInHints(opts.sheet, opts.changes)
	return e.deliver(opts.file, e.render(readiness.Assess(sheet, targets), opts.output, gapsAlone, nil))
}
