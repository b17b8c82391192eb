package response

import "testing"

func TestDatesLater(t *testing.T) {
	for _, test := range []struct {
		from         string
		days, months int
		want         string
	}{
		{"2026-12-31", 1, 0, "2027-01-01"},
		{"2028-02-28", 1, 0, "2028-02-29"},
		{"2027-02-28", 1, 0, "2027-03-01"},
		{"2100-02-28", 1, 0, "2100-03-01"}, // a century that 400 does not divide
		{"2000-02-28", 1, 0, "2000-02-29"},
		{"2026-03-01", -1, 0, "2026-02-28"},
		{"2026-11-26", 365, 0, "2027-11-26"},
		{"2027-11-26", 366, 0, "2028-11-26"}, // over a leap day
		{"2028-02-29", 0, 12, "2029-02-28"},
		{"2028-02-29", 0, 48, "2032-02-29"},
		{"2026-08-31", 0, 6, "2027-02-28"},
		{"2026-12-31", 0, 1, "2027-01-31"},
		{"2027-01-15", 0, -1, "2026-12-15"},
		{"9999-12-31", 1, 0, "10000-01-01"}, // whoever writes dates of four digits asks for the year
	} {
		from, ok := ParseDate(test.from)
		if !ok {
			t.Fatal(test.from)
		}
		got := from.PlusDays(test.days).PlusMonths(test.months)
		if got.String() != test.want {
			t.Errorf("%s and %d days, %d months: %s, want %s", test.from, test.days, test.months, got, test.want)
		}
	}
	last, _ := ParseDate("9999-12-31")
	if last.Year() != 9999 || last.PlusDays(1).Year() != 10000 || (Date{}).Year() != 0 {
		t.Error("years")
	}
}
