package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"time"

	"github.com/pmpath/pmpath/internal/history"
	"github.com/pmpath/pmpath/internal/prompt"
	"github.com/pmpath/pmpath/internal/report"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// latest stands for the draft that was changed last, where --resume names none.
const latest = "latest"

// takeUp resumes the draft that is wanted, or begins one. Either way it has been written to before the first question is asked, so that a folder that
// cannot be written shows in time.
func (e *env) takeUp(store *history.Store, p prompt.Prompter, opts *assessOptions) (*history.Draft, error) {
	if opts.resume != "" {
		return e.resume(store, opts.resume, opts)
	}
	r, err := e.loadRubric()
	if err != nil {
		return nil, err
	}
	sheet := response.New(r)
	sheet.Date = response.On(e.now())
	if err := opts.selection.apply(sheet); err != nil {
		return nil, err
	}
	if !opts.fresh {
		id, err := offer(store, p, r, e.now().Location())
		if err != nil {
			return nil, err
		}
		if id != "" {
			return e.resume(store, id, opts)
		}
	}
	return store.Begin(sheet, opts.untilOr("full"))
}

func (e *env) resume(store *history.Store, id string, opts *assessOptions) (*history.Draft, error) {
	if id == latest {
		drafts, err := store.Drafts()
		if err != nil {
			return nil, err
		}
		if len(drafts) == 0 {
			return nil, withHint(absent("there is no interview to go on with"), "begin one with `pmpath assess`")
		}
		id = drafts[0].ID
	}
	draft, err := store.Resume(id)
	if err != nil {
		return nil, ifMissing(err, "`pmpath assess --list` shows those that can be gone on with")
	}
	draft.Sheet().Date = response.On(e.now()) // the answers are those of the day on which they are finished
	if err := draft.SaveUntil(opts.untilOr(draft.Until())); err != nil {
		_ = draft.Close()
		return nil, err
	}
	return draft, nil
}

// absent is something asked for that is not there.
type absent string

func (a absent) Error() string        { return string(a) }
func (a absent) Is(target error) bool { return target == fs.ErrNotExist }

// ifMissing adds advice where something is not there, and to no other trouble.
func ifMissing(err error, hint string) error {
	if errors.Is(err, fs.ErrNotExist) {
		return withHint(err, hint)
	}
	return err
}

// offer asks whether to go on with a draft of this rubric that nobody has open. It returns nothing where there is none, or a new one is wanted.
func offer(store *history.Store, p prompt.Prompter, r *rubric.Rubric, here *time.Location) (id string, err error) {
	drafts, err := store.Drafts()
	if err != nil {
		return "", err
	}
	var rows []row
	for _, d := range drafts {
		if d.HeldBy == 0 && d.Rubric == r.Ref() {
			rows = append(rows, newRow(strconv.Itoa(len(rows)+1), fmt.Sprintf(labelResume, draftText(d, here)), "", func() error { id = d.ID; return nil }))
		}
	}
	if len(rows) == 0 {
		return "", nil
	}
	ask := askResume
	if len(rows) > 1 {
		ask = askResumes
	}
	rows = append(rows, newRow("n", labelFresh, textFresh, nothing))
	return id, pick(p, prompt.Question{Ask: ask}, rows, []row{leaveRow()})
}

// draftText says what a draft is about and how far it is.
func draftText(d history.DraftInfo, here *time.Location) string {
	about := d.Target
	if about == "" && d.Stage != "" {
		about = "what follows " + d.Stage
	}
	if about == "" {
		about = d.Title
	}
	return sanitize.Line(fmt.Sprintf("%s, %d of %d answered, last on %s", about, d.Answered, d.Of, d.Changed.In(here).Format(time.DateOnly)))
}

// listDrafts prints the interviews that are not finished.
func (e *env) listDrafts(opts *assessOptions) error {
	folder, err := e.dataFolder()
	if err != nil {
		return err
	}
	var drafts []history.DraftInfo
	if history.Exists(folder) { // nothing is made for a look
		store, err := e.openHistory(e.settings.LockTimeout)
		if err != nil {
			return err
		}
		defer store.Close() // read only
		if drafts, err = store.Drafts(); err != nil {
			return err
		}
	}
	return e.deliver(opts.file, func(w io.Writer) error {
		if e.settings.Format == "json" {
			return report.JSON(w, draftList(drafts))
		}
		if len(drafts) == 0 {
			fmt.Fprintln(w, "No interview is open.")
		}
		for _, d := range drafts {
			held := ""
			if d.HeldBy != 0 {
				held = fmt.Sprintf(", open in process %d", d.HeldBy)
			}
			line := fmt.Sprintf("%s  %s: %s%s", d.ID, sanitize.Line(d.Rubric), draftText(d, e.now().Location()), held)
			fmt.Fprintln(w, report.Wrap(line, e.layout(opts.file).Width))
		}
		return nil
	})
}

// openInterview is a draft as programs read it.
type openInterview struct {
	ID       string    `json:"id"`
	Rubric   string    `json:"rubric"`
	Stage    string    `json:"stage"`
	Target   string    `json:"target"`
	Until    string    `json:"until"`
	Answered int       `json:"answered"`
	Items    int       `json:"items"`
	Started  time.Time `json:"started"`
	Changed  time.Time `json:"changed"`
	HeldBy   int       `json:"held_by"` // a process; 0 for none
}

func draftList(drafts []history.DraftInfo) any {
	list := struct {
		SchemaVersion int             `json:"schema_version"`
		Interviews    []openInterview `json:"interviews"`
	}{1, []openInterview{}}
	for _, d := range drafts {
		list.Interviews = append(list.Interviews, openInterview{d.ID, d.Rubric, d.Stage, d.Target, d.Until, d.Answered, d.Of, d.Started, d.Changed, d.HeldBy})
	}
	return list
}
