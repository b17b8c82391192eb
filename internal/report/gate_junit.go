package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/pmpath/pmpath/internal/policy"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// The most that a file may hold: GitLab reads none with 250,000 nodes or 30 MB, and one case is at most 6 nodes.
const (
	mostJUnitCases = 30_000
	mostJUnitBytes = 19 << 20
	mostJUnitText  = 2000 // characters of one message
)

const (
	junitSuite = "pmpath cohort gate"
	junitMore  = "pmpath-more"
)

// GateJUnit prints the decision as JUnit XML, one suite with a case for each case: not met is a failure, what cannot be told an error; waived, warned and not judged
// are skipped, as none of them stops anything. Where there are more than a reader takes, the best are left out and counted in a case of their own.
func GateJUnit(w io.Writer, g *GateReport) error {
	cases := slices.Clone(g.Cases)
	body, left := junitBody(cases)
	if left != nil { // again, with the worst first
		slices.SortStableFunc(cases, func(a, b GateCase) int { return int(a.effect) - int(b.effect) })
		body, left = junitBody(cases)
		cases = append(cases[:len(cases)-len(left)], junitRest(left))
		body += junitCase(&cases[len(cases)-1], "and more")
	}
	t := tallyOf(cases)
	skipped := t.Warnings + t.Waived + t.NotJudged
	_, err := fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="pmpath" tests="%d" failures="%d" errors="%d">
  <testsuite name="%s" tests="%d" failures="%d" errors="%d" skipped="%d">
%s  </testsuite>
</testsuites>
`, t.All, t.NotMet, t.CannotTell, junitSuite, t.All, t.NotMet, t.CannotTell, skipped, body)
	return err
}

// junitBody writes the cases that fit, and returns the others.
func junitBody(cases []GateCase) (body string, left []GateCase) {
	var b strings.Builder
	names := map[[2]string]int{}
	for i := range cases {
		name := junitName(&cases[i])
		key := [2]string{cases[i].Rule, sanitize.XML(name)}
		names[key]++
		if n := names[key]; n > 1 { // of two cases with one name a reader counts only the first
			name = fmt.Sprintf("%s #%d", name, n)
		}
		one := junitCase(&cases[i], name)
		if i == mostJUnitCases-1 && len(cases) > mostJUnitCases || b.Len()+len(one) > mostJUnitBytes {
			return b.String(), cases[i:]
		}
		b.WriteString(one)
	}
	return b.String(), nil
}

// junitRest stands for the cases left out: it ends as the worst of them.
func junitRest(left []GateCase) GateCase {
	worst := left[0]
	return GateCase{
		Rule: junitMore, Result: worst.Result, effect: worst.effect, Who: "and more", Asks: "all cases are in this file",
		Found: fmt.Sprintf("%d are left out, as readers take no more; the JSON report has them all", len(left)),
	}
}

func junitName(c *GateCase) string {
	name := c.Who
	if c.Competency != nil {
		name += " " + *c.Competency
	}
	return cut(name, 200)
}

func junitCase(c *GateCase, name string) string {
	head := fmt.Sprintf(`    <testcase classname="%s" name="%s"`, sanitize.XML(strings.ReplaceAll(c.Rule, ".", "_")), sanitize.XML(name))
	message := sanitize.XML(cut(c.sentence(), mostJUnitText))
	switch c.effect {
	case policy.Fails:
		return fmt.Sprintf("%s>\n      <failure type=\"not_met\" message=\"%s\">%s</failure>\n    </testcase>\n", head, message, sanitize.XML(cut("Why this rule: "+c.Why, mostJUnitText)))
	case policy.Unsure:
		return fmt.Sprintf("%s>\n      <error type=\"cannot_tell\" message=\"%s\">%s</error>\n    </testcase>\n", head, message, sanitize.XML(cut("Why this rule: "+c.Why, mostJUnitText)))
	case policy.Passes:
	case policy.Warns, policy.Waived, policy.Skipped:
		return fmt.Sprintf("%s>\n      <skipped message=\"%s: %s\"></skipped>\n    </testcase>\n", head, resultWords(c.Result), message)
	}
	return head + "></testcase>\n"
}

// cut shortens a text to so many characters.
func cut(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most-1]) + "…"
}
