package prompt

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestMatch(t *testing.T) {
	options := []Option{{Key: "1"}, {Key: "10"}, {Key: "11"}, {Key: "20"}, {Key: "n"}, {Key: "Back"}, {Key: "bye"}, {Key: "s", Also: "skip"}, {Key: "help", Also: "?"}}
	for _, tt := range []struct {
		typed string
		found []int
		exact bool
		named []int // by the line prompter
	}{
		{typed: "1", found: []int{0}, exact: true, named: []int{0}},
		{typed: "10", found: []int{1}, exact: true, named: []int{1}},
		{typed: "2", found: []int{3}}, // half of 20 is not 20
		{typed: " N ", found: []int{4}, exact: true, named: []int{4}},
		{typed: "b", found: []int{5, 6}, named: []int{5, 6}},
		{typed: "BA", found: []int{5}, named: []int{5}},
		{typed: "s", found: []int{7}, exact: true, named: []int{7}},
		{typed: "Skip", found: []int{7}, exact: true, named: []int{7}},
		{typed: "sk", found: []int{7}, named: []int{7}},
		{typed: "?", found: []int{8}, exact: true, named: []int{8}},
		{typed: "100"},
		{typed: ""},
		{typed: "  "},
	} {
		found, exact := match(options, tt.typed)
		if diff := cmp.Diff(tt.found, found); diff != "" || exact != tt.exact {
			t.Errorf("match(%q): exact %v, -want +got\n%s", tt.typed, exact, diff)
		}
		if diff := cmp.Diff(tt.named, named(options, tt.typed)); diff != "" {
			t.Errorf("named(%q): -want +got\n%s", tt.typed, diff)
		}
	}
}

func TestRowFilter(t *testing.T) {
	options := []Option{{Key: "1"}, {Key: "10"}, {Key: "back"}, {Key: "bye"}}
	for _, tt := range []struct {
		typed string
		want  []int // rows; 0 is (choose)
	}{
		{"1", []int{1}},
		{"10", []int{2}},
		{"b", []int{0, 3, 4}},
		{"ba", []int{3}},
		{"x", []int{0, 1, 2, 3, 4}},
		{" ", []int{0, 1, 2, 3, 4}},
	} {
		if diff := cmp.Diff(tt.want, rowsShown(options, tt.typed)); diff != "" {
			t.Errorf("%q: -want +got\n%s", tt.typed, diff)
		}
	}
}

// survey panics on a list that a filter has emptied.
func TestRowFilterNeverEmpty(t *testing.T) {
	key := rapid.StringMatching(`[0-9nb]{1,3}`)
	rapid.Check(t, func(t *rapid.T) {
		var options []Option
		for _, k := range rapid.SliceOfNDistinct(key, 1, 12, rapid.ID[string]).Draw(t, "keys") {
			options = append(options, Option{Key: k})
		}
		typed := rapid.OneOf(key, rapid.String()).Draw(t, "typed")
		rows := rowsShown(options, typed)
		if len(rows) == 0 {
			t.Errorf("no row for %q", typed)
		}
		if len(rows) > 1 && rows[0] != 0 {
			t.Errorf("%q shows rows %v: the first one would be chosen beforehand", typed, rows)
		}
	})
}

func rowsShown(options []Option, typed string) []int {
	var rows []int
	filter := rowFilter(options)
	for row := range len(options) + 1 {
		if filter(typed, "", row) {
			rows = append(rows, row)
		}
	}
	return rows
}
