package report

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/cohort"
	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/policy"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
	"github.com/pmpath/pmpath/internal/sanitize"
)

const figuresPolicy = `
pmpath: 1
rules:
  - {id: ready, why: So., ready: {at_least: 30%}}
  - {id: open, why: So., undetermined: {at_most: 20%}}
  - {id: craft, why: So., area: craft, holds: {at_least: 50%}}
  - {id: teams, why: So., each: team, ready: {at_least: 30%}}
  - {id: stages, why: So., each: stage, ready: {at_least: 30%}}
  - {id: both, why: So., each: team, stage: builder, not_ready: {at_most: 50%}}
`

var figure = regexp.MustCompile(`(\d+) of (\d+) \((\d+) %\)`)

// The gate prints no number of people that the report of the same cohort would hide, in no format, and those that it prints are right. No group below the smallest size is judged.
func TestGateFiguresAreThoseOfTheCohort(t *testing.T) {
	r := rubrictest.Small(t)
	n, err := document.ParseYAML("policy.yaml", []byte(figuresPolicy))
	if err != nil {
		t.Fatal(err)
	}
	p, err := policy.Read(r, n)
	if err != nil {
		t.Fatal(err)
	}
	today, _ := response.ParseDate("2026-11-26")
	printed := 0
	rapid.Check(t, func(rt *rapid.T) {
		table := drawTeams(rt)
		source, err := intake.Open(r, []intake.Input{{Shown: "team.csv", File: bytes.NewReader(table.Bytes()), Size: int64(table.Len())}}, intake.Options{})
		if err != nil {
			rt.Fatal(err)
		}
		scorer, err := cohort.New(r, cohort.Options{Fields: source.Fields(), By: []string{cohort.ByTeam, cohort.ByStage}})
		if err != nil {
			rt.Fatal(err)
		}
		judge, err := policy.NewJudge(p, policy.Options{Fields: source.Fields(), Today: today})
		if err != nil {
			rt.Fatal(err)
		}
		if _, err := source.Scan(1, func() intake.Handler { return twice{scorer.Worker(), judge.Worker()} }, io.Discard); err != nil {
			rt.Fatal(err)
		}
		summary, err := scorer.Summary()
		if err != nil {
			rt.Fatal(err)
		}
		d, err := judge.Decide(nil, 0)
		if err != nil {
			rt.Fatal(err)
		}
		published := summary.Publish(p.MinGroup)
		g := NewGate(d, published, Options{Clean: sanitize.Line})
		known := gateFiguresOf(published)
		for i, c := range g.Cases {
			m := figure.FindStringSubmatch(c.Found)
			if m == nil {
				continue
			}
			printed++
			key := c.Rule + " " + strings.TrimPrefix(c.Who, "team ")
			if known[key] != m[1]+" of "+m[2] {
				rt.Errorf("%s: %q, the cohort publishes %q", key, c.Found, known[key])
			}
			if d.Cases[i].People < p.MinGroup {
				rt.Errorf("%s: a figure about %d people", key, d.Cases[i].People)
			}
		}
		for _, c := range d.Cases {
			if c.People < p.MinGroup && c.Outcome != policy.CannotTell {
				rt.Errorf("%s: a group of %d is judged", c.Rule.ID, c.People)
			}
		}
		for _, f := range gateFormats {
			var b bytes.Buffer
			if err := f.write(&b, NewGate(d, published, Options{Clean: f.clean})); err != nil {
				rt.Fatal(err)
			}
			if f.name == "text-40" { // figures are wrapped
				continue
			}
			text := strings.ReplaceAll(strings.Join(strings.Fields(b.String()), " "), "%25", "%")
			for _, m := range figure.FindAllString(text, -1) {
				if !strings.Contains(allFound(g), m) {
					rt.Errorf("%s says %q", f.name, m)
				}
			}
		}
	})
	if printed < 50 {
		t.Errorf("only %d figures were looked at", printed)
	}
}

// drawTeams is a table of some teams, each with some people who are ready, one step away, far away or open: few, or enough to be shown.
func drawTeams(t *rapid.T) *bytes.Buffer {
	var b bytes.Buffer
	b.WriteString("name,team,stage,target,date,problem-note,scope-cut,measure-read,hard-talk,shipped-once,shipped-once.kind,shipped-once.date\n")
	size := rapid.SampledFrom([]int{0, 2, 6, 9, 15})
	for _, team := range []string{"Ads", "Pay", "Search"} {
		for _, answers := range []string{"2,2,1,1,yes,artifact,2026-06-01", "2,2,1,1,no,,", "0,0,0,0,no,,", "2,2,1,1,,,"} {
			for range size.Draw(t, team) {
				fmt.Fprintf(&b, "P%d,%s,%s,builder,2026-11-22,%s\n", b.Len(), team, rapid.SampledFrom([]string{"starter", "builder"}).Draw(t, "stage"), answers)
			}
		}
	}
	fmt.Fprintf(&b, "Last,Ads,starter,builder,2026-11-22,2,2,1,1,no,,\n")
	return &b
}

// gateFiguresOf are the figures that a gate may print, by rule and group.
func gateFiguresOf(p *cohort.Published) map[string]string {
	known := map[string]string{}
	people, shown := p.People.N()
	if !shown {
		return known
	}
	of := func(key string, n int, ok bool, all int) {
		if ok {
			known[key] = fmt.Sprintf("%d of %d", n, all)
		}
	}
	n, ok := p.Standing.Ready.N()
	of("ready everybody", n, ok, people)
	switch { // everybody has a target here
	case p.Standing.CannotTell == nil:
		of("open everybody", 0, true, people)
	default:
		n, ok = p.Standing.CannotTell.N()
		of("open everybody", n, ok, people)
	}
	for _, a := range p.Areas {
		n, ok = a.Holds.N()
		of(a.Area.ID+" everybody", n, ok && a.Other == nil && p.Standing.NoTarget == nil, people)
	}
	for _, g := range p.Groups[0].Groups {
		if size, shown := g.People.N(); shown {
			n, ok = g.Standing.Ready.N()
			of("teams "+g.Value, n, ok, size)
		}
	}
	return known
}

func allFound(g *GateReport) string {
	var all []string
	for _, c := range g.Cases {
		all = append(all, c.Found)
	}
	return strings.Join(all, "\n")
}

type twice struct{ first, second intake.Handler }

func (b twice) Handle(p *intake.Person, out []byte) []byte {
	b.first.Handle(p, nil)
	b.second.Handle(p, nil)
	return out
}
