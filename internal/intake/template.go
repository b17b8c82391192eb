package intake

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"

	"github.com/pmpath/pmpath/internal/rubric"
)

// helpMark begins the line of help below a header, which is skipped when the table is read.
const helpMark = "#"

// Template returns the header of a table with a row for each person, and a line of help below it that may stay.
func Template(r *rubric.Rubric) ([]byte, error) {
	titles := []string{"name", teamField, "stage", "target", "date"}
	help := []string{
		helpMark + " One row for each person. This line of help may stay. In this column: a name or a number that nobody else has",
		"any text, the same for everybody in the team",
		"the role held today: " + strings.Join(r.StageIDs(), " / ") + ", or empty",
		"the role asked about, or empty for every role that can follow",
		"the day of the answers, like 2026-11-22",
	}
	for _, item := range r.Items {
		scale := item.Competency.Scale
		hint := fmt.Sprintf("%d to %d, or empty", scale.Lo(), scale.Hi())
		if item.NotApplicable {
			hint = fmt.Sprintf("%d to %d, n/a for no chance in this role, or empty", scale.Lo(), scale.Hi())
		}
		titles, help = append(titles, item.ID), append(help, question(item.Ask, hint))
	}
	for _, gate := range r.Gates {
		titles, help = append(titles, gate.ID), append(help, question(gate.Ask, "yes, no, or empty"))
		if len(gate.Kinds) > 0 {
			titles, help = append(titles, gate.ID+kindSuffix), append(help, "the evidence for it: "+strings.Join(gate.Kinds, " or "))
		}
		if gate.Within > 0 {
			titles, help = append(titles, gate.ID+dateSuffix), append(help, fmt.Sprintf("the day of that evidence, not older than %d months", gate.Within))
		}
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	err := w.WriteAll([][]string{titles, help})
	return out.Bytes(), err
}

// question puts what is asked on one line with what can be answered.
func question(ask, hint string) string {
	return strings.Join(strings.Fields(ask), " ") + " (" + hint + ")"
}
