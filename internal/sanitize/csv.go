package sanitize

import (
	"strings"
	"unicode"
)

// AppendCSV appends a value as one cell of a CSV file and returns the longer slice. The cell is one line, as of [Line]; it is quoted where it must be,
// and has an apostrophe before what a spreadsheet would take for a formula, or a CI runner for a command. Plain numbers stay numbers. For a value of
// printable ASCII that needs none of this it allocates nothing.
func AppendCSV(to, value []byte) []byte {
	if plainCell(value) {
		return append(to, value...)
	}
	cell := Cell(string(value))
	if strings.HasPrefix(cell, "::") || strings.HasPrefix(cell, "##[") {
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
const formulaStarts = "=+-@＝＋－＠﹢﹣﹦﹫\u2212"

// Cell makes a value one line that no spreadsheet takes for a formula, for writers that quote every cell themselves. An apostrophe comes before what would
// begin a formula: at the start of the cell, and within it behind a semicolon, where programs split that take it for the separator. Numbers stay numbers.
func Cell(s string) string {
	cell := Line(s)
	if isNumber(cell) {
		return cell
	}
	var b strings.Builder
	start := true // nothing has come yet that a program would show
	for _, r := range cell {
		if start && strings.ContainsRune(formulaStarts, r) {
			b.WriteByte('\'')
		}
		b.WriteRune(r)
		start = r == ';' || start && (unicode.IsSpace(r) || r == '"' || r == zwj || r == zwnj || unicode.Is(unicode.Variation_Selector, r))
	}
	return b.String()
}

// isNumber knows whole numbers and decimals with a point.
func isNumber(cell string) bool {
	whole, part, decimal := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(cell, "-"), "+"), ".")
	digits := func(s string) bool {
		return s != "" && strings.Trim(s, "0123456789") == ""
	}
	return digits(whole) && (!decimal || digits(part)) && !strings.HasPrefix(cell, "-+")
}
