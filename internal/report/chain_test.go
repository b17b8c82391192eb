package report

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// chainFormats are the forms of an explanation and of the roles that can follow.
var chainFormats = slices.Concat(explainFormats, routeFormats)

// What the text says in figures, the JSON form says too.
func TestChainFormatsAgree(t *testing.T) {
	r := rubrictest.Small(t)
	rapid.Check(t, func(rt *rapid.T) {
		a := drawAssessment(rt, r)
		data := map[string]map[string]bool{}
		for _, format := range chainFormats {
			if what, isJSON := strings.CutSuffix(format.name, "-json"); isJSON {
				data[what] = figuresOf(rt, rendered(t, format.render, a))
			}
		}
		for _, format := range chainFormats {
			what, how, _ := strings.Cut(format.name, "-")
			if how == "json" || how == "colour" {
				continue
			}
			text := rendered(t, format.render, a)
			for _, figure := range figurePattern.FindAllString(text, -1) {
				if !data[what][figure] {
					rt.Errorf("%s has the figure %q, JSON does not:\n%s", format.name, figure, text)
				}
			}
		}
	})
}

// The names of people are left out unless they are asked for.
func TestChainsKeepNamesBack(t *testing.T) {
	r := rubrictest.Small(t)
	for _, person := range people {
		if person.name != "several" {
			continue
		}
		a := assess(t, r, person.sheet)
		for name, value := range map[string]any{"explanation": whole(a, Options{}), "routes": nextRoles(a, Options{}), "two": byTwo(a, Options{})} {
			data, err := json.Marshal(value)
			if err != nil || strings.Contains(string(data), "Kim") || strings.Contains(string(data), "respondent") {
				t.Errorf("%s: %v %s", name, err, data)
			}
		}
		for _, format := range chainFormats {
			if text := rendered(t, format.render, a); !strings.Contains(text, "Kim Example") {
				t.Errorf("%s: the name that was asked for is missing:\n%s", format.name, text)
			}
		}
	}
}

func TestChainsTellWriteErrors(t *testing.T) {
	a := assess(t, rubrictest.Small(t), people[2].sheet)
	for _, format := range chainFormats {
		if err := format.render(brokenWriter{}, a); !errors.Is(err, errBroken) {
			t.Errorf("%s: %v", format.name, err)
		}
	}
}

func TestChainJSONIsPlain(t *testing.T) {
	r := rubrictest.Small(t)
	for _, person := range people {
		a := assess(t, r, person.sheet)
		for _, format := range chainFormats {
			if !strings.HasSuffix(format.name, "-json") {
				continue
			}
			out := rendered(t, format.render, a)
			if !strings.HasPrefix(out, "{\n  \"schema_version\": 1,\n") || !strings.HasSuffix(out, "\n}\n") {
				t.Errorf("%s, %s: begins or ends otherwise: %.40q", person.name, format.name, out)
			}
			for _, doubled := range doubledKeys(t, out) {
				t.Errorf("%s, %s: the key %s is there twice", person.name, format.name, doubled)
			}
		}
	}
}
