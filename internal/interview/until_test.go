package interview_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/interview"
	"github.com/pmpath/pmpath/internal/people"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/rubrics"
)

// answerAsked takes every answer from the sheet of somebody who filled in the whole form, as long as the interview asks, and counts the questions.
func answerAsked(t interface{ Fatal(...any) }, iv *interview.Interview, form *response.Sheet) (asked int) {
	for {
		q, place, ok := iv.Open()
		if !ok {
			return asked
		}
		if iv.Asked(place) {
			t.Fatal("asked twice:", place)
		}
		asked++
		if err := answerFrom(iv, form, q); err != nil {
			t.Fatal(err)
		}
	}
}

func answerFrom(iv *interview.Interview, form *response.Sheet, q readiness.Question) error {
	switch {
	case q.Gate != nil && form.Gates[q.Gate.Index].State == response.GateOpen:
		return iv.Skip()
	case q.Gate != nil:
		return iv.AnswerGate(form.Gates[q.Gate.Index])
	}
	answer := form.Answers[q.Item.Index]
	if level, ok := answer.Level(); ok {
		return iv.Answer(level)
	}
	if answer.IsNotApplicable() {
		return iv.NotApplicable("")
	}
	return iv.Skip()
}

// blank is a sheet of the same person with nothing answered.
func blank(form *response.Sheet) *response.Sheet {
	s := response.New(form.Rubric)
	s.Date, s.Stage, s.Target = form.Date, form.Stage, form.Target
	return s
}

// Stopping early gives the same verdict for every target as the whole form, also where questions were left open on purpose, and stopping for the
// areas also what is said of every area.
func TestStoppingEarlyDecidesTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRubric(t)
		form := drawSheet(t, r, rapid.Bool().Draw(t, "skips"))
		targets := drawTargets(t, r)
		counts := map[interview.Until]int{}
		for _, until := range []interview.Until{interview.Verdict, interview.Areas, interview.Full} {
			iv := interview.New(blank(form), targets, until, nil)
			counts[until] = answerAsked(t, iv, form)
			checkStop(t, iv, counts[until])
			for _, target := range targets {
				want, got := readiness.Evaluate(form, target), readiness.Evaluate(iv.Sheet(), target)
				if got.Verdict != want.Verdict {
					t.Fatalf("%s: until %s gives %v, the whole form %v", target.ID, until, got.Verdict, want.Verdict)
				}
				if until == interview.Areas {
					sameAreas(t, want, got)
				}
			}
		}
		if counts[interview.Verdict] > counts[interview.Areas] || counts[interview.Areas] > counts[interview.Full] {
			t.Fatalf("asked %v", counts)
		}
		if counts[interview.Full] != len(readiness.Order(r, targets)) {
			t.Fatalf("the whole form asked %d", counts[interview.Full])
		}
	})
}

// checkStop compares what an interview says of its end with what was counted.
func checkStop(t *rapid.T, iv *interview.Interview, asked int) {
	stop, stopped := iv.Stopped()
	if left := len(iv.Questions()) - asked; stopped != (left > 0) || stopped && (stop.Left != left || stop.Asked != asked) {
		t.Fatalf("asked %d of %d; it says %t, %+v", asked, len(iv.Questions()), stopped, stop)
	}
	iv.MarkNotAsked()
	marked := 0
	for _, notAsked := range iv.Sheet().NotAsked {
		if notAsked {
			marked++
		}
	}
	if marked > len(iv.Questions())-asked {
		t.Fatalf("%d items marked as not asked", marked)
	}
}

// sameAreas takes a floor that nobody can miss as reached, also where the whole form ends with nothing applicable that could be measured against it.
func sameAreas(t *rapid.T, want, got *readiness.Result) {
	for i := range want.Areas {
		w, g := &want.Areas[i], &got.Areas[i]
		if w.Outcome == 0 && g.Outcome == readiness.Holds {
			continue
		}
		if w.NotAssessed != g.NotAssessed {
			t.Fatalf("%s of %s: not assessed %t, in the whole form %t", w.Area.ID, want.Target.ID, g.NotAssessed, w.NotAssessed)
		}
		if !w.NotAssessed && w.Outcome != g.Outcome {
			t.Fatalf("%s of %s: %v, in the whole form %v", w.Area.ID, want.Target.ID, g.Outcome, w.Outcome)
		}
	}
}

// Whoever goes on after an early stop meets every question once, and ends with the sheet of the whole form.
func TestGoingOnAfterAStop(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRubric(t)
		form := drawSheet(t, r, false)
		targets := drawTargets(t, r)
		iv := interview.New(blank(form), targets, interview.Verdict, nil)
		asked := answerAsked(t, iv, form)
		iv.GoOn()
		asked += answerAsked(t, iv, form)
		if asked != len(iv.Questions()) {
			t.Fatalf("asked %d of %d", asked, len(iv.Questions()))
		}
		if _, stopped := iv.Stopped(); stopped {
			t.Fatal("stopped with nothing left")
		}
		for i, answer := range form.Answers {
			if iv.Sheet().Answers[i] != answer {
				t.Fatalf("item %d: %v, want %v", i, iv.Sheet().Answers[i], answer)
			}
		}
	})
}

// The golden people of the shipped rubrics, for every target that something is expected of: the same verdict in every case. The share of questions
// saved is logged.
func TestGoldenPeopleStopEarly(t *testing.T) {
	const name = "product-management"
	r, err := rubrics.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	everybody, err := people.Load(r, rubrics.Files(), name+"/"+people.Folder, people.Folder)
	if err != nil {
		t.Fatal(err)
	}
	all, asked := map[string]int{}, map[string]int{}
	cases := 0
	for _, person := range everybody {
		for _, expected := range person.Expect {
			cases++
			want := readiness.Evaluate(person.Sheet, expected.Target).Verdict
			for _, until := range []interview.Until{interview.Verdict, interview.Areas} {
				iv := interview.New(blank(person.Sheet), []*rubric.Stage{expected.Target}, until, nil)
				n := answerAsked(t, iv, person.Sheet)
				if got := readiness.Evaluate(iv.Sheet(), expected.Target).Verdict; got != want {
					t.Errorf("%s for %s: until %s gives %v, the whole form %v", person.ID, expected.Target.ID, until, got, want)
				}
				for _, key := range []string{fmt.Sprint(until), fmt.Sprint(until, ", ", want)} {
					asked[key] += n
					all[key] += len(iv.Questions())
				}
			}
		}
	}
	if cases < 60 {
		t.Errorf("only %d cases", cases)
	}
	for _, key := range []string{"verdict", "verdict, ready", "verdict, not_ready", "verdict, undetermined", "areas", "areas, ready", "areas, not_ready", "areas, undetermined"} {
		t.Logf("%d cases, until %s: asked %d of %d questions, %.1f %% saved", cases, key, asked[key], all[key], 100-100*float64(asked[key])/float64(all[key]))
	}
}
