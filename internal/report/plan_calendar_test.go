package report

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// A reader of iCalendar, written from the grammar of RFC 5545 and sharing nothing with the writer. It refuses what the grammar does not have.

type component struct {
	name       string
	properties []property
	inner      []component
}

type property struct {
	name, value string
	params      map[string]string
}

// all are the values of a property in the component.
func (c component) all(name string) []property {
	var found []property
	for _, p := range c.properties {
		if p.name == name {
			found = append(found, p)
		}
	}
	return found
}

var (
	// contentline = name *(";" param ) ":" value CRLF; this takes parameters without quotes, of which there are none here (section 3.1)
	contentLine = regexp.MustCompile(`^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=[^\x00-\x08\x0A-\x1F\x7F";:,]*)*):(.*)$`)
	// value = *VALUE-CHAR: white space, printable ASCII, and everything beyond ASCII
	valueChars = regexp.MustCompile(`^[\t\x20-\x7E\x{80}-\x{10FFFF}]*$`)
)

// parseCalendar reads a stream that holds one iCalendar object.
func parseCalendar(data string) (component, error) {
	if !utf8.ValidString(data) {
		return component{}, fmt.Errorf("no UTF-8")
	}
	lines, err := unfold(data)
	if err != nil {
		return component{}, err
	}
	var open []component
	for i, line := range lines {
		found := contentLine.FindStringSubmatch(line)
		if found == nil || !valueChars.MatchString(found[3]) {
			return component{}, fmt.Errorf("no content line: %q", line)
		}
		p := property{strings.ToUpper(found[1]), found[3], map[string]string{}}
		for _, param := range strings.Split(found[2], ";")[1:] {
			name, value, _ := strings.Cut(param, "=")
			p.params[strings.ToUpper(name)] = value
		}
		switch {
		case p.name == "BEGIN":
			open = append(open, component{name: strings.ToUpper(p.value)})
		case len(open) == 0:
			return component{}, fmt.Errorf("outside of a component: %q", line)
		case p.name == "END":
			done := open[len(open)-1]
			if done.name != strings.ToUpper(p.value) {
				return component{}, fmt.Errorf("%s ends as %s", done.name, p.value)
			}
			open = open[:len(open)-1]
			if len(open) == 0 {
				if i != len(lines)-1 {
					return component{}, fmt.Errorf("something stands after the end")
				}
				return done, nil
			}
			open[len(open)-1].inner = append(open[len(open)-1].inner, done)
		default:
			open[len(open)-1].properties = append(open[len(open)-1].properties, p)
		}
	}
	return component{}, fmt.Errorf("it does not end")
}

// unfold joins folded lines (section 3.1). Lines end with CR LF, alone neither occurs, and none is longer than 75 octets.
func unfold(data string) ([]string, error) {
	if !strings.HasSuffix(data, "\r\n") {
		return nil, fmt.Errorf("the last line does not end")
	}
	var lines []string
	for _, line := range strings.Split(strings.TrimSuffix(data, "\r\n"), "\r\n") {
		switch {
		case strings.ContainsAny(line, "\r\n"):
			return nil, fmt.Errorf("a line end of another kind in %q", line)
		case len(line) > 75:
			return nil, fmt.Errorf("%d octets: %q", len(line), line)
		case !utf8.ValidString(line):
			return nil, fmt.Errorf("a character is torn apart: %q", line)
		case strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t"):
			if len(lines) == 0 {
				return nil, fmt.Errorf("the first line goes on from none")
			}
			lines[len(lines)-1] += line[1:]
		default:
			lines = append(lines, line)
		}
	}
	return lines, nil
}

// text is a value of the type TEXT (section 3.3.11).
func (p property) text() (string, error) {
	var b strings.Builder
	for i := 0; i < len(p.value); i++ {
		switch c := p.value[i]; c {
		case ',', ';':
			return "", fmt.Errorf("%s: a bare %c in %q", p.name, c, p.value)
		case '\\':
			i++
			if i == len(p.value) {
				return "", fmt.Errorf("%s: it ends in a backslash", p.name)
			}
			switch p.value[i] {
			case '\\', ';', ',':
				b.WriteByte(p.value[i])
			case 'n', 'N':
				b.WriteByte('\n')
			default:
				return "", fmt.Errorf("%s: no escape: \\%c", p.name, p.value[i])
			}
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), nil
}

// date is a value of the type DATE, which must be said, as these properties have another one by default (sections 3.3.4 and 3.8.2.4).
func (p property) date() (time.Time, error) {
	if p.params["VALUE"] != "DATE" {
		return time.Time{}, fmt.Errorf("%s is no DATE: %v", p.name, p.params)
	}
	return time.Parse("20060102", p.value)
}

// eventRules are the properties that a VEVENT of ours may have, with how often (section 3.6.1).
var eventRules = map[string]struct{ least, most int }{
	"UID": {1, 1}, "DTSTAMP": {1, 1}, "DTSTART": {1, 1}, "DTEND": {0, 1}, "SUMMARY": {0, 1}, "DESCRIPTION": {0, 1}, "CLASS": {0, 1}, "TRANSP": {0, 1},
}

// checkCalendar holds a calendar against the rules of RFC 5545 and returns its events.
func checkCalendar(c component) ([]component, error) {
	if c.name != "VCALENDAR" || len(c.all("PRODID")) != 1 || len(c.all("VERSION")) != 1 || c.all("VERSION")[0].value != "2.0" || len(c.inner) == 0 {
		return nil, fmt.Errorf("no calendar: %+v", c.properties)
	}
	for _, p := range c.properties {
		if !slices.Contains([]string{"PRODID", "VERSION", "CALSCALE", "METHOD"}, p.name) {
			return nil, fmt.Errorf("the calendar has a property %s", p.name)
		}
	}
	for _, event := range c.inner {
		if event.name != "VEVENT" || len(event.inner) > 0 {
			return nil, fmt.Errorf("no event: %s", event.name)
		}
		for _, p := range event.properties {
			if _, known := eventRules[p.name]; !known {
				return nil, fmt.Errorf("an event has a property %s", p.name)
			}
		}
		for name, rule := range eventRules {
			if n := len(event.all(name)); n < rule.least || n > rule.most {
				return nil, fmt.Errorf("an event has %s %d times", name, n)
			}
		}
		if _, err := time.Parse("20060102T150405Z", event.all("DTSTAMP")[0].value); err != nil { // in UTC (section 3.8.7.2)
			return nil, err
		}
		if !slices.Contains([]string{"PUBLIC", "PRIVATE", "CONFIDENTIAL"}, event.all("CLASS")[0].value) || !slices.Contains([]string{"OPAQUE", "TRANSPARENT"}, event.all("TRANSP")[0].value) {
			return nil, fmt.Errorf("CLASS or TRANSP: %+v", event.properties)
		}
	}
	return c.inner, nil
}

var forCalendar = Options{Clean: sanitize.Line}

func calendarOf(t testing.TB, r *PlanReport) string {
	var b strings.Builder
	if err := PlanCalendar(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// checkEvents compares what a calendar says with the plan.
func checkEvents(r *PlanReport, data string) error {
	c, err := parseCalendar(data)
	if err != nil {
		return err
	}
	events, err := checkCalendar(c)
	if err != nil {
		return err
	}
	if len(events) != len(r.Goals) {
		return fmt.Errorf("%d events for %d goals", len(events), len(r.Goals))
	}
	uids := map[string]bool{}
	for i, event := range events {
		g := r.Goals[i]
		due, _ := time.Parse(time.DateOnly, g.Due)
		first, err := event.all("DTSTART")[0].date()
		if err != nil {
			return err
		}
		if !first.Equal(due) {
			return fmt.Errorf("goal %d is on %s, due %s", i+1, first, g.Due)
		}
		end, err := event.all("DTEND")[0].date()
		if err != nil {
			return err
		}
		if !end.Equal(due.AddDate(0, 0, 1)) { // the first day that is no part of it any more (section 3.6.1)
			return fmt.Errorf("goal %d ends %s, due %s", i+1, end, g.Due)
		}
		summary, err := event.all("SUMMARY")[0].text()
		if err != nil {
			return err
		}
		if !strings.Contains(summary, g.Title) || strings.Contains(summary, "\n") {
			return fmt.Errorf("goal %d: %q", i+1, summary)
		}
		description, err := event.all("DESCRIPTION")[0].text()
		if err != nil {
			return err
		}
		parts := []string{g.Evidence}
		if g.To != nil {
			parts = append(parts, g.To.Text)
		} else {
			parts = append(parts, g.Ask)
		}
		for _, a := range g.Actions {
			parts = append(parts, a.Do, a.DoneWhen)
		}
		lines := 4 + len(g.Actions) // what plan, aim, time, why
		for _, more := range []string{g.Evidence, g.Needs} {
			if more != "" {
				lines, parts = lines+1, append(parts, more)
			}
		}
		for _, part := range parts {
			if !strings.Contains(description, part) {
				return fmt.Errorf("goal %d says nothing of %q: %q", i+1, part, description)
			}
		}
		if got := strings.Count(description, "\n") + 1; got != lines {
			return fmt.Errorf("goal %d has %d lines, want %d: %q", i+1, got, lines, description)
		}
		uid := event.all("UID")[0].value
		if uids[uid] || !regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(uid) {
			return fmt.Errorf("the UID %q is none or there twice", uid)
		}
		uids[uid] = true
	}
	return nil
}

func TestCalendar(t *testing.T) {
	a := assess(t, rubrictest.Small(t), people[2].sheet)
	checkGolden(t, "not-yet.plan-ical", strings.ReplaceAll(calendarOf(t, NewPlan(planOf(a), forCalendar)), "\r\n", "␍\n"))
	for _, start := range []string{"2026-11-26", "2027-12-31", "2028-02-29", "2027-01-30", "9998-01-01"} {
		r := NewPlan(planFrom(a, start, 3), forCalendar)
		if err := checkEvents(r, calendarOf(t, r)); err != nil {
			t.Errorf("from %s: %v", start, err)
		}
	}
}

func TestCalendarOfHostileTexts(t *testing.T) {
	odd := []string{`a\nb`, `semi;colon,comma:colon"quote`, `\`, `\\;`, "END:VEVENT\r\nBEGIN:VALARM", "tab\tand\r\nlines\rhere", "\u2028x\u0085y\u000by", strings.Repeat("é", 80), strings.Repeat("漢字かな", 30), strings.Repeat("👩‍👩‍👧‍👦", 12)}
	goals := 0
	rapid.Check(t, func(rt *rapid.T) {
		a := drawAssessment(rt, rewritten(t, func(string) string {
			return drawText(rt) + rapid.SampledFrom(odd).Draw(rt, "odd")
		}))
		a.Sheet.Respondent = drawText(rt)
		opts := forCalendar
		opts.IncludeName = rapid.Bool().Draw(rt, "name")
		r := NewPlan(planFrom(a, "2026-11-26", rapid.IntRange(1, 60).Draw(rt, "hours")), opts)
		if len(r.Goals) == 0 {
			return
		}
		goals += len(r.Goals)
		out := calendarOf(t, r)
		if err := checkEvents(r, out); err != nil {
			rt.Fatalf("%v\n%s", err, out)
		}
	})
	if goals < 50 {
		t.Errorf("only %d goals were seen", goals)
	}
}

// The reader would notice: every change of these breaks a calendar.
func TestCalendarReaderIsStrict(t *testing.T) {
	a := assess(t, rubrictest.Small(t), people[2].sheet)
	r := NewPlan(planOf(a), forCalendar)
	good := calendarOf(t, r)
	if err := checkEvents(r, good); err != nil {
		t.Fatal(err)
	}
	for _, change := range [][2]string{
		{"\r\n", "\n"}, {"\r\n ", "\r\n"}, {"\r\n ", ""}, {"VERSION:2.0\r\n", ""}, {"PRODID:-//pmpath//plan//EN\r\n", ""}, {"DTSTART;VALUE=DATE:", "DTSTART:"}, {`\,`, ","},
		{`\n`, `\q`}, {"DTEND;VALUE=DATE:20270527", "DTEND;VALUE=DATE:20270526"}, {"DTSTART;VALUE=DATE:20270526", "DTSTART;VALUE=DATE:20270230"}, {"UID:", "X-UID:"},
		{"DTSTAMP:20261122T000000Z", "DTSTAMP:20261122T000000"}, {"CLASS:PRIVATE", "CLASS:MINE"}, {"END:VEVENT", "END:VTODO"}, {"END:VCALENDAR\r\n", ""}, {"SUMMARY:", "SUMMARY:\a"},
	} {
		bad := strings.Replace(good, change[0], change[1], 1)
		if bad == good {
			t.Errorf("%q is not there", change[0])
		} else if checkEvents(r, bad) == nil {
			t.Errorf("%q for %q is not noticed", change[1], change[0])
		}
	}
}

// A goal keeps its UID when it is planned anew, with other dates; two people share none where names are asked for.
func TestUIDsAreStable(t *testing.T) {
	uids := func(name, start string, opts Options) []string {
		a := assess(t, rubrictest.Small(t), "respondent: "+name+"\n"+people[2].sheet)
		var found []string
		for _, match := range regexp.MustCompile(`(?m)^UID:(.*)\r$`).FindAllStringSubmatch(calendarOf(t, NewPlan(planFrom(a, start, 4), opts)), -1) {
			found = append(found, match[1])
		}
		return found
	}
	named := forCalendar
	named.IncludeName = true
	if !slices.Equal(uids("Kim", "2026-11-26", forCalendar), uids("Kim", "2027-06-01", forCalendar)) {
		t.Error("a later plan has other UIDs")
	}
	if !slices.Equal(uids("Kim", "2026-11-26", forCalendar), uids("Ada", "2026-11-26", forCalendar)) {
		t.Error("a name went into a UID unasked")
	}
	kim, ada := uids("Kim", "2026-11-26", named), uids("Ada", "2026-11-26", named)
	if len(kim) != 6 || slices.ContainsFunc(kim, func(uid string) bool { return slices.Contains(ada, uid) }) {
		t.Errorf("%q and %q", kim, ada)
	}
}

// skipLoudly skips where a program is missing, but not in CI.
func skipLoudly(t *testing.T, format string, args ...any) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}

// readCalendar prints what the library icalendar of Python reads from a file: Debian's package python3-icalendar.
const readCalendar = `
import json, sys
from icalendar import Calendar
calendar = Calendar.from_ical(open(sys.argv[1], "rb").read())
print(json.dumps([calendar.errors if hasattr(calendar, "errors") else [], [
    {"uid": str(e["UID"]), "start": str(e["DTSTART"].dt), "end": str(e["DTEND"].dt), "summary": str(e["SUMMARY"]), "description": str(e["DESCRIPTION"])}
    for e in calendar.walk("VEVENT")]]))
`

// Another reader of calendars finds the same.
func TestCalendarInPython(t *testing.T) {
	python := ""
	for _, name := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(name, "-c", "import icalendar").Run() == nil {
			python = name
			break
		}
	}
	if python == "" {
		skipLoudly(t, "python3-icalendar is not installed")
	}
	for name, a := range map[string]*readiness.Assessment{
		"plain": assess(t, rubrictest.Small(t), people[2].sheet), "hostile": hostileAssessment(t, people[2].sheet),
	} {
		r := NewPlan(planOf(a), forCalendar)
		file := filepath.Join(t.TempDir(), "plan.ics")
		if err := os.WriteFile(file, []byte(calendarOf(t, r)), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(python, "-c", readCalendar, file).Output()
		if err != nil {
			t.Fatal(err)
		}
		var events []struct{ UID, Start, End, Summary, Description string }
		var faults []any
		if err := json.Unmarshal(out, &[]any{&faults, &events}); err != nil {
			t.Fatal(err)
		}
		if len(faults) > 0 || len(events) != len(r.Goals) {
			t.Fatalf("%s: %v, %d events for %d goals", name, faults, len(events), len(r.Goals))
		}
		for i, event := range events {
			g := r.Goals[i]
			if event.Start != g.Due || event.Summary != goalSummary(g) || event.Description != strings.Join(goalDescription(g, r), "\n") {
				t.Errorf("%s: %+v of goal %+v", name, event, g)
			}
		}
	}
}
