// Package policy is the readiness gate: what a team has agreed on, and whether it holds. A [Policy] is a list of rules read from a file; [NewJudge] takes it together with
// a [Baseline] and the day to judge by, its workers look at one person after the other, and [Judge.Decide] says of every rule and group, and of every person whom a rule
// finds fault with, what came out. The [Decision] is the only source of the exit code and of every report.
//
// Shares are compared exactly, at the bound too. Where open questions, missing dates or too few people leave a rule undecided the outcome is CannotTell, which
// counts as a miss: a gate is never green because something could not be looked at.
//
// The package is pure: no clock, no files, no git. It decides nothing about which figures may be printed (package cohort does, with package disclosure); it
// only refuses to judge groups that are too small.
//
// Terms: a rule is a bound, a case is a rule applied to one group or to one person, a waiver excuses a case for a while, the baseline is what people had reached.
package policy
