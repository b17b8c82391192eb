package report

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/pmpath/pmpath/internal/formmap"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// An export with a bit of everything: what is sure, slips, what nobody can tell, numbers, what has no column.
const mixedExport = `Your name,Date,Which problme did you write down last?,"What did you leave out, and why?",measure-read,When did you last say no to somebody senior?,Shoe size,Score
ada,1/2/2026,I wrote the note myslef.,Sort of,3,Prefer not to say,42,
ben,3/4/2026,Nothing to show so far.,I left nothing out.,1,I said it alone.,43,
`

func proposalOf(t *testing.T, text string) *formmap.Proposal {
	t.Helper()
	table, err := formmap.ReadText("x.csv", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	p, err := formmap.Propose(rubrictest.Small(t), table)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var formMapFormats = []struct {
	name   string
	clean  func(string) string
	render func(io.Writer, *FormMap) error
}{
	{"80.txt", sanitize.Line, func(w io.Writer, m *FormMap) error { return FormMapText(w, m, "What next.", Layout{Width: 80}) }},
	{"40.txt", sanitize.Line, func(w io.Writer, m *FormMap) error { return FormMapText(w, m, "What next.", Layout{Width: 40}) }},
	{"200.txt", sanitize.Line, func(w io.Writer, m *FormMap) error { return FormMapText(w, m, "What next.", Layout{Width: 200}) }},
	{"plain.txt", sanitize.Line, func(w io.Writer, m *FormMap) error {
		return FormMapText(w, m, "What next.", Layout{Width: 80, Plain: true})
	}},
	{"json", nil, func(w io.Writer, m *FormMap) error { return JSON(w, m) }},
}

func TestFormMaps(t *testing.T) {
	p := proposalOf(t, mixedExport)
	for _, format := range formMapFormats {
		var out bytes.Buffer
		if err := format.render(&out, NewFormMap(p, format.clean)); err != nil {
			t.Fatal(err)
		}
		checkGolden(t, "form-map."+format.name, out.String())
	}
}

// In a workbook places are cells.
func TestFormMapOfAWorkbook(t *testing.T) {
	p := proposalOf(t, mixedExport)
	p.Columns[2].At = (&formmap.Table{Shown: "dir:x.xlsx", Sheet: "Form1"}).At(1, 3)
	var out bytes.Buffer
	if err := FormMapText(&out, NewFormMap(p, sanitize.Line), "What next.", Layout{Width: 200}); err != nil {
		t.Fatal(err)
	}
	if want := `problem-note: the column "Which problme did you write down last?", cell Form1!C1: 1 letter away`; !strings.Contains(out.String(), want) {
		t.Errorf("%s", out.String())
	}
}

// Titles and answers are anybody's text.
func TestHostileFormMaps(t *testing.T) {
	p := proposalOf(t, "Your name,problem-note,::error::x,\u202egnp.exe,\"a\n##[endgroup]\",[link](http://x)\nada,\"::set-output name=x::\u202e\",1,2,3,4\nben,Alone,1,2,3,4\n")
	for _, width := range []int{20, 40, 80, 200} {
		for _, plain := range []bool{false, true} {
			var out bytes.Buffer
			if err := FormMapText(&out, NewFormMap(p, sanitize.Line), "What next.", Layout{Width: width, Plain: plain}); err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(out.String()) {
				line = strings.TrimSuffix(line, "\n")
				if strings.HasPrefix(line, "::") || strings.HasPrefix(line, "##[") || strings.ContainsAny(line, "\u202e\x1b\t") {
					t.Errorf("%d: %q", width, line)
				}
				if width > 20 && ansi.StringWidth(line) > width {
					t.Errorf("%d columns: %q", width, line)
				}
			}
		}
	}
	var out bytes.Buffer
	if err := JSON(&out, NewFormMap(p, nil)); err != nil {
		t.Fatal(err)
	}
	var back FormMap
	if err := json.Unmarshal(out.Bytes(), &back); err != nil || back.Columns[3].Title != "\u202egnp.exe" || back.Columns[1].Answers[0].Count != 1 {
		t.Errorf("%v %+v", err, back)
	}
}
