package history

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"modernc.org/sqlite"
)

// HeldError is a draft that another process has open: exit code 75.
type HeldError struct {
	ID    string
	PID   int       // 0 where it cannot be told
	Since time.Time // zero where it cannot be told
}

func (e *HeldError) Error() string {
	who := "another pmpath"
	if e.PID != 0 {
		who += fmt.Sprintf(" (process %d, since %s)", e.PID, e.Since.Local().Format("2006-01-02 15:04:05"))
	}
	return fmt.Sprintf("draft %s is open in %s – go on there, or close it first", e.ID, who)
}

// LockedError is a database that another process does not let go of: exit code 75.
type LockedError struct{ Path string }

func (e *LockedError) Error() string {
	return fmt.Sprintf("%s: another program is using the database – try again when it has finished", e.Path)
}

// DamagedError is a database that does not hold what was written: exit code 65. Nothing has been changed.
type DamagedError struct {
	Path   string
	What   string // which part is affected
	Backup string // the newest backup, or empty
	Err    error  // what SQLite says, or nil
}

func (e *DamagedError) Error() string {
	text := fmt.Sprintf("%s: the database is damaged: %s – `pmpath doctor` looks closer, `pmpath doctor --fix` saves what can be read", e.Path, e.What)
	if e.Backup != "" {
		text += "; the newest backup is " + e.Backup
	}
	return text
}

func (e *DamagedError) Unwrap() error { return e.Err }

// NewerError is a database that a newer pmpath wrote: exit code 65. It is left alone.
type NewerError struct {
	Path         string
	Theirs, Ours int // versions of the schema
}

func (e *NewerError) Error() string {
	return fmt.Sprintf("%s: written by a newer pmpath (database version %d, this one reads up to %d) – use the newer pmpath", e.Path, e.Theirs, e.Ours)
}

// UnknownError is the id of a draft or assessment, or a person, of which nothing is kept: exit code 66. It counts as fs.ErrNotExist.
type UnknownError struct {
	What string // draft, assessment or person
	ID   string
	Like []string // ids that begin with ID, where it is too short to be one's alone
}

func (e *UnknownError) Error() string {
	switch {
	case len(e.Like) > 0:
		return fmt.Sprintf("%s %s: %d begin like that – name one in full: %s", e.What, e.ID, len(e.Like), strings.Join(e.Like, ", "))
	case e.What == whatAssessment && e.ID == "":
		return "no finished assessment is kept yet – `pmpath assess` keeps what you answer, `pmpath history add SHEET` keeps a sheet"
	case e.What == whatPerson:
		return "nothing is kept about this person – `pmpath history list --include-names` tells about whom there is"
	}
	return fmt.Sprintf("there is no %s %q – `pmpath history list` shows all", e.What, e.ID)
}

// Is makes it fs.ErrNotExist.
func (e *UnknownError) Is(target error) bool { return target == fs.ErrNotExist }

const (
	whatDraft      = "draft"
	whatAssessment = "assessment"
	whatPerson     = "person"
)

// errInTheWay is the fault of something else under the name of the database: a folder, a link, a device.
var errInTheWay error = inTheWay{}

type inTheWay struct{}

func (inTheWay) Error() string        { return "something that is no ordinary file has this name" }
func (inTheWay) Is(target error) bool { return target == fs.ErrExist }

// damaged says what is affected, and where the newest backup is.
func (s *Store) damaged(what string, err error) error {
	backup := ""
	if all := s.backups(); len(all) > 0 {
		backup = all[len(all)-1]
	}
	return &DamagedError{s.path(), what, backup, err}
}

// Primary result codes of SQLite.
const (
	codeError    = 1
	codePerm     = 3
	codeBusy     = 5
	codeLocked   = 6
	codeNoMemory = 7
	codeReadOnly = 8
	codeIO       = 10
	codeCorrupt  = 11
	codeFull     = 13
	codeCantOpen = 14
	codeNoDB     = 26

	codeShortRead = 522 // of codeIO: the file ends before a page does
)

// fault turns what SQLite says into the errors of this package. Other errors, and none, pass.
func (s *Store) fault(err error) error {
	var said *sqlite.Error
	if !errors.As(err, &said) {
		return err
	}
	if said.Code() == codeShortRead {
		return s.damaged("it is cut short", said)
	}
	switch said.Code() & 0xFF {
	case codeBusy, codeLocked:
		return &LockedError{s.path()}
	case codeIO, codeFull, codeNoMemory:
		return &fs.PathError{Op: "write", Path: s.path(), Err: s.ioCause(said)}
	case codeReadOnly, codeCantOpen, codePerm:
		return s.openFault(said)
	case codeCorrupt, codeNoDB:
		return s.damaged("parts of it cannot be read", said)
	case codeError:
		switch text := said.Error(); {
		case strings.Contains(text, "no such table"), strings.Contains(text, "no such column"):
			return s.damaged("a table is missing", said)
		case strings.Contains(text, "unsupported file format"):
			return s.damaged("its header is broken", said)
		}
	}
	return fmt.Errorf("history: %w", err)
}

var errDiskFull = errors.New("the disk is full")

// ioCause words an input or output error. SQLite does not tell a full disk from a broken one reliably, so the disk is asked.
func (s *Store) ioCause(said *sqlite.Error) error {
	if free, known := freeSpace(s.folder); said.Code()&0xFF == codeFull || known && free < 64<<10 {
		return errDiskFull
	}
	return said
}

// openFault finds out why a file cannot be opened or written, by trying what SQLite tried.
func (s *Store) openFault(said *sqlite.Error) error {
	file, err := os.OpenFile(s.path(), os.O_RDWR, 0)
	if err != nil {
		return err
	}
	_ = file.Close()
	temp, err := emptyFile(s.folder)
	if err != nil {
		return err
	}
	_ = os.Remove(temp)
	return &fs.PathError{Op: "open", Path: s.path(), Err: said}
}
