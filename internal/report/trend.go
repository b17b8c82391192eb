package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/pmpath/pmpath/internal/sanitize"
)

// Trend is the readiness for one role over time, and at once the JSON form.
type Trend struct {
	SchemaVersion int          `json:"schema_version"`
	Stage         Ref          `json:"stage"`
	Points        []TrendPoint `json:"points"` // the oldest first
}

// TrendPoint is one assessment.
type TrendPoint struct {
	ID            string   `json:"id"`
	Date          string   `json:"date"`
	Role          PastRole `json:"role"`
	Rubric        Rubric   `json:"rubric"`
	RubricChanged bool     `json:"rubric_changed"` // since the point before: part of a move may be the rubric's
	StoppedEarly  bool     `json:"stopped_early"`
}

// TrendText prints the trend for people: a line of blocks, and a table.
func TrendText(w io.Writer, t Trend, layout Layout) error {
	p := &page{Layout: layout}
	p.para("", p.bold("Share of the points for "+sanitize.Line(t.Stage.Title)))
	if !p.Plain {
		p.gap()
		p.para("  ", spark(t.Points, p.Width-2))
	}
	p.gap()
	for _, point := range t.Points {
		p.trendPoint(point)
	}
	p.trendNotes(t)
	_, err := io.WriteString(w, p.String())
	return err
}

// Marks of the line.
const (
	sparks    = "▁▂▃▄▅▆▇█"
	noSpark   = "·" // stopped early: the share is not known well enough
	sparkStep = "│" // the rubric changed
)

// spark draws the share of the points from 0 to 100 %, the newest points where not all fit. Only 100 % is full.
func spark(points []TrendPoint, width int) string {
	blocks := []rune(sparks)
	var cells []string
	for i, point := range points {
		if point.RubricChanged && i > 0 {
			cells = append(cells, sparkStep)
		}
		if point.StoppedEarly {
			cells = append(cells, noSpark)
			continue
		}
		cells = append(cells, string(blocks[int(point.Role.WorstPercent)*(len(blocks)-1)/100]))
	}
	return strings.Join(cells[max(len(cells)-width, 0):], "")
}

func (p *page) trendPoint(t TrendPoint) {
	share := percentRange(t.Role.WorstPercent, t.Role.BestPercent)
	var notes []string
	if t.RubricChanged {
		notes = append(notes, "rubric "+t.Rubric.Version)
	}
	if t.StoppedEarly {
		notes = append(notes, "stopped early")
	}
	if !p.columns() {
		p.para("", t.Date+": "+strings.Join(append([]string{share, verdictWords[t.Role.Verdict]}, notes...), ", "))
		return
	}
	row := "  " + t.Date + "  " + pad(share, len("100 to 100 %")) + "  " + pad(verdictWords[t.Role.Verdict], len("meets the conditions")) + "  " + t.ID
	if len(notes) == 0 {
		p.line(row)
		return
	}
	p.para(row+"  ", strings.Join(notes, ", "))
}

func (p *page) trendNotes(t Trend) {
	early, changed := false, false
	for _, point := range t.Points {
		early, changed = early || point.StoppedEarly, changed || point.RubricChanged
	}
	if early || changed {
		p.gap()
	}
	if early && !p.Plain {
		p.para("", fmt.Sprintf("%s stands for an assessment that was stopped early: its share lies within the bounds given.", noSpark))
	}
	if changed {
		p.para("", "Where the rubric changed, a part of the move may come from the rubric; `pmpath history diff` tells it apart.")
	}
}
