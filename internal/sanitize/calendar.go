package sanitize

import "strings"

var calendarEscapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)

// Calendar writes a text as a value of the type TEXT in an iCalendar file (RFC 5545, section 3.3.11). Line ends are written as \n, so that no text can
// begin a property of its own. Folding is left to the writer of the file. Escaping escapes again when done twice.
func Calendar(s string) string {
	return calendarEscapes.Replace(strings.ReplaceAll(Terminal(s), "\r\n", "\n"))
}
