package history

import (
	"database/sql"
	"errors"

	"github.com/pmpath/pmpath/internal/rubric"
)

// keepRubric stores the canonical form of a rubric once, so that drafts and assessments keep the questions they were answered with.
func keepRubric(tx *sql.Tx, digest, form string) error {
	_, err := tx.Exec("INSERT OR IGNORE INTO rubric (digest, form) VALUES (?, ?)", digest, []byte(form))
	return err
}

// rubric reads a rubric that was kept.
func (s *Store) rubric(digest string) (*rubric.Rubric, error) {
	form, err := s.form(digest)
	if err != nil {
		return nil, err
	}
	r, err := rubric.Decode(form)
	if err != nil || r.Digest != digest {
		return nil, s.damaged("rubric "+short(digest), err)
	}
	return r, nil
}

func (s *Store) form(digest string) (string, error) {
	var form []byte
	err := s.db.QueryRow("SELECT form FROM rubric WHERE digest = ?", digest).Scan(&form)
	if errors.Is(err, sql.ErrNoRows) {
		return "", s.damaged("rubric "+short(digest)+" is missing", nil)
	}
	if err != nil {
		return "", s.rowFault("rubric "+short(digest), err)
	}
	return string(form), nil
}

func short(digest string) string { return digest[:min(len(digest), 8)] }
