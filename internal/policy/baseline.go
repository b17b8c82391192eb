package policy

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Baseline is what people had reached, by pseudonym and competency. It knows no averages: what somebody gained elsewhere pays for nothing.
type Baseline struct {
	Rubric    string            // id@version that it was written with
	Digest    string            // of that rubric
	Key       string            // the pseudonym of KeyProbe: tells whether another key is in use
	Questions map[string]string // by competency: what was asked, as a short digest
	People    []Reached         // ascending by Person
}

// KeyProbe is no name that anybody has; its pseudonym tells keys apart without telling the key.
const KeyProbe = "\x00the key of a baseline"

// Reached is the levels that one person had for certain, by competency: the mean over the items, open ones at their lowest. What did not apply, or had no answer at all, is missing.
type Reached struct {
	Person string
	Levels map[string]fraction.Fraction
}

// newBaseline is the empty baseline of a rubric.
func newBaseline(r *rubric.Rubric, key string) *Baseline {
	b := &Baseline{Rubric: r.Ref(), Digest: r.Digest, Key: key, Questions: map[string]string{}}
	for _, c := range r.Competencies {
		b.Questions[c.ID] = questionsOf(c)
	}
	return b
}

// questionsOf is a digest of all that a level of a competency means: its scale, and each item with weight, question and anchors. Growth advice and titles are left out.
func questionsOf(c *rubric.Competency) string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%d %d\n", c.Scale.Lo(), c.Scale.Hi())
	for _, item := range c.Items {
		fmt.Fprintf(sum, "%s %d %q\n", item.ID, item.Weight, item.Ask)
		for _, anchor := range item.Anchors {
			fmt.Fprintf(sum, "%q\n", anchor)
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

// Of finds what a person had reached, or nil.
func (b *Baseline) Of(person string) *Reached {
	i, found := slices.BinarySearchFunc(b.People, person, func(r Reached, name string) int { return strings.Compare(r.Person, name) })
	if !found {
		return nil
	}
	return &b.People[i]
}

// SameQuestions returns the competencies of a rubric that ask what they asked when the baseline was written, and those that do not. The ids of competencies that are gone come last.
func (b *Baseline) SameQuestions(r *rubric.Rubric) (same []bool, changed []string) {
	same = make([]bool, len(r.Competencies))
	for i, c := range r.Competencies {
		before, known := b.Questions[c.ID]
		same[i] = known && before == questionsOf(c)
		if known && !same[i] {
			changed = append(changed, c.ID)
		}
	}
	var gone []string
	for id := range b.Questions {
		if r.CompetencyNamed(id) == nil {
			gone = append(gone, id)
		}
	}
	slices.Sort(gone)
	return same, append(changed, gone...)
}

// Move is a difference between two states of a person in one competency. A missing state is nil.
type Move struct {
	Person     string
	Competency string // empty: the whole person
	Before     *fraction.Fraction
	Now        *fraction.Fraction
}

// Down reports whether something is lower than it was, or gone.
func (m Move) Down() bool {
	switch {
	case m.Competency == "":
		return m.Now == nil && m.Before != nil
	case m.Before == nil:
		return false
	}
	return m.Now == nil || m.Now.Cmp(*m.Before) < 0
}

// Moves compares two baselines, as far as they ask the same. A person whom only one of them has is one Move without a competency, whose missing state is nil.
func Moves(before, now *Baseline) []Move {
	var moves []Move
	for _, was := range before.People {
		is := now.Of(was.Person)
		if is == nil {
			moves = append(moves, Move{Person: was.Person, Before: &fraction.Fraction{}})
			continue
		}
		for _, id := range keysOf(was.Levels, is.Levels) {
			if before.Questions[id] != now.Questions[id] {
				continue
			}
			old, had := was.Levels[id]
			level, has := is.Levels[id]
			if had != has || !old.Equal(level) {
				m := Move{Person: was.Person, Competency: id}
				if had {
					m.Before = &old
				}
				if has {
					m.Now = &level
				}
				moves = append(moves, m)
			}
		}
	}
	for _, is := range now.People {
		if before.Of(is.Person) == nil {
			moves = append(moves, Move{Person: is.Person, Now: &fraction.Fraction{}})
		}
	}
	slices.SortStableFunc(moves, func(a, b Move) int { return strings.Compare(a.Person, b.Person) })
	return moves
}

func keysOf(maps ...map[string]fraction.Fraction) []string {
	var keys []string
	for _, m := range maps {
		for key := range m {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// Raise returns the baseline to keep in place of old, where now is what people have today: levels go up and never down, people stay, but for those in drop. What the
// rubric asks otherwise than before begins anew. It returns the moves down that were not followed as well.
func Raise(old, now *Baseline, drop []string) (raised *Baseline, kept []Move) {
	raised = &Baseline{Rubric: now.Rubric, Digest: now.Digest, Key: now.Key, Questions: now.Questions}
	for _, was := range old.People {
		if slices.Contains(drop, was.Person) {
			continue
		}
		levels := map[string]fraction.Fraction{}
		for id, level := range was.Levels {
			if old.Questions[id] == now.Questions[id] {
				levels[id] = level
			}
		}
		raised.People = append(raised.People, Reached{was.Person, levels})
	}
	for _, is := range now.People {
		if slices.Contains(drop, is.Person) {
			continue
		}
		there := raised.Of(is.Person)
		if there == nil {
			at, _ := slices.BinarySearchFunc(raised.People, is.Person, func(r Reached, name string) int { return strings.Compare(r.Person, name) })
			raised.People = slices.Insert(raised.People, at, is)
			continue
		}
		for id, level := range is.Levels {
			if was, had := there.Levels[id]; !had || level.Cmp(was) > 0 {
				there.Levels[id] = level
			}
		}
	}
	for _, m := range Moves(raised, now) {
		if m.Down() {
			kept = append(kept, m)
		}
	}
	return raised, kept
}

const baselineHead = `# What people had reached, written by "pmpath cohort gate baseline write". Levels only go up:
# commit it, and have "pmpath cohort gate --baseline-ref" read it from the branch that a
# change goes to.
`

// Write writes the baseline as YAML: the same people, the same bytes.
func (b *Baseline) Write(w io.Writer) error {
	var text strings.Builder
	text.WriteString(baselineHead)
	fmt.Fprintf(&text, "pmpath: %d\nbaseline: %s\ndigest: %s\nkey: %s\nquestions:\n", Format, b.Rubric, b.Digest, b.Key)
	ids := make([]string, 0, len(b.Questions))
	for id := range b.Questions {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		fmt.Fprintf(&text, "  %s: %s\n", id, b.Questions[id])
	}
	text.WriteString("people:")
	if len(b.People) == 0 {
		text.WriteString(" []")
	}
	text.WriteString("\n")
	for _, p := range b.People {
		fmt.Fprintf(&text, "  - person: %s\n    levels:", p.Person)
		if len(p.Levels) == 0 {
			text.WriteString(" {}")
		}
		text.WriteString("\n")
		for _, id := range keysOf(p.Levels) { // a line each, so that a diff shows one skill of one person
			fmt.Fprintf(&text, "      %s: %s\n", id, p.Levels[id])
		}
	}
	_, err := io.WriteString(w, text.String())
	return err
}
