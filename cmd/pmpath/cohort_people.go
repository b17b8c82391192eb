package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/natefinch/atomic"

	"github.com/pmpath/pmpath/internal/cohort"
	"github.com/pmpath/pmpath/internal/pseudonym"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// peopleFile is the file with a line for each person. It is written under a temporary name while people are read, and gets its own when everything has gone
// well. The zero value writes nothing.
type peopleFile struct {
	goal    string
	format  cohort.PeopleFormat
	file    *os.File
	size    int64
	hurried int64 // of size: what is on its way to the disk
}

// hurryAfter is how many bytes go to the disk together, so that it is not idle while people are read and little is left to wait for in the end.
const hurryAfter = 8 << 20

// newPeopleFile begins the file and tells the scorer how to fill it.
func (e *env) newPeopleFile(o *cohort.Options, opts *cohortReportOptions) (*peopleFile, error) {
	p := &peopleFile{goal: opts.people, format: cohort.CSV}
	if ext := strings.ToLower(filepath.Ext(p.goal)); ext == ".jsonl" || ext == ".ndjson" {
		p.format = cohort.JSONLines
	}
	mode, err := modeOf(p.goal)
	if err != nil {
		return nil, err
	}
	if p.file, err = os.CreateTemp(filepath.Dir(p.goal), ".pmpath-tmp-*"); err != nil {
		return nil, named(err, p.goal)
	}
	if err := p.file.Chmod(mode); err != nil {
		p.discard()
		return nil, named(err, p.goal)
	}
	o.People = p.format
	if err := e.nameBy(o, opts.includeNames); err != nil {
		p.discard()
		return nil, err
	}
	if _, err := p.Write([]byte(cohort.PeopleHeader(p.format))); err != nil {
		p.discard()
		return nil, err
	}
	return p, nil
}

// nameBy chooses what stands for people: pseudonyms, or their names made safe for the format.
func (e *env) nameBy(o *cohort.Options, names bool) error {
	appendName := appendJSON
	if o.People == cohort.CSV {
		appendName = sanitize.AppendCSV
	}
	if names {
		o.Name = func() func(dst, name []byte) []byte { return appendName }
		return nil
	}
	key, err := e.pseudonymKey()
	if err != nil {
		return err
	}
	if _, err := pseudonym.New(key); err != nil {
		return err
	}
	quote := map[cohort.PeopleFormat]string{cohort.JSONLines: `"`}[o.People]
	o.Name = func() func(dst, name []byte) []byte {
		namer, _ := pseudonym.New(key) // the key has just been tried
		return func(dst, name []byte) []byte { return append(namer.Append(append(dst, quote...), name), quote...) }
	}
	return nil
}

// appendJSON appends a text as a JSON string.
func appendJSON(dst, text []byte) []byte {
	for _, c := range text {
		if c < ' ' || c >= 0x7f || strings.IndexByte(`"\<>&`, c) >= 0 {
			quoted, _ := json.Marshal(string(text)) // a string can always be written
			return append(dst, quoted...)
		}
	}
	return append(append(append(dst, '"'), text...), '"')
}

func (p *peopleFile) Write(data []byte) (int, error) {
	if p.file == nil {
		return len(data), nil
	}
	n, err := p.file.Write(data)
	if err != nil {
		return n, writeError{named(err, p.goal)}
	}
	if p.size += int64(n); p.size-p.hurried >= hurryAfter {
		hurry(p.file, p.hurried, p.size-p.hurried)
		p.hurried = p.size
	}
	return n, nil
}

// finish completes the file and sees it safe on the disk.
func (p *peopleFile) finish(people int) error {
	if p.file == nil {
		return nil
	}
	if _, err := p.Write([]byte(cohort.PeopleEnd(p.format, people))); err != nil {
		return err
	}
	if err := errors.Join(p.file.Sync(), p.file.Close()); err != nil {
		return writeError{named(err, p.goal)}
	}
	return nil
}

// keep gives the file its name.
func (p *peopleFile) keep() error {
	if p.file == nil {
		return nil
	}
	if err := atomic.ReplaceFile(p.file.Name(), p.goal); err != nil {
		return writeError{&fs.PathError{Op: "replace", Path: p.goal, Err: err}}
	}
	p.file = nil
	return syncFolder(filepath.Dir(p.goal))
}

// discard removes the file where it has not got its name.
func (p *peopleFile) discard() {
	if p == nil || p.file == nil {
		return
	}
	_ = p.file.Close() // it may be closed already
	_ = os.Remove(p.file.Name())
	p.file = nil
}
