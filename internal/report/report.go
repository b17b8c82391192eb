// Package report prints an assessment: as text for a terminal, as Markdown for a pull request, as JSON for programs. [New] fixes every number
// and every word that comes from a rubric or a sheet before anything is rendered; the renderers lay it out and work nothing out, so no format can
// contradict another or the exit code.
//
// Text from outside enters a Report through the cleaning function of its sink (package sanitize), in New and nowhere else. The package knows no
// terminal, clock or file: width and colour are given. A respondent's name is in a report only where [Options] ask for it.
package report

import (
	"github.com/pmpath/pmpath/internal/fraction"
)

// SchemaVersion is the version of the JSON form. Within one version fields are only added.
const SchemaVersion = 1

// Report is an assessment ready to be printed, and at once the JSON form.
type Report struct {
	SchemaVersion  int           `json:"schema_version"`
	Rubric         Rubric        `json:"rubric"`
	Respondent     *string       `json:"respondent,omitempty"`
	Rater          string        `json:"rater"`
	Date           string        `json:"date"`
	Stage          *Ref          `json:"stage"`
	Items          Items         `json:"items"`
	OperatingStage *Operating    `json:"operating_stage"`
	Targets        []Target      `json:"targets"`
	Unverified     []Item        `json:"unverified"`
	Stale          []Item        `json:"stale"`
	Plan           *PlanProgress `json:"plan,omitempty"` // what became of the plan that is kept, where there is one
	Caution        string        `json:"caution"`
	RoleNow        *RoleNow      `json:"role_now"` // null where the sheet does not say which role is held
	sheetFile      string        // how to name the sheet in a command
}

// RoleNow is what the answers say of the role held today.
type RoleNow struct {
	Stage   Ref       `json:"stage"`
	Further bool      `json:"answers_reach_further"` // they meet the conditions of a role that comes after it
	Short   []Lacking `json:"conditions_short"`
	Open    []Lacking `json:"conditions_open"`
}

// Lacking is a condition that does not hold, or not for certain.
type Lacking struct {
	Kind    string `json:"kind"`
	ID      string `json:"id"`
	Title   string `json:"title"`
	Outcome string `json:"outcome"`
	Words   string `json:"words"`
	Brief   string `json:"brief"`
}

// Rubric names the instrument.
type Rubric struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Digest  string `json:"digest"`
	Title   string `json:"title"`
}

// Ref names something of the rubric.
type Ref struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Items counts the items of the rubric by what the sheet says to them.
type Items struct {
	All           int `json:"all"`
	Answered      int `json:"answered"`
	NotApplicable int `json:"not_applicable"`
	Open          int `json:"open"`
	NotAsked      int `json:"not_asked,omitempty"` // of the open ones: an interview stopped before them
}

// Operating is the stage held by skills.
type Operating struct {
	Ref
	GatesLeftOut int `json:"gates_left_out"`
}

// Target is the decision about one role.
type Target struct {
	Stage         Ref         `json:"stage"`
	Verdict       string      `json:"verdict"`
	Tally         Tally       `json:"tally"`
	Deciding      *Condition  `json:"deciding"`
	Fit           Share       `json:"fit"`
	Areas         []Area      `json:"areas"`
	Conditions    []Condition `json:"conditions"`
	Criteria      []Criterion `json:"criteria"`
	Gaps          []Gap       `json:"gaps"`
	Next          []PathStep  `json:"next_steps"`        // of the shortest path, at most three: those that bring most
	PathLength    *int        `json:"steps_of_the_path"` // null where there is no path or nothing to do
	Gates         []Gate      `json:"gates"`
	Steps         Steps       `json:"steps_to_flip"`
	Borderline    *Change     `json:"borderline"` // the answer that decides alone
	OpenQuestions []Question  `json:"open_questions"`
	NotAssessed   []string    `json:"not_assessed"` // titles of areas and must-haves of which too much is not applicable
	WithLowest    *string     `json:"verdict_with_not_applicable_at_lowest"`
	Short         []Lacking   `json:"conditions_short"` // the largest gap first
	Open          []Lacking   `json:"conditions_open"`  // the one that most depends on first
	GatesAnswered int         `json:"gates_answered"`
}

// Tally counts the conditions, which must all hold.
type Tally struct {
	All   int `json:"all"`
	Hold  int `json:"hold"`
	Open  int `json:"open"`
	Fails int `json:"fail"`
}

// Amount is an exact number, with a decimal form for programs that do not read fractions.
type Amount struct {
	fraction.Fraction
}

// MarshalJSON writes {"exact":"7/3","decimal":2.3333}; the decimal is rounded down.
func (a Amount) MarshalJSON() ([]byte, error) {
	return []byte(`{"exact":"` + a.String() + `","decimal":` + a.Decimal(4) + `}`), nil
}

// Range is a number with every open answer at its lowest, and at its highest.
type Range struct {
	Worst Amount `json:"worst"`
	Best  Amount `json:"best"`
}

// Share is points held and needed of those possible.
type Share struct {
	Points       Range  `json:"points"`
	Possible     Amount `json:"possible"`
	Needs        Amount `json:"needs"`
	WorstPercent int64  `json:"worst_percent"` // rounded down
	BestPercent  int64  `json:"best_percent"`  // rounded down
	NeedsPercent Amount `json:"needs_percent"`
	Outcome      string `json:"outcome"`
}

// Area is the share within one area.
type Area struct {
	Ref
	Share
	AssessedPercent int64 `json:"assessed_percent"` // rounded down
	NotAssessed     bool  `json:"not_assessed"`
}

// Condition is one of the things that must all hold.
type Condition struct {
	Kind    string `json:"kind"`
	ID      string `json:"id"` // of the area, competency or gate; empty for the fit
	Title   string `json:"title"`
	Held    Range  `json:"held"`
	Need    Amount `json:"need"`
	Margin  Range  `json:"margin"`
	Outcome string `json:"outcome"`
	Words   string `json:"words"`
	brief   string // for brackets behind the title
}

// Criterion is one competency against what the stage asks.
type Criterion struct {
	Ref
	Area       string `json:"area"`
	Score      *Range `json:"score"` // null where not applicable
	Level      Amount `json:"level"`
	Floor      Amount `json:"floor"`
	Must       bool   `json:"must"`
	Points     Range  `json:"points"`
	Possible   Amount `json:"possible"`
	Open       int    `json:"open"`
	Applicable bool   `json:"applicable"`
	Outcome    string `json:"outcome"` // of the floor; empty where not applicable
	Why        string `json:"why"`
}

// Gap is a criterion that is not reached, with what to do first.
type Gap struct {
	Ref
	Area       string     `json:"area"`
	Score      Range      `json:"score"`
	Level      Amount     `json:"level"`
	Floor      Amount     `json:"floor"`
	Must       bool       `json:"must"`
	BelowFloor bool       `json:"below_floor"`
	Brings     Amount     `json:"brings"`
	Item       *Item      `json:"item"`
	From       *Anchor    `json:"from"`
	To         *Anchor    `json:"to"`
	Steps      []GrowStep `json:"steps"`
	Why        string     `json:"why"`
}

// Item is a question of the rubric.
type Item struct {
	ID         string `json:"id"`
	Ask        string `json:"ask"`
	Competency string `json:"competency"`
	Evidence   string `json:"evidence"`
}

// Anchor is a level in words.
type Anchor struct {
	Level int    `json:"level"`
	Text  string `json:"text"`
}

// GrowStep is one thing to do.
type GrowStep struct {
	Kind     string `json:"kind"`
	Do       string `json:"do"`
	Hours    int    `json:"hours"`
	DoneWhen string `json:"done_when"`
}

// Gate is a yes/no fact.
type Gate struct {
	Ref
	Hard     bool   `json:"hard"`
	Ask      string `json:"ask"`
	Outcome  string `json:"outcome"`
	Lacks    string `json:"lacks"` // why a "yes" does not count; empty where nothing is missing
	Evidence string `json:"evidence_wanted"`
	Kind     string `json:"evidence_kind"`
	When     string `json:"evidence_date"`
}

// Question is something still open.
type Question struct {
	Kind string `json:"kind"` // item or gate
	ID   string `json:"id"`
	Ask  string `json:"ask"`
}

// Steps counts the fewest one-level changes that reverse the verdict; null where no change can.
type Steps struct {
	Worst *StepCount `json:"worst"`
	Best  *StepCount `json:"best"`
}

// StepCount is one of the two counts. Answers is null where answers alone cannot do it.
type StepCount struct {
	All     int      `json:"all"`
	Gates   int      `json:"gates"`
	Answers *int     `json:"answers_alone"`
	Changes []Change `json:"changes"`
}

// Change is one step: an item by one level, or a gate.
type Change struct {
	Kind string `json:"kind"` // item or gate
	ID   string `json:"id"`
	Ask  string `json:"ask"`
	From int    `json:"from"`
	To   int    `json:"to"`
}
