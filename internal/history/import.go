package history

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// MaxImport is the most bytes that an export may have to be read back.
const MaxImport = 64 << 20

// Imported counts what an import brought, and what was there before.
type Imported struct {
	Assessments, Plans, Drafts int
	Already                    int // left as they are
}

// Import adds what Export wrote. All of it is checked first: seals, digests, every sheet against its rubric, and that exporting it again gives the
// same bytes. What is wrong is document.Problems, and then nothing is added. What is there already stays as it is.
func (s *Store) Import(r io.Reader, shown string) (Imported, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxImport+1))
	if err != nil {
		return Imported{}, err
	}
	c, err := readArchive(data, shown)
	if err != nil {
		return Imported{}, err
	}
	var count Imported
	err = s.write(func(tx *sql.Tx) error {
		count = Imported{}
		return c.store(tx, &count)
	})
	return count, err
}

func (c *contents) store(tx *sql.Tx, count *Imported) error {
	for _, digest := range c.digests() {
		if err := keepRubric(tx, digest, c.forms[digest]); err != nil {
			return err
		}
	}
	for _, row := range slices.Concat(c.assessments, c.plans) {
		there, err := exists(tx, "SELECT count(*) FROM sealed WHERE sha256 = ?", row.sha256)
		switch {
		case err != nil:
			return err
		case there:
			count.Already++
			continue
		case row.kind == kindPlan:
			count.Plans++
		default:
			count.Assessments++
		}
		if err := row.insert(tx); err != nil {
			return err
		}
	}
	for _, d := range c.drafts {
		there, err := exists(tx, "SELECT count(*) FROM draft WHERE id = ?", d.id)
		switch {
		case err != nil:
			return err
		case there:
			count.Already++
			continue
		}
		count.Drafts++
		if err := d.head().insert(tx); err != nil {
			return err
		}
		for _, row := range c.rows[d.id] {
			if err := row.save(tx); err != nil {
				return err
			}
		}
	}
	return nil
}

func exists(tx *sql.Tx, query, key string) (bool, error) {
	var n int
	err := tx.QueryRow(query, key).Scan(&n)
	return n > 0, err
}

// readArchive reads and checks an export.
func readArchive(data []byte, shown string) (*contents, error) {
	if len(data) > MaxImport {
		return nil, problem(shown, data, 0, "the file is larger than 64 MiB", "")
	}
	var a archive
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&a); err != nil {
		return nil, decodeProblem(shown, data, decoder.InputOffset(), err)
	}
	switch {
	case a.Kind != kindArchive:
		return nil, problem(shown, data, 0, "this is no export of pmpath's history", "give a file that `pmpath history export` wrote")
	case a.SchemaVersion != documentVersion:
		return nil, problem(shown, data, 0, fmt.Sprintf("schema_version %d is not known here", a.SchemaVersion), "use the pmpath that wrote it, or a newer one")
	}
	c, err := a.contents()
	if err != nil {
		return nil, problem(shown, data, 0, err.Error(), "give the file as `pmpath history export` wrote it")
	}
	again, err := c.encode()
	if err != nil || !bytes.Equal(again, data) {
		return nil, problem(shown, data, differAt(again, data), "from here on the file is not as pmpath writes it", "give the file as `pmpath history export` wrote it")
	}
	return c, nil
}

func differAt(a, b []byte) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}

func decodeProblem(shown string, data []byte, offset int64, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return problem(shown, data, int(syntax.Offset)-1, "this is no JSON", "give the file as `pmpath history export` wrote it")
	case errors.As(err, &kind):
		return problem(shown, data, int(kind.Offset)-1, "there is another kind of value here than an export has", "give the file as `pmpath history export` wrote it")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return problem(shown, data, len(data), "the file ends too early", "export it again")
	}
	return problem(shown, data, int(offset), "this is no export of pmpath's history", "give a file that `pmpath history export` wrote")
}

// problem is one problem at an offset.
func problem(shown string, data []byte, offset int, what, do string) error {
	before := data[:max(min(offset, len(data)), 0)]
	line := bytes.Count(before, []byte("\n")) + 1
	column := len([]rune(string(before[bytes.LastIndexByte(before, '\n')+1:]))) + 1
	var problems document.Problems
	problems.Add(document.Position{File: shown, Line: line, Column: column}, "", what, do)
	return problems.Err()
}

// contents checks every part of the archive for itself and against the others.
func (a archive) contents() (*contents, error) {
	c := &contents{forms: map[string]string{}, rows: map[string][]answerRow{}}
	rubrics := map[string]*rubric.Rubric{}
	for _, ar := range a.Rubrics {
		form, err := base64.StdEncoding.DecodeString(ar.Form)
		if err != nil {
			return nil, fmt.Errorf("rubric %s: %w", short(ar.Digest), err)
		}
		r, err := rubric.Decode(string(form))
		if err != nil {
			return nil, fmt.Errorf("rubric %s: %w", short(ar.Digest), err)
		}
		if r.Digest != ar.Digest || rubrics[ar.Digest] != nil {
			return nil, fmt.Errorf("rubric %s: it is another one, or there twice", short(ar.Digest))
		}
		rubrics[ar.Digest], c.forms[ar.Digest] = r, string(form)
	}
	for _, as := range a.Assessments {
		row, err := as.row(kindAssessment)
		if err != nil {
			return nil, err
		}
		info, err := row.info()
		if err != nil {
			return nil, fmt.Errorf("assessment %s: %w", as.ID, err)
		}
		r := rubrics[info.Rubric.Digest]
		if r == nil {
			return nil, fmt.Errorf("assessment %s: its rubric is missing", as.ID)
		}
		if _, err := row.assessment(r); err != nil {
			return nil, fmt.Errorf("assessment %s: %w", as.ID, err)
		}
		c.assessments = append(c.assessments, row)
	}
	for _, as := range a.Plans {
		row, err := as.row(kindPlan)
		if err != nil {
			return nil, err
		}
		if _, err := row.plan(); err != nil {
			return nil, fmt.Errorf("plan %s: %w", as.ID, err)
		}
		c.plans = append(c.plans, row)
	}
	for _, ad := range a.Drafts {
		if err := c.addDraft(ad, rubrics[ad.Rubric]); err != nil {
			return nil, fmt.Errorf("draft %s: %w", ad.ID, err)
		}
	}
	slices.SortFunc(c.drafts, func(a, b *Draft) int { return strings.Compare(a.id, b.id) })
	c.assessments, c.plans = once(c.assessments), once(c.plans)
	return c, nil
}

// once drops what is there twice. That, as everything that is in another form than it will be stored in, shows when the contents are written again.
func once(rows []sealedRow) []sealedRow {
	seen := map[string]bool{}
	return slices.DeleteFunc(rows, func(r sealedRow) bool {
		twice := seen[r.sha256]
		seen[r.sha256] = true
		return twice
	})
}

func (as archiveSealed) row(kind string) (sealedRow, error) {
	var compact bytes.Buffer
	if err := json.Compact(&compact, as.Document); err != nil {
		return sealedRow{}, fmt.Errorf("%s %s: %w", kind, as.ID, err)
	}
	var head struct {
		Respondent string `json:"respondent"`
		Sheet      struct {
			Respondent string `json:"respondent"`
		} `json:"sheet"`
	}
	if err := json.Unmarshal(compact.Bytes(), &head); err != nil {
		return sealedRow{}, fmt.Errorf("%s %s: %w", kind, as.ID, err)
	}
	sum := sha256.Sum256(compact.Bytes())
	row := sealedRow{id: idOf(sum[:]), kind: kind, respondent: head.Respondent + head.Sheet.Respondent, sha256: hex.EncodeToString(sum[:]), document: compact.Bytes()}
	if err := row.check(); err != nil || as.ID != row.id || as.SHA256 != row.sha256 {
		return sealedRow{}, fmt.Errorf("%s %s: %w", kind, as.ID, errSeal)
	}
	return row, nil
}

func (c *contents) addDraft(ad archiveDraft, r *rubric.Rubric) error {
	if r == nil {
		return errors.New("its rubric is missing")
	}
	if !isDraftID(ad.ID) || c.rows[ad.ID] != nil {
		return errors.New("its id is none, or there twice")
	}
	node, err := document.ParseJSON("draft "+ad.ID, ad.Sheet)
	if err != nil {
		return err
	}
	sheet, err := response.Read(r, node)
	if err != nil {
		return err
	}
	started, err := time.Parse(timeFormat, ad.Started)
	if err != nil {
		return err
	}
	given := &Draft{id: ad.ID, sheet: sheet, until: ad.Until, started: started.UTC()}
	kept := &Draft{id: ad.ID, sheet: response.New(r), until: ad.Until, started: started.UTC()}
	if err := given.head().fill(kept.sheet); err != nil {
		return err
	}
	rows := []answerRow{}
	for _, saved := range ad.Saved {
		row, err := saved.row(given)
		if err != nil {
			return err
		}
		if err := row.fill(kept.sheet); err != nil {
			return err
		}
		rows = append(rows, row)
	}
	c.drafts, c.rows[ad.ID] = append(c.drafts, kept), inOrder(rows)
	return nil
}

// inOrder puts rows into the order of the store, each once.
func inOrder(rows []answerRow) []answerRow {
	key := func(r answerRow) string { return r.part + " " + r.id }
	slices.SortStableFunc(rows, func(a, b answerRow) int { return strings.Compare(key(a), key(b)) })
	return slices.CompactFunc(rows, func(a, b answerRow) bool { return key(a) == key(b) })
}

func (as archiveSaved) row(d *Draft) (answerRow, error) {
	at, err := time.Parse(timeFormat, as.At)
	if err != nil {
		return answerRow{}, err
	}
	var row answerRow
	item, gate := d.sheet.Rubric.ItemNamed(as.ID), d.sheet.Rubric.GateNamed(as.ID)
	switch {
	case as.Part == partItem && item != nil:
		row = d.itemRow(item, as.Asked, at)
	case as.Part == partGate && gate != nil:
		row = d.gateRow(gate, as.Asked, at)
	default:
		return answerRow{}, fmt.Errorf("no %s %q", as.Part, as.ID)
	}
	return row, nil
}
