package readiness

import (
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Assessment is everything that one sheet says about the roles that were asked about.
type Assessment struct {
	Sheet      *response.Sheet
	Targets    []TargetResult // in the order asked
	Operating  Operating
	Unverified []*rubric.Item // answered at one of the two highest levels without evidence, in rubric order
	Stale      []*rubric.Item // their evidence is older than the item looks back, at the date of the sheet
}

// TargetResult is the decision about one role with what it would take to reverse it.
type TargetResult struct {
	*Result
	Flips Flips
	// WithLowest is the verdict if every "not applicable" were the lowest level; 0 where nothing that counts is not applicable.
	WithLowest Verdict
}

// Assess evaluates the sheet for each target.
func Assess(s *response.Sheet, targets []*rubric.Stage) *Assessment {
	a := &Assessment{Sheet: s, Operating: OperatingStage(s)}
	for _, target := range targets {
		result := Evaluate(s, target)
		a.Targets = append(a.Targets, TargetResult{result, StepsToFlip(result), withLowest(result)})
	}
	a.checkEvidence()
	return a
}

// Targets returns the roles that a sheet asks about: its target, or every stage that can follow the one held today.
func Targets(s *response.Sheet) []*rubric.Stage {
	switch {
	case s.Target != nil:
		return []*rubric.Stage{s.Target}
	case s.Stage != nil:
		return s.Stage.Next
	}
	return nil
}

func withLowest(r *Result) Verdict {
	lowest := *r.Sheet
	lowest.Answers = append([]response.Answer(nil), r.Sheet.Answers...)
	changed := false
	for i := range r.Criteria {
		c := r.Criteria[i].Competency
		for _, item := range c.Items {
			if lowest.Answers[item.Index].IsNotApplicable() {
				lowest.Answers[item.Index] = response.Answered(c.Scale.Lo())
				changed = true
			}
		}
	}
	if !changed {
		return 0
	}
	return Evaluate(&lowest, r.Target).Verdict
}

// Operating is the stage that somebody holds by their skills, whatever their title.
type Operating struct {
	Stage        *rubric.Stage // nil where not even the first stage is held
	GatesLeftOut int           // hard gates of that stage that the sheet leaves open
}

// OperatingStage finds the held stage that lies furthest along the ladder, ladder order breaking ties.
func OperatingStage(s *response.Sheet) Operating {
	held := Held(s)
	var operating Operating
	for _, stage := range s.Rubric.Stages {
		if held[stage.Index] && (operating.Stage == nil || stage.Depth > operating.Stage.Depth) {
			operating.Stage = stage
		}
	}
	if operating.Stage != nil {
		operating.GatesLeftOut = openHardGates(s, operating.Stage)
	}
	return operating
}

// Held says of each stage, by its index, whether it is held: its conditions hold, and some stage before it is held. Gates that the sheet leaves open
// are left out.
func Held(s *response.Sheet) []bool {
	held := make([]bool, len(s.Rubric.Stages))
	known := make([]bool, len(s.Rubric.Stages))
	var isHeld func(stage *rubric.Stage) bool
	isHeld = func(stage *rubric.Stage) bool {
		if !known[stage.Index] {
			known[stage.Index] = true
			held[stage.Index] = beforeHeld(stage, isHeld) && measure(s, stage, gatesLeftOut).Verdict == Ready
		}
		return held[stage.Index]
	}
	for _, stage := range s.Rubric.Stages {
		isHeld(stage)
	}
	return held
}

// beforeHeld is true for a stage that nothing comes before.
func beforeHeld(stage *rubric.Stage, isHeld func(*rubric.Stage) bool) bool {
	for _, before := range stage.Before {
		if isHeld(before) {
			return true
		}
	}
	return len(stage.Before) == 0
}

func openHardGates(s *response.Sheet, stage *rubric.Stage) int {
	open := 0
	for _, gate := range stage.Gates {
		if gate.Hard && s.Gates[gate.Gate.Index].State == response.GateOpen {
			open++
		}
	}
	return open
}

// highLevels is how many of the highest levels of a scale call for evidence.
const highLevels = 2

func (a *Assessment) checkEvidence() {
	for i, item := range a.Sheet.Rubric.Items {
		level, ok := a.Sheet.Answers[i].Level()
		if !ok {
			continue
		}
		evidence := a.Sheet.Evidence[i]
		if evidence.IsZero() && CallsForEvidence(item.Competency.Scale, level) {
			a.Unverified = append(a.Unverified, item)
		}
		if item.Window > 0 && !evidence.When.IsZero() && evidence.When.Before(a.Sheet.Date.MinusMonths(item.Window)) {
			a.Stale = append(a.Stale, item)
		}
	}
}
