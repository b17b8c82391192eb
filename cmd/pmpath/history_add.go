package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/readiness"
)

func newHistoryAddCmd(e *env) *cobra.Command {
	var roles selection
	cmd := &cobra.Command{
		Use: "add SHEET", Short: "Keep the assessment of an answer sheet",
		Long:    "Assess an answer sheet and keep the result, as if it had been answered here. Prints the id.",
		Example: "  pmpath history add me.yaml\n  pmpath history add me.yaml --target senior-pm",
		Args:    arguments(1, 1),
		RunE:    func(_ *cobra.Command, args []string) error { return e.addToHistory(args[0], roles) },
	}
	roles.flags(cmd)
	return cmd
}

func (e *env) addToHistory(name string, roles selection) error {
	sheet, err := e.readSheet(name)
	if err != nil {
		return err
	}
	if err := roles.apply(sheet); err != nil {
		return err
	}
	targets, err := targetsOf(sheet)
	if err != nil {
		return err
	}
	s, err := e.openHistory(0)
	if err != nil {
		return err
	}
	id, err := s.Add(readiness.Assess(sheet, targets))
	if closing := s.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	return e.deliver("", func(w io.Writer) error {
		_, err := fmt.Fprintln(w, id)
		return err
	})
}
