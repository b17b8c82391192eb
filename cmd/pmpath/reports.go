package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/document"
)

// reportFiles are the values of --report F=FILE: one computation, several files.
type reportFiles struct {
	formats []string // that the command has
	list    []reportFile
}

type reportFile struct{ format, name string }

func (r *reportFiles) flag(cmd *cobra.Command) {
	cmd.Flags().Var(r, "report", "write a report in this format to a file as well; repeatable")
}

func (r *reportFiles) String() string { return "" }
func (r *reportFiles) Type() string   { return "FORMAT=FILE" }
func (r *reportFiles) Set(value string) error {
	format, name, found := strings.Cut(value, "=")
	switch {
	case !found || name == "":
		return usage("write FORMAT=FILE, such as junit=gate.xml")
	case !slices.Contains(r.formats, format):
		return withHint(usage("there is no format %q here", format), document.Nearest(format, r.formats, "use one of: "+strings.Join(r.formats, ", ")))
	case name == stdinName:
		return withHint(usage("a report goes to a file"), "for standard output, use --format "+format)
	case slices.ContainsFunc(r.list, func(other reportFile) bool { return other.name == name }):
		return usage("%q is named twice", name)
	}
	r.list = append(r.list, reportFile{format, name})
	return nil
}

// deliverAll renders everything before the first file is replaced, then writes the files, then what goes to file or standard output.
func (e *env) deliverAll(r *reportFiles, format, file string, render func(format, file string) func(io.Writer) error) error {
	texts := make([]bytes.Buffer, len(r.list))
	for i, report := range r.list {
		if report.name == file {
			return usage("--report and --output name the same file")
		}
		if err := render(report.format, report.name)(&texts[i]); err != nil {
			return err
		}
	}
	var main bytes.Buffer
	if err := render(format, file)(&main); err != nil {
		return err
	}
	for i, report := range r.list {
		if err := replaceFile(report.name, texts[i].Bytes()); err != nil {
			return err
		}
	}
	return e.deliver(file, func(w io.Writer) error { _, err := w.Write(main.Bytes()); return err })
}

// summaryVariable names the file that GitHub shows as the summary of a job.
const summaryVariable = "GITHUB_STEP_SUMMARY"

// summaryFile finds where a summary goes, and how much room is left in it.
func (e *env) summaryFile(most int) (name string, room int, err error) {
	name, _ = e.lookup(summaryVariable)
	if name == "" {
		return "", 0, withHint(usage("--summary: %s is not set", summaryVariable), "it is there in a GitHub workflow; elsewhere use --report markdown=FILE")
	}
	info, err := os.Stat(name)
	switch {
	case os.IsNotExist(err):
		return name, most, nil
	case err != nil:
		return "", 0, err
	case !info.Mode().IsRegular():
		return "", 0, withHint(&os.PathError{Op: "write", Path: name, Err: errInTheWay}, summaryVariable+" has to name a file")
	}
	return name, max(most-int(min(info.Size(), int64(most))), 0), nil
}

// appendTo writes at the end of a file that other steps write as well.
func appendTo(name string, data []byte) error {
	file, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return writeError{named(err, name)}
	}
	return nil
}

// notAmong refuses to write a file over one that is read, or into a folder of sheets, where the next run would take it for one.
func notAmong(flag, name string, read []string) error {
	if name == "" || name == stdinName {
		return nil
	}
	written, err := os.Stat(name)
	for _, input := range read {
		info, missing := os.Stat(input)
		switch {
		case missing != nil: // whoever reads it says so
		case err == nil && os.SameFile(info, written):
			return withHint(usage("%s: %s is being read", flag, name), "choose another name")
		case info.IsDir() && liesIn(input, name):
			return withHint(usage("%s: the next run would read %s as a sheet", flag, name), "choose a place outside of "+input)
		}
	}
	return nil
}

func liesIn(folder, name string) bool {
	from, err := filepath.Abs(folder)
	to, errTo := filepath.Abs(name)
	if err != nil || errTo != nil {
		return false
	}
	way, err := filepath.Rel(from, to)
	return err == nil && filepath.IsLocal(way)
}
