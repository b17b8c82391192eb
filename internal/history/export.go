package history

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"slices"
	"time"
)

// archive is the exported form: whole, in the order of the store, without anything that differs from one export to the next.
type archive struct {
	SchemaVersion int             `json:"schema_version"`
	Kind          string          `json:"kind"`
	Rubrics       []archiveRubric `json:"rubrics"`
	Assessments   []archiveSealed `json:"assessments"`
	Plans         []archiveSealed `json:"plans"`
	Drafts        []archiveDraft  `json:"drafts"`
}

// archiveRubric is a rubric in its canonical form, in base64; its hash is the digest.
type archiveRubric struct {
	Digest string `json:"digest"`
	Form   string `json:"form"`
}

// archiveSealed is a sealed document. Its hash is that of the document without white space between its parts.
type archiveSealed struct {
	ID       string          `json:"id"`
	SHA256   string          `json:"sha256"`
	Document json.RawMessage `json:"document"`
}

type archiveDraft struct {
	ID      string          `json:"id"`
	Started string          `json:"started"`
	Until   string          `json:"until"`
	Rubric  string          `json:"rubric_digest"`
	Sheet   json.RawMessage `json:"sheet"`
	Saved   []archiveSaved  `json:"saved"`
}

// archiveSaved is an item or gate of a draft of which something was saved.
type archiveSaved struct {
	Part  string `json:"part"`
	ID    string `json:"id"`
	Asked bool   `json:"asked"`
	At    string `json:"at"`
}

const kindArchive = "history"

// Whose says whose entries are meant.
type Whose struct {
	All        bool
	Respondent string // where not All; empty for the person at this machine
}

func (w Whose) includes(respondent string) bool { return w.All || w.Respondent == respondent }

// contents are what an archive holds, in the order of the store.
type contents struct {
	forms       map[string]string // canonical forms of rubrics by digest
	assessments []sealedRow
	plans       []sealedRow
	drafts      []*Draft // by id
	rows        map[string][]answerRow
}

// Export writes everything that is kept about a person, or about all, as JSON. [Store.Import] reads it, and exporting that gives the same bytes.
func (s *Store) Export(whose Whose) ([]byte, error) {
	c, err := s.contents(whose)
	if err != nil {
		return nil, err
	}
	return c.encode()
}

func (s *Store) contents(whose Whose) (*contents, error) {
	c := &contents{forms: map[string]string{}, rows: map[string][]answerRow{}}
	var err error
	if c.assessments, err = s.sealedOf(kindAssessment, whose); err != nil {
		return nil, err
	}
	if c.plans, err = s.sealedOf(kindPlan, whose); err != nil {
		return nil, err
	}
	heads, err := s.heads()
	if err != nil {
		return nil, err
	}
	for _, head := range heads {
		if !whose.includes(head.respondent) {
			continue
		}
		rows, err := s.answerRows(head.id)
		if err != nil {
			return nil, err
		}
		d, err := s.assemble(head, rows)
		if err != nil {
			return nil, err
		}
		c.drafts, c.rows[d.id] = append(c.drafts, d), rows
	}
	for _, digest := range c.digests() {
		if _, err := s.rubric(digest); err != nil { // the form is whole
			return nil, err
		}
		if c.forms[digest], err = s.form(digest); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (s *Store) sealedOf(kind string, whose Whose) ([]sealedRow, error) {
	rows, err := s.sealedRows(kind)
	return slices.DeleteFunc(rows, func(r sealedRow) bool { return !whose.includes(r.respondent) }), err
}

// digests are those of all rubrics that are needed, in the order in which they are first.
func (c *contents) digests() []string {
	var digests []string
	need := func(digest string) {
		if !slices.Contains(digests, digest) {
			digests = append(digests, digest)
		}
	}
	for _, row := range c.assessments {
		need(row.digest())
	}
	for _, d := range c.drafts {
		need(d.sheet.Rubric.Digest)
	}
	return digests
}

func (c *contents) archive() (archive, error) {
	a := archive{SchemaVersion: documentVersion, Kind: kindArchive, Rubrics: []archiveRubric{}, Assessments: archiveRows(c.assessments), Plans: archiveRows(c.plans), Drafts: []archiveDraft{}}
	for _, digest := range c.digests() {
		a.Rubrics = append(a.Rubrics, archiveRubric{digest, base64.StdEncoding.EncodeToString([]byte(c.forms[digest]))})
	}
	for _, d := range c.drafts {
		sheet, err := d.sheet.JSON()
		if err != nil {
			return archive{}, err
		}
		draft := archiveDraft{d.id, moment(d.started.Unix()), d.until, d.sheet.Rubric.Digest, sheet, []archiveSaved{}}
		for _, row := range c.rows[d.id] {
			draft.Saved = append(draft.Saved, archiveSaved{row.part, row.id, row.asked, moment(row.saved)})
		}
		a.Drafts = append(a.Drafts, draft)
	}
	return a, nil
}

func archiveRows(rows []sealedRow) []archiveSealed {
	out := []archiveSealed{}
	for _, row := range rows {
		out = append(out, archiveSealed{row.id, row.sha256, row.document})
	}
	return out
}

func moment(seconds int64) string { return time.Unix(seconds, 0).UTC().Format(timeFormat) }

func (c *contents) encode() ([]byte, error) {
	a, err := c.archive()
	if err != nil {
		return nil, err
	}
	var data bytes.Buffer
	encoder := json.NewEncoder(&data)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	err = encoder.Encode(a)
	return data.Bytes(), err
}
