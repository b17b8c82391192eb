package cohort_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/cohort"
	"github.com/pmpath/pmpath/internal/disclosure"
	"github.com/pmpath/pmpath/internal/disclosure/disclosuretest"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// drawnPerson is what the test knows of somebody: groups and answers.
type drawnPerson struct {
	site, team string
	standing   int // 0 ready, 1 one step, 2 two steps, 3 further, 4 cannot tell, 5 no target
	condition  int // that decides, of who is not ready: 0 or 1
	skill      int // 0 below the floor, 1 misses, 2 reaches, 3 undecided, 4 not asked
	growth     int // of who misses: 0 no step, 1 or 2
	area       int // 0 fails, 1 holds, 2 undecided, 3 absent
	band       int // 0 to 4, 5 open, 6 absent
}

const (
	ready = iota
	oneStep
	twoSteps
	further
	cannotTell
	noTarget
)

// drawPeople draws a cohort of a few groups of quite different sizes, in which some answers are rare.
func drawPeople(t *rapid.T) []drawnPerson {
	var list []drawnPerson
	for _, site := range []string{"north", "south"} {
		for _, team := range []string{"a", "b", "c"}[:rapid.IntRange(1, 3).Draw(t, "teams")] {
			n := rapid.SampledFrom([]int{0, 1, 2, 3, 5, 8, 13, 21}).Draw(t, "people")
			tilt := rapid.IntRange(1, 6).Draw(t, "tilt")
			pick := func(label string, most int) int { return min(rapid.IntRange(0, most*tilt).Draw(t, label), most) }
			for range n {
				list = append(list, drawnPerson{
					site: site, team: team, standing: pick("standing", noTarget), condition: rapid.IntRange(0, 1).Draw(t, "condition"),
					skill: pick("skill", 4), growth: rapid.IntRange(0, 2).Draw(t, "growth"), area: pick("area", 3), band: pick("band", 6),
				})
			}
		}
	}
	return list
}

// summarise counts as a Scorer does.
func summarise(r *rubric.Rubric, list []drawnPerson) *cohort.Summary {
	s := &cohort.Summary{Rubric: r, By: []string{"site", "team"}}
	skill, area := r.Competencies[0], r.Areas[0]
	s.Total.Gaps = make([]int, len(r.Competencies))
	for i, c := range r.Competencies {
		s.Competencies = append(s.Competencies, cohort.CompetencySpread{Competency: c})
		if i > 0 {
			s.Competencies[i].Reaches = len(list)
		}
	}
	for _, a := range r.Areas {
		s.Areas = append(s.Areas, cohort.AreaSpread{Area: a})
	}
	s.Deciding = []cohort.Deciding{{Kind: readiness.FitCondition}, {Kind: readiness.AreaCondition, Area: area}}
	s.Growth = []cohort.Growth{{Competency: skill, Level: 2}, {Competency: skill, Level: 1}}
	for _, p := range list {
		at := slices.IndexFunc(s.Cells, func(c cohort.Cell) bool { return c.Values[0] == p.site && c.Values[1] == p.team })
		if at < 0 {
			at = len(s.Cells)
			s.Cells = append(s.Cells, cohort.Cell{Values: []string{p.site, p.team}, Counts: cohort.Counts{Gaps: make([]int, len(r.Competencies))}})
		}
		for _, c := range []*cohort.Counts{&s.Total, &s.Cells[at].Counts} {
			c.People++
			*[]*int{&c.Ready, &c.OneStep, &c.TwoSteps, &c.Further, &c.CannotTell, &c.NoTarget}[p.standing]++
			if p.standing != noTarget {
				c.FitPercents += 7 * p.band
			}
			if p.skill < 2 {
				c.Gaps[0]++
			}
		}
		if p.notReady() {
			s.Deciding[p.condition].NotReady++
		}
		sp := &s.Competencies[0]
		*[]*int{&sp.BelowFloor, new(int), &sp.Reaches, &sp.Undecided, new(int)}[p.skill]++
		if p.skill < 2 {
			sp.Gap++
			if p.growth > 0 {
				s.Growth[p.growth-1].People++
			}
		}
		a := &s.Areas[0]
		*[]*int{&a.Fails, &a.Holds, &a.Undecided, &a.Absent}[p.area]++
		if p.band < cohort.Bands {
			s.Fit.Bands[p.band]++
		} else if p.band == cohort.Bands {
			s.Fit.Open++
		}
	}
	s.Growth = slices.DeleteFunc(s.Growth, func(g cohort.Growth) bool { return g.People == 0 })
	s.Deciding = slices.DeleteFunc(s.Deciding, func(d cohort.Deciding) bool { return d.NotReady == 0 })
	return s
}

func (p drawnPerson) notReady() bool { return p.standing >= oneStep && p.standing <= further }

// question is one thing that people are asked, and what is printed about it: cells are the groups that exist × the answers there may be.
type question struct {
	disclosuretest.Published
	groups  [][2]string
	answers int
	cells   []cell
}

type cell struct {
	site, team string
	answer     int
}

// ask counts the people in each cell. An answer is known to be nobody's where known says so, and then has no cells.
func ask(list []drawnPerson, answers int, of func(drawnPerson) int, known func(answer int) bool) *question {
	q := &question{answers: answers}
	for _, p := range list {
		if g := [2]string{p.site, p.team}; !slices.Contains(q.groups, g) {
			q.groups = append(q.groups, g)
		}
	}
	for _, g := range q.groups {
		for answer := range answers {
			if known(answer) {
				continue
			}
			n := 0
			for _, p := range list {
				if p.site == g[0] && p.team == g[1] && of(p) == answer {
					n++
				}
			}
			q.cells = append(q.cells, cell{g[0], g[1], answer})
			q.People = append(q.People, n)
		}
	}
	return q
}

// printed notes a total over the cells that fit.
func (q *question) printed(t *rapid.T, n int, fits func(cell) bool) {
	var total []int
	sum := 0
	for i, c := range q.cells {
		if fits(c) {
			total = append(total, i)
			sum += q.People[i]
		}
	}
	if n >= 0 && n != sum {
		t.Fatalf("printed %d, counted %d", n, sum)
	}
	q.Totals = append(q.Totals, total)
}

func (q *question) count(t *rapid.T, c *disclosure.Count, fits func(cell) bool) {
	if c == nil {
		return
	}
	if n, ok := c.N(); ok {
		q.printed(t, n, fits)
	}
}

// sizes notes what is printed of groups whatever is asked.
func (q *question) sizes(t *rapid.T, p *cohort.Published) {
	q.printed(t, -1, func(cell) bool { return true })
	for d, grouping := range p.Groups {
		for _, g := range grouping.Groups {
			q.count(t, &g.People, q.in(d, g.Value))
		}
	}
}

func (q *question) in(dimension int, value string) func(cell) bool {
	return func(c cell) bool { return []string{c.site, c.team}[dimension] == value }
}

func and(a func(cell) bool, answers ...int) func(cell) bool {
	return func(c cell) bool { return a(c) && slices.Contains(answers, c.answer) }
}

func all(cell) bool { return true }

// natural are the sets that somebody would think of: groups of either kind and where they meet, × any answers.
func (q *question) natural() [][]int {
	site, team, answer := make([]int, len(q.cells)), make([]int, len(q.cells)), make([]int, len(q.cells)) // a bit for each
	for i, c := range q.cells {
		site[i], team[i], answer[i] = 1<<strings.Index("ns", c.site[:1]), 1<<(c.team[0]-'a'), 1<<c.answer
	}
	var sets [][]int
	for sites := 1; sites < 4; sites++ {
		for teams := 1; teams < 8; teams++ {
			for answers := 1; answers < 1<<q.answers; answers++ {
				var set []int
				for i := range q.cells {
					if sites&site[i] > 0 && teams&team[i] > 0 && answers&answer[i] > 0 {
						set = append(set, i)
					}
				}
				sets = append(sets, set)
			}
		}
	}
	return sets
}

func (q *question) check(t *rapid.T, name string, k int) {
	if set := q.FollowsUnknown(k, q.natural()); set != nil {
		for _, i := range set {
			t.Logf("%+v: %d people", q.cells[i], q.People[i])
		}
		t.Fatalf("%s: the sum of these cells follows from what is printed", name)
	}
}

// Nothing that is printed in one run gives a group of fewer than k people away, nor that there is nobody: found out by solving for all totals of a
// report, for a reader who knows the groups and nobody's answers.
func TestPublishGivesNothingSmallAway(t *testing.T) {
	r := rubrictest.Small(t)
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(3, 6).Draw(t, "k")
		list := drawPeople(t)
		s := summarise(r, list)
		p := s.Publish(k)
		if len(list) < k {
			if len(p.Groups)+len(p.Competencies)+len(p.Deciding) > 0 {
				t.Fatal("something is said of so few")
			}
			return
		}
		checkStanding(t, list, p)
		checkSkill(t, list, p)
		checkGrowth(t, list, p)
		checkRows(t, list, p)
		checkMeans(t, list, p)
	})
}

// checkStanding has where people stand and what decides for those who are not ready as one question, as the latter add up to the former.
func checkStanding(t *rapid.T, list []drawnPerson, p *cohort.Published) {
	// Answers: ready, cannot tell, no target, then one step, two steps, further, each by condition.
	q := ask(list, 9, func(d drawnPerson) int {
		switch {
		case d.standing == ready:
			return 0
		case d.standing >= cannotTell:
			return d.standing - 3
		}
		return 3 + 2*(d.standing-oneStep) + d.condition
	}, func(answer int) bool {
		return answer == 1 && p.Standing.CannotTell == nil || answer == 2 && p.Standing.NoTarget == nil
	})
	q.sizes(t, p)
	standing := func(in func(cell) bool, st *cohort.Standing) {
		q.count(t, &st.Ready, and(in, 0))
		q.count(t, &st.OneStep, and(in, 3, 4))
		q.count(t, &st.TwoSteps, and(in, 5, 6))
		q.count(t, &st.Other, and(in, 1, 2, 7, 8))
	}
	standing(all, &p.Standing)
	q.count(t, &p.Standing.Further, and(all, 7, 8))
	q.count(t, p.Standing.CannotTell, and(all, 1))
	q.count(t, p.Standing.NoTarget, and(all, 2))
	for _, g := range p.Groups[0].Groups {
		if _, ok := g.People.N(); ok {
			standing(q.in(0, g.Value), &g.Standing)
		}
	}
	for _, d := range p.Deciding {
		condition := map[readiness.ConditionKind]int{readiness.FitCondition: 0, readiness.AreaCondition: 1}[d.Kind]
		q.printed(t, d.People, and(all, 3+condition, 5+condition, 7+condition))
	}
	q.check(t, "standing", p.K)
}

func checkSkill(t *rapid.T, list []drawnPerson, p *cohort.Published) {
	c := p.Competencies[0]
	q := ask(list, 5, func(d drawnPerson) int { return d.skill }, func(answer int) bool {
		return answer == 3 && c.Undecided == nil || answer == 4 && c.NotAsked == nil
	})
	q.sizes(t, p)
	q.count(t, &c.Missed.Yes, and(all, 0, 1))
	q.count(t, &c.Missed.No, and(all, 2, 3, 4))
	q.count(t, &c.BelowFloor.Yes, and(all, 0))
	q.count(t, &c.BelowFloor.No, and(all, 1))
	q.count(t, &c.Reaches, and(all, 2))
	q.count(t, c.Undecided, and(all, 3))
	q.count(t, c.NotAsked, and(all, 4))
	for _, g := range p.Groups[0].Groups {
		for _, m := range g.Missed {
			if m.Competency == c.Competency {
				q.count(t, &m.Yes, and(q.in(0, g.Value), 0, 1))
				q.count(t, &m.No, and(q.in(0, g.Value), 2, 3, 4))
			}
		}
	}
	q.check(t, "skill", p.K)
}

func checkGrowth(t *rapid.T, list []drawnPerson, p *cohort.Published) {
	c := p.Competencies[0]
	q := ask(list, 4, func(d drawnPerson) int { // 3 misses nothing
		if d.skill < 2 {
			return d.growth
		}
		return 3
	}, func(int) bool { return false })
	q.sizes(t, p)
	q.count(t, &c.Missed.Yes, and(all, 0, 1, 2))
	q.count(t, &c.Missed.No, and(all, 3))
	for _, g := range p.Groups[0].Groups {
		for _, m := range g.Missed {
			if m.Competency == c.Competency {
				q.count(t, &m.Yes, and(q.in(0, g.Value), 0, 1, 2))
				q.count(t, &m.No, and(q.in(0, g.Value), 3))
			}
		}
	}
	for _, g := range p.Growth {
		q.printed(t, g.People, and(all, map[int]int{2: 1, 1: 2}[g.Level]))
	}
	q.check(t, "growth", p.K)
}

// checkRows looks at what is printed of everybody only.
func checkRows(t *rapid.T, list []drawnPerson, p *cohort.Published) {
	a := p.Areas[0]
	q := ask(list, 4, func(d drawnPerson) int { return d.area }, func(answer int) bool {
		return answer == 2 && a.Undecided == nil || answer == 3 && a.Absent == nil
	})
	q.sizes(t, p)
	q.count(t, &a.Fails, and(all, 0))
	q.count(t, &a.Holds, and(all, 1))
	q.count(t, a.Undecided, and(all, 2))
	q.count(t, a.Absent, and(all, 3))
	q.check(t, "area", p.K)

	present := func(b cohort.Band) int {
		switch {
		case b.Open:
			return 5
		case b.Absent:
			return 6
		}
		return b.Least / 20
	}
	q = ask(list, 7, func(d drawnPerson) int { return d.band }, func(answer int) bool {
		return !slices.ContainsFunc(p.Fit, func(b cohort.Band) bool { return present(b) == answer })
	})
	q.sizes(t, p)
	for i := range p.Fit {
		q.count(t, &p.Fit[i].People, and(all, present(p.Fit[i])))
	}
	q.check(t, "fit", p.K)
}

// checkMeans has the sums of points: who is measured against nothing adds nothing to them, and so is in no cell.
func checkMeans(t *rapid.T, list []drawnPerson, p *cohort.Published) {
	measured := slices.DeleteFunc(slices.Clone(list), func(d drawnPerson) bool { return d.standing == noTarget })
	q := ask(measured, 1, func(drawnPerson) int { return 0 }, func(int) bool { return false })
	if p.Mean.Missing == cohort.Given {
		q.printed(t, -1, all)
	}
	for d, grouping := range p.Groups {
		for _, g := range grouping.Groups {
			if g.Mean.Missing != cohort.Given {
				continue
			}
			if _, ok := g.People.N(); !ok {
				t.Fatalf("a mean of a hidden group")
			}
			q.printed(t, -1, q.in(d, g.Value))
		}
	}
	if len(measured) > 0 {
		q.check(t, "means", p.K)
	}
}
