package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/formmap"
	"github.com/pmpath/pmpath/internal/policy"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/report"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/rubrics"
)

func newRubricCmd(e *env) *cobra.Command {
	cmd := &cobra.Command{Use: "rubric", Short: "Look at, check and use rubrics"}
	cmd.AddCommand(newRubricListCmd(e), newRubricShowCmd(e), newRubricLintCmd(e), newRubricSchemaCmd(e), newRubricSheetCmd(e), newRubricFormCmd(e), newRubricNewCmd(e), newRubricTestCmd(e))
	group(cmd)
	return cmd
}

func newRubricListCmd(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "Print the rubrics that ship with pmpath", Args: arguments(0, 0),
		RunE: func(*cobra.Command, []string) error {
			return e.deliver("", func(w io.Writer) error {
				for _, name := range rubrics.Names() {
					r, err := rubrics.Load(name)
					if err != nil {
						return err
					}
					fmt.Fprintf(w, "%s %s  %s: %d areas, %d competencies, %d questions, %d stages\n",
						r.ID, r.Version, r.Title, len(r.Areas), len(r.Competencies), len(r.Items), len(r.Stages))
				}
				return nil
			})
		},
	}
}

func newRubricShowCmd(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "show [COMPETENCY]", Short: "Print a rubric's scale, rule and competencies, or one competency with its questions and growth steps",
		Long:    "Print a rubric's scale, rule and competencies; or one competency with its questions, anchors\nand growth steps, found by its own id or by that of one of its questions.",
		Example: "  pmpath rubric show\n  pmpath rubric show product-metrics\n  pmpath rubric show saying-no",
		Args:    arguments(0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			r, err := e.loadRubric()
			if err != nil {
				return err
			}
			if len(args) == 0 {
				return e.deliver("", func(w io.Writer) error { return report.Instrument(w, r, e.layout("")) })
			}
			c := r.CompetencyNamed(args[0])
			if item := r.ItemNamed(args[0]); c == nil && item != nil {
				c = item.Competency
			}
			if c == nil {
				return withHint(usage("this rubric has no competency %q", args[0]), document.Nearest(args[0], competencyIDs(r), "`pmpath rubric show` lists them"))
			}
			return e.deliver("", func(w io.Writer) error { return report.Competency(w, c, e.layout("")) })
		},
	}
}

func competencyIDs(r *rubric.Rubric) []string {
	ids := make([]string, len(r.Competencies))
	for i, c := range r.Competencies {
		ids[i] = c.ID
	}
	return ids
}

const schemaLong = `Print the JSON Schema (draft 2020-12) of a file format, for editors and other programs:
rubric, area and ladder are the files of a rubric, sheet is an answer sheet, map is a
column map for exports of form tools, report is the JSON form of a report; policy,
waivers and baseline are for the readiness gate.`

func newRubricSchemaCmd(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "schema [rubric|area|ladder|sheet|map|report|policy|waivers|baseline]", Short: "Print the JSON Schema of a file format", Long: schemaLong,
		Args: arguments(0, 1), ValidArgs: schemaNames,
		RunE: func(_ *cobra.Command, args []string) error {
			name := "rubric"
			if len(args) > 0 {
				name = args[0]
			}
			schema, err := schemaNamed(name)
			if err != nil {
				return err
			}
			return e.deliver("", func(w io.Writer) error { return report.JSON(w, schema) })
		},
	}
}

var schemaNames = []string{"rubric", "area", "ladder", "sheet", "map", "report", "policy", "waivers", "baseline"}

func schemaNamed(name string) (map[string]any, error) {
	id := "https://github.com/pmpath/pmpath/schema/" + name + "-1.json"
	switch name {
	case "rubric", "area", "ladder":
		return rubric.FileShape(name).Schema(id, "pmpath "+name+" file"), nil
	case "sheet":
		return response.Shape().Schema(id, "pmpath answer sheet"), nil
	case "map":
		return formmap.Shape().Schema(id, "pmpath column map"), nil
	case "report":
		return report.Schema(id), nil
	case "policy":
		return policy.Shape().Schema(id, "pmpath policy of a readiness gate"), nil
	case "waivers":
		return policy.WaiversShape().Schema(id, "pmpath waivers of a readiness gate"), nil
	case "baseline":
		return policy.BaselineShape().Schema(id, "pmpath baseline of a readiness gate"), nil
	}
	return nil, withHint(usage("there is no schema %q", name), document.Nearest(name, schemaNames, "use one of: "+strings.Join(schemaNames, ", ")))
}

const sheetLong = `Print an empty answer sheet with every question as a comment, to be filled in with an
editor: write a level after each id, na for "no chance in this role" where that is
offered, or nothing to leave a question open. Then: pmpath assess --answers FILE`

type sheetOptions struct {
	selection
	file string
}

func newRubricSheetCmd(e *env) *cobra.Command {
	opts := &sheetOptions{}
	cmd := &cobra.Command{
		Use: "sheet", Short: "Print an empty answer sheet to fill in", Long: sheetLong, Example: "  pmpath rubric sheet --stage pm -o me.yaml",
		Args: arguments(0, 0),
		RunE: func(*cobra.Command, []string) error { return runSheet(e, opts) },
	}
	opts.selection.flags(cmd)
	cmd.Flags().StringVarP(&opts.file, "output", "o", "", "write the sheet to a new file in place of standard output")
	return cmd
}

func runSheet(e *env, opts *sheetOptions) error {
	r, err := e.loadRubric()
	if err != nil {
		return err
	}
	sheet := response.New(r)
	sheet.Date = response.On(e.now())
	if err := opts.selection.apply(sheet); err != nil {
		return err
	}
	data := response.Blank(sheet, readiness.Targets(sheet))
	if opts.file == "" || opts.file == stdinName {
		return e.deliver("", func(w io.Writer) error { _, err := w.Write(data); return err })
	}
	return ifExists(createFile(opts.file, data), "choose another name")
}
