package prompt

import (
	"github.com/AlecAivazis/survey/v2/terminal"
	"github.com/charmbracelet/x/ansi"
)

// fit cuts s so that it is at most w cells wide by every count there is: by
// clusters and by runes, since terminals do either, and by survey's own. survey
// counts marks and joined emoji as cells of their own and erases that many lines
// before it draws again; a row which is short by all counts is always taken for
// the one line it is.
func fit(s string, w int) string {
	for n := w; n > 0; n-- {
		t := ansi.Truncate(s, n, "…")
		if max(ansi.StringWidth(t), ansi.StringWidthWc(t), terminal.StringWidth(t)) <= w {
			return t
		}
	}
	return ""
}
