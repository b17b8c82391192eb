package report

import (
	"slices"

	"github.com/pmpath/pmpath/internal/change"
	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Routes are the roles that can follow, seen from the same answers, by one rubric or by two; ready to be printed, and at once the JSON form.
type Routes struct {
	SchemaVersion int        `json:"schema_version"`
	Respondent    *string    `json:"respondent,omitempty"`
	Rater         string     `json:"rater"`
	Date          string     `json:"date"`
	Rubrics       []RoutesIn `json:"rubrics"`
	Carried       *CarryOver `json:"answers_of_the_first_in_the_second"` // null for one rubric
	Caution       string     `json:"caution"`
	sheetFile     string
}

// RoutesIn are the roles that follow by one rubric.
type RoutesIn struct {
	Rubric         Rubric         `json:"rubric"`
	Items          Items          `json:"items"`
	From           *Ref           `json:"from"`                     // null where no stage is held
	FromAnswers    bool           `json:"from_answers"`             // no role held today is named: From is the furthest stage that the answers hold
	OtherLadder    bool           `json:"stage_not_on_this_ladder"` // the role held today is named, and this rubric does not have it
	OperatingStage *Operating     `json:"operating_stage"`
	All            bool           `json:"all"` // not the next roles alone
	StartingRole   *StartingRole  `json:"starting_role"`
	StartingRoles  []StartingRole `json:"starting_roles"` // those that people come to From from
	Routes         []RouteTo      `json:"routes"`
	RoleNow        *RoleNow       `json:"role_now"`
}

// StartingRole is where people come from, with what they usually bring and lack. It is a hint of the rubric's author and no answer.
type StartingRole struct {
	Ref
	Brings     []Ref  `json:"usually_brings"`
	Lacks      []Ref  `json:"usually_lacks"`
	FirstProof string `json:"first_proof"`
}

// RouteTo is one role that can follow.
type RouteTo struct {
	Target      Ref        `json:"target"`
	Next        bool       `json:"next"` // it follows at once
	Verdict     string     `json:"verdict"`
	Tally       Tally      `json:"tally"`
	Fit         Share      `json:"fit"`
	Outcome     string     `json:"outcome"` // as in a path: path, holds or none
	Steps       *int       `json:"steps"`   // of the shortest path; null where there is none
	Gates       int        `json:"gates"`   // of the steps
	Raises      int        `json:"raises"`  // of the steps
	Open        int        `json:"steps_on_open_questions"`
	Hours       *int       `json:"hours"`
	Unknown     int        `json:"steps_without_hours"`
	Blocks      []Block    `json:"in_the_way"`
	GuardOpen   bool       `json:"open_questions_may_be_not_applicable"`
	Criteria    int        `json:"criteria"`
	GatesMet    []Ref      `json:"gates_met"`    // needed and helpful ones
	CarriesOver []Standing `json:"carries_over"` // floors that hold there already, reached or holds, in rubric order
	Missing     []Lacking  `json:"missing"`      // conditions that do not hold, or not for certain, the one that decides first
	Brings      []Standing `json:"starting_role_brings"`
	Lacks       []Standing `json:"starting_role_lacks"`
}

// Standing is a competency against what a role asks of it.
type Standing struct {
	Ref
	Standing string  `json:"standing"` // reached, holds, open, missing, left_out or not_asked
	Score    *Range  `json:"score"`    // null where not asked or left out
	Level    *Amount `json:"level"`    // null where not asked
}

// CarryOver says which ids the two rubrics share.
type CarryOver struct {
	Items        int         `json:"items"` // questions with the same id
	Gates        int         `json:"gates"`
	Reworded     []Unmatched `json:"reworded"` // the same id in other words; the answer counts all the same
	OtherAnswers []Unmatched `json:"other_answers"`
	OnlyFirst    []Unmatched `json:"only_in_first"`
	OnlySecond   []Unmatched `json:"only_in_second"`
}

// Unmatched is a question or gate that is not the same in both.
type Unmatched struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// RouteOptions say which routes to look at.
type RouteOptions struct {
	All          bool
	StartingRole *rubric.EntryRole // nil where none is named
}

// NewRoutes fixes everything that is said of the roles that can follow. The second sheet, where there is one, is the first carried over to another rubric.
func NewRoutes(sheets []*response.Sheet, what []RouteOptions, carried *change.Carried, opts Options) *Routes {
	first := newBuilder(sheets[0], opts)
	r := &Routes{
		SchemaVersion: SchemaVersion, Respondent: first.respondent(opts), Rater: string(sheets[0].Rater), Date: sheets[0].Date.String(), Rubrics: []RoutesIn{},
		Caution: caution, sheetFile: opts.sheetFile(),
	}
	for i, s := range sheets {
		in := newBuilder(s, opts).routesIn(what[i])
		in.OtherLadder = in.FromAnswers && sheets[0].Stage != nil
		r.Rubrics = append(r.Rubrics, in)
	}
	if carried != nil {
		r.Carried = first.carryOver(carried)
	}
	return r
}

func (b builder) routesIn(what RouteOptions) RoutesIn {
	s := b.sheet
	in := RoutesIn{Rubric: b.rubric(), Items: countItems(s), FromAnswers: s.Stage == nil, All: what.All, StartingRoles: []StartingRole{}, Routes: []RouteTo{}}
	operating := readiness.OperatingStage(s)
	if operating.Stage != nil {
		in.OperatingStage = &Operating{*b.stage(operating.Stage), operating.GatesLeftOut}
	}
	in.RoleNow = b.roleNow(operating)
	from := path.From(s)
	if from != nil {
		in.From = b.stage(from)
		for i := range from.EntryRoles {
			in.StartingRoles = append(in.StartingRoles, b.startingRole(&from.EntryRoles[i]))
		}
	}
	if what.StartingRole != nil {
		role := b.startingRole(what.StartingRole)
		in.StartingRole = &role
	}
	for _, stage := range path.Ahead(s.Rubric, from, what.All) {
		route := b.routeTo(readiness.Evaluate(s, stage), what.StartingRole)
		route.Next = from == nil || slices.Contains(from.Next, stage)
		in.Routes = append(in.Routes, route)
	}
	return in
}

func (b builder) startingRole(e *rubric.EntryRole) StartingRole {
	return StartingRole{Ref{e.ID, b.clean(e.Title)}, b.competencies(e.Brings), b.competencies(e.Lacks), b.clean(e.FirstProof)}
}

func (b builder) competencies(list []*rubric.Competency) []Ref {
	refs := make([]Ref, len(list))
	for i, c := range list {
		refs[i] = Ref{c.ID, b.clean(c.Title)}
	}
	return refs
}

func (b builder) routeTo(r *readiness.Result, role *rubric.EntryRole) RouteTo {
	found := path.Find(r, path.Wishes{})
	way := b.path(found)
	to := RouteTo{
		Target: way.Target, Verdict: way.Verdict, Fit: shareOf(r.Points, r.Possible, r.Fit(), r.Sheet.Rubric.Rule.ReadyAt.At, r.FitOutcome), Outcome: way.Outcome,
		Blocks: way.Blocks, GuardOpen: way.GuardOpen, Criteria: len(r.Criteria), GatesMet: []Ref{},
		CarriesOver: []Standing{}, Missing: []Lacking{}, Brings: []Standing{}, Lacks: []Standing{},
	}
	if way.Outcome != "none" {
		steps, hours := 0, 0
		if way.Shortest != nil {
			steps, hours = way.Shortest.Length, way.Shortest.Hours
			to.Raises = steps - way.Shortest.Gates
			to.Gates, to.Open, to.Unknown = way.Shortest.Gates, way.Shortest.Open, way.Shortest.Unknown
		}
		to.Steps, to.Hours = &steps, &hours
	}
	for i := range r.Gates {
		if gate := &r.Gates[i]; gate.Outcome == readiness.Holds {
			to.GatesMet = append(to.GatesMet, Ref{gate.ID, b.clean(gate.Title)})
		}
	}
	for i := range r.Criteria {
		if standing := path.StandingOf(&r.Criteria[i]); standing == path.Reached || standing == path.Holds {
			to.CarriesOver = append(to.CarriesOver, b.standing(r, r.Criteria[i].Competency))
		}
	}
	for _, c := range r.Ranked() {
		to.Tally.count(c.Outcome)
		if c.Outcome != readiness.Holds {
			to.Missing = append(to.Missing, b.lacking(r, c))
		}
	}
	if role != nil {
		for _, c := range role.Brings {
			to.Brings = append(to.Brings, b.standing(r, c))
		}
		for _, c := range role.Lacks {
			to.Lacks = append(to.Lacks, b.standing(r, c))
		}
	}
	return to
}

func (b builder) standing(r *readiness.Result, c *rubric.Competency) Standing {
	criterion := path.CriterionOf(r, c)
	it := Standing{Ref: Ref{c.ID, b.clean(c.Title)}, Standing: path.StandingOf(criterion).String()}
	if criterion != nil {
		it.Level = &Amount{criterion.Level}
		if criterion.Applicable {
			it.Score = pointer(criterion.Score)
		}
	}
	return it
}

func (b builder) carryOver(c *change.Carried) *CarryOver {
	over := &CarryOver{Items: c.Items, Gates: c.Gates, Reworded: []Unmatched{}, OtherAnswers: []Unmatched{}, OnlyFirst: []Unmatched{}, OnlySecond: []Unmatched{}}
	for _, unlike := range c.Unlike {
		list := &over.OnlySecond
		switch unlike.Why {
		case change.Reworded:
			list = &over.Reworded
		case change.OtherAnswers:
			list = &over.OtherAnswers
		case change.Removed:
			list = &over.OnlyFirst
		case change.Added, change.NotAsked:
		}
		*list = append(*list, Unmatched{unlike.ID, b.clean(unlike.Text)})
	}
	return over
}
