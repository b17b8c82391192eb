package report

import (
	"slices"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Explanation is a decision as a chain of sums from the answers to the verdict, ready to be printed, and at once the JSON form. The JSON form is always
// whole; what somebody asked about by name is what the other forms show.
type Explanation struct {
	SchemaVersion  int              `json:"schema_version"`
	Rubric         Rubric           `json:"rubric"`
	Respondent     *string          `json:"respondent,omitempty"`
	Rater          string           `json:"rater"`
	Date           string           `json:"date"`
	Stage          *Ref             `json:"stage"`
	Items          Items            `json:"items"`
	OperatingStage *Operating       `json:"operating_stage"`
	Named          []Place          `json:"named"`
	Route          bool             `json:"whole_route"` // the stages are those on the ways to the roles asked about
	Stages         []ExplainedStage `json:"stages"`
	Caution        string           `json:"caution"`
	RoleNow        *RoleNow         `json:"role_now"`
	sheetFile      string
}

// ExplainedStage is the decision about one stage. Its conditions stand in the order in which they decide.
type ExplainedStage struct {
	Stage         Ref                  `json:"stage"`
	Verdict       string               `json:"verdict"`
	Held          bool                 `json:"held"` // its conditions hold and some stage before it is held; gates without an answer are left out
	Before        []Ref                `json:"comes_after"`
	Tally         Tally                `json:"tally"`
	Deciding      *ExplainedCondition  `json:"deciding"` // null where nothing is asked or the guard for "not applicable" decides
	Fit           ExplainedSum         `json:"fit"`
	Areas         []ExplainedArea      `json:"areas"`
	Gates         []ExplainedGate      `json:"gates"`
	Conditions    []ExplainedCondition `json:"conditions"`
	Open          int                  `json:"open_items"` // that the stage asks about
	OpenQuestions []Question           `json:"open_questions"`
	NotAssessed   []string             `json:"not_assessed"`
	WithLowest    *string              `json:"verdict_with_not_applicable_at_lowest"`
}

// ExplainedSum is points added up, and the share that they are of those possible.
type ExplainedSum struct {
	Share
	Held   Range  `json:"share"`
	Cut    Amount `json:"share_needed"`
	Why    string `json:"why"`    // so much is needed
	Margin *Range `json:"margin"` // (points − points needed) / possible; null where nothing can be earned
}

// ExplainedArea is the sum of an area with what it is made of.
type ExplainedArea struct {
	Ref
	ExplainedSum
	Weight        int                  `json:"weight"`          // of its criteria
	WeightLeft    Amount               `json:"weight_left"`     // the same, each times the share of its items' weight that is applicable
	Assessed      Amount               `json:"assessed"`        // weight_left / weight
	AssessedNeeds Amount               `json:"assessed_needed"` // less, and no verdict can be ready
	NotAssessed   bool                 `json:"not_assessed"`
	Criteria      []ExplainedCriterion `json:"criteria"`
}

// ExplainedCriterion is one competency from its answers to its points.
type ExplainedCriterion struct {
	Ref
	Must       bool            `json:"must"`
	Weight     int             `json:"weight"`
	From       Amount          `json:"counts_from"` // up to Level; counts = score − counts_from, at least 0 and at most level − counts_from
	Level      Amount          `json:"level"`
	Floor      Amount          `json:"floor"`
	Items      []ExplainedItem `json:"items"`
	ItemWeight int             `json:"item_weight"` // of the applicable items
	AllWeight  int             `json:"item_weight_of_all"`
	Applicable bool            `json:"applicable"`
	Sum        *Range          `json:"sum"`   // of weight × level; this and the rest are null where nothing is applicable
	Score      *Range          `json:"score"` // sum / item_weight
	Counts     *Range          `json:"counts"`
	Points     *Range          `json:"points"`   // weight × counts
	Possible   *Amount         `json:"possible"` // weight × (level − counts_from)
	Levels     int             `json:"levels"`   // highest − lowest of the scale
	Margin     *Range          `json:"margin"`   // (score − floor) / levels
	Outcome    string          `json:"outcome"`  // of the floor
	Lowest     *Lowest         `json:"with_not_applicable_at_lowest"`
	Why        string          `json:"why"`
}

// ExplainedItem is one answer and what it adds.
type ExplainedItem struct {
	ID      string  `json:"id"`
	Ask     string  `json:"ask"`
	Weight  int     `json:"weight"`
	Answer  string  `json:"answer"` // level, open or not_applicable
	Now     *Anchor `json:"now"`    // null unless the answer is a level
	Adds    *Range  `json:"adds"`   // weight × level; null where not applicable
	Decides bool    `json:"can_change_the_verdict"`
	Moves   *Amount `json:"one_level_moves_the_score_by"` // weight / item_weight; null where not applicable
	More    *Amount `json:"one_level_more_brings"`        // points; null where there is no level above, or none is answered
	Less    *Amount `json:"one_level_less_costs"`
}

// Lowest is a criterion with every "not applicable" at the lowest level.
type Lowest struct {
	Score  Range `json:"score"`
	Points Range `json:"points"`
}

// ExplainedGate is a gate with its margin, 1 where it is met and −1 where not. A helpful gate is no condition and has none.
type ExplainedGate struct {
	Gate
	Margin *Range `json:"margin"`
}

// ExplainedCondition is a condition as one division: margin = (held − need) / range. For fit and areas all three are points, for a competency levels. A
// gate is held or not, and its margin is 1 or −1.
type ExplainedCondition struct {
	Kind    string `json:"kind"`
	ID      string `json:"id"`
	Title   string `json:"title"`
	Held    Range  `json:"held"`
	Need    Amount `json:"need"`
	Range   Amount `json:"range"`
	Margin  Range  `json:"margin"`
	Outcome string `json:"outcome"`
	Words   string `json:"words"`
	Brief   string `json:"brief"`
}

// ExplainOptions say what to explain besides the roles of the assessment.
type ExplainOptions struct {
	Named []path.Place
	Route bool // the roles are all stages on the way
}

// NewExplanation fixes everything that is said of the decisions of an assessment.
func NewExplanation(a *readiness.Assessment, what ExplainOptions, opts Options) *Explanation {
	b := newBuilder(a.Sheet, opts)
	e := &Explanation{
		SchemaVersion: SchemaVersion, Rubric: b.rubric(), Respondent: b.respondent(opts), Rater: string(a.Sheet.Rater), Date: a.Sheet.Date.String(),
		Items: countItems(a.Sheet), Named: b.places(what.Named), Route: what.Route, Stages: []ExplainedStage{}, Caution: caution,
		RoleNow: b.roleNow(a.Operating), sheetFile: opts.sheetFile(),
	}
	if a.Sheet.Stage != nil {
		e.Stage = b.stage(a.Sheet.Stage)
	}
	if a.Operating.Stage != nil {
		e.OperatingStage = &Operating{*b.stage(a.Operating.Stage), a.Operating.GatesLeftOut}
	}
	held := readiness.Held(a.Sheet)
	for _, target := range a.Targets {
		stage := b.explained(target)
		stage.Held = held[target.Target.Index]
		e.Stages = append(e.Stages, stage)
	}
	return e
}

func (b builder) explained(t readiness.TargetResult) ExplainedStage {
	whole := b.decision(t)
	s := ExplainedStage{
		Stage: whole.Stage, Verdict: whole.Verdict, Before: b.stages(t.Target.Before), Tally: whole.Tally, Areas: []ExplainedArea{}, Gates: []ExplainedGate{},
		Conditions: []ExplainedCondition{}, OpenQuestions: whole.OpenQuestions, NotAssessed: whole.NotAssessed, WithLowest: whole.WithLowest,
	}
	s.Fit = b.explainedSum(whole.Fit, t.Fit(), t.Sheet.Rubric.Rule.ReadyAt)
	for i := range t.Areas {
		s.Areas = append(s.Areas, b.explainedArea(t.Result, &t.Areas[i]))
	}
	for i := range t.Criteria {
		s.Open += t.Criteria[i].Open
	}
	for i := range t.Gates {
		s.Gates = append(s.Gates, ExplainedGate{Gate: b.gate(&t.Gates[i])})
	}
	for _, c := range t.Ranked() {
		condition := b.explainedCondition(t.Result, c)
		s.Conditions = append(s.Conditions, condition)
		if c == t.Deciding {
			s.Deciding = &condition
		}
		if c.Kind == readiness.GateCondition {
			gate := slices.IndexFunc(s.Gates, func(g ExplainedGate) bool { return g.ID == c.Gate.ID })
			s.Gates[gate].Margin = &condition.Margin
		}
	}
	return s
}

func (b builder) stages(stages []*rubric.Stage) []Ref {
	list := make([]Ref, len(stages))
	for i, stage := range stages {
		list[i] = *b.stage(stage)
	}
	return list
}

func (b builder) explainedSum(s Share, held readiness.Bounds, cut rubric.Cut) ExplainedSum {
	sum := ExplainedSum{Share: s, Held: rangeOf(held), Cut: Amount{cut.At}, Why: b.clean(cut.Why)}
	if s.Possible.Sign() > 0 {
		sum.Margin = &Range{Amount{held.Worst.Sub(cut.At)}, Amount{held.Best.Sub(cut.At)}}
	}
	return sum
}

func (b builder) explainedArea(r *readiness.Result, a *readiness.AreaResult) ExplainedArea {
	short := b.area(a)
	area := ExplainedArea{
		Ref: short.Ref, ExplainedSum: b.explainedSum(short.Share, a.Fit(), a.Area.Floor),
		Assessed: Amount{a.Assessed}, AssessedNeeds: Amount{r.Sheet.Rubric.Rule.Assessed.At}, NotAssessed: a.NotAssessed, Criteria: []ExplainedCriterion{},
	}
	for i := range r.Criteria {
		if c := &r.Criteria[i]; c.Competency.Area == a.Area {
			area.Weight += c.Weight
			area.Criteria = append(area.Criteria, b.explainedCriterion(r, c))
		}
	}
	area.WeightLeft = Amount{a.Assessed.Mul(fraction.Int(area.Weight))}
	return area
}

func (b builder) explainedCriterion(r *readiness.Result, c *readiness.CriterionResult) ExplainedCriterion {
	terms := r.Terms(c)
	scale := c.Competency.Scale
	it := ExplainedCriterion{
		Ref: Ref{c.Competency.ID, b.clean(c.Competency.Title)}, Must: c.Must, Weight: c.Weight, From: Amount{terms.From}, Level: Amount{c.Level},
		Floor: Amount{c.Floor}, Items: []ExplainedItem{}, ItemWeight: terms.Weight, AllWeight: terms.AllWeight, Applicable: c.Applicable,
		Levels: scale.Hi() - scale.Lo(), Outcome: c.Outcome.String(), Why: b.clean(c.Why),
	}
	for _, term := range terms.Items {
		it.Items = append(it.Items, b.explainedItem(r, term))
	}
	if c.Applicable {
		levels := fraction.Int(it.Levels)
		margin := Range{Amount{c.Score.Worst.Sub(c.Floor).Div(levels)}, Amount{c.Score.Best.Sub(c.Floor).Div(levels)}}
		it.Sum, it.Score, it.Counts, it.Points, it.Margin = pointer(terms.Sum), pointer(c.Score), pointer(terms.Counts), pointer(c.Points), &margin
		it.Possible = &Amount{c.Possible()}
	}
	if terms.Lowest != nil {
		it.Lowest = &Lowest{rangeOf(terms.Lowest.Score), rangeOf(terms.Lowest.Points)}
	}
	return it
}

func pointer(b readiness.Bounds) *Range {
	r := rangeOf(b)
	return &r
}

func (b builder) explainedItem(r *readiness.Result, t readiness.Term) ExplainedItem {
	item := ExplainedItem{ID: t.Item.ID, Ask: b.clean(t.Item.Ask), Weight: t.Item.Weight, Answer: "open", Adds: pointer(t.Adds)}
	if level, ok := t.Answer.Level(); ok {
		item.Answer, item.Now = "level", &Anchor{level, b.clean(t.Item.Anchor(level))}
	}
	if t.Answer.IsNotApplicable() {
		item.Answer, item.Adds = "not_applicable", nil
	}
	if t.Moves.Sign() > 0 {
		item.Moves = &Amount{t.Moves}
	}
	if t.More != nil {
		item.More = &Amount{*t.More}
	}
	if t.Less != nil {
		item.Less = &Amount{*t.Less}
	}
	item.Decides = slices.ContainsFunc(r.Depends, func(q readiness.Question) bool { return q.Item == t.Item })
	return item
}

func (b builder) explainedCondition(r *readiness.Result, c *readiness.Condition) ExplainedCondition {
	short := b.condition(r, c)
	it := ExplainedCondition{
		Kind: short.Kind, ID: short.ID, Title: short.Title, Held: short.Held, Need: short.Need, Range: Amount{fraction.Int(1)},
		Margin: short.Margin, Outcome: short.Outcome, Words: short.Words, Brief: short.brief,
	}
	switch c.Kind {
	case readiness.FitCondition:
		it.Held, it.Need, it.Range = rangeOf(r.Points), Amount{c.Need.Mul(r.Possible)}, Amount{r.Possible}
	case readiness.AreaCondition:
		it.Held, it.Need, it.Range = rangeOf(c.Area.Points), Amount{c.Need.Mul(c.Area.Possible)}, Amount{c.Area.Possible}
	case readiness.CriterionCondition:
		scale := c.Criterion.Competency.Scale
		it.Range = Amount{fraction.Int(scale.Hi() - scale.Lo())}
	case readiness.GateCondition:
	}
	return it
}
