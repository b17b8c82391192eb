package intake

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Input is one thing to read people from. Exactly one of File, Stream and Tree is set.
type Input struct {
	Shown  string      // how messages name it
	File   io.ReaderAt // can be read anywhere, by several workers, and again
	Size   int64       // of File, in bytes
	Stream io.Reader   // is read once, from its start to its end
	Tree   fs.FS       // a folder of sheets
	Format Format      // the zero value: recognised
}

// Format is how an Input is laid out.
type Format int

// The formats. A table is wide or long by its header.
const (
	Recognise Format = iota
	Table
	JSONLines
	Workbook
	Sheet
	Sheets
)

// Options are the choices of whoever runs a Scan.
type Options struct {
	KeepGoing bool   // leave out what has a problem, and say so, in place of refusing everything
	Encoding  string // of tables: empty or "utf-8", "utf-16" or "windows-1252"; a byte-order mark says more than this
}

// Source is a cohort to be read: its inputs one after the other.
type Source struct {
	rubric   *rubric.Rubric
	options  Options
	inputs   []*input
	fields   []string
	places   map[string]int // of fields, by name
	notices  []string
	problems document.Problems
	words    *vocabulary

	general bool // for tests: everything is read by the general readers
	block   int  // bytes of a part; tests make it small
}

// input is an Input with what its beginning told.
type input struct {
	Input
	index   int
	columns []column // of a table, or the fields of sheets
	line    int      // number of the line or row at which the people start
	each    int64    // bytes of a person in the beginning of a file, for a guess how many there are
	first   []byte   // of a Stream: what has been read of it already

	// Of a table.
	delim   byte
	long    bool                      // a row for each answer
	start   int64                     // offset in the text at which the people start
	decode  func(io.Reader) io.Reader // to UTF-8 with line feeds; nil where the input is that
	foreign bool                      // decode comes from another encoding

	names []string  // of sheets, in a folder
	book  *workbook // of a workbook, and
	rows  int64     // how many rows it has
}

// Open recognises the inputs and reads their headers, but no people yet. Problems in headers are document.Problems, with Options.KeepGoing too: a table that
// cannot be understood is not a row to be left out.
func Open(r *rubric.Rubric, inputs []Input, options Options) (*Source, error) {
	s := &Source{rubric: r, options: options, words: newVocabulary(r), block: blockSize, places: map[string]int{}}
	for i, given := range inputs {
		in := &input{Input: given, index: i}
		if err := s.open(in); err != nil {
			return nil, err
		}
		s.inputs = append(s.inputs, in)
	}
	if err := s.problems.Err(); err != nil {
		return nil, err
	}
	return s, nil
}

// at is a place in an input: line and column, or a cell of a workbook.
func (in *input) at(line, column int) document.Position {
	if in.book != nil {
		return document.Position{File: in.Shown + ":" + in.book.sheet + "!" + cellName(line, column)}
	}
	return document.Position{File: in.Shown, Line: line, Column: column}
}

// Fields returns the names of what people's Fields hold, such as "team".
func (s *Source) Fields() []string { return slices.Clone(s.fields) }

// Notices returns what a person should know about how the inputs were understood, such as a separator that is no comma, one sentence each.
func (s *Source) Notices() []string { return slices.Clone(s.notices) }

func (s *Source) notice(format string, args ...any) {
	s.notices = append(s.notices, fmt.Sprintf(format, args...))
}

// field returns the place of a field among the Fields, and makes one where it is new.
func (s *Source) field(name string) int {
	i, known := s.places[name]
	if !known {
		i = len(s.fields)
		s.places[name] = i
		s.fields = append(s.fields, name)
	}
	return i
}

// formatOf recognises a format by the name of an input, and otherwise by how it begins.
func formatOf(in *Input, head []byte) Format {
	switch {
	case in.Format != Recognise:
		return in.Format
	case in.Tree != nil:
		return Sheets
	}
	switch strings.ToLower(path.Ext(in.Shown)) {
	case ".csv", ".tsv":
		return Table
	case ".xlsx":
		return Workbook
	case ".jsonl", ".ndjson":
		return JSONLines
	case ".json", ".yaml", ".yml":
		return Sheet
	}
	text := strings.TrimLeft(string(head[:min(len(head), 4096)]), "\uFEFF \t\r\n")
	switch {
	case strings.HasPrefix(text, "PK\x03\x04"):
		return Workbook
	case strings.HasPrefix(text, "{"):
		return JSONLines
	}
	return Table
}

func (s *Source) open(in *input) error {
	head, err := in.peek(headSize)
	if err != nil {
		return fmt.Errorf("read %s: %w", in.Shown, err)
	}
	in.Format = formatOf(&in.Input, head)
	switch in.Format {
	case Table:
		return s.openTable(in)
	case JSONLines:
		return s.openLines(in)
	case Workbook:
		return s.openBook(in)
	case Sheets:
		return s.openTree(in)
	case Sheet:
		return s.openSheet(in)
	}
	return fmt.Errorf("%s: this format cannot be read yet", in.Shown)
}

// pass begins to read the people of an input.
func (s *Source) pass(in *input) (reading, error) {
	if in.book != nil {
		return s.readBook(in)
	}
	if in.names != nil {
		return &sheetPart{source: s, in: in}, nil
	}
	format := s.lineFormat(in)
	if in.File != nil && in.decode == nil {
		return &filePart{in: in, format: format, block: s.block, slack: min(slack, s.block)}, nil
	}
	text := in.text()
	if _, err := io.CopyN(io.Discard, text, in.start); err != nil {
		return nil, fmt.Errorf("read %s: %w", in.Shown, err)
	}
	return &streamPart{in: in, format: format, block: s.block, stream: text}, nil
}

func (s *Source) lineFormat(in *input) lineFormat {
	if in.Format == JSONLines {
		return &jsonLines{in: in, words: s.words, general: s.general}
	}
	if in.long {
		return newLongTable(in, s.words, s.general)
	}
	return newWideTable(in, s.words, s.general)
}
