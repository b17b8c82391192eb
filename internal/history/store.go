package history

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// Exists reports whether there is a history in the folder, so that looking at it need not create one.
func Exists(folder string) bool {
	_, err := os.Lstat(filepath.Join(folder, databaseName))
	return !errors.Is(err, fs.ErrNotExist)
}

// Open opens the history in a folder, which must be an absolute path. It makes the folder (mode 0700) and the database (0600) where they are
// missing, and brings a database of an older version up to date, after a backup.
func Open(folder string, o Options) (*Store, error) { return open(folder, o, schema) }

func open(folder string, o Options, steps []string) (*Store, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Store{folder: folder, options: o}
	if err := os.MkdirAll(filepath.Join(folder, locksFolder), 0o700); err != nil {
		return nil, err
	}
	if err := s.createMissing(steps); err != nil {
		return nil, err
	}
	use, err := s.lockUse(shared)
	if err != nil {
		return nil, err
	}
	s.use = use
	if err := s.connect(steps); err != nil {
		if s.db != nil {
			_ = s.db.Close()
		}
		use.release()
		return nil, err
	}
	return s, nil
}

// createMissing makes the database under another name and gives it its own when it is whole, so that nobody ever sees half of one.
func (s *Store) createMissing(steps []string) error {
	if Exists(s.folder) {
		return nil
	}
	creation, err := s.lockCreation()
	if err != nil {
		return err
	}
	defer creation.release()
	if Exists(s.folder) { // another process was faster
		return nil
	}
	alone, err := s.lockUse(exclusive) // it may be missing because it is being replaced
	if err != nil {
		return err
	}
	defer alone.release()
	if Exists(s.folder) {
		return nil
	}
	if _, err := os.Lstat(s.path() + "-wal"); err == nil {
		return s.damaged("the file is gone and its log is still there", nil)
	}
	temp, err := emptyFile(s.folder)
	if err != nil {
		return err
	}
	defer removeDatabase(temp)
	if err := initialise(temp, steps); err != nil {
		return s.fault(err)
	}
	return rename(temp, s.path())
}

// rename gives a file its name for good.
func rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return &fs.PathError{Op: "create", Path: to, Err: errors.Unwrap(err)}
	}
	return syncFolder(filepath.Dir(to))
}

// emptyFile makes a file of ours that SQLite is to fill: left to itself it would let everybody read it.
func emptyFile(folder string) (string, error) {
	file, err := os.CreateTemp(folder, tempPrefix+"*")
	if err != nil {
		return "", err
	}
	return file.Name(), file.Close()
}

// tempPrefix marks files that are not finished, everywhere in pmpath.
const tempPrefix = ".pmpath-tmp-"

// removeDatabase removes a database with the files that SQLite keeps beside it.
func removeDatabase(path string) {
	for _, suffix := range []string{"", "-journal", "-wal", "-shm"} {
		_ = os.Remove(path + suffix)
	}
}

// initialise fills an empty file with an empty history.
func initialise(path string, steps []string) error {
	db, err := sql.Open("sqlite", source(path, "journal_mode(DELETE)"))
	if err != nil {
		return err
	}
	_, err = db.Exec(fmt.Sprintf("PRAGMA application_id = %d", applicationID))
	if err == nil {
		err = apply(db, steps, 0)
	}
	if err == nil {
		_, err = db.Exec("PRAGMA journal_mode = WAL") // stays with the file
	}
	return errors.Join(err, db.Close())
}

// source is the name of a database for the driver, with what holds for each connection.
func source(path string, pragmas ...string) string {
	query := url.Values{"_txlock": {"immediate"}, "_pragma": append([]string{
		"busy_timeout(10000)", "synchronous(FULL)", "foreign_keys(1)", "secure_delete(1)", "trusted_schema(0)", "cell_size_check(1)", "temp_store(2)",
	}, pragmas...)}
	return (&url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path), RawQuery: query.Encode()}).String()
}

// connect opens the database after a look at its first bytes, and migrates it where it is older.
func (s *Store) connect(steps []string) error {
	version, err := s.headerVersion(len(steps))
	if err != nil {
		return err
	}
	s.db, err = sql.Open("sqlite", source(s.path(), "journal_mode(WAL)"))
	if err != nil {
		return s.fault(err)
	}
	s.db.SetMaxOpenConns(1)
	if err := s.db.QueryRow("PRAGMA user_version").Scan(&version); err != nil { // the log may hold a later one than the header
		return s.fault(err)
	}
	if version > len(steps) {
		return &NewerError{s.path(), version, len(steps)}
	}
	if err := s.integrity("quick_check"); err != nil { // a bit in the head of a page can hide rows, which no checksum of a row notices
		return err
	}
	if version < len(steps) {
		return s.migrate(steps)
	}
	return nil
}

// integrity asks SQLite whether the structure of the database is whole.
func (s *Store) integrity(pragma string) error {
	var text string
	if err := s.db.QueryRow("PRAGMA " + pragma + "(1)").Scan(&text); err != nil {
		return s.fault(err)
	}
	if text != "ok" {
		return s.damaged("its structure is broken", nil)
	}
	return nil
}

// applicationID marks the file as ours: "pmph" in the header.
const applicationID = 0x706D7068

// Places in the header of a SQLite database.
const (
	headerSize      = 100
	versionOffset   = 60
	identityOffset  = 68
	headerSignature = "SQLite format 3\x00"
)

// headerVersion checks, before SQLite sees the file, that it is one that this version may open, and returns the version of its schema.
func (s *Store) headerVersion(known int) (int, error) {
	return headerVersion(s.path(), known, s.damaged)
}

func headerVersion(path string, known int, damaged func(what string, err error) error) (int, error) {
	info, err := os.Lstat(path)
	switch {
	case err != nil:
		return 0, err
	case !info.Mode().IsRegular():
		return 0, &fs.PathError{Op: "open", Path: path, Err: errInTheWay}
	case info.Size() < headerSize:
		return 0, damaged("it is cut short", nil)
	}
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer file.Close() // read only
	header := make([]byte, headerSize)
	if _, err := io.ReadFull(file, header); err != nil {
		return 0, &fs.PathError{Op: "read", Path: path, Err: err}
	}
	version := int(int32(binary.BigEndian.Uint32(header[versionOffset:])))
	switch {
	case string(header[:len(headerSignature)]) != headerSignature, binary.BigEndian.Uint32(header[identityOffset:]) != applicationID:
		return 0, damaged("it is no database of pmpath", nil)
	case version > known:
		return 0, &NewerError{path, version, known}
	case version < 1:
		return 0, damaged("its version is missing", nil)
	}
	return version, nil
}

// write runs fn in one transaction and then moves the log into the database. That second step may fail or find readers in the way: the log
// keeps what was committed, and the next write tries again. It bounds what a damaged log could take with it.
func (s *Store) write(fn func(tx *sql.Tx) error) error {
	tx, err := s.db.BeginTx(context.Background(), nil)
	if err != nil {
		return s.fault(err)
	}
	if err := fn(tx); err != nil {
		_ = tx.Rollback()
		return s.fault(err)
	}
	if err := tx.Commit(); err != nil {
		_ = tx.Rollback() // a failed commit may leave the transaction open
		return s.fault(err)
	}
	_, _ = s.db.Exec("PRAGMA wal_checkpoint(PASSIVE)")
	return nil
}
