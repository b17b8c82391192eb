package formmap

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/pmpath/pmpath/internal/response"
)

// DateOrder is how an export writes days.
type DateOrder int

// The orders of dates. The zero value is none: no date can be read.
const (
	YearMonthDay DateOrder = iota + 1
	MonthDayYear
	DayMonthYear
)

var dateWords = map[DateOrder]string{YearMonthDay: "year-month-day", MonthDayYear: "month-day-year", DayMonthYear: "day-month-year"}

func (o DateOrder) String() string { return dateWords[o] }

// example is a day as the order writes it.
func (o DateOrder) example() string {
	switch o {
	case MonthDayYear:
		return "11/22/2026"
	case DayMonthYear:
		return "22.11.2026"
	}
	return "2026-11-22"
}

// A day, and after it anything that is a time of day with or without a zone: 2026/11/22 9:15:00 AM GMT+1.
var (
	dayPattern  = regexp.MustCompile(`^(\d{1,4})([-/.])(\d{1,2})([-/.])(\d{1,4})(.*)$`)
	timePattern = regexp.MustCompile(`^(?:T|\s+|,\s+)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*(?i:[ap]\.?m\.?))?(?:\s*(?:Z|UTC|GMT)?(?:[+-]\d{1,2}(?::?\d{2})?)?)?$`)
)

// day reads the day that a cell says, as it is written: times of day and zones move nothing. Years of two digits are those from 2000 on.
func (o DateOrder) day(text string) (response.Date, bool) {
	parts := dayPattern.FindStringSubmatch(strings.TrimSpace(text))
	if parts == nil || parts[2] != parts[4] || parts[6] != "" && !timePattern.MatchString(parts[6]) {
		return response.Date{}, false
	}
	var year, month, day string
	switch o {
	case YearMonthDay:
		year, month, day = parts[1], parts[3], parts[5]
		if len(year) != 4 {
			return response.Date{}, false // 25-11-22 may begin with anything
		}
	case MonthDayYear:
		year, month, day = parts[5], parts[1], parts[3]
	case DayMonthYear:
		year, month, day = parts[5], parts[3], parts[1]
	default:
		return response.Date{}, false
	}
	if len(year) == 2 {
		year = "20" + year
	}
	if len(year) != 4 || len(month) > 2 || len(day) > 2 {
		return response.Date{}, false
	}
	return response.ParseDate(year + "-" + twoDigits(month) + "-" + twoDigits(day))
}

func twoDigits(s string) string {
	n, _ := strconv.Atoi(s) // digits alone, by the pattern
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// ordersOf returns the orders in which every text is a day, in a fixed order. Empty texts say nothing.
func ordersOf(texts []string) []DateOrder {
	var fit []DateOrder
	for _, order := range []DateOrder{YearMonthDay, MonthDayYear, DayMonthYear} {
		all, some := true, false
		for _, text := range texts {
			if strings.TrimSpace(text) == "" {
				continue
			}
			_, ok := order.day(text)
			all, some = all && ok, true
		}
		if all && some {
			fit = append(fit, order)
		}
	}
	return fit
}
