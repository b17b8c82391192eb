package main

import (
	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/history"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
)

const historyShowLong = `Print the report of a finished assessment again, from the answers as they were and
by the rubric of that time. Without an ID it is the newest one.`

func newHistoryShowCmd(e *env) *cobra.Command {
	var opts output
	cmd := &cobra.Command{
		Use: "show [ID]", Short: "Print the report of a finished assessment", Long: historyShowLong,
		Example: "  pmpath history show\n  pmpath history show 4k2p --format markdown -o report.md",
		Args:    arguments(0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			return e.withHistory(func(s *history.Store) error { return e.showHistory(s, args, opts) })
		},
	}
	opts.flags(cmd)
	return cmd
}

func (e *env) showHistory(s *history.Store, args []string, opts output) error {
	id, err := idOrNewest(s, args)
	if err != nil {
		return err
	}
	a, err := s.Assessment(id)
	if err != nil {
		return err
	}
	assessment := reassess(a)
	if n := len(a.NotAsked); n > 0 {
		e.say("This assessment was stopped early: %s not asked.", several(n, "question was", "questions were"))
	}
	for i, o := range a.Outcomes {
		if now := assessment.Targets[i].Verdict.String(); now != o.Verdict {
			e.say("pmpath %s decided otherwise when this was finished: %s was %s.", a.Version, o.Title, o.Verdict)
		}
	}
	return e.deliver(opts.file, e.render(assessment, opts, wholeReport, nil))
}

func idOrNewest(s *history.Store, args []string) (string, error) {
	if len(args) > 0 {
		return args[0], nil
	}
	all, err := s.Assessments()
	if err != nil {
		return "", err
	}
	if len(all) == 0 {
		return "", &history.UnknownError{What: "assessment"}
	}
	return all[len(all)-1].ID, nil
}

// reassess works the report out again for the roles that were asked about then.
func reassess(a *history.Assessment) *readiness.Assessment {
	var targets []*rubric.Stage
	for _, o := range a.Outcomes {
		targets = append(targets, a.Sheet.Rubric.StageNamed(o.Target))
	}
	return readiness.Assess(a.Sheet, targets)
}
