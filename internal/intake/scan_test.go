package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/intake/intaketest"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
	"github.com/pmpath/pmpath/rubrics"
)

var errDisk = errors.New("the disk is gone")

// brokenAt is a file that cannot be read beyond an offset.
type brokenAt struct {
	io.ReaderAt
	offset int64
	err    error
}

func (b brokenAt) ReadAt(p []byte, at int64) (int, error) {
	if at+int64(len(p)) <= b.offset {
		return b.ReaderAt.ReadAt(p, at)
	}
	return 0, b.err
}

func cohort(t *testing.T, people int) string {
	t.Helper()
	var text bytes.Buffer
	if err := intaketest.New(rubrictest.Small(t), 5).WriteWide(&text, people); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// Trouble with reading or writing ends a Scan with that error, in whichever part it happens, and never with fewer people.
func TestTroubleWithFiles(t *testing.T) {
	r := rubrictest.Small(t)
	text := cohort(t, 20000) // four blocks and more
	size := int64(len(text))
	if size < 4*blockSize {
		t.Fatalf("%d bytes are too few", size)
	}
	for _, c := range []struct {
		name string
		in   Input
		want error
	}{
		{"file, in the third block", Input{Shown: "a.csv", File: brokenAt{strings.NewReader(text), 2*blockSize + slack, errDisk}, Size: size}, errDisk},
		{"file, from its start", Input{Shown: "a.csv", File: brokenAt{strings.NewReader(text), 0, errDisk}, Size: size}, errDisk},
		{"file that became shorter", Input{Shown: "a.csv", File: brokenAt{strings.NewReader(text), 2*blockSize + slack, io.EOF}, Size: size}, errShrunk},
		{"stream, in the middle", Input{Shown: "a.csv", Stream: io.MultiReader(strings.NewReader(text[:3*blockSize]), iotest.ErrReader(errDisk))}, errDisk},
		{"stream, from its start", Input{Shown: "a.csv", Stream: iotest.ErrReader(errDisk)}, errDisk},
		{"stream in UTF-16", Input{Shown: "a.csv", Stream: io.MultiReader(strings.NewReader(utf16Text(text, true)[:3*blockSize]), iotest.ErrReader(errDisk))}, errDisk},
		{"lines of JSON", Input{Shown: "a.jsonl", Stream: io.MultiReader(strings.NewReader(sheetLine+"\n"), iotest.ErrReader(errDisk))}, errDisk},
		{"workbook", Input{Shown: "a.xlsx", Stream: iotest.ErrReader(errDisk)}, errDisk},
		{"sheet", Input{Shown: "a.yaml", Stream: iotest.ErrReader(errDisk)}, errDisk},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, workers := range []int{1, 3} {
				if workers > 1 && c.in.Stream != nil {
					continue // has been read
				}
				source, err := Open(r, []Input{c.in}, Options{})
				if err == nil {
					_, err = source.Scan(workers, func() Handler { return &nobody{} }, io.Discard)
				}
				if !errors.Is(err, c.want) || !strings.Contains(fmt.Sprint(err), c.in.Shown) {
					t.Errorf("%v, want %v with the name", err, c.want)
				}
			}
		})
	}
	source, err := Open(r, []Input{file("a.csv", text)}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := source.Scan(2, func() Handler { return teller{r} }, brokenWriter{}); !errors.Is(err, errDisk) {
		t.Error(err)
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errDisk }

// Output is written in the order of the input, and nothing of it where everything is refused in the end.
func TestOutputComesInOrder(t *testing.T) {
	r := rubrictest.Small(t)
	text := cohort(t, 20000)
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	for _, row := range rows[1:] {
		want.WriteString(row[0] + " ")
	}
	for workers := 1; workers <= 4; workers++ {
		source, err := Open(r, []Input{file("a.csv", text)}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if _, err := source.Scan(workers, func() Handler { return namer{} }, &out); err != nil {
			t.Fatal(err)
		}
		if out.String() != want.String() {
			t.Errorf("%d workers write something else", workers)
		}
	}
	source, err := Open(r, []Input{file("a.csv", head+"Ann,red,3\nBo,red,9\n")}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := source.Scan(2, func() Handler { return teller{r} }, &out); err == nil || out.Len() > 0 {
		t.Errorf("%v, and %d bytes were written", err, out.Len())
	}
}

// A fault of a handler is one of whoever called Scan, not of a goroutine that takes the process with it.
func TestPanicsReachTheCaller(t *testing.T) {
	r := rubrictest.Small(t)
	source, err := Open(r, []Input{file("a.csv", cohort(t, 20000))}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if fault := recover(); !strings.Contains(fmt.Sprint(fault), "no people today") {
			t.Error(fault)
		}
	}()
	_, _ = source.Scan(3, func() Handler { return panicker{} }, io.Discard)
	t.Error("nothing happened")
}

type panicker struct{}

func (panicker) Handle(*Person, []byte) []byte { panic("no people today") }

// The table that `cohort template` writes reads back when rows are added below its help, by whatever program; every column is known. In another place a name
// that begins as the help does is a name.
func TestTemplateReadsBack(t *testing.T) {
	for _, name := range []string{"product-management", ""} {
		r := rubrictest.Small(t)
		if name != "" {
			var err error
			if r, err = rubrics.Load(name); err != nil {
				t.Fatal(err)
			}
		}
		data, err := Template(r)
		if err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		if err != nil || len(records) != 2 {
			t.Fatal(len(records), err)
		}
		row := make([]string, len(records[0]))
		row[0] = "#1"
		table := func(comma rune, crlf bool, rows ...[]string) string {
			var out strings.Builder
			w := csv.NewWriter(&out)
			w.Comma, w.UseCRLF = comma, crlf
			if err := w.WriteAll(rows); err != nil {
				t.Fatal(err)
			}
			return out.String()
		}
		for _, text := range []string{
			string(data) + "#1" + strings.Repeat(",", len(row)-1),
			table(';', true, records[0], records[1], row),
			"\uFEFF" + table('\t', true, records[0], records[1], row),
			strings.Replace(string(data), records[1][0], `"`+records[1][0]+`"`, 1) + "#1" + strings.Repeat(",", len(row)-1),
		} {
			source, err := Open(r, []Input{file("a.csv", text)}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			if _, err := source.Scan(1, func() Handler { return namer{} }, &out); err != nil || out.String() != "#1 " {
				t.Errorf("%q, %v", out.String(), err)
			}
			if diff := cmp.Diff([]string{teamField}, source.Fields()); diff != "" {
				t.Error(diff)
			}
			for _, notice := range source.Notices() {
				if strings.Contains(notice, "no column") {
					t.Error(notice)
				}
			}
		}
	}
}

// Fields of several inputs are put together by their names; what one of them lacks is empty there.
func TestFieldsOfSeveralInputs(t *testing.T) {
	r := rubrictest.Small(t)
	inputs := []Input{
		file("a.csv", "location,name,hard-talk\nOslo,Ann,3\n"),
		file("b.jsonl", strings.Replace(sheetLine, `"respondent":"Ann"`, `"respondent":"Bo","x-team":"red","x-grade":7`, 1)),
		file("c.csv", "name,team,question,answer\nCy,blue,hard-talk,1\n"),
		stream("d.csv", "name,scope-cut,grade\nDi,2,8\n"),
	}
	got, _, err := told(t, r, Options{}, 2, inputs...)
	const want = "Ann [\"Oslo\" \"\" \"\"] - -  . . . 3 ? ? ?\nBo [\"\" \"red\" \"7\"] - - 2026-11-22 . . . 3 ? ? ?\n" +
		"Cy [\"\" \"blue\" \"\"] - -  . . . 1 ? ? ?\nDi [\"\" \"\" \"8\"] - -  . 2 . . ? ? ?\n"
	if got != want || err != nil {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
}

// What is known of evidence decides who is unverified and whose evidence is stale, as in the reports about one person.
func TestEvidence(t *testing.T) {
	r := rubrictest.Small(t) // levels 0 to 3, so 2 and 3 call for evidence; hard-talk looks back 12 months
	const text = "name,date,hard-talk,hard-talk.evidence,hard-talk.date\n" +
		"low,2026-11-22,1,,\nbare,2026-11-22,2,,\nshown,2026-11-22,2,a letter,\ndated,2026-11-22,3,,2025-11-22\nold,2026-11-22,3,a letter,2025-11-21\n"
	source, err := Open(r, []Input{file("a.csv", text)}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := source.Scan(1, func() Handler { return prover{t, source} }, &out); err != nil {
		t.Fatal(err)
	}
	if want := "low false false\nbare true false\nshown false false\ndated false false\nold false true\n"; out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
}

type prover struct {
	t      *testing.T
	source *Source
}

func (h prover) Handle(p *Person, out []byte) []byte {
	return fmt.Appendf(out, "%s %t %t\n", p.Name, p.Unverified(h.source.rubric), p.Stale(h.source.rubric))
}
