package report

import (
	"slices"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
)

// PathReport is the ways to the roles that a sheet asks about, ready to be printed, and at once the JSON form.
type PathReport struct {
	SchemaVersion int     `json:"schema_version"`
	Rubric        Rubric  `json:"rubric"`
	Respondent    *string `json:"respondent,omitempty"`
	Rater         string  `json:"rater"`
	Date          string  `json:"date"`
	Stage         *Ref    `json:"stage"`
	Wishes        Wishes  `json:"wishes"`
	Paths         []Path  `json:"paths"`
	Caution       string  `json:"caution"`
	sheetFile     string
}

// Wishes are what was asked of a path.
type Wishes struct {
	By     string  `json:"by"` // steps or effort
	Not    []Place `json:"not"`
	AtMost *int    `json:"at_most_per_area"`
	Keep   []Place `json:"keep"`
}

// Place is where a step can be.
type Place struct {
	Kind  string `json:"kind"` // area, competency, item or gate
	ID    string `json:"id"`
	Title string `json:"title"` // for an item, that of its competency
}

// Path is the shortest way to one role.
type Path struct {
	Target       Ref     `json:"target"`
	Verdict      string  `json:"verdict"`
	Outcome      string  `json:"outcome"`  // path, holds (there is nothing to do) or none
	Shortest     *Route  `json:"shortest"` // null unless the outcome is path
	Alternatives []Route `json:"alternatives"`
	Blocks       []Block `json:"in_the_way"`
	Lift         []Place `json:"wishes_to_lift"`
	GuardOpen    bool    `json:"open_questions_may_be_not_applicable"`
}

// Route is steps in the order of taking them.
type Route struct {
	Length  int        `json:"length"`
	Gates   int        `json:"gates"`
	Open    int        `json:"steps_on_open_questions"`
	Hours   int        `json:"hours"`
	Unknown int        `json:"steps_without_hours"` // raises only
	Areas   []InArea   `json:"areas"`
	Steps   []PathStep `json:"steps"`
	// Gates of the steps that are not answered yet. The rest of Open are questions.
	OpenGates int     `json:"open_gates"`
	Sum       PathSum `json:"points"`
}

// PathSum adds up the points of a way: Before + Brings = After, of Possible. Open questions count as the lowest level.
type PathSum struct {
	Before   Amount `json:"before"`
	Brings   Amount `json:"brings"`
	After    Amount `json:"after"`
	Needs    Amount `json:"needs"`
	Possible Amount `json:"possible"`
}

// InArea counts the raises of a route in one area.
type InArea struct {
	Ref
	Raises int `json:"raises"`
}

// PathStep is an item to raise by one level, or a gate to meet.
type PathStep struct {
	Number     int        `json:"number"` // from 1, of the steps of the path
	Kind       string     `json:"kind"`   // item or gate
	ID         string     `json:"id"`
	Competency *Ref       `json:"competency"` // null for a gate
	Title      string     `json:"title"`      // of the gate or the competency
	Ask        string     `json:"ask"`
	Open       bool       `json:"open"`  // not answered yet: counted as the lowest level, or as not met
	Lacks      string     `json:"lacks"` // why a "yes" to the gate does not count; empty where nothing is missing
	From       *Anchor    `json:"from"`
	To         *Anchor    `json:"to"`
	Brings     Amount     `json:"brings"`
	Clears     []Cleared  `json:"clears"`
	Evidence   string     `json:"evidence"`
	Hours      *int       `json:"hours"` // null where the rubric states none
	Grow       []GrowStep `json:"how"`
}

// Cleared is a condition that holds from a step on.
type Cleared struct {
	Kind  string `json:"kind"`
	ID    string `json:"id"`
	Title string `json:"title"`
	Need  Amount `json:"need"` // share of points, or level
	Words string `json:"words"`
}

// Block is one thing in the way of a path.
type Block struct {
	Kind     string `json:"kind"` // not_assessed, condition, keep or at_most
	Place    *Place `json:"place"`
	Smallest *int   `json:"smallest_limit_with_a_path"`
	Words    string `json:"words"`
}

// NewPaths fixes everything that is said of the paths of one sheet.
func NewPaths(s *response.Sheet, paths []*path.Path, opts Options) *PathReport {
	b := newBuilder(s, opts)
	report := &PathReport{
		SchemaVersion: SchemaVersion, Rubric: b.rubric(), Respondent: b.respondent(opts), Rater: string(s.Rater), Date: s.Date.String(),
		Paths: []Path{}, Caution: caution, sheetFile: opts.sheetFile(),
	}
	if s.Stage != nil {
		report.Stage = b.stage(s.Stage)
	}
	for _, p := range paths {
		report.Wishes = b.wishes(p.Wishes)
		report.Paths = append(report.Paths, b.path(p))
	}
	return report
}

func (b builder) wishes(w path.Wishes) Wishes {
	wishes := Wishes{By: w.By.String(), Not: b.places(w.Not), Keep: b.places(w.Keep)}
	if w.AtMost > 0 {
		wishes.AtMost = &w.AtMost
	}
	return wishes
}

func (b builder) places(places []path.Place) []Place {
	list := make([]Place, len(places))
	for i, p := range places {
		list[i] = b.place(p)
	}
	return list
}

func (b builder) place(p path.Place) Place {
	kind := "gate"
	switch {
	case p.Area != nil:
		kind = "area"
	case p.Competency != nil:
		kind = "competency"
	case p.Item != nil:
		kind = "item"
	}
	return Place{kind, p.ID(), b.clean(p.Title())}
}

func (b builder) path(p *path.Path) Path {
	r := p.Result
	it := Path{
		Target: *b.stage(r.Target), Verdict: r.Verdict.String(), Outcome: "path", Alternatives: []Route{}, Blocks: []Block{}, Lift: b.places(p.Lift),
	}
	switch {
	case len(p.Blocks) > 0:
		it.Outcome = "none"
		for _, block := range p.Blocks {
			it.Blocks = append(it.Blocks, b.block(block))
		}
	case p.Ready:
		it.Outcome = "holds"
		it.GuardOpen = r.Verdict != readiness.Ready
	default:
		shortest := b.route(r, p.Route)
		it.Shortest = &shortest
		for _, other := range p.Others {
			it.Alternatives = append(it.Alternatives, b.route(r, other))
		}
	}
	return it
}

func (b builder) block(block path.Block) Block {
	switch {
	case block.Guard != nil:
		place := b.place(*block.Guard)
		return Block{Kind: "not_assessed", Place: &place, Words: guardWords(place)}
	case block.Condition != nil:
		return b.blockedCondition(block.Condition)
	case block.Keep != nil:
		place := b.place(*block.Keep)
		return Block{Kind: "keep", Place: &place, Words: keepWords(place)}
	}
	return Block{Kind: "at_most", Smallest: &block.AtMost, Words: limitWords(block.AtMost)}
}

func (b builder) blockedCondition(c *readiness.Condition) Block {
	block := Block{Kind: "condition"}
	switch c.Kind {
	case readiness.FitCondition:
	case readiness.AreaCondition:
		block.Place = &Place{"area", c.Area.Area.ID, b.clean(c.Area.Area.Title)}
	case readiness.CriterionCondition:
		block.Place = &Place{"competency", c.Criterion.Competency.ID, b.clean(c.Criterion.Competency.Title)}
	case readiness.GateCondition:
		block.Place = &Place{"gate", c.Gate.ID, b.clean(c.Gate.Title)}
	}
	block.Words = blockedWords(b.cleared(c))
	return block
}

func (b builder) route(from *readiness.Result, r path.Route) Route {
	route := Route{Length: len(r.Steps), Hours: r.Hours, Unknown: r.Unknown, Areas: []InArea{}, Steps: []PathStep{}}
	raises := make([]int, len(b.sheet.Rubric.Areas))
	brings := fraction.Int(0)
	for i, step := range r.Steps {
		if step.Gate != nil {
			route.Gates++
			if step.Open {
				route.OpenGates++
			}
		} else {
			raises[step.Raise.Item.Competency.Area.Index]++
		}
		if step.Open {
			route.Open++
		}
		brings = brings.Add(step.Brings)
		route.Steps = append(route.Steps, b.pathStep(step))
		route.Steps[i].Number = i + 1
	}
	worst, needs := from.Points.Worst, from.Sheet.Rubric.Rule.ReadyAt.At
	route.Sum = PathSum{Amount{worst}, Amount{brings}, Amount{worst.Add(brings)}, Amount{needs.Mul(from.Possible)}, Amount{from.Possible}}
	for i, area := range b.sheet.Rubric.Areas {
		if raises[i] > 0 {
			route.Areas = append(route.Areas, InArea{Ref{area.ID, b.clean(area.Title)}, raises[i]})
		}
	}
	return route
}

func (b builder) pathStep(s path.Step) PathStep {
	step := PathStep{Kind: "gate", Open: s.Open, Brings: Amount{s.Brings}, Clears: []Cleared{}, Grow: []GrowStep{}}
	for _, c := range s.Clears {
		step.Clears = append(step.Clears, b.cleared(c))
	}
	if s.Gate != nil {
		step.ID, step.Title, step.Ask, step.Evidence = s.Gate.ID, b.clean(s.Gate.Title), b.clean(s.Gate.Ask), b.clean(s.Gate.Gate.Evidence)
		step.Lacks = lackWords(s.Gate.Gate, s.Gate.Lack)
		return step
	}
	item := s.Raise.Item
	step.Kind, step.ID, step.Title, step.Ask, step.Evidence = "item", item.ID, b.clean(item.Competency.Title), b.clean(item.Ask), b.clean(item.Evidence)
	step.Competency = &Ref{item.Competency.ID, step.Title}
	step.From = &Anchor{s.Raise.From, b.clean(item.Anchor(s.Raise.From))}
	step.To = &Anchor{s.Raise.To, b.clean(item.Anchor(s.Raise.To))}
	step.Grow = b.growSteps(s.Raise.Steps)
	if s.Hours > 0 {
		step.Hours = &s.Hours
	}
	return step
}

func (b builder) cleared(c *readiness.Condition) Cleared {
	cleared := Cleared{Kind: c.Kind.String(), Need: Amount{c.Need}}
	switch c.Kind {
	case readiness.FitCondition:
		cleared.Title = fitTitle
	case readiness.AreaCondition:
		cleared.ID, cleared.Title = c.Area.Area.ID, b.clean(c.Area.Area.Title)
	case readiness.CriterionCondition:
		cleared.ID, cleared.Title = c.Criterion.Competency.ID, b.clean(c.Criterion.Competency.Title)
	case readiness.GateCondition:
		cleared.ID, cleared.Title = c.Gate.ID, b.clean(c.Gate.Title)
	}
	cleared.Words = clearedWords(cleared)
	return cleared
}

// nextSteps is how many steps an assessment ends with.
const nextSteps = 3

// next are the steps of a path to begin with: the first raise of each question that is answered, those that bring most points. Gates stand elsewhere in an
// assessment, and so do open questions.
func (b builder) next(p *path.Path) ([]PathStep, *int) {
	next := []PathStep{}
	if len(p.Steps) == 0 {
		return next, nil
	}
	var first []int // indexes of steps
	for i, step := range p.Steps {
		begun := func(at int) bool { return p.Steps[at].Raise.Item == step.Raise.Item }
		if step.Raise != nil && !step.Open && !slices.ContainsFunc(first, begun) {
			first = append(first, i)
		}
	}
	slices.SortStableFunc(first, func(a, b int) int { return p.Steps[b].Brings.Cmp(p.Steps[a].Brings) })
	for _, at := range first[:min(nextSteps, len(first))] {
		step := b.pathStep(p.Steps[at])
		step.Number = at + 1
		next = append(next, step)
	}
	length := len(p.Steps)
	return next, &length
}
