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
// The answers that matter least come last: they go first where more has to be hidden.
func Tabulate(groups [][]int, rest []int, k int) Table {
	t := newTableau(groups, rest, k)
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

// tableau is a table while counts are being hidden. The rest is its last row, hidden from the start.
type tableau struct {
	k     int
	total *row
	rows  []*row
}

func newTableau(groups [][]int, rest []int, k int) *tableau {
	t := &tableau{k: k}
	answers := len(rest)
	for _, people := range groups {
		answers = len(people)
		r := newRow(people, k, 0)
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
	t.total.settle(t.total.lastShown)
	return t
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
			group, ok := t.hideFurther(n.right[e], n.answer[e])
			if !ok {
				return false
			}
			n.update(group, t.rows[group])
		}
	}
	return true
}

// hideFurther hides one more count that helps to protect a cell: in its column first, as its row hides enough by itself, then in its row, then among the sums. It
// returns the row in which it did; false if among the sums.
func (t *tableau) hideFurther(group, answer int) (changed int, ok bool) {
	if at := t.smallestInColumn(answer); at >= 0 {
		t.rows[at].hideOne(answer)
		return at, true
	}
	if t.rows[group].hideOne(answer) {
		return group, true
	}
	if t.total.hideOne(answer) {
		return 0, false
	}
	for at, r := range t.rows {
		if r.hideOne(answer) {
			return at, true
		}
	}
	panic("disclosure: a table without any shown count has an exposed cell")
}

// smallestInColumn is the group with the smallest shown count for an answer; −1 where there is none.
func (t *tableau) smallestInColumn(answer int) int {
	smallest := -1
	for at, r := range t.rows {
		if r.hidden[answer] == Shown && (smallest < 0 || r.people[answer] < t.rows[smallest].people[answer]) {
			smallest = at
		}
	}
	return smallest
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
