package main

import (
	"slices"
	"testing"
	"time"

	"github.com/pmpath/pmpath/internal/history"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/rubrics"
)

// BenchmarkSaveAnswer commits one answer after the other to a draft of the shipped rubric, as an interview does, and reports how long one of a hundred took
// at least, in ms.
func BenchmarkSaveAnswer(b *testing.B) {
	r, err := rubrics.Load("product-management")
	if err != nil {
		b.Fatal(err)
	}
	store, err := history.Open(b.TempDir(), history.Options{Now: time.Now, Version: "test"})
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	sheet := response.New(r)
	sheet.Date = response.On(time.Now())
	draft, err := store.Begin(sheet, "full")
	if err != nil {
		b.Fatal(err)
	}
	defer draft.Close()
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		item := r.Items[i%len(r.Items)]
		sheet.Answers[item.Index] = response.Answered(i % 5)
		before := time.Now()
		if err := draft.SaveItem(item, true); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(before))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "median-ms")
}
