package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/pmpath/pmpath/internal/sanitize"
)

// Past is a list of what is kept, and at once the JSON form.
type Past struct {
	SchemaVersion int         `json:"schema_version"`
	Assessments   []PastEntry `json:"assessments"`
	Drafts        []PastDraft `json:"drafts"`
	Plans         []PastPlan  `json:"plans"`
}

// PastEntry is a finished assessment. Person is empty unless names are asked for.
type PastEntry struct {
	ID            string     `json:"id"`
	Date          string     `json:"date"`
	Rubric        Rubric     `json:"rubric"`
	Person        string     `json:"person,omitempty"`
	SomebodyElse  bool       `json:"somebody_else"` // it is about a person with a name
	Rater         string     `json:"rater"`
	Stage         string     `json:"stage"`
	StoppedEarly  bool       `json:"stopped_early"`
	NotAsked      []string   `json:"not_asked"`
	Roles         []PastRole `json:"roles"`
	SealedVersion string     `json:"pmpath"` // that finished it
}

// PastRole is what was decided about a role at the time.
type PastRole struct {
	Stage        Ref    `json:"stage"`
	Verdict      string `json:"verdict"`
	Fit          Range  `json:"fit"`
	WorstPercent int64  `json:"worst_percent"` // rounded down
	BestPercent  int64  `json:"best_percent"`  // rounded down
}

// PastDraft is an assessment under way.
type PastDraft struct {
	ID           string `json:"id"`
	Started      string `json:"started"`
	Changed      string `json:"changed"`
	Rubric       string `json:"rubric"`
	Person       string `json:"person,omitempty"`
	SomebodyElse bool   `json:"somebody_else"`
	Target       string `json:"target"`
	Answered     int    `json:"answered"`
	Of           int    `json:"of"`
	OpenIn       int    `json:"open_in_process"` // 0 where none has it open
}

// PastPlan is a development plan.
type PastPlan struct {
	ID           string `json:"id"`
	Made         string `json:"made"` // date of the answers that it was made from
	Start        string `json:"start"`
	Rubric       string `json:"rubric"`
	Target       Ref    `json:"target"`
	Goals        int    `json:"goals"`
	Person       string `json:"person,omitempty"`
	SomebodyElse bool   `json:"somebody_else"`
}

// PastText prints the list for people, the oldest first, as time goes.
func PastText(w io.Writer, past Past, layout Layout) error {
	p := &page{Layout: layout}
	if len(past.Assessments)+len(past.Drafts)+len(past.Plans) == 0 {
		p.para("", "Nothing is kept yet. `pmpath assess` keeps what you answer; `pmpath history add SHEET` keeps a sheet.")
	}
	for i, entry := range past.Assessments {
		if i > 0 && !p.columns() {
			p.gap()
		}
		p.pastEntry(entry)
	}
	if len(past.Drafts) > 0 {
		if len(past.Assessments) > 0 {
			p.gap()
		}
		p.para("", p.bold("Not finished"))
		for _, draft := range past.Drafts {
			p.pastDraft(draft)
		}
	}
	if len(past.Plans) > 0 {
		if len(past.Assessments)+len(past.Drafts) > 0 {
			p.gap()
		}
		p.para("", p.bold("Plans"))
		for _, plan := range past.Plans {
			p.pastPlan(plan)
		}
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func (p *page) pastEntry(e PastEntry) {
	head := e.ID + "  " + e.Date + "  "
	if !p.columns() {
		p.para("", p.bold(e.ID))
		p.para("  ", "date: "+e.Date)
		for _, role := range e.Roles {
			p.para("  ", sanitize.Line(role.Stage.Title)+": "+roleWords(role))
		}
		for _, note := range e.notes() {
			p.para("  ", note)
		}
		return
	}
	for _, role := range e.Roles {
		p.para(head, sanitize.Line(role.Stage.Title)+": "+roleWords(role))
		head = strings.Repeat(" ", len(head))
	}
	p.para(head, strings.Join(e.notes(), " · "))
}

func roleWords(r PastRole) string {
	return fmt.Sprintf("%s, %s of the points", verdictWords[r.Verdict], percentRange(r.WorstPercent, r.BestPercent))
}

// notes say what is out of the ordinary, after the rubric.
func (e PastEntry) notes() []string {
	notes := []string{sanitize.Line(e.Rubric.Title) + " " + e.Rubric.Version}
	if who := whoWords(e.Person, e.SomebodyElse); who != "" {
		notes = append(notes, who)
	}
	if e.Rater != "self" {
		notes = append(notes, "answered by "+raterWords(e.Rater))
	}
	if e.StoppedEarly {
		n := len(e.NotAsked)
		notes = append(notes, fmt.Sprintf("stopped early, %d %s not asked", n, plural(n, "question", "questions")))
	}
	return notes
}

func whoWords(person string, somebodyElse bool) string {
	switch {
	case person != "":
		return "about " + sanitize.Line(person)
	case somebodyElse:
		return "about a person with a name"
	}
	return ""
}

func (p *page) pastDraft(d PastDraft) {
	text := fmt.Sprintf("begun %s, %d of %d questions answered", d.Started[:len("2006-01-02")], d.Answered, d.Of)
	if who := whoWords(d.Person, d.SomebodyElse); who != "" {
		text += ", " + who
	}
	if d.OpenIn != 0 {
		text += fmt.Sprintf(", open in process %d", d.OpenIn)
	}
	p.para("  ", fmt.Sprintf("%s: %s. Go on with: pmpath assess --resume %s", d.ID, text, d.ID))
}

func (p *page) pastPlan(kept PastPlan) {
	text := fmt.Sprintf("%s, begun %s, %s", sanitize.Line(kept.Target.Title), kept.Start, goals(kept.Goals))
	if who := whoWords(kept.Person, kept.SomebodyElse); who != "" {
		text += ", " + who
	}
	p.para("  ", kept.ID+": "+text+".")
}
