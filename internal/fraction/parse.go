package fraction

import (
	"math/big"
	"strings"
)

// maxDigits bounds the digits of a number written in a file. Seven are plenty for a cut or a level, and whatever is worked out from two such numbers
// still fits 64 bits.
const maxDigits = 7

// Parse reads a number as people write cuts and levels: "4", "3.5", "80%" or "2/3", each in plain decimal without sign changes,
// spaces, exponents or leading zeros. "80%", "0.8" and "4/5" give the same Fraction. It reports false for anything else, for a
// denominator of 0 and for more than 7 digits before or after the slash. A leading minus is accepted before a plain number only.
func Parse(s string) (Fraction, bool) {
	if num, den, found := strings.Cut(s, "/"); found {
		if !whole(num) || !whole(den) || den == "0" {
			return Fraction{}, false
		}
		return ratio(num, den)
	}
	if number, found := strings.CutSuffix(s, "%"); found {
		f, ok := decimal(number)
		return f.Div(Of(100, 1)), ok
	}
	if number, found := strings.CutPrefix(s, "-"); found {
		f, ok := decimal(number)
		return f.Neg(), ok
	}
	return decimal(s)
}

func decimal(s string) (Fraction, bool) {
	units, places, found := strings.Cut(s, ".")
	if !whole(units) || found && !digits(places) || len(units)+len(places) > maxDigits {
		return Fraction{}, false
	}
	return ratio(units+places, "1"+strings.Repeat("0", len(places)))
}

func ratio(num, den string) (Fraction, bool) {
	n, okN := new(big.Int).SetString(num, 10)
	d, okD := new(big.Int).SetString(den, 10)
	if !okN || !okD {
		return Fraction{}, false
	}
	return fromBig(new(big.Rat).SetFrac(n, d)), true
}

// whole reports whether s is a decimal whole number without a leading zero.
func whole(s string) bool { return digits(s) && (len(s) == 1 || s[0] != '0') }

func digits(s string) bool {
	if s == "" || len(s) > maxDigits {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
