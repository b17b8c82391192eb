package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/pmpath/pmpath/internal/terminal"
)

// scripts are the texts of all scripts: the commands of each, and the files that come with it.
type scripts struct {
	commands []string // lines without comments
	files    string
}

func readScripts(t *testing.T) scripts {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(scriptFolder, "*.txtar"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	var all scripts
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		commands, files, _ := strings.Cut(string(data), "\n-- ")
		for line := range strings.Lines(commands) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
				all.commands = append(all.commands, line)
			}
		}
		all.files += files + "\n"
	}
	return all
}

// uses tells whether some line holds all of the parts.
func (s scripts) uses(parts ...string) bool {
	for _, line := range s.commands {
		found := true
		for _, part := range parts {
			found = found && strings.Contains(line, part)
		}
		if found {
			return true
		}
	}
	return false
}

// A command or flag that no script runs has no specification.
func TestEveryCommandAndFlagHasAScript(t *testing.T) {
	all := readScripts(t)
	seen := 0
	var look func(cmd *cobra.Command)
	look = func(cmd *cobra.Command) {
		seen++
		if !all.uses(cmd.CommandPath()) {
			t.Errorf("no script runs %q", cmd.CommandPath())
		}
		cmd.Flags().VisitAll(func(flag *pflag.Flag) {
			if !all.uses(cmd.CommandPath(), "--"+flag.Name) && !(flag.Shorthand != "" && all.uses(cmd.CommandPath(), " -"+flag.Shorthand+" ")) {
				t.Errorf("no script runs %q with --%s", cmd.CommandPath(), flag.Name)
			}
		})
		cmd.PersistentFlags().VisitAll(func(flag *pflag.Flag) {
			if !all.uses("pmpath", "--"+flag.Name) {
				t.Errorf("no script gives --%s", flag.Name)
			}
		})
		for _, sub := range cmd.Commands() {
			look(sub)
		}
	}
	look(newRootCmd(&env{streams: terminal.Fake{}.Streams()}))
	if seen < 20 {
		t.Errorf("only %d commands were looked at", seen)
	}
}

// Every code of the table that people read, and every signal it names, comes from some script; 2 from none.
func TestEveryExitCodeHasAScript(t *testing.T) {
	all := readScripts(t)
	codes := append(regexp.MustCompile(`(?m)^ +(\d+)  `).FindAllStringSubmatch(exitCodesHelp, -1), regexp.MustCompile(`(\d+) SIG`).FindAllStringSubmatch(exitCodesHelp, -1)...)
	if len(codes) < 14 {
		t.Fatalf("only %d codes found in the help", len(codes))
	}
	for _, code := range codes {
		if !all.uses("exits " + code[1] + " ") {
			t.Errorf("no script ends with %s", code[1])
		}
	}
	if all.uses("exits 2 ") {
		t.Error("a script expects 2, which means that pmpath crashed")
	}
}
