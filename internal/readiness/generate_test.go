package readiness_test

import (
	"math/big"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/response"
)

// size bounds what the generators draw: the product of the number of levels of all items (and 2 for each gate) is the number of sheets there
// are, and a search for the fewest steps may have to visit all of them.
const size = 2500

// problems draws rubrics with every feature that the rule has, all constants within what the loader allows.
func problems() *rapid.Generator[*problem] { return rapid.Custom(drawProblem) }

func drawProblem(t *rapid.T) *problem {
	p := &problem{
		readyAt:   cuts().Draw(t, "ready at"),
		areaFloor: cuts().Draw(t, "area floor"),
		assessed:  cuts().Draw(t, "assessed"),
		span:      ratio(rapid.IntRange(1, 6).Draw(t, "span in halves"), 2),
	}
	p.maxShortfall = quarterUpTo(t, p.span, "max shortfall")
	p.mustShortfall = quarterUpTo(t, p.span, "must shortfall")
	room := size
	numbers := struct{ area, competency, item int }{}
	for range rapid.IntRange(1, 3).Draw(t, "areas") {
		a := area{number: numbers.area}
		numbers.area++
		if rapid.IntRange(0, 3).Draw(t, "own area floor") == 0 {
			a.floor = cuts().Draw(t, "area floor")
		}
		for range rapid.IntRange(1, 3).Draw(t, "competencies") {
			lo := rapid.IntRange(-2, 1).Draw(t, "lowest")
			c := competency{number: numbers.competency, lo: lo, hi: lo + rapid.IntRange(1, 3).Draw(t, "levels")}
			numbers.competency++
			for n := range rapid.SampledFrom([]int{1, 1, 2, 2, 3}).Draw(t, "items") {
				if room /= c.hi - lo + 1; room == 0 && n > 0 {
					break
				}
				c.items = append(c.items, item{
					number: numbers.item, weight: rapid.IntRange(1, 3).Draw(t, "item weight"),
					allowsNA: rapid.IntRange(0, 2).Draw(t, "allows na") == 0,
				})
				numbers.item++
			}
			c.asked = p.drawCriterion(t, &c)
			a.competencies = append(a.competencies, c)
			if room == 0 {
				break
			}
		}
		p.areas = append(p.areas, a)
		if room == 0 {
			break
		}
	}
	for n := range rapid.IntRange(0, 2).Draw(t, "gates") {
		p.gates = append(p.gates, drawGate(t, n))
	}
	return p
}

// cuts are shares, with the ends and what rubrics use.
func cuts() *rapid.Generator[*big.Rat] {
	return rapid.Custom(func(t *rapid.T) *big.Rat {
		den := rapid.SampledFrom([]int{2, 3, 4, 5, 7, 20}).Draw(t, "denominator")
		return ratio(rapid.IntRange(0, den).Draw(t, "numerator"), den)
	})
}

// quarterUpTo draws a number of quarters from 0 to limit, which is one itself.
func quarterUpTo(t *rapid.T, limit *big.Rat, label string) *big.Rat {
	quarters := new(big.Rat).Mul(limit, whole(4)).Num().Int64()
	return ratio(rapid.IntRange(0, int(quarters)).Draw(t, label), 4)
}

func (p *problem) drawCriterion(t *rapid.T, c *competency) *criterion {
	if rapid.IntRange(0, 9).Draw(t, "names it") == 9 {
		return nil
	}
	asked := &criterion{weight: rapid.IntRange(1, 3).Draw(t, "weight"), must: rapid.IntRange(0, 3).Draw(t, "must") == 0}
	above := rapid.IntRange(0, 4*(c.hi-c.lo)).Draw(t, "quarters above the lowest") // 0 asks nothing
	if rapid.Bool().Draw(t, "whole level") {
		above = (above + 3) / 4 * 4
	}
	asked.level = new(big.Rat).Add(whole(c.lo), ratio(above, 4))
	if rapid.IntRange(0, 3).Draw(t, "own floor") == 0 {
		below := quarterUpTo(t, least(p.span, ratio(above, 4)), "quarters below")
		asked.floor = minus(asked.level, below)
	}
	return asked
}

// drawGate draws one of four kinds of gate. Evidence may be three months old at most: on 2026-05-31 that reaches back to 28 February.
func drawGate(t *rapid.T, number int) gate {
	g := gate{number: number, hard: rapid.IntRange(0, 2).Draw(t, "hard") > 0}
	yes := func(kind response.EvidenceKind, when string) response.GateAnswer {
		answer := response.GateAnswer{State: response.GateYes, Evidence: response.Evidence{Kind: kind}}
		if when != "" {
			answer.Evidence.When = date(when)
		}
		return answer
	}
	no := response.GateAnswer{State: response.GateNo}
	switch rapid.IntRange(0, 3).Draw(t, "needs") {
	case 0:
		g.yes = []response.GateAnswer{yes("", ""), yes("self", "2001-01-01")}
		g.no = []response.GateAnswer{no}
	case 1:
		g.needs = "{kind: [artifact, peer]}"
		g.yes = []response.GateAnswer{yes("artifact", ""), yes("peer", "2001-01-01")}
		g.no = []response.GateAnswer{no, yes("", "2026-05-01"), yes("self", "2026-05-01")}
	case 2:
		g.needs = "{within: 3 months}"
		g.yes = []response.GateAnswer{yes("", "2026-02-28"), yes("self", "2026-05-31")}
		g.no = []response.GateAnswer{no, yes("artifact", ""), yes("", "2026-02-27")}
	case 3:
		g.needs = "{kind: [peer], within: 3 months}"
		g.yes = []response.GateAnswer{yes("peer", "2026-03-01")}
		g.no = []response.GateAnswer{no, yes("artifact", "2026-03-01"), yes("peer", ""), yes("peer", "2025-12-31")}
	}
	return g
}

// drawReplies answers a problem: complete, or with gaps whose completions number limit at most, "not applicable" counted.
func (p *problem) drawReplies(t *rapid.T, limit int) replies {
	s := replies{gates: make([]response.GateAnswer, len(p.gates))}
	high := rapid.Bool().Draw(t, "mostly high") // few drawn at random are ready, and little is near a cut then
	gaps := rapid.IntRange(0, 2).Draw(t, "gaps")
	room := limit
	opens := func(options int) bool {
		if gaps == 0 || room < options || rapid.IntRange(0, 2).Draw(t, "open") >= gaps {
			return false
		}
		room /= options
		return true
	}
	p.eachItem(func(c *competency, i item) {
		options := c.hi - c.lo + 1
		answer := response.Answered(rapid.IntRange(c.lo, c.hi).Draw(t, "level"))
		switch {
		case i.allowsNA && rapid.IntRange(0, 4).Draw(t, "na") == 0:
			answer = response.NotApplicable()
		case opens(options + 1):
			answer = response.Answer{}
		case high && rapid.IntRange(0, 3).Draw(t, "high") > 0:
			answer = response.Answered(c.hi)
		}
		s.items = append(s.items, answer) // eachItem goes by number
	})
	for n, g := range p.gates {
		switch {
		case opens(2):
		case rapid.IntRange(0, 3).Draw(t, "met") > 0:
			s.gates[n] = rapid.SampledFrom(g.yes).Draw(t, "yes")
		default:
			s.gates[n] = rapid.SampledFrom(g.no).Draw(t, "no")
		}
	}
	return s
}
