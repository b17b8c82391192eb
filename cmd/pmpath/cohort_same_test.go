package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
)

// A cohort of several blocks gives the same report and the same lines in the same order, however many workers there are.
func TestCohortIsTheSameForAnyNumberOfWorkers(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	table := wideTable(t, folder, 8000) // some 1.6 MB: 7 blocks
	if err := table.Close(); err != nil {
		t.Fatal(err)
	}
	var report, lines []byte
	for _, workers := range []int{1, 2, 3, 8} {
		people := filepath.Join(folder, "people.csv")
		cmd := exec.Command("pmpath", "cohort", "report", table.Name(), "--people", people, "--workers", strconv.Itoa(workers), "--format", "json", "--include-names")
		cmd.Env = append(os.Environ(), "PMPATH_HOME="+filepath.Join(folder, "home"))
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%d workers: %v", workers, err)
		}
		written, err := os.ReadFile(people)
		if err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(written, []byte("\n")); n != 8001 {
			t.Errorf("%d workers: %d lines", workers, n)
		}
		if report == nil {
			report, lines = out, written
		}
		if !bytes.Equal(out, report) || !bytes.Equal(written, lines) {
			t.Errorf("%d workers: the report is the same: %t, the lines are the same: %t", workers, bytes.Equal(out, report), bytes.Equal(written, lines))
		}
	}
}
