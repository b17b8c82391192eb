package formmap

import (
	d "github.com/pmpath/pmpath/internal/document"
)

// Format is the version of the map format that this package reads and writes.
const Format = 1

const (
	maxHeader = 10
	maxField  = 200 // characters of names, as in package intake
	maxTitle  = d.MaxText
)

// Shape returns the table of the map format: Read checks maps against it, and `pmpath rubric schema map` prints it.
func Shape() *d.Shape {
	return d.Object(
		d.Need("pmpath", "the version of this file format: 1", d.Integer(Format, Format)),
		d.Need("rubric", "the rubric that the form asks: id@version", d.Pattern("a rubric's id@version", `^[a-z][a-z0-9-]*@[0-9]+\.[0-9]+\.[0-9]+$`, "product-management@1.0.0")),
		d.May("tool", "what wrote the export; a note that decides nothing", d.Choice(string(GoogleForms), string(MicrosoftForms), string(Typeform), string(Qualtrics),
			string(LimeSurvey), string(OtherTool))),
		d.May("header", "the rows above the first person; one row where left out", d.Object(
			d.Need("rows", "how many there are", d.Integer(1, maxHeader)),
			d.Need("titles", "the one of them with the titles below, from 1", d.Integer(1, maxHeader)),
		)),
		d.May("dates", "how the export writes days; year-month-day where left out", d.Choice(dateWords[YearMonthDay], dateWords[MonthDayYear], dateWords[DayMonthYear])),
		d.Need("columns", "every column of the export", d.ListOf(columnShape(), 1)),
	)
}

func columnShape() *d.Shape {
	return d.Object(
		d.Need("title", "the title of the column; case, spaces and marks between words do not matter", d.Text()),
		d.May("also", "another title that it may have", d.Text()),
		d.May("is", "name, team, stage, target, date, the id of a question or a gate, GATE.kind, GATE.date, \"not read\" or \"must be empty\"", d.Line(maxField)),
		d.May("field", "in place of is: the name of something of your own to group people by", d.Line(maxField)),
		d.May("answers", "by level, na, yes, no, id of a stage, kind of evidence, or open for no answer: the texts that stand for it",
			d.MapOf(d.Line(d.MaxID), d.ListOf(d.Text(), 1), 1)),
	)
}
