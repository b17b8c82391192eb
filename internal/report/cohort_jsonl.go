package report

import (
	"encoding/json"
	"io"
)

// The lines of the JSON Lines form. Each names its type; the last counts those before it, so that a stream that was cut off shows.
type (
	cohortHead struct {
		SchemaVersion int            `json:"schema_version"`
		Type          string         `json:"type"` // cohort
		Rubric        Rubric         `json:"rubric"`
		MinGroup      int            `json:"min_group"`
		Target        *Ref           `json:"target"`
		Filters       []CohortFilter `json:"filters"`
		People        Figure         `json:"people"`
		LeftOut       RowsLeftOut    `json:"left_out"`
		Standing      CohortStanding `json:"standing"`
		MeanFit       MeanFigure     `json:"mean_fit"`
		Sheets        CohortSheets   `json:"sheets"`
		FewerThan     int            `json:"held_by_fewer_than"`
		Notes         []string       `json:"notes"`
		Caution       string         `json:"caution"`
	}
	groupLine struct {
		Type string `json:"type"` // group
		By   string `json:"by"`
		CohortGroup
	}
	areaLine struct {
		Type string `json:"type"` // area
		CohortArea
	}
	competencyLine struct {
		Type string `json:"type"` // competency
		CohortCompetency
	}
	decidingLine struct {
		Type string `json:"type"` // deciding
		CohortDeciding
	}
	growthLine struct {
		Type string `json:"type"` // growth
		CohortGrowth
	}
	fewLine struct {
		Type string `json:"type"` // held_by_few
		CohortFew
	}
	nextLine struct {
		Type string     `json:"type"` // next_step
		Step CohortNext `json:"step"`
	}
	endLine struct {
		Type  string `json:"type"`  // end
		Lines int    `json:"lines"` // before this one
	}
)

// CohortJSONLines prints the report of a cohort as an object a line.
func CohortJSONLines(w io.Writer, r *CohortReport) error {
	lines := []any{cohortHead{
		r.SchemaVersion, "cohort", r.Rubric, r.MinGroup, r.Target, r.Filters, r.People, r.LeftOut, r.Standing, r.MeanFit, r.Sheets, r.FewerThan,
		r.Notes, r.Caution,
	}}
	for _, grouping := range r.Groups {
		for _, g := range grouping.Groups {
			lines = append(lines, groupLine{"group", grouping.By, g})
		}
	}
	for _, a := range r.Areas {
		lines = append(lines, areaLine{"area", a})
	}
	for _, c := range r.Competencies {
		lines = append(lines, competencyLine{"competency", c})
	}
	for _, d := range r.Deciding {
		lines = append(lines, decidingLine{"deciding", d})
	}
	for _, g := range r.Growth {
		lines = append(lines, growthLine{"growth", g})
	}
	for _, f := range r.Few {
		lines = append(lines, fewLine{"held_by_few", f})
	}
	for _, n := range r.Next {
		lines = append(lines, nextLine{"next_step", n})
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for _, line := range append(lines, endLine{"end", len(lines)}) {
		if err := encoder.Encode(line); err != nil {
			return err
		}
	}
	return nil
}
