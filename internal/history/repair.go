package history

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// asidePrefix marks damaged databases that were put aside.
const asidePrefix = databaseName + ".damaged-"

// putAside are the paths of damaged databases and of their logs.
func (s *Store) putAside() []string {
	entries, _ := os.ReadDir(s.folder)
	var paths []string
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), asidePrefix) {
			paths = append(paths, filepath.Join(s.folder, entry.Name()))
		}
	}
	return paths
}

// Rebuilt tells what a rebuilt database has and what it lacks.
type Rebuilt struct {
	Aside                      string   // the damaged database as it was
	Assessments, Plans, Drafts int      // kept
	FromBackup                 int      // of these, the ones that only a backup had
	Lost                       []string // what is known to have been there and could not be read, in words
}

// haul is what could be read.
type haul struct {
	forms   map[string]string
	sealed  map[int64]sealedRow // by seq
	heads   map[string]headRow
	answers map[string][]answerRow
	lost    []string
	drafts  bool // all drafts could be read, so a backup has only ones that are finished
	erasing bool // an erasure was not finished, so backups may hold what was to go
}

func newHaul() *haul {
	return &haul{forms: map[string]string{}, sealed: map[int64]sealedRow{}, heads: map[string]headRow{}, answers: map[string][]answerRow{}}
}

// rebuild puts the database aside and makes a new one from what can be read of it and of the newest backup. The new one is whole before it
// takes the place of the damaged one.
//
// A rubric that cannot be read is put back from known, if it is one of these word for word.
func (s *Store) rebuild(known []*rubric.Rubric) (Rebuilt, error) {
	alone, err := s.lockUse(exclusive)
	if err != nil {
		return Rebuilt{}, err
	}
	defer alone.release()
	aside, err := s.copyAside()
	if err != nil {
		return Rebuilt{}, err
	}
	h := newHaul()
	if err := h.readCopy(s.folder, aside); err != nil {
		return Rebuilt{}, err
	}
	done := Rebuilt{Aside: aside}
	if done.FromBackup, err = h.readBackups(s); err != nil {
		return Rebuilt{}, err
	}
	for _, r := range known {
		if _, there := h.forms[r.Digest]; !there {
			h.forms[r.Digest] = string(r.Canonical())
		}
	}
	h.dropUnusable()
	temp, err := emptyFile(s.folder)
	if err != nil {
		return Rebuilt{}, err
	}
	defer removeDatabase(temp)
	if err := initialise(temp, schema); err != nil {
		return Rebuilt{}, s.fault(err)
	}
	if err := h.write(temp); err != nil {
		return Rebuilt{}, s.fault(err)
	}
	for _, suffix := range []string{"-wal", "-shm"} {
		if err := os.Remove(s.path() + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return Rebuilt{}, err
		}
	}
	if err := rename(temp, s.path()); err != nil {
		return Rebuilt{}, err
	}
	for _, row := range h.sealed {
		if row.kind == kindPlan {
			done.Plans++
		} else {
			done.Assessments++
		}
	}
	done.Drafts, done.Lost = len(h.heads), h.lost
	return done, nil
}

// readBackups adds what only the newest backup that can be read has, and returns how much that is.
func (h *haul) readBackups(s *Store) (int, error) {
	backups := s.backups()
	slices.Reverse(backups)
	for _, path := range backups {
		if h.erasing {
			break
		}
		b := newHaul()
		if err := b.readCopy(s.folder, path); err != nil {
			return 0, err
		}
		before := len(h.sealed) + len(h.heads)
		h.add(b)
		if b.drafts {
			return len(h.sealed) + len(h.heads) - before, nil
		}
	}
	return 0, nil
}

// copyAside copies the damaged database with its log under a name that is free.
func (s *Store) copyAside() (string, error) {
	number := 1
	for _, path := range s.putAside() {
		var n int
		if _, err := fmt.Sscanf(filepath.Base(path), asidePrefix+"%d", &n); err == nil {
			number = max(number, n+1)
		}
	}
	aside := filepath.Join(s.folder, fmt.Sprintf("%s%d", asidePrefix, number))
	for _, suffix := range []string{"", "-wal"} {
		if err := copyFile(s.path()+suffix, aside+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return aside, syncFolder(s.folder)
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close() // read only
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if err == nil {
		err = out.Sync()
	}
	return errors.Join(err, out.Close())
}

// readCopy reads what it can from a copy of a database, so that SQLite changes nothing in the original. The error is about making the copy.
func (h *haul) readCopy(folder, path string) error {
	temp, err := os.MkdirTemp(folder, tempPrefix+"*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(temp) }()
	work := filepath.Join(temp, databaseName)
	for _, suffix := range []string{"", "-wal"} {
		if err := copyFile(path+suffix, work+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if _, err := os.Stat(work); err != nil {
		h.lose("the database file: it is gone")
		return nil
	}
	db, err := sql.Open("sqlite", source(work))
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	var n int
	h.erasing = db.QueryRow("SELECT count(*) FROM erasing").Scan(&n) == nil && n > 0
	h.readRubrics(db)
	h.readSealed(db)
	h.readDrafts(db)
	return nil
}

func (h *haul) lose(format string, args ...any) {
	if what := fmt.Sprintf(format, args...); !slices.Contains(h.lost, what) {
		h.lost = append(h.lost, what)
	}
}

// each reads the rows of a query from the front, and where that breaks off from the back as well. It reports whether all could be read.
func each(db *sql.DB, take func(rows *sql.Rows) error, query, order string, args ...any) bool {
	for _, direction := range []string{"", " DESC"} {
		rows, err := db.Query(query+strings.ReplaceAll(order, "*", direction), args...)
		if err != nil {
			continue
		}
		err = nil
		for rows.Next() && err == nil {
			err = take(rows)
		}
		if err = errors.Join(err, rows.Err(), rows.Close()); err == nil {
			return true
		}
	}
	return false
}

func (h *haul) readRubrics(db *sql.DB) {
	take := func(rows *sql.Rows) error {
		var digest string
		var form []byte
		if err := rows.Scan(&digest, &form); err != nil {
			return err
		}
		if r, err := rubric.Decode(string(form)); err == nil && r.Digest == digest {
			h.forms[digest] = string(form)
		}
		return nil
	}
	each(db, take, "SELECT digest, form FROM rubric", " ORDER BY digest*")
}

// readSealed looks up one number after the other, so that a page that cannot be read takes only what is on it.
func (h *haul) readSealed(db *sql.DB) {
	var most int64
	for _, query := range []string{"SELECT coalesce(max(seq), 0) FROM sealed", "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'sealed'"} {
		var n int64
		if err := db.QueryRow(query).Scan(&n); err == nil && n < 1_000_000 {
			most = max(most, n)
		}
	}
	for seq := int64(1); seq <= most; seq++ {
		row := sealedRow{seq: seq}
		err := db.QueryRow("SELECT id, kind, respondent, sha256, document FROM sealed WHERE seq = ?", seq).
			Scan(&row.id, &row.kind, &row.respondent, &row.sha256, &row.document)
		switch {
		case errors.Is(err, sql.ErrNoRows): // erased, or lost without a trace
		case err != nil:
			h.lose("entry %d of the history", seq)
		case row.check() != nil:
			h.lose("%s %s", row.kind, row.id)
		default:
			h.sealed[seq] = row
		}
	}
}

func (h *haul) readDrafts(db *sql.DB) {
	take := func(rows *sql.Rows) error {
		head, err := scanHead(rows)
		switch {
		case errors.Is(err, errChecksum):
			h.lose("draft %s", head.id)
		case err != nil:
			return err
		default:
			h.heads[head.id] = head
		}
		return nil
	}
	h.drafts = each(db, take, "SELECT "+headColumns+" FROM draft", " ORDER BY id*")
	if !h.drafts {
		h.lose("a part of the drafts")
	}
	for _, id := range sortedKeys(h.heads) {
		h.readAnswers(db, id)
	}
}

func (h *haul) readAnswers(db *sql.DB, draft string) {
	seen := map[string]bool{}
	take := func(rows *sql.Rows) error {
		row, err := scanAnswer(rows)
		switch {
		case errors.Is(err, errChecksum):
			h.lose("the answer to %s in draft %s", row.id, row.draft)
		case err != nil:
			return err
		case row.draft == draft && !seen[row.part+row.id]:
			seen[row.part+row.id] = true
			h.answers[draft] = append(h.answers[draft], row)
		}
		return nil
	}
	if !each(db, take, "SELECT "+answerColumns+" FROM answer", " ORDER BY draft*, part*, id*") {
		h.lose("a part of the answers in draft %s", draft)
	}
}

func sortedKeys[V any](m map[string]V) []string {
	var keys []string
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// add takes over what only the backup has. A draft that the database no longer had has been finished or discarded since.
func (h *haul) add(b *haul) {
	for digest, form := range b.forms {
		h.forms[digest] = form
	}
	for seq, row := range b.sealed {
		if _, there := h.sealed[seq]; !there {
			h.sealed[seq] = row
			h.lost = slices.DeleteFunc(h.lost, func(what string) bool {
				return what == fmt.Sprintf("entry %d of the history", seq) || what == row.kind+" "+row.id
			})
		}
	}
	if h.drafts {
		return
	}
	for id, head := range b.heads {
		if _, there := h.heads[id]; !there {
			h.heads[id], h.answers[id] = head, b.answers[id]
		}
	}
}

// dropUnusable leaves out what has lost the rubric that it was taken with, answers that fit no question, and rubrics that nothing needs.
func (h *haul) dropUnusable() {
	needed := map[string]bool{}
	for _, seq := range h.order() {
		row := h.sealed[seq]
		if digest := row.digest(); row.kind == kindAssessment && h.forms[digest] == "" {
			h.lose("assessment %s: its questions are gone", row.id)
			delete(h.sealed, seq)
		} else {
			needed[digest] = true
		}
	}
	h.dropAnswers()
	for _, id := range sortedKeys(h.heads) {
		needed[h.heads[id].digest] = true
	}
	for _, digest := range sortedKeys(h.forms) {
		if !needed[digest] {
			delete(h.forms, digest)
		}
	}
}

// order is that of the entries.
func (h *haul) order() []int64 {
	var order []int64
	for seq := range h.sealed {
		order = append(order, seq)
	}
	slices.Sort(order)
	return order
}

func (h *haul) dropAnswers() {
	for _, id := range sortedKeys(h.heads) {
		form, there := h.forms[h.heads[id].digest]
		r, err := rubric.Decode(form)
		if !there || err != nil || h.heads[id].fill(response.New(r)) != nil {
			h.lose("draft %s: its questions are gone", id)
			delete(h.heads, id)
			continue
		}
		h.answers[id] = slices.DeleteFunc(h.answers[id], func(row answerRow) bool {
			err := row.fill(response.New(r))
			if err != nil {
				h.lose("the answer to %s in draft %s", row.id, id)
			}
			return err != nil
		})
	}
}

// write fills a new database.
func (h *haul) write(path string) error {
	db, err := sql.Open("sqlite", source(path))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	return errors.Join(h.insert(db), db.Close())
}

func (h *haul) insert(db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after the commit
	for _, digest := range sortedKeys(h.forms) {
		if err := keepRubric(tx, digest, h.forms[digest]); err != nil {
			return err
		}
	}
	for _, seq := range h.order() {
		if err := h.sealed[seq].insert(tx); err != nil {
			return err
		}
	}
	for _, id := range sortedKeys(h.heads) {
		if err := h.heads[id].insert(tx); err != nil {
			return err
		}
		for _, row := range h.answers[id] {
			if err := row.save(tx); err != nil {
				return err
			}
		}
	}
	if h.erasing {
		if _, err := tx.Exec("INSERT INTO erasing DEFAULT VALUES"); err != nil {
			return err
		}
	}
	return tx.Commit()
}
