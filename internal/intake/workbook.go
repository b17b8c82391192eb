package intake

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/response"
)

// loadBook checks a workbook, and reports false where something is wrong with it.
func (s *Source) loadBook(in *input) (bool, error) {
	data, err := io.ReadAll(io.LimitReader(in.text(), maxPacked+1))
	if err != nil {
		return false, fmt.Errorf("read %s: %w", in.Shown, err)
	}
	in.Stream, in.first = nil, nil // it is in memory, and can be read again
	book, fault := readBook(data)
	if fault != nil {
		s.problems.Add(document.Position{File: in.Shown}, "", fault.what, fault.do)
		return false, nil
	}
	in.book = book
	for _, hidden := range book.hidden {
		s.notice("%s: the hidden sheet %q is not read", in.Shown, hidden)
	}
	if len(book.others) > 0 {
		s.notice("%s: only the first sheet, %q, is read", in.Shown, book.sheet)
	}
	return true, nil
}

// openBook checks a workbook and reads the header of its first visible sheet.
func (s *Source) openBook(in *input) error {
	if whole, err := s.loadBook(in); !whole {
		return err
	}
	rows, err := s.openRows(in)
	if err != nil {
		return err
	}
	defer rows.close()
	cells, faults, ok := rows.next(0)
	if !ok {
		s.problems.Add(document.Position{File: in.Shown + ":" + in.book.sheet}, "", "the sheet is empty", "write a header and a row for each person (`pmpath cohort template`)")
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
	defer func() { _ = scan.closer.Close() }() // all of it is in memory
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

// bookRows reads the rows of a sheet.
type bookRows struct {
	book  *workbook
	xml   *bookScanner
	cells []cell
}

func (s *Source) openRows(in *input) (*bookRows, error) {
	scan, err := in.book.scan()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", in.Shown, err)
	}
	return &bookRows{book: in.book, xml: scan}, nil
}

func (r *bookRows) close() { _ = r.xml.closer.Close() } // all of it is in memory

// next reads the next row that is there, with at least so many cells, and what is wrong with single cells.
func (r *bookRows) next(least int) (cells []cell, faults []lineFault, ok bool) {
	if !r.xml.next() {
		return nil, nil, false
	}
	row := &r.xml.row
	if n := len(row.cells); n > 0 {
		least = max(least, row.cells[n-1].column)
	}
	cells = r.cells[:0]
	for i := range least {
		cells = append(cells, cell{column: i + 1})
	}
	for _, c := range row.cells {
		if what, do := r.fault(c); what != "" {
			faults = append(faults, lineFault{c.column, what, do})
			continue
		}
		cells[c.column-1].text = r.text(c)
	}
	r.cells = cells
	return cells, faults, true
}

// text is what stands in a cell without a fault.
func (r *bookRows) text(c bookCell) string {
	switch {
	case c.inline != nil:
		return c.inline.text()
	case c.value == "":
		return ""
	case c.kind == "s":
		n, _ := strconv.Atoi(c.value) // fault has looked at it
		return r.book.shared[n]
	case c.kind == "b":
		return map[string]string{"1": "true", "0": "false"}[c.value]
	case c.kind == "d":
		return strings.TrimSuffix(c.value, "T00:00:00")
	case c.kind == "str":
		return unescaped(c.value)
	}
	return c.value
}

// fault says what is wrong with a cell by itself.
func (r *bookRows) fault(c bookCell) (what, do string) {
	switch {
	case c.kind == "e":
		return fmt.Sprintf("the formula here gives %s", c.value), "mend it, or write the value"
	case c.formula && c.value == "" && c.inline == nil:
		return "the formula here has no value", "open and save the workbook with a spreadsheet program, or write the value"
	case c.kind == "s" && c.value != "":
		if n, err := strconv.Atoi(c.value); err != nil || n < 0 || n >= len(r.book.shared) {
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
	day, ok := dayOfSerial(serial, p.in.book.from04)
	if !ok {
		return text
	}
	return response.On(day).String()
}

// dayOfSerial is the day with a number in a workbook. Where days count from 1900, the day 60 is a 29th of February that there never was, so those before it count from
// one day later (ECMA-376, part 1, section 18.17.4.1).
func dayOfSerial(serial int, from04 bool) (time.Time, bool) {
	const last = 2_958_465 // 9999-12-31, counted from 1900
	switch {
	case serial < 0 || serial > last:
		return time.Time{}, false
	case from04:
		return time.Date(1904, time.January, 1+serial, 0, 0, 0, 0, time.UTC), true
	case serial < 60:
		serial++
	case serial == 60:
		return time.Time{}, false
	}
	return time.Date(1899, time.December, 30+serial, 0, 0, 0, 0, time.UTC), true
}
