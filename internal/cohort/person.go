package cohort

import (
	"math"

	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Levels of a Person that are no levels.
const (
	Open          int8 = math.MinInt8
	NotApplicable int8 = math.MinInt8 + 1
)

// Person is one respondent as read. It is reused: valid until Handle returns.
type Person struct {
	Name          []byte
	Fields        [][]byte
	Stage, Target *rubric.Stage
	Date          response.Date
	Levels        []int8
	Gates         []response.GateAnswer
	Stale         bool
	Unverified    bool
}
