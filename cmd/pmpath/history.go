package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/history"
	"github.com/pmpath/pmpath/internal/report"
	"github.com/pmpath/pmpath/internal/sanitize"
)

const historyLong = `Look back: what was assessed, what moved since, and how readiness went over time.
Finished assessments never change; each keeps the rubric it was taken with.

Assessments are told apart by the person they are about. Your own have no name.`

func newHistoryCmd(e *env) *cobra.Command {
	cmd := &cobra.Command{Use: "history", Short: "Look back at what was assessed, export it, erase it", Long: historyLong}
	cmd.AddCommand(
		newHistoryListCmd(e), newHistoryShowCmd(e), newHistoryDiffCmd(e), newHistoryTrendCmd(e),
		newHistoryAddCmd(e), newHistoryExportCmd(e), newHistoryImportCmd(e), newHistoryEraseCmd(e),
	)
	group(cmd)
	return cmd
}

// myself stands for the person at this machine, whose assessments have no name.
const myself = "me"

// personFlag declares whose entries are meant.
func personFlag(cmd *cobra.Command, person *string, usage string) {
	cmd.Flags().StringVar(person, "person", "", usage)
}

// whose turns the flag into whose entries are meant; left out is everybody.
func whose(person string) history.Whose {
	switch person {
	case "":
		return history.Whose{All: true}
	case myself:
		return history.Whose{}
	}
	return history.Whose{Respondent: person}
}

// withHistory runs fn on the history that there is. It makes none: looking back must not leave anything behind.
func (e *env) withHistory(fn func(s *history.Store) error) error {
	folder, err := e.dataFolder()
	if err != nil {
		return err
	}
	if !history.Exists(folder) {
		return &history.UnknownError{What: "assessment"}
	}
	s, err := e.openHistory(0)
	if err != nil {
		return err
	}
	err = fn(s)
	if closing := s.Close(); err == nil {
		err = closing
	}
	return err
}

// about returns the assessments of one person, the oldest first. Where nobody is named and all are about the same person, that is the one.
func about(s *history.Store, person string) ([]history.AssessmentInfo, error) {
	all, err := s.Assessments()
	if err != nil {
		return nil, err
	}
	w := whose(person)
	if w.All && len(all) > 0 {
		w = history.Whose{Respondent: all[0].Respondent}
		for _, a := range all {
			if a.Respondent != w.Respondent {
				w.Respondent = ""
			}
		}
	}
	var theirs []history.AssessmentInfo
	for _, a := range all {
		if a.Respondent == w.Respondent {
			theirs = append(theirs, a)
		}
	}
	if len(theirs) == 0 && len(all) > 0 && w.Respondent == "" {
		return nil, withHint(usage("the assessments kept are about several people, and none about you"), "say about whom with --person NAME")
	}
	return theirs, nil
}

func rubricOf(a history.AssessmentInfo) report.Rubric {
	return report.Rubric{ID: a.Rubric.ID, Version: a.Rubric.Version, Digest: a.Rubric.Digest, Title: a.Rubric.Title}
}

// say tells on standard error what a command did, for people.
func (e *env) say(format string, args ...any) {
	fmt.Fprintln(e.streams.Err, sanitize.Line(fmt.Sprintf(format, args...)))
}

// several counts things in words.
func several(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
