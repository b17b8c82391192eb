package policy

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/pmpath/pmpath/internal/disclosure"
	d "github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Words in files.
const (
	wordFail         = "fail"
	wordWarn         = "warn"
	wordNoRegression = "no_regression"
	mostMonths       = 240
	mostPeople       = 9_999_999 // what a number in a file can say
	mostGroup        = 1000
)

// Shape is the table of a policy file.
func Shape() *d.Shape {
	return d.Object(
		d.Need("pmpath", "the version of this format: 1", d.Integer(Format, Format)),
		d.May("min_group", fmt.Sprintf("groups of fewer people are not judged; %d where left out", disclosure.DefaultGroup), d.Integer(disclosure.LeastGroup, mostGroup)),
		d.Need("rules", "what must hold, each with the reason", d.ListOf(ruleShape(), 1)),
	)
}

func ruleShape() *d.Shape {
	months := d.Object(d.Need("at_most", "such as 6 months", d.Pattern("a number of months", `^[1-9][0-9]{0,2} months?$`, "6 months")))
	return d.Object(
		d.Need("id", "the name of the rule, for waivers and reports", d.ID()),
		d.Need("why", "why this bound and no other", d.Text()),
		d.May("on_miss", "fail (where left out) or warn", d.Choice(wordFail, wordWarn)),
		d.May("ready", "people who meet all conditions of their target", boundShape()),
		d.May("not_ready", "people who do not", boundShape()),
		d.May("undetermined", "people of whom it cannot be told yet", boundShape()),
		d.May("area", "an area of the rubric; bounds of holds count people who reach its floor", d.ID()),
		d.May("holds", "people who reach the floor of the area", boundShape()),
		d.May("person", "no_regression: nobody may be below the baseline", d.Choice(wordNoRegression)),
		d.May("sheet_age", "how old anybody's answers may be", months),
		d.May("evidence_age", "how old anybody's evidence may have been when it was named", months),
		d.May(ByStage, "only people who hold this role", d.Line(d.MaxLine)),
		d.May(ByTarget, "only people who are measured against this role", d.Line(d.MaxLine)),
		d.May(ByTeam, "only people of this team", d.Line(d.MaxLine)),
		d.May("each", "the rule is about each group by itself", d.Choice(ByStage, ByTarget, ByTeam)),
	)
}

func boundShape() *d.Shape {
	number := d.Numeral("a share or a number of people", `^((0|[1-9][0-9]*)(\.[0-9]+)?%|(0|[1-9][0-9]*)(/[1-9][0-9]*)?)$`, "40%, 2/3 or 3 (people)")
	return d.Object(d.May("at_least", "a share such as 40%, or a number of people", number), d.May("at_most", "likewise", number))
}

// measures are the keys of a rule of which there is exactly one.
var measures = [...]struct {
	key string
	Measure
}{
	{"ready", Ready}, {"not_ready", NotReady}, {"undetermined", Undetermined}, {"holds", AreaHolds}, {"person", NoRegression}, {"sheet_age", SheetAge}, {"evidence_age", EvidenceAge},
}

// Read turns the document of a policy into a Policy about a rubric. All problems are document.Problems.
func Read(r *rubric.Rubric, n *d.Node) (*Policy, error) {
	rd := reader{Policy: &Policy{Rubric: r, MinGroup: disclosure.DefaultGroup}}
	Shape().Check(n, &rd.problems)
	if k, given := n.Int("min_group"); given {
		rd.MinGroup = k
	}
	for _, node := range n.Entries("rules") {
		rd.readRule(node)
	}
	if err := rd.problems.Err(); err != nil {
		return nil, err
	}
	return rd.Policy, nil
}

type reader struct {
	*Policy
	problems d.Problems
}

func (rd *reader) readRule(n *d.Node) {
	rule := &Rule{Index: len(rd.Rules), ID: n.TextOf("id"), Why: n.TextOf("why"), Warn: n.TextOf("on_miss") == wordWarn, Each: n.TextOf("each"), At: n.At("id")}
	if rd.rule(rule.ID) != nil {
		rd.problems.Add(n.At("id"), "rules.id", fmt.Sprintf("there are two rules %q", rule.ID), "give each a name of its own")
	}
	rd.Rules = append(rd.Rules, rule)
	rd.readMeasure(rule, n)
	rule.Group = readGroup(rd.Rubric, n, "rules", &rd.problems)
	if _, given := rule.Group.Of(rule.Each); given {
		rd.problems.Add(n.At("each"), "rules.each", fmt.Sprintf("each %s and one %s contradict each other", rule.Each, rule.Each), "keep one of the two")
	}
	switch {
	case rule.Measure == NoRegression && len(rule.Group) > 0:
		rd.problems.Add(n.At("person"), "rules.person", "the baseline does not know who was in which group", "take the group away, so that the rule is about everybody")
	case rule.Measure.AboutPeople() && rule.Each != "":
		rd.problems.Add(n.At("each"), "rules.each", "this rule is about each person already", `take "each" away`)
	}
}

func (rd *reader) readMeasure(rule *Rule, n *d.Node) {
	var keys []string
	for _, m := range measures {
		if n.Get(m.key) == nil {
			continue
		}
		keys = append(keys, m.key)
		rule.Measure = m.Measure
		switch m.Measure {
		case NoRegression:
		case SheetAge, EvidenceAge:
			number, _, _ := strings.Cut(n.Get(m.key).TextOf("at_most"), " ")
			rule.Months, _ = strconv.Atoi(number)
			if rule.Months > mostMonths {
				rd.problems.Add(n.Get(m.key).At("at_most"), "rules."+m.key, fmt.Sprintf("more than %d months are no bound", mostMonths), "write fewer")
			}
		default:
			rule.Bound = rd.readBound(n.Get(m.key), "rules."+m.key)
		}
	}
	if len(keys) != 1 {
		what := "this rule bounds nothing"
		if len(keys) > 1 {
			what = "this rule bounds several things: " + strings.Join(keys, ", ")
		}
		rd.problems.Add(n.Position, "rules", what, "give it one of: ready, not_ready, undetermined, holds (with area), person, sheet_age, evidence_age")
	}
	rd.readArea(rule, n)
}

func (rd *reader) readArea(rule *Rule, n *d.Node) {
	area := n.Get("area")
	if (area != nil) != (n.Get("holds") != nil) {
		rd.problems.Add(n.At("area"), "rules", `"area" and "holds" belong together`, "write both, such as area: people and holds: {at_least: 60%}")
		return
	}
	if area == nil {
		return
	}
	var ids []string
	for _, a := range rd.Rubric.Areas {
		ids = append(ids, a.ID)
		if a.ID == area.Text {
			rule.Area = a
		}
	}
	if rule.Area == nil {
		rd.problems.Add(area.Position, "rules.area", fmt.Sprintf("this rubric has no area %q", area.Text), d.Nearest(area.Text, ids, "use one of: "+strings.Join(ids, ", ")))
	}
}

func (rd *reader) readBound(n *d.Node, path string) Bound {
	b := Bound{rd.readLimit(n, "at_least", path), rd.readLimit(n, "at_most", path)}
	if n.Kind == d.Map && n.Get("at_least") == nil && n.Get("at_most") == nil {
		rd.problems.Add(n.Position, path, "this bound has no end", "write at_least or at_most, such as {at_least: 40%}")
	}
	if b.AtLeast != nil && b.AtMost != nil && b.AtLeast.Share == b.AtMost.Share && b.AtLeast.At.Cmp(b.AtMost.At) > 0 {
		rd.problems.Add(n.Position, path, "nothing is both at least and at most this", "make at_least the smaller one")
	}
	return b
}

func (rd *reader) readLimit(n *d.Node, key, path string) *Limit {
	node := n.Get(key)
	if node == nil {
		return nil
	}
	at, ok := fraction.Parse(node.Text)
	limit := &Limit{At: at, Share: strings.ContainsAny(node.Text, "%/")}
	switch {
	case !ok && strings.Trim(node.Text, "0123456789./%") == "" && len(node.Text) > 7:
		rd.problems.Add(node.Position, path+"."+key, fmt.Sprintf("%q is too long a number", node.Text), fmt.Sprintf("write a share, or at most %d people", mostPeople))
	case !ok: // the shape has complained
		return nil
	case limit.Share && at.Cmp(fraction.Int(1)) > 0:
		rd.problems.Add(node.Position, path+"."+key, fmt.Sprintf("%s is more than everybody", node.Text), "write at most 100%")
	}
	return limit
}

// readGroup reads the keys that say which people something is about.
func readGroup(r *rubric.Rubric, n *d.Node, path string, problems *d.Problems) Group {
	var g Group
	for _, by := range []string{ByStage, ByTarget, ByTeam} {
		node := n.Get(by)
		switch {
		case node == nil || node.Kind != d.Scalar:
		case by == ByTeam:
			g = append(g, Value{by, node.Value()})
		default:
			stage := r.StageNamed(node.Text)
			if stage == nil {
				problems.Add(node.Position, path+"."+by, fmt.Sprintf("this rubric has no stage %q", node.Text),
					d.Nearest(node.Text, r.StageIDs(), "use one of: "+strings.Join(r.StageIDs(), ", ")))
				continue
			}
			g = append(g, Value{by, stage.ID})
		}
	}
	return g
}
