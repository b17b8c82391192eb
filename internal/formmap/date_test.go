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
		if got := ordersOf(c.texts); !slices.Equal(got, c.want) {
			t.Errorf("%q: %v", c.texts, got)
		}
	}
}
