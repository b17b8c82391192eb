// Package rubrictest holds the small rubric that tests of all packages share: 2 areas, 3 competencies, 4 items, 3 gates and a ladder of 4
// stages in a diamond. Its files stand in small/ with every number that a test may rely on worked out in a comment; small.yaml is the
// same rubric in a single file. Only tests may import this package, and nobody may change the rubric that Small returns.
package rubrictest

import (
	"embed"
	"io/fs"
	"testing"

	"github.com/pmpath/pmpath/internal/rubric"
)

//go:embed small small.yaml
var files embed.FS

// Names in Files.
const (
	Folder = "small"      // the rubric as a folder
	Single = "small.yaml" // the same as a single file
)

// Files holds Folder and Single.
func Files() fs.FS { return files }

// Small loads the small rubric anew, so that a test may not disturb another.
func Small(t testing.TB) *rubric.Rubric {
	t.Helper()
	r, err := rubric.Load(files, Folder, Folder)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
