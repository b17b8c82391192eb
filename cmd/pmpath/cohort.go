package main

import "github.com/spf13/cobra"

func newCohortCmd(e *env) *cobra.Command {
	cmd := &cobra.Command{Use: "cohort", Short: "Look at the answers of many people together"}
	cmd.AddCommand(newCohortReportCmd(e, runCohortReport), newCohortMapCmd(e, runCohortMap), newCohortTemplateCmd(e), newCohortGateCmd(e, runCohortGate))
	group(cmd)
	return cmd
}
