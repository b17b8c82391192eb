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
		{Tally{}, "This role has no conditions."},
		{Tally{All: 7, Hold: 7}, "All 7 conditions hold."},
		{Tally{All: 7, Hold: 6, Fails: 1}, "6 of 7 conditions hold; 1 is short. All are needed."},
		{Tally{All: 7, Hold: 1, Open: 1, Fails: 5}, "1 of 7 conditions holds; 5 are short and 1 is open. All are needed."},
		{Tally{All: 7, Open: 7}, "0 of 7 conditions hold; 7 are open. All are needed."},
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
			`Open questions may still be marked "no chance in this role", and then too little would be left to go by.`},
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
		{Items{All: 54, Answered: 50, NotApplicable: 1, Open: 3}, "ready", `50 of 54 questions answered; 1 question marked "no chance in this role", 3 questions open.`, ""},
		{Items{All: 54, Answered: 10, Open: 44, NotAsked: 43}, "not_ready", "10 of 54 questions answered; 1 question open, 43 questions not asked.",
			"Stopped after 11 of 54 questions: no answer to the rest could change this verdict."},
		{Items{All: 54, Answered: 11, Open: 43, NotAsked: 43}, "undetermined", "11 of 54 questions answered; 43 questions not asked.", "The interview was stopped early."},
	} {
		if got := itemsSentence(test.items, Target{}); got != test.counts {
			t.Errorf("%q, want %q", got, test.counts)
		}
		if got := stoppedSentence(test.items, test.verdict); got != test.stoppedText {
			t.Errorf("%q, want %q", got, test.stoppedText)
		}
	}
}

func TestStandsSentence(t *testing.T) {
	for _, test := range []struct {
		rater string
		tally Tally
		want  string
	}{
		{"self", Tally{All: 31, Hold: 25, Open: 2, Fails: 4}, "By your own answers you meet 25 of the 31 conditions that this rubric sets for X; 4 are short and 2 are open. All are needed."},
		{"self", Tally{All: 7, Hold: 7}, "By your own answers you meet all 7 conditions that this rubric sets for X."},
		{"self", Tally{All: 1, Hold: 1}, "By your own answers you meet the one condition that this rubric sets for X."},
		{"self", Tally{}, "By your own answers nothing is short for X: it has no conditions."},
		{"peer", Tally{All: 2, Hold: 1, Open: 1}, "By the answers of a peer, 1 of the 2 conditions that this rubric sets for X is met; 1 is open. All are needed."},
		{"manager", Tally{All: 2, Hold: 2}, "By the answers of a manager, all 2 conditions that this rubric sets for X are met."},
	} {
		if got := standsSentence(test.rater, Target{Stage: Ref{Title: "X"}, Tally: test.tally}); got != test.want {
			t.Errorf("%s, %+v: %q, want %q", test.rater, test.tally, got, test.want)
		}
	}
}

// A gate is met or not, a question has a highest level: what is open is named by what it is.
func TestOpenWords(t *testing.T) {
	gate, helpful, met := Gate{Hard: true, Outcome: "open"}, Gate{Outcome: "open"}, Gate{Hard: true, Outcome: "holds"}
	for _, test := range []struct {
		gates       []Gate
		open        []int // questions, by skill
		well, badly string
	}{
		{[]Gate{gate, helpful, met}, []int{0}, "the open gate turns out met", "the open gate turns out not met"},
		{[]Gate{gate, gate}, nil, "the open gates turn out met", "the open gates turn out not met"},
		{[]Gate{helpful}, []int{1, 0}, "the open question turns out at its highest level", "the open question turns out at its lowest level"},
		{nil, []int{1, 2}, "the open questions turn out at their highest level", "the open questions turn out at their lowest level"},
		{[]Gate{gate}, []int{2}, "the open gate turns out met and the open questions turn out at their highest level",
			"the open gate turns out not met and the open questions turn out at their lowest level"},
	} {
		target := Target{Gates: test.gates}
		for _, open := range test.open {
			target.Criteria = append(target.Criteria, Criterion{Open: open})
		}
		if high, low := target.openWords(true), target.openWords(false); high != test.well || low != test.badly {
			t.Errorf("%q and %q, want %q and %q", high, low, test.well, test.badly)
		}
	}
}

func TestLackingLines(t *testing.T) {
	var list []Lacking
	for _, name := range []string{"A", "B", "C", "D", "E", "F", "G"} {
		list = append(list, Lacking{Title: name, Brief: "x"})
	}
	for n, want := range map[int]string{
		0: "", 1: "Short: A (x).", 2: "Short, the largest gap first: A (x); B (x).",
		6: "Short, the largest gap first: A (x); B (x); C (x); D (x); E (x); F (x).",
		7: "Short, the largest gap first: A (x); B (x); C (x); D (x); E (x); and 2 more.",
	} {
		if got := shortLine(list[:n]); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	if got, want := openLine(list[:2]), "Open: A (x); B (x)."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// Of the role held today it is said what is short, and not that somebody is fit for less than they do.
func TestStandingSentence(t *testing.T) {
	pm, junior, senior := Ref{"pm", "PM"}, Ref{"junior", "Junior"}, Ref{"senior", "Senior"}
	skill := Lacking{Kind: "criterion", Title: "Writing", Brief: "level 2, needs 2.5"}
	gate := Lacking{Kind: "gate", Title: "Launches", Brief: "gate not answered yet"}
	for _, test := range []struct {
		now       *RoleNow
		operating *Operating
		want      string
	}{
		{nil, nil, ""},
		{nil, &Operating{Ref: senior}, "The furthest role whose conditions these answers meet is Senior."},
		{nil, &Operating{senior, 1}, "The furthest role whose conditions these answers meet is Senior; 1 of its needed gates is not answered and left out of this."},
		{nil, &Operating{senior, 2}, "The furthest role whose conditions these answers meet is Senior; 2 of its needed gates are not answered and left out of this."},
		{&RoleNow{Stage: pm, Further: true}, &Operating{Ref: senior}, "The furthest role whose conditions these answers meet is Senior."},
		{&RoleNow{Stage: pm}, &Operating{Ref: pm}, ""},
		{&RoleNow{Stage: pm, Open: []Lacking{gate}}, &Operating{pm, 1}, "For PM, your role now, nothing is short; 1 gate is open."},
		{&RoleNow{Stage: pm}, &Operating{Ref: junior}, "For PM, your role now, all conditions hold."},
		{&RoleNow{Stage: pm, Short: []Lacking{skill}, Open: []Lacking{gate, gate}}, &Operating{Ref: junior},
			"For PM, your role now, one condition is short: Writing (level 2, needs 2.5); 2 gates are open."},
		{&RoleNow{Stage: pm, Short: []Lacking{skill, skill}, Open: []Lacking{gate, skill}}, nil,
			"For PM, your role now, 2 conditions are short: Writing (level 2, needs 2.5); Writing (level 2, needs 2.5); 2 conditions are open."},
		{&RoleNow{Stage: pm, Short: []Lacking{skill, skill, skill, skill}}, nil,
			"For PM, your role now, 4 conditions are short, most of all Writing (level 2, needs 2.5)."},
	} {
		if got := standingSentence(test.now, test.operating, "self"); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
	if got, want := standingSentence(&RoleNow{Stage: pm}, nil, "peer"), "For PM, the role held now, all conditions hold."; got != want {
		t.Errorf("%q, want %q", got, want)
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
		{"points · 60 h now", 11, "points ·\n60 h now"},
		{"abcdefghijkl", 5, "abcde\nfghij\nkl"},
	} {
		if got := Wrap(test.text, test.width); got != test.want {
			t.Errorf("%q at %d: %q, want %q", test.text, test.width, got, test.want)
		}
	}
}

// The bar touches the mark only where what is needed is held.
func TestBarNeverRoundsUp(t *testing.T) {
	for _, test := range []struct {
		worst, best int64
		needs       int
		outcome     string
		want        string
	}{
		{0, 0, 50, "fails", "░░░░░│░░░░░"}, {9, 9, 0, "holds", "│░░░░░░░░░░"}, {99, 99, 100, "fails", "█████████░│"}, {100, 100, 80, "holds", "████████│██"},
		{50, 79, 60, "open", "█████▒│▒░░░"}, {60, 60, 60, "holds", "██████│░░░░"}, {58, 58, 60, "fails", "█████░│░░░░"}, {61, 61, 65, "fails", "██████░│░░░"},
	} {
		s := Share{WorstPercent: test.worst, BestPercent: test.best, NeedsPercent: Amount{fraction.Int(test.needs)}, Outcome: test.outcome}
		if got := bar(s, 10); got != test.want {
			t.Errorf("%d to %d of %d: %s, want %s", test.worst, test.best, test.needs, got, test.want)
		}
	}
}
