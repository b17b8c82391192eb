package main

import (
	"flag"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write the expected output in the scripts anew")

// TestMain lets this binary stand in for pmpath: tests and scripts run it under that name as a process of its own.
func TestMain(m *testing.M) {
	programs := map[string]func(){
		"pmpath":        main,
		"pmpath-panics": panics,
	}
	for name, program := range systemPrograms() {
		programs[name] = program
	}
	testscript.Main(m, programs)
}

// panics is pmpath with a fault in it, at the first thing that every command does. Its message tries to steer the terminal.
func panics() {
	e := systemEnv()
	e.workDir = func() (string, error) { panic("a fault\x1b[2J") }
	leave(run(e, os.Args[1:]))
}
