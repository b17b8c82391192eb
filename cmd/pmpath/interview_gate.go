package main

import (
	"errors"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/prompt"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// gateRows are the answers to a gate. A yes is none before its evidence has been asked for.
func (v *interviewer) gateRows(q readiness.Question) []row {
	answer := func(a response.GateAnswer) error {
		return v.said(q, func() error { return v.iv.AnswerGate(a) })
	}
	yes := func(key, label string, kind response.EvidenceKind) row {
		return newRow(key, label, "", func() error {
			evidence := response.Evidence{Kind: kind}
			if err := askEvidenceOf(v.p, &evidence); err != nil {
				return err
			}
			return answer(response.GateAnswer{State: response.GateYes, Evidence: evidence})
		})
	}
	return []row{
		yes("1", labelArtifact, response.Artifact),
		yes("2", labelPeer, response.ByPeer),
		yes("3", labelSelf, response.BySelf),
		newRow("n", labelNo, "", func() error { return answer(response.GateAnswer{State: response.GateNo}) }),
		v.skipRow(q),
	}
}

// askEvidenceOf asks for the date and the words of evidence whose kind is known.
func askEvidenceOf(p prompt.Prompter, evidence *response.Evidence) error {
	when, err := p.Line(askWhen, "", func(text string) error {
		if _, ok := parseWhen(text); !ok {
			return errors.New(badDate)
		}
		return nil
	})
	if err != nil {
		return err
	}
	evidence.When, _ = parseWhen(when)
	evidence.What, err = p.Line(askWhat, "", checkText)
	return err
}

// parseWhen reads a day, a month as its first day, or nothing as no date.
func parseWhen(text string) (response.Date, bool) {
	if text == "" {
		return response.Date{}, true
	}
	if date, ok := response.ParseDate(text); ok {
		return date, true
	}
	return response.ParseDate(text + "-01")
}

// checkText accepts no text, and every text that a sheet may hold.
func checkText(text string) error {
	if text == "" {
		return nil
	}
	var problems document.Problems
	document.Text().Check(&document.Node{Kind: document.Scalar, Text: text, Quoted: true}, &problems)
	if len(problems) > 0 {
		return errors.New(problems[0].What)
	}
	return nil
}

func gateText(answer response.GateAnswer) string {
	switch answer.State {
	case response.GateYes:
		return joined(map[response.EvidenceKind]string{
			response.Artifact: labelArtifact, response.ByPeer: labelPeer, response.BySelf: labelSelf,
		}[answer.Evidence.Kind], detailText(answer.Evidence))
	case response.GateNo:
		return labelNo
	default:
		return ""
	}
}

func evidenceText(evidence response.Evidence) string {
	return joined(map[response.EvidenceKind]string{
		response.Artifact: labelShow, response.ByPeer: labelConfirm, response.BySelf: labelOwnWord,
	}[evidence.Kind], detailText(evidence))
}

// detailText is the date and the words of evidence.
func detailText(evidence response.Evidence) string {
	text, what := evidence.When.String(), sanitize.Line(evidence.What)
	if text != "" && what != "" {
		text += ", "
	}
	if text += what; text == "" {
		return ""
	}
	return "(" + text + ")"
}
