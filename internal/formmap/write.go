package formmap

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/pmpath/pmpath/internal/sanitize"
)

// YAML writes the map of a proposal, with what it is not sure of as comments. What Read makes of it is the same map.
func (p *Proposal) YAML() []byte {
	w := &mapWriter{}
	w.line("# What the columns of an export of %s are, and what its answers mean, proposed by pmpath cohort map.", p.Map.Tool.Name())
	w.line("# Look at it once; exports of the same form are then read with --map. Nothing in them is guessed: a title or an answer")
	w.line("# that is not listed here is refused. Letter case, spaces and marks between words do not matter.")
	for _, note := range p.Notes {
		w.line("# Look: %s", comment(note))
	}
	w.head(p.Map)
	found := map[string]Finding{}
	for _, f := range p.Columns {
		if _, twice := found[normal(f.Title)]; !twice {
			found[normal(f.Title)] = f
		}
	}
	for _, c := range p.Map.Columns {
		f := found[normal(c.Title)]
		w.column(p.Map, c, f)
	}
	for _, f := range p.Columns {
		if f.Certainty == Open {
			w.undecided(p.Map, f)
		}
	}
	return w.Bytes()
}

// YAML writes the map alone.
func (m *Map) YAML() []byte {
	w := &mapWriter{}
	w.head(m)
	for _, c := range m.Columns {
		w.column(m, c, Finding{})
	}
	return w.Bytes()
}

type mapWriter struct{ bytes.Buffer }

func (w *mapWriter) line(format string, args ...any) {
	fmt.Fprintf(w, format+"\n", args...)
}

// quoted writes a text as JSON does, which YAML reads as the same text.
func quoted(text string) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text) // a string always can be
	return strings.TrimSuffix(b.String(), "\n")
}

// comment makes a text safe for the rest of a line.
func comment(text string) string { return sanitize.Line(text) }

func (w *mapWriter) head(m *Map) {
	w.line("pmpath: %d", Format)
	w.line("rubric: %s", m.Rubric.Ref())
	w.line("tool: %s", m.Tool)
	if m.Header != 1 || m.Titles != 1 {
		w.line("header: {rows: %d, titles: %d}", m.Header, m.Titles)
	}
	if m.Dates != 0 {
		w.line("dates: %s", m.Dates)
	} else {
		w.line("# dates: month-day-year, or day-month-year or year-month-day")
	}
	w.line("columns:")
}

func (w *mapWriter) column(m *Map, c Column, f Finding) {
	if f.Certainty == Near && c.About.Kind != Ignored {
		w.line("  # look: %s", comment(f.Why))
	}
	if f.Text != "" && normal(f.Text) != normal(c.Title) && c.About.Kind != Ignored {
		w.line("  # %s", comment(f.Text))
	}
	w.line("  - title: %s", quoted(c.Title))
	if c.Also != "" {
		w.line("    also: %s", quoted(c.Also))
	}
	switch c.About.Kind {
	case Field:
		w.line("    field: %s", quoted(c.About.Field))
		return
	default:
		w.line("    is: %s", c.About.Word(m.Rubric))
	}
	if !c.About.Kind.chosen() {
		return
	}
	w.line("    answers:")
	w.answers(c, f)
}

func (w *mapWriter) answers(c Column, f Finding) {
	near := map[string]string{}
	for _, a := range f.Answers {
		if a.Certainty == Near {
			near[normal(a.Text)] = a.Why
		}
	}
	last := "?" // no meaning
	for _, a := range c.Answers {
		if a.Means != last {
			word := a.Means
			if word == "" {
				word = open
			}
			w.line("      %s:", word)
			last = a.Means
		}
		if why, ok := near[normal(a.Text)]; ok {
			w.line("        - %s # look: %s", quoted(a.Text), comment(why))
			continue
		}
		w.line("        - %s", quoted(a.Text))
	}
	for _, a := range f.Answers {
		if a.Certainty == Open {
			w.line("      # not decided, %s: %s – %s", times(a.Count), comment(a.Text), comment(a.Why))
		}
	}
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// undecided writes a column that a person has to decide about as a comment, in the words of the map, to be taken in by removing the marks.
func (w *mapWriter) undecided(m *Map, f Finding) {
	w.line("  # not decided: %s", comment(f.Why))
	var lines mapWriter
	lines.column(m, f.column, Finding{Answers: f.Answers, Text: f.Text})
	for line := range strings.Lines(lines.String()) {
		w.line("  # %s", strings.TrimPrefix(strings.TrimSuffix(line, "\n"), "  "))
	}
}
