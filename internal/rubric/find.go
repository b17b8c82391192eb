package rubric

import (
	"slices"
	"strings"
)

// StageNamed finds a stage by id, title or alias, whatever the capitals. The loader keeps titles apart, so a name means one stage at most.
func (r *Rubric) StageNamed(name string) *Stage {
	for _, stage := range r.Stages {
		if strings.EqualFold(stage.ID, name) {
			return stage
		}
	}
	for _, stage := range r.Stages {
		if strings.EqualFold(stage.Title, name) || slices.ContainsFunc(stage.Aliases, func(a string) bool { return strings.EqualFold(a, name) }) {
			return stage
		}
	}
	return nil
}

// StageIDs returns the ids of all stages in ladder order, for advice on a name that is not known.
func (r *Rubric) StageIDs() []string {
	ids := make([]string, len(r.Stages))
	for i, stage := range r.Stages {
		ids[i] = stage.ID
	}
	return ids
}

// CompetencyNamed finds a competency by id, or nil.
func (r *Rubric) CompetencyNamed(id string) *Competency {
	for _, c := range r.Competencies {
		if c.ID == id {
			return c
		}
	}
	return nil
}

// ItemNamed finds an item by id, or nil.
func (r *Rubric) ItemNamed(id string) *Item {
	for _, item := range r.Items {
		if item.ID == id {
			return item
		}
	}
	return nil
}

// GateNamed finds a gate by id, or nil.
func (r *Rubric) GateNamed(id string) *Gate {
	for _, gate := range r.Gates {
		if gate.ID == id {
			return gate
		}
	}
	return nil
}
