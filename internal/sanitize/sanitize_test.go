package sanitize

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestTerminal(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"plain", "Ships weekly, 3 of 5.", "Ships weekly, 3 of 5."},
		{"line feed and tab stay", "a\n\tb\n", "a\n\tb\n"},
		{"Windows line end", "a\r\nb", "a\nb"},
		{"lone carriage return", "safe\rEVIL", "safe<U+000D>EVIL"},
		{"carriage returns before a line end", "a\r\r\nb", "a<U+000D>\nb"},
		{"colour", "\x1b[31mred\x1b[0m", "<U+001B>[31mred<U+001B>[0m"},
		{"title and bell", "\x1b]0;x\a", "<U+001B>]0;x<U+0007>"},
		{"NUL, backspace, DEL", "\x00\b\x7f", "<U+0000><U+0008><U+007F>"},
		{"vertical tab and form feed", "\v\f", "<U+000B><U+000C>"},
		{"C1, also NEL and CSI", "\u0080\u0085\u009b31m\u009f", "<U+0080><U+0085><U+009B>31m<U+009F>"},
		{"C1 as a raw byte", "\x9b31m", "\uFFFD31m"},
		{"bidi embeddings", "\u202a\u202b\u202c\u202d\u202e", "<U+202A><U+202B><U+202C><U+202D><U+202E>"},
		{"bidi isolates", "\u2066\u2067\u2068\u2069", "<U+2066><U+2067><U+2068><U+2069>"},
		{"bidi marks", "\u200e\u200f\u061c", "<U+200E><U+200F><U+061C>"},
		{"separators", "a\u2028b\u2029c", "a<U+2028>b<U+2029>c"},
		{"zero width space, word joiner, byte-order mark", "\u200b\u2060\ufeff", "<U+200B><U+2060><U+FEFF>"},
		{"soft hyphen", "co\u00adop", "co<U+00AD>op"},
		{"Hangul filler", "\u3164\u115f\uffa0", "<U+3164><U+115F><U+FFA0>"},
		{"interlinear annotation", "\ufff9", "<U+FFF9>"},
		{"tag letters", "hi\U000E0068\U000E0069", "hi<U+E0068><U+E0069>"},
		{"noncharacters", "\uffff\U0010ffff", "<U+FFFF><U+10FFFF>"},
		{"invalid UTF-8", "a\xffb\xc3", "a\uFFFDb\uFFFD"},
		{"surrogate in UTF-8", "\xed\xa0\x80", "\uFFFD\uFFFD\uFFFD"},
		{"overlong", "\xc0\x9b", "\uFFFD\uFFFD"},
		{"family emoji", "👩‍👩‍👧", "👩‍👩‍👧"},
		{"heart with a selector, skin tone", "❤️ 👍🏽", "❤️ 👍🏽"},
		{"flag of Wales", "a" + wales + "b", "a" + wales + "b"},
		{"flag cut short", "\U0001F3F4\U000E0067", "\U0001F3F4<U+E0067>"},
		{"Persian with a non-joiner", "می‌خواهم", "می‌خواهم"},
		{"Arabic number sign", "\u0600\u0661", "\u0600\u0661"},
		{"Thai, Hindi, Chinese, accents", "ไทย हिन्दी 中文 e\u0301", "ไทย हिन्दी 中文 e\u0301"},
		{"ideographic variant", "葛\U000E0100", "葛\U000E0100"},
		{"no-break and wide spaces", "a\u00a0b\u3000c", "a\u00a0b\u3000c"},
		{"text that looks like ours", "<U+202E>", "<U+202E>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Terminal(tt.in); got != tt.want {
				t.Errorf("Terminal(%+q)\n got %+q\nwant %+q", tt.in, got, tt.want)
			}
		})
	}
}

func TestLine(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"blank", " \t\r\n ", ""},
		{"one line", "Ann Lee", "Ann Lee"},
		{"inner spaces stay", "a  b", "a  b"},
		{"line end", "a\nb", "a b"},
		{"paragraphs", "a \r\n\r\n\t b\tc", "a b c"},
		{"trimmed", "\n  a\t", "a"},
		{"trimmed of no-break spaces", "\u00a0a\u00a0", "a"},
		{"controls are shown", "a\x1b[2J\n\u202eb", "a<U+001B>[2J <U+202E>b"},
		{"separators are shown", "a\u2028b", "a<U+2028>b"},
		{"lone carriage return is shown", "a\rb", "a<U+000D>b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Line(tt.in); got != tt.want {
				t.Errorf("Line(%+q)\n got %+q\nwant %+q", tt.in, got, tt.want)
			}
		})
	}
}

func TestPlainTextIsNotCopied(t *testing.T) {
	const plain = "Talks to customers\nevery week"
	if n := testing.AllocsPerRun(10, func() { _ = Terminal(plain) }); n != 0 {
		t.Errorf("Terminal allocates %v times for plain text, want 0", n)
	}
}

// hostile draws texts that are dense in what matters to any of the sinks.
func hostile() *rapid.Generator[string] {
	pieces := rapid.SampledFrom([]string{
		"a", "9", " ", "  ", "\n", "\t", "\r", "\r\n", "\x1b[0m", "\x00", "\x7f", "\x9b", "\u009b", "\u0085", "\u2028", "\u202e", "\u200f", "\u200b",
		"\u200d", "\ufe0f", "\u00ad", "\xff", "\xf0\x9f", "é", "中", "👩‍👧", wales, "\U000E0067", "&", "<", ">", "[", "]", "(", ")", "!", "*", "_", "@", "#", "~", "|",
		"\\", "`", "$", ":", "::", ":+1:", "##[", "1.", "-", "+", "=", "http://", "https://a.b", "www.", "a@b.example", "GH-1", "o/r#1", "&lt;", "&#8203;", "<br>", "---",
	})
	return rapid.OneOf(
		rapid.Map(rapid.SliceOfN(pieces, 0, 12), func(parts []string) string { return strings.Join(parts, "") }),
		rapid.String(),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 24), func(b []byte) string { return string(b) }),
	)
}

func TestTerminalProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkTerminal(t, hostile().Draw(t, "text")) })
}

func TestLineProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkLine(t, hostile().Draw(t, "text")) })
}

func FuzzTerminal(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) { checkTerminal(t, s) })
}

func FuzzLine(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) { checkLine(t, s) })
}

func seed(f *testing.F) {
	for _, s := range []string{"", "a\r\n\tb", "\x1b[31m\u202e\u2028", "\xff\xc0\x9b", wales + "👩‍👧\U000E0067", "::error ##[x] 1. a|b\\|c @d #1 http://e www.f g@h.i :j: $k$ GH-2"} {
		f.Add(s)
	}
}

// failer is what testing and rapid have in common.
type failer interface {
	Helper()
	Errorf(format string, args ...any)
}

func checkTerminal(t failer, s string) {
	t.Helper()
	got := Terminal(s)
	checkVisible(t, s, got)
	if again := Terminal(got); again != got {
		t.Errorf("Terminal(%+q) is %+q, and once more %+q", s, got, again)
	}
	if want := slowTerminal(s); got != want {
		t.Errorf("Terminal(%+q)\n got %+q\nwant %+q", s, got, want)
	}
}

func checkLine(t failer, s string) {
	t.Helper()
	got := Line(s)
	checkVisible(t, s, got)
	if strings.ContainsAny(got, "\n\t") || got != strings.TrimSpace(got) {
		t.Errorf("Line(%+q) is %+q: not one trimmed line", s, got)
	}
	if again := Line(got); again != got {
		t.Errorf("Line(%+q) is %+q, and once more %+q", s, got, again)
	}
	words := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	if words(got) != words(Terminal(s)) {
		t.Errorf("Line(%+q) is %+q: other words than Terminal's %+q", s, got, Terminal(s))
	}
}

// checkVisible holds row O1 as it is written, by numbers and not by the tables that the code uses.
func checkVisible(t failer, in, out string) {
	t.Helper()
	if !utf8.ValidString(out) {
		t.Errorf("%+q became %+q: not UTF-8", in, out)
	}
	for _, r := range strings.NewReplacer(england, "", scotland, "", wales, "").Replace(out) {
		switch {
		case r == '\n', r == '\t':
		case r < 0x20, r >= 0x7F && r <= 0x9F,
			r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x200E, r == 0x200F, r == 0x061C,
			r == 0x2028, r == 0x2029, r == 0x200B, r >= 0x2060 && r <= 0x206F, r == 0xFEFF, r == 0x00AD, r == 0x3164, r >= 0xE0000 && r <= 0xE007F:
			t.Errorf("%+q became %+q: U+%04X is left", in, out, r)
		}
	}
}

// slowTerminal says for each character alone what becomes of it.
func slowTerminal(s string) string {
	keep := strings.NewReplacer(england, "\uE001", scotland, "\uE002", wales, "\uE003")
	back := strings.NewReplacer("\uE001", england, "\uE002", scotland, "\uE003", wales)
	if strings.ContainsAny(s, "\uE001\uE002\uE003") {
		return Terminal(s) // private characters that this oracle needs for itself
	}
	var b strings.Builder
	for _, r := range strings.ReplaceAll(keep.Replace(s), "\r\n", "\n") {
		ignorable := unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) || unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
		switch {
		case r == '\n' || r == '\t' || r == 0x200C || r == 0x200D:
			b.WriteRune(r)
		case unicode.IsControl(r), r == 0x2028, r == 0x2029, ignorable, r&0xFFFE == 0xFFFE, r >= 0xFDD0 && r <= 0xFDEF:
			fmt.Fprintf(&b, "<U+%04X>", r)
		default:
			b.WriteRune(r)
		}
	}
	return back.Replace(b.String())
}
