package plan

import "slices"

// Kinds are the kinds of growth steps, in the order in which they are listed: what raises a level by itself first.
var kinds = [...]string{"practice", "mentor", "network", "course", "certificate"}

// Kinds returns the kinds of growth steps in the order in which they are listed.
func Kinds() []string { return slices.Clone(kinds[:]) }

// Share is how much of a plan is of one kind.
type Share struct {
	Kind           string
	Actions, Hours int
}

// takeTurns lists what there is to do for each goal, so that over the plan the kinds take turns in being the one to begin with: of the kinds that the
// rubric names for a level, the one that has begun the fewest goals so far; of equals the one that the rubric names first. All growth steps of a level
// stay in, since its hours are those of all of them, and behind the first they keep the rubric's order.
func (p *Plan) takeTurns() {
	begun := map[string]int{}
	shares := map[string]*Share{}
	for i := range p.Goals {
		g := &p.Goals[i]
		if g.Raise == nil || len(g.Raise.Steps) == 0 {
			continue
		}
		again := p.hasBefore(i)
		first := 0
		for n, step := range g.Raise.Steps {
			if begun[step.Kind] < begun[g.Raise.Steps[first].Kind] {
				first = n
			}
			share := shares[step.Kind]
			if share == nil {
				share = &Share{Kind: step.Kind}
				shares[step.Kind] = share
			}
			share.Actions++
			share.Hours += step.Hours
			g.Actions = append(g.Actions, Action{step, again})
		}
		begun[g.Raise.Steps[first].Kind]++
		lead := g.Actions[first]
		g.Actions = slices.Insert(slices.Delete(g.Actions, first, first+1), 0, lead)
	}
	for _, kind := range kinds {
		if share := shares[kind]; share != nil {
			p.Mix = append(p.Mix, *share)
		}
	}
}

// hasBefore reports whether a goal before this one has the same growth steps: for another question of the competency, to the same level.
func (p *Plan) hasBefore(i int) bool {
	raise := p.Goals[i].Raise
	return slices.ContainsFunc(p.Goals[:i], func(g Goal) bool {
		return g.Raise != nil && g.Raise.Item.Competency == raise.Item.Competency && g.Raise.To == raise.To
	})
}
