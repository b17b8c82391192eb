package rubric

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pmpath/pmpath/internal/document"
)

func (b *builder) readArea(n *document.Node) {
	area := &Area{
		Index: len(b.Areas), ID: n.TextOf("area"), Title: n.TextOf("title"), About: n.TextOf("about"), Floor: b.Rule.AreaFloor,
		Accept: acceptances(n), At: n.Position,
	}
	if own := n.Get("floor"); own != nil {
		area.Floor = cut(own)
	}
	b.claim("area", area.ID, n.At("area"))
	b.Areas = append(b.Areas, area)
	for _, entry := range n.Entries("competencies") {
		b.readCompetency(area, entry)
	}
}

func (b *builder) readCompetency(area *Area, n *document.Node) {
	c := &Competency{
		Index: len(b.Competencies), Area: area, ID: n.TextOf("id"), Title: n.TextOf("title"), About: n.TextOf("about"), Scale: b.Scales[0],
		Accept: acceptances(n), At: n.Position,
	}
	if name := n.TextOf("scale"); name != "" && name != defaultScale {
		c.Scale = b.scale(name, n.At("scale"))
	}
	if b.claim("competency", c.ID, n.At("id")) {
		b.competencies[c.ID] = c
	}
	b.Competencies = append(b.Competencies, c)
	area.Competencies = append(area.Competencies, c)
	for _, entry := range n.Entries("items") {
		b.readItem(c, entry)
	}
	for _, pair := range n.Members("grow") {
		b.readGrowth(c, pair)
	}
	slices.SortFunc(c.Grow, func(x, y Growth) int { return x.Level - y.Level })
}

func (b *builder) scale(name string, at document.Position) *Scale {
	var known []string
	for _, scale := range b.Scales {
		if scale.ID == name {
			return scale
		}
		known = append(known, scale.ID)
	}
	b.unknown(at, "scale", name, known)
	scale := &Scale{Levels: b.Scales[0].Levels}
	b.unclear[scale] = true
	return scale
}

func (b *builder) readItem(c *Competency, n *document.Node) {
	item := &Item{
		Index: len(b.Items), Competency: c, ID: n.TextOf("id"), Ask: n.TextOf("ask"), Window: months(n.TextOf("window")), Weight: weight(n),
		NotApplicable: n.Bool("not_applicable"), Evidence: n.TextOf("evidence"), Accept: acceptances(n), At: n.Position, AskAt: n.At("ask"),
		Anchors: make([]string, len(c.Scale.Levels)), AnchorsAt: make([]document.Position, len(c.Scale.Levels)),
	}
	b.claim("item", item.ID, n.At("id"))
	b.Items = append(b.Items, item)
	c.Items = append(c.Items, item)
	b.readAnchors(item, n)
}

func (b *builder) readAnchors(item *Item, n *document.Node) {
	anchors := n.Get("anchors")
	scale := item.Competency.Scale
	if anchors == nil || anchors.Kind != document.Map || b.unclear[scale] {
		return
	}
	for _, pair := range anchors.Pairs {
		level, err := strconv.Atoi(pair.Key.Text)
		switch {
		case err != nil: // the shape has complained
		case level < scale.Lo() || level > scale.Hi():
			b.offScale(pair.Key.Position, level, scale)
		default:
			item.Anchors[level-scale.Lo()] = pair.Value.Value()
			item.AnchorsAt[level-scale.Lo()] = pair.Key.Position
		}
	}
	var missing []string
	for i, anchor := range item.Anchors {
		if anchor == "" && i > 0 && !has(anchors, scale.Levels[i].Level) {
			missing = append(missing, strconv.Itoa(scale.Levels[i].Level))
		}
	}
	if len(missing) > 0 {
		b.problems.Add(anchors.Position, "", "anchors are missing for level "+strings.Join(missing, ", "), "describe what a person at that level could show")
	}
}

func has(n *document.Node, level int) bool {
	return slices.ContainsFunc(n.Pairs, func(p document.Pair) bool { return p.Key.Text == strconv.Itoa(level) })
}

func (b *builder) offScale(at document.Position, level int, scale *Scale) {
	b.problems.Add(at, "", fmt.Sprintf("level %d is outside %d..%d", level, scale.Lo(), scale.Hi()), "choose a level of the scale")
}

func (b *builder) readGrowth(c *Competency, pair document.Pair) {
	level, err := strconv.Atoi(pair.Key.Text)
	if err != nil {
		return // the shape has complained
	}
	if b.unclear[c.Scale] {
		return
	}
	if level <= c.Scale.Lo() || level > c.Scale.Hi() {
		b.problems.Add(pair.Key.Position, "", fmt.Sprintf("no step leads to level %d", level),
			fmt.Sprintf("use a level from %d to %d", c.Scale.Lo()+1, c.Scale.Hi()))
		return
	}
	growth := Growth{Level: level}
	for _, entry := range pair.Value.Items {
		hours, _ := strconv.Atoi(strings.TrimSuffix(entry.TextOf("effort"), "h"))
		growth.Steps = append(growth.Steps, Step{
			Kind: entry.TextOf("kind"), Do: entry.TextOf("do"), Hours: hours, DoneWhen: entry.TextOf("done_when"),
		})
	}
	c.Grow = append(c.Grow, growth)
}

func weight(n *document.Node) int {
	if w, ok := n.Int("weight"); ok {
		return w
	}
	return 1
}

// months reads "12 months"; what is no such text has been complained of.
func months(text string) int {
	n, _, _ := strings.Cut(text, " ")
	count, _ := strconv.Atoi(n)
	return count
}
