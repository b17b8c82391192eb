// Package history keeps what people answered: the drafts of interviews that are under way, finished assessments, and plans. It is one SQLite
// database in the data folder, with backups and locks beside it, and the only package that knows SQL.
//
// Most callers want [Open], then [Store.Begin] or [Store.Resume] for an interview, and [Store.Assessments] for what is finished.
//
// A saved answer is one committed transaction: when [Draft.SaveItem] returns, the answer survives the end of the process and of the machine's
// power. What is finished is one sealed document, never changed again, beside the rubric it was taken with. Whatever has been damaged is
// refused, never read as something else: each record carries a checksum.
//
// The package may not ask, print, or judge answers. It never repairs by itself: [Repair] does, when a person asks for it.
//
// Errors are *[HeldError] and *[LockedError] where another process is in the way, *[DamagedError] and *[NewerError] where the database cannot
// be used as it is, and *fs.PathError for everything that the file system refuses, among it fs.ErrNotExist for an unknown draft or assessment
// and fs.ErrExist for a link or folder in the place of the database.
package history

import (
	"database/sql"
	"path/filepath"
	"time"
)

// Options are what a Store takes from its surroundings.
type Options struct {
	Now         func() time.Time // the clock; time.Now where it is nil
	Version     string           // of pmpath, for what is sealed
	LockTimeout time.Duration    // how long to wait for a draft that another process holds; 0 gives up at once
}

// Names below the data folder.
const (
	databaseName  = "pmpath.db"
	backupsFolder = "backups"
	locksFolder   = "locks"
)

// timeFormat is how moments are written, always in UTC.
const timeFormat = time.RFC3339

// Store is an open history. It is for one goroutine; any number of processes may have one.
type Store struct {
	folder  string
	options Options
	db      *sql.DB
	use     *lock // shared: keeps others from replacing the database
}

func (s *Store) path() string { return filepath.Join(s.folder, databaseName) }

// now is the time with the precision that is stored.
func (s *Store) now() time.Time { return s.options.Now().UTC().Truncate(time.Second) }

// Close ends the use of the store. Drafts that are open stay as they were saved.
func (s *Store) Close() error {
	err := s.db.Close()
	s.use.release()
	return s.fault(err)
}
