package main

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/path"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/report"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/sanitize"
)

const whatIfLong = `Print what some other answers would change: verdict, points, conditions and steps,
before and after, side by side where the terminal has 100 columns. Nothing is saved.

  --set ID=LEVEL       another level for a question; na for "no chance in this role"
                       where the question allows it; open for no answer
  --gate ID            the gate is met, with evidence dated like the sheet; ID=no
                       for not met, ID=open for no answer

Both can be given several times, once for each question or gate.`

type whatIfOptions struct {
	sheet string
	selection
	set, gate []string
	output
}

func newWhatIfCmd(e *env, run func(*env, *whatIfOptions) error) *cobra.Command {
	opts := &whatIfOptions{}
	cmd := &cobra.Command{
		Use: "whatif SHEET", Short: "Print what other answers would change; nothing is stored", Long: whatIfLong,
		Example: "  pmpath whatif me.yaml --set saying-no=3 --gate two-launches-with-effect\n  pmpath whatif me.yaml --target senior-pm --set payment-terms-changed=3",
		Args:    arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			opts.sheet = args[0]
			return run(e, opts)
		},
	}
	opts.selection.flags(cmd)
	cmd.Flags().StringArrayVar(&opts.set, "set", nil, "ID=LEVEL: another answer to a question; repeatable")
	cmd.Flags().StringArrayVar(&opts.gate, "gate", nil, "ID or ID=no: another answer to a gate; repeatable")
	opts.output.flags(cmd)
	return cmd
}

func runWhatIf(e *env, opts *whatIfOptions) error {
	if len(opts.set)+len(opts.gate) == 0 {
		return withHint(usage("nothing to try"), "change an answer with --set ID=LEVEL or --gate ID")
	}
	sheet, err := e.readSheet(opts.sheet)
	if err != nil {
		return err
	}
	if err := opts.selection.apply(sheet); err != nil {
		return err
	}
	targets, err := targetsOf(sheet)
	if err != nil {
		return err
	}
	changed, err := opts.try(sheet)
	if err != nil {
		return err
	}
	before, after := readiness.Assess(sheet, targets), readiness.Assess(changed, targets)
	return e.deliver(opts.file, e.renderWhatIf(opts.output, func(o report.Options) *report.WhatIf { return report.NewWhatIf(before, after, o) }))
}

// try returns the sheet with the changes.
func (o *whatIfOptions) try(sheet *response.Sheet) (*response.Sheet, error) {
	changed := *sheet
	changed.Answers, changed.Gates = slices.Clone(sheet.Answers), slices.Clone(sheet.Gates)
	seen := map[string]bool{}
	for _, text := range o.set {
		id, value, _ := strings.Cut(text, "=")
		item, answer, err := answerTo(sheet.Rubric, id, value)
		if err != nil {
			return nil, err
		}
		if seen["set "+id] {
			return nil, usage("--set: %q is set twice", id)
		}
		seen["set "+id] = true
		changed.Answers[item.Index] = answer
	}
	for _, text := range o.gate {
		id, value, given := strings.Cut(text, "=")
		gate, err := gateNamed(sheet.Rubric, id)
		if err != nil {
			return nil, err
		}
		if seen["gate "+id] {
			return nil, usage("--gate: %q is set twice", id)
		}
		seen["gate "+id] = true
		switch {
		case !given || value == "yes":
			if sheet.Gates[gate.Index].State != response.GateYes || sheet.Gates[gate.Index].Missing(gate, sheet.Date) != response.LacksNothing {
				changed.Gates[gate.Index] = path.Met(gate, sheet.Date)
			}
		case value == "no":
			changed.Gates[gate.Index] = response.GateAnswer{State: response.GateNo}
		case value == "open":
			changed.Gates[gate.Index] = response.GateAnswer{}
		default:
			return nil, withHint(usage("--gate: %q is no answer to a gate", value), "use "+id+", "+id+"=no or "+id+"=open")
		}
	}
	return &changed, nil
}

func answerTo(r *rubric.Rubric, id, value string) (*rubric.Item, response.Answer, error) {
	item := r.ItemNamed(id)
	if item == nil {
		var known []string
		for _, i := range r.Items {
			known = append(known, i.ID)
		}
		return nil, response.Answer{}, withHint(usage("--set: there is no question %q", id),
			document.Nearest(id, known, "`pmpath rubric sheet` lists the questions with their ids"))
	}
	scale := item.Competency.Scale
	levels := "from " + strconv.Itoa(scale.Lo()) + " to " + strconv.Itoa(scale.Hi())
	switch value {
	case "na":
		if !item.NotApplicable {
			return nil, response.Answer{}, withHint(usage("--set: %s cannot be left out as not applicable", id), "use a level "+levels+", or open")
		}
		return item, response.NotApplicable(), nil
	case "open":
		return item, response.Answer{}, nil
	}
	level, err := strconv.Atoi(value)
	if err != nil || level < scale.Lo() || level > scale.Hi() || strconv.Itoa(level) != value {
		return nil, response.Answer{}, withHint(usage("--set: %q is no level of %s", value, id), "write "+id+"=LEVEL with a level "+levels+", na or open")
	}
	return item, response.Answered(level), nil
}

func gateNamed(r *rubric.Rubric, id string) (*rubric.Gate, error) {
	if gate := r.GateNamed(id); gate != nil {
		return gate, nil
	}
	var known []string
	for _, gate := range r.Gates {
		known = append(known, gate.ID)
	}
	return nil, withHint(usage("--gate: there is no gate %q", id), document.Nearest(id, known, "`pmpath rubric sheet` lists the gates with their ids"))
}

// renderWhatIf chooses the renderer of the format in the settings.
func (e *env) renderWhatIf(o output, compared func(report.Options) *report.WhatIf) func(io.Writer) error {
	opts := report.Options{IncludeName: o.includeName}
	switch e.settings.Format {
	case "json":
		return func(w io.Writer) error { return report.JSON(w, compared(opts)) }
	case "markdown":
		opts.Clean = sanitize.Markdown
		return func(w io.Writer) error { return report.WhatIfMarkdown(w, compared(opts)) }
	}
	opts.Clean = sanitize.Line
	return func(w io.Writer) error { return report.WhatIfText(w, compared(opts), e.layout(o.file)) }
}
