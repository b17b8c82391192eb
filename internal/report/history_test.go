package report_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/report"
)

const hostileText = "\x1b[2Jname\u202e::error::\nsecond | line 你好 👩‍👧"

func hostileRole(percent int64) report.PastRole {
	share := fraction.Of(percent, 100)
	return report.NewPastRole(report.Ref{ID: "lead", Title: hostileText}, "not_ready", readiness.Bounds{Worst: share, Best: share})
}

// No text from outside steers the terminal or breaks a line's width, at any width, for anybody.
func TestHistoryPagesAreSafe(t *testing.T) {
	rubric := report.Rubric{ID: "x", Version: "1.2.3", Title: hostileText}
	past := report.Past{
		Assessments: []report.PastEntry{{
			ID: "abcd1234", Date: "2026-11-22", Rubric: rubric, Person: hostileText, SomebodyElse: true, Rater: "manager", StoppedEarly: true,
			NotAsked: []string{"a"}, Roles: []report.PastRole{hostileRole(50)},
		}},
		Drafts: []report.PastDraft{{ID: "abcdef", Started: "2026-11-22T10:00:00Z", Person: hostileText, OpenIn: 7}},
	}
	before := hostileRole(20)
	comparison := report.Comparison{
		Before: report.ChangeSide{ID: "a", Date: "2026-01-01", Rubric: rubric, StoppedEarly: true}, After: report.ChangeSide{ID: "b", Date: "2026-02-01", Rubric: rubric},
		Roles:       []report.ChangedRole{{Stage: report.Ref{Title: hostileText}, Before: &before, After: hostileRole(50), Cause: "person"}},
		Items:       []report.ChangedItem{{ID: "q", Competency: report.Ref{Title: hostileText}, Before: "open", After: "3"}},
		Gates:       []report.ChangedGate{{Ref: report.Ref{Title: hostileText}, Before: "no", After: "yes"}},
		NotCompared: []report.LeftOut{{ID: "r", Text: hostileText, Why: "reworded"}},
	}
	trend := report.Trend{Stage: report.Ref{Title: hostileText}, Points: []report.TrendPoint{
		{ID: "a", Date: "2026-01-01", Role: hostileRole(0), Rubric: rubric}, {ID: "b", Date: "2026-02-01", Role: hostileRole(100), Rubric: rubric, RubricChanged: true, StoppedEarly: true},
	}}
	for _, width := range []int{20, 40, 60, 80, 200} {
		for _, plain := range []bool{false, true} {
			layout := report.Layout{Width: width, Plain: plain}
			var out bytes.Buffer
			for _, err := range []error{
				report.PastText(&out, past, layout), report.ComparisonText(&out, comparison, layout), report.TrendText(&out, trend, layout),
				report.Checkup(&out, hostileText, []string{hostileText}, []report.Check{{What: hostileText, Do: hostileText}}, layout),
			} {
				if err != nil {
					t.Fatal(err)
				}
			}
			if strings.ContainsAny(out.String(), "\x1b\u202e") {
				t.Errorf("width %d: the text steers the terminal:\n%q", width, out.String())
			}
			for line := range strings.Lines(out.String()) {
				if line = strings.TrimSuffix(line, "\n"); strings.HasPrefix(line, "::") || ansi.StringWidth(line) > width && strings.Contains(strings.TrimSpace(line), " ") {
					t.Errorf("width %d, plain %v: %q", width, plain, line)
				}
			}
		}
	}
}

// Only 100 % is a full block; what was stopped early is left out, and where the rubric changed is marked. By hand: 0, 14, 15, 99 and 100 % of 7 steps are 0, 0.98,
// 1.05, 6.93 and 7, rounded down.
func TestSparkline(t *testing.T) {
	var trend report.Trend
	for _, percent := range []int64{0, 14, 15, 99, 100} {
		trend.Points = append(trend.Points, report.TrendPoint{Date: "2026-01-01", Role: hostileRole(percent)})
	}
	trend.Points = append(trend.Points, report.TrendPoint{Date: "2026-01-02", Role: hostileRole(50), StoppedEarly: true, RubricChanged: true})
	var out bytes.Buffer
	if err := report.TrendText(&out, trend, report.Layout{Width: 80}); err != nil {
		t.Fatal(err)
	}
	if want := "\n  ▁▁▂▇█│·\n"; !strings.Contains(out.String(), want) {
		t.Errorf("no %q in\n%s", want, out.String())
	}
	if err := report.TrendText(&out, trend, report.Layout{Width: 80, Plain: true}); err != nil {
		t.Fatal(err)
	}
	for i := range 40 {
		trend.Points = append(trend.Points, report.TrendPoint{Date: fmt.Sprintf("2026-02-%02d", i), Role: hostileRole(100)})
	}
	out.Reset()
	if err := report.TrendText(&out, trend, report.Layout{Width: 20}); err != nil || strings.Count(out.String(), "█") != 18 {
		t.Errorf("%v: the newest 18 points were to be shown:\n%s", err, out.String())
	}
}
