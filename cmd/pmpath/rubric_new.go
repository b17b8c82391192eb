package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/sanitize"
	"github.com/pmpath/pmpath/rubrics"
)

const newLong = `Make a folder with a small rubric of your own to start from: two areas, four
competencies, three stages. It lints clean and can be used at once; every text and
number in it is to be replaced.`

func newRubricNewCmd(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "new FOLDER", Short: "Make a small rubric to start from", Long: newLong,
		Example: "  pmpath rubric new our-rubric\n  pmpath rubric lint our-rubric\n  pmpath assess --rubric our-rubric",
		Args:    arguments(1, 1),
		RunE:    func(_ *cobra.Command, args []string) error { return runRubricNew(e, args[0]) },
	}
}

// runRubricNew makes the folder, which must not be there yet, so that nothing of anybody's is ever mixed up.
func runRubricNew(e *env, folder string) error {
	if err := os.Mkdir(folder, 0o700); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return withHint(err, "choose another name")
		}
		return err
	}
	entries, err := fs.ReadDir(rubrics.Files(), rubrics.Starter)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		data, err := fs.ReadFile(rubrics.Files(), rubrics.Starter+"/"+entry.Name())
		if err != nil {
			return err
		}
		if err := createFile(filepath.Join(folder, entry.Name()), data); err != nil {
			return err
		}
	}
	shown := sanitize.Line(folder)
	fmt.Fprintf(e.streams.Err, "Made %s. Change its files to your own; then:\n  pmpath rubric lint %s\n  pmpath assess --rubric %s\n", shown, shown, shown)
	return nil
}
