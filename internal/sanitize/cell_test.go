package sanitize

import (
	"regexp"
	"strings"
	"testing"
)

func TestCell(t *testing.T) {
	for in, want := range map[string]string{
		"plain, with \"quotes\"": "plain, with \"quotes\"", // quoting is the writer's
		"=1+1":                   "'=1+1",
		"+1":                     "'+1",
		"-2+3":                   "'-2+3",
		"-":                      "'-",
		"@SUM(A1)":               "'@SUM(A1)",
		"\t=1":                   "'=1", // white space around goes
		" \u00a0=1":              "'=1",
		"x\n=1":                  "x =1", // one line
		"＝1":                     "'＝1",
		"﹢1":                     "'﹢1",
		"\u200d=1":               "\u200d'=1", // a joiner shows nothing
		`"=1"`:                   `"'=1"`,
		"a;=1":                   "a;'=1", // another cell where the semicolon is the separator
		`a; "+1"`:                `a; "'+1"`,
		";;=1":                   ";;'=1",
		"a,=1":                   "a,=1", // within quotes
		"-5":                     "-5",
		"-5.25":                  "-5.25",
		"3":                      "3",
		"--5":                    "'--5",
		"-5.":                    "'-5.",
		"-.5":                    "'-.5",
		"2026-11-26":             "2026-11-26",
		"\u202e=1":               "<U+202E>=1",
		"":                       "",
	} {
		if got := Cell(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestCalendar(t *testing.T) {
	for in, want := range map[string]string{
		"plain: \"quotes\"":   "plain: \"quotes\"",
		`a\nb`:                `a\\nb`,
		"one, two; three":     `one\, two\; three`,
		"one\ntwo\r\nthree":   `one\ntwo\nthree`,
		"x\r\nEND:VEVENT\x07": `x\nEND:VEVENT<U+0007>`,
		"tab\tstays, é 漢 👩‍👧": "tab\tstays\\, é 漢 👩‍👧",
		"\u2028\u0085":        "<U+2028><U+0085>",
		"":                    "",
	} {
		if got := Calendar(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

var formula = regexp.MustCompile(`^[\s"]*[=+\-@＝＋－＠]`)

func FuzzCell(f *testing.F) {
	for _, seed := range []string{"=1+1", "a;=1", "-5", "\u200d@x", `";"+1`, "\xff=", "\ufe0f=1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		cell := Cell(s)
		if Cell(cell) != cell {
			t.Errorf("%q changes again", cell)
		}
		for _, part := range strings.Split(cell, ";") {
			if formula.MatchString(part) && !plainNumber(cell) {
				t.Errorf("%q has a formula: %q", s, cell)
			}
		}
	})
}

func FuzzCalendar(f *testing.F) {
	for _, seed := range []string{"a\\,;\n", "\r\nEND:VEVENT", "\r", "\xff", "\u2028"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		value := Calendar(s)
		if strings.ContainsAny(value, "\r\n\x00\x07\x1b") {
			t.Errorf("%q: %q", s, value)
		}
		back := strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n").Replace(value)
		if want := strings.ReplaceAll(Terminal(s), "\r\n", "\n"); back != want {
			t.Errorf("%q comes back as %q", want, back)
		}
	})
}
