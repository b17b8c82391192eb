package rubric_test

import (
	"encoding/json"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// The helpers here change rubrics as trees: a file becomes nodes, a test changes one, and the whole is loaded again as JSON.

func parse(t testing.TB, fsys fs.FS, name string) *document.Node {
	t.Helper()
	n, err := document.Read(fsys, name, name)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// smallTree is the small rubric in a single file.
func smallTree(t testing.TB) *document.Node {
	return parse(t, rubrictest.Files(), rubrictest.Single)
}

func clone(n *document.Node) *document.Node {
	c := *n
	c.Pairs, c.Items = nil, nil
	for _, pair := range n.Pairs {
		c.Pairs = append(c.Pairs, document.Pair{Key: clone(pair.Key), Value: clone(pair.Value)})
	}
	for _, item := range n.Items {
		c.Items = append(c.Items, clone(item))
	}
	return &c
}

// every calls visit with each value in the tree and its path.
func every(n *document.Node, path string, visit func(n *document.Node, path string)) {
	visit(n, path)
	for _, pair := range n.Pairs {
		every(pair.Value, path+"."+pair.Key.Text, visit)
	}
	for _, item := range n.Items {
		every(item, path+"[]", visit)
	}
}

func count(n *document.Node) (nodes int) {
	every(n, "", func(*document.Node, string) { nodes++ })
	return nodes
}

// nth gives the value that every visits as number i.
func nth(n *document.Node, i int) (found *document.Node, at string) {
	every(n, "", func(n *document.Node, path string) {
		if i == 0 {
			found, at = n, path
		}
		i--
	})
	return found, at
}

var plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)

// asAny is what an editor's YAML reader hands to a JSON Schema: numbers and truths where they stand without quotes, else texts.
func asAny(n *document.Node) any {
	switch n.Kind {
	case document.Map:
		object := map[string]any{}
		for _, pair := range n.Pairs {
			object[pair.Key.Text] = asAny(pair.Value)
		}
		return object
	case document.List:
		list := []any{}
		for _, item := range n.Items {
			list = append(list, asAny(item))
		}
		return list
	case document.Null:
		return nil
	}
	switch {
	case !n.Quoted && plainNumber.MatchString(n.Text):
		return json.Number(n.Text)
	case !n.Quoted && (n.Text == "true" || n.Text == "false"):
		return n.Text == "true"
	}
	return n.Text
}

// asJSON keeps the order of keys, and keys that stand twice.
func asJSON(n *document.Node) string {
	var b strings.Builder
	writeJSON(&b, n)
	return b.String()
}

func writeJSON(b *strings.Builder, n *document.Node) {
	switch n.Kind {
	case document.Map:
		b.WriteByte('{')
		for i, pair := range n.Pairs {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(quote(pair.Key.Text) + ":")
			writeJSON(b, pair.Value)
		}
		b.WriteByte('}')
	case document.List:
		b.WriteByte('[')
		for i, item := range n.Items {
			if i > 0 {
				b.WriteByte(',')
			}
			writeJSON(b, item)
		}
		b.WriteByte(']')
	case document.Null:
		b.WriteString("null")
	default:
		if text, isText := asAny(n).(string); isText {
			b.WriteString(quote(text))
		} else {
			b.WriteString(n.Text)
		}
	}
}

func quote(text string) string {
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string always has a JSON form
	}
	return string(quoted)
}

// loadTree loads a rubric in a single file.
func loadTree(n *document.Node) (*rubric.Rubric, error) {
	return rubric.Load(fstest.MapFS{"f.json": {Data: []byte(asJSON(n))}}, "f.json", "f.json")
}
