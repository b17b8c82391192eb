package formmap

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pmpath/pmpath/internal/document"
)

// Table is an export as rows of cells, before anything has a meaning.
type Table struct {
	Shown string // how messages name it
	Rows  []Row

	Sheet    string // of a workbook; else empty
	From1904 bool   // a workbook counts days from 1904, not from 1900
}

// Row is a row of cells. Rows that say nothing are left out of a Table.
type Row struct {
	Line  int // on which it begins, or its number in a workbook; ascending
	Cells []Cell
}

// Cell is a value with its place: lines and characters from 1. In a workbook the column is that of the sheet.
type Cell struct {
	Text         string
	Line, Column int
}

func (t *Table) at(c Cell) document.Position { return t.At(c.Line, c.Column) }

// At is a place in the table: line and column, or a cell of a workbook.
func (t *Table) At(line, column int) document.Position {
	if t.Sheet != "" {
		return document.Position{File: t.Shown + ":" + t.Sheet + "!" + columnName(column) + strconv.Itoa(line)}
	}
	return document.Position{File: t.Shown, Line: line, Column: column}
}

// columnName is A for 1, Z for 26, AA for 27.
func columnName(number int) string {
	name := ""
	for ; number > 0; number = (number - 1) / 26 {
		name = string(rune('A'+(number-1)%26)) + name
	}
	return name
}

// The most that an export may have. It is held in memory, unlike the tables of package intake.
const (
	maxRows = 200000
	maxCell = 32767 // characters, as in spreadsheets
)

// ReadText reads an export that separates cells by a comma, a semicolon or a tab. Cells may have line breaks: titles of questions often do. The text is UTF-8;
// a byte-order mark may stand before it. All problems are document.Problems.
func ReadText(shown string, data []byte) (*Table, error) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	t := &Table{Shown: shown}
	rd := &textReader{table: t, lines: lineStarts(data), data: data}
	if rd.checkCharacters(); rd.problems == nil {
		rd.rows()
	}
	if err := rd.problems.Err(); err != nil {
		return nil, err
	}
	return t, nil
}

type textReader struct {
	table    *Table
	data     []byte
	lines    []int // offsets at which lines start
	counted  place // up to which characters have been counted
	problems document.Problems
}

func lineStarts(data []byte) []int {
	starts := []int{0}
	for i, b := range data {
		if b == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// column turns an offset in bytes from 1, on a line from 1, into one in characters. Offsets that come in order are counted on from the last one.
func (rd *textReader) column(line, offset int) int {
	if line != rd.counted.line || offset < rd.counted.offset {
		rd.counted = place{line, 1, 1}
	}
	start := rd.lines[line-1]
	to := min(start+offset-1, len(rd.data))
	from := min(start+rd.counted.offset-1, to)
	rd.counted = place{line, offset, rd.counted.column + utf8.RuneCount(rd.data[from:to])}
	return rd.counted.column
}

// place is a line, and a column on it in bytes and in characters.
type place struct{ line, offset, column int }

func (rd *textReader) complain(line, column int, what, do string) {
	rd.problems.Add(document.Position{File: rd.table.Shown, Line: line, Column: column}, "", what, do)
}

// checkCharacters refuses what may stand nowhere, before package csv cuts it up.
func (rd *textReader) checkCharacters() {
	line, column := 1, 1
	for i := 0; i < len(rd.data); {
		r, size := utf8.DecodeRune(rd.data[i:])
		switch {
		case r == utf8.RuneError && size <= 1:
			rd.complain(line, column, fmt.Sprintf("byte 0x%02X is not UTF-8", rd.data[i]), "export the table again, or save it as CSV in UTF-8")
			return // what follows is likely to be as strange
		case r != '\t' && r != '\n' && r != '\r' && document.Forbidden(r):
			rd.complain(line, column, fmt.Sprintf("the control character U+%04X is not allowed", r), "remove it")
		}
		column++
		if r == '\n' {
			line, column = line+1, 1
		}
		i += size
	}
}

func (rd *textReader) rows() {
	delim := separator(rd.data)
	text := csv.NewReader(bytes.NewReader(rd.data))
	text.Comma, text.FieldsPerRecord, text.ReuseRecord = delim, -1, true
	for {
		record, err := text.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if bad := (*csv.ParseError)(nil); errors.As(err, &bad) {
			rd.unreadable(bad)
			return // quotes decide where rows begin: what follows cannot be told
		}
		if isBlank(record) {
			continue
		}
		line, _ := text.FieldPos(0)
		if len(rd.table.Rows) == maxRows {
			rd.complain(line, 1, fmt.Sprintf("the export has more than %d rows", maxRows), "split it")
			return
		}
		row := Row{Line: line, Cells: make([]Cell, len(record))}
		for i, cell := range record {
			at, offset := text.FieldPos(i)
			row.Cells[i] = Cell{cell, at, rd.column(at, offset)}
			if utf8.RuneCountInString(cell) > maxCell {
				rd.complain(at, row.Cells[i].Column, fmt.Sprintf("this cell is longer than %d characters", maxCell), "shorten it")
			}
		}
		rd.table.Rows = append(rd.table.Rows, row)
	}
}

func (rd *textReader) unreadable(bad *csv.ParseError) {
	if errors.Is(bad.Err, csv.ErrBareQuote) {
		rd.complain(bad.Line, rd.column(bad.Line, bad.Column), "this cell has a quote inside but none around it", "put quotes around the cell and write each quote in it twice")
		return
	}
	what, do := "something stands after a quote that closes its cell, or the quote is never closed", "write a quote inside a cell twice"
	rd.complain(bad.StartLine, 1, what, do)
}

// separator finds what stands most often between cells of the first row, quotes apart.
func separator(data []byte) rune {
	counts := map[byte]int{}
	quoted := false
	for _, b := range data {
		switch {
		case b == '"':
			quoted = !quoted
		case b == '\n' && !quoted:
			return mostOften(counts)
		case !quoted:
			counts[b]++
		}
	}
	return mostOften(counts)
}

func mostOften(counts map[byte]int) rune {
	best := byte(',')
	for _, b := range []byte(";\t") {
		if counts[b] > counts[best] {
			best = b
		}
	}
	return rune(best)
}

func isBlank(record []string) bool {
	for _, text := range record {
		if strings.TrimSpace(text) != "" {
			return false
		}
	}
	return true
}
