package plan_test

import (
	"testing"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/plan"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// kim is on the way to lead. By hand (see the tests of reports): trusted; problem-note 2→3 (20 h), measure-read 1→2 (8 h), hard-talk 1→2 (5 h) and 2→3
// (12 h), measure-read 2→3 (16 h); 61 hours.
const kim = "answers: {problem-note: 2, scope-cut: 2, measure-read: 1, hard-talk: 1}\ngates: {trusted: {met: true, kind: self}}\n"

func sheetOf(t testing.TB, r *rubric.Rubric, answers string) *response.Sheet {
	t.Helper()
	node, err := document.ParseYAML("sheet.yaml", []byte("pmpath: 1\nrubric: small@1.2.3\ndate: 2026-11-22\n"+answers))
	if err != nil {
		t.Fatal(err)
	}
	s, err := response.Read(r, node)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func day(t testing.TB, text string) response.Date {
	t.Helper()
	d, ok := response.ParseDate(text)
	if !ok {
		t.Fatalf("no day: %q", text)
	}
	return d
}

func planOf(t testing.TB, s *response.Sheet, target, start string, hours int, w path.Wishes) *plan.Plan {
	t.Helper()
	p, err := plan.New(path.Find(readiness.Evaluate(s, s.Rubric.StageNamed(target)), w), day(t, start), hours)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
