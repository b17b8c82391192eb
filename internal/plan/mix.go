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

// listActions lists what there is to do for each goal: all growth steps of its level, since its hours are those of all of them, in the rubric's order,
// which is the one in which its authors would take them.
func (p *Plan) listActions() {
	shares := map[string]*Share{}
	for i := range p.Goals {
		g := &p.Goals[i]
		if g.Raise == nil {
			continue
		}
		again := p.hasBefore(i)
		for _, step := range g.Raise.Steps {
			share := shares[step.Kind]
			if share == nil {
				share = &Share{Kind: step.Kind}
				shares[step.Kind] = share
			}
			share.Actions++
			share.Hours += step.Hours
			g.Actions = append(g.Actions, Action{step, again})
		}
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
