package cohort_test

import (
	"fmt"
	"testing"

	"github.com/pmpath/pmpath/internal/cohort"
	"github.com/pmpath/pmpath/rubrics"
)

// A million people in 5,000 teams and all stages of the shipped rubric.
func BenchmarkPublish(b *testing.B) {
	r, err := rubrics.Load("product-management")
	if err != nil {
		b.Fatal(err)
	}
	s := &cohort.Summary{Rubric: r, By: []string{"team", "stage"}}
	next := uint32(1)
	roll := func(n int) int {
		next = next*1664525 + 1013904223
		return int(next>>16) % n
	}
	s.Total.Gaps = make([]int, len(r.Competencies))
	for _, c := range r.Competencies {
		s.Competencies = append(s.Competencies, cohort.CompetencySpread{Competency: c})
	}
	for team := range 5000 {
		for _, stage := range r.Stages {
			c := cohort.Counts{Ready: roll(3), OneStep: roll(3), TwoSteps: roll(4), Further: roll(30), CannotTell: roll(3), Gaps: make([]int, len(r.Competencies))}
			c.People = c.Ready + c.OneStep + c.TwoSteps + c.Further + c.CannotTell
			for i := range c.Gaps {
				c.Gaps[i] = roll(c.People + 1)
				s.Competencies[i].Gap += c.Gaps[i]
				s.Competencies[i].Reaches += c.People - c.Gaps[i]
				s.Total.Gaps[i] += c.Gaps[i]
			}
			c.FitPercents = c.People * 50
			s.Cells = append(s.Cells, cohort.Cell{Values: []string{fmt.Sprint("team ", team), stage.ID}, Counts: c})
			s.Total.People += c.People
			s.Total.Ready += c.Ready
			s.Total.OneStep += c.OneStep
			s.Total.TwoSteps += c.TwoSteps
			s.Total.Further += c.Further
			s.Total.CannotTell += c.CannotTell
			s.Total.FitPercents += c.FitPercents
		}
	}
	for b.Loop() {
		s.Publish(5)
	}
}
