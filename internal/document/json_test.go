package document_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/document"
)

// TestJSONRefuses holds every complaint of the JSON reader against the exact place of its cause.
func TestJSONRefuses(t *testing.T) {
	const invalid = "this is not valid JSON – check the commas, quotes and brackets before this place"
	tests := []struct {
		name, text string
		want       []string
	}{
		{"nothing", "", []string{"1:1: the file is empty – write the keys that the format asks for"}},
		{"blank", " \n\n", []string{"1:1: the file is empty – write the keys that the format asks for"}},
		{"open brace", "{\"a\": 1", []string{"1:1: the bracket that opens here is never closed – close it; the file ends before"}},
		{"open bracket", "{\n  \"a\": [1,\n", []string{"2:8: the bracket that opens here is never closed – close it; the file ends before"}},
		{"open after a closed one", "{\"a\": [1], \"b\": {", []string{"1:17: the bracket that opens here is never closed – close it; the file ends before"}},
		{"cut after a key", "{\"a\"", []string{"1:1: the bracket that opens here is never closed – close it; the file ends before"}},
		{"cut in a string", "{\"a", []string{"1:1: the bracket that opens here is never closed – close it; the file ends before"}},
		{"open quote alone", "\n \"a", []string{"2:2: the value that starts here is cut – write it to its end"}},
		{"cut word", "tru", []string{"1:1: the value that starts here is cut – write it to its end"}},
		{"missing comma", "{\"a\": 1\n \"b\": 2}", []string{"2:2: " + invalid}},
		{"comma at the end of a map", "{\"a\": 1,\n}", []string{"2:1: " + invalid}},
		{"comma at the end of a list", "[1,]", []string{"1:4: " + invalid}},
		{"missing colon", "{\"a\" 1}", []string{"1:6: " + invalid}},
		{"single quotes", "{'a': 1}", []string{"1:2: " + invalid}},
		{"bare word", "{\"a\": yes}", []string{"1:7: " + invalid}},
		{"wrong bracket", "[1}", []string{"1:3: " + invalid}},
		{"comment", "{\"a\": 1} // x", []string{"1:10: something stands after the end of the value – remove it"}},
		{"two values", "{}\n{}", []string{"2:1: something stands after the end of the value – remove it"}},
		{"comma after the end", "{\"a\": 1},\n", []string{"1:9: something stands after the end of the value – remove it"}},
		{"colon after the end", "{} :", []string{"1:4: something stands after the end of the value – remove it"}},
		{"leading zero", "{\"a\": 01}", []string{"1:8: " + invalid}},
		{"not a number", "[NaN]", []string{"1:2: " + invalid}},
		{"unknown escape", "[\"\\q\"]", []string{"1:4: " + invalid}},
		{"line break in a string", "[\"a\nb\"]", []string{"1:4: " + invalid}},
		{"key twice", "{\"a\": 1,\n \"a\": 2}", []string{`2:2: the key "a" stands twice in this map – keep one; the first is at line 1, column 2`}},
		{"key twice, one escaped", `{"a": 1, "\u0061": 2}`, []string{`1:10: the key "a" stands twice in this map – keep one; the first is at line 1, column 2`}},
		{"half a pair", `{"é": "\uD83E"}`, []string{"1:7: this text has half of a surrogate pair – write the character itself"}},
		{"second half", `["\uDDED"]`, []string{"1:2: this text has half of a surrogate pair – write the character itself"}},
		{"halves in the wrong order", `["\uDDED\uD83E"]`, []string{"1:2: this text has half of a surrogate pair – write the character itself"}},
		{"half beside a replacement character", `["\uFFFD\uD83E"]`, []string{"1:2: this text has half of a surrogate pair – write the character itself"}},
		{"half beside a literal one", "[\"\uFFFD\\uD83E\"]", []string{"1:2: this text has half of a surrogate pair – write the character itself"}},
		{"half in a key", `{"\uD83E": 1}`, []string{"1:2: this text has half of a surrogate pair – write the character itself"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := document.ParseJSON("f.json", []byte(test.text))
			if diff := cmp.Diff("f.json:"+strings.Join(test.want, "\nf.json:"), complaint(err)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestJSONAccepts(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"all kinds", `{"a": 1, "b": "x", "c": true, "d": null, "e": [1.10, -2], "f": {}}`, `{a: 1, b: "x", c: true, d: null, e: [1.10, -2], f: {}}`},
		{"byte-order mark and CRLF", "\uFEFF{\r\n\"a\": 1\r\n}\r\n", "{a: 1}"},
		{"numbers as written", `[1e999, 9223372036854775808, 0.10, -0]`, "[1e999, 9223372036854775808, 0.10, -0]"},
		{"escapes", `["\u00e9\n\ud83e\udded\ufffd\\ufffd\\ud83e"]`, "[\"é\n🧭\uFFFD\\ufffd\\ud83e\"]"},
		{"root null", "null", "null"},
		{"root text", `"a"`, `"a"`},
		{"keys that differ in case", `{"a": 1, "A": 2}`, "{a: 1, A: 2}"}, // an unknown key is the shape's business
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			n, err := document.ParseJSON("f.json", []byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, tree(n)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestJSONPlaces(t *testing.T) {
	n, err := document.ParseJSON("f.json", []byte("{\n  \"äö\": [1,\n    \"x\"],\n  \"b\" :\n{}}"))
	if err != nil {
		t.Fatal(err)
	}
	places := map[string]struct {
		node *document.Node
		want string
	}{
		"root":           {n, "f.json:1:1"},
		"key":            {n.Pairs[0].Key, "f.json:2:3"},
		"list":           {n.Pairs[0].Value, "f.json:2:9"}, // two spaces, "äö" to column 6, colon 7, space 8
		"first entry":    {n.Pairs[0].Value.Items[0], "f.json:2:10"},
		"second entry":   {n.Pairs[0].Value.Items[1], "f.json:3:5"},
		"second key":     {n.Pairs[1].Key, "f.json:4:3"},
		"value below it": {n.Pairs[1].Value, "f.json:5:1"},
	}
	for name, place := range places {
		if got := place.node.Position.String(); got != place.want {
			t.Errorf("%s: got %s, want %s", name, got, place.want)
		}
	}
}
