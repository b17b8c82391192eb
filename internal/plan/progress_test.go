package plan_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/plan"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

func states(p *plan.Progress) []string {
	var lines []string
	for _, s := range p.Goals {
		line := fmt.Sprintf("%s %d: %s", s.ID, s.To, s.State)
		if s.Why != "" {
			line += " " + string(s.Why)
		}
		if s.Overdue {
			line += " overdue"
		}
		lines = append(lines, line)
	}
	return lines
}

// Kim's plan, begun 2026-11-26 at 4 hours a week, has these goals and days: trusted 2027-05-26, problem-note 3 2026-12-30, measure-read 2 2027-01-13, hard-talk
// 2 2027-01-27 and 3 2027-02-17, measure-read 3 2027-03-17.
func TestLook(t *testing.T) {
	r := rubrictest.Small(t)
	record := planOf(t, sheetOf(t, r, kim), "lead", "2026-11-26", 4, path.Wishes{}).Record()
	for _, test := range []struct {
		name, date, sheet string
		want              []string
	}{
		{"nothing yet", "2026-12-30", kim, []string{
			"trusted 0: not_moved", "problem-note 3: not_moved", "measure-read 2: not_moved", "hard-talk 2: not_moved", "hard-talk 3: not_moved", "measure-read 3: not_moved",
		}},
		// 1 → 2 of hard-talk is a goal reached and the other one begun; a day after the day is overdue.
		{"some", "2026-12-31", "answers: {problem-note: 2, scope-cut: 0, measure-read: 0, hard-talk: 2}\ngates: {trusted: false}\n", []string{
			"trusted 0: not_moved", "problem-note 3: not_moved overdue", "measure-read 2: not_moved", "hard-talk 2: reached", "hard-talk 3: moved", "measure-read 3: not_moved",
		}},
		{"all", "2030-01-01", "answers: {problem-note: 3, scope-cut: 0, measure-read: 3, hard-talk: 3}\ngates: {trusted: {met: true, kind: peer}}\n", []string{
			"trusted 0: reached", "problem-note 3: reached", "measure-read 2: reached", "hard-talk 2: reached", "hard-talk 3: reached", "measure-read 3: reached",
		}},
		{"left open and left out", "2026-12-01", "answers: {problem-note: 3, hard-talk: na}\n", []string{
			"trusted 0: cannot_tell not_answered", "problem-note 3: reached", "measure-read 2: cannot_tell not_answered",
			"hard-talk 2: cannot_tell not_applicable", "hard-talk 3: cannot_tell not_applicable", "measure-read 3: cannot_tell not_answered",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := sheetOf(t, r, test.sheet)
			s.Date = day(t, test.date)
			if diff := cmp.Diff(test.want, states(plan.Look(record, s))); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// A yes without its evidence is on the way where there was none before, and no news where there was.
func TestLookAtGates(t *testing.T) {
	r := rubrictest.Small(t)
	no := planOf(t, sheetOf(t, r, "answers: {}\ngates: {trusted: false}\n"), "lead", "2026-11-26", 4, path.Wishes{}).Record()
	yes := planOf(t, sheetOf(t, r, kim), "lead", "2026-11-26", 4, path.Wishes{}).Record()
	now := sheetOf(t, r, kim)
	if s := plan.Look(no, now).Goals[0]; s.State != plan.Moved || s.Lack != response.LacksKind {
		t.Errorf("%+v", s)
	}
	if s := plan.Look(yes, now).Goals[0]; s.State != plan.NotMoved || !s.SaidYes {
		t.Errorf("%+v", s)
	}
}

// What has other words now is not compared, and what is gone is said to be.
func TestLookAtAnotherRubric(t *testing.T) {
	record := planOf(t, sheetOf(t, rubrictest.Small(t), kim), "lead", "2026-11-26", 4, path.Wishes{}).Record()
	for _, test := range []struct {
		name   string
		change func(r *rubric.Rubric)
		want   []string // of trusted, problem-note 3, measure-read 2, hard-talk 2
	}{
		{"another question", func(r *rubric.Rubric) { r.ItemNamed("problem-note").Ask = "Which?" },
			[]string{"trusted 0: not_moved", "problem-note 3: cannot_tell reworded", "measure-read 2: not_moved", "hard-talk 2: not_moved"}},
		{"another anchor at the aim", func(r *rubric.Rubric) { r.ItemNamed("measure-read").Anchors[2] = "I read it." },
			[]string{"trusted 0: not_moved", "problem-note 3: not_moved", "measure-read 2: cannot_tell reworded", "hard-talk 2: not_moved"}},
		{"another anchor elsewhere", func(r *rubric.Rubric) { r.ItemNamed("measure-read").Anchors[1] = "I read it." },
			[]string{"trusted 0: not_moved", "problem-note 3: not_moved", "measure-read 2: not_moved", "hard-talk 2: not_moved"}},
		{"another gate", func(r *rubric.Rubric) { r.GateNamed("trusted").Ask = "Are you?" },
			[]string{"trusted 0: cannot_tell reworded", "problem-note 3: not_moved", "measure-read 2: not_moved", "hard-talk 2: not_moved"}},
		{"no such question or gate", func(r *rubric.Rubric) {
			r.ItemNamed("hard-talk").ID, r.GateNamed("trusted").ID = "harder-talk", "liked"
		},
			[]string{"trusted 0: cannot_tell removed", "problem-note 3: not_moved", "measure-read 2: not_moved", "hard-talk 2: cannot_tell removed"}},
		{"a shorter scale", func(r *rubric.Rubric) { r.Scales[0].Levels = r.Scales[0].Levels[:3] },
			[]string{"trusted 0: not_moved", "problem-note 3: cannot_tell reworded", "measure-read 2: not_moved", "hard-talk 2: not_moved"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := rubrictest.Small(t)
			s := sheetOf(t, r, kim)
			test.change(r)
			if diff := cmp.Diff(test.want, states(plan.Look(record, s))[:4]); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestLookKnowsWhatWasOpen(t *testing.T) {
	r := rubrictest.Small(t)
	record := planOf(t, sheetOf(t, r, "answers: {}\n"), "lead", "2026-11-26", 4, path.Wishes{}).Record()
	for _, kept := range record.Goals {
		if !kept.Open || kept.Stood != 0 {
			t.Errorf("%+v", kept)
		}
	}
	p := plan.Look(record, sheetOf(t, r, kim))
	if p.Count(plan.Moved)+p.Count(plan.Reached)+p.Count(plan.NotMoved)+p.Count(plan.CannotTell) != len(p.Goals) || p.Count(plan.Reached) == 0 {
		t.Errorf("%v", states(p))
	}
}
