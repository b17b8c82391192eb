package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/policy"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// BaselineReport is a baseline, and at once the JSON form.
type BaselineReport struct {
	SchemaVersion int              `json:"schema_version"`
	Rubric        string           `json:"rubric"`
	Digest        string           `json:"digest"`
	SameRubric    bool             `json:"same_rubric"`
	Changed       []string         `json:"changed_competencies"`
	People        []BaselinePerson `json:"people"`
}

// BaselinePerson is what one person had reached.
type BaselinePerson struct {
	Person string          `json:"person"`
	Levels []BaselineLevel `json:"levels"` // by id
}

// BaselineLevel is the level in one competency.
type BaselineLevel struct {
	Competency string `json:"competency"`
	Level      Amount `json:"level"`
}

// NewBaseline fixes what is shown of a baseline, beside the digest of the rubric in use and the competencies that it asks otherwise.
func NewBaseline(b *policy.Baseline, digest string, changed []string) *BaselineReport {
	r := &BaselineReport{SchemaVersion, sanitize.Line(b.Rubric), b.Digest, b.Digest == digest, append([]string{}, changed...), []BaselinePerson{}}
	for _, p := range b.People {
		person := BaselinePerson{p.Person, []BaselineLevel{}}
		ids := make([]string, 0, len(p.Levels))
		for id := range p.Levels {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		for _, id := range ids {
			person.Levels = append(person.Levels, BaselineLevel{id, Amount{p.Levels[id]}})
		}
		r.People = append(r.People, person)
	}
	return r
}

// BaselineText prints a baseline for people.
func BaselineText(w io.Writer, r *BaselineReport, layout Layout) error {
	p := &page{Layout: layout}
	p.para("", fmt.Sprintf("Written with %s, %s.", r.Rubric, map[bool]string{true: "the rubric in use", false: "which has changed since"}[r.SameRubric]))
	if len(r.Changed) > 0 {
		p.para("", "Asked otherwise now, so not compared: "+list(r.Changed)+".")
	}
	p.para("", CountOfPeople(len(r.People))+".")
	for _, person := range r.People {
		p.gap()
		p.para("", p.bold(person.Person))
		var levels []string
		for _, l := range person.Levels {
			levels = append(levels, l.Competency+" "+l.Level.Text())
		}
		p.para("  ", strings.Join(levels, ", "))
	}
	_, err := io.WriteString(w, p.String())
	return err
}

// BaselineMoves is what differs between a baseline and today, and at once the JSON form.
type BaselineMoves struct {
	SchemaVersion int            `json:"schema_version"`
	Changed       []string       `json:"changed_competencies"` // asked otherwise now, not compared
	Moves         []BaselineMove `json:"moves"`
}

// BaselineMove is one difference. Without a competency it is about the whole person, who is new or gone.
type BaselineMove struct {
	Person     string  `json:"person"`
	Competency *string `json:"competency"`
	Before     *Amount `json:"before"`
	Now        *Amount `json:"now"`
	Kind       string  `json:"kind"` // higher, lower, new or gone
}

// NewBaselineMoves fixes what is said of the differences.
func NewBaselineMoves(moves []policy.Move, changed []string) *BaselineMoves {
	r := &BaselineMoves{SchemaVersion, append([]string{}, changed...), []BaselineMove{}}
	for _, m := range moves {
		one := BaselineMove{Person: m.Person, Kind: "higher"}
		switch {
		case m.Now == nil:
			one.Kind = "gone"
		case m.Before == nil:
			one.Kind = "new"
		case m.Down():
			one.Kind = "lower"
		}
		if m.Competency != "" {
			one.Competency, one.Before, one.Now = &m.Competency, amountOf(m.Before), amountOf(m.Now)
		}
		r.Moves = append(r.Moves, one)
	}
	return r
}

func amountOf(f *fraction.Fraction) *Amount {
	if f == nil {
		return nil
	}
	return &Amount{*f}
}

// Words are the difference in words, without the person.
func (m BaselineMove) Words() string {
	if m.Competency == nil {
		return map[string]string{"new": "not in the baseline yet", "gone": "in the baseline, but not among the answers"}[m.Kind]
	}
	switch m.Kind {
	case "new":
		return fmt.Sprintf("%s: %s now, nothing before", *m.Competency, m.Now.Text())
	case "gone":
		return fmt.Sprintf("%s: nothing certain now, %s before", *m.Competency, m.Before.Text())
	}
	return fmt.Sprintf("%s: %s now, %s before (%s)", *m.Competency, m.Now.Text(), m.Before.Text(), m.Kind)
}

// BaselineMovesText prints the differences for people.
func BaselineMovesText(w io.Writer, r *BaselineMoves, layout Layout) error {
	p := &page{Layout: layout}
	if len(r.Changed) > 0 {
		p.para("", "The rubric asks these otherwise than when the baseline was written, so they are not compared: "+list(r.Changed)+".")
		p.gap()
	}
	if len(r.Moves) == 0 {
		p.para("", "Nobody has moved.")
	}
	for i, m := range r.Moves {
		if i == 0 || r.Moves[i-1].Person != m.Person {
			if i > 0 {
				p.gap()
			}
			p.para("", p.bold(m.Person))
		}
		p.para("  ", upper(m.Words()))
	}
	_, err := io.WriteString(w, p.String())
	return err
}

// CountOfPeople is a number of people in words.
func CountOfPeople(n int) string { return fmt.Sprintf("%d %s", n, plural(n, "person", "people")) }
