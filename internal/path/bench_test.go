package path

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// large is a rubric of 500 items: 10 areas of 10 competencies of 5 items, weights and hours drawn (the same ones every time).
func large(t testing.TB, weight func(*rand.Rand) int) *rubric.Rubric {
	t.Helper()
	chance := rand.New(rand.NewPCG(2026, 11))
	var b, asked strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("pmpath: 1\nid: large\nversion: 1.0.0\ntitle: Large\nscale: %s\nrule:", scaleText(0, 5))
	line("  ready_at: {at: 80%%, why: drawn}\n  area_floor: {at: 60%%, why: drawn}\n  span: {at: 1, why: drawn}\n  max_shortfall: {at: 1, why: drawn}")
	line("  must_shortfall: {at: 1/2, why: drawn}\n  assessed: {at: 2/3, why: drawn}\nareas:")
	for a := range 10 {
		line("  - area: area-%d\n    title: Area\n    competencies:", a)
		for c := range 10 {
			line("      - id: competency-%d-%d\n        title: Competency\n        items:", a, c)
			for i := range 5 {
				line("          - {id: item-%d-%d-%d, ask: What?, weight: %d, anchors: {%s}}", a, c, i, weight(chance), anchorText(0, 5))
			}
			line("        grow:")
			for level := 1; level <= 5; level++ {
				line("          %d: [{kind: practice, do: Do it., effort: %dh, done_when: It is done.}]", level, 1+chance.IntN(60))
			}
			fmt.Fprintf(&asked, "competency-%d-%d: {level: %s, weight: %d, must: %t}, ", a, c, quarters(4+chance.IntN(17)), weight(chance), chance.IntN(4) == 0)
		}
	}
	line("stages:\n  - id: stage\n    title: Stage\n    criteria: {%s}", asked.String())
	r, err := rubric.Load(fstest.MapFS{"rubric.yaml": {Data: []byte(b.String())}}, "rubric.yaml", "rubric.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func small(chance *rand.Rand) int { return 1 + chance.IntN(5) }

func drawnSheet(r *rubric.Rubric) *response.Sheet {
	chance := rand.New(rand.NewPCG(5, 3))
	sheet := response.New(r)
	for i := range sheet.Answers {
		sheet.Answers[i] = response.Answered(chance.IntN(4))
	}
	return sheet
}

func BenchmarkLarge(b *testing.B) {
	r := large(b, small)
	for name, sheet := range map[string]*response.Sheet{"lowest": response.New(r), "drawn": drawnSheet(r)} {
		result := readiness.Evaluate(sheet, r.Stages[0])
		for _, by := range []Measure{Steps, Effort} {
			for _, most := range []int{0, 60, 105} {
				b.Run(fmt.Sprint(name, "/", by, "/at most ", most), func(b *testing.B) {
					for b.Loop() {
						p := Find(result, Wishes{By: by, AtMost: most, Alternatives: 3})
						b.ReportMetric(float64(len(p.Steps)), "steps")
						b.ReportMetric(float64(len(p.Others)), "others")
					}
				})
			}
		}
	}
}
