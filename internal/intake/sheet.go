package intake

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// freePrefix begins the keys of a sheet that the format leaves free: "x-team" is the field "team" here.
const freePrefix = "x-"

// sheetFields are the fields that sheets of an input have.
func (s *Source) sheetFields(first *document.Node) []column {
	fields := []column{{kind: aField, index: s.field(teamField), title: teamField}}
	if first == nil {
		return fields
	}
	for _, pair := range first.Pairs {
		name, free := strings.CutPrefix(pair.Key.Text, freePrefix)
		if free && name != "" && name != teamField && pair.Value.Kind == document.Scalar {
			fields = append(fields, column{kind: aField, index: s.field(name), title: name})
		}
	}
	return fields
}

// readSheet reads a sheet strictly, with package response, into a person. All problems are document.Problems.
func readSheet(r *rubric.Rubric, fields []column, node *document.Node, p *Person) error {
	p.clear()
	sheet, err := response.Read(r, node)
	var problems document.Problems
	if err != nil && !errors.As(err, &problems) {
		return err
	}
	for _, field := range fields {
		value := node.Get(freePrefix + field.title)
		if value == nil {
			continue
		}
		if value.Kind != document.Scalar {
			problems.Add(value.Position, freePrefix+field.title, "this is no single value", "write one text")
			continue
		}
		if what, do := faultyText(value.Text, maxField(field.title)); what != "" {
			problems.Add(value.Position, freePrefix+field.title, what, do)
		}
		p.Fields[field.index] = p.keep(value.Text)
	}
	if sheet != nil {
		p.take(sheet)
	}
	return problems.Err()
}

// take copies what a sheet says.
func (p *Person) take(sheet *response.Sheet) {
	p.Name = p.keep(sheet.Respondent)
	p.Stage, p.Target, p.Date = sheet.Stage, sheet.Target, sheet.Date
	for i, answer := range sheet.Answers {
		if level, ok := answer.Level(); ok {
			p.Levels[i] = int8(level)
		} else if answer.IsNotApplicable() {
			p.Levels[i] = NotApplicable
		}
		p.StoppedEarly = p.StoppedEarly || sheet.NotAsked[i]
		if evidence := sheet.Evidence[i]; !evidence.IsZero() {
			p.proven, p.Proofs[i] = true, Proof{true, evidence.When}
		}
	}
	for i, gate := range sheet.Gates {
		p.gated = true
		p.Gates[i].State = gate.State
		p.Gates[i].Evidence.Kind, p.Gates[i].Evidence.When = gate.Evidence.Kind, gate.Evidence.When
	}
}

// nameless is the problem of a sheet in which nobody is named.
func nameless(at document.Position) document.Problems {
	return document.Problems{{Position: at, Path: "respondent", What: "nobody is named here", Do: "write a name or a number that nobody else has"}}
}

// jsonLines is a sheet in JSON on each line.
type jsonLines struct {
	in      *input
	words   *vocabulary
	general bool
}

func (j *jsonLines) newDecoder() decoder {
	d := &jsonDecoder{jsonLines: j}
	if !j.general {
		d.quick = newQuickSheet(j)
	}
	return d
}

func (j *jsonLines) begin(data []byte) int { return nextLine(data) }
func (j *jsonLines) cut(data []byte) int   { return lastLine(data) }

type jsonDecoder struct {
	*jsonLines
	quick *quickSheet
}

func (d *jsonDecoder) people(w *worker, data []byte) {
	for at := 0; at < len(data); w.lines++ {
		if d.quick != nil {
			w.person.clear()
			if next := d.quick.read(&w.person, data, at); next > 0 {
				w.claim(w.person.Name, utf8.RuneCount(data[at:at+d.quick.nameAt])+1)
				w.accept()
				at = next
				continue
			}
		}
		end := at + nextLine(data[at:])
		if line := withoutEnd(data[at : end-1]); len(line) > 0 {
			d.sheet(w, line)
		}
		at = end
	}
}

// names finds names by the one place in a line where their key is written. Lines in which that is not enough, and those of people who are wanted, are read.
func (d *jsonDecoder) names(w *worker, data []byte) {
	key := []byte(`"respondent":`)
	for at := 0; at < len(data); w.lines++ {
		end := at + nextLine(data[at:])
		line := withoutEnd(data[at : end-1])
		if first := bytes.Index(line, key); d.quick != nil && first >= 0 && !bytes.Contains(line[first+1:], key[:len(key)-1]) {
			name := d.quick.string(line[first+len(key):])
			if name != nil && !w.wanted(name) {
				at = end
				continue
			}
			w.person.clear()
			if d.quick.read(&w.person, data, at) > 0 {
				w.claim(w.person.Name, utf8.RuneCount(data[at:at+d.quick.nameAt])+1)
				at = end
				continue
			}
		}
		if len(line) > 0 {
			_ = d.read(w, line) // what is wrong with it is said when everything is read
		}
		at = end
	}
}

// sheet is the general reader of one line.
func (d *jsonDecoder) sheet(w *worker, line []byte) {
	if err := d.read(w, line); err != nil {
		w.complainOf(err)
		w.leftOut++
		return
	}
	w.accept()
}

func (d *jsonDecoder) read(w *worker, line []byte) error {
	if len(line) > maxLine {
		return document.Problems{{Position: document.Position{Line: 1, Column: 1}, What: "this line is longer than 1 MiB", Do: "shorten the notes in it"}}
	}
	node, err := document.ParseJSON("", line)
	if err != nil {
		return err
	}
	who := node.Get("respondent")
	if who != nil {
		w.claim([]byte(who.Text), who.Column)
	}
	if w.namesOnly {
		return nil
	}
	if err := readSheet(d.words.rubric, d.in.columns, node, &w.person); err != nil {
		return err
	}
	if len(w.person.Name) == 0 {
		return nameless(node.At("respondent"))
	}
	return nil
}

// complainOf notes the problems of a document that stands on the present line.
func (w *worker) complainOf(err error) {
	var problems document.Problems
	if !errors.As(err, &problems) {
		problems = document.Problems{{Position: document.Position{Line: 1, Column: 1}, What: err.Error()}}
	}
	for _, p := range problems {
		w.complainOn(w.lines+max(p.Line-1, 0), max(p.Column, 1), p.Path, p.What, p.Do)
	}
}

// openLines reads the first line of JSON Lines, which tells what fields there are.
func (s *Source) openLines(in *input) error {
	head, err := in.head()
	if err != nil {
		return err
	}
	in.line = 1
	if strings.HasPrefix(string(head), byteOrderMark) {
		in.start = int64(len(byteOrderMark))
		head = head[len(byteOrderMark):]
	}
	if !utf8.Valid(head[:min(len(head), 2)]) && len(head) > 1 && (head[0] == 0xFF || head[0] == 0xFE) {
		s.problems.Add(document.Position{File: in.Shown, Line: 1, Column: 1}, "", "the file is UTF-16", "save it as UTF-8")
		return nil
	}
	if strings.TrimSpace(string(head)) == "" {
		s.problems.Add(document.Position{File: in.Shown}, "", "the file is empty", "write a sheet in JSON on each line")
		return nil
	}
	first, _, _ := strings.Cut(string(head), "\n")
	node, _ := document.ParseJSON(in.Shown, []byte(first)) // what is wrong with it is said when it is read
	in.columns = s.sheetFields(node)
	in.each = int64(len(head) / (bytes.Count(head, []byte("\n")) + 1))
	return nil
}
