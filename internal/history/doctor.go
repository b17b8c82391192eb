package history

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/pmpath/pmpath/internal/rubric"
)

// Finding is one thing that Examine looked at.
type Finding struct {
	What    string // what was looked at and how it is
	Do      string // what to do where it is not well; empty where it is
	Mends   bool   // Mend takes care of it
	Serious bool   // the database is damaged, or from a newer version
}

// oldLeftover is how old a temporary file is before it counts as left over: younger ones may be at work.
const oldLeftover = time.Hour

// Examine looks at everything that is kept in the folder and changes nothing.
func Examine(folder string, o Options) []Finding {
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Store{folder: folder, options: o}
	if _, err := os.Lstat(folder); errors.Is(err, fs.ErrNotExist) {
		return []Finding{{What: "nothing is kept yet"}}
	}
	findings := s.examineModes()
	findings = append(findings, s.examineLeftovers()...)
	findings = append(findings, s.examineDatabase()...)
	return append(findings, s.examineBackups()...)
}

// entries are all files and folders of the history, with the folder itself.
func (s *Store) entries() (paths []string, err error) {
	err = filepath.WalkDir(s.folder, func(path string, _ os.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) { // came and went
			return nil
		}
		paths = append(paths, path)
		return err
	})
	return paths, err
}

func (s *Store) examineModes() []Finding {
	open, err := s.openToOthers()
	switch {
	case err != nil:
		return []Finding{{What: "a folder cannot be read: " + err.Error(), Do: "give yourself the right to read it"}}
	case len(open) == 0:
		return []Finding{{What: "folders and files are for you alone"}}
	}
	var findings []Finding
	for _, path := range open {
		findings = append(findings, Finding{What: path + " can be read or changed by others", Do: "take their rights away", Mends: true})
	}
	return findings
}

// openToOthers are the paths on which others have rights. Systems without such rights have none.
func (s *Store) openToOthers() ([]string, error) {
	paths, err := s.entries()
	var open []string
	for _, path := range paths {
		if info, err := os.Lstat(path); err == nil && modesMatter && info.Mode().Perm()&0o077 != 0 && info.Mode().Type() != fs.ModeSymlink {
			open = append(open, path)
		}
	}
	return open, err
}

func (s *Store) examineLeftovers() []Finding {
	var findings []Finding
	for _, path := range s.oldLeftovers() {
		findings = append(findings, Finding{What: path + " is left over from something that was cut short", Do: "remove it", Mends: true})
	}
	for _, path := range s.putAside() {
		if !strings.HasSuffix(path, "-wal") {
			findings = append(findings, Finding{What: path + " is a damaged database that was put aside; remove it when you miss nothing"})
		}
	}
	return findings
}

func (s *Store) oldLeftovers() []string {
	return slices.DeleteFunc(leftovers(s.folder, filepath.Join(s.folder, backupsFolder)), func(path string) bool {
		info, err := os.Lstat(path)
		return err != nil || s.options.Now().Sub(info.ModTime()) < oldLeftover
	})
}

// examineDatabase looks at the header, then at the structure, then at every record.
func (s *Store) examineDatabase() []Finding {
	if !Exists(s.folder) {
		if _, err := os.Lstat(s.path() + "-wal"); err == nil {
			return []Finding{s.finding(s.damaged("the file is gone and its log is still there", nil))}
		}
		return []Finding{{What: "no database yet"}}
	}
	version, err := s.headerVersion(len(schema))
	if err != nil {
		return []Finding{s.finding(err)}
	}
	s.db, err = sql.Open("sqlite", source(s.path(), "query_only(1)"))
	if err != nil {
		return []Finding{s.finding(err)}
	}
	defer s.db.Close()
	s.db.SetMaxOpenConns(1)
	if err := s.integrity("integrity_check"); err != nil {
		return []Finding{s.finding(err)}
	}
	findings := []Finding{{What: fmt.Sprintf("%s: version %d, its structure is whole", s.path(), version)}}
	if version < len(schema) {
		return append(findings, Finding{What: fmt.Sprintf("the database is of version %d; the next command brings it to %d, after a backup", version, len(schema))})
	}
	return append(findings, s.examineRecords()...)
}

// finding words an error.
func (s *Store) finding(err error) Finding {
	var damaged *DamagedError
	var newer *NewerError
	switch {
	case errors.As(err, &damaged):
		f := Finding{What: fmt.Sprintf("%s: damaged: %s", damaged.Path, damaged.What), Do: "build a new database from what can be read and from the newest backup", Mends: true, Serious: true}
		return f
	case errors.As(err, &newer):
		return Finding{What: fmt.Sprintf("%s: written by a newer pmpath (version %d, this one reads up to %d)", newer.Path, newer.Theirs, newer.Ours), Do: "use the newer pmpath", Serious: true}
	}
	return Finding{What: err.Error(), Do: "see to it that the file can be read and written, and try again"}
}

func (s *Store) examineRecords() []Finding {
	assessments, err := s.Assessments()
	if err != nil {
		return []Finding{s.finding(err)}
	}
	for _, a := range assessments {
		if _, err := s.Assessment(a.ID); err != nil {
			return []Finding{s.finding(err)}
		}
	}
	drafts, err := s.Drafts()
	if err != nil {
		return []Finding{s.finding(err)}
	}
	plans, err := s.sealedRows(kindPlan)
	if err != nil {
		return []Finding{s.finding(err)}
	}
	for _, row := range plans {
		if _, err := row.plan(); err != nil {
			return []Finding{s.finding(s.damaged("plan "+row.id, err))}
		}
	}
	if err := s.checkRubrics(); err != nil {
		return []Finding{s.finding(err)}
	}
	findings := []Finding{{What: fmt.Sprintf("assessments: %d, plans: %d, drafts: %d; every seal and checksum is right", len(assessments), len(plans), len(drafts))}}
	findings = append(findings, s.examineLocks(drafts)...)
	if pending, err := s.erasing(); err != nil {
		return append(findings, s.finding(err))
	} else if pending {
		findings = append(findings, Finding{What: "an erasure was cut short: traces may be left in backups and free pages", Do: "finish it", Mends: true})
	}
	return findings
}

// checkRubrics reads every rubric that is kept.
func (s *Store) checkRubrics() error {
	rows, err := s.db.Query("SELECT digest, form FROM rubric ORDER BY digest")
	if err != nil {
		return s.fault(err)
	}
	defer rows.Close()
	for rows.Next() {
		var digest string
		var form []byte
		if err := rows.Scan(&digest, &form); err != nil {
			return s.rowFault("rubric "+short(digest), err)
		}
		if r, err := rubric.Decode(string(form)); err != nil || r.Digest != digest {
			return s.damaged("rubric "+short(digest), err)
		}
	}
	return s.fault(rows.Err())
}

func (s *Store) examineLocks(drafts []DraftInfo) []Finding {
	var findings []Finding
	for _, d := range drafts {
		if d.HeldBy != 0 {
			findings = append(findings, Finding{What: fmt.Sprintf("draft %s is open in process %d", d.ID, d.HeldBy)})
		}
	}
	for _, path := range s.staleLocks(drafts) {
		findings = append(findings, Finding{What: path + " is the lock of a draft that is no more", Do: "remove it", Mends: true})
	}
	return findings
}

// staleLocks are lock files of drafts that do not exist. One that a process holds belongs to a draft that is just being begun.
func (s *Store) staleLocks(drafts []DraftInfo) []string {
	entries, _ := os.ReadDir(filepath.Join(s.folder, locksFolder))
	var stale []string
	for _, entry := range entries {
		id := entry.Name()
		known := slices.ContainsFunc(drafts, func(d DraftInfo) bool { return d.ID == id })
		if isDraftID(id) && !known && s.heldBy(id) == 0 {
			stale = append(stale, s.lockPath(id))
		}
	}
	return stale
}

func (s *Store) examineBackups() []Finding {
	all := s.backups()
	if len(all) == 0 {
		return []Finding{{What: "no backup yet; the first is made when an assessment is finished"}}
	}
	newest := all[len(all)-1]
	info, err := os.Stat(newest)
	if err != nil {
		return []Finding{s.finding(err)}
	}
	if _, err := headerVersion(newest, len(schema), func(what string, _ error) error { return errors.New(what) }); err != nil {
		return []Finding{{What: newest + ": this backup cannot be used: " + err.Error(), Do: "remove it; the next finished assessment makes a new one"}}
	}
	return []Finding{{What: fmt.Sprintf("backups: %d, the newest of %s", len(all), info.ModTime().UTC().Format(time.DateOnly))}}
}

// Mended tells what Mend did.
type Mended struct {
	Done    []string // in words
	Rebuilt *Rebuilt // nil where the database was left as it is
}

// Mend does what Examine says can be done safely. It never throws away a damaged database. Rubrics that cannot be read any more are put back from
// known, such as the shipped ones.
func Mend(folder string, o Options, known []*rubric.Rubric) (Mended, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Store{folder: folder, options: o}
	var m Mended
	if _, err := os.Lstat(folder); errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err := s.mendFiles(&m); err != nil {
		return m, err
	}
	findings := s.examineDatabase()
	if slices.ContainsFunc(findings, func(f Finding) bool { return f.Serious && f.Mends }) {
		rebuilt, err := s.rebuild(known)
		if err != nil {
			return m, err
		}
		m.Rebuilt = &rebuilt
	}
	if !Exists(folder) || slices.ContainsFunc(findings, func(f Finding) bool { return f.Serious && !f.Mends }) {
		return m, nil
	}
	return m, s.mendRecords(&m)
}

func (s *Store) mendFiles(m *Mended) error {
	open, err := s.openToOthers()
	if err != nil {
		return err
	}
	for _, path := range open {
		info, err := os.Lstat(path)
		if err != nil {
			return err
		}
		if err := os.Chmod(path, info.Mode().Perm()&0o700); err != nil {
			return err
		}
		m.Done = append(m.Done, path+": others have no rights any more")
	}
	for _, path := range s.oldLeftovers() {
		if err := os.RemoveAll(path); err != nil {
			return err
		}
		m.Done = append(m.Done, path+": removed")
	}
	return nil
}

func (s *Store) mendRecords(m *Mended) error {
	store, err := Open(s.folder, s.options)
	if err != nil {
		return err
	}
	defer store.Close()
	drafts, err := store.Drafts()
	if err != nil {
		return err
	}
	for _, path := range store.staleLocks(drafts) {
		if err := os.Remove(path); err != nil {
			return err
		}
		m.Done = append(m.Done, path+": removed")
	}
	pending, err := store.erasing()
	if err != nil || !pending {
		return err
	}
	if err := store.clear(&Erased{}); err != nil {
		return err
	}
	m.Done = append(m.Done, "the erasure that was cut short is finished")
	return nil
}
