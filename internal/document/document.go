// Package document reads the files that people write for pmpath – rubrics, answer sheets, settings – strictly and with positions.
// YAML and JSON become the same tree of [Node]; a [Shape] says what such a tree may hold, checks it and prints itself as a
// JSON Schema for editors. Every problem is collected with its file, line and column, never only the first.
//
// Most callers want [Read], then [Shape.Check], then the accessors of Node. The package decides nothing about the meaning of a file:
// references, uniqueness across files and ranges that depend on other fields belong to the package that owns the format.
//
// The text is taken as written: a value is judged by its characters, never by the type that a YAML library guesses, so that 1.10 stays
// 1.10 and NO stays a word. What YAML can do beyond plain data (tags, merge keys, directives, several documents) is refused.
package document

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
)

// The limits of one file. A file beyond them is refused with a place before anything is built from it.
const (
	MaxBytes      = 1 << 20  // of one file
	MaxDepth      = 32       // of nested maps and lists
	MaxKeys       = 1000     // of one map
	MaxEntries    = 5000     // of one list
	MaxScalar     = 64 << 10 // bytes of one value
	MaxAliasNodes = 100      // values behind one alias
	MaxAliases    = 10000    // values behind all aliases together
)

// ErrFolder is the fault of a folder where a file is needed.
var ErrFolder = errors.New("this is a folder, not a file")

// ErrNotRegular is the fault of a device, pipe or socket given by name.
var ErrNotRegular = errors.New("this is not a regular file")

// Read reads the file at path name of fsys and parses it, as JSON where its name ends in ".json" and as YAML otherwise. Problems name the file
// as shown. Problems in the text are Problems; a file that cannot be opened is an *fs.PathError.
func Read(fsys fs.FS, name, shown string) (*Node, error) {
	data, err := readFile(fsys, name, shown)
	if err != nil {
		return nil, err
	}
	if path.Ext(name) == ".json" {
		return ParseJSON(shown, data)
	}
	return ParseYAML(shown, data)
}

// ReadStream reads r to its end and parses it: as JSON where its first character is an opening brace, as YAML otherwise.
func ReadStream(r io.Reader, shown string) (*Node, error) {
	data, err := readLimited(r, shown)
	if err != nil {
		return nil, err
	}
	if startsWithBrace(data) {
		return ParseJSON(shown, data)
	}
	return ParseYAML(shown, data)
}

// readFile refuses by type and size before it reads, so that a folder, a device or a huge file costs nothing.
func readFile(fsys fs.FS, name, shown string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, shownAs(err, shown)
	}
	switch {
	case info.IsDir():
		return nil, &fs.PathError{Op: "read", Path: shown, Err: ErrFolder}
	case !info.Mode().IsRegular():
		return nil, &fs.PathError{Op: "read", Path: shown, Err: ErrNotRegular}
	case info.Size() > MaxBytes:
		return nil, tooLarge(shown)
	}
	file, err := fsys.Open(name)
	if err != nil {
		return nil, shownAs(err, shown)
	}
	defer file.Close() // read only: nothing is lost when closing fails
	return readLimited(file, shown)
}

func readLimited(r io.Reader, shown string) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", shown, err)
	}
	if len(data) > MaxBytes {
		return nil, tooLarge(shown)
	}
	return data, nil
}

func tooLarge(shown string) error {
	return Problems{{Position{File: shown}, "", "the file is larger than 1 MiB", "split it"}}
}

// shownAs puts the name that the person typed into an error of a file system that knows another one.
func shownAs(err error, shown string) error {
	var bad *fs.PathError
	if errors.As(err, &bad) {
		return &fs.PathError{Op: bad.Op, Path: shown, Err: bad.Err}
	}
	return err
}

func startsWithBrace(data []byte) bool {
	for _, b := range bytes.TrimPrefix(data, []byte(byteOrderMark)) {
		switch b {
		case ' ', '\t', '\r', '\n':
		default:
			return b == '{'
		}
	}
	return false
}
