package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/formmap"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// The people of every export in formmap/testdata, whatever the tool. Levels in the order of the rubric: problem-note, scope-cut, measure-read, hard-talk.
const people = `ada ["Red"] builder - 2026-11-22 2 1 3 na yartifact2026-03-01 n ?
ben ["Blue"] starter - 2026-11-23 0 . 1 0 n y ?
O'Neil, Cleo ["Red"] guide - 2026-11-23 3 3 2 2 ? ? ?
`

var exports = []string{"google-forms.csv", "microsoft-forms.xlsx", "microsoft-forms.csv", "typeform.csv", "qualtrics.csv", "limesurvey.csv", "limesurvey-codes.csv"}

func export(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "formmap", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// mapped proposes a map of an export, and saves and reads it.
func mapped(t *testing.T, r *rubric.Rubric, in Input) *formmap.Map {
	t.Helper()
	table, _, err := ReadForm(in, "")
	if err != nil {
		t.Fatal(err)
	}
	p, err := formmap.Propose(r, table)
	if err != nil {
		t.Fatal(err)
	}
	n, err := document.ParseYAML("map.yaml", p.YAML())
	if err != nil {
		t.Fatal(err)
	}
	m, err := formmap.Read(r, n)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestExportsOfFormTools(t *testing.T) {
	r := rubrictest.Small(t)
	for _, name := range exports {
		text := export(t, name)
		m := mapped(t, r, file(name, text))
		for _, in := range []Input{file(name, text), stream(name, text)} {
			got, tally, err := told(t, r, Options{Map: m}, 2, in)
			if err != nil || got != people || tally.People != 3 {
				t.Errorf("%s: %v\n%s", name, err, got)
			}
		}
	}
}

// Qualtrics writes its TSV as UTF-16; nothing else about it differs.
func TestAnExportInAnotherEncoding(t *testing.T) {
	r := rubrictest.Small(t)
	text := export(t, "qualtrics.csv")
	m := mapped(t, r, file("qualtrics.csv", text))
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.TrimPrefix(text, "\uFEFF"))
	if err != nil {
		t.Fatal(err)
	}
	if got, _, err := told(t, r, Options{Map: m}, 1, file("q.csv", wide)); err != nil || got != people {
		t.Errorf("%v\n%s", err, got)
	}
	latin := strings.ReplaceAll(export(t, "google-forms.csv"), "Cleo", "Cl\xe9o")
	if got, _, err := told(t, r, Options{Map: mapped(t, r, file("g.csv", export(t, "google-forms.csv"))), Encoding: "windows-1252"}, 1, file("g.csv", latin)); err != nil ||
		got != strings.ReplaceAll(people, "Cleo", "Cléo") {
		t.Errorf("%v\n%s", err, got)
	}
	latin = strings.ReplaceAll(export(t, "google-forms.csv"), "Cleo", "Cl\xe9\x81o") // 0x81 is nothing in that encoding
	_, _, err = told(t, r, Options{Map: mapped(t, r, file("g.csv", export(t, "google-forms.csv"))), Encoding: "windows-1252"}, 1, file("g.csv", latin))
	if err == nil || err.Error() != `g.csv:4:44: this character cannot be read in the encoding of the table – look which encoding it has` {
		t.Errorf("%v", err)
	}
}

func TestSomebodyTwiceInAnExport(t *testing.T) {
	r := rubrictest.Small(t)
	for _, name := range exports {
		if filepath.Ext(name) == ".xlsx" {
			continue
		}
		text := export(t, name)
		m := mapped(t, r, file(name, text))
		lines := strings.SplitAfter(text, "\n")
		for i, line := range lines {
			if strings.Contains(line, "ben") {
				lines[i] = line + line
			}
		}
		again := strings.Join(lines, "")
		_, _, err := told(t, r, Options{Map: m}, 1, file(name, again))
		var problems document.Problems
		if !errors.As(err, &problems) || len(problems) != 1 || !strings.HasPrefix(problems[0].What, "this name was read at "+name+":") {
			t.Errorf("%s: %v", name, err)
			continue
		}
		// Where the name is: by hand, in the lines of the export.
		line := strings.TrimRight(strings.Split(again, "\n")[problems[0].Line-1], "\r")
		if at := problems[0].Column - 1; !strings.HasPrefix(strings.TrimPrefix(line[at:], `"`), "ben") {
			t.Errorf("%s:%d:%d points to %q", name, problems[0].Line, problems[0].Column, line[at:])
		}
		got, tally, err := told(t, r, Options{Map: m, KeepGoing: true}, 1, file(name, again))
		if err != nil || tally.LeftOut != 2 || tally.People != 2 || strings.Contains(got, "ben") {
			t.Errorf("%s: %+v %v\n%s", name, tally, err, got)
		}
	}
}

// rewritten is a workbook with the XML of its sheet changed.
func rewritten(t *testing.T, book string, change func(string) string) string {
	t.Helper()
	rd, err := zip.NewReader(strings.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, entry := range rd.File {
		from, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(from)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(entry.Name, "sheet1.xml") {
			changed := change(string(text))
			if changed == string(text) {
				t.Fatal("nothing changes")
			}
			text = []byte(changed)
		}
		to, err := w.Create(entry.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// In a workbook places are cells.
func TestAWorkbookOfMicrosoftForms(t *testing.T) {
	r := rubrictest.Small(t)
	book := export(t, "microsoft-forms.xlsx")
	m := mapped(t, r, file("m.xlsx", book))
	replace := func(old, new string) func(string) string {
		return func(text string) string { return strings.Replace(text, old, new, 1) }
	}
	const str = `<c r="%s" s="0" t="s"><v>%d</v></c>` // shared strings: 17 is ada, 27 ben, 28 Blue, 29 Starter
	for _, c := range []struct {
		name   string
		change func(string) string
		want   string
	}{
		{"somebody twice", replace(fmt.Sprintf(str, "F3", 27), fmt.Sprintf(str, "F3", 17)),
			`m.xlsx:Sheet1!F3: name: this name was read at m.xlsx:Sheet1!F2 already – keep one row for each person, or write names that differ`},
		{"an answer that is none", replace(fmt.Sprintf(str, "H3", 29), `<c r="H3" s="0"><v>7</v></c>`),
			`m.xlsx:Sheet1!H3: stage: the map has no answer "7" – list it in the map at map.yaml:23:12 under what it means, or mend the cell`},
		{"a formula that failed", replace(fmt.Sprintf(str, "G3", 28), `<c r="G3" t="e"><f>1/0</f><v>#DIV/0!</v></c>`),
			`m.xlsx:Sheet1!G3: the formula here gives #DIV/0! – mend it, or write the value`},
		{"a blank row", func(text string) string {
			before, last, _ := strings.Cut(text, `<row r="4">`)
			return before + `<row r="4"><c r="A4" s="1"/></row><row r="5">` + regexp.MustCompile(`r="([A-P])4"`).ReplaceAllString(last, `r="${1}5"`)
		}, ""},
	} {
		got, _, err := told(t, r, Options{Map: m}, 1, file("m.xlsx", rewritten(t, book, c.change)))
		switch {
		case c.want == "" && (err != nil || got != people):
			t.Errorf("%s: %v\n%s", c.name, err, got)
		case c.want != "" && (err == nil || err.Error() != c.want):
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// People with a problem are left out and counted, and nobody else is.
func TestKeepGoingOverAnExport(t *testing.T) {
	r := rubrictest.Small(t)
	text := export(t, "google-forms.csv")
	m := mapped(t, r, file("g.csv", text))
	bad := strings.Replace(strings.Replace(text, `"Helped"`, `"Helpful"`, 1), `"2026/11/23 10:00:05 PM GMT+1"`, `"yesterday"`, 1)
	_, _, err := told(t, r, Options{Map: m}, 1, file("g.csv", bad))
	var problems document.Problems
	if !errors.As(err, &problems) || len(problems) != 2 || problems[0].Line != 3 || problems[0].Column != 1 || problems[1].Path != "measure-read" {
		t.Errorf("%v", err)
	}
	got, tally, err := told(t, r, Options{Map: m, KeepGoing: true}, 1, file("g.csv", bad))
	want := strings.Replace(people, "ben [\"Blue\"] starter - 2026-11-23 0 . 1 0 n y ?\n", "", 1)
	if err != nil || got != want || tally.LeftOut != 1 || len(tally.Problems) != 2 {
		t.Errorf("%+v %v\n%s", tally, err, got)
	}
	everybody := strings.NewReplacer(`"Builder"`, `"x"`, `"Starter"`, `"x"`, `"Guide"`, `"x"`).Replace(text)
	if _, _, err := told(t, r, Options{Map: m, KeepGoing: true}, 1, file("g.csv", everybody)); err == nil {
		t.Error("a report about nobody")
	}
}

func TestWhatIsNoExport(t *testing.T) {
	r := rubrictest.Small(t)
	m := mapped(t, r, file("g.csv", export(t, "google-forms.csv")))
	for _, c := range []struct{ name, text, want string }{
		{"x.csv", "", "x.csv:1:1: the file is empty"},
		{"x.jsonl", "{}", "x.jsonl: this is no table, and only tables can be read with a map"},
		{"x.csv", "<!DOCTYPE html><p>Sign in", "x.csv:1:1: this is a web page and no table"},
		{"x.csv", "a,b\n", "x.csv:1:1: nobody is in the export"},
		{"x.csv", "a,\"b\n1,2\n", "x.csv:1:1: something stands after a quote that closes its cell, or the quote is never closed"},
		{"x.csv", "a,b\n1,\xff\n", "x.csv:2:3: byte 0xFF is not UTF-8"},
		{"x.csv", "a,b\n1,\x1b[2J\n", "x.csv:2:3: the control character U+001B is not allowed"},
	} {
		if _, _, err := told(t, r, Options{Map: m}, 1, file(c.name, c.text)); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s %q: %v", c.name, c.text, err)
		}
	}
	large := Input{Shown: "x.csv", File: bytes.NewReader(append([]byte("a,b\n"), make([]byte, 1<<10)...)), Size: maxForm + 10}
	large.File = endless{}
	if _, _, err := told(t, r, Options{Map: m}, 1, large); err == nil || !strings.Contains(err.Error(), "more than 64 MiB") {
		t.Errorf("%v", err)
	}
}

// endless is a file of commas.
type endless struct{}

func (endless) ReadAt(p []byte, _ int64) (int, error) {
	for i := range p {
		p[i] = ','
	}
	return len(p), nil
}
