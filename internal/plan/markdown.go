package plan

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/response"
)

// The Markdown form of a plan belongs to the person: everything in it may be edited. What has to be known again stands in comments that no page shows:
// one about the plan, and one at the end of each goal's line. A goal may be moved, reworded and ticked, and its date changed; without its comment it is a
// goal of the person's own, of which pmpath knows nothing.

// MarkdownHead is the comment about a plan.
func MarkdownHead(rubricID, version, target, rater, made, start string) string {
	return fmt.Sprintf("<!-- pmpath plan %d: %s@%s %s %s %s %s -->", formatVersion, rubricID, version, target, rater, made, start)
}

// MarkdownMark is the comment at the end of the line of a goal.
func MarkdownMark(k Kept) string {
	if k.IsGate {
		return fmt.Sprintf("<!-- goal: gate %s %s%s%s -->", k.ID, k.Words, flag(k.Open, " open"), flag(k.SaidYes, " yes"))
	}
	return fmt.Sprintf("<!-- goal: item %s %d %d %s%s -->", k.ID, k.Stood, k.To, k.Words, flag(k.Open, " open"))
}

func flag(set bool, word string) string {
	if set {
		return word
	}
	return ""
}

// The forms are compiled when a plan is first read: other commands do not pay for it at their start.
var (
	headForm = onFirstUse(`<!-- pmpath plan ([0-9]{1,6}): ([a-z0-9-]+)@([0-9.]+) ([a-z0-9-]+) (self|manager|peer|report) ([0-9-]{10}) ([0-9-]{10}) -->`)
	markForm = onFirstUse(`<!-- goal: (?:(gate) ([a-z0-9-]+)|(item) ([a-z0-9-]+) (-?[0-9]{1,3}) (-?[0-9]{1,3})) ([0-9a-f]{8})( open)?( yes)? -->`)
	tickForm = onFirstUse(`^[ \t>]*(?:[-*+]|[0-9]+[.)]) \[[xX]\]`)
	dueForm  = onFirstUse(`due ([0-9]{4}-[0-9]{2}-[0-9]{2})`)
)

func onFirstUse(form string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(form) })
}

// ReadMarkdown takes a plan from its Markdown form, as it was printed or edited since. All problems are document.Problems.
func ReadMarkdown(shown string, data []byte) (*Record, error) {
	var problems document.Problems
	if len(data) > document.MaxBytes || !utf8.Valid(data) {
		problems.Add(document.Position{File: shown}, "", "this is no text of a size that a plan has", "use a file that `pmpath plan --format markdown` has written")
		return nil, problems.Err()
	}
	var record *Record
	var goals []Kept
	number := 0
	for line := range strings.Lines(string(data)) {
		number++
		at := document.Position{File: shown, Line: number, Column: 1}
		if head := headForm().FindStringSubmatch(line); head != nil && record == nil {
			record = readHead(head, at, &problems)
		}
		if mark := markForm().FindStringSubmatch(line); mark != nil {
			goals = append(goals, readMark(mark, line, at, &problems))
		}
	}
	if record == nil && len(problems) == 0 {
		problems.Add(document.Position{File: shown}, "", "this is no plan of pmpath, or its last comment is gone",
			"use a file that `pmpath plan --format markdown` has written, or one in JSON")
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	record.Goals = goals
	return record, nil
}

func readHead(head []string, at document.Position, problems *document.Problems) *Record {
	if head[1] != strconv.Itoa(formatVersion) {
		problems.Add(at, "", fmt.Sprintf("form %s is not known here", head[1]), "use the pmpath that wrote it")
	}
	record := &Record{RubricID: head[2], RubricVersion: head[3], TargetID: head[4], Rater: response.Rater(head[5])}
	record.Made = readDay(head[6], at, problems)
	record.Start = readDay(head[7], at, problems)
	return record
}

func readMark(mark []string, line string, at document.Position, problems *document.Problems) Kept {
	kept := Kept{IsGate: mark[1] != "", ID: mark[2] + mark[4], Words: mark[7], Open: mark[8] != "", SaidYes: mark[9] != "", Ticked: tickForm().MatchString(line)}
	if !kept.IsGate {
		kept.Stood, _ = strconv.Atoi(mark[5]) // up to three digits
		kept.To, _ = strconv.Atoi(mark[6])
	}
	if due := dueForm().FindAllStringSubmatch(line[:strings.Index(line, "<!-- goal:")], -1); due != nil { // the last one: a title may hold another
		kept.Due = readDay(due[len(due)-1][1], at, problems)
	}
	return kept
}

func readDay(text string, at document.Position, problems *document.Problems) response.Date {
	day, ok := response.ParseDate(text)
	if !ok {
		problems.Add(at, "", fmt.Sprintf("no calendar has the day %s", text), "write it like 2026-11-22")
	}
	return day
}
