package formmap

import (
	"testing"

	"pgregory.net/rapid"
)

func TestNormal(t *testing.T) {
	for _, same := range [][]string{
		{"What did you leave out, and why?", "what did you  leave out and why", "What did you leave out,\nand why ?", "\u200bWhat did you leave out, and “why”?"},
		{"problem-note", "problem_note", "Problem Note", "problem/note"},
		{"Ｆｕｌｌ　ｗｉｄｔｈ", "full width"},
		{"Straße", "STRASSE"},
		{"é", "e\u0301"},
		{"R&D", "R&amp;D"},
		{"-1", "−1", " –1"},
		{"I don’t", "I don't"},
	} {
		for _, text := range same[1:] {
			if normal(text) != normal(same[0]) {
				t.Errorf("%q: %q, and %q: %q", same[0], normal(same[0]), text, normal(text))
			}
		}
	}
	for _, other := range [][2]string{
		{"1", "-1"}, {"3.5", "35"}, {"3.5", "3 5"}, {"10", "10%"}, {"> 5", "< 5"}, {"C", "C++"}, {"1-2", "12"}, {"?", "!"}, {"#", ""}, {"2026-11-22", "2026 11 22"},
	} {
		if normal(other[0]) == normal(other[1]) {
			t.Errorf("%q and %q are both %q", other[0], other[1], normal(other[0]))
		}
	}
}

// Distances by hand: one letter each, a swap counts once, and the rest are what makes two sentences say different things.
func TestNear(t *testing.T) {
	for _, c := range []struct {
		a, b  string
		edits int
		ok    bool
	}{
		{"i wrote the note myself", "i wrote the note myslf", 1, true},
		{"i wrote the note myself", "i worte the note myself", 1, true},
		{"i wrote the note myself", "i wrote a note myself", 3, false}, // 21 letters: 2 edits at most
		{"alone", "alnoe", 1, true},
		{"yes", "yet", 0, false},                                             // too short
		{"i said it to them alone", "i said it not to them alone", 0, false}, // it denies
		{"in the past 12 months or so", "in the past 24 months or so", 0, false},
	} {
		edits, ok := near(c.a, c.b)
		if ok != c.ok || ok && edits != c.edits {
			t.Errorf("%q, %q: %d %v", c.a, c.b, edits, ok)
		}
	}
}

// The banded distance agrees with the definition, worked out by recursion.
func TestDistance(t *testing.T) {
	var slow func(a, b []rune) int
	slow = func(a, b []rune) int {
		if len(a) == 0 || len(b) == 0 {
			return len(a) + len(b)
		}
		cost := 1
		if a[len(a)-1] == b[len(b)-1] {
			cost = 0
		}
		best := min(slow(a[:len(a)-1], b)+1, slow(a, b[:len(b)-1])+1, slow(a[:len(a)-1], b[:len(b)-1])+cost)
		if len(a) > 1 && len(b) > 1 && a[len(a)-1] == b[len(b)-2] && a[len(a)-2] == b[len(b)-1] {
			best = min(best, slow(a[:len(a)-2], b[:len(b)-2])+1)
		}
		return best
	}
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.SampledFrom([]rune("abc")), 0, 6, -1)
		a, b := []rune(word.Draw(t, "a")), []rune(word.Draw(t, "b"))
		most := rapid.IntRange(0, 7).Draw(t, "most")
		want := slow(a, b)
		got := distance(a, b, most)
		if want <= most && got != want || want > most && got != most+1 && got != want {
			t.Fatalf("%q %q within %d: %d, want %d", string(a), string(b), most, got, want)
		}
	})
}

// Titles and answers are saved on one line, which must not make them others.
func TestOneLineIsTheSameText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune(" \n\t\u00a0\u2003ab1-.(é&;#"))).Draw(t, "text")
		if normal(oneLine(text)) != normal(text) {
			t.Fatalf("%q: %q, %q", text, normal(oneLine(text)), normal(text))
		}
	})
}
