package sanitize

import (
	"strings"
	"testing"
)

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
