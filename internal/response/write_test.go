package response_test

import (
	"strings"
	"testing"

	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// TestYAML shows the whole form: rubric order, texts in quotes, nothing for what was left open.
func TestYAML(t *testing.T) {
	r := rubrictest.Small(t)
	s := response.New(r)
	s.Respondent, s.Date, s.Target = "no", date(t, "2026-11-22"), r.StageNamed("lead")
	s.Answers[3], s.Answers[0] = response.NotApplicable(), response.Answered(2) // hard-talk and problem-note
	s.Gates[1] = response.GateAnswer{State: response.GateNo}
	s.Gates[0] = response.GateAnswer{State: response.GateYes, Evidence: response.Evidence{Kind: response.ByPeer, When: date(t, "2026-03-01"), What: "- a: 'b'\n\"c\""}}
	s.Notes[1] = " ~ "
	s.NotAsked[1], s.NotAsked[2] = true, true
	got, err := s.YAML()
	if err != nil {
		t.Fatal(err)
	}
	want := `pmpath: 1
rubric: small@1.2.3
digest: "` + r.Digest + `"
respondent: "no"
rater: self
target: lead
date: 2026-11-22
answers:
  problem-note: 2
  hard-talk: na
gates:
  shipped-once:
    met: true
    kind: peer
    when: 2026-03-01
    what: "- a: 'b'\n\"c\""
  ran-session:
    met: false
notes:
  scope-cut: " ~ "
not_asked:
- scope-cut
- measure-read
`
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestYAMLBlankTexts keeps a note of spaces from making a saved sheet that cannot be read again.
func TestYAMLBlankTexts(t *testing.T) {
	r := rubrictest.Small(t)
	s := response.New(r)
	s.Respondent, s.Date, s.Notes[0] = "  ", date(t, "2026-11-22"), " \n\t"
	s.Evidence[0].What = "\u00A0"
	written, err := s.YAML()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(written), "respondent") || strings.Contains(string(written), "notes") || strings.Contains(string(written), "evidence") {
		t.Errorf("blank texts were written:\n%s", written)
	}
	if _, err := read(t, r, string(written)); err != nil {
		t.Error(err)
	}
}
