package people

import (
	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Aspect says what of an expectation is not met. The zero value is none.
type Aspect int

// The aspects.
const (
	Verdict   Aspect = iota + 1
	Deciding         // the verdict is as expected, what decides it is not
	Operating        // the stage held by skills
)

var aspectNames = [...]string{"", "verdict", "deciding", "operating"}

// String returns the name used in machine output.
func (a Aspect) String() string { return aspectNames[a] }

// Difference is an expectation that the rubric does not meet.
type Difference struct {
	Person  *Person
	Aspect  Aspect
	Target  *rubric.Stage // nil for Operating
	Want    string        // a verdict, the name of what decides, or a stage
	Got     string        // empty where there is none
	Because string        // as the author wrote; empty for Operating
	At      document.Position
}

// Compare returns what differs from the expectations, in the order of the people.
func Compare(people []*Person) []Difference {
	var differences []Difference
	for _, person := range people {
		for _, want := range person.Expect {
			got := readiness.Evaluate(person.Sheet, want.Target)
			difference := Difference{Person: person, Target: want.Target, Because: want.Because, At: want.At}
			switch decided := decidedBy(got); {
			case got.Verdict != want.Verdict:
				difference.Aspect, difference.Want, difference.Got = Verdict, want.Verdict.String(), got.Verdict.String()
			case want.Deciding != "" && decided != want.Deciding:
				difference.Aspect, difference.Want, difference.Got = Deciding, want.Deciding, decided
			default:
				continue
			}
			differences = append(differences, difference)
		}
		if person.Operating == nil {
			continue
		}
		if got := readiness.OperatingStage(person.Sheet).Stage; got != person.Operating {
			difference := Difference{Person: person, Aspect: Operating, Want: person.Operating.ID, At: person.OperatingAt}
			if got != nil {
				difference.Got = got.ID
			}
			differences = append(differences, difference)
		}
	}
	return differences
}
