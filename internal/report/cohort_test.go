package report

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/pmpath/pmpath/internal/cohort"
	"github.com/pmpath/pmpath/internal/disclosure"
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/intake/intaketest"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/sanitize"
	"github.com/pmpath/pmpath/rubrics"
)

func shipped(t testing.TB) *rubric.Rubric {
	t.Helper()
	r, err := rubrics.Load("product-management")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// summaryOf counts people who are made up from a seed.
func summaryOf(t testing.TB, r *rubric.Rubric, seed uint64, people int, by ...string) *cohort.Summary {
	t.Helper()
	var table bytes.Buffer
	if err := intaketest.New(r, seed).WriteWide(&table, people); err != nil {
		t.Fatal(err)
	}
	return summaryOfTable(t, r, table.Bytes(), by...)
}

func summaryOfTable(t testing.TB, r *rubric.Rubric, table []byte, by ...string) *cohort.Summary {
	t.Helper()
	source, err := intake.Open(r, []intake.Input{{Shown: "people.csv", File: bytes.NewReader(table), Size: int64(len(table))}}, intake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	scorer, err := cohort.New(r, cohort.Options{Fields: source.Fields(), By: by})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := source.Scan(1, func() intake.Handler { return scorer.Worker() }, io.Discard); err != nil {
		t.Fatal(err)
	}
	summary, err := scorer.Summary()
	if err != nil {
		t.Fatal(err)
	}
	return summary
}

var cohortFormats = []struct {
	name   string
	clean  func(string) string
	render func(io.Writer, *CohortReport) error
}{
	{"80.txt", sanitize.Line, func(w io.Writer, r *CohortReport) error { return CohortText(w, r, Layout{Width: 80}) }},
	{"40.txt", sanitize.Line, func(w io.Writer, r *CohortReport) error { return CohortText(w, r, Layout{Width: 40}) }},
	{"200.txt", sanitize.Line, func(w io.Writer, r *CohortReport) error { return CohortText(w, r, Layout{Width: 200}) }},
	{"plain.txt", sanitize.Line, func(w io.Writer, r *CohortReport) error { return CohortText(w, r, Layout{Width: 80, Plain: true}) }},
	{"markdown", sanitize.Markdown, CohortMarkdown},
	{"json", nil, func(w io.Writer, r *CohortReport) error { return JSON(w, r) }},
	{"jsonl", nil, CohortJSONLines},
	{"csv", nil, CohortCSV},
}

func TestCohortReports(t *testing.T) {
	r := shipped(t)
	for _, size := range []int{3, 7, 40, 4000} {
		published := summaryOf(t, r, uint64(size), size, "stage", "team").Publish(5)
		for _, format := range cohortFormats {
			if size == 4000 && format.clean == nil { // long, and of the same shape as the others
				continue
			}
			var out bytes.Buffer
			if err := format.render(&out, NewCohort(published, CohortExtras{}, Options{Clean: format.clean})); err != nil {
				t.Fatal(err)
			}
			checkGolden(t, fmt.Sprintf("cohort-%d.%s", size, format.name), out.String())
		}
	}
}

// A share is to the nearest percent, but some are never none and not all never all; of few people a count says more.
func TestPartWords(t *testing.T) {
	for _, c := range []struct {
		n, of int
		want  string
	}{
		{371, 4000, "9 %"}, {61, 4000, "2 %"}, {19, 4000, "<1 %"}, {20, 4000, "1 %"}, {0, 4000, "0 %"}, {4000, 4000, "100 %"}, {3999, 4000, ">99 %"}, {50, 100, "50 %"}, {50, 99, ""},
	} {
		if got := partWords(c.n, c.of); got != c.want {
			t.Errorf("%d of %d: %q, want %q", c.n, c.of, got, c.want)
		}
	}
}

// What a cohort says of its sheets and of rare skills is no answer to where its people stand: somebody has to talk with them.
func TestNextStepsOfFewPeople(t *testing.T) {
	seven := 7
	var kinds []string
	for _, step := range cohortNext(&CohortReport{
		MinGroup: 5, People: Figure{N: &seven, AtLeast: 7}, Standing: CohortStanding{Ready: Figure{reason: disclosure.NoSplit}},
		FewerThan: 5, Few: []CohortFew{{}}, Sheets: CohortSheets{Partial: PartFigure{Figure: Figure{N: &seven, AtLeast: 7}}},
	}, CohortExtras{}) {
		kinds = append(kinds, step.Kind)
	}
	if want := []string{"one_by_one", "ask_more", "spread", "finish"}; !slices.Equal(kinds, want) {
		t.Errorf("next steps %v, want %v", kinds, want)
	}
}

// Who asked for the file with a line for each person is not told to ask for it.
func TestNextStepsKnowTheFile(t *testing.T) {
	for people, want := range map[bool]string{false: "--people FILE writes where each stands", true: "the file of people says where each stands"} {
		words := cohortNext(&CohortReport{MinGroup: 5}, CohortExtras{People: people})[0].Words
		if !strings.Contains(words, want) {
			t.Errorf("with a file %t: %q does not say %q", people, words, want)
		}
	}
}
