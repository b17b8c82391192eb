package report

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/fraction"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// The words of a verdict stand here once more, so that a slip in the package's own table is noticed.
var inWords = map[readiness.Verdict]struct{ title, line, json string }{
	readiness.Ready:        {"MEETS THE CONDITIONS", "meets the conditions", "ready"},
	readiness.NotReady:     {"NOT YET", "not yet", "not_ready"},
	readiness.Undetermined: {"CANNOT TELL YET", "cannot tell yet", "undetermined"},
}

func TestEveryFormatGivesTheSameVerdict(t *testing.T) {
	r := rubrictest.Small(t)
	rapid.Check(t, func(rt *rapid.T) {
		a := drawAssessment(rt, r)
		out := map[string]string{}
		for _, format := range formats {
			out[format.name] = rendered(t, format.render, a)
		}
		var targets struct{ Targets []struct{ Verdict string } }
		if err := json.Unmarshal([]byte(out["json"]), &targets); err != nil {
			rt.Fatal(err)
		}
		if len(targets.Targets) != len(a.Targets) {
			rt.Fatalf("JSON has %d roles, want %d", len(targets.Targets), len(a.Targets))
		}
		for i, target := range a.Targets {
			words, title := inWords[target.Verdict], target.Target.Title
			if got := targets.Targets[i].Verdict; got != words.json {
				rt.Errorf("JSON: %s is %s, want %s", title, got, words.json)
			}
			expect := map[string]string{
				"markdown": fmt.Sprintf("## %s: %s\n", title, words.line), "gaps-markdown": fmt.Sprintf("## Gaps towards %s: %s\n", title, words.line),
				"gaps": fmt.Sprintf("Gaps towards %s: %s\n", title, words.line),
			}
			for _, layout := range []string{"text-80", "text-40", "text-200", "plain"} {
				expect[layout] = fmt.Sprintf("\n%s · %s\n", words.title, title)
				if i > 0 {
					expect[layout] = fmt.Sprintf("\n  %s: %s", title, words.line)
				}
			}
			for format, want := range expect {
				if !strings.Contains(out[format], want) {
					rt.Errorf("%s does not say %q:\n%s", format, want, out[format])
				}
			}
		}
	})
}

// Each text of the rubric is a word of its own here, and none has a digit: so every digit of a report is a figure, and every word can be found again.
func TestJSONCarriesWhatTheOthersSay(t *testing.T) {
	words := 0
	r := rewritten(t, func(string) string {
		words++
		return fmt.Sprintf("qx%cxq%cx", 'a'+words/26, 'a'+words%26)
	})
	word, found := regexp.MustCompile(`qx.xq.x`), map[string]bool{}
	rapid.Check(t, func(rt *rapid.T) {
		a := drawAssessment(rt, r)
		data := rendered(t, func(w io.Writer, a *readiness.Assessment) error { return JSON(w, New(a, forJSON)) }, a)
		figures := figuresOf(rt, data)
		for _, format := range formats {
			if format.name == "json" || format.name == "colour" {
				continue
			}
			text := rendered(t, format.render, a)
			for _, said := range word.FindAllString(text, -1) {
				found[said] = true
				if !strings.Contains(data, said) {
					rt.Errorf("%s says %s, JSON does not:\n%s", format.name, said, text)
				}
			}
			for _, figure := range figurePattern.FindAllString(text, -1) {
				if !figures[figure] {
					rt.Errorf("%s has the figure %q, JSON does not:\n%s", format.name, figure, text)
				}
			}
		}
	})
	if len(found) < 40 { // of some 90 texts; ladder and growth hold those that no report shows
		t.Errorf("only %d texts were ever shown", len(found))
	}
}

var figurePattern = regexp.MustCompile(`\d+ \d+/\d+|\d+/\d+|\d+(\.\d+)*`)

// figuresOf are the figures that a reader of the JSON form has: numbers, fractions as they are shown to people, figures within texts, and the lengths of lists
// with what is left of them where a page stops after five.
func figuresOf(t *rapid.T, data string) map[string]bool {
	figures := map[string]bool{}
	var look func(value any)
	look = func(value any) {
		switch value := value.(type) {
		case map[string]any:
			for _, member := range value {
				look(member)
			}
		case []any:
			for i, member := range value {
				figures[fmt.Sprint(i+1)] = true // the numbers of a list
				look(member)
			}
			figures[fmt.Sprint(len(value))], figures[fmt.Sprint(len(value)-openOnPage)] = true, true
		case string:
			for _, figure := range figurePattern.FindAllString(value, -1) {
				figures[figure] = true
			}
			if exact, ok := fraction.Parse(strings.TrimPrefix(value, "-")); ok {
				figures[exact.Text()] = true
			}
		case json.Number:
			figures[strings.TrimPrefix(value.String(), "-")] = true
		}
	}
	decoder := json.NewDecoder(strings.NewReader(data))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		t.Fatal(err)
	}
	look(value)
	return figures
}
