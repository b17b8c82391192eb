//go:build unix

package main

import (
	"os"
	"strings"
	"testing"
)

// Whoever answers again on the terminal is told at the end what became of the plan that was kept in between.
func TestInterviewTellsOfThePlan(t *testing.T) {
	t.Parallel()
	answers := func(p *person) string {
		lists := p.goesThrough(0, "n", "2", "s") // not shipped; problem note 2, without evidence
		p.goesThrough(lists, "1", "1", "1", "n", "done")
		if code := p.waits(); code != 0 {
			t.Fatalf("exit code %d; on the terminal:\n%s", code, p.seen())
		}
		return p.reads("stdout")
	}
	p := sitDown(t, askBuilder)
	if report := answers(p); strings.Contains(report, "The plan for") {
		t.Errorf("a plan before there is one:\n%s", report)
	}
	sheet := "pmpath: 1\nrubric: small@1.2.3\ntarget: builder\ndate: 2020-01-01\nanswers: {problem-note: 1, scope-cut: 1, measure-read: 1, hard-talk: 1}\ngates: {shipped-once: false}\n"
	if err := os.WriteFile(p.path("old.yaml"), []byte(sheet), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, code := p.runs("plan", "--rubric", "small", "old.yaml", "--start", "2020-01-02", "--store"); code != 0 {
		t.Fatalf("%d: %s", code, out)
	}
	report := answers(sitDownIn(t, p.folder, askBuilder))
	for _, line := range []string{"\nThe plan for Builder, begun 2020-01-02\n", "\n  1 of 2 goals reached, 1 still to do.", "\n  Reached: Framing problems (problem-note) to level 2.\n"} {
		if !strings.Contains(report, line) {
			t.Errorf("no %q in\n%s", line, report)
		}
	}
}
