package sanitize

import "strings"

// Markdown writes a value so that GitHub-flavoured Markdown shows it literally, inside a paragraph or a table cell, at the start of a line or not.
// The result is one line: it opens no block, ends no table cell, holds no HTML, and neither mentions, links nor refers to anything.
// It never begins with two colons or "##[", which CI runners read as commands. It is empty only where the value is blank.
//
// Escaping escapes again when done twice: call it once, on the value, not on Markdown.
func Markdown(s string) string {
	s = Line(s)
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	for i := range len(s) { // all that has a meaning is ASCII; other bytes pass
		writeLiteral(&b, s, i)
	}
	return b.String()
}

// breaker is a zero-width space. GitHub looks for mentions, e-mail addresses, issue numbers and emoji names in the text that is left
// after parsing, where a backslash or an entity is gone already (github/cmark-gfm issue 181); only a character in between stops it.
const breaker = "&#8203;"

// writeLiteral writes the byte at i of s.
func writeLiteral(b *strings.Builder, s string, i int) {
	c, rest := s[i], s[i+1:]
	switch c {
	case '&':
		b.WriteString("&amp;")
	case '<':
		b.WriteString("&lt;")
	case '>':
		b.WriteString("&gt;")
	case '|': // as entities, because parsers of tables disagree on a bar after backslashes
		b.WriteString("&#124;")
	case '\\':
		b.WriteString("&#92;")
	case '$': // GitHub sets text between dollars as mathematics, and a backslash does not stop it
		b.WriteString("&#36;")
	case '@':
		b.WriteString("@" + breaker)
	case '#':
		b.WriteString(`\#`)
		if startsWith(rest, isDigit) {
			b.WriteString(breaker)
		}
	case '*', '_', '`', '[', ']', '!', '~':
		b.WriteByte('\\')
		b.WriteByte(c)
	case ':':
		writeColon(b, rest, i == 0)
	case '-', '+', '=':
		if i == 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(c)
		if c == '-' && issuePrefix(s[:i]) && startsWith(rest, isDigit) {
			b.WriteString(breaker)
		}
	case '.', ')':
		if number(s[:i]) || c == '.' && webPrefix(s[:i]) {
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	default:
		b.WriteByte(c)
	}
}

// writeColon stops the link of "http://", the emoji of ":name:" and, at the start, table rows such as ":-:" and commands of CI runners.
func writeColon(b *strings.Builder, rest string, first bool) {
	if first || strings.HasPrefix(rest, "//") {
		b.WriteByte('\\')
	}
	b.WriteByte(':')
	if emojiName(rest) {
		b.WriteString(breaker)
	}
}

func emojiName(rest string) bool {
	n := 0
	for n < len(rest) && (isLetter(rest[n]) || isDigit(rest[n]) || strings.IndexByte("_+-", rest[n]) >= 0) {
		n++
	}
	return n > 0 && n < len(rest) && rest[n] == ':'
}

// number tells whether the text so far is nothing but digits, so that a dot or bracket would make it the number of a list entry. Those
// have at most nine digits.
func number(before string) bool {
	if len(before) > 9 {
		return false
	}
	for i := range len(before) {
		if !isDigit(before[i]) {
			return false
		}
	}
	return before != ""
}

// webPrefix tells whether the text so far ends in the "www" that a dot would turn into a link.
func webPrefix(before string) bool { return endsWithFold(before, "www") }

// issuePrefix tells whether the text so far ends in the "GH" that a hyphen and digits would turn into the number of an issue.
func issuePrefix(before string) bool {
	return endsWithFold(before, "gh") && !(len(before) > 2 && (isLetter(before[len(before)-3]) || isDigit(before[len(before)-3])))
}

func endsWithFold(s, suffix string) bool {
	return len(s) >= len(suffix) && strings.EqualFold(s[len(s)-len(suffix):], suffix)
}

func startsWith(s string, is func(byte) bool) bool { return s != "" && is(s[0]) }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
