package formmap

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// said is what a proposal makes of a column, in short: word, certainty, reason.
type said struct {
	Is        string
	Certainty Certainty
	Why       string
}

func sayings(t *testing.T, p *Proposal) map[string]said {
	t.Helper()
	list := map[string]said{}
	for _, f := range p.Columns {
		list[f.Title] = said{f.About.Word(p.Map.Rubric), f.Certainty, f.Why}
	}
	return list
}

func lines(rows ...string) string { return strings.Join(rows, "\n") + "\n" }

func TestColumns(t *testing.T) {
	p := proposed(t, "x.csv", lines(
		`Name,Team,Current role,Target role,problem_note,WHAT DID YOU LEAVE OUT – AND WHY,What did you change because of a numbre?,"When did you last say ""no"" to somebody senior?",Shoe size,Have you run a working session`,
		`ada,Red,Maker,lead,2,1,3,n/a,42,yes`,
		`ben,Blue,starter,,0,,1,0,43,y`))
	want := map[string]said{
		"Name":                             {"name", Certain, ""},
		"Team":                             {"team", Certain, ""},
		"Current role":                     {"stage", Certain, ""},
		"Target role":                      {"target", Certain, ""},
		"problem_note":                     {"problem-note", Certain, ""},
		"WHAT DID YOU LEAVE OUT – AND WHY": {"scope-cut", Certain, ""},
		"What did you change because of a numbre?":       {"measure-read", Near, `1 letter away from "What did you change because of a number?"`},
		`When did you last say "no" to somebody senior?`: {"hard-talk", Certain, ""},
		"Shoe size":                      {"not read", Near, "no question of the rubric"},
		"Have you run a working session": {"ran-session", Certain, ""},
	}
	if diff := cmp.Diff(want, sayings(t, p)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if !slices.Equal(p.Missing, []string{"shipped-once", "trusted"}) || p.Map.Tool != OtherTool || p.People != 2 || p.Undecided() != 0 {
		t.Errorf("%q %s %d %d", p.Missing, p.Map.Tool, p.People, p.Undecided())
	}
	a := p.Columns[4].Answers
	if a[0].Means != "2" || a[0].Certainty != Certain ||
		!slices.Equal(p.Notes, []string{"Numbers are taken for levels in 4 columns: look whether the form showed the same numbers beside the levels."}) {
		t.Errorf("%+v %q", a, p.Notes)
	}
	got := rowsOf(t, applied(t, saved(t, p), "x.csv", lines(`NAME,team,"Current role?",Target role,Problem Note,what did you leave out and why,What did you change because of a number?,When did you last say no to somebody senior,shoe size,have you run a working session`,
		`cleo,Red,Junior Builder,,3,3,0,N/A,41,No`)))
	wantRow := []string{"", "cleo", "Red", "builder", "", "3", "3", "0", "n/a", "no"} // "Junior Builder" is an alias of builder that nobody had chosen
	if len(got) != 2 {
		t.Fatalf("%q", got)
	}
	if diff := cmp.Diff(wantRow, got[1]); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsLeftToDecide(t *testing.T) {
	const head = "Name,problem-note"
	for _, c := range []struct {
		name  string
		text  string
		title string
		want  said
	}{
		{"two columns for one question", lines(head+",Problem Note", "ada,2,1"), "Problem Note", said{"problem-note", Open, "2 columns may be problem-note"}},
		{"a slip beside the question itself", lines(head+",Which problem did you write down lsat?", "ada,2,1"), "Which problem did you write down lsat?",
			said{"not read", Open, `it is 1 letter away from "Which problem did you write down last?", but another column is surely problem-note`}},
		{"two columns of one title", lines("Name,scope-cut,measure-read,measure-read", "ada,2,1,1"), "measure-read", said{"measure-read", Open, "2 columns may be measure-read"}},
		{"days and months", lines(head+",Date", "ada,2,1/2/2026", "ben,2,3/4/2026"), "Date",
			said{"date", Open, "days and months cannot be told apart: write dates: month-day-year or day-month-year"}},
		{"dates of two kinds", lines(head+",Date", "ada,2,2026-11-22", "ben,2,22.11.2026"), "Date", said{"date", Open, "not all dates of the export are written in the same way"}},
		{"codes of choices", lines("Name,scope-cut,problem-note", "ada,2,4", "ben,1,1"), "problem-note",
			said{"problem-note", Open, "these numbers go beyond the levels 0 to 3, so they are codes of choices"}},
	} {
		p := proposed(t, "x.csv", c.text)
		if diff := cmp.Diff(c.want, sayings(t, p)[c.title]); diff != "" {
			t.Errorf("%s: -want +got\n%s", c.name, diff)
		}
		if p.Undecided() == 0 {
			t.Errorf("%s: everything is decided", c.name)
		}
		for _, column := range p.Map.Columns {
			if normal(column.Title) == normal(c.title) && c.name != "two columns for one question" {
				t.Errorf("%s: it is in the map", c.name)
			}
		}
		if text := string(p.YAML()); !strings.Contains(text, "# not decided: ") || !strings.Contains(text, "# - title: "+quoted(c.title)) {
			t.Errorf("%s:\n%s", c.name, text)
		}
	}
}

// Numbers of Qualtrics and LimeSurvey may count choices from 1, whatever the levels are: 1 of "Not yet, Helped, Alone, Taught" is level 0.
func TestCodesOfChoices(t *testing.T) {
	text := fixture(t, "limesurvey-codes.csv")
	text = strings.NewReplacer(`"L2"`, `"2"`, `"L3"`, `"3"`, `"L1"`, `"1"`, `"L0"`, `"1"`).Replace(text)
	p := proposed(t, "x.csv", text)
	for _, title := range []string{"problemnote", "scopecut", "measureread"} {
		if got := sayings(t, p)[title]; got.Certainty != Open || got.Why != "numbers of LimeSurvey may be codes of choices: export the texts of the answers" {
			t.Errorf("%s: %+v", title, got)
		}
	}
}

func TestAnswersThatAreNotSure(t *testing.T) {
	for _, c := range []struct {
		text      string
		certainty Certainty
		means     string
		why       string
	}{
		{"I changed somthing because of a number.", Near, "2", `1 letter away from "I changed something because of a number."`},
		{"I have changed things because of numbers", Open, "", "no answer of the rubric is like it"},
		{"I changed nothing because of a number.", Open, "", "no answer of the rubric is like it"}, // it denies what it is close to
		{"alnoe", Near, "2", `1 letter away from "Alone"`},
		{"Prefer not to say", Certain, "", ""},
		{"L2", Certain, "2", ""},
		{"3: Taught", Certain, "3", ""},
		{"Taught (Others change plans because of my numbers.)", Certain, "3", ""},
		{"not applicable", Open, "", "no answer of the rubric is like it"}, // this question does not offer it
		{"2.5", Open, "", "no answer of the rubric is like it"},
		{"-1", Open, "", "no answer of the rubric is like it"},
		{"٣", Open, "", "no answer of the rubric is like it"}, // Arabic digits
	} {
		p := proposed(t, "x.csv", lines("Name,problem-note,measure-read", `ada,2,"`+c.text+`"`))
		got := p.Columns[2].Answers[0]
		want := AnswerFinding{oneLine(c.text), 1, c.means, c.certainty, c.why}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
	}
}

// Two stages a letter apart, and an answer between them: nobody can tell.
func TestAMarginIsNeeded(t *testing.T) {
	known := []phrase{newPhrase("a", byAnchor, "Product Manager I for sure"), newPhrase("b", byAnchor, "Product Manager V for sure")}
	a := AnswerFinding{Text: "Product Manager L for sure"}
	nearest(&a, normal(a.Text), known)
	if a.Certainty != Open || a.Why != `it is almost as close to "Product Manager V for sure" (b) as to "Product Manager I for sure" (a)` {
		t.Errorf("%+v", a)
	}
	exact := AnswerFinding{Text: "product manager i for sure"}
	if (&proposer{layout: layout{tool: OtherTool}}).findAnswer(Stage, &exact, known); exact.Certainty != Certain || exact.Means != "a" {
		t.Errorf("%+v", exact)
	}
}

// The same for titles: one letter away from two questions.
func TestAMarginIsNeededForTitles(t *testing.T) {
	r := rubrictest.Small(t)
	r.Items[1].Ask = "What did you change because of a member?"
	p, err := Propose(r, tableOf(t, "x.csv", lines("Name,problem-note,What did you change because of a nember?", "ada,Alone,Alone")))
	if err != nil {
		t.Fatal(err)
	}
	if f := p.Columns[2]; f.Certainty != Open ||
		f.Why != `it is almost as close to "What did you change because of a number?" as to "What did you change because of a member?"` {
		t.Errorf("%+v", f)
	}
}

// A workbook of Qualtrics has the first two header rows and not the third.
func TestTwoHeaderRowsOfQualtrics(t *testing.T) {
	text := fixture(t, "qualtrics.csv")
	start, end := strings.Index(text, `"{""ImportId`), strings.Index(text, "2026-11-22 09:10:00")
	text = text[:start] + text[end:]
	p := proposed(t, "q.csv", text)
	if p.Map.Header != 2 || p.Map.Tool != Qualtrics || p.Undecided() != 0 {
		t.Fatalf("%s", p.YAML())
	}
	if diff := cmp.Diff(everybody, rowsOf(t, applied(t, saved(t, p), "q.csv", text))); diff != "" {
		t.Error(diff)
	}
}

// A question in other words is known by its answers, where these are the anchors of one question alone.
func TestAQuestionKnownByItsAnswers(t *testing.T) {
	p := proposed(t, "x.csv", lines("Name,problem-note,How do figures guide you?,Comment",
		`ada,2,I changed something because of a number.,"Nothing to show so far."`,
		`ben,1,Somebody read the numbers to me.,x`))
	if got := sayings(t, p)["How do figures guide you?"]; got != (said{"measure-read", Near, "by its answers: they are those of measure-read"}) {
		t.Errorf("%+v", got)
	}
	p = proposed(t, "x.csv", lines("Name,problem-note,measure-read,Which is true?", "ada,2,2,I changed something because of a number.", "ben,1,2,Nothing to show so far."))
	if got := sayings(t, p)["Which is true?"]; got.Is != "not read" {
		t.Errorf("%+v", got) // measure-read has its column
	}
}

func TestWhoAnswered(t *testing.T) {
	for _, c := range []struct{ name, text, title, why string }{
		{"a name beats an address", lines("Email Address,Your name,problem-note", "a@example.com,ada,2", "b@example.com,ben,1"), "Your name", ""},
		{"an address where names are missing", lines("Email Address,Your name,problem-note", "a@example.com,,2", "b@example.com,ben,1"), "Email Address", ""},
		{"a number of the response where all are anonymous", lines("ID,Email,Name,Start time,Completion time,problem-note",
			"1,anonymous,,11/22/26 9:10:00,11/22/26 9:10:00,Alone", "2,anonymous,,11/22/26 9:10:00,11/22/26 9:10:00,Alone"), "ID",
			"nothing else says who answered, so responses are told apart and not people"},
	} {
		p := proposed(t, "x.csv", c.text)
		found := ""
		for _, f := range p.Columns {
			if f.About.Kind == Name {
				found += f.Title
				if f.Why != c.why {
					t.Errorf("%s: %q", c.name, f.Why)
				}
			}
		}
		if found != c.title {
			t.Errorf("%s: %q", c.name, found)
		}
	}
	p := proposed(t, "x.csv", lines("problem-note", "Alone", "L1"))
	if len(p.Notes) != 1 || !strings.HasPrefix(p.Notes[0], "No column says who answered") {
		t.Errorf("%q", p.Notes)
	}
	n, err := document.ParseYAML("map.yaml", p.YAML())
	if err != nil {
		t.Fatal(err)
	}
	_, err = Read(p.Map.Rubric, n)
	wantProblems(t, err, `map.yaml:10:3: columns: no column says who answered – write is: name at the one that tells people apart`)
}

// Tags of Qualtrics that nobody has set are known by the second row.
func TestQualtricsWithoutTags(t *testing.T) {
	text := fixture(t, "qualtrics.csv")
	for i, tag := range []string{"shipped_once_kind", "shipped_once_date", "shipped_once", "problem_note_5_TEXT", "problem_note", "scope_cut", "ran_session", ",name,", ",team,", ",stage,"} {
		q := "Q" + string(rune('a'+i))
		switch {
		case strings.HasSuffix(tag, "TEXT"):
			q += "_TEXT"
		case strings.HasPrefix(tag, ","):
			q = "," + q + ","
		}
		text = strings.Replace(text, tag, q, 1)
	}
	p := proposed(t, "q.csv", text)
	if p.Undecided() != 0 {
		t.Fatalf("%s", p.YAML())
	}
	if diff := cmp.Diff(everybody, rowsOf(t, applied(t, saved(t, p), "q.csv", text))); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(string(p.YAML()), "  # What did you leave out, and why?\n  - title: \"Qf\"\n    is: scope-cut\n") {
		t.Errorf("%s", p.YAML())
	}
}

// Qualtrics exports what helps with a question together with it.
func TestATitleWithHelp(t *testing.T) {
	p := proposed(t, "x.csv", lines(`Name,problem-note,"What did you leave out, and why? The plan before and after.",What did you say`, "ada,2,I left nothing out.,x"))
	want := said{"scope-cut", Near, `it begins with "What did you leave out, and why?"`}
	if got := sayings(t, p)["What did you leave out, and why? The plan before and after."]; got != want {
		t.Errorf("%+v", got)
	}
}

func TestPreviewsOfQualtricsAreNamed(t *testing.T) {
	p := proposed(t, "q.csv", strings.Replace(fixture(t, "qualtrics.csv"), ",IP Address,203.0.113.8", ",Survey Preview,203.0.113.8", 1))
	if len(p.Notes) != 1 || !strings.HasPrefix(p.Notes[0], "The column Status says of 1 row ") {
		t.Errorf("%q", p.Notes)
	}
}

func TestWhatCannotBeMapped(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "x.csv:1:1: the export is empty – export the answers again"},
		{"\n\n", "x.csv:1:1: the export is empty – export the answers again"},
		{"Name,problem-note\n", "x.csv:1:1: nobody is in the export – propose the map from an export with some answers"},
		{"a,b\n1,2\n", "x.csv:1:1: no column of this row is a question of small@1.2.3 – give the columns the questions of the rubric as titles: `pmpath rubric form` writes them"},
	} {
		_, err := Propose(rubrictest.Small(t), tableOf(t, "x.csv", c.text))
		wantProblems(t, err, c.want)
	}
	for _, c := range []struct{ text, want string }{
		{"a,b\n\"1,2\n", "x.csv:2:1: something stands after a quote that closes its cell, or the quote is never closed – write a quote inside a cell twice"},
		{"a,b\n1,x\"y\n", "x.csv:2:4: this cell has a quote inside but none around it – put quotes around the cell and write each quote in it twice"},
		{"a,b\né,\x00\n", "x.csv:2:3: the control character U+0000 is not allowed – remove it"},
	} {
		_, err := ReadText("x.csv", []byte(c.text))
		var problems document.Problems
		if !errors.As(err, &problems) {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		wantProblems(t, err, c.want)
	}
}
