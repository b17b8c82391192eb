package cohort

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

const open, na = intake.Unanswered, intake.NotApplicable

// four are people of the small rubric, measured against "builder", which asks framing 2 (weight 2, floor 3/2), measuring 1 and talking 1: 4 points, 3 of
// them in craft; fit 80 %, areas 60 %; and the gate shipped-once.
func four(r *rubric.Rubric) []*intake.Person {
	person := func(name string, stage *rubric.Stage, gate response.GateAnswer, levels ...int8) *intake.Person {
		p := &intake.Person{
			Name: []byte(name), Stage: stage, Levels: append(intake.NewLevels(len(levels))[:0], levels...), Gates: make([]response.GateAnswer, len(r.Gates)), Proofs: make([]intake.Proof, len(r.Items)),
			Date: dateOf("2026-05-31"),
		}
		p.Gates[r.GateNamed("shipped-once").Index] = gate
		return p
	}
	shipped := response.GateAnswer{State: response.GateYes, Evidence: response.Evidence{Kind: response.Artifact, When: dateOf("2026-05-01")}}
	starter := r.StageNamed("starter")
	return []*intake.Person{
		// All points. Margins: fit 0.2, craft and people 0.4, framing (2 − 3/2)/3 = 1/6, measuring and talking 1/3.
		person("Ana", starter, shipped, 2, 2, 1, 1),
		// Framing (2·1 + 1)/3 = 1: no points; measuring 1 point; talking 0 to 1. At best 2 of 4 miss the cut by 0.3, craft with 1 of 3 by 4/15, framing its floor by
		// 1/6. The heavier item raised once takes framing to 5/3 and craft to 4/3 + 1 of 3 points; with talking that is 10/3 of 4, more than 80 %. At worst talking needs a
		// raise too, and the gate has to be met.
		person("Ben", starter, response.GateAnswer{}, 1, 1, 1, open),
		// Nothing in people is applicable, so nothing is stated, though every condition holds.
		person("Di", starter, shipped, 2, 2, 1, na),
		person("Cy", r.StageNamed("lead"), shipped, 2, 2, 1, 1),
	}
}

func linesOf(t *testing.T, format PeopleFormat, name func() func(dst, name []byte) []byte) string {
	r := rubrictest.Small(t)
	w := scorerOf(t, r, Options{People: format, Name: name}).Worker()
	out := []byte(PeopleHeader(format))
	for _, p := range four(r) {
		out = w.Handle(p, out)
	}
	return string(out) + PeopleEnd(format, 4)
}

func TestLinesOfCSV(t *testing.T) {
	want := `person,stage,target,verdict,fit_worst,fit_best,deciding,deciding_id,steps_least,steps_most,gap_1,gap_2,gap_3
Ana,starter,builder,ready,100.00,100.00,criterion,framing,0,0,,,
Ben,starter,builder,not_ready,25.00,50.00,fit,,1,3,framing,,
Di,starter,builder,undetermined,100.00,100.00,,,,,,,
Cy,lead,,,,,,,,,,,
`
	got := linesOf(t, CSV, asGiven)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, line := range strings.Split(strings.TrimSpace(got), "\n") {
		if strings.Count(line, ",") != 12 {
			t.Errorf("13 columns are wanted: %s", line)
		}
	}
}

func TestLinesOfJSON(t *testing.T) {
	want := `{"schema_version":1,"type":"person","person":"Ana","stage":"starter","target":"builder","verdict":"ready","fit":{"worst":"100.00","best":"100.00"},"deciding":{"kind":"criterion","id":"framing"},"steps":{"least":0,"most":0},"gaps":[]}
{"schema_version":1,"type":"person","person":"Ben","stage":"starter","target":"builder","verdict":"not_ready","fit":{"worst":"25.00","best":"50.00"},"deciding":{"kind":"fit","id":null},"steps":{"least":1,"most":3},"gaps":["framing"]}
{"schema_version":1,"type":"person","person":"Di","stage":"starter","target":"builder","verdict":"undetermined","fit":{"worst":"100.00","best":"100.00"},"deciding":null,"steps":null,"gaps":[]}
{"schema_version":1,"type":"person","person":"Cy","stage":"lead","target":null,"verdict":null,"reason":"the answers name no role to measure against"}
{"schema_version":1,"type":"end","people":4}
`
	quoted := func() func(dst, name []byte) []byte {
		return func(dst, name []byte) []byte { return append(append(append(dst, '"'), name...), '"') }
	}
	if diff := cmp.Diff(want, linesOf(t, JSONLines, quoted)); diff != "" {
		t.Error(diff)
	}
}

// What is asked of the same people together, by hand from the comments above.
func TestSummaryOfFour(t *testing.T) {
	r := rubrictest.Small(t)
	s := scorerOf(t, r, Options{By: []string{ByStage}})
	w := s.Worker()
	for _, p := range four(r) {
		w.Handle(p, nil)
	}
	got, err := s.Summary()
	if err != nil {
		t.Fatal(err)
	}
	framing, talking := 0, 2
	want := Counts{People: 4, Ready: 1, Further: 1, CannotTell: 1, NoTarget: 1, Partial: 1, Unverified: 3, FitPercents: 100 + 25 + 100, Gaps: []int{1, 0, 0}}
	if diff := cmp.Diff(want, got.Total); diff != "" {
		t.Error(diff)
	}
	if f := got.Competencies[framing]; f.Asked != 3 || f.Reaches != 2 || f.Gap != 1 || f.BelowFloor != 1 || f.Levels[1] != 1 || f.Levels[2] != 3 {
		t.Errorf("framing: %+v", f)
	}
	if c := got.Competencies[talking]; c.Asked != 2 || c.Reaches != 1 || c.Undecided != 1 || c.Open != 1 || c.NotApplicable != 1 {
		t.Errorf("talking: %+v", c)
	}
	if g := got.Growth; len(g) != 1 || g[0].Level != 2 || g[0].People != 1 || len(g[0].Steps) != 2 {
		t.Errorf("growth: %+v", g)
	}
}

func TestUnknownFieldsAndTooManyGroups(t *testing.T) {
	r := rubrictest.Small(t)
	if _, err := New(r, Options{Fields: []string{ByTeam}, By: []string{"site"}}); err == nil || !strings.Contains(err.Error(), `"site"`) {
		t.Errorf("by an unknown field: %v", err)
	}
	if _, err := New(r, Options{Filters: []Filter{{"site", "x"}}}); err == nil {
		t.Error("a filter of an unknown field is no error")
	}
	if _, err := New(r, Options{By: []string{ByStage, ByTarget, ByStage}}); err == nil {
		t.Error("three dimensions are no error")
	}
	s := scorerOf(t, r, Options{Fields: []string{"email"}, By: []string{"email"}})
	w := s.Worker()
	p := four(r)[0]
	for n := range mostValues + 1 {
		p.Fields = [][]byte{{'a' + byte(n>>12), 'a' + byte(n>>6&63), 'a' + byte(n&63)}}
		w.Handle(p, nil)
		if n == mostValues-1 {
			if _, err := s.Summary(); err != nil {
				t.Errorf("%d groups: %v", mostValues, err)
			}
		}
	}
	if _, err := s.Summary(); err == nil {
		t.Errorf("%d groups are no error", mostValues+1)
	}
}
