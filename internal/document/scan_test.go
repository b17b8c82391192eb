package document_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/document"
)

// TestScan holds for both parsers: what no text file may contain is refused before they see it.
func TestScan(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"UTF-16, little end first", "\xFF\xFEa\x00", []string{"1:1: the file is UTF-16 – save it as UTF-8"}},
		{"UTF-16, big end first", "\xFE\xFF\x00a", []string{"1:1: the file is UTF-16 – save it as UTF-8"}},
		{"Latin-1", "a: 1\nb: \"caf\xE9\"\n", []string{"2:8: byte 0xE9 is not UTF-8 – save the file as UTF-8"}},
		{"overlong slash", "a: \xC0\xAF\n", []string{"1:4: byte 0xC0 is not UTF-8 – save the file as UTF-8", "1:5: byte 0xAF is not UTF-8 – save the file as UTF-8"}},
		{"surrogate", "a: \xED\xA0\x80\n", []string{
			"1:4: byte 0xED is not UTF-8 – save the file as UTF-8", "1:5: byte 0xA0 is not UTF-8 – save the file as UTF-8", "1:6: byte 0x80 is not UTF-8 – save the file as UTF-8",
		}},
		{"cut character", "a: \xE2\x82", []string{"1:4: byte 0xE2 is not UTF-8 – save the file as UTF-8", "1:5: byte 0x82 is not UTF-8 – save the file as UTF-8"}},
		{"NUL", "a: x\x00y\n", []string{"1:5: the control character U+0000 is not allowed – remove it"}},
		{"escape", "a: 1\nb: \x1B[31m\n", []string{"2:4: the control character U+001B is not allowed – remove it"}},
		{"delete", "a: \x7F\n", []string{"1:4: the control character U+007F is not allowed – remove it"}},
		{"C1", "a: \u009B\n", []string{"1:4: the control character U+009B is not allowed – remove it"}},
		{"next line", "a: é\u0085b\n", []string{"1:5: the control character U+0085 is not allowed – remove it"}},
		{"line separator", "a: x\u2028b\n", []string{"1:5: the control character U+2028 is not allowed – remove it"}},
		{"paragraph separator", "a: x\u2029b\n", []string{"1:5: the control character U+2029 is not allowed – remove it"}},
		{"byte-order mark inside", "\uFEFFa: \uFEFF\n", []string{"1:4: the control character U+FEFF is not allowed – remove it"}},
		{"lone carriage return", "a: 1\rb: 2\n", []string{"1:5: a carriage return stands alone – save the file with ordinary line ends"}},
		{"carriage return at the end", "a: 1\r", []string{"1:5: a carriage return stands alone – save the file with ordinary line ends"}},
		{"two carriage returns", "a: 1\r\r\n", []string{"1:5: a carriage return stands alone – save the file with ordinary line ends"}},
		{"in a comment", "a: 1 # \x07\n", []string{"1:8: the control character U+0007 is not allowed – remove it"}},
		{"several", "\x01a: 1\n\x02b: \xFF\n", []string{
			"1:1: the control character U+0001 is not allowed – remove it",
			"2:1: the control character U+0002 is not allowed – remove it",
			"2:5: byte 0xFF is not UTF-8 – save the file as UTF-8",
		}},
	}
	parsers := map[string]func(string, []byte) (*document.Node, error){"YAML": document.ParseYAML, "JSON": document.ParseJSON}
	for _, test := range tests {
		for name, parse := range parsers {
			t.Run(test.name+" in "+name, func(t *testing.T) {
				n, err := parse("f", []byte(test.text))
				if diff := cmp.Diff("f:"+strings.Join(test.want, "\nf:"), complaint(err)); diff != "" {
					t.Errorf("-want +got\n%s", diff)
				}
				if n != nil {
					t.Error("a node came back from a text that no parser may see")
				}
			})
		}
	}
}

// TestScanStopsEarly keeps a picture given as a rubric from filling the screen.
func TestScanStopsEarly(t *testing.T) {
	_, err := document.ParseYAML("f", []byte(strings.Repeat("\x00", 10000)))
	if got := strings.Count(complaint(err), "\n") + 1; got != 50 {
		t.Errorf("%d problems, want 50", got)
	}
}

// TestScanAllows keeps characters that only look odd: they are text.
func TestScanAllows(t *testing.T) {
	const text = "a: \"tab\there, \u00A0, \u200B, \u202E, \uFFFD, 🧭, e\u0301\"\n"
	n, err := document.ParseYAML("f", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := n.TextOf("a"), "tab\there, \u00A0, \u200B, \u202E, \uFFFD, 🧭, e\u0301"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
