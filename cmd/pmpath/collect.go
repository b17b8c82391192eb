package main

import (
	"os"
	"runtime/debug"
)

// Percentages as debug.SetGCPercent takes them: the first collection comes at 4 MiB for each hundred.
const (
	latePercent     = 400
	ordinaryPercent = 100 // Go's own default
)

// collectLater puts off the first garbage collection: with Go's default it falls into nearly every assessment, costs a tenth of its time, and frees what the
// end of the process frees at once. Whoever sets GOGC decides alone.
func collectLater() { collectAt(latePercent) }

// collectAsUsual is for what runs long, where memory counts more than the first millisecond.
func collectAsUsual() { collectAt(ordinaryPercent) }

func collectAt(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}
