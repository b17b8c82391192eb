package path

import (
	"fmt"
	"strings"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// problem is a rubric of one stage with a sheet, small enough to look at every way up. It is kept apart from package rubric: the oracle judges it by
// the definitions, while the package under test sees what rubric.Load makes of its YAML.
type problem struct {
	readyAt, assessed share
	span, short, must int // in quarters of a level
	areas             []*area
	gates             []*gate
	ways              int // up, all choices of levels
	competencies      []*competency
	items             []*item
	rubric            *rubric.Rubric
	result            *readiness.Result
}

// share is num/den.
type share struct{ num, den int }

type area struct {
	floor        share
	competencies []*competency
}

type competency struct {
	area   int
	lo, hi int
	items  []*item
	hours  []int // towards each level above the lowest; 0 where none are stated
	asked  bool
	level  int // in quarters
	floor  int // in quarters; −1 << 9 for the rule's
	weight int
	must   bool
}

type item struct {
	*competency
	number, weight int
	answer         int // level; meaningless where open or na
	open, na       bool
}

type gate struct{ hard, kinds, met, open bool }

const ruleFloor = -1 << 9

// mostWays bounds what the oracle tries for each problem.
const mostWays = 3000

func drawProblem(t *rapid.T) *problem {
	draw := func(label string, lo, hi int) int { return rapid.IntRange(lo, hi).Draw(t, label) }
	chance := func(label string, n int) bool { return draw(label, 1, n) == 1 }
	cut := func(label string) share {
		den := rapid.SampledFrom([]int{2, 3, 4, 5, 7, 20}).Draw(t, label)
		return share{draw(label, 0, den), den}
	}
	p := &problem{readyAt: cut("ready at"), assessed: cut("assessed"), span: 2 * draw("span in halves", 1, 6), ways: 1}
	if chance("no guard", 2) {
		p.assessed = share{0, 1}
	}
	p.short, p.must = draw("max shortfall", 0, p.span), draw("must shortfall", 0, p.span)
	floor := cut("area floor")
	for a := range draw("areas", 1, 3) {
		ar := &area{floor: floor}
		if chance("own area floor", 3) {
			ar.floor = cut("its area floor")
		}
		for range draw("competencies", 1, 3) {
			lo := draw("lowest", -2, 1)
			c := &competency{area: a, lo: lo, hi: lo + draw("levels", 1, 3), weight: draw("weight", 1, 3), must: chance("must", 4), floor: ruleFloor}
			for range c.hi - c.lo {
				c.hours = append(c.hours, rapid.SampledFrom([]int{0, 1, 2, 3, 4, 7, 20}).Draw(t, "hours"))
			}
			above := draw("quarters above the lowest", 0, 4*(c.hi-c.lo)) // 0 asks nothing
			c.asked, c.level = above > 0 && !chance("not named", 10), 4*c.lo+above
			if chance("own floor", 4) {
				c.floor = c.level - draw("quarters below", 0, min(p.span, above))
			}
			for range draw("items", 1, 3) {
				i := &item{competency: c, number: len(p.items), weight: draw("item weight", 1, 3)}
				i.answer, i.na, i.open = draw("answer", c.lo, c.hi), chance("na", 8), chance("open", 6)
				if i.na {
					i.open = false
				}
				if c.asked && !i.na {
					room := c.hi - i.level() + 1
					if p.ways*room > mostWays {
						i.answer, i.open, room = c.hi, false, 1
					}
					p.ways *= room
				}
				c.items, p.items = append(c.items, i), append(p.items, i)
			}
			ar.competencies, p.competencies = append(ar.competencies, c), append(p.competencies, c)
		}
		p.areas = append(p.areas, ar)
	}
	for range draw("gates", 0, 2) {
		g := &gate{hard: !chance("should", 3), kinds: chance("kinds", 2), met: chance("met", 2)}
		g.open = !g.met && chance("open gate", 2)
		p.gates = append(p.gates, g)
	}
	p.load(t)
	return p
}

// level is where the way up starts.
func (i *item) level() int {
	if i.open {
		return i.lo
	}
	return i.answer
}

func (p *problem) load(t rapid.TB) {
	t.Helper()
	r, err := rubric.Load(fstest.MapFS{"rubric.yaml": {Data: []byte(p.yaml())}}, "rubric.yaml", "rubric.yaml")
	if err != nil {
		t.Fatalf("%v\n%s", err, p.yaml())
	}
	sheet := response.New(r)
	sheet.Date, _ = response.ParseDate("2026-05-31")
	for n, i := range p.items {
		switch {
		case i.na:
			sheet.Answers[n] = response.NotApplicable()
		case !i.open:
			sheet.Answers[n] = response.Answered(i.answer)
		}
	}
	for n, g := range p.gates {
		switch {
		case g.met:
			sheet.Gates[n] = Met(r.Gates[n], sheet.Date)
		case g.open:
		case g.kinds:
			sheet.Gates[n].State = response.GateYes // without what it needs
		default:
			sheet.Gates[n].State = response.GateNo
		}
	}
	p.rubric, p.result = r, readiness.Evaluate(sheet, r.Stages[0])
}

func quarters(n int) string { return fmt.Sprintf("%.2f", float64(n)/4) }

func (p *problem) yaml() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("pmpath: 1\nid: problem\nversion: 1.0.0\ntitle: Problem\nscale: %s\nscales:", scaleText(0, 1))
	written := map[string]bool{}
	for _, c := range p.competencies {
		if name := scaleName(c.lo, c.hi); !written[name] {
			line("  %s: %s", name, scaleText(c.lo, c.hi))
			written[name] = true
		}
	}
	line("rule:\n  ready_at: {at: %d/%d, why: drawn}\n  area_floor: {at: 1/2, why: drawn}", p.readyAt.num, p.readyAt.den)
	line("  span: {at: %d/4, why: drawn}\n  max_shortfall: {at: %d/4, why: drawn}\n  must_shortfall: {at: %d/4, why: drawn}", p.span, p.short, p.must)
	line("  assessed: {at: %d/%d, why: drawn}\nareas:", p.assessed.num, p.assessed.den)
	number, asked := 0, ""
	for a, ar := range p.areas {
		line("  - area: area-%d\n    title: Area\n    floor: {at: %d/%d, why: drawn}\n    competencies:", a, ar.floor.num, ar.floor.den)
		for _, c := range ar.competencies {
			line("      - id: competency-%d\n        title: Competency\n        scale: %s\n        items:", number, scaleName(c.lo, c.hi))
			for _, i := range c.items {
				line("          - {id: item-%d, ask: What?, weight: %d, not_applicable: true, anchors: {%s}}", i.number, i.weight, anchorText(c.lo, c.hi))
			}
			grow := ""
			for n, hours := range c.hours {
				if hours > 0 {
					grow += fmt.Sprintf("%d: [{kind: practice, do: Do it., effort: %dh, done_when: It is done.}], ", c.lo+1+n, hours)
				}
			}
			line("        grow: {%s}", grow)
			if c.asked {
				asked += fmt.Sprintf("competency-%d: {level: %s, weight: %d, must: %t", number, quarters(c.level), c.weight, c.must)
				if c.floor != ruleFloor {
					asked += ", floor: " + quarters(c.floor)
				}
				asked += "}, "
			}
			number++
		}
	}
	gates, used := "", ""
	for n, g := range p.gates {
		needs := map[bool]string{true: ", needs: {kind: [artifact]}"}[g.kinds]
		gates += fmt.Sprintf("{id: gate-%d, title: Gate, ask: Is it so?%s}, ", n, needs)
		used += fmt.Sprintf("gate-%d: %s, ", n, map[bool]string{true: "hard", false: "should"}[g.hard])
	}
	line("gates: [%s]\nstages:\n  - id: stage\n    title: Stage\n    criteria: {%s}\n    gates: {%s}", gates, asked, used)
	return b.String()
}

func scaleName(lo, hi int) string { return fmt.Sprintf("from%d-to%d", lo+10, hi+10) }

func scaleText(lo, hi int) string {
	var entries []string
	for level := lo; level <= hi; level++ {
		entries = append(entries, fmt.Sprintf("{level: %d, label: L%d, means: Some.}", level, level-lo))
	}
	return "[" + strings.Join(entries, ", ") + "]"
}

func anchorText(lo, hi int) string {
	var entries []string
	for level := lo + 1; level <= hi; level++ {
		entries = append(entries, fmt.Sprintf("%d: Did it.", level))
	}
	return strings.Join(entries, ", ")
}
