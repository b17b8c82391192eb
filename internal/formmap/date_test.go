package formmap

import (
	"slices"
	"testing"
)

func TestDay(t *testing.T) {
	for _, c := range []struct {
		order DateOrder
		text  string
		want  string // empty: no day
	}{
		{YearMonthDay, "2026/11/22 9:15:00 AM GMT+1", "2026-11-22"},
		{YearMonthDay, "2026/11/23 11:59:59 PM GMT-5", "2026-11-23"}, // as written
		{YearMonthDay, "2026-11-22 09:15:00", "2026-11-22"},
		{YearMonthDay, "2026-11-22T09:15:00.250Z", "2026-11-22"},
		{YearMonthDay, "2026-1-2", "2026-01-02"},
		{YearMonthDay, "26-11-22", ""},
		{YearMonthDay, "2026-02-30", ""},
		{YearMonthDay, "2026-11/22", ""},
		{YearMonthDay, "2026-11-22 or so", ""},
		{YearMonthDay, "", ""},
		{MonthDayYear, "11/22/26 9:15:00", "2026-11-22"},
		{MonthDayYear, "1/2/2026", "2026-01-02"},
		{MonthDayYear, "22/11/2026", ""},
		{DayMonthYear, "22.11.2026 09:15", "2026-11-22"},
		{DayMonthYear, "1/2/2026", "2026-02-01"},
		{0, "2026-11-22", ""},
	} {
		got, ok := c.order.day(c.text)
		if got.String() != c.want || ok != (c.want != "") {
			t.Errorf("%v %q: %q %v", c.order, c.text, got, ok)
		}
	}
}

func TestOrdersOfDates(t *testing.T) {
	for _, c := range []struct {
		texts []string
		want  []DateOrder
	}{
		{[]string{"2026-11-22", "", "2026/1/2"}, []DateOrder{YearMonthDay}},
		{[]string{"1/2/2026", "3/4/2026"}, []DateOrder{MonthDayYear, DayMonthYear}}, // nobody can tell
		{[]string{"1/2/2026", "1/13/2026"}, []DateOrder{MonthDayYear}},
		{[]string{"1/2/2026", "13/1/2026"}, []DateOrder{DayMonthYear}},
		{[]string{"1/13/2026", "13/1/2026"}, nil},
		{[]string{"", " "}, nil},
	} {
		if got := (&Table{}).ordersOf(c.texts); !slices.Equal(got, c.want) {
			t.Errorf("%q: %v", c.texts, got)
		}
	}
}

// Numbers of days by hand: 46348 is 2026-11-22, as 2026-01-01 is 46023 in every spreadsheet and 325 days follow; 44886 of 1904 is the same day, 1462 less.
func TestDaysOfWorkbooks(t *testing.T) {
	for _, c := range []struct {
		table Table
		text  string
		want  string
	}{
		{Table{Sheet: "Sheet1"}, "46348", "2026-11-22"},
		{Table{Sheet: "Sheet1"}, "46348.999988", "2026-11-22"},
		{Table{Sheet: "Sheet1", From1904: true}, "44886.5", "2026-11-22"},
		{Table{Sheet: "Sheet1"}, "2026-11-22", "2026-11-22"},
		{Table{Sheet: "Sheet1"}, "12", ""},
		{Table{Sheet: "Sheet1"}, "9999999", ""},
		{Table{}, "46348", ""},
	} {
		got, ok := c.table.day(YearMonthDay, c.text)
		if got.String() != c.want || ok != (c.want != "") {
			t.Errorf("%+v %q: %q %v", c.table, c.text, got, ok)
		}
	}
	for number, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 52: "AZ", 53: "BA", 702: "ZZ", 703: "AAA"} {
		if got := columnName(number); got != want {
			t.Errorf("%d: %s", number, got)
		}
	}
}
