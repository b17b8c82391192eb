package main

import (
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/history"
	"github.com/pmpath/pmpath/internal/report"
)

func newHistoryListCmd(e *env) *cobra.Command {
	var person string
	var names bool
	cmd := &cobra.Command{
		Use: "list", Short: "List finished assessments, open drafts and plans",
		Example: "  pmpath history list\n  pmpath history list --person me --json",
		Args:    arguments(0, 0),
		RunE:    func(*cobra.Command, []string) error { return e.listHistory(person, names) },
	}
	personFlag(cmd, &person, "only about this person; me for yourself")
	cmd.Flags().BoolVar(&names, "include-names", false, "let names into the list")
	formatFlags(cmd, "text", "json")
	return cmd
}

func (e *env) listHistory(person string, names bool) error {
	past := report.Past{SchemaVersion: report.SchemaVersion, Assessments: []report.PastEntry{}, Drafts: []report.PastDraft{}, Plans: []report.PastPlan{}}
	folder, err := e.dataFolder()
	if err != nil {
		return err
	}
	if history.Exists(folder) {
		if err := e.withHistory(func(s *history.Store) error { return fillPast(s, &past, person, names) }); err != nil {
			return err
		}
	}
	return e.deliver("", func(w io.Writer) error {
		if e.settings.Format == "json" {
			return report.JSON(w, past)
		}
		return report.PastText(w, past, e.layout(""))
	})
}

func fillPast(s *history.Store, past *report.Past, person string, names bool) error {
	w := whose(person)
	all, err := s.Assessments()
	if err != nil {
		return err
	}
	for _, a := range all {
		if w.All || a.Respondent == w.Respondent {
			past.Assessments = append(past.Assessments, pastEntry(a, names))
		}
	}
	drafts, err := s.Drafts()
	if err != nil {
		return err
	}
	for _, d := range drafts {
		if w.All || d.Respondent == w.Respondent {
			past.Drafts = append(past.Drafts, pastDraft(d, names))
		}
	}
	plans, err := s.Plans()
	if err != nil {
		return err
	}
	for _, p := range slices.Backward(plans) {
		if !w.All && p.Respondent != w.Respondent {
			continue
		}
		entry, err := pastPlan(p, names)
		if err != nil {
			return err
		}
		past.Plans = append(past.Plans, entry)
	}
	return nil
}

func pastPlan(p *history.Plan, names bool) (report.PastPlan, error) {
	record, err := readKept(p)
	if err != nil {
		return report.PastPlan{}, err
	}
	kept := report.PastPlan{
		ID: p.ID, Made: p.Made.String(), Start: record.Start.String(), Rubric: record.RubricID + "@" + record.RubricVersion,
		Target: report.Ref{ID: record.TargetID, Title: record.TargetTitle}, Goals: len(record.Goals), SomebodyElse: p.Respondent != "",
	}
	if names {
		kept.Person = p.Respondent
	}
	return kept, nil
}

func pastEntry(a history.AssessmentInfo, names bool) report.PastEntry {
	entry := report.PastEntry{
		ID: a.ID, Date: a.Date.String(), Rubric: rubricOf(a), SomebodyElse: a.Respondent != "", Rater: string(a.Rater), Stage: a.Stage,
		StoppedEarly: a.StoppedEarly(), NotAsked: append([]string{}, a.NotAsked...), Roles: []report.PastRole{}, SealedVersion: a.Version,
	}
	if names {
		entry.Person = a.Respondent
	}
	for _, o := range a.Outcomes {
		entry.Roles = append(entry.Roles, report.NewPastRole(report.Ref{ID: o.Target, Title: o.Title}, o.Verdict, o.Fit))
	}
	return entry
}

func pastDraft(d history.DraftInfo, names bool) report.PastDraft {
	draft := report.PastDraft{
		ID: d.ID, Started: d.Started.Format(time.RFC3339), Changed: d.Changed.Format(time.RFC3339), Rubric: d.Rubric,
		SomebodyElse: d.Respondent != "", Target: d.Target, Answered: d.Answered, Of: d.Of, OpenIn: d.HeldBy,
	}
	if names {
		draft.Person = d.Respondent
	}
	return draft
}
