package disclosure_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/disclosure"
)

// shown writes counts as a report could: the number, "<" for fewer than k, "x" for what would reveal another, "-" for no split.
func shown(list []disclosure.Count) string {
	var words []string
	for _, c := range list {
		n, ok := c.N()
		switch {
		case ok:
			words = append(words, fmt.Sprint(n))
		default:
			words = append(words, map[disclosure.Reason]string{disclosure.Small: "<", disclosure.WouldReveal: "x", disclosure.NoSplit: "-"}[c.Reason()])
		}
	}
	return strings.Join(words, " ")
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		people []int
		k      int
		want   string
		why    string
	}{
		{[]int{12, 9, 7}, 5, "12 9 7", "nothing is small"},
		{[]int{12, 9, 3, 7}, 5, "12 9 < x", "28 − 12 − 9 − 7 = 3, so one more goes: the last"},
		{[]int{12, 9, 7, 3}, 5, "12 9 x <", "the last that is not hidden yet"},
		{[]int{12, 9, 5, 3}, 5, "12 x x <", "3 + 5 = 8 would leave 0 to 3, so 9 goes too"},
		{[]int{20, 3, 3, 2}, 5, "20 < < <", "8 people in three: each may be 0 to 4"},
		{[]int{20, 3, 4, 2}, 5, "x < < <", "9 people in three: none of them could be 0"},
		{[]int{20, 4, 4}, 5, "x < <", "8 in two would be 4 and 4"},
		{[]int{20, 0, 0}, 5, "x < <", "everybody in one answer tells about everybody"},
		{[]int{8, 0}, 5, "- -", "x would mean 5 or more, so < at most 3"},
		{[]int{9, 0}, 5, "x <", "x is 5 to 9, < is 0 to 4"},
		{[]int{7, 1}, 5, "- -", "too few: 8 people, 9 are needed"},
		{[]int{7}, 5, "7", "one answer alone is the sum"},
		{[]int{2, 2, 2, 2}, 3, "- - - -", "8 people, at most 2 in each of four, are 2, 2, 2 and 2"},
	} {
		if got := shown(disclosure.Split(c.people, c.k)); got != c.want {
			t.Errorf("Split(%v, %d) = %s, want %s: %s", c.people, c.k, got, c.want, c.why)
		}
	}
}

func TestSizes(t *testing.T) {
	for _, c := range []struct {
		people []int
		want   string
		why    string
	}{
		{[]int{12, 9, 7}, "12 9 7", "nothing is small"},
		{[]int{12, 3, 9}, "12 < x", "the smallest further group, not the last"},
		{[]int{9, 3, 12}, "x < 12", "the smallest further group, not the first"},
		{[]int{12, 3, 2, 9}, "12 < < 9", "5 people in two groups: 1 and 4 to 4 and 1"},
		{[]int{12, 4, 4, 9}, "12 < < x", "8 in two groups would be 4 and 4"},
		{[]int{12, 1, 1, 9}, "12 < < x", "2 people in all"},
		{[]int{4, 3}, "- -", "7 people in two groups: 3 or 4 each"},
		{[]int{40}, "40", "one group is everybody"},
		{[]int{4}, "-", ""},
	} {
		if got := shown(disclosure.Sizes(c.people, 5)); got != c.want {
			t.Errorf("Sizes(%v) = %s, want %s: %s", c.people, got, c.want, c.why)
		}
	}
}

// Whatever is printed of a row, each hidden small count may be anything from its least to k−1: shown by trying all numbers that agree with what is printed.
func TestRowLeavesEverySmallCountOpen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(3, 5).Draw(t, "k")
		least := rapid.IntRange(0, 1).Draw(t, "least")
		people := rapid.SliceOfN(rapid.OneOf(rapid.IntRange(least, k), rapid.IntRange(least, 3*k)), 1, 5).Draw(t, "people")
		row := disclosure.Split(people, k)
		if least == 1 {
			row = disclosure.Sizes(people, k)
		}
		sum := 0
		for i, c := range row {
			n, ok := c.N()
			sum += people[i]
			if ok && (n != people[i] || n < k) {
				t.Fatalf("%v: %d is shown as %d", people, people[i], n)
			}
			if !ok && n != 0 {
				t.Fatalf("a hidden count still holds %d", n)
			}
			if !ok && c.Reason() == disclosure.WouldReveal && people[i] < k || c.Reason() == disclosure.Small && people[i] >= k {
				t.Fatalf("%v: %s", people, shown(row))
			}
		}
		possible := tryAll(row, sum, k, least)
		for i, c := range row {
			for n := least; c.Reason() == disclosure.Small && n < k; n++ {
				if !possible[i][n] {
					t.Fatalf("%v printed as %s: number %d cannot be %d", people, shown(row), i, n)
				}
			}
		}
	})
}

// tryAll returns which numbers each count can be.
func tryAll(row []disclosure.Count, sum, k, least int) []map[int]bool {
	possible := make([]map[int]bool, len(row))
	for i := range possible {
		possible[i] = map[int]bool{}
	}
	try := make([]int, len(row))
	var fill func(i, left int) bool
	fill = func(i, left int) bool {
		if i == len(row) {
			return left == 0
		}
		low, high := least, left
		switch row[i].Reason() {
		case disclosure.Shown:
			low, _ = row[i].N()
			high = min(high, low)
		case disclosure.Small:
			high = min(high, k-1)
		case disclosure.WouldReveal:
			low = k
		}
		found := false
		for n := low; n <= high; n++ {
			try[i] = n
			if fill(i+1, left-n) {
				possible[i][n], found = true, true
			}
		}
		return found
	}
	fill(0, sum)
	return possible
}
