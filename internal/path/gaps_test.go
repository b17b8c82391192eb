package path

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// gapsOf tells the gaps of a sheet of the small rubric, a line each.
func gapsOf(t *testing.T, r *rubric.Rubric, target, answers string) []string {
	t.Helper()
	node, err := document.ParseYAML("sheet.yaml", []byte("pmpath: 1\nrubric: small@1.2.3\ndate: 2026-11-22\nanswers: {"+answers+"}\n"))
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := response.Read(r, node)
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{}
	for _, gap := range Gaps(readiness.Evaluate(sheet, r.StageNamed(target))) {
		line := gap.Competency.ID + " brings " + gap.Brings.String()
		if gap.BelowFloor() {
			line += ", below its floor"
		}
		lines = append(lines, fmt.Sprintf("%s: %s from %d to %d", line, gap.Raise.Item.ID, gap.Raise.From, gap.Raise.To))
	}
	return lines
}

// Points count over the last level before the requirement. framing = (2·problem-note + scope-cut) / 3.
//
//	builder: framing 2 (weight 2, floor 3/2), measuring 1, talking 1 (weight 1, floor 0 each)
//	lead: framing 3 (weight 2, floor 5/2), measuring 5/2 (weight 1, floor 2), talking 3 (weight 1, floor 2)
func TestGaps(t *testing.T) {
	r := rubrictest.Small(t)
	for _, test := range []struct {
		name, target, answers string
		want                  []string
	}{
		{"all is reached", "builder", "problem-note: 2, scope-cut: 2, measure-read: 1, hard-talk: 1", []string{}},
		{"surplus is no gap", "builder", "problem-note: 3, scope-cut: 3, measure-read: 3, hard-talk: 3", []string{}},
		{"what brings most comes first, whatever the rubric's order",
			// framing (6 + 2)/3 = 8/3 earns 2·2/3, so 2 − 4/3 = 2/3 is left; measuring 2 earns 1/2 of 1; talking 2 earns 0 of 1.
			"lead", "problem-note: 3, scope-cut: 2, measure-read: 2, hard-talk: 2", []string{
				"talking brings 1: hard-talk from 2 to 3",
				"framing brings 2/3: scope-cut from 2 to 3",
				"measuring brings 1/2: measure-read from 2 to 3",
			}},
		{"it also comes before what is below its floor",
			// framing (4 + 3)/3 = 7/3 is below 5/2 and earns 2·1/3, so 4/3 is left; measuring 1 is below 2 and leaves 1; talking 2 holds its floor and leaves 1.
			"lead", "problem-note: 2, scope-cut: 3, measure-read: 1, hard-talk: 2", []string{
				"framing brings 4/3, below its floor: problem-note from 2 to 3",
				"measuring brings 1, below its floor: measure-read from 1 to 2",
				"talking brings 1: hard-talk from 2 to 3",
			}},
		{"equal ones stay in the rubric's order", "builder", "problem-note: 2, scope-cut: 2, measure-read: 0, hard-talk: 0", []string{
			"measuring brings 1: measure-read from 0 to 1",
			"talking brings 1: hard-talk from 0 to 1",
		}},
		{"the heaviest item is raised",
			// framing (2 + 0)/3 = 2/3 earns 0 of 2.
			"builder", "problem-note: 1, scope-cut: 0, measure-read: 1, hard-talk: 1", []string{
				"framing brings 2, below its floor: problem-note from 1 to 2",
			}},
		{"but none above what is asked for",
			// framing (4 + 1)/3 = 5/3 earns 2·2/3, so 2/3 is left. The heavier problem-note is where it should be.
			"builder", "problem-note: 2, scope-cut: 1, measure-read: 1, hard-talk: 1", []string{
				"framing brings 2/3: scope-cut from 1 to 2",
			}},
		{"between two levels the next above is meant", "lead", "problem-note: 3, scope-cut: 3, measure-read: 2, hard-talk: 3", []string{
			"measuring brings 1/2: measure-read from 2 to 3",
		}},
		{"an open answer that can close the gap leaves none",
			// framing is (6 + 1)/3 = 7/3 at best.
			"builder", "scope-cut: 1, measure-read: 1, hard-talk: 1", []string{}},
		{"an open answer that cannot close it makes it smaller",
			// framing is (2 + 3)/3 = 5/3 at best, so 2/3 is left at least.
			"builder", "problem-note: 1, measure-read: 1, hard-talk: 1", []string{
				"framing brings 2/3: problem-note from 1 to 2",
			}},
		{"what does not apply is no gap", "builder", "problem-note: 2, scope-cut: 2, measure-read: 1, hard-talk: na", []string{}},
		{"nothing asked, nothing missing", "starter", "problem-note: 0", []string{}},
		{"nothing answered, nothing known", "lead", "", []string{}},
	} {
		if diff := cmp.Diff(test.want, gapsOf(t, r, test.target, test.answers)); diff != "" {
			t.Errorf("%s: -want +got\n%s", test.name, diff)
		}
	}
}

// changed is the small rubric with a part of its text replaced.
func changed(t *testing.T, old, replacement string) *rubric.Rubric {
	t.Helper()
	data, err := fs.ReadFile(rubrictest.Files(), rubrictest.Single)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(data), old) != 1 {
		t.Fatalf("%q is not in the rubric once", old)
	}
	r, err := rubric.Load(fstest.MapFS{"r.yaml": {Data: []byte(strings.Replace(string(data), old, replacement, 1))}}, "r.yaml", "r.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Both bring 1. talking comes later in the rubric, but here its floor is 1 and it is below.
func TestOfEqualGapsTheOneBelowItsFloorComesFirst(t *testing.T) {
	r := changed(t, "talking: {level: 1, weight: 1, why: Builders meet people.", "talking: {level: 1, weight: 1, floor: 1, why: Builders meet people.")
	want := []string{
		"talking brings 1, below its floor: hard-talk from 0 to 1",
		"measuring brings 1: measure-read from 0 to 1",
	}
	if diff := cmp.Diff(want, gapsOf(t, r, "builder", "problem-note: 2, scope-cut: 2, measure-read: 0, hard-talk: 0")); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// With equal weights framing = (problem-note + scope-cut) / 2, and level 2 takes 10 + 2 hours, level 3 takes 20.
func TestOfEqualItemsTheLesserEffortIsRaised(t *testing.T) {
	r := changed(t, "            weight: 2\n", "")
	for _, test := range []struct{ answers, want string }{
		{"problem-note: 2, scope-cut: 1", "framing brings 2, below its floor: scope-cut from 1 to 2"}, // 3/2 earns nothing; 12 hours are less than 20
		{"problem-note: 1, scope-cut: 2", "framing brings 2, below its floor: problem-note from 1 to 2"},
		{"problem-note: 1, scope-cut: 1", "framing brings 2, below its floor: problem-note from 1 to 2"}, // rubric order
		{"problem-note: 3, scope-cut: 2", "framing brings 1: scope-cut from 2 to 3"},                     // 5/2 earns 2·1/2 of 2 and holds the floor
	} {
		got := gapsOf(t, r, "lead", test.answers+", measure-read: 3, hard-talk: 3")
		if diff := cmp.Diff([]string{test.want}, got); diff != "" {
			t.Errorf("%s: -want +got\n%s", test.answers, diff)
		}
	}
}

// The steps are those of the level to get to, whole and in the author's order.
func TestRaiseHasItsSteps(t *testing.T) {
	r := rubrictest.Small(t)
	sheet := response.New(r)
	for _, item := range r.Items {
		sheet.Answers[item.Index] = response.Answered(1)
	}
	gaps := Gaps(readiness.Evaluate(sheet, r.StageNamed("builder")))
	if len(gaps) != 1 || gaps[0].Raise == nil {
		t.Fatalf("%d gaps", len(gaps))
	}
	want := []rubric.Step{
		{Kind: "practice", Do: "Write three notes alone.", Hours: 10, DoneWhen: "All three were used."},
		{Kind: "mentor", Do: "Ask for a review.", Hours: 2, DoneWhen: "The review is written."},
	}
	if diff := cmp.Diff(want, gaps[0].Raise.Steps); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// For any sheet: a competency is a gap if and only if its best score misses the level; the order holds; what is advised is an answer below the level, one up.
func TestGapsOfAnySheet(t *testing.T) {
	r := rubrictest.Small(t)
	rapid.Check(t, func(t *rapid.T) {
		sheet := response.New(r)
		for i, item := range r.Items {
			if level := rapid.IntRange(-1, 3).Draw(t, item.ID); level >= 0 {
				sheet.Answers[i] = response.Answered(level)
			} else if item.NotApplicable && rapid.Bool().Draw(t, "does not apply") {
				sheet.Answers[i] = response.NotApplicable()
			}
		}
		result := readiness.Evaluate(sheet, rapid.SampledFrom(r.Stages).Draw(t, "target"))
		gaps := Gaps(result)
		missing := 0
		for _, c := range result.Criteria {
			if c.Applicable && c.Score.Best.Cmp(c.Level) < 0 {
				missing++
			}
		}
		if len(gaps) != missing {
			t.Fatalf("%d gaps, %d levels missed", len(gaps), missing)
		}
		for i, gap := range gaps {
			if i > 0 && gaps[i-1].Brings.Cmp(gap.Brings) < 0 {
				t.Errorf("gap %d brings more than the one before", i)
			}
			if gap.Brings.Sign() <= 0 {
				t.Errorf("%s brings %v", gap.Competency.ID, gap.Brings)
			}
			if gap.Raise == nil {
				t.Fatalf("%s: nothing to raise", gap.Competency.ID)
			}
			level, answered := sheet.Answers[gap.Raise.Item.Index].Level()
			if !answered || level != gap.Raise.From || gap.Raise.To != level+1 || fraction.Int(level).Cmp(gap.Level) >= 0 || gap.Raise.Item.Competency != gap.Competency {
				t.Errorf("%s: odd advice %+v", gap.Competency.ID, gap.Raise)
			}
		}
	})
}
