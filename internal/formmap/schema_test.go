package formmap

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
)

// The schema that editors get takes what proposals write and refuses what has another shape; what only the rubric can tell is for Read.
func TestSchema(t *testing.T) {
	data, err := json.Marshal(Shape().Schema("https://example.org/map.json", "map"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("map.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("map.json")
	if err != nil {
		t.Fatal(err)
	}
	valid := func(text string) error {
		var node any
		if err := yaml.Unmarshal([]byte(strings.NewReplacer("      0:", `      "0":`, "      1:", `      "1":`, "      2:", `      "2":`, "      3:", `      "3":`,
			"      yes:", `      "yes":`, "      no:", `      "no":`).Replace(text)), &node); err != nil { // JSON has no other keys than texts
			t.Fatal(err)
		}
		data, err := json.Marshal(node)
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		return schema.Validate(value)
	}
	for _, f := range fixtures {
		text := string(proposed(t, f.file, fixture(t, f.file)).YAML())
		if err := valid(text); err != nil {
			t.Errorf("%s: %v", f.file, err)
		}
		for _, bad := range [][2]string{{"columns:", "colums:"}, {"is: date", "iss: date"}, {"pmpath: 1", "pmpath: 2"}, {"tool: ", "tool: x"}, {"\ncolumns:", "\ndatess: year\ncolumns:"}} {
			if err := valid(mustReplace(t, text, bad[0], bad[1])); err == nil {
				t.Errorf("%s: %q is taken", f.file, bad[1])
			}
		}
	}
}
