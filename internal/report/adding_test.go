package report

import (
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
	"github.com/pmpath/pmpath/rubrics"
)

// An independent hand: everything that the JSON form prints is added up again from the answers on the sheet, with big.Rat.
func TestJSONAddsUp(t *testing.T) {
	small := rubrictest.Small(t)
	shipped, err := rubrics.Load("product-management")
	if err != nil {
		t.Fatal(err)
	}
	higher, lower := shifted(t, 2), shifted(t, -5)
	seen := map[string]bool{}
	for _, person := range people { // every verdict and every state of an answer is among them
		checkAddsUp(t, assess(t, small, person.sheet), rendered(t, asExplanationJSON(whole), assess(t, small, person.sheet)), seen)
	}
	for _, what := range []string{"ready", "not_ready", "undetermined", "guard", "open", "not_applicable", "level", "nothing applicable"} {
		if !seen[what] {
			t.Errorf("never seen: %s", what)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		a := drawAssessment(rt, rapid.SampledFrom([]*rubric.Rubric{small, small, shipped, higher, lower}).Draw(rt, "rubric"))
		checkAddsUp(rt, a, rendered(t, asExplanationJSON(whole), a), seen)
		checkAddsUp(rt, a, rendered(t, asExplanationJSON(route), a), seen)
	})
}

// shifted is the small rubric with other numbers for its levels, so that the lowest is not 0.
func shifted(t *testing.T, by int) *rubric.Rubric {
	r := rubrictest.Small(t)
	for _, scale := range r.Scales {
		for i := range scale.Levels {
			scale.Levels[i].Level += by
		}
	}
	for _, c := range r.Competencies {
		for i := range c.Grow {
			c.Grow[i].Level += by
		}
	}
	for _, stage := range r.Stages {
		for _, c := range stage.Criteria {
			c.Level, c.Floor = c.Level.Add(fraction.Int(by)), c.Floor.Add(fraction.Int(by))
		}
	}
	return r
}

func asExplanationJSON(of func(*readiness.Assessment, Options) *Explanation) func(io.Writer, *readiness.Assessment) error {
	return func(w io.Writer, a *readiness.Assessment) error { return JSON(w, of(a, forJSON)) }
}

// The shape of the JSON form as a reader knows it who has its documentation alone.
type (
	exact     struct{ Exact string }
	readRange struct{ Worst, Best exact }
	readSum   struct {
		Points, Share   readRange
		Possible, Needs exact
		ShareNeeded     exact `json:"share_needed"`
		Worst, Best     int64
		WorstPercent    int64 `json:"worst_percent"`
		BestPercent     int64 `json:"best_percent"`
		Margin          *readRange
		Outcome         string
	}
	readCriterion struct {
		ID                         string
		Must, Applicable           bool
		Weight, Levels             int64
		From                       exact `json:"counts_from"`
		Level, Floor               exact
		Items                      []readItem
		ItemWeight                 int64 `json:"item_weight"`
		AllWeight                  int64 `json:"item_weight_of_all"`
		Sum, Score, Counts, Points *readRange
		Possible                   *exact
		Margin                     *readRange
		Outcome                    string
		Lowest                     *struct{ Score, Points readRange } `json:"with_not_applicable_at_lowest"`
	}
	readItem struct {
		ID, Answer string
		Weight     int64
		Now        *struct{ Level int64 }
		Adds       *readRange
		Moves      *exact `json:"one_level_moves_the_score_by"`
		More       *exact `json:"one_level_more_brings"`
		Less       *exact `json:"one_level_less_costs"`
	}
	readArea struct {
		readSum
		ID             string
		Weight         int64
		WeightLeft     exact `json:"weight_left"`
		Assessed       exact
		AssessedNeeded exact `json:"assessed_needed"`
		NotAssessed    bool  `json:"not_assessed"`
		Criteria       []readCriterion
	}
	readCondition struct {
		Kind, ID, Outcome string
		Held, Margin      readRange
		Need, Range       exact
	}
	readStage struct {
		Stage    struct{ ID string }
		Verdict  string
		Tally    struct{ All, Hold, Open, Fail int }
		Deciding *readCondition
		Fit      readSum
		Areas    []readArea
		Gates    []struct {
			ID, Outcome string
			Hard        bool
			Margin      *readRange
		}
		Conditions []readCondition
	}
)

func rat(t rapid.TB, text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatalf("%q is no number", text)
	}
	return r
}

func whole64(n int64) *big.Rat { return new(big.Rat).SetInt64(n) }

// hand adds up, and complains where the printed number is another.
type hand struct {
	rapid.TB
	where string
}

func (h hand) same(what string, want *big.Rat, printed exact) {
	h.Helper()
	if rat(h.TB, printed.Exact).Cmp(want) != 0 {
		h.Fatalf("%s: %s is %s, added up it is %s", h.where, what, printed.Exact, want.RatString())
	}
}

func (h hand) sameRange(what string, worst, best *big.Rat, printed readRange) {
	h.Helper()
	h.same(what+" at worst", worst, printed.Worst)
	h.same(what+" at best", best, printed.Best)
}

func outcomeOf(worst, best *big.Rat) string {
	switch {
	case best.Sign() < 0:
		return "fails"
	case worst.Sign() >= 0:
		return "holds"
	}
	return "open"
}

func add(a, b *big.Rat) *big.Rat { return new(big.Rat).Add(a, b) }
func sub(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }
func mul(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }
func quo(a, b *big.Rat) *big.Rat { return new(big.Rat).Quo(a, b) }

func clamp(r, hi *big.Rat) *big.Rat {
	switch {
	case r.Sign() < 0:
		return new(big.Rat)
	case r.Cmp(hi) > 0:
		return hi
	}
	return r
}

func checkAddsUp(t rapid.TB, a *readiness.Assessment, data string, seen map[string]bool) {
	var doc struct{ Stages []readStage }
	if err := json.Unmarshal([]byte(data), &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Stages) == 0 {
		t.Fatal("no stage is explained")
	}
	for _, s := range doc.Stages {
		checkStage(hand{t, s.Stage.ID}, a.Sheet, s, seen)
	}
}

func checkStage(h hand, sheet *response.Sheet, s readStage, seen map[string]bool) {
	stage := sheet.Rubric.StageNamed(s.Stage.ID)
	worst, best, possible := new(big.Rat), new(big.Rat), new(big.Rat)
	margins := map[string][2]*big.Rat{} // of every condition that there has to be
	criteria, guard := 0, false
	for _, area := range s.Areas {
		aWorst, aBest, aPossible, left, weight := new(big.Rat), new(big.Rat), new(big.Rat), new(big.Rat), int64(0)
		for _, c := range area.Criteria {
			asked := stage.Criteria[criteria]
			criteria++
			p := checkCriterion(hand{h.TB, h.where + " " + c.ID}, sheet, asked, c, seen)
			weight += c.Weight
			left = add(left, quo(whole64(c.Weight*c.ItemWeight), whole64(c.AllWeight)))
			if !c.Applicable {
				guard = guard || c.Must
				seen["nothing applicable"] = true
				continue
			}
			aWorst, aBest, aPossible = add(aWorst, p.worst), add(aBest, p.best), add(aPossible, p.possible)
			margins["criterion "+c.ID] = [2]*big.Rat{p.floorWorst, p.floorBest}
		}
		in := hand{h.TB, h.where + " " + area.ID}
		in.same("weight", whole64(weight), exact{fmt.Sprint(area.Weight)})
		in.same("weight left", left, area.WeightLeft)
		in.same("assessed", quo(left, whole64(weight)), area.Assessed)
		if short := quo(left, whole64(weight)).Cmp(rat(h.TB, area.AssessedNeeded.Exact)) < 0; short != area.NotAssessed {
			in.Fatalf("%s: not assessed: %v", in.where, area.NotAssessed)
		}
		guard = guard || area.NotAssessed
		in.sum(aWorst, aBest, aPossible, area.readSum, "area "+area.ID, margins)
		worst, best, possible = add(worst, aWorst), add(best, aBest), add(possible, aPossible)
	}
	if criteria != len(stage.Criteria) {
		h.Fatalf("%s: %d criteria, the stage has %d", h.where, criteria, len(stage.Criteria))
	}
	h.sum(worst, best, possible, s.Fit, "fit ", margins)
	one := whole64(1)
	for i, gate := range s.Gates {
		if gate.ID != stage.Gates[i].Gate.ID || gate.Hard != stage.Gates[i].Hard || gate.Hard != (gate.Margin != nil) {
			h.Fatalf("%s: gate %d is %+v", h.where, i, gate)
		}
		if gate.Hard {
			margins["gate "+gate.ID] = map[string][2]*big.Rat{"holds": {one, one}, "open": {whole64(-1), one}, "fails": {whole64(-1), whole64(-1)}}[gate.Outcome]
			h.sameRange("margin of "+gate.ID, margins["gate "+gate.ID][0], margins["gate "+gate.ID][1], *gate.Margin)
		}
	}
	checkConditions(h, s, margins, guard, seen)
}

// sum checks points added up, their share and what is needed, and states the condition.
func (h hand) sum(worst, best, possible *big.Rat, s readSum, key string, margins map[string][2]*big.Rat) {
	h.Helper()
	h.sameRange("points of "+key, worst, best, s.Points)
	h.same("possible of "+key, possible, s.Possible)
	cut := rat(h.TB, s.ShareNeeded.Exact)
	h.same("needs of "+key, mul(cut, possible), s.Needs)
	if possible.Sign() == 0 {
		if s.Margin != nil || s.Outcome != "" {
			h.Fatalf("%s: a margin of nothing", key)
		}
		return
	}
	lo, hi := quo(worst, possible), quo(best, possible)
	h.sameRange("share of "+key, lo, hi, s.Share)
	h.sameRange("margin of "+key, sub(lo, cut), sub(hi, cut), *s.Margin)
	margins[key] = [2]*big.Rat{sub(lo, cut), sub(hi, cut)}
	for percent, share := range map[int64]*big.Rat{s.WorstPercent: lo, s.BestPercent: hi} {
		if of := mul(share, whole64(100)); whole64(percent).Cmp(of) > 0 || whole64(percent+1).Cmp(of) <= 0 {
			h.Fatalf("%s: %d %% is not %s rounded down", key, percent, share.RatString())
		}
	}
}

type addedUp struct{ worst, best, possible, floorWorst, floorBest *big.Rat }

func checkCriterion(h hand, sheet *response.Sheet, asked *rubric.Criterion, c readCriterion, seen map[string]bool) addedUp {
	scale := asked.Competency.Scale
	lo, hi := int64(scale.Lo()), int64(scale.Hi())
	if c.ID != asked.Competency.ID || c.Weight != int64(asked.Weight) || c.Must != asked.Must || c.Levels != hi-lo || len(c.Items) != len(asked.Competency.Items) {
		h.Fatalf("%s: %+v", h.where, c)
	}
	level, floor, from := rat(h.TB, asked.Level.String()), rat(h.TB, asked.Floor.String()), rat(h.TB, asked.Level.Sub(asked.Span).String())
	h.same("level", level, c.Level)
	h.same("floor", floor, c.Floor)
	h.same("counts from", from, c.From)
	var worst, best, weight, all, lowest int64
	for i, item := range asked.Competency.Items {
		printed, answer, w := c.Items[i], sheet.Answers[item.Index], int64(item.Weight)
		if printed.ID != item.ID || printed.Weight != w {
			h.Fatalf("%s: %+v", h.where, printed)
		}
		seen[printed.Answer] = true
		all += w
		given, ok := answer.Level()
		switch {
		case answer.IsNotApplicable():
			lowest += w * lo
			if printed.Answer != "not_applicable" || printed.Adds != nil {
				h.Fatalf("%s: %+v", h.where, printed)
			}
			continue
		case ok:
			worst, best = worst+w*int64(given), best+w*int64(given)
			h.sameRange(item.ID, whole64(w*int64(given)), whole64(w*int64(given)), *printed.Adds)
			if printed.Answer != "level" || printed.Now.Level != int64(given) {
				h.Fatalf("%s: %+v", h.where, printed)
			}
		default:
			worst, best = worst+w*lo, best+w*hi
			h.sameRange(item.ID, whole64(w*lo), whole64(w*hi), *printed.Adds)
			if printed.Answer != "open" {
				h.Fatalf("%s: %+v", h.where, printed)
			}
		}
		weight += w
	}
	if weight != c.ItemWeight || all != c.AllWeight || c.Applicable != (weight > 0) {
		h.Fatalf("%s: weights %d of %d: %+v", h.where, weight, all, c)
	}
	pointsAt := func(sum, of int64) *big.Rat {
		return mul(whole64(c.Weight), clamp(sub(quo(whole64(sum), whole64(of)), from), sub(level, from)))
	}
	if (c.Lowest != nil) != (weight < all) {
		h.Fatalf("%s: %+v", h.where, c.Lowest)
	}
	if c.Lowest != nil {
		h.sameRange("lowest score", quo(whole64(worst+lowest), whole64(all)), quo(whole64(best+lowest), whole64(all)), c.Lowest.Score)
		h.sameRange("lowest points", pointsAt(worst+lowest, all), pointsAt(best+lowest, all), c.Lowest.Points)
	}
	if weight == 0 {
		if c.Score != nil || c.Points != nil || c.Possible != nil || c.Margin != nil {
			h.Fatalf("%s: numbers of nothing: %+v", h.where, c)
		}
		return addedUp{}
	}
	scoreWorst, scoreBest := quo(whole64(worst), whole64(weight)), quo(whole64(best), whole64(weight))
	got := addedUp{
		pointsAt(worst, weight), pointsAt(best, weight), mul(whole64(c.Weight), sub(level, from)),
		quo(sub(scoreWorst, floor), whole64(c.Levels)), quo(sub(scoreBest, floor), whole64(c.Levels)),
	}
	h.sameRange("sum", whole64(worst), whole64(best), *c.Sum)
	h.sameRange("score", scoreWorst, scoreBest, *c.Score)
	h.sameRange("counts", quo(got.worst, whole64(c.Weight)), quo(got.best, whole64(c.Weight)), *c.Counts)
	h.sameRange("points", got.worst, got.best, *c.Points)
	h.same("possible", got.possible, *c.Possible)
	h.sameRange("margin", got.floorWorst, got.floorBest, *c.Margin)
	if c.Outcome != outcomeOf(got.floorWorst, got.floorBest) {
		h.Fatalf("%s: %s", h.where, c.Outcome)
	}
	for _, item := range c.Items {
		if item.Answer != "not_applicable" {
			h.same(item.ID+" moves", quo(whole64(item.Weight), whole64(weight)), *item.Moves)
		}
		if item.Answer != "level" || (item.More == nil) != (item.Now.Level == hi) || (item.Less == nil) != (item.Now.Level == lo) {
			if item.Answer == "level" || item.More != nil || item.Less != nil {
				h.Fatalf("%s: %+v", h.where, item)
			}
			continue
		}
		if item.More != nil {
			h.same(item.ID+" one more", sub(pointsAt(worst+item.Weight, weight), got.worst), *item.More)
		}
		if item.Less != nil {
			h.same(item.ID+" one less", sub(got.worst, pointsAt(worst-item.Weight, weight)), *item.Less)
		}
	}
	return got
}

// checkConditions looks for every condition with its margin, in the order in which they decide, and takes the verdict from them.
func checkConditions(h hand, s readStage, margins map[string][2]*big.Rat, guard bool, seen map[string]bool) {
	if len(margins) != len(s.Conditions) || s.Tally.All != len(s.Conditions) {
		h.Fatalf("%s: %d conditions, there are %d", h.where, len(s.Conditions), len(margins))
	}
	tally := map[string]int{}
	order := map[string]int{"fails": 0, "open": 1, "holds": 2}
	telling := func(c readCondition) *big.Rat {
		m := margins[c.Kind+" "+c.ID]
		if c.Outcome == "fails" {
			return m[1]
		}
		return m[0]
	}
	for i, c := range s.Conditions {
		m, ok := margins[c.Kind+" "+c.ID]
		if !ok {
			h.Fatalf("%s: a condition that should not be there: %+v", h.where, c)
		}
		h.sameRange("margin of "+c.ID, m[0], m[1], c.Margin)
		if c.Kind != "gate" {
			need, of := rat(h.TB, c.Need.Exact), rat(h.TB, c.Range.Exact)
			h.sameRange("division of "+c.ID, quo(sub(rat(h.TB, c.Held.Worst.Exact), need), of), quo(sub(rat(h.TB, c.Held.Best.Exact), need), of), c.Margin)
		}
		if c.Outcome != outcomeOf(m[0], m[1]) {
			h.Fatalf("%s: %+v", h.where, c)
		}
		tally[c.Outcome]++
		if i > 0 {
			before := s.Conditions[i-1]
			if order[before.Outcome] > order[c.Outcome] || before.Outcome == c.Outcome && telling(before).Cmp(telling(c)) > 0 {
				h.Fatalf("%s: %s stands before %s", h.where, before.ID, c.ID)
			}
		}
	}
	if s.Tally.Hold != tally["holds"] || s.Tally.Open != tally["open"] || s.Tally.Fail != tally["fails"] {
		h.Fatalf("%s: %+v, counted %v", h.where, s.Tally, tally)
	}
	seen[s.Verdict] = true
	want := "ready"
	switch {
	case tally["fails"] > 0:
		want = "not_ready"
	case tally["open"] > 0 || guard:
		want = "undetermined"
	}
	if atRisk := want == "ready" && s.Verdict == "undetermined" && s.Deciding == nil && strings.Contains(fmt.Sprint(s.Areas), "open"); atRisk {
		return // an open question that may still be left out
	}
	seen["guard"] = seen["guard"] || want == "undetermined" && tally["open"] == 0
	if s.Verdict != want {
		h.Fatalf("%s: %s, the conditions say %s", h.where, s.Verdict, want)
	}
	if len(s.Conditions) > 0 && !(want == "undetermined" && tally["open"] == 0) && (s.Deciding == nil || s.Deciding.ID != s.Conditions[0].ID || s.Deciding.Kind != s.Conditions[0].Kind) {
		h.Fatalf("%s: %+v decides, first stands %+v", h.where, s.Deciding, s.Conditions[0])
	}
}

// The page says enough to add it up again: every row of every table, and the sums below.
func TestTextAddsUp(t *testing.T) {
	r := rubrictest.Small(t)
	rapid.Check(t, func(rt *rapid.T) {
		page := rendered(t, asExplanation(Layout{Width: 200}, route), drawAssessment(rt, r))
		if rows := checkPage(rt, page); rows < 10 {
			rt.Fatalf("only %d rows were looked at:\n%s", rows, page)
		}
	})
}

var (
	cells   = regexp.MustCompile(` {2,}`)
	sumLine = regexp.MustCompile(`^  Sum: (.*) of (.*) points = (.*) \((.*) %\); needs (.*) % = (.*) points\. (.*)$`)
)

// fromTo reads "1 2/3", "−0.5" or "1 to 2.5".
func fromTo(t *rapid.T, text string) (worst, best *big.Rat) {
	read := func(text string) *big.Rat {
		text, negative := strings.CutPrefix(text, "−")
		sum := new(big.Rat)
		for _, part := range strings.Fields(text) {
			sum = add(sum, rat(t, part))
		}
		if negative {
			return sum.Neg(sum)
		}
		return sum
	}
	if low, high, ok := strings.Cut(text, " to "); ok {
		return read(low), read(high)
	}
	return read(text), read(text)
}

// meanOf is the mean of answers such as "2×2+?", where an open one is the lowest level or the highest: the scale of the small rubric runs from 0 to 3.
func meanOf(t *rapid.T, text string) (worst, best *big.Rat) {
	sum, most, weights := new(big.Rat), new(big.Rat), new(big.Rat)
	for _, part := range strings.Split(text, "+") {
		level, by, ok := strings.Cut(part, "×")
		weight := whole64(1)
		if ok {
			weight = rat(t, by)
		}
		weights = add(weights, weight)
		if level == "?" {
			most = add(most, mul(whole64(3), weight))
			continue
		}
		sum = add(sum, mul(rat(t, level), weight))
	}
	return quo(sum, weights), quo(add(sum, most), weights)
}

// roundedDown cuts a number below its fourth decimal.
func roundedDown(r *big.Rat) *big.Rat {
	scaled := mul(r, whole64(10000))
	return new(big.Rat).SetFrac(new(big.Int).Div(scaled.Num(), scaled.Denom()), big.NewInt(10000))
}

func checkPage(t *rapid.T, page string) int {
	rows, head, columns, floors := 0, "", 0, map[string]*big.Rat{}
	points, possible := [2]*big.Rat{new(big.Rat), new(big.Rat)}, new(big.Rat)
	equal := func(line, what string, want, got *big.Rat) {
		if want.Cmp(got) != 0 {
			t.Fatalf("%s: %s, added up it is %s: %q\n%s", what, got.RatString(), want.RatString(), line, page)
		}
	}
	for line := range strings.Lines(page) {
		line = strings.TrimRight(line, "\n")
		row := cells.Split(strings.TrimPrefix(line, "  "), -1)
		switch {
		case strings.HasPrefix(line, "  Skill ") || strings.HasPrefix(line, "  Area ") || strings.HasPrefix(line, "  Condition "):
			head, columns = row[0], len(row)
			points, possible = [2]*big.Rat{new(big.Rat), new(big.Rat)}, new(big.Rat)
		case line == "":
			head = ""
		case head == "Skill" && len(row) == columns && columns >= 8:
			rows++
			aw, ab := meanOf(t, row[1])
			sw, sb := fromTo(t, row[2])
			floor, _ := fromTo(t, row[3])
			from, _ := fromTo(t, row[4])
			to, _ := fromTo(t, row[5])
			weight := whole64(1) // where no column says another
			if columns == 9 {
				weight, _ = fromTo(t, row[6])
			}
			pw, pb := fromTo(t, row[columns-2])
			of, _ := fromTo(t, row[columns-1])
			equal(line, "score", aw, sw)
			equal(line, "score", ab, sb)
			equal(line, "points", mul(clamp(sub(sw, from), sub(to, from)), weight), pw)
			equal(line, "points", mul(clamp(sub(sb, from), sub(to, from)), weight), pb)
			equal(line, "of", mul(sub(to, from), weight), of)
			floors[row[0]] = floor
			points, possible = [2]*big.Rat{add(points[0], pw), add(points[1], pb)}, add(possible, of)
		case head == "Area" && len(row) == 3:
			rows++
			pw, pb := fromTo(t, row[1])
			of, _ := fromTo(t, row[2])
			points, possible = [2]*big.Rat{add(points[0], pw), add(points[1], pb)}, add(possible, of)
		case head == "Condition" && len(row) == 6:
			rows++
			hw, hb := fromTo(t, row[2])
			need, _ := fromTo(t, row[3])
			of, _ := fromTo(t, row[4])
			mw, mb := fromTo(t, row[5])
			equal(line, "margin", roundedDown(quo(sub(hw, need), of)), mw)
			equal(line, "margin", roundedDown(quo(sub(hb, need), of)), mb)
			if want := map[string]string{"holds": "holds", "fails": "short", "open": "open"}[outcomeOf(sub(hw, need), sub(hb, need))]; row[1] != want {
				t.Fatalf("%q: %s", line, want)
			}
			if floor, ok := floors[row[0]]; ok {
				equal(line, "floor", floor, need)
			}
		case head != "" && head != "Condition" && strings.HasPrefix(line, "  Sum: "):
			m := sumLine.FindStringSubmatch(line)
			if m == nil {
				t.Fatalf("%q", line)
			}
			pw, pb := fromTo(t, m[1])
			of, _ := fromTo(t, m[2])
			sw, sb := fromTo(t, m[3])
			percent, _ := fromTo(t, m[5])
			needs, _ := fromTo(t, m[6])
			equal(line, "sum", points[0], pw)
			equal(line, "sum", points[1], pb)
			equal(line, "possible", possible, of)
			equal(line, "share", quo(pw, of), sw)
			equal(line, "share", quo(pb, of), sb)
			equal(line, "needs", mul(quo(percent, whole64(100)), of), needs)
			if want := outcomeSentences[outcomeOf(sub(pw, needs), sub(pb, needs))]; m[7] != want {
				t.Fatalf("%q: %s", line, want)
			}
			head = ""
		}
	}
	return rows
}
