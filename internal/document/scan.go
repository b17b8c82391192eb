package document

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

const byteOrderMark = "\uFEFF"

// scan refuses what no parser may see, each with its place: UTF-16, invalid UTF-8, control characters, and the line separators that
// YAML counts as lines and editors do not. It returns the text without a byte-order mark.
func scan(shown string, data []byte) ([]byte, error) {
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		return nil, Problems{{Position{shown, 1, 1}, "", "the file is UTF-16", "save it as UTF-8"}}
	}
	data = bytes.TrimPrefix(data, []byte(byteOrderMark))
	var problems Problems
	line, column := 1, 1
	for i := 0; i < len(data); {
		if b := data[i]; b >= ' ' && b < utf8.RuneSelf && b != 0x7F { // nearly all that there is
			i, column = i+1, column+1
			continue
		}
		r, size := utf8.DecodeRune(data[i:])
		at := Position{shown, line, column}
		switch {
		case r == utf8.RuneError && size <= 1:
			problems.Add(at, "", fmt.Sprintf("byte 0x%02X is not UTF-8", data[i]), "save the file as UTF-8")
		case r == '\r' && !bytes.HasPrefix(data[i+1:], []byte("\n")):
			problems.Add(at, "", "a carriage return stands alone", "save the file with ordinary line ends")
		case Forbidden(r):
			problems.Add(at, "", fmt.Sprintf("the control character U+%04X is not allowed", r), "remove it")
		}
		i += size
		column++
		if r == '\n' {
			line, column = line+1, 1
		}
		if len(problems) >= maxScanProblems {
			break // a file of another kind: more of the same helps nobody
		}
	}
	return data, problems.Err()
}

const maxScanProblems = 50

// Forbidden reports characters that may stand in no file and no value. Tab, line feed and carriage return are judged where they stand.
func Forbidden(r rune) bool {
	switch {
	case r == '\t', r == '\n', r == '\r':
		return false
	case r < 0x20, r >= 0x7F && r <= 0x9F: // C0, DEL and C1, U+0085 among them
		return true
	}
	return r == 0x2028 || r == 0x2029 || r == 0xFEFF || r == 0xFFFE || r == 0xFFFF
}
