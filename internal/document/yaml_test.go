package document_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/document"
)

// complaint is what a parser said, a problem a line; nothing where it accepted the text.
func complaint(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// TestYAMLRefuses holds every complaint of the YAML reader against the exact place of its cause, counted by hand in the text beside it.
func TestYAMLRefuses(t *testing.T) {
	const file = "f.yaml:"
	tests := []struct {
		name, text string
		want       []string
	}{
		{"nothing", "", []string{"1:1: the file is empty – write the keys that the format asks for"}},
		{"blank lines", "\n\n \n", []string{"1:1: the file is empty – write the keys that the format asks for"}},
		{"comments only", "# one\n# two\n", []string{"1:1: the file is empty – write the keys that the format asks for"}},

		{"directive", "%YAML 1.2\n---\na: 1\n", []string{"1:1: a line starts with % – remove the directive, or indent or quote the text"}},
		{"percent inside a quote", "a: \"x\n%y\"\n", []string{"2:1: a line starts with % – remove the directive, or indent or quote the text"}},

		{"core tag", "a: 1\nb: !!str x\n", []string{`2:4: the tag "!!str" is not allowed – remove it; quotes make a text`}},
		{"local tag", "a: !secret x\n", []string{`1:4: the tag "!secret" is not allowed – remove it; quotes make a text`}},
		{"tag that says nothing", "a: ! x\n", []string{`1:4: the tag "!" is not allowed – remove it; quotes make a text`}},
		{"tag of a map", "a: !m {b: 1}\n", []string{`1:4: the tag "!m" is not allowed – remove it; quotes make a text`}},
		{"tag of a list entry", "- !!int 1\n", []string{`1:3: the tag "!!int" is not allowed – remove it; quotes make a text`}},
		{"tag of a key", "!!str a: 1\n", []string{`1:1: the tag "!!str" is not allowed – remove it`}},
		{"merge key", "a: &x {b: 1}\nc:\n  <<: *x\n", []string{"3:3: merge keys (<<) are not allowed – write the keys out"}},

		{"second document", "a: 1\n---\nb: 2\n", []string{"2:1: a second document starts here – keep one document in a file"}},
		{"second document after dots", "a: 1\n...\n---\nb: 2\n", []string{"3:1: a second document starts here – keep one document in a file"}},
		{"broken second document", "a: 1\n---\nb: @\n", []string{"3:4: a value cannot start with this character – put the text in quotes"}},

		{"key twice", "a: 1\nb: 2\na: 3\n", []string{`3:1: the key "a" stands twice in this map – keep one; the first is at line 1, column 1`}},
		{"key twice in one line", "a: {b: 1, b: 2}\n", []string{`1:11: the key "b" stands twice in this map – keep one; the first is at line 1, column 5`}},
		{"key three times", "a: 1\na: 2\na: 3\n", []string{
			`2:1: the key "a" stands twice in this map – keep one; the first is at line 1, column 1`,
			`3:1: the key "a" stands twice in this map – keep one; the first is at line 1, column 1`,
		}},
		{"number beside text", "1: x\n\"1\": y\n", []string{`2:1: the key "1" stands twice in this map – keep one; the first is at line 1, column 1`}},
		{"key that is a list", "? [a]\n: 1\n", []string{"1:3: a key must be a single value – write a plain name before the colon"}},
		{"key that is a map", "a:\n  {b: 1}: 2\n", []string{"2:3: a key must be a single value – write a plain name before the colon"}},
		{"key that is nothing", ": 1\n", []string{"1:1: a key is empty – write a name before the colon"}},
		{"key that is null", "a:\n  ~: 1\n", []string{"2:3: a key is empty – write a name before the colon"}},
		{"key that is an alias", "a: &x b\n*x : 1\n", []string{"2:1: a key must be a single value – write a plain name before the colon"}},

		{"open quote", "a: \"x\nb: 1\n", []string{"1:4: a quote opens here and is never closed – close it; it is still open at line 3"}},
		{"open single quote", "a: 1\nb: 'it\n", []string{"2:4: a quote opens here and is never closed – close it; it is still open at line 3"}},
		{"apostrophe", "a: 'it's'\n", []string{"1:8: this line does not continue what stands above it – check its indentation and quotes"}},
		{"open bracket", "a: [1, 2\nb: 3\n", []string{"1:4: the list that opens here is not closed in order – separate its values with commas and end it with ]; it is still open at line 2"}},
		{"open bracket at the end", "a: 1\nb: [1,\n", []string{"2:4: the list that opens here is not closed in order – separate its values with commas and end it with ]; it is still open at line 3"}},
		{"open brace", "a: {b: 1\nc: 3\n", []string{"1:4: the map that opens here is not closed in order – separate its pairs with commas and end it with }; it is still open at line 2"}},
		{"open brace before other keys", "a:\n  b: {c: 1, d: x\n  e:\n    f: 1\n", []string{"2:6: the map that opens here is not closed in order – separate its pairs with commas and end it with }; it is still open at line 3"}},
		{"two colons in brackets", "a: {b: c: d}\n", []string{"1:4: the map that opens here is not closed in order – separate its pairs with commas and end it with }; it is still open at line 1"}},
		{"open bracket in a brace", "a: {b: [1,", []string{"1:8: the list that opens here is not closed in order – separate its values with commas and end it with ]; it is still open at line 2"}},
		{"open brace before a value", "a: {b:\n", []string{"1:4: the map that opens here is not closed in order – separate its pairs with commas and end it with }; it is still open at line 2"}},
		{"open bracket alone", "[\n", []string{"1:1: the list that opens here is not closed in order – separate its values with commas and end it with ]; it is still open at line 2"}},
		{"two commas", "a: [1,, 2]\n", []string{"1:7: a value cannot start with this character – put the text in quotes"}},
		{"comma first", "a: ,b\n", []string{"1:4: a value cannot start with this character – put the text in quotes"}},
		{"anchor without a name", "a: & b\n", []string{"1:5: an anchor or alias needs a name – put the text in quotes if it is text"}},
		{"undefined tag handle", "a: !y!z b\n", []string{"1:4: tags are not allowed – remove it; quotes make a text"}},
		{"broken tag", "a: !x%zz b\n", []string{"1:6: tags are not allowed – remove it; quotes make a text"}},
		{"quote open at a marker", "a: \"x\n---\nb\"\n", []string{"1:4: a quote opens here and is never closed – close it; it is still open at line 2"}},
		{"wrong bracket", "a: [1}\n", []string{"1:4: the list that opens here is not closed in order – separate its values with commas and end it with ]; it is still open at line 1"}},
		{"tab", "a:\n\tb: 1\n", []string{"2:1: a tab stands where spaces are needed – indent with spaces"}},
		{"tab after spaces", "a:\n  b: 1\n  \tc: 2\n", []string{"3:3: a tab stands where spaces are needed – indent with spaces"}},
		{"indented too little", "a:\n  b: 1\n c: 2\n", []string{"3:2: this line does not continue what stands above it – check its indentation and quotes"}},
		{"indented too much", "a: 1\n  b: 2\n", []string{"2:4: a second colon makes this line two keys – put the text in quotes"}},
		{"list ends", "a:\n  - b\n  c: 1\n", []string{"3:3: a list ends here without its indentation changing – start the line with - or change its indentation"}},
		{"two colons", "a: b: c\n", []string{"1:5: a second colon makes this line two keys – put the text in quotes"}},
		{"at sign", "a: @x\n", []string{"1:4: a value cannot start with this character – put the text in quotes"}},
		{"backtick", "a: `x`\n", []string{"1:4: a value cannot start with this character – put the text in quotes"}},
		{"backslash", "a: \"b\\q\"\n", []string{"1:6: this backslash starts no known escape – write \\\\ for a backslash, or use single quotes"}},
		{"short hexadecimal", "a: \"\\u12\"\n", []string{"1:7: the backslash before this needs hexadecimal digits here – write \\\\ for a backslash, or use single quotes"}},
		{"list after a key", "a: - b\n", []string{"1:4: a list cannot start here – put it on a line of its own, or in quotes if it is text"}},
		{"unknown alias", "a: *x\n", []string{"1:4: this alias names nothing that stands before it – write the value itself"}},
		{"alias before its anchor", "a: *x\nb: &x 1\n", []string{"1:4: this alias names nothing that stands before it – write the value itself"}},
		{"alias inside its anchor", "a: &x\n  b: *x\n", []string{"2:6: this alias stands inside itself – write the value itself"}},
		{"aliases in a ring", "a: &x\n  b: &y\n    c: *x\n    d: *y\n", []string{
			"3:8: this alias stands inside itself – write the value itself",
			"4:8: this alias stands inside itself – write the value itself",
		}},
		{"several at once", "a: !x 1\na: 2\nb:\n  <<: 1\n  ~: 2\n", []string{
			`1:4: the tag "!x" is not allowed – remove it; quotes make a text`,
			`2:1: the key "a" stands twice in this map – keep one; the first is at line 1, column 1`,
			"4:3: merge keys (<<) are not allowed – write the keys out",
			"5:3: a key is empty – write a name before the colon",
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := document.ParseYAML("f.yaml", []byte(test.text))
			want := file + strings.Join(test.want, "\n"+file)
			if diff := cmp.Diff(want, complaint(err)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// tree writes a node in one line, so that a test can show what a text became: texts in quotes where they were quoted.
func tree(n *document.Node) string {
	var b strings.Builder
	writeTree(&b, n)
	return b.String()
}

func writeTree(b *strings.Builder, n *document.Node) {
	switch n.Kind {
	case document.Scalar:
		if n.Quoted {
			b.WriteString(`"` + n.Text + `"`)
		} else {
			b.WriteString(n.Text)
		}
	case document.Null:
		b.WriteString("null")
	case document.List:
		b.WriteString("[")
		for i, item := range n.Items {
			if i > 0 {
				b.WriteString(", ")
			}
			writeTree(b, item)
		}
		b.WriteString("]")
	case document.Map:
		b.WriteString("{")
		for i, pair := range n.Pairs {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(pair.Key.Text + ": ")
			writeTree(b, pair.Value)
		}
		b.WriteString("}")
	}
}

func TestYAMLAccepts(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"plain", "a: 1\nb: [x, y]\nc: {d: e}\n", "{a: 1, b: [x, y], c: {d: e}}"},
		{"byte-order mark", "\uFEFFa: 1\nb: 2\n", "{a: 1, b: 2}"},
		{"CRLF", "a: 1\r\nb: |\r\n  x\r\n  y\r\nc: \"p\r\n  q\"\r\n", "{a: 1, b: \"x\ny\", c: \"p q\"}"},
		{"no line end", "a: 1", "{a: 1}"},
		{"blank lines at the end", "a: 1\n\n\n", "{a: 1}"},
		{"document markers", "---\na: 1\n...\n", "{a: 1}"},
		{"comments", "# x\na: 1 # y\n# z\n", "{a: 1}"},
		{"nothing but a marker", "---\n", "null"},
		{"scalar root", "hello\n", "hello"},
		{"list root", "- a\n", "[a]"},
		{"nulls", "a:\nb: ~\nc: null\nd: \"\"\n", `{a: null, b: null, c: null, d: ""}`},
		{"quoted words", "a: \"null\"\nb: '~'\nc: \"1\"\n", `{a: "null", b: "~", c: "1"}`},
		{"quoted merge sign", "\"<<\": 1\n", "{<<: 1}"},
		{"words and numbers as written", "a: NO\nb: yes\nc: 1.10\nd: 2024-01-01\ne: 0777\nf: 1_000\ng: .nan\nh: 1e999\ni: 9223372036854775808\nj: 1:30\nk: off\nl: 0x1F\n",
			"{a: NO, b: yes, c: 1.10, d: 2024-01-01, e: 0777, f: 1_000, g: .nan, h: 1e999, i: 9223372036854775808, j: 1:30, k: off, l: 0x1F}"},
		{"blocks end without a line break", "a: |\n  x\n\nb: >\n  y\n  z\nc: |+\n  w\n\nd: >-\n  v\n", `{a: "x", b: "y z", c: "w", d: "v"}`},
		{"quotes keep their spaces", "a: \" x \"\nb: ' y'\nc: \"z\\n\"\n", "{a: \" x \", b: \" y\", c: \"z\n\"}"},
		{"alias", "a: &x 1\nb: *x\nc: [*x, *x]\n", "{a: 1, b: 1, c: [1, 1]}"},
		{"alias of a map", "a: &x {b: [1, \"2\"]}\nc: *x\n", `{a: {b: [1, "2"]}, c: {b: [1, "2"]}}`},
		{"alias behind an alias", "a: &x 1\nb: &y [*x]\nc: *y\n", "{a: 1, b: [1], c: [1]}"},
		{"anchor given anew", "a: &x 1\nb: &x 2\nc: *x\n", "{a: 1, b: 2, c: 2}"},
		{"text that runs nothing", "a: \"{{ .X }} %s $(rm) ${HOME} (?i)[\"\n", `{a: "{{ .X }} %s $(rm) ${HOME} (?i)["}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			n, err := document.ParseYAML("f.yaml", []byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, tree(n)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// TestYAMLPlaces counts columns in characters, not bytes, and puts everything behind an alias at the alias.
func TestYAMLPlaces(t *testing.T) {
	n, err := document.ParseYAML("f.yaml", []byte("\uFEFFäö: {ü: \"é\", b: 2}\r\nc: &x\r\n  - d: 1\r\ne: *x\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	first, alias := n.Pairs[0].Value, n.Pairs[2].Value
	places := map[string]struct {
		node *document.Node
		want string
	}{
		"key":               {n.Pairs[0].Key, "f.yaml:1:1"},
		"map":               {first, "f.yaml:1:5"},
		"value in a map":    {first.Pairs[0].Value, "f.yaml:1:9"}, // äö: {ü: "   – the quote is the ninth character
		"second key":        {first.Pairs[1].Key, "f.yaml:1:14"},  // "é", takes 9 to 12, a space 13
		"list":              {n.Pairs[1].Value, "f.yaml:2:4"},     // where its anchor stands
		"key in a list":     {n.Pairs[1].Value.Items[0].Pairs[0].Key, "f.yaml:3:5"},
		"alias":             {alias, "f.yaml:4:4"},
		"entry of an alias": {alias.Items[0], "f.yaml:4:4"},
		"key in an alias":   {alias.Items[0].Pairs[0].Key, "f.yaml:4:4"},
		"value in an alias": {alias.Items[0].Pairs[0].Value, "f.yaml:4:4"},
	}
	for name, place := range places {
		if got := place.node.Position.String(); got != place.want {
			t.Errorf("%s: got %s, want %s", name, got, place.want)
		}
	}
}
