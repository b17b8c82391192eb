package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// block is one part of a page that text and Markdown both can lay out. What it holds is safe to print already. The zero value is nothing.
type block struct {
	kind    blockKind
	text    string
	verdict string     // of a title: tints it
	rows    [][]string // of a table: the head first; the first column is a name, the others are figures
	spare   string     // of a table: the head of a column that is left out where there is no room for it
}

type blockKind int

const (
	noBlock blockKind = iota
	titleBlock
	headingBlock
	textBlock
	entryBlock
	tableBlock
)

// blocks are a page in the making. Empty texts are left out.
type blocks []block

func (b *blocks) add(kind blockKind, text string) {
	if text != "" {
		*b = append(*b, block{kind: kind, text: text})
	}
}

func (b *blocks) title(verdict, text string) {
	*b = append(*b, block{kind: titleBlock, text: text, verdict: verdict})
}
func (b *blocks) heading(text string) { b.add(headingBlock, text) }
func (b *blocks) para(text string)    { b.add(textBlock, text) }
func (b *blocks) entry(text string)   { b.add(entryBlock, text) }

func (b *blocks) table(rows ...[]string) { *b = append(*b, block{kind: tableBlock, rows: rows}) }

func (b *blocks) spareTable(spare string, rows ...[]string) {
	*b = append(*b, block{kind: tableBlock, rows: rows, spare: spare})
}

// withoutColumn leaves a column out of a table.
func withoutColumn(rows [][]string, head string) [][]string {
	at := slices.Index(rows[0], head)
	if at < 0 {
		return rows
	}
	left := make([][]string, len(rows))
	for i, row := range rows {
		left[i] = slices.Delete(slices.Clone(row), at, at+1)
	}
	return left
}

// blocks lays them out as text. What stands under a heading is set in.
func (p *page) blocks(all blocks) {
	indent := ""
	for i, it := range all {
		switch it.kind {
		case titleBlock:
			if i > 0 || p.Len() > 0 {
				p.gap()
			}
			indent = ""
			p.blockTitle(it)
		case headingBlock:
			p.heading(it.text)
			indent = "  "
		case textBlock:
			p.para(indent, it.text)
		case entryBlock:
			p.para(indent+"- ", it.text)
		case tableBlock:
			p.table(indent, it.rows, it.spare)
		case noBlock:
		}
	}
}

func (p *page) blockTitle(it block) {
	if it.verdict != "" {
		p.para("", p.tint(verdictColors[it.verdict], it.text))
		return
	}
	p.para("", p.bold(it.text))
}

// leastName is how many columns the names of a table need, if they are to be wrapped.
const leastName = 20

// table prints rows in columns where they fit, long names on several lines, and else one row to a paragraph: its name, and each figure with the head of
// its column. The spare column gives way before that.
func (p *page) table(indent string, rows [][]string, spare string) {
	widths, figures := make([]int, len(rows[0])), 0
	for column := range widths {
		for _, row := range rows {
			widths[column] = max(widths[column], ansi.StringWidth(row[column]))
		}
		if column > 0 {
			figures += 2 + widths[column]
		}
	}
	room := p.Width - len(indent) - figures - 1 // for inert
	if spare != "" && p.columns() && room < min(leastName, widths[0]) {
		p.table(indent, withoutColumn(rows, spare), "")
		return
	}
	if !p.columns() || room < min(leastName, widths[0]) {
		p.tableLines(indent, rows)
		return
	}
	widths[0] = min(widths[0], room)
	for i, row := range rows {
		names := strings.Split(Wrap(row[0], widths[0]), "\n")
		line := pad(inert(names[0]), widths[0])
		for column, cell := range row[1:] {
			line += "  " + strings.Repeat(" ", max(widths[column+1]-ansi.StringWidth(cell), 0)) + cell
		}
		line = strings.TrimRight(line, " ")
		if i == 0 {
			line = p.bold(line)
		}
		p.WriteString(indent + line + "\n")
		for _, name := range names[1:] {
			p.WriteString(strings.TrimRight(indent+inert(name), " ") + "\n")
		}
	}
}

func (p *page) tableLines(indent string, rows [][]string) {
	for _, row := range rows[1:] {
		var cells []string
		for column, cell := range row {
			if column > 0 && cell != "" {
				cells = append(cells, strings.TrimSpace(rows[0][column]+" "+cell))
			}
		}
		p.para(indent, row[0]+": "+strings.Join(cells, ", "))
	}
}

// markdownBlocks lays them out as Markdown.
func markdownBlocks(m *strings.Builder, all blocks) {
	before := noBlock
	for _, it := range all {
		if before != noBlock && (it.kind != before || it.kind == tableBlock) {
			m.WriteByte('\n')
		}
		before = it.kind
		switch it.kind {
		case titleBlock:
			fmt.Fprintf(m, "## %s\n", it.text)
		case headingBlock:
			fmt.Fprintf(m, "### %s\n", it.text)
		case textBlock:
			fmt.Fprintf(m, "%s\n", it.text)
		case entryBlock:
			fmt.Fprintf(m, "- %s\n", it.text)
		case tableBlock:
			markdownTable(m, it.rows)
		case noBlock:
		}
	}
}

func markdownTable(m *strings.Builder, rows [][]string) {
	for i, row := range rows {
		fmt.Fprintf(m, "| %s |\n", strings.Join(row, " | "))
		if i == 0 {
			fmt.Fprintf(m, "|---|%s\n", strings.Repeat("--:|", len(row)-1))
		}
	}
}
