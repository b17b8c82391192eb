// Package rubric holds the instrument that pmpath measures with: the scale, the skill areas with their competencies and items, and
// the ladder of stages with what each of them asks. [Load] reads it from YAML files, strictly and with the place of every problem;
// [Decode] reads the canonical form that [Rubric.Canonical] writes.
//
// A loaded Rubric is complete and consistent, and nobody changes it afterwards: every reference points at something, every level lies on its
// scale, every floor is worked out. Packages that measure rely on that and check nothing again. The package knows no answers, no terminal and
// no operating system; it reads through an fs.FS.
//
// Terms: an item is a question with an anchor for each level of the scale; a competency has one or more items; a criterion is the level
// of a competency that a stage asks for; a gate is a yes/no fact with evidence. "Level" is always a point on a scale, never a stage.
package rubric

import (
	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/fraction"
)

// Format is the version of the file format that this package reads.
const Format = 1

// Rubric is a whole instrument. Slices keep the author's order; the Index of an entry is its place in that order.
type Rubric struct {
	ID      string
	Version string // semantic: major = old results are not comparable, minor = comparable, patch = wording
	Title   string
	About   string
	Digest  string // SHA-256 of the canonical form, in hex

	Scales  []*Scale // the first is used where a competency names none
	Rule    Rule
	Sources []*Source
	Areas   []*Area
	Gates   []*Gate
	Stages  []*Stage // in ladder order

	Competencies []*Competency // of all areas
	Items        []*Item       // of all competencies
	Accept       []Acceptance
}

// Acceptance is a finding of lint that the author means to keep, with the reason. It stands on the part of the rubric that the finding is about. It
// is a note among authors: it decides nothing and nobody who answers sees it, so it is no part of the canonical form and never changes the digest.
// The places (At) of all parts are not part of it either; both are there only in a rubric that was read from files.
type Acceptance struct {
	Rule string // the name of a rule of lint, known or not
	Why  string
	At   document.Position
}

// Scale is an ordered set of consecutive integer levels. Levels are ordinal labels.
type Scale struct {
	ID     string
	Levels []Level // ascending
}

// Level is a point on a scale.
type Level struct {
	Level int
	Label string
	Means string
}

// Lo is the lowest level.
func (s *Scale) Lo() int { return s.Levels[0].Level }

// Hi is the highest level.
func (s *Scale) Hi() int { return s.Levels[len(s.Levels)-1].Level }

// Label is the label of a level of the scale.
func (s *Scale) Label(level int) string { return s.Levels[level-s.Lo()].Label }

// Rule holds the constants of the decision, each with its reason.
type Rule struct {
	ReadyAt       Cut // share of the points of a stage, 0 … 1
	AreaFloor     Cut // share of the points within each area, 0 … 1
	MaxShortfall  Cut // levels that a score may stay below a criterion
	MustShortfall Cut // the same for a must-have
	Span          Cut // levels below the requirement over which points are earned
	Assessed      Cut // share of an area that must not be "not applicable", 0 … 1
}

// Cut is a constant with its reason.
type Cut struct {
	At    fraction.Fraction
	Why   string
	Place document.Position
}

// Source is where a requirement comes from.
type Source struct {
	ID, Title, URL, Note string
}

// Area is a group of competencies with a floor of its own.
type Area struct {
	Index        int
	ID           string
	Title        string
	About        string
	Floor        Cut // the rule's AreaFloor where the author gives none
	Competencies []*Competency
	Accept       []Acceptance
	At           document.Position
}

// Competency is a skill, measured by its items.
type Competency struct {
	Index  int
	Area   *Area
	ID     string
	Title  string
	About  string
	Scale  *Scale
	Items  []*Item
	Grow   []Growth // ascending by level
	Accept []Acceptance
	At     document.Position
}

// Growth is how to get to a level from the one below it.
type Growth struct {
	Level int
	Steps []Step
}

// Step is one thing to do.
type Step struct {
	Kind     string // practice, mentor, network, course or certificate
	Do       string
	Hours    int
	DoneWhen string
}

// StepsTo returns the growth steps towards a level, or none.
func (c *Competency) StepsTo(level int) []Step {
	for _, g := range c.Grow {
		if g.Level == level {
			return g.Steps
		}
	}
	return nil
}

// HoursTo is the effort of getting to a level from the one below, as far as the growth steps tell.
func (c *Competency) HoursTo(level int) int {
	hours := 0
	for _, step := range c.StepsTo(level) {
		hours += step.Hours
	}
	return hours
}

// Item is a question about what a person did.
type Item struct {
	Index         int
	Competency    *Competency
	ID            string
	Ask           string
	Window        int // months that the question looks back; 0 for no limit
	Weight        int
	NotApplicable bool     // "no chance in this role" is allowed
	Anchors       []string // by level from the lowest; the lowest may be empty
	Evidence      string
	Accept        []Acceptance
	At, AskAt     document.Position
	AnchorsAt     []document.Position // as Anchors
}

// Anchor is the behaviour that stands for a level; the lowest level has the scale's own words unless the author gives others.
func (i *Item) Anchor(level int) string {
	scale := i.Competency.Scale
	if anchor := i.Anchors[level-scale.Lo()]; anchor != "" {
		return anchor
	}
	return scale.Levels[0].Means
}

// Basis says whether a requirement is stated by its sources or derived from them.
type Basis string

// The values of Basis; the empty one is for rubrics that name none.
const (
	Stated  Basis = "stated"
	Derived Basis = "derived"
)

// Gate is a yes/no fact with evidence.
type Gate struct {
	Index    int
	ID       string
	Title    string
	Ask      string
	Evidence string
	Kinds    []string // evidence of one of these kinds is needed; none: a word is enough
	Within   int      // months before the date of the sheet that the evidence may be old; 0 for no limit
	Why      string
	Basis    Basis
	Sources  []*Source
	Accept   []Acceptance
	At       document.Position
}

// Stage is a rung of the ladder.
type Stage struct {
	Index      int
	ID         string
	Title      string
	Aliases    []string
	About      string
	Duties     []string
	Next       []*Stage
	Before     []*Stage // the stages that have this one as next
	Depth      int      // longest way from a stage that has none before it
	Criteria   []*Criterion
	Gates      []StageGate
	EntryRoles []EntryRole
	Void       []*Criterion // those that ask for the lowest level: they ask nothing, and are kept for lint alone
	Accept     []Acceptance
	At         document.Position
}

// Criterion is what a stage asks of a competency.
type Criterion struct {
	Competency *Competency
	Level      fraction.Fraction // required level, R
	Floor      fraction.Fraction // least score, F: lowest level ≤ F ≤ R
	Span       fraction.Fraction // levels below R over which points are earned, D
	Weight     int               // W ≥ 1
	Must       bool
	Why        string
	Basis      Basis
	Sources    []*Source
	Accept     []Acceptance
	At         document.Position
	FloorAt    document.Position // of a floor that the author gives; else the zero value
}

// Possible is the most points that the criterion can earn: W·D.
func (c *Criterion) Possible() fraction.Fraction { return fraction.Int(c.Weight).Mul(c.Span) }

// Earned is the part of a score that counts, in levels: what lies in the last D levels up to R. Surplus pays for nothing.
func (c *Criterion) Earned(score fraction.Fraction) fraction.Fraction {
	return score.Sub(c.Level).Add(c.Span).Clamp(fraction.Fraction{}, c.Span)
}

// StageGate is a gate as a stage uses it: a hard one decides, the others are reported.
type StageGate struct {
	Gate *Gate
	Hard bool
}

// EntryRole is a role from which people come to a stage. Its hints are for plans; they are no answers.
type EntryRole struct {
	ID, Title  string
	Brings     []*Competency
	Lacks      []*Competency
	FirstProof string
	Sources    []*Source
}

// Criterion returns what the stage asks of a competency, or nil.
func (s *Stage) Criterion(c *Competency) *Criterion {
	for _, criterion := range s.Criteria {
		if criterion.Competency == c {
			return criterion
		}
	}
	return nil
}

// Ref names the rubric as sheets do: id@version.
func (r *Rubric) Ref() string { return r.ID + "@" + r.Version }
