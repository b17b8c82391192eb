package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/history"
	"github.com/pmpath/pmpath/internal/prompt"
	"github.com/pmpath/pmpath/internal/sanitize"
	"github.com/pmpath/pmpath/internal/settings"
)

// The exit codes are API: scripts rely on them. 2 is never used, as the Go runtime dies with it.
const (
	exitDone       = 0
	exitNo         = 1 // done, and the answer is no
	exitPart       = 3 // done in part: some of the input was left out
	exitUsage      = 64
	exitInvalid    = 65
	exitMissing    = 66
	exitBug        = 70
	exitExists     = 73
	exitIO         = 74
	exitLocked     = 75
	exitPermission = 77
	exitSettings   = 78
	exitPaused     = 130
	exitSignal     = 128 // plus the number of the signal
)

// usageError is a call that cannot be understood or carried out as it stands.
type usageError struct{ error }

func usage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// answerNo is a result, not trouble: the work is done and its answer is no. The message may be empty.
type answerNo struct{ message string }

func (a answerNo) Error() string { return a.message }

// partError is work that is done without some of its input, and what is wrong with that.
type partError struct{ document.Problems }

func (p partError) Unwrap() error { return p.Problems }

// writeError is output that did not arrive.
type writeError struct{ error }

func (w writeError) Unwrap() error { return w.error }

// hintError adds what to do.
type hintError struct {
	error
	hint string
}

func (h hintError) Unwrap() error { return h.error }

func withHint(err error, hint string) error {
	if err == nil {
		return nil
	}
	return hintError{err, hint}
}

// ending is how a run ends: with a code, and by a signal where it stands for one.
type ending struct {
	code   int
	signal os.Signal
}

// leave ends the process.
func leave(end ending) {
	if end.signal != nil {
		dieOf(end.signal)
	}
	os.Exit(end.code) //nolint:forbidigo // this is the one place
}

// run carries out one command line and says how to end. It is the whole program but for the process around it.
func run(e *env, args []string) (end ending) {
	defer func() {
		if fault := recover(); fault != nil {
			fmt.Fprintf(e.streams.Err, "pmpath: a fault of pmpath itself – please report it with the lines below\n%s\n%s", sanitize.Terminal(fmt.Sprint(fault)), debug.Stack())
			end = ending{code: exitBug}
		}
	}()
	root := newRootCmd(e)
	out := &keeper{Writer: e.streams.Out}
	root.SetOut(out)
	root.SetArgs(args)
	err := root.Execute()
	if err == nil {
		err = out.err
	}
	if err == nil {
		return ending{}
	}
	end = endingOf(err)
	e.complain(err, end.code)
	return end
}

// endingOf is the one place that turns errors into exit codes.
func endingOf(err error) ending {
	var (
		signal   *prompt.SignalError
		no       answerNo
		part     partError
		use      usageError
		write    writeError
		problems document.Problems
		setting  *settings.InvalidError
		flag     *settings.FlagError
		held     *history.HeldError
		locked   *history.LockedError
		damaged  *history.DamagedError
		newer    *history.NewerError
		unusable unusableError
	)
	switch {
	case errors.As(err, &signal):
		return ending{exitSignal + int(signal.Signal), signal.Signal}
	case errors.Is(err, prompt.ErrPaused):
		return ending{exitPaused, os.Interrupt}
	case errors.As(err, &no):
		return ending{code: exitNo}
	case errors.As(err, &part):
		return ending{code: exitPart}
	case errors.As(err, &use), errors.As(err, &flag):
		return ending{code: exitUsage}
	case errors.As(err, &setting):
		return ending{code: exitSettings}
	case errors.As(err, &damaged), errors.As(err, &newer), errors.As(err, &unusable), errors.As(err, &problems): // before what a damaged part may have said
		return ending{code: exitInvalid}
	case errors.As(err, &held), errors.As(err, &locked):
		return ending{code: exitLocked}
	case errors.Is(err, fs.ErrExist):
		return ending{code: exitExists}
	case errors.Is(err, fs.ErrPermission):
		return ending{code: exitPermission}
	case errors.As(err, &write):
		return ending{code: exitIO}
	case errors.Is(err, fs.ErrNotExist), isBelowFile(err), errors.Is(err, document.ErrFolder), errors.Is(err, document.ErrNotRegular):
		return ending{code: exitMissing}
	case isIO(err):
		return ending{code: exitIO}
	}
	return ending{code: exitBug}
}

// isBelowFile reports a file that cannot be there to read, since a part of its path is no folder. Where pmpath wants a folder of its own, the same
// trouble means that something stands in the way.
func isBelowFile(err error) bool {
	var bad *fs.PathError
	return errors.As(err, &bad) && errors.Is(bad.Err, syscall.ENOTDIR) && (bad.Op == "read" || onlyLooks(bad.Op))
}

// isIO reports trouble that the operating system had with a file.
func isIO(err error) bool {
	var bad *fs.PathError
	return errors.As(err, &bad) || errors.Is(err, io.ErrUnexpectedEOF)
}

// The most that is said at once to a person; programs get everything.
const (
	mostProblems = 20
	mostBytes    = 8 << 10
)

// complain says on standard error what is wrong, once.
func (e *env) complain(err error, code int) {
	complaints := complaintsOf(err, code)
	if e.settings != nil && (e.settings.Format == "json" || e.settings.Format == "jsonl") {
		encoder := json.NewEncoder(e.streams.Err)
		encoder.SetEscapeHTML(false)
		for _, c := range complaints {
			if c.Message != "" {
				_ = encoder.Encode(c) // standard error is the last place to say something
			}
		}
		return
	}
	written := 0
	for i, c := range complaints {
		line := c.String()
		if line == "" {
			continue
		}
		if i == mostProblems || written+len(line) > mostBytes {
			fmt.Fprintf(e.streams.Err, "pmpath: and %d more\n", len(complaints)-i)
			return
		}
		written += len(line)
		fmt.Fprintf(e.streams.Err, "pmpath: %s\n", line)
	}
}

// complaint is one problem in the form that programs read.
type complaint struct {
	Code    int    `json:"code"`
	Kind    string `json:"kind"`
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Path    string `json:"path,omitempty"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

func (c complaint) String() string {
	if c.Message == "" {
		return ""
	}
	if c.File != "" {
		return sanitize.Line(document.Problem{
			Position: document.Position{File: c.File, Line: c.Line, Column: c.Column}, Path: c.Path, What: c.Message, Do: c.Hint,
		}.Error())
	}
	text := sanitize.Line(c.Message)
	if c.Hint != "" {
		text += " – " + sanitize.Line(c.Hint)
	}
	return text
}

var exitKinds = map[int]string{
	exitNo: "no", exitPart: "part", exitUsage: "usage", exitInvalid: "invalid", exitMissing: "missing", exitBug: "bug", exitExists: "exists", exitIO: "io",
	exitLocked: "locked", exitPermission: "permission", exitSettings: "settings", exitPaused: "paused",
}

// inWords is the text of an error. A system call that only looks at a file, by whatever name, is called reading.
func inWords(err error) string {
	text := strings.TrimSpace(err.Error())
	var bad *fs.PathError
	if !errors.As(err, &bad) || !onlyLooks(bad.Op) {
		return text
	}
	read := fs.PathError{Op: "read", Path: bad.Path, Err: bad.Err}
	return strings.Replace(text, bad.Error(), read.Error(), 1)
}

// onlyLooks reports whether a system call of this name looks at a file and changes nothing.
func onlyLooks(op string) bool {
	switch op {
	case "stat", "lstat", "statat", "openat", "CreateFile", "GetFileAttributesEx", "FindFirstFile":
		return true
	}
	return false
}

func complaintsOf(err error, code int) []complaint {
	var problems document.Problems
	var damaged *history.DamagedError
	if errors.As(err, &problems) && !errors.As(err, &damaged) {
		complaints := make([]complaint, len(problems))
		for i, p := range problems {
			complaints[i] = complaint{code, exitKinds[code], p.File, p.Line, p.Column, p.Path, p.What, p.Do}
		}
		return complaints
	}
	if end := endingOf(err); end.signal != nil {
		return nil // whoever stopped knows, and the interview has said what became of the answers
	}
	c := complaint{Code: code, Kind: exitKinds[code], Message: inWords(err)}
	var hint hintError
	if errors.As(err, &hint) {
		c.Hint = hint.hint
	}
	return []complaint{c}
}
