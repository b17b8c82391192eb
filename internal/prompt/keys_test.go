package prompt

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// keyCases are byte scripts and the keys they mean, in a list and in a line of
// text. "" for text is the same as in a list. Special keys are written <pause>,
// <suspend>, <quit>.
var keyCases = []struct{ name, bytes, list, text string }{
	{name: "digit and Enter", bytes: "3\r", list: "3|\r"},
	{name: "five answers typed ahead", bytes: "1\n2\n3\n4\n5\n", list: "1|\n|2|\n|3|\n|4|\n|5|\n"},
	{name: "runes of every length", bytes: "aé日👍", list: "a|é|日|👍"},
	{name: "arrows", bytes: "\x1b[A\x1b[B\x1b[C\x1b[D", list: "\x1b[A|\x1b[B|\x1b[C|\x1b[D"},
	{name: "application arrows", bytes: "\x1bOA\x1bOB\x1bOH\x1bOF", list: "\x1b[A|\x1b[B|\x1b[H|\x1b[F"},
	{name: "home, end, delete", bytes: "\x1b[1~\x1b[4~\x1b[7~\x1b[8~\x1b[3~", list: "\x1b[H|\x1b[F|\x1b[H|\x1b[F|\x1b[3~"},
	{name: "Alt-x", bytes: "\x1bx3", list: "3"},
	{name: "Alt and a wide letter", bytes: "\x1b日3", list: "3"},
	{name: "Alt-[ then typing", bytes: "\x1b[\r3", list: "\r|3"},
	{name: "Alt-] then typing", bytes: "\x1b]3\r", list: "3|\r"},
	{name: "Alt-Enter", bytes: "\x1b\r3", list: "3"},
	{name: "F1 to F5, PgDn, Shift-Tab, Ctrl-Right", bytes: "\x1bOP\x1b[15~\x1b[6~\x1b[Z\x1b[1;5C3", list: "3"},
	{name: "F5 of the Linux console", bytes: "\x1b[[E3", list: "3"},
	{name: "mouse reports", bytes: "\x1b[<0;12;7M\x1b[<0;12;7m\x1b[M !\"3", list: "3"},
	{name: "old mouse report with odd bytes", bytes: "\x1b[M\x20\xff\x033", list: "3"},
	{name: "focus and a late reply", bytes: "\x1b[I\x1b[O\x1b[12;9R3", list: "3"},
	{name: "colour reply", bytes: "\x1b]11;rgb:0000/0000/0000\x07\x1b]11;rgb:0/0/0\x1b\\\x1bP1$r0m\x1b\\3", list: "3"},
	{name: "sequence broken off by a sequence", bytes: "\x1b[1;\x1b[B", list: "\x1b[B"},
	{name: "ESC twice, then an arrow", bytes: "\x1b\x1b[B", list: "\x1b[B"},
	{name: "bad UTF-8", bytes: "\xff3\xc3(\xe6\x97\r\xf0\x9f3", list: "3|(|\r|3"},
	{name: "control characters of two bytes", bytes: "\u0085\u009b3", list: "3"},
	{name: "keys without a meaning", bytes: "\x00\x07\x0b\x123\x1f", list: "3"},
	{name: "Ctrl-C", bytes: "3\x03", list: "3|<pause>"},
	{name: "Ctrl-D", bytes: "\x04", list: "<pause>"},
	{name: "ESC, then Ctrl-C", bytes: "\x1b\x03", list: "<pause>"},
	{name: "Ctrl-Z, Ctrl-\\", bytes: "\x1a\x1c", list: "<suspend>|<quit>"},
	{name: "Ctrl-U and Ctrl-E", bytes: "\x15\x05", list: "\x18|\x1b[F"},
	{name: "paste", bytes: "a\x1b[200~3\r\n4\tb\n\x1b[201~c", list: "a|c", text: "a|3| |4| |b| |c"},
	{name: "paste with sequences in it", bytes: "\x1b[200~x\x1b[A\x1bOPy\x1b]0;t\x07\x04\x1az\x1b[201~3", list: "3", text: "x|y|z|3"},
	{name: "paste with bad bytes", bytes: "\x1b[200~\xff日\xe6\x1b[201~3", list: "3", text: "日|3"},
	{name: "paste that never ends", bytes: "\x1b[200~abc\x03", list: "<pause>", text: "a|b|c|<pause>"},
	{name: "closing mark alone", bytes: "\x1b[201~3", list: "3"},
}

func TestKeys(t *testing.T) {
	for _, tt := range keyCases {
		t.Run(tt.name, func(t *testing.T) {
			if tt.text == "" {
				tt.text = tt.list
			}
			for _, mode := range []struct {
				text bool
				want string
			}{{false, tt.list}, {true, tt.text}} {
				for cut := range len(tt.bytes) + 1 {
					got := keysOf(mode.text, tt.bytes[:cut], tt.bytes[cut:])
					if diff := cmp.Diff(strings.Split(mode.want, "|"), got); diff != "" {
						t.Fatalf("text=%v, cut at %d: -want +got\n%s", mode.text, cut, diff)
					}
				}
			}
			// One byte at a time.
			if diff := cmp.Diff(strings.Split(tt.list, "|"), keysOf(false, strings.Split(tt.bytes, "")...)); diff != "" {
				t.Errorf("byte by byte: -want +got\n%s", diff)
			}
		})
	}
}

// keysOf feeds parts to a scanner and writes down the keys.
func keysOf(text bool, parts ...string) []string {
	var s scanner
	var keys []string
	for _, part := range parts {
		s.feed([]byte(part))
		for {
			k, ok := s.next(text)
			if !ok {
				break
			}
			keys = append(keys, keyName(k))
		}
	}
	return keys
}

func keyName(k key) string {
	switch k.kind {
	case keyText:
		return k.bytes
	case keyPause:
		return "<pause>"
	case keySuspend:
		return "<suspend>"
	case keyQuit:
		return "<quit>"
	}
	return "<no key>"
}

func TestKeysUnfinished(t *testing.T) {
	for _, bytes := range []string{"\x1b", "\x1b[", "\x1b[1;", "\x1bO", "\x1b]11;rgb", "\x1b]0;t\x1b", "\xe6\x97", "\x1b\xe6", "\x1b[[", "\x1b[M!!"} {
		s := scanner{}
		s.feed([]byte(bytes))
		if k, ok := s.next(true); ok {
			t.Errorf("%q: got key %q before its end", bytes, keyName(k))
		}
		s.expire()
		s.feed([]byte("3"))
		if k, ok := s.next(true); !ok || keyName(k) != "3" {
			t.Errorf("%q: after giving up on it, 3 is %q, %v", bytes, keyName(k), ok)
		}
	}
}

func TestReport(t *testing.T) {
	const typed = "3\r\x1b[Babc\x1b"
	for cut := range len(typed) + 1 {
		var s scanner
		s.feed([]byte(typed[:cut] + "\x1b[24;80R" + typed[cut:]))
		row, col, ok := s.report()
		if row != 24 || col != 80 || !ok || string(s.buf) != typed {
			t.Fatalf("cut at %d: %d;%d %v, left %q", cut, row, col, ok, s.buf)
		}
		if _, _, ok := s.report(); ok {
			t.Fatalf("cut at %d: a second report", cut)
		}
	}
}

func FuzzKeys(f *testing.F) {
	for _, tt := range keyCases {
		f.Add(tt.bytes, uint(len(tt.bytes)/2), true)
		f.Add(tt.bytes, uint(1), false)
	}
	f.Fuzz(func(t *testing.T, bytes string, cut uint, text bool) {
		whole := keysOf(text, bytes)
		cut %= uint(len(bytes) + 1)
		if diff := cmp.Diff(whole, keysOf(text, bytes[:cut], bytes[cut:])); diff != "" {
			t.Errorf("cut at %d: -whole +cut\n%s", cut, diff)
		}
		for _, k := range whole {
			checkKey(t, k)
		}
		if !strings.Contains(bytes, "\x1b") {
			checkNothingLost(t, bytes, whole)
		}
	})
}

// checkKey holds for every key that survey may see.
func checkKey(t *testing.T, k string) {
	t.Helper()
	switch k {
	case "<pause>", "<suspend>", "<quit>", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[H", "\x1b[F", "\x1b[3~":
		return
	}
	r, n := utf8.DecodeRuneInString(k)
	if n != len(k) || r == utf8.RuneError && n == 1 || r == esc || r == ctrlC || r == ctrlD {
		t.Errorf("%q is no key", k)
	}
}

// checkNothingLost compares characters where there are no sequences.
func checkNothingLost(t *testing.T, bytes string, keys []string) {
	t.Helper()
	printable := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsControl(r) || r == utf8.RuneError {
				return -1
			}
			return r
		}, s)
	}
	var got strings.Builder
	for _, k := range keys {
		if utf8.RuneCountInString(k) == 1 {
			got.WriteString(k)
		}
	}
	if want := printable(bytes); want != printable(got.String()) {
		t.Errorf("typed %q, got %q", want, got.String())
	}
}
