package intake

import (
	"bytes"
	"fmt"
	"slices"
	"unicode/utf8"
)

// wideTable is a table with a row for each person.
type wideTable struct {
	in      *input
	words   *vocabulary
	name    int  // number of the column
	general bool // no quick reader
}

func newWideTable(in *input, words *vocabulary, general bool) *wideTable {
	return &wideTable{in: in, words: words, general: general, name: slices.IndexFunc(in.columns, func(c column) bool { return c.kind == aName })}
}

func (t *wideTable) newDecoder() decoder {
	d := &wideDecoder{wideTable: t, splitter: newSplitter(t.in), used: true}
	if !t.general {
		d.quick = newQuickRow(t.in, t.words)
	}
	return d
}

// begin finds the next line: every line is somebody.
func (t *wideTable) begin(data []byte) int { return nextLine(data) }

func (t *wideTable) cut(data []byte) int { return lastLine(data) }

// lastLine returns the offset after the last line feed, or 0.
func lastLine(data []byte) int { return bytes.LastIndexByte(data, '\n') + 1 }

// nextLine returns the offset after the first line feed, or -1.
func nextLine(data []byte) int {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1
	}
	return -1
}

// wideDecoder reads rows: plain ones quickly, and any that is not plain with the exact general reader, which takes the line apart with package csv and knows all
// problems. The quick reader never decides that something is wrong.
type wideDecoder struct {
	*wideTable
	splitter *splitter
	quick    *quickRow // nil where everything is to be read by the general reader
	used     bool      // the general reader has left something in the person
}

func (d *wideDecoder) people(w *worker, data []byte) {
	for at := 0; at < len(data); w.lines++ {
		if d.used {
			w.person.clear()
			d.used = false
		}
		if d.quick != nil {
			if next := d.quick.read(&w.person, data, at); next > 0 {
				w.claim(w.person.Name, utf8.RuneCount(data[at:at+d.quick.nameAt])+1)
				w.accept()
				at = next
				continue
			}
		}
		end := at + nextLine(data[at:])
		d.row(w, withoutEnd(data[at:end-1]))
		at = end
	}
}

func (d *wideDecoder) names(w *worker, data []byte) {
	for at := 0; at < len(data); w.lines++ {
		if d.quick != nil {
			if start, end := d.quick.name(data, at, d.name); end > 0 {
				next := end + nextLine(data[end:])
				if w.wanted(data[start:end]) && d.readable(w, data, at, next) {
					w.sight(data[start:end], utf8.RuneCount(data[at:start])+1)
				}
				at = next
				continue
			}
		}
		end := at + nextLine(data[at:])
		if cells, fault := d.splitter.split(withoutEnd(data[at : end-1])); fault == nil && len(cells) == len(d.in.columns) && !isBlank(cells) {
			w.claim([]byte(cells[d.name].text), cells[d.name].column)
		}
		at = end
	}
}

// readable reports whether the line between two offsets has cells as it should.
func (d *wideDecoder) readable(w *worker, data []byte, at, next int) bool {
	w.person.clear()
	if d.quick.read(&w.person, data, at) > 0 {
		return true
	}
	cells, fault := d.splitter.split(withoutEnd(data[at : next-1]))
	return fault == nil && len(cells) == len(d.in.columns)
}

// row is the general reader of one line.
func (d *wideDecoder) row(w *worker, line []byte) {
	d.used = true
	cells, fault := d.splitter.split(line)
	if isBlank(cells) && fault == nil {
		return
	}
	if fault == nil && len(cells) != len(d.in.columns) {
		fault = ragged(line, cells, d.in)
	}
	if fault != nil {
		w.complain(fault.column, "", fault.what, fault.do)
		w.leftOut++
		return
	}
	d.take(w, cells, false)
}

// take reads the cells of a row, as many as there are columns. It is told whether something about the row has been complained of.
func (d *wideDecoder) take(w *worker, cells []cell, spoilt bool) {
	w.claim([]byte(cells[d.name].text), cells[d.name].column)
	if w.namesOnly {
		return
	}
	before := len(w.faults) + w.more
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
	if spoilt || len(w.faults)+w.more > before {
		w.leftOut++
		return
	}
	w.accept()
}

// ragged is the fault of a row that has not as many cells as the header.
func ragged(line []byte, cells []cell, in *input) *lineFault {
	return &lineFault{utf8.RuneCount(line) + 1, fmt.Sprintf("this row has %d cells and the header has %d", len(cells), len(in.columns)),
		"give every row as many; a cell with " + separatorNames[in.delim] + " in it needs quotes"}
}

// separatorNames are the separators that are recognised, as messages name them.
var separatorNames = map[byte]string{',': "a comma", ';': "a semicolon", '\t': "a tab"}
