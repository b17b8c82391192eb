package rubric_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/rubric"
)

// clean has no finding. Each case changes it in one place; the line in want is counted in the changed text.
const clean = `pmpath: 1
id: tiny
version: 1.0.0
title: Tiny
scale: [{level: 0, label: Not yet, means: Nothing.}, {level: 1, label: Done, means: Done once.}]
rule:
  ready_at: {at: 80%, why: w}
  area_floor: {at: 60%, why: w}
  max_shortfall: {at: 1, why: w}
  must_shortfall: {at: 1, why: w}
  span: {at: 1, why: w}
  assessed: {at: 2/3, why: w}
areas:
  - area: craft
    title: Craft
    competencies:
      - id: making
        title: Making
        items:
          - {id: first, ask: One?, window: 12 months, anchors: {1: Did it once.}, evidence: It.}
          - {id: second, ask: Two?, window: 12 months, anchors: {1: Did it twice.}, evidence: It.}
          - {id: third, ask: Three?, window: 12 months, anchors: {1: Did it thrice.}, evidence: It.}
        grow:
          1: [{kind: practice, do: Do it., effort: 1h}]
stages:
  - {id: start, title: Start, next: [end]}
  - id: end
    title: End
    criteria: {making: {level: 1, why: It is the job.}}
    gates: {proof: hard}
gates:
  - {id: proof, title: Proof, ask: Is it there?, why: It shows.}
`

func TestLint(t *testing.T) {
	for _, tc := range []struct{ name, old, new, want string }{
		{"clean", "", "", ""},
		{"few-items", "          - {id: third, ask: Three?, window: 12 months, anchors: {1: Did it thrice.}, evidence: It.}\n", "",
			`r.yaml:14:5: warning few-items: the area "craft" has 2 items: one answer moves it too far`},
		{"floor-not-below-cut", "area_floor: {at: 60%", "area_floor: {at: 80%",
			`r.yaml:14:5: warning floor-not-below-cut: the floor of the area "craft" (80 %) is not below the overall cut (80 %)`},
		{"floor just below", "area_floor: {at: 60%", "area_floor: {at: 79.9%", ""},
		{"unused-competency", "criteria: {making: {level: 1, why: It is the job.}}", "criteria: {}",
			`r.yaml:17:9: warning unused-competency: no stage asks for the competency "making"`},
		{"missing-growth", "\n        grow:\n          1: [{kind: practice, do: Do it., effort: 1h}]", "",
			`r.yaml:17:9: warning missing-growth: the competency "making" has no step that leads to level 1`},
		{"missing-growth below a fraction", "\n        grow:\n          1: [{kind: practice, do: Do it., effort: 1h}]\nstages:\n  - {id: start, title: Start, next: [end]}\n  - id: end\n    title: End\n    criteria: {making: {level: 1,",
			"\nstages:\n  - {id: start, title: Start, next: [end]}\n  - id: end\n    title: End\n    criteria: {making: {level: 1/2,", // half a level is reached by the step to the whole one
			`r.yaml:17:9: warning missing-growth: the competency "making" has no step that leads to level 1`},
		{"missing-window", "ask: Two?, window: 12 months", "ask: Two?", `r.yaml:21:13: note missing-window: the item "second" does not say how far it looks back`},
		{"missing-evidence", "{1: Did it twice.}, evidence: It.}", "{1: Did it twice.}}",
			`r.yaml:21:13: warning missing-evidence: the item "second" does not say what counts as evidence`},
		{"many-hard-gates", "gates: {proof: hard}\ngates:\n", `gates: {proof: hard, b: hard, c: hard, d: hard}
gates:
  - {id: b, title: B, ask: B?, why: B.}
  - {id: c, title: C, ask: C?, why: C.}
  - {id: d, title: D, ask: D?, why: D.}
`, `r.yaml:27:5: warning many-hard-gates: the stage "end" has 4 hard gates`},
		{"three hard gates", "gates: {proof: hard}\ngates:\n", `gates: {proof: hard, b: hard, c: hard}
gates:
  - {id: b, title: B, ask: B?, why: B.}
  - {id: c, title: C, ask: C?, why: C.}
`, ""},
		{"asks-nothing", "next: [end]}\n", "next: [end, side]}\n  - {id: side, title: Side}\n",
			`r.yaml:27:5: warning asks-nothing: the stage "side" asks nothing: everybody is ready for it`},
		{"missing-why of a criterion", "{level: 1, why: It is the job.}", "{level: 1}", `r.yaml:29:16: warning missing-why: the criterion "making" of "end" has no reason`},
		{"missing-why of a gate", ", why: It shows.", "", `r.yaml:32:5: warning missing-why: the gate "proof" has no reason`},
		{"unused-gate", "    gates: {proof: hard}\n", "", `r.yaml:31:5: warning unused-gate: no stage uses the gate "proof"`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if !strings.Contains(clean, tc.old) {
				t.Fatalf("the text to change is not there: %s", tc.old)
			}
			text := clean
			if tc.old != "" {
				text = strings.Replace(clean, tc.old, tc.new, 1)
			}
			r, err := rubric.Load(fstest.MapFS{"r.yaml": {Data: []byte(text)}}, "r.yaml", "r.yaml")
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range rubric.Lint(r) {
				got = append(got, f.Position.String()+": "+f.Severity.String()+" "+f.Rule+": "+f.What)
			}
			if diff := cmp.Diff(tc.want, strings.Join(got, "\n")); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}
