package report

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// checkGolden compares with testdata/name.golden. Escape bytes are shown as ␛ there, so that the files can be read.
func checkGolden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	got = strings.ReplaceAll(got, "\x1b", "␛")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: -want +got\n%s", file, diff)
	}
}

func TestReports(t *testing.T) {
	r := rubrictest.Small(t)
	for _, person := range people {
		a := assess(t, r, person.sheet)
		for _, format := range formats {
			checkGolden(t, person.name+"."+format.name, rendered(t, format.render, a))
		}
	}
}

// Where a person stands is worked out in the comments of people; the golden files say it in words.
func TestPeopleStandWhereTheyShould(t *testing.T) {
	r := rubrictest.Small(t)
	want := map[string]readiness.Verdict{
		"ready": readiness.Ready, "barely": readiness.Ready, "not-yet": readiness.NotReady, "one-step": readiness.NotReady, "half-filled": readiness.Undetermined,
		"no-chance": readiness.Undetermined, "one-open": readiness.Undetermined, "not-yet-at-best": readiness.NotReady, "several": readiness.NotReady,
		"by-manager": readiness.Ready, "asks-nothing": readiness.Ready,
	}
	for _, person := range people {
		if got := assess(t, r, person.sheet).Targets[0].Verdict; got != want[person.name] {
			t.Errorf("%s: %v, want %v", person.name, got, want[person.name])
		}
	}
}

// pages print what a rubric says, without a sheet.
var pages = []struct {
	name  string
	print func(io.Writer, *rubric.Rubric) error
}{
	{"ladder-80", func(w io.Writer, r *rubric.Rubric) error { return Ladder(w, r, r.Stages, Layout{Width: 80}) }},
	{"ladder-40", func(w io.Writer, r *rubric.Rubric) error { return Ladder(w, r, r.Stages, Layout{Width: 40}) }},
	{"stage-starter", func(w io.Writer, r *rubric.Rubric) error { return Stage(w, r, r.Stages[0], Layout{Width: 80}) }},
	{"stage-builder", func(w io.Writer, r *rubric.Rubric) error { return Stage(w, r, r.Stages[1], Layout{Width: 80}) }},
	{"stage-lead-40", func(w io.Writer, r *rubric.Rubric) error { return Stage(w, r, r.Stages[3], Layout{Width: 40}) }},
	{"instrument-80", func(w io.Writer, r *rubric.Rubric) error { return Instrument(w, r, Layout{Width: 80}) }},
	{"instrument-colour", func(w io.Writer, r *rubric.Rubric) error { return Instrument(w, r, Layout{Width: 40, Color: true}) }},
	{"competency-80", func(w io.Writer, r *rubric.Rubric) error { return Competency(w, r.Competencies[0], Layout{Width: 80}) }},
	{"competency-40", func(w io.Writer, r *rubric.Rubric) error { return Competency(w, r.Competencies[2], Layout{Width: 40}) }},
	{"matrix-80", func(w io.Writer, r *rubric.Rubric) error { return MatrixText(w, r, Layout{Width: 80}) }},
	{"matrix-40", func(w io.Writer, r *rubric.Rubric) error { return MatrixText(w, r, Layout{Width: 40}) }},
	{"matrix-plain", func(w io.Writer, r *rubric.Rubric) error { return MatrixText(w, r, Layout{Width: 80, Plain: true}) }},
	{"matrix-markdown", MatrixMarkdown},
	{"matrix-csv", MatrixCSV},
}

func printed(t testing.TB, print func(io.Writer, *rubric.Rubric) error, r *rubric.Rubric) string {
	t.Helper()
	var out bytes.Buffer
	if err := print(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestPages(t *testing.T) {
	r := rubrictest.Small(t)
	for _, page := range pages {
		checkGolden(t, page.name, printed(t, page.print, r))
	}
}

type brokenWriter struct{}

var errBroken = errors.New("broken")

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }

func TestWriteErrorsAreTold(t *testing.T) {
	r := rubrictest.Small(t)
	a := assess(t, r, people[0].sheet)
	for _, format := range formats {
		if err := format.render(brokenWriter{}, a); !errors.Is(err, errBroken) {
			t.Errorf("%s: %v", format.name, err)
		}
	}
	for _, page := range pages {
		if err := page.print(brokenWriter{}, r); !errors.Is(err, errBroken) {
			t.Errorf("%s: %v", page.name, err)
		}
	}
}
