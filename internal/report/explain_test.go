package report

import (
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// explainFormats are the forms of an explanation: whole, of some places by name, and of every stage.
var explainFormats = []struct {
	name   string
	render func(io.Writer, *readiness.Assessment) error
}{
	{"explain-80", asExplanation(Layout{Width: 80}, whole)},
	{"explain-40", asExplanation(Layout{Width: 40}, whole)},
	{"explain-200", asExplanation(Layout{Width: 200}, whole)},
	{"explain-plain", asExplanation(Layout{Width: 80, Plain: true}, whole)},
	{"explain-colour", asExplanation(Layout{Width: 80, Color: true}, whole)},
	{"explain-markdown", func(w io.Writer, a *readiness.Assessment) error { return ExplainMarkdown(w, whole(a, forMarkdown)) }},
	{"explain-json", func(w io.Writer, a *readiness.Assessment) error { return JSON(w, whole(a, forJSON)) }},
	{"named-80", asExplanation(Layout{Width: 80}, named)},
	{"named-40", asExplanation(Layout{Width: 40}, named)},
	{"named-markdown", func(w io.Writer, a *readiness.Assessment) error { return ExplainMarkdown(w, named(a, forMarkdown)) }},
	{"named-json", func(w io.Writer, a *readiness.Assessment) error { return JSON(w, named(a, forJSON)) }},
	{"route-80", asExplanation(Layout{Width: 80}, route)},
	{"route-markdown", func(w io.Writer, a *readiness.Assessment) error { return ExplainMarkdown(w, route(a, forMarkdown)) }},
	{"route-json", func(w io.Writer, a *readiness.Assessment) error { return JSON(w, route(a, forJSON)) }},
}

func asExplanation(layout Layout, of func(*readiness.Assessment, Options) *Explanation) func(io.Writer, *readiness.Assessment) error {
	return func(w io.Writer, a *readiness.Assessment) error { return ExplainText(w, of(a, forText), layout) }
}

func whole(a *readiness.Assessment, opts Options) *Explanation {
	return NewExplanation(a, ExplainOptions{}, opts)
}

// named asks for an area, a competency, an item of another and every gate.
func named(a *readiness.Assessment, opts Options) *Explanation {
	r := a.Sheet.Rubric
	places := []path.Place{{Area: r.Areas[0]}, {Competency: r.Competencies[0]}, {Item: r.Items[len(r.Items)-1]}, {Item: r.Items[2]}}
	for _, gate := range r.Gates {
		places = append(places, path.Place{Gate: gate})
	}
	return NewExplanation(a, ExplainOptions{Named: places}, opts)
}

func route(a *readiness.Assessment, opts Options) *Explanation {
	return NewExplanation(readiness.Assess(a.Sheet, a.Sheet.Rubric.Stages), ExplainOptions{Route: true}, opts)
}

func TestExplanations(t *testing.T) {
	r := rubrictest.Small(t)
	for _, person := range people {
		if !slices.Contains([]string{"not-yet", "half-filled", "no-chance", "ready", "one-open", "asks-nothing"}, person.name) {
			continue
		}
		a := assess(t, r, person.sheet)
		for _, format := range explainFormats {
			checkGolden(t, person.name+"."+format.name, rendered(t, format.render, a))
		}
	}
}

// By hand, for "barely" and builder: framing (2·2 + 1)/3 = 5/3 lies 2/3 of a level above 1, × 2 = 4/3 points of 2. Craft has 4/3 + 1 = 7/3 of 3 = 7/9, needs
// 3/5: 8/45 to spare. All has 10/3 of 4 = 5/6, needs 4/5: 1/30. Framing has (5/3 − 3/2)/3 = 1/18; measuring (1 − 0)/3. So fit decides, with least to spare.
func TestExplanationByHand(t *testing.T) {
	s := whole(assess(t, rubrictest.Small(t), people[1].sheet), forText).Stages[0]
	framing := s.Areas[0].Criteria[0]
	for what, got := range map[string]string{
		"sum 5": rangeText(*framing.Sum), "score 1 2/3": rangeText(*framing.Score), "counts 2/3": rangeText(*framing.Counts), "points 1 1/3": rangeText(*framing.Points),
		"of 2": framing.Possible.Text(), "floor 1/18": rangeText(*framing.Margin), "craft 2 1/3": rangeText(s.Areas[0].Points), "share 7/9": rangeText(s.Areas[0].Held),
		"area 8/45": rangeText(*s.Areas[0].Margin), "fit 1/30": rangeText(*s.Fit.Margin), "decides fit": s.Deciding.Kind,
		"more 2/3":   framing.Items[1].More.Text(),     // scope-cut at 2: score 2, all of the last level counts: 2 − 4/3
		"less 2/3":   framing.Items[1].Less.Text(),     // at 0: 4/3, 1/3 of a level counts: 4/3 − 2/3
		"heavy 1.33": framing.Items[0].Less.Decimal(2), // problem-note at 1: score 1, nothing counts: 4/3 − 0
	} {
		if _, want, _ := strings.Cut(what, " "); got != want {
			t.Errorf("%s: got %s", what, got)
		}
	}
}
