package history

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// The newest backups are kept, and a new one is made after a finished assessment when the last is older than a day.
const (
	keptBackups = 3
	backupAge   = 24 * time.Hour
)

// backups are the paths of all backups, oldest first: their names count up.
func (s *Store) backups() []string {
	folder := filepath.Join(s.folder, backupsFolder)
	entries, _ := os.ReadDir(folder) // sorted; a folder that cannot be read has none to offer
	var paths []string
	for _, entry := range entries {
		if ours, _ := filepath.Match("pmpath-*.db", entry.Name()); ours {
			paths = append(paths, filepath.Join(folder, entry.Name()))
		}
	}
	return paths
}

// backUp writes a backup that is whole before it has its name, and drops the oldest ones.
func (s *Store) backUp() error {
	folder := filepath.Join(s.folder, backupsFolder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	temp, err := emptyFile(folder)
	if err != nil {
		return err
	}
	defer removeDatabase(temp)
	if _, err := s.db.Exec("VACUUM INTO ?", temp); err != nil {
		return s.fault(err)
	}
	if err := syncFile(temp); err != nil {
		return err
	}
	if err := os.Chtimes(temp, s.now(), s.now()); err != nil { // its age is told by the same clock as everything else
		return err
	}
	old := s.backups()
	number := 1
	if len(old) > 0 {
		_, _ = fmt.Sscanf(filepath.Base(old[len(old)-1]), "pmpath-%d.db", &number)
		number++
	}
	name := filepath.Join(folder, fmt.Sprintf("pmpath-%06d.db", number))
	if err := rename(temp, name); err != nil {
		return err
	}
	for len(old) >= keptBackups {
		_ = os.Remove(old[0])
		old = old[1:]
	}
	return nil
}

// backUpDaily makes a backup where the newest is a day old, by either direction of the clock. What was finished is safe without it, so its
// failure is no error; doctor tells how old the newest is.
func (s *Store) backUpDaily() {
	if all := s.backups(); len(all) > 0 {
		if info, err := os.Stat(all[len(all)-1]); err == nil && s.options.Now().Sub(info.ModTime()).Abs() < backupAge {
			return
		}
	}
	_ = s.backUp()
}

func syncFile(name string) error {
	file, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	err = file.Sync()
	if closing := file.Close(); err == nil {
		err = closing
	}
	return err
}
