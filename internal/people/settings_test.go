package people

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// A mutant of a level is the rubric that an author gets who changes that one number in ladder.yaml and loads it.
func TestLevelMutantsAreWhatLoadingGives(t *testing.T) {
	for _, c := range []struct {
		name       string
		stage      string
		index      int // of the criterion
		mutant     int // 0: up, 1: down
		line, edit string
	}{
		{"must-have up, floor follows", "builder", 0, 0, "framing: {level: 2, weight: 2", "framing: {level: 3, weight: 2"},
		{"must-have down, floor follows", "builder", 0, 1, "framing: {level: 2, weight: 2", "framing: {level: 1, weight: 2"},
		{"plain up, floor follows", "builder", 1, 0, "measuring: {level: 1, why: Builders", "measuring: {level: 2, why: Builders"},
		{"own floor stays", "lead", 1, 0, "measuring: {level: 2.5, floor: 2", "measuring: {level: 3, floor: 2"},
		{"own floor is lowered to the level", "lead", 1, 1, "measuring: {level: 2.5, floor: 2", "measuring: {level: 1.5, floor: 1.5"},
		{"own floor is raised to the span", "guide", 1, 0, "talking: {level: 2, weight: 3, floor: 1.5", "talking: {level: 3, weight: 3, floor: 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := rubrictest.Small(t)
			stage := r.StageNamed(c.stage)
			setting := levelOf(r, stage, c.index)
			got := setting.Mutants[c.mutant].stage.Criteria[c.index]
			want := edited(t, c.line, c.edit).StageNamed(c.stage).Criteria[c.index]
			if diff := cmp.Diff(numbersOf(want), numbersOf(got)); diff != "" {
				t.Errorf("-loaded +mutant\n%s", diff)
			}
			if stage.Criteria[c.index] == got || setting.Mutants[c.mutant].To != want.Level.String() {
				t.Errorf("the mutant says %s, want %s, in a criterion of its own", setting.Mutants[c.mutant].To, want.Level)
			}
		})
	}
}

type numbers struct{ Level, Floor, Span string }

func numbersOf(c *rubric.Criterion) numbers {
	return numbers{c.Level.String(), c.Floor.String(), c.Span.String()}
}

// edited loads the small rubric with one place of its ladder changed.
func edited(t *testing.T, line, edit string) *rubric.Rubric {
	t.Helper()
	small, err := fs.Sub(rubrictest.Files(), rubrictest.Folder)
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, name := range []string{"rubric.yaml", "craft.yaml", "people.yaml", "ladder.yaml"} {
		data, err := fs.ReadFile(small, name)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		if name == "ladder.yaml" {
			if strings.Count(text, line) != 1 {
				t.Fatalf("%q does not stand once in the ladder", line)
			}
			text = strings.Replace(text, line, edit, 1)
		}
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	r, err := rubric.Load(files, ".", "edited")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A criterion that is lowered to the lowest level asks nothing; one at the highest cannot be raised; a floor at its level cannot be either.
func TestSettingsAtTheEnds(t *testing.T) {
	r := rubrictest.Small(t)
	builder, lead := r.StageNamed("builder"), r.StageNamed("lead")
	if down := levelOf(r, builder, 1).Mutants[1]; down.To != "0" || len(down.stage.Criteria) != 2 || len(builder.Criteria) != 3 {
		t.Errorf("measuring at %s leaves %d criteria, want 2; the original has %d", down.To, len(down.stage.Criteria), len(builder.Criteria))
	}
	if talking := levelOf(r, lead, 2); len(talking.Mutants) != 1 || talking.Mutants[0].To != "2" { // 3 is the highest level
		t.Errorf("talking at 3 has the mutants %v, want 2 alone", talking.Mutants)
	}
	same := *builder.Criteria[0]
	same.Floor = same.Level
	if floor := floorOf(r, withCriterion(builder, 0, &same), 0); len(floor.Mutants) != 0 {
		t.Errorf("a floor at its level has the mutants %v", floor.Mutants)
	}
}
