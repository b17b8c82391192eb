package sanitize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// AppendCSV appends a value as one cell of a CSV file and returns the longer slice. The cell is one line, as of [Line]; it is quoted where it must be,
// and begins with an apostrophe where a spreadsheet would take it for a formula, or a CI runner for a command. Plain numbers stay numbers. For a value of
// printable ASCII that needs none of this it allocates nothing.
func AppendCSV(to, value []byte) []byte {
	if plainCell(value) {
		return append(to, value...)
	}
	cell := Line(string(value))
	if !isNumber(cell) && (startsFormula(cell) || strings.HasPrefix(cell, "::") || strings.HasPrefix(cell, "##[")) {
		cell = "'" + cell
	}
	if !strings.ContainsAny(cell, "\",; \u00a0'") {
		return append(to, cell...)
	}
	to = append(to, '"')
	for {
		before, after, more := strings.Cut(cell, `"`)
		to = append(to, before...)
		if !more {
			return append(to, '"')
		}
		to = append(to, `""`...)
		cell = after
	}
}

// plainCell says whether a cell is ASCII that nobody could misread. Inner spaces are, but for the sake of one rule they are quoted.
func plainCell(value []byte) bool {
	for i, c := range value {
		switch {
		case isLetter(c) || isDigit(c) || c == '_' || c == '/':
		case i > 0 && (c == '-' || c == '.' || c == '@' || c == ':' || c == '+'):
		default:
			return false
		}
	}
	return true
}

// formulaStarts are what spreadsheets begin a formula with, and what some turn into it.
const formulaStarts = "=+-@\uFF1D\uFF0B\uFF0D\uFF20\u2212"

func startsFormula(cell string) bool {
	cell = strings.TrimLeftFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || r == '"' || r == '\'' })
	r, _ := utf8.DecodeRuneInString(cell)
	return cell != "" && strings.ContainsRune(formulaStarts, r)
}

// isNumber knows whole numbers and decimals with a point.
func isNumber(cell string) bool {
	whole, part, decimal := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(cell, "-"), "+"), ".")
	digits := func(s string) bool {
		return s != "" && strings.Trim(s, "0123456789") == ""
	}
	return digits(whole) && (!decimal || digits(part)) && !strings.HasPrefix(cell, "-+")
}
