package sanitize

import "strings"

// XML makes a value safe as the text of an element or as an attribute in quotes of either kind. The result is one line, as of [Line], which shows by their numbers the
// characters that no XML 1.0 document may hold: one of them makes a reader drop the whole file, inside CDATA as well.
func XML(s string) string { return xmlEscapes.Replace(Line(s)) }

var xmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;") // ">" because "]]>" may not stand in text
