package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/history"
)

const historyExportLong = `Write everything that is kept as JSON: assessments, plans and drafts, with the rubrics
they were taken with. ` + "`pmpath history import`" + ` reads it back, and exporting that gives the
same bytes. An existing file is only replaced with --force.`

type exportOptions struct {
	file, person string
	force        bool
}

func newHistoryExportCmd(e *env) *cobra.Command {
	opts := &exportOptions{}
	cmd := &cobra.Command{
		Use: "export FILE", Short: "Write everything that is kept to a file, or to - for standard output", Long: historyExportLong,
		Example: "  pmpath history export history.json\n  pmpath history export --person me -",
		Args:    arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			opts.file = args[0]
			return e.withHistory(func(s *history.Store) error { return e.exportHistory(s, opts) })
		},
	}
	personFlag(cmd, &opts.person, "only about this person; me for yourself")
	cmd.Flags().BoolVar(&opts.force, "force", false, "replace a file that is there")
	return cmd
}

func (e *env) exportHistory(s *history.Store, opts *exportOptions) error {
	data, err := s.Export(whose(opts.person))
	switch {
	case err != nil:
		return err
	case opts.file == stdinName:
		return e.deliver("", func(w io.Writer) error {
			_, err := w.Write(data)
			return err
		})
	case opts.force:
		return replaceFile(opts.file, data)
	}
	return ifExists(createFile(opts.file, data), "choose another name, or replace the file with --force")
}
