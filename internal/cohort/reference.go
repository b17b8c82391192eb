package cohort

import (
	"slices"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// refer measures a person by package readiness, which needs no tables and allocates.
func (w *Worker) refer(t *target, p *intake.Person) {
	r := readiness.Evaluate(sheetOf(w.scorer.rubric, p), t.stage)
	w.outcome.from(t, r)
	for _, gap := range path.Gaps(r) {
		w.gaps[gap.Competency.Index]++
	}
}

// sheetOf is a person as a sheet.
func sheetOf(r *rubric.Rubric, p *intake.Person) *response.Sheet {
	s := response.New(r)
	s.Stage, s.Target, s.Date = p.Stage, p.Target, p.Date
	for i, level := range p.Levels {
		switch level {
		case intake.Unanswered:
		case intake.NotApplicable:
			s.Answers[i] = response.NotApplicable()
		default:
			s.Answers[i] = response.Answered(int(level))
		}
	}
	copy(s.Gates, p.Gates)
	return s
}

// from takes out of a result what a cohort counts.
func (o *outcome) from(t *target, r *readiness.Result) {
	o.verdict = r.Verdict
	o.fit = standingFrom(r.Points, r.Possible)
	fit := r.Fit()
	o.fitWorst, o.fitBest = hundredthsOf(fit.Worst), hundredthsOf(fit.Best)
	for i := range r.Areas {
		area := &r.Areas[i]
		o.areas[i] = areaOutcome{standingFrom(area.Points, area.Possible), area.Outcome}
	}
	o.deciding = -1
	if r.Deciding != nil {
		o.deciding = t.placeOf(r.Deciding)
	}
	o.stepsLeast, o.stepsMost = -1, -1
	if !r.NotAssessed() {
		flips := readiness.StepsToFlip(r)
		o.stepsMost = stepsUp(flips.Worst, r, func(b readiness.Bounds) fraction.Fraction { return b.Worst })
		o.stepsLeast = stepsUp(flips.Best, r, func(b readiness.Bounds) fraction.Fraction { return b.Best })
	}
	o.top = [topGaps]int{-1, -1, -1}
	for i, gap := range path.Gaps(r) {
		if i < topGaps {
			o.top[i] = gap.Competency.Index
		}
	}
}

func standingFrom(points readiness.Bounds, possible fraction.Fraction) standing {
	switch {
	case possible.Sign() == 0:
		return absence
	case !points.Worst.Equal(points.Best):
		return uncertain
	}
	return standing(min(points.Worst.Div(possible).Mul(fraction.Int(Bands)).Floor(), Bands-1))
}

func hundredthsOf(share fraction.Fraction) int32 {
	return int32(share.Mul(fraction.Int(10_000)).Floor())
}

// stepsUp is the length of a flip that leads up; a completion that is ready already has none to go.
func stepsUp(flip readiness.Flip, r *readiness.Result, of func(readiness.Bounds) fraction.Fraction) int {
	if !slices.ContainsFunc(r.Conditions, func(c readiness.Condition) bool { return of(c.Margin).Sign() < 0 }) {
		return 0
	}
	return len(flip.Changes)
}

// placeOf is the index of a condition of a result.
func (t *target) placeOf(c *readiness.Condition) int {
	return slices.IndexFunc(t.conditions, func(own condition) bool {
		if own.kind != c.Kind {
			return false
		}
		switch c.Kind {
		case readiness.AreaCondition:
			return own.area == c.Area.Area
		case readiness.CriterionCondition:
			return own.competency == c.Criterion.Competency
		case readiness.GateCondition:
			return own.gate == c.Gate.Gate
		default:
			return true
		}
	})
}
