package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// Instrument prints what a rubric is made of.
func Instrument(w io.Writer, r *rubric.Rubric, layout Layout) error {
	p := &page{Layout: layout}
	p.para("", p.bold(sanitize.Line(r.Title)+" "+r.Version+" ("+r.ID+")"))
	p.para("", sanitize.Line(r.About))
	p.para("Digest: ", r.Digest)
	for _, scale := range r.Scales {
		p.heading("Levels")
		for _, level := range scale.Levels {
			p.para(fmt.Sprintf("  %d ", level.Level), sanitize.Line(level.Label+": "+level.Means))
		}
	}
	p.heading("Rule")
	for _, constant := range []struct {
		words string
		text  func(fraction.Fraction) string
		cut   rubric.Cut
	}{
		{"Share of all points that is enough", share, r.Rule.ReadyAt},
		{"Share of the points that is needed in each area", share, r.Rule.AreaFloor},
		{"Levels that a score may stay below a criterion", fraction.Fraction.Text, r.Rule.MaxShortfall},
		{"The same for a must-have", fraction.Fraction.Text, r.Rule.MustShortfall},
		{"Levels below the requirement over which points are earned", fraction.Fraction.Text, r.Rule.Span},
		{"Share of an area that must be assessed", share, r.Rule.Assessed},
	} {
		p.para("  ", fmt.Sprintf("%s: %s", constant.words, constant.text(constant.cut.At)))
		p.para("    ", sanitize.Line(constant.cut.Why))
	}
	for _, area := range r.Areas {
		p.heading(sanitize.Line(area.Title))
		for _, c := range area.Competencies {
			p.para("  ", fmt.Sprintf("%s (%s), %d %s", sanitize.Line(c.Title), c.ID, len(c.Items), plural(len(c.Items), "question", "questions")))
		}
	}
	_, err := io.WriteString(w, p.String())
	return err
}

// share is in percent as in reports, or a fraction where that would not be exact.
func share(f fraction.Fraction) string {
	if percent := f.Mul(fraction.Int(100)); percent.IsInt() {
		return percent.Text() + " %"
	}
	return f.Text()
}

// Competency prints a competency with its questions, anchors and growth steps.
func Competency(w io.Writer, c *rubric.Competency, layout Layout) error {
	p := &page{Layout: layout}
	p.para("", p.bold(sanitize.Line(c.Title)+" ("+c.ID+", "+sanitize.Line(c.Area.Title)+")"))
	p.para("", sanitize.Line(c.About))
	for _, item := range c.Items {
		p.heading(sanitize.Line(item.Ask))
		p.para("  ", itemNotes(item))
		for _, level := range c.Scale.Levels {
			text := item.Anchors[level.Level-c.Scale.Lo()]
			if text == "" { // the lowest level without words of its own: those of the scale are the same for every question
				text = level.Label
			}
			p.para(fmt.Sprintf("  %d ", level.Level), sanitize.Line(text))
		}
		p.para("  Evidence: ", sanitize.Line(item.Evidence))
	}
	for _, growth := range c.Grow {
		p.heading(fmt.Sprintf("Getting to level %d", growth.Level))
		for _, step := range growth.Steps {
			text := fmt.Sprintf("%s, %d h: %s", step.Kind, step.Hours, sanitize.Line(step.Do))
			if step.DoneWhen != "" {
				text += " Done when: " + sanitize.Line(step.DoneWhen)
			}
			p.para("  - ", text)
		}
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func itemNotes(item *rubric.Item) string {
	notes := []string{item.ID}
	if item.Window > 0 {
		notes = append(notes, fmt.Sprintf("past %d %s", item.Window, plural(item.Window, "month", "months")))
	}
	if item.NotApplicable {
		notes = append(notes, `"no chance in this role" is allowed`)
	}
	return strings.Join(notes, "; ")
}
