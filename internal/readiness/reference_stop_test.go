package readiness_test

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// The answer sheets come with a GPL package and are therefore no part of this repository.
const stopCase = "../../../shared/reference/cases/s09-curtail-itemscores"

// TestReferenceEarlyStop asks 500 people the 20 questions of a sum score in order, and stops where no answer to the rest can change the
// verdict. Published figures: README of the R package curtail, after Finkelman, Smits, Kim & Riley (2012).
func TestReferenceEarlyStop(t *testing.T) {
	want, sheets := readStopCase(t)
	r := sumScore(t)

	var lengths []int
	stopped, ready, agree := 0, 0, 0
	for _, levels := range sheets {
		n, verdict := stop(r, levels)
		lengths = append(lengths, n)
		if n < len(levels) {
			stopped++
		}
		if verdict == readiness.Ready {
			ready++
		}
		if sum := total(levels); verdict == readiness.Ready && sum >= 17 || verdict == readiness.NotReady && sum < 17 {
			agree++
		}
	}
	n := len(sheets)
	got := map[string]string{
		"det.mean_length":          ratio(total(lengths), n).RatString(),
		"det.median_length":        median(lengths),
		"det.proportion_curtailed": ratio(stopped, n).RatString(),
		"det.at_risk":              fmt.Sprint(ready),
		"det.not_at_risk":          fmt.Sprint(n - ready),
		"det.agreement_with_full":  ratio(agree, n).RatString(),
		"det.length_histogram":     histogram(lengths, 20),
	}
	for asked := 1; asked <= 20; asked++ {
		atLeast, atMost := thresholds(t, r, asked)
		got[fmt.Sprintf("det.stop_ready_if_cum_ge.item%d", asked)] = atLeast
		got[fmt.Sprintf("det.stop_notready_if_cum_le.item%d", asked)] = atMost
	}
	if sd, tolerance := want["det.sd_length"].number(t), 1e-6; math.Abs(deviation(lengths)-sd) > tolerance {
		t.Errorf("standard deviation of lengths %v, want %v", deviation(lengths), sd)
	}
	delete(want, "det.sd_length")
	exact := map[string]string{}
	for stat, figure := range want {
		exact[stat] = figure.exact()
	}
	equal(t, "figures", exact, got)
}

// figure is an expected figure: exact where it is a fraction, otherwise its value as it is written.
type figure struct {
	Exact string
	Value json.RawMessage
}

func (f figure) exact() string {
	if f.Exact != "" {
		return f.Exact
	}
	var counts map[string]int
	if json.Unmarshal(f.Value, &counts) == nil && counts != nil {
		return fmt.Sprint(counts)
	}
	return string(f.Value)
}

func (f figure) number(t *testing.T) float64 {
	n, err := strconv.ParseFloat(string(f.Value), 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// readStopCase returns the figures of deterministic stopping and the 500 sheets that they are about; the first 500 trained another method.
func readStopCase(t *testing.T) (map[string]figure, [][]int) {
	data, err := os.ReadFile(stopCase + ".json")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the reference sheets are not beside this repository")
	}
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Expected []struct {
			Stat string
			figure
		}
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	want := map[string]figure{}
	for _, expected := range file.Expected {
		if expected.Stat[:4] == "det." {
			want[expected.Stat] = expected.figure
		}
	}
	if len(want) != 48 { // 8 figures, and 2 for each of the 20 questions
		t.Fatalf("%d figures, want 48", len(want))
	}
	return want, readLevels(t)[500:]
}

func readLevels(t *testing.T) [][]int {
	file, err := os.Open(stopCase + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1001 {
		t.Fatalf("%d rows, want 1000 and a header", len(rows))
	}
	var sheets [][]int
	for _, row := range rows[1:] {
		var levels []int
		for _, cell := range row {
			level, err := strconv.Atoi(cell)
			if err != nil {
				t.Fatal(err)
			}
			levels = append(levels, level)
		}
		sheets = append(sheets, levels)
	}
	return sheets
}

// sumScore is the test as a rubric: 20 items from 0 to 3, each a competency that asks for 3, and 17 of 60 points needed.
func sumScore(t *testing.T) *rubric.Rubric {
	p := &problem{
		readyAt: ratio(17, 60), areaFloor: whole(0), maxShortfall: whole(3), mustShortfall: whole(3), span: whole(3), assessed: whole(0),
		areas: []area{{}},
	}
	for n := range 20 {
		p.areas[0].competencies = append(p.areas[0].competencies, competency{
			number: n, lo: 0, hi: 3, items: []item{{n, 1, false}}, asked: &criterion{level: whole(3), weight: 1},
		})
	}
	return p.load(t)
}

// stop answers one question after the other until the verdict is certain.
func stop(r *rubric.Rubric, levels []int) (asked int, verdict readiness.Verdict) {
	s := response.New(r)
	for {
		if verdict = readiness.Evaluate(s, r.Stages[0]).Verdict; verdict != readiness.Undetermined || asked == len(levels) {
			return asked, verdict
		}
		s.Answers[asked] = response.Answered(levels[asked])
		asked++
	}
}

// thresholds are the least sum of the first answers that is enough to stop as ready, and the largest that is too little; null for none.
func thresholds(t *testing.T, r *rubric.Rubric, asked int) (atLeast, atMost string) {
	atLeast, atMost = "null", "null"
	last := readiness.NotReady
	for sum := 0; sum <= 3*asked; sum++ {
		s := response.New(r)
		left := sum
		for i := range asked {
			level := min(left, 3)
			s.Answers[i] = response.Answered(level)
			left -= level
		}
		verdict := readiness.Evaluate(s, r.Stages[0]).Verdict
		if verdict < last {
			t.Errorf("%d points after %d questions: %v, but %v with one less", sum, asked, verdict, last)
		}
		last = verdict
		switch {
		case verdict == readiness.NotReady:
			atMost = strconv.Itoa(sum)
		case verdict == readiness.Ready && atLeast == "null":
			atLeast = strconv.Itoa(sum)
		}
	}
	return atLeast, atMost
}

func total(numbers []int) int {
	sum := 0
	for _, n := range numbers {
		sum += n
	}
	return sum
}

func median(numbers []int) string {
	sorted := slices.Sorted(slices.Values(numbers))
	half := len(sorted) / 2
	return ratio(sorted[half-1]+sorted[half], 2).RatString() // of an even number of sheets
}

// deviation divides by N − 1.
func deviation(numbers []int) float64 {
	mean := float64(total(numbers)) / float64(len(numbers))
	squares := 0.0
	for _, n := range numbers {
		squares += (float64(n) - mean) * (float64(n) - mean)
	}
	return math.Sqrt(squares / float64(len(numbers)-1))
}

func histogram(lengths []int, longest int) string {
	counts := map[string]int{}
	for n := 1; n <= longest; n++ {
		counts[strconv.Itoa(n)] = 0
	}
	for _, n := range lengths {
		counts[strconv.Itoa(n)]++
	}
	return fmt.Sprint(counts)
}
