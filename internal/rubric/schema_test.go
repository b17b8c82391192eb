package rubric_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// oursAlone are the rules that a schema cannot say, by the words of the loader's complaint. What only the loader refuses must break one of
// these, and each of them must come up, so that the list cannot go stale.
var oursAlone = map[string]*regexp.Regexp{
	"keys stand once in a map":                 regexp.MustCompile(`the key ".*" stands twice in this map`),
	"ids stand once in the rubric":             regexp.MustCompile(`the (area|competency|item|stage|title|gate|entry role) ".*" stands twice –`),
	"next stages stand once":                   regexp.MustCompile(`stands twice in this list`),
	"references point at something":            regexp.MustCompile(`there is no (source|scale|stage|competency|gate) "`),
	"levels lie on their scale":                regexp.MustCompile(`level .* is outside`),
	"steps lead to a level of the scale":       regexp.MustCompile(`no step leads to level`),
	"every level has an anchor":                regexp.MustCompile(`anchors are missing for level`),
	"levels of a scale follow each other":      regexp.MustCompile(`does not follow level`),
	"floors lie between lowest level and need": regexp.MustCompile(`the floor .* is (above|under|more than)`),
	"shortfalls stay within the span":          regexp.MustCompile(`a shortfall of .* is more than the span`),
	"the span is above 0":                      regexp.MustCompile(`points need a span above 0`),
	"no stage leads back to itself":            regexp.MustCompile(`leads back to itself`),
	"shares and fractions keep to the range":   regexp.MustCompile(`"[0-9./]+(%|/[0-9]+)" is not a number from`),
	"level keys keep to the range":             regexp.MustCompile(`the key: "-?[1-9][0-9]*" is not a whole number`),
	"whole numbers have no point":              regexp.MustCompile(`"-?[0-9]+\.0+" is not a whole number`),
	"numbers have at most seven digits":        regexp.MustCompile(`"[0-9.]{9,}" is not a number`),
	"texts have no control characters":         regexp.MustCompile(`the control character U\+`),
	"a single file holds its ladder":           regexp.MustCompile(`the key "stages" is missing – add the rungs`),
	"a single file names no other":             regexp.MustCompile(`cannot name other files`),
}

// tally counts how often each rule of oursAlone was the only one that refused.
type tally map[string]int

// agree checks that loader and schema both accept or both refuse, apart from oursAlone.
func (ta tally) agree(t *testing.T, what string, loaded error, schema *jsonschema.Schema, n *document.Node) {
	t.Helper()
	refused := schema.Validate(asAny(n))
	switch {
	case loaded == nil && refused != nil:
		t.Errorf("%s: only the schema refuses it: %v", what, refused)
	case loaded != nil && refused == nil:
		if rule := ruleOf(loaded); rule != "" {
			ta[rule]++
		} else {
			t.Errorf("%s: only the loader refuses it: %v", what, loaded)
		}
	}
}

// ruleOf names the rule of oursAlone that explains a refusal, or nothing where a problem among them is no such rule.
func ruleOf(err error) (name string) {
	var problems document.Problems
	if !errors.As(err, &problems) {
		return ""
	}
	for _, problem := range problems {
		name = ""
		for rule, pattern := range oursAlone {
			if pattern.MatchString(problem.Error()) {
				name = rule
			}
		}
		if name == "" {
			return ""
		}
	}
	return name
}

func compile(t *testing.T, file string) *jsonschema.Schema {
	t.Helper()
	text, err := json.Marshal(rubric.FileShape(file).Schema("https://example.org/"+file+".json", file))
	if err != nil {
		t.Fatal(err)
	}
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	if err := compiler.AddResource(file+".json", schema); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile(file + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// mutation is one structural change of a value, in place.
type mutation struct {
	name  string
	apply func(n *document.Node) bool // false where it does not fit the value
}

func scalar(text string, quoted bool) document.Node {
	return document.Node{Kind: document.Scalar, Text: text, Quoted: quoted}
}

// mutations of any value: drop, double, retype, rename, out of range.
func mutations() []mutation {
	become := func(name string, with document.Node) mutation {
		return mutation{"becomes " + name, func(n *document.Node) bool {
			same := n.Kind == with.Kind && n.Text == with.Text && len(n.Pairs)+len(n.Items) == 0
			n.Kind, n.Text, n.Quoted, n.Pairs, n.Items = with.Kind, with.Text, with.Quoted, with.Pairs, with.Items
			return !same
		}}
	}
	text := scalar("x", true)
	all := []mutation{
		become("null", document.Node{Kind: document.Null}),
		become("an empty map", document.Node{Kind: document.Map}),
		become("a map", document.Node{Kind: document.Map, Pairs: []document.Pair{{Key: &text, Value: &text}}}),
		become("an empty list", document.Node{Kind: document.List}),
		become("a list", document.Node{Kind: document.List, Items: []*document.Node{&text}}),
		become("a number in quotes", scalar("3", true)),
		become("a truth in quotes", scalar("true", true)),
		become("a long text", scalar(strings.Repeat("long ", 2100), true)),
		become("a long line", scalar(strings.Repeat("l", 501), true)),
		become("two lines", scalar("two\nlines", true)),
		become("a line and its end", scalar("line\n", true)),
		become("a blank text", scalar(" ", true)),
	}
	for _, word := range []string{
		"true", "false", "0", "1", "2", "-1", "7", "101", "-101", "1001", "3.0", "0.5", "1.5", "1.2345678", "-0.5", "80%", "150%", "2/3", "3/2", "0777", "1_000", "2024-01-01", "9223372036854775808", "", "x", "X y", "con", "a--b",
		strings.Repeat("a", 64), strings.Repeat("a", 65), "hard", "peer", "stated", "1 month", "1 months", "121 months", "0h", "9999h", "ftp://x.org", "https://x.org", "1.0", "1.0.0", "a\x1bb",
	} {
		all = append(all, become(fmt.Sprintf("%.12q", word), scalar(word, word == "")))
	}
	all = append(all,
		mutation{"loses its first entry", func(n *document.Node) bool {
			if len(n.Items) == 0 {
				return false
			}
			n.Items = n.Items[1:]
			return true
		}},
		mutation{"has its first entry twice", func(n *document.Node) bool {
			if len(n.Items) == 0 {
				return false
			}
			n.Items = append(n.Items, clone(n.Items[0]))
			return true
		}},
		mutation{"has its first key twice", func(n *document.Node) bool {
			if len(n.Pairs) == 0 {
				return false
			}
			n.Pairs = append(n.Pairs, n.Pairs[0])
			return true
		}},
	)
	return all
}

// keyMutations of the pair number i of a map.
func keyMutations() map[string]func(n *document.Node, i int) {
	rename := func(key func(string) string) func(*document.Node, int) {
		return func(n *document.Node, i int) { n.Pairs[i].Key.Text = key(n.Pairs[i].Key.Text) }
	}
	return map[string]func(n *document.Node, i int){
		"is dropped":         func(n *document.Node, i int) { n.Pairs = slices.Delete(n.Pairs, i, i+1) },
		"gets an x":          rename(func(key string) string { return key + "x" }),
		"becomes free":       rename(func(key string) string { return "x-" + key }),
		"is in capitals":     rename(strings.ToUpper),
		"becomes 101":        rename(func(string) string { return "101" }),
		"becomes 1":          rename(func(string) string { return "1" }),
		"becomes -0":         rename(func(string) string { return "-0" }),
		"becomes a long one": rename(func(string) string { return strings.Repeat("k", 65) }),
		"becomes empty":      rename(func(string) string { return "" }),
	}
}

// everyMutation calls try with each stride-th changed copy of the tree.
func everyMutation(original *document.Node, stride int, try func(what string, n *document.Node)) (tried int) {
	turn := 0
	next := func() bool { turn++; return turn%stride == 0 }
	values := mutations()
	keys := keyMutations()
	var keyNames []string
	for name := range keys {
		keyNames = append(keyNames, name)
	}
	slices.Sort(keyNames)
	for i := range count(original) {
		at, path := nth(original, i)
		for _, m := range values {
			if !next() {
				continue
			}
			tree := clone(original)
			if n, _ := nth(tree, i); m.apply(n) {
				try(fmt.Sprintf("%s (%s) %s", path, at.Position, m.name), tree)
				tried++
			}
		}
		for p, pair := range at.Pairs {
			for _, name := range keyNames {
				if !next() {
					continue
				}
				tree := clone(original)
				n, _ := nth(tree, i)
				keys[name](n, p)
				try(fmt.Sprintf("%s.%s (%s) %s", path, pair.Key.Text, pair.Key.Position, name), tree)
				tried++
			}
		}
	}
	return tried
}

// TestSchemaAgrees changes whole rubrics in single files and lets loader and schema judge each change.
func TestSchemaAgrees(t *testing.T) {
	schema := compile(t, "rubric")
	rules := tally{}
	for _, file := range []struct {
		fsys   fs.FS
		name   string
		stride int
	}{{os.DirFS("testdata"), "base.yaml", 5}, {rubrictest.Files(), rubrictest.Single, 61}} {
		original := parse(t, file.fsys, file.name)
		rules.agree(t, file.name, nil, schema, original)
		tried := everyMutation(original, file.stride, func(what string, n *document.Node) {
			_, err := loadTree(n)
			rules.agree(t, what, err, schema, n)
		})
		if tried < 300 {
			t.Errorf("%s: only %d changes were tried", file.name, tried)
		}
	}
	// What the changes above bring about seldom or never.
	for _, edit := range [][2]string{
		{"areas:\n", "areas:\n  - elsewhere\n"},
		{"stages:\n", "x-stages:\n"},
		{"{1: Some., 2: Much.}", "{1: Some.}"},
		{"{1: Some., 2: Much.}", "{1: Some., 2: Much., 3: More.}"},
		{"{1: Some., 2: Much.}", "{1: Some., 2: Much., 101: More.}"},
		{"grow: {1:", "grow: {0:"},
		{"level: 1, label: Some", "level: 2, label: Some"},
		{"floor: -0.5", "floor: 0.5"},
		{"at: 1/2", "at: 3/2"},
		{"span: {at: 1,", "span: {at: 0,"},
		{"at: 80%", "at: 120%"},
		{"at: 80%", "at: 0.12345678"},
		{"level: 2, label: Much", "level: 2.0, label: Much"},
		{"title: Base", "title: \"a\\eb\""},
		{"- id: seeing", "- id: making"},
		{"making: {level: 2", "baking: {level: 2"},
		{"next: [second]", "next: [second, second]"},
		{"  - id: second\n", "  - id: second\n    next: [first]\n"},
	} {
		n, err := document.ParseYAML("f", []byte(change(t, readFile(t, "testdata/base.yaml"), edit[0], edit[1])))
		if err != nil {
			t.Fatal(err)
		}
		_, err = loadTree(n)
		rules.agree(t, edit[1], err, schema, n)
	}
	for rule := range oursAlone {
		if rules[rule] == 0 {
			t.Errorf("the rule %q never came up", rule)
		}
	}
}

// TestSchemaAgreesOnShippedFiles changes the files of the shipped rubric one by one, each held against the shape of its kind.
func TestSchemaAgreesOnShippedFiles(t *testing.T) {
	fsys := os.DirFS(shippedDir + "/product-management")
	for name, kind := range map[string]string{
		"rubric.yaml": "rubric", "ladder.yaml": "ladder", "analytical.yaml": "area", "communication.yaml": "area", "leadership.yaml": "area", "market.yaml": "area",
	} {
		schema, original := compile(t, kind), parse(t, fsys, name)
		check := func(what string, n *document.Node) {
			var problems document.Problems
			rubric.FileShape(kind).Check(n, &problems)
			tally{}.agree(t, name+what, problems.Err(), schema, n)
		}
		check("", original)
		stride := count(original) / 2 // some 110 changes of a file, all over it
		if tried := everyMutation(original, stride, func(what string, n *document.Node) {
			if !strings.Contains(what, "twice") && !strings.Contains(what, "becomes 1") { // keys that stand twice are the parser's to refuse
				check(what, n)
			}
		}); tried < 100 {
			t.Errorf("%s: only %d changes were tried", name, tried)
		}
	}
}

// TestSchemaOfUnknownFile keeps a wrong name from printing an empty schema.
func TestSchemaOfUnknownFile(t *testing.T) {
	if rubric.FileShape("people") != nil {
		t.Error("a shape for a file that no rubric has")
	}
}
