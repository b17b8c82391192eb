package formmap

import (
	"encoding/csv"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
	"github.com/pmpath/pmpath/rubrics"
)

var update = flag.Bool("update", false, "write golden files anew")

func TestForms(t *testing.T) {
	for name, write := range map[string]func(*Form) ([]byte, error){
		"form.csv":       (*Form).CSV,
		"form.txt":       func(f *Form) ([]byte, error) { return f.Text(), nil },
		"qualtrics.txt":  func(f *Form) ([]byte, error) { return f.Qualtrics(), nil },
		"limesurvey.tsv": (*Form).LimeSurvey,
	} {
		t.Run(name, func(t *testing.T) {
			got, err := write(NewForm(rubrictest.Small(t)))
			if err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", "forms", name)
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func shipped(t *testing.T) *rubric.Rubric {
	t.Helper()
	r, err := rubrics.Load("product-management")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// LimeSurvey's manual: codes of questions have at most 20 letters and digits and begin with a letter, codes of answers at most 5; none may be there twice.
func TestCodes(t *testing.T) {
	for _, r := range []*rubric.Rubric{rubrictest.Small(t), shipped(t)} {
		seen := map[string]bool{}
		for _, q := range NewForm(r).questions() {
			if len(q.Code) > 20 || len(q.Code) == 0 || q.Code[0] < 'a' || q.Code[0] > 'z' || strings.Trim(q.Code, "abcdefghijklmnopqrstuvwxyz0123456789") != "" || seen[q.Code] {
				t.Errorf("%s: %q", q.ID, q.Code)
			}
			seen[q.Code] = true
			answers := map[string]bool{}
			for _, c := range q.Choices {
				if len(c.Code) > 5 || len(c.Code) == 0 || answers[c.Code] || c.Code[0] < 'A' || c.Code[0] > 'Z' {
					t.Errorf("%s: %q", q.ID, c.Code)
				}
				answers[c.Code] = true
			}
		}
	}
	codes := codesOf([]string{"very-long-id-of-a-question-one", "very-long-id-of-a-question-two", "a-b", "ab"})
	want := map[string]string{"very-long-id-of-a-question-one": "verylongidofaquestio", "very-long-id-of-a-question-two": "verylongidofaquesti2", "a-b": "ab", "ab": "ab2"}
	if diff := cmp.Diff(want, codes); diff != "" {
		t.Error(diff)
	}
}

// What a stage asks for is no business of the person who answers: no text about criteria, weights or floors is in a form.
func TestFormsHideWhatStagesAskFor(t *testing.T) {
	r := rubrictest.Small(t)
	form := NewForm(r)
	var all strings.Builder
	for _, write := range []func() ([]byte, error){form.CSV, form.LimeSurvey, func() ([]byte, error) { return form.Text(), nil }, func() ([]byte, error) { return form.Qualtrics(), nil }} {
		data, err := write()
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
	}
	for _, stage := range r.Stages {
		for _, c := range stage.Criteria {
			if strings.Contains(all.String(), c.Why) {
				t.Errorf("it says %q", c.Why)
			}
		}
	}
	for _, word := range []string{"weight", "floor", "80 %", "80%", "must-have", "required"} {
		if strings.Contains(strings.ToLower(all.String()), word) {
			t.Errorf("it says %q", word)
		}
	}
	// The same levels, asked for otherwise, give the same form.
	other := *r
	other.Stages = nil
	for _, stage := range r.Stages {
		plain := *stage
		plain.Criteria, plain.Gates = nil, nil
		other.Stages = append(other.Stages, &plain)
	}
	if diff := cmp.Diff(form, NewForm(&other)); diff != "" {
		t.Error(diff)
	}
}

// hostile is a rubric whose texts would be something else in each of the formats.
func hostile(t *testing.T) *rubric.Rubric {
	r := rubrictest.Small(t)
	r.Title = "=cmd|' /C calc'!A0"
	r.Areas[0].Title = "]][[PageBreak]]"
	item := r.Items[0]
	item.Ask = "[[Choices]]\n<script>alert(1)</script> {TOKEN:FIRSTNAME} =1+1\t& \"quoted\""
	item.Anchors = []string{"@SUM(1)", "-1", "+1", "<b>1</b>"}
	item.Evidence = "'); DROP TABLE"
	return r
}

func TestHostileTextsInForms(t *testing.T) {
	form := NewForm(hostile(t))
	qualtrics := string(form.Qualtrics())
	if strings.Contains(qualtrics, "<script>") || strings.Contains(qualtrics, "[[PageBreak]]") || strings.Count(qualtrics, "[[Choices]]") != strings.Count(qualtrics, "[[Question:MC") {
		t.Errorf("%s", qualtrics)
	}
	lime, err := form.LimeSurvey()
	if err != nil {
		t.Fatal(err)
	}
	rd := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(lime), "\uFEFF")))
	rd.Comma = '\t'
	rows, err := rd.ReadAll() // every row has as many cells as the header
	if err != nil {
		t.Fatal(err)
	}
	if text := string(lime); strings.Contains(text, "<script>") || strings.Contains(text, "{TOKEN") || len(rows) < 20 {
		t.Errorf("%s", text)
	}
	data, err := form.CSV()
	if err != nil {
		t.Fatal(err)
	}
	rows, err = csv.NewReader(strings.NewReader(string(data))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("a spreadsheet calculates %q", cell)
			}
		}
	}
}
