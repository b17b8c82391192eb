//go:build !linux

package main

import (
	"os"
	"time"
)

// residentMiB is not known here.
func residentMiB(*os.ProcessState) float64 { return 0 }

// processorTime is not known here.
func processorTime() time.Duration { return 0 }
