package main

import (
	"strings"

	"github.com/pmpath/pmpath/internal/policy"
)

const policyHelpText = `A policy is a YAML file of rules for "pmpath cohort gate". Each rule has an id, a reason,
and one thing that it bounds:

` + policyExample + `
ready, not_ready, undetermined and holds count people: a share (40%, 2/3) or a number (3),
with at_least, at_most or both. Who names no role to measure against is undetermined.
Where open answers decide whether a bound holds, it cannot be told, which is a miss.

stage (the role held), target (the role measured against) and team narrow a rule;
each: team looks at every team by itself. Groups of fewer than min_group people are
not judged; a rule that can judge nobody is a miss.

person and the two ages look at single people, who have pseudonyms in the reports.
evidence_age counts from the day of the answers, sheet_age from today.
on_miss: warn lets the gate stay open. To find out who somebody is, "pmpath cohort report
FILES --people people.csv" lists the pseudonyms in the order of the answers.

What is excused for a while stands in a file of its own, for --waivers:

` + waiversExample + `
A rule about people needs person, as the reports name them, and may have competency. A
rule about groups needs nothing, but with each: the team, stage or target. The last day
counts. Reasons: `

// The examples of the topic, which a test reads as what they are.
const (
	policyExample = `  pmpath: 1
  min_group: 5
  rules:
    - id: ready
      ready: {at_least: 40%}
      why: The new line starts when four in ten can lead a product alone.
    - {id: no-guessing, undetermined: {at_most: 0}, why: We plan with verdicts.}
    - {id: each-team, each: team, ready: {at_least: 25%}, why: No team is alone., on_miss: warn}
    - {id: seniors, target: senior-pm, not_ready: {at_most: 3}, why: We train three a year.}
    - {id: talk, area: communication, holds: {at_least: 2/3}, why: Complaints were about this.}
    - {id: no-step-back, person: no_regression, why: What was reached is kept.}
    - {id: fresh, sheet_age: {at_most: 6 months}, why: Work changes.}
    - {id: fresh-evidence, evidence_age: {at_most: 12 months}, why: Show recent work.}
`
	waiversExample = `  pmpath: 1
  waivers:
    - id: on-leave-till-may
      rule: no-step-back
      person: p-7y1aaptnrsvyp9tj
      competency: experimentation
      reason: on_leave
      because: Back in May.
      owner: Kim
      expires: 2027-05-31
`
)

func policyHelp() string { return policyHelpText + strings.Join(policy.Reasons(), ", ") + "." }
