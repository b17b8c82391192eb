package readiness_test

import (
	"slices"
	"testing"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// smallSheet answers the small rubric: the levels of problem-note, scope-cut, measure-read and hard-talk, and gates by name.
func smallSheet(small *rubric.Rubric, levels [4]int, gates map[string]response.GateAnswer) *response.Sheet {
	s := response.New(small)
	s.Date = today
	for i, level := range levels {
		s.Answers[i] = response.Answered(level)
	}
	for id, answer := range gates {
		s.Gates[small.GateNamed(id).Index] = answer
	}
	return s
}

var (
	no        = response.GateAnswer{State: response.GateNo}
	yes       = response.GateAnswer{State: response.GateYes}
	confirmed = response.GateAnswer{State: response.GateYes, Evidence: response.Evidence{Kind: response.ByPeer}}
)

// starter asks nothing; builder and guide follow it, lead follows either. Skills alone are looked at where a gate is open.
func TestOperatingStage(t *testing.T) {
	small := rubrictest.Small(t)
	type gates = map[string]response.GateAnswer
	highest := [4]int{3, 3, 3, 3}
	for _, tc := range []struct {
		name    string
		sheet   *response.Sheet
		stage   string
		leftOut int
	}{
		{"nothing answered: what asks nothing is held", response.New(small), "starter", 0},
		{"all lowest", smallSheet(small, [4]int{}, nil), "starter", 0},
		{"all highest, no gate answered", smallSheet(small, highest, nil), "lead", 1},
		{"all highest, all gates met", smallSheet(small, highest, gates{"shipped-once": shipped(), "ran-session": yes, "trusted": confirmed}), "lead", 0},
		// builder and guide are as deep; builder stands first. Its hard gate is open.
		{"not trusted", smallSheet(small, highest, gates{"trusted": no}), "builder", 1},
		{"not trusted, shipped", smallSheet(small, highest, gates{"trusted": no, "shipped-once": shipped()}), "builder", 0},
		{"neither trusted nor shipped", smallSheet(small, highest, gates{"trusted": no, "shipped-once": no}), "guide", 1},
		// A yes without the evidence that the gate needs is unmet, not open.
		{"shipped without evidence", smallSheet(small, highest, gates{"trusted": no, "shipped-once": yes}), "guide", 1},
		{"trusted without evidence", smallSheet(small, highest, gates{"trusted": yes, "shipped-once": shipped()}), "builder", 0},
		// The conditions of lead hold, but of no stage before it.
		{"no way to lead", smallSheet(small, highest, gates{"trusted": confirmed, "shipped-once": no, "ran-session": no}), "starter", 0},
		// One way is enough: through builder.
		{"one way to lead", smallSheet(small, highest, gates{"trusted": confirmed, "ran-session": no, "shipped-once": shipped()}), "lead", 0},
		// lead asks framing 3 (2 is under 5/2). builder: all met.
		{"exactly a builder", smallSheet(small, [4]int{2, 2, 1, 1}, nil), "builder", 1},
		// Framing 1 misses builder's 3/2; guide asks framing 1 and talking 2.
		{"exactly a guide", smallSheet(small, [4]int{1, 1, 0, 2}, nil), "guide", 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := readiness.OperatingStage(tc.sheet)
			equal(t, "stage", tc.stage, got.Stage.ID)
			equal(t, "gates left out", tc.leftOut, got.GatesLeftOut)
		})
	}
}

func TestOperatingStageIgnoresTitles(t *testing.T) {
	small := rubrictest.Small(t)
	s := smallSheet(small, [4]int{2, 2, 1, 1}, nil)
	s.Stage, s.Target = small.StageNamed("lead"), small.StageNamed("guide")
	equal(t, "stage", "builder", readiness.OperatingStage(s).Stage.ID)
}

// Too much that is not applicable leaves a stage without a verdict, so it is not held: talking is all of the area people.
func TestOperatingStageNeedsAVerdict(t *testing.T) {
	small := rubrictest.Small(t)
	s := smallSheet(small, [4]int{3, 3, 3, 3}, nil)
	s.Answers[3] = response.NotApplicable()
	equal(t, "stage", "starter", readiness.OperatingStage(s).Stage.ID)
}

// Where the first stage asks for something, somebody may hold none.
func TestOperatingStageMayBeNone(t *testing.T) {
	p := alone(competency{lo: 0, hi: 1, items: []item{{0, 1, false}}, asked: &criterion{level: whole(1), weight: 1}})
	r := p.load(t)
	s := response.New(r)
	s.Answers[0] = response.Answered(0)
	equal(t, "operating", readiness.Operating{}, readiness.OperatingStage(s))
	s.Answers[0] = response.Answered(1)
	equal(t, "stage", "stage", readiness.OperatingStage(s).Stage.ID)
}

// alone is a problem of these competencies in one area: four fifths of the points over one level are needed, and nothing need be assessed.
func alone(competencies ...competency) *problem {
	return &problem{
		readyAt: ratio(4, 5), areaFloor: whole(0), maxShortfall: whole(1), mustShortfall: whole(0), span: whole(1), assessed: whole(0),
		areas: []area{{competencies: competencies}},
	}
}

func TestWithLowest(t *testing.T) {
	asks := func(number, weight int, items ...item) competency {
		return competency{number: number, lo: 0, hi: 2, items: items, asked: &criterion{level: whole(2), weight: weight, floor: whole(1)}}
	}
	// item-0 alone in a heavy competency; item-1 and item-2 share one; item-3 is asked of nobody.
	p := alone(asks(0, 8, item{0, 1, true}), asks(1, 2, item{1, 1, true}, item{2, 3, true}), competency{number: 2, lo: 0, hi: 2, items: []item{{3, 1, true}}})
	r := p.load(t)
	na, at := response.NotApplicable(), response.Answered
	for _, tc := range []struct {
		name             string
		answers          [4]response.Answer
		verdict, without readiness.Verdict
	}{
		{"nothing is not applicable", [4]response.Answer{at(2), at(2), at(2), at(2)}, readiness.Ready, 0},
		{"what is asked of nobody", [4]response.Answer{at(2), at(2), at(2), na}, readiness.Ready, 0},
		// Score (0 + 3·2)/4 = 3/2: over its floor, half of 2 points; 9 of 10.
		{"a light one at its lowest", [4]response.Answer{at(2), na, at(2), at(2)}, readiness.Ready, readiness.Ready},
		// Score (2 + 3·0)/4 = 1/2: under its floor.
		{"a heavier one at its lowest", [4]response.Answer{at(2), at(2), na, at(2)}, readiness.Ready, readiness.NotReady},
		{"all", [4]response.Answer{na, na, na, na}, readiness.Ready, readiness.NotReady},
		{"not ready either way", [4]response.Answer{at(0), na, at(2), at(2)}, readiness.NotReady, readiness.NotReady},
		// Open stays open: enough points at best, item-0 at its lowest is under its floor.
		{"undetermined either way", [4]response.Answer{{}, na, at(2), at(2)}, readiness.Undetermined, readiness.Undetermined},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := response.New(r)
			copy(s.Answers, tc.answers[:])
			got := readiness.Assess(s, r.Stages).Targets[0]
			equal(t, "verdict", tc.verdict, got.Verdict)
			equal(t, "with the lowest level", tc.without, got.WithLowest)
			equal(t, "answers left alone", true, slices.Equal(tc.answers[:], s.Answers))
		})
	}
}

// The small rubric's scale ends at 3, so 2 and 3 call for evidence. problem-note looks back 12 months from 2026-05-31, measure-read 24.
func TestEvidence(t *testing.T) {
	small := rubrictest.Small(t)
	note, measure := small.ItemNamed("problem-note").Index, small.ItemNamed("measure-read").Index
	shown := func(when string) response.Evidence {
		e := response.Evidence{What: "The note."}
		if when != "" {
			e.When = date(when)
		}
		return e
	}
	for _, tc := range []struct {
		name              string
		levels            [4]int
		evidence          map[int]response.Evidence
		unverified, stale []string
	}{
		{"low levels need none", [4]int{1, 0, 1, 0}, nil, nil, nil},
		{"both of the highest do", [4]int{2, 3, 1, 2}, nil, []string{"problem-note", "scope-cut", "hard-talk"}, nil},
		{"any evidence will do", [4]int{3, 0, 2, 0}, map[int]response.Evidence{note: shown(""), measure: {Kind: response.BySelf}}, nil, nil},
		{"as old as the item looks back", [4]int{3, 0, 2, 0}, map[int]response.Evidence{note: shown("2025-05-31"), measure: shown("2024-05-31")}, nil, nil},
		{"a day older", [4]int{3, 0, 2, 0}, map[int]response.Evidence{note: shown("2025-05-30"), measure: shown("2024-05-30")}, nil, []string{"problem-note", "measure-read"}},
		{"at a low level, too", [4]int{1, 0, 0, 0}, map[int]response.Evidence{note: shown("2001-01-01")}, nil, []string{"problem-note"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := smallSheet(small, tc.levels, nil)
			for i, evidence := range tc.evidence {
				s.Evidence[i] = evidence
			}
			checkEvidence(t, s, tc.unverified, tc.stale)
		})
	}
}

func TestEvidenceForNoLevel(t *testing.T) {
	small := rubrictest.Small(t)
	s := smallSheet(small, [4]int{1, 1, 1, 1}, nil)
	s.Answers[0], s.Answers[3] = response.Answer{}, response.NotApplicable()
	s.Evidence[0].When, s.Evidence[3].When = date("2001-01-01"), date("2001-01-01")
	checkEvidence(t, s, nil, nil)
}

// "Not yet" claims nothing, however short the scale is.
func TestTheLowestLevelNeedsNoEvidence(t *testing.T) {
	p := alone(competency{lo: 0, hi: 1, items: []item{{0, 1, false}, {1, 1, false}}, asked: &criterion{level: whole(1), weight: 1}})
	s := response.New(p.load(t))
	s.Answers[0], s.Answers[1] = response.Answered(0), response.Answered(1)
	checkEvidence(t, s, []string{"item-1"}, nil)
}

func checkEvidence(t *testing.T, s *response.Sheet, unverified, stale []string) {
	t.Helper()
	got := readiness.Assess(s, nil)
	equal(t, "unverified", unverified, itemIDs(got.Unverified))
	equal(t, "stale", stale, itemIDs(got.Stale))
}

func itemIDs(items []*rubric.Item) []string {
	var ids []string
	for _, item := range items {
		ids = append(ids, item.ID)
	}
	return ids
}

func TestTargets(t *testing.T) {
	small := rubrictest.Small(t)
	for _, tc := range []struct {
		stage, target string
		want          []string
	}{
		{"", "", nil},
		{"", "guide", []string{"guide"}},
		{"starter", "", []string{"builder", "guide"}},
		{"starter", "lead", []string{"lead"}}, // not one of those that can follow, but asked for
		{"lead", "", nil},
	} {
		s := response.New(small)
		s.Stage, s.Target = small.StageNamed(tc.stage), small.StageNamed(tc.target)
		var got []string
		for _, target := range readiness.Targets(s) {
			got = append(got, target.ID)
		}
		equal(t, "targets of "+tc.stage+" for "+tc.target, tc.want, got)
	}
}

// An assessment says of each target what Evaluate and StepsToFlip say of it, in the order asked.
func TestAssess(t *testing.T) {
	small := rubrictest.Small(t)
	s := smallSheet(small, [4]int{2, 2, 1, 1}, map[string]response.GateAnswer{"shipped-once": shipped()})
	targets := []*rubric.Stage{small.StageNamed("lead"), small.StageNamed("builder")}
	got := readiness.Assess(s, targets)
	equal(t, "number of targets", 2, len(got.Targets))
	for i, want := range []struct {
		id      string
		verdict readiness.Verdict
		steps   int
	}{
		// Framing 2 is under 5/2, so problem-note goes up once: (2·3 + 2)/3 = 8/3, 2·2/3 of 2 points. Measuring 1 needs its floor of 2: once; 1/2 of
		// a point. Talking 1 needs 2: once; no point yet. The gate is open: once. People needs 3/5 of a point: talking once more, all its point.
		// Craft has 4/3 + 1/2 = 11/6 of 3, more than 9/5. The whole has 17/6 of 4, and 16/5 are missing 11/30: framing brings 2/3.
		{"lead", readiness.NotReady, 6},
		{"builder", readiness.Ready, 1}, // framing 2 → 4/3, under 3/2
	} {
		target := got.Targets[i]
		equal(t, "target", want.id, target.Target.ID)
		equal(t, "verdict", want.verdict, target.Verdict)
		equal(t, "steps", want.steps, len(target.Flips.Worst.Changes))
	}
	equal(t, "operating stage", "builder", got.Operating.Stage.ID)
	equal(t, "sheet", true, got.Sheet == s)
}
