package readiness_test

import (
	"fmt"
	"iter"
	"math/big"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
)

// The oracle: the rule as it is defined, for sheets on which nothing is open, without any of the shortcuts of the package under test.

// judgement is what the rule says of a complete sheet. Shares are missing where nothing applicable can earn a point.
type judgement struct {
	verdict   readiness.Verdict
	fit       *big.Rat
	areas     map[int]*big.Rat // share of points, by number
	assessed  map[int]*big.Rat // share of the criteria's weight, by number
	scores    map[int]*big.Rat // by number of the competency
	holds     map[string]bool  // every condition
	notEnough bool             // too much is not applicable
}

func (p *problem) judge(s replies) judgement {
	j := judgement{areas: map[int]*big.Rat{}, assessed: map[int]*big.Rat{}, scores: map[int]*big.Rat{}, holds: map[string]bool{}}
	points, possible := new(big.Rat), new(big.Rat)
	for _, a := range p.areas {
		areaPoints, areaPossible, assessed, weight := new(big.Rat), new(big.Rat), new(big.Rat), new(big.Rat)
		for k := range a.competencies {
			c := &a.competencies[k]
			asked := c.asks()
			if asked == nil {
				continue
			}
			all, applicable, weighted := 0, 0, 0
			for _, i := range c.items {
				all += i.weight
				if level, ok := s.items[i.number].Level(); ok {
					applicable += i.weight
					weighted += i.weight * level
				}
			}
			W := whole(asked.weight)
			weight.Add(weight, W)
			assessed.Add(assessed, new(big.Rat).Mul(W, ratio(applicable, all)))
			if applicable == 0 {
				j.notEnough = j.notEnough || asked.must
				continue
			}
			score := ratio(weighted, applicable)
			D := least(p.span, minus(asked.level, whole(c.lo)))
			earned := most(new(big.Rat), least(D, minus(score, minus(asked.level, D))))
			areaPoints.Add(areaPoints, new(big.Rat).Mul(W, earned))
			areaPossible.Add(areaPossible, new(big.Rat).Mul(W, D))
			j.scores[c.number] = score
			j.holds[fmt.Sprint("criterion ", c.number)] = score.Cmp(p.floorOf(c)) >= 0
		}
		points.Add(points, areaPoints)
		possible.Add(possible, areaPossible)
		if weight.Sign() > 0 {
			j.assessed[a.number] = new(big.Rat).Quo(assessed, weight)
			j.notEnough = j.notEnough || j.assessed[a.number].Cmp(p.assessed) < 0
		}
		if areaPossible.Sign() > 0 {
			j.areas[a.number] = new(big.Rat).Quo(areaPoints, areaPossible)
			j.holds[fmt.Sprint("area ", a.number)] = j.areas[a.number].Cmp(p.areaFloorOf(a)) >= 0
		}
	}
	if possible.Sign() > 0 {
		j.fit = new(big.Rat).Quo(points, possible)
		j.holds["fit"] = j.fit.Cmp(p.readyAt) >= 0
	}
	for _, g := range p.gates {
		if g.hard {
			j.holds[fmt.Sprint("gate ", g.number)] = g.suffices(s.gates[g.number])
		}
	}
	j.verdict = readiness.Ready
	if j.notEnough {
		j.verdict = readiness.Undetermined
	}
	for _, holds := range j.holds {
		if !holds {
			j.verdict = readiness.NotReady
		}
	}
	return j
}

// floorOf is R − max_shortfall, R − must_shortfall for a must-have, or the criterion's own, never under the lowest level.
func (p *problem) floorOf(c *competency) *big.Rat {
	switch asked := c.asks(); {
	case asked.floor != nil:
		return asked.floor
	case asked.must:
		return most(whole(c.lo), minus(asked.level, p.mustShortfall))
	default:
		return most(whole(c.lo), minus(asked.level, p.maxShortfall))
	}
}

func (p *problem) areaFloorOf(a area) *big.Rat {
	if a.floor != nil {
		return a.floor
	}
	return p.areaFloor
}

func (g *gate) suffices(answer response.GateAnswer) bool {
	for _, good := range g.yes {
		if answer == good {
			return true
		}
	}
	return false
}

// completions yields every way of answering what is open: each level, "not applicable" where allowed and wanted, each gate met and not met.
// The replies it yields are good until the next one.
func (p *problem) completions(s replies, withNA bool) iter.Seq[replies] {
	return func(yield func(replies) bool) {
		var choices []func(option int) bool // each sets its entry, or reports that there is no such option
		full := s.clone()
		p.eachItem(func(c *competency, i item) {
			if !s.items[i.number].IsOpen() {
				return
			}
			choices = append(choices, func(option int) bool {
				full.items[i.number] = response.Answered(c.lo + option)
				if c.lo+option == c.hi+1 && withNA && i.allowsNA {
					full.items[i.number] = response.NotApplicable()
					return true
				}
				return c.lo+option <= c.hi
			})
		})
		for _, g := range p.gates {
			if s.gates[g.number].State == response.GateOpen {
				choices = append(choices, func(option int) bool {
					if option < 2 {
						full.gates[g.number] = [...]response.GateAnswer{g.no[0], g.yes[0]}[option]
					}
					return option < 2
				})
			}
		}
		var fill func(n int) bool
		fill = func(n int) bool {
			if n == len(choices) {
				return yield(full)
			}
			for option := 0; choices[n](option); option++ {
				if !fill(n + 1) {
					return false
				}
			}
			return true
		}
		fill(0)
	}
}

// filled answers everything that is open at its lowest, or at its highest.
func (p *problem) filled(s replies, best bool) replies {
	full := s.clone()
	p.eachItem(func(c *competency, i item) {
		if s.items[i.number].IsOpen() {
			full.items[i.number] = response.Answered(map[bool]int{false: c.lo, true: c.hi}[best])
		}
	})
	for _, g := range p.gates {
		if s.gates[g.number].State == response.GateOpen {
			full.gates[g.number] = map[bool]response.GateAnswer{false: g.no[0], true: g.yes[0]}[best]
		}
	}
	return full
}

// distance is the fewest one-level moves and gates turned that reverse the verdict on a complete sheet, found by looking at every sheet one
// move away, then two, and so on; −1 where no number of them does.
func (p *problem) distance(s replies, gatesToo bool) int {
	start := p.judge(s)
	wanted := readiness.Ready
	switch start.verdict {
	case readiness.Ready:
		wanted = readiness.NotReady
	case readiness.Undetermined: // neither way: the guard stands there whatever the levels are
		return -1
	}
	seen := map[string]bool{p.key(s): true}
	layer := []replies{s}
	for steps := 1; len(layer) > 0; steps++ {
		var next []replies
		for _, from := range layer {
			for to := range p.neighbours(from, gatesToo) {
				if key := p.key(to); !seen[key] {
					if p.judge(to).verdict == wanted {
						return steps
					}
					seen[key] = true
					next = append(next, to)
				}
			}
		}
		layer = next
	}
	return -1
}

func (p *problem) neighbours(s replies, gatesToo bool) iter.Seq[replies] {
	return func(yield func(replies) bool) {
		stop := false
		try := func(change func(to replies)) {
			if !stop {
				to := s.clone()
				change(to)
				stop = !yield(to)
			}
		}
		p.eachItem(func(c *competency, i item) {
			level, ok := s.items[i.number].Level()
			for _, to := range []int{level - 1, level + 1} {
				if ok && to >= c.lo && to <= c.hi {
					try(func(s replies) { s.items[i.number] = response.Answered(to) })
				}
			}
		})
		for _, g := range p.gates {
			if gatesToo {
				try(func(s replies) { s.gates[g.number] = g.turned(s.gates[g.number]) })
			}
		}
	}
}

// turned meets a gate that is not met, and the other way round.
func (g *gate) turned(answer response.GateAnswer) response.GateAnswer {
	if g.suffices(answer) {
		return g.no[0]
	}
	return g.yes[0]
}

// key tells sheets apart as far as the rule looks at them.
func (p *problem) key(s replies) string {
	key := make([]byte, 0, len(s.items)+len(s.gates))
	for _, answer := range s.items {
		level, _ := answer.Level()
		key = append(key, byte(level+100))
	}
	for _, g := range p.gates {
		key = append(key, map[bool]byte{true: 1}[g.suffices(s.gates[g.number])])
	}
	return string(key)
}
