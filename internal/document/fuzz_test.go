package document_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/pmpath/pmpath/internal/document"
)

func FuzzParseYAML(f *testing.F) {
	for _, seed := range []string{
		"a: 1\nb: [x, {c: d}]\n", "a: &x [1]\nb: *x\n", "a: &x\n  b: *x\n", "a: |\n  b\n\nc: >-\n  d\n", "\uFEFFa: \"\\u00e9\"\r\n", "%YAML 1.2\n", "---\n---\n", "? [a]\n: 1\n", "a: !!str x\n",
		"<<: *x\n", "a: [1,\n", "a: {b:\n", "a: 'x\n", "a:\n\tb: 1\n", "# c\n", "- - - x\n", "\xFF\xFEa", "a: \xE9\n", "a: b\rc\n", strings.Repeat("[", 40), "a: \"\\0\"\n", "&a a: *a\n", "*a : b\n", "! a: ! b\n", "a: [b\n,c]\n]",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := document.ParseYAML("f", data)
		checkOutcome(t, data, n, err)
	})
}

func FuzzParseJSON(f *testing.F) {
	for _, seed := range []string{
		`{"a": 1, "b": ["x", {"c": null}], "d": true}`, `{"a": 1, "a": 2}`, `["\ud83e\udded", "\ud83e"]`, `["\\ufffd\ud83e"]`, `[1,]`, `{"a"`, `tru`, `"`, `{} {}`, `{},`, "\uFEFF{}\r\n", `[1e999, 01, -0]`, strings.Repeat("[", 40), ``, `{"a":[}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := document.ParseJSON("f", data)
		checkOutcome(t, data, n, err)
		if valid := json.Valid(bytes.TrimPrefix(data, []byte("\uFEFF"))); err == nil && !valid {
			t.Errorf("accepted what is not JSON: %q", data)
		}
	})
}

// checkOutcome holds for any text: there is a whole tree, or problems with places in that text and something to do.
func checkOutcome(t *testing.T, data []byte, n *document.Node, err error) {
	lines := strings.Split(string(data), "\n")
	inside := func(p document.Position) bool {
		if p.File != "f" || p.Line < 1 || p.Column < 1 || p.Line > len(lines)+1 {
			return false
		}
		return p.Line > len(lines) || p.Column <= len(lines[p.Line-1])+2
	}
	if err == nil {
		checkTree(t, n, 1, inside)
		return
	}
	var problems document.Problems
	if !errors.As(err, &problems) || len(problems) == 0 {
		t.Fatalf("%q: not problems: %v", data, err)
	}
	for _, p := range problems {
		if !inside(p.Position) || p.What == "" || p.Do == "" || !utf8.ValidString(p.Error()) || strings.ContainsAny(p.Error(), "\n\x1b") {
			t.Errorf("%q: problem %q", data, p.Error())
		}
	}
}

func checkTree(t *testing.T, n *document.Node, depth int, inside func(document.Position) bool) {
	if depth > document.MaxDepth+1 || len(n.Pairs) > document.MaxKeys || len(n.Items) > document.MaxEntries || len(n.Text) > document.MaxScalar {
		t.Error("a limit was passed")
	}
	if n.Kind < document.Scalar || n.Kind > document.Null || !inside(n.Position) {
		t.Errorf("a node of kind %d at %s", n.Kind, n.Position)
	}
	seen := map[string]bool{}
	for _, pair := range n.Pairs {
		if pair.Key.Kind != document.Scalar || seen[pair.Key.Text] || !inside(pair.Key.Position) {
			t.Errorf("the key %q at %s", pair.Key.Text, pair.Key.Position)
		}
		seen[pair.Key.Text] = true
		checkTree(t, pair.Value, depth+1, inside)
	}
	for _, item := range n.Items {
		checkTree(t, item, depth+1, inside)
	}
}
