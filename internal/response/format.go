package response

import (
	d "github.com/pmpath/pmpath/internal/document"
)

// Format is the version of the sheet format that this package reads and writes.
const Format = 1

const (
	notApplicableWord = "na"
	anyLevel          = 100 // the rubric's own bound; the exact scale is checked against the item
	maxName           = 200
)

// Shape returns the table of the sheet format: Read checks sheets against it, and `pmpath rubric schema sheet` prints it.
func Shape() *d.Shape {
	return d.Object(
		d.Need("pmpath", "the version of this file format: 1", d.Integer(Format, Format)),
		d.Need("rubric", "the rubric that was answered: id@version", d.Pattern("a rubric's id@version", `^[a-z][a-z0-9-]*@[0-9]+\.[0-9]+\.[0-9]+$`, "product-management@1.0.0")),
		d.May("digest", "the rubric's digest, to be sure of every word", d.Pattern("a digest", `^[0-9a-f]{64}$`, "64 small hexadecimal digits")),
		d.May("respondent", "who is described", d.OrEmpty(d.Line(maxName))),
		d.May("rater", "who answers: self, manager, peer or report; self where left out", d.Choice("self", "manager", "peer", "report")),
		d.May("stage", "the role held today, by its id in the ladder", d.OrEmpty(d.ID())),
		d.May("target", "the role asked about; every role that can follow where left out", d.OrEmpty(d.ID())),
		d.Need("date", "the day of the answers", dateShape()),
		d.Need("answers", "by item: a level, na for \"no chance in this role\", or nothing for unanswered",
			d.MapOf(d.ID(), d.OrEmpty(d.IntegerOr(-anyLevel, anyLevel, notApplicableWord)), 0)),
		d.May("gates", "by gate: whether it is met, with evidence; nothing for open", d.MapOf(d.ID(), d.OrEmpty(d.Either(d.Boolean(), gateShape())), 0)),
		d.May("notes", "by item: anything worth remembering", d.MapOf(d.ID(), d.Text(), 0)),
		d.May("evidence", "by item: what could be shown", d.MapOf(d.ID(), d.Object(evidenceFields()...), 0)),
		d.May("not_asked", "items that an interview which stopped early did not ask: open, but not left open on purpose", d.ListOf(d.ID(), 0)),
	)
}

func dateShape() *d.Shape {
	return d.Pattern("a date", `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`, "2026-11-22")
}

func gateShape() *d.Shape {
	return d.Object(append([]d.Field{d.Need("met", "true or false", d.Boolean())}, evidenceFields()...)...)
}

func evidenceFields() []d.Field {
	return []d.Field{
		d.May("kind", "artifact: something to look at; peer: somebody who confirms; self: one's own word", d.Choice("artifact", "peer", "self")),
		d.May("when", "its date", dateShape()),
		d.May("what", "what it is", d.Text()),
		d.May("link", "where it is", d.Line(d.MaxLine)),
		d.May("confirmed_by", "who could confirm it", d.Line(maxName)),
	}
}
