package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/history"
	"github.com/pmpath/pmpath/internal/prompt"
	"github.com/pmpath/pmpath/internal/settings"
	"github.com/pmpath/pmpath/internal/terminal"
)

func TestEndingOf(t *testing.T) {
	problems := document.Problems{{What: "wrong"}}
	path := func(err error) error { return &fs.PathError{Op: "open", Path: "f", Err: err} }
	for _, test := range []struct {
		name string
		err  error
		want ending
	}{
		{"answer no", answerNo{"not yet"}, ending{code: 1}},
		{"usage", usage("no such thing"), ending{code: 64}},
		{"usage with hint, wrapped", fmt.Errorf("a: %w", withHint(usage("no"), "do")), ending{code: 64}},
		{"flag", &settings.FlagError{Flag: "color"}, ending{code: 64}},
		{"problems", problems, ending{code: 65}},
		{"missing", path(fs.ErrNotExist), ending{code: 66}},
		{"missing by errno", path(syscall.ENOENT), ending{code: 66}},
		{"missing below a plain file", &fs.PathError{Op: "read", Path: "f", Err: syscall.ENOTDIR}, ending{code: 66}},
		{"missing below a plain file, when looked for", &fs.PathError{Op: "statat", Path: "f", Err: syscall.ENOTDIR}, ending{code: 66}},
		{"a plain file where a folder is to be made", &fs.PathError{Op: "mkdir", Path: "f", Err: syscall.ENOTDIR}, ending{code: 74}},
		{"a plain file where one is to be written", &fs.PathError{Op: "write", Path: "f", Err: syscall.ENOTDIR}, ending{code: 74}},
		{"folder", path(document.ErrFolder), ending{code: 66}},
		{"device", path(document.ErrNotRegular), ending{code: 66}},
		{"exists", path(fs.ErrExist), ending{code: 73}},
		{"in the way", path(errInTheWay), ending{code: 73}},
		{"full disk", writeError{path(syscall.ENOSPC)}, ending{code: 74}},
		{"read fault", path(syscall.EIO), ending{code: 74}},
		{"cut short", io.ErrUnexpectedEOF, ending{code: 74}},
		{"a write that lost its folder is no missing input", writeError{path(syscall.ENOENT)}, ending{code: 74}},
		{"permission", path(syscall.EACCES), ending{code: 77}},
		{"permission while writing", writeError{path(syscall.EPERM)}, ending{code: 77}},
		{"settings, which hold problems", &settings.InvalidError{Problems: problems}, ending{code: 78}},
		{"paused", prompt.ErrPaused, ending{130, os.Interrupt}},
		{"signal", &prompt.SignalError{Signal: syscall.SIGTERM}, ending{128 + 15, syscall.SIGTERM}},
		{"a signal comes before all else", errors.Join(prompt.ErrPaused, problems, &prompt.SignalError{Signal: syscall.SIGTERM}), ending{143, syscall.SIGTERM}},
		{"held draft", &history.HeldError{ID: "abcdef"}, ending{code: 75}},
		{"locked database", fmt.Errorf("a: %w", &history.LockedError{}), ending{code: 75}},
		{"damaged database, whatever it says inside", &history.DamagedError{Err: path(fs.ErrNotExist)}, ending{code: 65}},
		{"newer database", &history.NewerError{}, ending{code: 65}},
		{"unknown draft", &history.UnknownError{What: "draft", ID: "abcdef"}, ending{code: 66}},
		{"unknown", errors.New("a fault"), ending{code: 70}},
	} {
		if got := endingOf(test.err); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

// People get at most 20 problems and 8 KiB, then a count; what is counted and what is shown are all there are.
func TestComplainStopsInTime(t *testing.T) {
	for _, test := range []struct {
		problems, length int // how many, and characters of each
		shown            int
	}{
		{20, 10, 20},
		{21, 10, 20},
		{30, 1000, 8}, // "f:1:1: " and 1000 letters are 1007 bytes; 8 of them are 8056, a ninth would pass 8192
	} {
		var problems document.Problems
		for range test.problems {
			problems = append(problems, document.Problem{Position: document.Position{File: "f", Line: 1, Column: 1}, What: strings.Repeat("x", test.length)})
		}
		var out bytes.Buffer
		e := &env{streams: terminal.Fake{Err: &out}.Streams()}
		e.complain(problems, 65)
		lines := strings.SplitAfter(strings.TrimSuffix(out.String(), "\n"), "\n")
		want := test.shown
		if test.shown < test.problems {
			want++
			if last, more := lines[len(lines)-1], fmt.Sprintf("pmpath: and %d more", test.problems-test.shown); last != more {
				t.Errorf("%d of %d characters: the last line is %q, want %q", test.problems, test.length, last, more)
			}
		}
		if len(lines) != want {
			t.Errorf("%d of %d characters: %d lines, want %d", test.problems, test.length, len(lines), want)
		}
	}
}

// What a person typed or a file held is in messages, but steers nothing.
func TestComplaintsAreSafe(t *testing.T) {
	hostile := "a\x1b[2Jb\u202ec\nd\u009b"
	for _, err := range []error{
		usage("%s", hostile),
		withHint(errors.New("x"), hostile),
		document.Problems{{Position: document.Position{File: hostile, Line: 1, Column: 1}, Path: hostile, What: hostile, Do: hostile}},
	} {
		var out bytes.Buffer
		e := &env{streams: terminal.Fake{Err: &out}.Streams()}
		e.complain(err, 64)
		text := strings.TrimSuffix(out.String(), "\n")
		if strings.ContainsAny(text, "\x1b\n\u202e\u009b") || !strings.Contains(text, "<U+001B>") {
			t.Errorf("%q", text)
		}
	}
}
