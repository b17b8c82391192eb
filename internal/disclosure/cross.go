package disclosure

// Overlap is how many people two groups share, the first of one grouping and the second of another: indexes and people.
type Overlap struct{ First, Second, People int }

// Cross hides groups of the second grouping until no set of fewer than k people follows from the sizes of the groups shown of both: a team that is all of a
// stage but three tells about the three. first and second are what [Sizes] says of each grouping; second is returned with
// more groups hidden: the one that gives something away, and the smallest where that is hidden already. The overlaps cover everybody once. Figures of the same groups that are sums over their people, means too, are as safe as the sizes.
//
// Answers ([Tabulate]) may be printed beside it for the groups of the first only. If everybody knows who is in which groups, and nobody anybody's answers, then
// nothing small follows from both together that did not from one of them (decision 71).
func Cross(first, second []Count, overlaps []Overlap, k int) []Count {
	second = append([]Count(nil), second...)
	for {
		at := exposedGroup(first, second, overlaps, k)
		if at < 0 {
			return second
		}
		second[at] = Count{reason: WouldReveal}
		hideLone(second, overlaps, k)
	}
}

// exposedGroup returns a shown group of the second grouping to hide while some set of fewer than k people follows, −1 once none does.
func exposedGroup(first, second []Count, overlaps []Overlap, k int) int {
	firsts, nodeOfFirst := nodes(first)
	seconds, nodeOfSecond := nodes(second)
	lefts, rights, swapped := firsts, seconds, firsts > seconds // the sides are alike, and few nodes on the left are quicker
	if swapped {
		lefts, rights = seconds, firsts
	}
	n := emptyNet(k, lefts, rights)
	edge := map[[2]int]int{}
	for _, o := range overlaps {
		at := [2]int{nodeOfFirst[o.First], nodeOfSecond[o.Second]}
		e, known := edge[at]
		if !known {
			e = len(n.people)
			edge[at] = e
			if swapped {
				n.add(at[1], at[0], o.Second, 0)
			} else {
				n.add(at[0], at[1], o.Second, 0)
			}
		}
		n.people[e] += o.People
	}
	for r := range rights {
		n.sum(r, 1)
	}
	for e, people := range n.people {
		if people >= k || n.protected(e) {
			continue
		}
		if at := n.answer[e]; second[at].reason == Shown {
			return at
		}
		return smallestOf(second)
	}
	return -1
}

// nodes numbers the shown groups, and gives all hidden ones one number together.
func nodes(groups []Count) (number int, node []int) {
	node = make([]int, len(groups))
	hidden := -1
	for i, c := range groups {
		if c.reason != Shown {
			if hidden < 0 {
				hidden = number
				number++
			}
			node[i] = hidden
			continue
		}
		node[i] = number
		number++
	}
	return number, node
}

func smallestOf(groups []Count) int {
	at := -1
	for i, c := range groups {
		if c.reason == Shown && (at < 0 || c.n < groups[at].n) {
			at = i
		}
	}
	return at
}

// hideLone hides a further group while the only hidden one would follow from the sum.
func hideLone(groups []Count, overlaps []Overlap, k int) {
	people := make([]int, len(groups))
	for _, o := range overlaps {
		people[o.Second] += o.People
	}
	r := &row{people: people, k: k, least: 1, hidden: make([]Reason, len(groups))}
	for i, c := range groups {
		r.hidden[i] = c.reason
	}
	r.settle(r.smallestShown)
	copy(groups, counts(people, r.hidden))
}
