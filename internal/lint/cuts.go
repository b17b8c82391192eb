package lint

import (
	"slices"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/rubric"
)

// floorAt is the place of an area's own floor; of the area where it has none.
func (l *linter) floorAt(area *rubric.Area) document.Position {
	if area.Floor.Place != l.Rule.AreaFloor.Place {
		return area.Floor.Place
	}
	return area.At
}

// cuts compares the constants of the rule with each other.
func (l *linter) cuts() {
	for _, area := range l.Areas {
		if area.Floor.At.Sign() > 0 && area.Floor.At.Cmp(l.Rule.ReadyAt.At) >= 0 {
			l.note(ofArea(area), l.floorAt(area), floorNotBelowCut, "the floor of the area %q (%d %%) is not below the overall cut (%d %%)",
				area.ID, area.Floor.At.Percent(), l.Rule.ReadyAt.At.Percent())
		}
	}
	musts := slices.ContainsFunc(l.Stages, func(s *rubric.Stage) bool {
		return slices.ContainsFunc(s.Criteria, func(c *rubric.Criterion) bool { return c.Must })
	})
	if by := l.Rule.MustShortfall.At.Cmp(l.Rule.MaxShortfall.At); by > 0 || by == 0 && musts {
		l.note(ofRubric(l.Rubric), l.Rule.MustShortfall.Place, mustShortfall, "a must-have may fall %s short, other criteria %s",
			levels(l.Rule.MustShortfall.At), levels(l.Rule.MaxShortfall.At))
	}
}
