package plan

import "github.com/pmpath/pmpath/internal/response"

const (
	daysOfWeek = 7

	// gateWeeks is half a year: nothing states hours for a gate, and the facts that gates ask for – a launch with its effect, a strategy written and run –
	// take a season of work rather than an evening.
	gateWeeks = 26

	lastYear = 9999 // that a date of four digits can name
)

// schedule gives each goal its days, and the plan its end. It returns false where a date would be too late to be written.
//
// Raises are worked on one after the other in the order of the path, with the weekly hours filled up before the next week begins. A goal is due on the
// last day of the week in which its last hour falls; weeks count from the start. Gates run beside them and take none of the hours.
func (p *Plan) schedule(goals []Goal) bool {
	last := p.Start.PlusDays(gateWeeks*daysOfWeek - 1)
	p.End = p.Start
	done := 0
	for i := range goals {
		g := &goals[i]
		g.Begins = p.Start
		if g.Raise == nil {
			p.End = later(p.End, last)
			continue
		}
		first := done / p.HoursPerWeek
		done += g.Planned
		after := (done + p.HoursPerWeek - 1) / p.HoursPerWeek // the first week without it
		if after > (lastYear+1)*53 {
			return false
		}
		g.Weeks = after - first
		g.Begins, g.Due = p.Start.PlusDays(first*daysOfWeek), p.Start.PlusDays(after*daysOfWeek-1)
		p.End = later(p.End, g.Due)
	}
	for i := range goals {
		g := &goals[i]
		if g.Gate != nil {
			g.Due = last
			if g.Gate.Within > 0 { // what is shown must not be too old once the rest is reached
				g.Due = later(last, p.End.MinusMonths(g.Gate.Within))
			}
		}
		g.Horizon = Long
		if g.Due.Before(p.YearEnds) {
			g.Horizon = Short
		}
	}
	return p.End.Year() <= lastYear
}

func later(a, b response.Date) response.Date {
	if a.Before(b) {
		return b
	}
	return a
}
