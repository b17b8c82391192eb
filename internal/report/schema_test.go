package report

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// compiled is the schema as a validator reads it. closed forbids what it does not name, to prove that it names everything.
func compiled(t *testing.T, closed bool) *jsonschema.Schema {
	t.Helper()
	const id = "https://example.org/report.json"
	data, err := json.Marshal(Schema(id))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	if closed && closeObjects(doc) < 20 {
		t.Fatal("the schema has hardly any objects")
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(id, doc); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(id)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// closeObjects forbids further members in every object of a schema and counts the objects.
func closeObjects(node any) int {
	objects := 0
	switch node := node.(type) {
	case map[string]any:
		for _, member := range node {
			objects += closeObjects(member)
		}
		if _, has := node["properties"].(map[string]any); has {
			node["additionalProperties"] = false
			objects++
		}
	case []any:
		for _, member := range node {
			objects += closeObjects(member)
		}
	}
	return objects
}

func decoded(t testing.TB, data string) any {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func asJSON(o Options) func(io.Writer, *readiness.Assessment) error {
	return func(w io.Writer, a *readiness.Assessment) error { return JSON(w, New(a, o)) }
}

func TestJSONFitsTheSchema(t *testing.T) {
	schema := compiled(t, true)
	r := rubrictest.Small(t)
	for _, person := range people {
		for _, options := range []Options{{}, forJSON} {
			if err := schema.Validate(decoded(t, rendered(t, asJSON(options), assess(t, r, person.sheet)))); err != nil {
				t.Errorf("%s: %v", person.name, err)
			}
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		if err := schema.Validate(decoded(t, rendered(t, asJSON(forJSON), drawAssessment(rt, r)))); err != nil {
			rt.Error(err)
		}
	})
}

// The schema would notice: each member of a report that is left out, and each that is of another type, is a fault to it.
func TestSchemaIsStrict(t *testing.T) {
	schema := compiled(t, false)
	report := rendered(t, asJSON(Options{}), assess(t, rubrictest.Small(t), people[2].sheet))
	changes := 0
	var change func(node any, path string, try func(path string))
	change = func(node any, path string, try func(string)) {
		switch node := node.(type) {
		case map[string]any:
			for key, value := range node {
				delete(node, key)
				try(path + "." + key + " left out")
				node[key] = []any{map[string]any{}} // of no member the type
				try(path + "." + key + " a list")
				node[key] = value
				change(value, path+"."+key, try)
			}
		case []any:
			for i, value := range node {
				change(value, fmt.Sprintf("%s[%d]", path, i), try)
			}
		}
	}
	document := decoded(t, report)
	if err := schema.Validate(document); err != nil {
		t.Fatal(err)
	}
	change(document, "", func(path string) {
		changes++
		if schema.Validate(document) == nil {
			t.Errorf("%s: the schema does not mind", path)
		}
	})
	if changes < 500 {
		t.Errorf("only %d changes were tried", changes)
	}
	// Members that a later release adds are none of its business.
	document.(map[string]any)["added_later"] = 1
	if err := schema.Validate(document); err != nil {
		t.Errorf("additions are not allowed: %v", err)
	}
}

func TestJSONIsPlain(t *testing.T) {
	r := rubrictest.Small(t)
	for _, person := range people {
		out := rendered(t, asJSON(Options{}), assess(t, r, person.sheet))
		if !strings.HasPrefix(out, "{\n  \"schema_version\": 1,\n") || !strings.HasSuffix(out, "\n}\n") {
			t.Errorf("%s: begins or ends otherwise: %.40q … %.10q", person.name, out, out[len(out)-10:])
		}
		if strings.Contains(out, "Kim") || strings.Contains(out, `"respondent"`) {
			t.Errorf("%s: a name that nobody asked for", person.name)
		}
		for _, doubled := range doubledKeys(t, out) {
			t.Errorf("%s: the key %s is there twice", person.name, doubled)
		}
		if odd := regexp.MustCompile(`(?m): -?([0-9.]+[eE].*|NaN|Inf.*)$`).FindString(out); odd != "" {
			t.Errorf("%s: a number with an exponent: %s", person.name, odd)
		}
	}
}

// doubledKeys are keys that an object has twice: decoders silently take the last.
func doubledKeys(t *testing.T, data string) []string {
	t.Helper()
	var doubled []string
	decoder := json.NewDecoder(strings.NewReader(data))
	var read func(path string)
	read = func(path string) {
		token, err := decoder.Token()
		if err != nil {
			t.Fatal(err)
		}
		switch token {
		case json.Delim('{'):
			seen := map[string]bool{}
			for decoder.More() {
				key, err := decoder.Token()
				if err != nil {
					t.Fatal(err)
				}
				name := path + "." + key.(string)
				if seen[name] {
					doubled = append(doubled, name)
				}
				seen[name] = true
				read(name)
			}
			_, _ = decoder.Token()
		case json.Delim('['):
			for decoder.More() {
				read(path + "[]")
			}
			_, _ = decoder.Token()
		}
	}
	read("")
	return doubled
}
