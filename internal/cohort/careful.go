package cohort

import (
	"github.com/pmpath/pmpath/internal/fraction"
)

// largest bounds everything in tables, so that the product of two fits an int64.
const largest = 1 << 30

// careful calculates with whole numbers below largest, and remembers whether one went beyond. What it returns then is 1, so that callers may go on and look at
// the end.
type careful struct{ failed bool }

func (c *careful) check(n int64) int64 {
	if n <= -largest || n >= largest {
		c.failed = true
		return 1
	}
	return n
}

func (c *careful) mul(a, b int64) int64 { return c.check(c.check(a) * c.check(b)) }

func (c *careful) add(a, b int64) int64 { return c.check(a + b) }

// lcm is the least common multiple of two positive numbers.
func (c *careful) lcm(a, b int64) int64 {
	x, y := a, b
	for y != 0 {
		x, y = y, x%y
	}
	return c.mul(a/x, b)
}

func (c *careful) parts(f fraction.Fraction) ratio {
	num, den, ok := f.Parts()
	if !ok {
		c.failed = true
		return ratio{1, 1}
	}
	return ratio{c.check(num), c.check(den)}
}

// ratio is a fraction with small parts.
type ratio struct{ num, den int64 }

// of is the least whole number that is the ratio of n or more. The ratio is not negative.
func (r ratio) of(n int64) int64 { return (r.num*n + r.den - 1) / r.den }
