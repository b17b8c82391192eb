package response

import (
	"fmt"
	"time"
)

// Date is a day of the calendar without time or zone. The zero value is no date.
type Date struct {
	year  int
	month time.Month
	day   int
}

// On returns the date of t in t's own zone.
func On(t time.Time) Date {
	year, month, day := t.Date()
	return Date{year, month, day}
}

// ParseDate reads "2026-11-22". It reports false for days that no calendar has.
func ParseDate(s string) (Date, bool) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1900 {
		return Date{}, false
	}
	return On(t), true
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// String returns "2026-11-22", or nothing for the zero value.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

// Before reports whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.ordinal() < e.ordinal() }

func (d Date) ordinal() int { return (d.year*12+int(d.month))*31 + d.day }

// Year is the year of the calendar, or 0 for the zero value.
func (d Date) Year() int { return d.year }

// PlusDays returns the day that many days later.
func (d Date) PlusDays(days int) Date {
	return On(time.Date(d.year, d.month, d.day+days, 0, 0, 0, 0, time.UTC))
}

// PlusMonths returns the same day that many months later, or the last day of that month where it is shorter.
func (d Date) PlusMonths(months int) Date { return d.MinusMonths(-months) }

// MinusMonths returns the same day that many months earlier, or the last day of that month where it is shorter.
func (d Date) MinusMonths(months int) Date {
	count := d.year*12 + int(d.month) - 1 - months
	year, month := count/12, time.Month(count%12+1)
	last := time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return Date{year, month, min(d.day, last)}
}
