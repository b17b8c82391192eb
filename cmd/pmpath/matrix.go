package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/report"
)

func newLadderMatrixCmd(e *env) *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use: "matrix", Short: "Print competencies against stages: the level that each stage asks for",
		Example: "  pmpath ladder matrix\n  pmpath ladder matrix --format csv -o matrix.csv",
		Args:    arguments(0, 0),
		RunE: func(*cobra.Command, []string) error {
			r, err := e.loadRubric()
			if err != nil {
				return err
			}
			return e.deliver(file, func(w io.Writer) error {
				switch e.settings.Format {
				case "markdown":
					return report.MatrixMarkdown(w, r)
				case "csv":
					return report.MatrixCSV(w, r)
				}
				return report.MatrixText(w, r, e.layout(file))
			})
		},
	}
	cmd.Flags().StringVarP(&file, "output", "o", "", "write the matrix to a file in place of standard output")
	formatFlags(cmd, "text", "markdown", "csv")
	return cmd
}
