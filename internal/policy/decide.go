package policy

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// TooManyGroupsError says that people cannot be grouped by what has so many values.
type TooManyGroupsError struct{}

func (TooManyGroupsError) Error() string {
	return fmt.Sprintf("there are more than %d groups of stage, target and team", MostGroups)
}

// Decide adds up what all workers saw. leftOut is how many people could not be read. No worker may be at work.
func (j *Judge) Decide(waivers []*Waiver, leftOut int) (*Decision, error) {
	d := &Decision{Policy: j.policy, Today: j.options.Today, LeftOut: leftOut}
	seen := []bool(nil)
	if j.options.Baseline != nil {
		seen = make([]bool, len(j.options.Baseline.People))
	}
	cells := map[cellKey]*cell{}
	asked := make([]int, len(j.policy.Rules))
	var faults []Case
	for _, w := range j.workers {
		if w.full {
			return nil, TooManyGroupsError{}
		}
		d.People += w.people
		d.NewPeople += w.fresh
		faults = append(faults, w.faults...)
		for i := range seen {
			seen[i] = seen[i] || w.seen[i]
		}
		for i := range asked {
			asked[i] += w.asked[i]
		}
		for key, c := range w.cells {
			if cells[key] == nil {
				cells[key] = &cell{areas: make([]areaCount, len(j.rubric.Areas))}
			}
			cells[key].add(c)
		}
	}
	if len(cells) > MostGroups {
		return nil, TooManyGroupsError{}
	}
	if j.options.Baseline != nil {
		d.Compared = d.People - d.NewPeople
	}
	faults = append(faults, j.baselineFaults(seen)...)
	slices.SortStableFunc(faults, compareFaults)
	for _, rule := range j.policy.Rules {
		if rule.Measure.AboutPeople() {
			d.addPeople(rule, faults, asked[rule.Index])
		} else {
			d.addGroups(rule, j.groupsFor(rule, cells))
		}
	}
	d.apply(waivers)
	return d, nil
}

func (c *cell) add(other *cell) {
	c.people += other.people
	c.ready += other.ready
	c.notReady += other.notReady
	c.undetermined += other.undetermined
	for i := range c.areas {
		c.areas[i].holds += other.areas[i].holds
		c.areas[i].fails += other.areas[i].fails
		c.areas[i].open += other.areas[i].open
	}
}

// compareFaults orders by person, then in rubric order: no order of the input is left that could tell who is who.
func compareFaults(a, b Case) int {
	place := func(c Case) int {
		if c.Competency == nil {
			return -1
		}
		return c.Competency.Index
	}
	return cmp.Or(strings.Compare(a.Person, b.Person), cmp.Compare(place(a), place(b)), cmp.Compare(a.Reason, b.Reason))
}

func byPerson(r Reached, name string) int { return strings.Compare(r.Person, name) }

// baselineFaults are those that no single person in the answers has: who is gone, what the rubric asks otherwise, and a baseline that the change itself lowers.
func (j *Judge) baselineFaults(seen []bool) []Case {
	rule, asks := j.policy.Wants(NoRegression)
	if !asks {
		return nil
	}
	var faults []Case
	b := j.options.Baseline
	for i, p := range b.People {
		if !seen[i] {
			faults = append(faults, Case{Rule: rule, Outcome: CannotTell, Reason: Gone, Person: p.Person})
		}
	}
	if len(j.changed) > 0 {
		one := Case{Rule: rule, Outcome: CannotTell, Reason: RubricChanged, IDs: j.changed}
		if !slices.Contains(j.same, true) {
			one.Reason = NothingToCompare
		}
		faults = append(faults, one)
	}
	if j.options.Changed != nil {
		for _, m := range Moves(b, j.options.Changed) {
			if !m.Down() {
				continue
			}
			one := Case{Rule: rule, Outcome: NotMet, Reason: Lowered, Person: m.Person}
			if m.Competency != "" {
				one.Competency, one.Before, one.Lost, one.IDs = j.rubric.CompetencyNamed(m.Competency), *m.Before, m.Now == nil, []string{m.Competency}
				if m.Now != nil {
					one.Worst = *m.Now
				}
			}
			faults = append(faults, one)
		}
	}
	return faults
}

// addPeople adds the cases of a rule about people: those with a fault, or one that all are well. A rule that looked at nobody says nothing.
func (d *Decision) addPeople(rule *Rule, faults []Case, asked int) {
	before := len(d.Cases)
	for _, c := range faults {
		if c.Rule == rule {
			d.Cases = append(d.Cases, c)
		}
	}
	switch {
	case asked == 0:
		d.Cases = append(d.Cases, Case{Rule: rule, Outcome: CannotTell, Reason: Nobody, Group: rule.Group})
	case len(d.Cases) == before:
		d.Cases = append(d.Cases, Case{Rule: rule, Outcome: Met, Group: rule.Group})
	}
}

// group is the people of a rule, or of one of the groups that it is about.
type group struct {
	Group
	cell
}

// groupsFor adds cells up to the groups of a rule, in ladder order or in byte order of their names.
func (j *Judge) groupsFor(rule *Rule, cells map[cellKey]*cell) []group {
	keys := make([]cellKey, 0, len(cells))
	for key := range cells {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b cellKey) int {
		return cmp.Or(cmp.Compare(j.place(rule.Each, a), j.place(rule.Each, b)), strings.Compare(a.team, b.team), cmp.Compare(a.stage, b.stage), cmp.Compare(a.target, b.target))
	})
	var groups []group
	if rule.Each == "" {
		groups = []group{j.newGroup(rule.Group)}
	}
	for _, key := range keys {
		if !j.within(rule.Group, key) {
			continue
		}
		if rule.Each != "" {
			value := Value{rule.Each, j.valueOf(rule.Each, key)}
			if last := len(groups) - 1; last < 0 || groups[last].Group[len(rule.Group)] != value {
				groups = append(groups, j.newGroup(append(slices.Clone(rule.Group), value)))
			}
		}
		groups[len(groups)-1].add(cells[key])
	}
	return groups
}

func (j *Judge) newGroup(g Group) group {
	return group{g, cell{areas: make([]areaCount, len(j.rubric.Areas))}}
}

func (j *Judge) place(by string, key cellKey) int {
	switch by {
	case ByStage:
		return key.stage
	case ByTarget:
		return key.target
	}
	return 0
}

func (j *Judge) valueOf(by string, key cellKey) string {
	at := j.place(by, key)
	switch {
	case by == ByTeam:
		return key.team
	case at >= 0:
		return j.rubric.Stages[at].ID
	}
	return ""
}

func (j *Judge) within(g Group, key cellKey) bool {
	for _, v := range g {
		if j.valueOf(v.By, key) != v.Is {
			return false
		}
	}
	return true
}

// addGroups adds the cases of a rule about groups.
func (d *Decision) addGroups(rule *Rule, groups []group) {
	judged := false
	for i := range groups {
		c := d.judge(rule, &groups[i])
		judged = judged || c.Reason != TooFew
		d.Cases = append(d.Cases, c)
	}
	switch {
	case len(groups) == 0:
		d.Cases = append(d.Cases, Case{Rule: rule, Outcome: CannotTell, Reason: Nobody, Group: rule.Group})
	case !judged && rule.Each != "":
		d.Cases = append(d.Cases, Case{Rule: rule, Outcome: CannotTell, Reason: AllTooSmall, Group: rule.Group})
	}
}

func (d *Decision) judge(rule *Rule, g *group) Case {
	c := Case{Rule: rule, Outcome: CannotTell, Group: g.Group, People: g.people}
	least, most := 0, 0
	switch rule.Measure {
	case Ready:
		least, most = g.ready, g.ready+g.undetermined
	case NotReady:
		least, most = g.notReady, g.notReady+g.undetermined
	case Undetermined:
		least, most = g.undetermined, g.undetermined
	case NoRegression, SheetAge, EvidenceAge: // are about single people, and never get here
	case AreaHolds:
		a := g.areas[rule.Area.Index]
		least, most, c.People = a.holds, a.holds+a.open, a.holds+a.fails+a.open
	}
	switch {
	case g.people == 0:
		c.Reason = Nobody
	case g.people < d.Policy.MinGroup:
		c.Reason = TooFew
	case c.People == 0:
		c.Reason = NoBase
	case c.People < d.Policy.MinGroup:
		c.Reason = TooFew
	default:
		c.Outcome = rule.Bound.judge(least, most, c.People)
	}
	return c
}

// apply lets waivers excuse what they cover, and finds those that cover nothing.
func (d *Decision) apply(waivers []*Waiver) {
	used := map[*Waiver]bool{}
	for i := range d.Cases {
		c := &d.Cases[i]
		if c.Effect() == Passes || c.Effect() == Skipped {
			continue
		}
		for _, w := range waivers {
			if !w.covers(c) {
				continue
			}
			used[w] = true
			switch {
			case w.Expires.Before(d.Today):
				c.Expired = w
			case c.Waiver == nil:
				c.Waiver = w
			}
		}
		if c.Waiver != nil {
			c.Expired = nil
		}
	}
	for _, w := range waivers {
		if !used[w] {
			d.Unused = append(d.Unused, w)
		}
	}
}
