package prompt

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Widths at which text is laid out. Narrower terminals wrap by themselves.
const (
	minWidth     = 20
	maxWidth     = 200
	defaultWidth = 80
	defaultRows  = 24
)

// clampWidth brings a width that was read into the range we lay out for; 0 is
// what a terminal says that does not know.
func clampWidth(w int) int {
	if w <= 0 {
		return defaultWidth
	}
	return min(max(w, minWidth), maxWidth)
}

// style is the little decoration there is; the zero value has none.
type style struct{ bold, focus, off string }

func newStyle(color bool) style {
	if !color {
		return style{}
	}
	return style{bold: "\x1b[1m", focus: "\x1b[36m", off: "\x1b[0m"}
}

// heading lays out what stands above the options.
func heading(progress, ask, help string, width int, st style) string {
	if ask == "" && help == "" {
		return ""
	}
	var b strings.Builder
	b.WriteString("\n")
	if progress != "" {
		b.WriteString(wrap(progress, width) + "\n")
	}
	for line := range strings.Lines(wrap(ask, width) + "\n") {
		b.WriteString(st.bold + strings.TrimSuffix(line, "\n") + st.off + "\n")
	}
	if help != "" {
		b.WriteString("\n" + wrap(help, width) + "\n")
	}
	return b.String()
}

// listing lays out every option in full, what follows the key hanging under
// itself.
func listing(options []Option, width int) string {
	var b strings.Builder
	for _, o := range options {
		b.WriteString(hang(oneLine(o.Key), inFull(o), width) + "\n")
	}
	return b.String()
}

// said lays out a text of ours between questions.
func said(text string, rows []Option, width int) string {
	return wrap(text, width) + "\n" + listing(rows, width)
}

// actionWords names the words of the actions in one paragraph.
func actionWords(actions []Option, width int) string {
	if len(actions) == 0 {
		return ""
	}
	words := make([]string, len(actions))
	for i, o := range actions {
		words[i] = oneLine(o.Key)
		if o.Also != "" {
			words[i] += " (" + oneLine(o.Also) + ")"
		}
	}
	return "\n" + wrap(textActions+strings.Join(words, ", "), width) + "\n"
}

// inFull joins label and text, without the key and without saying anything
// twice.
func inFull(o Option) string {
	label := strings.TrimPrefix(o.Label, o.Key+" ")
	text := strings.TrimPrefix(o.Text, o.Key+" ")
	switch {
	case text == "":
		return label
	case strings.HasPrefix(text, label):
		return text
	}
	return label + ": " + text
}

// hang sets s beside head and its further lines under its first. A head that
// takes more than half of the width stands on its own line.
func hang(head, s string, width int) string {
	if head == "" {
		return wrap(s, width)
	}
	indent, sep := ansi.StringWidth(head)+1, " "
	if indent > width/2 {
		indent, sep = 2, "\n  "
	}
	pad := "\n" + strings.Repeat(" ", indent)
	return head + sep + strings.ReplaceAll(wrap(s, width-indent), "\n", pad)
}

// wrap breaks s between words where it can, within words where it must. Clusters
// are never broken, and lines are counted both as clusters and rune by rune,
// since terminals do either: Thai and joined emoji differ.
func wrap(s string, width int) string {
	s = plain(s)
	lines := strings.Split(ansi.Wrap(s, width, ""), "\n")
	for n := width - 1; n > 1 && !within(lines, width); n-- {
		lines = strings.Split(ansi.Wrap(s, n, ""), "\n")
	}
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n")
}

func within(lines []string, width int) bool {
	for _, line := range lines {
		if max(ansi.StringWidth(line), ansi.StringWidthWc(line)) > width {
			return false
		}
	}
	return true
}

// plain takes away what may not reach a terminal: escape sequences, control
// characters, bytes that are no text. Line breaks stay, tabs become spaces.
func plain(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "")
	}
	if !strings.ContainsFunc(s, unicode.IsControl) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, ansi.Strip(s))
}

// oneLine is plain without line breaks, for rows and typed answers.
func oneLine(s string) string {
	return strings.Join(strings.Fields(plain(s)), " ")
}
