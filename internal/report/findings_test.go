package report

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/lint"
)

func rule(t testing.TB, name string) *lint.Rule {
	for _, rule := range lint.Rules() {
		if rule.Name == name {
			return &rule
		}
	}
	t.Fatalf("there is no rule %q", name)
	return nil
}

func at(file string, line, column int) document.Position {
	return document.Position{File: file, Line: line, Column: column}
}

// someFindings have a note, a warning about a file as a whole, two of one rule at one part, and an accepted one.
func someFindings(t testing.TB) lint.Result {
	return lint.Result{
		Findings: []lint.Finding{
			{Position: at("r/craft.yaml", 14, 5), Rule: rule(t, "few-items"), Place: "area craft", What: `the area "craft" has 1 question: one answer moves it too far`},
			{Position: at("r/craft.yaml", 20, 9), Rule: rule(t, "grading-word"), Place: "item first", What: `"good" gives a grade and no fact`},
			{Position: at("r/craft.yaml", 21, 9), Rule: rule(t, "grading-word"), Place: "item first", What: `"often" gives a grade and no fact`},
			{Position: at("r/craft.yaml", 21, 9), Rule: rule(t, "anchor-length"), Place: "item first", What: "the anchor of level 2 has 9 words"},
			{Position: at("r/100%, of: it\n::error::x.yaml", 0, 0), Rule: rule(t, "no-route"), Place: "stage end", What: "no stage leads to \"\x1b[31m\u202eend\"\r\n##[error]100 %"},
		},
		Accepted: []lint.Accepted{{
			Finding: lint.Finding{Position: at("r/ladder.yaml", 3, 7), Rule: rule(t, "asks-less"), Place: "criterion end/making", What: `"end" asks less of "making" than "start" (level 2 → 1)`},
			Why:     "It is another job.",
		}},
	}
}

func sarif(w io.Writer, result lint.Result) error {
	return FindingsSARIF(w, result, "1.2.3", func(file string) string { return strings.ReplaceAll(file, "\n", "%0A") })
}

var findingFormats = []struct {
	name  string
	print func(io.Writer, lint.Result) error
}{{"text", Findings}, {"json", FindingsJSON}, {"github", FindingsGitHub}, {"sarif", sarif}}

func found(t testing.TB, print func(io.Writer, lint.Result) error, result lint.Result) string {
	var out strings.Builder
	if err := print(&out, result); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestFindings(t *testing.T) {
	for _, format := range findingFormats {
		checkGolden(t, "findings."+format.name, found(t, format.print, someFindings(t)))
		if err := format.print(brokenWriter{}, someFindings(t)); err == nil {
			t.Errorf("%s: a write error is not told", format.name)
		}
	}
}

// GitHub shows ten annotations of a type and drops the rest without a word.
func TestAnnotationsAreCounted(t *testing.T) {
	for _, tc := range []struct{ warnings, notes int }{{0, 0}, {1, 0}, {9, 9}, {10, 10}, {11, 2}, {25, 300}} {
		var result lint.Result
		for i := range tc.warnings {
			result.Findings = append(result.Findings, lint.Finding{Position: at("r.yaml", i+1, 1), Rule: rule(t, "few-items"), What: "w"})
		}
		for i := range tc.notes {
			result.Findings = append(result.Findings, lint.Finding{Position: at("r.yaml", i+1, 1), Rule: rule(t, "missing-window"), What: "n"})
		}
		out := found(t, FindingsGitHub, result)
		for kind, all := range map[string]int{"warning": tc.warnings, "notice": tc.notes} {
			if shown := strings.Count(out, "::"+kind+" "); shown != min(all, 10) {
				t.Errorf("%d of %d annotations of the type %s, want at most 10", shown, all, kind)
			}
			rest := fmt.Sprintf("::%s title=pmpath rubric lint::and %d more,", kind, all-9)
			if strings.Contains(out, rest) != (all > 10) {
				t.Errorf("%d findings of the type %s: %q is there: %v", all, kind, rest, !(all > 10))
			}
		}
	}
}

var command = regexp.MustCompile(`^::(warning|notice) file=[^:,]*(,line=\d+,col=\d+)?,title=[a-z-]+::[^\r\n]*$`)

// Whatever a rubric says, each line is one command of ours.
func TestAnnotationsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := lint.Finding{Position: at(rapid.String().Draw(t, "file"), rapid.IntRange(0, 9).Draw(t, "line"), 1), Rule: &lint.Rules()[0], What: rapid.String().Draw(t, "what")}
		var out strings.Builder
		if err := FindingsGitHub(&out, lint.Result{Findings: []lint.Finding{f}}); err != nil {
			t.Fatal(err)
		}
		if line := strings.TrimSuffix(out.String(), "\n"); !command.MatchString(line) {
			t.Fatalf("%q", line)
		}
	})
}

// What code scanning relies on: rules described and indexed, one fingerprint for each finding, the same after lines have moved.
func TestSARIFHolds(t *testing.T) {
	read := func(result lint.Result) sarifRun {
		var log sarifLog
		if err := json.Unmarshal([]byte(found(t, sarif, result)), &log); err != nil {
			t.Fatal(err)
		}
		if log.Version != "2.1.0" || len(log.Runs) != 1 {
			t.Fatalf("version %s, %d runs", log.Version, len(log.Runs))
		}
		return log.Runs[0]
	}
	result := someFindings(t)
	run := read(result)
	prints := map[string]bool{}
	for i, r := range run.Results {
		rule := run.Tool.Driver.Rules[r.RuleIndex]
		if rule.ID != r.RuleID || rule.Short.Text == "" || rule.Full.Text == "" || rule.Help.Text == "" {
			t.Errorf("result %d: the rule %q is not described", i, r.RuleID)
		}
		if region := r.Locations[0].Physical.Region; region != nil && (region.StartLine < 1 || region.StartColumn < 1) {
			t.Errorf("result %d: lines and columns count from 1", i)
		}
		prints[r.Fingerprints["primaryLocationLineHash"]] = true
	}
	if len(prints) != len(result.Findings) {
		t.Errorf("%d fingerprints of %d findings", len(prints), len(result.Findings))
	}
	for i := range result.Findings {
		result.Findings[i].Line += 7
		result.Findings[i].What += " now"
	}
	for i, r := range read(result).Results {
		if !prints[r.Fingerprints["primaryLocationLineHash"]] {
			t.Errorf("result %d has another fingerprint after lines have moved", i)
		}
	}
	many := lint.Result{}
	for i := range mostResults + 5 {
		many.Findings = append(many.Findings, lint.Finding{Position: at("r.yaml", i+1, 1), Rule: rule(t, "few-items"), Place: "area a", What: "w"})
	}
	if run := read(many); len(run.Results) != 25000 || run.Properties["resultsLeftOut"] != 5 {
		t.Errorf("%d results, %d left out; want 25000 and 5", len(run.Results), run.Properties["resultsLeftOut"])
	}
}
