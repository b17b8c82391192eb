package rubric_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/rubric"
)

// TestBrokenRubrics loads whole rubrics with several problems in several files. All of them come back at once, sorted.
func TestBrokenRubrics(t *testing.T) {
	folders, err := os.ReadDir("testdata/broken")
	if err != nil {
		t.Fatal(err)
	}
	if len(folders) < 10 {
		t.Fatalf("%d broken rubrics: some are gone", len(folders))
	}
	for _, folder := range folders {
		t.Run(folder.Name(), func(t *testing.T) {
			golden := filepath.Join("testdata/broken", folder.Name(), "want.txt")
			r, err := rubric.Load(os.DirFS("testdata/broken"), folder.Name(), "")
			got := complaint(err) + "\n"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(strings.Split(readFile(t, golden), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("%s: -want +got\n%s", golden, diff)
			}
			if r != nil {
				t.Error("a rubric came back with the problems")
			}
		})
	}
}
