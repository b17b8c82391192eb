// Package disclosuretest finds out what follows from published totals: a second, independent way, by the null space over the rational numbers in whole numbers. It
// shares no code with package disclosure, and only tests may import it.
package disclosuretest

import "slices"

// Published is everything that somebody reads: each total as the cells that it sums. Cells are disjoint.
type Published struct {
	People []int // by cell
	Totals [][]int
}

// Follows returns a set of cells of fewer than k people, or a single empty cell, whose total is a combination of the published totals; nil where none is.
// The reader may know which cells are empty, but for the empty one that is looked at.
func (p Published) Follows(k int) []int {
	full := cellsWhere(p.People, func(n int) bool { return n > 0 })
	if set := p.among(full, k); set != nil {
		return set
	}
	for _, empty := range cellsWhere(p.People, func(n int) bool { return n == 0 }) {
		if p.constant(append(slices.Clone(full), empty), empty) {
			return []int{empty}
		}
	}
	return nil
}

func cellsWhere(people []int, is func(int) bool) []int {
	var cells []int
	for i, n := range people {
		if is(n) {
			cells = append(cells, i)
		}
	}
	return cells
}

// among looks at every set of the cells with fewer than k people.
func (p Published) among(cells []int, k int) []int { return p.amongUpTo(cells, k, k) }

// amongUpTo does so for sets of up to so many cells.
func (p Published) amongUpTo(cells []int, k, most int) []int {
	null := p.nullSpace(cells)
	mixed := make([]int64, len(cells)) // one number for a cell's place in all null vectors, so that most sets cost one addition
	for i, v := range null {
		for c, x := range v {
			mixed[c] += x * int64(1+i*i*7919+i*31)
		}
	}
	var set []int
	var search func(from, people int, sum int64) []int
	search = func(from, people int, sum int64) []int {
		if len(set) > 0 && sum == 0 && orthogonal(null, set) {
			found := make([]int, len(set))
			for i, c := range set {
				found[i] = cells[c]
			}
			return found
		}
		for c := from; c < len(cells) && len(set) < most; c++ {
			if n := p.People[cells[c]]; people+n < k {
				set = append(set, c)
				if found := search(c+1, people+n, sum+mixed[c]); found != nil {
					return found
				}
				set = set[:len(set)-1]
			}
		}
		return nil
	}
	return search(0, 0, 0)
}

// constant says whether every vector that changes no published total leaves the cell alone.
func (p Published) constant(cells []int, cell int) bool {
	at := slices.Index(cells, cell)
	return orthogonal(p.nullSpace(cells), []int{at})
}

func orthogonal(null [][]int64, set []int) bool {
	for _, v := range null {
		var sum int64
		for _, c := range set {
			sum += v[c]
		}
		if sum != 0 {
			return false
		}
	}
	return true
}

// nullSpace returns a basis of the changes to the cells that change no total: Gauss and Jordan in whole numbers.
func (p Published) nullSpace(cells []int) [][]int64 {
	var rows [][]int64
	for _, total := range p.Totals {
		row := make([]int64, len(cells))
		for i, c := range cells {
			if slices.Contains(total, c) {
				row[i] = 1
			}
		}
		rows = append(rows, row)
	}
	var pivots []int
	done := 0
	for col := 0; col < len(cells) && done < len(rows); col++ {
		at := done
		for at < len(rows) && rows[at][col] == 0 {
			at++
		}
		if at == len(rows) {
			continue
		}
		rows[done], rows[at] = rows[at], rows[done]
		for i := range rows {
			if i != done && rows[i][col] != 0 {
				a, b := rows[done][col], rows[i][col]
				for j := range rows[i] {
					rows[i][j] = rows[i][j]*a - rows[done][j]*b
				}
				shorten(rows[i])
			}
		}
		pivots = append(pivots, col)
		done++
	}
	var basis [][]int64
	for col := range cells {
		if slices.Contains(pivots, col) {
			continue
		}
		scale := int64(1)
		for i := range pivots {
			scale = scale / gcd(scale, rows[i][pivots[i]]) * rows[i][pivots[i]]
		}
		v := make([]int64, len(cells))
		v[col] = scale
		for i, pivot := range pivots {
			v[pivot] = -rows[i][col] * (scale / rows[i][pivot])
		}
		basis = append(basis, v)
	}
	return basis
}

func shorten(row []int64) {
	var divisor int64
	for _, x := range row {
		divisor = gcd(divisor, x)
	}
	if divisor > 1 {
		for i := range row {
			row[i] /= divisor
		}
	}
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}

// FollowsUnknown is Follows for a reader who does not know which cells are empty: empty ones count as well, in sets of up to three cells, and in the sets
// given.
func (p Published) FollowsUnknown(k int, sets [][]int) []int {
	all := cellsWhere(p.People, func(int) bool { return true })
	if set := p.amongUpTo(all, k, 3); set != nil {
		return set
	}
	null := p.nullSpace(all)
	for _, set := range sets {
		people := 0
		for _, c := range set {
			people += p.People[c]
		}
		if people < k && len(set) > 0 && orthogonal(null, set) {
			return set
		}
	}
	return nil
}
