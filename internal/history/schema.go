package history

import (
	"database/sql"
	"fmt"
)

// schema holds the steps from each version of the database to the next; the number of steps is the version that this program writes. A step
// that was released never changes.
//
// Tables that are looked up by their key have no separate index, so that there is nothing that could disagree with them.
var schema = []string{`
CREATE TABLE rubric (
	digest TEXT NOT NULL PRIMARY KEY,
	form   BLOB NOT NULL -- canonical; its hash is the digest
) STRICT, WITHOUT ROWID;
CREATE TABLE draft (
	id         TEXT NOT NULL PRIMARY KEY,
	digest     TEXT NOT NULL REFERENCES rubric(digest),
	respondent TEXT NOT NULL,
	rater      TEXT NOT NULL,
	stage      TEXT NOT NULL, -- ids; empty for none
	target     TEXT NOT NULL,
	dated      TEXT NOT NULL,
	until      TEXT NOT NULL,
	started    INTEGER NOT NULL, -- seconds since 1970, UTC
	checksum   TEXT NOT NULL -- of the columns before it
) STRICT, WITHOUT ROWID;
CREATE TABLE answer (
	draft     TEXT NOT NULL REFERENCES draft(id) ON DELETE CASCADE,
	part      TEXT NOT NULL, -- item or gate
	id        TEXT NOT NULL,
	asked     INTEGER NOT NULL,
	said      TEXT NOT NULL, -- a level, na, yes, no, or empty for open
	note      TEXT NOT NULL,
	kind      TEXT NOT NULL, -- kind to confirmed: the evidence
	dated     TEXT NOT NULL,
	what      TEXT NOT NULL,
	link      TEXT NOT NULL,
	confirmed TEXT NOT NULL,
	saved     INTEGER NOT NULL, -- seconds since 1970, UTC
	checksum  TEXT NOT NULL, -- of the columns before it
	PRIMARY KEY (draft, part, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE sealed (
	seq        INTEGER PRIMARY KEY AUTOINCREMENT,
	id         TEXT NOT NULL, -- from the hash
	kind       TEXT NOT NULL, -- assessment or plan
	respondent TEXT NOT NULL,
	document   BLOB NOT NULL,
	sha256     TEXT NOT NULL -- of the document
) STRICT;
CREATE TABLE erasing ( -- has a row while something erased may still stand in backups or free pages
	id INTEGER PRIMARY KEY
) STRICT;
`}

// migrate takes an older database to the newest version in one transaction, after a backup.
func (s *Store) migrate(steps []string) error {
	if err := s.backUp(); err != nil {
		return err
	}
	if err := s.fault(apply(s.db, steps, len(steps)-1)); err != nil {
		return err
	}
	_, err := s.db.Exec("PRAGMA wal_checkpoint(TRUNCATE)") // so that the header tells the version
	return s.fault(err)
}

// apply takes the steps that the database lacks. Which these are is looked up again inside, since another process may have been faster; a
// database that is at a version above most is left alone.
func apply(db *sql.DB, steps []string, most int) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after the commit
	var version int
	if err := tx.QueryRow("PRAGMA user_version").Scan(&version); err != nil || version > most {
		return err
	}
	for _, step := range steps[version:] {
		if _, err := tx.Exec(step); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(fmt.Sprintf("PRAGMA user_version = %d", len(steps))); err != nil {
		return err
	}
	return tx.Commit()
}
