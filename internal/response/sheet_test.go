package response_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

func TestMinusMonths(t *testing.T) {
	for _, tc := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-11-22", 12, "2025-11-22"},
		{"2026-01-15", 1, "2025-12-15"},
		{"2026-03-31", 1, "2026-02-28"}, // February is shorter
		{"2028-03-31", 1, "2028-02-29"}, // a leap year
		{"2028-02-29", 12, "2027-02-28"},
		{"2026-12-31", 24, "2024-12-31"},
		{"2026-05-31", 0, "2026-05-31"},
	} {
		if got := date(t, tc.from).MinusMonths(tc.months).String(); got != tc.want {
			t.Errorf("%s minus %d months = %s, want %s", tc.from, tc.months, got, tc.want)
		}
	}
}

func TestParseDate(t *testing.T) {
	for text, ok := range map[string]bool{
		"2026-11-22": true, "2028-02-29": true, "2026-02-29": false, "2026-11-31": false, "1899-12-31": false, "2026-1-2": false, "": false, "2026-11-22T10:00:00Z": false,
	} {
		if _, got := response.ParseDate(text); got != ok {
			t.Errorf("ParseDate(%q): %v, want %v", text, got, ok)
		}
	}
}

// The calendar of package time orders days too.
func TestDateOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := func(label string) time.Time {
			return time.Date(2000, 1, 1+rapid.IntRange(0, 20000).Draw(t, label), 0, 0, 0, 0, time.UTC)
		}
		a, b := day("a"), day("b")
		if response.On(a).Before(response.On(b)) != a.Before(b) {
			t.Fatalf("Before(%v, %v)", a, b)
		}
		if back, ok := response.ParseDate(response.On(a).String()); !ok || back != response.On(a) {
			t.Fatalf("%v does not read back", response.On(a))
		}
	})
}

// The gate shipped-once needs an artifact or a peer within 12 months, trusted needs a peer, ran-session needs nothing.
func TestMissing(t *testing.T) {
	r, today := rubrictest.Small(t), date(t, "2026-11-22")
	for _, tc := range []struct {
		gate string
		kind response.EvidenceKind
		when string
		want response.Lack
	}{
		{"shipped-once", response.Artifact, "2026-03-01", response.LacksNothing},
		{"shipped-once", response.ByPeer, "2025-11-22", response.LacksNothing}, // exactly 12 months
		{"shipped-once", response.ByPeer, "2025-11-21", response.LacksRecently},
		{"shipped-once", response.ByPeer, "", response.LacksDate},
		{"shipped-once", response.BySelf, "2026-03-01", response.LacksKind},
		{"shipped-once", "", "", response.LacksKind},
		{"trusted", response.ByPeer, "", response.LacksNothing},
		{"trusted", response.Artifact, "2026-03-01", response.LacksKind},
		{"ran-session", "", "", response.LacksNothing},
	} {
		answer := response.GateAnswer{State: response.GateYes, Evidence: response.Evidence{Kind: tc.kind}}
		if tc.when != "" {
			answer.Evidence.When = date(t, tc.when)
		}
		if got := answer.Missing(r.GateNamed(tc.gate), today); got != tc.want {
			t.Errorf("%s with %q of %q lacks %d, want %d", tc.gate, tc.kind, tc.when, got, tc.want)
		}
	}
}

// nastyText draws words that YAML reads as something else, or that could pass for structure.
func nastyText(lines bool) *rapid.Generator[string] {
	words := []string{"no", "~", "null", "1.10", "- a", "a: b", "# c", "'", `"`, `\`, "*x", "&y", "!t", "%d", "{", "[", "👩‍👧", "é", "你好", "  ends with space  ", "0777", "2026-11-22", "na", "<<"}
	if lines {
		words = append(words, "two\nlines", "\ttab", "trailing\n")
	}
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 4).Draw(t, "words"), " ")
	})
}

// What YAML writes, Read reads as the same sheet, and writing that gives the same bytes.
func TestYAMLRoundTrip(t *testing.T) {
	r := rubrictest.Small(t)
	rapid.Check(t, func(rt *rapid.T) {
		s := randomSheet(rt, r)
		first, err := s.YAML()
		if err != nil {
			rt.Fatal(err)
		}
		back, err := read(t, r, string(first))
		if err != nil {
			rt.Fatalf("%v\n%s", err, first)
		}
		if diff := diffSheets(s, back); diff != "" {
			rt.Fatalf("-written +read\n%s\n%s", diff, first)
		}
		if second, err := back.YAML(); err != nil || string(second) != string(first) {
			rt.Fatalf("written again it differs (%v):\n%s\n%s", err, first, second)
		}
	})
}

// What JSON writes, Read reads as the same sheet, and writing that gives the same bytes.
func TestJSONRoundTrip(t *testing.T) {
	r := rubrictest.Small(t)
	rapid.Check(t, func(rt *rapid.T) {
		s := randomSheet(rt, r)
		first, err := s.JSON()
		if err != nil {
			rt.Fatal(err)
		}
		back, err := read(t, r, string(first))
		if err != nil {
			rt.Fatalf("%v\n%s", err, first)
		}
		if diff := diffSheets(s, back); diff != "" {
			rt.Fatalf("-written +read\n%s\n%s", diff, first)
		}
		if second, err := back.JSON(); err != nil || string(second) != string(first) {
			rt.Fatalf("written again it differs (%v):\n%s\n%s", err, first, second)
		}
	})
}

func TestJSON(t *testing.T) {
	r := rubrictest.Small(t)
	sheet, err := read(t, r, "pmpath: 1\nrubric: small@1.2.3\ndate: 2026-11-22\nanswers: {hard-talk: na, problem-note: 2}\ngates: {trusted: {met: true, kind: peer}}\nnotes: {hard-talk: \"<12>\"}\n")
	if err != nil {
		t.Fatal(err)
	}
	got, err := sheet.JSON()
	want := `{"pmpath":1,"rubric":"small@1.2.3","digest":"` + r.Digest + `","rater":"self","date":"2026-11-22","answers":{"problem-note":2,"hard-talk":"na"},` +
		`"gates":{"trusted":{"met":true,"kind":"peer"}},"notes":{"hard-talk":"<12>"}}`
	if err != nil || string(got) != want {
		t.Errorf("%v\n got %s\nwant %s", err, got, want)
	}
}

func randomSheet(t *rapid.T, r *rubric.Rubric) *response.Sheet {
	s := response.New(r)
	s.Date = response.On(time.Date(2026, 1, 1+rapid.IntRange(0, 700).Draw(t, "day"), 0, 0, 0, 0, time.UTC))
	s.Rater = rapid.SampledFrom([]response.Rater{response.Self, response.Manager, response.Peer, response.Report}).Draw(t, "rater")
	if rapid.Bool().Draw(t, "named") {
		s.Respondent = nastyText(false).Draw(t, "respondent")
	}
	if rapid.Bool().Draw(t, "staged") {
		s.Stage = rapid.SampledFrom(r.Stages).Draw(t, "stage")
		s.Target = rapid.SampledFrom(r.Stages).Draw(t, "target")
	}
	for i, item := range r.Items {
		switch rapid.IntRange(0, 2).Draw(t, "answer") {
		case 0:
			s.Answers[i] = response.Answered(rapid.IntRange(item.Competency.Scale.Lo(), item.Competency.Scale.Hi()).Draw(t, "level"))
		case 1:
			if item.NotApplicable {
				s.Answers[i] = response.NotApplicable()
			}
		}
		if rapid.Bool().Draw(t, "noted") {
			s.Notes[i] = nastyText(true).Draw(t, "note")
		}
		s.Evidence[i] = randomEvidence(t)
		s.NotAsked[i] = s.Answers[i].IsOpen() && rapid.Bool().Draw(t, "not asked")
	}
	for i := range r.Gates {
		if state := rapid.SampledFrom([]response.GateState{response.GateOpen, response.GateYes, response.GateNo}).Draw(t, "gate"); state != response.GateOpen {
			s.Gates[i] = response.GateAnswer{State: state, Evidence: randomEvidence(t)}
		}
	}
	return s
}

func randomEvidence(t *rapid.T) response.Evidence {
	if rapid.Bool().Draw(t, "no evidence") {
		return response.Evidence{}
	}
	return response.Evidence{
		Kind:        rapid.SampledFrom([]response.EvidenceKind{response.Artifact, response.ByPeer, response.BySelf}).Draw(t, "kind"),
		When:        response.On(time.Date(2025, 1, 1+rapid.IntRange(0, 600).Draw(t, "when"), 0, 0, 0, 0, time.UTC)),
		What:        nastyText(true).Draw(t, "what"),
		ConfirmedBy: nastyText(false).Draw(t, "by"),
	}
}

// A blank sheet reads as one with nothing answered, and asks every question and the gates of its targets.
func TestBlankReadsBack(t *testing.T) {
	r := rubrictest.Small(t)
	s := response.New(r)
	s.Date, s.Stage = date(t, "2026-11-22"), r.StageNamed("starter")
	text := string(response.Blank(s, s.Stage.Next))
	back, err := read(t, r, text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if diff := diffSheets(s, back); diff != "" {
		t.Errorf("-blank +read\n%s", diff)
	}
	for _, item := range r.Items {
		if !strings.Contains(text, "\n  "+item.ID+":\n") || !strings.Contains(strings.Join(strings.Fields(strings.ReplaceAll(text, "#", "")), " "), item.Ask) {
			t.Errorf("%s is not asked", item.ID)
		}
	}
	for id, asked := range map[string]bool{"shipped-once": true, "ran-session": true, "trusted": false} { // what builder and guide ask
		if strings.Contains(text, "\n  "+id+":\n") != asked {
			t.Errorf("gate %s asked: %v, want %v", id, !asked, asked)
		}
	}
}

func ExampleAnswer() {
	for _, answer := range []response.Answer{response.Answered(0), response.NotApplicable(), {}} {
		level, named := answer.Level()
		fmt.Println(level, named, answer.IsNotApplicable(), answer.IsOpen())
	}
	// Output:
	// 0 true false false
	// 0 false true false
	// 0 false false true
}
