package history

import (
	"slices"
	"testing"
	"time"

	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
	"github.com/pmpath/pmpath/rubrics"
)

// BenchmarkSave times saving one answer, with its commit and the sync to the disk. Goal: at most 20 ms at the 99th percentile.
func BenchmarkSave(b *testing.B) {
	r, err := rubrics.Load("product-management")
	if err != nil {
		b.Fatal(err)
	}
	s := openAt(b, b.TempDir(), newClock())
	d, err := s.Begin(response.New(r), "full")
	if err != nil {
		b.Fatal(err)
	}
	var took []time.Duration
	n := 0
	for b.Loop() {
		item := r.Items[n%len(r.Items)]
		d.Sheet().Answers[item.Index] = response.Answered(n % 4)
		start := time.Now()
		if err := d.SaveItem(item, true); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
		n++
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-p50")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms-p99")
}

// BenchmarkOpen times opening a history with a hundred assessments, and listing them.
func BenchmarkOpen(b *testing.B) {
	folder, c := b.TempDir(), newClock()
	s := openAt(b, folder, c)
	for range 100 {
		c.tick(time.Second)
		if _, err := s.Add(assess(sheet(b, rubrictest.Small(b), "target: builder\nanswers: {problem-note: 1}\n"))); err != nil {
			b.Fatal(err)
		}
	}
	_ = s.Close()
	for b.Loop() {
		s := openAt(b, folder, c)
		if infos, err := s.Assessments(); err != nil || len(infos) != 100 {
			b.Fatal(len(infos), err)
		}
		_ = s.Close()
	}
}
