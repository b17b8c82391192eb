package main

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/prompt"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
	"github.com/pmpath/pmpath/internal/settings"
	"github.com/pmpath/pmpath/internal/terminal"
)

// scripted is a Prompter that answers from a list: the key of an option, or a line of text. It stops when the list is over.
type scripted struct {
	answers []string
	asked   []prompt.Question // lines have only Ask
	remarks []string          // of checks that refused a line
}

func (s *scripted) next() (string, error) {
	if len(s.answers) == 0 {
		return "", prompt.ErrPaused
	}
	answer := s.answers[0]
	s.answers = s.answers[1:]
	return answer, nil
}

func (s *scripted) Choose(q prompt.Question) (int, error) {
	s.asked = append(s.asked, q)
	key, err := s.next()
	if err != nil {
		return -1, err
	}
	for i, option := range q.Options {
		if option.Key == key {
			return i, nil
		}
	}
	return -1, fmt.Errorf("%q has no option %q", q.Ask, key)
}

func (s *scripted) Line(ask, _ string, check func(string) error) (string, error) {
	s.asked = append(s.asked, prompt.Question{Ask: ask})
	for {
		text, err := s.next()
		if err != nil {
			return "", err
		}
		if check == nil {
			return text, nil
		}
		if err := check(text); err == nil {
			return text, nil
		} else {
			s.remarks = append(s.remarks, err.Error())
		}
	}
}

func smallSheet(t *testing.T, stage, target string) *response.Sheet {
	t.Helper()
	r := rubrictest.Small(t)
	sheet := response.New(r)
	sheet.Date = response.On(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
	sheet.Stage, sheet.Target = r.StageNamed(stage), r.StageNamed(target)
	return sheet
}

func interviewEnv() *env {
	return &env{streams: terminal.Fake{}.Streams(), settings: &settings.Settings{}}
}

func TestInterviewFillsASheet(t *testing.T) {
	sheet := smallSheet(t, "", "")
	p := &scripted{answers: []string{
		"1", "1", // starter, towards builder
		"1", "2026-6", "soon", "2026-06", "the note", // shipped once: two dates that are none, then a month
		"3", "s", "2", "n", // problem note, scope cut skipped, measure read, no chance for a hard talk
		"3", "", "", // ran a session, by one's own word
	}}
	if err := interviewEnv().ask(p, sheet, &assessOptions{}); err != nil {
		t.Fatal(err)
	}
	if len(p.answers) > 0 {
		t.Errorf("answers left over: %q", p.answers)
	}
	got, err := sheet.YAML()
	if err != nil {
		t.Fatal(err)
	}
	want := `pmpath: 1
rubric: small@1.2.3
digest: "` + sheet.Rubric.Digest + `"
rater: self
stage: starter
target: builder
date: 2026-11-22
answers:
  problem-note: 3
  measure-read: 2
  hard-talk: na
gates:
  shipped-once:
    met: true
    kind: artifact
    when: 2026-06-01
    what: "the note"
  ran-session:
    met: true
    kind: self
`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if diff := cmp.Diff([]string{badDate, badDate}, p.remarks); diff != "" {
		t.Errorf("remarks: -want +got\n%s", diff)
	}
}

// "No chance in this role" is offered where the question allows it and nowhere else; every question can be skipped.
func TestInterviewOffersWhatIsAllowed(t *testing.T) {
	sheet := smallSheet(t, "starter", "builder")
	p := &scripted{answers: []string{"s", "s", "s", "s", "s", "s"}}
	if err := interviewEnv().ask(p, sheet, &assessOptions{}); err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, q := range p.asked {
		line := q.Ask + ":"
		for _, option := range q.Options {
			line += " " + option.Key
		}
		keys = append(keys, line)
	}
	want := []string{
		"Have you shipped something whose effect was measured?: 1 2 3 n s",
		"Which problem did you write down last?: 0 1 2 3 s",
		"What did you leave out, and why?: 0 1 2 3 s",
		"What did you change because of a number?: 0 1 2 3 s",
		"When did you last say no to somebody senior?: 0 1 2 3 n s",
		"Have you run a working session?: 1 2 3 n s",
	}
	if diff := cmp.Diff(want, keys); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if diff := cmp.Diff(smallSheet(t, "starter", "builder").Answers, sheet.Answers, cmp.AllowUnexported(response.Answer{})); diff != "" {
		t.Errorf("skipped, but answered: %s", diff)
	}
}

// Nobody can tell from a question what is required: whatever role it is asked for, every question has the same words.
func TestInterviewTellsNoRequiredLevel(t *testing.T) {
	questions := map[string]prompt.Question{}
	compared := 0
	for _, target := range []string{"builder", "guide", "lead"} { // they ask for levels 2, 1 and 3 of framing
		sheet := smallSheet(t, "", target)
		p := &scripted{answers: strings.Split(strings.Repeat("s", len(readiness.Order(sheet.Rubric, []*rubric.Stage{sheet.Target}))), "")}
		if err := interviewEnv().ask(p, sheet, &assessOptions{}); err != nil {
			t.Fatal(err)
		}
		for _, q := range p.asked {
			q.Progress = ""
			if before, asked := questions[q.Ask]; asked {
				compared++
				if diff := cmp.Diff(before, q); diff != "" {
					t.Errorf("the question differs with the role: %s", diff)
				}
			}
			questions[q.Ask] = q
		}
	}
	if compared < 8 { // four items, each for two more roles
		t.Errorf("only %d questions were compared", compared)
	}
}

// A stop keeps what was answered; an answer that is half given, a gate without its evidence, is none.
func TestInterviewStoppedHalfWay(t *testing.T) {
	sheet := smallSheet(t, "starter", "builder")
	p := &scripted{answers: []string{"1", "2026-06"}}
	err := interviewEnv().ask(p, sheet, &assessOptions{})
	if !errors.Is(err, prompt.ErrPaused) {
		t.Errorf("got %v", err)
	}
	if state := sheet.Gates[sheet.Rubric.GateNamed("shipped-once").Index].State; state != response.GateOpen {
		t.Errorf("the gate has state %d", state)
	}
}

// Whoever can go one way only is not asked which.
func TestInterviewAsksForRolesOnlyWhereOpen(t *testing.T) {
	sheet := smallSheet(t, "", "")
	p := &scripted{answers: []string{"2"}} // builder, whom only lead follows
	if err := interviewEnv().ask(p, sheet, &assessOptions{}); !errors.Is(err, prompt.ErrPaused) {
		t.Fatal(err)
	}
	if len(p.asked) != 2 || p.asked[1].Ask != "Would your team name you as their lead?" {
		t.Errorf("asked %+v", p.asked)
	}
	sheet = smallSheet(t, "", "")
	p = &scripted{answers: []string{"4"}} // lead, whom nobody follows
	var use usageError
	if err := interviewEnv().ask(p, sheet, &assessOptions{}); !errors.As(err, &use) {
		t.Errorf("got %v, want a usage error", err)
	}
}

func TestParseWhen(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "2026-03": "2026-03-01", "2026-03-15": "2026-03-15", "2024-02-29": "2024-02-29",
	} {
		if got, ok := parseWhen(text); !ok || got.String() != want {
			t.Errorf("%q gives %q, %t; want %q", text, got, ok, want)
		}
	}
	for _, text := range []string{"2026", "2026-3", "2026-13", "2026-02-29", "03/2026", "2026-03-", "yesterday", "0001-01"} {
		if got, ok := parseWhen(text); ok {
			t.Errorf("%q gives %s", text, got)
		}
	}
}
