package settings

import (
	"errors"
	"fmt"
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/pmpath/pmpath/internal/document"
)

// InvalidError is a settings file or variable that does not hold what it should: exit code 78. Problems about a variable have its name as
// their file and no line. It unwraps to document.Problems, so whoever maps errors to codes asks for InvalidError first.
type InvalidError struct{ Problems document.Problems }

// invalid puts the problems into reading order.
func invalid(problems document.Problems) *InvalidError {
	e := &InvalidError{problems}
	errors.As(problems.Err(), &e.Problems)
	return e
}

func (e *InvalidError) Error() string { return e.Problems.Error() }

func (e *InvalidError) Unwrap() error { return e.Problems }

// FlagError is a flag with a value that does not exist: wrong usage, exit code 64.
type FlagError struct {
	Flag string // without hyphens in front
	What string
	Do   string
}

func (e *FlagError) Error() string { return fmt.Sprintf("--%s: %s – %s", e.Flag, e.What, e.Do) }

// display returns a path for messages: as it is, or in quotes where it holds characters that a message must not.
func display(path string) string {
	if !utf8.ValidString(path) {
		return strconv.Quote(path)
	}
	for _, r := range path {
		if !unicode.IsPrint(r) {
			return strconv.Quote(path)
		}
	}
	return path
}

// NoFolder is the fault of an environment that names no folder in which anything could be kept.
func NoFolder() *InvalidError {
	return &InvalidError{document.Problems{{
		Position: document.Position{File: "HOME"}, What: "no folder is known in which answers could be kept", Do: "set HOME, XDG_DATA_HOME or PMPATH_HOME to an absolute path",
	}}}
}
