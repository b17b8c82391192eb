package history

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// sealedRow is something finished: one JSON document that never changes, with its hash.
type sealedRow struct {
	seq                int64 // in the order of finishing; 0 before it is stored
	id                 string
	kind               string
	respondent, sha256 string
	document           []byte // JSON without white space between its parts
}

const (
	kindAssessment = "assessment"
	kindPlan       = "plan"
)

// seal makes the row of a document. Its id is the beginning of its hash, in letters and digits that are hard to mistake.
func seal(kind, respondent string, document any) (sealedRow, error) {
	data, err := compactJSON(document)
	if err != nil {
		return sealedRow{}, fmt.Errorf("seal %s: %w", kind, err)
	}
	sum := sha256.Sum256(data)
	return sealedRow{id: idOf(sum[:]), kind: kind, respondent: respondent, sha256: hex.EncodeToString(sum[:]), document: data}, nil
}

var idLetters = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

func idOf(sum []byte) string { return idLetters.EncodeToString(sum[:5]) }

func compactJSON(value any) ([]byte, error) {
	var data bytes.Buffer
	encoder := json.NewEncoder(&data)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(data.Bytes(), []byte("\n")), nil
}

var errSeal = errors.New("its seal is broken")

// check holds the row against its seal.
func (r sealedRow) check() error {
	sum := sha256.Sum256(r.document)
	if r.sha256 != hex.EncodeToString(sum[:]) || r.id != idOf(sum[:]) {
		return errSeal
	}
	var head struct {
		Kind       string `json:"kind"`
		Respondent string `json:"respondent"`
		Sheet      struct {
			Respondent string `json:"respondent"`
		} `json:"sheet"`
	}
	if err := json.Unmarshal(r.document, &head); err != nil {
		return err
	}
	if head.Kind != r.kind || head.Respondent+head.Sheet.Respondent != r.respondent {
		return errSeal
	}
	return nil
}

// insert stores the row unless the same document is there already.
func (r sealedRow) insert(tx *sql.Tx) error {
	var there int
	if err := tx.QueryRow("SELECT count(*) FROM sealed WHERE sha256 = ?", r.sha256).Scan(&there); err != nil || there > 0 {
		return err
	}
	_, err := tx.Exec("INSERT INTO sealed (id, kind, respondent, document, sha256) VALUES (?, ?, ?, ?, ?)",
		r.id, r.kind, r.respondent, r.document, r.sha256)
	return err
}

// sealedRows reads everything finished of a kind in the order of finishing, with its seals checked.
func (s *Store) sealedRows(kind string) ([]sealedRow, error) {
	rows, err := s.db.Query("SELECT seq, id, kind, respondent, sha256, document FROM sealed ORDER BY seq")
	if err != nil {
		return nil, s.fault(err)
	}
	defer rows.Close()
	var all []sealedRow
	for rows.Next() {
		r, err := scanSealed(rows)
		if err != nil {
			return nil, s.rowFault(strings.TrimSpace(r.kind+" "+r.id), err)
		}
		if r.kind == kind {
			all = append(all, r)
		}
	}
	return all, s.fault(rows.Err())
}

func scanSealed(rows *sql.Rows) (sealedRow, error) {
	var r sealedRow
	if err := rows.Scan(&r.seq, &r.id, &r.kind, &r.respondent, &r.sha256, &r.document); err != nil {
		return r, err
	}
	return r, r.check()
}

// digest is that of the rubric of an assessment; empty for a plan.
func (r sealedRow) digest() string {
	var doc struct {
		Rubric RubricRef `json:"rubric"`
	}
	if err := json.Unmarshal(r.document, &doc); err != nil {
		return ""
	}
	return doc.Rubric.Digest
}
