package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pmpath/pmpath/internal/settings"
)

const exitCodesHelp = `Exit codes. Scripts can rely on them; an unknown code is a failure.

    0  done; the condition asked for holds; nothing found
    1  done, and the answer is no: --require or the gate is not met, lint has findings,
       there is no goal to keep or to put into a calendar
    3  done in part: with --keep-going, some input was left out; each place is named
   64  wrong usage: an unknown flag or command, a bad value, or input is needed and
       there is no terminal to ask on
   65  an input is invalid: a rubric or a sheet, with file, line and column; or the
       database of your history is damaged or from a newer pmpath
   66  an input is missing: no such file, rubric, draft, assessment, plan or person,
       or a folder where a file is needed
   70  a fault of pmpath itself
   73  a file cannot be created: it exists, or something else has its name
   74  reading or writing failed: a full disk, an I/O error
   75  locked: another process has the draft or the database
   77  permission denied
   78  a setting is invalid, in a file or in a PMPATH_ variable
  130  stopped while answering (Ctrl-C, Ctrl-D)
  128+N ended by signal N: 129 SIGHUP, 141 SIGPIPE, 143 SIGTERM

2 is never used on purpose: it means that pmpath crashed beyond recovery.`

// helpTopics are the texts behind `pmpath help TOPIC`.
func helpTopics() []*cobra.Command {
	return []*cobra.Command{
		{Use: "exit-codes", Short: "What the exit codes mean", Long: exitCodesHelp},
		{Use: "lint-rules", Short: "What rubric lint finds", Long: lintRulesHelp()},
		{Use: "formats", Short: "What is read about people, and how large it may be", Long: formatsHelp},
		{Use: "policy", Short: "What a policy of the readiness gate can say, and its waivers", Long: policyHelp()},
		{Use: "environment", Short: "Settings, their variables and files", Long: environmentHelp()},
	}
}

func environmentHelp() string {
	var b strings.Builder
	b.WriteString(`Settings come from, in this order: a flag, a variable, the project file .pmpath.yaml
(the first one found from the working folder upwards to the repository's root), your
own config.yaml, the default. "pmpath config show --origin" names the winner.

`)
	for _, key := range settings.Keys() {
		fmt.Fprintf(&b, "  %-12s  --%-12s  %-19s  default: %s\n                %s\n", key.Name, key.Flag, key.Variable, key.Default, key.Doc)
	}
	b.WriteString(`
Other variables:
  PMPATH_CONFIG     your settings file, in place of the usual one (--config)
  PMPATH_HOME       an absolute folder for everything that pmpath keeps; settings in its
                    subfolder config, drafts and history in data
  XDG_CONFIG_HOME   your settings are in its folder pmpath; ~/.config where it is unset
  XDG_DATA_HOME     drafts and history are in its folder pmpath; ~/.local/share where
                    it is unset
  XDG_STATE_HOME    a note is there while an editor has it; ~/.local/state where it is unset
  PMPATH_EDITOR, VISUAL, EDITOR   your editor for notes, the first that is set
  NO_COLOR, CLICOLOR_FORCE, FORCE_COLOR, CLICOLOR, TERM   colours, see --color
  SOURCE_DATE_EPOCH the day of a plan or a gate where --start or --date is left out, in
                    seconds since 1970; today where it is unset
  COLUMNS           the width of the text, 20 to 200
  CI                true: never ask
  ACCESSIBLE        plain lines for screen readers`)
	return b.String()
}
