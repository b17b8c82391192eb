package history

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Erased tells what an erasure took away.
type Erased struct {
	Assessments, Plans, Drafts int
	Backups                    int      // replaced by one without the person
	Files                      []string // damaged databases that had been put aside; their names
	Finished                   bool     // there was nothing about the person any more, and an erasure that had been cut short was finished
	Mentions                   int      // records of other people in whose texts the name stands
}

// Erase removes everything about a person: rows, then what is left of them in the log, in free pages and in backups. Where it is cut short,
// calling it again finishes it. A person of whom nothing is kept is fs.ErrNotExist; a draft of theirs that is open somewhere is a *HeldError;
// a *LockedError says that a reader keeps the traces from being cleared.
func (s *Store) Erase(respondent string) (Erased, error) {
	c, err := s.contents(Whose{Respondent: respondent})
	if err != nil {
		return Erased{}, err
	}
	if len(c.assessments)+len(c.plans)+len(c.drafts) == 0 {
		pending, err := s.erasing()
		if err != nil {
			return Erased{}, err
		}
		if !pending {
			return Erased{}, &UnknownError{What: whatPerson}
		}
		done := Erased{Finished: true}
		return done, s.clear(&done)
	}
	locks, err := s.holdAll(c.drafts)
	if err != nil {
		return Erased{}, err
	}
	done := Erased{Assessments: len(c.assessments), Plans: len(c.plans), Drafts: len(c.drafts)}
	err = s.write(func(tx *sql.Tx) error { return c.remove(tx) })
	for i, l := range locks {
		if err != nil {
			l.release()
		} else {
			s.dropDraft(c.drafts[i].id, l)
		}
	}
	if err != nil {
		return Erased{}, err
	}
	if err := s.clear(&done); err != nil {
		return done, err
	}
	done.Mentions, err = s.mentions(respondent)
	return done, err
}

// holdAll takes the locks of drafts, all or none.
func (s *Store) holdAll(drafts []*Draft) ([]*lock, error) {
	var locks []*lock
	for _, d := range drafts {
		l, err := s.holdDraft(d.id)
		if err != nil {
			for _, taken := range locks {
				taken.release()
			}
			return nil, err
		}
		locks = append(locks, l)
	}
	return locks, nil
}

// remove takes out the rows, the rubrics that only they needed, and notes that traces are left.
func (c *contents) remove(tx *sql.Tx) error {
	if _, err := tx.Exec("INSERT INTO erasing DEFAULT VALUES"); err != nil {
		return err
	}
	for _, row := range slices.Concat(c.assessments, c.plans) {
		if _, err := tx.Exec("DELETE FROM sealed WHERE seq = ?", row.seq); err != nil {
			return err
		}
	}
	for _, d := range c.drafts {
		if err := removeDraft(tx, d.id); err != nil {
			return err
		}
	}
	return dropRubrics(tx)
}

// dropRubrics removes the rubrics that nothing needs any more.
func dropRubrics(tx *sql.Tx) error {
	rows, err := tx.Query("SELECT kind, document FROM sealed")
	if err != nil {
		return err
	}
	defer rows.Close()
	needed := map[string]bool{}
	for rows.Next() {
		var row sealedRow
		if err := rows.Scan(&row.kind, &row.document); err != nil {
			return err
		}
		needed[row.digest()] = true
	}
	if err := rows.Err(); err != nil {
		return err
	}
	digests, err := texts(tx, "SELECT digest FROM rubric WHERE digest NOT IN (SELECT digest FROM draft) ORDER BY digest")
	if err != nil {
		return err
	}
	for _, digest := range digests {
		if !needed[digest] {
			if _, err := tx.Exec("DELETE FROM rubric WHERE digest = ?", digest); err != nil {
				return err
			}
		}
	}
	return nil
}

// texts are the results of a query for one column of text.
func texts(tx *sql.Tx, query string) ([]string, error) {
	rows, err := tx.Query(query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		found = append(found, text)
	}
	return found, rows.Err()
}

// erasing reports whether an erasure has still to be finished.
func (s *Store) erasing() (bool, error) {
	var n int
	err := s.db.QueryRow("SELECT count(*) FROM erasing").Scan(&n)
	return n > 0, s.fault(err)
}

// clear wipes what deleted rows have left behind. The note that there is something to wipe goes last.
func (s *Store) clear(done *Erased) error {
	for _, path := range s.putAside() {
		if err := os.Remove(path); err != nil {
			return err
		}
		done.Files = append(done.Files, filepath.Base(path))
	}
	for _, path := range append(s.backups(), leftovers(s.folder, filepath.Join(s.folder, backupsFolder))...) {
		if err := os.Remove(path); err != nil {
			return err
		}
		if strings.HasSuffix(path, ".db") {
			done.Backups++
		}
	}
	if err := s.truncateLog(); err != nil {
		return err
	}
	if _, err := s.db.Exec("VACUUM"); err != nil {
		return s.fault(err)
	}
	if err := s.truncateLog(); err != nil {
		return err
	}
	if done.Backups > 0 {
		if err := s.backUp(); err != nil {
			return err
		}
	}
	if err := s.write(func(tx *sql.Tx) error { _, err := tx.Exec("DELETE FROM erasing"); return err }); err != nil {
		return err
	}
	return s.truncateLog()
}

// truncateLog moves the whole log into the database and empties it, which readers can prevent.
func (s *Store) truncateLog() error {
	var busy, frames, moved int
	if err := s.db.QueryRow("PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved); err != nil {
		return s.fault(err)
	}
	if busy != 0 {
		return fmt.Errorf("traces of what was erased cannot be cleared yet: %w", &LockedError{s.path()})
	}
	return nil
}

// leftovers are the temporary files of ours in folders, with what SQLite keeps beside them.
func leftovers(folders ...string) []string {
	var paths []string
	for _, folder := range folders {
		entries, _ := os.ReadDir(folder)
		for _, entry := range entries {
			if strings.HasPrefix(entry.Name(), tempPrefix) {
				paths = append(paths, filepath.Join(folder, entry.Name()))
			}
		}
	}
	return paths
}

// mentions counts records in whose texts the name stands.
func (s *Store) mentions(name string) (int, error) {
	if name == "" {
		return 0, nil
	}
	quoted, err := compactJSON(name)
	if err != nil {
		return 0, err
	}
	var n int
	err = s.db.QueryRow(`SELECT (SELECT count(*) FROM sealed WHERE instr(CAST(document AS TEXT), ?) > 0) +
		(SELECT count(*) FROM answer WHERE instr(note || what || link || confirmed, ?) > 0)`, string(quoted[1:len(quoted)-1]), name).Scan(&n)
	return n, s.fault(err)
}
