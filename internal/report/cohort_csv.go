package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/pmpath/pmpath/internal/sanitize"
)

// CohortCSV prints every figure of a cohort as a row of a table for spreadsheets. The columns are always the same; n is empty where the number is hidden, and hidden
// then says why. The report must have been made with texts as they are: the cells are made safe here.
func CohortCSV(w io.Writer, r *CohortReport) error {
	c := &cohortRows{}
	c.row("section", "by", "group", "id", "title", "figure", "n", "hidden", "at_least", "at_most", "of", "value")
	c.cohort(r)
	for _, g := range r.Groups {
		c.grouping(g)
	}
	c.answers(r)
	for i, next := range r.Next {
		c.row("next_step", "", "", next.Kind, next.Title, strconv.Itoa(i+1), "", "", "", "", "", next.Words)
	}
	_, err := io.WriteString(w, c.String())
	return err
}

type cohortRows struct{ strings.Builder }

func (c *cohortRows) row(cells ...string) {
	line := []byte{}
	for i, cell := range cells {
		if i > 0 {
			line = append(line, ',')
		}
		line = sanitize.AppendCSV(line, []byte(cell))
	}
	c.Write(append(line, '\n'))
}

// place is what a figure is about: the first five columns.
type place struct{ section, by, group, id, title string }

func (c *cohortRows) figure(at place, name string, f Figure, of string) {
	n, least, most := "", strconv.Itoa(f.AtLeast), ""
	if f.N != nil {
		n = strconv.Itoa(*f.N)
	}
	if f.AtMost != nil {
		most = strconv.Itoa(*f.AtMost)
	}
	c.row(at.section, at.by, at.group, at.id, at.title, name, n, f.Hidden, least, most, of, "")
}

func (c *cohortRows) optional(at place, name string, f *Figure, of string) {
	if f != nil {
		c.figure(at, name, *f, of)
	}
}

func (c *cohortRows) part(at place, name string, f PartFigure) {
	of := ""
	if f.Of > 0 {
		of = strconv.Itoa(f.Of)
	}
	c.figure(at, name, f.Figure, of)
}

func (c *cohortRows) value(at place, name, value, hidden string) {
	c.row(at.section, at.by, at.group, at.id, at.title, name, "", hidden, "", "", "", value)
}

func (c *cohortRows) mean(at place, m MeanFigure) {
	value := ""
	if m.Percent != nil {
		value = strconv.Itoa(*m.Percent)
	}
	c.value(at, "mean_fit_percent", value, m.Hidden)
}

func (c *cohortRows) standing(at place, s CohortStanding, of string) {
	c.figure(at, "ready", s.Ready, of)
	c.figure(at, "one_step", s.OneStep, of)
	c.figure(at, "two_steps", s.TwoSteps, of)
	c.figure(at, "other", s.Other, of)
	c.optional(at, "three_steps_or_more", s.Further, of)
	c.optional(at, "cannot_tell", s.CannotTell, of)
	c.optional(at, "no_target", s.NoTarget, of)
}

func (c *cohortRows) cohort(r *CohortReport) {
	at := place{section: "cohort", id: r.Rubric.ID, title: r.Rubric.Title}
	c.value(at, "rubric_version", r.Rubric.Version, "")
	c.value(at, "min_group", strconv.Itoa(r.MinGroup), "")
	c.value(at, "rows_left_out", strconv.Itoa(r.LeftOut.Rows), "")
	c.figure(at, "people", r.People, "")
	if r.People.N == nil {
		return
	}
	of := strconv.Itoa(*r.People.N)
	c.standing(at, r.Standing, of)
	c.mean(at, r.MeanFit)
	at = place{section: "sheets"}
	c.part(at, "partial", r.Sheets.Partial)
	c.part(at, "stale", r.Sheets.Stale)
	c.part(at, "unverified", r.Sheets.Unverified)
}

func (c *cohortRows) grouping(g CohortGrouping) {
	for _, group := range g.Groups {
		at := place{section: "group", by: g.By, group: group.Value, title: group.Title}
		c.figure(at, "people", group.People, "")
		if group.People.N == nil {
			continue
		}
		of := strconv.Itoa(*group.People.N)
		c.mean(at, *group.MeanFit)
		if group.Standing != nil {
			c.standing(at, *group.Standing, of)
		}
		for _, m := range group.Missed {
			c.part(place{"group", g.By, group.Value, m.ID, m.Title}, "missed", m.People)
		}
	}
}

func (c *cohortRows) answers(r *CohortReport) {
	for _, a := range r.Areas {
		at := place{section: "area", id: a.ID, title: a.Title}
		c.figure(at, "below_floor", a.Below, "")
		c.figure(at, "holds", a.Holds, "")
		c.optional(at, "other", a.Other, "")
	}
	for _, s := range r.Competencies {
		at := place{section: "competency", id: s.ID, title: s.Title}
		c.part(at, "missed", s.Missed)
		c.part(at, "below_floor", s.BelowFloor)
		c.figure(at, "reached", s.Reached, "")
		c.optional(at, "other", s.Other, "")
		if s.MeanLevel != nil {
			c.value(at, "mean_level", s.MeanLevel.Decimal(1), "")
		}
	}
	for _, d := range r.Deciding {
		c.figure(place{section: "deciding", id: d.ID, title: d.Title}, d.Kind, Figure{N: &d.People, AtLeast: d.People, AtMost: &d.People}, "")
	}
	for _, g := range r.Growth {
		at := place{section: "growth", id: g.ID, title: g.Title}
		c.figure(at, fmt.Sprintf("to_level_%d", g.Level), Figure{N: &g.People, AtLeast: g.People, AtMost: &g.People}, "")
	}
	for _, f := range r.Few {
		c.value(place{section: "held_by_few", id: f.ID, title: f.Title}, "level", f.Level.Decimal(2), "")
	}
}
