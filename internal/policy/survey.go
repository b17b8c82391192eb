package policy

import (
	"sync"

	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Survey finds out how old answers and evidence are today, for a first policy. Its workers may run side by side.
type Survey struct {
	rubric *rubric.Rubric
	today  response.Date
	latest response.Date // as of Judge

	mutex   sync.Mutex
	workers []*SurveyWorker
}

// NewSurvey returns a survey as of a day.
func NewSurvey(r *rubric.Rubric, today response.Date) *Survey {
	return &Survey{rubric: r, today: today, latest: dayAfter(today)}
}

// Ages is what a survey found. Months are the fewest that a bound needs to hold today, 0 where there is nothing with a date.
type Ages struct {
	Sheets          int
	SheetsUnclear   bool // some answers have no date, or one that is yet to come
	Evidence        int
	EvidenceUnclear bool // some evidence has no date
}

// SurveyWorker looks at the people that it is handed. It belongs to one goroutine.
type SurveyWorker struct {
	survey *Survey
	ages   Ages
}

// Worker returns a further worker.
func (s *Survey) Worker() *SurveyWorker {
	w := &SurveyWorker{survey: s}
	s.mutex.Lock()
	s.workers = append(s.workers, w)
	s.mutex.Unlock()
	return w
}

// Handle looks at one person. It writes nothing.
func (w *SurveyWorker) Handle(p *intake.Person, out []byte) []byte {
	if p.Date.IsZero() || w.survey.latest.Before(p.Date) {
		w.ages.SheetsUnclear = true
	} else {
		w.ages.Sheets = max(w.ages.Sheets, monthsSince(p.Date, w.survey.today))
	}
	look := func(when response.Date) {
		if when.IsZero() {
			w.ages.EvidenceUnclear = true
		} else {
			w.ages.Evidence = max(w.ages.Evidence, monthsSince(when, p.Date))
		}
	}
	for i, proof := range p.Proofs {
		if proof.Given && p.Levels[i] > intake.NotApplicable {
			look(proof.When)
		}
	}
	for _, gate := range p.Gates {
		if gate.State == response.GateYes && !gate.Evidence.IsZero() {
			look(gate.Evidence.When)
		}
	}
	return out
}

// monthsSince is the fewest months, at least one, that reach from a day back to another.
func monthsSince(day, today response.Date) int {
	months := 1
	for months < mostMonths && day.Before(today.MinusMonths(months)) {
		months++
	}
	return months
}

// Ages adds up what all workers saw. No worker may be at work.
func (s *Survey) Ages() Ages {
	var all Ages
	for _, w := range s.workers {
		all.Sheets, all.Evidence = max(all.Sheets, w.ages.Sheets), max(all.Evidence, w.ages.Evidence)
		all.SheetsUnclear = all.SheetsUnclear || w.ages.SheetsUnclear
		all.EvidenceUnclear = all.EvidenceUnclear || w.ages.EvidenceUnclear
	}
	return all
}
