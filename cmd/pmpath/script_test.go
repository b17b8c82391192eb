package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/pmpath/pmpath/internal/history"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

const scriptFolder = "testdata/script"

// TestScripts runs pmpath as people and programs do. Each script has a home of its own and the small rubric as the folder small
// and as the file small.yaml.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 scriptFolder,
		Setup:               setUpScript,
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		WorkdirRoot:         openFolder(t),
		Condition:           condition,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":  exits,
			"fillin": fillIn,
			"redate": redate,
			"mode":   mode,
			"dirty":  dirty,
			"holds":  holds,
			"keep":   keep,
			"damage": damage,
			"change": changed,
			"unname": unname,
		},
	})
}

// openFolder is a temporary folder that every account may look into, for programs that run as another one.
func openFolder(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "pmpath-script-*")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	return folder
}

// setUpScript controls the environment: testscript passes on nothing but PATH and what the race detector and coverage need.
func setUpScript(e *testscript.Env) error {
	home := filepath.Join(e.WorkDir, "home")
	if err := os.MkdirAll(home, 0o755); err != nil {
		return err
	}
	e.Setenv("HOME", home)
	e.Setenv("USERPROFILE", home)
	e.Setenv("XDG_CONFIG_HOME", filepath.Join(home, ".config"))
	e.Setenv("TERM", "xterm")
	e.Setenv("GORACE", "atexit_sleep_ms=0") // else every process takes a second to end
	return os.CopyFS(e.WorkDir, rubrictest.Files())
}

// condition knows root, and ci: where a needed program that is missing is a failure.
func condition(name string) (bool, error) {
	return name == "root" && os.Getuid() == 0 || name == "ci" && os.Getenv("CI") == "true", nil
}

// exits CODE PROGRAM ARGUMENTS… runs a program that must end with exactly this code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARGUMENTS…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	if got := codeOf(ts.Exec(args[1], args[2:]...)); got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// fillIn SHEET ANSWERS writes answers into an empty sheet as somebody with an editor does: after the id that stands alone on its line.
func fillIn(ts *testscript.TestScript, _ bool, args []string) {
	sheet := ts.ReadFile(args[0])
	for line := range strings.Lines(ts.ReadFile(args[1])) {
		id, answer, _ := strings.Cut(strings.TrimSpace(line), ":")
		empty := "\n  " + id + ":\n"
		if !strings.Contains(sheet, empty) {
			ts.Fatalf("%s: no empty line for %q", args[0], id)
		}
		sheet = strings.Replace(sheet, empty, "\n  "+id+":"+answer+"\n", 1)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(sheet), 0o600))
}

var dateLine = regexp.MustCompile(`(?m)^date: "?\d{4}-\d{2}-\d{2}"?$`)

// redate FILE replaces the one thing in a new sheet that changes from day to day.
func redate(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	if len(dateLine.FindAllString(text, -1)) != 1 {
		ts.Fatalf("%s: not one date", args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(dateLine.ReplaceAllString(text, "date: 2026-11-22")), 0o600))
}

// mode PERMISSIONS FILE checks who may read and write a file.
func mode(ts *testscript.TestScript, _ bool, args []string) {
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	if got := "0" + strconv.FormatUint(uint64(info.Mode().Perm()), 8); got != args[0] {
		ts.Fatalf("%s has mode %s, want %s", args[1], got, args[0])
	}
}

// holds has the interview open that was changed last, until the script ends.
func holds(ts *testscript.TestScript, _ bool, _ []string) {
	store, err := history.Open(filepath.Join(ts.Getenv("HOME"), ".local", "share", "pmpath"), history.Options{Now: time.Now, Version: "test"})
	ts.Check(err)
	drafts, err := store.Drafts()
	ts.Check(err)
	if len(drafts) == 0 {
		ts.Fatalf("there is no interview to hold")
	}
	draft, err := store.Resume(drafts[0].ID)
	ts.Check(err)
	ts.Defer(func() { _, _ = draft.Close(), store.Close() })
}

// dirty checks that a folder holds no temporary file of ours: ! dirty FOLDER.
func dirty(ts *testscript.TestScript, neg bool, args []string) {
	left, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), ".pmpath-tmp-*"))
	ts.Check(err)
	if (len(left) > 0) == neg {
		ts.Fatalf("temporary files: %q", left)
	}
}

// keep VARIABLE puts what the last program printed into a variable, for ids that no script can know.
func keep(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[0], strings.TrimSpace(ts.ReadFile("stdout")))
}

// damage FILE TEXT flips a bit where the text stands first.
func damage(ts *testscript.TestScript, _ bool, args []string) {
	data := []byte(ts.ReadFile(args[0]))
	at := strings.Index(string(data), args[1])
	if at < 0 {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	data[at] ^= 1
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o600))
}

// changed FILE NEW (OLD TEXT)… writes a file anew with texts replaced, as an editor would.
func changed(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	for i := 2; i < len(args); i += 2 {
		if !strings.Contains(text, args[i]) {
			ts.Fatalf("%s does not hold %q", args[0], args[i])
		}
		text = strings.Replace(text, args[i], args[i+1], 1)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o600))
}

// unname writes a copy of a report in which the sheet has no name: unname 'kim.yaml --rubric small' stdout copy.txt. It fails where it has none anyway.
func unname(ts *testscript.TestScript, _ bool, args []string) {
	named := ts.ReadFile(args[1])
	if !strings.Contains(named, args[0]) {
		ts.Fatalf("%s does not name %s", args[1], args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(strings.ReplaceAll(named, args[0], "SHEET")), 0o600))
}
