package main

import (
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/history"
)

func newHistoryImportCmd(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "import FILE", Short: "Add what `history export` wrote; - for standard input",
		Long: `Add what ` + "`pmpath history export`" + ` wrote. All of it is checked first; where anything is
wrong, nothing is added. What is there already stays as it is.`,
		Example: "  pmpath history import history.json",
		Args:    arguments(1, 1),
		RunE:    func(_ *cobra.Command, args []string) error { return e.importHistory(args[0]) },
	}
}

func (e *env) importHistory(name string) error {
	in, shown, err := e.openImport(name)
	if err != nil {
		return err
	}
	defer in.Close() // read only
	s, err := e.openHistory(0)
	if err != nil {
		return err
	}
	count, err := s.Import(in, shown)
	if closing := s.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	e.say("Added: %s.", countWords(count))
	return nil
}

func countWords(c history.Imported) string {
	text := several(c.Assessments, "assessment", "assessments") + ", " + several(c.Plans, "plan", "plans") + ", " + several(c.Drafts, "draft", "drafts")
	if c.Already > 0 {
		text += "; " + several(c.Already, "entry was", "entries were") + " there already"
	}
	return text
}

func (e *env) openImport(name string) (in io.ReadCloser, shown string, err error) {
	if name == stdinName {
		return io.NopCloser(e.streams.In), "standard input", nil
	}
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, "", err
	case info.IsDir():
		return nil, "", &fs.PathError{Op: "read", Path: name, Err: document.ErrFolder}
	case !info.Mode().IsRegular():
		return nil, "", &fs.PathError{Op: "read", Path: name, Err: document.ErrNotRegular}
	}
	in, err = os.Open(name)
	return in, name, err
}
