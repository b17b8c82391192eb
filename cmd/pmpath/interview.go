package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/pmpath/pmpath/internal/prompt"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// The texts of the interview. Required levels and weights are not told while somebody answers.
const (
	askStage        = "Which role do you hold today?"
	helpStage       = "Choose by what you do, not by the title on your contract."
	askTarget       = "Which role do you want to know about?"
	anyTarget       = "Every role that can follow"
	welcome         = "%d questions, about %d %s of reading. Choose what you could show today, not what you plan. The levels build on each other: choosing one means the ones before it too."
	keptNowhere     = "Nothing is stored. To keep the answers, stop with Ctrl-C and start again with --save-sheet FILE."
	keptIn          = "The answers will be written to %s, also when you stop early."
	windowHelp      = "Think of the past %d months."
	evidenceHelp    = "Counts as evidence: %s"
	labelNoChance   = "No chance in this role"
	textNoChance    = "My role gives me no occasion for this."
	labelSkip       = "Skip"
	textSkip        = "Leave this open. Nothing is assumed about it."
	labelArtifact   = "Yes, with something to show"
	labelPeer       = "Yes, and somebody can confirm it"
	labelSelf       = "Yes, by my own word"
	labelNo         = "Not yet"
	askWhen         = "When was it? (such as 2026-03; Enter to leave it out)"
	askWhat         = "What could you show, or who could confirm it? (Enter to leave it out)"
	badDate         = "write it like 2026-03 or 2026-03-15"
	pausedUnsaved   = "Stopped. Nothing was stored."
	pausedSaved     = "Stopped. The answers so far are in %s; see what they say with: pmpath assess --answers %s"
	rescued         = "The answers could not be written to %s. Here they are, so that nothing is lost:"
	notOnTerminal   = "there is no terminal to ask on"
	hintOffTerminal = "give the answers with --answers FILE, or - for standard input; `pmpath rubric sheet` prints a sheet to fill in"
)

// readingSpeed is words a minute of careful reading, below the usual 238 of adults reading silently (Brysbaert 2019), as the levels are to be compared.
const readingSpeed = 200

// interview asks every question on the terminal and returns the filled sheet.
func (e *env) interview(r *rubric.Rubric, opts *assessOptions) (*response.Sheet, error) {
	if !e.streams.CanPrompt(e.settings.NoInput) {
		return nil, withHint(usage(notOnTerminal), hintOffTerminal)
	}
	sheet := response.New(r)
	sheet.Date = response.On(e.now())
	if err := opts.selection.apply(sheet); err != nil {
		return nil, err
	}
	if err := opts.checkSavable(); err != nil {
		return nil, err
	}
	prompter, done, err := e.prompter()
	if err != nil {
		return nil, err
	}
	err = e.ask(prompter, sheet, opts)
	err = errors.Join(err, done())
	return sheet, e.keep(sheet, opts, err)
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

// keep writes what was answered, also of an interview that was stopped. Where that fails the answers go to the screen.
func (e *env) keep(sheet *response.Sheet, opts *assessOptions, asked error) error {
	paused := asked != nil
	if opts.saveSheet == "" {
		if paused {
			fmt.Fprintln(e.streams.Err, pausedUnsaved)
		}
		return asked
	}
	if err := opts.save(sheet); err != nil {
		if data, yamlErr := sheet.YAML(); yamlErr == nil {
			fmt.Fprintf(e.streams.Err, rescued+"\n\n%s\n", sanitize.Line(opts.saveSheet), sanitize.Terminal(string(data)))
		}
		if paused {
			e.complain(err, endingOf(err).code)
			return asked // a signal comes before a fault of the disk
		}
		return err
	}
	if paused {
		name := sanitize.Line(opts.saveSheet)
		fmt.Fprintf(e.streams.Err, pausedSaved+"\n", name, name)
	}
	return asked
}

func (e *env) ask(p prompt.Prompter, sheet *response.Sheet, opts *assessOptions) error {
	if err := askRoles(p, sheet); err != nil {
		return err
	}
	targets, err := targetsOf(sheet)
	if err != nil {
		return err
	}
	if err := opts.checkTargets(targets); err != nil {
		return err
	}
	questions := readiness.Order(sheet.Rubric, targets)
	e.welcome(questions, opts)
	for i, question := range questions {
		progress := fmt.Sprintf("%d of %d · ", i+1, len(questions))
		if question.Gate != nil {
			err = askGate(p, sheet, question.Gate, progress+"Gates")
		} else {
			err = askItem(p, sheet, question.Item, progress+sanitize.Line(question.Item.Competency.Area.Title))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (e *env) welcome(questions []readiness.Question, opts *assessOptions) {
	words := 0
	for _, q := range questions {
		if q.Gate != nil {
			words += len(strings.Fields(q.Gate.Ask))
			continue
		}
		words += len(strings.Fields(q.Item.Ask))
		for _, anchor := range q.Item.Anchors {
			words += len(strings.Fields(anchor))
		}
	}
	kept := keptNowhere
	if opts.saveSheet != "" {
		kept = fmt.Sprintf(keptIn, opts.saveSheet)
	}
	minutes := (words + readingSpeed - 1) / readingSpeed
	unit := "minutes"
	if minutes == 1 {
		unit = "minute"
	}
	text := fmt.Sprintf(welcome, len(questions), minutes, unit) + " " + sanitize.Line(kept)
	fmt.Fprintf(e.streams.Err, "\n%s\n\n", ansi.Wrap(text, e.streams.Err.Width(), ""))
}

// askRoles asks for the role held today and the one wanted, where no flag has said them.
func askRoles(p prompt.Prompter, sheet *response.Sheet) error {
	if sheet.Stage == nil && sheet.Target == nil {
		stages := sheet.Rubric.Stages
		i, err := p.Choose(prompt.Question{Ask: askStage, Help: helpStage, Options: stageOptions(stages)})
		if err != nil {
			return err
		}
		sheet.Stage = stages[i]
	}
	if sheet.Target != nil || len(sheet.Stage.Next) < 2 {
		return nil
	}
	options := append(stageOptions(sheet.Stage.Next), prompt.Option{Key: "a", Label: "a " + anyTarget})
	i, err := p.Choose(prompt.Question{Ask: askTarget, Options: options})
	if err != nil {
		return err
	}
	if i < len(sheet.Stage.Next) {
		sheet.Target = sheet.Stage.Next[i]
	}
	return nil
}

func stageOptions(stages []*rubric.Stage) []prompt.Option {
	options := make([]prompt.Option, len(stages))
	for i, stage := range stages {
		key := strconv.Itoa(i + 1)
		options[i] = prompt.Option{Key: key, Label: key + " " + sanitize.Line(stage.Title)}
	}
	return options
}

// option is a row with its answer.
type option[T any] struct {
	prompt.Option
	answer T
}

func choose[T any](p prompt.Prompter, q prompt.Question, options []option[T]) (answer T, err error) {
	for _, o := range options {
		q.Options = append(q.Options, o.Option)
	}
	i, err := p.Choose(q)
	if err != nil {
		return answer, err
	}
	return options[i].answer, nil
}

func askItem(p prompt.Prompter, sheet *response.Sheet, item *rubric.Item, progress string) error {
	var options []option[response.Answer]
	row := func(key, label, text string, answer response.Answer) {
		options = append(options, option[response.Answer]{prompt.Option{Key: key, Label: key + " " + label, Text: sanitize.Line(text)}, answer})
	}
	for _, level := range item.Competency.Scale.Levels {
		row(strconv.Itoa(level.Level), sanitize.Line(level.Label), item.Anchor(level.Level), response.Answered(level.Level))
	}
	if item.NotApplicable {
		row("n", labelNoChance, textNoChance, response.NotApplicable())
	}
	row("s", labelSkip, textSkip, response.Answer{})
	var help []string
	if item.Window > 0 {
		help = append(help, fmt.Sprintf(windowHelp, item.Window))
	}
	if item.Evidence != "" {
		help = append(help, fmt.Sprintf(evidenceHelp, sanitize.Line(item.Evidence)))
	}
	answer, err := choose(p, prompt.Question{Progress: progress, Ask: sanitize.Line(item.Ask), Help: strings.Join(help, " ")}, options)
	if err == nil {
		sheet.Answers[item.Index] = answer
	}
	return err
}

func askGate(p prompt.Prompter, sheet *response.Sheet, gate *rubric.Gate, progress string) error {
	yes := func(kind response.EvidenceKind) response.GateAnswer {
		return response.GateAnswer{State: response.GateYes, Evidence: response.Evidence{Kind: kind}}
	}
	row := func(key, label string, answer response.GateAnswer) option[response.GateAnswer] {
		return option[response.GateAnswer]{prompt.Option{Key: key, Label: key + " " + label}, answer}
	}
	question := prompt.Question{Progress: progress, Ask: sanitize.Line(gate.Ask)}
	if gate.Evidence != "" {
		question.Help = fmt.Sprintf(evidenceHelp, sanitize.Line(gate.Evidence))
	}
	answer, err := choose(p, question, []option[response.GateAnswer]{
		row("1", labelArtifact, yes(response.Artifact)),
		row("2", labelPeer, yes(response.ByPeer)),
		row("3", labelSelf, yes(response.BySelf)),
		row("n", labelNo, response.GateAnswer{State: response.GateNo}),
		row("s", labelSkip, response.GateAnswer{}),
	})
	if err != nil {
		return err
	}
	if answer.State == response.GateYes {
		if err := askEvidence(p, &answer.Evidence); err != nil {
			return err
		}
	}
	sheet.Gates[gate.Index] = answer
	return nil
}

func askEvidence(p prompt.Prompter, evidence *response.Evidence) error {
	when, err := p.Line(askWhen, "", func(text string) error {
		if _, ok := parseWhen(text); !ok {
			return errors.New(badDate)
		}
		return nil
	})
	if err != nil {
		return err
	}
	evidence.When, _ = parseWhen(when)
	evidence.What, err = p.Line(askWhat, "", nil)
	return err
}

// parseWhen reads a day, a month as its first day, or nothing as no date.
func parseWhen(text string) (response.Date, bool) {
	if text == "" {
		return response.Date{}, true
	}
	if date, ok := response.ParseDate(text); ok {
		return date, true
	}
	return response.ParseDate(text + "-01")
}
