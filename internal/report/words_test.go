package report

import (
	"testing"

	"github.com/pmpath/pmpath/internal/fraction"
)

func TestTallySentence(t *testing.T) {
	for _, test := range []struct {
		tally Tally
		want  string
	}{
		{Tally{}, "This role asks nothing, so nothing stands in the way."},
		{Tally{All: 7, Hold: 7}, "All 7 conditions hold; all must."},
		{Tally{All: 7, Hold: 6, Fails: 1}, "6 of 7 conditions hold, 1 does not; all must."},
		{Tally{All: 7, Hold: 1, Open: 1, Fails: 5}, "1 of 7 conditions holds, 1 is open, 5 do not; all must."},
		{Tally{All: 7, Open: 7}, "0 of 7 conditions hold, 7 are open; all must."},
	} {
		if got := tallySentence(test.tally); got != test.want {
			t.Errorf("%+v: %q, want %q", test.tally, got, test.want)
		}
	}
}

func TestPoints(t *testing.T) {
	for _, test := range []struct {
		points fraction.Fraction
		want   string
	}{
		{fraction.Int(0), "0 points"}, {fraction.Int(1), "1 point"}, {fraction.Int(2), "2 points"},
		{fraction.Of(1, 2), "0.5 points"}, {fraction.Of(1, 3), "1/3 of a point"}, {fraction.Of(4, 3), "1 1/3 points"},
	} {
		if got := points(Amount{test.points}); got != test.want {
			t.Errorf("%v: %q, want %q", test.points, got, test.want)
		}
	}
}

// Of the guard, which is no condition and so never decides.
func TestDecidingSentenceOfTheGuard(t *testing.T) {
	for _, test := range []struct {
		target Target
		want   string
	}{
		{Target{Verdict: "undetermined", NotAssessed: []string{"People", "Hard conversations"}},
			`Too much of People, Hard conversations is marked "no chance in this role" to say more.`},
		{Target{Verdict: "undetermined"},
			`All conditions hold, but open questions may still be marked "no chance in this role", and then too little would be left to go by.`},
		{Target{Verdict: "ready"}, ""},
	} {
		if got := decidingSentence(test.target); got != test.want {
			t.Errorf("%+v: %q, want %q", test.target, got, test.want)
		}
	}
}

func TestLowestSentence(t *testing.T) {
	ready, not := "ready", "not_ready"
	for _, test := range []struct {
		target Target
		want   string
	}{
		{Target{Verdict: "ready"}, ""},
		{Target{Verdict: "not_ready", WithLowest: &not}, `With every "no chance in this role" counted as the lowest level, the verdict would be: the same.`},
		{Target{Verdict: "ready", WithLowest: &not}, `With every "no chance in this role" counted as the lowest level, the verdict would be: not yet.`},
		{Target{Verdict: "undetermined", WithLowest: &ready}, `With every "no chance in this role" counted as the lowest level, the verdict would be: meets the conditions.`},
	} {
		if got := lowestSentence(test.target); got != test.want {
			t.Errorf("%+v: %q, want %q", test.target, got, test.want)
		}
	}
}

func TestWhatWasNotAsked(t *testing.T) {
	for _, test := range []struct {
		items               Items
		verdict             string
		counts, stoppedText string
	}{
		{Items{All: 54, Answered: 50, NotApplicable: 1, Open: 3}, "ready", `50 of 54 questions answered, 1 marked "no chance in this role", 3 open.`, ""},
		{Items{All: 54, Answered: 10, Open: 44, NotAsked: 43}, "not_ready", "10 of 54 questions answered, 1 open, 43 not asked.",
			"Stopped after 11 of 54 questions: no answer to the rest could change this verdict."},
		{Items{All: 54, Answered: 11, Open: 43, NotAsked: 43}, "undetermined", "11 of 54 questions answered, 43 not asked.", "The interview was stopped early."},
	} {
		if got := itemsSentence(test.items); got != test.counts {
			t.Errorf("%q, want %q", got, test.counts)
		}
		if got := stoppedSentence(test.items, test.verdict); got != test.stoppedText {
			t.Errorf("%q, want %q", got, test.stoppedText)
		}
	}
}

func TestOperatingSentence(t *testing.T) {
	pm, senior := &Ref{"pm", "PM"}, Ref{"senior", "Senior"}
	for _, test := range []struct {
		operating *Operating
		stage     *Ref
		want      string
	}{
		{nil, pm, ""},
		{&Operating{Ref: *pm}, pm, ""},
		{&Operating{Ref: senior}, pm, "The furthest stage whose conditions these answers meet is Senior."},
		{&Operating{Ref: senior}, nil, "The furthest stage whose conditions these answers meet is Senior."},
		{&Operating{*pm, 1}, pm, "The furthest stage whose conditions these answers meet is PM; 1 of its needed gates is not answered and left out of this."},
		{&Operating{senior, 2}, pm, "The furthest stage whose conditions these answers meet is Senior; 2 of its needed gates are not answered and left out of this."},
	} {
		if got := operatingSentence(test.operating, test.stage); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

// Ids are copied whole, and a number stays with its fraction and its unit.
func TestWrap(t *testing.T) {
	for _, test := range []struct {
		text  string
		width int
		want  string
	}{
		{"one two-three four", 10, "one\ntwo-three\nfour"},
		{"brings 1 1/3 points now", 12, "brings\n1 1/3 points\nnow"},
		{"needs 60 % of it", 8, "needs\n60 % of\nit"},
		{"(practice, 10 h): do", 16, "(practice,\n10 h): do"},
		{"the points in it", 10, "the points\nin it"},
		{"abcdefghijkl", 5, "abcde\nfghij\nkl"},
	} {
		if got := Wrap(test.text, test.width); got != test.want {
			t.Errorf("%q at %d: %q, want %q", test.text, test.width, got, test.want)
		}
	}
}

func TestBarNeverRoundsUp(t *testing.T) {
	for _, test := range []struct {
		worst, best int64
		want        string
	}{
		{0, 0, "░░░░░░░░░░"}, {9, 9, "░░░░░░░░░░"}, {99, 99, "█████████░"}, {100, 100, "██████████"}, {50, 79, "█████▒▒░░░"},
	} {
		if got := bar(test.worst, test.best, 10); got != test.want {
			t.Errorf("%d to %d: %s, want %s", test.worst, test.best, got, test.want)
		}
	}
}
