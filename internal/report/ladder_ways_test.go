package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/rubric"
)

// ladderOf builds stages from lines such as "a: b c". Depth is what the loader would find, given that each stage stands before those it leads to.
func ladderOf(lines ...string) []*rubric.Stage {
	known := map[string]*rubric.Stage{}
	var stages []*rubric.Stage
	for _, line := range lines {
		id, _, _ := strings.Cut(line, ":")
		known[id] = &rubric.Stage{ID: id}
		stages = append(stages, known[id])
	}
	for i, line := range lines {
		_, next, _ := strings.Cut(line, ":")
		for _, id := range strings.Fields(next) {
			stages[i].Next = append(stages[i].Next, known[id])
			known[id].Before = append(known[id].Before, stages[i])
		}
	}
	for range stages {
		for _, stage := range stages {
			for _, next := range stage.Next {
				next.Depth = max(next.Depth, stage.Depth+1)
			}
		}
	}
	return stages
}

func arrows(ways [][]*rubric.Stage) string {
	var lines []string
	for _, way := range ways {
		lines = append(lines, strings.Join(stageIDs(way), " "))
	}
	return strings.Join(lines, "; ")
}

func TestWaysThrough(t *testing.T) {
	for _, tc := range []struct {
		ladder          []string
		ways, shortcuts string
	}{
		{[]string{"a:"}, "", ""},
		{[]string{"a: b", "b: c", "c:"}, "a b c", ""},
		{[]string{"a: b c", "b: d", "c: d", "d:"}, "a b d; a c d", ""},
		{[]string{"a: b c", "b: c", "c:"}, "a b c", "a c"},
		{[]string{"a: c", "b: c", "c: d", "d:", "e:"}, "a c d; b c", ""},
		{[]string{"c: d e", "d:", "e:", "a: b c", "b:"}, "a b; a c d; c e", ""}, // the ladder need not stand in order
	} {
		ways, shortcuts := waysThrough(ladderOf(tc.ladder...))
		if diff := cmp.Diff([]string{tc.ways, tc.shortcuts}, []string{arrows(ways), arrows(shortcuts)}); diff != "" {
			t.Errorf("%v: -want +got\n%s", tc.ladder, diff)
		}
	}
}

// Every step stands on the map once, and nothing that is no step.
func TestEveryStepIsOnTheMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "stages")
		var lines []string
		want := map[string]int{}
		for i := range n {
			line := fmt.Sprintf("s%d:", i)
			for j := i + 1; j < n; j++ {
				if rapid.IntRange(0, 2).Draw(t, "leads on") == 0 {
					line += fmt.Sprintf(" s%d", j)
					want[fmt.Sprintf("s%d s%d", i, j)]++
				}
			}
			lines = append(lines, line)
		}
		stages := ladderOf(rapid.Permutation(lines).Draw(t, "order")...)
		ways, shortcuts := waysThrough(stages)
		got := map[string]int{}
		for _, way := range append(ways, shortcuts...) {
			for i := range len(way) - 1 {
				got[way[i].ID+" "+way[i+1].ID]++
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%v: -want +got\n%s", lines, diff)
		}
	})
}
