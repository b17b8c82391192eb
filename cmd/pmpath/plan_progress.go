package main

import (
	"errors"
	"fmt"

	"github.com/pmpath/pmpath/internal/history"
	"github.com/pmpath/pmpath/internal/plan"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// plans are those that the history keeps, on their way: for an assessment to say what became of one. Looking takes about as long as reading a sheet, so the
// two are done side by side. Where there is no history it is nil, and nothing is made.
type plans struct {
	read  chan struct{} // closed when all else is there
	all   []*history.Plan
	err   error
	fault any
}

func (e *env) lookForPlans() *plans {
	if e.settings.DataFolder == "" || !history.Exists(e.settings.DataFolder) {
		return nil
	}
	p := &plans{read: make(chan struct{})}
	go func() {
		defer func() {
			p.fault = recover()
			close(p.read)
		}()
		p.all, p.err = e.readPlans()
	}()
	return p
}

// wait lets the history be closed as it should, also where nobody wants to know any more.
func (p *plans) wait() {
	if p != nil {
		<-p.read
	}
}

func (e *env) readPlans() ([]*history.Plan, error) {
	s, err := e.openHistory(0)
	if err != nil {
		return nil, err
	}
	all, err := s.Plans()
	return all, errors.Join(err, s.Close())
}

// progressIn is what an assessment says about the plan that is kept: nothing where there is none for its first role by the same kind of rater, or none that
// is older. A history that cannot be read is no reason to withhold a report; it is said, and the report does without.
func (e *env) progressIn(p *plans, a *readiness.Assessment) *plan.Progress {
	if p == nil {
		return nil
	}
	<-p.read
	if p.fault != nil {
		panic(p.fault) // where run gives it a decent end
	}
	record, err := p.latest(a)
	switch {
	case err != nil:
		fmt.Fprintf(e.streams.Err, "pmpath: the report does without your plan: %s\n", sanitize.Line(err.Error()))
		return nil
	case record == nil, record.Rater != a.Sheet.Rater, a.Sheet.Date.Before(record.Made):
		return nil
	}
	return plan.Look(record, a.Sheet)
}

// latest is the plan saved last about the person of an assessment, by its rubric and for its first role, or nil.
func (p *plans) latest(a *readiness.Assessment) (*plan.Record, error) {
	if p.err != nil {
		return nil, p.err
	}
	for _, kept := range p.all {
		if kept.IsFor(a.Sheet.Respondent, a.Sheet.Rubric.ID, a.Targets[0].Target.ID) {
			return readKept(kept)
		}
	}
	return nil, nil
}
