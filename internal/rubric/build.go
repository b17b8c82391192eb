package rubric

import (
	"fmt"
	"slices"

	"github.com/pmpath/pmpath/internal/document"
)

// builder turns checked nodes into a Rubric. Where a field is missing or wrong, Check has said so; the builder goes on with zero values, and
// adds what only the whole can tell: references, uniqueness, ranges that depend on another field.
type builder struct {
	*Rubric
	problems     *document.Problems
	names        map[string]map[string]document.Position // by what is named: where each id was first used
	competencies map[string]*Competency
	gates        map[string]*Gate
	stages       map[string]*Stage
	sources      map[string]*Source
	unclear      map[*Scale]bool // scales with a problem of their own: nobody is told that a level lies outside them
	partial      bool            // an area could not be read: a competency that is not known may stand in it
}

func build(files rubricFiles, problems *document.Problems) *Rubric {
	head := files.head
	b := &builder{
		Rubric: &Rubric{
			ID: head.TextOf("id"), Version: head.TextOf("version"), Title: head.TextOf("title"), About: head.TextOf("about"),
			Accept: acceptances(head),
		},
		problems:     problems,
		names:        map[string]map[string]document.Position{},
		competencies: map[string]*Competency{},
		gates:        map[string]*Gate{},
		stages:       map[string]*Stage{},
		sources:      map[string]*Source{},
		unclear:      map[*Scale]bool{},
	}
	b.readRule(head.Get("rule"))
	b.readScales(head)
	b.readSources(head)
	for _, area := range files.areas {
		if area == nil {
			b.partial = true
			continue
		}
		b.readArea(area)
	}
	if files.ladder != nil {
		b.readGates(files.ladder)
		b.readStages(files.ladder)
	}
	return b.Rubric
}

// claim notes the use of an id and complains where it stands already. It reports whether the id is new and not empty.
func (b *builder) claim(what, id string, at document.Position) bool {
	if id == "" {
		return false
	}
	if b.names[what] == nil {
		b.names[what] = map[string]document.Position{}
	}
	if first, found := b.names[what][id]; found {
		b.problems.Add(at, "", fmt.Sprintf("the %s %q stands twice", what, id), fmt.Sprintf("rename one; the first is at %s", first))
		return false
	}
	b.names[what][id] = at
	return true
}

// unknown complains of a reference that points at nothing.
func (b *builder) unknown(at document.Position, what, id string, known []string) {
	b.problems.Add(at, "", fmt.Sprintf("there is no %s %q", what, id), document.Nearest(id, known, "define it, or name one that exists"))
}

func keys[T any](m map[string]T) []string {
	var ids []string
	for id := range m {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

func (b *builder) readRule(n *document.Node) {
	b.Rule = Rule{
		ReadyAt:       cut(n.Get("ready_at")),
		AreaFloor:     cut(n.Get("area_floor")),
		MaxShortfall:  cut(n.Get("max_shortfall")),
		MustShortfall: cut(n.Get("must_shortfall")),
		Span:          cut(n.Get("span")),
		Assessed:      cut(n.Get("assessed")),
	}
	span, given := n.Get("span").Number("at")
	if !given {
		return // the shape has complained
	}
	if span.Sign() <= 0 {
		b.problems.Add(n.Get("span").At("at"), "rule.span.at", "points need a span above 0", "1 counts the last level before the requirement")
		return
	}
	for _, key := range []string{"max_shortfall", "must_shortfall"} {
		if at := cut(n.Get(key)).At; at.Cmp(span) > 0 {
			b.problems.Add(n.Get(key).At("at"), "rule."+key+".at", fmt.Sprintf("a shortfall of %s is more than the span of %s", at, b.Rule.Span.At),
				"lower it or raise the span: below the span no points are left to lose")
		}
	}
}

func cut(n *document.Node) Cut {
	if n == nil {
		return Cut{} // the shape has complained
	}
	at, _ := n.Number("at")
	return Cut{At: at, Why: n.TextOf("why"), Place: n.Position}
}

func acceptances(n *document.Node) []Acceptance {
	var accepted []Acceptance
	for _, entry := range n.Entries("accept") {
		accepted = append(accepted, Acceptance{entry.TextOf("rule"), entry.TextOf("why"), entry.Position})
	}
	return accepted
}

// defaultScale is the id of the scale that the head gives under "scale".
const defaultScale = "scale"

func (b *builder) readScales(head *document.Node) {
	b.claim("scale", defaultScale, head.At("scale"))
	b.addScale(defaultScale, head.Get("scale"))
	for _, pair := range head.Members("scales") {
		if b.claim("scale", pair.Key.Text, pair.Key.Position) {
			b.addScale(pair.Key.Text, pair.Value)
		}
	}
}

func (b *builder) addScale(id string, n *document.Node) {
	scale := &Scale{ID: id}
	if n != nil {
		for _, entry := range n.Items {
			level, ok := entry.Int("level")
			if !ok {
				b.unclear[scale] = true // the shape has complained
				continue
			}
			if last := len(scale.Levels) - 1; last >= 0 && level != scale.Levels[last].Level+1 {
				b.problems.Add(entry.At("level"), "", fmt.Sprintf("level %d does not follow level %d", level, scale.Levels[last].Level),
					"number the levels one by one, lowest first")
				b.unclear[scale] = true
			}
			scale.Levels = append(scale.Levels, Level{level, entry.TextOf("label"), entry.TextOf("means")})
		}
	}
	if len(scale.Levels) < 2 { // the shape has complained; later checks need some scale
		scale.Levels = []Level{{Level: 0}, {Level: 1}}
		b.unclear[scale] = true
	}
	b.Scales = append(b.Scales, scale)
}

func (b *builder) readSources(head *document.Node) {
	for _, pair := range head.Members("sources") {
		source := &Source{ID: pair.Key.Text, Title: pair.Value.TextOf("title"), URL: pair.Value.TextOf("url"), Note: pair.Value.TextOf("note")}
		b.sources[source.ID] = source
		b.Sources = append(b.Sources, source)
	}
}

func (b *builder) sourcesOf(n *document.Node) []*Source {
	var found []*Source
	for _, entry := range n.Entries("sources") {
		if source := b.sources[entry.Value()]; source != nil {
			found = append(found, source)
		} else if entry.Kind == document.Scalar {
			b.unknown(entry.Position, "source", entry.Value(), keys(b.sources))
		}
	}
	return found
}
