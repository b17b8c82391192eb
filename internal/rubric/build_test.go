package rubric_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// TestBuildWorksOut holds what the loader works out from the small rubric against the numbers by hand.
func TestBuildWorksOut(t *testing.T) {
	r := rubrictest.Small(t)
	var got []string
	for _, s := range r.Stages {
		var before []string
		for _, b := range s.Before {
			before = append(before, b.ID)
		}
		got = append(got, fmt.Sprintf("%d %s depth %d after [%s]", s.Index, s.ID, s.Depth, strings.Join(before, " ")))
		for _, c := range s.Criteria {
			got = append(got, fmt.Sprintf("  %s level %s floor %s span %s weight %d possible %s must %t", c.Competency.ID, c.Level, c.Floor, c.Span, c.Weight, c.Possible(), c.Must))
		}
		for _, g := range s.Gates {
			got = append(got, fmt.Sprintf("  %s hard %t", g.Gate.ID, g.Hard))
		}
	}
	want := []string{
		"0 starter depth 0 after []",
		"1 builder depth 1 after [starter]",
		"  framing level 2 floor 3/2 span 1 weight 2 possible 2 must true",  // 2 − 1/2; possible 2·1
		"  measuring level 1 floor 0 span 1 weight 1 possible 1 must false", // 1 − 1
		"  talking level 1 floor 0 span 1 weight 1 possible 1 must false",
		"  shipped-once hard true",
		"  ran-session hard false",
		"2 guide depth 1 after [starter]",
		"  framing level 1 floor 0 span 1 weight 1 possible 1 must false",
		"  talking level 2 floor 3/2 span 1 weight 3 possible 3 must false", // its own floor; possible 3·1
		"  ran-session hard true",
		"3 lead depth 2 after [builder guide]",
		"  framing level 3 floor 5/2 span 1 weight 2 possible 2 must true", // 3 − 1/2
		"  measuring level 5/2 floor 2 span 1 weight 1 possible 1 must false",
		"  talking level 3 floor 2 span 1 weight 1 possible 1 must false", // 3 − 1
		"  shipped-once hard false",
		"  trusted hard true",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	checkReferences(t, r)
}

// TestBuildNearTheBottom has requirements less than a span above the lowest level: neither span nor floor may lead below it.
func TestBuildNearTheBottom(t *testing.T) {
	base := readFile(t, "testdata/base.yaml")
	for criterion, want := range map[string]string{
		"level: 0.5":              "span 1/2 floor 0", // min(1, 1/2 − 0); max(0, 1/2 − 1)
		"level: 0.25, must: true": "span 1/4 floor 0", // max(0, 1/4 − 1/2)
		"level: 0.5, floor: 0.5":  "span 1/2 floor 1/2",
		"level: 1":                "span 1 floor 0",
		"level: 1.5, must: true":  "span 1 floor 1",
	} {
		r, err := loadText(change(t, base, "making: {level: 2, must: true,", "making: {"+criterion+","))
		if err != nil {
			t.Fatal(err)
		}
		c := r.Stages[1].Criterion(r.CompetencyNamed("making"))
		if got := fmt.Sprintf("span %s floor %s", c.Span, c.Floor); got != want {
			t.Errorf("%s: got %s, want %s", criterion, got, want)
		}
	}
	r, err := loadText(change(t, base, "making: {level: 2, must: true,", "making: {level: 0,"))
	if err != nil {
		t.Fatal(err)
	}
	if r.Stages[1].Criterion(r.CompetencyNamed("making")) != nil {
		t.Error("a criterion that asks for the lowest level was kept")
	}
}

// TestBuildItems holds the defaults and the texts of items.
func TestBuildItems(t *testing.T) {
	r := rubrictest.Small(t)
	note, cut, talk := r.ItemNamed("problem-note"), r.ItemNamed("scope-cut"), r.ItemNamed("hard-talk")
	if note.Weight != 2 || cut.Weight != 1 || note.Window != 12 || r.ItemNamed("measure-read").Window != 24 || note.NotApplicable || !talk.NotApplicable {
		t.Error("weights, windows or not_applicable")
	}
	if note.Anchor(0) != "Nothing to show so far." || cut.Anchor(0) != "I left nothing out." || note.Anchor(3) != "Others use my way of writing notes." {
		t.Errorf("anchors %q, %q, %q", note.Anchor(0), cut.Anchor(0), note.Anchor(3))
	}
	gate := r.GateNamed("shipped-once")
	if gate.Within != 12 || strings.Join(gate.Kinds, " ") != "artifact peer" || r.GateNamed("ran-session").Kinds != nil {
		t.Errorf("gate %+v", gate)
	}
	steps := r.CompetencyNamed("framing").StepsTo(2)
	if len(steps) != 2 || steps[0].Hours != 10 || steps[1].Kind != "mentor" || r.CompetencyNamed("framing").StepsTo(0) != nil {
		t.Errorf("steps %+v", steps)
	}
	if r.Areas[0].Floor.At.String() != "3/5" { // the rule's 60 %
		t.Errorf("floor %s", r.Areas[0].Floor.At)
	}
}

func TestStageNamed(t *testing.T) {
	r := rubrictest.Small(t)
	for name, want := range map[string]string{"builder": "builder", "BUILDER": "builder", "maker": "builder", "Junior builder": "builder", "Lead": "lead", "nobody": "", "": "", "Builder ": ""} {
		got := ""
		if stage := r.StageNamed(name); stage != nil {
			got = stage.ID
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
	if r.ItemNamed("x") != nil || r.GateNamed("x") != nil || r.CompetencyNamed("x") != nil {
		t.Error("something was found that is not there")
	}
	if got := strings.Join(r.StageIDs(), " "); got != "starter builder guide lead" || r.Ref() != "small@1.2.3" {
		t.Errorf("ids %s, ref %s", got, r.Ref())
	}
}
