package main

import (
	"os"
	"time"

	"github.com/pmpath/pmpath/internal/settings"
	"github.com/pmpath/pmpath/internal/terminal"
)

// env is everything that a command takes from its surroundings, so that tests can give it other ones.
type env struct {
	streams *terminal.Streams
	lookup  func(string) (string, bool)
	now     func() time.Time
	workDir func() (string, error)

	settings *settings.Settings // loaded before a command runs
}

func systemEnv() *env {
	return &env{streams: terminal.System(os.LookupEnv), lookup: os.LookupEnv, now: time.Now, workDir: os.Getwd}
}
