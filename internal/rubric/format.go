package rubric

import d "github.com/pmpath/pmpath/internal/document"

// The table of the file format: what each file may hold. The loader checks files against it and `pmpath rubric schema` prints it; what
// it cannot say (references, uniqueness, ranges that depend on another field) is in build.go and its neighbours.

const (
	maxLevel  = 100
	maxWeight = 1000
)

// FileShape returns the shape of one of the files of a rubric: "rubric", "area" or "ladder", or nil.
func FileShape(file string) *d.Shape {
	switch file {
	case "rubric":
		return d.Object(append(headFields(), ladderFields(d.May)...)...)
	case "area":
		return areaShape()
	case "ladder":
		return d.Object(ladderFields(d.Need)...)
	}
	return nil
}

func headFields() []d.Field {
	return []d.Field{
		d.Need("pmpath", "the version of this file format: 1", d.Integer(Format, Format)),
		d.Need("id", "the rubric's name for machines, kebab-case, stable for ever", d.ID()),
		d.Need("version", "major.minor.patch: major = old results are not comparable, minor = comparable, patch = wording", versionShape()),
		d.Need("title", "the rubric's name for people", d.Line(d.MaxLine)),
		d.May("about", "what the rubric is for", d.Text()),
		d.Need("scale", "the levels of every competency that names no other scale, lowest first", scaleShape()),
		d.May("scales", "further scales by name", d.MapOf(d.ID(), scaleShape(), 0)),
		d.Need("areas", "the skill areas in order: the name of a file beside this one, or the area itself", d.ListOf(d.Either(d.ID(), areaShape()), 1)),
		d.Need("rule", "the constants of the decision, each with its reason", ruleShape()),
		d.May("sources", "where requirements come from, by id", d.MapOf(d.ID(), sourceShape(), 0)),
		acceptField(),
	}
}

// acceptField is for the parts of a rubric that lint can have something to say about.
func acceptField() d.Field {
	return d.May("accept", "findings of `pmpath rubric lint` here that are meant to stay", d.ListOf(d.Object(
		d.Need("rule", "the name of the rule", d.ID()),
		d.Need("why", "the reason, one sentence", d.Text()),
	), 1))
}

func versionShape() *d.Shape {
	return d.Pattern("a version", `^(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})$`, "1.0.0")
}

func scaleShape() *d.Shape {
	return d.ListOf(d.Object(
		d.Need("level", "a whole number, one more than the level before", d.Integer(-maxLevel, maxLevel)),
		d.Need("label", "two or three words", d.Line(80)),
		d.Need("means", "one sentence", d.Text()),
	), 2)
}

func ruleShape() *d.Shape {
	return d.Object(
		d.Need("ready_at", "share of a stage's points that is enough, such as 80%", cutShape(1)),
		d.Need("area_floor", "share of the points that is needed in each area", cutShape(1)),
		d.Need("max_shortfall", "levels that a score may stay below a criterion", cutShape(maxLevel)),
		d.Need("must_shortfall", "the same for a must-have", cutShape(maxLevel)),
		d.Need("span", "levels below the requirement over which points are earned", cutShape(maxLevel)),
		d.Need("assessed", "share of an area that must not be answered with \"no chance in this role\"", cutShape(1)),
	)
}

func cutShape(max int) *d.Shape {
	return d.Object(d.Need("at", "the number", d.Number(0, max)), d.Need("why", "its reason", d.Text()))
}

func sourceShape() *d.Shape {
	return d.Object(
		d.Need("title", "what it is called", d.Line(d.MaxLine)),
		d.May("url", "its address", d.Pattern("a web address", `^https?://[^\s<>"]{1,500}$`, "https://example.org/page")),
		d.May("note", "what is used of it", d.Text()),
	)
}

func areaShape() *d.Shape {
	return d.Object(
		d.Need("area", "the area's id", d.ID()),
		d.Need("title", "the area's name", d.Line(120)),
		d.May("about", "one sentence", d.Text()),
		d.May("floor", "a floor of its own in place of the rule's area_floor", cutShape(1)),
		d.Need("competencies", "the skills of the area", d.ListOf(competencyShape(), 1)),
		acceptField(),
	)
}

func competencyShape() *d.Shape {
	return d.Object(
		d.Need("id", "kebab-case, stable for ever", d.ID()),
		d.Need("title", "the skill in a few words", d.Line(120)),
		d.May("about", "one sentence: what the person does", d.Text()),
		d.May("scale", "one of the scales, where it is not the first", d.ID()),
		d.Need("items", "the questions", d.ListOf(itemShape(), 1)),
		d.May("grow", "by level: how to get there from the level below", d.MapOf(d.Integer(-maxLevel, maxLevel), d.ListOf(stepShape(), 1), 0)),
		acceptField(),
	)
}

func itemShape() *d.Shape {
	return d.Object(
		d.Need("id", "two or three words for the behaviour, stable for ever", d.ID()),
		d.Need("ask", "a question about what the person did", d.Text()),
		d.May("window", "how far it looks back, in months", monthsShape()),
		d.May("weight", "how much it counts within its competency; 1 where left out", d.Integer(1, maxWeight)),
		d.May("not_applicable", "true where a role can truly lack the chance", d.Boolean()),
		d.Need("anchors", "by level: behaviour that could be shown; the lowest level may be left out", d.MapOf(d.Integer(-maxLevel, maxLevel), d.Text(), 1)),
		d.May("evidence", "what could be shown for an answer", d.Text()),
		acceptField(),
	)
}

func stepShape() *d.Shape {
	return d.Object(
		d.Need("kind", "practice, mentor, network, course or certificate", d.Choice("practice", "mentor", "network", "course", "certificate")),
		d.Need("do", "what to do", d.Text()),
		d.Need("effort", "hours of one's own time, such as 12h", d.Pattern("a number of hours", `^[1-9][0-9]{0,3}h$`, "12h")),
		d.May("done_when", "how to see that it worked", d.Text()),
	)
}

func ladderFields(field func(name, doc string, shape *d.Shape) d.Field) []d.Field {
	return []d.Field{
		field("stages", "the rungs of the ladder, lowest first", d.ListOf(stageShape(), 1)),
		d.May("gates", "yes/no facts that stages ask for, each defined once", d.ListOf(gateShape(), 0)),
	}
}

func stageShape() *d.Shape {
	return d.Object(
		d.Need("id", "kebab-case, stable for ever", d.ID()),
		d.Need("title", "the role's usual title", d.Line(120)),
		d.May("aliases", "other titles that mean this stage and no other", d.ListOf(d.Line(120), 0)),
		d.May("about", "what the role is", d.Text()),
		d.May("duties", "what somebody in the role does, a line each", d.ListOf(d.Text(), 0)),
		d.May("next", "the stages that can follow", d.ListOf(d.ID(), 0)),
		d.May("criteria", "by competency: what it takes to be ready for this stage", d.MapOf(d.ID(), criterionShape(), 0)),
		d.May("gates", "by gate: hard where it decides, should where it is only reported", d.MapOf(d.ID(), d.Choice("hard", "should"), 0)),
		d.May("entry_roles", "roles from which people come to this stage", d.ListOf(entryRoleShape(), 0)),
		acceptField(),
	)
}

func criterionShape() *d.Shape {
	return d.Object(
		d.Need("level", "the required level, such as 3 or 3.5", d.Number(-maxLevel, maxLevel)),
		d.May("weight", "how much it counts; 1 where left out", d.Integer(1, maxWeight)),
		d.May("must", "true for a must-have, which takes must_shortfall for its floor", d.Boolean()),
		d.May("floor", "a floor of its own, in levels", d.Number(-maxLevel, maxLevel)),
		d.May("why", "the reason, one sentence", d.Text()),
		d.May("basis", "stated by the sources or derived from them", d.Choice("stated", "derived")),
		d.May("sources", "ids of sources", d.ListOf(d.ID(), 0)),
		acceptField(),
	)
}

func entryRoleShape() *d.Shape {
	return d.Object(
		d.Need("id", "kebab-case", d.ID()),
		d.Need("title", "the role's name", d.Line(120)),
		d.May("brings", "competencies that people from this role usually have", d.ListOf(d.ID(), 0)),
		d.May("lacks", "competencies that they usually still need", d.ListOf(d.ID(), 0)),
		d.May("first_proof", "a first piece of evidence to aim for", d.Text()),
		d.May("sources", "ids of sources", d.ListOf(d.ID(), 0)),
	)
}

func gateShape() *d.Shape {
	return d.Object(
		d.Need("id", "kebab-case, stable for ever", d.ID()),
		d.Need("title", "the fact in a few words", d.Line(120)),
		d.Need("ask", "a question to be answered with yes or no", d.Text()),
		d.May("evidence", "what could be shown", d.Text()),
		d.May("needs", "evidence without which a yes does not count", d.Object(
			d.May("kind", "one of these kinds", d.ListOf(d.Choice("artifact", "peer", "self"), 1)),
			d.May("within", "how old it may be at the date of the sheet", monthsShape()),
		)),
		d.May("why", "the reason, one sentence", d.Text()),
		d.May("basis", "stated by the sources or derived from them", d.Choice("stated", "derived")),
		d.May("sources", "ids of sources", d.ListOf(d.ID(), 0)),
		acceptField(),
	)
}

func monthsShape() *d.Shape {
	return d.Pattern("a number of months", `^([2-9]|[1-9][0-9]|1[01][0-9]|120) months$|^1 month$`, `"12 months"`)
}
