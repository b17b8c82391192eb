package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/people"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/report"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/sanitize"
	"github.com/pmpath/pmpath/rubrics"
)

const rubricTestLong = `Test a rubric on its golden people: invented persons in the folder people beside its
other files, each with answers and the verdicts that a thoughtful reader expects.

Every expectation is compared with what the rubric decides. Then each number that
decides is changed, one at a time – a level by one, a floor up to its level, a cut by
5 points, a gate from hard to should or back – and what nobody would notice is listed.

Exit code 1: an expectation is not met; with --require-coverage also where something
would not be noticed.`

type rubricTestOptions struct {
	requireCoverage bool
	file            string
}

func newRubricTestCmd(e *env) *cobra.Command {
	opts := &rubricTestOptions{}
	cmd := &cobra.Command{
		Use: "test [RUBRIC]", Short: "Test a rubric on its golden people", Long: rubricTestLong,
		Example: "  pmpath rubric test\n  pmpath rubric test ./our-rubric --require-coverage",
		Args:    arguments(0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				e.settings.Rubric = args[0]
			}
			return runRubricTest(e, opts)
		},
	}
	cmd.Flags().BoolVar(&opts.requireCoverage, "require-coverage", false, "exit with 1 also where a change of the rubric would not be noticed")
	cmd.Flags().StringVarP(&opts.file, "output", "o", "", "write the result to a file in place of standard output")
	formatFlags(cmd, "text", "json")
	return cmd
}

func runRubricTest(e *env, opts *rubricTestOptions) error {
	r, err := e.loadRubric()
	if err != nil {
		return err
	}
	persons, err := e.loadPeople(r)
	if err != nil {
		return err
	}
	result := rubricTest{rubric: r, people: persons, differences: people.Compare(persons), coverage: people.Cover(r, persons)}
	if err := e.deliver(opts.file, func(w io.Writer) error { return result.write(w, e.settings.Format, e.layout(opts.file)) }); err != nil {
		return err
	}
	return result.answer(opts.requireCoverage)
}

// loadPeople reads the people of the rubric in the settings: from the same place as the rubric.
func (e *env) loadPeople(r *rubric.Rubric) ([]*people.Person, error) {
	name := e.settings.Rubric
	if slices.Contains(rubrics.Names(), name) {
		return people.Load(r, rubrics.Files(), path.Join(name, people.Folder), path.Join(name, people.Folder))
	}
	shown := path.Join(filepath.ToSlash(name), people.Folder)
	const hint = "write one person a file there: person, about, date, levels, expect"
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, withHint(&fs.PathError{Op: "people of", Path: name, Err: fs.ErrNotExist}, "only a rubric in a folder can have people")
	}
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	defer root.Close() // read only: nothing is lost when closing fails
	persons, err := people.Load(r, root.FS(), people.Folder, shown)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, withHint(err, hint)
	}
	return persons, err
}

// rubricTest is everything that there is to print.
type rubricTest struct {
	rubric      *rubric.Rubric
	people      []*people.Person
	differences []people.Difference
	coverage    []people.Coverage
}

func (t *rubricTest) expectations() int {
	n := 0
	for _, person := range t.people {
		n += len(person.Expect)
		if person.Operating != nil {
			n++
		}
	}
	return n
}

func (t *rubricTest) unnoticed() int {
	n := 0
	for _, c := range t.coverage {
		n += len(c.Unnoticed())
	}
	return n
}

func (t *rubricTest) answer(requireCoverage bool) error {
	settings, stages := t.unnoticed(), len(t.unwatched())
	switch {
	case len(t.differences) > 0:
		return answerNo{fmt.Sprintf("%d of %d expectations not met", len(t.differences), t.expectations())}
	case requireCoverage && settings+stages > 0:
		return answerNo{fmt.Sprintf("unnoticed could change: %d settings of the stages tried, and all of %d others", settings, stages)}
	}
	return nil
}

func (t *rubricTest) write(w io.Writer, format string, layout report.Layout) error {
	if format == "json" {
		return report.JSON(w, t.forPrograms())
	}
	var text strings.Builder
	for _, d := range t.differences {
		fmt.Fprintln(&text, sanitize.Line(differenceWords(d)))
		for _, reason := range reasonsOf(d) {
			text.WriteString(report.Paragraph("    ", sanitize.Line(reason), layout))
		}
	}
	if len(t.differences) > 0 {
		text.WriteByte('\n')
	}
	fmt.Fprintf(&text, "%s: %d people, %d expectations, %d not met.\n\n", t.rubric.Ref(), len(t.people), t.expectations(), len(t.differences))
	fmt.Fprintf(&text, "Noticed when changed alone (levels by 1, floors up to the level, cuts by %d points):\n", people.CutStep)
	t.writeTable(&text, layout)
	t.writeUnnoticed(&text, layout)
	_, err := io.WriteString(w, text.String())
	return err
}

// differenceWords is a difference in a line: its place, whose it is, what was expected and what came out.
func differenceWords(d people.Difference) string {
	text := fmt.Sprintf("%s: %s: ", d.At, d.Person.ID)
	switch d.Aspect {
	case people.Operating:
		return text + fmt.Sprintf("expected to hold %s by skills, holds %s", d.Want, orNone(d.Got))
	case people.Deciding:
		return text + fmt.Sprintf("%s: expected %s to decide, but %s does", d.Target.ID, d.Want, orNone(d.Got))
	case people.Verdict:
		return text + fmt.Sprintf("%s: expected %s, got %s", d.Target.ID, d.Want, d.Got)
	}
	return text
}

// reasonsOf says what decides, and for a verdict why the other one was expected: the two sides to choose between.
func reasonsOf(d people.Difference) []string {
	switch d.Aspect {
	case people.Deciding:
		return []string{"Decides: " + decidingWords(d)}
	case people.Verdict:
		return []string{"Decides: " + decidingWords(d), "Expected because: " + d.Because}
	case people.Operating: // the line says it all
	}
	return nil
}

func orNone(id string) string {
	if id == "" {
		return "none"
	}
	return id
}

// decidingWords takes the words from a report, so that both say the same.
func decidingWords(d people.Difference) string {
	target := report.New(readiness.Assess(d.Person.Sheet, []*rubric.Stage{d.Target}), report.Options{}).Targets[0]
	switch {
	case len(target.NotAssessed) > 0:
		return "too much is not applicable in " + strings.Join(target.NotAssessed, ", ")
	case target.Deciding == nil && target.Verdict == readiness.Undetermined.String():
		return "too much may turn out not applicable"
	case target.Deciding == nil:
		return "nothing is asked"
	}
	return target.Deciding.Title + ", " + target.Deciding.Words
}

var settingWords = map[people.Kind]string{
	people.Level: "levels", people.Floor: "floors", people.AreaFloor: "areas", people.ReadyAt: "cut", people.Gate: "gates",
}

const tableWidth = 60 // columns that the table needs where ids have ordinary lengths

func (t *rubricTest) writeTable(text *strings.Builder, layout report.Layout) {
	longest := len("stage")
	for _, c := range t.coverage {
		longest = max(longest, len(c.Stage.ID))
	}
	inColumns := !layout.Plain && layout.Width >= tableWidth
	if inColumns {
		fmt.Fprintf(text, "  %-*s  people", longest, "stage")
		for _, kind := range people.Kinds() {
			fmt.Fprintf(text, "  %6s", settingWords[kind])
		}
		text.WriteByte('\n')
	}
	for _, c := range t.coverage {
		if inColumns {
			fmt.Fprintf(text, "  %-*s  %6d", longest, c.Stage.ID, c.People)
		} else {
			fmt.Fprintf(text, "  %s: people: %d", c.Stage.ID, c.People)
		}
		for _, kind := range people.Kinds() {
			noticed, all := c.Count(kind)
			if inColumns {
				fmt.Fprintf(text, "  %6s", fmt.Sprintf("%d/%d", noticed, all))
			} else {
				fmt.Fprintf(text, ", %s: %d of %d", settingWords[kind], noticed, all)
			}
		}
		text.WriteByte('\n')
	}
	if missing := t.unwatched(); len(missing) > 0 {
		fmt.Fprintf(text, "Nobody expects anything of: %s\n", strings.Join(missing, ", "))
	}
}

// unwatched lists the stages that ask something and that no person is tried on.
func (t *rubricTest) unwatched() []string {
	ids := []string{}
	for _, stage := range t.rubric.Stages {
		watched := slices.ContainsFunc(t.coverage, func(c people.Coverage) bool { return c.Stage == stage })
		if !watched && len(stage.Criteria)+len(stage.Gates) > 0 {
			ids = append(ids, stage.ID)
		}
	}
	return ids
}

func (t *rubricTest) writeUnnoticed(text *strings.Builder, layout report.Layout) {
	if t.unnoticed() == 0 {
		return
	}
	text.WriteString("\nNobody would notice:\n")
	for _, c := range t.coverage {
		if settings := c.Unnoticed(); len(settings) > 0 {
			fmt.Fprintf(text, "  %s\n", c.Stage.ID)
			for _, setting := range settings {
				text.WriteString(report.Paragraph("    ", unnoticedWords(setting), layout))
			}
		}
	}
}

func unnoticedWords(s people.Setting) string {
	var goals []string
	for _, mutant := range s.Mutants {
		goals = append(goals, valueWords(s.Kind, mutant.To))
	}
	to := fmt.Sprintf("%s instead of %s", strings.Join(goals, " or "), valueWords(s.Kind, s.Mutants[0].From))
	switch s.Kind {
	case people.Level:
		return fmt.Sprintf("level of %s: %s", s.ID, to)
	case people.Floor:
		return fmt.Sprintf("floor of %s: %s", s.ID, to)
	case people.AreaFloor:
		return fmt.Sprintf("floor of the area %s: %s", s.ID, to)
	case people.ReadyAt:
		return "cut over all areas: " + to
	case people.Gate:
		return fmt.Sprintf("gate %s: %s", s.ID, to)
	}
	return s.ID
}

// valueWords writes an exact number as people read it: a level as 2.5, a share as 60 %.
func valueWords(kind people.Kind, value string) string {
	number, ok := fraction.Parse(value)
	switch {
	case !ok: // a word, or a number too odd to be shortened
		return value
	case kind == people.AreaFloor || kind == people.ReadyAt:
		return number.Mul(fraction.Int(100)).Text() + " %"
	}
	return number.Text()
}

// The form that programs read.
type (
	testForm struct {
		SchemaVersion int              `json:"schema_version"`
		Rubric        string           `json:"rubric"`
		Digest        string           `json:"digest"`
		People        int              `json:"people"`
		Expectations  int              `json:"expectations"`
		CutStep       int              `json:"cut_step_points"`
		Differences   []differenceForm `json:"differences"`
		Coverage      []coverageForm   `json:"coverage"`
		Unwatched     []string         `json:"stages_without_people"`
	}
	differenceForm struct {
		Person   string `json:"person"`
		Target   string `json:"target"` // empty for operating
		Aspect   string `json:"aspect"`
		Expected string `json:"expected"`
		Got      string `json:"got"`
		Decides  string `json:"decides"` // in words; empty for operating
		Because  string `json:"because"`
		File     string `json:"file"`
		Line     int    `json:"line"`
		Column   int    `json:"column"`
	}
	coverageForm struct {
		Stage    string        `json:"stage"`
		People   int           `json:"people"`
		Counts   []countForm   `json:"counts"`
		Settings []settingForm `json:"settings"`
	}
	countForm struct {
		Kind    string `json:"kind"`
		Noticed int    `json:"noticed"`
		All     int    `json:"all"`
	}
	settingForm struct {
		Kind    string       `json:"kind"`
		ID      string       `json:"id"` // empty for ready_at
		Noticed bool         `json:"noticed"`
		Changes []changeForm `json:"changes"`
	}
	changeForm struct {
		From    string `json:"from"`
		To      string `json:"to"`
		Noticed bool   `json:"noticed"`
	}
)

func (t *rubricTest) forPrograms() testForm {
	form := testForm{
		SchemaVersion: 1, Rubric: t.rubric.Ref(), Digest: t.rubric.Digest, People: len(t.people), Expectations: t.expectations(), CutStep: people.CutStep,
		Differences: []differenceForm{}, Coverage: []coverageForm{}, Unwatched: t.unwatched(),
	}
	for _, d := range t.differences {
		f := differenceForm{d.Person.ID, "", d.Aspect.String(), d.Want, d.Got, "", d.Because, d.At.File, d.At.Line, d.At.Column}
		if d.Target != nil {
			f.Target, f.Decides = d.Target.ID, decidingWords(d)
		}
		form.Differences = append(form.Differences, f)
	}
	for _, c := range t.coverage {
		f := coverageForm{Stage: c.Stage.ID, People: c.People, Settings: []settingForm{}}
		for _, kind := range people.Kinds() {
			noticed, all := c.Count(kind)
			f.Counts = append(f.Counts, countForm{kind.String(), noticed, all})
		}
		for _, setting := range c.Settings {
			s := settingForm{setting.Kind.String(), setting.ID, setting.Noticed(), nil}
			for _, mutant := range setting.Mutants {
				s.Changes = append(s.Changes, changeForm{mutant.From, mutant.To, mutant.Noticed})
			}
			f.Settings = append(f.Settings, s)
		}
		form.Coverage = append(form.Coverage, f)
	}
	return form
}
