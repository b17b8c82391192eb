package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Record is what is kept of a plan: enough to tell later what became of it, whatever has become of the rubric.
type Record struct {
	RubricID, RubricVersion string
	TargetID, TargetTitle   string
	Rater                   response.Rater
	Made                    response.Date // the date of the sheet that it was made from
	Start                   response.Date
	Goals                   []Kept
}

// Kept is a goal as it is kept.
type Kept struct {
	IsGate    bool
	ID, Title string
	Open      bool   // neither answered nor left out when the plan was made
	SaidYes   bool   // a gate that was said yes to, without all that it needs
	Stood, To int    // levels, then and aimed at; 0 for a gate
	Words     string // itemWords or gateWords; empty where they are not known
	Due       response.Date
	Ticked    bool // somebody has set a mark in the plan: their word, not an answer
}

// Record returns what is to be kept of a plan.
func (p *Plan) Record() *Record {
	r := p.Path.Result
	record := &Record{
		RubricID: r.Sheet.Rubric.ID, RubricVersion: r.Sheet.Rubric.Version, TargetID: r.Target.ID, TargetTitle: r.Target.Title,
		Rater: r.Sheet.Rater, Made: r.Sheet.Date, Start: p.Start,
	}
	for _, g := range p.Goals {
		record.Goals = append(record.Goals, g.Kept())
	}
	return record
}

// Kept returns what is to be kept of a goal.
func (g *Goal) Kept() Kept {
	if g.Gate != nil {
		said := g.Gate.Lack != response.LacksNothing
		return Kept{IsGate: true, ID: g.Gate.ID, Title: g.Gate.Title, Open: g.Open, SaidYes: said, Words: gateWords(g.Gate.Gate), Due: g.Due}
	}
	item := g.Raise.Item
	return Kept{ID: item.ID, Title: item.Competency.Title, Open: g.Open, Stood: g.Stood, To: g.Raise.To, Words: itemWords(item, g.Raise.To), Due: g.Due}
}

// itemWords is a short name for the words of a question and of a level's anchor, so that one that has been reworded since is not taken for the same:
// 8 hexadecimal digits.
func itemWords(item *rubric.Item, to int) string { return shortHash(item.Ask, item.Anchor(to)) }

// gateWords is the same for the words of a gate.
func gateWords(gate *rubric.Gate) string { return shortHash(gate.Ask) }

func shortHash(texts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(texts, "\x00")))
	return hex.EncodeToString(sum[:4])
}

// formatVersion is the schema_version of the JSON form that this package reads.
const formatVersion = 1

// KindOfDocument is the member "kind" of a plan in JSON.
const KindOfDocument = "plan"

// Read takes a plan from its JSON form. Members that it does not know are passed over, as later versions may add some. All problems are
// document.Problems.
func Read(n *document.Node) (*Record, error) {
	var rd reader
	if !rd.isPlan(n) {
		return nil, rd.problems.Err()
	}
	record := &Record{
		RubricID: rd.text(n, "rubric", "id"), RubricVersion: rd.text(n, "rubric", "version"),
		TargetID: rd.text(n, "target", "id"), TargetTitle: rd.text(n, "target", "title"),
		Rater: rd.rater(n), Made: rd.date(n, "date"), Start: rd.date(n, "start"),
	}
	if goals := n.Get("goals"); goals == nil || goals.Kind != document.List {
		rd.problems.Add(n.At("goals"), "goals", "the list of goals is missing", madeBy)
	}
	for i, goal := range n.Entries("goals") {
		rd.at = fmt.Sprintf("goals[%d].", i)
		record.Goals = append(record.Goals, rd.goal(goal))
	}
	if err := rd.problems.Err(); err != nil {
		return nil, err
	}
	return record, nil
}

type reader struct {
	problems document.Problems
	at       string // before the path of a member
}

const madeBy = "use a file that `pmpath plan --format json` has written"

// isPlan reports whether it is worth reading on.
func (rd *reader) isPlan(n *document.Node) bool {
	switch version, ok := n.Int("schema_version"); {
	case n.Kind != document.Map, n.TextOf("kind") != KindOfDocument:
		rd.problems.Add(n.Position, "", "this is no plan of pmpath", madeBy)
	case !ok:
		rd.problems.Add(n.At("schema_version"), "schema_version", "the version of the form is missing", madeBy)
	case version != formatVersion:
		rd.problems.Add(n.At("schema_version"), "schema_version", fmt.Sprintf("form %d is not known here", version), "use the pmpath that wrote it")
	}
	return len(rd.problems) == 0
}

// text is the text behind some keys.
func (rd *reader) text(n *document.Node, keys ...string) string {
	last := len(keys) - 1
	for _, key := range keys[:last] {
		if inner := n.Get(key); inner != nil {
			n = inner
		}
	}
	value := n.Get(keys[last])
	if value == nil || value.Kind != document.Scalar || value.Text == "" {
		rd.problems.Add(n.At(keys[last]), rd.at+strings.Join(keys, "."), "a text is missing", madeBy)
		return ""
	}
	return value.Text
}

func (rd *reader) rater(n *document.Node) response.Rater {
	rater := response.Rater(rd.text(n, "rater"))
	switch rater {
	case response.Self, response.Manager, response.Peer, response.Report, "":
	default:
		rd.problems.Add(n.At("rater"), rd.at+"rater", fmt.Sprintf("there is no rater %q", rater), "use self, manager, peer or report")
	}
	return rater
}

func (rd *reader) date(n *document.Node, key string) response.Date {
	text := rd.text(n, key)
	day, ok := response.ParseDate(text)
	if !ok && text != "" {
		rd.problems.Add(n.At(key), rd.at+key, fmt.Sprintf("no calendar has the day %s", text), "write it like 2026-11-22")
	}
	return day
}

func (rd *reader) goal(n *document.Node) Kept {
	kept := Kept{ID: rd.text(n, "id"), Title: rd.text(n, "title"), Open: n.Bool("open"), Words: n.TextOf("words"), Due: rd.date(n, "due")}
	switch kind := rd.text(n, "kind"); kind {
	case "gate":
		kept.IsGate, kept.SaidYes = true, n.Bool("said_yes")
	case "item":
		kept.Stood, kept.To = rd.level(n, "stood"), rd.level(n, "aim")
	case "":
	default:
		rd.problems.Add(n.At("kind"), rd.at+"kind", fmt.Sprintf("a goal is an item or a gate, not %q", kind), madeBy)
	}
	return kept
}

func (rd *reader) level(n *document.Node, key string) int {
	level, ok := n.Int(key)
	if !ok {
		rd.problems.Add(n.At(key), rd.at+key, "a level is missing", madeBy)
	}
	return level
}
