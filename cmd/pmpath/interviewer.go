package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pmpath/pmpath/internal/interview"
	"github.com/pmpath/pmpath/internal/prompt"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// interviewer carries an interview out on a terminal: it shows the open question with everything that can be done there, and saves what was said before
// it shows anything else.
type interviewer struct {
	p         prompt.Prompter
	iv        *interview.Interview
	save      func(q readiness.Question, asked bool) error // commits what the sheet says to a question
	widen     func() error                                 // commits that all is to be asked
	compose   func(about, current string) (string, error)  // lets the person write a note
	reviewing bool                                         // the open question was chosen from a list, to which it leads back
	toList    bool                                         // the person wants back to that list
	unsaved   bool                                         // the last thing said is not committed
	finished  bool
}

// row is an option with what choosing it does.
type row struct {
	prompt.Option
	do func() error
}

func newRow(key, label, text string, do func() error) row {
	return row{prompt.Option{Key: key, Label: key + " " + label, Text: sanitize.Line(text)}, do}
}

// pick asks and does what was chosen.
func pick(p prompt.Prompter, q prompt.Question, answers, actions []row) error {
	for _, r := range answers {
		q.Options = append(q.Options, r.Option)
	}
	for _, r := range actions {
		q.Actions = append(q.Actions, r.Option)
	}
	i, err := p.Choose(q)
	switch {
	case err != nil:
		return err
	case i < len(answers):
		return answers[i].do()
	}
	return actions[i-len(answers)].do()
}

func pause() error   { return prompt.ErrPaused }
func nothing() error { return nil }

// leaveRow and helpRow have a second word each, as people know them from elsewhere.
func leaveRow() row {
	r := newRow(wordLeave, actionLeave, "", pause)
	r.Also = "quit"
	return r
}

func helpRow(do func() error) row {
	r := newRow(wordHelp, actionHelp, "", do)
	r.Also = "?"
	return r
}

// run asks until the person has finished.
func (v *interviewer) run() error {
	for !v.finished {
		var err error
		if q, place, open := v.iv.Open(); open {
			err = v.ask(q, place)
		} else {
			err = v.end()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// ask shows one question and carries out what was chosen at it. The question may be open again afterwards.
func (v *interviewer) ask(q readiness.Question, place int) error {
	shown := prompt.Question{Progress: fmt.Sprintf("%d of %d · %s", place+1, len(v.iv.Questions()), areaTitle(q))}
	help, answers := v.alreadySaid(q, place), v.gateRows
	if q.Item != nil {
		answers = v.itemRows
		if q.Item.Window > 0 {
			help = append([]string{windowOf(q.Item)}, help...)
		}
	}
	shown.Ask, shown.Help = askOf(q), strings.Join(help, "\n")
	return pick(v.p, shown, answers(q), v.actions(q, place))
}

// actions are what can be done at a question besides answering it.
func (v *interviewer) actions(q readiness.Question, place int) []row {
	actions := []row{helpRow(func() error { return v.help(q) })}
	add := func(word, label string, do func() error) { actions = append(actions, newRow(word, label, "", do)) }
	if v.iv.Asked(place) {
		add(wordKeep, actionKeep, v.iv.Keep)
	}
	switch {
	case v.reviewing:
		add(wordBack, actionBackList, func() error { v.toList = true; return nil })
	case v.askedBefore(place):
		add(wordBack, actionBack, v.iv.Back)
	}
	if q.Item != nil {
		add(wordNote, actionNote, func() error { return v.note(q) })
		if _, answered := v.iv.Sheet().Answers[q.Item.Index].Level(); answered {
			add(wordEvidence, actionEvidence, func() error { return v.evidence(q) })
		}
	}
	if !v.reviewing {
		add(wordJump, actionJump, v.jump)
		add(wordReview, actionReview, v.review)
	}
	return append(actions, leaveRow())
}

func (v *interviewer) askedBefore(place int) bool {
	for before := range place {
		if v.iv.Asked(before) {
			return true
		}
	}
	return false
}

// said carries out an answer to a question, saves it, and asks for what belongs to it.
func (v *interviewer) said(q readiness.Question, answer func() error) error {
	area := interview.AreaOf(q)
	before, all := v.iv.AskedIn(area)
	if err := answer(); err != nil {
		return err
	}
	if err := v.keep(q); err != nil {
		return err
	}
	if q.Item != nil && v.iv.CallsForEvidence(q.Item) {
		if err := v.evidence(q); err != nil {
			return err
		}
	}
	if _, _, open := v.iv.Open(); !open || before == all {
		return nil
	}
	if now, _ := v.iv.AskedIn(area); now < all {
		return nil
	}
	return v.p.Say("\n" + fmt.Sprintf(areaDone, areaTitle(q)))
}

// keep saves what was said to a question, as often as the person wants to try, and tells when it is safe.
func (v *interviewer) keep(q readiness.Question) error {
	place := slices.Index(v.iv.Questions(), q)
	for {
		err := v.save(q, v.iv.Asked(place))
		v.unsaved = err != nil
		if err == nil {
			return v.p.Say(saved)
		}
		trouble := prompt.Question{Ask: askSaveFailed, Help: fmt.Sprintf(helpSaveFailed, sanitize.Line(err.Error()))}
		if err := pick(v.p, trouble, []row{newRow("1", labelAgain, textAgain, nothing)}, []row{leaveRow()}); err != nil {
			return err
		}
	}
}

// alreadySaid repeats what was said to a question that is shown again, a line for each thing.
func (v *interviewer) alreadySaid(q readiness.Question, place int) []string {
	var lines []string
	switch answer := v.answerOf(q); {
	case answer != "":
		lines = append(lines, fmt.Sprintf(soFar, answer))
	case v.iv.Asked(place):
		lines = append(lines, soFarOpen)
	}
	if q.Item == nil {
		return lines
	}
	if evidence := v.iv.Sheet().Evidence[q.Item.Index]; !evidence.IsZero() {
		lines = append(lines, fmt.Sprintf(soFarEvidence, evidenceText(evidence)))
	}
	if note := v.iv.Sheet().Notes[q.Item.Index]; note != "" {
		lines = append(lines, fmt.Sprintf(soFarNote, sanitize.Line(note)))
	}
	return lines
}

// answerOf says in words what was answered; nothing where the question is open.
func (v *interviewer) answerOf(q readiness.Question) string {
	if q.Gate != nil {
		return gateText(v.iv.Sheet().Gates[q.Gate.Index])
	}
	return itemText(q.Item, v.iv.Sheet().Answers[q.Item.Index])
}

func areaTitle(q readiness.Question) string {
	if area := interview.AreaOf(q); area != nil {
		return sanitize.Line(area.Title)
	}
	return gatesName
}

// joined puts sentences behind each other and leaves out what is empty.
func joined(sentences ...string) string {
	text := ""
	for _, s := range sentences {
		if text != "" && s != "" {
			text += " "
		}
		text += s
	}
	return text
}

// counted is a number with its noun, which takes an s where there are several.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
