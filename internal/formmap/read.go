package formmap

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Read turns the document of a map into a Map for the rubric. All problems are document.Problems: unknown words, levels off the scale, an answer that stands
// for two things, columns that say the same. Of a map for another rubric that alone is said.
func Read(r *rubric.Rubric, n *document.Node) (*Map, error) {
	rd := &mapReader{Map: Map{Rubric: r, Tool: OtherTool, Header: 1, Titles: 1, Dates: YearMonthDay}}
	Shape().Check(n, &rd.problems)
	if ref := n.TextOf("rubric"); ref != "" && ref != r.Ref() {
		var problems document.Problems
		problems.Add(n.At("rubric"), "rubric", fmt.Sprintf("this map is for %q, the rubric in use is %q", ref, r.Ref()), "use that rubric, or propose a map anew with `pmpath cohort map`")
		return nil, problems.Err()
	}
	rd.readHead(n)
	for i, entry := range n.Entries("columns") {
		rd.readColumn(entry, fmt.Sprintf("columns[%d]", i))
	}
	rd.checkWhole(n)
	if err := rd.problems.Err(); err != nil {
		return nil, err
	}
	return &rd.Map, nil
}

type mapReader struct {
	Map
	problems document.Problems
}

func (rd *mapReader) readHead(n *document.Node) {
	if tool := n.TextOf("tool"); tool != "" {
		rd.Tool = Tool(tool)
	}
	if header := n.Get("header"); header != nil {
		rd.Header, _ = header.Int("rows")
		rd.Titles, _ = header.Int("titles")
		if rd.Titles > rd.Header {
			rd.problems.Add(header.At("titles"), "header.titles", fmt.Sprintf("row %d is not among the %d header rows", rd.Titles, rd.Header), "name one of them")
		}
	}
	for order, word := range dateWords { // one word, one order: how they come does not matter
		if word == n.TextOf("dates") {
			rd.Dates = order
		}
	}
}

func (rd *mapReader) readColumn(n *document.Node, path string) {
	c := Column{Title: oneLine(n.TextOf("title")), Also: oneLine(n.TextOf("also")), At: n.At("title")}
	is, field := n.TextOf("is"), n.TextOf("field")
	switch about, known := aboutNamed(rd.Rubric, is); {
	case is != "" && field != "":
		rd.problems.Add(n.At("field"), path, "a column is one thing: \"is\" or \"field\"", "keep one of them")
	case field != "":
		c.About = About{Kind: Field, Field: field}
		rd.checkField(n, field, path+".field")
	case is == "":
		rd.problems.Add(n.Position, path, "it is not said what this column is", "add \"is\", such as is: name or is: \"not read\"")
	case known:
		c.About = about
	default:
		rd.problems.Add(n.At("is"), path+".is", fmt.Sprintf("a column cannot be %q", is),
			document.Nearest(is, knownWords(rd.Rubric), "write the id of a question or a gate, name, team, stage, target, date, \"not read\", or field: NAME for something of your own"))
	}
	if c.About.Kind != 0 {
		rd.readAnswers(n, &c, path+".answers")
	}
	rd.Columns = append(rd.Columns, c)
}

// reserved are names that a column of one's own cannot have in the tables of package intake.
var reserved = []string{"name", "respondent", "team", "stage", "target", "date", "question", "item", "answer", "level"}

func (rd *mapReader) checkField(n *document.Node, field, path string) {
	at := n.At("field")
	key := strings.ToLower(field)
	_, known := aboutNamed(rd.Rubric, key)
	switch {
	case strings.TrimSpace(field) != field:
		rd.problems.Add(at, path, "a name has no spaces around it", "remove them")
	case strings.ContainsAny(field, ";\t"):
		rd.problems.Add(at, path, "a name has no semicolons and tabs", "choose another name")
	case strings.HasPrefix(field, "#"):
		rd.problems.Add(at, path, "a name does not begin with #", "choose another name")
	case known, slices.Contains(reserved, key):
		rd.problems.Add(at, path, fmt.Sprintf("%q has a meaning of its own", field), "choose another name, or write is: "+key)
	default:
		if near := document.Nearest(key, knownWords(rd.Rubric), ""); near != "" {
			rd.problems.Add(at, path, fmt.Sprintf("the name %q is too close to one of the rubric", field), near+" Otherwise choose another name")
		}
	}
}

func (rd *mapReader) readAnswers(n *document.Node, c *Column, path string) {
	pairs := n.Members("answers")
	if !c.About.Kind.chosen() {
		if len(pairs) > 0 {
			rd.problems.Add(n.At("answers"), path, fmt.Sprintf("%q is written freely and has no list of answers", c.About.Word(rd.Rubric)), "remove the list")
		}
		return
	}
	if len(pairs) == 0 {
		rd.problems.Add(n.Position, path, "it is not said what the answers mean", "list them by what they mean: "+c.About.meanings(rd.Rubric))
		return
	}
	seen := map[string]string{}
	for _, pair := range pairs {
		means := pair.Key.Text
		if means == open {
			means = ""
		} else if !c.About.meaning(rd.Rubric, means) {
			rd.problems.Add(pair.Key.Position, path, fmt.Sprintf("an answer cannot mean %q here", means), "use "+c.About.meanings(rd.Rubric))
		}
		for _, text := range pair.Value.Items {
			shown := oneLine(text.Text)
			key := normal(shown)
			if key == "" {
				rd.problems.Add(text.Position, path, "this text shows nothing", "remove it; an empty cell is no answer anyhow")
				continue
			}
			if before, twice := seen[key]; twice {
				rd.problems.Add(text.Position, path, fmt.Sprintf("%q is listed twice, for %s and for %s", shown, before, pair.Key.Text), "keep it where it belongs")
				continue
			}
			seen[key] = pair.Key.Text
			c.Answers = append(c.Answers, Answer{shown, means})
		}
	}
}

// checkWhole finds what only several columns can tell.
func (rd *mapReader) checkWhole(n *document.Node) {
	titles, things := map[string]int{}, map[About]int{}
	items := 0
	for i, c := range rd.Columns {
		for _, title := range c.titles() {
			if first, twice := titles[title]; twice {
				rd.problems.Add(c.At, fmt.Sprintf("columns[%d].title", i), fmt.Sprintf("columns[%d] has this title too", first), "keep one of them")
			}
			titles[title] = i
		}
		if !c.About.Kind.single() || c.About.Kind == 0 {
			continue
		}
		if first, twice := things[c.About]; twice {
			rd.problems.Add(c.At, fmt.Sprintf("columns[%d].is", i), fmt.Sprintf("columns[%d] is %q too", first, c.About.Word(rd.Rubric)), "keep one of them")
		}
		things[c.About] = i
		if c.About.Kind == Item {
			items++
		}
	}
	_, named := things[About{Kind: Name}]
	switch {
	case len(rd.Columns) == 0:
	case !named:
		rd.problems.Add(n.At("columns"), "columns", "no column says who answered", "write is: name at the one that tells people apart")
	case items == 0:
		rd.problems.Add(n.At("columns"), "columns", "no column is a question of the rubric", "propose the map anew with `pmpath cohort map`")
	}
}

// titles are the normal texts by which the column is found, once each.
func (c *Column) titles() []string {
	title := normal(c.Title)
	if also := normal(c.Also); also != "" && also != title {
		return []string{title, also}
	}
	return []string{title}
}
