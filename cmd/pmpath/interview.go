package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"

	"github.com/pmpath/pmpath/internal/history"
	"github.com/pmpath/pmpath/internal/interview"
	"github.com/pmpath/pmpath/internal/prompt"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/report"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// readingSpeed is words a minute of careful reading, below the usual 238 of adults reading silently (Brysbaert 2019), as the levels are to be compared.
const readingSpeed = 200

// interview asks on the terminal. Every answer is kept in a draft as it is given; the finished assessment is sealed in the history.
func (e *env) interview(opts *assessOptions) (*readiness.Assessment, error) {
	if !e.streams.CanPrompt(e.settings.NoInput) {
		return nil, withHint(usage(notOnTerminal), hintOffTerminal)
	}
	if err := opts.checkSavable(); err != nil {
		return nil, err
	}
	store, err := e.openHistory(e.settings.LockTimeout)
	if err != nil {
		return nil, err
	}
	defer store.Close() // every answer is committed: closing loses nothing
	p, done, err := e.prompter()
	if err != nil {
		return nil, err
	}
	draft, err := e.takeUp(store, p, opts)
	if err != nil {
		return nil, errors.Join(err, done())
	}
	defer draft.Close() // the same
	v := newInterviewer(e, p, draft)
	if err = e.converse(v, draft, opts); err != nil {
		err = errors.Join(err, done())
		e.pause(store, draft, v, opts, err)
		return nil, err
	}
	// Signals are caught until the assessment is sealed: none ends pmpath in between without a word.
	assessment, id, err := e.finish(draft, v, opts)
	signal := done()
	if err == nil && signal != nil && endingOf(signal).signal != syscall.SIGHUP {
		e.tell(fmt.Sprintf(finishedKept, id))
	}
	if err = errors.Join(err, signal); err != nil {
		return nil, err
	}
	return assessment, nil
}

func (e *env) prompter() (p prompt.Prompter, done func() error, err error) {
	in, out := e.streams.In.File, e.streams.Err.File
	if e.settings.Accessible || e.streams.Accessible() {
		lines := prompt.NewLines(in, out, e.streams.Err.Width)
		return lines, lines.Close, nil
	}
	survey, err := prompt.NewSurvey(in, out, e.streams.Err.Color(e.settings.Color))
	if err != nil {
		return nil, nil, fmt.Errorf("prepare the terminal: %w", err)
	}
	return survey, survey.Close, nil
}

func newInterviewer(e *env, p prompt.Prompter, draft *history.Draft) *interviewer {
	return &interviewer{
		p: p, save: saver(draft), widen: func() error { return draft.SaveUntil(string(interview.Full)) },
		compose: func(about, current string) (string, error) { return e.compose(p, about, current) },
	}
}

// saver commits what the sheet of a draft says to a question.
func saver(draft *history.Draft) func(readiness.Question, bool) error {
	return func(q readiness.Question, asked bool) error {
		if q.Gate != nil {
			return draft.SaveGate(q.Gate, asked)
		}
		return draft.SaveItem(q.Item, asked)
	}
}

// converse asks for the roles where they are open, welcomes, and asks until the person has finished.
func (e *env) converse(v *interviewer, draft *history.Draft, opts *assessOptions) error {
	sheet := draft.Sheet()
	if err := askRoles(v.p, sheet); err != nil {
		return err
	}
	targets, err := targetsOf(sheet)
	if err != nil {
		return err
	}
	if err := opts.checkTargets(targets); err != nil {
		return err
	}
	if err := draft.SaveHead(); err != nil {
		return err
	}
	v.iv = interview.New(sheet, targets, interview.Until(draft.Until()), func(q readiness.Question) bool {
		if q.Gate != nil {
			return draft.AskedGate(q.Gate)
		}
		return draft.AskedItem(q.Item)
	})
	if err := v.p.Say("\n" + e.welcome(v.iv, opts)); err != nil {
		return err
	}
	return v.run()
}

// welcome says how much is ahead and what becomes of the answers.
func (e *env) welcome(iv *interview.Interview, opts *assessOptions) string {
	all, asked, words := len(iv.Questions()), 0, 0
	for place, q := range iv.Questions() {
		if iv.Asked(place) {
			asked++
			continue
		}
		words += wordsOf(q)
	}
	questions := counted(all, "question")
	text := fmt.Sprintf(welcome, questions, counted((words+readingSpeed-1)/readingSpeed, "minute"))
	if asked > 0 {
		text = fmt.Sprintf(goingOn, asked, questions, all-asked)
	}
	if iv.Until() != interview.Full {
		text = joined(text, fmt.Sprintf(welcomeEnd, untilWords(iv.Until())))
	}
	text = joined(text, fmt.Sprintf(keptDraft, sanitize.Line(e.settings.DataFolder)))
	if opts.saveSheet != "" {
		text = joined(text, fmt.Sprintf(keptSheet, sanitize.Line(opts.saveSheet)))
	}
	return text
}

func wordsOf(q readiness.Question) int {
	if q.Gate != nil {
		return len(strings.Fields(q.Gate.Ask))
	}
	words := len(strings.Fields(q.Item.Ask))
	for _, anchor := range q.Item.Anchors {
		words += len(strings.Fields(anchor))
	}
	return words
}

// pause says what became of the answers of an interview that ended before its end, and how to go on. A draft in which nothing was said is no use to
// anybody and goes. To a terminal that has hung up nothing is said.
func (e *env) pause(store *history.Store, draft *history.Draft, v *interviewer, opts *assessOptions, why error) {
	id := draft.ID()
	if isEmpty(draft) {
		_ = draft.Close()
		_ = store.Discard(id) // else it stays in the list, empty
		if endingOf(why).signal == os.Interrupt || endingOf(why).signal == syscall.SIGTERM {
			e.tell(pausedEmpty)
		}
		return
	}
	text := pausedKept
	if v.unsaved {
		text = pausedLost
	}
	told := fmt.Sprintf(text, id)
	if opts.saveSheet != "" && v.iv != nil {
		v.iv.MarkNotAsked()
		if err := opts.save(draft.Sheet()); err != nil {
			e.complain(err, endingOf(err).code) // the reason to end counts more
		} else {
			told += "\n" + fmt.Sprintf(sheetKept, sanitize.Line(opts.saveSheet))
		}
	}
	if endingOf(why).signal != syscall.SIGHUP {
		e.tell(told)
	}
}

// tell says a last word where the questions were.
func (e *env) tell(text string) {
	fmt.Fprintln(e.streams.Err, report.Wrap(text, e.streams.Err.Width()))
}

// isEmpty reports whether nothing was said to any question of a draft.
func isEmpty(draft *history.Draft) bool {
	sheet := draft.Sheet()
	for i, item := range sheet.Rubric.Items {
		if draft.AskedItem(item) || !sheet.Answers[i].IsOpen() || sheet.Notes[i] != "" {
			return false
		}
	}
	for i, gate := range sheet.Rubric.Gates {
		if draft.AskedGate(gate) || sheet.Gates[i].State != response.GateOpen {
			return false
		}
	}
	return true
}

// finish seals the assessment, and writes the sheet where that was asked for. Where either fails the draft stays, with every answer.
func (e *env) finish(draft *history.Draft, v *interviewer, opts *assessOptions) (assessment *readiness.Assessment, id string, err error) {
	sheet := draft.Sheet()
	v.iv.MarkNotAsked()
	targets, err := targetsOf(sheet)
	if err != nil {
		return nil, "", err
	}
	if opts.saveSheet != "" {
		if err := opts.save(sheet); err != nil {
			e.tell(fmt.Sprintf(sheetNotKept, draft.ID()))
			return nil, "", err
		}
	}
	assessment = readiness.Assess(sheet, targets)
	if id, err = draft.Finish(assessment); err != nil {
		e.tell(fmt.Sprintf(pausedKept, draft.ID()))
		return nil, "", err
	}
	return assessment, id, nil
}

// askRoles asks for the role held today and the one wanted, where nothing has said them.
func askRoles(p prompt.Prompter, sheet *response.Sheet) error {
	if sheet.Stage == nil && sheet.Target == nil {
		rows := stageRows(sheet.Rubric.Stages, &sheet.Stage)
		if err := pick(p, prompt.Question{Ask: askStage, Help: helpStage}, rows, []row{leaveRow()}); err != nil {
			return err
		}
	}
	if sheet.Target != nil || len(sheet.Stage.Next) < 2 {
		return nil
	}
	rows := append(stageRows(sheet.Stage.Next, &sheet.Target), newRow("a", anyTarget, "", nothing))
	return pick(p, prompt.Question{Ask: askTarget}, rows, []row{leaveRow()})
}

func stageRows(stages []*rubric.Stage, chosen **rubric.Stage) []row {
	rows := make([]row, len(stages))
	for i, stage := range stages {
		rows[i] = newRow(strconv.Itoa(i+1), sanitize.Line(stage.Title), "", func() error { *chosen = stage; return nil })
	}
	return rows
}
