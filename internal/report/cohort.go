package report

import (
	"github.com/pmpath/pmpath/internal/cohort"
	"github.com/pmpath/pmpath/internal/disclosure"
	"github.com/pmpath/pmpath/internal/rubric"
)

// CohortReport is what many sheets say together, ready to be printed, and at once the JSON form. It is made from what may be published and nothing else: a number that
// is hidden is nowhere in it.
type CohortReport struct {
	SchemaVersion int            `json:"schema_version"`
	Rubric        Rubric         `json:"rubric"`
	MinGroup      int            `json:"min_group"`
	Target        *Ref           `json:"target"` // null: the role that each sheet asks about
	Filters       []CohortFilter `json:"filters"`

	People   Figure         `json:"people"`
	LeftOut  RowsLeftOut    `json:"left_out"`
	Standing CohortStanding `json:"standing"`
	MeanFit  MeanFigure     `json:"mean_fit"`

	Groups       []CohortGrouping   `json:"groups"`
	Areas        []CohortArea       `json:"areas"`
	Competencies []CohortCompetency `json:"competencies"`
	Deciding     []CohortDeciding   `json:"deciding"` // most people first
	Growth       []CohortGrowth     `json:"growth"`   // most people first; what helps too few to be shown is not in it
	Few          []CohortFew        `json:"held_by_few"`
	FewerThan    int                `json:"held_by_fewer_than"`
	Sheets       CohortSheets       `json:"sheets"`

	Next    []CohortNext `json:"next_steps"`
	Notes   []string     `json:"notes"`
	Caution string       `json:"caution"`

	anyHidden bool
}

// CohortFilter says who was counted.
type CohortFilter struct {
	Field string `json:"field"`
	Value string `json:"value"`
}

// RowsLeftOut is the rows that could not be read. Places are file:line:column, without what stands there.
type RowsLeftOut struct {
	Rows   int      `json:"rows"`
	Places []string `json:"places"`
}

// Figure is a number of people, or why it is hidden and what everybody can work out of it all the same.
type Figure struct {
	N       *int   `json:"n"`
	Hidden  string `json:"hidden,omitempty"`
	AtLeast int    `json:"at_least"`
	AtMost  *int   `json:"at_most"` // null where nothing is known

	reason disclosure.Reason
}

// PartFigure is how many of some people; Of is 0 where that is hidden itself.
type PartFigure struct {
	Figure
	Of int `json:"of"`
}

// MeanFigure is a mean in whole percent, rounded down, or why there is none.
type MeanFigure struct {
	Percent *int   `json:"percent"`
	Hidden  string `json:"hidden,omitempty"`
}

// CohortStanding is where people stand. Other is everybody who is neither ready nor one or two steps away; the last three are its parts, and null where there is
// nobody in them in the whole cohort, or where a group is not told apart so far.
type CohortStanding struct {
	Ready      Figure  `json:"ready"`
	OneStep    Figure  `json:"one_step"`
	TwoSteps   Figure  `json:"two_steps"`
	Other      Figure  `json:"other"`
	Further    *Figure `json:"three_steps_or_more"`
	CannotTell *Figure `json:"cannot_tell"`
	NoTarget   *Figure `json:"no_target"`
}

// CohortGrouping is the groups along one field.
type CohortGrouping struct {
	By     string        `json:"by"`
	Split  bool          `json:"split"` // whether standing and missed are given
	Groups []CohortGroup `json:"groups"`
}

// CohortGroup is the people who share a value.
type CohortGroup struct {
	Value    string          `json:"value"`
	Title    string          `json:"title"`
	People   Figure          `json:"people"`
	MeanFit  *MeanFigure     `json:"mean_fit"` // null where people is hidden, as are the next two
	Standing *CohortStanding `json:"standing"`
	Missed   []CohortMiss    `json:"missed"` // most people first; what fewer than min_group people miss is not in it
}

// CohortMiss is how many miss the level of a competency.
type CohortMiss struct {
	Ref
	People PartFigure `json:"people"`
}

// CohortArea is where people stand in an area.
type CohortArea struct {
	Ref
	Below Figure  `json:"below_floor"`
	Holds Figure  `json:"holds"`
	Other *Figure `json:"other"` // cannot tell, or not asked; null where there is nobody
}

// CohortCompetency is where people stand in a competency, measured against what their targets ask.
type CohortCompetency struct {
	Ref
	Area       Ref        `json:"area"`
	Missed     PartFigure `json:"missed"`
	BelowFloor PartFigure `json:"below_floor"`
	Reached    Figure     `json:"reached"`
	Other      *Figure    `json:"other"`      // cannot tell, or not asked; null where there is nobody
	MeanLevel  *Amount    `json:"mean_level"` // of complete answers; null where they are too few, or all at one end of the scale
}

// CohortDeciding is how many are not ready because of a condition.
type CohortDeciding struct {
	Kind   string `json:"kind"`
	ID     string `json:"id"`
	Title  string `json:"title"`
	People int    `json:"people"`
}

// CohortGrowth is a step that would help so many.
type CohortGrowth struct {
	Ref
	Level  int        `json:"level"`
	People int        `json:"people"`
	Grow   []GrowStep `json:"how"`
}

// CohortFew is a level that few people hold and more are asked for.
type CohortFew struct {
	Ref
	Level  Amount `json:"level"`
	Stages []Ref  `json:"asked_by"`
}

// CohortSheets says how complete the sheets are.
type CohortSheets struct {
	Partial    PartFigure `json:"partial"`
	Stale      PartFigure `json:"stale"`
	Unverified PartFigure `json:"unverified"`
}

// CohortNext is something to do.
type CohortNext struct {
	Kind  string `json:"kind"`
	Title string `json:"title"`
	Words string `json:"words"`
}

// CohortExtras is what a report says beside the figures.
type CohortExtras struct {
	LeftOut int      // rows that could not be read
	Places  []string // of them; none where they would name people
	People  bool     // a file with a line per person is written in the same run
}

// NewCohort fixes everything that is said of a cohort.
func NewCohort(p *cohort.Published, extras CohortExtras, opts Options) *CohortReport {
	b := cohortBuilder{builder: builder{clean: opts.Clean}, k: p.K}
	if b.clean == nil {
		b.clean = func(s string) string { return s }
	}
	r := &CohortReport{
		SchemaVersion: SchemaVersion,
		Rubric:        Rubric{p.Rubric.ID, p.Rubric.Version, p.Rubric.Digest, b.clean(p.Rubric.Title)},
		MinGroup:      p.K, Filters: []CohortFilter{}, People: b.figure(p.People), LeftOut: RowsLeftOut{Rows: extras.LeftOut, Places: []string{}},
		Groups: []CohortGrouping{}, Areas: []CohortArea{}, Competencies: []CohortCompetency{}, Deciding: []CohortDeciding{},
		Growth: []CohortGrowth{}, Few: []CohortFew{}, FewerThan: p.FewerThan, Next: []CohortNext{}, Notes: []string{}, Caution: caution,
	}
	if p.Target != nil {
		r.Target = b.stage(p.Target)
	}
	for _, f := range p.Filters {
		r.Filters = append(r.Filters, CohortFilter{b.clean(f.Field), b.clean(f.Value)})
	}
	for _, place := range extras.Places {
		r.LeftOut.Places = append(r.LeftOut.Places, b.clean(place))
	}
	if r.People.N == nil {
		r.Standing, r.MeanFit = b.nobody(), MeanFigure{Hidden: r.People.Hidden}
	} else {
		b.fill(r, p)
	}
	r.anyHidden = b.hidden
	r.Next = cohortNext(r, extras)
	r.Notes = cohortNotes(r, extras)
	return r
}

type cohortBuilder struct {
	builder
	k      int
	hidden bool // whether anything was
}

func (b *cohortBuilder) fill(r *CohortReport, p *cohort.Published) {
	all := *r.People.N
	r.Standing, r.MeanFit = b.standing(p.Standing, all, true), b.mean(p.Mean, all)
	for _, g := range p.Groups {
		r.Groups = append(r.Groups, b.grouping(p.Rubric, g))
	}
	for _, a := range p.Areas {
		row := b.row(all, &a.Fails, &a.Holds, a.Other)
		r.Areas = append(r.Areas, CohortArea{b.areaRef(a.Area), *row[0], *row[1], row[2]})
	}
	for _, c := range p.Competencies {
		r.Competencies = append(r.Competencies, b.competency(c))
	}
	for _, d := range p.Deciding {
		r.Deciding = append(r.Deciding, b.deciding(d))
	}
	for _, g := range p.Growth {
		r.Growth = append(r.Growth, CohortGrowth{b.competencyRef(g.Competency), g.Level, g.People, b.growSteps(g.Steps)})
	}
	for _, f := range p.Few {
		few := CohortFew{Ref: b.competencyRef(f.Competency), Level: Amount{f.Level}}
		for _, stage := range f.Stages {
			few.Stages = append(few.Stages, *b.stage(stage))
		}
		r.Few = append(r.Few, few)
	}
	r.Sheets = CohortSheets{b.part(p.Partial), b.part(p.Stale), b.part(p.Unverified)}
}

func (b *cohortBuilder) figure(c disclosure.Count) Figure {
	if n, ok := c.N(); ok {
		return Figure{N: &n, AtLeast: n, AtMost: &n}
	}
	b.hidden = true
	f := Figure{Hidden: c.Reason().Words(b.k), reason: c.Reason()}
	if c.Reason() == disclosure.Small {
		most := b.k - 1
		f.AtMost = &most
	}
	return f
}

// row is figures whose sum is known, some of which may be missing, with what follows from the sum and the reasons. Whoever reads the report can work that out; it says no more.
func (b *cohortBuilder) row(sum int, counts ...*disclosure.Count) []*Figure {
	figures := make([]*Figure, len(counts))
	left, small, further := sum, 0, 0
	for i, c := range counts {
		if c == nil {
			continue
		}
		f := b.figure(*c)
		figures[i] = &f
		switch f.reason {
		case disclosure.Shown:
			left -= *f.N
		case disclosure.Small:
			small++
		default:
			further++
		}
	}
	for _, f := range figures {
		if f == nil || f.reason == disclosure.Shown {
			continue
		}
		most := left
		switch {
		case f.reason == disclosure.Small:
			most = min(left, b.k-1)
		case f.reason == disclosure.WouldReveal && further == 1:
			f.AtLeast = max(b.k, left-small*(b.k-1))
		case f.reason == disclosure.WouldReveal:
			f.AtLeast, most = b.k, left-(further-1)*b.k
		}
		f.AtMost = &most
	}
	return figures
}

// part is the first of the two counts of a row.
func (b *cohortBuilder) part(p cohort.Part) PartFigure {
	return PartFigure{*b.row(p.Of, &p.Yes, &p.No)[0], p.Of}
}

// within is a row that is a part of a count.
func (b *cohortBuilder) within(whole Figure, counts ...*disclosure.Count) []*Figure {
	sum := 0
	if whole.AtMost != nil {
		sum = *whole.AtMost
	}
	return b.row(sum, counts...)
}

func (b *cohortBuilder) competency(c cohort.PublishedCompetency) CohortCompetency {
	halves := b.row(c.Missed.Of, &c.Missed.Yes, &c.Missed.No)
	parts := b.within(*halves[1], &c.Reaches, c.Other)
	made := CohortCompetency{
		Ref: b.competencyRef(c.Competency), Area: b.areaRef(c.Competency.Area), Missed: PartFigure{*halves[0], c.Missed.Of},
		BelowFloor: PartFigure{*b.within(*halves[0], &c.BelowFloor.Yes, &c.BelowFloor.No)[0], c.BelowFloor.Of}, Reached: *parts[0], Other: parts[1],
	}
	if c.MeanLevel != nil {
		made.MeanLevel = &Amount{*c.MeanLevel}
	}
	return made
}

func (b *cohortBuilder) mean(m cohort.Mean, people int) MeanFigure {
	switch m.Missing {
	case cohort.TooFew:
		return MeanFigure{Hidden: tooFewForMean(people)}
	case cohort.NoTargets:
		return MeanFigure{Hidden: "too few have a role to measure against"}
	case cohort.WouldReveal:
		b.hidden = true
		return MeanFigure{Hidden: disclosure.WouldReveal.Words(b.k)}
	default:
		return MeanFigure{Percent: &m.Percent}
	}
}

// nobody is the standing of so few that nothing is said.
func (b *cohortBuilder) nobody() CohortStanding {
	f := b.figure(disclosure.Whole(0, b.k))
	return CohortStanding{Ready: f, OneStep: f, TwoSteps: f, Other: f}
}

func (b *cohortBuilder) standing(s cohort.Standing, all int, withParts bool) CohortStanding {
	row := b.row(all, &s.Ready, &s.OneStep, &s.TwoSteps, &s.Other)
	st := CohortStanding{Ready: *row[0], OneStep: *row[1], TwoSteps: *row[2], Other: *row[3]}
	if withParts {
		parts := b.within(st.Other, &s.Further, s.CannotTell, s.NoTarget)
		st.Further, st.CannotTell, st.NoTarget = parts[0], parts[1], parts[2]
	}
	return st
}

func (b *cohortBuilder) grouping(r *rubric.Rubric, p cohort.PublishedGrouping) CohortGrouping {
	grouping := CohortGrouping{By: b.clean(p.By), Split: p.Split, Groups: []CohortGroup{}}
	for _, g := range p.Groups {
		group := CohortGroup{Value: b.clean(g.Value), Title: b.groupTitle(r, p.By, g.Value), People: b.figure(g.People), Missed: []CohortMiss{}}
		if group.People.N != nil {
			mean := b.mean(g.Mean, *group.People.N)
			group.MeanFit = &mean
		}
		if group.People.N != nil && p.Split {
			standing := b.standing(g.Standing, *group.People.N, false)
			group.Standing = &standing
			for _, m := range g.Missed {
				group.Missed = append(group.Missed, CohortMiss{b.competencyRef(m.Competency), b.part(m.Part)})
			}
		}
		grouping.Groups = append(grouping.Groups, group)
	}
	return grouping
}

func (b *cohortBuilder) groupTitle(r *rubric.Rubric, by, value string) string {
	if by == cohort.ByStage || by == cohort.ByTarget {
		for _, stage := range r.Stages {
			if stage.ID == value {
				return b.clean(stage.Title)
			}
		}
	}
	if title := b.clean(value); title != "" {
		return title
	}
	return notSaid
}

func (b *cohortBuilder) areaRef(a *rubric.Area) Ref { return Ref{a.ID, b.clean(a.Title)} }

func (b *cohortBuilder) competencyRef(c *rubric.Competency) Ref { return Ref{c.ID, b.clean(c.Title)} }

func (b *cohortBuilder) deciding(d cohort.PublishedDeciding) CohortDeciding {
	of := CohortDeciding{Kind: d.Kind.String(), Title: allAreas, People: d.People}
	switch {
	case d.Area != nil:
		of.ID, of.Title = d.Area.ID, b.clean(d.Area.Title)
	case d.Competency != nil:
		of.ID, of.Title = d.Competency.ID, b.clean(d.Competency.Title)
	case d.Gate != nil:
		of.ID, of.Title = d.Gate.ID, b.clean(d.Gate.Title)
	}
	return of
}
