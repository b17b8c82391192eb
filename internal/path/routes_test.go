package path

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

func stageNames(stages []*rubric.Stage) string {
	var list []string
	for _, s := range stages {
		list = append(list, s.ID)
	}
	return strings.Join(list, " ")
}

// The small ladder is starter → builder and guide → lead.
func TestAhead(t *testing.T) {
	r := rubrictest.Small(t)
	for _, test := range []struct {
		from string
		all  bool
		want string
	}{
		{"starter", false, "builder guide"}, {"starter", true, "builder guide lead"}, {"guide", false, "lead"}, {"guide", true, "lead"}, {"lead", true, ""},
		{"", false, "starter"}, {"", true, "starter builder guide lead"},
	} {
		var from *rubric.Stage
		if test.from != "" {
			from = r.StageNamed(test.from)
		}
		if got := stageNames(Ahead(r, from, test.all)); got != test.want {
			t.Errorf("from %q, all %v: %q, want %q", test.from, test.all, got, test.want)
		}
	}
}

// What is named is where routes start, else what the answers hold: starter asks nothing, and builder is held at (2·2 + 2)/3 = 2, 1 and 1 but for its gate.
func TestFrom(t *testing.T) {
	r := rubrictest.Small(t)
	s := response.New(r)
	if got := From(s); got != r.StageNamed("starter") {
		t.Errorf("nothing answered: %v", got)
	}
	for i, level := range []int{2, 2, 1, 1} {
		s.Answers[i] = response.Answered(level)
	}
	if got := From(s); got != r.StageNamed("builder") {
		t.Errorf("by the answers: %v", got)
	}
	s.Stage = r.StageNamed("guide")
	if got := From(s); got != r.StageNamed("guide") {
		t.Errorf("as named: %v", got)
	}
}

// By hand, towards builder: framing 2 (floor 3/2), measuring 1 (floor 0), talking 1 (floor 0); guide asks nothing of measuring.
func TestStandingOf(t *testing.T) {
	r := rubrictest.Small(t)
	answered := response.Answered
	open := response.Answer{}
	for _, test := range []struct {
		answers [4]response.Answer
		want    string // of framing, measuring, talking
	}{
		{[4]response.Answer{answered(2), answered(2), answered(1), answered(3)}, "reached reached reached"},
		{[4]response.Answer{answered(2), answered(1), answered(0), answered(0)}, "holds holds holds"},            // 5/3 of 2; 0 is the floor
		{[4]response.Answer{answered(1), answered(2), open, response.NotApplicable()}, "missing holds left_out"}, // 4/3 < 3/2; measuring 0 to 3
		{[4]response.Answer{answered(2), open, answered(1), open}, "open reached holds"},                         // 4/3 to 7/3
		{[4]response.Answer{answered(3), open, answered(1), open}, "reached reached holds"},                      // 2 to 3
	} {
		s := response.New(r)
		copy(s.Answers, test.answers[:])
		result := readiness.Evaluate(s, r.StageNamed("builder"))
		var got []string
		for _, c := range r.Competencies {
			got = append(got, StandingOf(CriterionOf(result, c)).String())
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%v: %v, want %s", test.answers, got, test.want)
		}
	}
	result := readiness.Evaluate(response.New(r), r.StageNamed("guide"))
	if got := StandingOf(CriterionOf(result, r.CompetencyNamed("measuring"))); got != NotAsked {
		t.Errorf("guide asks nothing of measuring: %v", got)
	}
}

// What is said with open answers is true of every way to answer them.
func TestStandingIsTrueWhateverIsAnswered(t *testing.T) {
	r := rubrictest.Small(t)
	rapid.Check(t, func(t *rapid.T) {
		s := response.New(r)
		var open []int
		for i, item := range r.Items {
			if level := rapid.IntRange(-2, 3).Draw(t, item.ID); level >= 0 {
				s.Answers[i] = response.Answered(level)
			} else {
				open = append(open, i)
			}
		}
		target := rapid.SampledFrom(r.Stages[1:]).Draw(t, "target")
		before := readiness.Evaluate(s, target)
		missed, held := make([]bool, len(before.Criteria)), make([]bool, len(before.Criteria))
		var complete func(left []int)
		complete = func(left []int) {
			if len(left) > 0 {
				for level := range 4 {
					s.Answers[left[0]] = response.Answered(level)
					complete(left[1:])
				}
				return
			}
			for i, c := range target.Criteria {
				total, weight := int64(0), int64(0)
				for _, item := range c.Competency.Items {
					level, _ := s.Answers[item.Index].Level()
					total, weight = total+int64(item.Weight*level), weight+int64(item.Weight)
				}
				num, den, _ := c.Level.Parts()
				reached := total*den >= num*weight
				num, den, _ = c.Floor.Parts()
				holds := total*den >= num*weight
				missed[i], held[i] = missed[i] || !holds, held[i] || holds
				switch standing := StandingOf(&before.Criteria[i]); {
				case standing == Reached && !reached, standing == Holds && !holds, standing == Missing && holds:
					t.Fatalf("%s was said to be %s", c.Competency.ID, standing)
				}
			}
		}
		complete(open)
		for i := range before.Criteria {
			if open := StandingOf(&before.Criteria[i]) == Open; open != (missed[i] && held[i]) {
				t.Fatalf("%s: open is %v", before.Criteria[i].Competency.ID, open)
			}
		}
	})
}
