package people

import (
	"slices"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Kind says what a setting is. The zero value is none.
type Kind int

// The kinds of settings.
const (
	Level     Kind = iota + 1 // the level of a criterion, one level up and one down
	Floor                     // the floor of a criterion, up by one level, or by as much as lies between it and the level
	AreaFloor                 // the floor of an area, CutStep up and down
	ReadyAt                   // the cut over all areas, CutStep up and down
	Gate                      // whether a gate is hard: the other way round
)

// Kinds lists the kinds in the order of reports.
func Kinds() []Kind { return []Kind{Level, Floor, AreaFloor, ReadyAt, Gate} }

var kindNames = [...]string{"", "level", "floor", "area_floor", "ready_at", "gate"}

// String returns the name used in machine output.
func (k Kind) String() string { return kindNames[k] }

// CutStep is by how many points of a hundred cuts are moved.
const CutStep = 5

// Setting is one thing of a stage that decides, with its mutants.
type Setting struct {
	Kind    Kind
	ID      string // of the competency, area or gate; empty for ReadyAt
	Mutants []Mutant
}

// Mutant is a setting with another value.
type Mutant struct {
	From, To string // a level or share as an exact number, "hard" or "should"
	Noticed  bool

	stage  *rubric.Stage
	rubric *rubric.Rubric
}

// settingsOf lists what decides for a stage. Each mutant shares everything with the original but the little that it changes.
func settingsOf(r *rubric.Rubric, stage *rubric.Stage) []Setting {
	var settings []Setting
	for i := range stage.Criteria {
		settings = append(settings, levelOf(r, stage, i))
	}
	for i := range stage.Criteria {
		if floor := floorOf(r, stage, i); len(floor.Mutants) > 0 {
			settings = append(settings, floor)
		}
	}
	for i, criterion := range stage.Criteria {
		area := criterion.Competency.Area
		if i == 0 || stage.Criteria[i-1].Competency.Area != area {
			settings = append(settings, areaFloorOf(r, stage, area))
		}
	}
	if len(stage.Criteria) > 0 {
		settings = append(settings, readyAtOf(r, stage))
	}
	for i := range stage.Gates {
		settings = append(settings, gateOf(r, stage, i))
	}
	return settings
}

// levelOf moves the level as an author who changes one number does: the floor follows where it is the one that the rule gives.
func levelOf(r *rubric.Rubric, stage *rubric.Stage, index int) Setting {
	criterion := stage.Criteria[index]
	scale := criterion.Competency.Scale
	setting := Setting{Kind: Level, ID: criterion.Competency.ID}
	for _, by := range []int{1, -1} {
		level := criterion.Level.Add(fraction.Int(by)).Clamp(fraction.Int(scale.Lo()), fraction.Int(scale.Hi()))
		if level.Equal(criterion.Level) {
			continue
		}
		changed := *criterion
		changed.Level = level
		changed.Span = fraction.Min(r.Rule.Span.At, level.Sub(fraction.Int(scale.Lo())))
		changed.Floor = criterion.Floor.Clamp(level.Sub(changed.Span), level) // a floor of its own stays, as far as the loader lets it
		if criterion.Floor.Equal(usualFloor(r, criterion)) {
			changed.Floor = usualFloor(r, &changed)
		}
		setting.add(criterion.Level.String(), level.String(), r, withCriterion(stage, index, &changed))
	}
	return setting
}

// usualFloor is the floor that the rule gives.
func usualFloor(r *rubric.Rubric, c *rubric.Criterion) fraction.Fraction {
	shortfall := r.Rule.MaxShortfall.At
	if c.Must {
		shortfall = r.Rule.MustShortfall.At
	}
	return fraction.Max(fraction.Int(c.Competency.Scale.Lo()), c.Level.Sub(shortfall))
}

func floorOf(r *rubric.Rubric, stage *rubric.Stage, index int) Setting {
	criterion := stage.Criteria[index]
	setting := Setting{Kind: Floor, ID: criterion.Competency.ID}
	floor := fraction.Min(criterion.Floor.Add(fraction.Int(1)), criterion.Level)
	if floor.Cmp(criterion.Floor) > 0 {
		changed := *criterion
		changed.Floor = floor
		setting.add(criterion.Floor.String(), floor.String(), r, withCriterion(stage, index, &changed))
	}
	return setting
}

func areaFloorOf(r *rubric.Rubric, stage *rubric.Stage, area *rubric.Area) Setting {
	setting := Setting{Kind: AreaFloor, ID: area.ID}
	for _, to := range otherCuts(area.Floor.At) {
		changed := *area
		changed.Floor.At = to
		setting.add(area.Floor.At.String(), to.String(), r, withArea(stage, area, &changed))
	}
	return setting
}

func readyAtOf(r *rubric.Rubric, stage *rubric.Stage) Setting {
	setting := Setting{Kind: ReadyAt}
	for _, to := range otherCuts(r.Rule.ReadyAt.At) {
		changed := *r
		changed.Rule.ReadyAt.At = to
		setting.add(r.Rule.ReadyAt.At.String(), to.String(), &changed, stage)
	}
	return setting
}

// otherCuts are a share one step up and one step down, as far as there is room.
func otherCuts(at fraction.Fraction) []fraction.Fraction {
	var cuts []fraction.Fraction
	step := fraction.Of(CutStep, 100)
	for _, to := range []fraction.Fraction{at.Add(step), at.Sub(step)} {
		if to = to.Clamp(fraction.Int(0), fraction.Int(1)); !to.Equal(at) {
			cuts = append(cuts, to)
		}
	}
	return cuts
}

func gateOf(r *rubric.Rubric, stage *rubric.Stage, index int) Setting {
	changed := *stage
	changed.Gates = slices.Clone(stage.Gates)
	gate := &changed.Gates[index]
	from := gateWord(gate.Hard)
	gate.Hard = !gate.Hard
	setting := Setting{Kind: Gate, ID: gate.Gate.ID}
	setting.add(from, gateWord(gate.Hard), r, &changed)
	return setting
}

func gateWord(hard bool) string {
	if hard {
		return "hard"
	}
	return "should"
}

func (s *Setting) add(from, to string, r *rubric.Rubric, stage *rubric.Stage) {
	s.Mutants = append(s.Mutants, Mutant{From: from, To: to, rubric: r, stage: stage})
}

// withCriterion is the stage with one criterion replaced; one that asks for the lowest level asks nothing, and the loader would drop it.
func withCriterion(stage *rubric.Stage, index int, criterion *rubric.Criterion) *rubric.Stage {
	changed := *stage
	changed.Criteria = slices.Clone(stage.Criteria)
	changed.Criteria[index] = criterion
	if criterion.Level.Equal(fraction.Int(criterion.Competency.Scale.Lo())) {
		changed.Criteria = slices.Delete(changed.Criteria, index, index+1)
	}
	return &changed
}

// withArea is the stage with one area replaced below its criteria, which is where measuring looks for it.
func withArea(stage *rubric.Stage, area, changedArea *rubric.Area) *rubric.Stage {
	changed := *stage
	changed.Criteria = slices.Clone(stage.Criteria)
	for i, criterion := range stage.Criteria {
		if criterion.Competency.Area == area {
			competency, moved := *criterion.Competency, *criterion
			competency.Area, moved.Competency = changedArea, &competency
			changed.Criteria[i] = &moved
		}
	}
	return &changed
}
