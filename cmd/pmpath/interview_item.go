package main

import (
	"fmt"
	"strconv"

	"github.com/pmpath/pmpath/internal/prompt"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// itemRows are the levels of an item and the ways not to name one.
func (v *interviewer) itemRows(q readiness.Question) []row {
	item := q.Item
	var rows []row
	for _, level := range item.Competency.Scale.Levels {
		rows = append(rows, newRow(strconv.Itoa(level.Level), sanitize.Line(level.Label), item.Anchor(level.Level), func() error {
			return v.said(q, func() error { return v.iv.Answer(level.Level) })
		}))
	}
	if item.NotApplicable {
		noChance := newRow("n", labelNoChance, textNoChance, func() error { return v.noChance(q) })
		noChance.Also = "na"
		rows = append(rows, noChance)
	}
	return append(rows, v.skipRow(q))
}

func (v *interviewer) skipRow(q readiness.Question) row {
	skip := newRow("s", labelSkip, textSkip, func() error { return v.said(q, v.iv.Skip) })
	skip.Also = "skip"
	return skip
}

// noChance asks why there is none. Whoever gives no reason is asked the question again.
func (v *interviewer) noChance(q readiness.Question) error {
	reason, err := v.p.Line(askReason, "", checkText)
	if err != nil || reason == "" {
		return err
	}
	return v.said(q, func() error { return v.iv.NotApplicable(reason) })
}

// evidence asks what could be shown for an answer that names a level, and saves it.
func (v *interviewer) evidence(q readiness.Question) error {
	kind := response.EvidenceKind("")
	give := func(key, label string, of response.EvidenceKind) row {
		return newRow(key, label, "", func() error { kind = of; return nil })
	}
	none := newRow("s", labelNothing, textNothing, nothing)
	none.Also = "skip"
	question := prompt.Question{Ask: askEvidence, Help: helpEvidence}
	err := pick(v.p, question, []row{
		give("1", labelShow, response.Artifact),
		give("2", labelConfirm, response.ByPeer),
		give("3", labelOwnWord, response.BySelf),
		none,
	}, []row{leaveRow()})
	if err != nil || kind == "" {
		return err
	}
	evidence := response.Evidence{Kind: kind}
	if err := askEvidenceOf(v.p, &evidence); err != nil {
		return err
	}
	if err := v.iv.SetEvidence(q.Item, evidence); err != nil {
		return err
	}
	return v.keep(q)
}

// note lets the person write a note on a question, and saves it. The question stays open.
func (v *interviewer) note(q readiness.Question) error {
	before := v.iv.Sheet().Notes[q.Item.Index]
	note, err := v.compose(sanitize.Line(q.Item.Ask), before)
	if err != nil || note == before {
		return err
	}
	v.iv.Note(q.Item, note)
	return v.keep(q)
}

// help says what counts at a question; for an item also what each level has that the one before has not, their anchors side by side; and which words
// are understood.
func (v *interviewer) help(q readiness.Question) error {
	if q.Gate != nil {
		if err := v.p.Say("\n" + joined(evidenceHelp(q.Gate.Evidence), helpFact)); err != nil {
			return err
		}
	} else if err := v.levelHelp(q.Item); err != nil {
		return err
	}
	_, place, _ := v.iv.Open()
	var words []prompt.Option
	for _, action := range v.actions(q, place) {
		words = append(words, action.Option)
	}
	return v.p.Say("\n"+helpWords, words...)
}

func (v *interviewer) levelHelp(item *rubric.Item) error {
	if counts := joined(windowOf(item), evidenceHelp(item.Evidence)); counts != "" {
		if err := v.p.Say("\n" + counts); err != nil {
			return err
		}
	}
	levels := item.Competency.Scale.Levels
	for i := 1; i < len(levels); i++ {
		var pair []prompt.Option
		for _, level := range levels[i-1 : i+1] {
			pair = append(pair, prompt.Option{Key: strconv.Itoa(level.Level), Label: sanitize.Line(item.Anchor(level.Level))})
		}
		step := fmt.Sprintf(helpStep, sanitize.Line(levels[i-1].Label), sanitize.Line(levels[i].Label))
		if err := v.p.Say("\n"+step, pair...); err != nil {
			return err
		}
	}
	return nil
}

func windowOf(item *rubric.Item) string {
	if item.Window == 0 {
		return ""
	}
	return fmt.Sprintf(windowHelp, item.Window)
}

func evidenceHelp(evidence string) string {
	if evidence == "" {
		return ""
	}
	return fmt.Sprintf(helpCounts, sanitize.Line(evidence))
}

func itemText(item *rubric.Item, answer response.Answer) string {
	if level, ok := answer.Level(); ok {
		return strconv.Itoa(level) + " " + sanitize.Line(item.Competency.Scale.Label(level))
	}
	if answer.IsNotApplicable() {
		return labelNoChance
	}
	return ""
}
