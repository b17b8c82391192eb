package policy_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/policy"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// Every slip is named with its place and what to do; all of them at once.
func TestSlipsInPolicies(t *testing.T) {
	r := rubrictest.Small(t)
	tests := []struct{ name, text, want string }{
		{"nothing", "pmpath: 1\nrules: []\n", `policy.yaml:2:8: rules: at least 1 needed here, found 0`},
		{"another version", "pmpath: 2\nrules: [{id: a, why: So., ready: {at_least: 1}}]\n", `policy.yaml:1:9: pmpath: "2" is not a whole number from 1 to 1`},
		{"unknown key", "pmpath: 1\nrules: [{id: a, why: So., redy: {at_least: 1}}]\n", `unknown key "redy" – did you mean "ready"?`},
		{"no measure", "pmpath: 1\nrules: [{id: a, why: So.}]\n", "policy.yaml:2:9: rules: this rule bounds nothing – give it one of: ready"},
		{"two measures", "pmpath: 1\nrules: [{id: a, why: So., ready: {at_least: 1}, person: no_regression}]\n", "this rule bounds several things: ready, person"},
		{"no why", "pmpath: 1\nrules: [{id: a, ready: {at_least: 1}}]\n", `the key "why" is missing`},
		{"no end", "pmpath: 1\nrules: [{id: a, why: So., ready: {}}]\n", "policy.yaml:2:34: rules.ready: this bound has no end"},
		{"a decimal", "pmpath: 1\nrules: [{id: a, why: So., ready: {at_least: 0.4}}]\n", `"0.4" is not a share or a number of people – write it like 40%, 2/3 or 3 (people)`},
		{"a negative number", "pmpath: 1\nrules: [{id: a, why: So., ready: {at_least: -1}}]\n", `"-1" is not a share or a number of people`},
		{"more than everybody", "pmpath: 1\nrules: [{id: a, why: So., ready: {at_least: 101%}}]\n", "101% is more than everybody"},
		{"a long number", "pmpath: 1\nrules: [{id: a, why: So., ready: {at_least: 12345678}}]\n", `"12345678" is too long a number`},
		{"upside down", "pmpath: 1\nrules: [{id: a, why: So., ready: {at_least: 3, at_most: 2}}]\n", "nothing is both at least and at most this"},
		{"an unknown area", "pmpath: 1\nrules: [{id: a, why: So., area: craftt, holds: {at_least: 1}}]\n", `this rubric has no area "craftt" – did you mean "craft"?`},
		{"an area alone", "pmpath: 1\nrules: [{id: a, why: So., area: craft}]\n", `"area" and "holds" belong together`},
		{"holds alone", "pmpath: 1\nrules: [{id: a, why: So., holds: {at_least: 1}}]\n", `"area" and "holds" belong together`},
		{"an unknown stage", "pmpath: 1\nrules: [{id: a, why: So., stage: buildr, ready: {at_least: 1}}]\n", `policy.yaml:2:34: rules.stage: this rubric has no stage "buildr" – did you mean "builder"?`},
		{"two rules of one name", "pmpath: 1\nrules: [{id: a, why: So., ready: {at_least: 1}}, {id: a, why: So., ready: {at_least: 1}}]\n", `policy.yaml:2:55: rules.id: there are two rules "a"`},
		{"each and one", "pmpath: 1\nrules: [{id: a, why: So., each: team, team: X, ready: {at_least: 1}}]\n", "each team and one team contradict each other"},
		{"a regression of a group", "pmpath: 1\nrules: [{id: a, why: So., team: X, person: no_regression}]\n", "the baseline does not know who was in which group"},
		{"people and each", "pmpath: 1\nrules: [{id: a, why: So., each: team, sheet_age: {at_most: 6 months}}]\n", "this rule is about each person already"},
		{"an age without a unit", "pmpath: 1\nrules: [{id: a, why: So., sheet_age: {at_most: 6}}]\n", `"6" is not a number of months – write it like 6 months`},
		{"an age too high", "pmpath: 1\nrules: [{id: a, why: So., sheet_age: {at_most: 241 months}}]\n", "more than 240 months are no bound"},
		{"a group too small", "pmpath: 1\nmin_group: 2\nrules: [{id: a, why: So., ready: {at_least: 1}}]\n", `"2" is not a whole number from 3 to 1000`},
		{"another severity", "pmpath: 1\nrules: [{id: a, why: So., on_miss: warning, ready: {at_least: 1}}]\n", `policy.yaml:2:36: rules[0].on_miss: "warning" is not known here – use one of: fail, warn`},
		{"a list in place of a map", "pmpath: 1\nrules: [[a]]\n", "this is a list where a map is needed"},
		{"a word in place of a bound", "pmpath: 1\nrules: [{id: a, why: So., ready: 40%}]\n", "where a map is needed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := policy.Read(r, parse(t, tt.text))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got:\n%v\nwant: %s", err, tt.want)
			}
		})
	}
}

const waivable = `
  - {id: group, why: So., ready: {at_least: 50%}}
  - {id: each, why: So., each: team, ready: {at_least: 50%}}
  - {id: person, why: So., person: no_regression}
  - {id: age, why: So., sheet_age: {at_most: 6 months}}
`

func waivers(t *testing.T, p *policy.Policy, list string) []*policy.Waiver {
	t.Helper()
	w, err := policy.ReadWaivers(p, parse(t, "pmpath: 1\nwaivers:\n"+list))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestSlipsInWaivers(t *testing.T) {
	p := readPolicy(t, rubrictest.Small(t), waivable)
	const rest = ", reason: agreed_plan, because: We said so., owner: Kim, expires: 2026-12-31}"
	for name, tt := range map[string]struct{ waiver, want string }{
		"unknown rule":            {"{id: w, rule: grup" + rest, `the policy has no rule "grup" – did you mean "group"?`},
		"no owner":                {"{id: w, rule: group, reason: agreed_plan, because: x, expires: 2026-12-31}", `the key "owner" is missing`},
		"another reason":          {"{id: w, rule: group, reason: because, because: x, owner: Kim, expires: 2026-12-31}", `"because" is not known here – use one of: agreed_plan, new_role`},
		"no such day":             {"{id: w, rule: group, reason: left, because: x, owner: Kim, expires: 2026-02-30}", `no calendar has the day "2026-02-30"`},
		"no day":                  {"{id: w, rule: group, reason: left, because: x, owner: Kim, expires: never}", `"never" is not a day`},
		"a person for a group":    {"{id: w, rule: group, person: p-1" + rest, `the rule "group" is about groups`},
		"a group for people":      {"{id: w, rule: age, person: p-1, team: X" + rest, `the rule "age" is about people, not groups`},
		"nobody for people":       {"{id: w, rule: age" + rest, `the rule "age" is about people – say whom`},
		"no team":                 {"{id: w, rule: each" + rest, `the rule "each" is about each team – say which team`},
		"unknown skill":           {"{id: w, rule: person, person: p-1, competency: framin" + rest, `this rubric has no competency "framin" – did you mean "framing"?`},
		"a skill for another age": {"{id: w, rule: age, person: p-1, competency: framing" + rest, `the rule "age" is not about single skills`},
		"twice":                   {"{id: w, rule: group" + rest + ", {id: w, rule: group" + rest, `there are two waivers "w"`},
	} {
		_, err := policy.ReadWaivers(p, parse(t, "pmpath: 1\nwaivers: ["+tt.waiver+"]\n"))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got:\n%v\nwant: %s", name, err, tt.want)
		}
	}
}

// A waiver counts through its last day; then the miss counts again, and the waiver is named. What it does not cover, and what nobody needs, shows.
func TestWaivers(t *testing.T) {
	r := rubrictest.Small(t)
	p := readPolicy(t, r, waivable)
	rows := people("A", "starter", times(5, ready)...) + people("B", "starter", times(6, notReady)...)
	old := "builder,2026-01-01,2,2,1,1,no,,,,,"
	with := func(list string) *policy.Decision {
		return decide(t, p, rows+people("C", "starter", old, ready), policy.Options{Baseline: collect(t, r, rows)}, waivers(t, p, list)...)
	}
	const agreed = ", reason: agreed_plan, because: We said so., owner: Kim, "
	tests := []struct {
		name, list string
		want       []string // the misses: 6 of 13 are ready; team B; one old sheet; the baseline is kept
		unused     int
		expired    int
	}{
		{"none", "  []", []string{"not_met", "met team=A", "not_met team=B", "not_judged team=C", "met", "not_met C-starter-1"}, 0, 0},
		{"to the last day", "  - {id: w, rule: group" + agreed + "expires: 2026-11-26}", []string{"waived", "met team=A", "not_met team=B", "not_judged team=C", "met", "not_met C-starter-1"}, 0, 0},
		{"a day later", "  - {id: w, rule: group" + agreed + "expires: 2026-11-25}", []string{"not_met", "met team=A", "not_met team=B", "not_judged team=C", "met", "not_met C-starter-1"}, 0, 1},
		{"one team", "  - {id: w, rule: each, team: B" + agreed + "expires: 2026-12-31}", []string{"not_met", "met team=A", "waived team=B", "not_judged team=C", "met", "not_met C-starter-1"}, 0, 0},
		{"another team", "  - {id: w, rule: each, team: b" + agreed + "expires: 2026-12-31}", []string{"not_met", "met team=A", "not_met team=B", "not_judged team=C", "met", "not_met C-starter-1"}, 1, 0},
		{"a team that needs none", "  - {id: w, rule: each, team: A" + agreed + "expires: 2026-12-31}", []string{"not_met", "met team=A", "not_met team=B", "not_judged team=C", "met", "not_met C-starter-1"}, 1, 0},
		{"a small team needs none", "  - {id: w, rule: each, team: C" + agreed + "expires: 2026-12-31}", []string{"not_met", "met team=A", "not_met team=B", "not_judged team=C", "met", "not_met C-starter-1"}, 1, 0},
		{"a person", "  - {id: w, rule: age, person: C-starter-1" + agreed + "expires: 2026-12-31}", []string{"not_met", "met team=A", "not_met team=B", "not_judged team=C", "met", "waived C-starter-1"}, 0, 0},
		{"another person", "  - {id: w, rule: age, person: C-starter-2" + agreed + "expires: 2026-12-31}", []string{"not_met", "met team=A", "not_met team=B", "not_judged team=C", "met", "not_met C-starter-1"}, 1, 0},
		{"renewed", "  - {id: v, rule: group" + agreed + "expires: 2026-01-01}\n  - {id: w, rule: group" + agreed + "expires: 2026-12-31}", []string{"waived", "met team=A", "not_met team=B", "not_judged team=C", "met", "not_met C-starter-1"}, 0, 0},
	}
	for _, tt := range tests {
		d := with(tt.list)
		expired := 0
		for _, c := range d.Cases {
			if c.Expired != nil {
				expired++
			}
		}
		if diff := cmp.Diff(tt.want, said(d)); diff != "" || len(d.Unused) != tt.unused || expired != tt.expired {
			t.Errorf("%s: unused %d, expired %d\n%s", tt.name, len(d.Unused), expired, diff)
		}
	}
	all := with("  - {id: u, rule: group" + agreed + "expires: 2026-12-31}\n  - {id: v, rule: each, team: B" + agreed + "expires: 2026-12-31}\n" +
		"  - {id: w, rule: age, person: C-starter-1" + agreed + "expires: 2026-12-31}")
	if !all.Holds() {
		t.Errorf("with all misses waived: %q", said(all))
	}
}

// FuzzRead: whatever a policy says, reading ends in a policy or in problems with places.
func FuzzRead(f *testing.F) {
	f.Add("pmpath: 1\nrules:\n" + waivable)
	f.Add("pmpath: 1\nrules: [{id: a, why: So., area: craft, holds: {at_least: 2/3, at_most: 100%}, each: team}]\n")
	f.Add("pmpath: 1\nrules: [{id: a, why: So., ready: {at_least: 1/0}}]\n")
	r := rubrictest.Small(f)
	f.Fuzz(func(t *testing.T, text string) {
		n, err := document.ParseYAML("policy.yaml", []byte(text))
		if err != nil {
			return
		}
		p, err := policy.Read(r, n)
		if (p == nil) == (err == nil) {
			t.Fatalf("policy %v, error %v", p, err)
		}
		if p != nil {
			for _, rule := range p.Rules {
				if rule.Measure == 0 || !rule.Measure.AboutPeople() && rule.Bound.AtLeast == nil && rule.Bound.AtMost == nil {
					t.Errorf("a rule without a bound: %+v", rule)
				}
			}
		}
		_, _ = policy.ReadBaseline(n)
	})
}
