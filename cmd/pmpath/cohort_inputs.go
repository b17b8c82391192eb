package main

import (
	"errors"
	"io"
	"os"
	"sync/atomic"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/rubric"
)

// cohortInputs are the opened files, folders and streams of a cohort, with how much of them has been read.
type cohortInputs struct {
	list   []intake.Input
	opened []io.Closer
	files  []os.FileInfo
	size   int64 // of all files; −1 where it cannot be told
	read   atomic.Int64
}

// inputFlags say how tables about many people are read.
func inputFlags(cmd *cobra.Command, encoding, formMap *string) {
	cmd.Flags().StringVar(encoding, "encoding", "", "of tables: utf-8, utf-16 or windows-1252, where it cannot be told")
	cmd.Flags().StringVar(formMap, "map", "", "FILES are exports of a form tool: read them by this column map (see cohort map)")
}

// inputOptions reads the column map that a flag names, if any.
func (e *env) inputOptions(r *rubric.Rubric, encoding, formMap string) (intake.Options, error) {
	options := intake.Options{Encoding: encoding}
	if formMap == "" {
		return options, nil
	}
	columns, err := e.readMap(r, formMap)
	options.Map = columns
	return options, err
}

// openCohort opens what a command line names. A folder is opened as a root that nothing in it can lead out of.
func (e *env) openCohort(names []string) (*cohortInputs, error) {
	collectAsUsual()
	inputs := &cohortInputs{}
	for i, name := range names {
		if err := e.openInput(inputs, name); err != nil {
			_ = inputs.close() // was only read
			return nil, err
		}
		for _, before := range names[:i] {
			if before == name {
				_ = inputs.close() // was only read
				return nil, withHint(usage("%q is named twice", name), "name it once: everybody in it would be there twice")
			}
		}
	}
	return inputs, nil
}

func (e *env) openInput(inputs *cohortInputs, name string) error {
	if name == stdinName {
		inputs.list = append(inputs.list, intake.Input{Shown: "standard input", Stream: e.streams.In})
		inputs.size = -1
		return nil
	}
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return withHint(err, "name tables, sheets or folders of sheets, or - for standard input")
	case info.IsDir():
		root, err := os.OpenRoot(name)
		if err != nil {
			return err
		}
		inputs.opened = append(inputs.opened, root)
		inputs.list = append(inputs.list, intake.Input{Shown: name, Tree: root.FS()})
		inputs.size = -1
		return nil
	case !info.Mode().IsRegular():
		return withHint(&os.PathError{Op: "read", Path: name, Err: document.ErrNotRegular}, "hand it in with - as standard input")
	}
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	inputs.opened, inputs.files = append(inputs.opened, file), append(inputs.files, info)
	inputs.list = append(inputs.list, intake.Input{Shown: name, File: &countedFile{file, &inputs.read}, Size: info.Size()})
	if inputs.size >= 0 {
		inputs.size += info.Size()
	}
	return nil
}

// keeps refuses to write over what is read.
func (c *cohortInputs) keeps(flag, name string) error {
	info, err := os.Stat(name)
	if name == "" || err != nil {
		return nil // it is new, or whoever writes it finds out what is wrong
	}
	for _, file := range c.files {
		if os.SameFile(file, info) {
			return withHint(usage("%s: %s is being read", flag, name), "choose another name")
		}
	}
	return nil
}

func (c *cohortInputs) close() error {
	var errs []error
	for _, opened := range c.opened {
		errs = append(errs, opened.Close())
	}
	return errors.Join(errs...)
}

// countedFile counts what is read from a file.
type countedFile struct {
	file *os.File
	read *atomic.Int64
}

func (c *countedFile) ReadAt(p []byte, offset int64) (int, error) {
	n, err := c.file.ReadAt(p, offset)
	c.read.Add(int64(n))
	return n, err
}
