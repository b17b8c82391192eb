package formmap

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// findAnswers says for each text in a chosen column what it means, and adds the texts to be expected that nobody has chosen yet.
func (p *proposer) findAnswers() {
	inAll := map[Kind]*usage{Item: {}, Gate: {}, GateKind: {}, Stage: {}, Target: {}}
	inOne, phrases := map[*candidate]*usage{}, map[*candidate][]phrase{}
	for _, c := range p.columns {
		if !c.About.Kind.chosen() {
			continue
		}
		known := phrasesOf(p.rubric, c.About)
		c.Answers = textsOf(c.cells)
		if codes := p.onlyCodes(c); codes != "" && c.Certainty != Open {
			c.Certainty, c.Why = Open, codes
		}
		inOne[c], phrases[c] = &usage{}, known
		for i := range c.Answers {
			a := &c.Answers[i]
			if s := p.findAnswer(c.About.Kind, a, known); a.Certainty != Open {
				inOne[c][s] += a.Count
				inAll[c.About.Kind][s] += a.Count
			}
		}
	}
	numbered := 0
	for _, c := range p.columns {
		if used, ok := inOne[c]; ok {
			if used[byNumber] > 0 && c.Certainty != Open {
				numbered++
			}
			c.answers = expected(c.Answers, phrases[c], p.stylesFor(c.About.Kind, used, inAll[c.About.Kind]))
		}
	}
	if numbered > 0 {
		p.notes = append(p.notes, fmt.Sprintf("Numbers are taken for levels in %s: look whether the form showed the same numbers beside the levels.", columnsWord(numbered)))
	}
}

func columnsWord(n int) string {
	if n == 1 {
		return "1 column"
	}
	return fmt.Sprintf("%d columns", n)
}

// usage counts answers by their style.
type usage [styles]int

// stylesFor lists the styles in which further answers of a column are to be expected: its own, or else that of the other columns of its kind, or else, where
// nobody has chosen anything, what a tool can write. All names of a stage are taken, and all words for yes and no.
func (p *proposer) stylesFor(kind Kind, own, others *usage) []style {
	best, told := own.likeliest()
	if !told {
		best, told = others.likeliest()
	}
	list := []style{best}
	if !told && p.layout.tool == LimeSurvey {
		list = append(list, byCode)
	}
	if kind == Stage || kind == Target || kind == Gate {
		list = append(list, ownWord)
	}
	return list
}

// likeliest is the style that most answers have, and whether any answer tells; anchors where none does.
func (u *usage) likeliest() (best style, told bool) {
	for s := byAnchor; s < ownWord; s++ {
		if u[s] > u[best] {
			best = s
		}
	}
	return best, u[best] > 0
}

// textsOf lists the texts of a column, once each.
func textsOf(cells []Cell) []AnswerFinding {
	var list []AnswerFinding
	at, met := map[string]int{}, map[string]int{} // by normal text, and by the text as it stands
	for _, cell := range cells {
		if i, again := met[cell.Text]; again {
			list[i].Count++
			continue
		}
		text := normal(cell.Text)
		if text == "" {
			continue
		}
		i, seen := at[text]
		if !seen {
			i = len(list)
			at[text] = i
			list = append(list, AnswerFinding{Text: oneLine(cell.Text)})
		}
		met[cell.Text] = i
		list[i].Count++
	}
	return list
}

// onlyCodes says why a column of numbers cannot be taken for levels: Qualtrics and LimeSurvey export codes of choices on demand, which count from 1 whatever
// the levels are, and numbers off the scale are no levels anywhere.
func (p *proposer) onlyCodes(c *candidate) string {
	if c.About.Kind != Item || len(c.Answers) == 0 {
		return ""
	}
	scale := p.rubric.Items[c.About.Index].Competency.Scale
	outside := false
	for _, a := range c.Answers {
		n, err := strconv.Atoi(normal(a.Text))
		if err != nil {
			return ""
		}
		outside = outside || n < scale.Lo() || n > scale.Hi()
	}
	switch {
	case outside:
		return fmt.Sprintf("these numbers go beyond the levels %d to %d, so they are codes of choices", scale.Lo(), scale.Hi())
	case p.layout.tool == Qualtrics, p.layout.tool == LimeSurvey:
		return "numbers of " + p.layout.tool.Name() + " may be codes of choices: export the texts of the answers"
	}
	return ""
}

// findAnswer decides what a text means, and returns the style in which it says that.
func (p *proposer) findAnswer(kind Kind, a *AnswerFinding, known []phrase) style {
	text := normal(a.Text)
	if noAnswers[text] {
		a.Certainty = Certain
		return ownWord
	}
	if kind == Gate && p.layout.tool == Typeform && (text == "1" || text == "0") {
		a.Means, a.Certainty, a.Why = no, Near, "Typeform writes 1 for yes and 0 for no"
		if text == "1" {
			a.Means = yes
		}
		return ownWord
	}
	var exact *phrase
	for i := range known {
		k := &known[i]
		switch {
		case k.normal != text:
		case exact == nil:
			exact = k
		case exact.means != k.means:
			a.Certainty, a.Why = Open, fmt.Sprintf("it can mean %s and %s", exact.means, k.means)
			return 0
		}
	}
	if exact != nil {
		a.Means, a.Certainty = exact.means, Certain
		return exact.style
	}
	return nearest(a, text, known)
}

// nearest takes what the text is a few edits away from, with no other meaning almost as close.
func nearest(a *AnswerFinding, text string, known []phrase) style {
	a.Certainty, a.Why = Open, "no answer of the rubric is like it"
	var best *phrase
	least := 0
	for i := range known {
		if edits, ok := near(text, known[i].normal); ok && (best == nil || edits < least) {
			best, least = &known[i], edits
		}
	}
	if best == nil {
		return 0
	}
	a.Means = best.means
	for _, k := range known {
		if k.means != best.means && distance([]rune(text), []rune(k.normal), least+margin-1) < least+margin {
			a.Why = fmt.Sprintf("it is almost as close to %q (%s) as to %q (%s)", k.shown, k.means, best.shown, best.means)
			return 0
		}
	}
	a.Certainty, a.Why = Near, fmt.Sprintf("%s away from %q", editsWord(least), best.shown)
	return best.style
}

// expected lists the answers for the map, by meaning in the order of the rubric: those that were seen, and the rubric's own text for each meaning in the styles
// of the column, so that an answer that nobody has chosen yet, or a label that is mended, can be read.
func expected(seen []AnswerFinding, known []phrase, in []style) []Answer {
	var list []Answer
	taken := map[string]bool{}
	for _, a := range seen {
		taken[normal(a.Text)] = true
	}
	for _, means := range append(meaningsOf(known), "") {
		for _, a := range seen {
			if a.Certainty != Open && a.Means == means {
				list = append(list, Answer{a.Text, means})
			}
		}
		for _, k := range known {
			if k.means == means && !taken[k.normal] && !ambiguous(known, k) && (slices.Contains(in, k.style) || k.style == byAnchor && !hasStyle(known, means, in[0])) {
				taken[k.normal] = true
				list = append(list, Answer{k.shown, means})
			}
		}
	}
	return list
}

// meaningsOf lists what phrases can mean, once each.
func meaningsOf(known []phrase) []string {
	var list []string
	for _, k := range known {
		if !slices.Contains(list, k.means) {
			list = append(list, k.means)
		}
	}
	return list
}

func hasStyle(known []phrase, means string, s style) bool {
	return slices.ContainsFunc(known, func(k phrase) bool { return k.means == means && k.style == s })
}

func ambiguous(known []phrase, of phrase) bool {
	return slices.ContainsFunc(known, func(k phrase) bool { return k.normal == of.normal && k.means != of.means })
}

// findDates finds the order of days that all dates of the export are written in.
func (p *proposer) findDates() {
	var texts []string
	var dated []*candidate
	for _, c := range p.columns {
		if c.Certainty == Open || c.About.Kind != Date && c.About.Kind != GateDate {
			continue
		}
		dated = append(dated, c)
		for _, cell := range c.cells {
			texts = append(texts, cell.Text)
		}
	}
	orders := p.table.ordersOf(texts)
	said := slices.ContainsFunc(texts, func(text string) bool {
		_, number := p.table.serial(text)
		return !number && strings.TrimSpace(text) != ""
	})
	switch {
	case len(dated) == 0:
		return
	case !said: // no date is there, or all are numbers of a workbook
		p.dates = YearMonthDay
		return
	case len(orders) == 1:
		p.dates = orders[0]
		return
	}
	why := "not all dates of the export are written in the same way"
	if len(orders) > 1 {
		why = "days and months cannot be told apart: write dates: month-day-year or day-month-year"
	}
	for _, c := range dated {
		c.Certainty, c.Why = Open, why
	}
}
