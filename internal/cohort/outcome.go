package cohort

import (
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
)

// topGaps is how many gaps are named for a person.
const topGaps = 3

// outcome is what the answers of one person say about their target: the same from tables and from package readiness. A worker has one and uses it again.
type outcome struct {
	target  *rubric.Stage // nil: none, and nothing below means anything
	verdict readiness.Verdict

	fit                   standing
	fitWorst, fitBest     int32 // in hundredths of a percent, rounded down
	areas                 []areaOutcome
	deciding              int // index into target.conditions; −1 where the guard decides, or nothing is asked
	stepsLeast, stepsMost int // to ready, from the best and from the worst completion; −1 where too much is not applicable
	top                   [topGaps]int
}

// areaOutcome is the part of an outcome that lies in one area that the target asks something of.
type areaOutcome struct {
	fit   standing
	floor readiness.Outcome // none where nothing is applicable
}

// standing is the band of a share of points, or why there is none.
type standing int8

// The standings beside 0 … Bands−1.
const (
	uncertain standing = -1 // open questions move it
	absence   standing = -2 // there are no points to earn
)

func standingOf(worst, best, possible int64) standing {
	switch {
	case possible == 0:
		return absence
	case worst != best:
		return uncertain
	case worst == possible:
		return Bands - 1
	}
	return standing(worst * Bands / possible)
}

// hundredths is a share in hundredths of a percent, rounded down. Where nothing can be earned, it is all of it.
func hundredths(points, possible int64) int32 {
	if possible == 0 {
		return 10_000
	}
	return int32(points * 10_000 / possible)
}
