package report

import (
	"encoding/json"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/change"
	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// routeFormats are the forms of the roles that can follow: the next ones, all of them from a starting role, and by two rubrics.
var routeFormats = []struct {
	name   string
	render func(io.Writer, *readiness.Assessment) error
}{
	{"routes-80", asRoutes(Layout{Width: 80}, nextRoles)},
	{"routes-40", asRoutes(Layout{Width: 40}, nextRoles)},
	{"routes-200", asRoutes(Layout{Width: 200}, nextRoles)},
	{"routes-plain", asRoutes(Layout{Width: 80, Plain: true}, nextRoles)},
	{"routes-colour", asRoutes(Layout{Width: 80, Color: true}, nextRoles)},
	{"routes-markdown", func(w io.Writer, a *readiness.Assessment) error { return RoutesMarkdown(w, nextRoles(a, forMarkdown)) }},
	{"routes-json", func(w io.Writer, a *readiness.Assessment) error { return JSON(w, nextRoles(a, forJSON)) }},
	{"starting-80", asRoutes(Layout{Width: 80}, fromEngineer)},
	{"starting-markdown", func(w io.Writer, a *readiness.Assessment) error {
		return RoutesMarkdown(w, fromEngineer(a, forMarkdown))
	}},
	{"starting-json", func(w io.Writer, a *readiness.Assessment) error { return JSON(w, fromEngineer(a, forJSON)) }},
	{"two-80", asRoutes(Layout{Width: 80}, byTwo)},
	{"two-40", asRoutes(Layout{Width: 40}, byTwo)},
	{"two-markdown", func(w io.Writer, a *readiness.Assessment) error { return RoutesMarkdown(w, byTwo(a, forMarkdown)) }},
	{"two-json", func(w io.Writer, a *readiness.Assessment) error { return JSON(w, byTwo(a, forJSON)) }},
}

func asRoutes(layout Layout, of func(*readiness.Assessment, Options) *Routes) func(io.Writer, *readiness.Assessment) error {
	return func(w io.Writer, a *readiness.Assessment) error { return RoutesText(w, of(a, forText), layout) }
}

func nextRoles(a *readiness.Assessment, opts Options) *Routes {
	return NewRoutes([]*response.Sheet{a.Sheet}, []RouteOptions{{}}, nil, opts)
}

// fromEngineer looks at all roles from the starting role of the small rubric.
func fromEngineer(a *readiness.Assessment, opts Options) *Routes {
	s := *a.Sheet
	s.Stage = s.Rubric.Stages[0]
	return NewRoutes([]*response.Sheet{&s}, []RouteOptions{{All: true, StartingRole: &s.Stage.EntryRoles[0]}}, nil, opts)
}

// byTwo compares with a rubric that has another title and version, one question under another id, one in other words, one more gate and one role under
// another id, and that asks for less.
func byTwo(a *readiness.Assessment, opts Options) *Routes {
	carried := change.Carry(a.Sheet, otherRubric())
	return NewRoutes([]*response.Sheet{a.Sheet, carried.Sheet}, []RouteOptions{{}, {}}, carried, opts)
}

// otherRubric is the small one with changes that byTwo names. Nobody may change it.
var otherRubric = sync.OnceValue(func() *rubric.Rubric {
	other, err := rubric.Load(rubrictest.Files(), rubrictest.Folder, rubrictest.Folder)
	if err != nil {
		panic(err)
	}
	other.Title, other.Version = "Other rubric", "2.0.0"
	other.Items[3].ID, other.Items[1].Ask, other.Gates[1].ID = "plain-talk", "What did you drop?", "held-a-talk"
	other.Rule.ReadyAt.At = other.Rule.AreaFloor.At
	other.Stages[2].ID, other.Stages[2].Title = "coach", "Coach"
	return other
})

func TestRoutes(t *testing.T) {
	r := rubrictest.Small(t)
	for _, person := range people {
		if !slices.Contains([]string{"not-yet", "half-filled", "no-chance", "ready", "several", "asks-nothing"}, person.name) {
			continue
		}
		a := assess(t, r, person.sheet)
		for _, format := range routeFormats {
			checkGolden(t, person.name+"."+format.name, rendered(t, format.render, a))
		}
	}
}

// By hand, for "several" at starter: builder has framing (2·3 + 1)/3 = 7/3 of 2, measuring 2 of 1, talking 2 of 1, all reached; 4 of 4 points; its gate has
// evidence without a date: one step. Guide has framing 7/3 of 1 and talking 2 of 2, its gate is met: nothing to do.
func TestRoutesByHand(t *testing.T) {
	a := assess(t, rubrictest.Small(t), people[8].sheet)
	routes := nextRoles(a, forText).Rubrics[0].Routes
	var got []string
	for _, to := range routes {
		got = append(got, to.Target.ID, to.Verdict, rangeText(to.Fit.Points)+" of "+to.Fit.Possible.Text())
		for _, c := range to.CarriesOver {
			got = append(got, c.ID+" "+c.Standing+" "+rangeText(*c.Score)+" of "+c.Level.Text())
		}
		for _, c := range to.Missing {
			got = append(got, "missing "+c.ID)
		}
	}
	want := []string{
		"builder", "not_ready", "4 of 4", "framing reached 2 1/3 of 2", "measuring reached 2 of 1", "talking reached 2 of 1", "missing shipped-once",
		"guide", "ready", "4 of 4", "framing reached 2 1/3 of 1", "talking reached 2 of 2",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if *routes[0].Steps != 1 || *routes[0].Hours != 0 || *routes[1].Steps != 0 {
		t.Errorf("%d steps in %d hours, and %d; by hand 1 in 0, and 0", *routes[0].Steps, *routes[0].Hours, *routes[1].Steps)
	}
}

// Every role is there, and says of each what the other commands say of it: assess, path and explain. What carries over and what is missing are all there is.
func TestRoutesAgreeWithTheOtherReports(t *testing.T) {
	r := rubrictest.Small(t)
	rapid.Check(t, func(rt *rapid.T) {
		a := drawAssessment(rt, r)
		all := *a.Sheet
		all.Stage = r.Stages[0]
		routes := NewRoutes([]*response.Sheet{&all}, []RouteOptions{{All: true}}, nil, forJSON).Rubrics[0].Routes
		assessment := readiness.Assess(&all, r.Stages[1:])
		if len(routes) != len(assessment.Targets) {
			rt.Fatalf("%d roles", len(routes))
		}
		report, explained := New(assessment, forJSON), whole(assessment, forJSON)
		for i, to := range routes {
			target, way := report.Targets[i], newBuilder(&all, forJSON).path(path.Find(assessment.Targets[i].Result, path.Wishes{}))
			if to.Target != target.Stage || to.Verdict != target.Verdict || to.Tally != target.Tally || to.Outcome != way.Outcome {
				rt.Fatalf("%+v\nbut\n%+v", to, target)
			}
			if way.Shortest != nil && (*to.Steps != way.Shortest.Length || *to.Hours != way.Shortest.Hours) || (way.Outcome == "none") != (to.Steps == nil) {
				rt.Fatalf("%s: %v steps, path says %+v", to.Target.ID, to.Steps, way.Shortest)
			}
			holds := map[string]bool{}
			for _, c := range to.CarriesOver {
				holds["criterion "+c.ID] = true
			}
			lacks := map[string]bool{}
			for _, c := range to.Missing {
				lacks[c.Kind+" "+c.ID] = true
			}
			for _, c := range explained.Stages[i].Conditions {
				key := c.Kind + " " + c.ID
				if lacks[key] == (c.Outcome == "holds") || c.Kind == "criterion" && holds[key] != (c.Outcome == "holds") {
					rt.Fatalf("%s: %s %s; carries over: %v, missing: %v", to.Target.ID, key, c.Outcome, holds[key], lacks[key])
				}
			}
		}
	})
}

// The ids that differ are named, once each, and what has the same id counts in both.
func TestTwoRubricsNameWhatDiffers(t *testing.T) {
	a := assess(t, rubrictest.Small(t), people[8].sheet)
	data, err := json.Marshal(byTwo(a, Options{}).Carried)
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Items, Gates              int
		Reworded, Only1, Only2, X []struct{ ID string }
	}
	text := strings.NewReplacer("only_in_first", "only1", "only_in_second", "only2", "other_answers", "x").Replace(string(data))
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	type id = struct{ ID string }
	want := got
	want.Items, want.Gates = 3, 2
	want.Reworded, want.Only1, want.Only2, want.X = []id{{"scope-cut"}}, []id{{"hard-talk"}, {"ran-session"}}, []id{{"plain-talk"}, {"held-a-talk"}}, []id{}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// Where the second ladder does not have the role held today, that is said.
func TestRoleOfTheFirstLadderAlone(t *testing.T) {
	a := assess(t, rubrictest.Small(t), "stage: guide\nanswers: {problem-note: 2, scope-cut: 2, measure-read: 1, hard-talk: 1}\n")
	routes := byTwo(a, forText)
	if routes.Rubrics[0].OtherLadder || !routes.Rubrics[1].OtherLadder {
		t.Errorf("%+v", routes.Rubrics)
	}
	if text := rendered(t, asRoutes(Layout{Width: 200}, byTwo), a); !strings.Contains(text, "\nThe role held today is not on this ladder; Starter is the furthest whose conditions these answers meet.\n") {
		t.Errorf("it is not said:\n%s", text)
	}
}
