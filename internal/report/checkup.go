package report

import (
	"io"

	"github.com/pmpath/pmpath/internal/sanitize"
)

// Check is one thing that was looked at.
type Check struct {
	What  string
	Do    string // what to do; empty where it is well
	Mends bool   // pmpath can do it
}

// Checkup prints what was mended and what was looked at in a folder.
func Checkup(w io.Writer, folder string, done []string, checks []Check, layout Layout) error {
	p := &page{Layout: layout}
	p.para("", "Folder: "+sanitize.Line(folder))
	if len(done) > 0 {
		p.heading("Mended")
		for _, text := range done {
			p.para("  ", sanitize.Line(text))
		}
	}
	p.heading("Looked at")
	open, mends := 0, 0
	for _, check := range checks {
		if check.Do == "" {
			p.para("  ok     ", sanitize.Line(check.What))
			continue
		}
		open++
		text := sanitize.Line(check.What) + " – " + sanitize.Line(check.Do)
		if check.Mends {
			mends++
			text += " (--fix does it)"
		}
		p.para("  to do  ", text)
	}
	p.gap()
	switch {
	case open == 0:
		p.para("", "All is well.")
	case mends > 0:
		p.para("", "`pmpath doctor --fix` mends what it says it does.")
	default:
		p.para("", "These are for you to do.")
	}
	_, err := io.WriteString(w, p.String())
	return err
}
