package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/cohort"
	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/intake"
	"github.com/pmpath/pmpath/internal/policy"
	"github.com/pmpath/pmpath/internal/pseudonym"
	"github.com/pmpath/pmpath/internal/report"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/sanitize"
)

const cohortGateLong = `Say whether the answers of many people keep to what a team has agreed on, and turn
that into the exit code: 0 where they do, 1 where they do not, or where it cannot be
told. For one person, "pmpath assess --answers FILE --require ready" does the same.

The policy is a YAML file of rules, each with its reason: how many people are to be
ready, by role and team; how many may be undetermined; which areas must hold; that
nobody falls below the baseline; how old answers and evidence may be. "pmpath cohort
gate init" writes one from today's answers; "pmpath help policy" shows what policies and
waivers can say.

A rule that is missed fails the gate, or only warns with on_miss: warn. A waiver
excuses a miss until a day; afterwards the miss counts again and names the waiver.
Groups of fewer people than min_group (5) are not judged; figures that could tell about
single people are not printed; single people have pseudonyms.

With --baseline-ref the baseline is read from a commit, such as the branch that a
change goes to: a change that rewrites its own baseline is caught.

Formats: text, markdown, json, junit, tap, and github for annotations. --report writes
several at once; --summary adds Markdown to the summary of a GitHub job. CI systems do
not look at these to fail a job: the exit code is the gate.`

type cohortGateOptions struct {
	files       []string
	policy      string
	waivers     string
	baseline    string
	baselineRef string
	people      cohortReading
	date        string
	reports     reportFiles
	summary     bool
	reportOnly  bool
	keepGoing   bool
	file        string
}

// cohortReading is how people are read and named.
type cohortReading struct {
	keyFile  string
	encoding string
	formMap  string
	workers  int
}

func (c *cohortReading) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&c.keyFile, "key-file", "", "the key that pseudonyms come from, where it is not your own: in CI, a secret")
	inputFlags(cmd, &c.encoding, &c.formMap)
	cmd.Flags().IntVar(&c.workers, "workers", 0, "how many read side by side; 0: as many as the machine has processors")
}

func (c *cohortReading) check() error {
	if c.workers < 0 {
		return withHint(usage("--workers: there cannot be %d", c.workers), "use 1 or more, or 0 for one on each processor")
	}
	if c.workers == 0 {
		c.workers = runtime.GOMAXPROCS(0)
	}
	return nil
}

var gateFormats = []string{"text", "markdown", "json", "junit", "tap", "github"}

func newCohortGateCmd(e *env, run func(*env, *cohortGateOptions) error) *cobra.Command {
	opts := &cohortGateOptions{reports: reportFiles{formats: gateFormats}}
	cmd := &cobra.Command{
		Use: "gate FILES... --policy FILE", Short: "Say whether the answers of many people keep to a policy", Long: cohortGateLong,
		Example: "  pmpath cohort gate team.csv --policy policy.yaml\n" +
			"  pmpath cohort gate sheets/ --policy policy.yaml --waivers waivers.yaml --report junit=gate.xml --report json=gate.json\n" +
			"  pmpath cohort gate sheets/ --policy policy.yaml --baseline baseline.yaml --baseline-ref origin/main --format github --summary",
		Args: needsFiles,
		RunE: func(_ *cobra.Command, args []string) error {
			opts.files = args
			return run(e, opts)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&opts.policy, "policy", "", "the file of rules")
	flags.StringVar(&opts.waivers, "waivers", "", "the file of what is excused, and until when")
	flags.StringVar(&opts.baseline, "baseline", "", "the file of what people had reached")
	flags.StringVar(&opts.baselineRef, "baseline-ref", "", "read the baseline as it was at this branch, tag or commit")
	flags.StringVar(&opts.date, "date", "", "the day to judge by, such as 2026-11-22; today where left out")
	opts.people.flags(cmd)
	opts.reports.flag(cmd)
	flags.BoolVar(&opts.summary, "summary", false, "add the result to the summary of a GitHub job ("+summaryVariable+")")
	flags.BoolVar(&opts.reportOnly, "report-only", false, "exit with 0 where the gate is not met")
	flags.BoolVar(&opts.keepGoing, "keep-going", false, "leave out people who cannot be read, and say so; then there is no verdict")
	flags.StringVarP(&opts.file, "output", "o", "", "write the report to a file in place of standard output")
	formatFlags(cmd, gateFormats...)
	cmd.AddCommand(newCohortGateInitCmd(e), newGateBaselineCmd(e))
	return cmd
}

// needsFiles is for commands about the answers of many people.
func needsFiles(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return withHint(usage("%s needs something to read", cmd.CommandPath()), "name tables, sheets or folders of sheets, or - for standard input")
	}
	return nil
}

func runCohortGate(e *env, opts *cohortGateOptions) error {
	if err := opts.check(); err != nil {
		return err
	}
	today, err := e.dayAsked("--date", opts.date, time.UTC)
	if err != nil {
		return err
	}
	if opts.summary {
		if _, _, err := e.summaryFile(report.MostSummary); err != nil {
			return err
		}
	}
	r, err := e.loadRubric()
	if err != nil {
		return err
	}
	agreed, err := e.readAgreement(r, opts)
	if err != nil {
		return err
	}
	agreed.options.Today = today
	decision, published, tally, err := e.judge(agreed, opts)
	if err != nil {
		return err
	}
	render := func(format, file string) func(io.Writer) error {
		return e.renderGate(decision, published, format, file)
	}
	if err := e.deliverAll(&opts.reports, e.settings.Format, opts.file, render); err != nil {
		return err
	}
	if opts.summary {
		if err := e.summarise(decision, published); err != nil {
			return err
		}
	}
	switch {
	case tally.LeftOut > 0:
		return partlyDone(tally)
	case !decision.Holds() && !opts.reportOnly:
		return answerNo{fmt.Sprintf("the gate is not met: %d not met, %d cannot be told", decision.Count(policy.Fails), decision.Count(policy.Unsure))}
	}
	return nil
}

func (o *cohortGateOptions) check() error {
	streams := 0
	for _, name := range append(slices.Clone(o.files), o.policy, o.waivers, o.baseline, o.people.keyFile) {
		if name == stdinName {
			streams++
		}
	}
	switch {
	case o.policy == "":
		return withHint(usage("the gate needs a policy"), `name it with --policy FILE; "pmpath cohort gate init" writes one`)
	case streams > 1:
		return usage("- can stand for one file only")
	case o.baselineRef != "" && o.baseline == "":
		return withHint(usage("--baseline-ref: which file?"), "name it with --baseline")
	case o.baselineRef != "" && o.baseline == stdinName:
		return withHint(usage("--baseline-ref: standard input has no history"), "name a file with --baseline")
	}
	if err := o.keepsApart(); err != nil {
		return err
	}
	return o.people.check()
}

// keepsApart refuses to write over what is read.
func (o *cohortGateOptions) keepsApart() error {
	read := append(slices.Clone(o.files), o.policy, o.waivers, o.baseline, o.people.keyFile)
	for _, report := range o.reports.list {
		if err := notAmong("--report", report.name, read); err != nil {
			return err
		}
	}
	return notAmong("--output", o.file, read)
}

// agreement is everything that a team has agreed on.
type agreement struct {
	policy  *policy.Policy
	waivers []*policy.Waiver
	options policy.Options
}

func (e *env) readAgreement(r *rubric.Rubric, opts *cohortGateOptions) (*agreement, error) {
	node, err := e.readDocument(opts.policy)
	if err != nil {
		return nil, withHint(err, `"pmpath cohort gate init" writes a policy`)
	}
	a := &agreement{}
	if a.policy, err = policy.Read(r, node); err != nil {
		return nil, err
	}
	if opts.waivers != "" {
		if node, err = e.readDocument(opts.waivers); err != nil {
			return nil, err
		}
		if a.waivers, err = policy.ReadWaivers(a.policy, node); err != nil {
			return nil, err
		}
	}
	rule, compares := a.policy.Wants(policy.NoRegression)
	switch {
	case compares && opts.baseline == "":
		return nil, withHint(usage("the rule %q needs a baseline", rule.ID), `name it with --baseline FILE; "pmpath cohort gate baseline write" makes one`)
	case !compares && opts.baseline != "":
		return nil, withHint(usage("--baseline: no rule of the policy compares with it"), "add a rule with person: no_regression, or leave --baseline out")
	}
	if !slices.ContainsFunc(a.policy.Rules, func(r *policy.Rule) bool { return r.Measure.AboutPeople() }) {
		return a, nil
	}
	var probe string
	if a.options.Name, probe, err = e.pseudonyms(opts.people.keyFile); err != nil {
		return nil, err
	}
	if compares {
		err = e.readBaselines(&a.options, opts, probe)
	}
	return a, err
}

// pseudonyms makes what names people, and the pseudonym by which keys are told apart.
func (e *env) pseudonyms(keyFile string) (name func() func(dst, name []byte) []byte, probe string, err error) {
	key, err := e.pseudonymKeyFrom(keyFile)
	if err != nil {
		return nil, "", err
	}
	namer, err := pseudonym.New(key)
	if err != nil {
		return nil, "", err
	}
	name = func() func(dst, name []byte) []byte {
		own, _ := pseudonym.New(key) // the key has just been tried
		return own.Append
	}
	return name, string(namer.Append(nil, []byte(policy.KeyProbe))), nil
}

func (e *env) pseudonymKeyFrom(file string) ([]byte, error) {
	if file == "" {
		return e.pseudonymKey()
	}
	key, err := e.readKey(file)
	return key, withHint(err, `name the file of a key: 64 hexadecimal digits, such as "openssl rand -hex 32" prints`)
}

// readBaselines reads what people had reached: from the file or, with a commit, from there; then the file is what the change under judgement makes of it.
func (e *env) readBaselines(o *policy.Options, opts *cohortGateOptions, probe string) (err error) {
	if opts.baselineRef == "" {
		o.Baseline, err = e.readBaseline(opts.baseline, probe)
		return withHint(err, `"pmpath cohort gate baseline write" makes a baseline`)
	}
	node, err := readAtCommit(opts.baselineRef, opts.baseline)
	if err != nil {
		return err
	}
	if o.Baseline, err = policy.ReadBaseline(node); err != nil {
		return err
	}
	if err := sameKey(o.Baseline, opts.baselineRef+":"+opts.baseline, probe); err != nil {
		return err
	}
	node, err = e.readDocument(opts.baseline)
	if errors.Is(err, fs.ErrNotExist) { // the change takes it away
		o.Changed = &policy.Baseline{}
		return nil
	}
	if err != nil {
		return err
	}
	o.Changed, err = policy.ReadBaseline(node)
	return err
}

func (e *env) readBaseline(file, probe string) (*policy.Baseline, error) {
	node, err := e.readDocument(file)
	if err != nil {
		return nil, err
	}
	b, err := policy.ReadBaseline(node)
	if err != nil {
		return nil, err
	}
	return b, sameKey(b, file, probe)
}

// sameKey refuses a baseline of which nobody would be found: with another key, everybody has another pseudonym, and the gate would be green for all.
func sameKey(b *policy.Baseline, file, probe string) error {
	if b.Key == probe {
		return nil
	}
	return document.Problems{{
		Position: document.Position{File: file}, Path: "key", What: "this baseline was written with another key for pseudonyms, so nobody in it would be found",
		Do: "name the key that it was written with: --key-file FILE",
	}}
}

// both hands a person to the judge and to who counts.
type both struct {
	judge *policy.Worker
	count *cohort.Worker
}

func (b both) Handle(p *intake.Person, out []byte) []byte {
	b.judge.Handle(p, nil)
	b.count.Handle(p, nil)
	return out
}

// judge reads everybody once, for the decision and for the figures that may be printed with it.
func (e *env) judge(a *agreement, opts *cohortGateOptions) (*policy.Decision, *cohort.Published, intake.Tally, error) {
	fail := func(err error) (*policy.Decision, *cohort.Published, intake.Tally, error) {
		return nil, nil, intake.Tally{}, err
	}
	inputs, err := e.openCohort(opts.files)
	if err != nil {
		return fail(err)
	}
	defer func() { _ = inputs.close() }() // read only: nothing is lost when closing fails
	options, err := e.inputOptions(a.policy.Rubric, opts.people.encoding, opts.people.formMap)
	if err != nil {
		return fail(err)
	}
	options.KeepGoing = opts.keepGoing
	source, err := intake.Open(a.policy.Rubric, inputs.list, options)
	if err != nil {
		return fail(err)
	}
	a.options.Fields = source.Fields()
	judge, err := policy.NewJudge(a.policy, a.options)
	if err != nil {
		return fail(missingInPolicy(err))
	}
	scorer, err := cohort.New(a.policy.Rubric, cohort.Options{Fields: source.Fields(), By: figuresBy(a.policy, source.Fields())})
	if err != nil {
		return fail(err)
	}
	progress := e.showProgress(inputs)
	tally, err := source.Scan(opts.people.workers, func() intake.Handler { return both{judge.Worker(), scorer.Worker()} }, io.Discard)
	progress.end()
	if err != nil {
		return fail(err)
	}
	decision, err := judge.Decide(a.waivers, tally.LeftOut)
	if err != nil {
		return fail(withHint(usageError{err}, "group by something that people share, such as a team"))
	}
	summary, err := scorer.Summary()
	if err != nil {
		return fail(tooManyGroups(err))
	}
	return decision, summary.Publish(a.policy.MinGroup), tally, nil
}

// figuresBy is how people are grouped for the figures: first by what the first rule about groups asks for.
func figuresBy(p *policy.Policy, fields []string) []string {
	report := cohortReportOptions{}
	for _, rule := range p.Rules {
		by := rule.Each
		if by == "" && len(rule.Group) > 0 {
			by = rule.Group[0].By
		}
		if by != "" && !rule.Measure.AboutPeople() {
			report.by = []string{by}
			break
		}
	}
	return report.dimensions(fields)
}

func missingInPolicy(err error) error {
	var missing *policy.MissingError
	if errors.As(err, &missing) {
		return document.Problems{{Position: missing.Rule.At, What: missing.What, Do: missing.Do}}
	}
	return err
}

// renderGate chooses the renderer of a format.
func (e *env) renderGate(d *policy.Decision, p *cohort.Published, format, file string) func(io.Writer) error {
	if format == "markdown" {
		return func(w io.Writer) error {
			return report.GateMarkdown(w, report.NewGate(d, p, report.Options{Clean: sanitize.Markdown}), report.MostSummary)
		}
	}
	if format == "json" {
		return func(w io.Writer) error { return report.JSON(w, report.NewGate(d, p, report.Options{})) }
	}
	g := report.NewGate(d, p, report.Options{Clean: sanitize.Line})
	switch format {
	case "junit":
		return func(w io.Writer) error { return report.GateJUnit(w, g) }
	case "tap":
		return func(w io.Writer) error { return report.GateTAP(w, g) }
	case "github":
		return func(w io.Writer) error { return report.GateGitHub(w, g) }
	}
	return func(w io.Writer) error { return report.GateText(w, g, e.layout(file)) }
}

// summarise adds the decision to the summary of a job, as far as there is room.
func (e *env) summarise(d *policy.Decision, p *cohort.Published) error {
	name, room, err := e.summaryFile(report.MostSummary)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if err := report.GateMarkdown(&text, report.NewGate(d, p, report.Options{Clean: sanitize.Markdown}), room); err != nil {
		return err
	}
	if text.Len() > room {
		fmt.Fprintf(e.streams.Err, "pmpath: the summary of this job is full; the result is not in it\n")
		return nil
	}
	return appendTo(name, text.Bytes())
}
