package main

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/history"
	"github.com/pmpath/pmpath/internal/interview"
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
	told    []string          // between questions
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
	for i, option := range append(q.Options[:len(q.Options):len(q.Options)], q.Actions...) {
		if option.Key == key {
			return i, nil
		}
	}
	return -1, fmt.Errorf("%q has no option %q", q.Ask, key)
}

func (s *scripted) Say(text string, rows ...prompt.Option) error {
	for _, row := range rows {
		text += "\n" + row.Key + " " + row.Label
	}
	s.told = append(s.told, text)
	return nil
}

func (s *scripted) Lend(program *exec.Cmd) error { return program.Run() }

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
	nothing := func(string) (string, bool) { return "", false }
	return &env{streams: terminal.Fake{}.Streams(), settings: &settings.Settings{}, lookup: nothing, now: time.Now}
}

// kept begins a draft with the sheet in a store of its own.
func kept(t *testing.T, sheet *response.Sheet, until interview.Until) *history.Draft {
	t.Helper()
	store, err := history.Open(t.TempDir(), history.Options{Now: time.Now, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	draft, err := store.Begin(sheet, string(until))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = draft.Close(); _ = store.Close() })
	return draft
}

// talk holds an interview with the answers; where they are over somebody has left.
func talk(t *testing.T, sheet *response.Sheet, answers ...string) (*scripted, error) {
	t.Helper()
	p := &scripted{answers: answers}
	draft := kept(t, sheet, interview.Full)
	v := newInterviewer(interviewEnv(), p, draft)
	err := interviewEnv().converse(v, draft, &assessOptions{})
	if err == nil && len(p.answers) > 0 {
		t.Errorf("answers left over: %q", p.answers)
	}
	return p, err
}

func TestInterviewFillsASheet(t *testing.T) {
	sheet := smallSheet(t, "", "")
	p, err := talk(t, sheet,
		"1", "1", // starter, towards builder
		"1", "2026-6", "soon", "2026-06", "the note", // shipped once: two dates that are none, then a month
		"3", "2", "2026-02-28", "her mail", // problem note, at one of the two highest levels, so with evidence
		"s", "2", "s", // scope cut skipped, measure read without evidence
		"n", "", "n", "nobody senior here", // no chance for a hard talk, for a reason
		"3", "", "", // ran a session, by one's own word
		"done",
	)
	if err != nil {
		t.Fatal(err)
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
notes:
  hard-talk: "nobody senior here"
evidence:
  problem-note:
    kind: peer
    when: 2026-02-28
    what: "her mail"
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
	p, err := talk(t, sheet, "s", "s", "s", "s", "s", "s", "done")
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, q := range p.asked {
		line := q.Ask + ":"
		for _, option := range q.Options {
			line += " " + option.Key
		}
		line += " |"
		for _, action := range q.Actions {
			line += " " + action.Key
		}
		keys = append(keys, line)
	}
	want := []string{
		"Have you shipped something whose effect was measured?: 1 2 3 n s | help jump review leave",
		"Which problem did you write down last?: 0 1 2 3 s | help back note jump review leave",
		"What did you leave out, and why?: 0 1 2 3 s | help back note jump review leave",
		"What did you change because of a number?: 0 1 2 3 s | help back note jump review leave",
		"When did you last say no to somebody senior?: 0 1 2 3 n s | help back note jump review leave",
		"Have you run a working session?: 1 2 3 n s | help back jump review leave",
		"What next?: done | back review leave",
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
		p, err := talk(t, sheet, append(strings.Split(strings.Repeat("s", len(readiness.Order(sheet.Rubric, []*rubric.Stage{sheet.Target}))), ""), "done")...)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range p.asked[:len(p.asked)-1] { // what comes after the last tells how many there were
			q.Progress, q.Actions = "", nil // where back is depends on the order
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
	_, err := talk(t, sheet, "1", "2026-06")
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
	p, err := talk(t, sheet, "2") // builder, whom only lead follows
	if !errors.Is(err, prompt.ErrPaused) {
		t.Fatal(err)
	}
	if len(p.asked) != 2 || p.asked[1].Ask != "Would your team name you as their lead?" {
		t.Errorf("asked %+v", p.asked)
	}
	sheet = smallSheet(t, "", "")
	var use usageError
	if _, err := talk(t, sheet, "4"); !errors.As(err, &use) { // lead, whom nobody follows
		t.Errorf("got %v, want a usage error", err)
	}
}

// Back, keep, note, evidence later, jump, review: everything that can be done besides answering, in one interview.
func TestInterviewMoves(t *testing.T) {
	sheet := smallSheet(t, "starter", "builder")
	p, err := talk(t, sheet,
		"n",            // not shipped yet
		"back", "keep", // once more, and it stays
		"note", "one", "", "two", ".", // a note of three lines on the problem note
		"2", "s", // alone, without evidence
		"jump", "2", // to the people
		"1",                                // helped
		"back",                             // from the session to the hard talk
		"2", "1", "", "minutes of Tuesday", // alone after all
		"s",                                                 // no session said
		"review", "1", "2", "evidence", "3", "", "", "keep", // craft, problem note: evidence after all
		"back", "back", // to the areas, to the questions
		"0", "0", // what was jumped over
		"done",
	)
	if err != nil {
		t.Fatal(err)
	}
	data, err := sheet.YAML()
	if err != nil {
		t.Fatal(err)
	}
	_, got, _ := strings.Cut(string(data), "answers:\n")
	want := `  problem-note: 2
  scope-cut: 0
  measure-read: 0
  hard-talk: 2
gates:
  shipped-once:
    met: false
notes:
  problem-note: "one\n\ntwo"
evidence:
  problem-note:
    kind: self
  hard-talk:
    kind: artifact
    what: "minutes of Tuesday"
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if told := strings.Join(p.told, "\n"); !strings.Contains(told, "People: all asked and saved.") {
		t.Errorf("no good moment for a break: %s", told)
	}
}

// What ? tells: the window, what counts, and each level beside the one before it. No required level, no weight.
func TestInterviewHelp(t *testing.T) {
	p, err := talk(t, smallSheet(t, "starter", "builder"), "help", "s", "help")
	if !errors.Is(err, prompt.ErrPaused) {
		t.Fatal(err)
	}
	want := []string{
		"\nCounts as evidence: The release note and the figures. A fact counts with its date, and with what you could show or who could confirm it.",
		"\nBesides an answer you can type:\nhelp help What counts, and what tells the levels apart\njump jump To another area\nreview review See and change what you said\nleave leave Stop here; everything is kept",
		"Saved.",
		"\nThink of the past 12 months. Counts as evidence: The note.",
		"\nFrom Not yet to Helped:\n0 Nothing to show so far.\n1 I took notes for somebody.",
		"\nFrom Helped to Alone:\n1 I took notes for somebody.\n2 I wrote the note myself.",
		"\nFrom Alone to Taught:\n2 I wrote the note myself.\n3 Others use my way of writing notes.",
	}
	got := p.told[1:] // after the welcome
	if len(got) < len(want) {
		t.Fatalf("told %q", got)
	}
	if diff := cmp.Diff(want, got[:len(want)]); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// An interview until the verdict says why it ends and how much it saved, and offers the rest.
func TestInterviewStopsEarly(t *testing.T) {
	sheet := smallSheet(t, "starter", "builder")
	p := &scripted{answers: []string{"n", "more", "s", "s", "s", "s", "s", "done"}} // a needed gate is not met
	draft := kept(t, sheet, interview.Verdict)
	v := newInterviewer(interviewEnv(), p, draft)
	if err := interviewEnv().converse(v, draft, &assessOptions{}); err != nil {
		t.Fatal(err)
	}
	if help := p.asked[1].Help; help != "No answer to the rest could change the verdict any more: 1 of 6 questions asked, 5 saved." {
		t.Errorf("said %q", help)
	}
	if draft.Until() != "full" {
		t.Errorf("the draft goes until %s", draft.Until())
	}
	if !strings.Contains(p.told[0], "It ends as soon as no answer to the rest could change the verdict.") {
		t.Errorf("welcomed with %q", p.told[0])
	}
}

// An answer that cannot be saved stays on the screen; what is safe is said, and it can be tried again as often as somebody likes.
func TestInterviewSavesAgain(t *testing.T) {
	sheet := smallSheet(t, "starter", "builder")
	draft := kept(t, sheet, interview.Full)
	p := &scripted{answers: []string{"n", "1", "1", "s", "leave"}}
	v := newInterviewer(interviewEnv(), p, draft)
	failures, save := 2, v.save
	v.save = func(q readiness.Question, asked bool) error {
		if failures > 0 {
			failures--
			return errors.New("no space left on device")
		}
		return save(q, asked)
	}
	if err := interviewEnv().converse(v, draft, &assessOptions{}); !errors.Is(err, prompt.ErrPaused) {
		t.Fatal(err)
	}
	if p.asked[1].Ask != askSaveFailed || p.asked[2].Ask != askSaveFailed || p.asked[1].Help != "no space left on device. Everything before it is safe." {
		t.Errorf("asked %+v", p.asked[1])
	}
	if saves := strings.Count(strings.Join(p.told, "\n"), saved); saves != 2 || v.unsaved {
		t.Errorf("said %d times that it is saved", saves)
	}
	if !draft.AskedGate(sheet.Rubric.GateNamed("shipped-once")) {
		t.Error("the answer is not in the draft")
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
