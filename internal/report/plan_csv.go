package report

import (
	"io"
	"strconv"
	"strings"

	"github.com/pmpath/pmpath/internal/plan"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// PlanCSV prints a plan for spreadsheets, a row for each goal (RFC 4180). Things to do have a column for each kind; the column done is to be filled in.
//
// Texts are always quoted, numbers and dates never: Gnumeric guesses the separator from the first quotes that it finds, and without any it takes whatever
// sign is frequent in the texts.
func PlanCSV(w io.Writer, r *PlanReport) error {
	kinds := plan.Kinds()
	c := &csvRows{}
	c.text("goal", "horizon", "kind", "id", "title", "from", "to", "aim", "to show", "hours", "begins", "due", "brings", "why")
	c.text(kinds...)
	c.text("done")
	c.end()
	for _, g := range r.Goals {
		c.bare(strconv.Itoa(g.Number))
		c.text(g.Horizon, g.Kind, g.ID, g.Title)
		if g.To == nil {
			c.bare("", "")
			c.text(g.Ask, g.Evidence)
			c.bare("")
		} else {
			c.bare(strconv.Itoa(g.From.Level), strconv.Itoa(g.To.Level))
			c.text(g.To.Text, g.Evidence)
			c.bare(strconv.Itoa(*g.Hours))
		}
		c.bare(g.Begins, g.Due, g.Brings.Decimal(4))
		c.text(whyWords(g))
		for _, kind := range kinds {
			c.text(actionsOf(g, kind))
		}
		c.text("") // done
		c.end()
	}
	_, err := io.WriteString(w, c.String())
	return err
}

// csvRows collects rows of cells.
type csvRows struct {
	strings.Builder
	begun bool // the row has a cell
}

func (c *csvRows) text(values ...string) {
	for _, value := range values {
		c.bare(`"` + strings.ReplaceAll(sanitize.Cell(value), `"`, `""`) + `"`)
	}
}

// bare writes what holds no sign that would need quotes.
func (c *csvRows) bare(values ...string) {
	for _, value := range values {
		if c.begun {
			c.WriteByte(',')
		}
		c.begun = true
		c.WriteString(value)
	}
}

func (c *csvRows) end() {
	c.WriteString("\r\n")
	c.begun = false
}

func actionsOf(g PlanGoal, kind string) string {
	var texts []string
	for _, a := range g.Actions {
		if a.Kind == kind {
			texts = append(texts, stopped(a.Do)+" ("+hours(a.Hours)+")")
		}
	}
	return strings.Join(texts, " / ")
}
