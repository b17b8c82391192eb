package prompt

import (
	"regexp"
	"strconv"
	"unicode"
	"unicode/utf8"
)

// keyKind says what a key asks for.
type keyKind int

const (
	keyText    keyKind = iota + 1 // bytes for survey: a rune, or a sequence it knows
	keyPause                      // Ctrl-C, Ctrl-D
	keySuspend                    // Ctrl-Z
	keyQuit                       // Ctrl-\
	keyNothing                    // dropped
)

// key is one key pressed, or one character pasted.
type key struct {
	kind  keyKind
	bytes string
}

// Control characters with a meaning of their own. The terminal would act on
// them, but survey switches that off.
const (
	ctrlC         = 0x03
	ctrlD         = 0x04
	ctrlE         = 0x05
	ctrlU         = 0x15
	ctrlZ         = 0x1a
	esc           = 0x1b
	ctrlBackslash = 0x1c
)

// Longest control sequence and longest string sequence waited for. What is
// longer comes from no keyboard.
const (
	maxSequence = 64
	maxString   = 4096
)

// scanner cuts the bytes of a keyboard into keys. It holds what has been read
// and not used, and does no input of its own, so every rule can be tested with
// plain bytes. However the bytes are cut on their way, the keys are the same,
// as long as nothing expires.
type scanner struct {
	buf     []byte
	pasting bool // between the marks of a bracketed paste
	cr      bool // the last thing pasted was CR, so that CR LF is one break
}

// feed adds bytes as they were read.
func (s *scanner) feed(b []byte) { s.buf = append(s.buf, b...) }

// expire gives up on a sequence that nobody finished: the ESC key alone, a cut
// rune. next leaves nothing else in the buffer.
func (s *scanner) expire() { s.buf = nil }

// next takes the next key. text tells whether a line of text is asked for; in a
// list a paste is dropped, since nobody pastes an answer on purpose. False means
// that more bytes are needed.
func (s *scanner) next(text bool) (key, bool) {
	for len(s.buf) > 0 {
		k, n := s.parse(text)
		if n == 0 {
			return key{}, false
		}
		s.buf = s.buf[n:]
		if k.kind != keyNothing {
			return k, true
		}
	}
	return key{}, false
}

// parse looks at the head of the buffer and tells how many bytes it takes; 0 is
// too few to tell.
func (s *scanner) parse(text bool) (key, int) {
	switch b := s.buf[0]; {
	case b == esc:
		return s.escape()
	case s.pasting:
		return s.pasted(text)
	case b < 0x20 || b == 0x7f:
		return control(b), 1
	}
	return character(s.buf)
}

// escape takes a whole sequence and hands on the few that survey knows. survey
// ends a questionnaire with an error at the others, or types half of them.
func (s *scanner) escape() (key, int) {
	n := sequenceLen(s.buf)
	if n == 0 {
		return key{}, 0
	}
	switch seq := string(s.buf[1:n]); {
	case seq == "[200~":
		s.pasting, s.cr = true, false
	case seq == "[201~":
		s.pasting = false
	case s.pasting:
	default:
		if known := knownSequence(seq); known != "" {
			return key{keyText, known}, n
		}
	}
	return key{kind: keyNothing}, n
}

// pasted takes one character of a paste. Breaks become spaces, so that a paste
// never presses Enter. Ctrl-C still pauses: terminals take it out of what they
// paste, so it was pressed, perhaps because the closing mark never came.
func (s *scanner) pasted(text bool) (key, int) {
	b, cr := s.buf[0], s.cr
	s.cr = b == '\r'
	switch {
	case b == ctrlC:
		return key{kind: keyPause}, 1
	case !text, b == '\n' && cr:
		return key{kind: keyNothing}, 1
	case b == '\r' || b == '\n' || b == '\t':
		return key{keyText, " "}, 1
	case b < 0x20 || b == 0x7f:
		return key{kind: keyNothing}, 1
	}
	return character(s.buf)
}

// control maps a control character to what survey understands.
func control(b byte) key {
	switch b {
	case ctrlC, ctrlD:
		return key{kind: keyPause}
	case ctrlZ:
		return key{kind: keySuspend}
	case ctrlBackslash:
		return key{kind: keyQuit}
	case ctrlE:
		return key{keyText, "\x1b[F"} // end of line, as in a shell; Ctrl-A is home already
	case ctrlU:
		return key{keyText, "\x18"} // survey clears a filter at Ctrl-X
	case 0x01, 0x02, 0x06, 0x08, '\t', '\n', 0x0e, 0x10, '\r', 0x17, 0x18, 0x7f:
		return key{keyText, string(rune(b))} // home, ←, →, erase, Tab, Enter, ↓, ↑, erase word and line
	}
	return key{kind: keyNothing}
}

// character takes one rune. Bytes that are no text, and control characters in
// two bytes, are dropped.
func character(buf []byte) (key, int) {
	if !utf8.FullRune(buf) {
		return key{}, 0
	}
	r, n := utf8.DecodeRune(buf)
	if r == utf8.RuneError && n == 1 || unicode.IsControl(r) {
		return key{kind: keyNothing}, n
	}
	return key{keyText, string(buf[:n])}, n
}

// knownSequence translates the spellings of arrows, Home, End and Delete to the
// one survey reads; "" is a sequence to drop.
func knownSequence(seq string) string {
	switch seq {
	case "[A", "[B", "[C", "[D", "[H", "[F", "[3~":
		return "\x1b" + seq
	case "OA", "OB", "OC", "OD", "OH", "OF":
		return "\x1b[" + seq[1:]
	case "[1~", "[7~":
		return "\x1b[H"
	case "[4~", "[8~":
		return "\x1b[F"
	}
	return ""
}

// sequenceLen tells how many bytes the sequence at the head of buf takes, which
// begins with ESC; 0 is too few to tell. A sequence broken off by a byte that
// cannot belong to it ends before that byte.
func sequenceLen(buf []byte) int {
	if len(buf) < 2 {
		return 0
	}
	switch b := buf[1]; {
	case b == esc || b == ctrlC || b == ctrlD || b == ctrlZ || b == ctrlBackslash:
		return 1 // the ESC key, then something that counts
	case b == '[':
		return controlSequenceLen(buf)
	case b == 'O':
		return finalByte(buf, 2)
	case b == ']' || b == 'P' || b == 'X' || b == '^' || b == '_':
		return stringLen(buf)
	}
	// Alt and a key.
	if !utf8.FullRune(buf[1:]) {
		return 0
	}
	_, n := utf8.DecodeRune(buf[1:])
	return 1 + n
}

// controlSequenceLen measures what begins with ESC [, with two forms that break
// the general rule: function keys of the Linux console (ESC [ [ A) and old
// mouse reports (ESC [ M and three bytes of any value).
func controlSequenceLen(buf []byte) int {
	switch {
	case len(buf) == 2:
		return 0
	case buf[2] == '[' && len(buf) == 3:
		return 0
	case buf[2] == '[' && buf[3] >= 'A' && buf[3] <= 'E':
		return 4
	case buf[2] == '[':
		return 3
	case buf[2] == 'M' && len(buf) < 6:
		return 0
	case buf[2] == 'M':
		return 6
	}
	return finalByte(buf, 2)
}

// finalByte looks for the end of parameters that start at i.
func finalByte(buf []byte, i int) int {
	for ; i < len(buf); i++ {
		switch b := buf[i]; {
		case b >= 0x40 && b <= 0x7e:
			return i + 1
		case b < 0x20 || b > 0x3f || i >= maxSequence:
			return i
		}
	}
	return 0
}

// stringLen measures a string that a terminal sent, up to BEL or ESC \. The same
// two bytes are also Alt and a key, and then a control character such as Enter
// follows sooner or later, which no such string holds.
func stringLen(buf []byte) int {
	for i := 2; i < len(buf); i++ {
		switch b := buf[i]; {
		case b == 0x07:
			return i + 1
		case b == esc && i+1 == len(buf):
			return 0
		case b == esc && buf[i+1] == '\\':
			return i + 2
		case b == esc:
			return i
		case b < 0x20 || i >= maxString:
			return 2
		}
	}
	return 0
}

var reportPattern = regexp.MustCompile(`\x1b\[(\d{1,5});(\d{1,5})R`)

// report cuts the reply to a cursor query out of the buffer, wherever keys
// typed meanwhile put it.
func (s *scanner) report() (row, col int, ok bool) {
	at := reportPattern.FindSubmatchIndex(s.buf)
	if at == nil {
		return 0, 0, false
	}
	row, _ = strconv.Atoi(string(s.buf[at[2]:at[3]]))
	col, _ = strconv.Atoi(string(s.buf[at[4]:at[5]]))
	rest := append([]byte(nil), s.buf[:at[0]]...)
	s.buf = append(rest, s.buf[at[1]:]...)
	return row, col, true
}
