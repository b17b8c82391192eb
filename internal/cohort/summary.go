package cohort

import (
	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Summary is what the sheets of a cohort say together. Every figure counts people, and none of them is named. What of it may be shown is decided by
// whoever publishes it, from the Cells: they are disjoint, and every table of the summary is a sum over all of them or, for a group, over those of the group.
type Summary struct {
	Rubric  *rubric.Rubric
	By      []string      // what people are grouped by: "team", "stage", "target" or another field, in the order asked
	Filters []Filter      // only people who pass all of them are counted
	Target  *rubric.Stage // what everybody is measured against; nil: what each sheet asks about

	Cells []Cell // ascending by Values: ids of stages in ladder order, other values in byte order; "" (not said) first
	Total Counts // over all Cells

	Fit          Spread             // over the people who have a target
	Areas        []AreaSpread       // in rubric order
	Competencies []CompetencySpread // in rubric order
	Gaps         []Gap              // most people first; none that nobody has
	Deciding     []Deciding         // most people first; none that decides for nobody
	Growth       []Growth           // most people first; none that nobody needs
	Scarce       []Scarce           // fewest holders first, then most people asked
	Targets      []TargetCount      // in ladder order; none that nobody is measured against
}

// Filter keeps the people whose field has the value: a stage's id for "stage" and "target".
type Filter struct{ Field, Value string }

// Cell is the people who share a value in every dimension of Summary.By.
type Cell struct {
	Values []string // by dimension: the id of a stage, or text from outside; "" where it is not said
	Counts
}

// Group is the people who share a value in one dimension.
type Group struct {
	Value string
	Counts
}

// Counts are numbers of people. Those from Ready to NoTarget add up to People; Partial, Stale and Unverified overlap.
type Counts struct {
	People int

	Ready      int // every condition of the target holds
	OneStep    int // not ready, and one answer raised by one level, or one gate met, would change that
	TwoSteps   int
	Further    int // three steps or more; or too much not applicable for steps to lead there
	CannotTell int // open questions, or too much not applicable, leave it undetermined
	NoTarget   int // the sheet names neither a target nor a stage that another follows

	Partial    int // some question is open
	Stale      int // some evidence is older than its question looks back
	Unverified int // some answer at one of the two highest levels has no evidence

	FitPercents int // sum over the people with a target of their fit in whole percent, rounded down, open questions at their lowest

	Gaps []int // by rubric.Competency.Index: people whose score misses the level that their target asks, however open questions turn out
}

// Bands are how many equal parts Spread cuts shares into.
const Bands = 5

// Spread counts people by a share of points, from 0 … 1.
type Spread struct {
	People int        // who have a target
	Bands  [Bands]int // share in [0, 1/5), … [4/5, 1]; people with one certain share
	Open   int        // open questions leave the share uncertain
	Absent int        // nothing that counts is applicable, or the target asks nothing
}

// AreaSpread is where people stand in one area, measured against their own targets.
type AreaSpread struct {
	Area *rubric.Area
	Spread
	Holds, Fails, Undecided int // the area's floor; the rest is Absent
}

// CompetencySpread is where people stand in one competency.
type CompetencySpread struct {
	Competency    *rubric.Competency
	Levels        []int // by level from the scale's lowest: people whose score, rounded down, is that level; complete answers only
	Open          int   // some item has no answer
	NotApplicable int   // no item is applicable

	// The rest is measured against each person's target.
	Asked      int // people whose target asks for this competency and to whom some item applies
	Reaches    int // at or above the required level, whatever open questions turn out to be
	Gap        int // below it, however they turn out
	BelowFloor int // of Gap: below the floor too, which alone holds the verdict back
	Undecided  int // open questions decide
}

// Gap is a competency in which people miss the level that their target asks.
type Gap struct {
	Competency *rubric.Competency
	People     int
	BelowFloor int // of People
}

// Deciding is a condition that decides the verdict of people: the one with least to spare or, for who is not ready, furthest from holding.
type Deciding struct {
	Kind       readiness.ConditionKind
	Area       *rubric.Area       // of an AreaCondition
	Competency *rubric.Competency // of a CriterionCondition
	Gate       *rubric.Gate       // of a GateCondition
	NotReady   int                // people who are not ready because of it
	Open       int                // people for whom it is undetermined
	Ready      int                // people who are ready and have least to spare here
}

// Growth is a step of the rubric's growth advice with the people it would help: who miss the required level in the competency and whose next raise
// leads to Level.
type Growth struct {
	Competency *rubric.Competency
	Level      int
	People     int
	Steps      []rubric.Step // how to get there; may be empty
}

// Scarce is a skill that at most MostHolders people hold at a level that somebody's target asks; often one alone.
type Scarce struct {
	Competency *rubric.Competency
	Level      fraction.Fraction
	Holders    int             // people at the level or above, whatever their own target and whatever open questions turn out to be
	Stages     []*rubric.Stage // targets of the cohort that ask for it, in ladder order
	Asked      int             // people whose target is one of Stages
}

// MostHolders bounds Scarce.Holders.
const MostHolders = 9

// TargetCount is how many people are measured against a stage.
type TargetCount struct {
	Stage  *rubric.Stage
	People int
}

// Groups adds the cells up by the dimension with this index in By. The groups are in the order of Cells.
func (s *Summary) Groups(dimension int) []Group {
	var groups []Group
	index := map[string]int{}
	for i := range s.Cells {
		cell := &s.Cells[i]
		value := cell.Values[dimension]
		at, known := index[value]
		if !known {
			at = len(groups)
			index[value] = at
			groups = append(groups, Group{Value: value})
		}
		groups[at].add(&cell.Counts)
	}
	s.sortGroups(dimension, groups)
	return groups
}

func (c *Counts) add(other *Counts) {
	c.People += other.People
	c.Ready += other.Ready
	c.OneStep += other.OneStep
	c.TwoSteps += other.TwoSteps
	c.Further += other.Further
	c.CannotTell += other.CannotTell
	c.NoTarget += other.NoTarget
	c.Partial += other.Partial
	c.Stale += other.Stale
	c.Unverified += other.Unverified
	c.FitPercents += other.FitPercents
	if c.Gaps == nil {
		c.Gaps = make([]int, len(other.Gaps))
	}
	for i, n := range other.Gaps {
		c.Gaps[i] += n
	}
}
