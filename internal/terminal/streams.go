// Package terminal knows the process's three streams: whether a terminal is behind each of them, how wide it is, whether colour is welcome
// there, and whether somebody can be asked. Output may be piped while messages still go to a screen, so each stream answers for itself.
//
// Most callers are given a [Streams] made once by [System]; tests make theirs with [Fake.Streams]. The environment is looked up through a
// function that is passed in, so that a test decides what CI or NO_COLOR say.
//
// The package asks no questions and changes no state of the terminal (internal/prompt does), makes no text safe (internal/sanitize does)
// and holds no settings: what flags and files say is handed to its methods.
package terminal

import (
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/term"
)

// The width of an output in columns, where nothing better is known, and its limits.
const (
	DefaultWidth = 80
	MinWidth     = 20
	MaxWidth     = 200
)

// Streams are the standard streams of one run.
type Streams struct {
	In     *Input
	Out    *Output // data
	Err    *Output // questions and messages
	lookup func(string) (string, bool)
}

// Input is a stream to read from.
type Input struct {
	io.Reader
	File     *os.File // below Reader; nil where there is none
	terminal bool
}

// Output is a stream to write to.
type Output struct {
	io.Writer
	File     *os.File // below Writer; nil where there is none
	terminal bool
	columns  func() int // what the terminal answers, 0 for nothing
	lookup   func(string) (string, bool)
}

// System returns the streams of the process. lookup is os.LookupEnv in the program.
func System(lookup func(string) (string, bool)) *Streams {
	return &Streams{
		In:     &Input{os.Stdin, os.Stdin, isTerminal(os.Stdin)},
		Out:    fileOutput(os.Stdout, lookup),
		Err:    fileOutput(os.Stderr, lookup),
		lookup: lookup,
	}
}

func fileOutput(file *os.File, lookup func(string) (string, bool)) *Output {
	columns := func() int {
		width, _, err := term.GetSize(int(file.Fd()))
		if err != nil {
			return 0
		}
		return width
	}
	return &Output{file, file, isTerminal(file), columns, lookup}
}

func isTerminal(file *os.File) bool { return term.IsTerminal(int(file.Fd())) }

// Fake describes streams for tests. What is left out reads as empty, writes to nowhere and is no terminal.
type Fake struct {
	In                                   io.Reader
	Out, Err                             io.Writer
	InTerminal, OutTerminal, ErrTerminal bool
	Columns                              int               // what the terminals answer when asked for their width
	Env                                  map[string]string // the whole environment
}

// Streams returns the streams that the fake describes.
func (f Fake) Streams() *Streams {
	lookup := func(name string) (string, bool) {
		value, found := f.Env[name]
		return value, found
	}
	in := f.In
	if in == nil {
		in = strings.NewReader("")
	}
	output := func(w io.Writer, terminal bool) *Output {
		if w == nil {
			w = io.Discard
		}
		return &Output{w, nil, terminal, func() int { return f.Columns }, lookup}
	}
	return &Streams{&Input{in, nil, f.InTerminal}, output(f.Out, f.OutTerminal), output(f.Err, f.ErrTerminal), lookup}
}

// IsTerminal tells whether somebody types what is read here.
func (in *Input) IsTerminal() bool { return in.terminal }

// IsTerminal tells whether a screen shows what is written here.
func (o *Output) IsTerminal() bool { return o.terminal }

// Width returns how many columns a line may have, MinWidth to MaxWidth. COLUMNS comes first, then the terminal's own answer, which is
// asked for anew each time because windows change; a file always has DefaultWidth, so that output does not vary.
func (o *Output) Width() int {
	if columns, ok := o.columnsVariable(); ok {
		return clamp(columns)
	}
	if o.terminal {
		if columns := o.columns(); columns > 0 {
			return clamp(columns)
		}
	}
	return DefaultWidth
}

// columnsVariable reads COLUMNS. Zero and anything that is no number count as unset: shells and tests leave such values behind.
func (o *Output) columnsVariable() (int, bool) {
	columns, err := strconv.Atoi(value(o.lookup, "COLUMNS"))
	return columns, err == nil && columns > 0
}

func clamp(columns int) int { return min(max(columns, MinWidth), MaxWidth) }

// CanPrompt tells whether questions may be asked: nothing says that prompts are off, and there is a terminal both to type at (In) and to
// ask on (Err). noInput is what flags, PMPATH_NO_INPUT and settings say.
func (s *Streams) CanPrompt(noInput bool) bool {
	return !noInput && !truthy(value(s.lookup, "CI")) && s.In.terminal && s.Err.terminal
}

// ShowsProgress tells whether a line on Err may be written over and over: a screen is there, no machine looks on, and nobody needs plain lines.
func (s *Streams) ShowsProgress() bool {
	return !truthy(value(s.lookup, "CI")) && s.Err.terminal && !s.Accessible()
}

// Accessible tells whether line mode is right by itself: TERM is "dumb" or not set. It is the default of the setting accessible.
func (s *Streams) Accessible() bool { return plainTerm(s.lookup) }

func truthy(word string) bool {
	switch strings.ToLower(word) {
	case "1", "true", "yes", "on":
		return true
	}
	return false
}

func value(lookup func(string) (string, bool), name string) string {
	text, _ := lookup(name)
	return text
}
