// Package people holds golden people: invented persons with their answers and the verdicts that a thoughtful reader expects for them. They are the tests
// of a rubric, written by its authors beside it, as package readiness has tests of its code. [Load] reads them from a rubric's folder, one person a file;
// [Compare] says where the rubric decides otherwise than expected; [Cover] changes every number of the rubric that decides, one at a time, and says which
// changes nobody among the people would notice.
//
// The package measures nothing itself: verdicts come from package readiness. It never changes a rubric, knows no real person, and reads only through the
// fs.FS that it is given.
//
// Terms: an expectation is a verdict for one target with the reason why it is right; a setting is a number or a choice of the rubric that decides; a
// mutant is the rubric with one setting changed; a mutant is noticed when the verdict of some expectation becomes another one.
package people

import (
	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Folder is where a rubric's folder holds its people.
const Folder = "people"

// Person is an invented person with the verdicts that are expected.
type Person struct {
	ID     string // the name of the file
	About  string
	Sheet  *response.Sheet
	Expect []Expectation // in the order of the file, at least one

	Operating   *rubric.Stage // the stage held by skills; nil where nothing is expected of it
	OperatingAt document.Position
}

// Expectation is what one stage should say about a person.
type Expectation struct {
	Target   *rubric.Stage
	Verdict  readiness.Verdict
	Deciding string // id of the area, competency or gate that decides, ByFit or ByAssessed; empty where nothing is expected of it
	Because  string
	At       document.Position // of the target's key
}

// The names of what decides and has no id of its own.
const (
	ByFit      = "fit"      // the share of all points
	ByAssessed = "assessed" // too much is, or may turn out, not applicable
)

// decidedBy names the condition that decides a result; empty where the stage asks nothing.
func decidedBy(r *readiness.Result) string {
	switch {
	case r.Deciding == nil && r.Verdict == readiness.Undetermined:
		return ByAssessed
	case r.Deciding == nil:
		return ""
	}
	switch r.Deciding.Kind {
	case readiness.FitCondition:
		return ByFit
	case readiness.AreaCondition:
		return r.Deciding.Area.Area.ID
	case readiness.CriterionCondition:
		return r.Deciding.Criterion.Competency.ID
	case readiness.GateCondition:
		return r.Deciding.Gate.ID
	}
	panic("people: a condition without a kind")
}

// canDecide lists every name that decidedBy may give for a stage.
func canDecide(stage *rubric.Stage) []string {
	names := []string{ByFit, ByAssessed}
	var area *rubric.Area
	for _, criterion := range stage.Criteria {
		if criterion.Competency.Area != area {
			area = criterion.Competency.Area
			names = append(names, area.ID)
		}
		names = append(names, criterion.Competency.ID)
	}
	for _, gate := range stage.Gates {
		if gate.Hard {
			names = append(names, gate.Gate.ID)
		}
	}
	return names
}
