package policy_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/policy"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

const today = "2026-11-26"

const header = "name,team,stage,target,date,problem-note,scope-cut,measure-read,hard-talk,shipped-once,shipped-once.kind,shipped-once.date,ran-session,problem-note.evidence,problem-note.date\n"

// Answers about the target builder, which asks framing 2, measuring 1, talking 1 and shipped-once (see rubrictest).
const (
	ready    = "builder,2026-11-22,2,2,1,1,yes,artifact,2026-06-01,,,"
	notReady = "builder,2026-11-22,2,2,1,1,no,,,,,"                     // the hard gate is missing
	open     = "builder,2026-11-22,2,2,1,1,,,,,,"                       // the hard gate is not answered
	noPeople = "builder,2026-11-22,2,2,1,0,yes,artifact,2026-06-01,,,"  // talking 0 of 1: the area people has 0 of 1 point, under its floor of 60 %
	openTalk = "builder,2026-11-22,2,2,1,,yes,artifact,2026-06-01,,,"   // talking not answered
	noTalk   = "builder,2026-11-22,2,2,1,na,yes,artifact,2026-06-01,,," // nothing of people is applicable, so it is not assessed
)

// people are rows with the answers, in a team and a stage.
func people(team, stage string, answers ...string) string {
	var b strings.Builder
	for i, a := range answers {
		fmt.Fprintf(&b, "%s-%s-%d,%s,%s,%s\n", team, stage, i+1, team, stage, a)
	}
	return b.String()
}

// times repeats an answer.
func times(n int, answer string) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = answer
	}
	return list
}

func mix(lists ...[]string) []string {
	var all []string
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}

func parse(t testing.TB, text string) *document.Node {
	t.Helper()
	n, err := document.ParseYAML("policy.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func readPolicy(t testing.TB, r *rubric.Rubric, rules string) *policy.Policy {
	t.Helper()
	p, err := policy.Read(r, parse(t, "pmpath: 1\nrules:\n"+rules))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func day(t testing.TB, text string) response.Date {
	t.Helper()
	d, ok := response.ParseDate(text)
	if !ok {
		t.Fatalf("no day: %s", text)
	}
	return d
}

func asTheyAre() func(dst, name []byte) []byte {
	return func(dst, name []byte) []byte { return append(dst, name...) }
}

func scan(t testing.TB, r *rubric.Rubric, rows string, workers int, handlers func(fields []string) func() intake.Handler) {
	t.Helper()
	if rows == "" { // a table without rows is refused
		return
	}
	source, err := intake.Open(r, []intake.Input{{Shown: "team.csv", Stream: strings.NewReader(header + rows)}}, intake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := source.Scan(workers, handlers(source.Fields()), io.Discard); err != nil {
		t.Fatal(err)
	}
}

// decide runs the rules over people.
func decide(t testing.TB, p *policy.Policy, rows string, o policy.Options, waivers ...*policy.Waiver) *policy.Decision {
	t.Helper()
	o.Today, o.Name = day(t, today), asTheyAre
	var judge *policy.Judge
	scan(t, p.Rubric, rows, 2, func(fields []string) func() intake.Handler {
		o.Fields = fields
		var err error
		if judge, err = policy.NewJudge(p, o); err != nil {
			t.Fatal(err)
		}
		return func() intake.Handler { return judge.Worker() }
	})
	d, err := judge.Decide(waivers, 0)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// said is what came out, a line for each case.
func said(d *policy.Decision) []string {
	var lines []string
	for i := range d.Cases {
		c := &d.Cases[i]
		line := c.Effect().String()
		for _, v := range c.Group {
			line += " " + v.By + "=" + v.Is
		}
		if c.Person != "" {
			line += " " + c.Person
		}
		if c.Competency != nil {
			line += " " + c.Competency.ID
		}
		if len(c.IDs) > 0 {
			line += " " + strings.Join(c.IDs, ",")
		}
		lines = append(lines, line)
	}
	return lines
}

// Each measure on either side of its bound, and exactly at it. What is open may fall either way, so it decides only where it cannot matter.
func TestBounds(t *testing.T) {
	tests := []struct {
		name, rule string
		answers    []string
		want       string
	}{
		{"ready 4 of 10 is 40 %", "ready: {at_least: 40%}", mix(times(4, ready), times(6, notReady)), "met"},
		{"ready 3 of 10", "ready: {at_least: 40%}", mix(times(3, ready), times(7, notReady)), "not_met"},
		{"ready 3 of 10, one open", "ready: {at_least: 40%}", mix(times(3, ready), times(1, open), times(6, notReady)), "cannot_tell"},
		{"ready 4 of 10, one open", "ready: {at_least: 40%}", mix(times(4, ready), times(1, open), times(5, notReady)), "met"},
		{"ready 2 of 10, one open", "ready: {at_least: 40%}", mix(times(2, ready), times(1, open), times(7, notReady)), "not_met"},
		{"ready a third of 9", "ready: {at_least: 1/3}", mix(times(3, ready), times(6, notReady)), "met"},
		{"a third is more than 33.3 %", "ready: {at_least: 33.3%}", mix(times(3, ready), times(6, notReady)), "met"},
		{"a third is less than 33.4 %", "ready: {at_least: 33.4%}", mix(times(3, ready), times(6, notReady)), "not_met"},
		{"ready at least 3 people", "ready: {at_least: 3}", mix(times(3, ready), times(4, notReady)), "met"},
		{"ready at least 3 people of 2", "ready: {at_least: 3}", mix(times(2, ready), times(4, notReady)), "not_met"},
		{"ready at most 50 %", "ready: {at_most: 50%}", mix(times(4, ready), times(4, notReady)), "met"},
		{"ready more than 50 %", "ready: {at_most: 50%}", mix(times(5, ready), times(4, notReady)), "not_met"},
		{"ready at most 50 %, one open", "ready: {at_most: 50%}", mix(times(4, ready), times(1, open), times(3, notReady)), "cannot_tell"},
		{"between, lower end", "ready: {at_least: 2, at_most: 3}", mix(times(2, ready), times(4, notReady)), "met"},
		{"between, upper end", "ready: {at_least: 2, at_most: 3}", mix(times(3, ready), times(4, notReady)), "met"},
		{"above between", "ready: {at_least: 2, at_most: 3}", mix(times(4, ready), times(4, notReady)), "not_met"},
		{"one is a person, not everybody", "ready: {at_least: 1}", mix(times(1, ready), times(4, notReady)), "met"},
		{"everybody", "ready: {at_least: 100%}", times(5, ready), "met"},
		{"everybody but one", "ready: {at_least: 100%}", mix(times(5, ready), times(1, notReady)), "not_met"},
		{"nothing asked", "ready: {at_least: 0%}", times(5, notReady), "met"},

		{"not ready at most 3", "not_ready: {at_most: 3}", mix(times(3, notReady), times(3, ready)), "met"},
		{"not ready more than 3", "not_ready: {at_most: 3}", mix(times(4, notReady), times(3, ready)), "not_met"},
		{"not ready at most 3, one open", "not_ready: {at_most: 3}", mix(times(3, notReady), times(1, open), times(3, ready)), "cannot_tell"},

		{"nobody undetermined", "undetermined: {at_most: 0}", times(5, ready), "met"},
		{"one undetermined", "undetermined: {at_most: 0}", mix(times(5, ready), times(1, open)), "not_met"},
		{"undetermined at 20 %", "undetermined: {at_most: 20%}", mix(times(4, ready), times(1, open)), "met"},
		{"undetermined above 20 %", "undetermined: {at_most: 20%}", mix(times(4, ready), times(2, open)), "not_met"},

		{"area held by 3 of 5", "area: people\n    holds: {at_least: 60%}", mix(times(3, ready), times(2, noPeople)), "met"},
		{"area held by 2 of 5", "area: people\n    holds: {at_least: 60%}", mix(times(2, ready), times(3, noPeople)), "not_met"},
		{"area held by 2 of 5, one open", "area: people\n    holds: {at_least: 60%}", mix(times(2, ready), times(1, openTalk), times(2, noPeople)), "cannot_tell"},
		{"area held by 4 or 5 of 8, one not assessed", "area: people\n    holds: {at_least: 60%}", mix(times(4, ready), times(1, noTalk), times(3, noPeople)), "cannot_tell"},
		{"area is not the verdict", "area: people\n    holds: {at_least: 100%}", times(5, notReady), "met"},

		{"a group of 5 is judged", "ready: {at_least: 0}", times(5, ready), "met"},
		{"a group of 4 is not", "ready: {at_least: 0}", times(4, ready), "cannot_tell"},
	}
	r := rubrictest.Small(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := readPolicy(t, r, "  - id: one\n    why: So.\n    "+tt.rule+"\n")
			d := decide(t, p, people("Search", "starter", tt.answers...), policy.Options{})
			if got := said(d); !cmp.Equal(got, []string{tt.want}) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if want := tt.want == "met"; d.Holds() != want {
				t.Errorf("holds: %v", d.Holds())
			}
		})
	}
}

// Groups are judged by themselves; small ones are not, and what cannot be judged at all is a miss.
func TestGroups(t *testing.T) {
	r := rubrictest.Small(t)
	rows := people("Search", "starter", times(5, ready)...) + people("Pay", "builder", times(5, notReady)...) + people("Ads", "builder", times(2, notReady)...) +
		people("", "starter", times(5, ready)...)
	tests := []struct {
		name, rule string
		want       []string
	}{
		{"one team", "team: Search\n    ready: {at_least: 100%}", []string{"met team=Search"}},
		{"another team", "team: Pay\n    ready: {at_least: 1}", []string{"not_met team=Pay"}},
		{"a small team", "team: Ads\n    ready: {at_least: 0}", []string{"cannot_tell team=Ads"}},
		{"a team that is not there", "team: search\n    ready: {at_least: 0}", []string{"cannot_tell team=search"}},
		{"each team", "each: team\n    ready: {at_least: 100%}", []string{"met team=", "not_judged team=Ads", "not_met team=Pay", "met team=Search"}},
		{"a stage, by its title", "stage: Builder\n    ready: {at_most: 0}", []string{"met stage=builder"}},
		{"each stage, in ladder order", "each: stage\n    ready: {at_least: 1}", []string{"met stage=starter", "not_met stage=builder"}},
		{"a target", "target: builder\n    ready: {at_least: 10}", []string{"met target=builder"}},
		{"a target of nobody", "target: lead\n    ready: {at_least: 0}", []string{"cannot_tell target=lead"}},
		{"each target", "each: target\n    not_ready: {at_most: 7}", []string{"met target=builder"}},
		{"team and stage", "team: Search\n    stage: starter\n    ready: {at_least: 5}", []string{"met stage=starter team=Search"}},
		{"each team within a stage", "stage: builder\n    each: team\n    ready: {at_most: 0}", []string{"not_judged stage=builder team=Ads", "met stage=builder team=Pay"}},
		{"three dimensions", "target: builder\n    each: team\n    stage: builder\n    ready: {at_most: 0}", []string{"not_judged stage=builder target=builder team=Ads", "met stage=builder target=builder team=Pay"}},
		{"a warning", "on_miss: warn\n    team: Pay\n    ready: {at_least: 1}", []string{"warning team=Pay"}},
		{"a warning that cannot be told", "on_miss: warn\n    team: Ads\n    ready: {at_least: 1}", []string{"warning team=Ads"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := decide(t, readPolicy(t, r, "  - id: one\n    why: So.\n    "+tt.rule+"\n"), rows, policy.Options{})
			if diff := cmp.Diff(tt.want, said(d)); diff != "" {
				t.Error(diff)
			}
		})
	}
	d := decide(t, readPolicy(t, r, "  - {id: one, why: So., each: team, ready: {at_least: 0}}\n"), people("A", "starter", times(4, ready)...)+people("B", "starter", times(4, ready)...), policy.Options{})
	if diff := cmp.Diff([]string{"not_judged team=A", "not_judged team=B", "cannot_tell"}, said(d)); diff != "" || d.Holds() {
		t.Errorf("only small groups: %s", diff)
	}
}

// Who names no role to measure against is undetermined, never left out of the share.
func TestPeopleWithoutATarget(t *testing.T) {
	r := rubrictest.Small(t)
	rows := people("Search", "starter", times(4, ready)...) + people("Search", "", strings.TrimPrefix(ready, "builder"))
	for rule, want := range map[string]string{
		"undetermined: {at_most: 0}": "not_met", "undetermined: {at_most: 1}": "met", "ready: {at_least: 100%}": "cannot_tell", "ready: {at_least: 80%}": "met",
		"area: people\n    holds: {at_least: 100%}": "cannot_tell",
	} {
		if got := said(decide(t, readPolicy(t, r, "  - id: one\n    why: So.\n    "+rule+"\n"), rows, policy.Options{})); !cmp.Equal(got, []string{want}) {
			t.Errorf("%s: %q, want %s", rule, got, want)
		}
	}
}

// An answer is as old as its date says: exactly so many months are allowed, a day more is not; what has no date, or one to come, cannot be told.
func TestSheetAge(t *testing.T) {
	r := rubrictest.Small(t)
	p := readPolicy(t, r, "  - {id: one, why: So., sheet_age: {at_most: 6 months}}\n")
	for date, want := range map[string]string{
		"2026-05-26": "met", "2026-05-25": "not_met S-starter-1", "2026-11-26": "met", "2026-11-27": "met", "2026-11-28": "cannot_tell S-starter-1", "": "cannot_tell S-starter-1",
	} {
		row := people("S", "starter", "builder,"+date+",2,2,1,1,no,,,,,")
		if got := said(decide(t, p, row, policy.Options{})); !cmp.Equal(got, []string{want}) {
			t.Errorf("answers of %q: %q, want %s", date, got, want)
		}
	}
}

// Evidence is compared with the date of the answers, as everywhere else, not with today's.
func TestEvidenceAge(t *testing.T) {
	r := rubrictest.Small(t)
	p := readPolicy(t, r, "  - {id: one, why: So., evidence_age: {at_most: 12 months}}\n")
	for answers, want := range map[string]string{
		"builder,2026-11-22,2,2,1,1,no,,,,,":                    "met",
		"builder,2026-11-22,2,2,1,1,no,,,,note,2025-11-22":      "met",
		"builder,2026-11-22,2,2,1,1,no,,,,note,2025-11-21":      "not_met S-starter-1 problem-note",
		"builder,2026-11-22,2,2,1,1,no,,,,note,":                "cannot_tell S-starter-1 problem-note",
		"builder,2026-11-22,,2,1,1,no,,,,note,2020-01-01":       "met", // no answer, so nothing that it stands for
		"builder,2026-11-22,2,2,1,1,yes,artifact,2025-11-22,,,": "met",
		"builder,2026-11-22,2,2,1,1,yes,artifact,2025-11-21,,,": "not_met S-starter-1 shipped-once",
	} {
		if got := said(decide(t, p, people("S", "starter", answers), policy.Options{})); !cmp.Equal(got, []string{want}) {
			t.Errorf("%s: %q, want %s", answers, got, want)
		}
	}
}

// A rule about people in a group that nobody is in has looked at nobody, which is no reason to be green.
func TestNobodyToLookAt(t *testing.T) {
	r := rubrictest.Small(t)
	p := readPolicy(t, r, "  - {id: one, why: So., team: Serch, sheet_age: {at_most: 6 months}}\n")
	if d := decide(t, p, people("Search", "starter", ready), policy.Options{}); d.Holds() || !cmp.Equal(said(d), []string{"cannot_tell team=Serch"}) {
		t.Errorf("%q", said(d))
	}
}

// A verdict over part of the people is none, however good the rest.
func TestLeftOutPeople(t *testing.T) {
	p := readPolicy(t, rubrictest.Small(t), "  - {id: one, why: So., ready: {at_least: 1}}\n")
	judge, err := policy.NewJudge(p, policy.Options{Today: day(t, today), Name: asTheyAre})
	if err != nil {
		t.Fatal(err)
	}
	scan(t, p.Rubric, people("S", "starter", times(5, ready)...), 1, func([]string) func() intake.Handler { return func() intake.Handler { return judge.Worker() } })
	for leftOut, want := range map[int]bool{0: true, 1: false} {
		if d, err := judge.Decide(nil, leftOut); err != nil || d.Holds() != want {
			t.Errorf("%d left out: holds %v, %v", leftOut, d.Holds(), err)
		}
	}
}

func TestMissingColumn(t *testing.T) {
	r := rubrictest.Small(t)
	p := readPolicy(t, r, "  - {id: one, why: So., team: Search, ready: {at_least: 1}}\n")
	_, err := policy.NewJudge(p, policy.Options{})
	var missing *policy.MissingError
	if !errors.As(err, &missing) || missing.Rule.At.Line != 3 {
		t.Errorf("%v", err)
	}
}
