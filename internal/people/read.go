package people

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	d "github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

const (
	fileEnding        = ".yaml"
	notApplicableWord = "na"
	anyLevel          = 100 // the scale's own bounds are checked against the competency
)

// shape is the table of what a person has besides a sheet. The keys of the sheet stand here only so that advice on a misspelt one can name them: what
// is below them never gets here, as package response reads it.
func shape() *d.Shape {
	fields := []d.Field{
		d.Need("person", "the name of this file without its ending", d.ID()),
		d.Need("about", "one or two sentences: who this is", d.Text()),
		d.May("levels", "by competency: the answer to all of its items, a level or na", d.MapOf(d.ID(), d.IntegerOr(-anyLevel, anyLevel, notApplicableWord), 0)),
		d.May("operating", "the stage held by skills", d.ID()),
		d.Need("expect", "by target stage: the verdict, and why", d.MapOf(d.ID(), expectationShape(), 1)),
	}
	for _, key := range sheetKeys {
		fields = append(fields, d.May(key, "as in an answer sheet", d.Text()))
	}
	return d.Object(fields...)
}

// sheetKeys are the keys that mean the same as in an answer sheet.
var sheetKeys = [...]string{"stage", "date", answersKey, "gates", "notes", "evidence"}

const answersKey = "answers"

func expectationShape() *d.Shape {
	return d.Object(
		d.Need("verdict", "ready, not_ready or undetermined", d.Choice(verdictNames()...)),
		d.May("deciding", "what decides: an area, a competency, a gate, fit or assessed", d.ID()),
		d.Need("because", "one sentence: why a thoughtful reader expects this", d.Text()),
	)
}

var verdicts = [...]readiness.Verdict{readiness.Ready, readiness.NotReady, readiness.Undetermined}

func verdictNames() []string {
	var names []string
	for _, verdict := range verdicts {
		names = append(names, verdict.String())
	}
	return names
}

// Load reads the people of a rubric from the folder at path dir of fsys, in the order of their names. Problems name files by their path below shown, which
// stands for dir; all problems of all files come back at once as document.Problems. A folder that is not there, or holds nobody, is an *fs.PathError.
func Load(r *rubric.Rubric, fsys fs.FS, dir, shown string) ([]*Person, error) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, missing(shown)
	}
	var people []*Person
	var problems d.Problems
	for _, entry := range entries {
		name := entry.Name()
		id, isPerson := strings.CutSuffix(name, fileEnding)
		at := path.Join(shown, name)
		switch {
		case strings.HasPrefix(name, "."): // what systems and editors leave behind
		case !isPerson:
			problems.Add(d.Position{File: at}, "", "this is no person", "name a person's file ID"+fileEnding+", or move this elsewhere")
		default:
			node, err := d.Read(fsys, path.Join(dir, name), at)
			var found d.Problems
			if err != nil && !errors.As(err, &found) {
				return nil, err
			}
			if problems = append(problems, found...); node != nil {
				people = append(people, read(r, node, id, &problems))
			}
		}
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	if len(people) == 0 {
		return nil, missing(shown)
	}
	return people, nil
}

func missing(shown string) error {
	return &fs.PathError{Op: "read", Path: path.Join(shown, "*"+fileEnding), Err: fs.ErrNotExist}
}

// reader turns the document of one person into a Person. Where a field is missing or wrong, the shape has said so.
type reader struct {
	*Person
	rubric   *rubric.Rubric
	problems *d.Problems
}

func read(r *rubric.Rubric, n *d.Node, id string, problems *d.Problems) *Person {
	own, sheet := split(n)
	shape().Check(own, problems)
	rd := reader{&Person{ID: own.TextOf("person"), About: own.TextOf("about")}, r, problems}
	if n.Kind != d.Map {
		return rd.Person
	}
	if rd.ID != "" && rd.ID != id {
		problems.Add(own.At("person"), "person", fmt.Sprintf("the person is called %q and the file %q", rd.ID, id+fileEnding), "give both one name")
	}
	rd.readSheet(sheet, own.Members("levels"))
	if stage := own.Get("operating"); stage != nil {
		rd.Operating, rd.OperatingAt = rd.stage(stage, "operating"), stage.Position
	}
	for _, pair := range own.Members("expect") {
		rd.readExpectation(pair)
	}
	return rd.Person
}

// split parts what a person has of their own from what an answer sheet has too.
func split(n *d.Node) (own, sheet *d.Node) {
	first, second := *n, d.Node{Position: n.Position, Kind: d.Map}
	first.Pairs = nil
	for _, pair := range n.Pairs {
		if slices.Contains(sheetKeys[:], pair.Key.Text) {
			second.Pairs = append(second.Pairs, pair)
		} else {
			first.Pairs = append(first.Pairs, pair)
		}
	}
	return &first, &second
}

// readSheet has package response read the person's sheet, once it says which rubric it answers and each level is an answer to every item.
func (rd *reader) readSheet(n *d.Node, levels []d.Pair) {
	answers := d.Node{Position: n.Position, Kind: d.Map}
	sheet := d.Node{Position: n.Position, Kind: d.Map, Pairs: []d.Pair{
		pair(n.Position, "pmpath", strconv.Itoa(response.Format)), pair(n.Position, "rubric", rd.rubric.Ref()),
	}}
	for _, given := range n.Pairs {
		if given.Key.Text == answersKey && (given.Value.Kind == d.Map || given.Value.Kind == d.Null) {
			answers.Pairs = given.Value.Pairs
			continue
		}
		sheet.Pairs = append(sheet.Pairs, given)
	}
	if !slices.ContainsFunc(sheet.Pairs, func(p d.Pair) bool { return p.Key.Text == answersKey }) {
		answers.Pairs = append(rd.answersOf(levels, answers.Pairs), answers.Pairs...)
		sheet.Pairs = append(sheet.Pairs, d.Pair{Key: scalar(n.Position, answersKey), Value: &answers})
	}
	read, err := response.Read(rd.rubric, &sheet)
	var found d.Problems
	if errors.As(err, &found) {
		*rd.problems = append(*rd.problems, found...)
	}
	rd.Sheet = read
}

func pair(at d.Position, key, value string) d.Pair {
	return d.Pair{Key: scalar(at, key), Value: scalar(at, value)}
}

func scalar(at d.Position, text string) *d.Node {
	return &d.Node{Position: at, Kind: d.Scalar, Text: text}
}

// answersOf spreads levels over the items that have no entry of their own.
func (rd *reader) answersOf(levels, given []d.Pair) []d.Pair {
	own := map[string]bool{}
	for _, answer := range given {
		own[answer.Key.Text] = true
	}
	var answers []d.Pair
	for _, level := range levels {
		for _, item := range rd.itemsAt(level) {
			if !own[item.ID] {
				answers = append(answers, d.Pair{Key: scalar(level.Key.Position, item.ID), Value: level.Value})
			}
		}
	}
	return answers
}

// itemsAt gives the items that a level is the answer to: none where it cannot be.
func (rd *reader) itemsAt(level d.Pair) []*rubric.Item {
	at := "levels." + level.Key.Text
	c := rd.rubric.CompetencyNamed(level.Key.Text)
	if c == nil {
		var ids []string
		for _, known := range rd.rubric.Competencies {
			ids = append(ids, known.ID)
		}
		rd.problems.Add(level.Key.Position, at, fmt.Sprintf("this rubric has no competency %q", level.Key.Text),
			d.Nearest(level.Key.Text, ids, "`pmpath rubric show` lists them"))
		return nil
	}
	number, isNumber := level.Value.AsInt()
	switch {
	case !isNumber && level.Value.Text != notApplicableWord:
		return nil // the shape has complained
	case isNumber && (number < c.Scale.Lo() || number > c.Scale.Hi()):
		rd.problems.Add(level.Value.Position, at, fmt.Sprintf("level %d is outside %d..%d", number, c.Scale.Lo(), c.Scale.Hi()), "choose a level of the scale")
		return nil
	}
	for _, item := range c.Items {
		if !isNumber && !item.NotApplicable {
			rd.problems.Add(level.Value.Position, at, fmt.Sprintf("the question %q has no answer \"not applicable\"", item.ID), "name a level, or answer item by item")
			return nil
		}
	}
	return c.Items
}

func (rd *reader) readExpectation(pair d.Pair) {
	target := rd.stage(pair.Key, "expect")
	if target == nil {
		return
	}
	expectation := Expectation{Target: target, Deciding: pair.Value.TextOf("deciding"), Because: pair.Value.TextOf("because"), At: pair.Key.Position}
	for _, verdict := range verdicts {
		if verdict.String() == pair.Value.TextOf("verdict") {
			expectation.Verdict = verdict
		}
	}
	if names := canDecide(target); expectation.Deciding != "" && !slices.Contains(names, expectation.Deciding) {
		rd.problems.Add(pair.Value.At("deciding"), "expect."+target.ID+".deciding", fmt.Sprintf("%q decides nothing for %s", expectation.Deciding, target.ID),
			d.Nearest(expectation.Deciding, names, "name an area, a competency or a hard gate of that stage, fit or assessed"))
	}
	rd.Expect = append(rd.Expect, expectation)
}

// stage finds a stage by the id in a node, or complains.
func (rd *reader) stage(id *d.Node, at string) *rubric.Stage {
	for _, stage := range rd.rubric.Stages {
		if stage.ID == id.Text {
			return stage
		}
	}
	rd.problems.Add(id.Position, at, fmt.Sprintf("this rubric has no stage %q", id.Text), d.Nearest(id.Text, rd.rubric.StageIDs(), "`pmpath ladder` lists them"))
	return nil
}
