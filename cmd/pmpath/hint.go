package main

import (
	"regexp"
	"strings"

	"github.com/pmpath/pmpath/internal/sanitize"
	"github.com/pmpath/pmpath/internal/settings"
)

// longestHint is how long the name of a file may be in a command that a report shows: more would fill the line.
const longestHint = 40

// bareWord needs no quotes in any shell.
var bareWord = regexp.MustCompile(`^[A-Za-z0-9_./,+@%=:][A-Za-z0-9_./,+@%=:-]*$`)

// sheetInHints is how the commands in a report name the sheet, ready to be copied, with what else was said of the roles and the rubric. It is empty where
// there is no such name: reports then say SHEET.
func (e *env) sheetInHints(file string, roles selection) string {
	name := shellWord(file)
	if name == "" {
		return ""
	}
	for _, flag := range []struct{ name, value, usual string }{
		{"--stage", roles.stage, ""}, {"--target", roles.target, ""}, {"--rubric", e.settings.Rubric, settings.DefaultRubric},
	} {
		if flag.value == flag.usual {
			continue
		}
		value := shellWord(flag.value)
		if value == "" {
			return ""
		}
		name += " " + flag.name + " " + value
	}
	return name
}

// shellWord is a name as a shell takes it. It is empty for standard input, for what a terminal must not be shown, and for what is too long to be read.
func shellWord(name string) string {
	switch {
	case name == stdinName || name == "" || len(name) > longestHint || sanitize.Line(name) != name || strings.HasPrefix(name, "-"):
		return ""
	case bareWord.MatchString(name):
		return name
	}
	return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
}
