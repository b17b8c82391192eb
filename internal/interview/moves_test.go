package interview_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/interview"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// Any sequence of moves keeps the sheet what the moves have said: nothing else in it changes, what a move refuses changes nothing, and the sheet can be
// written and read back.
func TestAnyMovesKeepTheSheetConsistent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRubric(t)
		until := rapid.SampledFrom([]interview.Until{interview.Full, interview.Areas, interview.Verdict}).Draw(t, "until")
		sheet := response.New(r)
		sheet.Date, _ = response.ParseDate("2026-06-01")
		iv := interview.New(sheet, drawTargets(t, r), until, nil)
		m := &model{answers: make([]response.Answer, len(r.Items)), gates: make([]response.GateAnswer, len(r.Gates)), notes: make([]string, len(r.Items)),
			evidence: make([]response.Evidence, len(r.Items)), asked: map[readiness.Question]bool{}}
		for range rapid.IntRange(1, 40).Draw(t, "moves") {
			m.move(t, iv)
			m.check(t, iv)
		}
		iv.GoOn()
		for {
			if _, _, ok := iv.Open(); !ok {
				break
			}
			must2(t, iv.Skip())
		}
		if _, stopped := iv.Stopped(); stopped {
			t.Fatal("stopped after everything was asked")
		}
		iv.MarkNotAsked()
		data, err := sheet.YAML()
		must2(t, err)
		node, err := document.ParseYAML("sheet", data)
		must2(t, err)
		again, err := response.Read(r, node)
		must2(t, err)
		if diff := cmp.Diff(sheet.Answers, again.Answers, cmp.AllowUnexported(response.Answer{})); diff != "" {
			t.Fatalf("read back: %s", diff)
		}
	})
}

func must2(t *rapid.T, err error) {
	if err != nil {
		t.Fatal(err)
	}
}

// model is what the moves have said, in the plainest form.
type model struct {
	answers  []response.Answer
	gates    []response.GateAnswer
	notes    []string
	evidence []response.Evidence
	asked    map[readiness.Question]bool
}

func (m *model) move(t *rapid.T, iv *interview.Interview) {
	q, place, open := iv.Open()
	refused := func(err, want error) {
		if !errors.Is(err, want) {
			t.Fatalf("got %v, want %v", err, want)
		}
	}
	noItem := interview.ErrNoItem
	if !open {
		noItem = interview.ErrNoQuestion
	}
	switch rapid.SampledFrom([]string{"answer", "answer", "answer", "na", "gate", "gate", "skip", "keep", "back", "goto", "jump", "note", "evidence", "on"}).Draw(t, "move") {
	case "answer":
		level := rapid.IntRange(-1, 5).Draw(t, "level")
		err := iv.Answer(level)
		switch {
		case q.Item == nil:
			refused(err, noItem)
		case level < 0 || level > q.Item.Competency.Scale.Hi():
			refused(err, interview.ErrOffScale)
		default:
			must2(t, err)
			m.answers[q.Item.Index], m.asked[q] = response.Answered(level), true
		}
	case "na":
		err := iv.NotApplicable("why")
		switch {
		case q.Item == nil:
			refused(err, noItem)
		case !q.Item.NotApplicable:
			refused(err, interview.ErrApplies)
		default:
			must2(t, err)
			i := q.Item.Index
			m.answers[i], m.evidence[i], m.asked[q] = response.NotApplicable(), response.Evidence{}, true
			if m.notes[i] != "" {
				m.notes[i] += "\n"
			}
			m.notes[i] += "why"
		}
	case "gate":
		answer := response.GateAnswer{State: response.GateYes, Evidence: response.Evidence{Kind: response.BySelf}}
		err := iv.AnswerGate(answer)
		switch {
		case !open:
			refused(err, interview.ErrNoQuestion)
		case q.Gate == nil:
			refused(err, interview.ErrNoGate)
		default:
			must2(t, err)
			m.gates[q.Gate.Index], m.asked[q] = answer, true
		}
	case "skip":
		err := iv.Skip()
		switch {
		case !open:
			refused(err, interview.ErrNoQuestion)
		case q.Gate != nil:
			m.gates[q.Gate.Index], m.asked[q] = response.GateAnswer{}, true
		default:
			m.answers[q.Item.Index], m.evidence[q.Item.Index], m.asked[q] = response.Answer{}, response.Evidence{}, true
		}
	case "keep":
		err := iv.Keep()
		switch {
		case !open:
			refused(err, interview.ErrNoQuestion)
		case !m.asked[q]:
			refused(err, interview.ErrNotAnswered)
		}
	case "back":
		if err := iv.Back(); err != nil {
			refused(err, interview.ErrNothingBefore)
		} else if before, at, _ := iv.Open(); !m.asked[before] || open && at >= place {
			t.Fatalf("back from %d to %d", place, at)
		}
	case "goto":
		goal := rapid.IntRange(-1, len(iv.Questions())).Draw(t, "place")
		if err := iv.GoTo(goal); goal < 0 || goal == len(iv.Questions()) {
			refused(err, interview.ErrNoQuestion)
		} else if _, at, _ := iv.Open(); at != goal {
			t.Fatalf("at %d, want %d", at, goal)
		}
	case "jump":
		areas := append([]*rubric.Area{nil}, iv.Sheet().Rubric.Areas...)
		area := rapid.SampledFrom(areas).Draw(t, "area")
		asked, all := iv.AskedIn(area)
		if err := iv.Jump(area); all == 0 {
			refused(err, interview.ErrNoQuestion)
		} else if there, at, _ := iv.Open(); interview.AreaOf(there) != area || iv.Asked(at) != (asked == all) {
			t.Fatalf("jumped to %d, where %d of %d were asked", at, asked, all)
		}
	case "note":
		if q.Item != nil {
			iv.Note(q.Item, "a note")
			m.notes[q.Item.Index] = "a note"
		}
	case "evidence":
		if q.Item == nil {
			return
		}
		evidence := response.Evidence{Kind: response.Artifact, What: "it"}
		if _, answered := m.answers[q.Item.Index].Level(); !answered {
			refused(iv.SetEvidence(q.Item, evidence), interview.ErrNoLevel)
		} else {
			must2(t, iv.SetEvidence(q.Item, evidence))
			m.evidence[q.Item.Index] = evidence
		}
	case "on":
		iv.GoOn()
	}
}

func (m *model) check(t *rapid.T, iv *interview.Interview) {
	s := iv.Sheet()
	want := []any{m.answers, m.gates, m.notes, m.evidence}
	if diff := cmp.Diff(want, []any{s.Answers, s.Gates, s.Notes, s.Evidence}, cmp.AllowUnexported(response.Answer{}, response.Date{})); diff != "" {
		t.Fatalf("the sheet: -said +got\n%s", diff)
	}
	for place, q := range iv.Questions() {
		if iv.Asked(place) != m.asked[q] {
			t.Fatalf("place %d: asked %t, want %t", place, iv.Asked(place), m.asked[q])
		}
	}
}

// A day at the small rubric by hand: six questions, towards builder.
func TestMovesByHand(t *testing.T) {
	r := rubrictest.Small(t)
	s := response.New(r)
	s.Date, _ = response.ParseDate("2026-11-22")
	iv := interview.New(s, []*rubric.Stage{r.StageNamed("builder")}, interview.Full, nil)
	at := func(want string) {
		t.Helper()
		got := "end"
		if q, _, ok := iv.Open(); ok && q.Gate != nil {
			got = q.Gate.ID
		} else if ok {
			got = q.Item.ID
		}
		if got != want {
			t.Fatalf("open is %s, want %s", got, want)
		}
	}
	if err := iv.Back(); !errors.Is(err, interview.ErrNothingBefore) {
		t.Error(err)
	}
	at("shipped-once")
	must(t, iv.Skip())
	at("problem-note")
	must(t, iv.Jump(r.Areas[1])) // people
	at("hard-talk")
	must(t, iv.NotApplicable("nobody senior here"))
	at("ran-session")
	must(t, iv.Back())
	at("hard-talk")
	must(t, iv.Keep())
	at("ran-session")
	must(t, iv.AnswerGate(response.GateAnswer{State: response.GateNo}))
	at("problem-note") // what was jumped over comes after the last
	must(t, iv.Answer(3))
	if item := r.ItemNamed("problem-note"); !iv.CallsForEvidence(item) {
		t.Error("3 of 3 calls for evidence")
	} else {
		must(t, iv.SetEvidence(item, response.Evidence{Kind: response.Artifact, What: "the note"}))
		if iv.CallsForEvidence(item) {
			t.Error("evidence is there")
		}
	}
	at("scope-cut")
	must(t, iv.Answer(1))
	at("measure-read")
	must(t, iv.Answer(0))
	at("end")
	must(t, iv.GoTo(1)) // problem-note, from the review
	at("problem-note")
	must(t, iv.Skip())
	at("end")
	if !s.Evidence[0].IsZero() || s.Notes[3] != "nobody senior here" {
		t.Errorf("%+v", s)
	}
}

// An interview that is resumed goes on at the first question that nothing was said to; a question that was skipped is not asked again.
func TestResuming(t *testing.T) {
	r := rubrictest.Small(t)
	s := response.New(r)
	s.Answers[0] = response.Answered(1) // problem-note
	skipped := func(q readiness.Question) bool { return q.Gate != nil }
	iv := interview.New(s, []*rubric.Stage{r.StageNamed("builder")}, interview.Full, skipped)
	q, place, _ := iv.Open()
	if q.Item == nil || q.Item.ID != "scope-cut" || place != 2 {
		t.Errorf("open is %+v at %d", q, place)
	}
}
