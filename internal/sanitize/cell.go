package sanitize

import (
	"strings"
	"unicode"
)

// Cell makes a value safe in a cell of a CSV file that a spreadsheet opens: one line, and never a formula. A cell that would begin with = + - or @, or
// a wide twin of one of them, gets an apostrophe in front; so does the same within a cell behind a semicolon, where programs split that take it for the
// separator. Plain numbers are no formulas and stay. Quoting is left to the writer of the file.
func Cell(s string) string {
	s = Line(s)
	if plainNumber(s) {
		return s
	}
	var b strings.Builder
	start := true // nothing has come yet that a program would show
	for _, r := range s {
		if start && strings.ContainsRune("=+-@＝＋－＠﹢﹣﹦﹫", r) {
			b.WriteByte('\'')
		}
		b.WriteRune(r)
		start = r == ';' || start && (unicode.IsSpace(r) || strings.ContainsRune(`"`, r) || r == zwj || r == zwnj || unicode.Is(unicode.Variation_Selector, r))
	}
	return b.String()
}

// plainNumber tells whether a value is digits with at most a sign in front and a point among them.
func plainNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, part, pointed := strings.Cut(s, ".")
	return digits(whole) && (!pointed || digits(part))
}

func digits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}
