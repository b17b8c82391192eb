package intake

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// utf16Text is a text in UTF-16 with a byte-order mark, which order 0xFEFF means as well.
func utf16Text(text string, big bool) string {
	var out []byte
	for _, unit := range utf16.Encode([]rune("\uFEFF" + text)) {
		if big {
			out = append(out, byte(unit>>8), byte(unit))
		} else {
			out = append(out, byte(unit), byte(unit>>8))
		}
	}
	return string(out)
}

// sheetLine has 100 characters: 12 + 23 + 19 + 20 + 26.
const (
	head      = "name,team,hard-talk\n"
	sheetLine = `{"pmpath":1,"rubric":"small@1.2.3","respondent":"Ann","date":"2026-11-22","answers":{"hard-talk":3}}`
)

// The classes of bad input that concern tables and lines, each with what is read or with its exact place. The numbers are those of the list of requirements on input.
func TestInput(t *testing.T) {
	r := rubrictest.Small(t)
	long := strings.Repeat("x", maxLine)
	for _, c := range []struct {
		name     string
		file     string // the name, which has the format
		text     string
		encoding string
		people   int
		problems []string
		notices  []string
	}{
		// I1: accepted, the same values.
		{name: "I1 byte-order mark", text: "\uFEFF" + head + "Ann,red,3\n", people: 1},
		{name: "I1 CRLF", text: "name,team,hard-talk\r\nAnn,red,3\r\nBo,,n/a\r\n", people: 2},
		{name: "I1 no final line end", text: head + "Ann,red,3", people: 1},
		{name: "I1 blank lines", text: head + "\nAnn,red,3\n\n\r\n,,\n\n", people: 1},
		{name: "I1 lines of JSON", file: "a.jsonl", text: "\uFEFF" + sheetLine + "\r\n\n\n", people: 1},
		// I2: tables are read, sheets refused.
		{name: "I2 UTF-16, low byte first", text: utf16Text(head+"Çelik,red,3\n", false), people: 1},
		{name: "I2 UTF-16, high byte first", text: utf16Text(head+"Çelik,red,3\n", true), people: 1},
		{name: "I2 half a pair", text: utf16Text(head, false) + "A\x00\x00\xD8,\x00,\x003\x00\n\x00", problems: []string{"a.csv:2:2: this character cannot be read in the encoding of the table – look which encoding it has"}},
		{name: "I2 UTF-16 without a mark", text: utf16Text(head+"Ann,red,3\n", false)[2:], problems: []string{"a.csv:1:1: the file has NUL bytes and looks like UTF-16 or no text at all – save it as CSV in UTF-8"}},
		{name: "I2 UTF-16 lines of JSON", file: "a.jsonl", text: utf16Text(sheetLine, false), problems: []string{"a.jsonl:1:1: the file is UTF-16 – save it as UTF-8"}},
		{name: "I2 lone CR", text: "name,team,hard-talk\rAnn,red,3\rBo,red,2\r", people: 2},
		{name: "I2 lone CR within", text: head + "Ann,r\red,3\n", problems: []string{"a.csv:2:6: a carriage return stands alone – save the file with ordinary line ends"}},
		{name: "I2 lone CR in JSON", file: "a.jsonl", text: sheetLine + "\r" + sheetLine, problems: []string{"a.jsonl:1:101: a carriage return stands alone – save the file with ordinary line ends"}},
		// I3: the line and the byte.
		{name: "I3 Latin-1", text: head + "Ann,red,3\nBj\xF6rn,red,3\n", problems: []string{"a.csv:3:3: byte 0xF6 is not UTF-8 – save the table as UTF-8, or say in which encoding it is (--encoding windows-1252)"}},
		{name: "I3 windows-1252", text: head + "Bj\xF6rn,red,3\n", encoding: "windows-1252", people: 1},
		{name: "I3 no such byte in windows-1252", text: head + "Bj\x81rn,red,3\n", encoding: "windows-1252", problems: []string{"a.csv:2:3: this character cannot be read in the encoding of the table – look which encoding it has"}},
		{name: "I3 no such encoding", text: head + "Ann,red,3\n", encoding: "latin-1", problems: []string{`a.csv:1:1: there is no encoding "latin-1" – use one of: utf-8, utf-16, windows-1252`}},
		{name: "I3 overlong", text: head + "A\xC0\x80,red,3\n", problems: []string{"a.csv:2:2: byte 0xC0 is not UTF-8 – save the table as UTF-8, or say in which encoding it is (--encoding windows-1252)"}},
		{name: "I3 surrogate", text: head + "A\xED\xA0\x80,red,3\n", problems: []string{"a.csv:2:2: byte 0xED is not UTF-8 – save the table as UTF-8, or say in which encoding it is (--encoding windows-1252)"}},
		{name: "I3 controls", text: head + "A\x01,r\u2028,3\nÇ,\x1b[31m,3\n", problems: []string{"a.csv:2:2: the control character U+0001 is not allowed – remove it", "a.csv:3:3: the control character U+001B is not allowed – remove it"}},
		{name: "I3 line separators", text: head + "A\u0085,red,3\nÇ,red\u2028,3\n", problems: []string{"a.csv:2:2: the control character U+0085 is not allowed – remove it", "a.csv:3:6: the control character U+2028 is not allowed – remove it"}},
		// I4: both places. People who are there twice have tests of their own.
		{name: "I4 columns twice", text: "name,Team,hard-talk,TEAM,Hard-Talk,respondent\nAnn,red,3,red,3,Ann\n", problems: []string{
			"a.csv:1:21: TEAM: columns 2 and 4 say the same thing – keep one of them", "a.csv:1:26: Hard-Talk: columns 3 and 5 say the same thing – keep one of them",
			"a.csv:1:36: respondent: columns 1 and 6 say the same thing – keep one of them"}},
		{name: "I4 keys twice", file: "a.jsonl", text: strings.Replace(sheetLine, `"pmpath":1`, `"pmpath":1,"pmpath":1`, 1), problems: []string{`a.jsonl:1:13: the key "pmpath" stands twice in this map – keep one; the first is at line 1, column 2`}},
		// I6: limits.
		{name: "I6 line of 1 MiB", text: "name,team,x,hard-talk\nAnn,red," + long[:maxCell] + ",3\n", people: 1},
		{name: "I6 longer cell", text: "name,x,hard-talk\nAnn," + long[:maxCell+1] + ",3\n", problems: []string{"a.csv:2:5: x: this text is longer than 32767 characters – shorten it"}},
		{name: "I6 longer line", text: head + "Ann," + long + ",3\n" + "Bo,red,9\n", problems: []string{
			"a.csv:2:1: this line is longer than 1 MiB – look whether the file is a table with line ends", "a.csv:3:8: hard-talk: level 9 is outside 0..3 – choose a level of the scale"}},
		{name: "I6 no line end at all", text: head + long + long + long, problems: []string{"a.csv:2:1: this line is longer than 1 MiB – look whether the file is a table with line ends"}},
		{name: "I6 name of 200", text: head + strings.Repeat("é", 200) + ",red,3\n", people: 1},
		{name: "I6 name of 201", text: head + strings.Repeat("é", 201) + ",red,3\n", problems: []string{"a.csv:2:1: name: this text is longer than 200 characters – shorten it"}},
		{name: "I6 10,000 columns", text: "name,hard-talk" + columns(9998) + "\nAnn,3" + strings.Repeat(",", 9998) + "\n", people: 1},
		{name: "I6 10,001 columns", text: "name,hard-talk" + columns(9999) + "\n", problems: []string{"a.csv:1:1: the table has more than 10000 columns – leave out those that are no questions"}},
		{name: "I6 deep JSON", file: "a.jsonl", text: strings.Repeat("[", 10000), problems: []string{"a.jsonl:1:33: values are nested more than 32 deep – flatten this part"}},
		// I7: never nobody, and passed.
		{name: "I7 empty", text: "", problems: []string{"a.csv:1:1: the file is empty – write a header and a row for each person (`pmpath cohort template`)"}},
		{name: "I7 white space", text: " \n\n", problems: []string{"a.csv:1:1: the file is empty – write a header and a row for each person (`pmpath cohort template`)"}},
		{name: "I7 empty lines of JSON", file: "a.jsonl", text: "\n\n", problems: []string{"a.jsonl: the file is empty – write a sheet in JSON on each line"}},
		{name: "I7 JSON null", file: "a.jsonl", text: "null\n[]\n3\n", problems: []string{
			`a.jsonl:1:1: this is empty – write a value, leave the key out, or write "" for an empty text`, "a.jsonl:2:1: this is a list where a map is needed – see `pmpath rubric schema`",
			"a.jsonl:3:1: this is a single value where a map is needed – see `pmpath rubric schema`"}},
		{name: "I7 cut JSON", file: "a.jsonl", text: sheetLine + "\n" + sheetLine[:80], problems: []string{"a.jsonl:2:1: the bracket that opens here is never closed – close it; the file ends before"}},
		{name: "I7 rubbish after", file: "a.jsonl", text: sheetLine + " x\n", problems: []string{"a.jsonl:1:102: something stands after the end of the value – remove it"}},
		{name: "I7 open quote", text: head + "Ann,\"red,3\nBo,red,3\n", problems: []string{"a.csv:2:5: the quote that opens here is not closed on its line – close it; a cell cannot have line breaks"}},
		{name: "I7 cut row", text: head + "Ann,red,3\nBo,re", problems: []string{"a.csv:3:6: this row has 2 cells and the header has 3 – give every row as many; a cell with a comma in it needs quotes"}},
		// I9: what is probably meant.
		{name: "I9 unknown question", text: "name,hard-tlak,scope-cut\nAnn,3,3\n", problems: []string{`a.csv:1:6: hard-tlak: the rubric has no question of this name – did you mean "hard-talk"? Otherwise give the column another name`}},
		{name: "I9 unknown question in a long table", text: "name,question,answer\nAnn,hard-tlak,3\nAnn,zzz,3\n", problems: []string{
			`a.csv:2:5: question: this rubric has no question "hard-tlak" – did you mean "hard-talk"?`, "a.csv:3:5: question: this rubric has no question \"zzz\" – `pmpath rubric show` lists them"}},
		{name: "I9 unknown key", file: "a.jsonl", text: strings.Replace(sheetLine, `"date"`, `"day"`, 1), problems: []string{
			`a.jsonl:1:1: the key "date" is missing – add it: the day of the answers`, `a.jsonl:1:55: unknown key "day" – did you mean "date"?`}},
		{name: "I9 free key", file: "a.jsonl", text: strings.Replace(sheetLine, `"date"`, `"x-day":"Monday","date"`, 1), people: 1},
		// I11: tables.
		{name: "I11 bare quote", text: head + "Ann,r\"ed,3\n", problems: []string{"a.csv:2:6: this cell has a quote inside but none around it – put quotes around the cell and write each quote in it twice"}},
		{name: "I11 text after a quote", text: head + "Ann,\"r\"ed,3\n", problems: []string{"a.csv:2:7: something stands after the quote that closes this cell – write a quote inside a cell twice"}},
		{name: "I11 ragged", text: head + "Ann,red\nBo,red,3,\nÇelik,é\n", problems: []string{
			"a.csv:2:8: this row has 2 cells and the header has 3 – give every row as many; a cell with a comma in it needs quotes",
			"a.csv:3:10: this row has 4 cells and the header has 3 – give every row as many; a cell with a comma in it needs quotes",
			"a.csv:4:8: this row has 2 cells and the header has 3 – give every row as many; a cell with a comma in it needs quotes"}},
		{name: "I11 semicolons", text: "name;team;hard-talk\nAnn;red, blue;3\n", people: 1, notices: []string{"a.csv: a semicolon stands between the cells"}},
		{name: "I11 tabs", text: "name\tteam\thard-talk\nAnn\tred\t3\n", people: 1, notices: []string{"a.csv: a tab stands between the cells"}},
		{name: "I11 told separator", text: "sep=;\nname;team;hard-talk\nAnn;red;4\n", problems: []string{"a.csv:3:9: hard-talk: level 4 is outside 0..3 – choose a level of the scale"}},
		{name: "I11 told separator that is none", text: "sep=|\nname|team|hard-talk\n", problems: []string{`a.csv:1:5: "|" is no separator that can be read – use a comma, a semicolon or a tab`}},
		{name: "I11 levels", text: "name;hard-talk\nAnn;3,5\nBo;3.5\nCy;9999\nDi;-1\nEd;3e0\nFi;٣\nGo;03\nHu;+3\n", problems: append(append([]string{
			notLevel(2, 5, "3,5"), notLevel(3, 4, "3.5")}, "a.csv:4:4: hard-talk: level 9999 is outside 0..3 – choose a level of the scale", "a.csv:5:4: hard-talk: level -1 is outside 0..3 – choose a level of the scale"),
			notLevel(6, 4, "3e0"), notLevel(7, 4, "٣"), notLevel(8, 4, "03"), notLevel(9, 4, "+3"))},
		{name: "I11 missing is no number", text: "name,hard-talk,scope-cut\nAnn,N/A,\nBo, ,3\nCy,na, 2 \n", people: 3},
		{name: "I11 not applicable where it is no answer", text: "name,scope-cut,hard-talk,team\nAnn,N/A,N/A,red\nBo,2,2,red\n", problems: []string{
			`a.csv:2:5: scope-cut: this question has no answer "not applicable" – name a level, or leave the cell empty where nothing was answered`,
		}},
		{name: "I11 header only", text: head, problems: []string{"a.csv: there is nobody in it – add a row for each person, or leave this input out"}},
		{name: "I11 header and help only", text: head + "# help,,\n", problems: []string{"a.csv: there is nobody in it – add a row for each person, or leave this input out"}},
		{name: "I11 no header", text: "Ann,red,3\nBo,red,2\n", problems: []string{"a.csv:1:1: the header has no column \"name\" – the first line gives the names of the columns: `pmpath cohort template` writes it"}},
		{name: "I11 no question", text: "name,team\nAnn,red\n", problems: []string{"a.csv:1:1: no column of the header is a question of this rubric – `pmpath cohort template` writes a header with all of them"}},
		{name: "I11 no title", text: "name,,hard-talk\nAnn,red,3\n", problems: []string{"a.csv:1:6: column 2 has no title – name it, or delete the column"}},
		{name: "I11 half long", text: "name,question\nAnn,hard-talk\n", problems: []string{`a.csv:1:1: a table with a row for each answer has both columns, "question" and "answer" – add the one that is missing`}},
		{name: "I11 long and wide", text: "name,question,answer,hard-talk\n", problems: []string{`a.csv:1:1: the header has a column "question" and questions as columns too – use a row for each person, or a row for each answer`}},
		{name: "I11 page that asks to sign in", text: "\n<!DOCTYPE html><html><body>Sign in</body></html>\n", problems: []string{"a.csv:1:1: this is a web page and no table – export the table again; the page may be one that asks to sign in"}},
		{name: "I11 gates", text: "name,hard-talk,trusted,trusted.kind,trusted.date,date\nAnn,3,maybe,hearsay,1.10.2026,2026-02-30\nBo,3,yes,peer,2026-10-01,\n", problems: []string{
			`a.csv:2:7: trusted: "maybe" is neither yes nor no – write yes or no, or leave the cell empty`, `a.csv:2:13: trusted.kind: "hearsay" is not known here – use one of: artifact, peer, self`,
			`a.csv:2:21: trusted.date: "1.10.2026" is no date – write it like 2026-11-22`, `a.csv:2:31: date: "2026-02-30" is no date – write it like 2026-11-22`,
			"a.csv:3:1: date: the answers have no date, and the evidence of trusted has one – write the day of the answers"}},
		{name: "I11 stages", text: "name,hard-talk,stage,target\nAnn,3,Junior builder,bilder\nBo,3,boss,\n", problems: []string{
			`a.csv:2:22: target: this ladder has no stage "bilder" – did you mean "builder"?`, `a.csv:3:6: stage: this ladder has no stage "boss" – use one of: starter, builder, guide, lead`}},
		{name: "I11 nobody named", text: head + ",red,3\n  ,red,3\n", problems: []string{
			"a.csv:2:1: name: nobody is named here – write a name or a number that nobody else has", "a.csv:3:1: name: nobody is named here – write a name or a number that nobody else has"}},
		{name: "I11 long table", text: "name,team,question,answer\nAnn,red,hard-talk,3\nAnn,blue,scope-cut,2\nAnn,red,hard-talk,2\nBo,red,trusted,yes\n", problems: []string{
			`a.csv:3:5: team: "blue" differs from "red" in the first row of this person – say the same in all rows of a person`,
			"a.csv:4:9: question: hard-talk is answered twice for this person, on line 2 before – keep one of the rows"}},
		{name: "I19 another rubric", file: "a.jsonl", text: strings.Replace(sheetLine, "small@1.2.3", "other@2.0.0", 1), problems: []string{
			`a.jsonl:1:22: rubric: this sheet answers "other@2.0.0", the rubric in use is "small@1.2.3" – use the rubric that was answered, or answer this one`}},
		{name: "I19 nobody named", file: "a.jsonl", text: strings.Replace(sheetLine, `"respondent":"Ann",`, "", 1), problems: []string{"a.jsonl:1:1: respondent: nobody is named here – write a name or a number that nobody else has"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.file == "" {
				c.file = "a.csv"
			}
			for _, in := range []Input{file(c.file, c.text), stream(c.file, c.text)} {
				source, err := Open(r, []Input{in}, Options{Encoding: c.encoding})
				var tally Tally
				if err == nil {
					tally, err = source.Scan(2, func() Handler { return &nobody{} }, &strings.Builder{})
				}
				if diff := cmp.Diff(c.problems, messages(t, err)); diff != "" {
					t.Error(diff)
				}
				if tally.People != c.people {
					t.Errorf("%d people, want %d", tally.People, c.people)
				}
				for _, notice := range c.notices {
					if source == nil || !strings.Contains(strings.Join(source.Notices(), "\n"), notice) {
						t.Errorf("%q is not said", notice)
					}
				}
			}
		})
	}
}

func columns(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, ",c%d", i)
	}
	return b.String()
}

func notLevel(line, column int, text string) string {
	return fmt.Sprintf("a.csv:%d:%d: hard-talk: %q is no level – write a whole number from 0 to 3 in plain digits, or nothing", line, column, text)
}

func messages(t *testing.T, err error) []string {
	t.Helper()
	var problems document.Problems
	if err != nil && !errors.As(err, &problems) {
		t.Fatal(err)
	}
	var all []string
	for _, p := range problems {
		all = append(all, p.Error())
	}
	return all
}

// I12: what looks like a number or a day is a text, to the last byte.
func TestTextsStayAsTheyAre(t *testing.T) {
	r := rubrictest.Small(t)
	for _, name := range []string{"007", "12345678901234567890", "MAR1", "1-2", "1e5", "TRUE", "=1+1", "-", "'x", "NULL", "n/a"} {
		for _, in := range []Input{file("a.csv", "name,team,hard-talk\n"+name+","+name+",3\n"), file("a.csv", "name,team,question,answer\n"+name+","+name+",hard-talk,3\n")} {
			got, _, err := told(t, r, Options{}, 1, in)
			if want := fmt.Sprintf("%s [%q] - -  . . . 3 ? ? ?\n", name, name); got != want || err != nil {
				t.Errorf("%q, %v; want %q", got, err, want)
			}
		}
	}
}

func sheetOf(name, more string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte("pmpath: 1\nrubric: small@1.2.3\nrespondent: " + name + "\ndate: 2026-11-22\nanswers: {hard-talk: 3}\n" + more)}
}

// A folder: sheets at any depth, in YAML and JSON, in the order of their names; a team is the folder unless the sheet says otherwise; other files are none of ours.
func TestFolder(t *testing.T) {
	r := rubrictest.Small(t)
	tree := fstest.MapFS{
		"red/bo.yaml":       sheetOf("Bo", ""),
		"red/ann.yml":       sheetOf("Ann", "x-team: green\n"),
		"cy.json":           {Data: []byte(strings.Replace(sheetLine, "Ann", "Cy", 1))},
		"blue/deep/di.yaml": sheetOf("", ""),
		"red/README.md":     {Data: []byte("# Sheets")},
		".git/config.yaml":  {Data: []byte("no sheet")},
		"red/.draft.yaml":   {Data: []byte("no sheet")},
	}
	got, tally, err := told(t, r, Options{}, 2, Input{Shown: "people", Tree: tree})
	const want = "people/blue/deep/di.yaml [\"deep\"] - - 2026-11-22 . . . 3 ? ? ?\nCy [\"\"] - - 2026-11-22 . . . 3 ? ? ?\n" +
		"Ann [\"green\"] - - 2026-11-22 . . . 3 ? ? ?\nBo [\"red\"] - - 2026-11-22 . . . 3 ? ? ?\n"
	if got != want || err != nil || tally.People != 4 {
		t.Errorf("%q, %v, want %q", got, err, want)
	}
}

// A bad sheet among good ones (I6, I7, I18): refused with its place, or left out, named and counted. What is no ordinary file is trouble with a file, and left out too.
func TestBadSheetsInAFolder(t *testing.T) {
	r := rubrictest.Small(t)
	good := fstest.MapFS{"a/ann.yaml": sheetOf("Ann", ""), "b/bo.yaml": sheetOf("Bo", "")}
	with := func(name string, file *fstest.MapFile) fs.FS {
		tree := fstest.MapFS{name: file}
		for name, file := range good {
			tree[name] = file
		}
		return tree
	}
	for _, c := range []struct {
		name    string
		tree    fs.FS
		problem string
	}{
		{"level", with("a/cy.yaml", sheetOf("Cy", "gates: {trusted: 3}\n")), "people/a/cy.yaml:6:18: gates.trusted: \"3\" is not true or false – write true or false without quotes"},
		{"no sheet", with("a/cy.yaml", &fstest.MapFile{Data: []byte("- a\n")}), "people/a/cy.yaml:1:1: this is a list where a map is needed – see `pmpath rubric schema`"},
		{"empty", with("a/cy.json", &fstest.MapFile{}), "people/a/cy.json:1:1: the file is empty – write the keys that the format asks for"},
		{"larger than 1 MiB", with("a/cy.yaml", &fstest.MapFile{Data: make([]byte, document.MaxBytes+1)}), "people/a/cy.yaml: the file is larger than 1 MiB – split it"},
		{"twice", with("c/ann.yaml", sheetOf("Ann", "")), `people/c/ann.yaml: name: this name was read at people/a/ann.yaml already – keep one row for each person, or write names that differ`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := told(t, r, Options{}, 2, Input{Shown: "people", Tree: c.tree})
			if diff := cmp.Diff([]string{c.problem}, messages(t, err)); diff != "" {
				t.Error(diff)
			}
			_, tally, err := told(t, r, Options{KeepGoing: true}, 2, Input{Shown: "people", Tree: c.tree})
			if err != nil || tally.Problems.Error() != c.problem || tally.People+tally.LeftOut != 3 {
				t.Errorf("%+v, %v", tally, err)
			}
		})
	}

	device := with("a/cy.yaml", &fstest.MapFile{Mode: fs.ModeDevice})
	if _, _, err := told(t, r, Options{}, 2, Input{Shown: "people", Tree: device}); !errors.Is(err, document.ErrNotRegular) {
		t.Error(err)
	}
	_, tally, err := told(t, r, Options{KeepGoing: true}, 2, Input{Shown: "people", Tree: device})
	if err != nil || tally.People != 2 || tally.LeftOut != 1 || tally.Problems.Error() != "people/a/cy.yaml: this file cannot be read – look at its type and its rights, or leave it out" {
		t.Errorf("%+v, %v", tally, err)
	}
	_, _, err = told(t, r, Options{}, 2, Input{Shown: "people", Tree: fstest.MapFS{"README.md": {}}})
	if diff := cmp.Diff([]string{"people: no sheet is in this folder or below it – sheets are files that end in .yaml, .yml or .json"}, messages(t, err)); diff != "" {
		t.Error(diff)
	}
}

// Nothing is left of a cohort when everybody has a problem, whatever was asked for.
func TestNobodyIsLeft(t *testing.T) {
	r := rubrictest.Small(t)
	_, _, err := told(t, r, Options{KeepGoing: true}, 2, file("a.csv", head+"Ann,red,9\n"))
	if diff := cmp.Diff([]string{"a.csv:2:9: hard-talk: level 9 is outside 0..3 – choose a level of the scale"}, messages(t, err)); diff != "" {
		t.Error(diff)
	}
}

// A table that is wrong in every row has its first ten thousand problems told, in order, and the others counted (I10).
func TestManyProblems(t *testing.T) {
	r := rubrictest.Small(t)
	var text strings.Builder
	text.WriteString(head)
	for i := range 20000 {
		fmt.Fprintf(&text, "%d,red,9\n", i)
	}
	text.WriteString("Ann,red,3\n")
	_, _, err := told(t, r, Options{}, 2, file("a.csv", text.String()))
	all := messages(t, err)
	if len(all) != 10001 || all[0] != ": 10000 more problems are not listed" || !strings.HasPrefix(all[1], "a.csv:2:7: ") || !strings.HasPrefix(all[10000], "a.csv:10001:10: ") {
		t.Errorf("%d: %q, %q … %q", len(all), all[0], all[1], all[len(all)-1])
	}
	_, tally, err := told(t, r, Options{KeepGoing: true}, 2, file("a.csv", text.String()))
	if err != nil || tally.People != 1 || tally.LeftOut != 20000 || len(tally.Problems) != 10000 || tally.More != 10000 {
		t.Errorf("%d, %d, %d, %d, %v", tally.People, tally.LeftOut, len(tally.Problems), tally.More, err)
	}
}

// A row of a long table that cannot be taken apart may belong to the person before or after it.
func TestRowsThatMayBelongToTwo(t *testing.T) {
	r := rubrictest.Small(t)
	const bad = "A\"nn,hard-talk,1\n"
	for _, c := range []struct{ name, rows, want string }{
		{"between two people", "Ann,hard-talk,1\n" + bad + "Bo,hard-talk,1\nCy,hard-talk,1\n", "Cy "},
		{"within one", "Ann,hard-talk,1\n" + bad + "Ann,scope-cut,1\nBo,hard-talk,1\n", "Bo "},
		{"before the first", bad + "Ann,hard-talk,1\nBo,hard-talk,1\n", "Bo "},
		{"after the last", "Ann,hard-talk,1\nBo,hard-talk,1\n" + bad, "Ann "},
	} {
		for block := 1; block < 80; block += 3 {
			source, err := Open(r, []Input{file("a.csv", "name,question,answer\n"+c.rows)}, Options{KeepGoing: true})
			if err != nil {
				t.Fatal(err)
			}
			source.block = block
			var out strings.Builder
			if _, err := source.Scan(2, func() Handler { return namer{} }, &out); err != nil || out.String() != c.want {
				t.Errorf("%s, in blocks of %d: %q, %v; want %q", c.name, block, out.String(), err, c.want)
			}
		}
	}
}
