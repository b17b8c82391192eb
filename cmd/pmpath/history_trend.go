package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/history"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/report"
)

const historyTrendLong = `Print how readiness for one role went over all assessments of a person, each judged by
the rubric of its time. The role is the first one that the newest assessment asked
about, unless --target names another.`

type trendOptions struct {
	person, target, file string
}

func newHistoryTrendCmd(e *env) *cobra.Command {
	opts := &trendOptions{}
	cmd := &cobra.Command{
		Use: "trend", Short: "Print how readiness went over time", Long: historyTrendLong,
		Example: "  pmpath history trend\n  pmpath history trend --target senior-pm --json",
		Args:    arguments(0, 0),
		RunE: func(*cobra.Command, []string) error {
			return e.withHistory(func(s *history.Store) error { return e.trendHistory(s, opts) })
		},
	}
	personFlag(cmd, &opts.person, "about this person; me for yourself")
	cmd.Flags().StringVar(&opts.target, "target", "", "the role, by id or title")
	cmd.Flags().StringVarP(&opts.file, "output", "o", "", "write it to a file in place of standard output")
	formatFlags(cmd, "text", "json")
	return cmd
}

func (e *env) trendHistory(s *history.Store, opts *trendOptions) error {
	theirs, err := about(s, opts.person)
	if err != nil {
		return err
	}
	if len(theirs) == 0 {
		return &history.UnknownError{What: "assessment"}
	}
	trend, err := trendOf(s, theirs, opts.target)
	if err != nil {
		return err
	}
	return e.deliver(opts.file, func(w io.Writer) error {
		if e.settings.Format == "json" {
			return report.JSON(w, trend)
		}
		return report.TrendText(w, trend, e.layout(opts.file))
	})
}

func trendOf(s *history.Store, theirs []history.AssessmentInfo, target string) (report.Trend, error) {
	newest, err := s.Assessment(theirs[len(theirs)-1].ID)
	if err != nil {
		return report.Trend{}, err
	}
	if target == "" && len(newest.Outcomes) > 0 {
		target = newest.Outcomes[0].Target
	}
	stage, err := stageNamed(newest.Sheet.Rubric, "--target", target)
	if err != nil {
		return report.Trend{}, err
	}
	trend := report.Trend{SchemaVersion: report.SchemaVersion, Stage: report.Ref{ID: stage.ID, Title: stage.Title}, Points: []report.TrendPoint{}}
	before := ""
	for _, info := range theirs {
		if !sameSeries(info, newest.AssessmentInfo) {
			continue
		}
		a, err := s.Assessment(info.ID)
		if err != nil {
			return report.Trend{}, err
		}
		then := a.Sheet.Rubric.StageNamed(stage.ID)
		if then == nil { // the rubric of that time did not have the role
			continue
		}
		trend.Points = append(trend.Points, report.TrendPoint{
			ID: a.ID, Date: a.Date.String(), Role: report.PastRoleOf(readiness.Evaluate(a.Sheet, then)), Rubric: rubricOf(info),
			RubricChanged: before != "" && before != info.Rubric.Digest, StoppedEarly: a.StoppedEarly(),
		})
		before = info.Rubric.Digest
	}
	return trend, nil
}
