package cohort

import (
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
)

// target is a stage that people are measured against, with what is worked out once for it.
type target struct {
	stage      *rubric.Stage
	areas      []*rubric.Area // that it asks something of, in rubric order
	gates      []*rubric.Gate // hard ones
	conditions []condition    // fit, areas, criteria, hard gates
	tables     *tables        // nil: people are measured by package readiness
}

// condition is one of the things that must all hold, whether or not it applies to a person.
type condition struct {
	kind       readiness.ConditionKind
	area       *rubric.Area
	competency *rubric.Competency
	gate       *rubric.Gate
}

func newTarget(r *rubric.Rubric, layouts []layout, stage *rubric.Stage) *target {
	t := &target{stage: stage, conditions: []condition{{kind: readiness.FitCondition}}}
	for _, c := range stage.Criteria {
		if last := len(t.areas) - 1; last < 0 || t.areas[last] != c.Competency.Area {
			t.areas = append(t.areas, c.Competency.Area)
			t.conditions = append(t.conditions, condition{kind: readiness.AreaCondition, area: c.Competency.Area})
		}
	}
	for _, c := range stage.Criteria {
		t.conditions = append(t.conditions, condition{kind: readiness.CriterionCondition, competency: c.Competency})
	}
	for _, gate := range stage.Gates {
		if gate.Hard {
			t.gates = append(t.gates, gate.Gate)
			t.conditions = append(t.conditions, condition{kind: readiness.GateCondition, gate: gate.Gate})
		}
	}
	t.tables = newTables(r, layouts, stage)
	return t
}

// The places of conditions in target.conditions.
func (t *target) areaCondition(area int) int           { return 1 + area }
func (t *target) criterionCondition(criterion int) int { return 1 + len(t.areas) + criterion }
func (t *target) gateCondition(gate int) int           { return len(t.conditions) - len(t.gates) + gate }
