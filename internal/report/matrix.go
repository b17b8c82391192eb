package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// The matrix of competencies and stages: the level that each stage asks for, with a star at a must-have and a dash where it asks
// nothing.

// MatrixText prints the matrix in columns, as many stages to a block as the width has room for.
func MatrixText(w io.Writer, r *rubric.Rubric, layout Layout) error {
	p := &page{Layout: layout}
	p.para("", "Level that each stage asks for; * marks a must-have, – what a stage does not ask.")
	stages := askingStages(r)
	if !layout.columns() {
		p.matrixLines(r, stages)
	}
	for layout.columns() && len(stages) > 0 {
		fits := p.matrixBlock(r, stages)
		stages = stages[fits:]
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func askingStages(r *rubric.Rubric) []*rubric.Stage {
	var stages []*rubric.Stage
	for _, stage := range r.Stages {
		if len(stage.Criteria) > 0 {
			stages = append(stages, stage)
		}
	}
	return stages
}

// matrixBlock prints a block of columns and returns how many stages it holds, at least one.
func (p *page) matrixBlock(r *rubric.Rubric, stages []*rubric.Stage) int {
	first := 0
	for _, c := range r.Competencies {
		first = max(first, 2+ansi.StringWidth(sanitize.Line(c.Title)))
	}
	first = min(first, p.Width/2)
	head, used, fits := pad("", first), first, 0
	for _, stage := range stages {
		if fits > 0 && used+2+len(stage.ID) > p.Width {
			break
		}
		head += "  " + stage.ID
		used += 2 + len(stage.ID)
		fits++
	}
	p.gap()
	p.line(p.bold(head))
	for i, c := range r.Competencies {
		if i == 0 || r.Competencies[i-1].Area != c.Area {
			p.line(ansi.Truncate(sanitize.Line(c.Area.Title), p.Width, "…"))
		}
		row := pad(ansi.Truncate("  "+sanitize.Line(c.Title), first, "…"), first)
		for _, stage := range stages[:fits] {
			row += "  " + pad(cell(stage, c), len(stage.ID))
		}
		p.line(row)
	}
	return fits
}

func (p *page) line(text string) { p.WriteString(strings.TrimRight(inert(text), " ") + "\n") }

// matrixLines is the matrix for narrow screens and screen readers.
func (p *page) matrixLines(r *rubric.Rubric, stages []*rubric.Stage) {
	for _, c := range r.Competencies {
		p.heading(sanitize.Line(c.Title))
		for _, stage := range stages {
			if stage.Criterion(c) != nil {
				p.para("  ", stage.ID+": "+cell(stage, c))
			}
		}
	}
}

func cell(stage *rubric.Stage, c *rubric.Competency) string {
	criterion := stage.Criterion(c)
	switch {
	case criterion == nil:
		return "–"
	case criterion.Must:
		return criterion.Level.Text() + "*"
	}
	return criterion.Level.Text()
}

// MatrixMarkdown prints the matrix as a table.
func MatrixMarkdown(w io.Writer, r *rubric.Rubric) error {
	stages := askingStages(r)
	m := &strings.Builder{}
	fmt.Fprintf(m, "| Competency | %s |\n|---|%s\n", strings.Join(stageIDs(stages), " | "), strings.Repeat("--:|", len(stages)))
	for _, c := range r.Competencies {
		fmt.Fprintf(m, "| %s |", sanitize.Markdown(c.Title))
		for _, stage := range stages {
			fmt.Fprintf(m, " %s |", strings.ReplaceAll(cell(stage, c), "*", `\*`))
		}
		m.WriteByte('\n')
	}
	m.WriteString("\n\\* must-have, – not asked\n")
	_, err := io.WriteString(w, m.String())
	return err
}

// MatrixCSV prints the matrix for spreadsheets: ids and levels, and for each stage whether the competency is a must-have.
func MatrixCSV(w io.Writer, r *rubric.Rubric) error {
	out := csv.NewWriter(w)
	header := []string{"area", "competency"}
	stages := askingStages(r)
	for _, stage := range stages {
		header = append(header, stage.ID, stage.ID+" must")
	}
	rows := [][]string{header}
	for _, c := range r.Competencies {
		row := []string{c.Area.ID, c.ID}
		for _, stage := range stages {
			level, must := "", ""
			if criterion := stage.Criterion(c); criterion != nil {
				level, must = criterion.Level.Text(), "no"
				if criterion.Must {
					must = "yes"
				}
			}
			row = append(row, level, must)
		}
		rows = append(rows, row)
	}
	return out.WriteAll(rows)
}
