package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/history"
)

const historyEraseLong = `Erase everything that is kept about one person: assessments, plans and drafts, also from
backups, from the log and from free space in the database. There is no way back:
` + "`pmpath history export --person NAME FILE`" + ` keeps a copy.

The name is given twice, so that a slip does not cost anything; "me" is you. If it is cut
short, run it again: it goes on where it stopped.`

type eraseOptions struct{ person, confirm string }

func newHistoryEraseCmd(e *env) *cobra.Command {
	opts := &eraseOptions{}
	cmd := &cobra.Command{
		Use: "erase", Short: "Erase everything that is kept about a person", Long: historyEraseLong,
		Example: "  pmpath history erase --person 'Kim Example' --confirm 'Kim Example'",
		Args:    arguments(0, 0),
		RunE: func(*cobra.Command, []string) error {
			if err := opts.check(); err != nil {
				return err
			}
			return e.withHistory(func(s *history.Store) error { return e.eraseHistory(s, opts) })
		},
	}
	personFlag(cmd, &opts.person, "the person; me for yourself")
	cmd.Flags().StringVar(&opts.confirm, "confirm", "", "the same name once more")
	return cmd
}

func (o *eraseOptions) check() error {
	switch {
	case o.person == "":
		return withHint(usage("whose entries are to be erased?"), "name the person with --person, or yourself with --person me")
	case o.confirm != o.person:
		return withHint(usage("--confirm does not say the same name as --person"), "give the same name twice")
	}
	return nil
}

func (e *env) eraseHistory(s *history.Store, opts *eraseOptions) error {
	done, err := s.Erase(whose(opts.person).Respondent)
	if err != nil {
		return err
	}
	if done.Finished {
		e.say("Nothing more was kept; an erasure that had been cut short is finished now.")
	} else {
		e.say("Erased: %s, %s, %s.", several(done.Assessments, "assessment", "assessments"), several(done.Plans, "plan", "plans"), several(done.Drafts, "draft", "drafts"))
	}
	if done.Backups > 0 {
		e.say("Backups of before are gone; there is a new one without this person.")
	}
	if len(done.Files) > 0 {
		e.say("Damaged databases that had been put aside are gone too: %s.", strings.Join(done.Files, ", "))
	}
	if done.Mentions > 0 {
		e.say("The name still stands in texts of other people: %s. `pmpath history export -` shows them.", several(done.Mentions, "record", "records"))
	}
	e.say("Reports, sheets and exports that were saved elsewhere are not touched.")
	return nil
}
