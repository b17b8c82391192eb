package cohort

import (
	"strconv"

	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
)

// PeopleFormat is how a line about a person is written.
type PeopleFormat int

// The formats.
const (
	NoPeople PeopleFormat = iota
	CSV
	JSONLines
)

// schemaVersion is that of the lines about people, in every format.
const schemaVersion = 1

// PeopleHeader is what comes before the lines about people.
func PeopleHeader(f PeopleFormat) string {
	if f == CSV {
		return "person,stage,target,verdict,fit_worst,fit_best,deciding,deciding_id,steps_least,steps_most,gap_1,gap_2,gap_3\n"
	}
	return ""
}

// PeopleEnd is what comes after them, so that a cut file shows.
func PeopleEnd(f PeopleFormat, people int) string {
	if f == JSONLines {
		return `{"schema_version":` + strconv.Itoa(schemaVersion) + `,"type":"end","people":` + strconv.Itoa(people) + "}\n"
	}
	return ""
}

// lines writes about people. Ids of rubrics are letters, digits and hyphens, so they need no quotes.
type lines struct {
	scorer *Scorer
	name   func(dst, name []byte) []byte
	texts  [][]conditionText // by stage, by 1 + condition; the first is that there is none
	begins [][]piece         // by 1 + stage held, by target and verdict: that part of a line of CSV
	gaps   []piece           // by 1 + competency; the first is that there is none
}

// conditionText is a condition in CSV and in JSON.
type conditionText struct {
	csv  piece
	json string
}

func newLines(s *Scorer) lines {
	l := lines{scorer: s, name: s.options.Name(), texts: make([][]conditionText, len(s.targets)), begins: make([][]piece, 1+len(s.targets))}
	l.gaps = append(l.gaps, newPiece(","))
	for _, id := range s.ids {
		l.gaps = append(l.gaps, newPiece(","+id))
	}
	return l
}

func (l *lines) csv(out []byte, p *intake.Person, o *outcome) []byte {
	out = l.name(out, p.Name)
	if o.target == nil {
		out = append(append(out, ','), idOf(p.Stage)...)
		return append(out, ",,,,,,,,,,,\n"...)
	}
	out = l.begin(p.Stage, o).appendTo(out)
	out = appendPercent(append(out, ','), o.fitWorst)
	out = appendPercent(append(out, ','), o.fitBest)
	out = l.text(o).csv.appendTo(out)
	if o.stepsMost < 0 {
		out = append(out, ",,"...)
	} else {
		out = strconv.AppendInt(append(out, ','), int64(o.stepsLeast), 10)
		out = strconv.AppendInt(append(out, ','), int64(o.stepsMost), 10)
	}
	for _, gap := range o.top {
		out = l.gaps[1+gap].appendTo(out)
	}
	return append(out, '\n')
}

// begin is what stands between the name and the figures, which is the same for many people.
func (l *lines) begin(held *rubric.Stage, o *outcome) *piece {
	const verdicts = int(readiness.Ready) + 1
	row, column := int(numberOf(held)), o.target.Index*verdicts+int(o.verdict)
	if l.begins[row] == nil {
		l.begins[row] = make([]piece, len(l.texts)*verdicts)
	}
	begin := &l.begins[row][column]
	if begin.text == "" {
		*begin = newPiece("," + idOf(held) + "," + o.target.ID + "," + o.verdict.String())
	}
	return begin
}

func (l *lines) json(out []byte, p *intake.Person, o *outcome) []byte {
	out = append(out, `{"schema_version":1,"type":"person","person":`...)
	out = l.name(out, p.Name)
	out = appendID(append(out, `,"stage":`...), idOf(p.Stage))
	out = appendID(append(out, `,"target":`...), idOf(o.target))
	if o.target == nil {
		return append(out, `,"verdict":null,"reason":"the answers name no role to measure against"}`+"\n"...)
	}
	out = append(append(append(out, `,"verdict":"`...), o.verdict.String()...), `","fit":{"worst":`...)
	out = append(appendPercent(append(out, '"'), o.fitWorst), `","best":"`...)
	out = append(appendPercent(out, o.fitBest), `"},"deciding":`...)
	out = append(out, l.text(o).json...)
	out = append(out, `,"steps":`...)
	if o.stepsMost < 0 {
		out = append(out, "null"...)
	} else {
		out = strconv.AppendInt(append(out, `{"least":`...), int64(o.stepsLeast), 10)
		out = strconv.AppendInt(append(out, `,"most":`...), int64(o.stepsMost), 10)
		out = append(out, '}')
	}
	out = append(out, `,"gaps":[`...)
	for i, gap := range o.top {
		if gap < 0 {
			break
		}
		if i > 0 {
			out = append(out, ',')
		}
		out = appendID(out, l.scorer.layouts[gap].competency.ID)
	}
	return append(out, "]}\n"...)
}

func appendID(out []byte, id string) []byte {
	if id == "" {
		return append(out, "null"...)
	}
	return append(append(append(out, '"'), id...), '"')
}

// appendPercent writes hundredths of a percent as "83.33".
func appendPercent(out []byte, hundredths int32) []byte {
	out = strconv.AppendInt(out, int64(hundredths/100), 10)
	rest := hundredths % 100
	return append(out, '.', byte('0'+rest/10), byte('0'+rest%10))
}

func (l *lines) text(o *outcome) *conditionText {
	texts := l.texts[o.target.Index]
	if texts == nil {
		texts = append(texts, conditionText{newPiece(",,"), "null"})
		for _, c := range l.scorer.targets[o.target.Index].conditions {
			id := c.id()
			texts = append(texts, conditionText{
				csv:  newPiece("," + c.kind.String() + "," + id),
				json: `{"kind":"` + c.kind.String() + `","id":` + string(appendID(nil, id)) + `}`,
			})
		}
		l.texts[o.target.Index] = texts
	}
	return &texts[1+o.deciding]
}

func (c *condition) id() string {
	switch c.kind {
	case readiness.AreaCondition:
		return c.area.ID
	case readiness.CriterionCondition:
		return c.competency.ID
	case readiness.GateCondition:
		return c.gate.ID
	default:
		return ""
	}
}
