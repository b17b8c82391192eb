//go:build !unix

package main

import "os"

// dieOf does nothing where processes do not die of signals.
func dieOf(os.Signal) {}
