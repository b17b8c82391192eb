// Package fraction holds the exact rational numbers that pmpath decides with: cuts such as 80 %, required levels such as 3.5 and
// every quotient of points. A verdict must not depend on rounding, so nothing in pmpath that decides is a float.
//
// A Fraction is two int64 while both parts fit and a [big.Rat] beyond that, so ordinary rubrics are compared without allocating and
// no rubric, however odd its weights, can overflow. The package knows nothing of rubrics; it may not print in locale forms or
// round anywhere but in [Fraction.Floor] and [Fraction.Percent], which say so.
package fraction

import (
	"math"
	"math/big"
	"math/bits"
	"strconv"
)

// Fraction is an exact rational number in lowest terms. The zero value is 0. Compare with Cmp or Equal, not ==.
type Fraction struct {
	num int64    // numerator while big is nil
	den int64    // denominator minus one while big is nil, so that the zero value is 0/1
	big *big.Rat // set only when the number does not fit
}

// Of returns num/den in lowest terms. It panics when den is 0: a division by zero is a fault of the caller, never of the input.
func Of(num, den int64) Fraction {
	if den == 0 {
		panic("fraction: denominator 0")
	}
	if num == math.MinInt64 || den == math.MinInt64 { // their absolute value does not fit
		return fromBig(big.NewRat(1, 1).SetFrac(big.NewInt(num), big.NewInt(den)))
	}
	if den < 0 {
		num, den = -num, -den
	}
	if den != 1 {
		if g := gcd(num, den); g > 1 {
			num, den = num/g, den/g
		}
	}
	return Fraction{num: num, den: den - 1}
}

// Int returns n as a Fraction.
func Int(n int) Fraction { return Of(int64(n), 1) }

// Add returns f + g.
func (f Fraction) Add(g Fraction) Fraction {
	if f.big == nil && g.big == nil {
		if f.den == g.den {
			if sum, ok := add(f.num, g.num); ok {
				return Of(sum, f.den+1)
			}
		} else if a, ok := mul(f.num, g.den+1); ok {
			if b, ok := mul(g.num, f.den+1); ok {
				if sum, ok := add(a, b); ok {
					if den, ok := mul(f.den+1, g.den+1); ok {
						return Of(sum, den)
					}
				}
			}
		}
	}
	return fromBig(new(big.Rat).Add(f.rat(), g.rat()))
}

// Sub returns f − g.
func (f Fraction) Sub(g Fraction) Fraction { return f.Add(g.Neg()) }

// Neg returns −f.
func (f Fraction) Neg() Fraction {
	if f.big == nil {
		return Fraction{num: -f.num, den: f.den} // Of keeps MinInt64 out of num
	}
	return fromBig(new(big.Rat).Neg(f.big))
}

// Mul returns f · g.
func (f Fraction) Mul(g Fraction) Fraction {
	if f.big == nil && g.big == nil {
		if num, ok := mul(f.num, g.num); ok {
			if den, ok := mul(f.den+1, g.den+1); ok {
				return Of(num, den)
			}
		}
	}
	return fromBig(new(big.Rat).Mul(f.rat(), g.rat()))
}

// Div returns f / g. It panics when g is 0.
func (f Fraction) Div(g Fraction) Fraction {
	if g.big == nil {
		return f.Mul(Of(g.den+1, g.num))
	}
	return fromBig(new(big.Rat).Quo(f.rat(), g.big))
}

// Cmp returns −1, 0 or +1 as f is less than, equal to or greater than g.
func (f Fraction) Cmp(g Fraction) int {
	if f.big == nil && g.big == nil {
		if f.den == g.den {
			return compare(f.num, g.num)
		}
		a, okA := mul(f.num, g.den+1)
		b, okB := mul(g.num, f.den+1)
		if okA && okB {
			return compare(a, b)
		}
	}
	return f.rat().Cmp(g.rat())
}

// Equal reports whether f and g are the same number; go-cmp uses it too.
func (f Fraction) Equal(g Fraction) bool { return f.Cmp(g) == 0 }

// Sign returns −1, 0 or +1.
func (f Fraction) Sign() int {
	if f.big != nil {
		return f.big.Sign()
	}
	return compare(f.num, 0)
}

// Clamp returns the number nearest to f in lo … hi.
func (f Fraction) Clamp(lo, hi Fraction) Fraction {
	switch {
	case f.Cmp(lo) < 0:
		return lo
	case f.Cmp(hi) > 0:
		return hi
	}
	return f
}

// Min returns the smaller of f and g.
func Min(f, g Fraction) Fraction {
	if g.Cmp(f) < 0 {
		return g
	}
	return f
}

// Max returns the larger of f and g.
func Max(f, g Fraction) Fraction {
	if g.Cmp(f) > 0 {
		return g
	}
	return f
}

// Floor returns the largest whole number that is not above f, clamped to the range of int64.
func (f Fraction) Floor() int64 {
	if f.big == nil {
		q := f.num / (f.den + 1)
		if f.num < 0 && f.num%(f.den+1) != 0 {
			q--
		}
		return q
	}
	q := new(big.Int)
	q.DivMod(f.big.Num(), f.big.Denom(), new(big.Int)) // Euclidean: rounds down, as denominators are positive
	if !q.IsInt64() {
		if q.Sign() < 0 {
			return math.MinInt64
		}
		return math.MaxInt64
	}
	return q.Int64()
}

// Percent returns 100·f rounded down, so that a share that misses a cut is never shown as meeting it.
func (f Fraction) Percent() int64 { return f.Mul(Of(100, 1)).Floor() }

// String returns the number as "3", "-1/2" or "7/3": the one exact form used in machine output.
func (f Fraction) String() string {
	if f.big != nil {
		return f.big.RatString()
	}
	if f.den == 0 {
		return strconv.FormatInt(f.num, 10)
	}
	return strconv.FormatInt(f.num, 10) + "/" + strconv.FormatInt(f.den+1, 10)
}

// Text returns the number for people, still exactly: "3", "2.5" where two decimals suffice, "2 1/3" elsewhere.
func (f Fraction) Text() string {
	sign := ""
	if f.Sign() < 0 {
		sign, f = "-", f.Neg()
	}
	hundredths := f.Mul(Of(100, 1))
	if f.IsInt() || !hundredths.IsInt() {
		return sign + f.mixed()
	}
	units, places := f.Floor(), hundredths.Floor()%100
	text := strconv.FormatInt(units, 10) + "." + strconv.FormatInt(places/10, 10)
	if places%10 != 0 {
		text += strconv.FormatInt(places%10, 10)
	}
	return sign + text
}

func (f Fraction) mixed() string {
	units := f.Floor()
	if rest := f.Sub(Of(units, 1)); units != 0 && rest.Sign() != 0 {
		return strconv.FormatInt(units, 10) + " " + rest.String()
	}
	return f.String()
}

// Decimal returns the number with the given count of decimals, rounded down, for machines that do not read fractions.
func (f Fraction) Decimal(places int) string {
	scaled := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)
	scaled.Mul(scaled, f.rat().Num())
	scaled.Div(scaled, f.rat().Denom()) // Euclidean: rounds down, as denominators are positive
	return new(big.Rat).SetFrac(scaled, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)).FloatString(places)
}

// Parts returns numerator and denominator, and whether both fit.
func (f Fraction) Parts() (num, den int64, ok bool) { return f.num, f.den + 1, f.big == nil }

// IsInt reports whether f is a whole number.
func (f Fraction) IsInt() bool {
	if f.big != nil {
		return f.big.IsInt()
	}
	return f.den == 0
}

func (f Fraction) rat() *big.Rat {
	if f.big != nil {
		return f.big
	}
	return big.NewRat(f.num, f.den+1)
}

// fromBig goes back to two int64 wherever they suffice, so that equal numbers have one form.
func fromBig(r *big.Rat) Fraction {
	if r.Num().IsInt64() && r.Denom().IsInt64() && r.Num().Int64() != math.MinInt64 {
		return Fraction{num: r.Num().Int64(), den: r.Denom().Int64() - 1}
	}
	return Fraction{big: r}
}

func compare(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func add(a, b int64) (int64, bool) {
	c := a + b
	overflow := (a > 0) == (b > 0) && (c > 0) != (a > 0) && a != 0 && b != 0
	return c, !overflow && c != math.MinInt64
}

func mul(a, b int64) (int64, bool) {
	if small(a) && small(b) {
		return a * b, true
	}
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	if hi != 0 || lo > math.MaxInt64 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(lo), true
	}
	return int64(lo), true
}

func small(a int64) bool { return a > -1<<31 && a < 1<<31 }

func magnitude(a int64) uint64 {
	if a < 0 {
		return -uint64(a)
	}
	return uint64(a)
}

func gcd(a, b int64) int64 {
	x, y := magnitude(a), magnitude(b)
	for y != 0 {
		x, y = y, x%y
	}
	return int64(x)
}
