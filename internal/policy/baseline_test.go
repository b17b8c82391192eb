package policy_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/policy"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// collect is the baseline of people.
func collect(t testing.TB, r *rubric.Rubric, rows string) *policy.Baseline {
	t.Helper()
	c := policy.NewCollector(r, asTheyAre)
	scan(t, r, rows, 2, func([]string) func() intake.Handler { return func() intake.Handler { return c.Worker() } })
	return c.Baseline("p-0000000000000000")
}

// levels are the answers problem-note, scope-cut, measure-read and hard-talk of somebody; framing is (2·problem-note + scope-cut) / 3.
func levels(name, answers string) string {
	return name + ",Search,starter,builder,2026-11-22," + answers + ",,,,,,\n"
}

const noRegression = "  - {id: one, why: So., person: no_regression}\n"

func TestRegressions(t *testing.T) {
	r := rubrictest.Small(t)
	tests := []struct {
		name, before, now string
		want              []string
	}{
		{"the same", levels("a", "2,1,1,1"), levels("a", "2,1,1,1"), []string{"met"}},
		{"better", levels("a", "2,1,1,1"), levels("a", "3,1,1,2"), []string{"met"}},
		{"the same mean by other answers: 5/3", levels("a", "2,1,1,1"), levels("a", "1,3,1,1"), []string{"met"}},
		{"lower by a third: 4/3", levels("a", "2,1,1,1"), levels("a", "2,0,1,1"), []string{"not_met a framing"}},
		{"a gain elsewhere pays for nothing", levels("a", "2,1,1,1"), levels("a", "3,3,0,3"), []string{"not_met a measuring"}},
		{"a gain of somebody else pays for nothing", levels("a", "2,1,1,1") + levels("b", "0,0,0,0"), levels("a", "2,1,1,0") + levels("b", "3,3,3,3"), []string{"not_met a talking"}},
		{"several", levels("a", "2,1,1,1"), levels("a", "0,0,0,0"), []string{"not_met a framing", "not_met a measuring", "not_met a talking"}},
		{"open now, may be as before", levels("a", "2,1,1,1"), levels("a", "2,,1,1"), []string{"cannot_tell a framing"}},
		{"open now, lower whatever comes: at most 3/3", levels("a", "2,1,1,1"), levels("a", "0,,1,1"), []string{"not_met a framing"}},
		{"open now, as before whatever comes: at least 6/3", levels("a", "2,1,1,1"), levels("a", "3,,1,1"), []string{"met"}},
		{"nothing applies any more", levels("a", "2,1,1,1"), levels("a", "2,1,1,na"), []string{"cannot_tell a talking"}},
		{"did not apply before", levels("a", "2,1,1,na"), levels("a", "2,1,1,0"), []string{"met"}},
		{"open before", levels("a", "2,1,,1"), levels("a", "2,1,0,1"), []string{"met"}},
		{"half open before: the least counts, 4/3", levels("a", "2,,1,1"), levels("a", "2,0,1,1"), []string{"met"}},
		{"gone", levels("a", "2,1,1,1") + levels("b", "1,1,1,1"), levels("a", "2,1,1,1"), []string{"cannot_tell b"}},
		{"new", levels("a", "2,1,1,1"), levels("a", "2,1,1,1") + levels("b", "0,0,0,0"), []string{"met"}},
		{"renamed", levels("a", "2,1,1,1"), levels("b", "0,0,0,0"), []string{"cannot_tell a"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := decide(t, readPolicy(t, r, noRegression), tt.now, policy.Options{Baseline: collect(t, r, tt.before)})
			if tt.name == "renamed" { // nobody was compared, which is said for the rule as well where nobody is gone
				if d.Holds() {
					t.Error("it holds")
				}
				return
			}
			if diff := cmp.Diff(tt.want, said(d)); diff != "" {
				t.Error(diff)
			}
		})
	}
	if d := decide(t, readPolicy(t, r, noRegression), levels("a", "1,1,1,1"), policy.Options{Baseline: collect(t, r, "")}); d.Holds() || d.NewPeople != 1 {
		t.Errorf("an empty baseline makes the gate green: %q", said(d))
	}
}

// A change that lowers the baseline that it is judged by, or takes somebody out of it, is caught by what the baseline was before.
func TestLoweredBaseline(t *testing.T) {
	r := rubrictest.Small(t)
	p := readPolicy(t, r, noRegression)
	before, now := levels("a", "2,2,2,2")+levels("b", "1,1,1,1"), levels("a", "2,2,2,2")+levels("b", "1,1,1,1")
	for name, tt := range map[string]struct {
		changed string
		want    []string
	}{
		"kept":      {before, []string{"met"}},
		"raised":    {levels("a", "3,3,3,3") + levels("b", "1,1,1,1") + levels("c", "1,1,1,1"), []string{"met"}},
		"lowered":   {levels("a", "2,2,1,2") + levels("b", "1,1,1,1"), []string{"not_met a measuring measuring"}},
		"blanked":   {levels("a", "2,2,,2") + levels("b", "1,1,1,1"), []string{"not_met a measuring measuring"}},
		"taken out": {levels("a", "2,2,2,2"), []string{"not_met b"}},
	} {
		d := decide(t, p, now, policy.Options{Baseline: collect(t, r, before), Changed: collect(t, r, tt.changed)})
		if diff := cmp.Diff(tt.want, said(d)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// What the rubric asks otherwise is no fault of a person: it is not compared, and that is said. Titles and growth advice change nothing.
func TestChangedRubric(t *testing.T) {
	before, now := rubrictest.Small(t), rubrictest.Small(t)
	p := func() *policy.Policy { return readPolicy(t, now, noRegression) }
	baseline := collect(t, before, levels("a", "2,2,2,2"))
	now.Competencies[0].Title = "Another title"
	if d := decide(t, p(), levels("a", "2,2,2,2"), policy.Options{Baseline: baseline}); !cmp.Equal(said(d), []string{"met"}) {
		t.Errorf("another title: %q", said(d))
	}
	now.Competencies[0].Items[0].Ask = "Something else?"
	if d := decide(t, p(), levels("a", "0,0,2,2"), policy.Options{Baseline: baseline}); !cmp.Equal(said(d), []string{"warning framing"}) || !d.Holds() {
		t.Errorf("another question: %q", said(d))
	}
	if d := decide(t, p(), levels("a", "0,0,1,2"), policy.Options{Baseline: baseline}); !cmp.Equal(said(d), []string{"warning framing", "not_met a measuring"}) {
		t.Errorf("another question, and a person who is lower elsewhere: %q", said(d))
	}
	now.Competencies[1].Items[0].Anchors[2] = "Something else."
	now.Competencies[2].Items[0].Weight = 7
	if d := decide(t, p(), levels("a", "2,2,2,2"), policy.Options{Baseline: baseline}); !cmp.Equal(said(d), []string{"cannot_tell framing,measuring,talking"}) || d.Holds() {
		t.Errorf("nothing as before: %q", said(d))
	}
	raised, kept := policy.Raise(baseline, collect(t, now, levels("a", "0,0,0,0")), nil)
	if len(kept) != 0 || raised.People[0].Levels["framing"].Sign() != 0 {
		t.Errorf("what is asked otherwise does not begin anew: %v, kept %v", raised.People, kept)
	}
}

func TestRaise(t *testing.T) {
	r := rubrictest.Small(t)
	old := collect(t, r, levels("a", "2,2,2,2")+levels("b", "1,1,1,1")+levels("c", "1,1,1,1"))
	raised, kept := policy.Raise(old, collect(t, r, levels("a", "3,3,1,2")+levels("c", "3,3,3,3")+levels("d", "0,0,0,0")), []string{"c"})
	want := []policy.Reached{
		{Person: "a", Levels: map[string]fraction.Fraction{"framing": fraction.Int(3), "measuring": fraction.Int(2), "talking": fraction.Int(2)}},
		{Person: "b", Levels: map[string]fraction.Fraction{"framing": fraction.Int(1), "measuring": fraction.Int(1), "talking": fraction.Int(1)}},
		{Person: "d", Levels: map[string]fraction.Fraction{"framing": {}, "measuring": {}, "talking": {}}},
	}
	if diff := cmp.Diff(want, raised.People); diff != "" {
		t.Error(diff)
	}
	if len(kept) != 2 || kept[0].Person != "a" || kept[0].Competency != "measuring" || kept[1].Person != "b" || kept[1].Competency != "" {
		t.Errorf("kept: %+v", kept)
	}
}

// A baseline reads back to the same bytes; it never goes down, whoever writes it how often; and after writing, today's answers are below it nowhere that was not kept.
func TestBaselineProperties(t *testing.T) {
	r := rubrictest.Small(t)
	draw := func(rt *rapid.T, label string) string {
		var b strings.Builder
		for _, name := range []string{"p-000000000000000a", "p-000000000000000b", "p-000000000000000c"} {
			if rapid.Bool().Draw(rt, label+name) {
				var answers []string
				for range 3 {
					answers = append(answers, rapid.SampledFrom([]string{"0", "1", "2", "3", ""}).Draw(rt, "answer"))
				}
				b.WriteString(levels(name, strings.Join(append(answers, rapid.SampledFrom([]string{"0", "1", "2", "3", "", "na"}).Draw(rt, "last")), ",")))
			}
		}
		return b.String()
	}
	rapid.Check(t, func(rt *rapid.T) {
		old, now := collect(t, r, draw(rt, "old")), collect(t, r, draw(rt, "now"))
		raised, kept := policy.Raise(old, now, nil)
		for _, m := range policy.Moves(old, raised) {
			if m.Down() {
				rt.Errorf("it goes down: %+v", m)
			}
		}
		below := 0
		for _, m := range policy.Moves(raised, now) {
			if m.Down() {
				below++
			} else if m.Now != nil && m.Before != nil && m.Competency != "" {
				rt.Errorf("not raised: %+v", m)
			}
		}
		if below != len(kept) {
			rt.Errorf("%d below, %d named", below, len(kept))
		}
		var first, second bytes.Buffer
		if err := raised.Write(&first); err != nil {
			rt.Fatal(err)
		}
		n, err := document.ParseYAML("baseline.yaml", first.Bytes())
		if err != nil {
			rt.Fatal(err)
		}
		again, err := policy.ReadBaseline(n)
		if err != nil {
			rt.Fatal(err)
		}
		if err := again.Write(&second); err != nil || first.String() != second.String() {
			rt.Errorf("not the same bytes: %v\n%s\n%s", err, &first, &second)
		}
	})
}

func TestSlipsInBaselines(t *testing.T) {
	r := rubrictest.Small(t)
	var text bytes.Buffer
	if err := collect(t, r, levels("p-000000000000000a", "2,1,1,1")).Write(&text); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct{ old, new, want string }{
		"a name":       {"person: p-000000000000000a", "person: Kim Example", `"Kim Example" is not a pseudonym`},
		"a level":      {"framing: 5/3", "framing: high", `"high" is not a level`},
		"nought below": {"framing: 5/3", "framing: 5/0", `"5/0" is not a level`},
		"a skill":      {"measuring: 1\n    ", "measure: 1\n    ", `"measure" is not among the questions`},
		"twice":        {"people:\n", "people:\n  - person: p-000000000000000a\n    levels: {}\n", `"p-000000000000000a" is there twice`},
		"no digest":    {"digest: ", "x-digest: ", `the key "digest" is missing`},
	} {
		if !strings.Contains(text.String(), tt.old) {
			t.Fatalf("%s: no %q in\n%s", name, tt.old, &text)
		}
		n, err := document.ParseYAML("baseline.yaml", []byte(strings.Replace(text.String(), tt.old, tt.new, 1)))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := policy.ReadBaseline(n); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
}
