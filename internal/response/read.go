package response

import (
	"fmt"
	"slices"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Read turns the document of a sheet into a Sheet of the rubric. All problems are document.Problems: unknown ids, levels outside the scale,
// "not applicable" where the item does not allow it, dates that no calendar has. Of a sheet for another rubric that alone is said.
func Read(r *rubric.Rubric, n *document.Node) (*Sheet, error) {
	rd := reader{Sheet: New(r)}
	Shape().Check(n, &rd.problems)
	if other := rd.otherRubric(n); other != nil {
		return nil, other
	}
	rd.readHead(n)
	rd.readAnswers(n)
	rd.readGates(n)
	rd.readNotes(n)
	rd.readEvidence(n)
	rd.readNotAsked(n)
	if err := rd.problems.Err(); err != nil {
		return nil, err
	}
	return rd.Sheet, nil
}

type reader struct {
	*Sheet
	problems document.Problems
}

// otherRubric refuses a sheet that answers other questions. Its other problems would only be consequences.
func (rd *reader) otherRubric(n *document.Node) error {
	var problems document.Problems
	if ref := n.TextOf("rubric"); ref != "" && ref != rd.Rubric.Ref() {
		problems.Add(n.At("rubric"), "rubric", fmt.Sprintf("this sheet answers %q, the rubric in use is %q", ref, rd.Rubric.Ref()),
			"use the rubric that was answered, or answer this one")
	} else if digest := n.TextOf("digest"); digest != "" && digest != rd.Rubric.Digest {
		problems.Add(n.At("digest"), "digest", "the rubric in use is not word for word the one that was answered", "use that one, or drop the digest to accept this one")
	}
	return problems.Err()
}

func (rd *reader) readHead(n *document.Node) {
	rd.Respondent = n.TextOf("respondent")
	if rater := n.TextOf("rater"); rater != "" {
		rd.Rater = Rater(rater)
	}
	rd.Stage = rd.stage(n, "stage")
	rd.Target = rd.stage(n, "target")
	rd.Date = rd.date(n, "date")
}

func (rd *reader) stage(n *document.Node, key string) *rubric.Stage {
	id := n.TextOf(key)
	if id == "" {
		return nil
	}
	for _, stage := range rd.Rubric.Stages {
		if stage.ID == id {
			return stage
		}
	}
	rd.unknown(n.At(key), key, "stage", id, rd.Rubric.StageIDs())
	return nil
}

func (rd *reader) unknown(at document.Position, path, what, id string, known []string) {
	rd.problems.Add(at, path, fmt.Sprintf("this rubric has no %s %q", what, id), document.Nearest(id, known, "`pmpath rubric sheet` lists all ids"))
}

func (rd *reader) date(n *document.Node, key string) Date {
	text := n.TextOf(key)
	date, ok := ParseDate(text)
	if at := n.At(key); !ok && text != "" && !rd.complained(at) {
		rd.problems.Add(at, key, fmt.Sprintf("no calendar has the day %s", text), "write it like 2026-11-22")
	}
	return date
}

// complained reports whether the shape has found fault with the value at this place already.
func (rd *reader) complained(at document.Position) bool {
	return slices.ContainsFunc(rd.problems, func(p document.Problem) bool { return p.Position == at })
}

// item finds the item that a key names, or complains.
func (rd *reader) item(section string, key *document.Node) *rubric.Item {
	item := rd.Rubric.ItemNamed(key.Text)
	if item == nil {
		ids := make([]string, len(rd.Rubric.Items))
		for i, known := range rd.Rubric.Items {
			ids[i] = known.ID
		}
		rd.unknown(key.Position, section, "item", key.Text, ids)
	}
	return item
}

func (rd *reader) readAnswers(n *document.Node) {
	for _, pair := range n.Members("answers") {
		if item := rd.item("answers", pair.Key); item != nil && pair.Value.Kind == document.Scalar {
			rd.Answers[item.Index] = rd.answer(item, pair)
		}
	}
}

func (rd *reader) answer(item *rubric.Item, pair document.Pair) Answer {
	path := "answers." + item.ID
	if pair.Value.Text == notApplicableWord {
		if !item.NotApplicable {
			rd.problems.Add(pair.Value.Position, path, "this question has no answer \"not applicable\"", "name a level; the lowest one is \"not yet\"")
		}
		return NotApplicable()
	}
	level, ok := pair.Value.AsInt()
	scale := item.Competency.Scale
	if ok && (level < scale.Lo() || level > scale.Hi()) {
		rd.problems.Add(pair.Value.Position, path, fmt.Sprintf("level %d is outside %d..%d", level, scale.Lo(), scale.Hi()), "choose a level of the scale")
	}
	return Answered(level)
}

func (rd *reader) readGates(n *document.Node) {
	for _, pair := range n.Members("gates") {
		gate := rd.Rubric.GateNamed(pair.Key.Text)
		if gate == nil {
			ids := make([]string, len(rd.Rubric.Gates))
			for i, known := range rd.Rubric.Gates {
				ids[i] = known.ID
			}
			rd.unknown(pair.Key.Position, "gates", "gate", pair.Key.Text, ids)
			continue
		}
		rd.Gates[gate.Index] = rd.gate(pair.Value)
	}
}

func (rd *reader) gate(n *document.Node) GateAnswer {
	switch {
	case n.Kind == document.Null:
		return GateAnswer{}
	case n.Kind == document.Map:
		return GateAnswer{gateState(n.Bool("met")), rd.evidence(n)}
	}
	return GateAnswer{State: gateState(n.Value() == "true")}
}

func gateState(met bool) GateState {
	if met {
		return GateYes
	}
	return GateNo
}

func (rd *reader) readNotes(n *document.Node) {
	for _, pair := range n.Members("notes") {
		if item := rd.item("notes", pair.Key); item != nil {
			rd.Notes[item.Index] = pair.Value.Value()
		}
	}
}

func (rd *reader) readEvidence(n *document.Node) {
	for _, pair := range n.Members("evidence") {
		if item := rd.item("evidence", pair.Key); item != nil {
			rd.Evidence[item.Index] = rd.evidence(pair.Value)
		}
	}
}

func (rd *reader) readNotAsked(n *document.Node) {
	list := n.Get("not_asked")
	if list == nil {
		return
	}
	for _, id := range list.Items {
		item := rd.item("not_asked", id)
		if item == nil {
			continue
		}
		if !rd.Answers[item.Index].IsOpen() {
			rd.problems.Add(id.Position, "not_asked", fmt.Sprintf("%q has an answer", item.ID), "drop it from one of the two places")
		}
		rd.NotAsked[item.Index] = true
	}
}

func (rd *reader) evidence(n *document.Node) Evidence {
	return Evidence{
		Kind: EvidenceKind(n.TextOf("kind")), When: rd.date(n, "when"), What: n.TextOf("what"), Link: n.TextOf("link"), ConfirmedBy: n.TextOf("confirmed_by"),
	}
}
