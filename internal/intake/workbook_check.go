package intake

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

// The limits of a workbook.
const (
	maxPacked     = 16 << 20
	maxUnpacked   = 64 << 20
	maxRatio      = 100     // unpacked by packed, of an entry
	freelyPacked  = 1 << 20 // bytes of an entry below which its ratio is nobody's business
	maxEntries    = 1000
	maxRows       = 100_000
	officeMagic   = "\xD0\xCF\x11\xE0" // of older workbooks and of encrypted ones
	zipMagic      = "PK"
	workbookEntry = "xl/workbook.xml"
	relsEntry     = "xl/_rels/workbook.xml.rels"
	sharedEntry   = "xl/sharedStrings.xml"
)

// workbook is an XLSX file whose container has been checked. Nothing in it is taken on trust: sizes, the order of cells, the numbers of shared texts.
type workbook struct {
	data   []byte
	zip    *zip.Reader
	sheet  string // that is read
	entry  string // its place in the container
	others []string
	hidden []string
	shared []string // texts that cells refer to by number
	from04 bool     // days count from 1904
}

func notABook(what, do string) *lineFault { return &lineFault{0, what, do} }

// checkContainer refuses what is no workbook, and what would fill the memory.
func checkContainer(data []byte) (*zip.Reader, *lineFault) {
	switch {
	case len(data) > maxPacked:
		return nil, notABook("the workbook is larger than 16 MiB", "save it as CSV: tables in CSV have no limit")
	case bytes.HasPrefix(data, []byte(officeMagic)):
		return nil, notABook("the workbook has a password, or is of a kind before XLSX", "save it as XLSX without a password")
	}
	container, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, notABook("this is no whole workbook", "save it anew as XLSX")
	}
	if len(container.File) > maxEntries {
		return nil, notABook(fmt.Sprintf("the workbook has more than %d parts", maxEntries), "copy the table into a new workbook")
	}
	seen, total := map[string]bool{}, int64(0)
	for _, entry := range container.File {
		name := strings.ToLower(path.Clean(strings.ReplaceAll(entry.Name, `\`, "/")))
		if seen[name] {
			return nil, notABook(fmt.Sprintf("the workbook has two parts with the name %q", entry.Name), "save it anew as XLSX")
		}
		seen[name] = true
		size, fault := checkEntry(entry, maxUnpacked-total)
		if fault != nil {
			return nil, fault
		}
		total += size
	}
	return container, nil
}

// checkEntry unpacks an entry to see how large it really is.
func checkEntry(entry *zip.File, most int64) (int64, *lineFault) {
	content, err := entry.Open()
	if err != nil {
		return 0, damaged(entry)
	}
	defer func() { _ = content.Close() }() // all of it is in memory
	data, err := io.ReadAll(io.LimitReader(content, most+1))
	switch {
	case int64(len(data)) > most:
		return 0, notABook("the workbook is larger than 64 MiB when it is unpacked", "save it as CSV: tables in CSV have no limit")
	case err != nil || uint64(len(data)) != entry.UncompressedSize64:
		return 0, damaged(entry)
	case len(data) > freelyPacked && uint64(len(data)) > maxRatio*entry.CompressedSize64:
		return 0, notABook(fmt.Sprintf("the part %q of the workbook unpacks to more than %d times its size", entry.Name, maxRatio), "save it as CSV")
	}
	if name := strings.ToLower(entry.Name); !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".rels") {
		return int64(len(data)), nil
	}
	data = bytes.TrimPrefix(data, []byte(byteOrderMark))
	if !bytes.HasPrefix(bytes.TrimSpace(data), []byte("<")) || bytes.IndexByte(data, 0) >= 0 {
		return 0, damaged(entry)
	}
	if upper := bytes.ToUpper(data); bytes.Contains(upper, []byte("<!DOCTYPE")) || bytes.Contains(upper, []byte("<!ENTITY")) {
		return 0, notABook(fmt.Sprintf("the part %q of the workbook declares a document type", entry.Name), "save it anew with a spreadsheet program")
	}
	return int64(len(data)), nil
}

func damaged(entry *zip.File) *lineFault {
	return notABook(fmt.Sprintf("the part %q of the workbook is damaged", entry.Name), "save it anew as XLSX")
}

// readBook finds the sheet to read: the first one that is not hidden.
func readBook(data []byte) (*workbook, *lineFault) {
	container, fault := checkContainer(data)
	if fault != nil {
		return nil, fault
	}
	b := &workbook{data: data, zip: container}
	var book struct {
		Properties struct {
			Date1904 bool `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			ID    string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
			Mode   string `xml:"TargetMode,attr"`
		} `xml:"Relationship"`
	}
	err := errors.Join(b.decode(workbookEntry, &book), b.decode(relsEntry, &rels))
	if err != nil {
		return nil, notABook("this is no whole workbook", "save it anew as XLSX")
	}
	b.from04 = book.Properties.Date1904
	for _, sheet := range book.Sheets {
		switch {
		case sheet.State != "" && sheet.State != "visible":
			b.hidden = append(b.hidden, sheet.Name)
		case b.sheet != "":
			b.others = append(b.others, sheet.Name)
		default:
			b.sheet = sheet.Name
			for _, rel := range rels.All {
				if rel.ID == sheet.ID && rel.Mode != "External" {
					b.entry = strings.TrimPrefix(path.Join("xl", rel.Target), "xl/xl/")
					if strings.HasPrefix(rel.Target, "/") {
						b.entry = strings.TrimPrefix(rel.Target, "/")
					}
				}
			}
		}
	}
	if b.find(b.entry) == nil {
		return nil, notABook("the workbook has no visible sheet", "put the table on a sheet that is not hidden")
	}
	if b.shared, err = b.readShared(); err != nil {
		return nil, damaged(b.find(sharedEntry))
	}
	return b, nil
}

// readShared reads the texts that cells refer to by number.
func (b *workbook) readShared() ([]string, error) {
	entry := b.find(sharedEntry)
	if entry == nil {
		return nil, nil
	}
	content, err := entry.Open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = content.Close() }() // all of it is in memory
	var texts []string
	for decoder := xml.NewDecoder(content); ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return texts, nil
		}
		if err != nil {
			return nil, err
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "si" {
			var text richText
			if err := decoder.DecodeElement(&text, &start); err != nil {
				return nil, err
			}
			texts = append(texts, text.text())
		}
	}
}

func (b *workbook) find(name string) *zip.File {
	for _, entry := range b.zip.File {
		if entry.Name == name {
			return entry
		}
	}
	return nil
}

var errNoEntry = errors.New("no such part")

func (b *workbook) decode(name string, into any) error {
	entry := b.find(name)
	if entry == nil {
		return errNoEntry
	}
	content, err := entry.Open()
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }() // all of it is in memory
	return xml.NewDecoder(content).Decode(into)
}

// bookCell is what the XML says about a cell.
type bookCell struct {
	column  int // from 1
	kind    string
	value   string
	formula bool
	inline  *richText
}

// richText is a text, in one piece or in pieces of different looks. How it is to be pronounced (rPh) is left out.
type richText struct {
	Plain  string `xml:"t"`
	Pieces []struct {
		Text string `xml:"t"`
	} `xml:"r"`
}

func (r *richText) text() string {
	var b strings.Builder
	b.WriteString(r.Plain)
	for _, piece := range r.Pieces {
		b.WriteString(piece.Text)
	}
	return unescaped(b.String())
}

// unescaped puts in the characters that XML cannot hold, which workbooks write as _x000D_ (ST_Xstring; ECMA-376, part 1, section 22.9.2.19).
func unescaped(text string) string {
	const size = len("_x000D_")
	if !strings.Contains(text, "_x") {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if i+size <= len(text) && text[i:i+2] == "_x" && text[i+size-1] == '_' {
			if code, err := strconv.ParseUint(text[i+2:i+size-1], 16, 16); err == nil {
				b.WriteRune(rune(code))
				i += size - 1
				continue
			}
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// bookRow is a row with its number from 1.
type bookRow struct {
	number int
	cells  []bookCell
}

// bookScanner reads the rows of a sheet from its XML, strictly.
type bookScanner struct {
	decoder *xml.Decoder
	closer  io.Closer
	row     bookRow
	fault   *lineFault // why there are no more rows; nil at the end
	place   string     // of the fault: the name of a cell, or empty
}

func (b *workbook) scan() (*bookScanner, error) {
	content, err := b.find(b.entry).Open()
	if err != nil {
		return nil, err
	}
	return &bookScanner{decoder: xml.NewDecoder(content), closer: content}, nil
}

// next reads the next row that is there.
func (s *bookScanner) next() bool {
	for {
		token, err := s.decoder.Token()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				s.fault = notABook("the sheet is damaged", "save it anew as XLSX")
			}
			return false
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "row" {
			return s.readRow(start)
		}
	}
}

func (s *bookScanner) readRow(start xml.StartElement) bool {
	number := s.row.number + 1
	if r := attribute(start, "r"); r != "" {
		told, err := strconv.Atoi(r)
		if err != nil || told < number {
			return s.refuse("", fmt.Sprintf("the row after row %d has the number %q", s.row.number, r), "save the workbook anew")
		}
		number = told
	}
	if number > maxRows {
		return s.refuse("", fmt.Sprintf("the sheet has more than %d rows", maxRows), "save it as CSV: tables in CSV have no limit")
	}
	s.row = bookRow{number: number, cells: s.row.cells[:0]}
	column := 0
	for {
		token, err := s.decoder.Token()
		if err != nil {
			return s.refuse("", "the sheet is damaged", "save it anew as XLSX")
		}
		switch token := token.(type) {
		case xml.EndElement:
			if token.Name.Local == "row" {
				return true
			}
		case xml.StartElement:
			if token.Name.Local != "c" {
				continue
			}
			column++
			if ref := attribute(token, "r"); ref != "" {
				x, y := placeOf(ref)
				if y != number || x < column {
					return s.refuse(ref, "this cell is there twice, or stands where no such cell can be", "save the workbook anew with a spreadsheet program")
				}
				column = x
			}
			if column > maxColumns {
				return s.refuse("", fmt.Sprintf("the table has more than %d columns", maxColumns), "leave out those that are no questions")
			}
			cell, err := s.readCell(token)
			if err != nil {
				return s.refuse("", "the sheet is damaged", "save it anew as XLSX")
			}
			cell.column = column
			s.row.cells = append(s.row.cells, cell)
		}
	}
}

func (s *bookScanner) readCell(start xml.StartElement) (bookCell, error) {
	var content struct {
		Value   string    `xml:"v"`
		Formula *struct{} `xml:"f"`
		Inline  *richText `xml:"is"`
	}
	err := s.decoder.DecodeElement(&content, &start)
	return bookCell{kind: attribute(start, "t"), value: content.Value, formula: content.Formula != nil, inline: content.Inline}, err
}

func (s *bookScanner) refuse(place, what, do string) bool {
	s.place, s.fault = place, notABook(what, do)
	return false
}

func attribute(start xml.StartElement, name string) string {
	for _, a := range start.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// cellName is "C4" for line 4 and column 3.
func cellName(line, column int) string {
	letters := ""
	for n := max(column, 1); n > 0; n = (n - 1) / 26 {
		letters = string(rune('A'+(n-1)%26)) + letters
	}
	return letters + strconv.Itoa(max(line, 1))
}

// placeOf is the column and the line that the name of a cell says; 0 and 0 where it is no such name.
func placeOf(name string) (column, line int) {
	digits := strings.TrimLeft(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	letters := name[:len(name)-len(digits)]
	line, err := strconv.Atoi(digits)
	if err != nil || line < 1 || letters == "" || len(letters) > 3 || digits[0] < '1' || digits[0] > '9' {
		return 0, 0
	}
	for _, letter := range letters {
		column = column*26 + int(letter-'A') + 1
	}
	return column, line
}
