package plan_test

import (
	"fmt"
	"strings"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/plan"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// Builder asks for framing (2·problem-note + scope-cut)/3 of at least 1.5, which problem-note at 2 gives, and for the gate shipped-once. Framing 2 takes 12 hours:
// three weeks at 4 a week, from Thursday 2026-11-26 to Wednesday 2026-12-16. The gate has half a year.
func ExampleNew() {
	small, err := rubric.Load(rubrictest.Files(), rubrictest.Folder, rubrictest.Folder)
	if err != nil {
		fmt.Println(err)
		return
	}
	read := func(date, answers string) *response.Sheet {
		node, err := document.ReadStream(strings.NewReader("pmpath: 1\nrubric: small@1.2.3\ndate: "+date+"\nanswers: {"+answers+"}\n"), "sheet")
		if err != nil {
			panic(err)
		}
		s, err := response.Read(small, node)
		if err != nil {
			panic(err)
		}
		return s
	}
	now := read("2026-11-22", "problem-note: 1, scope-cut: 1, measure-read: 1, hard-talk: 1")
	start, _ := response.ParseDate("2026-11-26")
	p, err := plan.New(path.Find(readiness.Evaluate(now, small.StageNamed("builder")), path.Wishes{}), start, plan.UsualHours)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, seen := range plan.Look(p.Record(), read("2027-01-10", "problem-note: 2")).Goals {
		fmt.Println(seen.ID, seen.Due, seen.State, seen.Why)
	}
	// Output:
	// shipped-once 2027-05-26 cannot_tell not_answered
	// problem-note 2026-12-16 reached
}
