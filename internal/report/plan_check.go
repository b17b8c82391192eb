package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/plan"
	"github.com/pmpath/pmpath/internal/readiness"
)

// PlanCheck is a plan held against later answers, ready to be printed, and at once the JSON form.
type PlanCheck struct {
	SchemaVersion int          `json:"schema_version"`
	Kind          string       `json:"kind"` // plan_check
	Rubric        Rubric       `json:"rubric"`
	Respondent    *string      `json:"respondent,omitempty"`
	Rater         string       `json:"rater"`
	Date          string       `json:"date"`
	Progress      PlanProgress `json:"progress"`
	Left          *Left        `json:"left"` // null where the rubric has no such role any more
	Caution       string       `json:"caution"`
}

// PlanProgress is what became of a plan.
type PlanProgress struct {
	Target     Ref            `json:"target"`
	Made       string         `json:"made"` // date of the sheet that the plan was made from
	Start      string         `json:"start"`
	Rater      string         `json:"rater"` // of that sheet
	Reached    int            `json:"reached"`
	Moved      int            `json:"moved"`
	NotMoved   int            `json:"not_moved"`
	CannotTell int            `json:"cannot_tell"`
	Goals      []GoalProgress `json:"goals"`
}

// GoalProgress is what became of a goal.
type GoalProgress struct {
	Kind    string  `json:"kind"` // item or gate
	ID      string  `json:"id"`
	Title   string  `json:"title"`
	Then    *int    `json:"then"` // level; null for a gate, and where the question was open
	Aim     *int    `json:"aim"`  // null for a gate
	Now     *int    `json:"now"`  // null for a gate, and where it cannot be told
	State   string  `json:"state"`
	Why     string  `json:"why"` // of cannot_tell
	Due     *string `json:"due"` // null where the plan names no date any more
	Overdue bool    `json:"overdue"`
	Ticked  bool    `json:"ticked"` // somebody's word, which counts for nothing else here
	Words   string  `json:"words"`
}

// Left is where the role stands now.
type Left struct {
	Verdict string `json:"verdict"`
	Steps   *int   `json:"steps"` // of the shortest path; null where there is none
}

// NewPlanCheck fixes everything that is said of a plan and later answers.
func NewPlanCheck(p *plan.Progress, opts Options) *PlanCheck {
	b := newBuilder(p.Sheet, opts)
	check := &PlanCheck{
		SchemaVersion: SchemaVersion, Kind: "plan_check", Rubric: b.rubric(), Respondent: b.respondent(opts), Rater: string(p.Sheet.Rater), Date: p.Sheet.Date.String(),
		Progress: b.progress(p), Caution: caution,
	}
	for _, stage := range p.Sheet.Rubric.Stages {
		if stage.ID == p.Record.TargetID {
			result := readiness.Evaluate(p.Sheet, stage)
			check.Left = &Left{Verdict: result.Verdict.String()}
			if found := path.Find(result, path.Wishes{}); found.Ready || len(found.Steps) > 0 {
				n := len(found.Steps)
				check.Left.Steps = &n
			}
		}
	}
	return check
}

func (b builder) progress(p *plan.Progress) PlanProgress {
	r := p.Record
	progress := PlanProgress{
		Target: Ref{b.clean(r.TargetID), b.clean(r.TargetTitle)}, Made: r.Made.String(), Start: r.Start.String(), Rater: string(r.Rater), Goals: []GoalProgress{},
		Reached: p.Count(plan.Reached), Moved: p.Count(plan.Moved), NotMoved: p.Count(plan.NotMoved), CannotTell: p.Count(plan.CannotTell),
	}
	for _, stage := range p.Sheet.Rubric.Stages {
		if stage.ID == r.TargetID { // by its name of today; a plan in Markdown knows no other
			progress.Target.Title = b.clean(stage.Title)
		}
	}
	if progress.Target.Title == "" {
		progress.Target.Title = progress.Target.ID
	}
	for i := range p.Goals {
		progress.Goals = append(progress.Goals, b.seen(&p.Goals[i]))
	}
	return progress
}

func (b builder) seen(s *plan.Seen) GoalProgress {
	g := GoalProgress{Kind: "item", ID: b.clean(s.ID), Title: b.clean(s.Title), State: string(s.State), Why: string(s.Why), Overdue: s.Overdue, Ticked: s.Ticked}
	if !s.Due.IsZero() {
		due := s.Due.String()
		g.Due = &due
	}
	switch {
	case s.IsGate:
		g.Kind = "gate"
		if s.Gate != nil {
			g.Title = b.clean(s.Gate.Title)
		}
	case s.Item != nil:
		g.Title = b.clean(s.Item.Competency.Title)
	}
	if g.Title == "" {
		g.Title = g.ID
	}
	if !s.IsGate {
		g.Aim = &s.To
		if !s.Open {
			g.Then = &s.Stood
		}
		if s.State != plan.CannotTell {
			g.Now = &s.Now
		}
	}
	g.Words = b.seenWords(s)
	return g
}

// PlanCheckText prints the check for people.
func PlanCheckText(w io.Writer, c *PlanCheck, layout Layout) error {
	p := &page{Layout: layout}
	if c.Respondent != nil {
		p.para("", *c.Respondent)
	}
	p.para("", p.bold(checkTitle(c)))
	for _, sentence := range checkSentences(c) {
		p.para("", sentence)
	}
	if len(c.Progress.Goals) > 0 {
		p.gap()
	}
	for _, g := range c.Progress.Goals {
		lead, text := "  "+pad(stateMarks[g.State], markWidth)+"  ", progressName(g)+": "+g.Words
		if p.Plain || !p.columns() {
			lead, text = "  ", progressName(g)+": "+stateMarks[g.State]+": "+g.Words
		}
		p.para(lead, text+progressNote(g))
	}
	p.gap()
	for _, line := range checkEnd(c) {
		p.para("", line)
	}
	_, err := io.WriteString(w, p.String())
	return err
}

// PlanCheckMarkdown prints the check for a pull request or a page.
func PlanCheckMarkdown(w io.Writer, c *PlanCheck) error {
	m := &strings.Builder{}
	fmt.Fprintf(m, "## %s\n\n", checkTitle(c))
	var sentences []string
	if c.Respondent != nil {
		sentences = append(sentences, *c.Respondent)
	}
	writeSentences(m, append(sentences, checkSentences(c)...))
	m.WriteByte('\n')
	for _, g := range c.Progress.Goals {
		box := " "
		if g.State == string(plan.Reached) {
			box = "x"
		}
		fmt.Fprintf(m, "- [%s] **%s** %s: %s%s\n", box, progressName(g), stateMarks[g.State], g.Words, progressNote(g))
	}
	fmt.Fprintf(m, "\n%s\n\n%s %s, %s.\n", strings.Join(checkEnd(c), "\n"), c.Rubric.Title, c.Rubric.Version, c.Date)
	_, err := io.WriteString(w, m.String())
	return err
}

// planBlock is what an assessment says about the plan that is kept.
func (p *page) planBlock(progress *PlanProgress) {
	if progress == nil {
		return
	}
	p.heading(progressTitle(*progress))
	for _, line := range planBlockLines(*progress) {
		p.para("  ", line)
	}
}

func markdownPlanBlock(m *strings.Builder, progress *PlanProgress) {
	if progress == nil {
		return
	}
	fmt.Fprintf(m, "\n### %s\n\n", progressTitle(*progress))
	for _, line := range planBlockLines(*progress) {
		fmt.Fprintf(m, "- %s\n", line)
	}
}
