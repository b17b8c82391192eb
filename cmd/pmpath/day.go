package main

import (
	"fmt"
	"strconv"
	"time"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/settings"
)

// sourceDate is the variable with which builds fix the clock, in seconds since 1970 (reproducible-builds.org/specs/source-date-epoch).
const sourceDate = "SOURCE_DATE_EPOCH"

// dayAsked reads the day that a flag names, which is today in a zone where the flag is left out: a person's own for them, UTC for what must be the same everywhere.
func (e *env) dayAsked(flag, text string, zone *time.Location) (response.Date, error) {
	if text == "" {
		return e.today(zone)
	}
	day, ok := response.ParseDate(text)
	if !ok {
		return day, withHint(usage("%s: no calendar has the day %q", flag, text), "write it like 2027-01-04")
	}
	return day, nil
}

// today is the day by the clock, or by the variable that stands for it.
func (e *env) today(zone *time.Location) (response.Date, error) {
	text, set := e.lookup(sourceDate)
	if !set || text == "" {
		return response.On(e.now().In(zone)), nil
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	day := response.On(time.Unix(seconds, 0).UTC())
	if _, ok := response.ParseDate(day.String()); err != nil || !ok {
		return response.Date{}, &settings.InvalidError{Problems: document.Problems{{
			Position: document.Position{File: sourceDate}, What: fmt.Sprintf("%q is no time", text), Do: "use seconds since 1970, or unset it",
		}}}
	}
	return day, nil
}
