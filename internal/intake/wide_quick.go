package intake

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"unicode/utf8"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/memo"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// quickRow reads the rows that are plain: no quotes, levels of one digit, words as they are usually written. It looks at every byte and gives up at the first
// that it does not expect; the general reader then says what there is. What it reads, the general reader would read the same, which random tables test.
//
// It decodes in place and allocates nothing for a person: texts are slices of the block, dates are remembered.
type quickRow struct {
	columns []quickColumn
	delim   byte
	class   [256]class
	words   *vocabulary
	levels  map[*rubric.Scale]*[256]int8
	stages  memo.Of[*rubric.Stage]
	dates   memo.Of[response.Date]
	gates   [256]gateWord
	nameAt  int // offset of the name in the row that was read
}

// quickColumn is a column as the quick reader needs it.
type quickColumn struct {
	kind  columnKind
	na    bool // "not applicable" may be answered
	index int
	most  int        // bytes of a text that are certainly within its limit
	level *[256]int8 // of an item: the level that a byte stands for, or noLevel
	run   int        // how many columns from this one on are items of one scale in the rubric's order, or gates
	four  four       // of an item after which three more of the run come
}

const noLevel int8 = NotApplicable + 1

// class is what a byte means within a text.
type class uint8

const (
	ordinary class = iota
	beyond         // ASCII: to be looked at
	cellEnd
	lineEnd
	unusual // a quote, a control character
)

func newQuickRow(in *input, words *vocabulary) *quickRow {
	q := &quickRow{delim: in.delim, gates: gateWords(in.delim), words: words, levels: map[*rubric.Scale]*[256]int8{}}
	for b := range q.class {
		switch {
		case b == int(q.delim):
			q.class[b] = cellEnd
		case b == '\n':
			q.class[b] = lineEnd
		case b < ' ' || b == '"' || b == 0x7F:
			q.class[b] = unusual
		case b >= utf8.RuneSelf:
			q.class[b] = beyond
		}
	}
	for _, c := range in.columns {
		q.columns = append(q.columns, q.column(c))
	}
	q.findRuns()
	return q
}

// findRuns prepares for the usual order of columns, which is the rubric's.
func (q *quickRow) findRuns() {
	for i := len(q.columns) - 1; i >= 0; i-- {
		c := &q.columns[i]
		c.run = 1
		if i+1 < len(q.columns) && c.goesOn(&q.columns[i+1]) {
			c.run += q.columns[i+1].run
		}
		if c.kind == anItem && c.run >= 4 {
			c.four = newFour(q.delim, q.words.rubric.Items[c.index].Competency.Scale)
		}
	}
}

// goesOn reports whether a run goes on in the next column.
func (c *quickColumn) goesOn(next *quickColumn) bool {
	switch {
	case c.kind != next.kind:
		return false
	case c.kind == anItem:
		return next.index == c.index+1 && next.level == c.level
	default:
		return c.kind == aGate
	}
}

// column prepares what is read often.
func (q *quickRow) column(c column) quickColumn {
	quick := quickColumn{kind: c.kind, index: c.index, most: maxName}
	switch c.kind {
	case aField:
		quick.most = maxField(c.title)
	case anItem:
		item := q.words.rubric.Items[c.index]
		quick.na = item.NotApplicable
		quick.level = q.levels[item.Competency.Scale]
		if quick.level == nil {
			quick.level = levelTable(item.Competency.Scale)
			q.levels[item.Competency.Scale] = quick.level
		}
	default:
	}
	return quick
}

// levelTable says which byte stands for which level of a scale.
func levelTable(scale *rubric.Scale) *[256]int8 {
	table := new([256]int8)
	for b := range table {
		table[b] = noLevel
		if level := b - '0'; level >= max(scale.Lo(), 0) && level <= min(scale.Hi(), 9) {
			table[b] = int8(level)
		}
	}
	return table
}

// read reads the row that starts at an offset into a person that the general reader has not touched since it was cleared. It returns the offset after
// the row, or -1 where the row is not plain. The last byte of data is a line feed.
func (q *quickRow) read(p *Person, data []byte, at int) int {
	start, last := at, len(q.columns)-1
	for i := 0; i < last; {
		c := &q.columns[i]
		switch c.kind {
		case anItem:
			end := min(i+c.run, last)
			at = q.items(p, data, at, q.columns[i:end])
			i = end
		case aGate:
			end := min(i+c.run, last)
			at = q.gatesAt(p, data, at, q.columns[i:end])
			i = end
		default:
			end, kind := q.textEnd(data, at)
			if c.kind == aName {
				q.nameAt = at - start
			}
			if data[end] != q.delim || !q.set(p, c, data[at:end], kind) {
				return -1
			}
			at = end + 1
			i++
		}
		if at < 0 {
			return -1
		}
	}
	if q.columns[last].kind == aName {
		q.nameAt = at - start
	}
	next := at + bytes.IndexByte(data[at:], '\n') + 1
	text := withoutEnd(data[at : next-1])
	end, kind := q.textEnd(data, at)
	if end < at+len(text) || !q.set(p, &q.columns[last], text, kind) || next-start > maxLine {
		return -1
	}
	return next
}

// textEnd returns where the text at an offset ends, which is before the first byte that is not part of a plain text, and whether it has bytes beyond ASCII.
func (q *quickRow) textEnd(data []byte, at int) (int, class) {
	kind := ordinary
	for q.class[data[at]] <= beyond {
		kind |= q.class[data[at]]
		at++
	}
	return at, kind
}

// items reads the cells of a run of items, none of which is the last of its row. It returns the offset after them, or -1.
func (q *quickRow) items(p *Person, data []byte, at int, columns []quickColumn) int {
	levels, four := p.Levels[columns[0].index:][:len(columns)], columns[0].four
	for i := 0; i < len(columns); {
		if i+4 <= len(levels) && at+8 <= len(data) {
			read, many := four.read(binary.LittleEndian.Uint64(data[at:]))
			to := levels[i : i+4] // what is too much is written over
			to[0], to[1], to[2], to[3] = int8(read), int8(read>>16), int8(read>>32), int8(read>>48)
			at += 2 * many
			i += many
			if many == 4 {
				continue
			}
		}
		c := &columns[i]
		b := data[at]
		switch {
		case b == q.delim:
			levels[i] = Unanswered
			at++
		case c.level[b] != noLevel && data[at+1] == q.delim: // the line feed at the end is no level, so there is a next byte
			levels[i] = c.level[b]
			at += 2
		case c.na && len(data)-at > 3 && data[at+3] == q.delim && isNA(data[at:at+3]):
			levels[i] = NotApplicable
			at += 4
		default:
			return -1
		}
		i++
	}
	return at
}

// four reads four levels of a digit, each with a separator after it, from eight bytes at once.
type four struct {
	separators uint64 // every second byte
	over       uint64 // what carries a digit that is too large into its eighth bit
}

const (
	evenBytes  = 0x00FF00FF00FF00FF
	eighthBits = 0x0080008000800080
)

func newFour(delim byte, scale *rubric.Scale) four {
	if scale.Lo() != 0 || scale.Hi() > 9 {
		return four{over: eighthBits} // whatever is there is too large
	}
	return four{uint64(delim) * 0x0100010001000100, uint64(0x7F-scale.Hi()) * 0x0001000100010001}
}

// read returns the levels, sixteen bits each, and how many of them are some before the first that is none.
func (f four) read(text uint64) (levels uint64, many int) {
	levels = text&evenBytes ^ '0'*0x0001000100010001
	wrong := text&^evenBytes ^ f.separators | (levels+f.over|levels)&eighthBits
	return levels, bits.TrailingZeros64(wrong) / 16
}

// gateWord is what the cell of a gate says, by its first byte, with the separator after it.
type gateWord struct {
	text, mask uint32 // of the first four bytes; no text is like mask 0
	state      response.GateState
}

func gateWords(delim byte) (words [256]gateWord) {
	end := uint32(delim)
	for i := range words {
		words[i].text = 1
	}
	words[delim] = gateWord{end, 0xFF, response.GateOpen}
	words['n'] = gateWord{'n' | 'o'<<8 | end<<16, 0xFFFFFF, response.GateNo}
	words['y'] = gateWord{'y' | 'e'<<8 | 's'<<16 | end<<24, 0xFFFFFFFF, response.GateYes}
	return words
}

// gatesAt reads the cells of gates, none of which is the last of its row. It returns the offset after them, or -1. Nobody can guess what a gate says, so there is no
// branch for it: a wrong guess of the processor costs more than all of this. Where the next cell begins, for which everything waits, is found from two bits of the first
// byte, by which y, n and separators differ.
func (q *quickRow) gatesAt(p *Person, data []byte, at int, columns []quickColumn) int {
	p.gated = true
	for i := range columns {
		if len(data)-at < 4 {
			return -1
		}
		text := uint32(data[at]) | uint32(data[at+1])<<8 | uint32(data[at+2])<<16 | uint32(data[at+3])<<24
		word := &q.gates[text&0xFF]
		if text&word.mask != word.text {
			return -1
		}
		p.Gates[columns[i].index].State = word.state
		isWord := text >> 6 & 1
		at += len(",") + int(isWord*uint32(len("no"))+isWord&(text>>4)*uint32(len("yes")-len("no")))
	}
	return at
}

// name finds the name on the line that starts at an offset: in the column of a number. It returns end 0 where what is before is not plain.
func (q *quickRow) name(data []byte, at, column int) (start, end int) {
	for end = at; ; end++ {
		start = end
		for q.class[data[end]] <= beyond {
			end++
		}
		switch {
		case column == 0 && end > start && (data[end] == q.delim || data[end] == '\n'):
			return start, end
		case column == 0 || data[end] != q.delim:
			return 0, 0
		}
		column--
	}
}

func isNA(text []byte) bool { return text[0]|0x20 == 'n' && text[1] == '/' && text[2]|0x20 == 'a' }

// set gives the text of a cell to a person, or returns false where it is not plain.
func (q *quickRow) set(p *Person, c *quickColumn, text []byte, bytes class) bool {
	if len(text) > 0 && text[0] == ' ' {
		return false
	}
	switch c.kind {
	case aName:
		p.Name = text
		return len(text) > 0 && isText(text, c.most, bytes)
	case aField:
		p.Fields[c.index] = text
		return isText(text, c.most, bytes)
	case aStage:
		return q.readStage(text, &p.Stage)
	case aTarget:
		return q.readStage(text, &p.Target)
	case aDate:
		return q.readDate(text, &p.Date)
	case anItem:
		return q.level(p, c, text)
	case aGate:
		return q.gate(&p.Gates[c.index], text, p)
	default: // evidence, which is rare
	}
	return len(text) == 0
}

// isText reports whether a text is certainly no longer than its limit and has nothing that is not allowed.
func isText(text []byte, most int, bytes class) bool {
	if len(text) > most {
		return false
	}
	if bytes == ordinary {
		return true
	}
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if r == utf8.RuneError || document.Forbidden(r) {
			return false
		}
		text = text[size:]
	}
	return true
}

func (q *quickRow) level(p *Person, c *quickColumn, text []byte) bool {
	switch {
	case len(text) == 0:
		p.Levels[c.index] = Unanswered
	case len(text) == 1 && c.level[text[0]] != noLevel:
		p.Levels[c.index] = c.level[text[0]]
	case c.na && len(text) == 3 && isNA(text):
		p.Levels[c.index] = NotApplicable
	default:
		return false
	}
	return true
}

func (q *quickRow) gate(g *response.GateAnswer, text []byte, p *Person) bool {
	switch string(text) {
	case "":
		g.State = response.GateOpen
	case "yes":
		g.State, p.gated = response.GateYes, true
	case "no":
		g.State, p.gated = response.GateNo, true
	default:
		return false
	}
	return true
}

func (q *quickRow) readStage(text []byte, stage **rubric.Stage) bool {
	found, known := q.stages.Get(text)
	if !known {
		if found = q.words.stages[string(text)]; found == nil && len(text) > 0 {
			return false
		}
		q.stages.Put(text, found)
	}
	*stage = found
	return true
}

func (q *quickRow) readDate(text []byte, d *response.Date) bool {
	found, known := q.dates.Get(text)
	if !known {
		if found, known = response.ParseDate(string(text)); !known && len(text) > 0 {
			return false
		}
		q.dates.Put(text, found)
	}
	*d = found
	return true
}
