package rubric

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/fraction"
)

func (b *builder) readGates(ladder *document.Node) {
	for _, n := range ladder.Entries("gates") {
		gate := &Gate{
			Index: len(b.Gates), ID: n.TextOf("id"), Title: n.TextOf("title"), Ask: n.TextOf("ask"), Evidence: n.TextOf("evidence"),
			Kinds: n.Get("needs").Texts("kind"), Within: months(n.Get("needs").TextOf("within")), Why: n.TextOf("why"),
			Basis: Basis(n.TextOf("basis")), Sources: b.sourcesOf(n), Accept: acceptances(n), At: n.Position,
		}
		if b.claim("gate", gate.ID, n.At("id")) {
			b.gates[gate.ID] = gate
		}
		b.Gates = append(b.Gates, gate)
	}
}

func (b *builder) readStages(ladder *document.Node) {
	nodes := ladder.Entries("stages")
	for _, n := range nodes {
		stage := &Stage{
			Index: len(b.Stages), ID: n.TextOf("id"), Title: n.TextOf("title"), Aliases: n.Texts("aliases"), About: n.TextOf("about"),
			Duties: n.Texts("duties"), Accept: acceptances(n), At: n.Position,
		}
		if b.claim("stage", stage.ID, n.At("id")) {
			b.stages[stage.ID] = stage
		}
		b.claimTitles(stage, n)
		b.Stages = append(b.Stages, stage)
	}
	for i, n := range nodes {
		b.readNext(b.Stages[i], n)
		b.readCriteria(b.Stages[i], n)
		b.readStageGates(b.Stages[i], n)
		b.readEntryRoles(b.Stages[i], n)
	}
	b.checkCycles()
}

// claimTitles keeps one name from meaning two stages, whatever its capitals: stages are found by id, title and alias alike.
func (b *builder) claimTitles(stage *Stage, n *document.Node) {
	id, title := stage.ID, strings.ToLower(stage.Title)
	if b.stages[id] == stage {
		b.claim("title", id, n.At("id"))
	}
	if title != id {
		b.claim("title", title, n.At("title"))
	}
	for _, entry := range n.Entries("aliases") {
		if alias := strings.ToLower(entry.Value()); alias != title && alias != id {
			b.claim("title", alias, entry.Position)
		}
	}
}

func (b *builder) readNext(stage *Stage, n *document.Node) {
	for _, entry := range n.Entries("next") {
		next := b.stages[entry.Value()]
		switch {
		case entry.Kind != document.Scalar:
		case next == nil:
			b.unknown(entry.Position, "stage", entry.Value(), keys(b.stages))
		case slices.Contains(stage.Next, next):
			b.problems.Add(entry.Position, "", fmt.Sprintf("the stage %q stands twice in this list", next.ID), "keep one")
		default:
			stage.Next = append(stage.Next, next)
		}
	}
}

func (b *builder) readCriteria(stage *Stage, n *document.Node) {
	for _, pair := range n.Members("criteria") {
		c := b.competencies[pair.Key.Text]
		if c == nil {
			b.unknownCompetency(pair.Key)
			continue
		}
		switch criterion := b.readCriterion(c, pair); {
		case criterion == nil: // there was a problem
		case criterion.Level.Equal(fraction.Int(c.Scale.Lo())):
			stage.Void = append(stage.Void, criterion)
		default:
			stage.Criteria = append(stage.Criteria, criterion)
		}
	}
	slices.SortFunc(stage.Criteria, func(x, y *Criterion) int { return x.Competency.Index - y.Competency.Index })
}

// readCriterion returns nil after a problem.
func (b *builder) readCriterion(c *Competency, pair document.Pair) *Criterion {
	n := pair.Value
	level, ok := n.Number("level")
	if !ok {
		return nil
	}
	if b.unclear[c.Scale] {
		return nil
	}
	lo, hi := fraction.Int(c.Scale.Lo()), fraction.Int(c.Scale.Hi())
	if level.Cmp(lo) < 0 || level.Cmp(hi) > 0 {
		b.problems.Add(n.At("level"), "", fmt.Sprintf("level %s is outside %s..%s", level, lo, hi), "choose a level of the scale")
		return nil
	}
	span := fraction.Min(b.Rule.Span.At, level.Sub(lo))
	criterion := &Criterion{
		Competency: c, Level: level, Span: span, Weight: weight(n), Must: n.Bool("must"), Why: n.TextOf("why"),
		Basis: Basis(n.TextOf("basis")), Sources: b.sourcesOf(n),
		Accept: acceptances(n), At: pair.Key.Position,
	}
	criterion.Floor = b.floor(criterion, n)
	if own := n.Get("floor"); own != nil {
		criterion.FloorAt = own.Position
	}
	return criterion
}

func (b *builder) floor(c *Criterion, n *document.Node) fraction.Fraction {
	lowest := fraction.Int(c.Competency.Scale.Lo())
	own, given := n.Number("floor")
	switch {
	case !given && c.Must:
		return fraction.Max(lowest, c.Level.Sub(b.Rule.MustShortfall.At))
	case !given:
		return fraction.Max(lowest, c.Level.Sub(b.Rule.MaxShortfall.At))
	case own.Cmp(c.Level) > 0:
		b.problems.Add(n.At("floor"), "", fmt.Sprintf("the floor %s is above the required level %s", own, c.Level), "lower it")
	case own.Cmp(lowest) < 0:
		b.problems.Add(n.At("floor"), "", fmt.Sprintf("the floor %s is under the lowest level %s", own, lowest), "raise it")
	case b.Rule.Span.At.Sign() > 0 && own.Cmp(c.Level.Sub(b.Rule.Span.At)) < 0:
		b.problems.Add(n.At("floor"), "", fmt.Sprintf("the floor %s is more than the span of %s under the required level %s", own, b.Rule.Span.At, c.Level),
			"raise it: below the span no points are left to lose")
	}
	return own
}

func (b *builder) readStageGates(stage *Stage, n *document.Node) {
	for _, pair := range n.Members("gates") {
		if gate := b.gates[pair.Key.Text]; gate != nil {
			stage.Gates = append(stage.Gates, StageGate{gate, pair.Value.Value() == "hard"})
		} else {
			b.unknown(pair.Key.Position, "gate", pair.Key.Text, keys(b.gates))
		}
	}
}

func (b *builder) readEntryRoles(stage *Stage, n *document.Node) {
	for _, entry := range n.Entries("entry_roles") {
		role := EntryRole{
			ID: entry.TextOf("id"), Title: entry.TextOf("title"), FirstProof: entry.TextOf("first_proof"), Sources: b.sourcesOf(entry),
			Brings: b.competenciesOf(entry, "brings"), Lacks: b.competenciesOf(entry, "lacks"),
		}
		b.claim("entry role", role.ID, entry.At("id"))
		stage.EntryRoles = append(stage.EntryRoles, role)
	}
}

func (b *builder) competenciesOf(n *document.Node, key string) []*Competency {
	var found []*Competency
	for _, entry := range n.Entries(key) {
		if c := b.competencies[entry.Value()]; c != nil {
			found = append(found, c)
		} else if entry.Kind == document.Scalar {
			b.unknownCompetency(entry)
		}
	}
	return found
}

// unknownCompetency says nothing while an area is missing: one broken file would else bring a complaint for everything that names its skills.
func (b *builder) unknownCompetency(name *document.Node) {
	if !b.partial {
		b.unknown(name.Position, "competency", name.Text, keys(b.competencies))
	}
}

// checkCycles complains of each stage that leads back to itself.
func (b *builder) checkCycles() {
	for _, stage := range b.Stages {
		if way := wayBack(stage, stage, map[*Stage]bool{}); way != nil {
			b.problems.Add(stage.At, "", fmt.Sprintf("the stage %q leads back to itself: %s", stage.ID, strings.Join(way, " → ")), "drop one of the next entries")
			return // one cycle is named once; mending it may mend the others
		}
	}
}

func wayBack(from, to *Stage, seen map[*Stage]bool) []string {
	if seen[from] {
		return nil
	}
	seen[from] = true
	for _, next := range from.Next {
		if next == to {
			return []string{from.ID, to.ID}
		}
		if way := wayBack(next, to, seen); way != nil {
			return append([]string{from.ID}, way...)
		}
	}
	return nil
}
