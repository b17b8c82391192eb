package report

import (
	"crypto/sha256"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// PlanCalendar prints the goals as iCalendar (RFC 5545): an entry for the whole day on which a goal is due. It must have goals, as a calendar may not be
// empty.
func PlanCalendar(w io.Writer, r *PlanReport) error {
	c := &calendar{}
	c.line("BEGIN", "VCALENDAR")
	c.line("VERSION", "2.0")
	c.line("PRODID", "-//pmpath//plan//EN")
	c.line("CALSCALE", "GREGORIAN")
	for _, g := range r.Goals {
		c.event(g, r)
	}
	c.line("END", "VCALENDAR")
	_, err := io.WriteString(w, c.String())
	return err
}

type calendar struct{ strings.Builder }

// event is no to-do, as several common calendars pass those over. It takes no time, and others who see the calendar do not see what it is about.
func (c *calendar) event(g PlanGoal, r *PlanReport) {
	due, _ := response.ParseDate(g.Due) // written by us
	c.line("BEGIN", "VEVENT")
	c.line("UID", goalUID(g, r))
	c.line("DTSTAMP", basic(r.Date)+"T000000Z") // the day of the answers: the same plan gives the same bytes
	c.line("DTSTART;VALUE=DATE", basic(g.Due))
	c.line("DTEND;VALUE=DATE", basic(due.PlusDays(1).String())) // the first day after it
	c.line("SUMMARY", sanitize.Calendar(goalSummary(g)))
	c.line("DESCRIPTION", sanitize.Calendar(strings.Join(goalDescription(g, r), "\n")))
	c.line("CLASS", "PRIVATE")
	c.line("TRANSP", "TRANSPARENT")
	c.line("END", "VEVENT")
}

func goalSummary(g PlanGoal) string {
	if g.Kind == "gate" {
		return "Due: " + g.Title
	}
	return fmt.Sprintf("Due: %s, level %d", g.Title, g.To.Level)
}

func goalDescription(g PlanGoal, r *PlanReport) []string {
	lines := append([]string{fmt.Sprintf("Plan for %s, goal %d of %d", r.Target.Title, g.Number, len(r.Goals))}, goalLines(g, r)...)
	for _, action := range g.Actions {
		lines = append(lines, "- "+actionText(action))
	}
	return lines
}

// goalUID is the same for the same goal in every plan of a person, so that a calendar replaces the entry when it reads a later plan. A name goes into it
// only where names are asked for.
func goalUID(g PlanGoal, r *PlanReport) string {
	parts := []string{"pmpath plan", r.Rubric.ID, r.Target.ID, g.Kind, g.ID}
	if g.Aim != nil {
		parts = append(parts, strconv.Itoa(*g.Aim))
	}
	if r.Respondent != nil {
		parts = append(parts, "of", *r.Respondent)
	}
	id := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	id[6], id[8] = id[6]&0x0F|0x80, id[8]&0x3F|0x80 // a UUID of version 8 (RFC 9562, section 5.8), as RFC 7986, section 5.3 wants UIDs to be
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[0:4], id[4:6], id[6:8], id[8:10], id[10:16])
}

// basic writes a date as calendars do: 20261122.
func basic(date string) string { return strings.ReplaceAll(date, "-", "") }

// foldedAt is the most octets of a line, its end not counted (RFC 5545, section 3.1).
const foldedAt = 75

// line writes a property, folded between characters where it is long.
func (c *calendar) line(name, value string) {
	rest, room := name+":"+value, foldedAt
	for len(rest) > room {
		cut := room
		for !utf8.RuneStart(rest[cut]) {
			cut--
		}
		c.WriteString(rest[:cut] + "\r\n ")
		rest, room = rest[cut:], foldedAt-1
	}
	c.WriteString(rest + "\r\n")
}
