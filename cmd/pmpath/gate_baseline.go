package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/policy"
	"github.com/pmpath/pmpath/internal/report"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/sanitize"
)

const gateBaselineLong = `The baseline is what people had reached, by pseudonym and skill: a file to commit. A
rule with person: no_regression in the policy of "pmpath cohort gate" compares everybody
with it, each skill by itself, so that a gain in one pays for no loss in another.`

func newGateBaselineCmd(e *env) *cobra.Command {
	cmd := &cobra.Command{Use: "baseline", Short: "What people had reached, for the gate to compare with", Long: gateBaselineLong}
	cmd.AddCommand(newBaselineWriteCmd(e), newBaselineShowCmd(e), newBaselineDiffCmd(e))
	group(cmd)
	return cmd
}

const baselineWriteLong = `Write down what people have reached. Levels only go up: what is lower today stays as it
was and is named. People stay as well, until they are dropped by pseudonym. What the
rubric asks otherwise than before begins anew.

The pseudonyms come from a key in your data folder, or from --key-file. Everybody who
compares with this file needs the same key; a CI system keeps it as a secret.`

type baselineOptions struct {
	files    []string
	baseline string
	ref      string
	drop     []string
	people   cohortReading
	file     string
}

func newBaselineWriteCmd(e *env) *cobra.Command {
	opts := &baselineOptions{}
	cmd := &cobra.Command{
		Use: "write FILES... --baseline FILE", Short: "Write down what people have reached; levels only go up", Long: baselineWriteLong,
		Example: "  pmpath cohort gate baseline write sheets/ --baseline baseline.yaml", Args: needsFiles,
		RunE: func(_ *cobra.Command, args []string) error {
			opts.files = args
			return runBaselineWrite(e, opts)
		},
	}
	cmd.Flags().StringVar(&opts.baseline, "baseline", "", "the file to write, or to bring up to date")
	cmd.Flags().StringArrayVar(&opts.drop, "drop", nil, "take somebody out, by pseudonym; repeatable")
	opts.people.flags(cmd)
	return cmd
}

func newBaselineDiffCmd(e *env) *cobra.Command {
	opts := &baselineOptions{}
	cmd := &cobra.Command{
		Use: "diff FILES... --baseline FILE", Short: "Print what has moved since the baseline was written",
		Long:    "Print what has moved since the baseline was written, by pseudonym and skill.\nExit code 1: something has.",
		Example: "  pmpath cohort gate baseline diff sheets/ --baseline baseline.yaml\n  pmpath cohort gate baseline diff sheets/ --baseline baseline.yaml --baseline-ref origin/main", Args: needsFiles,
		RunE: func(_ *cobra.Command, args []string) error {
			opts.files = args
			return runBaselineDiff(e, opts)
		},
	}
	cmd.Flags().StringVar(&opts.baseline, "baseline", "", "the file of what people had reached")
	cmd.Flags().StringVar(&opts.ref, "baseline-ref", "", "read the baseline as it was at this branch, tag or commit")
	opts.people.flags(cmd)
	cmd.Flags().StringVarP(&opts.file, "output", "o", "", "write the result to a file in place of standard output")
	formatFlags(cmd, "text", "json")
	return cmd
}

func newBaselineShowCmd(e *env) *cobra.Command {
	opts := &baselineOptions{}
	cmd := &cobra.Command{
		Use: "show BASELINE", Short: "Print a baseline", Example: "  pmpath cohort gate baseline show baseline.yaml", Args: arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			opts.baseline = args[0]
			return runBaselineShow(e, opts)
		},
	}
	cmd.Flags().StringVarP(&opts.file, "output", "o", "", "write the result to a file in place of standard output")
	formatFlags(cmd, "text", "json")
	return cmd
}

// scanCohort reads everybody once. handlers is asked when the columns are known.
func (e *env) scanCohort(r *rubric.Rubric, files []string, options intake.Options, workers int, handlers func(fields []string) (func() intake.Handler, error)) error {
	inputs, err := e.openCohort(files)
	if err != nil {
		return err
	}
	defer func() { _ = inputs.close() }() // read only: nothing is lost when closing fails
	source, err := intake.Open(r, inputs.list, options)
	if err != nil {
		return err
	}
	handler, err := handlers(source.Fields())
	if err != nil {
		return err
	}
	_, err = source.Scan(workers, handler, io.Discard)
	return err
}

// reachedToday is what the people in the files have reached, and the pseudonym that tells keys apart.
func (e *env) reachedToday(r *rubric.Rubric, opts *baselineOptions) (*policy.Baseline, string, error) {
	if err := opts.check(); err != nil {
		return nil, "", err
	}
	name, probe, err := e.pseudonyms(opts.people.keyFile)
	if err != nil {
		return nil, "", err
	}
	collector := policy.NewCollector(r, name)
	options, err := e.inputOptions(r, opts.people.encoding, opts.people.formMap)
	if err != nil {
		return nil, "", err
	}
	err = e.scanCohort(r, opts.files, options, opts.people.workers, func([]string) (func() intake.Handler, error) {
		return func() intake.Handler { return collector.Worker() }, nil
	})
	if err != nil {
		return nil, "", err
	}
	return collector.Baseline(probe), probe, nil
}

func (o *baselineOptions) check() error {
	switch {
	case o.baseline == "":
		return withHint(usage("which baseline?"), "name the file with --baseline")
	case o.baseline == stdinName:
		return withHint(usage("--baseline: - is no file that could be kept"), "name a file")
	}
	return o.people.check()
}

func runBaselineWrite(e *env, opts *baselineOptions) error {
	r, err := e.loadRubric()
	if err != nil {
		return err
	}
	if err := notAmong("--baseline", opts.baseline, append(slices.Clone(opts.files), opts.people.keyFile)); err != nil {
		return err
	}
	now, probe, err := e.reachedToday(r, opts)
	if err != nil {
		return err
	}
	old, err := e.readBaseline(opts.baseline, probe)
	if errors.Is(err, fs.ErrNotExist) {
		old, err = &policy.Baseline{}, nil
	}
	if err != nil {
		return err
	}
	if err := opts.checkDrop(old, now); err != nil {
		return err
	}
	_, changed := old.SameQuestions(r)
	raised, kept := policy.Raise(old, now, opts.drop)
	var text bytes.Buffer
	if err := raised.Write(&text); err != nil {
		return err
	}
	if text.Len() > document.MaxBytes || len(raised.People) > document.MaxEntries {
		return withHint(usage("%d people are too many for one baseline", len(raised.People)), "keep one for each part of the company, with its own files and policy")
	}
	if err := replaceFile(opts.baseline, text.Bytes()); err != nil {
		return err
	}
	return e.deliver("", func(w io.Writer) error { return baselineWritten(w, opts, old, raised, kept, changed) })
}

// checkDrop finds names to drop that are nowhere: a slip would leave somebody in.
func (o *baselineOptions) checkDrop(old, now *policy.Baseline) error {
	for _, name := range o.drop {
		if old.Of(name) == nil && now.Of(name) == nil {
			return withHint(usage("--drop: nobody is called %q", name), `"pmpath cohort gate baseline show" lists the pseudonyms`)
		}
	}
	return nil
}

// baselineWritten says what has become of the file.
func baselineWritten(w io.Writer, opts *baselineOptions, old, raised *policy.Baseline, kept []policy.Move, changed []string) error {
	added, higher := 0, 0
	for _, m := range report.NewBaselineMoves(policy.Moves(old, raised), nil).Moves {
		switch {
		case m.Kind == "new" && m.Competency == nil:
			added++
		case m.Kind == "higher" || m.Kind == "new":
			higher++
		}
	}
	b := &strings.Builder{}
	fmt.Fprintf(b, "%s: %s; new: %d; levels raised: %d; taken out: %d\n", sanitize.Line(opts.baseline), report.CountOfPeople(len(raised.People)), added, higher, len(opts.drop))
	if len(changed) > 0 {
		fmt.Fprintf(b, "Asked otherwise than before, so begun anew: %s.\n", strings.Join(changed, ", "))
	}
	for _, m := range report.NewBaselineMoves(kept, nil).Moves {
		fmt.Fprintf(b, "Kept as it was – %s: %s.\n", m.Person, m.Words())
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func runBaselineDiff(e *env, opts *baselineOptions) error {
	r, err := e.loadRubric()
	if err != nil {
		return err
	}
	if err := notAmong("--output", opts.file, append(slices.Clone(opts.files), opts.baseline, opts.people.keyFile)); err != nil {
		return err
	}
	now, probe, err := e.reachedToday(r, opts)
	if err != nil {
		return err
	}
	before, err := e.readBaselineFrom(opts, probe)
	if err != nil {
		return err
	}
	_, changed := before.SameQuestions(r)
	moves := report.NewBaselineMoves(policy.Moves(before, now), changed)
	if err := e.deliver(opts.file, func(w io.Writer) error {
		if e.settings.Format == "json" {
			return report.JSON(w, moves)
		}
		return report.BaselineMovesText(w, moves, e.layout(opts.file))
	}); err != nil {
		return err
	}
	if len(moves.Moves)+len(changed) > 0 {
		return answerNo{fmt.Sprintf("%d moved since the baseline was written", len(moves.Moves))}
	}
	return nil
}

func (e *env) readBaselineFrom(opts *baselineOptions, probe string) (*policy.Baseline, error) {
	if opts.ref == "" {
		b, err := e.readBaseline(opts.baseline, probe)
		return b, withHint(err, `"pmpath cohort gate baseline write" makes a baseline`)
	}
	node, err := readAtCommit(opts.ref, opts.baseline)
	if err != nil {
		return nil, err
	}
	b, err := policy.ReadBaseline(node)
	if err != nil {
		return nil, err
	}
	return b, sameKey(b, opts.ref+":"+opts.baseline, probe)
}

func runBaselineShow(e *env, opts *baselineOptions) error {
	r, err := e.loadRubric()
	if err != nil {
		return err
	}
	node, err := e.readDocument(opts.baseline)
	if err != nil {
		return withHint(err, `"pmpath cohort gate baseline write" makes a baseline`)
	}
	b, err := policy.ReadBaseline(node)
	if err != nil {
		return err
	}
	_, changed := b.SameQuestions(r)
	shown := report.NewBaseline(b, r.Digest, slices.Clone(changed))
	return e.deliver(opts.file, func(w io.Writer) error {
		if e.settings.Format == "json" {
			return report.JSON(w, shown)
		}
		return report.BaselineText(w, shown, e.layout(opts.file))
	})
}
