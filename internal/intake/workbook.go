package intake

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/xuri/excelize/v2"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/response"
)

// openBook checks a workbook and reads the header of its first visible sheet.
func (s *Source) openBook(in *input) error {
	data, err := io.ReadAll(io.LimitReader(in.text(), maxPacked+1))
	if err != nil {
		return fmt.Errorf("read %s: %w", in.Shown, err)
	}
	in.Stream, in.first = nil, nil // it is in memory, and can be read again
	book, fault := readBook(data)
	if fault != nil {
		s.problems.Add(document.Position{File: in.Shown}, "", fault.what, fault.do)
		return nil
	}
	in.book = book
	for _, hidden := range book.hidden {
		s.notice("%s: the hidden sheet %q is not read", in.Shown, hidden)
	}
	if len(book.others) > 0 {
		s.notice("%s: only the first sheet, %q, is read", in.Shown, book.sheet)
	}
	rows, err := s.openRows(in)
	if err != nil {
		return err
	}
	defer rows.close()
	cells, faults, ok := rows.next(0)
	if !ok {
		s.problems.Add(document.Position{File: in.Shown + ":" + book.sheet}, "", "the sheet is empty", "write a header and a row for each person (`pmpath cohort template`)")
		return nil
	}
	in.line = rows.xml.row.number
	for _, f := range faults {
		s.problems.Add(in.at(in.line, f.column), "", f.what, f.do)
	}
	for len(cells) > 0 && cells[len(cells)-1].text == "" {
		cells = cells[:len(cells)-1] // columns that have a format and nothing else
	}
	s.header(in, cells)
	in.line++
	return s.checkBook(in)
}

// checkBook goes through the sheet once for what is wrong with it as a whole.
func (s *Source) checkBook(in *input) error {
	scan, err := in.book.scan()
	if err != nil {
		return fmt.Errorf("read %s: %w", in.Shown, err)
	}
	defer scan.closer.Close()
	for scan.next() {
		in.rows++
	}
	if scan.fault == nil {
		return nil
	}
	at := document.Position{File: in.Shown + ":" + in.book.sheet}
	if scan.place != "" {
		at.File += "!" + scan.place
	}
	s.problems.Add(at, "", scan.fault.what, scan.fault.do)
	return nil
}

// cellName is "C4" for line 4 and column 3.
func cellName(line, column int) string {
	name, err := excelize.CoordinatesToCellName(max(column, 1), max(line, 1))
	if err != nil {
		return strconv.Itoa(line)
	}
	return name
}

// bookRows reads the rows of a sheet: values with package excelize, and beside it their XML, so that nothing is read otherwise than it is written.
type bookRows struct {
	book  *workbook
	xml   *bookScanner
	file  *excelize.File
	rows  *excelize.Rows
	at    int // the row that excelize has read
	cells []cell
}

func (s *Source) openRows(in *input) (rows *bookRows, err error) {
	defer func() {
		if fault := recover(); fault != nil { // a workbook that package excelize stumbles over is a bad one
			err = document.Problems{{Position: document.Position{File: in.Shown}, What: "this is no whole workbook", Do: "save it anew as XLSX"}}
		}
	}()
	scan, err := in.book.scan()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", in.Shown, err)
	}
	file, err := excelize.OpenReader(bytes.NewReader(in.book.data), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked})
	if err != nil {
		return nil, document.Problems{{Position: document.Position{File: in.Shown}, What: "this is no whole workbook", Do: "save it anew as XLSX"}}
	}
	list, err := file.Rows(in.book.sheet)
	if err != nil {
		return nil, document.Problems{{Position: document.Position{File: in.Shown}, What: "this is no whole workbook", Do: "save it anew as XLSX"}}
	}
	return &bookRows{book: in.book, xml: scan, file: file, rows: list}, nil
}

func (r *bookRows) close() {
	_ = r.xml.closer.Close() // all of it is in memory
	_ = r.rows.Close()
	_ = r.file.Close()
}

// next reads the next row that is there, with at least so many cells, and what is wrong with single cells.
func (r *bookRows) next(least int) (cells []cell, faults []lineFault, ok bool) {
	if !r.xml.next() {
		return nil, nil, false
	}
	row := &r.xml.row
	var values []string
	for r.at < row.number && r.rows.Next() {
		r.at++
		var err error
		if values, err = r.rows.Columns(); err != nil {
			values = nil
		}
	}
	cells = r.cells[:0]
	for i := range max(least, len(values)) {
		cells = append(cells, cell{column: i + 1})
	}
	counted, read := 0, 0
	for i, text := range values {
		cells[i].text = text
		if text != "" {
			read++
		}
	}
	for _, c := range row.cells {
		what, do := r.fault(c)
		if what != "" {
			faults = append(faults, lineFault{c.column, what, do})
			if c.column <= len(cells) {
				cells[c.column-1].text = "" // is not to be complained of again
			}
			continue
		}
		if c.value == "" && !c.inline || c.kind == "s" || c.kind == "str" || c.inline {
			if c.column <= len(values) && values[c.column-1] != "" {
				counted++
			}
			continue
		}
		counted++
		if c.kind == "b" && c.column <= len(cells) {
			cells[c.column-1].text = map[string]string{"1": "true", "0": "false"}[c.value]
		}
	}
	if len(faults) == 0 && counted != read {
		faults = append(faults, lineFault{1, "this row is not read as it is written", "save the workbook anew with a spreadsheet program"})
	}
	r.cells = cells
	return cells, faults, true
}

// fault says what is wrong with a cell by itself.
func (r *bookRows) fault(c bookCell) (what, do string) {
	switch {
	case c.kind == "e":
		return fmt.Sprintf("the formula here gives %s", c.value), "mend it, or write the value"
	case c.formula && c.value == "" && !c.inline:
		return "the formula here has no value", "open and save the workbook with a spreadsheet program, or write the value"
	case c.kind == "s":
		if n, err := strconv.Atoi(c.value); err != nil || n < 0 || n >= r.book.shared {
			return "the text of this cell is missing", "save the workbook anew with a spreadsheet program"
		}
	case (c.kind == "" || c.kind == "n") && (strings.ContainsAny(c.value, "Ee") || len(strings.TrimLeft(c.value, "-")) > 15 && !strings.Contains(c.value, ".")):
		return fmt.Sprintf("the number %s may have lost digits", c.value), "give the cell the format \"Text\" and write it again"
	}
	return "", ""
}

// bookPart reads a sheet, some rows a part. Rows are read one after the other; the workers take turns.
type bookPart struct {
	source *Source
	in     *input
	mu     sync.Mutex
	rows   *bookRows
	number int
	line   int // of the sheet, at which the next part begins
	wide   *wideDecoder
	long   *longDecoder
}

// rowsAPart is how many rows of a wide table are a part. A long one is a single part, as its people have many rows.
const rowsAPart = 500

func (s *Source) readBook(in *input) (reading, error) {
	rows, err := s.openRows(in)
	if err != nil {
		return nil, err
	}
	p := &bookPart{source: s, in: in, rows: rows, line: in.line}
	if in.long {
		p.long = newLongTable(in, s.words, true).newDecoder().(*longDecoder)
	} else {
		p.wide = newWideTable(in, s.words, true).newDecoder().(*wideDecoder)
	}
	return p, nil
}

func (p *bookPart) part(w *worker) (number int, ok bool, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.rows == nil {
		return 0, false, nil
	}
	defer func() {
		if fault := recover(); fault != nil {
			err = document.Problems{{Position: document.Position{File: p.in.Shown}, What: "this is no whole workbook", Do: "save it anew as XLSX"}}
		}
	}()
	for count := 0; count < rowsAPart || p.long != nil; count++ {
		cells, faults, more := p.rows.next(len(p.in.columns))
		if !more {
			p.end(w)
			break
		}
		if row := p.rows.xml.row.number; row >= p.in.line {
			w.lines = row - p.line
			p.read(w, cells, faults)
			w.lines++
		}
	}
	p.line += w.lines
	p.number++
	return p.number - 1, true, nil
}

func (p *bookPart) end(w *worker) {
	if p.long != nil && !w.namesOnly {
		p.long.finish(w)
	}
	p.rows.close()
	p.rows = nil
}

// read reads one row.
func (p *bookPart) read(w *worker, cells []cell, faults []lineFault) {
	columns := p.in.columns
	for _, c := range cells[len(columns):] {
		if c.text != "" {
			faults = append(faults, lineFault{c.column, "this cell stands under no title", "name the column, or empty the cell"})
		}
	}
	cells = cells[:len(columns)]
	if len(faults) == 0 && isBlank(cells) || strings.HasPrefix(cells[0].text, helpMark) && p.line == p.in.line && w.lines == 0 {
		return
	}
	for i, c := range cells {
		cells[i].text = p.day(columns[i].kind, c.text)
	}
	for _, f := range faults {
		if !w.namesOnly {
			w.complain(f.column, "", f.what, f.do)
		}
	}
	switch {
	case p.long == nil:
		p.wide.take(w, cells, len(faults) > 0)
	case w.namesOnly:
		p.long.call(w, cells)
	default:
		p.long.take(w, cells, false, nil)
		p.long.spoilt = p.long.spoilt || len(faults) > 0
	}
}

// day turns the number of a day, which is what a workbook has for a date, into a date.
func (p *bookPart) day(kind columnKind, text string) string {
	if kind != aDate && kind != itsDate && kind != itsGateDate {
		return text
	}
	serial, err := strconv.Atoi(text)
	if err != nil {
		return text
	}
	t, err := excelize.ExcelDateToTime(float64(serial), p.in.book.from04)
	if err != nil {
		return text
	}
	return response.On(t).String()
}
