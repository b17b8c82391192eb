package response_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// read reads a sheet of the small rubric: as JSON where it starts with a brace.
func read(t testing.TB, r *rubric.Rubric, text string) (*response.Sheet, error) {
	t.Helper()
	node, err := document.ReadStream(strings.NewReader(text), "me.yaml")
	if err != nil {
		return nil, err
	}
	return response.Read(r, node)
}

const whole = `pmpath: 1
rubric: small@1.2.3
respondent: Ada
rater: manager
stage: starter
target: builder
date: 2026-11-22
answers:
  problem-note: 3
  scope-cut: 0
  measure-read:
  hard-talk: na
gates:
  shipped-once: {met: true, kind: peer, when: 2026-03-01, what: "a release", link: "https://example.org/r", confirmed_by: Bo}
  ran-session: false
  trusted:
notes:
  scope-cut: "two\nlines"
evidence:
  problem-note: {kind: artifact, when: 2025-01-31}
`

func TestReadWhole(t *testing.T) {
	r := rubrictest.Small(t)
	got, err := read(t, r, whole)
	if err != nil {
		t.Fatal(err)
	}
	want := response.New(r)
	want.Respondent, want.Rater = "Ada", response.Manager
	want.Stage, want.Target = r.StageNamed("starter"), r.StageNamed("builder")
	want.Date = date(t, "2026-11-22")
	index := func(id string) int { return r.ItemNamed(id).Index }
	want.Answers[index("problem-note")] = response.Answered(3)
	want.Answers[index("scope-cut")] = response.Answered(0)
	want.Answers[index("hard-talk")] = response.NotApplicable()
	want.Gates[r.GateNamed("shipped-once").Index] = response.GateAnswer{State: response.GateYes, Evidence: response.Evidence{
		Kind: response.ByPeer, When: date(t, "2026-03-01"), What: "a release", Link: "https://example.org/r", ConfirmedBy: "Bo",
	}}
	want.Gates[r.GateNamed("ran-session").Index] = response.GateAnswer{State: response.GateNo}
	want.Notes[index("scope-cut")] = "two\nlines"
	want.Evidence[index("problem-note")] = response.Evidence{Kind: response.Artifact, When: date(t, "2025-01-31")}
	if diff := diffSheets(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// diffSheets compares everything but the rubric, which both share.
func diffSheets(a, b *response.Sheet) string {
	return cmp.Diff(a, b, cmp.AllowUnexported(response.Answer{}, response.Date{}),
		cmp.Comparer(func(x, y *rubric.Rubric) bool { return x == y }), cmp.Comparer(func(x, y *rubric.Stage) bool { return x == y }))
}

func date(t testing.TB, text string) response.Date {
	t.Helper()
	d, ok := response.ParseDate(text)
	if !ok {
		t.Fatalf("%q is no date", text)
	}
	return d
}

func TestReadJSON(t *testing.T) {
	r := rubrictest.Small(t)
	got, err := read(t, r, `{"pmpath": 1, "rubric": "small@1.2.3", "date": "2026-11-22", "answers": {"problem-note": 2, "hard-talk": "na", "scope-cut": null},
 "gates": {"ran-session": true}}`)
	if err != nil {
		t.Fatal(err)
	}
	if level, ok := got.Answers[r.ItemNamed("problem-note").Index].Level(); level != 2 || !ok {
		t.Errorf("problem-note: %d, %v", level, ok)
	}
	if !got.Answers[r.ItemNamed("scope-cut").Index].IsOpen() || !got.Answers[r.ItemNamed("hard-talk").Index].IsNotApplicable() {
		t.Error("null is unanswered, na is not applicable")
	}
	if got.Gates[r.GateNamed("ran-session").Index].State != response.GateYes || got.Rater != response.Self {
		t.Error("a gate may be true alone, and the rater is the person where none is named")
	}
}

func TestReadProblems(t *testing.T) {
	const head = "pmpath: 1\nrubric: small@1.2.3\ndate: 2026-11-22\n" // three lines
	for _, tc := range []struct{ name, text, want string }{
		{"another rubric", "pmpath: 1\nrubric: other@1.2.3\ndate: 2026-11-22\nanswers: {nonsense: 9}\n",
			`me.yaml:2:9: rubric: this sheet answers "other@1.2.3", the rubric in use is "small@1.2.3" – use the rubric that was answered, or answer this one`},
		{"another version", "pmpath: 1\nrubric: small@1.2.4\ndate: 2026-11-22\nanswers: {}\n",
			`me.yaml:2:9: rubric: this sheet answers "small@1.2.4", the rubric in use is "small@1.2.3" – use the rubric that was answered, or answer this one`},
		{"another digest", head + "digest: " + strings.Repeat("0", 64) + "\nanswers: {}\n",
			"me.yaml:4:9: digest: the rubric in use is not word for word the one that was answered – use that one, or drop the digest to accept this one"},
		{"unknown item", head + "answers:\n  problem-nose: 2\n",
			`me.yaml:5:3: answers: this rubric has no item "problem-nose" – did you mean "problem-note"?`},
		{"off the scale", head + "answers:\n  problem-note: 4\n",
			"me.yaml:5:17: answers.problem-note: level 4 is outside 0..3 – choose a level of the scale"},
		{"below the scale", head + "answers: {problem-note: -1}\n",
			"me.yaml:4:25: answers.problem-note: level -1 is outside 0..3 – choose a level of the scale"},
		{"not applicable where it is not allowed", head + "answers: {problem-note: na}\n",
			`me.yaml:4:25: answers.problem-note: this question has no answer "not applicable" – name a level; the lowest one is "not yet"`},
		{"no level", head + "answers: {problem-note: N/A}\n",
			`me.yaml:4:25: answers.problem-note: "N/A" is not a whole number from -100 to 100 – write plain digits without quotes, or na`},
		{"a level in quotes", head + "answers: {problem-note: \"2\"}\n",
			`me.yaml:4:25: answers.problem-note: "2" is not a whole number from -100 to 100 – write plain digits without quotes, or na`},
		{"half a level", head + "answers: {problem-note: 2.5}\n",
			`me.yaml:4:25: answers.problem-note: "2.5" is not a whole number from -100 to 100 – write plain digits without quotes, or na`},
		{"twice", head + "answers:\n  scope-cut: 1\n  scope-cut: 2\n",
			`me.yaml:6:3: the key "scope-cut" stands twice in this map – keep one; the first is at line 5, column 3`},
		{"not asked, but answered", head + "answers: {scope-cut: 1}\nnot_asked: [problem-note, scope-cut, hard-tale]\n",
			`me.yaml:5:27: not_asked: "scope-cut" has an answer – drop it from one of the two places` + "\n" +
				`me.yaml:5:38: not_asked: this rubric has no item "hard-tale" – did you mean "hard-talk"?`},
		{"unknown gate", head + "answers: {}\ngates: {ran-sesion: true}\n",
			`me.yaml:5:9: gates: this rubric has no gate "ran-sesion" – did you mean "ran-session"?`},
		{"gate without met", head + "answers: {}\ngates: {ran-session: {kind: peer}}\n",
			`me.yaml:5:22: gates.ran-session: the key "met" is missing – add it: true or false`},
		{"gate yes", head + "answers: {}\ngates: {ran-session: yes}\n",
			`me.yaml:5:22: gates.ran-session: "yes" is not true or false – write true or false without quotes`},
		{"unknown stage", head + "stage: bulider\nanswers: {}\n",
			`me.yaml:4:8: stage: this rubric has no stage "bulider" – did you mean "builder"?`},
		{"unknown target", head + "target: nowhere\nanswers: {}\n",
			"me.yaml:4:9: target: this rubric has no stage \"nowhere\" – `pmpath rubric sheet` lists all ids"},
		{"no such day", "pmpath: 1\nrubric: small@1.2.3\ndate: 2026-02-29\nanswers: {}\n",
			"me.yaml:3:7: date: no calendar has the day 2026-02-29 – write it like 2026-11-22"},
		{"no such day of evidence", head + "answers: {}\nevidence: {scope-cut: {when: 2026-13-01}}\n",
			"me.yaml:5:30: when: no calendar has the day 2026-13-01 – write it like 2026-11-22"},
		{"date in another form", "pmpath: 1\nrubric: small@1.2.3\ndate: 22.11.2026\nanswers: {}\n",
			`me.yaml:3:7: date: "22.11.2026" is not a date – write it like 2026-11-22`},
		{"note for nothing", head + "answers: {}\nnotes: {scope-cat: x}\n",
			`me.yaml:5:9: notes: this rubric has no item "scope-cat" – did you mean "scope-cut"?`},
		{"unknown rater", head + "rater: boss\nanswers: {}\n",
			`me.yaml:4:8: rater: "boss" is not known here – use one of: self, manager, peer, report`},
		{"unknown key", head + "answer: {}\nanswers: {}\n",
			`me.yaml:4:1: unknown key "answer" – did you mean "answers"?`},
		{"no answers", head,
			`me.yaml:1:1: the key "answers" is missing – add it: by item: a level, na for "no chance in this role", or nothing for unanswered`},
		{"all at once", head + "rater: boss\nanswers: {problem-note: 9, nobody: 1}\n",
			`me.yaml:4:8: rater: "boss" is not known here – use one of: self, manager, peer, report` + "\n" +
				"me.yaml:5:25: answers.problem-note: level 9 is outside 0..3 – choose a level of the scale\n" +
				"me.yaml:5:28: answers: this rubric has no item \"nobody\" – `pmpath rubric sheet` lists all ids"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := read(t, rubrictest.Small(t), tc.text)
			var problems document.Problems
			if !errors.As(err, &problems) {
				t.Fatalf("got %v, want problems", err)
			}
			if diff := cmp.Diff(tc.want, problems.Error()); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// A digest that is right is accepted.
func TestReadDigest(t *testing.T) {
	r := rubrictest.Small(t)
	if _, err := read(t, r, "pmpath: 1\nrubric: small@1.2.3\ndigest: "+r.Digest+"\ndate: 2026-11-22\nanswers: {}\n"); err != nil {
		t.Error(err)
	}
}

func FuzzRead(f *testing.F) {
	r := rubrictest.Small(f)
	f.Add(whole)
	f.Add(`{"pmpath": 1, "rubric": "small@1.2.3", "date": "2026-11-22", "answers": {"hard-talk": "na"}}`)
	f.Add("pmpath: 1\nrubric: small@1.2.3\ndate: 2026-02-30\nanswers: {problem-note: 1e3, x: [1]}\ngates: {trusted: {met: yes}}\n")
	f.Add("answers: &a {b: *a}\n")
	f.Fuzz(func(t *testing.T, text string) {
		sheet, err := read(t, r, text)
		if err != nil {
			var problems document.Problems
			if !errors.As(err, &problems) || len(problems) == 0 {
				t.Fatalf("an error that names no problem: %v", err)
			}
			for _, p := range problems {
				if p.Line < 1 && p.What != "the file is larger than 1 MiB" {
					t.Fatalf("a problem without a place: %v", p)
				}
			}
			return
		}
		first, err := sheet.YAML()
		if err != nil {
			t.Fatal(err)
		}
		again, err := read(t, r, string(first))
		if err != nil {
			t.Fatalf("what was written does not read: %v\n%s", err, first)
		}
		if diff := diffSheets(sheet, again); diff != "" {
			t.Fatalf("what was written reads as another sheet: %s", diff)
		}
	})
}
