package history

import (
	"crypto/rand"
	"database/sql"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// Draft is an assessment under way, held by this process alone. Change its Sheet, then save what was changed.
type Draft struct {
	store   *Store
	lock    *lock // nil once the draft is closed, finished or discarded
	id      string
	sheet   *response.Sheet
	until   string
	started time.Time
	asked   map[string]bool // by part and id
}

// DraftInfo is what a list of drafts tells.
type DraftInfo struct {
	ID         string
	Started    time.Time // UTC
	Changed    time.Time // of the last saved answer, UTC
	Rubric     string    // id@version
	Title      string    // of the rubric
	Respondent string
	Rater      response.Rater
	Stage      string // id; empty for none
	Target     string // id; empty for none
	Until      string
	Answered   int // items with an answer, "not applicable" among them
	Of         int // items of the rubric
	HeldBy     int // process that has it open; 0 for none
}

// isDraftID reports whether an id has the form that Begin gives.
func isDraftID(id string) bool {
	return len(id) == 6 && strings.Trim(id, "abcdefghijklmnopqrstuvwxyz234567") == ""
}

// Begin starts a draft with what the sheet holds so far, and holds it. That it can write shows before the first question is asked. A sheet without
// a date gets today's.
func (s *Store) Begin(sheet *response.Sheet, until string) (*Draft, error) {
	if sheet.Date.IsZero() {
		sheet.Date = response.On(s.options.Now())
	}
	id := strings.ToLower(rand.Text()[:6])
	l, err := s.holdDraft(id)
	if err != nil {
		return nil, err
	}
	d := &Draft{store: s, lock: l, id: id, sheet: sheet, until: until, started: s.now(), asked: map[string]bool{}}
	err = s.write(func(tx *sql.Tx) error {
		if err := keepRubric(tx, sheet.Rubric.Digest, string(sheet.Rubric.Canonical())); err != nil {
			return err
		}
		if err := d.head().insert(tx); err != nil {
			return err
		}
		for _, row := range d.filled() {
			if err := row.save(tx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.dropDraft(id, l)
		return nil, err
	}
	return d, nil
}

// filled are the rows of everything that the sheet says already.
func (d *Draft) filled() []answerRow {
	var rows []answerRow
	for _, item := range d.sheet.Rubric.Items {
		if row := d.itemRow(item, false, d.started); row.says() {
			rows = append(rows, row)
		}
	}
	for _, gate := range d.sheet.Rubric.Gates {
		if row := d.gateRow(gate, false, d.started); row.says() {
			rows = append(rows, row)
		}
	}
	return rows
}

// Resume takes up a draft where it was left. An id may be shortened as long as it is one draft's alone. An unknown one is fs.ErrNotExist, one
// that another process has open a *HeldError.
func (s *Store) Resume(id string) (*Draft, error) {
	full, err := s.draftNamed(id)
	if err != nil {
		return nil, err
	}
	l, err := s.holdDraft(full)
	if err != nil {
		return nil, err
	}
	d, err := s.readDraft(full)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) { // finished by another process just now
			s.dropDraft(full, l)
		} else {
			l.release()
		}
		return nil, err
	}
	d.lock = l
	return d, nil
}

// draftNamed completes an id.
func (s *Store) draftNamed(id string) (string, error) {
	heads, err := s.heads()
	if err != nil {
		return "", err
	}
	var ids []string
	for _, head := range heads {
		ids = append(ids, head.id)
	}
	return complete(whatDraft, id, ids)
}

// complete finds the one id that is or starts with what was typed.
func complete(what, typed string, ids []string) (string, error) {
	typed = strings.ToLower(typed)
	if slices.Contains(ids, typed) {
		return typed, nil
	}
	var found []string
	for _, id := range ids {
		if typed != "" && strings.HasPrefix(id, typed) {
			found = append(found, id)
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	return "", &UnknownError{what, typed, found}
}

// readDraft puts a draft together from its rows.
func (s *Store) readDraft(id string) (*Draft, error) {
	heads, err := s.heads()
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(heads, func(h headRow) bool { return h.id == id })
	if i < 0 {
		return nil, &UnknownError{What: whatDraft, ID: id}
	}
	rows, err := s.answerRows(id)
	if err != nil {
		return nil, err
	}
	return s.assemble(heads[i], rows)
}

func (s *Store) assemble(head headRow, rows []answerRow) (*Draft, error) {
	r, err := s.rubric(head.digest)
	if err != nil {
		return nil, err
	}
	d := &Draft{store: s, id: head.id, sheet: response.New(r), until: head.until, started: time.Unix(head.started, 0).UTC(), asked: map[string]bool{}}
	if err := head.fill(d.sheet); err != nil {
		return nil, s.damaged("draft "+head.id, err)
	}
	for _, row := range rows {
		if err := row.fill(d.sheet); err != nil {
			return nil, s.damaged("draft "+head.id+", answer to "+row.id, err)
		}
		d.asked[row.part+row.id] = row.asked
	}
	return d, nil
}

// Drafts lists what is under way, the one changed last first.
func (s *Store) Drafts() ([]DraftInfo, error) {
	heads, err := s.heads()
	if err != nil {
		return nil, err
	}
	var infos []DraftInfo
	for _, head := range heads {
		rows, err := s.answerRows(head.id)
		if err != nil {
			return nil, err
		}
		d, err := s.assemble(head, rows)
		if err != nil {
			return nil, err
		}
		infos = append(infos, d.info(rows))
	}
	slices.SortStableFunc(infos, func(a, b DraftInfo) int { return b.Changed.Compare(a.Changed) })
	return infos, nil
}

func (d *Draft) info(rows []answerRow) DraftInfo {
	head := d.head()
	info := DraftInfo{
		ID: d.id, Started: d.started, Changed: d.started, Rubric: d.sheet.Rubric.Ref(), Title: d.sheet.Rubric.Title, Respondent: head.respondent,
		Rater: d.sheet.Rater, Stage: head.stage, Target: head.target, Until: d.until, Of: len(d.sheet.Answers), HeldBy: d.store.heldBy(d.id),
	}
	for _, row := range rows {
		if saved := time.Unix(row.saved, 0).UTC(); saved.After(info.Changed) {
			info.Changed = saved
		}
	}
	for _, answer := range d.sheet.Answers {
		if !answer.IsOpen() {
			info.Answered++
		}
	}
	return info
}

// Discard removes a draft that nobody has open.
func (s *Store) Discard(id string) error {
	full, err := s.draftNamed(id)
	if err != nil {
		return err
	}
	l, err := s.holdDraft(full)
	if err != nil {
		return err
	}
	if err := s.write(func(tx *sql.Tx) error { return removeDraft(tx, full) }); err != nil {
		l.release()
		return err
	}
	s.dropDraft(full, l)
	return nil
}

func removeDraft(tx *sql.Tx, id string) error {
	if _, err := tx.Exec("DELETE FROM draft WHERE id = ?", id); err != nil { // its answers go with it
		return err
	}
	return nil
}

// ID is the name by which the draft is resumed: six letters and digits.
func (d *Draft) ID() string { return d.id }

// Sheet is the sheet as it was begun or saved. It belongs to the rubric that it was begun with, whatever has become of that since.
func (d *Draft) Sheet() *response.Sheet { return d.sheet }

// Until is how far the interview goes, as given to Begin or SaveUntil.
func (d *Draft) Until() string { return d.until }

// Started is when the draft was begun, in UTC.
func (d *Draft) Started() time.Time { return d.started }

// AskedItem reports whether the item has been put to the person.
func (d *Draft) AskedItem(item *rubric.Item) bool { return d.asked[partItem+item.ID] }

// AskedGate reports whether the gate has been put to the person.
func (d *Draft) AskedGate(gate *rubric.Gate) bool { return d.asked[partGate+gate.ID] }

// SaveItem saves answer, note and evidence of an item as they stand in the sheet, in one transaction. Asked and without an answer means skipped.
func (d *Draft) SaveItem(item *rubric.Item, asked bool) error {
	return d.save(d.itemRow(item, asked, d.store.now()))
}

// SaveGate is SaveItem for a gate.
func (d *Draft) SaveGate(gate *rubric.Gate, asked bool) error {
	return d.save(d.gateRow(gate, asked, d.store.now()))
}

func (d *Draft) save(row answerRow) error {
	if err := d.store.write(func(tx *sql.Tx) error { return row.save(tx) }); err != nil {
		return err
	}
	d.asked[row.part+row.id] = row.asked
	return nil
}

// SaveHead saves what the sheet says about itself: respondent, rater, stage, target, date.
func (d *Draft) SaveHead() error {
	return d.store.write(func(tx *sql.Tx) error { return d.head().update(tx) })
}

// SaveUntil saves how far the interview is to go from now on.
func (d *Draft) SaveUntil(until string) error {
	before := d.until
	d.until = until
	if err := d.SaveHead(); err != nil {
		d.until = before
		return err
	}
	return nil
}

// Close lets go of the draft and keeps it. Closing twice, or after Finish, does nothing.
func (d *Draft) Close() error {
	if d.lock != nil {
		d.lock.release()
		d.lock = nil
	}
	return nil
}
