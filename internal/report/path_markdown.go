package report

import (
	"fmt"
	"io"
	"strings"
)

// PathMarkdown prints the paths for a pull request or a page.
func PathMarkdown(w io.Writer, r *PathReport) error {
	m := &strings.Builder{}
	for i, p := range r.Paths {
		if i > 0 {
			m.WriteByte('\n')
		}
		markdownPath(m, p, r)
	}
	fmt.Fprintf(m, "\n%s %s, %s.\n", r.Rubric.Title, r.Rubric.Version, r.Date)
	_, err := io.WriteString(w, m.String())
	return err
}

func markdownPath(m *strings.Builder, p Path, r *PathReport) {
	fmt.Fprintf(m, "## %s\n\n", pathTitle(p, r.Wishes.By))
	sentences := []string{}
	if r.Respondent != nil {
		sentences = append(sentences, *r.Respondent)
	}
	sentences = append(sentences, wishesSentence(r.Wishes))
	switch p.Outcome {
	case "holds":
		writeSentences(m, append(sentences, holdsSentence(p)))
		return
	case "none":
		writeSentences(m, sentences)
		for _, block := range p.Blocks {
			fmt.Fprintf(m, "- %s.\n", upper(block.Words))
		}
		if lift := liftSentence(p); lift != "" {
			fmt.Fprintf(m, "\n%s\n", lift)
		}
		return
	}
	writeSentences(m, append(sentences,
		partsSentence(*p.Shortest)+" "+provenSentence(r.Wishes), openStepsSentence(*p.Shortest), unknownSentence(*p.Shortest, r.Wishes)))
	m.WriteByte('\n')
	for i, step := range p.Shortest.Steps {
		markdownStep(m, i+1, step)
	}
	fmt.Fprintf(m, "\n%s\n", pathSumSentence(*p.Shortest))
	if len(p.Alternatives) == 0 {
		return
	}
	fmt.Fprintf(m, "\n### %s\n\n", alternativesHeading)
	for _, other := range p.Alternatives {
		fmt.Fprintf(m, "- %s. %s\n", alternativeName(other), alternativeSentence(*p.Shortest, other))
	}
}

func markdownStep(m *strings.Builder, number int, s PathStep) {
	lead := fmt.Sprintf("%d. ", number)
	fmt.Fprintf(m, "%s**%s** %s\n", lead, stepName(s), stepFigures(s))
	for _, line := range stepLines(s) {
		fmt.Fprintf(m, "%s- %s\n", strings.Repeat(" ", len(lead)), line) // less, and it would not belong to the entry
	}
}

// writeSentences writes those that are not empty, a line each.
func writeSentences(m *strings.Builder, sentences []string) {
	for _, sentence := range sentences {
		if sentence != "" {
			m.WriteString(sentence + "\n")
		}
	}
}
