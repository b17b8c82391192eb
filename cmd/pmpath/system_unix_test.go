//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
)

// systemPrograms are further programs for scripts, which need an operating system of this kind.
func systemPrograms() map[string]func() {
	return map[string]func(){
		"pmpath-as-nobody": asNobody,
		"brokenpipe":       brokenPipe,
	}
}

const nobody = 65534

// asNobody is pmpath without root's rights: permissions do not bind root. Anybody else runs it as they are.
func asNobody() {
	if os.Getuid() == 0 {
		if err := errors.Join(syscall.Setgroups(nil), syscall.Setgid(nobody), syscall.Setuid(nobody)); err != nil {
			fmt.Fprintln(os.Stderr, "give up root's rights:", err)
			os.Exit(99)
		}
	}
	main()
}

// brokenPipe runs a program whose standard output nobody reads any more, and ends as it does.
func brokenPipe() {
	reader, writer, err := os.Pipe()
	if err == nil {
		err = reader.Close()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(99)
	}
	cmd := exec.Command(os.Args[1], os.Args[2:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, writer, os.Stderr
	os.Exit(codeOf(cmd.Run()))
}

// codeOf is the exit code as a shell counts it.
func codeOf(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case !errors.As(err, &exit):
		return 99
	}
	if status := exit.Sys().(syscall.WaitStatus); status.Signaled() {
		return 128 + int(status.Signal())
	}
	return exit.ExitCode()
}
