package intake

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// wideTable is a table with a row for each person.
type wideTable struct {
	in    *input
	words *vocabulary
}

func (t *wideTable) newDecoder() decoder {
	return &wideDecoder{wideTable: t, splitter: newSplitter(t.in.delim)}
}

// begin finds the next line: every line is somebody.
func (t *wideTable) begin(data []byte) int { return nextLine(data) }

func (t *wideTable) cut(data []byte) int { return bytes.LastIndexByte(data, '\n') + 1 }

// nextLine returns the offset after the first line feed, or -1.
func nextLine(data []byte) int {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1
	}
	return -1
}

// wideDecoder reads rows. It is the exact general reader, which takes every line apart with package csv.
type wideDecoder struct {
	*wideTable
	splitter *splitter
}

func (d *wideDecoder) people(w *worker, data []byte) {
	for len(data) > 0 {
		end := nextLine(data)
		d.row(w, withoutEnd(data[:end-1]))
		data = data[end:]
		w.lines++
	}
}

// row reads one line.
func (d *wideDecoder) row(w *worker, line []byte) {
	before := len(w.faults) + w.more
	cells, fault := d.splitter.split(line)
	switch {
	case fault != nil:
		w.complain(fault.column, "", fault.what, fault.do)
	case isBlank(cells):
		return
	case len(cells) != len(d.in.columns):
		w.complain(utf8.RuneCount(line)+1, "", fmt.Sprintf("this row has %d cells and the header has %d", len(cells), len(d.in.columns)),
			"give every row as many; a cell with "+separatorNames[d.in.delim]+" in it needs quotes")
	default:
		d.fill(w, cells)
	}
	if len(w.faults)+w.more > before {
		w.leftOut++
		return
	}
	w.accept()
}

func (d *wideDecoder) fill(w *worker, cells []cell) {
	w.person.clear()
	for i, c := range cells {
		col := d.in.columns[i]
		if what, do := d.words.set(&w.person, col, c.text); what != "" {
			w.complain(c.column, col.title, what, do)
		}
	}
	if col, what, do := d.words.together(&w.person); what != "" {
		w.complain(1, col, what, do)
	}
}

// separatorNames are the separators that are recognised, as messages name them.
var separatorNames = map[byte]string{',': "a comma", ';': "a semicolon", '\t': "a tab"}
