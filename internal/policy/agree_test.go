package policy_test

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/cohort"
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/intake/intaketest"
	"github.com/pmpath/pmpath/internal/policy"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// What the gate counts is what the summary of a cohort counts, which works by tables: a bound at exactly that number holds, and one beside it does not.
func TestCountsAgreeWithTheCohort(t *testing.T) {
	r := rubrictest.Small(t)
	rapid.Check(t, func(rt *rapid.T) {
		var table bytes.Buffer
		if err := intaketest.New(r, rapid.Uint64().Draw(rt, "seed")).WriteWide(&table, rapid.IntRange(5, 60).Draw(rt, "people")); err != nil {
			rt.Fatal(err)
		}
		workers := rapid.IntRange(1, 3).Draw(rt, "workers")
		var scorer *cohort.Scorer
		summary := func(handler func(fields []string) func() intake.Handler) {
			source, err := intake.Open(r, []intake.Input{{Shown: "team.csv", File: bytes.NewReader(table.Bytes()), Size: int64(table.Len())}}, intake.Options{})
			if err != nil {
				rt.Fatal(err)
			}
			if _, err := source.Scan(workers, handler(source.Fields()), io.Discard); err != nil {
				rt.Fatal(err)
			}
		}
		summary(func(fields []string) func() intake.Handler {
			var err error
			if scorer, err = cohort.New(r, cohort.Options{Fields: fields, By: []string{cohort.ByStage}}); err != nil {
				rt.Fatal(err)
			}
			return func() intake.Handler { return scorer.Worker() }
		})
		s, err := scorer.Summary()
		if err != nil {
			rt.Fatal(err)
		}
		all := s.Total
		undetermined := all.CannotTell + all.NoTarget
		rules := ""
		add := func(id, measure string, least, most int) {
			rules += fmt.Sprintf("  - {id: %s, why: So., %s: {at_least: %d, at_most: %d}}\n", id, measure, least, most)
		}
		add("ready", "ready", all.Ready, all.Ready+undetermined)
		add("not-ready", "not_ready", all.OneStep+all.TwoSteps+all.Further, all.OneStep+all.TwoSteps+all.Further+undetermined)
		add("undetermined", "undetermined", undetermined, undetermined)
		rules += fmt.Sprintf("  - {id: too-many, why: So., ready: {at_least: %d}}\n", all.Ready+undetermined+1)
		for _, a := range s.Areas {
			rules += fmt.Sprintf("  - {id: area-%s, why: So., area: %[1]s, holds: {at_least: %d}}\n", a.Area.ID, a.Holds)
		}
		for _, g := range s.Groups(0) {
			if g.People >= 5 && g.Value != "" {
				rules += fmt.Sprintf("  - {id: at-%s, why: So., stage: %[1]s, ready: {at_least: %d}}\n", g.Value, g.Ready)
				rules += fmt.Sprintf("  - {id: over-%s, why: So., stage: %[1]s, ready: {at_least: %d}}\n", g.Value, g.Ready+g.CannotTell+g.NoTarget+1)
			}
		}
		p := readPolicy(t, r, rules)
		var judge *policy.Judge
		summary(func(fields []string) func() intake.Handler {
			var err error
			if judge, err = policy.NewJudge(p, policy.Options{Fields: fields, Today: day(t, today), Name: asTheyAre}); err != nil {
				rt.Fatal(err)
			}
			return func() intake.Handler { return judge.Worker() }
		})
		d, err := judge.Decide(nil, 0)
		if err != nil {
			rt.Fatal(err)
		}
		for i := range d.Cases {
			c := &d.Cases[i]
			want := policy.Met
			if c.Rule.ID == "too-many" || len(c.Rule.ID) > 5 && c.Rule.ID[:5] == "over-" {
				want = policy.NotMet
			}
			if c.Reason != policy.TooFew && c.Reason != policy.NoBase && c.Outcome != want {
				rt.Errorf("%s: %v, want %v (%d people)", c.Rule.ID, c.Outcome, want, c.People)
			}
		}
	})
}
