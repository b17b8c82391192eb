package prompt

import (
	"strings"
	"testing"
	"unicode"

	"github.com/AlecAivazis/survey/v2/terminal"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// pieces are the scripts that counts of cells disagree about.
var pieces = []string{
	"a", "word ", " ", "3", "é", "e\u0301", "日", "本語 ", "（", "ｶ", "กำลัง", "ที่", "हिन्दी", "க்ஷி",
	"👍", "👍🏽", "👩‍👩‍👧‍👦", "🇪🇺", "❤️", "\u200b", "…", "\u202e", "·", "ﷺ",
}

var texts = rapid.Custom(func(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "pieces"), "")
})

func TestFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(texts, rapid.StringOf(rapid.RuneFrom(nil, unicode.PrintRanges...))).Draw(t, "s")
		w := rapid.IntRange(-1, 90).Draw(t, "w")
		got := fit(s, w)
		for name, width := range map[string]int{
			"clusters": ansi.StringWidth(got), "runes": ansi.StringWidthWc(got), "survey": terminal.StringWidth(got),
		} {
			if width > max(w, 0) {
				t.Errorf("fit(%q, %d) = %q: %d cells counted by %s", s, w, got, width, name)
			}
		}
		if got != s && !strings.HasPrefix(s, strings.TrimSuffix(got, "…")) {
			t.Errorf("fit(%q, %d) = %q is not its beginning", s, w, got)
		}
		if w > 0 && max(ansi.StringWidth(s), ansi.StringWidthWc(s), terminal.StringWidth(s)) <= w && got != s {
			t.Errorf("fit(%q, %d) = %q was cut without need", s, w, got)
		}
	})
}

func TestWrap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, w := texts.Draw(t, "s"), rapid.IntRange(minWidth, maxWidth).Draw(t, "w")
		got := wrap(s, w)
		for line := range strings.Lines(got) {
			line = strings.TrimSuffix(line, "\n")
			if width := max(ansi.StringWidth(line), ansi.StringWidthWc(line)); width > w {
				t.Errorf("wrap(%q, %d): line %q has %d cells", s, w, line, width)
			}
		}
		if want, got := nonSpace(s), nonSpace(got); want != got {
			t.Errorf("wrap(%q, %d): text became %q", s, w, got)
		}
	})
}

func nonSpace(s string) string { return strings.Join(strings.Fields(s), "") }

func TestPlain(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"one\ntwo", "one\ntwo"},
		{"tab\there", "tab here"},
		{"\x1b[31mred\x1b[0m\x1b]0;title\x07!", "red!"},
		{"a\x00b\x7fc\u0085d\xffe\r", "abcde"},
		{"\x1b", ""},
		{"日本", "日本"},
	} {
		if got := plain(tt.in); got != tt.want {
			t.Errorf("plain(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
	if got := oneLine(" a \n\n b\t"); got != "a b" {
		t.Errorf("oneLine = %q", got)
	}
}

func TestHeadingAndListing(t *testing.T) {
	q := testQuestion()
	got := heading(q.Progress, q.Ask, q.Help, 30, style{}) + listing(q.Options, 30)
	const want = `
12 of 52 · Communication
Who understands why something
is not being built?

Think of the last months.
0 Not yet
1 One feature: My team
  understands it.
2 Feature area: so do others
3 Whole product
n Add a note
back Go back
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if got := hang("a-very-long-key", "text that goes on", 20); got != "a-very-long-key\n  text that goes on" {
		t.Errorf("long key: %q", got)
	}
	if got := heading("", "one two three four five", "", 20, newStyle(true)); got !=
		"\n\x1b[1mone two three four\x1b[0m\n\x1b[1mfive\x1b[0m\n" {
		t.Errorf("bold: %q", got)
	}
}

// testQuestion is the question of most tests.
func testQuestion() Question {
	return Question{
		Progress: "12 of 52 · Communication",
		Ask:      "Who understands why something is not being built?",
		Help:     "Think of the last months.",
		Options: []Option{
			{Key: "0", Label: "0 Not yet"},
			{Key: "1", Label: "1 One feature", Text: "My team understands it."},
			{Key: "2", Label: "2 Feature area", Text: "2 Feature area: so do others"},
			{Key: "3", Label: "3 Whole product"},
			{Key: "n", Label: "n Add a note"},
			{Key: "back", Label: "back Go back"},
		},
	}
}
