package formmap

import (
	"html"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// normal is what two texts must have in common to be the same title or answer: character references of HTML resolved, compatibility forms (NFKC) and letter case folded, characters that show
// nothing dropped, and marks between words (quotes, stops, brackets, dashes, slashes, underscores) taken as the spaces they stand beside. Marks that carry a
// meaning stay: those between two digits, a sign before a digit, and every symbol. A text of marks alone stays as it is.
func normal(text string) string {
	runes := []rune(cases.Fold().String(norm.NFKC.String(html.UnescapeString(text))))
	var b strings.Builder
	gap := false
	for i, r := range runes {
		switch {
		case unicode.Is(unicode.Cf, r):
			continue
		case unicode.IsSpace(r) || isMark(r) && !carries(runes, i):
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		if isDash(r) {
			r = '-'
		}
		b.WriteRune(r)
	}
	if b.Len() == 0 {
		return oneLine(text)
	}
	return norm.NFKC.String(b.String())
}

const marks = ".,;:!?¡¿'\"`´’‘‚“”„«»‹›()[]{}…/\\_|·•"

func isMark(r rune) bool { return isDash(r) || strings.ContainsRune(marks, r) }

func isDash(r rune) bool { return r == '-' || r == '−' || unicode.Is(unicode.Pd, r) }

// carries reports whether the mark at i means something: 3.5, 2026-11-22, -1.
func carries(runes []rune, i int) bool {
	next := i+1 < len(runes) && unicode.IsDigit(runes[i+1])
	if !next {
		return false
	}
	if i > 0 && unicode.IsDigit(runes[i-1]) {
		return true
	}
	return isDash(runes[i]) && (i == 0 || unicode.IsSpace(runes[i-1]))
}

// oneLine is a text with each run of white space as one space, and none around it.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// near reports whether two normal texts differ by so few edits that one is likely to be the other, and how many. Edits are letters put in, left out,
// replaced, or swapped with their neighbour (optimal string alignment), at most one in eight letters. Texts of fewer than five letters, and texts
// that differ in a number or in a word that denies, are never near.
func near(a, b string) (edits int, ok bool) {
	x, y := []rune(a), []rune(b)
	most := min(len(x), len(y)) / lettersPerEdit
	if min(len(x), len(y)) >= 5 {
		most = max(most, 1)
	}
	if most == 0 || !sameSense(a, b) {
		return 0, false
	}
	edits = distance(x, y, most)
	return edits, edits <= most
}

const (
	lettersPerEdit = 8
	margin         = 3 // edits by which the second best must be further away
)

// sameSense reports whether two texts have the same numbers and the same words that deny, in the same order.
func sameSense(a, b string) bool {
	x, y := telling(a), telling(b)
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if x[i] != y[i] {
			return false
		}
	}
	return true
}

func telling(text string) []string {
	var words []string
	for _, word := range strings.Fields(text) {
		switch {
		case strings.IndexFunc(word, unicode.IsDigit) >= 0, denials[word]:
			words = append(words, word)
		}
	}
	return words
}

// denials are the English words by which a short edit turns a sentence into its opposite; "t" is what normal leaves of "n't".
var denials = map[string]bool{
	"no": true, "not": true, "never": true, "none": true, "nobody": true, "nothing": true, "without": true, "t": true, "cannot": true, "neither": true, "nor": true,
}

// distance is the optimal string alignment of two texts, or more than most where it is more.
func distance(a, b []rune, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > most {
			return most + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
