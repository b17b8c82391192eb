package intake

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/intake/intaketest"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// Names that come back are found among many, in every format that can be read again and in a stream, whether the filter has room or is far too small, in which case
// it takes everybody for somebody that it has met.
func TestSomebodyTwiceAmongMany(t *testing.T) {
	const people = 20000
	r := rubrictest.Small(t)
	for _, format := range []struct {
		name  string
		write func(*intaketest.Cohort, io.Writer, int) error
	}{{"a.csv", (*intaketest.Cohort).WriteWide}, {"long.csv", (*intaketest.Cohort).WriteLong}, {"a.jsonl", (*intaketest.Cohort).WriteJSONLines}} {
		var text bytes.Buffer
		if err := format.write(intaketest.New(r, 3), &text, people); err != nil {
			t.Fatal(err)
		}
		// The first round of names begins with "Ana Adeyemi" and the 17th is "Quinn Adeyemi"; somebody of the fifth round gets that name, too.
		spoilt := strings.Replace(text.String(), "Ben Jansen 5", "Quinn Adeyemi", -1)
		if !strings.Contains(spoilt, "Quinn Adeyemi") || spoilt == text.String() {
			t.Fatal("nobody was renamed")
		}
		for _, small := range []bool{false, true} {
			for _, in := range []Input{file(format.name, spoilt), stream(format.name, spoilt)} {
				source, err := Open(r, []Input{in}, Options{})
				if err != nil {
					t.Fatal(err)
				}
				if small {
					source.inputs[0].each = 1 << 40
				}
				_, err = source.Scan(2, func() Handler { return &nobody{} }, io.Discard)
				problems, _ := err.(document.Problems)
				if len(problems) != 1 || !strings.HasPrefix(problems[0].What, `this name was read at `+format.name+":") {
					t.Errorf("%s: %v", format.name, err)
				}
			}
		}
	}
}

func TestNamesThatComeBack(t *testing.T) {
	r := rubrictest.Small(t)
	const head = "team,name,hard-talk\n"
	for _, c := range []struct {
		name     string
		inputs   []Input
		options  Options
		out      string
		problems []string
		notices  []string
	}{
		{
			name:     "in one table",
			inputs:   []Input{file("a.csv", head+"red,Ann,1\nrot,Bo,2\nréd,Ann,3\n")},
			problems: []string{`a.csv:4:5: name: this name was read at a.csv:2:5 already – keep one row for each person, or write names that differ`},
		},
		{
			name:   "three times, in two tables, one of them a stream",
			inputs: []Input{file("a.csv", head+"red,Ann,1\n"), stream("standard input", head+"red,Bo,1\n,Ann,1\n,Ann,1\n")},
			problems: []string{
				`standard input:3:2: name: this name was read at a.csv:2:5 already – keep one row for each person, or write names that differ`,
				`standard input:4:2: name: this name was read at a.csv:2:5 already – keep one row for each person, or write names that differ`,
			},
		},
		{
			name:     "both are left out",
			inputs:   []Input{file("a.csv", head+"red,Ann,1\nred,Bo,2\n"), file("b.jsonl", `{"pmpath":1,"rubric":"small@1.2.3","respondent":"Ann","date":"2026-11-22","answers":{}}`)},
			options:  Options{KeepGoing: true},
			out:      "Bo",
			problems: []string{`b.jsonl:1:49: name: this name was read at a.csv:2:5 already – keep one row for each person, or write names that differ`},
		},
		{
			name:     "what has gone through a stream cannot be left out",
			inputs:   []Input{stream("a.csv", head+"red,Ann,1\nred,Ann,2\nred,Bo,2\n")},
			options:  Options{KeepGoing: true},
			problems: []string{`a.csv:3:5: name: this name was read at a.csv:2:5 already – save what comes to a file, so that both can be left out, or write names that differ`},
		},
		{
			name:     "a row with another problem is somebody, too",
			inputs:   []Input{file("a.csv", head+"red,Ann,1\nred,Ann,9\n")},
			problems: []string{`a.csv:3:5: name: this name was read at a.csv:2:5 already – keep one row for each person, or write names that differ`, "a.csv:3:9: hard-talk: level 9 is outside 0..3 – choose a level of the scale"},
		},
		{
			name:     "rows apart",
			inputs:   []Input{file("a.csv", "name,question,answer\nAnn,hard-talk,1\nBo,hard-talk,1\nAnn,scope-cut,1\n")},
			problems: []string{`a.csv:4:1: name: this name was read at a.csv:2:1 already – put the rows of a person together, or write names that differ`},
		},
		{
			name:    "names that look the same are two, and said",
			inputs:  []Input{file("a.csv", "name,hard-talk\nJos\u00e9,1\nJose\u0301,2\nAnn,1\nAn\u200bn,1\nann,1\n")},
			out:     "Jos\u00e9 Jose\u0301 Ann An\u200bn ann",
			notices: []string{"a.csv:3:1: this name looks like the one at a.csv:2:1 but is written otherwise; they count as two people", "a.csv:5:1: this name looks like the one at a.csv:4:1 but is written otherwise; they count as two people"},
		},
		{
			name:     "among names that look the same one is there twice",
			inputs:   []Input{file("a.csv", "name,hard-talk\nAnn,1\nAn\u200bn,1\nA\u200bnn,1\nAn\u200bn,1\n")},
			problems: []string{"a.csv:5:1: name: this name was read at a.csv:3:1 already – keep one row for each person, or write names that differ"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			source, err := Open(r, c.inputs, c.options)
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			tally, err := source.Scan(2, func() Handler { return namer{} }, &out)
			problems, _ := err.(document.Problems)
			if c.options.KeepGoing && err == nil {
				problems = tally.Problems
			}
			var got []string
			for _, p := range problems {
				got = append(got, p.Error())
			}
			if diff := cmp.Diff(c.problems, got); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.notices, tally.Notices); diff != "" {
				t.Error(diff)
			}
			if err == nil && strings.TrimSpace(out.String()) != c.out {
				t.Errorf("%q, want %q", out.String(), c.out)
			}
		})
	}
}

// namer writes names.
type namer struct{}

func (namer) Handle(p *Person, out []byte) []byte { return fmt.Appendf(out, "%s ", p.Name) }

// Nothing is allocated for a person: a hundred times as many people cost some allocations more, for blocks that happen to be larger, and no other.
func TestNothingIsAllocatedForAPerson(t *testing.T) {
	r := rubrictest.Small(t)
	for _, format := range []struct {
		name  string
		write func(*intaketest.Cohort, io.Writer, int) error
	}{{"a.csv", (*intaketest.Cohort).WriteWide}, {"long.csv", (*intaketest.Cohort).WriteLong}, {"a.jsonl", (*intaketest.Cohort).WriteJSONLines}} {
		count := func(people int) uint64 {
			var text bytes.Buffer
			if err := format.write(intaketest.New(r, 3), &text, people); err != nil {
				t.Fatal(err)
			}
			in := Input{Shown: format.name, File: bytes.NewReader(text.Bytes()), Size: int64(text.Len())}
			source, err := Open(r, []Input{in}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			if _, err := source.Scan(2, func() Handler { return &nobody{} }, io.Discard); err != nil {
				t.Fatal(err)
			}
			runtime.ReadMemStats(&after)
			return after.Mallocs - before.Mallocs
		}
		few, many := count(500), count(50000)
		t.Logf("%s: %d allocations for 500 people, %d for 50,000", format.name, few, many)
		if many > few+5000 { // one for each tenth person would be as many
			t.Errorf("%s: %d allocations for 500 people, %d for 50,000", format.name, few, many)
		}
	}
}
