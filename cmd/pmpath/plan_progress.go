package main

import (
	"fmt"

	"github.com/pmpath/pmpath/internal/history"
	"github.com/pmpath/pmpath/internal/plan"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// plans is the history on its way to being open, for an assessment to say what became of a plan. Opening it takes about as long as reading a sheet, so the two
// are done side by side. Where there is no history it is nil, and nothing is made.
type plans struct {
	opened chan struct{}
	store  *history.Store
	err    error
	fault  any
}

func (e *env) openPlans() *plans {
	if e.settings.DataFolder == "" || !history.Exists(e.settings.DataFolder) {
		return nil
	}
	p := &plans{opened: make(chan struct{})}
	go func() {
		defer func() {
			p.fault = recover()
			close(p.opened)
		}()
		p.store, p.err = e.openHistory(0)
	}()
	return p
}

func (p *plans) close() {
	if p == nil {
		return
	}
	<-p.opened
	if p.store != nil {
		_ = p.store.Close() // read only
	}
}

// progressIn is what an assessment says about the plan that is kept: nothing where there is none for its first role by the same kind of rater, or none that
// is older. A history that cannot be read is no reason to withhold a report; it is said, and the report does without.
func (e *env) progressIn(p *plans, a *readiness.Assessment) *plan.Progress {
	if p == nil {
		return nil
	}
	<-p.opened
	if p.fault != nil {
		panic(p.fault) // where run gives it a decent end
	}
	err := p.err
	var record *plan.Record
	if err == nil {
		record, err = keptPlan(p.store, a.Sheet, a.Targets[0].Target.ID)
	}
	switch {
	case err != nil:
		fmt.Fprintf(e.streams.Err, "pmpath: the report does without your plan: %s\n", sanitize.Line(err.Error()))
		return nil
	case record == nil, record.Rater != a.Sheet.Rater, a.Sheet.Date.Before(record.Made):
		return nil
	}
	return plan.Look(record, a.Sheet)
}
