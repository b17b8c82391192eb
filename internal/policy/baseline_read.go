package policy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	d "github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/fraction"
)

// BaselineShape is the table of a baseline.
func BaselineShape() *d.Shape {
	level := d.Numeral("a level", `^-?(0|[1-9][0-9]{0,8})(/[1-9][0-9]{0,8})?$`, "3 or 7/3")
	short := d.Pattern("a digest", `^[0-9a-f]{16}$`, "0123456789abcdef")
	name := d.Pattern("a pseudonym", `^p-[0-9a-z]{16}$`, "p-0123456789abcdef")
	return d.Object(
		d.Need("pmpath", "the version of this format: 1", d.Integer(Format, Format)),
		d.Need("baseline", "the rubric that it was written with, id@version", d.Line(d.MaxLine)),
		d.Need("digest", "the digest of that rubric", d.Pattern("a digest", `^[0-9a-f]{64}$`, "64 hexadecimal digits")),
		d.Need("key", "what tells the key of the pseudonyms from others", name),
		d.Need("questions", "by competency: what was asked, as a digest", d.MapOf(d.ID(), short, 0)),
		d.Need("people", "what each had reached", d.ListOf(d.Object(
			d.Need("person", "the pseudonym", name),
			d.Need("levels", "by competency: the level, with open questions at their lowest", d.MapOf(d.ID(), level, 0)),
		), 0)),
	)
}

// ReadBaseline turns a document into a Baseline. All problems are document.Problems.
func ReadBaseline(n *d.Node) (*Baseline, error) {
	var problems d.Problems
	BaselineShape().Check(n, &problems)
	b := &Baseline{Rubric: n.TextOf("baseline"), Digest: n.TextOf("digest"), Key: n.TextOf("key"), Questions: map[string]string{}}
	for _, pair := range n.Members("questions") {
		b.Questions[pair.Key.Text] = pair.Value.Text
	}
	for _, node := range n.Entries("people") {
		p := Reached{Person: node.TextOf("person"), Levels: map[string]fraction.Fraction{}}
		for _, pair := range node.Members("levels") {
			p.Levels[pair.Key.Text] = parseLevel(pair.Value.Text)
			if _, asked := b.Questions[pair.Key.Text]; !asked {
				problems.Add(pair.Key.Position, "people.levels", fmt.Sprintf("%q is not among the questions of this baseline", pair.Key.Text), "take the change back, or write the baseline anew")
			}
		}
		b.People = append(b.People, p)
	}
	slices.SortFunc(b.People, func(a, b Reached) int { return strings.Compare(a.Person, b.Person) })
	for i := 1; i < len(b.People); i++ {
		if b.People[i].Person == b.People[i-1].Person {
			problems.Add(n.At("people"), "people", fmt.Sprintf("%q is there twice", b.People[i].Person), "keep the entry with the higher levels")
		}
	}
	return b, problems.Err()
}

// parseLevel reads what the shape allows; of anything else the shape has complained.
func parseLevel(text string) fraction.Fraction {
	above, below, divided := strings.Cut(text, "/")
	num, err := strconv.ParseInt(above, 10, 64)
	den := int64(1)
	if divided && err == nil {
		den, err = strconv.ParseInt(below, 10, 64)
	}
	if err != nil || den == 0 {
		return fraction.Fraction{}
	}
	return fraction.Of(num, den)
}
