// Package sanitize makes text from outside safe for the place where it is shown: one function for each sink. Rubrics, answers, file
// names and values of the environment are hostile until they have gone through one of them, at the moment of writing and not before,
// so that stored text stays as its author wrote it.
//
// Most callers want [Line] for a value inside a sentence or a table cell of the terminal, [Terminal] for a text of several lines, and
// [Markdown] for a value in a Markdown report, [AppendCSV] for a cell; [Workflow] and [WorkflowProperty] are for commands in the log of a CI runner. What each takes away
// is shown in its place as <U+202E>, never dropped in silence, since a reader has to see that something odd was there.
//
// The package may not wrap, cut or measure, and it knows no escape sequences of our own: colour is added after sanitising. It does not
// serve HTML (html/template does) or XML, which have their own rules.
package sanitize

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Terminal makes a text of any number of lines safe for a terminal, a log or a message. Line feeds and tabs stay, and a carriage return
// before a line feed is part of the line end; all else that could steer a terminal, reorder a line or hide in it is shown by its number.
// Joiners and variation selectors stay, so that emoji and scripts such as Persian keep their form. Bytes that are no UTF-8 become U+FFFD.
// Sanitising twice changes nothing.
func Terminal(s string) string {
	clean := harmless(s)
	if clean == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	b.WriteString(s[:clean])
	for i := clean; i < len(s); {
		if n := flagTags(s[i:]); n > 0 {
			b.WriteString(s[i : i+n])
			i += n
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\r' && strings.HasPrefix(s[i+1:], "\n"):
		case revealed(r):
			fmt.Fprintf(&b, "<U+%04X>", r)
		default:
			b.WriteRune(r) // U+FFFD for a byte that is no UTF-8
		}
		i += size
	}
	return b.String()
}

// Line is [Terminal] for a value that has to stay on one line: each run of white space with a line end or tab in it becomes one space, and
// white space around the text goes. Sanitising twice changes nothing.
func Line(s string) string {
	s = strings.TrimSpace(Terminal(s))
	if !strings.ContainsAny(s, "\n\t") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for s != "" {
		end := strings.IndexAny(s, "\n\t")
		if end < 0 {
			b.WriteString(s)
			break
		}
		b.WriteString(strings.TrimRight(s[:end], " "))
		b.WriteByte(' ')
		s = strings.TrimLeft(s[end:], " \n\t")
	}
	return b.String()
}

// harmless returns the length of the plain ASCII text at the start of s. Most values are nothing else.
func harmless(s string) int {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c < ' ' && c != '\n' && c != '\t' || c == 0x7F {
			return i
		}
	}
	return len(s)
}

// revealed tells whether a character is shown by its number: controls, the line and paragraph separators, noncharacters, and whatever
// Unicode lets a renderer draw as nothing, bidirectional controls among them. The signs that Arabic and Kaithi write over digits are format characters too, but visible ones.
func revealed(r rune) bool {
	switch {
	case r == '\n', r == '\t':
		return false
	case r < utf8.RuneSelf:
		return r < ' ' || r == 0x7F
	case r == zwnj, r == zwj, unicode.Is(unicode.Variation_Selector, r), unicode.Is(unicode.Prepended_Concatenation_Mark, r):
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point, unicode.Noncharacter_Code_Point)
}

const (
	zwnj = '\u200C'
	zwj  = '\u200D'
)

// The flags of England, Scotland and Wales are a black flag and six invisible letters. These are the only sequences of such letters that
// Unicode recommends; any other could carry a hidden message.
const (
	england  = "\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F"
	scotland = "\U0001F3F4\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F"
	wales    = "\U0001F3F4\U000E0067\U000E0062\U000E0077\U000E006C\U000E0073\U000E007F"
)

// flagTags returns the length of a flag at the start of s, or 0.
func flagTags(s string) int {
	for _, flag := range [...]string{england, scotland, wales} {
		if strings.HasPrefix(s, flag) {
			return len(flag)
		}
	}
	return 0
}
