package history

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/pmpath/pmpath/internal/response"
)

// Plan is a development plan. The store does not look into its document.
type Plan struct {
	ID         string // given by SavePlan
	Respondent string
	RubricID   string
	Target     string // id of the stage
	Made       response.Date
	Document   []byte // JSON; white space between its parts is not kept
}

// planDocument is the sealed form.
type planDocument struct {
	SchemaVersion int             `json:"schema_version"`
	Kind          string          `json:"kind"`
	Saved         string          `json:"saved"`
	Respondent    string          `json:"respondent"`
	RubricID      string          `json:"rubric_id"`
	Target        string          `json:"target"`
	Made          string          `json:"made"`
	Plan          json.RawMessage `json:"plan"`
}

// SavePlan seals a plan, beside the ones before it.
func (s *Store) SavePlan(p Plan) (id string, err error) {
	var plan bytes.Buffer
	if err := json.Compact(&plan, p.Document); err != nil {
		return "", fmt.Errorf("history: the plan is no JSON: %w", err)
	}
	row, err := seal(kindPlan, p.Respondent, planDocument{
		documentVersion, kindPlan, s.now().Format(timeFormat), p.Respondent, p.RubricID, p.Target, p.Made.String(), plan.Bytes(),
	})
	if err != nil {
		return "", err
	}
	if err := s.write(func(tx *sql.Tx) error { return row.insert(tx) }); err != nil {
		return "", err
	}
	return row.id, nil
}

// LatestPlan is the plan saved last for a person, a rubric and a role, or nil. An empty target stands for any.
func (s *Store) LatestPlan(respondent, rubricID, target string) (latest *Plan, err error) {
	err = s.eachPlan(func(p *Plan) bool {
		if p.IsFor(respondent, rubricID, target) {
			latest = p
		}
		return latest == nil
	})
	return latest, err
}

// IsFor tells whether the plan is about a person, by a rubric, for a role. An empty target stands for any.
func (p *Plan) IsFor(respondent, rubricID, target string) bool {
	return p.Respondent == respondent && p.RubricID == rubricID && (target == "" || p.Target == target)
}

// Plans are all plans, the one saved last first.
func (s *Store) Plans() (all []*Plan, err error) {
	err = s.eachPlan(func(p *Plan) bool { all = append(all, p); return true })
	return all, err
}

// eachPlan hands over the plans, the one saved last first, until fn returns false. Assessments are passed over unread, as there may be many, and every
// assessment asks this. No damaged bit can turn a plan into one.
func (s *Store) eachPlan(fn func(*Plan) bool) error {
	rows, err := s.db.Query("SELECT seq, id, kind, respondent, sha256, document FROM sealed WHERE kind <> ? ORDER BY seq DESC", kindAssessment)
	if err != nil {
		return s.fault(err)
	}
	defer rows.Close()
	for rows.Next() {
		row, err := scanSealed(rows)
		if err != nil {
			return s.rowFault(strings.TrimSpace(row.kind+" "+row.id), err)
		}
		p, err := row.plan()
		if err != nil {
			return s.damaged("plan "+row.id, err)
		}
		if row.kind == kindPlan && !fn(p) {
			return nil
		}
	}
	return s.fault(rows.Err())
}

func (r sealedRow) plan() (*Plan, error) {
	var doc planDocument
	if err := json.Unmarshal(r.document, &doc); err != nil {
		return nil, err
	}
	if doc.SchemaVersion != documentVersion {
		return nil, fmt.Errorf("schema_version %d is not known here", doc.SchemaVersion)
	}
	p := &Plan{ID: r.id, Respondent: doc.Respondent, RubricID: doc.RubricID, Target: doc.Target, Document: doc.Plan}
	return p, fillDate(&p.Made, doc.Made)
}
