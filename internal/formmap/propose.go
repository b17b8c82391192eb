package formmap

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Certainty is how sure a proposal is of a match.
type Certainty int

// The degrees of certainty. The zero value is none.
const (
	Certain Certainty = iota + 1 // the same text, or a column that is known not to matter
	Near                         // taken, and worth a look: it differs by a few edits, or something else speaks for it
	Open                         // left out of the map: a person has to decide
)

// Proposal is a map made from an export, with how sure it is of what.
type Proposal struct {
	Map     *Map
	People  int
	Columns []Finding // all columns of the export, in its order
	Missing []string  // ids of questions and gates without a column
	Notes   []string  // what else to know, one sentence each
}

// Finding is what a proposal makes of one column.
type Finding struct {
	Title     string
	Text      string // what is asked, where a row of its own says that (Qualtrics)
	At        document.Position
	About     About // of an Open one: the likeliest
	Certainty Certainty
	Why       string          // of a Near or Open one
	Answers   []AnswerFinding // of a chosen column: every text in it, in the order of its first appearance

	column Column // as it is in the map, or would be where it is Open
}

// AnswerFinding is what a proposal makes of a text in a column.
type AnswerFinding struct {
	Text      string
	Count     int
	Means     string // empty with Certain: no answer; of an Open one the likeliest, or nothing
	Certainty Certainty
	Why       string
}

// Undecided counts what a person has to decide before the map can be used.
func (p *Proposal) Undecided() int {
	count := 0
	for _, f := range p.Columns {
		if f.Certainty == Open {
			count++
			continue
		}
		for _, a := range f.Answers {
			if a.Certainty == Open {
				count++
			}
		}
	}
	return count
}

// Propose makes a map of an export. It is an error where the export has no people, or no column is a question of the rubric: document.Problems.
func Propose(r *rubric.Rubric, t *Table) (*Proposal, error) {
	p := &proposer{rubric: r, table: t, layout: layoutOf(t)}
	if err := p.check(); err != nil {
		return nil, err
	}
	p.readColumns()
	p.findColumns()
	p.settleNames()
	p.findByAnswers()
	p.settleRivals()
	p.findAnswers()
	p.findDates()
	p.rest()
	return p.proposal()
}

type proposer struct {
	rubric  *rubric.Rubric
	table   *Table
	layout  layout
	columns []*candidate
	known   []heading
	notes   []string
	dates   DateOrder
}

// candidate is a column while it is being found out about.
type candidate struct {
	Finding
	number   int
	readings []string // normal texts by which it may be known
	cells    []Cell   // of the people
	also     string   // the rubric's own title for it, where the column's is only near
	answers  []Answer // for the map, with those to be expected
}

// heading is a text by which a column is known.
type heading struct {
	normal, shown string
	about         About
}

func (p *proposer) check() error {
	var problems document.Problems
	at := p.table.At(1, 1)
	switch {
	case len(p.table.Rows) == 0:
		problems.Add(at, "", "the export is empty", "export the answers again")
	case len(p.table.Rows) <= p.layout.header:
		problems.Add(at, "", "nobody is in the export", "propose the map from an export with some answers")
	}
	return problems.Err()
}

func (p *proposer) people() []Row { return p.table.Rows[p.layout.header:] }

// readColumns gathers titles and cells.
func (p *proposer) readColumns() {
	titles := p.table.Rows[p.layout.titles-1].Cells
	texts := p.table.Rows[p.layout.texts-1].Cells
	for i, title := range titles {
		c := &candidate{number: i, Finding: Finding{Title: oneLine(title.Text), At: p.table.at(title)}}
		c.readings = readingsOf(p.layout.tool, title.Text)
		if p.layout.texts != p.layout.titles && i < len(texts) {
			c.Text = oneLine(texts[i].Text)
			c.readings = append(c.readings, readingsOf(p.layout.tool, c.Text)...)
		}
		for _, row := range p.people() {
			if i < len(row.Cells) {
				c.cells = append(c.cells, row.Cells[i])
			}
		}
		p.columns = append(p.columns, c)
	}
	p.known = headings(p.rubric)
}

// readingsOf lists the texts that a title may hold: the whole, the row of a grid in brackets (Google Forms, LimeSurvey) or after a dash (Qualtrics), and the
// code and the text of "code. text" (LimeSurvey).
func readingsOf(tool Tool, title string) []string {
	title = oneLine(title)
	texts := []string{title}
	if open := strings.LastIndexByte(title, '['); open >= 0 && strings.HasSuffix(title, "]") {
		texts = append(texts, title[open+1:len(title)-1])
	}
	if dash := strings.LastIndex(title, " - "); dash >= 0 && tool == Qualtrics {
		texts = append(texts, title[dash+3:], strings.TrimSuffix(title, " - Selected Choice")) // the latter where a question allows "Other"
	}
	if at := strings.IndexAny(title, ".:;"); at > 0 && at <= maxCode && tool == LimeSurvey {
		texts = append(texts, title[:at], title[at+1:])
	}
	var readings []string
	for _, text := range texts {
		if n := normal(text); n != "" {
			readings = append(readings, n)
		}
	}
	return readings
}

// headings lists every text by which a column of the rubric may be known.
func headings(r *rubric.Rubric) []heading {
	var list []heading
	add := func(about About, texts ...string) {
		for _, text := range texts {
			list = append(list, heading{normal(text), oneLine(text), about})
		}
	}
	var ids []string
	for _, block := range NewForm(r).Blocks {
		for _, q := range block.Questions {
			ids = append(ids, q.ID)
		}
	}
	codes := codesOf(ids)
	for i, item := range r.Items {
		about := About{Kind: Item, Index: i}
		add(about, askOf(item), item.Ask, item.ID, codes[item.ID])
		if len(item.Competency.Items) == 1 {
			add(about, item.Competency.Title)
		}
	}
	for i, gate := range r.Gates {
		add(About{Kind: Gate, Index: i}, gate.Ask, gate.ID, codes[gate.ID], gate.Title)
		add(About{Kind: GateKind, Index: i}, kindAsk(gate), gate.ID+kindSuffix, codeOr(codes, gate.ID+kindSuffix))
		add(About{Kind: GateDate, Index: i}, dateAsk(gate), gate.ID+dateSuffix, codeOr(codes, gate.ID+dateSuffix))
	}
	for _, kind := range []Kind{Team, Stage, Target} {
		for _, text := range roleTitles[kind] {
			list = append(list, heading{text, text, About{Kind: kind}})
		}
	}
	return list
}

func codeOr(codes map[string]string, id string) string {
	if code, ok := codes[id]; ok {
		return code
	}
	return id
}

// findColumns decides by titles.
func (p *proposer) findColumns() {
	for _, c := range p.columns {
		switch about, ok := p.exactly(c); {
		case c.Title == "":
			c.set(About{Kind: Ignored}, Certain, "")
		case p.isOther(c):
			c.set(About{Kind: Empty}, Certain, "")
		case p.isDate(c):
			c.set(About{Kind: Date}, Certain, "")
		case ok:
			c.set(about, Certain, "")
		}
	}
	for _, c := range p.columns {
		if c.Certainty == 0 && !isListed(c, nameTitles) && !isListed(c, idTitles) && !isListed(c, ownTitles[p.layout.tool]) {
			p.nearly(c)
		}
	}
}

func (c *candidate) set(about About, certainty Certainty, why string) {
	c.About, c.Certainty, c.Why = about, certainty, why
}

// exactly finds the one thing that a reading of the column names. The whole title counts before its parts.
func (p *proposer) exactly(c *candidate) (About, bool) {
	for _, reading := range c.readings {
		var found []About
		for _, h := range p.known {
			if h.normal == reading && !slices.Contains(found, h.about) {
				found = append(found, h.about)
			}
		}
		if len(found) == 1 {
			return found[0], true
		}
	}
	return About{}, false
}

// nearly finds what the title is a few edits away from, with nothing else almost as close.
func (p *proposer) nearly(c *candidate) {
	type match struct {
		heading
		edits int
	}
	var best *match
	for _, reading := range c.readings {
		for _, h := range p.known {
			if edits, ok := near(reading, h.normal); ok && (best == nil || edits < best.edits) {
				best = &match{h, edits}
			}
		}
	}
	if best == nil {
		p.beginning(c)
		return
	}
	for _, reading := range c.readings {
		for _, h := range p.known {
			if h.about != best.about && distance([]rune(reading), []rune(h.normal), best.edits+margin-1) < best.edits+margin {
				c.set(best.about, Open, fmt.Sprintf("it is almost as close to %q as to %q", h.shown, best.shown))
				return
			}
		}
	}
	c.set(best.about, Near, fmt.Sprintf("%s away from %q", editsWord(best.edits), best.shown))
	c.also = best.shown
}

func rows(n int) string {
	if n == 1 {
		return "1 row"
	}
	return fmt.Sprintf("%d rows", n)
}

func editsWord(n int) string {
	if n == 1 {
		return "1 letter"
	}
	return fmt.Sprintf("%d letters", n)
}

// leastBeginning is how many words a known text has at least that a longer title may begin with.
const leastBeginning = 4

// beginning finds the longest known text that the title begins with: Qualtrics exports what helps with a question together with it.
func (p *proposer) beginning(c *candidate) {
	var best heading
	rivals := false
	for _, reading := range c.readings {
		for _, h := range p.known {
			if strings.Count(h.normal, " ")+1 < leastBeginning || !strings.HasPrefix(reading, h.normal+" ") || len(h.normal) < len(best.normal) {
				continue
			}
			rivals = h.normal == best.normal && h.about != best.about
			best = h
		}
	}
	if best.about.Kind != 0 && !rivals {
		c.set(best.about, Near, fmt.Sprintf("it begins with %q", best.shown))
	}
}

// isOther recognises the column beside a question for what was written at "Other".
func (p *proposer) isOther(c *candidate) bool {
	title := c.readings
	switch p.layout.tool {
	case Typeform:
		return len(title) > 0 && title[0] == "other"
	case LimeSurvey:
		return len(title) > 1 && title[1] == "other"
	case Qualtrics:
		return strings.HasSuffix(c.Title, "_TEXT")
	default:
		return false
	}
}

func (p *proposer) isDate(c *candidate) bool { return isListed(c, dateTitles[p.layout.tool]) }

// isListed looks for the whole title in a list.
func isListed(c *candidate, titles []string) bool {
	for _, title := range titles {
		if len(c.readings) > 0 && c.readings[0] == title {
			return true
		}
	}
	return false
}

// settleNames chooses the column that says who answered: the first of the known titles that tells people apart.
func (p *proposer) settleNames() {
	for _, title := range nameTitles {
		for _, c := range p.columns {
			if c.Certainty == 0 && hasReading(c, title) && tellsApart(c) {
				c.set(About{Kind: Name}, Certain, "")
				return
			}
		}
	}
	for _, title := range idTitles {
		for _, c := range p.columns {
			if c.Certainty == 0 && hasReading(c, title) && tellsApart(c) {
				c.set(About{Kind: Name}, Near, "nothing else says who answered, so responses are told apart and not people")
				return
			}
		}
	}
}

func hasReading(c *candidate, text string) bool { return slices.Contains(c.readings, text) }

// tellsApart reports whether a column says something for everybody, and not the same for all, such as "anonymous".
func tellsApart(c *candidate) bool {
	seen := map[string]bool{}
	for _, cell := range c.cells {
		text := normal(cell.Text)
		if text == "" || text == "anonymous" {
			return false
		}
		seen[text] = true
	}
	return len(c.cells) > 0 && (len(seen) > 1 || len(c.cells) == 1)
}

// findByAnswers gives a column whose title is unknown to the one question whose anchors all its answers are.
func (p *proposer) findByAnswers() {
	claimed := p.claims()
	owners := map[string][]int{} // items by the normal text of an anchor
	for i, item := range p.rubric.Items {
		for _, l := range item.Competency.Scale.Levels {
			if anchor := normal(item.Anchor(l.Level)); !slices.Contains(owners[anchor], i) {
				owners[anchor] = append(owners[anchor], i)
			}
		}
	}
	for _, c := range p.columns {
		if c.Certainty != 0 || isListed(c, ownTitles[p.layout.tool]) {
			continue
		}
		if item, ok := onlyOwner(c, owners); ok && claimed[About{Kind: Item, Index: item}] == 0 {
			c.set(About{Kind: Item, Index: item}, Near, "by its answers: they are those of "+p.rubric.Items[item].ID)
		}
	}
}

func onlyOwner(c *candidate, owners map[string][]int) (int, bool) {
	item := -1
	for _, cell := range c.cells {
		text := normal(cell.Text)
		if text == "" {
			continue
		}
		owner := owners[text]
		if len(owner) != 1 || item >= 0 && owner[0] != item {
			return 0, false
		}
		item = owner[0]
	}
	return item, item >= 0
}

// claims counts the columns for each thing that a map has one column of.
func (p *proposer) claims() map[About]int {
	claimed := map[About]int{}
	for _, c := range p.columns {
		if c.Certainty != 0 && c.Certainty != Open && c.About.Kind.single() {
			claimed[c.About]++
		}
	}
	return claimed
}

// settleRivals leaves open what two columns claim, but for one that is certain among others that are near.
func (p *proposer) settleRivals() {
	certain := map[About]int{}
	for _, c := range p.columns {
		if c.Certainty == Certain && c.About.Kind.single() {
			certain[c.About]++
		}
	}
	claimed := p.claims()
	for _, c := range p.columns {
		switch {
		case claimed[c.About] < 2, c.Certainty == Open, c.Certainty == Certain && certain[c.About] == 1:
			continue
		case certain[c.About] == 1:
			c.set(About{Kind: Ignored}, Open, fmt.Sprintf("it is %s, but another column is surely %s", c.Why, c.About.Word(p.rubric)))
		default:
			c.set(c.About, Open, fmt.Sprintf("%d columns may be %s", claimed[c.About], c.About.Word(p.rubric)))
		}
		c.also = ""
	}
	titles := map[string]int{}
	for _, c := range p.columns {
		titles[normal(c.Title)]++
	}
	for _, c := range p.columns {
		if c.Certainty != 0 && c.Certainty != Open && c.About.Kind.single() && titles[normal(c.Title)] > 1 {
			c.Certainty, c.Why, c.also = Open, "other columns have the same title", ""
		}
	}
}

// rest leaves what is not known unread, and says so.
func (p *proposer) rest() {
	for _, c := range p.columns {
		switch {
		case c.Certainty != 0:
		case isListed(c, ownTitles[p.layout.tool]) || isListed(c, idTitles):
			c.set(About{Kind: Ignored}, Certain, "")
		case p.layout.tool == LimeSurvey && (strings.HasSuffix(c.Title, "Time") || strings.HasPrefix(c.Title, "groupTime")):
			c.set(About{Kind: Ignored}, Certain, "")
		default:
			c.set(About{Kind: Ignored}, Near, "no question of the rubric")
		}
	}
	if p.layout.tool == Qualtrics {
		p.notePreviews()
	}
}

// notePreviews warns of responses that nobody gave: Qualtrics exports previews and spam beside the others.
func (p *proposer) notePreviews() {
	for _, c := range p.columns {
		if c.readings == nil || c.readings[0] != "status" {
			continue
		}
		count := 0
		for _, cell := range c.cells {
			switch normal(cell.Text) {
			case "survey preview", "spam", "1", "8", "survey test", "2":
				count++
			}
		}
		if count > 0 {
			p.notes = append(p.notes, fmt.Sprintf("The column Status says of %s that nobody meant it: previews, tests or spam. Take them out before the table is read.", rows(count)))
		}
	}
}

// proposal puts the columns into a map.
func (p *proposer) proposal() (*Proposal, error) {
	m := &Map{Rubric: p.rubric, Tool: p.layout.tool, Header: p.layout.header, Titles: p.layout.titles, Dates: p.dates}
	result := &Proposal{Map: m, People: len(p.people()), Notes: p.notes}
	questions := 0 // decided or not
	asked := map[About]bool{}
	unread := map[string]bool{}
	for _, c := range p.columns {
		if c.About.Kind == Item {
			questions++
		}
		c.column = Column{Title: c.Title, Also: c.also, About: c.About, Answers: c.answers}
		result.Columns = append(result.Columns, c.Finding)
		if c.Certainty == Open || c.Title == "" {
			continue
		}
		asked[c.About] = true
		if !c.About.Kind.single() {
			if unread[normal(c.Title)] {
				continue // one line stands for all columns of this title
			}
			unread[normal(c.Title)] = true
		}
		m.Columns = append(m.Columns, c.column)
	}
	for i, item := range p.rubric.Items {
		if !asked[About{Kind: Item, Index: i}] {
			result.Missing = append(result.Missing, item.ID)
		}
	}
	for i, gate := range p.rubric.Gates {
		if !asked[About{Kind: Gate, Index: i}] {
			result.Missing = append(result.Missing, gate.ID)
		}
	}
	if questions == 0 {
		var problems document.Problems
		problems.Add(p.table.at(p.table.Rows[p.layout.titles-1].Cells[0]), "", "no column of this row is a question of "+p.rubric.Ref(),
			"give the columns the questions of the rubric as titles: `pmpath rubric form` writes them")
		return nil, problems.Err()
	}
	if !asked[About{Kind: Name}] {
		result.Notes = append(result.Notes, "No column says who answered; the map needs one that is \"name\".")
	}
	return result, nil
}
