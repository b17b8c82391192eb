package interview

import (
	"slices"

	"github.com/pmpath/pmpath/internal/readiness"
)

// Until says how much is asked.
type Until string

// The values of Until.
const (
	// Full asks every question.
	Full Until = "full"
	// Areas asks until the verdict and every area are settled, for each target: until no answer to the rest could change the verdict, whether an
	// area's points reach its floor, or whether too much of it is not applicable to say so. A question that none of these can depend on any more is
	// not asked. Single criteria within an area may still be open.
	Areas Until = "areas"
	// Verdict asks until the verdict for each target is settled: until no answer to the rest could change it. A question that no verdict can depend
	// on any more is not asked.
	Verdict Until = "verdict"
)

// Words lists the values of Until, the usual one first.
func Words() []string { return []string{string(Full), string(Areas), string(Verdict)} }

// Until says how much is asked.
func (iv *Interview) Until() Until { return iv.until }

// wanted tells by place which questions Until still wants to ask.
func (iv *Interview) wanted() []bool {
	wanted := make([]bool, len(iv.questions))
	if iv.until == Full {
		for place := range wanted {
			wanted[place] = true
		}
		return wanted
	}
	for _, target := range iv.targets {
		result := readiness.Evaluate(iv.sheet, target)
		iv.mark(wanted, result.Depends)
		if iv.until == Areas {
			iv.mark(wanted, result.AreasDepend())
		}
	}
	return wanted
}

func (iv *Interview) mark(wanted []bool, questions []readiness.Question) {
	for _, q := range questions {
		wanted[slices.Index(iv.questions, q)] = true
	}
}

// Stop says where an interview stopped before the last question.
type Stop struct {
	Asked, Left int
	// Settled: no answer to the rest could change the verdict for any target. Otherwise something that matters was left open on purpose.
	Settled bool
}

// Stopped reports whether nothing is open though questions are left, and how many. A question that was skipped counts as asked: it is not asked
// again, however much depends on it.
func (iv *Interview) Stopped() (Stop, bool) {
	left := iv.unasked()
	if iv.open != none || left == 0 {
		return Stop{}, false
	}
	settled := true
	for _, target := range iv.targets {
		settled = settled && readiness.Evaluate(iv.sheet, target).Settled()
	}
	return Stop{Asked: len(iv.questions) - left, Left: left, Settled: settled}, true
}

// GoOn asks everything from here on.
func (iv *Interview) GoOn() {
	iv.until = Full
	if iv.open == none {
		iv.Next()
	}
}

// MarkNotAsked writes into the sheet which items were not asked, so that nobody takes them for left open on purpose.
func (iv *Interview) MarkNotAsked() {
	for place, q := range iv.questions {
		if q.Item != nil {
			iv.sheet.NotAsked[q.Item.Index] = !iv.asked[place]
		}
	}
}
