package report

import (
	"slices"
	"strings"

	"github.com/pmpath/pmpath/internal/rubric"
)

// routes prints how some stages lead on from each other: each way as one line, the steps that skip stages of another way by themselves.
func (p *page) routes(stages []*rubric.Stage) {
	ways, shortcuts := waysThrough(stages)
	if len(ways) == 0 {
		return
	}
	p.heading("Ways up")
	for _, way := range ways {
		p.para("  ", strings.Join(stageIDs(way), " → "))
	}
	if len(shortcuts) > 0 {
		p.heading("Steps straight on")
	}
	for _, shortcut := range shortcuts {
		p.para("  ", strings.Join(stageIDs(shortcut), " → "))
	}
}

// waysThrough covers every step between some stages. A way goes on with the first stage that the author names, so the first way is the main one; the others
// leave a way that is there already and go on until they meet one. What is left joins two stages that lie on ways already: a shortcut.
func waysThrough(stages []*rubric.Stage) (ways, shortcuts [][]*rubric.Stage) {
	on := map[*rubric.Stage]bool{} // stages that lie on some way
	next := func(stage *rubric.Stage) []*rubric.Stage {
		return slices.DeleteFunc(slices.Clone(stage.Next), func(s *rubric.Stage) bool { return !slices.Contains(stages, s) })
	}
	follow := func(way ...*rubric.Stage) []*rubric.Stage {
		for {
			last := way[len(way)-1]
			if on[last] && len(way) > 1 || len(next(last)) == 0 {
				break
			}
			way = append(way, next(last)[0])
		}
		for _, stage := range way {
			on[stage] = true
		}
		return way
	}
	for _, stage := range stages {
		if len(next(stage)) > 0 && !slices.ContainsFunc(stage.Before, func(s *rubric.Stage) bool { return slices.Contains(stages, s) }) {
			ways = append(ways, follow(stage))
		}
	}
	inDepth := slices.Clone(stages) // so that a stage lies on a way before its own steps are looked at
	slices.SortStableFunc(inDepth, func(a, b *rubric.Stage) int { return a.Depth - b.Depth })
	for _, stage := range inDepth {
		for i, to := range next(stage) {
			switch {
			case i == 0: // this step was taken when the way came to the stage
			case on[to]:
				shortcuts = append(shortcuts, []*rubric.Stage{stage, to})
			default:
				ways = append(ways, follow(stage, to))
			}
		}
	}
	return ways, shortcuts
}
