package path

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/readiness"
)

// The oracle looks at every choice of levels at or above the present ones and judges it by the definitions, in whole numbers: scores in parts of
// a level so small that every weight of up to three items divides them.
const fine = 2520 * 4

// standing is what the rule says of levels, gates left out.
type standing struct {
	criteria, areas []bool // by number; true where nothing is asked
	fit             bool
	guarded         bool // too much is not applicable
}

func (s standing) holds() bool {
	return s.fit && !slices.Contains(s.criteria, false) && !slices.Contains(s.areas, false)
}

func (p *problem) judge(levels []int) standing {
	var s standing
	points, possible := 0, 0
	for _, a := range p.areas {
		areaPoints, areaPossible, assessed, weight := 0, 0, 0, 0
		for _, c := range a.competencies {
			s.criteria = append(s.criteria, true)
			if !c.asked {
				continue
			}
			all, applicable, weighted := 0, 0, 0
			for _, i := range c.items {
				all += i.weight
				if !i.na {
					applicable += i.weight
					weighted += i.weight * levels[i.number]
				}
			}
			weight += c.weight
			assessed += c.weight * applicable * fine / all
			if applicable == 0 {
				s.guarded = s.guarded || c.must
				continue
			}
			score := weighted * fine / applicable
			span := min(p.span, c.level-4*c.lo) * fine / 4
			areaPoints += c.weight * min(max(score-(c.level*fine/4-span), 0), span)
			areaPossible += c.weight * span
			s.criteria[len(s.criteria)-1] = score >= p.floorOf(c)*fine/4
		}
		points, possible = points+areaPoints, possible+areaPossible
		s.areas = append(s.areas, areaPossible == 0 || a.floor.reached(areaPoints, areaPossible))
		s.guarded = s.guarded || weight > 0 && !p.assessed.reached(assessed, weight*fine)
	}
	s.fit = possible == 0 || p.readyAt.reached(points, possible)
	return s
}

func (s share) reached(part, whole int) bool { return part*s.den >= s.num*whole }

func (p *problem) floorOf(c *competency) int {
	switch {
	case c.floor != ruleFloor:
		return c.floor
	case c.must:
		return max(4*c.lo, c.level-p.must)
	}
	return max(4*c.lo, c.level-p.short)
}

// way is one choice of levels that holds.
type way struct {
	steps, hours int
	spread       string // raises by area
}

// wishNumbers are wishes in the numbers of a problem, so that the oracle needs nothing of the package.
type wishNumbers struct {
	effort    bool
	most      int
	not, keep []spot
}

// spot is a place: kind is area, competency, item or gate.
type spot struct {
	kind   string
	number int
}

func (p *problem) inside(s spot, i *item) bool {
	switch s.kind {
	case "area":
		return i.area == s.number
	case "competency":
		return p.competencies[s.number] == i.competency
	}
	return s.kind == "item" && i.number == s.number
}

func (p *problem) place(s spot) Place {
	switch s.kind {
	case "area":
		return Place{Area: p.rubric.Areas[s.number]}
	case "competency":
		return Place{Competency: p.rubric.Competencies[s.number]}
	case "item":
		return Place{Item: p.rubric.Items[s.number]}
	}
	return Place{Gate: p.rubric.Gates[s.number]}
}

func (p *problem) wishes(w wishNumbers) Wishes {
	wishes := Wishes{AtMost: w.most, Alternatives: 3}
	if w.effort {
		wishes.By = Effort
	}
	for _, s := range w.not {
		wishes.Not = append(wishes.Not, p.place(s))
	}
	for _, s := range w.keep {
		wishes.Keep = append(wishes.Keep, p.place(s))
	}
	return wishes
}

// everyWay calls visit with every choice of levels that the wishes allow.
func (p *problem) everyWay(w wishNumbers, visit func(levels []int)) {
	levels := make([]int, len(p.items))
	var fill func(n int)
	fill = func(n int) {
		if n == len(p.items) {
			visit(levels)
			return
		}
		i := p.items[n]
		top := i.hi
		if i.na || !i.asked || slices.ContainsFunc(w.not, func(s spot) bool { return p.inside(s, i) }) {
			top = i.level()
		}
		for levels[n] = i.level(); levels[n] <= top; levels[n]++ {
			fill(n + 1)
		}
	}
	fill(0)
}

// gatesToMeet counts the hard gates that are not met; it is negative where the wishes rule one out.
func (p *problem) gatesToMeet(w wishNumbers) int {
	count := 0
	for n, g := range p.gates {
		if g.hard && !g.met {
			if slices.Contains(w.not, spot{"gate", n}) {
				return -1
			}
			count++
		}
	}
	return count
}

func (p *problem) dearest() int {
	most := 1
	for _, c := range p.competencies {
		most = max(most, slices.Max(c.hours))
	}
	return most
}

// grants reports whether a way has its steps where the wishes want them.
func (p *problem) grants(w wishNumbers, levels []int, spread []int) bool {
	if w.most > 0 && slices.Max(spread) > w.most {
		return false
	}
	for _, s := range w.keep {
		if s.kind == "gate" {
			if g := p.gates[s.number]; !g.hard || g.met {
				return false
			}
		} else if !slices.ContainsFunc(p.items, func(i *item) bool { return levels[i.number] > i.level() && p.inside(s, i) }) {
			return false
		}
	}
	return true
}

// shortest tries everything. It returns the best of all ways and the different spreads of those that are as short.
func (p *problem) shortest(w wishNumbers) (best way, spreads map[string]bool, found bool) {
	gates := p.gatesToMeet(w)
	if gates < 0 {
		return way{}, nil, false
	}
	dearest := p.dearest()
	p.everyWay(w, func(levels []int) {
		spread, steps, hours := make([]int, len(p.areas)), gates, 0
		for n, i := range p.items {
			for level := i.level() + 1; level <= levels[n]; level++ {
				spread[i.area]++
				steps++
				if stated := i.hours[level-1-i.lo]; stated > 0 {
					hours += stated
				} else {
					hours += dearest
				}
			}
		}
		this := way{steps, hours, fmt.Sprint(spread)}
		as, shorter := steps == best.steps, steps < best.steps || steps == best.steps && hours < best.hours
		if w.effort {
			as, shorter = hours == best.hours && steps == best.steps, hours < best.hours || hours == best.hours && steps < best.steps
		}
		if found && !as && !shorter || !p.grants(w, levels, spread) || !p.judge(levels).holds() {
			return
		}
		if !found || !as {
			spreads = map[string]bool{}
		}
		if !found || shorter {
			best = this
		}
		spreads[this.spread], found = true, true
	})
	return best, spreads, found
}

func (p *problem) drawWishes(t *rapid.T) wishNumbers {
	w := wishNumbers{effort: rapid.Bool().Draw(t, "by effort")}
	if rapid.Bool().Draw(t, "limited") {
		w.most = rapid.IntRange(1, 5).Draw(t, "at most")
	}
	draw := func(label string) []spot {
		var spots []spot
		for range rapid.SampledFrom([]int{0, 0, 0, 1, 1, 2}).Draw(t, label) {
			kind := rapid.SampledFrom([]string{"area", "competency", "item", "item", "gate"}).Draw(t, label)
			count := map[string]int{"area": len(p.areas), "competency": len(p.competencies), "item": len(p.items), "gate": len(p.gates)}[kind]
			if count > 0 {
				spots = append(spots, spot{kind, rapid.IntRange(0, count-1).Draw(t, label)})
			}
		}
		return spots
	}
	w.not, w.keep = draw("not"), draw("keep")
	return w
}

// On small random rubrics, with every kind of wish: nothing is shorter than the path, whoever takes it is ready, and so it is with every alternative, of which
// there are as many as there are. Run it with -rapid.checks=10000.
func TestPathsAreTheShortest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		w := p.drawWishes(t)
		found := Find(p.result, p.wishes(w))
		now := make([]int, len(p.items))
		for n, i := range p.items {
			now[n] = i.level()
		}
		start := p.judge(now)
		best, spreads, possible := p.shortest(w)
		switch {
		case start.guarded:
			if len(found.Blocks) == 0 || found.Blocks[0].Guard == nil || found.Ready || len(found.Steps) > 0 {
				t.Errorf("too much is not applicable: %+v", found)
			}
			return
		case start.holds() && p.gatesToMeet(wishNumbers{}) == 0:
			if !found.Ready || len(found.Steps) > 0 || len(found.Blocks) > 0 {
				t.Errorf("all conditions hold: %+v", found)
			}
			return
		case !possible:
			p.checkBlocks(t, w, found)
			return
		case found.Ready || len(found.Blocks) > 0:
			t.Fatalf("there is a path of %d steps: %+v", best.steps, found)
		}
		if steps, hours := len(found.Steps), p.hoursOf(found.Route); steps != best.steps || hours != best.hours {
			t.Errorf("%d steps and %d hours; the shortest has %d and %d", steps, hours, best.steps, best.hours)
		}
		if w.most == 0 && len(w.not)+len(w.keep) == 0 && !w.effort {
			if fewest := len(readiness.StepsToFlip(p.result).Worst.Changes); fewest != len(found.Steps) {
				t.Errorf("%d steps, StepsToFlip says %d", len(found.Steps), fewest)
			}
		}
		if want := min(3, len(spreads)-1); len(found.Others) != want {
			t.Errorf("%d alternatives, want %d", len(found.Others), want)
		}
		seen := map[string]bool{}
		for _, route := range append([]Route{found.Route}, found.Others...) {
			spread := p.checkRoute(t, w, route)
			if seen[spread] || !spreads[spread] {
				t.Errorf("raises by area %s: seen %t, as short as the shortest %t", spread, seen[spread], spreads[spread])
			}
			seen[spread] = true
		}
	})
}

// Where breaking ties by hours would take too long, steps alone count; that is as exact.
func TestStepsAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		w := p.drawWishes(t)
		w.effort = false
		best, spreads, possible := p.shortest(w)
		if !possible || p.result.NotAssessed() || len(failing(p.result)) == 0 {
			return
		}
		s, fewest := fewestSteps(p.result, p.wishes(w))
		seen := map[string]bool{}
		for _, choice := range append([]*state{fewest}, s.others(fewest)...) {
			route := s.inOrder(choice)
			if len(route.Steps) != best.steps {
				t.Errorf("%d steps, the fewest are %d", len(route.Steps), best.steps)
			}
			spread := p.checkRoute(t, w, route)
			if seen[spread] || !spreads[spread] {
				t.Errorf("raises by area %s: seen %t, as short as the shortest %t", spread, seen[spread], spreads[spread])
			}
			seen[spread] = true
		}
		if want := min(4, len(spreads)); len(seen) != want {
			t.Errorf("%d ways, want %d", len(seen), want)
		}
	})
}

// hoursOf is the effort of a route with what stands for hours that are not stated.
func (p *problem) hoursOf(r Route) int { return r.Hours + r.Unknown*p.dearest() }

// checkRoute takes the steps one by one: each must start where the one before left, bring what it says and clear what it says; in the end everything
// holds. It returns the raises by area.
func (p *problem) checkRoute(t *rapid.T, w wishNumbers, r Route) string {
	levels, spread, met := make([]int, len(p.items)), make([]int, len(p.areas)), make([]bool, len(p.gates))
	for n, i := range p.items {
		levels[n] = i.level()
	}
	for n, g := range p.gates {
		met[n] = g.met
	}
	for _, step := range r.Steps {
		before := p.names(levels, met)
		if step.Gate != nil {
			n := step.Gate.Index
			if met[n] || !p.gates[n].hard || step.Open != p.gates[n].open {
				t.Errorf("gate %d: %+v", n, step)
			}
			met[n] = true
		} else {
			i := p.items[step.Raise.Item.Index]
			if levels[i.number] != step.Raise.From || step.Raise.To != step.Raise.From+1 || step.Raise.To > i.hi || i.na || step.Open != i.open {
				t.Errorf("item %d is at %d: %+v", i.number, levels[i.number], step)
			}
			if slices.ContainsFunc(w.not, func(s spot) bool { return p.inside(s, i) }) {
				t.Errorf("item %d is ruled out", i.number)
			}
			levels[i.number] = step.Raise.To
			spread[i.area]++
		}
		var cleared []string
		for _, c := range step.Clears {
			cleared = append(cleared, conditionName(c))
		}
		var want []string
		for _, name := range before {
			if !slices.Contains(p.names(levels, met), name) {
				want = append(want, name)
			}
		}
		slices.Sort(want)
		slices.Sort(cleared)
		if !slices.Equal(cleared, want) {
			t.Errorf("clears %q, want %q", cleared, want)
		}
	}
	if left := p.names(levels, met); len(left) > 0 {
		t.Errorf("after the path %q do not hold", left)
	}
	if !p.grants(w, levels, spread) {
		t.Errorf("the wishes %+v are not granted by %v", w, spread)
	}
	after := readiness.Evaluate(Apply(p.result.Sheet, p.result.Target, r.Steps), p.result.Target)
	if after.Verdict != readiness.Ready {
		t.Errorf("%v after the path", after.Verdict)
	}
	sum := p.result.Points.Worst
	for _, step := range r.Steps {
		sum = sum.Add(step.Brings)
	}
	if !sum.Equal(after.Points.Worst) {
		t.Errorf("the steps bring the points to %v, but they are %v", sum, after.Points.Worst)
	}
	return fmt.Sprint(spread)
}

// names lists the conditions that do not hold.
func (p *problem) names(levels []int, met []bool) []string {
	var names []string
	s := p.judge(levels)
	if !s.fit {
		names = append(names, "fit")
	}
	for n, holds := range s.areas {
		if !holds {
			names = append(names, fmt.Sprint("area-", n))
		}
	}
	for n, holds := range s.criteria {
		if !holds {
			names = append(names, fmt.Sprint("competency-", n))
		}
	}
	for n, g := range p.gates {
		if g.hard && !met[n] {
			names = append(names, fmt.Sprint("gate-", n))
		}
	}
	return names
}

func conditionName(c *readiness.Condition) string {
	switch c.Kind {
	case readiness.AreaCondition:
		return c.Area.Area.ID
	case readiness.CriterionCondition:
		return c.Criterion.Competency.ID
	case readiness.GateCondition:
		return c.Gate.ID
	}
	return "fit"
}

// checkBlocks holds what is said to be in the way against what lifting it does.
func (p *problem) checkBlocks(t *rapid.T, w wishNumbers, found *Path) {
	if found.Ready || len(found.Steps)+len(found.Others) > 0 || len(found.Blocks) == 0 {
		t.Fatalf("nothing leads there, and nothing is said to be in the way: %+v", found)
	}
	highest := make([]int, len(p.items))
	p.everyWay(w, func(levels []int) { copy(highest, levels) }) // the last has everything as high as may be
	met := make([]bool, len(p.gates))
	for n, g := range p.gates {
		met[n] = g.met || !slices.Contains(w.not, spot{"gate", n})
	}
	var conditions []string
	var lift []Place
	for n := range w.not {
		fewer := w
		fewer.not = slices.Delete(slices.Clone(w.not), n, n+1)
		if _, _, possible := p.shortest(fewer); possible {
			lift = append(lift, p.place(w.not[n]))
		}
	}
	for _, b := range found.Blocks {
		if b.Guard != nil {
			t.Errorf("the guard is not in the way")
		}
		if b.Condition != nil {
			conditions = append(conditions, conditionName(b.Condition))
		}
		if b.AtMost > 0 {
			for most := 1; most <= b.AtMost; most++ {
				other := w
				other.most = most
				if _, _, possible := p.shortest(other); possible != (most == b.AtMost) {
					t.Errorf("%d is said to be the smallest limit; with %d there is a path: %t", b.AtMost, most, possible)
				}
			}
		}
	}
	if !slices.Equal(found.Lift, lift) {
		t.Errorf("to lift: %v, want %v", found.Lift, lift)
	}
	want := p.names(highest, met)
	slices.Sort(want)
	slices.Sort(conditions)
	if !slices.Equal(conditions, want) {
		t.Errorf("in the way: %q, want %q", conditions, want)
	}
}
