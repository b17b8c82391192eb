package disclosure

// Table is counts of people by group and answer, ready to be printed. The people of each group are known, and of each answer where Total shows it.
type Table struct {
	Total  []Count   // by answer, over all groups
	Groups [][]Count // by group, then by answer
}

// Tabulate hides counts in a table of groups and answers until each row is safe as [Split] says, and no total of fewer than k people, nor of an empty cell, follows from
// all the rows and columns together. Groups are the rows whose people are shown; rest is the people of all hidden groups
// together, nil where there are none: nothing of them is printed, but it follows from the sums.
//
// The answers that matter least come last: they go first where more has to be hidden. The cells in further go in any case, as with [Split].
func Tabulate(groups [][]int, rest []int, k int, further ...Cell) Table {
	t := newTableau(groups, rest, k, further)
	if t.total.sum() < k { // nothing about so few
		t.total.hideAll()
		return Table{Total: counts(t.total.people, t.total.hidden)}
	}
	for !t.protect() {
	}
	table := Table{Total: counts(t.total.people, t.total.hidden)}
	for _, r := range t.rows[:len(groups)] {
		table.Groups = append(table.Groups, counts(r.people, r.hidden))
	}
	return table
}

// Cell is a place in a table: the index of a group and that of an answer.
type Cell struct{ Group, Answer int }

// AllGroups is the group of a Cell among the sums.
const AllGroups = -1

// tableau is a table while counts are being hidden. The rest is its last row, hidden from the start.
type tableau struct {
	k     int
	total *row
	rows  []*row
}

func newTableau(groups [][]int, rest []int, k int, further []Cell) *tableau {
	t := &tableau{k: k}
	answers := len(rest)
	for i, people := range groups {
		answers = len(people)
		r := newRow(people, k, 0)
		r.hideIn(further, i)
		r.settle(r.lastShown)
		t.rows = append(t.rows, r)
	}
	if rest != nil {
		r := newRow(rest, k, 0)
		r.hideAll()
		t.rows = append(t.rows, r)
	}
	sum := make([]int, answers)
	for _, r := range t.rows {
		for i, n := range r.people {
			sum[i] += n
		}
	}
	t.total = newRow(sum, k, 0)
	t.total.hideIn(further, AllGroups)
	t.total.settle(t.total.lastShown)
	return t
}

// hideIn hides the cells of a group.
func (r *row) hideIn(cells []Cell, group int) {
	for _, c := range cells {
		if c.Group == group && r.hidden[c.Answer] == Shown {
			r.hidden[c.Answer] = WouldReveal
		}
	}
}

func (r *row) sum() int {
	all := 0
	for _, n := range r.people {
		all += n
	}
	return all
}

func (r *row) hideAll() {
	for i := range r.hidden {
		r.hidden[i] = NoSplit
	}
}

// protect hides further counts until no hidden one follows from the sums. It stops with false when it had to hide a sum, as then it has to look at all of them again; hiding
// more never exposes what was protected before.
func (t *tableau) protect() bool {
	n := newNet(t)
	for e := 0; e < len(n.people); e++ { // further edges join at the end
		for n.people[e] < t.k && !n.protected(e) {
			group, ok := t.hideFurther(n, n.right[e])
			if !ok {
				return false
			}
			n.update(group, t.rows[group])
		}
	}
	return true
}

// hideFurther hides one more count to protect a cell of a group: the smallest that lets people across the cut around the cell, which the net has just found; where there is
// none, in the group's row, then among the sums. It returns the row in which it did; false if among the sums.
func (t *tableau) hideFurther(n *net, group int) (changed int, ok bool) {
	if at, answer := t.smallestAcross(n); at >= 0 {
		t.rows[at].hideOne(answer)
		return at, true
	}
	if t.rows[group].hideOne(0) {
		return group, true
	}
	if t.total.hideOne(0) {
		return 0, false
	}
	for at, r := range t.rows {
		if r.hideOne(0) {
			return at, true
		}
	}
	panic("disclosure: a table without any shown count has an exposed cell")
}

// smallestAcross is the smallest shown count between the two sides of the cut: once it is hidden, it leads people across, or another answer to the near side. The group is
// −1 where there is none.
func (t *tableau) smallestAcross(n *net) (group, answer int) {
	group = -1
	for at, r := range t.rows {
		for i, reason := range r.hidden {
			if reason != Shown || n.near(n.node[i]) == n.nearGroup(at) {
				continue
			}
			if group < 0 || r.people[i] < t.rows[group].people[answer] {
				group, answer = at, i
			}
		}
	}
	return group, answer
}

// hideOne hides the count of an answer or, where that is hidden already, the last one shown. It reports whether there was one to hide.
func (r *row) hideOne(answer int) bool {
	at := answer
	if r.hidden[at] != Shown {
		at = r.lastShown()
	}
	if at < 0 {
		return false
	}
	r.hidden[at] = WouldReveal
	r.settle(r.lastShown)
	return true
}
