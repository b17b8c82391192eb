//go:build !unix

package main

import (
	"errors"
	"os/exec"
)

func systemPrograms() map[string]func() { return nil }

func codeOf(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case !errors.As(err, &exit):
		return 99
	}
	return exit.ExitCode()
}
