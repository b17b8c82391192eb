package report

import (
	"fmt"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// drawAssessment is a random sheet with any state of every answer and gate, assessed for the roles that it asks about.
func drawAssessment(t *rapid.T, r *rubric.Rubric) *readiness.Assessment {
	s := response.New(r)
	s.Date, _ = response.ParseDate("2026-11-22")
	s.Rater = rapid.SampledFrom([]response.Rater{response.Self, response.Manager, response.Peer, response.Report}).Draw(t, "rater")
	s.Stage = rapid.SampledFrom(r.Stages[:3]).Draw(t, "stage") // the last one leads nowhere
	if rapid.Bool().Draw(t, "one target") {
		s.Target = rapid.SampledFrom(r.Stages).Draw(t, "target")
	}
	for i, item := range r.Items {
		s.Answers[i] = drawAnswer(t, item)
		if rapid.Bool().Draw(t, item.ID+" has evidence") {
			s.Evidence[i] = drawEvidence(t, item.ID)
		}
	}
	for i, gate := range r.Gates {
		s.Gates[i].State = rapid.SampledFrom([]response.GateState{response.GateOpen, response.GateYes, response.GateNo}).Draw(t, gate.ID)
		if s.Gates[i].State == response.GateYes {
			s.Gates[i].Evidence = drawEvidence(t, gate.ID)
		}
	}
	return readiness.Assess(s, readiness.Targets(s))
}

func drawAnswer(t *rapid.T, item *rubric.Item) response.Answer {
	scale := item.Competency.Scale
	switch level := rapid.IntRange(scale.Lo()-2, scale.Hi()).Draw(t, item.ID); {
	case level >= scale.Lo():
		return response.Answered(level)
	case level == scale.Lo()-1 && item.NotApplicable:
		return response.NotApplicable()
	}
	return response.Answer{}
}

func drawEvidence(t *rapid.T, id string) response.Evidence {
	e := response.Evidence{Kind: rapid.SampledFrom([]response.EvidenceKind{"", response.Artifact, response.ByPeer, response.BySelf}).Draw(t, id+" kind")}
	if rapid.Bool().Draw(t, id+" dated") {
		e.When, _ = response.ParseDate(fmt.Sprintf("%d-06-15", rapid.IntRange(2022, 2026).Draw(t, id+" year")))
	}
	return e
}
