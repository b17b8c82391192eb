package disclosure

import (
	"math/big"
	"slices"
)

// Exposed returns the smallest sets of cells with fewer than k people in all that follow from published totals: those whose total is a rational combination of
// the published ones, and no part of which is so too. cells holds the people of each cell, which are disjoint; empty cells are left out of every
// set. A total is the indexes of the cells that it sums. The sets ascend.
//
// The work grows with the number of sets of at most k−1 small cells. It is meant for tens of cells.
func Exposed(cells []int, totals [][]int, k int) [][]int {
	space := newSpace(len(cells))
	for _, total := range totals {
		space.add(total)
	}
	var found [][]int
	var set []int
	for size := 1; size < k; size++ { // smaller sets first, so that a set is known to be minimal
		var choose func(from, people int)
		choose = func(from, people int) {
			if len(set) == size {
				if !slices.ContainsFunc(found, func(f []int) bool { return within(f, set) }) && space.has(set) {
					found = append(found, slices.Clone(set))
				}
				return
			}
			for i := from; i < len(cells); i++ {
				if cells[i] > 0 && people+cells[i] < k {
					set = append(set, i)
					choose(i+1, people+cells[i])
					set = set[:len(set)-1]
				}
			}
		}
		choose(0, 0)
	}
	slices.SortFunc(found, slices.Compare)
	return found
}

func within(part, whole []int) bool {
	for _, i := range part {
		if !slices.Contains(whole, i) {
			return false
		}
	}
	return true
}

// space is a row space over the rational numbers. Each row has 1 at its pivot, and every other row 0 there.
type space struct {
	width int
	rows  [][]*big.Rat
	pivot []int
}

func newSpace(width int) *space { return &space{width: width} }

func (s *space) add(total []int) {
	row := s.reduce(total)
	at := slices.IndexFunc(row, func(x *big.Rat) bool { return x.Sign() != 0 })
	if at < 0 {
		return
	}
	inverse := new(big.Rat).Inv(row[at])
	for _, x := range row {
		x.Mul(x, inverse)
	}
	for _, other := range s.rows {
		subtract(other, row, new(big.Rat).Set(other[at]))
	}
	s.rows = append(s.rows, row)
	s.pivot = append(s.pivot, at)
}

func (s *space) has(set []int) bool {
	return !slices.ContainsFunc(s.reduce(set), func(x *big.Rat) bool { return x.Sign() != 0 })
}

// reduce returns the 0/1 vector of the cells without what the rows explain of it.
func (s *space) reduce(cells []int) []*big.Rat {
	row := make([]*big.Rat, s.width)
	for i := range row {
		row[i] = new(big.Rat)
	}
	for _, i := range cells {
		row[i].SetInt64(1)
	}
	for r, known := range s.rows {
		subtract(row, known, new(big.Rat).Set(row[s.pivot[r]]))
	}
	return row
}

func subtract(from, row []*big.Rat, times *big.Rat) {
	if times.Sign() == 0 {
		return
	}
	product := new(big.Rat)
	for i, x := range row {
		if x.Sign() != 0 {
			from[i].Sub(from[i], product.Mul(x, times))
		}
	}
}
