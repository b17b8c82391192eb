package cohort

import (
	"slices"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
)

// tables is a target stage worked out: what each pattern of answers to each competency means for it, in whole numbers. Points are counted in a unit, and
// margins in parts of a denominator, in which all of them are whole.
type tables struct {
	stage    *rubric.Stage
	criteria []criterionTable
	areas    []areaTable
	gates    []*rubric.Gate // hard ones

	sites     []site  // by criterion
	idle      []site  // of the competencies that the stage asks nothing of
	large     []int   // criteria whose competencies have too many patterns for a table
	entries   []entry // by layout.base + pattern
	lowest    []int32 // by entry: the one with everything open at its lowest
	highest   []int32
	climbs    []uint64 // by entry, climbSize words each, of complete patterns alone; nil where entries hold all of them
	climbSize int
	gains     gains
	lanes     lanes
	gainAt    []int64 // by 64 × word + shift of a lane: its gain
	possible  int64   // in units, with everything applicable
	readyAt   ratio
	need      int64 // the least number of units that makes readyAt of possible
	margin    int64 // denominator of the margins of criteria
}

// entry is what the answers to one competency mean for a criterion; where nothing is asked of the competency, all of it is zero but for flags that depend on no
// target, and a tell that decides nothing. An entry fills half a line of the processor's memory, so that everything about a competency is fetched at once.
type entry struct {
	units units
	tell  tell
	left  uint64 // the first word of the raises beyond the floor
	gap   gapKey
}

// units are small numbers in one word, which is added up faster than five: of 16 bits each the units that are earned at worst and at best, and of the completion
// with everything open at its lowest those earned once it is raised to the floor; of 8 bits each the raises to there, and flags.
type units uint64

const (
	mostUnits   = 1<<16 - 1
	mostToFloor = 1<<8 - 1
)

func newUnits(worst, best int64, f flags) units {
	return units(worst) | units(best)<<16 | units(f)<<56
}

// withWay adds the way to the floor.
func (u units) withWay(raises, earned uint64) units { return u | units(earned)<<32 | units(raises)<<48 }

// way is that part alone.
func (u units) way() units { return u & 0xFFFFFF_00000000 }

func (u units) flags() flags { return flags(u >> 56) }

// unitSums are units added up.
type unitSums struct{ even, odd uint64 }

func (s *unitSums) add(u units) {
	s.even += uint64(u) & 0xFFFF_0000FFFF
	s.odd += uint64(u) >> 16 & 0xFF_0000FFFF
}

func (s unitSums) worst() int64   { return int64(uint32(s.even)) }
func (s unitSums) best() int64    { return int64(uint32(s.odd)) }
func (s unitSums) atFloor() int64 { return int64(s.even >> 32) }
func (s unitSums) toFloor() int   { return int(s.odd >> 32) }

type flags uint8

const (
	someOpen flags = 1 << iota
	someNotApplicable
	absent // nothing is applicable
	claims // some answer calls for evidence
)

// gapKey orders gaps: larger ones come first. It joins the units that are missing, whether the criterion is under its floor, and the criterion, of which the
// first is the largest. It is 0 where there is no gap, however open questions turn out.
type gapKey uint32

const keyCriterion = 15 // bits of the criterion

func newGapKey(missing int64, below bool, criterion int) gapKey {
	key := gapKey(missing) << 1
	if below {
		key |= 1
	}
	return key<<keyCriterion | gapKey(1<<keyCriterion-1-criterion)
}

func (k gapKey) criterion() int { return 1<<keyCriterion - 1 - int(k&(1<<keyCriterion-1)) }

// tell joins outcome and margin of a floor with the criterion, so that the smallest number is that of the criterion that decides.
type tell int64

const (
	tellOutcome = 56 // bits below the outcome
	tellMargin  = 16 // bits below the margin, plus largest; they are the criterion

	undecisive  = tell(readiness.Holds+1) << tellOutcome // larger than any other
	belowFloors = tell(readiness.Fails+1) << tellOutcome // larger than those of failures
)

func (t tell) outcome() readiness.Outcome { return readiness.Outcome(t >> tellOutcome) }
func (t tell) margin() int64              { return int64(t>>tellMargin&(2*largest-1)) - largest }
func (t tell) criterion() int             { return int(t & (1<<tellMargin - 1)) }

// tellOf says a failure by its best margin, anything else by its worst.
func tellOf(worst, best int64, criterion int) tell {
	outcome, margin := outcomeOf(worst, best, 0), worst
	if outcome == readiness.Fails {
		margin = best
	}
	return tell(outcome)<<tellOutcome | tell(margin+largest)<<tellMargin | tell(criterion)
}

// criterionTable is a criterion in whole numbers.
type criterionTable struct {
	*rubric.Criterion
	*layout
	at    int   // its place among the criteria
	unit  int64 // points × units of one weighted level at an applicable weight of 1
	start int64 // weight × units × (level − span): where points begin
	full  int64 // units that can be earned

	marginUnit  int64 // margin of one level at an applicable weight of 1
	marginFloor int64 // of the floor

	share int64 // units of the area's assessed share, per applicable weight
}

type areaTable struct {
	area     *rubric.Area
	from, to int // its criteria
	possible int64
	floor    ratio
	need     int64
	shares   int64 // units of the assessed share in all
	assessed int64 // the least of them
}

// newTables works a stage out, or returns nil where its numbers are too odd or too many: people are measured by package readiness then.
func newTables(r *rubric.Rubric, layouts []layout, stage *rubric.Stage) *tables {
	t := &tables{stage: stage}
	for _, gate := range stage.Gates {
		if gate.Hard {
			t.gates = append(t.gates, gate.Gate)
		}
	}
	for _, c := range stage.Criteria {
		t.criteria = append(t.criteria, criterionTable{Criterion: c, layout: &layouts[c.Competency.Index], at: len(t.criteria)})
	}
	if !t.measure() || !t.measureAreas(r.Rule) {
		return nil
	}
	var gained []int64
	for i := range t.criteria {
		values, ok := t.criteria[i].gainsOf()
		if !ok {
			return nil
		}
		gained = append(gained, values...)
	}
	slices.Sort(gained)
	gained = slices.Compact(gained)
	slices.Reverse(gained)
	t.gains = gained
	var ok bool
	if t.lanes, ok = t.newLanes(); !ok || len(t.criteria) >= 1<<keyCriterion {
		return nil
	}
	t.climbSize = 1 + t.lanes.words
	t.gainAt = make([]int64, 64*t.lanes.words)
	for i, gain := range t.gains {
		word, shift := t.lanes.of(i)
		t.gainAt[64*word+int(shift)] = gain
	}
	t.fill(layouts)
	return t
}

// measure chooses the units and turns the criteria into whole numbers.
func (t *tables) measure() bool {
	var exact careful
	unit, margin := int64(1), int64(1)
	for i := range t.criteria {
		c := &t.criteria[i]
		for _, applicable := range c.applicableWeights(&exact) {
			unit, margin = exact.lcm(unit, applicable), exact.lcm(margin, exact.mul(applicable, c.steps()))
		}
		start, span, floor := exact.parts(c.Level.Sub(c.Criterion.Span)), exact.parts(c.Criterion.Span), exact.parts(c.Floor)
		unit, margin = exact.lcm(exact.lcm(unit, start.den), span.den), exact.lcm(margin, exact.mul(floor.den, c.steps()))
	}
	t.margin = margin
	for i := range t.criteria {
		c := &t.criteria[i]
		start, span, floor := exact.parts(c.Level.Sub(c.Criterion.Span)), exact.parts(c.Criterion.Span), exact.parts(c.Floor)
		c.unit = exact.mul(int64(c.Weight), unit)
		c.start, c.full = exact.mul(c.unit/start.den, start.num), exact.mul(c.unit/span.den, span.num)
		c.marginUnit = margin / c.steps()
		c.marginFloor = exact.mul(c.marginUnit/floor.den, floor.num)
		exact.mul(c.unit, int64(c.lo))
		exact.mul(c.unit, int64(c.lo)+c.steps())
		if c.full <= 0 || c.full > mostUnits || len(c.weights)*int(c.steps()) > mostToFloor {
			return false
		}
	}
	return !exact.failed
}

// steps is how many levels lie above the lowest.
func (l *layout) steps() int64 { return int64(l.levels - 1) }

// measureAreas adds the criteria up and works out what is needed.
func (t *tables) measureAreas(rule rubric.Rule) bool {
	var exact careful
	minimum, readyAt := exact.parts(rule.Assessed.At), exact.parts(rule.ReadyAt.At)
	for i := range t.criteria {
		c := &t.criteria[i]
		if last := len(t.areas) - 1; last < 0 || t.areas[last].area != c.competency.Area {
			t.areas = append(t.areas, areaTable{area: c.competency.Area, from: i, floor: exact.parts(c.competency.Area.Floor.At)})
		}
		area := &t.areas[len(t.areas)-1]
		area.to = i + 1
		area.possible = exact.add(area.possible, c.full)
		t.possible = exact.add(t.possible, c.full)
	}
	exact.mul(t.possible, readyAt.den) // margins of shares are compared with this denominator
	t.readyAt, t.need = readyAt, readyAt.of(t.possible)
	for i := range t.areas {
		area := &t.areas[i]
		exact.mul(area.possible, area.floor.den)
		area.need = area.floor.of(area.possible)
		area.shares = t.shareUnits(area, &exact)
		area.assessed = minimum.of(area.shares)
	}
	return !exact.failed
}

// shareUnits chooses the units in which the assessed share of an area is counted, and returns how many there are in all.
func (t *tables) shareUnits(area *areaTable, exact *careful) int64 {
	common, total := int64(1), int64(0)
	for i := area.from; i < area.to; i++ {
		common = exact.lcm(common, t.criteria[i].allWeight())
	}
	for i := area.from; i < area.to; i++ {
		c := &t.criteria[i]
		c.share = exact.mul(common/c.allWeight(), int64(c.Weight))
		total = exact.add(total, exact.mul(c.share, c.allWeight()))
	}
	return total
}

func (l *layout) allWeight() int64 {
	all := int64(0)
	for _, weight := range l.weights {
		all += int64(weight)
	}
	return all
}

// mostWeights bounds the sums of weights that are looked at.
const mostWeights = 1000

// applicableWeights are the sums of weights that answers can leave applicable, without 0.
func (l *layout) applicableWeights(exact *careful) []int64 {
	sums := map[int64]bool{0: true}
	for i, item := range l.competency.Items {
		next := map[int64]bool{}
		for sum := range sums {
			next[sum+int64(l.weights[i])] = true
			if item.NotApplicable {
				next[sum] = true
			}
		}
		if sums = next; len(sums) > mostWeights {
			exact.failed = true
			return nil
		}
	}
	var weights []int64
	for sum := range sums {
		if sum > 0 {
			weights = append(weights, sum)
		}
	}
	slices.Sort(weights)
	return weights
}

// fill works out every entry and climb.
func (t *tables) fill(layouts []layout) {
	t.entries = idleEntries(layouts)
	size := len(t.entries)
	t.lowest, t.highest = make([]int32, size), make([]int32, size)
	if !t.entriesHoldClimbs() {
		t.climbs = make([]uint64, size*t.climbSize)
	}
	climb := make([]uint64, t.climbSize)
	for i := range layouts {
		if l := &layouts[i]; l.asks[t.stage.Index] == nil {
			t.idle = append(t.idle, l.site())
		}
	}
	var answers, completed []int8
	for i := range t.criteria {
		c := &t.criteria[i]
		t.sites = append(t.sites, c.site())
		if c.large() {
			t.large = append(t.large, i)
		}
		for pattern := range c.size {
			if answers = c.answers(pattern, answers); !c.layout.possible(answers) {
				continue
			}
			at := c.base + pattern
			s := c.sums(answers)
			t.entries[at] = t.entry(c, answers)
			completed = complete(completed[:0], answers, c.lo)
			t.lowest[at] = int32(c.base + c.pattern(completed))
			completed = complete(completed[:0], answers, c.lo+c.levels-1)
			t.highest[at] = int32(c.base + c.pattern(completed))
			if s.open == 0 && s.applicable > 0 {
				clear(climb)
				t.climb(c, answers, climb)
				t.entries[at].start(climb)
				if t.climbs != nil {
					copy(t.climbAt(at), climb)
				}
			}
		}
	}
	for i := range t.criteria {
		c := &t.criteria[i]
		for at := c.base; at < c.base+c.size; at++ {
			t.entries[at].startAs(&t.entries[t.lowest[at]])
		}
	}
}

// idleEntries are the entries of all competencies for a stage that asks nothing.
func idleEntries(layouts []layout) []entry {
	last := &layouts[len(layouts)-1]
	entries := make([]entry, 0, last.base+last.room())
	var answers []int8
	for i := range layouts {
		l := &layouts[i]
		for pattern := range l.size {
			answers = l.answers(pattern, answers)
			entries = append(entries, l.idleEntry(answers))
		}
		if l.large() {
			entries = append(entries, entry{})
		}
	}
	return entries
}

// idleEntry is the entry of answers of which nothing is asked.
func (l *layout) idleEntry(answers []int8) entry {
	return entry{units: newUnits(0, 0, l.marks(answers)), tell: undecisive}
}

// start takes over what is usually needed of a climb.
func (e *entry) start(climb []uint64) {
	e.units = e.units.withWay(climb[0]>>32, climb[0]&(1<<32-1))
	if len(climb) > 1 {
		e.left = climb[1]
	}
}

// startAs takes it over from the entry of the completion.
func (e *entry) startAs(completion *entry) {
	e.units |= completion.units.way()
	e.left = completion.left
}

// entriesHoldClimbs reports whether climbs have no word that entries have no place for.
func (t *tables) entriesHoldClimbs() bool { return t.lanes.words <= 1 }

func (t *tables) climbAt(entry int) []uint64 { return t.climbs[entry*t.climbSize:][:t.climbSize] }

// entry works out what the answers mean for the criterion.
func (t *tables) entry(c *criterionTable, answers []int8) entry {
	s, marks := c.sums(answers), c.marks(answers)
	if s.applicable == 0 {
		return entry{units: newUnits(0, 0, marks|absent), tell: undecisive}
	}
	worst, best := c.layout.worst(s), c.layout.best(s)
	mostPoints := c.points(best, s.applicable)
	e := entry{
		units: newUnits(c.points(worst, s.applicable), mostPoints, marks),
		tell:  tellOf(c.marginOf(worst, s.applicable), c.marginOf(best, s.applicable), c.at),
	}
	if missing := c.full - mostPoints; missing > 0 {
		e.gap = newGapKey(missing, e.tell < belowFloors, c.at)
	}
	return e
}

// points are the units that a sum of weight × level earns.
func (c *criterionTable) points(sum, applicable int64) int64 {
	return min(max(c.unit/applicable*sum-c.start, 0), c.full)
}

// marginOf is the margin above the floor.
func (c *criterionTable) marginOf(sum, applicable int64) int64 {
	return c.marginUnit/applicable*sum - c.marginFloor
}

func outcomeOf(worst, best, need int64) readiness.Outcome {
	switch {
	case best < need:
		return readiness.Fails
	case worst >= need:
		return readiness.Holds
	}
	return readiness.Open
}
