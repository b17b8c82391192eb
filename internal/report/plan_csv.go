package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/pmpath/pmpath/internal/plan"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// PlanCSV prints a plan for spreadsheets, a row for each goal (RFC 4180). Things to do have a column for each kind; the column done is to be filled in.
func PlanCSV(w io.Writer, r *PlanReport) error {
	kinds := plan.Kinds()
	rows := [][]string{append([]string{"goal", "horizon", "kind", "id", "title", "from", "to", "aim", "to show", "hours", "begins", "due", "brings", "why", "begin with"}, append(kinds, "done")...)}
	for _, g := range r.Goals {
		row := []string{strconv.Itoa(g.Number), g.Horizon, g.Kind, g.ID, g.Title, "", "", g.Ask, g.Evidence, "", g.Begins, g.Due, g.Brings.Decimal(4), whyWords(g), ""}
		if g.To != nil {
			row[5], row[6], row[7], row[9] = strconv.Itoa(g.From.Level), strconv.Itoa(g.To.Level), g.To.Text, strconv.Itoa(*g.Hours)
		}
		if len(g.Actions) > 0 {
			row[14] = g.Actions[0].Kind
		}
		for _, kind := range kinds {
			row = append(row, actionsOf(g, kind))
		}
		rows = append(rows, append(row, ""))
	}
	for _, row := range rows {
		for i := range row {
			row[i] = sanitize.Cell(row[i])
		}
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	return out.WriteAll(rows)
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
