package sanitize

import (
	"strings"
	"unicode"
)

// XML makes a value safe as the text of an element or as an attribute in quotes of either kind. The result is one line, as of [Line]; what no XML 1.0 document
// may hold – noncharacters, as Line has shown control characters by their numbers – becomes U+FFFD, because one such character makes a consumer drop the whole file.
func XML(s string) string {
	var b strings.Builder
	for _, r := range Line(s) {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>': // "]]>" may not stand in text
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&#34;")
		case r == '\'':
			b.WriteString("&#39;")
		case r < ' ' || r == '\uFFFE' || r == '\uFFFF' || unicode.Is(unicode.Cs, r):
			b.WriteRune('\uFFFD')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
