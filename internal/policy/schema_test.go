package policy_test

import (
	"bytes"
	"encoding/json"
	"strconv"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/policy"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// asEditors is a document as an editor reads YAML: 3 is a number, 3/2 and 40% are texts.
func asEditors(n *document.Node) any {
	switch n.Kind {
	case document.Map:
		m := map[string]any{}
		for _, pair := range n.Pairs {
			m[pair.Key.Text] = asEditors(pair.Value)
		}
		return m
	case document.List:
		list := []any{}
		for _, item := range n.Items {
			list = append(list, asEditors(item))
		}
		return list
	case document.Scalar:
		if _, err := strconv.ParseFloat(n.Text, 64); err == nil && !n.Quoted {
			return json.Number(n.Text)
		}
		return n.Text
	}
	return nil
}

// What can be read fits the schema that editors check by, and slips that a schema can know do not.
func TestSchemas(t *testing.T) {
	r := rubrictest.Small(t)
	var baseline bytes.Buffer
	if err := collect(t, r, levels("p-000000000000000a", "2,1,1,1")).Write(&baseline); err != nil {
		t.Fatal(err)
	}
	const waiver = "pmpath: 1\nwaivers: [{id: w, rule: a, reason: left, because: Gone., owner: Kim, expires: 2026-12-31}]\n"
	for _, tt := range []struct {
		name, text string
		shape      *document.Shape
		fits       bool
	}{
		{"policy", "pmpath: 1\nrules:\n" + waivable, policy.Shape(), true},
		{"numbers", "pmpath: 1\nmin_group: 3\nrules: [{id: a, why: So., ready: {at_least: 3, at_most: 2/3}}]\n", policy.Shape(), true},
		{"a decimal", "pmpath: 1\nrules: [{id: a, why: So., ready: {at_least: 0.4}}]\n", policy.Shape(), false},
		{"no why", "pmpath: 1\nrules: [{id: a, ready: {at_least: 1}}]\n", policy.Shape(), false},
		{"a group too small", "pmpath: 1\nmin_group: 2\nrules: [{id: a, why: So., ready: {at_least: 1}}]\n", policy.Shape(), false},
		{"waivers", waiver, policy.WaiversShape(), true},
		{"no owner", "pmpath: 1\nwaivers: [{id: w, rule: a, reason: left, because: Gone., expires: 2026-12-31}]\n", policy.WaiversShape(), false},
		{"baseline", baseline.String(), policy.BaselineShape(), true},
	} {
		data, err := json.Marshal(tt.shape.Schema("https://example.org/x.json", "x"))
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		compiler := jsonschema.NewCompiler()
		if err := compiler.AddResource("https://example.org/x.json", doc); err != nil {
			t.Fatal(err)
		}
		schema, err := compiler.Compile("https://example.org/x.json")
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(asEditors(parse(t, tt.text))); (err == nil) != tt.fits {
			t.Errorf("%s: fits %v, want %v: %v", tt.name, err == nil, tt.fits, err)
		}
	}
}
