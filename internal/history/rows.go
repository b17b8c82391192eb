package history

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// The rows of a draft, between the database and the sheet. Each carries a checksum: a bit that flips on a disk must not turn one answer into
// another.

const (
	partItem = "item"
	partGate = "gate"
)

// headRow is a draft without its answers.
type headRow struct {
	id, digest, respondent, rater, stage, target, dated, until string
	started                                                    int64
}

const headColumns = "id, digest, respondent, rater, stage, target, dated, until, started, checksum"

func (h headRow) checksum() string {
	return checksum(h.id, h.digest, h.respondent, h.rater, h.stage, h.target, h.dated, h.until, strconv.FormatInt(h.started, 10))
}

// checksum is over the texts and their lengths.
func checksum(texts ...string) string {
	sum := sha256.New()
	for _, text := range texts {
		fmt.Fprintf(sum, "%d:%s", len(text), text) // a hash takes everything
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

func (d *Draft) head() headRow {
	s := d.sheet
	return headRow{
		d.id, s.Rubric.Digest, s.Respondent, string(s.Rater), stageID(s.Stage), stageID(s.Target), s.Date.String(), d.until, d.started.Unix(),
	}
}

func stageID(stage *rubric.Stage) string {
	if stage == nil {
		return ""
	}
	return stage.ID
}

func (h headRow) insert(tx *sql.Tx) error {
	_, err := tx.Exec("INSERT INTO draft ("+headColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		h.id, h.digest, h.respondent, h.rater, h.stage, h.target, h.dated, h.until, h.started, h.checksum())
	return err
}

func (h headRow) update(tx *sql.Tx) error {
	_, err := tx.Exec("UPDATE draft SET respondent = ?, rater = ?, stage = ?, target = ?, dated = ?, until = ?, checksum = ? WHERE id = ?",
		h.respondent, h.rater, h.stage, h.target, h.dated, h.until, h.checksum(), h.id)
	return err
}

var errChecksum = errors.New("the checksum is wrong")

// heads reads all drafts without their answers, by id.
func (s *Store) heads() ([]headRow, error) {
	rows, err := s.db.Query("SELECT " + headColumns + " FROM draft ORDER BY id")
	if err != nil {
		return nil, s.fault(err)
	}
	defer rows.Close()
	var heads []headRow
	for rows.Next() {
		h, err := scanHead(rows)
		if err != nil {
			return nil, s.rowFault("draft "+h.id, err)
		}
		heads = append(heads, h)
	}
	return heads, s.fault(rows.Err())
}

func scanHead(rows *sql.Rows) (headRow, error) {
	var h headRow
	var sum string
	if err := rows.Scan(&h.id, &h.digest, &h.respondent, &h.rater, &h.stage, &h.target, &h.dated, &h.until, &h.started, &sum); err != nil {
		return h, err
	}
	if sum != h.checksum() {
		return h, errChecksum
	}
	return h, nil
}

// rowFault is a row that does not hold what was written.
func (s *Store) rowFault(what string, err error) error {
	if fault := s.fault(err); fault != err { //nolint:errorlint // whether it is a fault of SQLite, which fault has put into words
		return fault
	}
	return s.damaged(what, err)
}

func (h headRow) fill(sheet *response.Sheet) error {
	sheet.Respondent, sheet.Rater = h.respondent, response.Rater(h.rater)
	var known bool
	if sheet.Stage, known = stageOf(sheet.Rubric, h.stage); !known {
		return fmt.Errorf("no stage %q", h.stage)
	}
	if sheet.Target, known = stageOf(sheet.Rubric, h.target); !known {
		return fmt.Errorf("no stage %q", h.target)
	}
	return fillDate(&sheet.Date, h.dated)
}

func stageOf(r *rubric.Rubric, id string) (stage *rubric.Stage, known bool) {
	if id == "" {
		return nil, true
	}
	for _, stage := range r.Stages {
		if stage.ID == id {
			return stage, true
		}
	}
	return nil, false
}

func fillDate(date *response.Date, text string) error {
	if text == "" {
		return nil
	}
	var ok bool
	if *date, ok = response.ParseDate(text); !ok {
		return fmt.Errorf("no date: %q", text)
	}
	return nil
}

// answerRow is what was said to one item or gate.
type answerRow struct {
	draft, part, id     string
	asked               bool
	said, note          string
	kind, dated         string
	what, link, confirm string
	saved               int64
}

const answerColumns = "draft, part, id, asked, said, note, kind, dated, what, link, confirmed, saved, checksum"

func (a answerRow) checksum() string {
	return checksum(a.draft, a.part, a.id, strconv.FormatBool(a.asked), a.said, a.note, a.kind, a.dated, a.what, a.link, a.confirm, strconv.FormatInt(a.saved, 10))
}

// says reports whether the row holds more than that something was asked.
func (a answerRow) says() bool {
	return a.said+a.note+a.kind+a.dated+a.what+a.link+a.confirm != ""
}

// Words for answers.
const (
	saidNotApplicable = "na"
	saidYes           = "yes"
	saidNo            = "no"
)

func (d *Draft) itemRow(item *rubric.Item, asked bool, at time.Time) answerRow {
	row := d.row(partItem, item.ID, asked, at, d.sheet.Evidence[item.Index])
	row.note = d.sheet.Notes[item.Index]
	if level, ok := d.sheet.Answers[item.Index].Level(); ok {
		row.said = strconv.Itoa(level)
	} else if d.sheet.Answers[item.Index].IsNotApplicable() {
		row.said = saidNotApplicable
	}
	return row
}

func (d *Draft) gateRow(gate *rubric.Gate, asked bool, at time.Time) answerRow {
	answer := d.sheet.Gates[gate.Index]
	row := d.row(partGate, gate.ID, asked, at, answer.Evidence)
	row.said = map[response.GateState]string{response.GateYes: saidYes, response.GateNo: saidNo}[answer.State]
	return row
}

func (d *Draft) row(part, id string, asked bool, at time.Time, e response.Evidence) answerRow {
	return answerRow{
		draft: d.id, part: part, id: id, asked: asked, saved: at.Unix(),
		kind: string(e.Kind), dated: e.When.String(), what: e.What, link: e.Link, confirm: e.ConfirmedBy,
	}
}

func (a answerRow) save(tx *sql.Tx) error {
	_, err := tx.Exec("INSERT OR REPLACE INTO answer ("+answerColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		a.draft, a.part, a.id, a.asked, a.said, a.note, a.kind, a.dated, a.what, a.link, a.confirm, a.saved, a.checksum())
	return err
}

// answerRows reads the answers of a draft. It looks at those of all drafts: where a bit of a key has flipped, a search would pass the row by.
func (s *Store) answerRows(draft string) ([]answerRow, error) {
	rows, err := s.db.Query("SELECT " + answerColumns + " FROM answer ORDER BY draft, part, id")
	if err != nil {
		return nil, s.fault(err)
	}
	defer rows.Close()
	var answers []answerRow
	for rows.Next() {
		a, err := scanAnswer(rows)
		if err != nil {
			return nil, s.rowFault("draft "+a.draft+", answer to "+a.id, err)
		}
		if a.draft == draft {
			answers = append(answers, a)
		}
	}
	return answers, s.fault(rows.Err())
}

func scanAnswer(rows *sql.Rows) (answerRow, error) {
	var a answerRow
	var sum string
	err := rows.Scan(&a.draft, &a.part, &a.id, &a.asked, &a.said, &a.note, &a.kind, &a.dated, &a.what, &a.link, &a.confirm, &a.saved, &sum)
	if err == nil && sum != a.checksum() {
		err = errChecksum
	}
	return a, err
}

// fill puts the row into the sheet. What the rubric does not know is refused.
func (a answerRow) fill(sheet *response.Sheet) error {
	evidence := response.Evidence{Kind: response.EvidenceKind(a.kind), What: a.what, Link: a.link, ConfirmedBy: a.confirm}
	if err := fillDate(&evidence.When, a.dated); err != nil {
		return err
	}
	switch a.part {
	case partItem:
		item := sheet.Rubric.ItemNamed(a.id)
		if item == nil {
			return fmt.Errorf("no item %q", a.id)
		}
		sheet.Notes[item.Index], sheet.Evidence[item.Index] = a.note, evidence
		return fillAnswer(&sheet.Answers[item.Index], item, a.said)
	case partGate:
		gate := sheet.Rubric.GateNamed(a.id)
		if gate == nil {
			return fmt.Errorf("no gate %q", a.id)
		}
		states := map[string]response.GateState{"": response.GateOpen, saidYes: response.GateYes, saidNo: response.GateNo}
		state, known := states[a.said]
		if !known {
			return fmt.Errorf("no answer: %q", a.said)
		}
		sheet.Gates[gate.Index] = response.GateAnswer{State: state, Evidence: evidence}
		return nil
	}
	return fmt.Errorf("no part %q", a.part)
}

func fillAnswer(answer *response.Answer, item *rubric.Item, said string) error {
	switch said {
	case "":
		return nil
	case saidNotApplicable:
		*answer = response.NotApplicable()
		return nil
	}
	level, err := strconv.Atoi(said)
	scale := item.Competency.Scale
	if err != nil || level < scale.Lo() || level > scale.Hi() {
		return fmt.Errorf("no level: %q", said)
	}
	*answer = response.Answered(level)
	return nil
}
