package rubric_test

import (
	"errors"
	"os"
	"testing"
	"testing/fstest"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/lint"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// Run these with -fuzzminimizetime 10x: the seeds are whole rubrics, and shortening one by the default of a minute leaves no time to search.

// Whatever stands in a file, Load gives a rubric that its canonical form can carry, or problems with places.
func FuzzLoad(f *testing.F) {
	for _, name := range []string{"testdata/base.yaml", "rubrictest/small.yaml"} {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("pmpath: 1\nid: a\nversion: 1.0.0\ntitle: &t x\nareas: [*t, b]\nscale: [{level: 1e9}]\n"))
	f.Add([]byte("stages: [{id: a, next: [a]}]\nrule: {span: {at: 1/0}}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := rubric.Load(fstest.MapFS{"r.yaml": {Data: data}}, "r.yaml", "r.yaml")
		if err != nil {
			var problems document.Problems
			if !errors.As(err, &problems) || len(problems) == 0 {
				t.Fatalf("an error that names no problem: %v", err)
			}
			return
		}
		back, err := rubric.Decode(string(r.Canonical()))
		if err != nil || back.Digest != r.Digest {
			t.Fatalf("the canonical form does not read back: %v", err)
		}
		lint.Lint(r)
	})
}

// Damaged bytes are refused, never misread: what Decode takes, it writes so that it reads back as the same bytes.
func FuzzDecode(f *testing.F) {
	f.Add(string(rubrictest.Small(f).Canonical()))
	f.Add("")
	f.Add("\x02")
	f.Fuzz(func(t *testing.T, form string) {
		r, err := rubric.Decode(form)
		if err != nil {
			return
		}
		written := r.Canonical()
		again, err := rubric.Decode(string(written))
		if err != nil {
			t.Fatalf("what was written does not read: %v", err)
		}
		if string(again.Canonical()) != string(written) {
			t.Fatal("what was written reads as another rubric")
		}
	})
}
