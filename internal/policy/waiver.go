package policy

import (
	"fmt"
	"slices"

	d "github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Waiver excuses a case until a day: a group or everybody for a rule about groups, a person for a rule about people.
type Waiver struct {
	ID         string
	Rule       *Rule
	Group      Group
	Person     string             // as the report names people; empty for rules about groups
	Competency *rubric.Competency // of NoRegression: only this; nil: all
	Reason     string             // one of Reasons
	Because    string             // in words
	Owner      string
	Expires    response.Date // the last day
	At         d.Position
}

// Reasons returns the reasons that a waiver may give.
func Reasons() []string {
	return []string{"agreed_plan", "new_role", "reorganised", "on_leave", "left", "rubric_changed", "data_error"}
}

// WaiversShape is the table of a file of waivers.
func WaiversShape() *d.Shape {
	waiver := d.Object(
		d.Need("id", "the name of the waiver", d.ID()),
		d.Need("rule", "the rule of the policy that it is about", d.ID()),
		d.May("person", "whom it excuses, as the report names them; for rules about people", d.Line(d.MaxLine)),
		d.May("competency", "with person and no_regression: only this skill", d.ID()),
		d.May(ByStage, "the group that it excuses; for rules about groups", d.Line(d.MaxLine)),
		d.May(ByTarget, "likewise", d.Line(d.MaxLine)),
		d.May(ByTeam, "likewise", d.Line(d.MaxLine)),
		d.Need("reason", "one word for what kind of reason it is", d.Choice(Reasons()...)),
		d.Need("because", "the reason in a sentence", d.Text()),
		d.Need("owner", "who answers for it", d.Line(d.MaxLine)),
		d.Need("expires", "the last day on which it counts", d.Pattern("a day", `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`, "2026-12-31")),
	)
	return d.Object(
		d.Need("pmpath", "the version of this format: 1", d.Integer(Format, Format)),
		d.Need("waivers", "what is excused, by whom and until when", d.ListOf(waiver, 0)),
	)
}

// ReadWaivers turns the document of a file of waivers into those of a policy. All problems are document.Problems.
func ReadWaivers(p *Policy, n *d.Node) ([]*Waiver, error) {
	var problems d.Problems
	WaiversShape().Check(n, &problems)
	var waivers []*Waiver
	for _, node := range n.Entries("waivers") {
		w := readWaiver(p, node, &problems)
		if slices.ContainsFunc(waivers, func(other *Waiver) bool { return other.ID == w.ID }) {
			problems.Add(node.At("id"), "waivers.id", fmt.Sprintf("there are two waivers %q", w.ID), "give each a name of its own")
		}
		waivers = append(waivers, w)
	}
	return waivers, problems.Err()
}

func readWaiver(p *Policy, n *d.Node, problems *d.Problems) *Waiver {
	w := &Waiver{
		ID: n.TextOf("id"), Rule: p.rule(n.TextOf("rule")), Person: n.TextOf("person"), Reason: n.TextOf("reason"), Because: n.TextOf("because"), Owner: n.TextOf("owner"),
		At: n.At("id"),
	}
	w.Group = readGroup(p.Rubric, n, "waivers", problems)
	day := n.TextOf("expires")
	date, ok := response.ParseDate(day)
	if w.Expires = date; !ok && len(day) == len("2026-12-31") {
		problems.Add(n.At("expires"), "waivers.expires", fmt.Sprintf("no calendar has the day %q", day), "write a day such as 2026-12-31")
	}
	if w.Rule == nil {
		if id := n.Get("rule"); id != nil {
			problems.Add(id.Position, "waivers.rule", fmt.Sprintf("the policy has no rule %q", id.Text), d.Nearest(id.Text, p.ruleIDs(), "name a rule of the policy, or remove the waiver"))
		}
		return w
	}
	w.checkAbout(n, problems)
	if id := n.Get("competency"); id != nil {
		w.Competency = p.Rubric.CompetencyNamed(id.Text)
		switch {
		case w.Rule.Measure != NoRegression:
			problems.Add(id.Position, "waivers.competency", fmt.Sprintf("the rule %q is not about single skills", w.Rule.ID), `take "competency" away`)
		case w.Competency == nil:
			var ids []string
			for _, c := range p.Rubric.Competencies {
				ids = append(ids, c.ID)
			}
			problems.Add(id.Position, "waivers.competency", fmt.Sprintf("this rubric has no competency %q", id.Text), d.Nearest(id.Text, ids, "`pmpath rubric show` lists them"))
		}
	}
	return w
}

// checkAbout sees that the waiver names what its rule is about, neither more nor less.
func (w *Waiver) checkAbout(n *d.Node, problems *d.Problems) {
	about := w.Rule.Measure.AboutPeople()
	switch _, named := w.Group.Of(w.Rule.Each); {
	case about && w.Person == "":
		problems.Add(n.Position, "waivers", fmt.Sprintf("the rule %q is about people", w.Rule.ID), "say whom it excuses with person, as the report names them")
	case about && len(w.Group) > 0:
		problems.Add(n.Position, "waivers", fmt.Sprintf("the rule %q is about people, not groups", w.Rule.ID), "keep person and take the group away")
	case !about && w.Person != "":
		problems.Add(n.At("person"), "waivers.person", fmt.Sprintf("the rule %q is about groups", w.Rule.ID), "name the group, or nothing where the rule has only one")
	case !about && w.Rule.Each != "" && !named:
		problems.Add(n.Position, "waivers", fmt.Sprintf("the rule %q is about each %s", w.Rule.ID, w.Rule.Each), "say which "+w.Rule.Each)
	}
}

// covers reports whether the waiver is about a case, on whatever day.
func (w *Waiver) covers(c *Case) bool {
	if w.Rule != c.Rule || w.Person != c.Person {
		return false
	}
	if w.Competency != nil && w.Competency != c.Competency {
		return false
	}
	for _, v := range w.Group {
		if is, given := c.Group.Of(v.By); !given || is != v.Is {
			return false
		}
	}
	return true
}
