package intake

import (
	"errors"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// Whatever bytes come as a table: no panic, and the quick reader in small parts reads what the general reader reads of the whole.
func FuzzTable(f *testing.F) {
	for _, text := range []string{
		"name,team,hard-talk,trusted\nAnn,red,3,yes\n\"Bo, B.\",,n/a,\n", "\uFEFFname;hard-talk\r\nAnn;3\r\n", "sep=\t\nname\thard-talk\n# help\t\nAnn\t3", "name,hard-talk\rAnn,3\r",
		"name,question,answer\nAnn,hard-talk,3\nAnn,trusted,yes\nBo,hard-talk,\"1\"\n", utf16Text("name,hard-talk\nAnn,3\n", true), "name,hard-talk\nAnn,\"3\nBo,\x00\n",
		"name,hard-talk,hard-talk.date,date,stage\nAnn,3,2026-10-01,2026-11-22,Maker\n",
	} {
		f.Add(text, false, uint8(7))
		f.Add(text, true, uint8(200))
	}
	fuzzAgainstGeneral(f, "a.csv")
}

// The same for sheets in JSON on lines.
func FuzzLines(f *testing.F) {
	for _, text := range []string{sheetLine, sheetLine + "\r\n\n" + sheetLine, `{"pmpath": 1, "rubric": "small@1.2.3", "respondent": "A\u00e9", "date": "2026-11-22", "answers": {}, "gates": {"trusted": {"met": true}}, "x-y": "z"}`} {
		f.Add(text, false, uint8(7))
		f.Add(text, true, uint8(200))
	}
	fuzzAgainstGeneral(f, "a.jsonl")
}

func fuzzAgainstGeneral(f *testing.F, name string) {
	r := rubrictest.Small(f)
	f.Fuzz(func(t *testing.T, text string, keepGoing bool, block uint8) {
		options := Options{KeepGoing: keepGoing}
		want := manner{general: true, workers: 1, block: blockSize}.read(t, r, name, text, options)
		got := manner{workers: 2, block: int(block) + 1}.read(t, r, name, text, options)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("-general +quick:\n%s", diff)
		}
	})
}

// Whatever bytes come as a workbook: people or problems, and no panic.
func FuzzWorkbook(f *testing.F) {
	r := rubrictest.Small(f)
	f.Add([]byte(pack(f, parts(bookHead+`<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>3</v></c></row>`))))
	f.Add([]byte(pack(f, parts(bookHead+`<row><c t="inlineStr"><is><t>Bo</t></is></c><c t="b"><f>1</f><v>1</v></c></row>`))))
	f.Fuzz(func(t *testing.T, data []byte) {
		source, err := Open(r, []Input{file("a.xlsx", string(data))}, Options{})
		if err == nil {
			_, err = source.Scan(1, func() Handler { return &nobody{} }, io.Discard)
		}
		if problems := (document.Problems)(nil); err != nil && !errors.As(err, &problems) {
			t.Fatal(err)
		}
	})
}
