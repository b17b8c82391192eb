package report

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/pmpath/pmpath/internal/cohort"
	"github.com/pmpath/pmpath/internal/disclosure"
	"github.com/pmpath/pmpath/internal/policy"
)

// What a first policy allows beyond today: shares in steps of 5 % with 5 % to spare, and two months more.
const (
	slackPercent = 5
	slackMonths  = 2
)

const policyHead = `# What we agreed on. "pmpath cohort gate FILES --policy THIS" says whether it holds.
# Written on %s from the answers of that day, with a little slack; every number is a proposal.
# Write into each "why" what you agreed on, and add rules of your own ("pmpath help policy" explains them):
#
#   - {id: each-team, each: team, ready: {at_least: 25%%}, why: No team is left alone., on_miss: warn}
#   - {id: lead-target, target: %s, not_ready: {at_most: 3}, why: We promised to train them.}
#   - {id: no-step-back, person: no_regression, why: What was reached is kept.}
#
# The last one needs a baseline: pmpath cohort gate baseline write FILES --baseline baseline.yaml
pmpath: 1
min_group: %d        # groups of fewer people are not judged
rules:
`

// PolicyDraft writes a first policy that today's answers keep to, from what of them may be published.
func PolicyDraft(w io.Writer, p *cohort.Published, ages policy.Ages, today string) error {
	b := &strings.Builder{}
	last := p.Rubric.Stages[len(p.Rubric.Stages)-1].ID
	fmt.Fprintf(b, policyHead, today, last, p.K)
	rules := 0
	rule := func(id, body, why, onMiss string) {
		fmt.Fprintf(b, "  - id: %s\n    %s\n    why: %s\n    on_miss: %s\n", id, body, why, onMiss)
		rules++
	}
	people, _ := p.People.N()
	if n, shown := p.Standing.Ready.N(); !shown {
		b.WriteString("  # How many are ready today could tell about single people here, so this bound is left to you:\n" +
			"  # - {id: ready, ready: {at_least: 50%}, why: Half of us are to be ready for their target.}\n")
	} else if lower(n, people) > 0 {
		rule("ready", fmt.Sprintf("ready: {at_least: %d%%}", lower(n, people)), "Not fewer than today are to be ready for their target.", "fail")
	}
	if bound := undeterminedBound(p, people); bound != "" {
		rule("undetermined", "undetermined: "+bound, "Open questions are to be answered, not left.", "fail")
	} else {
		b.WriteString("  # The same of people who are undetermined:\n  # - {id: undetermined, undetermined: {at_most: 10%}, why: Open questions are to be answered.}\n")
	}
	for _, area := range p.Areas {
		if n, shown := area.Holds.N(); shown && area.Other == nil && p.Standing.NoTarget == nil && lower(n, people) > 0 {
			rule("area-"+area.Area.ID, fmt.Sprintf("area: %s\n    holds: {at_least: %d%%}", area.Area.ID, lower(n, people)), "Not fewer than today are to reach the floor of this area.", "warn")
		}
	}
	if !ages.SheetsUnclear && ages.Sheets > 0 {
		rule("sheet-age", fmt.Sprintf("sheet_age: {at_most: %d months}", ages.Sheets+slackMonths), "Older answers no longer say where somebody stands.", "fail")
	}
	if !ages.EvidenceUnclear && ages.Evidence > 0 {
		rule("evidence-age", fmt.Sprintf("evidence_age: {at_most: %d months}", ages.Evidence+slackMonths), "Evidence is to be recent when it is named.", "warn")
	}
	if rules == 0 { // a policy needs one
		rule("undetermined", "undetermined: {at_most: 100%}", "Choose a bound: this one always holds.", "fail")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// lower is a share in percent with slack, in steps.
func lower(n, of int) int { return max(n*100/of-slackPercent, 0) / slackPercent * slackPercent }

// undeterminedBound is today's share with slack. Of a number that is hidden, the most that everybody can work out; nothing where that is everybody.
func undeterminedBound(p *cohort.Published, people int) string {
	n, shown := sumOf(p.Standing.CannotTell, p.Standing.NoTarget)
	switch {
	case shown && n == 0:
		return "{at_most: 0}"
	case shown:
		return fmt.Sprintf("{at_most: %d%%}", min((n*100+people-1)/people/slackPercent*slackPercent+2*slackPercent, 100))
	}
	if most := mostHidden(p); most < people {
		return fmt.Sprintf("{at_most: %d}", most)
	}
	return ""
}

// mostHidden is how many undetermined people there may be as far as everybody can know: a part that is hidden because it is small is less than K.
func mostHidden(p *cohort.Published) int {
	most := 0
	for _, c := range []*disclosure.Count{p.Standing.CannotTell, p.Standing.NoTarget} {
		if c == nil {
			continue
		}
		n, shown := c.N()
		switch {
		case shown:
			most += n
		case c.Reason() == disclosure.Small:
			most += p.K - 1
		default:
			return math.MaxInt
		}
	}
	return most
}
