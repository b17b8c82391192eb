package history

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// AssessmentInfo is what a list of assessments tells. It comes from the sealed document.
type AssessmentInfo struct {
	ID         string
	Finished   time.Time // UTC, by the clock of that time
	Date       response.Date
	Version    string // of the pmpath that sealed it
	Rubric     RubricRef
	Respondent string
	Rater      response.Rater
	Stage      string   // id; empty for none
	Target     string   // id; empty where every role that can follow was asked about
	Until      string   // how far the interview was to go; empty for a sheet from a file
	NotAsked   []string // ids of items and gates that an interview ended without
	Outcomes   []Outcome
}

// StoppedEarly reports whether the interview ended before everything was asked.
func (a AssessmentInfo) StoppedEarly() bool { return len(a.NotAsked) > 0 }

// RubricRef names a rubric exactly.
type RubricRef struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Title   string `json:"title"`
	Digest  string `json:"digest"`
}

// Ref is id@version.
func (r RubricRef) Ref() string { return r.ID + "@" + r.Version }

// Outcome is what was decided about one role, as it was decided then.
type Outcome struct {
	Target  string // id of the stage
	Title   string
	Verdict string // ready, not_ready or undetermined
	Fit     readiness.Bounds
}

// Assessment is a finished assessment. Its sheet belongs to the rubric that it was taken with.
type Assessment struct {
	AssessmentInfo
	Sheet    *response.Sheet
	Document []byte // as sealed
}

// assessmentDocument is the sealed form. Fields are only ever added, at the end.
type assessmentDocument struct {
	SchemaVersion int               `json:"schema_version"`
	Kind          string            `json:"kind"`
	Finished      string            `json:"finished"`
	Pmpath        string            `json:"pmpath"`
	Rubric        RubricRef         `json:"rubric"`
	Until         string            `json:"until"`
	NotAsked      []string          `json:"not_asked"`
	Outcomes      []outcomeDocument `json:"outcomes"`
	Sheet         json.RawMessage   `json:"sheet"`
}

type outcomeDocument struct {
	Target   string `json:"target"`
	Title    string `json:"title"`
	Verdict  string `json:"verdict"`
	FitWorst string `json:"fit_worst"` // exact, such as 41/56
	FitBest  string `json:"fit_best"`
}

const documentVersion = 1

// Finish seals what the draft's sheet says, as it was assessed, and removes the draft, in one transaction. What was neither asked nor answered is
// kept as not asked. It returns the id of the assessment. The draft must not be used afterwards.
func (d *Draft) Finish(a *readiness.Assessment) (id string, err error) {
	if a.Sheet != d.sheet {
		return "", errors.New("history: finish: this is the assessment of another sheet")
	}
	row, err := d.store.sealAssessment(a, d.until, d.notAsked())
	if err != nil {
		return "", err
	}
	err = d.store.write(func(tx *sql.Tx) error {
		if err := row.insert(tx); err != nil {
			return err
		}
		return removeDraft(tx, d.id)
	})
	if err != nil {
		return "", err
	}
	d.store.dropDraft(d.id, d.lock)
	d.lock = nil
	d.store.backUpDaily()
	return row.id, nil
}

func (d *Draft) notAsked() []string {
	var ids []string
	for i, item := range d.sheet.Rubric.Items {
		if d.sheet.Answers[i].IsOpen() && !d.AskedItem(item) {
			ids = append(ids, item.ID)
		}
	}
	for i, gate := range d.sheet.Rubric.Gates {
		if d.sheet.Gates[i].State == response.GateOpen && !d.AskedGate(gate) && d.concerns(gate) {
			ids = append(ids, gate.ID)
		}
	}
	return ids
}

// concerns reports whether the gate is one of the roles asked about: no interview asks the others.
func (d *Draft) concerns(gate *rubric.Gate) bool {
	for _, target := range readiness.Targets(d.sheet) {
		if slices.ContainsFunc(target.Gates, func(g rubric.StageGate) bool { return g.Gate == gate }) {
			return true
		}
	}
	return false
}

// Add seals the assessment of a sheet that came from elsewhere, such as a file. The same sheet may be added again and is then another assessment,
// unless that is within the same second.
func (s *Store) Add(a *readiness.Assessment) (id string, err error) {
	row, err := s.sealAssessment(a, "", nil)
	if err != nil {
		return "", err
	}
	r := a.Sheet.Rubric
	err = s.write(func(tx *sql.Tx) error {
		if err := keepRubric(tx, r.Digest, string(r.Canonical())); err != nil {
			return err
		}
		return row.insert(tx)
	})
	if err != nil {
		return "", err
	}
	s.backUpDaily()
	return row.id, nil
}

// sealAssessment makes the document and reads it back before anything relies on it.
func (s *Store) sealAssessment(a *readiness.Assessment, until string, notAsked []string) (sealedRow, error) {
	sheet, err := a.Sheet.JSON()
	if err != nil {
		return sealedRow{}, err
	}
	r := a.Sheet.Rubric
	doc := assessmentDocument{
		documentVersion, kindAssessment, s.now().Format(timeFormat), s.options.Version,
		RubricRef{r.ID, r.Version, r.Title, r.Digest}, until, notAsked, nil, sheet,
	}
	for _, t := range a.Targets {
		fit := t.Fit()
		doc.Outcomes = append(doc.Outcomes, outcomeDocument{t.Target.ID, t.Target.Title, t.Verdict.String(), exact(fit.Worst), exact(fit.Best)})
	}
	row, err := seal(kindAssessment, a.Sheet.Respondent, doc)
	if err != nil {
		return sealedRow{}, err
	}
	back, err := row.assessment(r)
	if err != nil {
		return sealedRow{}, fmt.Errorf("history: the answers cannot be kept as they are: %w", err)
	}
	row.respondent = back.Respondent // a name of white space is none
	return row, nil
}

func exact(f fraction.Fraction) string {
	num, den, _ := f.Parts()
	return fmt.Sprintf("%d/%d", num, den)
}

// info reads the document without its sheet's answers.
func (r sealedRow) info() (AssessmentInfo, error) {
	var doc assessmentDocument
	if err := json.Unmarshal(r.document, &doc); err != nil {
		return AssessmentInfo{}, err
	}
	if doc.SchemaVersion != documentVersion {
		return AssessmentInfo{}, fmt.Errorf("schema_version %d is not known here", doc.SchemaVersion)
	}
	var sheet struct {
		Respondent, Stage, Target, Date string
		Rater                           response.Rater
	}
	if err := json.Unmarshal(doc.Sheet, &sheet); err != nil {
		return AssessmentInfo{}, err
	}
	info := AssessmentInfo{
		ID: r.id, Version: doc.Pmpath, Rubric: doc.Rubric, Respondent: sheet.Respondent, Rater: sheet.Rater, Stage: sheet.Stage, Target: sheet.Target,
		Until: doc.Until, NotAsked: doc.NotAsked,
	}
	var err error
	if info.Finished, err = time.Parse(timeFormat, doc.Finished); err != nil {
		return AssessmentInfo{}, err
	}
	if err := fillDate(&info.Date, sheet.Date); err != nil {
		return AssessmentInfo{}, err
	}
	for _, o := range doc.Outcomes {
		outcome, err := o.read()
		if err != nil {
			return AssessmentInfo{}, err
		}
		info.Outcomes = append(info.Outcomes, outcome)
	}
	return info, nil
}

func (o outcomeDocument) read() (Outcome, error) {
	worst, err := readExact(o.FitWorst)
	if err != nil {
		return Outcome{}, err
	}
	best, err := readExact(o.FitBest)
	if err != nil {
		return Outcome{}, err
	}
	for _, v := range []readiness.Verdict{readiness.NotReady, readiness.Undetermined, readiness.Ready} {
		if o.Verdict == v.String() {
			return Outcome{o.Target, o.Title, o.Verdict, readiness.Bounds{Worst: worst, Best: best}}, nil
		}
	}
	return Outcome{}, fmt.Errorf("no verdict: %q", o.Verdict)
}

func readExact(text string) (fraction.Fraction, error) {
	var num, den int64
	if n, err := fmt.Sscanf(text, "%d/%d", &num, &den); n != 2 || err != nil || den < 1 || num < 0 || num > den {
		return fraction.Fraction{}, fmt.Errorf("no share: %q", text)
	}
	return fraction.Of(num, den), nil
}

// assessment reads the whole document. The sheet is read as strictly as one from a file.
func (r sealedRow) assessment(of *rubric.Rubric) (*Assessment, error) {
	info, err := r.info()
	if err != nil {
		return nil, err
	}
	if info.Rubric.Digest != of.Digest {
		return nil, errors.New("it belongs to another rubric")
	}
	var doc assessmentDocument
	if err := json.Unmarshal(r.document, &doc); err != nil {
		return nil, err
	}
	node, err := document.ParseJSON("assessment "+r.id, doc.Sheet)
	if err != nil {
		return nil, err
	}
	sheet, err := response.Read(of, node)
	if err != nil {
		return nil, err
	}
	return &Assessment{info, sheet, r.document}, nil
}

// Assessments lists what is finished, in the order of finishing whatever the clock said.
func (s *Store) Assessments() ([]AssessmentInfo, error) {
	rows, err := s.sealedRows(kindAssessment)
	if err != nil {
		return nil, err
	}
	infos := make([]AssessmentInfo, len(rows))
	for i, row := range rows {
		if infos[i], err = row.info(); err != nil {
			return nil, s.damaged("assessment "+row.id, err)
		}
	}
	return infos, nil
}

// Assessment reads a finished assessment with the rubric it was taken with. An id may be shortened as long as it is one assessment's alone; an
// unknown one is fs.ErrNotExist.
func (s *Store) Assessment(id string) (*Assessment, error) {
	rows, err := s.sealedRows(kindAssessment)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.id
	}
	full, err := complete(whatAssessment, id, ids)
	if err != nil {
		return nil, err
	}
	row := rows[slices.Index(ids, full)]
	info, err := row.info()
	if err != nil {
		return nil, s.damaged("assessment "+full, err)
	}
	r, err := s.rubric(info.Rubric.Digest)
	if err != nil {
		return nil, err
	}
	a, err := row.assessment(r)
	if err != nil {
		return nil, s.damaged("assessment "+full, err)
	}
	return a, nil
}
