package path

import (
	"slices"
	"testing"

	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

func TestNamed(t *testing.T) {
	small, pm := rubrictest.Small(t), shipped(t)
	for _, test := range []struct {
		name string
		want []string // of the small rubric; nil: nothing
	}{
		{"craft", []string{"craft"}},
		{"CRAFT", []string{"craft"}},
		{"Measuring effect", []string{"measuring"}},
		{"effect", []string{"measuring"}},           // its item has the same title and lies within
		{"problem", []string{"problem-note"}},       // the title of its competency has "problems", which is another word
		{"hard", []string{"talking"}},               // hard-talk lies within
		{"hard-talk", []string{"hard-talk"}},        // an id comes first
		{"conversations hard", []string{"talking"}}, // in any order
		{"session", []string{"ran-session"}},        // a gate
		{"team", []string{"trusted"}},               //
		{"hard session", nil},                       // no one place has both
		{"talk", []string{"hard-talk"}},             //
		{"", nil},                                   //
		{" - ", nil},                                //
		{"framing problems", []string{"framing"}},   //
		{"problems note", []string{"problem-note"}}, // id and title together
	} {
		if got := ids(Named(small, test.name)); !slices.Equal(got, test.want) {
			t.Errorf("%q: %q, want %q", test.name, got, test.want)
		}
	}
	if got, want := ids(Named(pm, "vision")), []string{"roadmap-storytelling", "product-strategy"}; !slices.Equal(got, want) {
		t.Errorf("vision: %q, want %q", got, want)
	}
	for _, place := range Places(pm) {
		if got := Named(pm, place.ID()); len(got) != 1 || got[0] != place {
			t.Errorf("%s by its id: %q", place.ID(), ids(got))
		}
	}
}

func ids(places []Place) []string {
	var ids []string
	for _, p := range places {
		ids = append(ids, p.ID())
	}
	return ids
}
