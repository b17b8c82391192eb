package intake

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/pmpath/pmpath/internal/intake/intaketest"
	"github.com/pmpath/pmpath/rubrics"
)

type nobody struct{ people int }

func (n *nobody) Handle(_ *Person, out []byte) []byte { n.people++; return out }

// BenchmarkReading measures reading alone – everything checked, handlers that only count – against the yardstick, in turn over some rounds, and reports the
// medians of the ratios. Seconds are no property of the program. To repeat it: go test ./internal/intake -run '^$' -bench Reading -benchtime 1x
func BenchmarkReading(b *testing.B) {
	const people, rounds = 1_000_000, 7
	r, err := rubrics.Load("product-management")
	if err != nil {
		b.Fatal(err)
	}
	for _, format := range []struct {
		name  string
		write func(*intaketest.Cohort, io.Writer, int) error
	}{{"wide.csv", (*intaketest.Cohort).WriteWide}, {"long.csv", (*intaketest.Cohort).WriteLong}, {"lines.jsonl", (*intaketest.Cohort).WriteJSONLines}} {
		b.Run(format.name, func(b *testing.B) {
			name := filepath.Join(b.TempDir(), format.name)
			file, err := os.Create(name)
			if err != nil {
				b.Fatal(err)
			}
			defer file.Close()
			many := people
			if format.name != "wide.csv" {
				many = people / 10
			}
			if err := format.write(intaketest.New(r, 1), file, many); err != nil {
				b.Fatal(err)
			}
			info, err := file.Stat()
			if err != nil {
				b.Fatal(err)
			}
			scan := func(workers int) time.Duration {
				begin := time.Now()
				source, err := Open(r, []Input{{Shown: name, File: file, Size: info.Size()}}, Options{})
				if err != nil {
					b.Fatal(err)
				}
				tally, err := source.Scan(workers, func() Handler { return &nobody{} }, io.Discard)
				if err != nil || tally.People != many {
					b.Fatal(tally, err)
				}
				return time.Since(begin)
			}
			for b.Loop() {
				var against, scaling, perByte []float64
				for range rounds {
					begin := time.Now()
					intaketest.Yardstick(file, info.Size())
					bare := time.Since(begin)
					two := scan(2)
					against = append(against, float64(two)/float64(bare))
					scaling = append(scaling, float64(scan(1))/float64(two))
					perByte = append(perByte, float64(two)/float64(info.Size()))
				}
				b.ReportMetric(median(against), "×yardstick")
				b.ReportMetric(median(scaling), "one÷two")
				b.ReportMetric(median(perByte), "ns/byte")
			}
		})
	}
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}
