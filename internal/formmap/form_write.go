package formmap

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
)

// CSV writes a row for each question: its id, its page, what is asked, what helps, how it is answered, and the choices in the columns after that. Most tools
// read no file at all; this one is for scripts that build a form, and for spreadsheets. Texts that a spreadsheet would take for a formula get an apostrophe.
func (f *Form) CSV() ([]byte, error) {
	most := 0
	for _, q := range f.questions() {
		most = max(most, len(q.Choices))
	}
	header := []string{"id", "page", "question", "help", "type"}
	for i := range most {
		header = append(header, "choice "+strconv.Itoa(i+1))
	}
	rows := [][]string{header}
	for _, block := range f.Blocks {
		for _, q := range block.Questions {
			row := []string{q.ID, inert(block.Title), inert(q.Text), inert(q.Help), "text"}
			if len(q.Choices) > 0 {
				row[4] = "choice"
			}
			for _, c := range q.Choices {
				row = append(row, inert(c.Text))
			}
			rows = append(rows, append(row, make([]string, len(header)-len(row))...))
		}
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	err := w.WriteAll(rows)
	return out.Bytes(), err
}

// inert keeps a spreadsheet from calculating with a text.
func inert(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

func (f *Form) questions() []Question {
	var list []Question
	for _, block := range f.Blocks {
		list = append(list, block.Questions...)
	}
	return list
}

// Text writes the questions for people who paste them into a tool: each question on a line with its number, each choice on a line of its own.
func (f *Form) Text() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n%s\n", oneLine(f.Title), f.About)
	number := 0
	for _, block := range f.Blocks {
		fmt.Fprintf(&b, "\n---- %s ----\n", oneLine(block.Title))
		for _, q := range block.Questions {
			number++
			fmt.Fprintf(&b, "\n%d. %s\n", number, q.Text)
			if q.Help != "" {
				fmt.Fprintf(&b, "(%s)\n", q.Help)
			}
			for _, c := range q.Choices {
				fmt.Fprintf(&b, "%s\n", c.Text)
			}
		}
	}
	return b.Bytes()
}

// Qualtrics writes the Advanced Format TXT that Qualtrics imports under Tools, Import/Export, Import Survey. The tag of a question is its id, with
// underscores: Qualtrics does not keep hyphens. Its texts may have HTML, so what would be a tag is escaped.
func (f *Form) Qualtrics() []byte {
	var b bytes.Buffer
	b.WriteString("[[AdvancedFormat]]\n")
	for _, block := range f.Blocks {
		fmt.Fprintf(&b, "\n[[Block:%s]]\n", qualtricsName(block.Title))
		for _, q := range block.Questions {
			kind := "TE:SingleLine"
			if len(q.Choices) > 0 {
				kind = "MC:SingleAnswer:Vertical"
			}
			fmt.Fprintf(&b, "\n[[Question:%s]]\n[[ID:%s]]\n%s\n", kind, qualtricsTag(q.ID), qualtricsText(q.Text))
			if q.Help != "" {
				fmt.Fprintf(&b, "<br><small>%s</small>\n", qualtricsText(q.Help))
			}
			if len(q.Choices) == 0 {
				continue
			}
			b.WriteString("\n[[Choices]]\n")
			for _, c := range q.Choices {
				fmt.Fprintf(&b, "%s\n", qualtricsText(c.Text))
			}
		}
	}
	return b.Bytes()
}

func qualtricsTag(id string) string { return strings.NewReplacer("-", "_", ".", "_").Replace(id) }

var (
	tags     = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "[[", "[&#8203;[")
	brackets = strings.NewReplacer("[", "(", "]", ")")
)

func qualtricsText(text string) string { return tags.Replace(text) }
func qualtricsName(text string) string { return brackets.Replace(oneLine(text)) }

// limeColumns are the columns of LimeSurvey's tab-separated survey structure that are used here; it finds them by their names.
var limeColumns = []string{"id", "related_id", "class", "type/scale", "name", "relevance", "text", "help", "language", "validation", "mandatory", "other", "default", "same_default"}

// limeLanguage is the language that the survey is said to be in. LimeSurvey wants one, and a rubric does not say.
const limeLanguage = "en"

// LimeSurvey writes the tab-separated survey structure that LimeSurvey imports under Create survey, Import. Its question codes have letters and digits
// alone; its answer codes begin with a letter, so that no code can pass for a level.
func (f *Form) LimeSurvey() ([]byte, error) {
	w := &limeWriter{}
	w.rows = append(w.rows, limeColumns)
	w.row("", "S", "", "sid", "", "100000", "", "")
	w.row("", "S", "", "format", "", "G", "", "")
	w.row("", "S", "", "language", "", limeLanguage, "", "")
	w.row("", "SL", "", "surveyls_title", "", limeText(f.Title), "", limeLanguage)
	w.row("", "SL", "", "surveyls_description", "", limeText(f.About), "", limeLanguage)
	for i, block := range f.Blocks {
		w.row(strconv.Itoa(i+1), "G", "", limeText(block.Title), "1", "", "", limeLanguage)
		for _, q := range block.Questions {
			w.question(q)
		}
	}
	var out bytes.Buffer
	out.WriteString("\uFEFF")
	table := csv.NewWriter(&out)
	table.Comma = '\t'
	err := table.WriteAll(w.rows)
	return out.Bytes(), err
}

type limeWriter struct {
	rows      [][]string
	questions int
}

func (w *limeWriter) row(id, class, kind, name, relevance, text, help, language string) {
	row := make([]string, len(limeColumns))
	row[0], row[2], row[3], row[4], row[5], row[6], row[7], row[8] = id, class, kind, name, relevance, text, help, language
	w.rows = append(w.rows, row)
}

func (w *limeWriter) question(q Question) {
	w.questions++
	kind := "S" // short text
	switch {
	case q.YesNo:
		kind = "Y"
	case len(q.Choices) > 0:
		kind = "L" // list with radio buttons
	}
	id := strconv.Itoa(w.questions)
	w.row(id, "Q", kind, q.Code, "1", limeText(q.Text), limeText(q.Help), limeLanguage)
	last := w.rows[len(w.rows)-1]
	last[10], last[11] = "N", "N" // neither mandatory nor with "Other"
	if kind != "L" {
		return
	}
	for _, c := range q.Choices {
		w.row(id, "A", "0", c.Code, "", limeText(c.Text), "", limeLanguage)
	}
}

var limeBraces = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "{", "&#123;", "}", "&#125;")

// limeText keeps a text from being HTML or an expression in braces.
func limeText(text string) string { return limeBraces.Replace(oneLine(text)) }
