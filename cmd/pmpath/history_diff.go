package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/change"
	"github.com/pmpath/pmpath/internal/history"
	"github.com/pmpath/pmpath/internal/report"
)

const historyDiffLong = `Print what moved between two assessments: readiness as verdict and share of the
points, and every answer. Without an ID these are the newest one and the one before
it about the same person, by the same kind of rater; with one ID, that one and the
newest.

Where the rubric changed in between, each side is judged by the rubric of its time,
and every change is labelled: person, or rubric. Questions that were worded
otherwise or not asked are not compared; they are listed. Exits with 1 where
something moved.`

type diffOptions struct {
	ids    []string
	person string
	file   string
}

func newHistoryDiffCmd(e *env) *cobra.Command {
	opts := &diffOptions{}
	cmd := &cobra.Command{
		Use: "diff [A [B]]", Short: "Print what moved between two assessments", Long: historyDiffLong,
		Example: "  pmpath history diff\n  pmpath history diff 4k2p 9xw0 --json",
		Args:    arguments(0, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			opts.ids = args
			return e.withHistory(func(s *history.Store) error { return e.diffHistory(s, opts) })
		},
	}
	personFlag(cmd, &opts.person, "about this person; me for yourself")
	cmd.Flags().StringVarP(&opts.file, "output", "o", "", "write it to a file in place of standard output")
	formatFlags(cmd, "text", "json")
	return cmd
}

func (e *env) diffHistory(s *history.Store, opts *diffOptions) error {
	first, second, err := opts.pair(s)
	if err != nil {
		return err
	}
	before, err := s.Assessment(first)
	if err != nil {
		return err
	}
	after, err := s.Assessment(second)
	if err != nil {
		return err
	}
	if before.Rubric.ID != after.Rubric.ID {
		return withHint(usage("%s and %s answer different rubrics (%s, %s)", before.ID, after.ID, before.Rubric.ID, after.Rubric.ID), "choose two by the same one")
	}
	diff := change.Between(takenOf(before), takenOf(after))
	c := report.NewComparison(sideOf(before), sideOf(after), diff)
	err = e.deliver(opts.file, func(w io.Writer) error {
		if e.settings.Format == "json" {
			return report.JSON(w, c)
		}
		return report.ComparisonText(w, c, e.layout(opts.file))
	})
	if err == nil && diff.Differs() {
		return answerNo{}
	}
	return err
}

// pair finds the two assessments to compare.
func (o *diffOptions) pair(s *history.Store) (first, second string, err error) {
	if len(o.ids) == 2 {
		return o.ids[0], o.ids[1], nil
	}
	theirs, err := about(s, o.person)
	if err != nil {
		return "", "", err
	}
	if len(theirs) == 0 {
		return "", "", &history.UnknownError{What: "assessment"}
	}
	newest := theirs[len(theirs)-1]
	if len(o.ids) == 1 {
		return o.ids[0], newest.ID, nil
	}
	for i := len(theirs) - 2; i >= 0; i-- {
		if sameSeries(theirs[i], newest) {
			return theirs[i].ID, newest.ID, nil
		}
	}
	return "", "", withHint(usage("there is only one assessment to look at, and two are needed"), "`pmpath history list` shows what there is; name two by their ids")
}

// sameSeries reports whether two assessments of a person are of a kind: by the same rubric, whatever its version, and the same relation of rater.
func sameSeries(a, b history.AssessmentInfo) bool {
	return a.Rubric.ID == b.Rubric.ID && a.Rater == b.Rater
}

func takenOf(a *history.Assessment) change.Taken {
	return change.Taken{Sheet: a.Sheet, NotAsked: a.NotAsked}
}

func sideOf(a *history.Assessment) report.ChangeSide {
	return report.ChangeSide{ID: a.ID, Date: a.Date.String(), Rubric: rubricOf(a.AssessmentInfo), StoppedEarly: a.StoppedEarly()}
}
