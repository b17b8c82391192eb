package readiness_test

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// problem is a rubric of one stage, kept apart from package rubric: the oracle judges it by the definitions, while the package under test
// sees what rubric.Load makes of its YAML. Every area, item and gate has a number that stays with it when it is moved elsewhere.
type problem struct {
	readyAt, areaFloor, maxShortfall, mustShortfall, span, assessed *big.Rat

	areas []area
	gates []gate
}

type area struct {
	number       int
	floor        *big.Rat // nil: the rule's
	competencies []competency
}

type competency struct {
	number int
	lo, hi int
	items  []item
	asked  *criterion // nil: the stage does not name it
}

type item struct {
	number, weight int
	allowsNA       bool
}

type criterion struct {
	level  *big.Rat
	weight int
	must   bool
	floor  *big.Rat // nil: the rule's
}

// gate carries the answers that suffice and those that do not, so that the oracle need not read evidence.
type gate struct {
	number  int
	hard    bool
	needs   string // YAML; empty: a word is enough
	yes, no []response.GateAnswer
}

// asks is the criterion of a competency, or nil where nothing is asked of it.
func (c *competency) asks() *criterion {
	if c.asked == nil || c.asked.level.Cmp(whole(c.lo)) == 0 {
		return nil
	}
	return c.asked
}

func whole(n int) *big.Rat         { return big.NewRat(int64(n), 1) }
func ratio(num, den int) *big.Rat  { return big.NewRat(int64(num), int64(den)) }
func minus(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }

func least(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) <= 0 {
		return a
	}
	return b
}

func most(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) >= 0 {
		return a
	}
	return b
}

// replies are the answers to a problem, by the numbers of items and gates.
type replies struct {
	items []response.Answer
	gates []response.GateAnswer
}

func (s replies) clone() replies {
	return replies{append([]response.Answer(nil), s.items...), append([]response.GateAnswer(nil), s.gates...)}
}

func (p *problem) eachCompetency(visit func(c *competency)) {
	for a := range p.areas {
		for c := range p.areas[a].competencies {
			visit(&p.areas[a].competencies[c])
		}
	}
}

func (p *problem) eachItem(visit func(c *competency, i item)) {
	p.eachCompetency(func(c *competency) {
		for _, i := range c.items {
			visit(c, i)
		}
	})
}

// load is the problem as the program sees it.
func (p *problem) load(t rapid.TB) *rubric.Rubric {
	t.Helper()
	return loadText(t, p.yaml())
}

func loadText(t rapid.TB, text string) *rubric.Rubric {
	t.Helper()
	r, err := rubric.Load(fstest.MapFS{"rubric.yaml": {Data: []byte(text)}}, "rubric.yaml", "rubric.yaml")
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return r
}

// sheet puts replies into a sheet of the loaded problem.
func (s replies) sheet(r *rubric.Rubric) *response.Sheet {
	sheet := response.New(r)
	sheet.Date = today
	s.put(sheet)
	return sheet
}

func (s replies) put(sheet *response.Sheet) {
	r := sheet.Rubric
	for i, item := range r.Items {
		sheet.Answers[i] = s.items[numberOf(item.ID)]
	}
	for i, gate := range r.Gates {
		sheet.Gates[i] = s.gates[numberOf(gate.ID)]
	}
}

// today is the date of every sheet; gates may ask for evidence from the last three months.
var today = date("2026-05-31")

func date(s string) response.Date {
	d, ok := response.ParseDate(s)
	if !ok {
		panic(s)
	}
	return d
}

// numberOf reads the number at the end of an id such as item-12.
func numberOf(id string) int {
	n, err := strconv.Atoi(id[strings.LastIndexByte(id, '-')+1:])
	if err != nil {
		panic(err)
	}
	return n
}

func (p *problem) yaml() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("pmpath: 1\nid: problem\nversion: 1.0.0\ntitle: Problem\nscale: %s\nscales:", levels(0, 1))
	written := map[string]bool{}
	p.eachCompetency(func(c *competency) {
		if name := scaleName(c.lo, c.hi); !written[name] {
			line("  %s: %s", name, levels(c.lo, c.hi))
			written[name] = true
		}
	})
	line("rule:")
	for _, constant := range []struct {
		key string
		at  *big.Rat
	}{
		{"ready_at", p.readyAt}, {"area_floor", p.areaFloor}, {"max_shortfall", p.maxShortfall},
		{"must_shortfall", p.mustShortfall}, {"span", p.span}, {"assessed", p.assessed},
	} {
		line("  %s: {at: %s, why: drawn}", constant.key, constant.at.RatString())
	}
	line("areas:")
	for _, a := range p.areas {
		line("  - area: area-%d\n    title: Area", a.number)
		if a.floor != nil {
			line("    floor: {at: %s, why: drawn}", a.floor.RatString())
		}
		line("    competencies:")
		for _, c := range a.competencies {
			line("      - {id: competency-%d, title: Competency, scale: %s, items: [", c.number, scaleName(c.lo, c.hi))
			for _, i := range c.items {
				line("          {id: item-%d, ask: What?, weight: %d, not_applicable: %t, anchors: %s},", i.number, i.weight, i.allowsNA, anchors(c.lo, c.hi))
			}
			line("        ]}")
		}
	}
	line("gates: [")
	for _, g := range p.gates {
		needs := ""
		if g.needs != "" {
			needs = ", needs: " + g.needs
		}
		line("  {id: gate-%d, title: Gate, ask: Is it so?%s},", g.number, needs)
	}
	line("]\nstages:\n  - id: stage\n    title: Stage\n    criteria: {")
	for _, a := range p.areas {
		for _, c := range a.competencies {
			if c.asked == nil {
				continue
			}
			floor := ""
			if c.asked.floor != nil {
				floor = ", floor: " + decimal(c.asked.floor)
			}
			line("      competency-%d: {level: %s, weight: %d, must: %t%s},", c.number, decimal(c.asked.level), c.asked.weight, c.asked.must, floor)
		}
	}
	line("    }\n    gates: {")
	for _, g := range p.gates {
		line("      gate-%d: %s,", g.number, map[bool]string{true: "hard", false: "should"}[g.hard])
	}
	line("    }")
	return b.String()
}

// decimal writes a level; fractions with a minus are no numbers of the format.
func decimal(r *big.Rat) string {
	if r.IsInt() {
		return r.RatString()
	}
	return r.FloatString(2)
}

func scaleName(lo, hi int) string { return fmt.Sprintf("from%d-to%d", lo+10, hi+10) }

func levels(lo, hi int) string {
	var entries []string
	for level := lo; level <= hi; level++ {
		entries = append(entries, fmt.Sprintf("{level: %d, label: L%d, means: Some.}", level, level-lo))
	}
	return "[" + strings.Join(entries, ", ") + "]"
}

func anchors(lo, hi int) string {
	var entries []string
	for level := lo + 1; level <= hi; level++ {
		entries = append(entries, fmt.Sprintf("%d: Did it.", level))
	}
	return "{" + strings.Join(entries, ", ") + "}"
}
