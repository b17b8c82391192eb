package formmap

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

const goodMap = `pmpath: 1
rubric: small@1.2.3
columns:
  - {title: Who, is: name}
  - {title: Town, field: location}
  - title: Note
    is: problem-note
    answers: {0: [none], 1: [some, "a bit"], 2: [most], 3: [all], open: ["no idea"]}
  - {title: Talk, is: hard-talk, answers: {0: [none], na: [never had to]}}
  - {title: Shipped, is: shipped-once, answers: {yes: [ja], no: [nein]}}
  - {title: Proof, is: shipped-once.kind, answers: {artifact: [thing], peer: [witness]}}
  - {title: Proof day, is: shipped-once.date}
  - {title: Role, is: stage, answers: {builder: [baut]}}
  - {title: Remark, is: "not read"}
  - {title: Other, is: must be empty}
`

func TestReadingByAMap(t *testing.T) {
	people := applied(t, mapOf(t, goodMap), "x.csv", lines("Other,who,Town,Note,Talk,Shipped,Proof,Proof day,role,Remark,Other",
		`,ada,Porto,a bit,never had to,JA,thing,2026-11-22,Baut,"anything,
at all",`, `,ben,,No idea,,,,,,,`))
	want := [][]string{
		{"date", "name", "location", "problem-note", "hard-talk", "shipped-once", "shipped-once.kind", "shipped-once.date", "stage"},
		{"", "ada", "Porto", "1", "n/a", "yes", "artifact", "2026-11-22", "builder"},
		{"", "ben", "", "", "", "", "", "", ""},
	}
	if diff := cmp.Diff(want, rowsOf(t, people)); diff != "" || people.Problems != nil {
		t.Errorf("-want +got\n%s%v", diff, people.Problems)
	}
}

func TestCellsThatTheMapDoesNotKnow(t *testing.T) {
	people := applied(t, mapOf(t, goodMap), "x.csv", lines("Who,Town,Note,Talk,Shipped,Proof,Proof day,Role,Remark,Other",
		`àda,Porto,mots,some,maybe,it,22/11/2026,lead,,mine`,
		`,Porto,most,,,,,,,`,
		`"b
en",,,,,,,,,,extra`,
		`cleo`))
	wantProblems(t, people.Problems,
		`x.csv:2:11: problem-note: the map has no answer "mots" – list it in the map at map.yaml:6:12 under what it means, or mend the cell`,
		`x.csv:2:16: hard-talk: the map has no answer "some" – list it in the map at map.yaml:9:13 under what it means, or mend the cell`,
		`x.csv:2:21: shipped-once: the map has no answer "maybe" – list it in the map at map.yaml:10:13 under what it means, or mend the cell`,
		`x.csv:2:27: shipped-once.kind: the map has no answer "it" – list it in the map at map.yaml:11:13 under what it means, or mend the cell`,
		`x.csv:2:30: shipped-once.date: "22/11/2026" is no day written as year-month-day – write it like 2026-11-22, or change "dates" in the map`,
		`x.csv:2:41: stage: the map has no answer "lead" – list it in the map at map.yaml:13:13 under what it means, or mend the cell`,
		`x.csv:2:47: Other: "mine" is an answer of somebody's own, and no level – ask what is meant and choose an answer for it`,
		`x.csv:3:1: name: nobody is named here – write a name or a number that nobody else has`,
		`x.csv:4:1: name: this text has a line break – write it on one line`,
		`x.csv:5:14: this row has more cells than there are titles (10) – look at the row; a quote may be missing`)
	if people.LeftOut != 3 {
		t.Errorf("%d left out", people.LeftOut)
	}
	if diff := cmp.Diff([]string{"", "cleo", "", "", "", "", "", "", ""}, rowsOf(t, people)[1]); diff != "" { // empty cells are no answers
		t.Error(diff)
	}
}

func TestExportsOfAnotherForm(t *testing.T) {
	m := mapOf(t, goodMap)
	_, err := m.Apply(tableOf(t, "x.csv", lines("Who,who,Town,Note,Talk,Shipped,Proof,Role,Remark,Hobby", "a,b,,,,,,,,")))
	wantProblems(t, err,
		`x.csv:1:1: the export has no column "Other", which the map takes for "must be empty" – take it out of the map (map.yaml:15:13), or look whether this is the right export`,
		`x.csv:1:1: the export has no column "Proof day", which the map takes for "shipped-once.date" – take it out of the map (map.yaml:12:13), or look whether this is the right export`,
		`x.csv:1:5: columns 1 and 2 both have a title of "name" in the map – give one of them another title in the form`,
		`x.csv:1:50: the map has no column "Hobby" – add it to the map, as "not read" where it is no question, or propose a map anew`)
	_, err = m.Apply(tableOf(t, "x.csv", "Who\n"))
	wantProblems(t, err, `x.csv:1:1: nobody is in the export – the map says that 1 row stands above the first person`)
	_, err = m.Apply(tableOf(t, "x.csv", ""))
	wantProblems(t, err, `x.csv:1:1: nobody is in the export – the map says that 1 row stands above the first person`)
}

func TestMapsThatAreRefused(t *testing.T) {
	for _, c := range []struct {
		name, old, new string
		want           []string
	}{
		{"another rubric", "small@1.2.3", "small@2.0.0", []string{`map.yaml:2:9: rubric: this map is for "small@2.0.0", the rubric in use is "small@1.2.3" – use that rubric, or propose a map anew with ` + "`pmpath cohort map`"}},
		{"an unknown word", "is: problem-note", "is: problem-nite", []string{`map.yaml:7:9: columns[2].is: a column cannot be "problem-nite" – did you mean "problem-note"?`}},
		{"a level off the scale", "3: [all]", "4: [all]", []string{`map.yaml:8:57: columns[2].answers: an answer cannot mean "4" here – use a level from 0 to 3 or open`}},
		{"a level with a zero before it", "3: [all]", "03: [all]", []string{`map.yaml:8:57: columns[2].answers: an answer cannot mean "03" here – use a level from 0 to 3 or open`}},
		{"not applicable where it is not", "3: [all]", "na: [all]", []string{`map.yaml:8:57: columns[2].answers: an answer cannot mean "na" here – use a level from 0 to 3 or open`}},
		{"one answer for two levels", "3: [all]", "3: [Most!]", []string{`map.yaml:8:61: columns[2].answers: "Most!" is listed twice, for 2 and for 3 – keep it where it belongs`}},
		{"two columns for one thing", "is: must be empty", "is: name", []string{`map.yaml:15:13: columns[9].is: columns[0] is "name" too – keep one of them`}},
		{"two columns of one title", "title: Town", "title: WHO", []string{`map.yaml:5:13: columns[1].title: columns[0] has this title too – keep one of them`}},
		{"nobody named", "is: name", `is: "not read"`, []string{`map.yaml:4:3: columns: no column says who answered – write is: name at the one that tells people apart`}},
		{"both kinds", "field: location", "field: location, is: team", []string{`map.yaml:5:26: columns[1]: a column is one thing: "is" or "field" – keep one of them`}},
		{"nothing said", ", field: location", "", []string{`map.yaml:5:5: columns[1]: it is not said what this column is – add "is", such as is: name or is: "not read"`}},
		{"a field with a meaning", "field: location", "field: Team", []string{`map.yaml:5:26: columns[1].field: "Team" has a meaning of its own – choose another name, or write is: team`}},
		{"a field too close to a question", "field: location", "field: hard-tolk", []string{`map.yaml:5:26: columns[1].field: the name "hard-tolk" is too close to one of the rubric – did you mean "hard-talk"? Otherwise choose another name`}},
		{"a field that would cut the table", "field: location", "field: a;b", []string{`map.yaml:5:26: columns[1].field: a name has no semicolons and tabs – choose another name`}},
		{"answers of free text", "is: shipped-once.date", "is: shipped-once.date, answers: {yes: [x]}", []string{`map.yaml:12:56: columns[6].answers: "shipped-once.date" is written freely and has no list of answers – remove the list`}},
		{"no answers", ", answers: {builder: [baut]}", "", []string{`map.yaml:13:5: columns[7].answers: it is not said what the answers mean – list them by what they mean: open, or one of: starter, builder, guide, lead`}},
		{"an unknown key", "columns:", "colums:", []string{
			`map.yaml:1:1: the key "columns" is missing – add it: every column of the export`, `map.yaml:3:1: unknown key "colums" – did you mean "columns"?`}},
		{"titles below the header", "columns:", "header: {rows: 1, titles: 2}\ncolumns:", []string{`map.yaml:3:27: header.titles: row 2 is not among the 1 header rows – name one of them`}},
		{"an unknown order", "columns:", "dates: american\ncolumns:", []string{`map.yaml:3:8: dates: "american" is not known here – use one of: year-month-day, month-day-year, day-month-year`}},
		{"no question", "", "", nil},
	} {
		text := strings.Replace(goodMap, c.old, c.new, 1)
		if c.want == nil {
			text = "pmpath: 1\nrubric: small@1.2.3\ncolumns:\n  - {title: Who, is: name}\n"
			c.want = []string{"map.yaml:4:3: columns: no column is a question of the rubric – propose the map anew with `pmpath cohort map`"}
		}
		n, err := document.ParseYAML("map.yaml", []byte(text))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		t.Run(c.name, func(t *testing.T) {
			_, err := Read(rubrictest.Small(t), n)
			wantProblems(t, err, c.want...)
		})
	}
}
