//go:build unix

package main

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/people"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/rubrics"
)

const shipped = "product-management"

// golden is one of the golden people of the shipped rubric.
func golden(t testing.TB, id string) *people.Person {
	t.Helper()
	r, err := rubrics.Load(shipped)
	if err != nil {
		t.Fatal(err)
	}
	everybody, err := people.Load(r, rubrics.Files(), shipped+"/"+people.Folder, people.Folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, person := range everybody {
		if person.ID == id {
			return person
		}
	}
	t.Fatalf("there is no golden person %q", id)
	return nil
}

// keysFor are the keys with which somebody gives the answers of a sheet to a question, each for a list or a line of its own.
func keysFor(form *response.Sheet, q readiness.Question) []string {
	if q.Gate != nil {
		answer := form.Gates[q.Gate.Index]
		switch answer.State {
		case response.GateOpen:
			return []string{"s"}
		case response.GateNo:
			return []string{"n"}
		}
		kind := map[response.EvidenceKind]string{response.Artifact: "1", response.ByPeer: "2", response.BySelf: "3", "": "3"}[answer.Evidence.Kind]
		return []string{kind, answer.Evidence.When.String(), answer.Evidence.What}
	}
	answer := form.Answers[q.Item.Index]
	level, ok := answer.Level()
	switch {
	case answer.IsNotApplicable():
		return []string{"n", "My role has none of it"}
	case !ok:
		return []string{"s"}
	case readiness.CallsForEvidence(q.Item.Competency.Scale, level):
		return []string{strconv.Itoa(level), "s"}
	}
	return []string{strconv.Itoa(level)}
}

// Three persons take the whole questionnaire of the shipped rubric, with every key pressed on a terminal: the answers in the sheet are theirs, and so is the
// verdict on standard output. How long the next question took to be there is logged.
func TestPersonsTakeTheWholeQuestionnaire(t *testing.T) {
	t.Parallel()
	for id, target := range map[string]string{"apm-after-a-year": "pm", "pm-of-four-years": "senior-pm", "director-on-the-row": ""} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			person := golden(t, id)
			goal := person.Expect[0].Target
			if target != "" {
				goal = person.Sheet.Rubric.StageNamed(target)
			}
			p := sitDown(t, []string{"assess", "--stage", person.Sheet.Stage.ID, "--target", goal.ID, "--save-sheet", "me.yaml"})
			questions := readiness.Order(person.Sheet.Rubric, []*rubric.Stage{goal})
			var waits []time.Duration
			for place, q := range questions {
				p.sees(strconv.Itoa(place+1)+" of "+strconv.Itoa(len(questions))+" · ", 1)
				keys := keysFor(person.Sheet, q)
				p.types(strings.Join(keys, "\r")) // all but the last Enter: what follows it is the next question
				time.Sleep(20 * time.Millisecond) // a person lets go of one key before the next
				next := strconv.Itoa(place+2) + " of " + strconv.Itoa(len(questions)) + " · "
				if place+1 == len(questions) {
					next = endAsk
				}
				before := time.Now()
				p.types("\r")
				for !strings.Contains(p.seen(), next) && time.Since(before) < patience {
					time.Sleep(200 * time.Microsecond)
				}
				waits = append(waits, time.Since(before))
			}
			p.sees(endAsk, 1)
			p.types("done\r")
			if code := p.waits(); code != 0 {
				t.Fatalf("exit code %d:\n%s", code, p.seen())
			}
			p.leavesClean()
			checkTaken(t, p, person, goal)
			slices.Sort(waits)
			t.Logf("%d questions; next one there after %v in the middle, %v in 95 of 100, %v at most", len(questions), waits[len(waits)/2], waits[len(waits)*95/100], waits[len(waits)-1])
		})
	}
}

// checkTaken compares the saved sheet with the answers that were meant, and the report with the verdict that they get on the day of the interview.
func checkTaken(t *testing.T, p *person, person *people.Person, goal *rubric.Stage) {
	t.Helper()
	node, err := document.ParseYAML("me.yaml", []byte(p.reads("me.yaml")))
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := response.Read(person.Sheet.Rubric, node)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(person.Sheet.Answers, sheet.Answers, cmp.AllowUnexported(response.Answer{})); diff != "" {
		t.Errorf("answers: -meant +saved\n%s", diff)
	}
	meant := *person.Sheet
	meant.Date = sheet.Date
	verdict := readiness.Evaluate(&meant, goal).Verdict
	title := map[readiness.Verdict]string{readiness.Ready: "MEETS THE CONDITIONS", readiness.NotReady: "NOT YET", readiness.Undetermined: "CANNOT TELL YET"}[verdict]
	if report := p.reads("stdout"); !strings.Contains(report, title+" · "+goal.Title) {
		t.Errorf("want %s for %s:\n%s", title, goal.Title, report)
	}
	if list, _ := p.runs("assess", "--list"); list != "No interview is open.\n" {
		t.Errorf("left open: %s", list)
	}
}
