package report

import (
	"slices"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/plan"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Options are the choices of a report.
type Options struct {
	// Clean makes text from outside safe for the sink; nil leaves it as it is, which only JSON may do.
	Clean func(string) string
	// IncludeName lets the respondent's name into the report.
	IncludeName bool
	// Progress is what became of the plan that is kept about the person, or nil.
	Progress *plan.Progress
	// Sheet is how a command names the sheet and says what else it is told on its line, ready to be copied; where it is empty, reports say SHEET.
	Sheet string
}

func (o Options) sheetFile() string {
	if o.Sheet == "" {
		return "SHEET"
	}
	if o.Clean == nil {
		return o.Sheet
	}
	return o.Clean(o.Sheet)
}

// New fixes everything that a report of the assessment says.
func New(a *readiness.Assessment, opts Options) *Report {
	b := newBuilder(a.Sheet, opts)
	report := &Report{
		SchemaVersion: SchemaVersion,
		Rubric:        b.rubric(),
		Respondent:    b.respondent(opts),
		Rater:         string(a.Sheet.Rater),
		Date:          a.Sheet.Date.String(),
		Items:         countItems(a.Sheet),
		Targets:       []Target{},
		Unverified:    b.items(a.Unverified),
		Stale:         b.items(a.Stale),
		Caution:       caution,
		RoleNow:       b.roleNow(a.Operating),
		sheetFile:     opts.sheetFile(),
	}
	if a.Sheet.Stage != nil {
		report.Stage = b.stage(a.Sheet.Stage)
	}
	if opts.Progress != nil {
		progress := b.progress(opts.Progress)
		report.Plan = &progress
	}
	if a.Operating.Stage != nil {
		report.OperatingStage = &Operating{*b.stage(a.Operating.Stage), a.Operating.GatesLeftOut}
	}
	for _, target := range a.Targets {
		report.Targets = append(report.Targets, b.target(target))
	}
	return report
}

func countItems(s *response.Sheet) Items {
	items := Items{All: len(s.Answers)}
	for i, answer := range s.Answers {
		if s.NotAsked[i] {
			items.NotAsked++
		}
		switch {
		case answer.IsOpen():
			items.Open++
		case answer.IsNotApplicable():
			items.NotApplicable++
		default:
			items.Answered++
		}
	}
	return items
}

type builder struct {
	clean func(string) string
	sheet *response.Sheet
}

func newBuilder(s *response.Sheet, opts Options) builder {
	b := builder{clean: opts.Clean, sheet: s}
	if b.clean == nil {
		b.clean = func(s string) string { return s }
	}
	return b
}

func (b builder) rubric() Rubric {
	r := b.sheet.Rubric
	return Rubric{r.ID, r.Version, r.Digest, b.clean(r.Title)}
}

// respondent is nil where the name is not asked for.
func (b builder) respondent(opts Options) *string {
	if !opts.IncludeName {
		return nil
	}
	name := b.clean(b.sheet.Respondent)
	return &name
}

func (b builder) stage(s *rubric.Stage) *Ref { return &Ref{s.ID, b.clean(s.Title)} }

func (b builder) items(items []*rubric.Item) []Item {
	list := make([]Item, len(items))
	for i, item := range items {
		list[i] = b.item(item)
	}
	return list
}

func (b builder) item(item *rubric.Item) Item {
	return Item{item.ID, b.clean(item.Ask), b.clean(item.Competency.Title), b.clean(item.Evidence)}
}

func (b builder) target(t readiness.TargetResult) Target {
	target := b.decision(t)
	for _, gap := range path.Gaps(t.Result) {
		target.Gaps = append(target.Gaps, b.gap(gap))
	}
	target.Next, target.PathLength = b.next(path.Find(t.Result, path.Wishes{}))
	return target
}

// decision is a target without what leads there.
func (b builder) decision(t readiness.TargetResult) Target {
	target := Target{
		Stage:         *b.stage(t.Target),
		Verdict:       t.Verdict.String(),
		Fit:           shareOf(t.Points, t.Possible, t.Fit(), t.Sheet.Rubric.Rule.ReadyAt.At, t.FitOutcome),
		Areas:         make([]Area, len(t.Areas)),
		Conditions:    make([]Condition, len(t.Conditions)),
		Criteria:      make([]Criterion, len(t.Criteria)),
		Gates:         make([]Gate, len(t.Gates)),
		Gaps:          []Gap{},
		OpenQuestions: []Question{},
		NotAssessed:   []string{},
		Steps:         Steps{b.steps(t.Flips.Worst), b.steps(t.Flips.Best)},
	}
	target.Short, target.Open = b.shortAndOpen(t.Result)
	for i := range t.Areas {
		target.Areas[i] = b.area(&t.Areas[i])
		if t.Areas[i].NotAssessed {
			target.NotAssessed = append(target.NotAssessed, target.Areas[i].Title)
		}
	}
	for i := range t.Criteria {
		target.Criteria[i] = b.criterion(&t.Criteria[i])
		if t.Criteria[i].NotAssessed() {
			target.NotAssessed = append(target.NotAssessed, target.Criteria[i].Title)
		}
	}
	for i := range t.Gates {
		target.Gates[i] = b.gate(&t.Gates[i])
		if t.Gates[i].Outcome != readiness.Open {
			target.GatesAnswered++
		}
	}
	for i := range t.Conditions {
		target.Conditions[i] = b.condition(t.Result, &t.Conditions[i])
		target.Tally.count(t.Conditions[i].Outcome)
		if t.Deciding == &t.Conditions[i] {
			target.Deciding = &target.Conditions[i]
		}
	}
	for _, question := range t.Depends {
		target.OpenQuestions = append(target.OpenQuestions, b.question(question))
	}
	if worst, best := t.Flips.Worst, t.Flips.Best; worst.Borderline() && best.Borderline() {
		target.Borderline = &b.changes(worst.Answers)[0]
	}
	if t.WithLowest != 0 {
		name := t.WithLowest.String()
		target.WithLowest = &name
	}
	return target
}

// shortAndOpen are the conditions that do not hold, and those that do not for certain, each in the order in which they decide.
func (b builder) shortAndOpen(r *readiness.Result) (short, open []Lacking) {
	short, open = []Lacking{}, []Lacking{}
	for _, c := range r.Ranked() {
		switch c.Outcome {
		case readiness.Fails:
			short = append(short, b.lacking(r, c))
		case readiness.Open:
			open = append(open, b.lacking(r, c))
		case readiness.Holds:
		}
	}
	return short, open
}

func (b builder) lacking(r *readiness.Result, c *readiness.Condition) Lacking {
	it := b.condition(r, c)
	return Lacking{it.Kind, it.ID, it.Title, it.Outcome, it.Words, it.brief}
}

// roleNow looks at the role held today; nil where none is named.
func (b builder) roleNow(operating readiness.Operating) *RoleNow {
	stage := b.sheet.Stage
	if stage == nil {
		return nil
	}
	now := &RoleNow{Stage: *b.stage(stage)}
	now.Further = operating.Stage != nil && slices.Contains(path.Ahead(b.sheet.Rubric, stage, true), operating.Stage)
	now.Short, now.Open = b.shortAndOpen(readiness.Evaluate(b.sheet, stage))
	return now
}

func (t *Tally) count(o readiness.Outcome) {
	t.All++
	switch o {
	case readiness.Holds:
		t.Hold++
	case readiness.Open:
		t.Open++
	case readiness.Fails:
		t.Fails++
	}
}

func rangeOf(b readiness.Bounds) Range { return Range{Amount{b.Worst}, Amount{b.Best}} }

func shareOf(points readiness.Bounds, possible fraction.Fraction, fit readiness.Bounds, needs fraction.Fraction, outcome readiness.Outcome) Share {
	return Share{
		Points: rangeOf(points), Possible: Amount{possible}, Needs: Amount{needs.Mul(possible)},
		WorstPercent: fit.Worst.Percent(), BestPercent: fit.Best.Percent(), NeedsPercent: Amount{needs.Mul(fraction.Int(100))},
		Outcome: outcome.String(),
	}
}

func (b builder) area(a *readiness.AreaResult) Area {
	return Area{
		Ref:             Ref{a.Area.ID, b.clean(a.Area.Title)},
		Share:           shareOf(a.Points, a.Possible, a.Fit(), a.Area.Floor.At, a.Outcome),
		AssessedPercent: a.Assessed.Percent(),
		NotAssessed:     a.NotAssessed,
	}
}

func (b builder) criterion(c *readiness.CriterionResult) Criterion {
	criterion := Criterion{
		Ref: Ref{c.Competency.ID, b.clean(c.Competency.Title)}, Area: c.Competency.Area.ID, Level: Amount{c.Level}, Floor: Amount{c.Floor}, Must: c.Must,
		Points: rangeOf(c.Points), Possible: Amount{c.Possible()}, Open: c.Open, Applicable: c.Applicable, Outcome: c.Outcome.String(), Why: b.clean(c.Why),
	}
	if c.Applicable {
		score := rangeOf(c.Score)
		criterion.Score = &score
	}
	return criterion
}

func (b builder) gap(g path.Gap) Gap {
	gap := Gap{
		Ref: Ref{g.Competency.ID, b.clean(g.Competency.Title)}, Area: g.Competency.Area.ID, Score: rangeOf(g.Score), Level: Amount{g.Level}, Floor: Amount{g.Floor},
		Must: g.Must, BelowFloor: g.BelowFloor(), Brings: Amount{g.Brings}, Steps: []GrowStep{}, Why: b.clean(g.Why),
	}
	if g.Raise == nil {
		return gap
	}
	item := b.item(g.Raise.Item)
	gap.Item = &item
	gap.From = &Anchor{g.Raise.From, b.clean(g.Raise.Item.Anchor(g.Raise.From))}
	gap.To = &Anchor{g.Raise.To, b.clean(g.Raise.Item.Anchor(g.Raise.To))}
	gap.Steps = b.growSteps(g.Raise.Steps)
	return gap
}

func (b builder) growSteps(steps []rubric.Step) []GrowStep {
	list := make([]GrowStep, len(steps))
	for i, step := range steps {
		list[i] = GrowStep{step.Kind, b.clean(step.Do), step.Hours, b.clean(step.DoneWhen)}
	}
	return list
}

func (b builder) gate(g *readiness.GateResult) Gate {
	return Gate{
		Ref: Ref{g.ID, b.clean(g.Title)}, Hard: g.Hard, Ask: b.clean(g.Ask), Outcome: g.Outcome.String(), Lacks: lackWords(g.Gate, g.Lack),
		Evidence: b.clean(g.Gate.Evidence), Kind: string(g.Answer.Evidence.Kind), When: g.Answer.Evidence.When.String(),
	}
}

func (b builder) question(q readiness.Question) Question {
	if q.Gate != nil {
		return Question{"gate", q.Gate.ID, b.clean(q.Gate.Ask)}
	}
	return Question{"item", q.Item.ID, b.clean(q.Item.Ask)}
}

func (b builder) steps(f readiness.Flip) *StepCount {
	if len(f.Changes) == 0 {
		return nil
	}
	steps := &StepCount{All: len(f.Changes), Changes: b.changes(f.Changes)}
	for _, change := range f.Changes {
		if change.Gate != nil {
			steps.Gates++
		}
	}
	if len(f.Answers) > 0 {
		answers := len(f.Answers)
		steps.Answers = &answers
	}
	return steps
}

func (b builder) changes(changes []readiness.Change) []Change {
	list := make([]Change, len(changes))
	for i, change := range changes {
		if change.Gate != nil {
			list[i] = Change{Kind: "gate", ID: change.Gate.ID, Ask: b.clean(change.Gate.Ask)}
		} else {
			list[i] = Change{"item", change.Item.ID, b.clean(change.Item.Ask), change.From, change.To}
		}
	}
	return list
}

func (b builder) condition(r *readiness.Result, c *readiness.Condition) Condition {
	condition := Condition{
		Kind: c.Kind.String(), Held: rangeOf(c.Held), Need: Amount{c.Need}, Margin: rangeOf(c.Margin), Outcome: c.Outcome.String(), brief: briefWords(c),
	}
	switch c.Kind {
	case readiness.FitCondition:
		condition.Title = fitTitle
		condition.Words = shareWords(rangeOf(r.Points), r.Possible, c)
	case readiness.AreaCondition:
		condition.ID, condition.Title = c.Area.Area.ID, b.clean(c.Area.Area.Title)
		condition.Words = shareWords(rangeOf(c.Area.Points), c.Area.Possible, c)
	case readiness.CriterionCondition:
		condition.ID, condition.Title = c.Criterion.Competency.ID, b.clean(c.Criterion.Competency.Title)
		condition.Words = levelWords(c)
	case readiness.GateCondition:
		condition.ID, condition.Title = c.Gate.ID, b.clean(c.Gate.Title)
		condition.Words = gateWords(c.Gate)
	}
	return condition
}
