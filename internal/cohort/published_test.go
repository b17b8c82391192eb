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
	fit        int // percent
}

// asTheRuleHasIt makes the answers agree: who is ready is below no floor, who is below one is not ready, who has no target is asked nothing, and an area that decides is
// below its floor.
func (p drawnPerson) asTheRuleHasIt() drawnPerson {
	switch {
	case p.standing == ready:
		p.skill, p.area = max(p.skill, 1), 1
	case p.standing == noTarget:
		p.skill, p.area, p.fit = 4, 3, 0
	case p.standing == cannotTell:
		p.skill, p.area = max(p.skill, 1), max(p.area, 1)
	case p.condition == 1:
		p.area = 0
	}
	return p
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
	strict := rapid.IntRange(0, 3).Draw(t, "strict") == 0 // the floor of the skill is just under its level
	for _, site := range []string{"north", "south"} {
		for _, team := range []string{"a", "b", "c"}[:rapid.IntRange(1, 3).Draw(t, "teams")] {
			n := rapid.SampledFrom([]int{0, 1, 2, 3, 5, 8, 13, 21}).Draw(t, "people")
			tilt := rapid.IntRange(1, 6).Draw(t, "tilt")
			pick := func(label string, most int) int { return min(rapid.IntRange(0, most*tilt).Draw(t, label), most) }
			for range n {
				list = append(list, drawnPerson{
					site: site, team: team, standing: pick("standing", noTarget), condition: rapid.IntRange(0, 1).Draw(t, "condition"),
					skill: pick("skill", 4), growth: rapid.IntRange(0, 2).Draw(t, "growth"), area: pick("area", 3), fit: 10 * pick("fit", 10),
				}.asTheRuleHasIt())
				switch last := &list[len(list)-1]; {
				case strict && last.notReady() && rapid.IntRange(0, 9).Draw(t, "misses") > 0:
					last.skill = 0 // as nearly all who are not ready
				case strict && last.skill == 1:
					last.skill = 2
				}
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
				c.FitPercents += p.fit
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
		checkMissed(t, list, p)
		checkGrowth(t, list, p)
		checkArea(t, list, p)
		checkNested(t, list, p)
		checkMeans(t, list, p)
	})
}

// checkMissed has a skill with its floor just under the level: whoever misses it is not ready, so the rest of those who are not ready is a set like any other.
func checkMissed(t *rapid.T, list []drawnPerson, p *cohort.Published) {
	if slices.ContainsFunc(list, func(d drawnPerson) bool { return d.skill == 1 }) {
		return
	}
	look := func(people, ready, missed *disclosure.Count) {
		all, shown := people.N()
		ready0, readyShown := ready.N()
		missed0, missedShown := missed.N()
		if shown && readyShown && missedShown && all-ready0-missed0 < p.K {
			t.Fatalf("of %d people %d are ready and %d miss a skill, which leaves %d", all, ready0, missed0, all-ready0-missed0)
		}
	}
	look(&p.People, &p.Standing.Ready, &p.Competencies[0].Missed.Yes)
	for _, g := range p.Groups[0].Groups {
		for _, m := range g.Missed {
			if m.Competency == p.Competencies[0].Competency {
				look(&g.People, &g.Standing.Ready, &m.Yes)
			}
		}
	}
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
	q := ask(list, 5, func(d drawnPerson) int { return d.skill }, func(answer int) bool { return answer >= 3 && c.Other == nil })
	q.sizes(t, p)
	q.count(t, &c.Missed.Yes, and(all, 0, 1))
	q.count(t, &c.Missed.No, and(all, 2, 3, 4))
	q.count(t, &c.BelowFloor.Yes, and(all, 0))
	q.count(t, &c.BelowFloor.No, and(all, 1))
	q.count(t, &c.Reaches, and(all, 2))
	q.count(t, c.Other, and(all, 3, 4))
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

// checkArea looks at what is printed of everybody only.
func checkArea(t *rapid.T, list []drawnPerson, p *cohort.Published) {
	a := p.Areas[0]
	q := ask(list, 4, func(d drawnPerson) int { return d.area }, func(answer int) bool { return answer >= 2 && a.Other == nil })
	q.sizes(t, p)
	q.count(t, &a.Fails, and(all, 0))
	q.count(t, &a.Holds, and(all, 1))
	q.count(t, a.Other, and(all, 2, 3))
	q.check(t, "area", p.K)
}

// checkNested has questions that the rule joins as one, for everybody: where people stand, a skill by its floor, an area by its floor, and what decides. What the rule
// excludes has no cell, and that nobody is undecided is no secret.
func checkNested(t *rapid.T, list []drawnPerson, p *cohort.Published) {
	type kind struct{ standing, condition, skill, area int } // skill: 0 below the floor, 1 not, 2 other; area: 0 fails, 1 holds, 2 other
	kindOf := func(d drawnPerson) kind {
		k := kind{d.standing, 0, []int{0, 1, 1, 2, 2}[d.skill], min(d.area, 2)}
		if d.notReady() {
			k.condition = 1 + d.condition
		}
		return k
	}
	var kinds []kind
	var people []int
	for _, d := range list {
		k := kindOf(d)
		at := slices.Index(kinds, k)
		if at < 0 {
			at = len(kinds)
			kinds, people = append(kinds, k), append(people, 0)
		}
		people[at]++
	}
	var printed []func(kind) bool
	note := func(c *disclosure.Count, is func(kind) bool) {
		if c == nil {
			return
		}
		if _, ok := c.N(); ok {
			printed = append(printed, is)
		}
	}
	everybody := disclosure.Whole(len(list), p.K)
	note(&everybody, func(kind) bool { return true })
	for i, c := range []*disclosure.Count{&p.Standing.Ready, &p.Standing.OneStep, &p.Standing.TwoSteps, &p.Standing.Further, p.Standing.CannotTell, p.Standing.NoTarget} {
		note(c, func(k kind) bool { return k.standing == i })
	}
	note(&p.Standing.Other, func(k kind) bool { return k.standing >= further })
	note(&p.Competencies[0].BelowFloor.Yes, func(k kind) bool { return k.skill == 0 })
	note(p.Competencies[0].Other, func(k kind) bool { return k.skill == 2 })
	note(&p.Areas[0].Fails, func(k kind) bool { return k.area == 0 })
	note(&p.Areas[0].Holds, func(k kind) bool { return k.area == 1 })
	note(p.Areas[0].Other, func(k kind) bool { return k.area == 2 })
	for _, d := range p.Deciding {
		condition := map[readiness.ConditionKind]int{readiness.FitCondition: 1, readiness.AreaCondition: 2}[d.Kind]
		shown := disclosure.Whole(d.People, p.K)
		note(&shown, func(k kind) bool { return k.condition == condition })
	}
	// One printed count inside another, or outside all of another: the rest is a set like any other.
	for i, a := range printed {
		for j, b := range printed {
			if i == j {
				continue
			}
			inside := !slices.ContainsFunc(allowed(), func(k [4]int) bool {
				x := kind{k[0], k[1], k[2], k[3]}
				return a(x) && !b(x)
			})
			if !inside {
				continue
			}
			rest := 0
			for c, k := range kinds {
				if b(k) && !a(k) {
					rest += people[c]
				}
			}
			undecidedOnly := !slices.ContainsFunc(allowed(), func(k [4]int) bool {
				x := kind{k[0], k[1], k[2], k[3]}
				return b(x) && !a(x) && k[2] != 2 && k[3] != 2 && k[0] < cannotTell
			})
			if rest == 0 && undecidedOnly {
				continue // nobody is undecided
			}
			if rest < p.K {
				t.Fatalf("of %v in %d people, printed counts %d and %d differ by %d people", kinds, len(list), i, j, rest)
			}
		}
	}
}

// allowed are the combinations of standing, condition, skill and area that the rule lets be.
func allowed() [][4]int {
	var list [][4]int
	for standing := ready; standing <= noTarget; standing++ {
		for condition := range 3 {
			for skill := range 3 {
				for area := range 3 {
					notReady := standing >= oneStep && standing <= further
					switch {
					case notReady != (condition > 0),
						standing == ready && (skill == 0 || area != 1),
						standing == cannotTell && (skill == 0 || area == 0),
						standing == noTarget && (skill != 2 || area != 2),
						condition == 2 && area != 0:
						continue
					}
					list = append(list, [4]int{standing, condition, skill, area})
				}
			}
		}
	}
	return list
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

// Without groups, and with one way to group, the same is said of everybody.
func TestPublishWithFewerGroupings(t *testing.T) {
	var list []drawnPerson
	for i := range 60 {
		list = append(list, drawnPerson{site: "north", team: "a", standing: i % 4, skill: i % 3, area: 1, fit: 50}.asTheRuleHasIt())
	}
	s := summarise(rubrictest.Small(t), list)
	both := s.Publish(5)
	for _, by := range [][]string{nil, {"site"}} {
		s.By = by
		p := s.Publish(5)
		if len(p.Groups) != len(by) {
			t.Errorf("%d groupings, want %d", len(p.Groups), len(by))
		}
		// 60 people, a quarter ready: 15; nobody is told apart by group, so nothing more is hidden.
		if n, ok := p.Standing.Ready.N(); !ok || n != 15 || p.Standing.Ready != both.Standing.Ready {
			t.Errorf("by %v: %d ready, shown: %t", by, n, ok)
		}
	}
}

// Few people hold a skill that many are asked for: that is said without a number. Where few are asked for it, it is not said.
func TestPublishFew(t *testing.T) {
	r := rubrictest.Small(t)
	s := summarise(r, slices.Repeat([]drawnPerson{{site: "north", team: "a", skill: 2, area: 1}}, 20))
	for i, holders := range []int{4, 5, 1} {
		s.Scarce = append(s.Scarce, cohort.Scarce{Competency: r.Competencies[i], Holders: holders, Asked: []int{20, 20, 4}[i]})
	}
	var ids []string
	for _, f := range s.Publish(5).Few {
		ids = append(ids, f.Competency.ID)
	}
	if !slices.Equal(ids, []string{r.Competencies[0].ID}) {
		t.Errorf("%v, want the first only: of the others, 5 hold one, and 4 are asked for one", ids)
	}
}
