package intake

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// parts are the files of a small workbook, written by hand after ECMA-376, so that each can be spoilt.
func parts(rows string) map[string]string {
	const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	const rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	const main = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	return map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="` + main + `sheet.main+xml"/>` +
			`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + main + `worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="` + main + `sharedStrings+xml"/></Types>`,
		"_rels/.rels":     `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + rel + `officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml": `<workbook ` + ns + `><sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + rel + `worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + rel + `sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/sharedStrings.xml":     `<sst ` + ns + `><si><t>name</t></si><si><t>hard-talk</t></si><si><t>Ann</t></si><si><t>shipped-once</t></si><si><t>date</t></si></sst>`,
		"xl/worksheets/sheet1.xml": `<worksheet ` + ns + `><sheetData>` + rows + `</sheetData></worksheet>`,
	}
}

const bookHead = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>3</v></c></row>`

func pack(t testing.TB, parts map[string]string, twice ...string) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	put := func(name, text string) {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, text); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"} {
		if text, ok := parts[name]; ok {
			put(name, text)
		}
	}
	for _, name := range twice {
		put(name, parts[name])
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// falseSize makes the directory of a container tell one byte less for its first part.
func falseSize(data string) string {
	out := []byte(data)
	out[bytes.Index(out, []byte("PK\x01\x02"))+24]-- // the lowest byte of the size, APPNOTE.TXT 4.3.12
	return string(out)
}

// What another program has written is read as it is meant: texts, numbers, truths, days, rows and cells that are not there, a line of help.
func TestWorkbook(t *testing.T) {
	r := rubrictest.Small(t)
	f := excelize.NewFile()
	defer f.Close()
	day := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	for ref, value := range map[string]any{
		"A1": "name", "B1": "team", "C1": "date", "D1": "problem-note", "E1": "hard-talk", "F1": "ran-session", "G1": "shipped-once",
		"A2": "# help", "B2": "any text",
		"A3": "Ann", "B3": "red", "C3": day, "D3": 3, "E3": "n/a", "F3": true, "G3": "no",
		"A5": "007", "C5": "2026-11-23", "D5": "2", "E5": 0, "F5": false,
		"A6": "Çelik", "E6": 1,
	} {
		if err := f.SetCellValue("Sheet1", ref, value); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.NewSheet("Lists"); err != nil {
		t.Fatal(err)
	}
	if _, err := f.NewSheet("Notes"); err != nil {
		t.Fatal(err)
	}
	if err := f.SetSheetVisible("Lists", false); err != nil {
		t.Fatal(err)
	}
	data, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	const want = "Ann [\"red\"] - - 2026-11-22 3 . . na n y ?\n007 [\"\"] - - 2026-11-23 2 . . 0 ? n ?\nÇelik [\"\"] - -  . . . 1 ? ? ?\n"
	for _, in := range []Input{file("a.xlsx", data.String()), stream("a.xlsx", data.String())} {
		source, err := Open(r, []Input{in}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if _, err := source.Scan(2, func() Handler { return teller{r} }, &out); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, out.String()); diff != "" {
			t.Error(diff)
		}
		notices := []string{`a.xlsx: the hidden sheet "Lists" is not read`, `a.xlsx: only the first sheet, "Sheet1", is read`, "a.xlsx: 2 of 4 questions have no column and stay unanswered for everybody"}
		if diff := cmp.Diff(notices, source.Notices()); diff != "" {
			t.Error(diff)
		}
	}
}

func TestBadWorkbooks(t *testing.T) {
	r := rubrictest.Small(t)
	const ann = `<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>3</v></c></row>`
	spoil := func(name, old, new string) string {
		p := parts(bookHead + ann)
		if !strings.Contains(p[name], old) {
			t.Fatalf("%s has no %q", name, old)
		}
		p[name] = strings.Replace(p[name], old, new, 1)
		return pack(t, p)
	}
	rows := func(more string) string { return pack(t, parts(bookHead+ann+more)) }
	good := rows("")
	const anew = " – save the workbook anew with a spreadsheet program"
	for _, c := range []struct {
		name, data string
		problems   []string
	}{
		{"good", good, nil},
		{"empty", "", []string{"a.xlsx: this is no whole workbook – save it anew as XLSX"}},
		{"cut", good[:len(good)/2], []string{"a.xlsx: this is no whole workbook – save it anew as XLSX"}},
		{"password", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", []string{"a.xlsx: the workbook has a password, or is of a kind before XLSX – save it as XLSX without a password"}},
		{"no workbook", pack(t, map[string]string{"[Content_Types].xml": "<Types/>"}), []string{"a.xlsx: this is no whole workbook – save it anew as XLSX"}},
		{"part twice", pack(t, parts(bookHead+ann), "xl/workbook.xml"), []string{`a.xlsx: the workbook has two parts with the name "xl/workbook.xml" – save it anew as XLSX`}},
		{"false size", falseSize(good), []string{`a.xlsx: the part "[Content_Types].xml" of the workbook is damaged – save it anew as XLSX`}},
		{"document type", spoil("xl/worksheets/sheet1.xml", "<worksheet", `<!DOCTYPE worksheet [<!ENTITY a "3">]><worksheet`),
			[]string{`a.xlsx: the part "xl/worksheets/sheet1.xml" of the workbook declares a document type – save it anew with a spreadsheet program`}},
		{"entity", rows(`<row r="3"><c r="A3" t="inlineStr"><is><t>&a;</t></is></c></row>`), []string{"a.xlsx:People: the sheet is damaged – save it anew as XLSX"}},
		{"bomb", spoil("xl/worksheets/sheet1.xml", "<sheetData>", "<sheetData>"+strings.Repeat(" ", 20<<20)),
			[]string{`a.xlsx: the part "xl/worksheets/sheet1.xml" of the workbook unpacks to more than 100 times its size – save it as CSV`}},
		{"hidden", spoil("xl/workbook.xml", `sheetId`, `state="hidden" sheetId`), []string{"a.xlsx: the workbook has no visible sheet – put the table on a sheet that is not hidden"}},
		{"empty sheet", pack(t, parts("")), []string{"a.xlsx:People: the sheet is empty – write a header and a row for each person (`pmpath cohort template`)"}},
		{"header only", pack(t, parts(bookHead)), []string{"a.xlsx: there is nobody in it – add a row for each person, or leave this input out"}},
		{"cell twice", rows(`<row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3"><v>1</v></c><c r="B3"><v>2</v></c></row>`),
			[]string{"a.xlsx:People!B3: this cell is there twice, or stands where no such cell can be" + anew}},
		{"cell of another row", rows(`<row r="3"><c r="A4" t="s"><v>2</v></c></row>`), []string{"a.xlsx:People!A4: this cell is there twice, or stands where no such cell can be" + anew}},
		{"no such cell", rows(`<row r="3"><c r="3A"><v>2</v></c></row>`), []string{"a.xlsx:People!3A: this cell is there twice, or stands where no such cell can be" + anew}},
		{"rows back", rows(`<row r="2"></row>`), []string{`a.xlsx:People: the row after row 2 has the number "2" – save the workbook anew`}},
		{"far row", rows(`<row r="100001"></row>`), []string{"a.xlsx:People: the sheet has more than 100000 rows – save it as CSV: tables in CSV have no limit"}},
		{"shared string missing", rows(`<row r="3"><c r="A3" t="s"><v>5</v></c><c r="B3"><v>1</v></c></row>`),
			[]string{"a.xlsx:People!A3: the text of this cell is missing" + anew, "a.xlsx:People!A3: name: nobody is named here – write a name or a number that nobody else has"}},
		{"formula without value", rows(`<row r="3"><c r="A3" t="inlineStr"><is><t>Bo</t></is></c><c r="B3"><f>1+1</f></c></row>`),
			[]string{"a.xlsx:People!B3: the formula here has no value – open and save the workbook with a spreadsheet program, or write the value"}},
		{"formula with value", rows(`<row r="3"><c r="A3" t="inlineStr"><is><t>Bo</t></is></c><c r="B3"><f>1+1</f><v>2</v></c></row>`), nil},
		{"#REF!", rows(`<row r="3"><c r="A3" t="inlineStr"><is><t>Bo</t></is></c><c r="B3" t="e"><f>X1</f><v>#REF!</v></c></row>`),
			[]string{"a.xlsx:People!B3: the formula here gives #REF! – mend it, or write the value"}},
		{"level", rows(`<row r="3"><c r="A3" t="inlineStr"><is><t>Bo</t></is></c><c r="B3"><v>2.5</v></c><c r="C3"><v>1</v></c></row>`),
			[]string{`a.xlsx:People!B3: hard-talk: "2.5" is no level – write a whole number from 0 to 3 in plain digits, or nothing`,
				`a.xlsx:People!C3: shipped-once: "1" is neither yes nor no – write yes or no, or leave the cell empty`}},
		{"rounded name", rows(`<row r="3"><c r="A3"><v>1.2345678901234568E+19</v></c><c r="B3"><v>1</v></c></row>`),
			[]string{`a.xlsx:People!A3: the number 1.2345678901234568E+19 may have lost digits – give the cell the format "Text" and write it again`,
				"a.xlsx:People!A3: name: nobody is named here – write a name or a number that nobody else has"}},
		{"beyond the header", rows(`<row r="3"><c r="A3" t="inlineStr"><is><t>Bo</t></is></c><c r="D3"><v>1</v></c></row>`),
			[]string{"a.xlsx:People!D3: this cell stands under no title – name the column, or empty the cell"}},
		{"twice", rows(`<row r="3"/><row r="4"><c r="A4" t="s"><v>2</v></c></row>`),
			[]string{`a.xlsx:People!A4: name: this name was read at a.xlsx:People!A2 already – keep one row for each person, or write names that differ`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := told(t, r, Options{}, 2, file("a.xlsx", c.data))
			problems, ok := err.(document.Problems)
			if err != nil && !ok {
				t.Fatal(err)
			}
			var got []string
			for _, p := range problems {
				got = append(got, p.Error())
			}
			if diff := cmp.Diff(c.problems, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Long tables and leaving out work in workbooks as elsewhere.
func TestLongWorkbook(t *testing.T) {
	r := rubrictest.Small(t)
	text := func(ref, s string) string { return fmt.Sprintf(`<c r=%q t="inlineStr"><is><t>%s</t></is></c>`, ref, s) }
	row := func(n int, cells ...string) string {
		out := fmt.Sprintf(`<row r="%d">`, n)
		for i, c := range cells {
			out += text(fmt.Sprintf("%c%d", 'A'+i, n), c)
		}
		return out + "</row>"
	}
	data := pack(t, parts(row(1, "name", "question", "answer")+row(2, "Ann", "hard-talk", "3")+row(3, "Ann", "scope-cut", "1")+row(4, "Bo", "hard-talk", "4")+row(5, "Cy", "trusted", "yes")))
	got, tally, err := told(t, r, Options{KeepGoing: true}, 2, file("a.xlsx", data))
	if want := "Ann [] - -  . 1 . 3 ? ? ?\nCy [] - -  . . . . ? ? y\n"; err != nil || got != want {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
	if tally.People != 2 || tally.LeftOut != 1 || tally.Problems.Error() != "a.xlsx:People!C4: hard-talk: level 4 is outside 0..3 – choose a level of the scale" {
		t.Errorf("%+v", tally)
	}
}
