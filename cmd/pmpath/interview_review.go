package main

import (
	"fmt"
	"strconv"

	"github.com/pmpath/pmpath/internal/interview"
	"github.com/pmpath/pmpath/internal/prompt"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// end shows what there is to do when nothing is left to ask, and why.
func (v *interviewer) end() error {
	rows := []row{newRow("done", labelDone, textDone, func() error { v.finished = true; return nil })}
	var why string
	if stop, stopped := v.iv.Stopped(); stopped {
		text := endUnsettled
		if stop.Settled {
			text = endSettled
		}
		why = fmt.Sprintf(text, untilWords(v.iv.Until()), stop.Asked, counted(len(v.iv.Questions()), "question"), stop.Left)
		rows = append(rows, newRow("more", labelMore, textMore, func() error { v.iv.GoOn(); return v.widen() }))
	} else {
		why = fmt.Sprintf(endAll, v.leftOpen())
	}
	back := newRow(wordBack, actionBack, "", v.iv.Back)
	review := newRow(wordReview, actionReview, "", v.review)
	return pick(v.p, prompt.Question{Ask: endAsk, Help: why}, rows, []row{back, review, leaveRow()})
}

func untilWords(until interview.Until) string {
	if until == interview.Areas {
		return theAreas
	}
	return theVerdict
}

func (v *interviewer) leftOpen() string {
	open := 0
	for _, q := range v.iv.Questions() {
		if v.answerOf(q) == "" {
			open++
		}
	}
	if open == 0 {
		return ""
	}
	return fmt.Sprintf(endOpen, open)
}

// jump goes to another area.
func (v *interviewer) jump() error {
	return pick(v.p, prompt.Question{Ask: askWhichArea}, v.areaRows(v.iv.Jump), v.listActions())
}

// review lists areas, then the questions of one with what was said to them, and lets the person change them one by one until they go back.
func (v *interviewer) review() error {
	v.reviewing = true
	defer func() { v.reviewing = false }()
	for more := true; more; {
		more = false
		err := pick(v.p, prompt.Question{Ask: askWhichArea}, v.areaRows(func(area *rubric.Area) error {
			more = true
			return v.reviewArea(area)
		}), v.listActions())
		if err != nil {
			return err
		}
	}
	v.iv.Next()
	return nil
}

func (v *interviewer) reviewArea(area *rubric.Area) error {
	for more := true; more; {
		more = false
		var rows []row
		for _, place := range v.iv.Places(area) {
			q := v.iv.Questions()[place]
			rows = append(rows, newRow(strconv.Itoa(place+1), askOf(q)+" – "+v.stateOf(q, place), "", func() error {
				more = true
				return v.change(q, place)
			}))
		}
		if err := pick(v.p, prompt.Question{Ask: askWhichItem}, rows, v.listActions()); err != nil {
			return err
		}
	}
	return nil
}

// change asks one question until it is answered, kept, or left for the list.
func (v *interviewer) change(q readiness.Question, place int) error {
	if err := v.iv.GoTo(place); err != nil {
		return err
	}
	for v.toList = false; !v.toList; {
		if err := v.ask(q, place); err != nil {
			return err
		}
		if _, at, open := v.iv.Open(); !open || at != place {
			return nil
		}
	}
	return nil
}

func (v *interviewer) listActions() []row {
	return []row{newRow(wordBack, actionBackList, "", nothing), leaveRow()}
}

// areaRows are the areas in rubric order and then the gates, with how much of each was asked.
func (v *interviewer) areaRows(chosen func(*rubric.Area) error) []row {
	var rows []row
	for _, area := range append(v.iv.Sheet().Rubric.Areas[:len(v.iv.Sheet().Rubric.Areas):len(v.iv.Sheet().Rubric.Areas)], nil) {
		asked, all := v.iv.AskedIn(area)
		if all == 0 {
			continue
		}
		title := gatesName
		if area != nil {
			title = sanitize.Line(area.Title)
		}
		rows = append(rows, newRow(strconv.Itoa(len(rows)+1), title, fmt.Sprintf(areaAsked, asked, all), func() error { return chosen(area) }))
	}
	return rows
}

func askOf(q readiness.Question) string {
	if q.Gate != nil {
		return sanitize.Line(q.Gate.Ask)
	}
	return sanitize.Line(q.Item.Ask)
}

func (v *interviewer) stateOf(q readiness.Question, place int) string {
	if answer := v.answerOf(q); answer != "" {
		return answer
	}
	if v.iv.Asked(place) {
		return answerOpen
	}
	return answerUnasked
}
