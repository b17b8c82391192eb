package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/sanitize"
)

const configLong = `Print the settings in force. --origin names for each one where it was set: a flag, a
variable, the project file .pmpath.yaml, your own config.yaml, or the default, in this
order of precedence. See also: pmpath help environment`

func newConfigCmd(e *env) *cobra.Command {
	cmd := &cobra.Command{Use: "config", Short: "Look at the settings"}
	cmd.AddCommand(newConfigShowCmd(e))
	group(cmd)
	return cmd
}

func newConfigShowCmd(e *env) *cobra.Command {
	var origin bool
	cmd := &cobra.Command{
		Use: "show", Short: "Print the settings in force", Long: configLong, Args: arguments(0, 0),
		RunE: func(*cobra.Command, []string) error {
			return e.deliver("", func(w io.Writer) error {
				for _, o := range e.settings.Origins() {
					line := o.Key + ": " + o.Value
					if origin {
						line += "  # " + o.From
					}
					fmt.Fprintln(w, sanitize.Line(line))
				}
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&origin, "origin", false, "name where each setting was set")
	return cmd
}
