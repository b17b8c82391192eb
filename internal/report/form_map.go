package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/pmpath/pmpath/internal/formmap"
)

// All words of the report on a proposed map.
const (
	mapSure      = "Sure"
	mapLook      = "Worth a look"
	mapUndecided = "For you to decide"
	mapUnread    = "Not read"
	mapMissing   = "Without a column"
	mapNotes     = "Also"

	mapMissingMeans = "These stay unanswered for everybody."
	mapNone         = "open"
)

// FormMap is what a proposed map makes of an export, ready to be printed, and at once the JSON form.
type FormMap struct {
	SchemaVersion int         `json:"schema_version"`
	Rubric        string      `json:"rubric"`
	Tool          string      `json:"tool"`
	People        int         `json:"people"`
	Undecided     int         `json:"undecided"`
	Dates         *string     `json:"dates"` // null where there are none, or nobody can tell
	Columns       []MapColumn `json:"columns"`
	Missing       []string    `json:"without_column"` // ids of questions and gates
	Notes         []string    `json:"notes"`

	name string // of the tool, for people
}

// MapColumn is one column of the export.
type MapColumn struct {
	Title     string      `json:"title"`
	Text      string      `json:"text,omitempty"` // what is asked, where the title is only a tag
	Line      int         `json:"line,omitempty"`
	Column    int         `json:"column,omitempty"`
	Cell      string      `json:"cell,omitempty"` // of a workbook, in place of line and column
	Is        *string     `json:"is"`             // of an undecided one: the likeliest
	Certainty string      `json:"certainty"`
	Why       string      `json:"why,omitempty"`
	Answers   []MapAnswer `json:"answers,omitempty"`
}

// MapAnswer is a text that stands in a column.
type MapAnswer struct {
	Text      string  `json:"text"`
	Count     int     `json:"count"`
	Means     *string `json:"means"` // open: no answer; null where nobody can tell
	Certainty string  `json:"certainty"`
	Why       string  `json:"why,omitempty"`
}

var certainties = map[formmap.Certainty]string{formmap.Certain: "sure", formmap.Near: "look", formmap.Open: "undecided"}

// NewFormMap fixes the words of a report on a proposal. clean makes text from outside safe for where it is printed; nil leaves it.
func NewFormMap(p *formmap.Proposal, clean func(string) string) *FormMap {
	if clean == nil {
		clean = func(text string) string { return text }
	}
	m := &FormMap{SchemaVersion: SchemaVersion, Rubric: p.Map.Rubric.Ref(), Tool: string(p.Map.Tool), name: p.Map.Tool.Name(), People: p.People, Undecided: p.Undecided(),
		Missing: append([]string{}, p.Missing...), Notes: append([]string{}, p.Notes...), Columns: []MapColumn{}}
	if p.Map.Dates != 0 {
		dates := p.Map.Dates.String()
		m.Dates = &dates
	}
	for _, f := range p.Columns {
		c := MapColumn{Title: clean(f.Title), Text: clean(f.Text), Line: f.At.Line, Column: f.At.Column, Certainty: certainties[f.Certainty], Why: clean(f.Why)}
		if f.At.Line == 0 { // "x.xlsx:Sheet1!C1"
			c.Cell = clean(f.At.File[strings.LastIndexByte(f.At.File, ':')+1:])
		}
		if f.About.Kind != 0 {
			word := f.About.Word(p.Map.Rubric)
			c.Is = &word
		}
		for _, a := range f.Answers {
			c.Answers = append(c.Answers, MapAnswer{clean(a.Text), a.Count, meansOf(a), certainties[a.Certainty], clean(a.Why)})
		}
		m.Columns = append(m.Columns, c)
	}
	return m
}

// meansOf is what an answer means, as maps say it; nil where nobody can tell.
func meansOf(a formmap.AnswerFinding) *string {
	means := a.Means
	switch {
	case means != "":
	case a.Certainty == formmap.Open:
		return nil
	default:
		means = mapNone
	}
	return &means
}

// FormMapText prints the report for people. next is what to do with it.
func FormMapText(w io.Writer, m *FormMap, next string, layout Layout) error {
	p := &page{Layout: layout}
	p.para("", fmt.Sprintf("Export of %s · %d %s · %d %s · %s", m.name, m.People, plural(m.People, "person", "people"), len(m.Columns), plural(len(m.Columns), "column", "columns"), m.Rubric))
	if m.Dates != nil {
		p.para("", "Dates are read as "+*m.Dates+".")
	}
	p.mapColumns(mapSure, m.sure())
	p.mapDoubts(mapLook, "look", m)
	p.mapDoubts(mapUndecided, "undecided", m)
	p.mapTitles(mapUnread, m.unread())
	if len(m.Missing) > 0 {
		p.heading(mapMissing)
		p.para("  ", strings.Join(m.Missing, ", "))
		p.para("  ", mapMissingMeans)
	}
	if len(m.Notes) > 0 {
		p.heading(mapNotes)
		for _, note := range m.Notes {
			p.para("  ", note)
		}
	}
	p.gap()
	p.para("", next)
	_, err := io.WriteString(w, p.String())
	return err
}

func (c *MapColumn) is() string {
	if c.Is == nil {
		return "not known"
	}
	return *c.Is
}

func (c *MapColumn) place() string {
	if c.Cell != "" {
		return "cell " + c.Cell
	}
	return fmt.Sprintf("line %d, column %d", c.Line, c.Column)
}

func (c *MapColumn) unread() bool { return c.is() == "not read" && c.Certainty != "undecided" }

// heading is the title, with what is asked.
func (c *MapColumn) heading() string {
	if c.Text == "" {
		return c.Title
	}
	return c.Title + ": " + c.Text
}

func (m *FormMap) sure() []MapColumn {
	var list []MapColumn
	for _, c := range m.Columns {
		if c.Certainty == "sure" && !c.unread() {
			list = append(list, c)
		}
	}
	return list
}

func (m *FormMap) unread() []string {
	var titles []string
	for _, c := range m.Columns {
		if c.unread() && c.Title != "" {
			titles = append(titles, c.Title)
		}
	}
	return titles
}

// mapColumns prints what is sure, a line for each column.
func (p *page) mapColumns(heading string, columns []MapColumn) {
	if len(columns) == 0 {
		return
	}
	p.heading(heading)
	width := 0
	for _, c := range columns {
		width = max(width, ansi.StringWidth(c.is()))
	}
	for _, c := range columns {
		switch line := c.is() + ": " + c.heading(); {
		case p.Plain, !p.columns() && ansi.StringWidth(line)+2 <= p.Width:
			p.para("  ", line)
			continue
		case !p.columns():
			p.para("  ", c.is()+":")
			p.para("    ", c.heading())
			continue
		}
		p.para("  "+c.is()+strings.Repeat(" ", width-ansi.StringWidth(c.is())+2), c.heading())
	}
}

// mapDoubts prints columns and answers of one certainty, with the reason.
func (p *page) mapDoubts(heading, certainty string, m *FormMap) {
	begun := false
	begin := func() {
		if !begun {
			p.heading(heading)
			begun = true
		}
	}
	for _, c := range m.Columns {
		if c.Certainty == certainty && !c.unread() {
			begin()
			perhaps := ""
			if certainty == "undecided" {
				perhaps = "perhaps "
			}
			p.para("  ", fmt.Sprintf("%s%s: the column %q, %s: %s", perhaps, c.is(), c.Title, c.place(), c.Why))
		}
		if c.Certainty == "undecided" && certainty == "look" {
			continue // all of it is to be decided
		}
		for _, a := range c.Answers {
			if a.Certainty != certainty {
				continue
			}
			begin()
			means := ""
			if certainty == "look" {
				means = " as " + *a.Means
			}
			p.para("  ", fmt.Sprintf("%s: the answer %q (%s)%s: %s", c.is(), a.Text, timesWord(a.Count), means, a.Why))
		}
	}
}

func timesWord(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

func (p *page) mapTitles(heading string, titles []string) {
	if len(titles) == 0 {
		return
	}
	p.heading(heading)
	for i, title := range titles {
		titles[i] = strings.TrimRight(title, ".")
	}
	p.para("  ", strings.Join(titles, "; "))
}
