//go:build unix

package main

import (
	"os"
	"os/signal"
	"syscall"
	"time"
)

// dieOf raises the signal with its default action, so that a shell loop around the process stops as well. It comes back where the signal is ignored.
func dieOf(s os.Signal) {
	number, ok := s.(syscall.Signal)
	if !ok {
		return
	}
	signal.Reset(number)
	if err := syscall.Kill(os.Getpid(), number); err == nil {
		time.Sleep(time.Second) // delivery takes a moment
	}
}
