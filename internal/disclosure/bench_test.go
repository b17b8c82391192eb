package disclosure_test

import (
	"testing"

	"github.com/pmpath/pmpath/internal/disclosure"
)

// 5,000 teams of 4 to 35 people, five answers: a million people have tables of this size.
func BenchmarkTabulate(b *testing.B) {
	var rows [][]int
	next := uint32(1)
	for range 5000 {
		row := make([]int, 5)
		for a := range row {
			next = next*1664525 + 1013904223
			row[a] = int(next>>16) % (3 + 4*a)
		}
		row[4] += 5
		rows = append(rows, row)
	}
	for b.Loop() {
		disclosure.Tabulate(rows, nil, 5)
	}
}
