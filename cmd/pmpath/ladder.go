package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/report"
	"github.com/pmpath/pmpath/internal/rubric"
)

const ladderLong = `Print the stages of the ladder: what each is, how much it asks, and where it leads.
The ladder is a graph, not a straight line; branches and sideways moves are normal.`

type ladderOptions struct {
	route string
}

func newLadderCmd(e *env) *cobra.Command {
	opts := &ladderOptions{}
	cmd := &cobra.Command{Use: "ladder", Short: "Print the stages of the ladder and what each asks", Long: ladderLong}
	cmd.Flags().StringVar(&opts.route, "route", "", "only the stages on the ways to this one")
	cmd.AddCommand(newLadderShowCmd(e), newLadderMatrixCmd(e))
	group(cmd)
	cmd.RunE = func(*cobra.Command, []string) error { return runLadder(e, opts) }
	return cmd
}

func runLadder(e *env, opts *ladderOptions) error {
	r, err := e.loadRubric()
	if err != nil {
		return err
	}
	stages := r.Stages
	if opts.route != "" {
		goal, err := stageNamed(r, "--route", opts.route)
		if err != nil {
			return err
		}
		stages = waysTo(r, goal)
	}
	return e.deliver("", func(w io.Writer) error { return report.Ladder(w, r, stages, e.layout("")) })
}

// waysTo keeps the stages from which the goal can be reached, and the goal, in ladder order.
func waysTo(r *rubric.Rubric, goal *rubric.Stage) []*rubric.Stage {
	onTheWay := map[*rubric.Stage]bool{}
	var mark func(*rubric.Stage)
	mark = func(stage *rubric.Stage) {
		if !onTheWay[stage] {
			onTheWay[stage] = true
			for _, before := range stage.Before {
				mark(before)
			}
		}
	}
	mark(goal)
	var stages []*rubric.Stage
	for _, stage := range r.Stages {
		if onTheWay[stage] {
			stages = append(stages, stage)
		}
	}
	return stages
}

func newLadderShowCmd(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "show STAGE", Short: "Print one stage with its duties, criteria, gates and their reasons",
		Example: "  pmpath ladder show senior-pm\n  pmpath ladder show \"Group PM\"",
		Args:    arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			r, err := e.loadRubric()
			if err != nil {
				return err
			}
			stage, err := stageNamed(r, "STAGE", args[0])
			if err != nil {
				return err
			}
			return e.deliver("", func(w io.Writer) error { return report.Stage(w, r, stage, e.layout("")) })
		},
	}
}
