package policy

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Options are what a judge needs beside the policy.
type Options struct {
	Fields   []string      // the names of intake.Person.Fields, in their order
	Today    response.Date // the day to judge by
	Baseline *Baseline     // nil: none is at hand
	Changed  *Baseline     // the baseline as the change under judgement leaves it, where Baseline is the one before; nil: not looked at
	// Name appends what stands for a person's name in reports and in the baseline. Each worker gets one of its own.
	Name func() func(dst, name []byte) []byte
}

// Judge looks at people for a policy. Its workers may run side by side.
type Judge struct {
	policy  *Policy
	options Options
	team    int // index into intake.Person.Fields; −1 where no rule asks
	same    []bool
	changed []string // competencies that the rubric asks otherwise than the baseline
	rubric  *rubric.Rubric
	latest  response.Date // that answers may have: tomorrow, as it is that already further east

	mutex   sync.Mutex
	workers []*Worker
}

// MissingError is something that a rule needs and that is not there.
type MissingError struct {
	Rule *Rule
	What string
	Do   string
}

func (e *MissingError) Error() string { return e.What }

// MostGroups bounds how many groups a judge tells apart.
const MostGroups = 10_000

// NewJudge returns a judge. It fails with a MissingError where a rule needs a column or a baseline that is not there.
func NewJudge(p *Policy, o Options) (*Judge, error) {
	j := &Judge{policy: p, rubric: p.Rubric, options: o, team: -1, latest: dayAfter(o.Today)}
	if rule, asks := p.Uses(ByTeam); asks {
		if j.team = slices.Index(o.Fields, ByTeam); j.team < 0 {
			return nil, &MissingError{rule, fmt.Sprintf("the rule %q is about teams, and the answers have no column %q", rule.ID, ByTeam), "add the column, or take the rule away"}
		}
	}
	if rule, asks := p.Wants(NoRegression); asks {
		if o.Baseline == nil {
			return nil, &MissingError{rule, fmt.Sprintf("the rule %q needs a baseline", rule.ID), "name one with --baseline; \"pmpath cohort gate baseline write\" makes it"}
		}
		j.same, j.changed = o.Baseline.SameQuestions(p.Rubric)
	}
	return j, nil
}

// dayAfter is the next day of the calendar.
func dayAfter(day response.Date) response.Date {
	t, err := time.Parse(time.DateOnly, day.String())
	if err != nil {
		return day
	}
	return response.On(t.AddDate(0, 0, 1))
}

// Worker returns a further worker.
func (j *Judge) Worker() *Worker {
	w := &Worker{judge: j, cells: map[cellKey]*cell{}, asked: make([]int, len(j.policy.Rules))}
	if j.options.Name != nil {
		w.name = j.options.Name()
	}
	if j.options.Baseline != nil {
		w.seen = make([]bool, len(j.options.Baseline.People))
	}
	j.mutex.Lock()
	j.workers = append(j.workers, w)
	j.mutex.Unlock()
	return w
}

// Worker looks at the people that it is handed. It belongs to one goroutine.
type Worker struct {
	judge  *Judge
	name   func(dst, name []byte) []byte
	text   []byte
	cells  map[cellKey]*cell
	full   bool // there were more groups than can be told apart
	faults []Case
	seen   []bool // by index in the baseline
	people int
	fresh  int   // people who are not in the baseline
	asked  []int // by rule about people: how many it looked at
}

// cellKey tells apart people as rules do. A stage that is not said is −1.
type cellKey struct {
	stage, target int
	team          string
}

// cell counts the people of one key.
type cell struct {
	people                        int
	ready, notReady, undetermined int
	areas                         []areaCount // by rubric.Area.Index
}

type areaCount struct{ holds, fails, open int }

// Handle looks at one person. It writes nothing.
func (w *Worker) Handle(p *intake.Person, out []byte) []byte {
	w.people++
	target := targetOf(p)
	w.count(p, target)
	w.findFaults(p, target)
	return out
}

// targetOf is the stage that a person is measured against: the one that the sheet asks about, else the first that follows the role held today, or nil. Package cohort has the same rule.
func targetOf(p *intake.Person) *rubric.Stage {
	switch {
	case p.Target != nil:
		return p.Target
	case p.Stage != nil && len(p.Stage.Next) > 0:
		return p.Stage.Next[0]
	}
	return nil
}

func (w *Worker) count(p *intake.Person, target *rubric.Stage) {
	key := cellKey{-1, -1, ""}
	if p.Stage != nil {
		key.stage = p.Stage.Index
	}
	if target != nil {
		key.target = target.Index
	}
	if w.judge.team >= 0 {
		key.team = string(p.Fields[w.judge.team])
	}
	c := w.cells[key]
	if c == nil {
		if len(w.cells) >= MostGroups {
			w.full = true
			return
		}
		c = &cell{areas: make([]areaCount, len(w.judge.rubric.Areas))}
		w.cells[key] = c
	}
	c.people++
	if target == nil {
		c.undetermined++
		for i := range c.areas {
			c.areas[i].open++
		}
		return
	}
	result := readiness.Evaluate(p.Sheet(w.judge.rubric), target)
	switch result.Verdict {
	case readiness.Ready:
		c.ready++
	case readiness.NotReady:
		c.notReady++
	case readiness.Undetermined:
		c.undetermined++
	}
	for i := range result.Areas {
		a := &result.Areas[i]
		switch count := &c.areas[a.Area.Index]; {
		case a.NotAssessed: // too much is not applicable to say so
			count.open++
		case a.Outcome == readiness.Holds:
			count.holds++
		case a.Outcome == readiness.Fails:
			count.fails++
		case a.Outcome == readiness.Open:
			count.open++
		}
	}
}

// nameOf is what stands for a person in reports.
func (w *Worker) nameOf(p *intake.Person) string {
	w.text = w.name(w.text[:0], p.Name)
	return string(w.text)
}

// findFaults asks the rules about people.
func (w *Worker) findFaults(p *intake.Person, target *rubric.Stage) {
	for _, rule := range w.judge.policy.Rules {
		if !rule.Measure.AboutPeople() || !w.concerns(rule, p, target) {
			continue
		}
		w.asked[rule.Index]++
		switch rule.Measure {
		case Ready, NotReady, Undetermined, AreaHolds: // are about groups
		case NoRegression:
			w.compare(rule, p)
		case SheetAge:
			w.askSheetAge(rule, p)
		case EvidenceAge:
			w.askEvidenceAge(rule, p)
		}
	}
}

func (w *Worker) concerns(rule *Rule, p *intake.Person, target *rubric.Stage) bool {
	for _, v := range rule.Group {
		is := ""
		switch v.By {
		case ByStage:
			is = idOf(p.Stage)
		case ByTarget:
			is = idOf(target)
		case ByTeam:
			is = string(p.Fields[w.judge.team])
		}
		if is != v.Is {
			return false
		}
	}
	return true
}

func idOf(stage *rubric.Stage) string {
	if stage == nil {
		return ""
	}
	return stage.ID
}

func (w *Worker) fault(c Case, p *intake.Person) {
	c.Person = w.nameOf(p)
	c.Group = c.Rule.Group
	w.faults = append(w.faults, c)
}

// compare holds a person against the baseline, one competency after the other.
func (w *Worker) compare(rule *Rule, p *intake.Person) {
	b := w.judge.options.Baseline
	name := w.nameOf(p)
	at, known := slices.BinarySearchFunc(b.People, name, byPerson)
	if !known {
		w.fresh++
		w.asked[rule.Index]--
		return
	}
	w.seen[at] = true
	for _, c := range w.judge.rubric.Competencies {
		before, had := b.People[at].Levels[c.ID]
		if !had || !w.judge.same[c.Index] {
			continue
		}
		worst, best, applies := scoreOf(c, p.Levels)
		one := Case{Rule: rule, Outcome: CannotTell, Competency: c, Before: before, Worst: worst, Best: best}
		switch {
		case !applies:
			one.Reason = NoLongerAsked
		case worst.Cmp(before) >= 0:
			continue
		case best.Cmp(before) < 0:
			one.Outcome, one.Reason = NotMet, Lower
		default:
			one.Reason = OpenNow
		}
		w.fault(one, p)
	}
}

// scoreOf is the mean level of a competency over its applicable items, with open ones at their lowest and at their highest (scoring.md: Quantities).
func scoreOf(c *rubric.Competency, levels []int8) (worst, best fraction.Fraction, applies bool) {
	var least, most, weight int64
	for _, item := range c.Items {
		level, w := levels[item.Index], int64(item.Weight)
		switch level {
		case intake.NotApplicable:
			continue
		case intake.Unanswered:
			least, most = least+w*int64(c.Scale.Lo()), most+w*int64(c.Scale.Hi())
		default:
			least, most = least+w*int64(level), most+w*int64(level)
		}
		weight += w
	}
	if weight == 0 {
		return worst, best, false
	}
	return fraction.Of(least, weight), fraction.Of(most, weight), true
}

func (w *Worker) askSheetAge(rule *Rule, p *intake.Person) {
	today := w.judge.options.Today
	one := Case{Rule: rule, Outcome: CannotTell, Date: p.Date}
	switch {
	case p.Date.IsZero():
		one.Reason = NoDate
	case w.judge.latest.Before(p.Date):
		one.Reason = InFuture
	case p.Date.Before(today.MinusMonths(rule.Months)):
		one.Outcome, one.Reason = NotMet, Old
	default:
		return
	}
	w.fault(one, p)
}

// askEvidenceAge looks at the evidence of answers and of gates, against the date of the answers as everywhere else.
func (w *Worker) askEvidenceAge(rule *Rule, p *intake.Person) {
	oldest := p.Date.MinusMonths(rule.Months)
	var old, undated []string
	look := func(id string, when response.Date) {
		switch {
		case when.IsZero():
			undated = append(undated, id)
		case when.Before(oldest):
			old = append(old, id)
		}
	}
	for i, proof := range p.Proofs {
		if proof.Given && p.Levels[i] > intake.NotApplicable {
			look(w.judge.rubric.Items[i].ID, proof.When)
		}
	}
	for i, gate := range p.Gates {
		if gate.State == response.GateYes && !gate.Evidence.IsZero() {
			look(w.judge.rubric.Gates[i].ID, gate.Evidence.When)
		}
	}
	switch {
	case len(old) > 0:
		w.fault(Case{Rule: rule, Outcome: NotMet, Reason: Old, IDs: old}, p)
	case len(undated) > 0:
		w.fault(Case{Rule: rule, Outcome: CannotTell, Reason: NoDate, IDs: undated}, p)
	}
}
