package cohort

import (
	"fmt"
	"slices"
	"sync"

	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Options say whom to count, by what, and what to write about each.
type Options struct {
	Fields  []string      // the names of intake.Person.Fields, in their order
	By      []string      // at most two dimensions: ByStage, ByTarget or one of Fields
	Filters []Filter      // people who do not pass all of them are left out
	Target  *rubric.Stage // for everybody; nil: what each sheet asks about
	People  PeopleFormat  // what Worker.Handle appends for each person
	// Name appends what stands for a person's name in the lines about people. Each worker gets one of its own.
	Name func() func(dst, name []byte) []byte
}

// Scorer measures people against the stages of one rubric. Its workers may run side by side.
type Scorer struct {
	rubric   *rubric.Rubric
	options  Options
	layouts  []layout
	sites    []site // by competency
	large    []int  // competencies that have too many patterns for a table
	by       []dimension
	filters  []filter
	ids      []string // by competency
	mostAsks int      // criteria of one stage

	building sync.Mutex
	targets  []*target // by stage; built when first needed

	workers []*Worker
}

// dimension is where a value to group by is found.
type dimension struct {
	name  string
	field int // index into intake.Person.Fields; −1 for stages
}

type filter struct {
	dimension
	value string
}

// UnknownFieldError is a field that the input does not have.
type UnknownFieldError struct {
	Field string
	Known []string
}

func (e *UnknownFieldError) Error() string { return fmt.Sprintf("there is no field %q", e.Field) }

// New returns a scorer. It fails with an UnknownFieldError where Options name a field that is not there.
func New(r *rubric.Rubric, o Options) (*Scorer, error) {
	s := &Scorer{rubric: r, options: o, targets: make([]*target, len(r.Stages))}
	s.layouts = newLayouts(r)
	for i := range s.layouts {
		s.sites = append(s.sites, s.layouts[i].site())
		if s.layouts[i].large() {
			s.large = append(s.large, i)
		}
	}
	for _, c := range r.Competencies {
		s.ids = append(s.ids, c.ID)
	}
	for _, stage := range r.Stages {
		s.mostAsks = max(s.mostAsks, len(stage.Criteria))
	}
	if len(o.By) > mostDimensions {
		return nil, fmt.Errorf("people are grouped by at most %d fields", mostDimensions)
	}
	for _, name := range o.By {
		d, err := s.dimension(name)
		if err != nil {
			return nil, err
		}
		s.by = append(s.by, d)
	}
	for _, f := range o.Filters {
		d, err := s.dimension(f.Field)
		if err != nil {
			return nil, err
		}
		s.filters = append(s.filters, filter{d, f.Value})
	}
	return s, nil
}

func (s *Scorer) dimension(name string) (dimension, error) {
	if name == ByStage || name == ByTarget {
		return dimension{name, -1}, nil
	}
	if field := slices.Index(s.options.Fields, name); field >= 0 {
		return dimension{name, field}, nil
	}
	return dimension{}, &UnknownFieldError{name, append([]string{ByStage, ByTarget}, s.options.Fields...)}
}

// target returns what is worked out for a stage, which takes a few milliseconds the first time.
func (s *Scorer) target(stage *rubric.Stage) *target {
	s.building.Lock()
	defer s.building.Unlock()
	if s.targets[stage.Index] == nil {
		s.targets[stage.Index] = newTarget(s.rubric, s.layouts, stage)
	}
	return s.targets[stage.Index]
}

// TargetOf is the stage that a person is measured against: the one for everybody; else the one that the sheet asks about; else the first that follows the
// role held today. It is nil where there is none.
func (s *Scorer) TargetOf(p *intake.Person) *rubric.Stage {
	switch {
	case s.options.Target != nil:
		return s.options.Target
	case p.Target != nil:
		return p.Target
	case p.Stage != nil && len(p.Stage.Next) > 0:
		return p.Stage.Next[0]
	}
	return nil
}

// passes reports whether a person is to be counted.
func (s *Scorer) passes(p *intake.Person) bool {
	for i := range s.filters {
		f := &s.filters[i]
		switch {
		case f.field >= 0:
			if string(p.Fields[f.field]) != f.value {
				return false
			}
		case idOf(s.staged(f.name, p)) != f.value:
			return false
		}
	}
	return true
}

// staged is the stage that a dimension without a field looks at.
func (s *Scorer) staged(name string, p *intake.Person) *rubric.Stage {
	if name == ByStage {
		return p.Stage
	}
	return s.TargetOf(p)
}

func idOf(stage *rubric.Stage) string {
	if stage == nil {
		return ""
	}
	return stage.ID
}
