package formmap

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

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
	default:
		return "2026-11-22"
	}
}

// A day, and after it anything that is a time of day with or without a zone: 2026/11/22 9:15:00 AM GMT+1.
var (
	dayPattern  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(\d{1,4})([-/.])(\d{1,2})([-/.])(\d{1,4})(.*)$`) })
	timePattern = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:T|\s+|,\s+)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*(?i:[ap]\.?m\.?))?(?:\s*(?:Z|UTC|GMT)?(?:[+-]\d{1,2}(?::?\d{2})?)?)?$`)
	})
)

// day reads the day that a cell says, as it is written: times of day and zones move nothing. Years of two digits are those from 2000 on.
func (o DateOrder) day(text string) (response.Date, bool) {
	parts := dayPattern().FindStringSubmatch(strings.TrimSpace(text))
	if parts == nil || parts[2] != parts[4] || parts[6] != "" && !timePattern().MatchString(parts[6]) {
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

// day reads the day that a cell of a table says. In a workbook a date is the number of days since its epoch, with the time of day behind the point.
func (t *Table) day(order DateOrder, text string) (response.Date, bool) {
	if days, ok := t.serial(text); ok {
		epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC) // right from March 1900 on, as 1900 counts as a leap year there
		if t.From1904 {
			epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
		}
		return response.On(epoch.AddDate(0, 0, days)), true
	}
	return order.day(text)
}

var serialPattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(\d{3,7})(?:\.\d+)?$`) })

const lastSerial = 2958465 // 9999-12-31

func (t *Table) serial(text string) (int, bool) {
	parts := serialPattern().FindStringSubmatch(strings.TrimSpace(text))
	if t.Sheet == "" || parts == nil {
		return 0, false
	}
	days, _ := strconv.Atoi(parts[1]) // digits alone, by the pattern
	return days, days <= lastSerial
}

// ordersOf returns the orders in which every text is a day, in a fixed order. Empty texts say nothing, nor do the numbers of a workbook.
func (t *Table) ordersOf(texts []string) []DateOrder {
	var fit []DateOrder
	for _, order := range []DateOrder{YearMonthDay, MonthDayYear, DayMonthYear} {
		all, some := true, false
		for _, text := range texts {
			if _, ok := t.serial(text); ok || strings.TrimSpace(text) == "" {
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
