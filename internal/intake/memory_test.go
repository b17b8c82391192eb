package intake

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/pmpath/pmpath/internal/intake/intaketest"
	"github.com/pmpath/pmpath/rubrics"
)

// BenchmarkMemory measures the resident memory of a process that only reads, at its highest, with names looked at. It says MiB as Linux counts them. To repeat it, with 10 million people
// in a temporary file of 2 GB: PMPATH_PEOPLE=10000000 go test ./internal/intake -run '^$' -bench Memory -benchtime 1x
func BenchmarkMemory(b *testing.B) {
	if name := os.Getenv("PMPATH_READ"); name != "" {
		readAlone(b, name)
		return
	}
	people, err := strconv.Atoi(os.Getenv("PMPATH_PEOPLE"))
	if err != nil {
		people = 100_000
	}
	r, err := rubrics.Load("product-management")
	if err != nil {
		b.Fatal(err)
	}
	name := filepath.Join(b.TempDir(), "wide.csv")
	file, err := os.Create(name)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	if err := intaketest.New(r, 1).WriteWide(file, people); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		cmd := exec.Command(os.Args[0], "-test.run=^$", "-test.bench=Memory", "-test.benchtime=1x")
		cmd.Env = append(os.Environ(), "PMPATH_READ="+name)
		out, err := cmd.Output()
		_, told, found := bytes.Cut(out, []byte("peak KiB: "))
		if err != nil || !found {
			b.Fatalf("%v\n%s", err, out)
		}
		var kib float64
		fmt.Sscan(string(told), &kib)
		b.ReportMetric(kib/1024, "MiB")
	}
}

func readAlone(b *testing.B, name string) {
	r, err := rubrics.Load("product-management")
	if err != nil {
		b.Fatal(err)
	}
	file, err := os.Open(name)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		b.Fatal(err)
	}
	source, err := Open(r, []Input{{Shown: name, File: file, Size: info.Size()}}, Options{})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := source.Scan(2, func() Handler { return &nobody{} }, io.Discard); err != nil {
		b.Fatal(err)
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Skip(err)
	}
	_, peak, _ := bytes.Cut(status, []byte("VmHWM:"))
	peak, _, _ = bytes.Cut(peak, []byte("kB"))
	fmt.Printf("\npeak KiB: %s\n", bytes.TrimSpace(peak))
}
