package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
)

const samePolicy = `pmpath: 1
rules:
  - {id: teams, each: team, ready: {at_least: 5%}, why: So.}
  - {id: area, area: analytical, holds: {at_least: 1%}, why: So.}
  - {id: fresh, sheet_age: {at_most: 1 month}, why: So.}
  - {id: kept, person: no_regression, why: So.}
`

// A gate over a table of several blocks says the same about groups and people, in the same bytes, however many workers there are.
func TestGateIsTheSameForAnyNumberOfWorkers(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	table := wideTable(t, folder, 3000)
	if err := table.Close(); err != nil {
		t.Fatal(err)
	}
	few := wideTable(t, t.TempDir(), 300)
	if err := few.Close(); err != nil {
		t.Fatal(err)
	}
	policy, baseline := filepath.Join(folder, "policy.yaml"), filepath.Join(folder, "baseline.yaml")
	if err := os.WriteFile(policy, []byte(samePolicy), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) ([]byte, int) {
		cmd := exec.Command("pmpath", append([]string{"cohort"}, args...)...)
		cmd.Env = append(os.Environ(), "PMPATH_HOME="+filepath.Join(folder, "home"))
		out, _ := cmd.Output()
		return out, cmd.ProcessState.ExitCode()
	}
	if out, code := run("gate", "baseline", "write", few.Name(), "--baseline", baseline); code != 0 {
		t.Fatalf("exit code %d: %s", code, out)
	}
	before, err := os.ReadFile(baseline)
	if err != nil {
		t.Fatal(err)
	}
	if out, code := run("gate", "baseline", "write", table.Name(), "--baseline", baseline); code != 64 { // more than a file may hold
		t.Errorf("3000 people in one baseline: exit code %d: %s", code, out)
	}
	if after, err := os.ReadFile(baseline); err != nil || !bytes.Equal(before, after) {
		t.Errorf("a baseline that is refused changes the one that is there: %v", err)
	}
	var first []byte
	for _, workers := range []int{1, 2, 3, 8} {
		out, code := run("gate", table.Name(), "--policy", policy, "--baseline", baseline, "--date", "2026-11-26", "--json", "--workers", strconv.Itoa(workers))
		if code != 1 || len(out) < 10_000 {
			t.Fatalf("%d workers: exit code %d, %d bytes", workers, code, len(out))
		}
		if first == nil {
			first = out
		}
		if !bytes.Equal(out, first) {
			t.Errorf("%d workers: the report differs", workers)
		}
	}
}
