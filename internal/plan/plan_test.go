package plan_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/plan"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// calendar lists the goals of a plan as "id level begins due horizon".
func calendar(p *plan.Plan) []string {
	var lines []string
	for _, g := range p.Goals {
		name := "gate"
		switch {
		case g.Gate != nil:
			name = g.Gate.ID
		case g.Raise != nil:
			name = fmt.Sprintf("%s %d", g.Raise.Item.ID, g.Raise.To)
		}
		lines = append(lines, fmt.Sprintf("%s %s %s %s", name, g.Begins, g.Due, g.Horizon))
	}
	return lines
}

// The dates are worked out by hand. Kim's hours add up to 20, 28, 33, 45, 61. The gate is due on the last day of week 26: 181 days after the start.
func TestDatesByHand(t *testing.T) {
	r := rubrictest.Small(t)
	for _, test := range []struct {
		name, start string
		hours       int
		want        []string
		yearEnds    string
	}{
		// Weeks of 4: through 5, 7, 9 (33/4), 12 (45/4), 16 (61/4). The first days: weeks 0, 5, 7, 8 (33/4), 11 (45/4). Thursday the 26th, so a week ends on a Wednesday.
		{"over a year end", "2026-11-26", 4, []string{
			"trusted 2026-11-26 2027-05-26 short", // 5 days of November, then 31, 31, 28, 31, 30 and 26 of May make 182
			"problem-note 3 2026-11-26 2026-12-30 short",
			"measure-read 2 2026-12-31 2027-01-13 short",
			"hard-talk 2 2027-01-14 2027-01-27 short",
			"hard-talk 3 2027-01-21 2027-02-17 short",
			"measure-read 3 2027-02-11 2027-03-17 short",
		}, "2027-11-26"},
		// Weeks of 5: through 4, 6, 7, 9, 13; first days in weeks 0, 4, 5, 6, 9. February 2028 has 29 days: 2 + 27 = 29.
		{"through a leap day", "2028-02-02", 5, []string{
			"trusted 2028-02-02 2028-08-01 short", // 28 + 31 + 30 + 31 + 30 + 31 make 181 with the end of July, and the 182nd is August 1st
			"problem-note 3 2028-02-02 2028-02-29 short",
			"measure-read 2 2028-03-01 2028-03-14 short",
			"hard-talk 2 2028-03-08 2028-03-21 short",
			"hard-talk 3 2028-03-15 2028-04-04 short",
			"measure-read 3 2028-04-05 2028-05-02 short",
		}, "2029-02-02"},
		// The same in a year without one, which 2100 is: a day later from March on.
		{"no leap day in 2100", "2100-02-02", 5, []string{
			"trusted 2100-02-02 2100-08-02 short",
			"problem-note 3 2100-02-02 2100-03-01 short",
			"measure-read 2 2100-03-02 2100-03-15 short",
			"hard-talk 2 2100-03-09 2100-03-22 short",
			"hard-talk 3 2100-03-16 2100-04-05 short",
			"measure-read 3 2100-04-06 2100-05-03 short",
		}, "2101-02-02"},
		// All within a week: begun and due together, last day of the year; the year ends on February 28th, as 2029 has no 29th.
		{"everything in two weeks, from a leap day", "2028-02-29", 60, []string{
			"trusted 2028-02-29 2028-08-28 short", // 1 + 31 + 30 + 31 + 30 + 31 = 154 with the end of July, 28 more
			"problem-note 3 2028-02-29 2028-03-06 short",
			"measure-read 2 2028-02-29 2028-03-06 short",
			"hard-talk 2 2028-02-29 2028-03-06 short",
			"hard-talk 3 2028-02-29 2028-03-06 short",
			"measure-read 3 2028-02-29 2028-03-13 short", // the 61st hour is in the second week
		}, "2029-02-28"},
		// An hour a week: through 20, 28, 33, 45, 61 weeks. A year is over on 2027-12-31; 45 weeks are 315 days, 61 are 427.
		{"beyond a year", "2026-12-31", 1, []string{
			"trusted 2026-12-31 2027-06-30 short",
			"problem-note 3 2026-12-31 2027-05-19 short",
			"measure-read 2 2027-05-20 2027-07-14 short",
			"hard-talk 2 2027-07-15 2027-08-18 short",
			"hard-talk 3 2027-08-19 2027-11-10 short",
			"measure-read 3 2027-11-11 2028-03-01 long", // 365 days to 2027-12-31, 61 more: 31 of January, 29 of February, 1
		}, "2027-12-31"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := planOf(t, sheetOf(t, r, kim), "lead", test.start, test.hours, path.Wishes{})
			if diff := cmp.Diff(test.want, calendar(p)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if p.YearEnds.String() != test.yearEnds || p.Hours != 61 {
				t.Errorf("a year ends on %s, %d hours; want %s, 61", p.YearEnds, p.Hours, test.yearEnds)
			}
		})
	}
}

// Builder needs shipped-once, with evidence of the last 12 months, and framing of 3/2 at the least, so problem-note at 2: with 90 hours for that level and one
// a week the plan takes well over a year and a half.
func TestGateIsNotDueTooEarly(t *testing.T) {
	r := rubrictest.Small(t)
	empty := sheetOf(t, r, "answers: {problem-note: 0, scope-cut: 0, measure-read: 0, hard-talk: 0}\n")
	gate := func(p *plan.Plan) plan.Goal {
		for _, g := range p.Goals {
			if g.Gate != nil && g.Gate.ID == "shipped-once" {
				return g
			}
		}
		t.Fatal("the plan has no gate")
		return plan.Goal{}
	}
	// Fast: after half a year, which is when all the rest is done as well.
	if p := planOf(t, empty, "builder", "2026-11-26", 60, path.Wishes{}); gate(p).Due.String() != "2027-05-26" || p.End != gate(p).Due {
		t.Errorf("due %s, the plan ends %s", gate(p).Due, p.End)
	}
	// Slow: evidence of the due day is 12 months old on the last day, not more.
	r.CompetencyNamed("framing").Grow[1].Steps[0].Hours = 90
	p := planOf(t, empty, "builder", "2026-11-26", 1, path.Wishes{})
	if p.End.MinusMonths(12).Before(day(t, "2027-05-27")) {
		t.Fatalf("the plan ends %s: too early to tell anything", p.End)
	}
	due := gate(p).Due
	if due != p.End.MinusMonths(12) {
		t.Errorf("due %s, the plan ends %s", due, p.End)
	}
	answer := response.GateAnswer{State: response.GateYes, Evidence: response.Evidence{Kind: response.Artifact, When: due}}
	if lack := answer.Missing(r.GateNamed("shipped-once"), p.End); lack != response.LacksNothing {
		t.Errorf("on the last day the evidence lacks %v", lack)
	}
}

// Both questions of framing go to 2 and need its two steps, practice first and then mentor; problem-note then goes to 3 (mentor alone).
func TestActionsAndMix(t *testing.T) {
	r := rubrictest.Small(t)
	s := sheetOf(t, r, "answers: {problem-note: 1, scope-cut: 1, measure-read: 3, hard-talk: 3}\ngates: {trusted: {met: true, kind: peer}}\n")
	p := planOf(t, s, "lead", "2026-11-26", 4, path.Wishes{Keep: path.Named(r, "scope-cut")})
	var got []string
	for _, g := range p.Goals {
		line := fmt.Sprintf("%s %d:", g.Raise.Item.ID, g.Raise.To)
		for _, a := range g.Actions {
			line += " " + a.Kind
			if a.Again {
				line += " again"
			}
		}
		got = append(got, line)
	}
	want := []string{"problem-note 2: practice mentor", "problem-note 3: mentor", "scope-cut 2: practice again mentor again"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	// 10 and 2 hours twice, 20 once.
	if diff := cmp.Diff([]plan.Share{{Kind: "practice", Actions: 2, Hours: 20}, {Kind: "mentor", Actions: 3, Hours: 24}}, p.Mix); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// Hours that nobody states: the dearest raise of the small rubric is 20 hours (framing 3); a rubric without any gives a working week.
func TestHoursThatNobodyStates(t *testing.T) {
	r := rubrictest.Small(t)
	r.CompetencyNamed("measuring").Grow = nil
	p := planOf(t, sheetOf(t, r, kim), "lead", "2026-11-26", 4, path.Wishes{})
	for _, g := range p.Goals {
		if g.Raise != nil && g.Raise.Item.ID == "measure-read" && (g.Planned != 20 || g.Basis != plan.Dearest || len(g.Actions) > 0) {
			t.Errorf("%d hours, %s, %d actions", g.Planned, g.Basis, len(g.Actions))
		}
	}
	if p.Hours != 77 { // 20 + 20 + 5 + 12 + 20
		t.Errorf("%d hours, want 77", p.Hours)
	}
	for _, c := range r.Competencies {
		c.Grow = nil
	}
	p = planOf(t, sheetOf(t, r, kim), "lead", "2026-11-26", 4, path.Wishes{})
	if p.Hours != 200 || p.Goals[1].Basis != plan.Assumed || len(p.Mix) > 0 { // 5 raises of 40
		t.Errorf("%d hours, want 200", p.Hours)
	}
}

func TestNothingToPlan(t *testing.T) {
	r := rubrictest.Small(t)
	s := sheetOf(t, r, kim)
	for _, p := range []*plan.Plan{
		planOf(t, s, "starter", "2026-11-26", 4, path.Wishes{}),
		planOf(t, s, "lead", "2026-11-26", 4, path.Wishes{Not: path.Named(r, "trusted")}),
	} {
		if len(p.Goals) > 0 || !p.End.IsZero() || p.Hours != 0 {
			t.Errorf("%d goals until %s", len(p.Goals), p.End)
		}
	}
}

// A plan that no calendar can write is refused: 61 hours in the last weeks of 9999, and hours by the million.
func TestTooLong(t *testing.T) {
	r := rubrictest.Small(t)
	s := sheetOf(t, r, kim)
	found := path.Find(readiness.Evaluate(s, r.StageNamed("lead")), path.Wishes{})
	var long *plan.TooLongError
	if _, err := plan.New(found, day(t, "9999-10-01"), 4); !errors.As(err, &long) || long.Hours != 61 {
		t.Errorf("%v", err)
	}
	if _, err := plan.New(found, day(t, "9998-01-01"), 4); err != nil {
		t.Error(err)
	}
	r.CompetencyNamed("talking").Grow = []rubric.Growth{{Level: 2, Steps: []rubric.Step{{Kind: "practice", Do: "Long.", Hours: 1 << 40}}}}
	found = path.Find(readiness.Evaluate(s, r.StageNamed("lead")), path.Wishes{})
	if _, err := plan.New(found, day(t, "2026-01-01"), 1); !errors.As(err, &long) || !strings.Contains(err.Error(), "after the year 9999") {
		t.Errorf("%v", err)
	}
}
