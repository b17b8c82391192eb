package main

import (
	"regexp"
	"strings"
	"sync"

	"github.com/pmpath/pmpath/internal/sanitize"
	"github.com/pmpath/pmpath/internal/settings"
)

// longestHint is how long the name of a file may be in a command that a report shows: more would fill the line.
const longestHint = 40

// bareWord needs no quotes in any shell.
var bareWord = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9_./,+@%=:][A-Za-z0-9_./,+@%=:-]*$`) })

// sheetInHints is how the commands in a report name the sheet, ready to be copied, with the flags that say something else than the sheet and the settings do.
// It is empty where there is no such name: reports then say SHEET.
func (e *env) sheetInHints(file string, flags []string) string {
	words := append([]string{shellWord(file)}, flags...)
	if e.settings.Rubric != settings.DefaultRubric {
		words = append(words, "--rubric "+shellWord(e.settings.Rubric))
		if shellWord(e.settings.Rubric) == "" {
			return ""
		}
	}
	if words[0] == "" {
		return ""
	}
	return strings.Join(words, " ")
}

// shellWord is a name as a shell takes it. It is empty for standard input, for what a terminal must not be shown, and for what is too long to be read.
func shellWord(name string) string {
	switch {
	case name == stdinName || name == "" || len(name) > longestHint || sanitize.Line(name) != name || strings.HasPrefix(name, "-"):
		return ""
	case bareWord().MatchString(name):
		return name
	}
	return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
}
