package plan_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/plan"
	"github.com/pmpath/pmpath/internal/response"
)

const planJSON = `{
 "schema_version": 1, "kind": "plan", "added_later": [1],
 "rubric": {"id": "small", "version": "1.2.3"}, "target": {"id": "lead", "title": "Lead"},
 "rater": "self", "date": "2026-11-22", "start": "2026-11-26",
 "goals": [
  {"kind": "gate", "id": "trusted", "title": "Trusted", "said_yes": true, "words": "81359e7c", "due": "2027-05-26", "stood": null, "aim": null},
  {"kind": "item", "id": "hard-talk", "title": "Talks", "open": true, "stood": 0, "aim": 2, "words": "0a0b0c0d", "due": "2028-02-29", "new": {}}
 ]
}`

const planMarkdown = `## My own heading

Kim's notes.

- [x] **1. Trusted** a gate, due 2020-01-01 at first, now · due 2027-05-26 <!-- goal: gate trusted 81359e7c yes -->
  - [x] mentor, 3 hours: Done. Due 2027-01-01.
- [ ] A goal of my own, due 2027-02-02
  * [X] ~~**Talks**~~ due 2028-02-29 <!-- goal: item hard-talk 0 2 0a0b0c0d open -->

<!-- pmpath plan 1: small@1.2.3 lead self 2026-11-22 2026-11-26 -->
`

func record(t testing.TB) *plan.Record {
	return &plan.Record{
		RubricID: "small", RubricVersion: "1.2.3", TargetID: "lead", TargetTitle: "Lead", Rater: response.Self, Made: day(t, "2026-11-22"), Start: day(t, "2026-11-26"),
		Goals: []plan.Kept{
			{IsGate: true, ID: "trusted", Title: "Trusted", SaidYes: true, Words: "81359e7c", Due: day(t, "2027-05-26")},
			{ID: "hard-talk", Title: "Talks", Open: true, To: 2, Words: "0a0b0c0d", Due: day(t, "2028-02-29")},
		},
	}
}

var dates = cmp.AllowUnexported(response.Date{})

func TestRead(t *testing.T) {
	node, err := document.ParseJSON("plan.json", []byte(planJSON))
	if err != nil {
		t.Fatal(err)
	}
	got, err := plan.Read(node)
	if diff := cmp.Diff(record(t), got, dates); err != nil || diff != "" {
		t.Errorf("%v -want +got\n%s", err, diff)
	}
}

// Markdown holds no titles. Its ticks and dates are those of the person; ends of lines may be those of Windows.
func TestReadMarkdown(t *testing.T) {
	want := record(t)
	want.TargetTitle = ""
	for i := range want.Goals {
		want.Goals[i].Title, want.Goals[i].Ticked = "", true
	}
	for _, text := range []string{planMarkdown, strings.ReplaceAll(planMarkdown, "\n", "\r\n"), "\ufeff" + planMarkdown} {
		got, err := plan.ReadMarkdown("plan.md", []byte(text))
		if diff := cmp.Diff(want, got, dates); err != nil || diff != "" {
			t.Errorf("%v -want +got\n%s", err, diff)
		}
	}
	// A date that is taken out is none, and a goal that is taken out is gone.
	text := strings.Replace(strings.Replace(planMarkdown, " · due 2027-05-26", "", 1), "due 2020-01-01", "once", 1)
	text = strings.Replace(text, "<!-- goal: item hard-talk 0 2 0a0b0c0d open -->", "", 1)
	got, err := plan.ReadMarkdown("plan.md", []byte(text))
	if err != nil || len(got.Goals) != 1 || !got.Goals[0].Due.IsZero() {
		t.Errorf("%v, %+v", err, got)
	}
}

// What is wrong is said with its place, all of it.
func TestReadProblems(t *testing.T) {
	for _, test := range []struct{ name, old, new, want string }{
		{"no plan", `"kind": "plan",`, `"kind": "path",`, "plan.json:1:1: this is no plan of pmpath"},
		{"no kind", `"kind": "plan",`, ``, "plan.json:1:1: this is no plan of pmpath"},
		{"a later form", `"schema_version": 1`, `"schema_version": 2`, "plan.json:2:20: schema_version: form 2 is not known here – use the pmpath that wrote it"},
		{"no form", `"schema_version": 1,`, ``, "schema_version: the version of the form is missing"},
		{"no rubric", `"rubric": {"id": "small", "version": "1.2.3"},`, ``, "rubric.id: a text is missing"},
		{"a bad day", "2028-02-29", "2027-02-29", "plan.json:7:121: goals[1].due: no calendar has the day 2027-02-29"},
		{"another bad day", `"start": "2026-11-26"`, `"start": "soon"`, "start: no calendar has the day soon"},
		{"no level", `"aim": 2,`, ``, "goals[1].aim: a level is missing"},
		{"another kind", `"kind": "item"`, `"kind": "wish"`, `goals[1].kind: a goal is an item or a gate, not "wish"`},
		{"another rater", `"rater": "self"`, `"rater": "boss"`, `rater: there is no rater "boss"`},
		{"no goals", `"goals": [`, `"goal": [`, "goals: the list of goals is missing"},
		{"goals of another form", `"goals": [`, `"goals": 3, "x": [`, "goals: the list of goals is missing"},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := strings.Replace(planJSON, test.old, test.new, 1)
			if text == planJSON {
				t.Fatal("nothing is changed")
			}
			node, err := document.ParseJSON("plan.json", []byte(text))
			if err == nil {
				_, err = plan.Read(node)
			}
			var problems document.Problems
			if !errors.As(err, &problems) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v, want %s", err, test.want)
			}
		})
	}
	for _, test := range []struct{ name, text, want string }{
		{"no head", "- [ ] x <!-- goal: gate trusted 81359e7c -->\n", "plan.md: this is no plan of pmpath, or its last comment is gone"},
		{"empty", "", "this is no plan of pmpath"},
		{"no UTF-8", "\xff" + planMarkdown, "this is no text"},
		{"too large", planMarkdown + strings.Repeat("x", document.MaxBytes), "this is no text of a size that a plan has"},
		{"a later form", strings.Replace(planMarkdown, "plan 1:", "plan 2:", 1), "plan.md:10:1: form 2 is not known here"},
		{"a bad day", strings.Replace(planMarkdown, "2028-02-29", "2027-02-29", 1), "plan.md:8:1: no calendar has the day 2027-02-29"},
		{"a bad head", strings.Replace(planMarkdown, "2026-11-26 -->", "2026-11-31 -->", 1), "plan.md:10:1: no calendar has the day 2026-11-31"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := plan.ReadMarkdown("plan.md", []byte(test.text))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v, want %s", err, test.want)
			}
		})
	}
}

// Whatever stands in a file, it is read or refused, and what is read has days that a calendar has.
func FuzzReadMarkdown(f *testing.F) {
	f.Add([]byte(planMarkdown))
	f.Add([]byte("<!-- goal: item a -1 2 00000000 open yes -->due 2027-01-01"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := plan.ReadMarkdown("plan.md", data)
		if err != nil {
			return
		}
		if r.Made.IsZero() || r.Start.IsZero() || r.RubricID == "" || r.TargetID == "" {
			t.Errorf("%+v", r)
		}
		for _, g := range r.Goals {
			if g.ID == "" || len(g.Words) != 8 || g.IsGate && g.To != 0 {
				t.Errorf("%+v", g)
			}
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(planJSON))
	f.Fuzz(func(t *testing.T, data []byte) {
		node, err := document.ParseJSON("plan.json", data)
		if err != nil {
			return
		}
		if r, err := plan.Read(node); err == nil && (r.Made.IsZero() || r.Start.IsZero() || r.RubricID == "" || r.TargetID == "" || r.Rater == "") {
			t.Errorf("%+v", r)
		}
	})
}
