package intake

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// teller writes everything that it is told about a person on a line, so that a test sees all of it.
type teller struct{ rubric *rubric.Rubric }

func (h teller) Handle(p *Person, out []byte) []byte {
	out = fmt.Appendf(out, "%s %q", p.Name, p.Fields)
	for _, stage := range []*rubric.Stage{p.Stage, p.Target} {
		if stage == nil {
			out = append(out, " -"...)
			continue
		}
		out = append(out, " "+stage.ID...)
	}
	out = append(out, " "+p.Date.String()...)
	for _, level := range p.Levels {
		switch level {
		case Unanswered:
			out = append(out, " ."...)
		case NotApplicable:
			out = append(out, " na"...)
		default:
			out = fmt.Appendf(out, " %d", level)
		}
	}
	for _, gate := range p.Gates {
		out = fmt.Appendf(out, " %s%s%s", map[response.GateState]string{response.GateOpen: "?", response.GateYes: "y", response.GateNo: "n"}[gate.State],
			gate.Evidence.Kind, gate.Evidence.When)
	}
	for i, proof := range p.Proofs {
		if proof.Given {
			out = fmt.Appendf(out, " %d:%s", i, proof.When)
		}
	}
	if p.StoppedEarly {
		out = append(out, " stopped"...)
	}
	return append(out, '\n')
}

// told reads inputs and returns what handlers were told, or the error.
func told(t *testing.T, r *rubric.Rubric, options Options, workers int, inputs ...Input) (string, Tally, error) {
	t.Helper()
	source, err := Open(r, inputs, options)
	if err != nil {
		return "", Tally{}, err
	}
	var out bytes.Buffer
	tally, err := source.Scan(workers, func() Handler { return teller{r} }, &out)
	return out.String(), tally, err
}

func file(name, text string) Input {
	return Input{Shown: name, File: strings.NewReader(text), Size: int64(len(text))}
}

func stream(name, text string) Input { return Input{Shown: name, Stream: strings.NewReader(text)} }

func TestWide(t *testing.T) {
	const text = "name,team,stage,date,problem-note,scope-cut,measure-read,hard-talk,shipped-once\n" +
		"Ann,red,starter,2026-11-22,3,0,,n/a,yes\n" +
		"\"Bo, B.\",,,,1,2,3,,no\n"
	const want = "Ann [\"red\"] starter - 2026-11-22 3 0 . na y ? ?\n" +
		"Bo, B. [\"\"] - -  1 2 3 . n ? ?\n"
	r := rubrictest.Small(t)
	for _, in := range []Input{file("a.csv", text), stream("a.csv", text)} {
		got, tally, err := told(t, r, Options{}, 2, in)
		if err != nil || got != want || tally.People != 2 {
			t.Errorf("%q, %+v, %v\nwant %q", got, tally, err, want)
		}
	}
}
