package disclosure

// A table with known sums is a network: the answers on the left, the groups on the right, and between them what is hidden of a group. A combination of sums that
// counts people once and nobody else is a cut through it, as such tables are totally unimodular: some answers are added, some groups subtracted. So a
// hidden cell follows, alone or together with others of fewer than k people in all, exactly if a cut of fewer than k people goes through it; and by the theorem of
// Ford and Fulkerson it does not if k people can be led around it from its answer to its group: as many as it has people along a cell from left to right, and any
// number back. The same holds for two ways to group the same people, one on each side.

// net is the hidden cells of a table, those of answers whose sums are hidden joined: nothing but their sum is known.
type net struct {
	k            int
	node         []int // by answer: its left node
	left, right  []int // by edge
	answer       []int // by edge: one of the answers, or of the second groups, joined in it
	people       []int // by edge; 0 where a cell is empty, which only matters while it is looked at
	fromL, fromR [][]int
	between      [][]int // by pair of left nodes: people on edges of the first that end where the second has people too; nil where there are many

	flow         []int // by edge, of the search under way
	touched      []int // edges with a flow
	seenL, seenR []int // searches in which a node was reached, by number
	search       int   // the number
	cameL, cameR []int // edge by which a node was reached
	queue        []int // nodes, right ones as −1 and less
}

// fewLefts is how many left nodes a net has at most for a quick look.
const fewLefts = 64

func newNet(t *tableau) *net {
	node := make([]int, len(t.total.people))
	lefts, joined := 0, -1
	for i, reason := range t.total.hidden {
		if reason != Shown && joined >= 0 {
			node[i] = joined
			continue
		}
		node[i] = lefts
		if reason != Shown {
			joined = lefts
		}
		lefts++
	}
	n := emptyNet(t.k, lefts, len(t.rows))
	n.node = node
	for group, r := range t.rows {
		n.update(group, r)
	}
	return n
}

func emptyNet(k, lefts, rights int) *net {
	n := &net{
		k: k, fromL: make([][]int, lefts), fromR: make([][]int, rights), seenL: make([]int, lefts), seenR: make([]int, rights),
		cameL: make([]int, lefts), cameR: make([]int, rights),
	}
	if lefts <= fewLefts {
		n.between = make([][]int, lefts)
		for l := range n.between {
			n.between[l] = make([]int, lefts)
		}
	}
	return n
}

// update takes over what is hidden in a row now, which is no less than before.
func (n *net) update(group int, r *row) {
	n.sum(group, -1)
	for _, e := range n.fromR[group] {
		n.people[e] = 0
	}
	for i, reason := range r.hidden {
		if reason == Shown {
			continue
		}
		at := -1
		for _, e := range n.fromR[group] {
			if n.left[e] == n.node[i] {
				at = e
			}
		}
		if at < 0 {
			at = len(n.people)
			n.add(n.node[i], group, i, 0)
		}
		n.people[at] += r.people[i]
	}
	n.sum(group, 1)
}

// sum adds what a right node has to between, or takes it away.
func (n *net) sum(right, sign int) {
	if n.between == nil {
		return
	}
	for _, e := range n.fromR[right] {
		for _, f := range n.fromR[right] {
			if e != f && n.people[f] > 0 {
				n.between[n.left[e]][n.left[f]] += sign * n.people[e]
			}
		}
	}
}

func (n *net) add(left, right, answer, people int) {
	e := len(n.people)
	n.left, n.right, n.answer = append(n.left, left), append(n.right, right), append(n.answer, answer)
	n.people, n.flow = append(n.people, people), append(n.flow, 0)
	n.fromL[left] = append(n.fromL[left], e)
	n.fromR[right] = append(n.fromR[right], e)
}

// protected says whether k people can be led from the left end of an edge to its right end.
func (n *net) protected(e int) bool {
	return n.quick(e) || n.led(e)
}

// quick looks at ways by way of one other left node only. It never says yes wrongly: through nodes around which there are k people or more, ways cannot get into each
// other's way, as fewer than k are led in all.
func (n *net) quick(e int) bool {
	if n.between == nil {
		return false
	}
	l, wide := n.left[e], n.people[e]
	for _, f := range n.fromR[n.right[e]] {
		if f == e || n.people[f] == 0 {
			continue
		}
		around := n.between[l][n.left[f]] - n.people[e] // people of l in other groups that the left end of f reaches too
		if around >= n.k {
			wide += n.people[f]
		}
		if wide >= n.k || n.people[e]+min(n.people[f], around) >= n.k {
			return true
		}
	}
	return false
}

// led searches ways (Edmonds and Karp) until k people are led, or no way is left.
func (n *net) led(e int) bool {
	defer n.clear()
	led := n.people[e]
	n.flow[e] = n.people[e]
	n.touched = append(n.touched, e)
	for led < n.k {
		most := n.way(e, n.k-led)
		if most == 0 {
			return false
		}
		led += most
	}
	return true
}

// near and nearGroup say whether the last search, if it found no way, came as far as a node: then it is on the near side of the cut.
func (n *net) near(left int) bool { return n.seenL[left] == n.search }

func (n *net) nearGroup(right int) bool { return n.seenR[right] == n.search }

func (n *net) clear() {
	for _, e := range n.touched {
		n.flow[e] = 0
	}
	n.touched = n.touched[:0]
}

// way leads up to so many people along one more way around the edge looked at, and returns how many.
func (n *net) way(looked, most int) int {
	from, to := n.left[looked], n.right[looked]
	n.search++
	n.seenL[from] = n.search
	n.queue = append(n.queue[:0], from)
	for i := 0; i < len(n.queue) && n.seenR[to] != n.search; i++ {
		node := n.queue[i]
		if node >= 0 {
			for _, e := range n.fromL[node] {
				if n.people[e] > n.flow[e] && n.seenR[n.right[e]] != n.search {
					n.seenR[n.right[e]], n.cameR[n.right[e]] = n.search, e
					n.queue = append(n.queue, -1-n.right[e])
				}
			}
			continue
		}
		for _, e := range n.fromR[-1-node] { // back: any number of people, once somebody is in the cell
			if (n.people[e] > 0 || e == looked) && n.seenL[n.left[e]] != n.search {
				n.seenL[n.left[e]], n.cameL[n.left[e]] = n.search, e
				n.queue = append(n.queue, n.left[e])
			}
		}
	}
	if n.seenR[to] != n.search {
		return 0
	}
	for r := to; ; {
		e := n.cameR[r]
		most = min(most, n.people[e]-n.flow[e])
		if n.left[e] == from {
			break
		}
		r = n.right[n.cameL[n.left[e]]]
	}
	for r := to; ; {
		e := n.cameR[r]
		n.flow[e] += most
		n.touched = append(n.touched, e)
		if n.left[e] == from {
			break
		}
		back := n.cameL[n.left[e]]
		n.flow[back] -= most
		n.touched = append(n.touched, back)
		r = n.right[back]
	}
	return most
}
