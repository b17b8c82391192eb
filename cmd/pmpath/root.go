package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/settings"
)

const rootLong = `pmpath asks what you have done as a product manager, scores the answers against
the readiness criteria of each stage of the career ladder, and says how ready you
are for the next role, what is missing, and what to do first.

Everything stays on this machine: no network, no telemetry.`

const rootExample = `  pmpath assess                                  answer on the terminal
  pmpath rubric sheet --stage pm > me.yaml       or fill in a sheet in an editor
  pmpath assess --answers me.yaml --target senior-pm
  pmpath assess --answers me.yaml --target senior-pm --require ready
  pmpath gaps me.yaml
  pmpath path me.yaml
  pmpath explain me.yaml
  pmpath routes me.yaml
  pmpath plan me.yaml --hours-per-week 4
  pmpath ladder show senior-pm`

func newRootCmd(e *env) *cobra.Command {
	root := &cobra.Command{
		Use:           "pmpath",
		Short:         "Skills self-assessment for product managers",
		Long:          rootLong,
		Example:       rootExample,
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return e.loadSettings(cmd)
		},
	}
	root.SetOut(e.streams.Out)
	root.SetErr(e.streams.Err)
	root.Flags().Bool("version", false, "print the version") // cobra's own takes -v, which is to mean something else
	root.SetVersionTemplate("{{.Name}} {{.Version}}\n")
	root.SetFlagErrorFunc(flagError)
	addSettingFlags(root)
	root.AddCommand(
		newAssessCmd(e, runAssess),
		newGapsCmd(e, runGaps),
		newPathCmd(e, runPath),
		newWhatIfCmd(e, runWhatIf),
		newExplainCmd(e, runExplain),
		newRoutesCmd(e, runRoutes),
		newPlanCmd(e, runPlan),
		newLadderCmd(e),
		newRubricCmd(e),
		newCohortCmd(e),
		newHistoryCmd(e),
		newDoctorCmd(e),
		newConfigCmd(e),
		newVersionCmd(e),
	)
	root.AddCommand(helpTopics()...)
	root.SetHelpCommand(newHelpCmd())
	root.InitDefaultCompletionCmd()
	refuseArguments(root, "completion")
	group(root)
	return root
}

// newHelpCmd is cobra's help command, but for what there is no help on: that is a usage error, not a reason to print something else.
func newHelpCmd() *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND or TOPIC]", Short: "Print the help on a command or topic",
		PersistentPreRunE: func(*cobra.Command, []string) error { return nil }, // help is there also where the settings are broken
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return withHint(usage("there is no help on %q", strings.Join(args, " ")), nearestCommand(about, rest, "`pmpath help` lists commands and topics"))
			}
			about.InitDefaultHelpFlag()
			return about.Help()
		},
	}
}

// refuseArguments makes superfluous arguments a usage error in a command that cobra has made, and in those below it.
func refuseArguments(root *cobra.Command, name string) {
	for _, cmd := range root.Commands() {
		if cmd.Name() == name {
			group(cmd)
			for _, sub := range cmd.Commands() {
				sub.Args = arguments(0, 0)
			}
		}
	}
}

// addSettingFlags declares the settings that concern every command. The format is declared where there is one to choose.
func addSettingFlags(root *cobra.Command) {
	flags := root.PersistentFlags()
	flags.String("rubric", "product-management", "the rubric: a shipped name, a folder or a file")
	flags.String("color", "auto", "colours: auto, always or never")
	flags.Bool("no-input", false, "never ask; exit with code 64 instead")
	flags.Bool("accessible", false, "plain lines for screen readers: no colours, no cursor movement")
	flags.String("config", "", "the settings file to use in place of the usual one")
}

// formatsKey marks the commands that have formats to choose from.
const formatsKey = "formats"

// formatFlags declares the choice of a format, for commands that have one. The first is the usual one.
func formatFlags(cmd *cobra.Command, formats ...string) {
	cmd.Flags().String("format", formats[0], strings.Join(formats, ", "))
	if slices.Contains(formats, "json") {
		cmd.Flags().Bool("json", false, "the same as --format json")
	}
	cmd.Annotations = map[string]string{formatsKey: strings.Join(formats, ", ")}
}

// checkFormat refuses a format that the command does not have, wherever it was set.
func checkFormat(cmd *cobra.Command, format string) error {
	listed, chooses := cmd.Annotations[formatsKey]
	formats := strings.Split(listed, ", ")
	if !chooses || slices.Contains(formats, format) {
		return nil
	}
	return withHint(usage("%s has no format %q", cmd.CommandPath(), format), document.Nearest(format, formats, "use one of: "+listed))
}

func (e *env) loadSettings(cmd *cobra.Command) error {
	if wanted, err := cmd.Flags().GetBool("json"); err == nil && wanted {
		if cmd.Flags().Changed("format") {
			return usage("--json and --format say the same thing twice")
		}
		if err := cmd.Flags().Set("format", "json"); err != nil {
			return err
		}
	}
	if format := cmd.Flags().Lookup("format"); format != nil && format.Changed {
		if err := checkFormat(cmd, format.Value.String()); err != nil { // before the settings, which know the formats of all commands
			return err
		}
	}
	dir, err := e.workDir()
	if err != nil {
		return fmt.Errorf("find the working folder: %w", err)
	}
	lines := e.streams.Accessible() && e.streams.Out.IsTerminal() // a file or pipe gets the same bytes whatever TERM says
	loaded, err := settings.Load(settings.Source{Flags: cmd.Flags(), Lookup: e.lookup, WorkDir: dir, LineMode: lines})
	if err != nil {
		return err
	}
	e.settings = loaded
	for _, warning := range loaded.Warnings {
		fmt.Fprintf(e.streams.Err, "pmpath: %s\n", warning)
	}
	return checkFormat(cmd, loaded.Format)
}

// flagError makes trouble with a flag a usage error, and names the flag that was probably meant.
func flagError(cmd *cobra.Command, err error) error {
	hint := helpHint(cmd)
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) {
		var known []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, "--"+f.Name) })
		hint = document.Nearest("--"+unknown.GetSpecifiedName(), known, hint)
	}
	return withHint(usageError{err}, hint)
}

// group makes a command that only holds others: without arguments it shows its help, with an unknown one it says what was meant.
func group(cmd *cobra.Command) {
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		return withHint(usage("%s has no command %q", cmd.CommandPath(), args[0]), nearestCommand(cmd, args, helpHint(cmd)))
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
}

// nearestCommand names the command below cmd that the first of args was probably meant to be.
func nearestCommand(cmd *cobra.Command, args []string, fallback string) string {
	if cmd == nil || len(args) == 0 {
		return fallback
	}
	var known []string
	for _, sub := range cmd.Commands() {
		known = append(known, sub.Name())
	}
	return document.Nearest(args[0], known, fallback)
}

func helpHint(cmd *cobra.Command) string { return fmt.Sprintf("see `%s --help`", cmd.CommandPath()) }

// arguments says how many arguments a command takes; too many or too few are a usage error with the command's own line.
func arguments(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return withHint(usage("%s needs more than that", cmd.CommandPath()), "use: "+cmd.UseLine())
		case len(args) > most:
			return withHint(usage("%s takes no argument %q", cmd.CommandPath(), args[most]), "use: "+cmd.UseLine())
		}
		return nil
	}
}

// choice is a flag value that is one of some words.
type choice struct {
	value string
	words []string
}

func (c *choice) String() string { return c.value }
func (c *choice) Type() string   { return strings.Join(c.words, "|") }
func (c *choice) Set(value string) error {
	for _, word := range c.words {
		if value == word {
			c.value = value
			return nil
		}
	}
	return fmt.Errorf("use one of: %s", strings.Join(c.words, ", "))
}
