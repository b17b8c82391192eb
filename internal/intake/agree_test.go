package intake

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// outcome is all that a reading shows.
type outcome struct {
	Out      string
	Tally    Tally
	Problems []string
	Notices  []string
}

// manner is how an input is read; none of it may show.
type manner struct {
	general bool
	workers int
	block   int
	stream  bool
}

// testingT is what a test of this package and a property have in common.
type testingT interface{ Fatal(...any) }

func (m manner) read(t testingT, r *rubric.Rubric, name, text string, options Options) outcome {
	in := file(name, text)
	if m.stream {
		in = stream(name, text)
	}
	var o outcome
	source, err := Open(r, []Input{in}, options)
	if err == nil {
		source.general, source.block = m.general, m.block
		var out bytes.Buffer
		o.Tally, err = source.Scan(m.workers, func() Handler { return teller{r} }, &out)
		o.Out, o.Notices = out.String(), source.Notices()
	}
	if problems := (document.Problems)(nil); errors.As(err, &problems) {
		for _, p := range problems {
			o.Problems = append(o.Problems, p.Error())
		}
	} else if err != nil {
		t.Fatal(err)
	}
	if o.Problems != nil {
		o.Out, o.Tally = "", Tally{} // what was written before the first problem is nobody's business
	}
	return o
}

// cells that a column may have, good ones and bad ones.
var (
	names   = []string{"Ann", "Bo", "Çelik", "李明", "O'Brien", "Ann, B.", `An "x" B`, "007", "=1+1", "", " ", " Ann", "a\u0085b", "a\tb", "e\u0301", strings.Repeat("n", 201), strings.Repeat("é", 200)}
	levels  = []string{"0", "1", "2", "3", "3", "2", "1", "0", "", "n/a", "N/A", "na", "NA", "4", "-1", "9999", "3e0", "3,5", "3.5", "٣", " 2", "2 ", "02", "n/b", "nan", "1.0", "+1"}
	gateSay = []string{"yes", "no", "", "YES", "True", "false", "n/a", "y", "1", "yes "}
	stages  = []string{"starter", "builder", "guide", "lead", "", "Maker", "LEAD", "bilder", " lead"}
	dates   = []string{"2026-11-22", "2026-11-23", "", "2026-02-30", "22.11.2026", "1899-01-01", " 2026-11-22"}
	kinds   = []string{"artifact", "peer", "self", "", "", "hearsay"}
	anyText = []string{"red", "blue", "", "Café", "two words", "=1+1", " x", strings.Repeat("t", 201), "semi;colon"}
)

func cellsFor(title string) []string {
	switch {
	case title == "name":
		return names
	case title == "stage" || title == "target":
		return stages
	case strings.HasSuffix(title, dateSuffix), title == "date":
		return dates
	case strings.HasSuffix(title, kindSuffix):
		return kinds
	case slices.Contains([]string{"shipped-once", "ran-session", "trusted"}, title):
		return gateSay
	case slices.Contains([]string{"problem-note", "scope-cut", "measure-read", "hard-talk"}, title):
		return levels
	}
	return anyText
}

var titles = []string{
	"team", "stage", "target", "date", "problem-note", "scope-cut", "measure-read", "hard-talk", "shipped-once", "shipped-once.kind", "shipped-once.date",
	"ran-session", "hard-talk.evidence", "hard-talk.date", "location",
}

// table draws a table. Most of its rows are plain and right, so that many files have good ones beside bad ones.
func table(t *rapid.T) string {
	delim := rapid.SampledFrom([]string{",", ",", ",", ";", "\t"}).Draw(t, "delimiter")
	columns := rapid.SliceOfNDistinct(rapid.SampledFrom(titles), 1, len(titles), rapid.ID[string]).Draw(t, "columns")
	columns = append(columns, "name")
	if !slices.Contains(columns, "hard-talk") {
		columns = append(columns, "hard-talk") // without any question it is no table
	}
	if rapid.Bool().Draw(t, "the usual columns") {
		columns = append([]string{"name"}, titles...)
		columns = columns[:rapid.IntRange(6, len(columns)).Draw(t, "so many")]
	} else {
		columns = rapid.Permutation(columns).Draw(t, "order")
	}
	ends := rapid.SampledFrom([]string{"\n", "\n", "\r\n"}).Draw(t, "line ends")
	bad := rapid.IntRange(0, 4).Draw(t, "tenths of cells that may be bad")
	lines := []string{strings.Join(columns, delim)}
	for range rapid.IntRange(0, 12).Draw(t, "rows") {
		row := make([]string, 0, len(columns))
		for i, title := range columns {
			pool := cellsFor(title)
			if rapid.IntRange(0, 9).Draw(t, "good") >= bad {
				pool = pool[:4]
			}
			text := rapid.SampledFrom(pool).Draw(t, title)
			if title == "name" && text != "" {
				text += fmt.Sprint(len(lines) % rapid.SampledFrom([]int{100, 100, 100, 5}).Draw(t, "name again after"))
			}
			if strings.ContainsAny(text, delim+`"`) || rapid.IntRange(0, 19).Draw(t, "quoted") == 0 && i >= 0 {
				text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
			}
			row = append(row, text)
		}
		switch rapid.IntRange(0, 60).Draw(t, "shape") {
		case 0:
			row = row[1:]
		case 1:
			row = append(row, "more")
		case 2:
			row = []string{""}
		case 3:
			row = make([]string, len(columns))
		}
		lines = append(lines, strings.Join(row, delim))
	}
	return spoil(t, lines, ends, delim)
}

// spoil joins lines and in some cases puts a byte or a few anywhere below the first.
func spoil(t *rapid.T, lines []string, ends, delim string) string {
	text := strings.Join(lines, ends)
	if rapid.Bool().Draw(t, "final line end") {
		text += ends
	}
	if rapid.IntRange(0, 4).Draw(t, "spoilt") == 0 {
		at := rapid.IntRange(len(lines[0]), len(text)).Draw(t, "where")
		text = text[:at] + rapid.SampledFrom([]string{`"`, "\r", "\x00", "\xE9", "\n", delim, "\uFEFF", "\u200B", `""`}).Draw(t, "spoiler") + text[at:]
	}
	return text
}

// longTableOf draws a table with a row for each answer.
func longTableOf(t *rapid.T) string {
	delim := rapid.SampledFrom([]string{",", ",", ";"}).Draw(t, "delimiter")
	columns := []string{"name", "team", "stage", "date", "question", "answer"}
	if rapid.IntRange(0, 3).Draw(t, "shuffled") == 0 {
		columns = rapid.Permutation(columns).Draw(t, "order")
	}
	bad := rapid.SampledFrom([]int{0, 0, 1, 5}).Draw(t, "hundredths of what may be bad")
	draw := func(title string) string {
		pool := cellsFor(title)
		if rapid.IntRange(0, 99).Draw(t, "good") >= bad {
			pool = pool[:4]
		}
		text := rapid.SampledFrom(pool).Draw(t, title)
		if strings.ContainsAny(text, delim+`"`) {
			text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
		}
		return text
	}
	lines := []string{strings.Join(columns, delim)}
	questions := []string{"problem-note", "scope-cut", "measure-read", "hard-talk", "hard-talk.evidence", "shipped-once", "shipped-once.kind", "shipped-once.date", "trusted"}
	for person := range rapid.IntRange(0, 5).Draw(t, "people") {
		said := map[string]string{"name": draw("name") + fmt.Sprint(person%rapid.SampledFrom([]int{100, 100, 100, 2}).Draw(t, "name again after")), "team": draw("team"), "stage": draw("stage"), "date": draw("date")}
		asked := questions
		if rapid.IntRange(0, 3).Draw(t, "other order") == 0 {
			asked = rapid.SliceOfN(rapid.SampledFrom(questions), 1, 7).Draw(t, "questions") // some twice
		}
		for _, question := range asked {
			said["question"], said["answer"] = question, draw(question)
			if rapid.IntRange(0, 999).Draw(t, "unknown") < bad {
				said["question"] = "problem-notes"
			}
			row := make([]string, len(columns))
			for i, title := range columns {
				row[i] = said[title]
				if title != "name" && title != "question" && title != "answer" && rapid.IntRange(0, 999).Draw(t, "other") < bad {
					row[i] = draw(title)
				}
			}
			lines = append(lines, strings.Join(row, delim))
		}
	}
	return spoil(t, lines, rapid.SampledFrom([]string{"\n", "\n", "\r\n"}).Draw(t, "line ends"), delim)
}

// sheetLines draws sheets in JSON, one on each line.
func sheetLines(t *rapid.T) string {
	bad := rapid.SampledFrom([]int{0, 1, 3}).Draw(t, "hundredths of what may be bad")
	colon := rapid.SampledFrom([]string{":", ":", ": "}).Draw(t, "colon")
	comma := strings.ReplaceAll(colon, ":", ",")
	spoiled := func() bool { return rapid.IntRange(0, 99).Draw(t, "good") < bad }
	object := func(pairs []string) string {
		if spoiled() && len(pairs) > 0 {
			pairs = append(pairs, pairs[0])
		}
		if rapid.IntRange(0, 4).Draw(t, "shuffled") == 0 {
			pairs = rapid.Permutation(pairs).Draw(t, "order")
		}
		return "{" + strings.Join(pairs, comma) + "}"
	}
	pair := func(key, value string) string { return fmt.Sprintf("%q%s%s", key, colon, value) }
	text := func(pool []string) string {
		if !spoiled() {
			pool = pool[:3]
		}
		data, _ := json.Marshal(rapid.SampledFrom(pool).Draw(t, "text"))
		return string(data)
	}
	some := func(key string, values []string, more ...string) (pairs []string) {
		for _, id := range strings.Fields(key) {
			if rapid.IntRange(0, 3).Draw(t, "left out") == 0 {
				continue
			}
			if spoiled() {
				values = more
			}
			pairs = append(pairs, pair(id, rapid.SampledFrom(values).Draw(t, id)))
		}
		return pairs
	}
	var lines []string
	for n := range rapid.IntRange(0, 6).Draw(t, "people") {
		name, _ := json.Marshal(rapid.SampledFrom(names[:4]).Draw(t, "name") + fmt.Sprint(n%rapid.SampledFrom([]int{100, 100, 100, 3}).Draw(t, "name again after")))
		if spoiled() {
			name = []byte(text(names))
		}
		pairs := []string{pair("pmpath", "1"), pair("rubric", `"small@1.2.3"`), pair("respondent", string(name)), pair("date", text([]string{dates[0], dates[1], dates[0], dates[3], dates[5]}))}
		answers := some("problem-note scope-cut measure-read", []string{"0", "1", "2", "3"}, "null", "4", `"na"`, "10", `"3"`, "3.0", "-1", "{}")
		answers = append(answers, some("hard-talk", []string{"0", "3", `"na"`}, "null", "true")...)
		gates := some("shipped-once ran-session trusted", []string{"true", "false"}, "null", `{"met":true,"kind":"peer","when":"2026-10-01"}`, `"yes"`)
		pairs = append(pairs, pair("answers", object(answers)), pair("gates", object(gates)))
		for _, more := range []string{pair("x-team", text(anyText)), pair("stage", text(stages)), pair("target", text(stages)), pair("x-location", text(anyText)), pair("notes", `{}`)} {
			if rapid.Bool().Draw(t, "more") {
				pairs = append(pairs, more)
			}
		}
		if spoiled() {
			pairs = append(pairs, rapid.SampledFrom([]string{
				pair("evidence", `{"hard-talk":{"kind":"self"}}`), pair("not_asked", `["hard-talk"]`), pair("rater", `"peer"`), pair("x-y", "[1]"), pair("Respondent", `"x"`),
				pair("digest", `"0"`), pair("notes", `{"hard-talk":"n\\u00e9"}`),
			}).Draw(t, "odd"))
		}
		lines = append(lines, object(pairs))
		if spoiled() {
			lines = append(lines, "")
		}
	}
	if len(lines) == 0 {
		return "\n"
	}
	return spoil(t, lines, rapid.SampledFrom([]string{"\n", "\n", "\r\n"}).Draw(t, "line ends"), ",")
}

func TestJSONLinesAgree(t *testing.T) { agree(t, rubrictest.Small(t), "t.jsonl", sheetLines) }

// The quick and the general reader, any number of workers, any size of block, file or stream: the same bytes and the same problems.
// To try many: go test ./internal/intake -run Agree -rapid.checks 100000
func TestWideTablesAgree(t *testing.T) { agree(t, rubrictest.Small(t), "t.csv", table) }

func TestWideTablesFromLevel1Agree(t *testing.T) { agree(t, fromLevel1(t), "t.csv", table) }

func TestLongTablesAgree(t *testing.T) { agree(t, rubrictest.Small(t), "t.csv", longTableOf) }

// fromLevel1 is the small rubric with a scale that begins at 1, which has no way to read several levels at once.
func fromLevel1(t *testing.T) *rubric.Rubric {
	r := rubrictest.Small(t)
	scale := r.Competencies[0].Scale // of all
	for i := range scale.Levels {
		scale.Levels[i].Level++
	}
	return r
}

// A row whose answers are separated by bytes that are nothing, not even to the reader of four at once.
func TestSeparatorsThatAreNone(t *testing.T) {
	text := "name,problem-note,scope-cut,measure-read,hard-talk,shipped-once\n"
	for i := range 40 { // NULs near the beginning are found before
		text += fmt.Sprintf("person %d,1,2,3,1,yes\n", i)
	}
	text += "Ann,1\x002\x003\x001\x00yes\n"
	for _, r := range []*rubric.Rubric{rubrictest.Small(t), fromLevel1(t)} {
		got := manner{workers: 1, block: blockSize}.read(t, r, "t.csv", text, Options{}).Problems
		if len(got) != 1 || !strings.HasPrefix(got[0], "t.csv:42:6: ") {
			t.Errorf("from %d: %q, want a problem with the first of these bytes", r.Competencies[0].Scale.Lo(), got)
		}
	}
}

func agree(t *testing.T, r *rubric.Rubric, name string, draw func(*rapid.T) string) {
	var good, refused, partly, twice int
	rapid.Check(t, func(t *rapid.T) {
		text := draw(t)
		options := Options{KeepGoing: rapid.Bool().Draw(t, "keep going")}
		want := manner{general: true, workers: 1, block: blockSize}.read(t, r, name, text, options)
		for _, m := range []manner{
			{workers: 1, block: blockSize},
			{workers: 3, block: rapid.IntRange(1, 300).Draw(t, "block")},
			{workers: 2, block: rapid.IntRange(1, 300).Draw(t, "block"), stream: true, general: rapid.Bool().Draw(t, "general")},
		} {
			if m.stream && options.KeepGoing && hasTwice(want) {
				continue // cannot be left out of a stream
			}
			if diff := cmp.Diff(want, m.read(t, r, name, text, options)); diff != "" {
				t.Fatalf("%+v reads\n%q\notherwise (-general +this):\n%s", m, text, diff)
			}
		}
		if hasTwice(want) {
			twice++
		}
		switch {
		case want.Problems != nil:
			refused++
		case want.Tally.LeftOut > 0:
			partly++
		default:
			good++
		}
	})
	t.Logf("%d read, %d refused, %d in part; %d with somebody twice", good, refused, partly, twice)
}

// hasTwice reports whether somebody was found twice.
func hasTwice(o outcome) bool {
	return strings.Contains(strings.Join(o.Problems, "\n")+o.Tally.Problems.Error(), " already – ")
}

// The general reader takes lines apart as package csv takes whole files apart, wherever that finds no fault and no cell has a line break.
func TestLinesAreThoseOfPackageCSV(t *testing.T) {
	compared := 0
	rapid.Check(t, func(t *rapid.T) {
		text := table(t)
		for _, delim := range ",;\t" {
			whole := csv.NewReader(strings.NewReader(text))
			whole.FieldsPerRecord, whole.Comma = -1, delim
			records, err := whole.ReadAll()
			if err != nil || slices.ContainsFunc(records, func(r []string) bool {
				return slices.ContainsFunc(r, func(c string) bool { return strings.Contains(c, "\n") })
			}) {
				continue
			}
			var got [][]string
			splitter := newSplitter(&input{delim: byte(delim)})
			for line := range strings.Lines(text) {
				cells, fault := splitter.split(withoutEnd([]byte(strings.TrimSuffix(line, "\n"))))
				if fault != nil && (strings.Contains(fault.what, "not UTF-8") || strings.Contains(fault.what, "control character") || strings.Contains(fault.what, "carriage")) {
					return // stricter, on purpose
				}
				if fault != nil {
					t.Fatalf("%q: %+v", line, fault)
				}
				if cells != nil {
					row := make([]string, len(cells))
					for i, c := range cells {
						row[i] = c.text
					}
					got = append(got, row)
				}
			}
			if diff := cmp.Diff(records, got); diff != "" {
				t.Fatalf("%q: %s", text, diff)
			}
			compared++
		}
	})
	t.Logf("%d compared", compared)
}
