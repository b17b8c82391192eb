package intake

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"sync/atomic"

	"github.com/pmpath/pmpath/internal/document"
)

// sheetPart reads sheets, each a part of its own.
type sheetPart struct {
	source *Source
	in     *input
	taken  atomic.Int64
}

func (t *sheetPart) part(w *worker) (int, bool, error) {
	number := int(t.taken.Add(1) - 1)
	if number >= len(t.in.names) {
		return 0, false, nil
	}
	name := t.in.names[number]
	err := t.read(w, name)
	w.lines++
	if w.namesOnly {
		return number, true, nil // only names are looked at
	}
	if err == nil {
		w.accept()
		return number, true, nil
	}
	var problems document.Problems
	if !errors.As(err, &problems) {
		if !t.source.options.KeepGoing {
			return 0, false, err // of the file system, not of what the file says
		}
		problems = document.Problems{{Position: document.Position{File: t.in.shown(name)}, What: "this file cannot be read", Do: "look at its type and its rights, or leave it out"}}
	}
	for _, p := range problems {
		w.faults = append(w.faults, fault{file: p.File, line: p.Line, column: p.Column, path: p.Path, what: p.What, do: p.Do})
	}
	w.leftOut++
	return number, true, nil
}

// shown is how messages name a sheet.
func (in *input) shown(name string) string {
	if in.Tree == nil {
		return in.Shown
	}
	return path.Join(in.Shown, name)
}

func (t *sheetPart) read(w *worker, name string) error {
	node, err := t.document(name)
	if err != nil {
		return err
	}
	who := node.TextOf("respondent")
	if who == "" {
		who = t.in.shown(name)
	}
	w.claim([]byte(who), 0)
	p := &w.person
	if err := readSheet(t.source.rubric, t.in.columns, node, p); err != nil {
		return err
	}
	p.Name = p.keep(who)
	if team := t.in.columns[0]; t.in.Tree != nil && len(p.Fields[team.index]) == 0 && path.Dir(name) != "." {
		p.Fields[team.index] = p.keep(path.Base(path.Dir(name)))
	}
	return nil
}

func (t *sheetPart) document(name string) (*document.Node, error) {
	if t.in.Tree == nil {
		return document.ReadStream(t.in.text(), t.in.Shown)
	}
	return document.Read(t.in.Tree, name, t.in.shown(name))
}

// openTree finds the sheets in a folder and below: all YAML and JSON files but for those whose names, or whose folders' names, begin with a dot.
func (s *Source) openTree(in *input) error {
	err := fs.WalkDir(in.Tree, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != "." && strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case !entry.IsDir() && isSheetName(name):
			in.names = append(in.names, name)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read %s: %w", in.Shown, err)
	}
	in.columns = s.sheetFields(nil)
	if len(in.names) == 0 {
		s.problems.Add(document.Position{File: in.Shown}, "", "no sheet is in this folder or below it", "sheets are files that end in .yaml, .yml or .json")
	}
	return nil
}

func isSheetName(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".yaml", ".yml", ".json":
		return true
	}
	return false
}

// openSheet makes an input of a single sheet.
func (s *Source) openSheet(in *input) error {
	if in.Stream != nil { // so that it can be read again, as every other sheet
		data, err := io.ReadAll(io.LimitReader(in.text(), document.MaxBytes+1))
		if err != nil {
			return fmt.Errorf("read %s: %w", in.Shown, err)
		}
		in.File, in.Size, in.Stream = strings.NewReader(string(data)), int64(len(data)), nil
	}
	in.names = []string{in.Shown}
	in.columns = s.sheetFields(nil)
	return nil
}
