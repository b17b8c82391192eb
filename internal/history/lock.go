package history

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// A lock is held by the open file, so it is free at once when its holder dies, however it dies. The file says who holds it.
type lock struct{ file *flock.Flock }

type lockMode bool

const (
	shared    lockMode = false
	exclusive lockMode = true
)

// shortWait is how long a lock is tried for at least: others take it for an instant to see whether it is held.
const shortWait = 200 * time.Millisecond

// take tries for a while to get the lock at path; false is that somebody else has it.
func take(path string, mode lockMode, patience time.Duration) (*lock, bool, error) {
	file := flock.New(path, flock.SetPermissions(0o600))
	try := file.TryRLockContext
	if mode == exclusive {
		try = file.TryLockContext
	}
	ctx, cancel := context.WithTimeout(context.Background(), max(patience, shortWait))
	defer cancel()
	got, err := try(ctx, 10*time.Millisecond)
	if got {
		return &lock{file}, true, nil
	}
	_ = file.Close()
	if err == nil || errors.Is(err, context.DeadlineExceeded) {
		return nil, false, nil
	}
	if _, named := errors.AsType[*fs.PathError](err); !named {
		err = &fs.PathError{Op: "lock", Path: path, Err: err}
	}
	return nil, false, err
}

func (l *lock) release() { _ = l.file.Close() }

// useName is the lock on the database as a whole. Every open store shares it; who replaces the database has it alone.
const useName = "database"

func (s *Store) lockUse(mode lockMode) (*lock, error) { return s.lockWhole(useName, mode, time.Second) }

// creationName is the lock that one has who makes a missing database. Those who wait for it need not wait until the one who was faster has done with
// the database, as the lock on its use would make them.
const creationName = "creation"

// creationWait is what making a database may take on a busy disk at most.
const creationWait = 10 * time.Second

func (s *Store) lockCreation() (*lock, error) {
	return s.lockWhole(creationName, exclusive, creationWait)
}

func (s *Store) lockWhole(name string, mode lockMode, patience time.Duration) (*lock, error) {
	l, got, err := take(filepath.Join(s.folder, locksFolder, name), mode, max(s.options.LockTimeout, patience))
	switch {
	case err != nil:
		return nil, err
	case !got:
		return nil, &LockedError{s.path()}
	}
	return l, nil
}

func (s *Store) lockPath(draft string) string { return filepath.Join(s.folder, locksFolder, draft) }

// holdDraft takes the lock of a draft and writes down who has it.
func (s *Store) holdDraft(id string) (*lock, error) {
	path := s.lockPath(id)
	l, got, err := take(path, exclusive, s.options.LockTimeout)
	switch {
	case err != nil:
		return nil, err
	case !got:
		held := &HeldError{ID: id}
		held.PID, held.Since = readHolder(path)
		return nil, held
	}
	text := fmt.Sprintf("%d %s\n", os.Getpid(), s.now().Format(timeFormat))
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		l.release()
		return nil, err
	}
	return l, nil
}

// dropDraft removes the lock of a draft that is no more.
func (s *Store) dropDraft(id string, l *lock) {
	_ = os.Remove(s.lockPath(id)) // while it is held; where the system refuses that, an empty lock is left, which harms nobody
	l.release()
}

// heldBy is the process that has the draft open, 0 where none has or it cannot be told.
func (s *Store) heldBy(id string) int {
	path := s.lockPath(id)
	if _, err := os.Lstat(path); err != nil {
		return 0
	}
	file := flock.New(path, flock.SetPermissions(0o600))
	defer file.Close()
	if free, err := file.TryRLock(); free || err != nil {
		return 0
	}
	pid, _ := readHolder(path)
	return pid
}

func readHolder(path string) (pid int, since time.Time) {
	data, err := os.ReadFile(path)
	if err != nil {
		return 0, time.Time{}
	}
	var when string
	if n, _ := fmt.Sscanf(strings.TrimSpace(string(data)), "%d %s", &pid, &when); n < 2 {
		return 0, time.Time{}
	}
	since, err = time.Parse(timeFormat, when)
	if err != nil {
		return 0, time.Time{}
	}
	return pid, since
}
