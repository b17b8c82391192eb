package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/pmpath/pmpath/internal/history"
	"github.com/pmpath/pmpath/internal/response"
)

var update = flag.Bool("update", false, "write the expected output in the scripts anew")

// TestMain lets this binary stand in for pmpath: tests and scripts run it under that name as a process of its own.
func TestMain(m *testing.M) {
	programs := map[string]func(){
		"pmpath":        main,
		"pmpath-panics": panics,

		"pmpath-while-held": whileHeld,
	}
	for name, program := range systemPrograms() {
		programs[name] = program
	}
	dieOfHangups()
	testscript.Main(m, programs)
}

// dieOfHangups has the programs that tests start die of SIGHUP as usual, even where the tests themselves run under nohup and ignore it: what starts them
// hands on that a signal is ignored, but not that it is caught.
func dieOfHangups() {
	if signal.Ignored(syscall.SIGHUP) {
		signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP)
	}
}

// panics is pmpath with a fault in it, at the first thing that every command does. Its message tries to steer the terminal.
func panics() {
	e := systemEnv()
	e.workDir = func() (string, error) { panic("a fault\x1b[2J") }
	leave(run(e, os.Args[1:]))
}

// whileHeld runs pmpath while this process has a draft about Kim Example open.
func whileHeld() {
	code, err := runWhileHeld(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 99
	}
	os.Exit(code)
}

func runWhileHeld(args []string) (int, error) {
	r, err := loadRubricFiles("small")
	if err != nil {
		return 0, err
	}
	s, err := history.Open(filepath.Join(os.Getenv("HOME"), ".local", "share", "pmpath"), history.Options{})
	if err != nil {
		return 0, err
	}
	sheet := response.New(r)
	sheet.Respondent = "Kim Example"
	d, err := s.Begin(sheet, "full")
	if err != nil {
		return 0, err
	}
	cmd := exec.Command("pmpath", args...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	code := codeOf(cmd.Run())
	return code, d.Close()
}
