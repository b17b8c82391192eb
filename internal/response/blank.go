package response

import (
	"fmt"
	"strings"

	"github.com/pmpath/pmpath/internal/rubric"
)

// Blank writes a sheet to be filled in with an editor: the head of s, and every question as a comment above an id without an answer. Of the gates those of
// the targets are asked; required levels are not told. It reads back as s with nothing answered.
func Blank(s *Sheet, targets []*rubric.Stage) []byte {
	f := &form{}
	f.line("# After each id write a level, or nothing to leave the question open. Choose what you could show today.")
	f.line("pmpath: %d", Format)
	f.line("rubric: %s", s.Rubric.Ref())
	f.line("respondent: # who is described; may stay empty")
	f.line("rater: %s # self, manager, peer or report", s.Rater)
	f.line("stage: %s", stageID(s.Stage))
	f.line("target: %s # empty: every role that can follow", stageID(s.Target))
	f.line("date: %s", s.Date)
	f.gates(targets)
	f.items(s.Rubric)
	return []byte(f.String())
}

type form struct{ strings.Builder }

func (f *form) line(format string, args ...any) {
	f.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " "))
	f.WriteByte('\n')
}

// comment writes text as comment lines of a readable length.
func (f *form) comment(lead, text string) {
	const width = 100
	line := lead
	for _, word := range strings.Fields(text) {
		if len(line)+len(word) > width {
			f.line("  # %s", line)
			line = strings.Repeat(" ", len(lead))
		}
		line += word + " "
	}
	f.line("  # %s", line)
}

func (f *form) gates(targets []*rubric.Stage) {
	asked := map[*rubric.Gate]bool{}
	var gates []*rubric.Gate
	for _, target := range targets {
		for _, g := range target.Gates {
			if !asked[g.Gate] {
				asked[g.Gate] = true
				gates = append(gates, g.Gate)
			}
		}
	}
	if len(gates) == 0 {
		return
	}
	f.line("\n# Facts. Write false for not yet; for yes: {met: true, kind: artifact, when: 2026-03-15, what: \"…\"}")
	f.line("# kind: artifact = something to show, peer = somebody confirms it, self = your own word")
	f.line("gates:")
	for _, gate := range gates {
		f.line("")
		f.comment("", gate.Ask)
		if gate.Evidence != "" {
			f.comment("Show: ", gate.Evidence)
		}
		f.line("  %s:", gate.ID)
	}
}

func (f *form) items(r *rubric.Rubric) {
	f.line("\nanswers:")
	for _, area := range r.Areas {
		f.line("\n  # ---- %s ----", area.Title)
		for _, c := range area.Competencies {
			for _, item := range c.Items {
				f.item(item)
			}
		}
	}
}

func (f *form) item(item *rubric.Item) {
	f.line("")
	ask := item.Ask
	if item.Window > 0 {
		ask += fmt.Sprintf(" (past %d months)", item.Window)
	}
	f.comment("", ask)
	for _, level := range item.Competency.Scale.Levels {
		f.comment(fmt.Sprintf("%3d ", level.Level), item.Anchor(level.Level))
	}
	if item.NotApplicable {
		f.comment(" na ", "no chance in this role")
	}
	f.line("  %s:", item.ID)
}
