package readiness

import (
	"github.com/pmpath/pmpath/internal/fraction"
)

// up finds the fewest changes that make this completion ready: gates, then each criterion to its floor, each area to its floor, the whole to its
// cut. Taking the raise that brings most points is exact, because once floors are met each competency's gains only shrink from raise to
// raise (points are capped at the requirement, and floors never lie below the last span), and the conditions are nested: what an area needs
// counts for the whole as well.
func (c completion) up() Flip {
	var changes []Change
	for i := range c.Conditions {
		if condition := &c.Conditions[i]; condition.Kind == GateCondition && c.of(condition.Margin).Sign() < 0 {
			changes = append(changes, Change{Gate: condition.Gate.Gate})
		}
	}
	gates := len(changes)
	climb := c.newClimb()
	for i := range climb {
		changes = append(changes, climb[i].toFloor()...)
	}
	for i := range c.Areas {
		need := c.Areas[i].Area.Floor.At.Mul(c.Areas[i].Possible)
		changes = append(changes, climb.gain(need, func(r *raiser) bool { return r.area == i })...)
	}
	need := c.Sheet.Rubric.Rule.ReadyAt.At.Mul(c.Possible)
	changes = append(changes, climb.gain(need, func(*raiser) bool { return true })...)
	if gates > 0 {
		return Flip{Changes: changes}
	}
	return Flip{Changes: changes, Answers: changes}
}

// raiser is a staircase with what its next raise would bring.
type raiser struct {
	staircase
	item int // to raise next; −1 for none
	gain fraction.Fraction
	have fraction.Fraction // points
}

type climb []raiser

func (c completion) newClimb() climb {
	var raisers climb
	for i := range c.Criteria {
		if c.Criteria[i].Applicable {
			r := raiser{staircase: c.staircaseOf(&c.Criteria[i])}
			r.have = r.points()
			r.look()
			raisers = append(raisers, r)
		}
	}
	return raisers
}

// look works out the next raise and its gain.
func (r *raiser) look() {
	r.gain = fraction.Fraction{}
	if r.item = r.next(+1); r.item >= 0 {
		after := fraction.Of(int64(r.total+r.items[r.item].Weight), int64(r.weight))
		r.gain = r.Earned(after).Mul(fraction.Int(r.CriterionResult.Weight)).Sub(r.have)
	}
}

func (r *raiser) raise() Change {
	change := r.move(r.item, +1)
	r.have = r.have.Add(r.gain)
	r.look()
	return change
}

func (r *raiser) toFloor() []Change {
	var changes []Change
	for r.score().Cmp(r.Floor) < 0 {
		changes = append(changes, r.raise())
	}
	return changes
}

// gain raises among the chosen staircases until they hold the points needed, always by the raise that brings most; of equal ones by the one that is
// less effort, then in rubric order. All at their highest hold every point, so the need is always met.
func (cl climb) gain(need fraction.Fraction, chosen func(*raiser) bool) []Change {
	var have fraction.Fraction
	for i := range cl {
		if chosen(&cl[i]) {
			have = have.Add(cl[i].have)
		}
	}
	var changes []Change
	for have.Cmp(need) < 0 {
		var best *raiser
		for i := range cl {
			if r := &cl[i]; chosen(r) && r.gain.Sign() > 0 && (best == nil || r.before(best)) {
				best = r
			}
		}
		have = have.Add(best.gain)
		changes = append(changes, best.raise())
	}
	return changes
}

func (r *raiser) before(other *raiser) bool {
	if order := r.gain.Cmp(other.gain); order != 0 {
		return order > 0
	}
	return r.hours(r.item) < other.hours(other.item)
}
