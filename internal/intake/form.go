package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/formmap"
)

// form is what reading an export of a form tool has found, before its people are read as those of any table.
type form struct {
	problems document.Problems
	leftOut  int
	names    map[int]document.Position // by line, where somebody is named
	table    *formmap.Table            // of which the rows are gone
}

// maxForm is the most bytes of an export, which is held in memory.
const maxForm = 64 << 20

// ReadForm reads an export of a form tool as a table of cells, and returns what a person should know about how it was read. Problems are document.Problems.
func ReadForm(given Input, encoding string) (*formmap.Table, []string, error) {
	s := &Source{options: Options{Encoding: encoding}}
	in := &input{Input: given}
	table, err := s.exported(in)
	if err == nil {
		err = s.problems.Err()
	}
	return table, s.notices, err
}

// openForm turns an export into the table that everything else reads, by the map of the options.
func (s *Source) openForm(in *input) error {
	table, err := s.exported(in)
	if err != nil || table == nil {
		return s.alsoProblems(err)
	}
	people, err := s.options.Map.Apply(table)
	if err != nil {
		return s.alsoProblems(err)
	}
	in.Input = Input{Shown: in.Shown, File: bytes.NewReader(people.Table), Size: int64(len(people.Table)), Format: Table}
	table.Rows = nil // what is left of it tells places
	in.form = &form{people.Problems, people.LeftOut, people.Names, table}
	in.first, in.decode, in.foreign, in.book = nil, nil, false, nil // they were those of the export
	head, err := in.head()
	if err != nil {
		return err
	}
	s.readHeader(in, head)
	return nil
}

// alsoProblems takes problems to the others of the headers, and returns every other error.
func (s *Source) alsoProblems(err error) error {
	var problems document.Problems
	if !errors.As(err, &problems) {
		return err
	}
	for _, p := range problems {
		s.problems.Add(p.Position, p.Path, p.What, p.Do)
	}
	return nil
}

// exported reads the cells of an export; none where there are problems.
func (s *Source) exported(in *input) (*formmap.Table, error) {
	at := document.Position{File: in.Shown}
	head, err := in.peek(headSize)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", in.Shown, err)
	}
	switch formatOf(&in.Input, head) {
	case Table:
	case Workbook:
		return s.exportedBook(in)
	default:
		s.problems.Add(at, "", "this is no table, and only tables can be read with a map", "read it without one")
		return nil, nil
	}
	if what, do := s.recognise(in, head); what != "" {
		at.Line, at.Column = 1, 1
		s.problems.Add(at, "", what, do)
		return nil, nil
	}
	text, err := io.ReadAll(io.LimitReader(in.text(), maxForm+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", in.Shown, err)
	case len(text) > maxForm:
		s.problems.Add(at, "", fmt.Sprintf("the export has more than %d MiB", maxForm>>20), "split it")
		return nil, nil
	}
	if i := bytes.IndexRune(text, utf8.RuneError); in.foreign && i >= 0 {
		at.Line = bytes.Count(text[:i], []byte("\n")) + 1
		at.Column = utf8.RuneCount(text[bytes.LastIndexByte(text[:i], '\n')+1:i]) + 1
		s.problems.Add(at, "", "this character cannot be read in the encoding of the table", "look which encoding it has")
		return nil, nil
	}
	return formmap.ReadText(in.Shown, text)
}

// exportedBook reads the cells of the first visible sheet of a workbook.
func (s *Source) exportedBook(in *input) (*formmap.Table, error) {
	if whole, err := s.loadBook(in); !whole {
		return nil, err
	}
	if err := s.checkBook(in); err != nil || s.problems != nil {
		return nil, err
	}
	rows, err := s.openRows(in)
	if err != nil {
		return nil, err
	}
	defer rows.close()
	table := &formmap.Table{Shown: in.Shown, Sheet: in.book.sheet, From1904: in.book.from04}
	for {
		cells, faults, more := rows.next(0)
		if !more {
			return table, nil
		}
		number := rows.xml.row.number
		for _, f := range faults {
			s.problems.Add(table.At(number, f.column), "", f.what, f.do)
		}
		for len(cells) > 0 && cells[len(cells)-1].text == "" {
			cells = cells[:len(cells)-1] // those that have a format and nothing else
		}
		row := formmap.Row{Line: number}
		for _, c := range cells {
			row.Cells = append(row.Cells, formmap.Cell{Text: c.text, Line: number, Column: c.column})
		}
		if !isBlank(cells) {
			table.Rows = append(table.Rows, row)
		}
	}
}

// begin says what is wrong with people who are not in the table.
func (f *form) begin(seq *sequence) {
	if f == nil {
		return
	}
	for _, p := range f.problems {
		seq.complain(p)
	}
	seq.leftOut += f.leftOut
}
