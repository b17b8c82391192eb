package path_test

import (
	"fmt"
	"testing"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

func sheet(r *rubric.Rubric, answers string) *response.Sheet {
	node, err := document.ParseYAML("sheet.yaml", []byte("pmpath: 1\nrubric: small@1.2.3\ndate: 2026-11-22\n"+answers))
	if err != nil {
		panic(err)
	}
	s, err := response.Read(r, node)
	if err != nil {
		panic(err)
	}
	return s
}

func list(r path.Route) string {
	text := ""
	for _, step := range r.Steps {
		if step.Gate != nil {
			text += step.Gate.ID + ", "
		} else {
			text += fmt.Sprintf("%s %d, ", step.Raise.Item.ID, step.Raise.To)
		}
	}
	return fmt.Sprintf("%s%d h", text, r.Hours)
}

// Builder asks for framing (2·problem-note + scope-cut)/3 of 2, at least 1.5; measuring 1 and talking 1; 3.2 of 4 points; and the gate shipped-once.
func ExampleFind() {
	small, err := rubric.Load(rubrictest.Files(), rubrictest.Folder, rubrictest.Folder)
	if err != nil {
		fmt.Println(err)
		return
	}
	s := sheet(small, "answers: {problem-note: 1, scope-cut: 1, measure-read: 1, hard-talk: 1}\n")
	p := path.Find(readiness.Evaluate(s, small.StageNamed("builder")), path.Wishes{})
	fmt.Println(list(p.Route))
	// Output: shipped-once, problem-note 2, 12 h
}

// The small rubric by hand. Hours: framing 4, 12, 20 for the levels 1 to 3; measuring 3, 8, 16; talking 1, 5, 12. All framing is worth 2 points over its last level, the
// others 1 each.
func TestFindByHand(t *testing.T) {
	r := rubrictest.Small(t)
	place := func(id string) path.Place { return path.Named(r, id)[0] }
	for _, test := range []struct {
		name, target, sheet string
		wishes              path.Wishes
		want                string
		others              int
	}{
		// problem-note 2 gives (4 + 1)/3 = 5/3, over the floor, and 2·2/3 + 1 + 1 = 10/3 of 4 points.
		{"the heavier item", "builder", "answers: {problem-note: 1, scope-cut: 1, measure-read: 1, hard-talk: 1}\ngates: {shipped-once: {met: true, kind: peer, when: 2026-11-01}}\n", path.Wishes{}, "problem-note 2, 12 h", 0},
		// Without it scope-cut must go to 3: (2 + 3)/3 = 5/3.
		{"without the heavier item", "builder", "answers: {problem-note: 1, scope-cut: 1, measure-read: 1, hard-talk: 1}\ngates: {shipped-once: {met: true, kind: peer, when: 2026-11-01}}\n", path.Wishes{Not: []path.Place{place("problem-note")}}, "scope-cut 2, scope-cut 3, 32 h", 0},
		// (4 + 0)/3 = 4/3 is under the floor. One raise of either item is enough: problem-note 3 costs 20 hours, scope-cut 1 costs 4 and gives 5/3.
		{"of equally many steps the fewer hours", "builder", "answers: {problem-note: 2, scope-cut: 0, measure-read: 1, hard-talk: 1}\ngates: {shipped-once: {met: true, kind: peer, when: 2026-11-01}}\n", path.Wishes{}, "scope-cut 1, 4 h", 0},
		// Talking needs its floor of 1.5, so two raises, and holds 3 points then. Framing is (0 + 1)/3 of 1 point, and craft needs 0.6: problem-note 1 (4 hours) gives 1,
		// scope-cut 2 (12 hours) 2/3.
		{"floors and an area", "guide", "answers: {problem-note: 0, scope-cut: 1, hard-talk: 0}\ngates: {ran-session: true}\n", path.Wishes{}, "hard-talk 1, hard-talk 2, problem-note 1, 10 h", 0},
		{"nothing to do", "starter", "answers: {}\n", path.Wishes{}, "0 h", 0},
		{"what is open counts as the lowest", "guide", "answers: {}\ngates: {ran-session: false}\n", path.Wishes{}, "ran-session, hard-talk 1, hard-talk 2, problem-note 1, 10 h", 0},
	} {
		p := path.Find(readiness.Evaluate(sheet(r, test.sheet), r.StageNamed(test.target)), test.wishes)
		if got := list(p.Route); got != test.want || len(p.Others) != test.others {
			t.Errorf("%s: %s and %d others, want %s", test.name, got, len(p.Others), test.want)
		}
	}
}
