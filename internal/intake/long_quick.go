package intake

import (
	"bytes"
	"unicode/utf8"
)

// quickAnswers reads the rows of long tables that are plain. As in quickRow, whatever it does not expect is left to the general reader.
type quickAnswers struct {
	row       *quickRow
	questions []quickQuestion // by number
	next      *quickQuestion  // the one that stood after the last one, the time before: most people answer in one order
	last      *quickQuestion
	prefix    []byte // what is before the question on the first row of the person who is being read; nil where that row is not plain
	starts    []int  // offsets of cells
	foreign   bool   // as in splitter
}

type quickQuestion struct {
	quickColumn
	number int
	start  []byte // the id and the separator after it
	after  *quickQuestion
}

func newQuickAnswers(t *longTable) *quickAnswers {
	q := &quickAnswers{foreign: t.in.foreign, row: newQuickRow(t.in, t.words), questions: make([]quickQuestion, t.words.count)}
	for id, c := range t.words.questions {
		q.questions[c.number] = quickQuestion{quickColumn: q.row.column(c), number: c.number, start: append([]byte(id), t.in.delim)}
	}
	q.last = &q.questions[0]
	q.next = q.last
	return q
}

// read reads the row at an offset. It returns the offset after it, or -1.
func (q *quickAnswers) read(d *longDecoder, w *worker, data []byte, at int) int {
	if d.open && q.prefix != nil && bytes.HasPrefix(data[at:], q.prefix) {
		return q.answer(d, w, data, at+len(q.prefix))
	}
	end := at + bytes.IndexByte(data[at:], '\n')
	line := withoutEnd(data[at:end])
	if !q.plain(line) || len(q.starts) != len(q.row.columns) {
		return -1
	}
	if d.open && string(q.cell(line, d.name)) == string(w.person.Name) {
		return -1 // the row says something else about the same person
	}
	d.finish(w)
	d.start(w, line)
	for i := range d.question {
		text, kind := q.cell(line, i), ordinary
		for _, b := range text {
			kind = max(kind, q.row.class[b])
		}
		if !q.row.set(&w.person, &q.row.columns[i], text, kind) {
			d.open = false // the general reader starts anew with this row
			return -1
		}
	}
	q.prefix = line[:q.starts[d.question]]
	w.claim(w.person.Name, utf8.RuneCount(line[:q.starts[d.name]])+1)
	return q.answer(d, w, data, at+len(q.prefix))
}

// plain finds the cells of a line that has no quotes and no characters to complain of.
func (q *quickAnswers) plain(line []byte) bool {
	q.starts = append(q.starts[:0], 0)
	far := false
	for i, b := range line {
		switch q.row.class[b] {
		case cellEnd:
			q.starts = append(q.starts, i+1)
		case beyond:
			far = true
		case lineEnd, unusual:
			return false
		}
	}
	return len(line) <= maxLine && (!far || faultyLine(line, q.foreign) == nil)
}

func (q *quickAnswers) cell(line []byte, i int) []byte {
	if i+1 == len(q.starts) {
		return line[q.starts[i]:]
	}
	return line[q.starts[i] : q.starts[i+1]-1]
}

// answer reads the question and the answer that start at an offset and end the row.
func (q *quickAnswers) answer(d *longDecoder, w *worker, data []byte, at int) int {
	question := q.next
	if !bytes.HasPrefix(data[at:], question.start) {
		end := bytes.IndexByte(data[at:], q.row.delim)
		if end < 0 {
			return -1
		}
		col, known := d.words.questions[string(data[at:at+end])]
		if !known {
			return -1
		}
		question = &q.questions[col.number]
		q.last.after = question
	}
	if d.answered[question.number] > 0 {
		return -1
	}
	at += len(question.start)
	if question.kind == anItem && question.level[data[at]] != noLevel && data[at+1] == '\n' {
		w.person.Levels[question.index] = question.level[data[at]]
		at += 2
	} else {
		end := at + bytes.IndexByte(data[at:], '\n')
		text := withoutEnd(data[at:end])
		for _, b := range text {
			if q.row.class[b] != ordinary {
				return -1
			}
		}
		if !q.row.set(&w.person, &question.quickColumn, text, ordinary) {
			return -1
		}
		at = end + 1
	}
	d.answered[question.number] = w.lines + 1
	q.last, q.next = question, question.after
	if q.next == nil {
		q.next = question
	}
	return at
}
