package report

import (
	"bytes"
	"io"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/cohort"
	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/policy"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// A first policy can be read, and the answers that it was written from keep to it, whoever they are.
func TestFirstPolicyHolds(t *testing.T) {
	r := rubrictest.Small(t)
	today, _ := response.ParseDate("2026-11-26")
	withReady := 0
	rapid.Check(t, func(rt *rapid.T) {
		table := drawTeams(rt)
		scan := func(handler func(fields []string) func() intake.Handler) {
			source, err := intake.Open(r, []intake.Input{{Shown: "team.csv", File: bytes.NewReader(table.Bytes()), Size: int64(table.Len())}}, intake.Options{})
			if err != nil {
				rt.Fatal(err)
			}
			if _, err := source.Scan(1, handler(source.Fields()), io.Discard); err != nil {
				rt.Fatal(err)
			}
		}
		survey := policy.NewSurvey(r, today)
		scorer, err := cohort.New(r, cohort.Options{By: []string{cohort.ByStage}})
		if err != nil {
			rt.Fatal(err)
		}
		scan(func([]string) func() intake.Handler {
			return func() intake.Handler { return twice{scorer.Worker(), survey.Worker()} }
		})
		summary, err := scorer.Summary()
		if err != nil {
			rt.Fatal(err)
		}
		if summary.Total.People < 5 { // the command refuses so few
			rt.Skip()
		}
		var draft bytes.Buffer
		if err := PolicyDraft(&draft, summary.Publish(5), survey.Ages(), today.String()); err != nil {
			rt.Fatal(err)
		}
		n, err := document.ParseYAML("policy.yaml", draft.Bytes())
		if err != nil {
			rt.Fatal(err)
		}
		p, err := policy.Read(r, n)
		if err != nil {
			rt.Fatalf("%v\n%s", err, &draft)
		}
		if _, proposed := p.Wants(policy.Ready); proposed {
			withReady++
		}
		var judge *policy.Judge
		scan(func(fields []string) func() intake.Handler {
			if judge, err = policy.NewJudge(p, policy.Options{Fields: fields, Today: today, Name: func() func(dst, name []byte) []byte {
				return func(dst, name []byte) []byte { return append(dst, name...) }
			}}); err != nil {
				rt.Fatal(err)
			}
			return func() intake.Handler { return judge.Worker() }
		})
		if d, err := judge.Decide(nil, 0); err != nil || !d.Holds() {
			rt.Errorf("it does not hold: %v\n%s", err, &draft)
		}
	})
	if withReady == 0 {
		t.Error("no draft had a bound for ready")
	}
}
