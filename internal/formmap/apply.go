package formmap

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/pmpath/pmpath/internal/document"
)

// People are those of an export, as the table of package intake: a row for each of them on the line of the same number as in the export, so that what is
// found out later has the right line, and empty lines between.
type People struct {
	Table    []byte
	LeftOut  int               // people with a problem; they are not in the table
	Problems document.Problems // what is wrong with them

	Names map[int]document.Position // by line, where the person is named
}

// Apply reads an export. Titles that the map does not have, or lacks, are the error, as document.Problems; what is wrong with single people is in People.
func (m *Map) Apply(t *Table) (*People, error) {
	a := &applier{Map: m, table: t}
	a.findColumns()
	if err := a.problems.Err(); err != nil {
		return nil, err
	}
	return a.people()
}

type applier struct {
	*Map
	table    *Table
	problems document.Problems
	used     []use               // by number of the column in the export
	output   []About             // columns of the table
	answers  []map[string]string // of the columns of the export, by normal text
	looked   []map[string]string // the same by the text as it stands, as it is met
}

// use is what a column of the export is for.
type use struct {
	column *Column // nil for one without a title
	output int     // place in the table; -1 for none
}

// findColumns matches the titles of the export with those of the map, in both directions.
func (a *applier) findColumns() {
	at := a.table.At(1, 1)
	if len(a.table.Rows) <= a.Header {
		a.problems.Add(at, "", "nobody is in the export", fmt.Sprintf("the map says that %s above the first person", rowsWord(a.Header)))
		return
	}
	titles := a.table.Rows[a.Titles-1].Cells
	at = a.table.at(titles[0])
	byTitle := map[string]*Column{}
	var known []string
	for i := range a.Columns {
		for _, title := range a.Columns[i].titles() {
			byTitle[title] = &a.Columns[i]
			known = append(known, title)
		}
	}
	a.layOut()
	taken := map[*Column]int{}
	for i, cell := range titles {
		title := normal(cell.Text)
		c, ok := byTitle[title]
		switch {
		case title == "":
			a.used = append(a.used, use{nil, -1})
			a.answers, a.looked = append(a.answers, nil), append(a.looked, nil)
			continue
		case !ok:
			a.problems.Add(a.table.at(cell), "", fmt.Sprintf("the map has no column %q", clip(oneLine(cell.Text))), a.advice(title, known))
			continue
		case c.About.Kind.single() && taken[c] > 0:
			a.problems.Add(a.table.at(cell), "", fmt.Sprintf("columns %d and %d both have a title of %q in the map", taken[c], i+1, c.About.Word(a.Rubric)),
				"give one of them another title in the form")
			continue
		}
		taken[c] = i + 1
		a.used = append(a.used, use{c, a.place(c.About)})
		a.answers, a.looked = append(a.answers, answersByText(c)), append(a.looked, map[string]string{})
	}
	for i := range a.Columns {
		if c := &a.Columns[i]; taken[c] == 0 {
			a.problems.Add(at, "", fmt.Sprintf("the export has no column %q, which the map takes for %q", clip(c.Title), c.About.Word(a.Rubric)),
				fmt.Sprintf("take it out of the map (%s), or look whether this is the right export", c.At))
		}
	}
}

func rowsWord(n int) string {
	if n == 1 {
		return "1 row stands"
	}
	return fmt.Sprintf("%d rows stand", n)
}

// advice names what is close to an unknown text.
func (a *applier) advice(text string, known []string) string {
	if close := closest(text, known); close != "" {
		return fmt.Sprintf("it is like %q; write it into the map, or mend the form", clip(close))
	}
	return "add it to the map, as \"not read\" where it is no question, or propose a map anew"
}

func closest(text string, known []string) string {
	best, least := "", 0
	for _, k := range known {
		if edits, ok := near(text, k); ok && (best == "" || edits < least) {
			best, least = k, edits
		}
	}
	return best
}

// clip shortens what is only shown.
func clip(text string) string {
	const most = 80
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most-1]) + "…"
}

func answersByText(c *Column) map[string]string {
	if !c.About.Kind.chosen() {
		return nil
	}
	means := map[string]string{}
	for _, answer := range c.Answers {
		means[normal(answer.Text)] = answer.Means
	}
	return means
}

// layOut chooses the columns of the table. The first is never the name, as a line that begins with # would pass for help.
func (a *applier) layOut() {
	a.output = []About{{Kind: Date}, {Kind: Name}}
	for i := range a.Columns {
		switch about := a.Columns[i].About; about.Kind {
		case Date, Name, Ignored, Empty:
		default:
			a.output = append(a.output, about)
		}
	}
}

func (a *applier) place(about About) int {
	for i, out := range a.output {
		if out == about {
			return i
		}
	}
	return -1
}

// people reads the rows.
func (a *applier) people() (*People, error) {
	p := &People{Names: map[int]document.Position{}}
	var out bytes.Buffer
	header := make([]string, len(a.output))
	for i, about := range a.output {
		header[i] = about.Word(a.Rubric)
	}
	line := 1
	if err := writeRow(&out, header); err != nil {
		return nil, err
	}
	for _, row := range a.table.Rows[a.Header:] {
		before := len(a.problems)
		cells := a.person(row)
		if len(a.problems) > before {
			p.LeftOut++
			continue
		}
		p.Names[row.Line] = a.nameAt(row)
		for ; line < row.Line-1; line++ {
			out.WriteByte('\n')
		}
		if err := writeRow(&out, cells); err != nil {
			return nil, err
		}
		line++
	}
	p.Table, p.Problems = out.Bytes(), a.problems
	return p, nil
}

// nameAt is where a person is named, who is.
func (a *applier) nameAt(row Row) document.Position {
	for i, u := range a.used {
		if u.column != nil && u.column.About.Kind == Name {
			return a.table.at(row.Cells[i])
		}
	}
	return a.table.At(row.Line, 1)
}

func writeRow(out *bytes.Buffer, cells []string) error {
	w := csv.NewWriter(out)
	if err := w.Write(cells); err != nil {
		return fmt.Errorf("write a row: %w", err)
	}
	w.Flush()
	return w.Error()
}

// person reads one row.
func (a *applier) person(row Row) []string {
	cells := make([]string, len(a.output))
	for i, cell := range row.Cells {
		text := strings.TrimSpace(cell.Text)
		if text == "" {
			continue
		}
		if i >= len(a.used) {
			a.complain(cell, "", fmt.Sprintf("this row has more cells than there are titles (%d)", len(a.used)), "look at the row; a quote may be missing")
			break
		}
		u := a.used[i]
		if u.column == nil {
			a.complain(cell, "", "this column has no title", "give it one, or delete it")
			continue
		}
		if value := a.value(u, i, cell, text); u.output >= 0 {
			cells[u.output] = value
		}
	}
	if cells[a.place(About{Kind: Name})] == "" {
		a.problems.Add(a.table.At(row.Line, 1), "name", "nobody is named here", "write a name or a number that nobody else has")
	}
	return cells
}

func (a *applier) complain(cell Cell, path, what, do string) {
	a.problems.Add(a.table.at(cell), path, what, do)
}

// value reads one cell that is not empty.
func (a *applier) value(u use, i int, cell Cell, text string) string {
	about := u.column.About
	path := about.Word(a.Rubric)
	switch {
	case about.Kind == Ignored:
		return ""
	case about.Kind == Empty:
		a.complain(cell, clip(u.column.Title), fmt.Sprintf("%q is an answer of somebody's own, and no level", clip(oneLine(text))), "ask what is meant and choose an answer for it")
		return ""
	case about.Kind == Date, about.Kind == GateDate:
		day, ok := a.table.day(a.Dates, text)
		if !ok {
			a.complain(cell, path, fmt.Sprintf("%q is no day written as %s", clip(text), a.Dates), "write it like "+a.Dates.example()+", or change \"dates\" in the map")
		}
		return day.String()
	case about.Kind.chosen():
		means, ok := a.looked[i][text]
		if !ok {
			key := normal(text)
			if means, ok = a.answers[i][key]; ok {
				a.looked[i][text] = means
			} else {
				a.complain(cell, path, fmt.Sprintf("the map has no answer %q", clip(oneLine(text))), a.answerAdvice(key, u.column))
			}
		}
		if about.Kind == Item && means == notApplicable {
			return "n/a"
		}
		return means
	}
	if what, do := faultyText(text, about.Kind); what != "" {
		a.complain(cell, path, what, do)
	}
	return text
}

func (a *applier) answerAdvice(key string, c *Column) string {
	known := make([]string, len(c.Answers))
	for i, answer := range c.Answers {
		known[i] = normal(answer.Text)
	}
	if like := closest(key, known); like != "" {
		for _, answer := range c.Answers {
			if normal(answer.Text) == like {
				return fmt.Sprintf("it is like %q (%s); list it in the map at %s, or mend the cell", clip(answer.Text), wordOf(answer.Means), c.At)
			}
		}
	}
	return fmt.Sprintf("list it in the map at %s under what it means, or mend the cell", c.At)
}

func wordOf(means string) string {
	if means == "" {
		return open
	}
	return means
}

// faultyText says what is wrong with a text of one line, by the limits of package intake.
func faultyText(text string, kind Kind) (what, do string) {
	for _, r := range text {
		switch {
		case r == '\n' || r == '\r':
			return "this text has a line break", "write it on one line"
		case r == '\t' || document.Forbidden(r):
			return fmt.Sprintf("the control character U+%04X is not allowed", r), "remove it"
		}
	}
	most := maxCell
	if kind == Name || kind == Team {
		most = maxField
	}
	if utf8.RuneCountInString(text) > most {
		return fmt.Sprintf("this text is longer than %d characters", most), "shorten it"
	}
	return "", ""
}
