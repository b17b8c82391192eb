package disclosure

// Sizes hides groups of fewer than k people, and then the smallest further groups, until the hidden ones are k or more people together and no
// hidden size follows from the sum of all. The groups are disjoint and not empty; the sum of all is known.
func Sizes(people []int, k int) []Count {
	row := newRow(people, k, 1)
	row.settle(row.smallestShown)
	return counts(people, row.hidden)
}

// Split hides small counts in one row, whose sum is known: how many people of a group gave each answer. The first answers matter most: where a further
// count has to go, it is the last that is still shown. (The smallest, which would hide less, says too much: whoever knows the rule knows that the hidden one is smaller
// than those shown, and may subtract.) The counts with the indexes in further go in any case: something else that is printed would tell about a smaller group beside
// them.
func Split(people []int, k int, further ...int) []Count {
	row := newRow(people, k, 0)
	for _, i := range further {
		if row.hidden[i] == Shown {
			row.hidden[i] = WouldReveal
		}
	}
	row.settle(row.lastShown)
	return counts(people, row.hidden)
}

// row is counts with a known sum, some of them hidden.
type row struct {
	people []int
	k      int
	least  int // what everybody knows a count to be at least: 1 for a group, 0 for an answer
	hidden []Reason
}

func newRow(people []int, k, least int) *row {
	r := &row{people: people, k: k, least: least, hidden: make([]Reason, len(people))}
	if len(people) == 1 && people[0] >= k {
		return r // it is the sum
	}
	for i, n := range people {
		if n < k {
			r.hidden[i] = Small
		}
	}
	return r
}

// settle hides further counts, in the order of next, until those hidden keep each other's secret. Where all of them do not, no count says why any more.
func (r *row) settle(next func() int) {
	for !r.safe() {
		at := next()
		if at < 0 {
			for i := range r.hidden {
				r.hidden[i] = NoSplit
			}
			return
		}
		r.hidden[at] = WouldReveal
	}
}

// safe says whether the hidden counts are k people or more, and each small one may be anything from least to k−1, given their sum and the reasons.
func (r *row) safe() bool {
	small, further, sum := 0, 0, 0
	for i, reason := range r.hidden {
		switch reason {
		case NoSplit:
			return true
		case Small:
			small++
		case WouldReveal:
			further++
		default:
			continue
		}
		sum += r.people[i]
	}
	switch {
	case small+further == 0:
		return true
	case small+further == 1:
		return false // it follows from the sum
	case small == 0:
		return true // two or more counts of k or more
	}
	mostOfOne := r.k - 1 + (small-1)*r.least + further*r.k // one small count at its most, all others at their least
	if sum < mostOfOne || sum < r.k {
		return false
	}
	return further > 0 || sum <= r.least+(small-1)*(r.k-1) // one small count at its least, the others at their most
}

func (r *row) lastShown() int {
	for i := len(r.hidden) - 1; i >= 0; i-- {
		if r.hidden[i] == Shown {
			return i
		}
	}
	return -1
}

func (r *row) smallestShown() int {
	at := -1
	for i, reason := range r.hidden {
		if reason == Shown && (at < 0 || r.people[i] < r.people[at]) {
			at = i
		}
	}
	return at
}
