package intake

import (
	"bytes"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/response"
)

// quickSheet reads sheets in JSON that are laid out plainly: on one line, without escapes, notes or evidence, keys in the order of the sheet before or nearly so. As in
// quickRow, whatever it does not expect is left to the general reader.
type quickSheet struct {
	sheets *jsonLines
	row    *quickRow
	class  [256]class // within a string
	heads  map[string]headKey
	items  quickKeys
	gates  quickKeys

	data     []byte
	at       int
	begin    int // of the line
	bad      bool
	nameAt   int    // offset of the name's opening quote in the line that was read
	answered []bool // by number of the question
}

// headKey is a key of the sheet itself.
type headKey int

const (
	keyFormat headKey = iota
	keyRubric
	keyDigest
	keyRespondent
	keyStage
	keyTarget
	keyDate
	keyAnswers
	keyGates
	keyFree // and those after it: a field
)

// required are the keys that no sheet lacks.
const required = 1<<keyFormat | 1<<keyRubric | 1<<keyRespondent | 1<<keyDate | 1<<keyAnswers

// quickKeys finds questions by their ids, first where the sheet before had them.
type quickKeys struct {
	columns []quickColumn // by number of the question
	ids     []string
	known   map[string]int
	after   []int // by number: of the one that came next, the time before
}

func newQuickSheet(j *jsonLines) *quickSheet {
	q := &quickSheet{sheets: j, row: newQuickRow(&input{delim: '"'}, j.words), answered: make([]bool, j.words.count)}
	q.class = q.row.class
	q.class['\\'] = unusual
	q.heads = map[string]headKey{
		"pmpath": keyFormat, "rubric": keyRubric, "digest": keyDigest, "respondent": keyRespondent, "stage": keyStage, "target": keyTarget, "date": keyDate,
		"answers": keyAnswers, "gates": keyGates,
	}
	for i, field := range j.in.columns {
		q.heads[freePrefix+field.title] = keyFree + headKey(i)
	}
	q.items, q.gates = q.keys(anItem), q.keys(aGate)
	return q
}

func (q *quickSheet) keys(kind columnKind) quickKeys {
	n := q.sheets.words.count
	keys := quickKeys{columns: make([]quickColumn, n), ids: make([]string, n), known: map[string]int{}, after: make([]int, n)}
	for id, c := range q.sheets.words.questions {
		if c.kind == kind {
			keys.columns[c.number], keys.ids[c.number] = q.row.column(c), id
			keys.known[id] = c.number
		}
	}
	return keys
}

// read reads the sheet that starts at an offset and ends its line, into a person who is cleared. It returns the offset of the next line, or -1.
func (q *quickSheet) read(p *Person, data []byte, at int) int {
	q.data, q.at, q.begin, q.bad = data, at, at, false
	clear(q.answered)
	var seen uint64
	if !q.eat('{') {
		return -1
	}
	for {
		key, ok := q.heads[string(q.key())]
		if !ok || key > 63 || seen>>key&1 == 1 || !q.value(p, key) {
			return -1
		}
		seen |= 1 << key
		if q.eat('}') {
			break
		}
		if !q.comma() {
			return -1
		}
	}
	q.eat('\r')
	if !q.eat('\n') || q.bad || seen&required != required || q.at-at > maxLine {
		return -1
	}
	return q.at
}

// eat goes over a byte where it stands next. The last byte of the data is a line feed, which nothing within a sheet goes over.
func (q *quickSheet) eat(b byte) bool {
	if q.at < len(q.data) && q.data[q.at] == b {
		q.at++
		return true
	}
	return false
}

// comma goes over a comma and a space after it.
func (q *quickSheet) comma() bool {
	if !q.eat(',') {
		return false
	}
	q.eat(' ')
	return true
}

// text reads a string without escapes, and says whether it has bytes beyond ASCII.
func (q *quickSheet) text() ([]byte, class) {
	if !q.eat('"') {
		q.bad = true
		return nil, unusual
	}
	start, kind := q.at, ordinary
	for q.class[q.data[q.at]] <= beyond {
		kind |= q.class[q.data[q.at]]
		q.at++
	}
	text := q.data[start:q.at]
	if !q.eat('"') {
		q.bad = true
	}
	return text, kind
}

// string returns the text of a string without escapes that may follow a space; nil where there is none.
func (q *quickSheet) string(rest []byte) []byte {
	rest = bytes.TrimPrefix(rest, []byte(" "))
	if len(rest) < 2 || rest[0] != '"' {
		return nil
	}
	for i, b := range rest[1:] {
		if b == '"' {
			return rest[1 : 1+i]
		}
		if q.class[b] > beyond {
			return nil
		}
	}
	return nil
}

// key reads a key and what is between it and its value.
func (q *quickSheet) key() []byte {
	text, kind := q.text()
	if kind != ordinary || !q.eat(':') {
		q.bad = true
	}
	q.eat(' ')
	return text
}

// word reads what must stand next.
func (q *quickSheet) word(word string) bool {
	if len(q.data)-q.at < len(word) || string(q.data[q.at:q.at+len(word)]) != word {
		return false
	}
	q.at += len(word)
	return true
}

func (q *quickSheet) value(p *Person, key headKey) bool {
	switch key {
	case keyFormat:
		return q.word("1")
	case keyAnswers:
		return q.questions(p, &q.items)
	case keyGates:
		return q.questions(p, &q.gates)
	default: // the others have a text
	}
	start := q.at
	text, kind := q.text()
	if q.bad || len(text) == 0 || text[0] == ' ' {
		return false
	}
	switch key {
	case keyRubric:
		return string(text) == q.sheets.words.ref
	case keyDigest:
		return string(text) == q.sheets.words.rubric.Digest
	case keyRespondent:
		p.Name, q.nameAt = text, start-q.begin
		return isText(text, maxName, kind)
	case keyStage:
		return q.row.readStage(text, &p.Stage)
	case keyTarget:
		return q.row.readStage(text, &p.Target)
	case keyDate:
		return q.row.readDate(text, &p.Date)
	default:
	}
	field := q.sheets.in.columns[key-keyFree]
	p.Fields[field.index] = text
	return isText(text, maxField(field.title), kind)
}

// questions reads a map of answers.
func (q *quickSheet) questions(p *Person, keys *quickKeys) bool {
	if !q.eat('{') {
		return false
	}
	if q.eat('}') {
		return true
	}
	before := 0
	for count := 1; ; count++ {
		id := q.key()
		number := keys.after[before]
		if string(id) != keys.ids[number] {
			var known bool
			if number, known = keys.known[string(id)]; !known {
				return false
			}
			keys.after[before] = number
		}
		if q.bad || q.answered[number] || count > document.MaxKeys || !q.answer(p, &keys.columns[number]) {
			return false
		}
		q.answered[number], before = true, number
		if q.eat('}') {
			return true
		}
		if !q.comma() {
			return false
		}
	}
}

func (q *quickSheet) answer(p *Person, c *quickColumn) bool {
	if c.kind == aGate {
		gate := &p.Gates[c.index]
		switch {
		case q.word("true"):
			gate.State, p.gated = response.GateYes, true
		case q.word("false"):
			gate.State, p.gated = response.GateNo, true
		default:
			return q.word("null")
		}
		return true
	}
	switch b := q.data[q.at]; {
	case c.level[b] != noLevel:
		p.Levels[c.index] = c.level[b]
		q.at++
		return q.data[q.at] == ',' || q.data[q.at] == '}' // and no second digit
	case c.na && q.word(`"na"`):
		p.Levels[c.index] = NotApplicable
		return true
	}
	return q.word("null")
}
