package report

import (
	"fmt"
	"io"
	"strings"
)

// PathText prints the paths for people.
func PathText(w io.Writer, r *PathReport, layout Layout) error {
	p := &page{Layout: layout}
	if r.Respondent != nil {
		p.para("", *r.Respondent)
	}
	for i, it := range r.Paths {
		if i > 0 {
			p.gap()
		}
		p.path(it, r.Wishes, r.sheetFile)
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func (p *page) path(it Path, w Wishes, sheet string) {
	p.para("", p.bold(pathTitle(it, w.By)))
	p.para("", wishesSentence(w))
	switch it.Outcome {
	case "holds":
		p.para("", holdsSentence(it))
		return
	case "none":
		p.gap()
		for _, block := range it.Blocks {
			p.para("  - ", upper(block.Words)+".")
		}
		p.para("", liftSentence(it))
		return
	}
	p.para("", partsSentence(*it.Shortest)+" "+provenSentence(w))
	p.para("", openStepsSentence(*it.Shortest))
	p.para("", unknownSentence(*it.Shortest, w))
	p.gap()
	for i, step := range it.Shortest.Steps {
		p.step(fmt.Sprintf("%2d. ", i+1), step)
	}
	p.gap()
	p.para("", pathSumSentence(*it.Shortest))
	if len(it.Alternatives) > 0 {
		p.heading(alternativesHeading)
		for i, other := range it.Alternatives {
			p.para(fmt.Sprintf(" %c. ", 'A'+i), alternativeName(other))
			p.para("    ", alternativeSentence(*it.Shortest, other))
		}
	}
	p.gap()
	p.para("", triedOut(sheet))
}

func (p *page) step(lead string, s PathStep) {
	p.stepTitle(lead, s)
	indent := strings.Repeat(" ", len(lead))
	for _, line := range stepLines(s) {
		p.para(indent, line)
	}
}

func (p *page) stepTitle(lead string, s PathStep) {
	title := p.bold(stepName(s)) + "  " + stepFigures(s)
	if p.Plain {
		title = stepName(s) + ": " + spokenStepFigures(s)
	}
	p.para(lead, title)
}

func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
