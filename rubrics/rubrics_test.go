package rubrics

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pmpath/pmpath/internal/lint"
	"github.com/pmpath/pmpath/internal/rubric"
)

var update = flag.Bool("update", false, "write the snapshots anew")

// A snapshot must be exactly the rubric of the files beside it; else every start would parse YAML.
func TestSnapshotsAreFresh(t *testing.T) {
	for _, name := range Names() {
		fromFiles, err := rubric.Load(Files(), name, name)
		if err != nil {
			t.Fatal(err)
		}
		source, err := sourceMark(name)
		if err != nil {
			t.Fatal(err)
		}
		want := source + string(fromFiles.Canonical())
		file := filepath.Join("snapshots", name)
		if *update {
			if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != want {
			t.Errorf("the snapshot of %s is stale: run `go test ./rubrics -update`", name)
		}
	}
}

// What Load gives from the snapshot is what the files say.
func TestLoadAgreesWithFiles(t *testing.T) {
	for _, name := range Names() {
		got, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		want, err := rubric.Load(Files(), name, name)
		if err != nil {
			t.Fatal(err)
		}
		if string(got.Canonical()) != string(want.Canonical()) || got.Digest != want.Digest {
			t.Errorf("%s: the snapshot reads as another rubric than the files", name)
		}
		for i, stage := range want.Stages {
			if got.Stages[i].Depth != stage.Depth || len(got.Stages[i].Before) != len(stage.Before) {
				t.Errorf("%s: %s has depth %d from the snapshot, %d from the files", name, stage.ID, got.Stages[i].Depth, stage.Depth)
			}
		}
	}
}

// The rubric that `pmpath rubric new` copies is one to learn from: it lints clean.
func TestStarterLintsClean(t *testing.T) {
	r, err := rubric.Load(Files(), Starter, Starter)
	if err != nil {
		t.Fatal(err)
	}
	for _, finding := range lint.Lint(r).Findings {
		t.Errorf("%s: %s: %s – %s", finding.Position, finding.Rule.Name, finding.What, finding.Rule.Do)
	}
}

func TestLoadUnknown(t *testing.T) {
	if _, err := Load("no-such-rubric"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Load of an unknown name: %v, want fs.ErrNotExist", err)
	}
}

// The shipped rubric is clean, without exceptions that are not explained where they stand.
func TestShippedRubricsLintClean(t *testing.T) {
	for _, name := range Names() {
		r, err := rubric.Load(Files(), name, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, finding := range lint.Lint(r).Findings {
			t.Errorf("%s: %s: %s – %s", finding.Position, finding.Rule.Name, finding.What, finding.Rule.Do)
		}
	}
}

// Lines of the shipped files fit a screen and carry no stray space.
func TestShippedFilesAreTidy(t *testing.T) {
	err := fs.WalkDir(Files(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(Files(), name)
		for i, line := range strings.Split(string(data), "\n") {
			if strings.TrimRight(line, " \t") != line || len([]rune(line)) > 160 {
				t.Errorf("%s:%d: trailing space or more than 160 characters", name, i+1)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func BenchmarkLoadShipped(b *testing.B) {
	b.Run("snapshot", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := Load("product-management"); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("yaml", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := rubric.Load(Files(), "product-management", "product-management"); err != nil {
				b.Fatal(err)
			}
		}
	})
}
