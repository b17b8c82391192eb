package path

import (
	"slices"

	"github.com/pmpath/pmpath/internal/fraction"
)

// prices say what a point is worth, overall and within each area, and with that how much every choice is known to lose: its cost, less the price of
// its points, less the same of the best choice for its competency. A way that costs at most so much more than the lower bound has no part
// that loses more, so such parts need not be looked at (Lagrangian relaxation; Everett 1963, doi 10.1287/opre.11.3.399). Any prices give a valid bound;
// those of the problem in which a raise may be taken in part give the best one.
type prices struct {
	unit  fraction.Fraction
	area  []int64 // cost of a point within the area
	all   int64   // cost of a point anywhere, at most that within an area
	bound cost    // no way costs less
	least cost    // of a single improvement, to begin with
}

// slope is an improvement of a competency: so much more cost for so many more points.
type slope struct{ cost, points fraction.Fraction }

func (a slope) compare(b slope) int { return a.cost.Mul(b.points).Cmp(b.cost.Mul(a.points)) }

// newPrices works out the prices and sets what the choices of the criteria lose.
func (s *search) newPrices() *prices {
	p := &prices{unit: s.unit, area: make([]int64, len(s.Areas)), least: 1}
	var left []slope
	var have fraction.Fraction
	for i := range s.Areas {
		var slopes []slope
		var points fraction.Fraction
		for _, f := range s.criteria[i] {
			points = points.Add(f[0].gain.Div(s.unit))
			slopes = append(slopes, s.slopes(f)...)
		}
		need := s.areaNeed[i].Div(s.unit)
		price, unused := buy(slopes, need.Sub(points))
		p.area[i] = price
		have = have.Add(fraction.Max(points, need))
		left = append(left, unused...)
	}
	if len(left) > 0 {
		cheapest := slices.MinFunc(left, func(a, b slope) int { return a.cost.Cmp(b.cost) })
		p.least += cost(cheapest.cost.Floor())
	}
	p.all, _ = buy(left, s.need.Div(s.unit).Sub(have))
	bound := s.need.Div(s.unit).Mul(fraction.Of(p.all, 1))
	for i := range s.Areas {
		p.area[i] = max(p.area[i], p.all)
		bound = bound.Add(s.areaNeed[i].Div(s.unit).Mul(fraction.Of(p.area[i]-p.all, 1)))
		for _, f := range s.criteria[i] {
			bound = bound.Add(p.setIdle(f, i))
		}
	}
	p.bound = cost(bound.Floor())
	return p
}

// slopes is the lower convex hull of a front, cheapest first.
func (s *search) slopes(f front) []slope {
	var hull []slope
	last := &f[0]
	for i := range f {
		if f[i].gain.Cmp(last.gain) <= 0 { // kept for a wish
			continue
		}
		next := slope{fraction.Of(int64(f[i].cost-last.cost), 1), f[i].gain.Sub(last.gain).Div(s.unit)}
		last = &f[i]
		for len(hull) > 0 && next.compare(hull[len(hull)-1]) <= 0 {
			before := hull[len(hull)-1]
			next = slope{next.cost.Add(before.cost), next.points.Add(before.points)}
			hull = hull[:len(hull)-1]
		}
		hull = append(hull, next)
	}
	return hull
}

// buy takes the cheapest slopes until the points are there, the last one in part. It returns the price of a point at the end, rounded down, and the slopes
// that are left.
func buy(slopes []slope, points fraction.Fraction) (price int64, left []slope) {
	slices.SortStableFunc(slopes, slope.compare)
	for len(slopes) > 0 && points.Sign() > 0 {
		first := slopes[0]
		price = first.cost.Div(first.points).Floor()
		if first.points.Cmp(points) > 0 {
			share := fraction.Int(1).Sub(points.Div(first.points))
			slopes[0] = slope{first.cost.Mul(share), first.points.Mul(share)}
			return price, slopes
		}
		points = points.Sub(first.points)
		slopes = slopes[1:]
	}
	return price, slopes
}

// setIdle sets what each choice loses against the best one at the area's price, rounded down, and returns the cost of that one less its points.
func (p *prices) setIdle(f front, area int) fraction.Fraction {
	price := fraction.Of(p.area[area], 1)
	net := make([]fraction.Fraction, len(f))
	for i := range f {
		net[i] = fraction.Of(int64(f[i].cost), 1).Sub(f[i].gain.Div(p.unit).Mul(price))
	}
	best := slices.MinFunc(net, fraction.Fraction.Cmp)
	for i := range f {
		f[i].idle = cost(net[i].Sub(best).Floor())
	}
	return best
}

// surplus is what points beyond the need of an area lose.
func (p *prices) surplus(area int, gain fraction.Fraction) cost {
	if p == nil {
		return 0
	}
	return cost(gain.Div(p.unit).Mul(fraction.Of(p.area[area]-p.all, 1)).Floor())
}
