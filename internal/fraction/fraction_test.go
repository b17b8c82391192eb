package fraction

import (
	"fmt"
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	for _, tc := range []struct {
		in, want string
		ok       bool
	}{
		{"80%", "4/5", true},
		{"0.8", "4/5", true},
		{"4/5", "4/5", true},
		{"8/10", "4/5", true},
		{"66.5%", "133/200", true},
		{"3.5", "7/2", true},
		{"0", "0", true},
		{"-1", "-1", true},
		{"-0.5", "-1/2", true},
		{"2.50", "5/2", true},
		{"", "", false},
		{"%", "", false},
		{".5", "", false},
		{"5.", "", false},
		{"05", "", false},
		{"+1", "", false},
		{"1e2", "", false},
		{"1_000", "", false},
		{"1/0", "", false},
		{"-1/2", "", false},
		{"1/2%", "", false},
		{"1/2/3", "", false},
		{" 1", "", false},
		{"٣", "", false},
		{"NaN", "", false},
		{"-5%", "", false},
		{"1234567", "1234567", true},
		{"12345678", "", false},
		{"1.123456", "17554/15625", true}, // 1123456/1000000 = 1123456:64 / 1000000:64
		{"1.1234567", "", false},
		{"1/12345678", "", false},
	} {
		got, ok := Parse(tc.in)
		if ok != tc.ok || ok && got.String() != tc.want {
			t.Errorf("Parse(%q) = %v, %v; want %v, %v", tc.in, got, ok, tc.want, tc.ok)
		}
	}
}

func TestFloorAndPercent(t *testing.T) {
	for _, tc := range []struct {
		f              Fraction
		floor, percent int64
	}{
		{Of(7, 2), 3, 350},
		{Of(-7, 2), -4, -350},
		{Of(-4, 2), -2, -200},
		{Of(2, 3), 0, 66}, // 66.67 is shown as 66
		{Of(799, 1000), 0, 79},
		{Of(4, 5), 0, 80},
	} {
		if tc.f.Floor() != tc.floor || tc.f.Percent() != tc.percent {
			t.Errorf("%v: floor %d, percent %d; want %d, %d", tc.f, tc.f.Floor(), tc.f.Percent(), tc.floor, tc.percent)
		}
	}
}

func TestText(t *testing.T) {
	for _, tc := range []struct {
		f             Fraction
		text, decimal string
	}{
		{Of(3, 1), "3", "3.0000"},
		{Of(5, 2), "2.5", "2.5000"},
		{Of(9, 4), "2.25", "2.2500"},
		{Of(7, 3), "2 1/3", "2.3333"},
		{Of(1, 3), "1/3", "0.3333"},
		{Of(2, 3), "2/3", "0.6666"}, // rounded down
		{Of(1, 20), "0.05", "0.0500"},
		{Of(-5, 2), "-2.5", "-2.5000"},
		{Of(-7, 3), "-2 1/3", "-2.3334"}, // down is away from zero here
		{Of(0, 1), "0", "0.0000"},
	} {
		if tc.f.Text() != tc.text || tc.f.Decimal(4) != tc.decimal {
			t.Errorf("%v: %q and %q, want %q and %q", tc.f, tc.f.Text(), tc.f.Decimal(4), tc.text, tc.decimal)
		}
	}
}

func TestOfPanicsOnZeroDenominator(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("Of(1, 0) did not panic")
		}
	}()
	Of(1, 0)
}

// The zero value must be a usable 0: results are built by adding to it.
func TestZeroValue(t *testing.T) {
	var zero Fraction
	if got := zero.Add(Of(2, 3)); !got.Equal(Of(2, 3)) || zero.String() != "0" || !zero.IsInt() || zero.Sign() != 0 {
		t.Errorf("zero value: 0 + 2/3 = %v, prints %q", got, zero)
	}
}

// number draws small values, values around 2^31 and the ends of int64, where the fast path changes over to big.Rat.
func number() *rapid.Generator[int64] {
	return rapid.OneOf(
		rapid.Int64Range(-12, 12),
		rapid.Int64Range(math.MaxInt32-3, math.MaxInt32+3),
		rapid.Int64Range(math.MaxInt64-5, math.MaxInt64),
		rapid.Int64Range(math.MinInt64, math.MinInt64+5),
		rapid.Int64(),
	)
}

// Every operation agrees with big.Rat, whichever form the operands are in.
func TestAgreesWithBigRat(t *testing.T) {
	draw := func(t *rapid.T, label string) (Fraction, *big.Rat) {
		num := number().Draw(t, label+" numerator")
		den := number().Filter(func(n int64) bool { return n != 0 }).Draw(t, label+" denominator")
		return Of(num, den), new(big.Rat).SetFrac(big.NewInt(num), big.NewInt(den))
	}
	rapid.Check(t, func(t *rapid.T) {
		f, rf := draw(t, "f")
		g, rg := draw(t, "g")
		same := func(what string, got Fraction, want *big.Rat) {
			if got.String() != want.RatString() {
				t.Fatalf("%s of %v and %v = %v, want %v", what, rf.RatString(), rg.RatString(), got, want.RatString())
			}
		}
		sum, product := f.Add(g), f.Mul(g)
		wantSum, wantProduct := new(big.Rat).Add(rf, rg), new(big.Rat).Mul(rf, rg)
		same("sum", sum, wantSum)
		same("difference", f.Sub(g), new(big.Rat).Sub(rf, rg))
		same("product", product, wantProduct)
		same("sum of big operands", sum.Add(product), new(big.Rat).Add(wantSum, wantProduct))
		same("product of big operands", sum.Mul(product), new(big.Rat).Mul(wantSum, wantProduct))
		same("negative", sum.Neg(), new(big.Rat).Neg(wantSum))
		if rg.Sign() != 0 {
			same("quotient", f.Div(g), new(big.Rat).Quo(rf, rg))
		}
		if wantProduct.Sign() != 0 {
			same("quotient by big", f.Div(product), new(big.Rat).Quo(rf, wantProduct))
		}
		if f.Cmp(g) != rf.Cmp(rg) || sum.Cmp(product) != wantSum.Cmp(wantProduct) {
			t.Fatalf("Cmp differs for %v and %v", rf, rg)
		}
		if sum.Sign() != wantSum.Sign() || f.IsInt() != rf.IsInt() {
			t.Fatalf("Sign or IsInt differs for %v", rf)
		}
		floor, below := sum.Floor(), new(big.Int).Div(wantSum.Num(), wantSum.Denom())
		if below.IsInt64() && floor != below.Int64() {
			t.Fatalf("Floor(%v) = %d, want %v", sum, floor, below)
		}
	})
}

// What String prints, Parse reads back (negative quotients apart, which no file may contain).
func TestStringParses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := Of(rapid.Int64Range(0, 9_999_999).Draw(t, "num"), rapid.Int64Range(1, 9_999_999).Draw(t, "den"))
		if got, ok := Parse(f.String()); !ok || !got.Equal(f) {
			t.Fatalf("Parse(%q) = %v, %v", f, got, ok)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"80%", "0.8", "4/5", "3.5", "-1", "1e9", "", "%", "0/0", "00", "9999999999999999999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := Parse(s)
		if !ok {
			return
		}
		want, okRat := new(big.Rat).SetString(trimPercent(s))
		if !okRat {
			t.Fatalf("Parse accepts %q, big.Rat does not", s)
		}
		if trimPercent(s) != s {
			want.Quo(want, big.NewRat(100, 1))
		}
		if got.String() != want.RatString() {
			t.Fatalf("Parse(%q) = %v, want %v", s, got, want.RatString())
		}
	})
}

func trimPercent(s string) string {
	if len(s) > 0 && s[len(s)-1] == '%' {
		return s[:len(s)-1]
	}
	return s
}

func ExampleParse() {
	for _, s := range []string{"80%", "0.8", "4/5"} {
		f, _ := Parse(s)
		fmt.Println(f, f.Percent())
	}
	// Output:
	// 4/5 80
	// 4/5 80
	// 4/5 80
}
