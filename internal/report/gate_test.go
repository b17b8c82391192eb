package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/cohort"
	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/policy"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// gateFormats are all forms of a decision, each made as the command makes it.
var gateFormats = []struct {
	name  string
	clean func(string) string
	write func(io.Writer, *GateReport) error
}{
	{"text-80", sanitize.Line, func(w io.Writer, g *GateReport) error { return GateText(w, g, Layout{Width: 80}) }},
	{"text-40", sanitize.Line, func(w io.Writer, g *GateReport) error { return GateText(w, g, Layout{Width: 40}) }},
	{"plain", sanitize.Line, func(w io.Writer, g *GateReport) error { return GateText(w, g, Layout{Width: 80, Plain: true}) }},
	{"markdown", sanitize.Markdown, func(w io.Writer, g *GateReport) error { return GateMarkdown(w, g, MostSummary) }},
	{"json", nil, func(w io.Writer, g *GateReport) error { return JSON(w, g) }},
	{"junit", sanitize.Line, GateJUnit},
	{"tap", sanitize.Line, GateTAP},
	{"github", sanitize.Line, GateGitHub},
}

// gateOutputs renders a decision in every format.
func gateOutputs(t testing.TB, d *policy.Decision) map[string]string {
	t.Helper()
	published := (&cohort.Summary{Rubric: d.Policy.Rubric}).Publish(d.Policy.MinGroup)
	out := map[string]string{}
	for _, f := range gateFormats {
		var b bytes.Buffer
		if err := f.write(&b, NewGate(d, published, Options{Clean: f.clean})); err != nil {
			t.Fatal(err)
		}
		out[f.name] = b.String()
	}
	return out
}

// drawDecision is any decision: rules of every measure, cases with every reason, hostile texts wherever text comes from outside.
func drawDecision(t *rapid.T, r *rubric.Rubric) *policy.Decision {
	text := rapid.Custom(drawText)
	date := func(s string) response.Date { d, _ := response.ParseDate(s); return d }
	today := date("2026-11-26")
	p := &policy.Policy{Rubric: r, MinGroup: 5}
	d := &policy.Decision{Policy: p, Today: today, People: 20, LeftOut: rapid.SampledFrom([]int{0, 0, 0, 3}).Draw(t, "left out"), NewPeople: rapid.IntRange(0, 2).Draw(t, "new")}
	for i := range rapid.IntRange(1, 5).Draw(t, "rules") {
		limit := &policy.Limit{At: fraction.Of(int64(rapid.IntRange(0, 9).Draw(t, "at")), 9), Share: true}
		rule := &policy.Rule{
			Index: i, ID: fmt.Sprintf("rule-%d", i), Why: text.Draw(t, "why"), Warn: rapid.Bool().Draw(t, "warn"), Measure: policy.Measure(rapid.IntRange(1, 7).Draw(t, "measure")),
			Area: r.Areas[0], Bound: policy.Bound{AtLeast: limit}, Months: 6, At: document.Position{File: text.Draw(t, "file"), Line: i + 3, Column: 5},
		}
		if !rule.Measure.AboutPeople() && rapid.Bool().Draw(t, "each") {
			rule.Each = policy.ByTeam
		}
		p.Rules = append(p.Rules, rule)
		for range rapid.IntRange(1, 4).Draw(t, "cases") {
			d.Cases = append(d.Cases, drawCase(t, rule, r, text, today))
		}
	}
	if rapid.Bool().Draw(t, "unused") {
		d.Unused = []*policy.Waiver{{ID: "idle", Rule: p.Rules[0], Reason: "left", Because: text.Draw(t, "because"), Owner: text.Draw(t, "owner"), Expires: today}}
	}
	return d
}

func drawCase(t *rapid.T, rule *policy.Rule, r *rubric.Rubric, text *rapid.Generator[string], today response.Date) policy.Case {
	c := policy.Case{Rule: rule, Outcome: policy.Outcome(rapid.IntRange(1, 3).Draw(t, "outcome"))}
	switch {
	case rule.Measure.AboutPeople() && c.Outcome != policy.Met:
		c.Person = "p-" + rapid.StringMatching(`[0-9a-z]{16}`).Draw(t, "person")
		c.Reason = policy.Reason(rapid.SampledFrom([]int{int(policy.Gone), int(policy.Old), int(policy.NoDate), int(policy.InFuture), int(policy.RubricChanged), int(policy.Lowered)}).Draw(t, "reason"))
		c.IDs, c.Date = []string{"framing"}, today
		if rule.Measure == policy.NoRegression && rapid.Bool().Draw(t, "skill") {
			c.Reason, c.Competency = policy.Lower, r.Competencies[0]
		}
	case !rule.Measure.AboutPeople():
		if rule.Each != "" {
			c.Group = policy.Group{{By: policy.ByTeam, Is: text.Draw(t, "team")}}
		}
		if c.Outcome == policy.CannotTell {
			c.Reason = rapid.SampledFrom([]policy.Reason{policy.Compared, policy.TooFew, policy.Nobody, policy.NoBase}).Draw(t, "reason")
		}
	}
	if c.Outcome == policy.Met {
		return c
	}
	w := &policy.Waiver{ID: "w", Rule: rule, Reason: "agreed_plan", Because: text.Draw(t, "because"), Owner: text.Draw(t, "owner"), Expires: today}
	switch rapid.IntRange(0, 3).Draw(t, "waiver") {
	case 0:
		c.Waiver = w
	case 1:
		w.Expires = today.MinusMonths(1)
		c.Expired = w
	}
	return c
}

type junitFile struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Errors   int `xml:"errors,attr"`
	Suite    struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
		Skipped  int `xml:"skipped,attr"`
		Cases    []struct {
			Class   string    `xml:"classname,attr"`
			Name    string    `xml:"name,attr"`
			Failure *struct{} `xml:"failure"`
			Error   *struct{} `xml:"error"`
			Skipped *struct{} `xml:"skipped"`
		} `xml:"testcase"`
	} `xml:"testsuite"`
}

// readJUnit reads a file as a CI system does and checks its sums and names.
func readJUnit(t errorer, text string) junitFile {
	var f junitFile
	if err := xml.Unmarshal([]byte(text), &f); err != nil {
		t.Errorf("JUnit: %v\n%s", err, text)
		return f
	}
	failures, errors, skipped := 0, 0, 0
	names := map[string]bool{}
	for _, c := range f.Suite.Cases {
		names[c.Class+"\x00"+c.Name] = true
		if c.Failure != nil {
			failures++
		}
		if c.Error != nil {
			errors++
		}
		if c.Skipped != nil {
			skipped++
		}
	}
	if n := len(f.Suite.Cases); n == 0 || len(names) != n || f.Tests != n || f.Suite.Tests != n {
		t.Errorf("JUnit: %d cases with %d names, says %d and %d", n, len(names), f.Tests, f.Suite.Tests)
	}
	if f.Failures != failures || f.Suite.Failures != failures || f.Errors != errors || f.Suite.Errors != errors || f.Suite.Skipped != skipped {
		t.Errorf("JUnit: the sums are %d, %d, %d; it says %+v", failures, errors, skipped, f)
	}
	return f
}

type errorer interface {
	Errorf(format string, args ...any)
}

// The decision is the same in every format, and is the one that sets the exit code; so is the number of cases that stop the gate.
func TestGateSaysTheSameInEveryFormat(t *testing.T) {
	r := rubrictest.Small(t)
	rapid.Check(t, func(rt *rapid.T) {
		d := drawDecision(rt, r)
		out := gateOutputs(t, d)
		holds, stops := d.Holds(), d.Count(policy.Fails)+d.Count(policy.Unsure)
		if d.LeftOut > 0 {
			stops++
		}

		var j struct {
			Passed *bool `json:"passed"`
			Cases  []struct{ Result string }
			Tally  GateTally
		}
		if err := json.Unmarshal([]byte(out["json"]), &j); err != nil {
			rt.Fatal(err)
		}
		stopping := 0
		for _, c := range j.Cases {
			if c.Result == "not_met" || c.Result == "cannot_tell" {
				stopping++
			}
		}
		if (j.Passed == nil) != (d.LeftOut > 0) || j.Passed != nil && *j.Passed != holds || stopping != stops || j.Tally.NotMet+j.Tally.CannotTell != stops || j.Tally.All != len(j.Cases) {
			rt.Errorf("JSON: %+v, holds %v, %d stop", j, holds, stops)
		}
		if f := readJUnit(rt, out["junit"]); f.Failures+f.Errors != stops || len(f.Suite.Cases) != len(j.Cases) {
			rt.Errorf("JUnit: %d and %d, want %d", f.Failures, f.Errors, stops)
		}
		if got := readTAP(rt, out["tap"], len(j.Cases)); got != stops {
			rt.Errorf("TAP: %d fail, want %d\n%s", got, stops, out["tap"])
		}
		if got := strings.Count("\n"+out["github"], "\n::error "); got != min(stops, mostAnnotations) {
			rt.Errorf("annotations: %d errors, want %d", got, stops)
		}
		last := map[bool]string{true: "Gate met.", false: "Gate not met."}[holds]
		title := map[bool]string{true: "## Readiness gate: met\n", false: "## Readiness gate: not met\n"}[holds]
		if d.LeftOut > 0 {
			last, title = "No verdict.", "## Readiness gate: no verdict\n"
		}
		for _, name := range []string{"text-80", "text-40", "plain", "markdown", "github"} {
			if !strings.HasSuffix(strings.Join(strings.Fields(out[name]), " "), last) {
				rt.Errorf("%s does not end with %q:\n%s", name, last, out[name])
			}
		}
		if !strings.HasPrefix(out["markdown"], title) || strings.Count(out["markdown"], "| **not met** |")+strings.Count(out["markdown"], "| **cannot tell** |") != stops {
			rt.Errorf("markdown: want %q and %d\n%s", title, stops, out["markdown"])
		}
		for name, text := range out {
			checkGateText(rt, name, text)
		}
	})
}

var tapLine = regexp.MustCompile(`^(not )?ok ([0-9]+) - ((?:[^#\\]|\\.)*?)( # (TODO|SKIP) .*)?$`)

// readTAP reads version 14 as its specification says, and returns how many tests fail.
func readTAP(t errorer, text string, plan int) (failing int) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if lines[0] != "TAP version 14" || lines[1] != fmt.Sprintf("1..%d", plan) {
		t.Errorf("TAP begins %q", lines[:2])
	}
	next, inYAML := 1, false
	for _, line := range lines[2:] {
		switch {
		case inYAML:
			inYAML = line != "  ..."
		case line == "  ---":
			inYAML = true
		default:
			m := tapLine.FindStringSubmatch(line)
			if m == nil || m[2] != fmt.Sprint(next) {
				t.Errorf("TAP: line %q, want number %d", line, next)
				return failing
			}
			next++
			if m[1] != "" && m[5] == "" {
				failing++
			}
		}
	}
	if next != plan+1 || inYAML {
		t.Errorf("TAP: %d of %d tests", next-1, plan)
	}
	return failing
}

// checkGateText looks for what no log and no file may hold. Commands begin lines in the one format that consists of them.
func checkGateText(t errorer, name, text string) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if name == "github" {
			if strings.HasPrefix(line, "::") && !regexp.MustCompile(`^::(error|warning|notice) ([a-z]+=[^,:]*,?)+::[^:]`).MatchString(line) || strings.HasPrefix(line, "##[") {
				t.Errorf("%s: a command that is not ours: %q", name, line)
			}
		} else if strings.HasPrefix(line, "::") || strings.HasPrefix(line, "##[") {
			t.Errorf("%s: a line that CI runners obey: %q", name, line)
		}
	}
	if name == "json" {
		return
	}
	for _, r := range text {
		if r < ' ' && r != '\n' || r == '\u202e' || r == '\u2066' || r == '\u2028' || r == '\x7f' || r == '\u009b' || r == '\ufeff' {
			t.Errorf("%s: U+%04X", name, r)
		}
	}
}

// hostileDecision has each hostile text as team, reason, owner and file.
func hostileDecision(t testing.TB) *policy.Decision {
	r := rubrictest.Small(t)
	today, _ := response.ParseDate("2026-11-26")
	p := &policy.Policy{Rubric: r, MinGroup: 5}
	d := &policy.Decision{Policy: p, Today: today, People: 20}
	for i, text := range append(slices.Clone(hostile), "]]> <!-- \ufffe\uffff &#0; \"quote's\"", "\\ # TODO not really", "%0A::error::x, y: z") {
		rule := &policy.Rule{
			Index: i, ID: fmt.Sprintf("rule-%d", i), Why: text, Measure: policy.Ready, Bound: policy.Bound{AtLeast: &policy.Limit{At: fraction.Of(2, 5), Share: true}}, Each: policy.ByTeam,
			At: document.Position{File: text, Line: i + 1, Column: 1}, Warn: i%4 == 3,
		}
		p.Rules = append(p.Rules, rule)
		w := &policy.Waiver{ID: fmt.Sprintf("w-%d", i), Rule: rule, Reason: "left", Because: text, Owner: text, Expires: today}
		c := policy.Case{Rule: rule, Outcome: policy.NotMet, Group: policy.Group{{By: policy.ByTeam, Is: text}}, People: 9}
		twin := c
		switch i % 4 {
		case 1:
			c.Waiver = w
		case 2:
			c.Outcome = policy.CannotTell
			c.Expired = w
		}
		d.Cases = append(d.Cases, c, twin)
		d.Unused = append(d.Unused, w)
	}
	return d
}

func TestHostileGate(t *testing.T) {
	for name, text := range gateOutputs(t, hostileDecision(t)) {
		checkGolden(t, "gate-hostile."+name, text)
		checkGateText(t, name, text)
		if name != "github" {
			checkSafe(t, name, text)
		}
	}
}

// The file keeps to a schema that is narrower than any reader's, hostile texts and the largest decision included.
func TestJUnitKeepsToItsSchema(t *testing.T) {
	xmllint := program(t, "xmllint", "libxml2-utils")
	folder := t.TempDir()
	for name, d := range map[string]*policy.Decision{"hostile": hostileDecision(t), "large": largeDecision(t, 3000), "drawn": rapid.Custom(func(rt *rapid.T) *policy.Decision {
		return drawDecision(rt, rubrictest.Small(t))
	}).Example(7)} {
		file := filepath.Join(folder, name+".xml")
		if err := os.WriteFile(file, []byte(gateOutputs(t, d)["junit"]), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(xmllint, "--noout", "--nonet", "--schema", filepath.Join("testdata", "junit.xsd"), file).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%.2000s", name, err, out)
		}
	}
	twice := filepath.Join(folder, "twice.xml") // the schema can fail
	text := `<testsuites name="x" tests="2" failures="0" errors="0"><testsuite name="x" tests="2" failures="0" errors="0" skipped="0"><testcase classname="a" name="b"></testcase><testcase classname="a" name="b"></testcase></testsuite></testsuites>`
	if err := os.WriteFile(twice, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := exec.Command(xmllint, "--noout", "--nonet", "--schema", filepath.Join("testdata", "junit.xsd"), twice).Run(); err == nil {
		t.Error("the schema allows two cases of one name")
	}
}

// program finds a program that a test needs. In CI it must be there.
func program(t *testing.T, name, pack string) string {
	t.Helper()
	file, err := exec.LookPath(name)
	if err == nil {
		return file
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is missing: install %s", name, pack)
	}
	t.Skipf("SKIPPED, nothing is checked: %s is missing; install %s", name, pack)
	return ""
}

// largeDecision has so many people at fault.
func largeDecision(t testing.TB, people int) *policy.Decision {
	r := rubrictest.Small(t)
	today, _ := response.ParseDate("2026-11-26")
	p := &policy.Policy{Rubric: r, MinGroup: 5}
	p.Rules = []*policy.Rule{
		{Index: 0, ID: "calm", Why: "So.", Measure: policy.SheetAge, Months: 6, Warn: true, At: document.Position{File: "policy.yaml", Line: 3, Column: 5}},
		{Index: 1, ID: "kept", Why: strings.Repeat("Why so & not otherwise? ", 200), Measure: policy.NoRegression, At: document.Position{File: "policy.yaml", Line: 4, Column: 5}},
	}
	d := &policy.Decision{Policy: p, Today: today, People: people}
	for i := range people {
		rule := p.Rules[0]
		if i >= people-people/3 { // the worst come last
			rule = p.Rules[1]
		}
		c := policy.Case{Rule: rule, Outcome: policy.NotMet, Reason: policy.Old, Date: today, Person: fmt.Sprintf("p-%016d", i)}
		if rule.Measure == policy.NoRegression {
			c.Reason, c.Competency, c.Before = policy.Lower, r.Competencies[0], fraction.Int(2)
		}
		d.Cases = append(d.Cases, c)
	}
	return d
}

// What a reader would drop as a whole is cut before, the worst is kept, and what is left out is counted.
func TestGateKeepsToTheLimitsOfReaders(t *testing.T) {
	long := largeDecision(t, 24_000)
	many := largeDecision(t, 33_000)
	many.Policy.Rules[1].Why = "So."
	published := (&cohort.Summary{Rubric: many.Policy.Rubric}).Publish(5)
	render := func(d *policy.Decision, clean func(string) string, write func(io.Writer, *GateReport) error) string {
		var b bytes.Buffer
		if err := write(&b, NewGate(d, published, Options{Clean: clean})); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	for name, d := range map[string]*policy.Decision{"long": long, "many": many} {
		text := render(d, sanitize.Line, GateJUnit)
		f := readJUnit(t, text)
		if len(text) > 20<<20 || len(f.Suite.Cases) > 30_000 || f.Failures == 0 {
			t.Errorf("JUnit, %s: %d bytes, %d cases, %d failures", name, len(text), len(f.Suite.Cases), f.Failures)
		}
		if nodes := strings.Count(text, "<") + strings.Count(text, "=\""); nodes > 250_000 {
			t.Errorf("JUnit, %s: %d nodes", name, nodes)
		}
		if first, last := f.Suite.Cases[0], f.Suite.Cases[len(f.Suite.Cases)-1]; first.Failure == nil || last.Class != junitMore || last.Failure == nil && last.Skipped == nil {
			t.Errorf("JUnit, %s: the cases begin with %+v and end with %+v", name, first, last)
		}
	}
	summary := render(many, sanitize.Markdown, func(w io.Writer, g *GateReport) error { return GateMarkdown(w, g, MostSummary) })
	if n := len(summary); n > 1000<<10 || n < 900<<10 || !strings.Contains(summary, " rows left out, ") {
		t.Errorf("summary: %d bytes", n)
	}
	if at := strings.Index(summary, "| **not met** |"); at < 0 || at > 1000 {
		t.Errorf("summary: what fails does not come first, but at %d", at)
	}
	commands := "\n" + render(many, sanitize.Line, GateGitHub)
	errors, warnings := strings.Count(commands, "\n::error "), strings.Count(commands, "\n::warning ")
	if errors != 10 || warnings != 10 || !strings.Contains(commands, "::error title=gate::and 10991 more") || !strings.Contains(commands, "::warning title=gate::and 21991 more") {
		t.Errorf("annotations: %d errors and %d warnings", errors, warnings)
	}
	if got := readTAP(t, render(many, sanitize.Line, GateTAP), 33_000); got != 11_000 {
		t.Errorf("TAP: %d fail", got)
	}
}
