package cohort

import (
	"github.com/pmpath/pmpath/internal/disclosure"
	"github.com/pmpath/pmpath/internal/fraction"
)

// publishMeans shows the mean fit of those who are measured against something: of all, and of groups with enough of them. A mean with its people is a sum, so
// sums must not give a small group away either: of those without a mean of their own, or of where groups of two kinds meet.
func (p *Published) publishMeans(s *Summary) {
	measured := s.Total.People - s.Total.NoTarget
	if s.Total.People < MeanSheets || measured < p.K {
		p.Mean.Missing = TooFew
		p.eachGroup(func(g *PublishedGroup) { g.Mean.Missing = TooFew })
		return
	}
	shown := make([][]disclosure.Count, len(p.Groups))
	var groups [][]Group
	for d := range p.Groups {
		groups = append(groups, s.Groups(d))
		shown[d] = make([]disclosure.Count, len(groups[d]))
		for i, g := range groups[d] {
			shown[d][i] = disclosure.Whole(0, p.K)
			if _, ok := p.Groups[d].Groups[i].People.N(); ok {
				shown[d][i] = disclosure.Whole(g.People-g.NoTarget, p.K)
			}
		}
	}
	p.Mean = meanOf(s.Total.FitPercents, measured)
	for d := range groups {
		rest := 0
		for i, g := range groups[d] {
			if _, ok := shown[d][i].N(); !ok {
				rest += g.People - g.NoTarget
			}
		}
		if rest > 0 && rest < p.K {
			p.Mean = Mean{Missing: WouldReveal}
		}
	}
	if len(groups) == 2 {
		if p.Mean.Missing == WouldReveal {
			shown[1] = make([]disclosure.Count, 0)
		} else {
			shown[1] = disclosure.Cross(shown[0], shown[1], s.measuredOverlaps(groups[0], groups[1]), p.K)
		}
	}
	for d := range groups {
		for i, g := range groups[d] {
			mean := &p.Groups[d].Groups[i].Mean
			switch {
			case g.People-g.NoTarget < p.K:
				mean.Missing = NoTargets
			case i >= len(shown[d]) || shown[d][i].Reason() != disclosure.Shown:
				mean.Missing = WouldReveal
			default:
				*mean = meanOf(g.FitPercents, g.People-g.NoTarget)
			}
		}
	}
}

func (p *Published) eachGroup(do func(*PublishedGroup)) {
	for d := range p.Groups {
		for i := range p.Groups[d].Groups {
			do(&p.Groups[d].Groups[i])
		}
	}
}

// meanOf is a mean unless all have nothing or all have everything, which would tell about each of them.
func meanOf(percents, people int) Mean {
	percent := percents / people
	if percent == 0 || percent == 100 {
		return Mean{Missing: WouldReveal}
	}
	return Mean{Percent: percent}
}

// meanLevel is about those with complete answers, by levels rounded down. It is the only sum of levels that is shown.
func (c *CompetencySpread) meanLevel(k int) *fraction.Fraction {
	people, levels := 0, 0
	for i, n := range c.Levels {
		people += n
		levels += n * (c.Competency.Scale.Lo() + i)
	}
	if people < max(k, MeanSheets) {
		return nil
	}
	mean := fraction.Of(int64(levels), int64(people))
	if mean.Equal(fraction.Int(c.Competency.Scale.Lo())) || mean.Equal(fraction.Int(c.Competency.Scale.Hi())) {
		return nil
	}
	return &mean
}
