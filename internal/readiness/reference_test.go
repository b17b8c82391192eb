package readiness_test

import (
	"encoding/json"
	"math/big"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
)

// referenceCase is a decision problem that was solved elsewhere, by enumeration. Each of its items is a competency that asks for its highest
// level, with points all the way up from the lowest; a gate is a floor under one item.
type referenceCase struct {
	Case  string
	Items []struct {
		ID, Area         string
		Weight, Min, Max int
	}
	Rule struct {
		Overall *referenceCut
		Areas   []struct {
			Area string
			referenceCut
		}
		Gates []struct {
			Item    string
			AtLeast int `json:"at_least"`
		}
	}
	Answers  map[string]int
	Order    []string
	NA       []string
	Expected struct {
		Verdict      readinessName
		OverallShare string            `json:"overall_share"`
		AreaShares   map[string]string `json:"area_shares"`
		Status       []readinessName   `json:"status_after_n_answers"`
		StopAfter    int               `json:"stop_after"`
		Completions  []struct{ Answered, Ready, Total int }
		Steps        int `json:"steps_to_flip"`
		Upward       int `json:"min_upward_steps_to_ready"`
	}
}

type referenceCut struct {
	AtLeast string `json:"at_least"`
}

// readinessName is a verdict as the reference names it.
type readinessName string

func nameOf(v readiness.Verdict) readinessName {
	if v == readiness.Undetermined {
		return "open"
	}
	return readinessName(v.String())
}

func TestReferenceDecisions(t *testing.T) {
	var file struct{ Cases []referenceCase }
	data, err := os.ReadFile("testdata/s16-readiness-bruteforce.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) != 32 {
		t.Fatalf("%d cases, want 32", len(file.Cases))
	}
	for i := range file.Cases {
		c := &file.Cases[i]
		t.Run(c.Case, func(t *testing.T) { c.check(t) })
	}
}

func (c *referenceCase) check(t *testing.T) {
	p := c.problem(t)
	r := p.load(t)
	target := r.Stages[0]
	sheet := response.New(r)
	status := func(s replies) readinessName {
		s.put(sheet)
		return nameOf(readiness.Evaluate(sheet, target).Verdict)
	}

	s := replies{items: make([]response.Answer, len(c.Items))}
	for _, id := range c.NA {
		s.items[c.number(id)] = response.NotApplicable()
	}
	states := []readinessName{status(s)}
	c.countCompletions(t, p, s, 0, status)
	answered := 0
	for _, id := range c.Order {
		if slices.Contains(c.NA, id) {
			continue
		}
		answered++
		s.items[c.number(id)] = response.Answered(c.Answers[id])
		states = append(states, status(s))
		c.countCompletions(t, p, s, answered, status)
	}
	equal(t, "status after n answers", c.Expected.Status, states)
	equal(t, "counts of completions", len(states), len(c.Expected.Completions))
	equal(t, "stop after", c.Expected.StopAfter, slices.IndexFunc(states, func(s readinessName) bool { return s != "open" }))

	result := readiness.Evaluate(s.sheet(r), target)
	equal(t, "verdict", c.Expected.Verdict, nameOf(result.Verdict))
	equal(t, "oracle's verdict", c.Expected.Verdict, nameOf(p.judge(s).verdict))
	equal(t, "overall share", c.Expected.OverallShare, result.Fit().Worst.String())
	shares := map[string]string{}
	for i := range result.Areas {
		a := &result.Areas[i]
		shares[c.areaIDs()[numberOf(a.Area.ID)]] = a.Fit().Worst.String()
	}
	equal(t, "area shares", c.Expected.AreaShares, shares)

	flips := readiness.StepsToFlip(result)
	equal(t, "steps to flip", c.Expected.Steps, len(flips.Worst.Changes))
	equal(t, "oracle's steps to flip", c.Expected.Steps, p.distance(s, true))
	upward := 0
	if result.Verdict == readiness.NotReady {
		upward = len(flips.Worst.Changes)
	}
	equal(t, "upward steps to ready", c.Expected.Upward, upward)
}

// countCompletions compares how many completions are ready once so many answers are given. The largest case has 16384 of them.
func (c *referenceCase) countCompletions(t *testing.T, p *problem, s replies, answered int, status func(replies) readinessName) {
	for _, want := range c.Expected.Completions {
		if want.Answered != answered {
			continue
		}
		ready, total := 0, 0
		for full := range p.completions(s, false) {
			total++
			if status(full) == "ready" {
				ready++
			}
		}
		if ready != want.Ready || total != want.Total {
			t.Errorf("after %d answers %d of %d completions are ready, want %d of %d", answered, ready, total, want.Ready, want.Total)
		}
	}
}

func (c *referenceCase) number(id string) int {
	for i, item := range c.Items {
		if item.ID == id {
			return i
		}
	}
	panic(id)
}

// areaIDs are the areas in the order in which the items first name them.
func (c *referenceCase) areaIDs() []string {
	var ids []string
	for _, item := range c.Items {
		if !slices.Contains(ids, item.Area) {
			ids = append(ids, item.Area)
		}
	}
	return ids
}

func (c *referenceCase) problem(t rapid.TB) *problem {
	widest := 0
	for _, i := range c.Items {
		widest = max(widest, i.Max-i.Min)
	}
	p := &problem{
		readyAt: whole(0), areaFloor: whole(0), assessed: whole(0),
		maxShortfall: whole(widest), mustShortfall: whole(widest), span: whole(widest), // of a narrower scale the whole range
	}
	if c.Rule.Overall != nil {
		p.readyAt = share(t, c.Rule.Overall.AtLeast)
	}
	for number, id := range c.areaIDs() {
		a := area{number: number}
		for _, floor := range c.Rule.Areas {
			if floor.Area == id {
				a.floor = share(t, floor.AtLeast)
			}
		}
		for n, i := range c.Items {
			if i.Area != id {
				continue
			}
			asked := &criterion{level: whole(i.Max), weight: i.Weight}
			for _, gate := range c.Rule.Gates {
				if gate.Item == i.ID {
					asked.floor = whole(gate.AtLeast)
				}
			}
			allowsNA := slices.Contains(c.NA, i.ID)
			a.competencies = append(a.competencies, competency{number: n, lo: i.Min, hi: i.Max, asked: asked, items: []item{{n, 1, allowsNA}}})
		}
		p.areas = append(p.areas, a)
	}
	return p
}

func share(t rapid.TB, text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatalf("%q is no fraction", text)
	}
	return r
}
