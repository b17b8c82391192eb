package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/policy"
)

// Everything that the gate says in words stands here.

const (
	everybody    = "everybody"
	figureHidden = "number not shown"
	mostIDs      = 12
)

func gateLeftOut(n int) string {
	return fmt.Sprintf("%d %s could not be read, so there is no verdict", n, plural(n, "person", "people"))
}

func (b *gateBuilder) who(c *policy.Case) string {
	if c.Person != "" {
		return b.clean(c.Person)
	}
	if len(c.Group) == 0 {
		return everybody
	}
	var parts []string
	for _, v := range c.Group {
		parts = append(parts, b.valueWords(v))
	}
	return strings.Join(parts, ", ")
}

func (b *gateBuilder) valueWords(v policy.Value) string {
	switch {
	case v.Is == "" || b.clean(v.Is) == "":
		return "no " + v.By + " given"
	case v.By == policy.ByTeam:
		return "team " + b.clean(v.Is)
	}
	name := v.Is
	if stage := b.Policy.Rubric.StageNamed(v.Is); stage != nil {
		name = stage.Title
	}
	return v.By + " " + b.clean(name)
}

// asks is what a rule asks for, without whom.
func (b *gateBuilder) asks(r *policy.Rule) string {
	switch r.Measure {
	case policy.NoRegression:
		return "nobody below the baseline"
	case policy.SheetAge:
		return "answers at most " + monthWords(r.Months) + " old"
	case policy.EvidenceAge:
		return "evidence at most " + monthWords(r.Months) + " old when it was named"
	case policy.Ready:
		return boundWords(r.Bound) + " ready for their target"
	case policy.NotReady:
		return boundWords(r.Bound) + " not ready yet"
	case policy.Undetermined:
		return boundWords(r.Bound) + " undetermined"
	case policy.AreaHolds:
		return boundWords(r.Bound) + " at the floor of " + b.clean(r.Area.Title) + " or above"
	}
	return ""
}

func monthWords(n int) string { return fmt.Sprintf("%d %s", n, plural(n, "month", "months")) }

func boundWords(bound policy.Bound) string {
	switch {
	case bound.AtMost == nil:
		return "at least " + edgeWords(bound.AtLeast)
	case bound.AtLeast == nil:
		return "at most " + edgeWords(bound.AtMost)
	}
	return "from " + edgeWords(bound.AtLeast) + " to " + edgeWords(bound.AtMost)
}

func edgeWords(l *policy.Limit) string {
	if l.Share {
		return l.At.Mul(fraction.Int(100)).Text() + " %"
	}
	return l.At.Text() + " " + plural(int(l.At.Floor()), "person", "people")
}

// found is what came out.
func (b *gateBuilder) found(c *policy.Case) string {
	k := b.Policy.MinGroup
	switch c.Reason {
	case policy.Compared:
		return b.compared(c)
	case policy.Nobody:
		if c.Rule.Measure == policy.NoRegression {
			return "nobody is in the baseline and among the answers"
		}
		return "there is nobody in this group"
	case policy.TooFew:
		return fmt.Sprintf("fewer than %d people, too few to judge", k)
	case policy.AllTooSmall:
		return fmt.Sprintf("every group has fewer than %d people, so none could be judged", k)
	case policy.NoBase:
		return "nobody's target asks anything of this area"
	case policy.Lower:
		return fmt.Sprintf("%s: %s now, %s before", b.skill(c), c.Best.Text(), c.Before.Text())
	case policy.OpenNow:
		return fmt.Sprintf("%s: %s to %s now, as questions are open; %s before", b.skill(c), c.Worst.Text(), c.Best.Text(), c.Before.Text())
	case policy.NoLongerAsked:
		return fmt.Sprintf("%s: nothing of it applies any more; %s before", b.skill(c), c.Before.Text())
	case policy.Gone:
		return "in the baseline, but not among the answers"
	case policy.Lowered:
		return b.lowered(c)
	case policy.RubricChanged:
		return "the rubric asks otherwise than when the baseline was written; not compared: " + list(c.IDs)
	case policy.NothingToCompare:
		return "the rubric asks nothing as it did when the baseline was written, so there is nothing to compare"
	case policy.Old:
		if c.Rule.Measure == policy.SheetAge {
			return fmt.Sprintf("answers of %s, older than %s", c.Date, monthWords(c.Rule.Months))
		}
		return fmt.Sprintf("evidence older than %s when it was named: %s", monthWords(c.Rule.Months), list(c.IDs))
	case policy.NoDate:
		if c.Rule.Measure == policy.SheetAge {
			return "answers without a date"
		}
		return "evidence without a date: " + list(c.IDs)
	case policy.InFuture:
		return fmt.Sprintf("answers of %s, which is after %s", c.Date, b.Today)
	}
	return ""
}

// skill is a competency with its id, which a waiver needs.
func (b *gateBuilder) skill(c *policy.Case) string {
	return b.clean(c.Competency.Title) + " (" + c.Competency.ID + ")"
}

func (b *gateBuilder) compared(c *policy.Case) string {
	if c.Rule.Measure.AboutPeople() {
		return "" // whom it is about and what is asked say it all
	}
	if c.Outcome == policy.CannotTell {
		return "open questions decide"
	}
	if n, of, shown := b.figure(c); shown {
		return fmt.Sprintf("%d of %d (%d %%)", n, of, fraction.Of(int64(n), int64(of)).Percent())
	}
	return figureHidden
}

func (b *gateBuilder) lowered(c *policy.Case) string {
	switch {
	case len(c.IDs) == 0:
		return "the baseline itself is changed: this person is taken out"
	case c.Lost:
		return fmt.Sprintf("the baseline itself is changed: %s taken out, %s before", c.IDs[0], c.Before.Text())
	}
	return fmt.Sprintf("the baseline itself is changed: %s %s, %s before", c.IDs[0], c.Worst.Text(), c.Before.Text())
}

func list(ids []string) string {
	if len(ids) > mostIDs {
		return fmt.Sprintf("%s and %d more", strings.Join(ids[:mostIDs], ", "), len(ids)-mostIDs)
	}
	return strings.Join(ids, ", ")
}

// notes are what a reader should know beside the cases.
func (b *gateBuilder) notes(cases []GateCase) []string {
	var notes []string
	if slices.ContainsFunc(cases, func(c GateCase) bool { return c.Found == figureHidden }) {
		notes = append(notes, "Numbers that could tell about single people are not shown.")
	}
	if _, compares := b.Policy.Wants(policy.NoRegression); compares && b.NewPeople > 0 {
		notes = append(notes, `Some people are not in the baseline yet and were not compared; "pmpath cohort gate baseline write" adds them.`)
	}
	return notes
}

func (w *GateWaiver) words() string {
	return fmt.Sprintf("%s until %s, %s: %s (%s)", w.ID, w.Expires, strings.ReplaceAll(w.Reason, "_", " "), w.Because, w.Owner)
}

// resultWords are how a case ends, in words.
func resultWords(result string) string { return strings.ReplaceAll(result, "_", " ") }

// sentence is a case in one line, without its result.
func (c *GateCase) sentence() string {
	text := c.Who + ": " + c.Asks
	switch {
	case c.Person != nil:
		text = c.Who + ": " + c.Found // what is found says what was asked
	case c.Found != "":
		text += "; " + c.Found
	}
	if c.Waiver != nil {
		text += ". Waived by " + c.Waiver.words()
	}
	if c.Expired != nil {
		text += fmt.Sprintf(". The waiver %s expired on %s (%s)", c.Expired.ID, c.Expired.Expires, c.Expired.Owner)
	}
	return text
}

// missed reports whether a case needs its reason said.
func (c *GateCase) missed() bool { return c.effect <= policy.Warns }

func (g *GateReport) heading() string {
	switch {
	case g.Passed == nil:
		return "No verdict"
	case *g.Passed:
		return "Gate met"
	}
	return "Gate not met"
}

func (g *GateReport) about() string {
	text := fmt.Sprintf("%s %s, as of %s", g.Rubric.Title, g.Rubric.Version, g.Date)
	if g.People != nil {
		text = fmt.Sprintf("%s. %d people", text, *g.People)
	}
	return text + "."
}

// closing is the tally in a sentence, with the verdict at its end.
func (g *GateReport) closing() string {
	t := g.Tally
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{{t.Met, "met"}, {t.Waived, "waived"}, {t.NotJudged, "not judged"}, {t.Warnings, plural(t.Warnings, "warning", "warnings")}, {t.CannotTell, "cannot be told"}, {t.NotMet, "not met"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	return fmt.Sprintf("%d %s: %s. %s.", t.All, plural(t.All, "case", "cases"), strings.Join(parts, ", "), g.heading())
}

func (w *GateWaiver) unusedWords() string {
	if w.Expired {
		return fmt.Sprintf("The waiver %s (%s) expired on %s and covers no miss: remove it.", w.ID, w.Rule, w.Expires)
	}
	return fmt.Sprintf("The waiver %s (%s) covers no miss: correct it, or remove it.", w.ID, w.Rule)
}
