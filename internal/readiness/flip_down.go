package readiness

import (
	"slices"

	"github.com/pmpath/pmpath/internal/fraction"
)

// down finds the fewest changes that make this completion, which is ready, not ready: the minimum over the conditions of what breaks each.
func (c completion) down() Flip {
	staircases := make([]staircase, len(c.Criteria))
	var answers []Change
	shorter := func(changes []Change) {
		if len(changes) > 0 && (answers == nil || len(changes) < len(answers)) {
			answers = changes
		}
	}
	for i := range c.Criteria {
		if c.Criteria[i].Applicable {
			staircases[i] = c.staircaseOf(&c.Criteria[i])
			shorter(staircases[i].belowFloor())
		}
	}
	for i := range c.Areas {
		within := func(criterion int) bool { return c.Criteria[criterion].area == i }
		shorter(c.belowCut(staircases, within, c.of(c.Areas[i].Points).Sub(c.Areas[i].Area.Floor.At.Mul(c.Areas[i].Possible)), len(answers)))
	}
	everywhere := func(int) bool { return true }
	shorter(c.belowCut(staircases, everywhere, c.of(c.Points).Sub(c.Sheet.Rubric.Rule.ReadyAt.At.Mul(c.Possible)), len(answers)))
	if gate := slices.IndexFunc(c.Conditions, func(condition Condition) bool { return condition.Kind == GateCondition }); gate >= 0 && len(answers) != 1 {
		return Flip{Changes: []Change{{Gate: c.Conditions[gate].Gate.Gate}}, Answers: answers}
	}
	return Flip{Changes: answers, Answers: answers}
}

// belowFloor is the fewest drops that take the score under the criterion's floor, or nothing where the floor is the lowest level.
func (l staircase) belowFloor() []Change {
	l = l.clone()
	var changes []Change
	for l.score().Cmp(l.Floor) >= 0 {
		i := l.next(-1)
		if i < 0 {
			return nil
		}
		changes = append(changes, l.move(i, -1))
	}
	return changes
}

// belowCut is the fewest drops within the chosen criteria that lose more points than there are to spare, if that is fewer than limit drops (0 for no limit).
// A surplus absorbs drops before they cost anything, so the largest loss of k drops is no greedy sum: it is worked out for k = 1, 2, … from the largest loss of each competency.
func (c completion) belowCut(staircases []staircase, chosen func(criterion int) bool, spare fraction.Fraction, limit int) []Change {
	drops := c.dropsUpTo(staircases, chosen, limit)
	lost := []fraction.Fraction{{}} // by number of drops: the most points that they can cost
	var taken [][]int               // by criterion, by number of drops: how many of them fall on it
	for _, drop := range drops {
		most, take := drop.join(lost, limit)
		lost = most
		taken = append(taken, take)
	}
	for k := range lost {
		if lost[k].Cmp(spare) > 0 {
			return collect(drops, taken, k)
		}
	}
	return nil
}

// fall is what drops in one competency cost: losses[k] for k drops.
type fall struct {
	losses  []fraction.Fraction
	changes []Change
}

func (c completion) dropsUpTo(staircases []staircase, chosen func(criterion int) bool, limit int) []fall {
	var falls []fall
	for i := range staircases {
		if staircases[i].CriterionResult != nil && chosen(i) {
			falls = append(falls, staircases[i].fall(limit))
		}
	}
	return falls
}

func (l staircase) fall(limit int) fall {
	l = l.clone()
	had := l.points()
	f := fall{losses: []fraction.Fraction{{}}}
	for limit == 0 || len(f.changes) < limit-1 {
		i := l.next(-1)
		if i < 0 || had.Equal(f.losses[len(f.losses)-1]) { // every point is lost: more drops cost nothing
			break
		}
		f.changes = append(f.changes, l.move(i, -1))
		f.losses = append(f.losses, had.Sub(l.points()))
	}
	return f
}

// join adds one competency to the table of largest losses.
func (f fall) join(lost []fraction.Fraction, limit int) (most []fraction.Fraction, take []int) {
	size := len(lost) + len(f.losses) - 1
	if limit > 0 {
		size = min(size, limit)
	}
	most, take = make([]fraction.Fraction, size), make([]int, size)
	for k := range size {
		fewest := max(0, k-len(lost)+1)
		for own := fewest; own <= min(k, len(f.losses)-1); own++ {
			if loss := lost[k-own].Add(f.losses[own]); own == fewest || loss.Cmp(most[k]) > 0 {
				most[k], take[k] = loss, own
			}
		}
	}
	return most, take
}

// collect walks the table back to the drops that make up its entry for k.
func collect(drops []fall, taken [][]int, k int) []Change {
	var changes []Change
	for i := len(drops) - 1; i >= 0; i-- {
		own := taken[i][k]
		changes = append(changes, drops[i].changes[:own]...)
		k -= own
	}
	return changes
}
