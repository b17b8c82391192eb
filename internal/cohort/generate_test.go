package cohort

import (
	"fmt"
	"strings"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// drawRubric draws a rubric of a ladder of up to three stages with every feature that the rule has. Some competencies have more questions than a table holds.
func drawRubric(t *rapid.T) *rubric.Rubric {
	draw := func(label string, lo, hi int) int { return rapid.IntRange(lo, hi).Draw(t, label) }
	cut := func(label string) string {
		den := rapid.SampledFrom([]int{2, 3, 4, 5, 7, 20}).Draw(t, label)
		return fmt.Sprintf("%d/%d", draw(label, 0, den), den)
	}
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("pmpath: 1\nid: drawn\nversion: 1.0.0\ntitle: Drawn\nscale: %s\nscales:", scaleOf(0, 1))
	for lo := -2; lo <= 1; lo++ {
		for hi := lo + 1; hi <= lo+5; hi++ {
			line("  s%d-%d: %s", lo+2, hi+2, scaleOf(lo, hi))
		}
	}
	span := 2 * draw("span in halves", 1, 6) // in quarters of a level
	line("rule:\n  ready_at: {at: %s, why: w}\n  area_floor: {at: %s, why: w}\n  assessed: {at: %s, why: w}", cut("ready"), cut("area"), cut("assessed"))
	line("  span: {at: %s, why: w}\n  max_shortfall: {at: %s, why: w}\n  must_shortfall: {at: %s, why: w}", quarters(span), quarters(draw("short", 0, span)), quarters(draw("must", 0, span)))
	line("areas:")
	type asked struct{ id, lo, hi int }
	var competencies []asked
	items := 0
	for a := range draw("areas", 1, 3) {
		line("  - area: area-%d\n    title: Area\n    competencies:", a)
		for range draw("competencies", 1, 4) {
			lo := draw("lo", -2, 1)
			c := asked{len(competencies), lo, lo + draw("levels", 1, 5)}
			competencies = append(competencies, c)
			line("      - {id: c-%d, title: C, scale: s%d-%d, items: [", c.id, lo+2, c.hi+2)
			count := rapid.SampledFrom([]int{1, 1, 2, 2, 2, 3, 4, 5, 8}).Draw(t, "items")
			heaviest := rapid.SampledFrom([]int{1, 1, 3}).Draw(t, "heaviest")
			for range count {
				line("          {id: i-%d, ask: What?, weight: %d, not_applicable: %t, anchors: {%s}},", items, draw("weight", 1, heaviest), draw("na", 0, 2) == 0, anchorsOf(lo, c.hi))
				items++
			}
			line("        ], grow: {")
			for level := lo + 1; level <= c.hi; level++ {
				if draw("grows", 0, 2) > 0 {
					line("          %d: [{kind: practice, do: Do it., effort: %dh, done_when: Done.}],", level, draw("hours", 1, 3))
				}
			}
			line("        }}")
		}
	}
	line("gates: [\n  {id: g-0, title: G, ask: So?},\n  {id: g-1, title: G, ask: So?, needs: {kind: [peer], within: 3 months}},\n]\nstages:")
	stages := draw("stages", 1, 3)
	for s := range stages {
		line("  - id: stage-%d\n    title: Stage %d\n    next: [%s]\n    criteria: {", s, s, map[bool]string{true: fmt.Sprintf("stage-%d", s+1)}[s+1 < stages])
		for _, c := range competencies {
			if draw("named", 0, 9) == 9 {
				continue
			}
			above := draw("quarters above the lowest", 0, 4*(c.hi-c.lo))
			if draw("whole", 0, 1) == 1 {
				above = (above + 3) / 4 * 4
			}
			floor := ""
			if draw("own floor", 0, 3) == 0 {
				floor = ", floor: " + quarters(4*c.lo+above-draw("below", 0, min(span, above)))
			}
			line("      c-%d: {level: %s, weight: %d, must: %t%s},", c.id, quarters(4*c.lo+above), draw("weight", 1, 4), draw("must", 0, 3) == 0, floor)
		}
		line("    }\n    gates: {")
		for g := range 2 {
			if kind := draw("gate", 0, 2); kind > 0 {
				line("      g-%d: %s,", g, []string{"", "hard", "should"}[kind])
			}
		}
		line("    }")
	}
	r, err := rubric.Load(fstest.MapFS{"r.yaml": {Data: []byte(b.String())}}, "r.yaml", "r.yaml")
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	return r
}

// quarters writes a number of quarters as a level.
func quarters(n int) string {
	if n%4 == 0 {
		return fmt.Sprint(n / 4)
	}
	return fmt.Sprintf("%.2f", float64(n)/4) // exact: quarters are binary
}

func scaleOf(lo, hi int) string {
	var levels []string
	for level := lo; level <= hi; level++ {
		levels = append(levels, fmt.Sprintf("{level: %d, label: L%d, means: Some.}", level, level-lo))
	}
	return "[" + strings.Join(levels, ", ") + "]"
}

func anchorsOf(lo, hi int) string {
	var anchors []string
	for level := lo + 1; level <= hi; level++ {
		anchors = append(anchors, fmt.Sprintf("%d: Did it.", level))
	}
	return strings.Join(anchors, ", ")
}

// dice draws people far faster than rapid could, from one number that rapid draws and can shrink.
type dice struct{ state uint64 }

func (d *dice) below(n int) int { // splitmix64 of Steele, Lea and Flood 2014
	d.state += 0x9e3779b97f4a7c15
	z := d.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int((z ^ z>>31) >> 33 % uint64(n))
}

// person makes somebody up. Many are mostly high: few drawn evenly are ready, and little is near a cut then.
func (d *dice) person(r *rubric.Rubric) *intake.Person {
	p := &intake.Person{
		Name: fmt.Appendf(nil, "p%d", d.below(1_000_000)), Levels: intake.NewLevels(len(r.Items)), Gates: make([]response.GateAnswer, len(r.Gates)),
		Proofs: make([]intake.Proof, len(r.Items)), Fields: [][]byte{fmt.Appendf(nil, "team %d", d.below(3))}, Date: dateOf("2026-05-31"),
	}
	if d.below(5) > 0 {
		p.Stage = r.Stages[d.below(len(r.Stages))]
	}
	if d.below(2) > 0 {
		p.Target = r.Stages[d.below(len(r.Stages))]
	}
	openOf, naOf, high := []int{0, 0, 1, 4}[d.below(4)], []int{0, 1, 1, 6}[d.below(4)], d.below(6)
	for i, item := range r.Items {
		scale := item.Competency.Scale
		switch roll := d.below(10); {
		case item.NotApplicable && roll < naOf:
			p.Levels[i] = intake.NotApplicable
		case d.below(10) < openOf:
			p.Levels[i] = intake.Unanswered
		case d.below(6) < high:
			p.Levels[i] = int8(scale.Hi())
		default:
			p.Levels[i] = int8(scale.Lo() + d.below(scale.Hi()-scale.Lo()+1))
		}
	}
	for i := range p.Gates {
		p.Gates[i] = []response.GateAnswer{
			{}, {State: response.GateNo}, {State: response.GateYes},
			{State: response.GateYes, Evidence: response.Evidence{Kind: response.ByPeer, When: dateOf("2026-02-27")}}, // a day too old
			{State: response.GateYes, Evidence: response.Evidence{Kind: response.ByPeer, When: dateOf("2026-02-28")}},
			{State: response.GateYes, Evidence: response.Evidence{Kind: response.ByPeer, When: dateOf("2026-05-01")}},
		}[d.below(6)]
	}
	return p
}

func dateOf(text string) response.Date {
	date, ok := response.ParseDate(text)
	if !ok {
		panic(text)
	}
	return date
}

func crowd(d *dice, r *rubric.Rubric, n int) []*intake.Person {
	var made []*intake.Person
	for range n {
		made = append(made, d.person(r))
	}
	return made
}

func scorerOf(t rapid.TB, r *rubric.Rubric, o Options) *Scorer {
	t.Helper()
	s, err := New(r, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
