package sanitize

import (
	"encoding/csv"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func csvCell(s string) string { return string(AppendCSV(nil, []byte(s))) }

func TestCSV(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Payments", "Payments"},
		{"", ""},
		{"team-1", "team-1"},
		{"a b", `"a b"`},
		{`say "hi", now`, `"say ""hi"", now"`},
		{"-3", "-3"},
		{"+4.50", "+4.50"},
		{"12", "12"},
		{"-3+4", `"'-3+4"`},
		{"-+3", `"'-+3"`},
		{"=1+1", `"'=1+1"`},
		{"@SUM(1)", `"'@SUM(1)"`},
		{"  =1", `"'=1"`},
		{"\t=1", `"'=1"`},
		{"\r\n=1", `"'=1"`},
		{"＝1", `"'＝1"`},
		{"－1", `"'－1"`},
		{`"=1`, `"'""=1"`},
		{"a\n=1", `"a =1"`},
		{"::error::x", `"'::error::x"`},
		{"##[error]", `"'##[error]"`},
		{"a;b", `"a;b"`},
		{"\u202egnp", "<U+202E>gnp"},
		{"nul\x00", "nul<U+0000>"},
		{"日本", "日本"},
	} {
		if got := csvCell(c.in); got != c.want {
			t.Errorf("CSV(%q) = %s, want %s", c.in, got, c.want)
		}
	}
}

func TestCSVProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkCSV(t, hostile().Draw(t, "text")) })
}

func FuzzCSV(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) { checkCSV(t, s) })
}

// A cell stays one cell with one line in it, which says what Line says, and nothing reads it as a formula.
func checkCSV(t failer, s string) {
	t.Helper()
	cell := csvCell(s)
	records, err := csv.NewReader(strings.NewReader("x," + cell + ",y\n")).ReadAll()
	if err != nil || len(records) != 1 || len(records[0]) != 3 {
		t.Errorf("CSV(%q) = %s: %v %v", s, cell, records, err)
		return
	}
	got := records[0][1]
	if got != Line(s) && got != "'"+Line(s) {
		t.Errorf("CSV(%q) says %q", s, got)
	}
	first := strings.TrimLeftFunc(got, unicode.IsSpace)
	if first != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(first)[0]) && !isNumber(got) {
		t.Errorf("CSV(%q) = %s begins a formula", s, cell)
	}
}

func TestAppendCSVAllocatesNothing(t *testing.T) {
	line, value := make([]byte, 0, 64), []byte("ada.l@example.org")
	if n := testing.AllocsPerRun(100, func() { line = AppendCSV(line[:0], value) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
