package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/settings"
	"github.com/pmpath/pmpath/rubrics"
)

// loadRubric loads the rubric of the settings.
func (e *env) loadRubric() (*rubric.Rubric, error) { return loadRubricNamed(e.settings.Rubric) }

// loadRubricNamed loads a rubric by its shipped name, or by a path, which is what contains a separator, ends in .yaml, or is no shipped name but there.
func loadRubricNamed(name string) (*rubric.Rubric, error) {
	if !settings.IsPath(name) {
		r, err := rubrics.Load(name)
		if !errors.Is(err, fs.ErrNotExist) {
			return r, err
		}
		if _, err := os.Stat(name); err != nil {
			return nil, withHint(&fs.PathError{Op: "rubric", Path: name, Err: fs.ErrNotExist},
				document.Nearest(name, rubrics.Names(), "name a shipped rubric (`pmpath rubric list`), a folder or a file"))
		}
	}
	return loadRubricFiles(name)
}

// loadRubricFiles reads a rubric from disk. A folder is opened as a root that no file of the rubric can lead out of.
func loadRubricFiles(name string) (*rubric.Rubric, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, withHint(err, "name a shipped rubric (`pmpath rubric list`), a folder or a file")
	}
	dir, file := name, "."
	if !info.IsDir() {
		dir, file = filepath.Dir(name), filepath.Base(name)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close() // read only: nothing is lost when closing fails
	return rubric.Load(root.FS(), file, filepath.ToSlash(name))
}

// loadRubricText loads a rubric from its files even where a snapshot would do, for what needs places in the text.
func (e *env) loadRubricText() (*rubric.Rubric, error) {
	if slices.Contains(rubrics.Names(), e.settings.Rubric) {
		return rubric.Load(rubrics.Files(), e.settings.Rubric, e.settings.Rubric)
	}
	return e.loadRubric()
}

// stdinName stands for standard input wherever a file does.
const stdinName = "-"

// readSheet reads an answer sheet from a file or from standard input, and the rubric of the settings. Neither needs the other before both are parsed, so
// they are read side by side: together they are half of the work of a run.
func (e *env) readSheet(name string) (*response.Sheet, error) {
	type parsed struct {
		node  *document.Node
		err   error
		fault any
	}
	done := make(chan parsed, 1)
	go func() {
		var p parsed
		defer func() {
			p.fault = recover()
			done <- p
		}()
		p.node, p.err = e.readDocument(name)
	}()
	r, err := e.loadRubric()
	if err != nil {
		return nil, err
	}
	p := <-done
	switch {
	case p.fault != nil:
		panic(p.fault) // where run gives it a decent end
	case p.err != nil:
		return nil, p.err
	}
	return response.Read(r, p.node)
}

func (e *env) readDocument(name string) (*document.Node, error) {
	if name == stdinName {
		return document.ReadStream(e.streams.In, "standard input")
	}
	return document.Read(os.DirFS(filepath.Dir(name)), filepath.Base(name), name)
}

// stageNamed finds a stage by what a person typed.
func stageNamed(r *rubric.Rubric, flag, name string) (*rubric.Stage, error) {
	if stage := r.StageNamed(name); stage != nil {
		return stage, nil
	}
	return nil, withHint(usage("%s: there is no stage %q on this ladder", flag, name),
		document.Nearest(name, r.StageIDs(), "use one of: "+strings.Join(r.StageIDs(), ", ")))
}
