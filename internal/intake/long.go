package intake

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/pmpath/pmpath/internal/document"
)

// longTable is a table with a row for each answer. The rows of a person stand together, and say the same about the person.
type longTable struct {
	in       *input
	words    *vocabulary
	general  bool
	name     int // numbers of columns
	question int
	answer   int
}

func newLongTable(in *input, words *vocabulary, general bool) *longTable {
	t := &longTable{in: in, words: words, general: general}
	for i, c := range in.columns {
		switch c.kind {
		case aName:
			t.name = i
		case theQuestion:
			t.question = i
		case theAnswer:
			t.answer = i
		}
	}
	return t
}

func (t *longTable) newDecoder() decoder {
	d := &longDecoder{longTable: t, splitter: newSplitter(t.in), first: newSplitter(t.in), answered: make([]int, t.words.count)}
	if !t.general && t.question == len(t.in.columns)-2 && t.answer == len(t.in.columns)-1 {
		d.quick = newQuickAnswers(t)
	}
	return d
}

// nameOn returns who is named on a line, and false where that cannot be read.
func (t *longTable) nameOn(line []byte) (string, bool) {
	line = withoutEnd(line)
	if bytes.IndexByte(line, '"') < 0 { // as package csv would, but without making a reader for a line
		parts := bytes.Split(line, []byte{t.in.delim})
		if faultyLine(line, t.in.foreign) != nil || len(parts) != len(t.in.columns) || len(bytes.Trim(line, string(t.in.delim))) == 0 {
			return "", false
		}
		return string(parts[t.name]), true
	}
	cells, fault := newSplitter(t.in).split(line)
	if fault != nil || len(cells) != len(t.in.columns) || isBlank(cells) {
		return "", false
	}
	return cells[t.name].text, true
}

// begin finds the first line, but for the one after the first line feed, whose name is readable and another than the one before it. A line that cannot be
// read begins nobody: it belongs to somebody beside it.
func (t *longTable) begin(data []byte) int {
	at := nextLine(data)
	if at < 0 {
		return -1
	}
	before, known := "", false
	for {
		end := nextLine(data[at:])
		if end < 0 {
			return -1
		}
		name, readable := t.nameOn(data[at : at+end-1])
		if readable && known && name != before {
			return at
		}
		before, known = name, readable
		at += end
	}
}

// peopleIn counts those who begin in data.
func (t *longTable) peopleIn(data []byte) int {
	people := 0
	for next := t.begin(data); next > 0; next = t.begin(data) {
		data = data[next:]
		people++
	}
	return people
}

func (t *longTable) cut(data []byte) int {
	end := bytes.LastIndexByte(data, '\n')
	after, known := "", false
	last := end + 1
	for end > 0 {
		start := bytes.LastIndexByte(data[:end], '\n') + 1
		name, readable := t.nameOn(data[start:end])
		if readable && known && name != after {
			return last
		}
		after, known = name, readable
		last, end = start, start-1
	}
	return 0
}

// longDecoder reads rows and gathers those of a person.
type longDecoder struct {
	*longTable
	splitter *splitter
	first    *splitter // of the person's first row, where others are compared with it
	quick    *quickAnswers

	open     bool   // somebody is being read
	line     int    // on which the person begins
	row      []byte // that line; nil in a workbook
	head     []cell // in a workbook: the cells of that row
	spoilt   bool   // the person is not to be accepted
	called   []byte // the name that was claimed last, where names alone are read
	answered []int  // by number of the question: the line after that of its answer, 0 for none
}

func (d *longDecoder) people(w *worker, data []byte) {
	spoilt := false // a row that could not be read may belong to the person after it, too
	for at := 0; at < len(data); w.lines++ {
		if d.quick != nil && !spoilt {
			if next := d.quick.read(d, w, data, at); next > 0 {
				at = next
				continue
			}
		}
		end := at + nextLine(data[at:])
		spoilt = d.read(w, withoutEnd(data[at:end-1]), spoilt)
		at = end
	}
	d.finish(w)
}

func (d *longDecoder) names(w *worker, data []byte) {
	d.called = d.called[:0]
	for at := 0; at < len(data); w.lines++ {
		end := at + nextLine(data[at:])
		line := withoutEnd(data[at : end-1])
		if d.quick != nil {
			if from, to := d.quick.row.name(data, at, d.name); to > 0 && string(data[from:to]) == string(d.called) {
				at = end
				continue
			}
		}
		at = end
		if d.quick != nil && d.quick.plain(line) && len(d.quick.starts) == len(d.in.columns) && len(d.quick.cell(line, d.name)) > 0 {
			d.called = append(d.called[:0], d.quick.cell(line, d.name)...)
			w.claim(d.called, utf8.RuneCount(line[:d.quick.starts[d.name]])+1)
			continue
		}
		cells, fault := d.splitter.split(line)
		if fault == nil && len(cells) == len(d.in.columns) && !isBlank(cells) {
			d.call(w, cells)
		}
	}
}

// call claims the name on a row where it is not that of the row before.
func (d *longDecoder) call(w *worker, cells []cell) {
	if name := cells[d.name]; name.text != string(d.called) {
		d.called = append(d.called[:0], name.text...)
		w.claim(d.called, name.column)
	}
}

// read is the general reader of one line. It is told, and returns, whether the line before could not be read.
func (d *longDecoder) read(w *worker, line []byte, spoilt bool) bool {
	cells, fault := d.splitter.split(line)
	if fault == nil && !isBlank(cells) && len(cells) != len(d.in.columns) {
		fault = ragged(line, cells, d.in)
	}
	switch {
	case fault != nil:
		w.complain(fault.column, "", fault.what, fault.do)
		d.spoilt = true
		return true
	case isBlank(cells):
		return spoilt
	}
	d.take(w, cells, spoilt, line)
	return false
}

// take reads the cells of a row, as many as there are columns. It is told whether the row before could not be read, and the line where there is one.
func (d *longDecoder) take(w *worker, cells []cell, spoilt bool, line []byte) {
	if d.open && cells[d.name].text == string(w.person.Name) {
		d.compare(w, cells)
	} else {
		d.finish(w)
		d.start(w, line)
		d.spoilt = spoilt
		w.claim([]byte(cells[d.name].text), cells[d.name].column)
		for i, c := range cells {
			if i != d.question && i != d.answer {
				d.set(w, d.in.columns[i], c)
			}
		}
		if line == nil {
			d.head = append(d.head[:0], cells...)
		}
	}
	d.answerTo(w, cells[d.question], cells[d.answer])
}

func (d *longDecoder) set(w *worker, col column, c cell) {
	if what, do := d.words.set(&w.person, col, c.text); what != "" {
		w.complain(c.column, col.title, what, do)
		d.spoilt = true
	}
}

// start begins a person with a row.
func (d *longDecoder) start(w *worker, line []byte) {
	d.open, d.line, d.row, d.spoilt = true, w.lines, line, false
	w.person.clear()
	clear(d.answered)
	if d.quick != nil {
		d.quick.prefix = nil // of the person before
	}
}

// finish ends the person who is being read.
func (d *longDecoder) finish(w *worker) {
	if !d.open {
		return
	}
	d.open = false
	if col, what, do := d.words.together(&w.person); what != "" {
		w.complainOn(d.line, 1, col, what, do)
		d.spoilt = true
	}
	if d.spoilt {
		w.leftOut++
	} else {
		w.accept()
	}
	d.spoilt = false
}

// compare finds where a row says something else about the person than the first one.
func (d *longDecoder) compare(w *worker, cells []cell) {
	first := d.head
	if d.row != nil {
		first, _ = d.first.split(d.row) // was read before
	}
	for i, c := range cells {
		if i != d.question && i != d.answer && c.text != first[i].text {
			w.complain(c.column, d.in.columns[i].title, fmt.Sprintf("%q differs from %q in the first row of this person", c.text, first[i].text), "say the same in all rows of a person")
			d.spoilt = true
		}
	}
}

func (d *longDecoder) answerTo(w *worker, question, answer cell) {
	key := strings.ToLower(strings.TrimSpace(question.text))
	col, known := d.words.questions[key]
	switch {
	case !known:
		w.complain(question.column, "question", fmt.Sprintf("this rubric has no question %q", question.text), document.Nearest(key, d.words.ids, "`pmpath rubric show` lists them"))
	case d.answered[col.number] > 0:
		w.complain(question.column, "question", fmt.Sprintf("%s is answered twice for this person", col.title), "keep one of the rows")
		w.alsoOn(d.answered[col.number] - 1)
	default:
		d.answered[col.number] = w.lines + 1
		d.set(w, col, answer)
		return
	}
	d.spoilt = true
}
