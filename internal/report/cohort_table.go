package report

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// textTable is a table with a column of names and columns of figures. Every row can be said in words, too.
type textTable struct {
	head   []string
	rows   [][]string
	spoken [][]string // by row, without the name

	lastIsText bool // the last column holds no figures
}

func (t *textTable) add(row, spoken []string) {
	t.rows = append(t.rows, row)
	t.spoken = append(t.spoken, spoken)
}

// leastName is how many columns the names need at least; where there are fewer, the table becomes lines.
const leastName = 16

// table prints columns, or lines where there is no room for columns. A column that is empty throughout is left out. Under it stand the signs that it uses.
func (p *page) table(t *textTable, k int) {
	if len(t.rows) == 0 {
		return
	}
	t.dropEmpty()
	widths := t.widths()
	rest := 2
	for _, width := range widths[1:] {
		rest += 2 + width
	}
	if p.Plain {
		for i, row := range t.rows {
			p.para("  ", row[0]+": "+strings.Join(t.spoken[i], "; "))
		}
		return
	}
	if !p.columns() || p.Width-rest < min(leastName, widths[0]) {
		for _, row := range t.rows {
			p.para("  ", row[0])
			p.para("    ", t.labelled(row))
		}
		p.key(t, k)
		return
	}
	widths[0] = min(widths[0], p.Width-rest)
	p.tableRow(t.head, widths)
	for _, row := range t.rows {
		p.tableRow(row, widths)
	}
	p.key(t, k)
}

// key explains the signs in the table.
func (p *page) key(t *textTable, k int) {
	for _, sentence := range keySentences(k, t.uses) {
		p.para("  ", sentence)
	}
}

// labelled is the figures of a row with their headings; several that are hidden for the same reason have one.
func (t *textTable) labelled(row []string) string {
	var parts []string
	hidden := 0
	for _, cell := range row[1:] {
		if cell == "–" {
			hidden++
		}
	}
	for c, cell := range row[1:] {
		switch {
		case cell == "":
		case cell == "–" && hidden > 1:
			if len(parts) == 0 || parts[len(parts)-1] != othersHidden {
				parts = append(parts, othersHidden)
			}
		default:
			parts = append(parts, strings.ReplaceAll(t.head[c+1]+" "+cell, " ", space)) // one line for both
		}
	}
	return strings.Join(parts, " · ")
}

func (t *textTable) dropEmpty() {
	for c := len(t.head) - 1; c > 0; c-- {
		if !slices.ContainsFunc(t.rows, func(row []string) bool { return row[c] != "" }) {
			t.lastIsText = t.lastIsText && c < len(t.head)-1
			t.head = slices.Delete(slices.Clone(t.head), c, c+1)
			for i, row := range t.rows {
				t.rows[i] = slices.Delete(row, c, c+1)
			}
		}
	}
}

func (t *textTable) widths() []int {
	widths := make([]int, len(t.head))
	for _, row := range append([][]string{t.head}, t.rows...) {
		for c, cell := range row {
			widths[c] = max(widths[c], ansi.StringWidth(cell))
		}
	}
	return widths
}

// tableRow prints names to the left and figures to the right.
func (p *page) tableRow(row []string, widths []int) {
	text := "  " + pad(ansi.Truncate(inert(row[0]), widths[0], "…"), widths[0])
	for c, cell := range row[1:] {
		text += "  " + strings.Repeat(" ", max(widths[c+1]-ansi.StringWidth(cell), 0)) + cell
	}
	p.line(text)
}

// uses says whether a sign stands among the figures.
func (t *textTable) uses(sign string) bool {
	last := len(t.head)
	if t.lastIsText {
		last--
	}
	return slices.ContainsFunc(t.rows, func(row []string) bool {
		return slices.ContainsFunc(row[1:last], func(cell string) bool { return strings.Contains(cell, sign) })
	})
}
