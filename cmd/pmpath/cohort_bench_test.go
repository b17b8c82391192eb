package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/pmpath/pmpath/internal/intake/intaketest"
	"github.com/pmpath/pmpath/rubrics"
)

// BenchmarkCohortReport measures whole runs – a wide table in, a line for each person and the summary out – against reading the file and splitting every field
// alone, by the fastest way known and by the plainest, in turn over some rounds. It reports the medians of the ratios and the largest resident memory; seconds are no property of the program. Processor time, of all
// processors together, is steadier than time where others use the machine. To repeat it:
//
//	go test ./cmd/pmpath -run '^$' -bench CohortReport/1000000 -benchtime 1x -timeout 1h
func BenchmarkCohortReport(b *testing.B) {
	binary := filepath.Join(b.TempDir(), "pmpath")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	for _, people := range []int{100_000, 1_000_000, 10_000_000} {
		b.Run(strconv.Itoa(people), func(b *testing.B) {
			folder := b.TempDir()
			table := wideTable(b, folder, people)
			defer table.Close()
			info, err := table.Stat()
			if err != nil {
				b.Fatal(err)
			}
			run := func(workers int) (took, busy time.Duration, mib float64) {
				lines := filepath.Join(folder, "people.csv")
				_ = os.Remove(lines) // so that no run has to remove that of the one before
				cmd := exec.Command(binary, "cohort", "report", table.Name(), "--people", lines, "--workers", strconv.Itoa(workers))
				cmd.Env = append(os.Environ(), "PMPATH_HOME="+filepath.Join(folder, "home"))
				begin := time.Now()
				if out, err := cmd.CombinedOutput(); err != nil {
					b.Fatalf("%v\n%s", err, out)
				}
				return time.Since(begin), cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), residentMiB(cmd.ProcessState)
			}
			for b.Loop() {
				var against, plainly, busy, scaling, resident []float64
				for range 7 {
					begin, used := time.Now(), processorTime()
					intaketest.Yardstick(table, info.Size())
					bare, bareBusy := time.Since(begin), processorTime()-used
					begin = time.Now()
					intaketest.PlainYardstick(table, info.Size())
					plain := time.Since(begin)
					two, twoBusy, mib := run(2)
					one, _, _ := run(1)
					against = append(against, float64(two)/float64(bare))
					plainly = append(plainly, float64(two)/float64(plain))
					busy = append(busy, float64(twoBusy)/float64(bareBusy))
					scaling = append(scaling, float64(one)/float64(two))
					resident = append(resident, mib)
				}
				b.ReportMetric(medianOf(against), "×yardstick")
				b.ReportMetric(medianOf(plainly), "×plain")
				b.ReportMetric(medianOf(busy), "processor×yardstick")
				b.ReportMetric(medianOf(scaling), "one÷two")
				b.ReportMetric(slices.Max(resident), "MiB")
			}
		})
	}
}

func medianOf(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

func wideTable(t testing.TB, folder string, people int) *os.File {
	t.Helper()
	r, err := rubrics.Load("product-management")
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(filepath.Join(folder, fmt.Sprint(people, ".csv")))
	if err != nil {
		t.Fatal(err)
	}
	if err := intaketest.New(r, 1).WriteWide(file, people); err != nil {
		t.Fatal(err)
	}
	return file
}
