package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/pmpath/pmpath/internal/readiness"
)

// WhatIf is one sheet before and after some changes, ready to be printed, and at once the JSON form.
type WhatIf struct {
	SchemaVersion int          `json:"schema_version"`
	Changes       []Difference `json:"changes"` // what was changed for a try
	Targets       []Compared   `json:"targets"`
	Before        *Report      `json:"before"`
	After         *Report      `json:"after"`
}

// Compared is one role before and after.
type Compared struct {
	Target Ref          `json:"target"`
	Rows   []Difference `json:"rows"`
	Moved  []Difference `json:"conditions_that_change"`
	Same   int          `json:"conditions_that_stay"`
	Short  []string     `json:"still_short"` // of those that stay
	Open   []string     `json:"still_open"`
}

// Difference is something before and after, in words.
type Difference struct {
	What   string `json:"what"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// NewWhatIf compares two assessments of the same roles, the second one of a changed copy of the sheet.
func NewWhatIf(before, after *readiness.Assessment, opts Options) *WhatIf {
	b := newBuilder(before.Sheet, opts)
	w := &WhatIf{SchemaVersion: SchemaVersion, Changes: []Difference{}, Targets: []Compared{}, Before: New(before, opts), After: New(after, opts)}
	for i, item := range b.sheet.Rubric.Items {
		if was, is := before.Sheet.Answers[i], after.Sheet.Answers[i]; was != is {
			w.Changes = append(w.Changes, Difference{b.clean(item.Competency.Title) + " (" + item.ID + ")", levelOrState(was), levelOrState(is)})
		}
	}
	for i, gate := range b.sheet.Rubric.Gates {
		if was, is := before.Sheet.Gates[i], after.Sheet.Gates[i]; was != is {
			w.Changes = append(w.Changes, Difference{b.clean(gate.Title) + " (" + gate.ID + ")",
				gateAnswerWords(was, gate, before.Sheet.Date), gateAnswerWords(is, gate, after.Sheet.Date)})
		}
	}
	for i := range w.Before.Targets {
		w.Targets = append(w.Targets, compare(w.Before.Targets[i], w.After.Targets[i]))
	}
	return w
}

func compare(before, after Target) Compared {
	c := Compared{Target: before.Stage, Moved: []Difference{}, Short: []string{}, Open: []string{}}
	c.Rows = []Difference{
		{"Verdict", verdictState(before), verdictState(after)},
		{"Conditions that hold", holdWords(before.Tally), holdWords(after.Tally)},
		{"Steps away", awayWords(before), awayWords(after)},
		{fitTitle, pointsWords(before.Fit), pointsWords(after.Fit)},
	}
	for i, area := range before.Areas {
		c.Rows = append(c.Rows, Difference{area.Title, pointsWords(area.Share), pointsWords(after.Areas[i].Share)})
	}
	for i, was := range before.Criteria {
		if is := after.Criteria[i]; scoreWords(was) != scoreWords(is) {
			c.Rows = append(c.Rows, Difference{was.Title, scoreWords(was), scoreWords(is)})
		}
	}
	for _, key := range conditionKeys(before, after) {
		was, is := conditionAt(before, key), conditionAt(after, key)
		switch {
		case was != nil && is != nil && was.Outcome == is.Outcome:
			c.Same++
			c.still(is)
		case was != nil:
			c.Moved = append(c.Moved, Difference{was.Title, conditionState(was), conditionState(is)})
		default:
			c.Moved = append(c.Moved, Difference{is.Title, conditionState(was), conditionState(is)})
		}
	}
	return c
}

// still counts a condition that stays as it is and does not hold.
func (c *Compared) still(it *Condition) {
	switch it.Outcome {
	case "fails":
		c.Short = append(c.Short, it.Title)
	case "open":
		c.Open = append(c.Open, it.Title)
	}
}

// overall is how many rows say where the whole role stands. The others are about its parts.
const overall = 4

// changed are the rows to be shown: the whole, and of the parts those that change.
func (c *Compared) changed() []Difference {
	rows := slices.Clone(c.Rows[:overall])
	for _, row := range c.Rows[overall:] {
		if row.Before != row.After {
			rows = append(rows, row)
		}
	}
	return rows
}

// conditionKey tells conditions of one role apart.
type conditionKey struct{ kind, id string }

// conditionKeys are those of both sides in order: what is not applicable on one side is no condition there.
func conditionKeys(before, after Target) []conditionKey {
	var keys []conditionKey
	for _, c := range before.Conditions {
		keys = append(keys, conditionKey{c.Kind, c.ID})
	}
	for _, c := range after.Conditions {
		if key := (conditionKey{c.Kind, c.ID}); conditionAt(before, key) == nil {
			keys = append(keys, key)
		}
	}
	return keys
}

func conditionAt(t Target, key conditionKey) *Condition {
	for i := range t.Conditions {
		if c := &t.Conditions[i]; c.Kind == key.kind && c.ID == key.id {
			return c
		}
	}
	return nil
}

// WhatIfText prints the comparison for people: in columns where there is room, one line below the other elsewhere.
func WhatIfText(w io.Writer, r *WhatIf, layout Layout) error {
	p := &page{Layout: layout}
	p.para("", p.bold(whatIfTitle))
	p.differences(r.Changes, noChange)
	for _, t := range r.Targets {
		p.heading(t.Target.Title)
		p.differences(t.changed(), "")
		p.heading(movedHeading)
		p.differences(t.Moved, noneMoves)
		p.para("", staySentence(t))
	}
	p.gap()
	p.para("", nothingStored)
	_, err := io.WriteString(w, p.String())
	return err
}

// sideBySide is the width from which before and after are columns.
const sideBySide = 100

func (p *page) differences(rows []Difference, none string) {
	if len(rows) == 0 {
		p.para("  ", none)
		return
	}
	what, before, after := 0, ansi.StringWidth("before"), ansi.StringWidth("after")
	for _, row := range rows {
		what, before, after = max(what, ansi.StringWidth(row.What)), max(before, ansi.StringWidth(row.Before)), max(after, ansi.StringWidth(row.After))
	}
	if p.Plain || p.Width < sideBySide || 2+what+2+before+2+after > p.Width {
		for _, row := range rows {
			p.para("  ", row.What+": "+p.change(row))
		}
		return
	}
	p.para("  ", pad("", what+2)+pad("before", before+2)+"after")
	for _, row := range rows {
		p.para("  ", pad(row.What, what+2)+pad(row.Before, before+2)+p.after(row))
	}
}

// change says both sides in one line, or one where they are the same.
func (p *page) change(d Difference) string {
	switch {
	case d.Before == d.After:
		return "still " + d.Before
	case p.Plain:
		return "before: " + d.Before + "; after: " + d.After
	}
	return d.Before + " → " + p.after(d)
}

func (p *page) after(d Difference) string {
	if d.Before == d.After {
		return d.After
	}
	return p.bold(d.After)
}

// WhatIfMarkdown prints the comparison for a pull request or a page.
func WhatIfMarkdown(w io.Writer, r *WhatIf) error {
	m := &strings.Builder{}
	fmt.Fprintf(m, "## %s\n", whatIfTitle)
	markdownDifferences(m, "Tried", r.Changes, noChange)
	for _, t := range r.Targets {
		markdownDifferences(m, t.Target.Title, t.changed(), "")
		markdownDifferences(m, movedHeading, t.Moved, noneMoves)
		fmt.Fprintf(m, "\n%s\n", staySentence(t))
	}
	fmt.Fprintf(m, "\n_%s_\n", nothingStored)
	_, err := io.WriteString(w, m.String())
	return err
}

func markdownDifferences(m *strings.Builder, heading string, rows []Difference, none string) {
	if len(rows) == 0 {
		fmt.Fprintf(m, "\n**%s**: %s\n", heading, none)
		return
	}
	fmt.Fprintf(m, "\n| %s | before | after |\n|---|---|---|\n", heading)
	for _, row := range rows {
		after := row.After
		if row.Before != row.After {
			after = "**" + after + "**"
		}
		fmt.Fprintf(m, "| %s | %s | %s |\n", row.What, row.Before, after)
	}
}
