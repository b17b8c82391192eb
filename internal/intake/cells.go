package intake

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
)

// set gives what a cell says to a person. It returns what is wrong with it and what to do, or nothing.
func (v *vocabulary) set(p *Person, c column, text string) (what, do string) {
	trimmed := strings.Trim(text, " \t")
	if trimmed == "" && c.kind != aName {
		return "", "" // missing, which is no value at all
	}
	switch c.kind {
	case aName:
		p.Name = p.keep(text)
		if trimmed == "" {
			return "nobody is named here", "write a name or a number that nobody else has"
		}
		return faultyText(text, maxName)
	case aField:
		p.Fields[c.index] = p.keep(text)
		return faultyText(text, maxField(c.title))
	case aStage:
		p.Stage, what, do = v.stage(trimmed)
	case aTarget:
		p.Target, what, do = v.stage(trimmed)
	case aDate:
		p.Date, what, do = date(trimmed)
	case anItem:
		p.Levels[c.index], what, do = level(v.rubric.Items[c.index], trimmed)
	case itsEvidence:
		p.proven, p.Proofs[c.index].Given = true, true
		return faultyText(text, maxCell)
	case itsDate:
		p.proven, p.Proofs[c.index].Given = true, true
		p.Proofs[c.index].When, what, do = date(trimmed)
	case aGate:
		p.gated = true
		p.Gates[c.index].State, what, do = gate(trimmed)
	case itsKind:
		p.gated = true
		p.Gates[c.index].Evidence.Kind, what, do = kind(trimmed)
	case itsGateDate:
		p.gated = true
		p.Gates[c.index].Evidence.When, what, do = date(trimmed)
	default: // the question and the answer of a long table are not about a person by themselves
	}
	return what, do
}

// together checks what only several cells can tell. It returns the column too.
func (v *vocabulary) together(p *Person) (path, what, do string) {
	if !p.Date.IsZero() || !p.gated && !p.proven {
		return "", "", ""
	}
	for i := range p.Gates {
		if !p.Gates[i].Evidence.When.IsZero() {
			return "date", "the answers have no date, and the evidence of " + v.rubric.Gates[i].ID + " has one", "write the day of the answers"
		}
	}
	for i := range p.Proofs {
		if !p.Proofs[i].When.IsZero() {
			return "date", "the answers have no date, and the evidence of " + v.rubric.Items[i].ID + " has one", "write the day of the answers"
		}
	}
	return "", "", ""
}

// maxField is the most characters of a field.
func maxField(title string) int {
	if title == teamField {
		return maxName
	}
	return maxCell
}

// faultyText says what is wrong with a text of one line.
func faultyText(text string, most int) (what, do string) {
	for _, r := range text {
		if r == '\t' || r == '\n' || r == '\r' || document.Forbidden(r) {
			return fmt.Sprintf("the control character U+%04X is not allowed", r), "remove it"
		}
	}
	if utf8.RuneCountInString(text) > most {
		return fmt.Sprintf("this text is longer than %d characters", most), "shorten it"
	}
	return "", ""
}

func (v *vocabulary) stage(name string) (*rubric.Stage, string, string) {
	if stage := v.rubric.StageNamed(name); stage != nil {
		return stage, "", ""
	}
	ids := v.rubric.StageIDs()
	return nil, fmt.Sprintf("this ladder has no stage %q", name), document.Nearest(name, ids, "use one of: "+strings.Join(ids, ", "))
}

func date(text string) (response.Date, string, string) {
	d, ok := response.ParseDate(text)
	if !ok {
		return d, fmt.Sprintf("%q is no date", text), "write it like 2026-11-22"
	}
	return d, "", ""
}

// isNotApplicable reports whether a cell says "no chance in this role".
func isNotApplicable(text string) bool {
	return strings.EqualFold(text, "n/a") || strings.EqualFold(text, "na")
}

func level(item *rubric.Item, text string) (int8, string, string) {
	scale := item.Competency.Scale
	if isNotApplicable(text) {
		if !item.NotApplicable {
			return Unanswered, "this question has no answer \"not applicable\"", "name a level, or leave the cell empty where nothing was answered"
		}
		return NotApplicable, "", ""
	}
	level, ok := wholeNumber(text)
	switch {
	case !ok:
		return Unanswered, fmt.Sprintf("%q is no level", text), fmt.Sprintf("write a whole number from %d to %d in plain digits, or nothing", scale.Lo(), scale.Hi())
	case level < scale.Lo() || level > scale.Hi():
		return Unanswered, fmt.Sprintf("level %s is outside %d..%d", text, scale.Lo(), scale.Hi()), "choose a level of the scale"
	}
	return int8(level), "", ""
}

// wholeNumber reads plain decimal digits. Numbers too large for any scale are numbers as well.
func wholeNumber(text string) (int, bool) {
	digits := strings.TrimPrefix(text, "-")
	n := 0
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = min(n*10+int(c-'0'), 1000)
	}
	if digits == "" || len(digits) > 1 && digits[0] == '0' || text == "-0" {
		return 0, false
	}
	if len(digits) < len(text) {
		n = -n
	}
	return n, true
}

func gate(text string) (response.GateState, string, string) {
	switch strings.ToLower(text) {
	case "yes", "true":
		return response.GateYes, "", ""
	case "no", "false":
		return response.GateNo, "", ""
	case "n/a", "na":
		return response.GateOpen, "", ""
	}
	return response.GateOpen, fmt.Sprintf("%q is neither yes nor no", text), "write yes or no, or leave the cell empty"
}

var evidenceKinds = []response.EvidenceKind{response.Artifact, response.ByPeer, response.BySelf}

func kind(text string) (response.EvidenceKind, string, string) {
	for _, k := range evidenceKinds {
		if string(k) == text {
			return k, "", ""
		}
	}
	return "", fmt.Sprintf("%q is not known here", text), "use one of: artifact, peer, self"
}
