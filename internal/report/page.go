package report

import (
	"regexp"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Layout says what a text is laid out for.
type Layout struct {
	Width int  // columns; no line is wider, single words that do not fit apart
	Color bool // emphasis by SGR codes; never the only carrier of meaning
	Plain bool // for screen readers: no bars, no columns, "label: value"
}

// narrow is the width below which columns become "label: value" lines.
const narrow = 60

func (l Layout) columns() bool { return !l.Plain && l.Width >= narrow }

// page collects lines of text. What it is given is safe to print already.
type page struct {
	Layout
	strings.Builder
}

// leastRoom is how many columns a text needs beside what stands before it.
const leastRoom = 10

// para writes wrapped text. The first line starts with lead, the others with as much space; where that leaves no room, lead has a line of its own.
func (p *page) para(lead, text string) {
	if text == "" {
		return
	}
	indent := ansi.StringWidth(lead)
	if p.Width-indent < leastRoom {
		if strings.TrimSpace(lead) != "" {
			p.WriteString(strings.TrimRight(lead, " ") + "\n")
		}
		indent = min(len(lead)-len(strings.TrimLeft(lead, " "))+2, p.Width-leastRoom)
		lead = strings.Repeat(" ", indent)
	}
	room := p.Width - indent
	if strings.Contains(text, "::") || strings.Contains(text, "##[") {
		room-- // for inert
	}
	for i, line := range strings.Split(Wrap(text, room), "\n") {
		if i > 0 {
			lead = strings.Repeat(" ", indent)
		}
		p.WriteString(strings.TrimRight(lead+inert(line), " "))
		p.WriteByte('\n')
	}
}

// Paragraph lays a text out as reports do: wrapped, the first line behind lead and the others as far in, no line that a CI runner would obey.
func Paragraph(lead, text string, layout Layout) string {
	p := &page{Layout: layout}
	p.para(lead, text)
	return p.String()
}

// inert puts something before what a CI runner would obey at the start of a line of its log.
func inert(line string) string {
	if strings.HasPrefix(line, "::") || strings.HasPrefix(line, "##[") {
		return `\` + line
	}
	return line
}

// Characters that keep a line together while it is wrapped.
const (
	hyphen = "\u2011"
	space  = "\u00A0"
)

var (
	afterNumber = regexp.MustCompile(`(\d) (\d+/\d|%|h\b|points?\b)`)
	release     = strings.NewReplacer(hyphen, "-", space, " ")
)

// Wrap breaks lines between words only: an id is to be copied whole, and a number stays with its fraction and its unit.
func Wrap(text string, width int) string {
	held := hold(text)
	wrapped := ansi.Wrap(held, width, "")
	for room := width - 1; room > 0 && widest(wrapped) > width; room-- { // a mark without a letter before it is miscounted
		wrapped = ansi.Wrap(held, room, "")
	}
	return release.Replace(wrapped)
}

func widest(text string) int {
	most := 0
	for line := range strings.SplitSeq(text, "\n") {
		most = max(most, ansi.StringWidth(line))
	}
	return most
}

func hold(text string) string {
	text = afterNumber.ReplaceAllString(strings.ReplaceAll(text, "-", hyphen), "$1"+space+"$2")
	return afterNumber.ReplaceAllString(text, "$1"+space+"$2") // matches do not overlap: "1 1/3 points" has two
}

func (p *page) gap() { p.WriteByte('\n') }

// heading starts a section.
func (p *page) heading(text string) {
	p.gap()
	p.para("", p.bold(text))
}

func (p *page) bold(text string) string {
	if !p.Color {
		return text
	}
	return ansi.NewStyle().Bold().Styled(text)
}

func (p *page) tint(color ansi.BasicColor, text string) string {
	if !p.Color {
		return text
	}
	return ansi.NewStyle().Bold().ForegroundColor(color).Styled(text)
}

// pad fills text with spaces to a width, counted in columns.
func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(width-ansi.StringWidth(text), 0))
}

// needed is the mark of the cut in a bar.
const needed = "│"

// bar draws a share in width cells and the mark of what is needed, which the blocks never reach unless it holds.
func bar(s Share, width int) string {
	full, mark := int(s.WorstPercent)*width/100, int(s.NeedsPercent.Floor())*width/100
	if s.Outcome != "holds" && mark <= full {
		mark = min(full+1, width)
	}
	drawn := []rune(blockBar(s.WorstPercent, s.BestPercent, width))
	return string(drawn[:mark]) + needed + string(drawn[mark:])
}

// blockBar draws percents in width cells: held in full blocks, what open answers may add in shaded ones. It never rounds up to full.
func blockBar(worst, best int64, width int) string {
	full, open := int(worst)*width/100, int(best)*width/100
	return strings.Repeat("█", full) + strings.Repeat("▒", open-full) + strings.Repeat("░", width-open)
}
