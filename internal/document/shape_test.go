package document_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/document"
)

// example has every kind of shape, so that one table can hold each complaint.
func example() *document.Shape {
	return document.Object(
		document.Need("id", "the name", document.ID()),
		document.Need("title", "for people", document.Line(10)),
		document.May("about", "more of it", document.Text()),
		document.May("count", "how many", document.Integer(0, 9)),
		document.May("answer", "a level or na", document.OrEmpty(document.IntegerOr(-5, 5, "na"))),
		document.May("cut", "a share", document.Number(0, 1)),
		document.May("level", "a level", document.Number(-2, 100)),
		document.May("open", "whether", document.Boolean()),
		document.May("kind", "which", document.Choice("artifact", "peer")),
		document.May("date", "when", document.Pattern("a date", `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`, "2026-11-22")),
		document.May("tags", "words", document.ListOf(document.ID(), 2)),
		document.May("anchors", "by level", document.MapOf(document.Integer(0, 3), document.Text(), 1)),
		document.May("gate", "yes, or more", document.Either(document.Boolean(), document.Object(document.Need("met", "whether", document.Boolean())))),
	)
}

// TestCheckRefuses gives a document in which one thing is wrong in every line from the third on, unless it says otherwise.
func TestCheckRefuses(t *testing.T) {
	const good = "id: a\ntitle: b\n"
	const see = " – see `pmpath rubric schema`"
	const empty = "this is empty – write a value, leave the key out, or write \"\" for an empty text"
	const plain = " – write plain digits without quotes"
	const form = " is not a number from 0 to 1 – write it like 4, 3.5, 80% or 2/3, without quotes"
	tests := []struct {
		name, text string
		want       []string
	}{
		{"null root", "---\n", []string{"2:1: " + empty}},
		{"scalar root", "hello\n", []string{"1:1: this is a single value where a map is needed" + see}},
		{"list root", "- a\n", []string{"1:1: this is a list where a map is needed" + see}},
		{"missing keys", "x-a: 1\n", []string{"1:1: the key \"id\" is missing – add it: the name", "1:1: the key \"title\" is missing – add it: for people"}},
		{"missing key below", good + "gate: {}\n", []string{"3:7: gate: the key \"met\" is missing – add it: whether"}},
		{"null is not missing", "id:\ntitle: ~\n", []string{"1:4: id: " + empty, "2:8: title: " + empty}},

		{"near miss", good + "tilte: c\n", []string{"3:1: unknown key \"tilte\" – did you mean \"title\"?"}},
		{"other case", good + "About: c\n", []string{"3:1: unknown key \"About\" – did you mean \"about\"?"}},
		{"far miss", good + "gate: {met: true, zebra: 1}\n", []string{"3:19: gate: unknown key \"zebra\" – known keys: met"}},
		{"x without hyphen", good + "x: 1\n", []string{
			"3:1: unknown key \"x\" – known keys: id, title, about, count, answer, cut, level, open, kind, date, tags, anchors, gate"}},
		{"key that hides", good + "\"a\\u202Eb\\nc\": {d: 1}\n", []string{
			"3:1: unknown key \"a\\u202eb\\nc\" – known keys: id, title, about, count, answer, cut, level, open, kind, date, tags, anchors, gate"}},
		{"key that hides in a path", good + "anchors: {\"1\\e\\n2\": x}\n", []string{
			"3:11: anchors.\"1\\x1b\\n2\": the key: \"1\\x1b\\n2\" is not a whole number from 0 to 3" + plain}},

		{"map for a text", good + "about: {a: 1}\n", []string{"3:8: about: this is a map where a text is needed" + see}},
		{"list for a line", "id: a\ntitle: [b]\n", []string{"2:8: title: this is a list where a line of text is needed" + see}},
		{"text for a list", good + "tags: a\n", []string{"3:7: tags: this is a single value where a list is needed" + see}},
		{"map for a list", good + "tags: {a: b}\n", []string{"3:7: tags: this is a map where a list is needed" + see}},
		{"list for a map", good + "anchors: [a]\n", []string{"3:10: anchors: this is a list where a map is needed" + see}},
		{"list for either", good + "gate: [true]\n", []string{"3:7: gate: this is a list where true or false or a map is needed" + see}},
		{"map for a number", good + "cut: {at: 1}\n", []string{"3:6: cut: this is a map where a number is needed" + see}},
		{"short list", good + "tags: [a]\n", []string{"3:7: tags: at least 2 needed here, found 1 – add what is missing"}},
		{"empty map", good + "anchors: {}\n", []string{"3:10: anchors: at least 1 needed here, found 0 – add what is missing"}},
		{"null in a list", good + "tags: [a, ~]\n", []string{"3:11: tags[1]: " + empty}},
		{"bad entry", good + "tags:\n  - a\n  - B\n", []string{"5:5: tags[1]: \"B\" is not an id – use small letters, digits and single hyphens, with a letter first"}},

		{"empty text", good + "about: \"\"\n", []string{"3:8: about: this text is empty – write it, or leave the key out where that is allowed"}},
		{"blank text", good + "about: \" \\t\"\n", []string{"3:8: about: this text is empty – write it, or leave the key out where that is allowed"}},
		{"two lines", "id: a\ntitle: \"b\\nc\"\n", []string{"2:8: title: this text has more than one line – write it on one line"}},
		{"line break at the end", "id: a\ntitle: \"b\\n\"\n", []string{"2:8: title: this text has more than one line – write it on one line"}},
		{"long line", "id: a\ntitle: 12345678901\n", []string{"2:8: title: this text is longer than 10 characters – shorten it"}},
		{"long text", good + "about: " + strings.Repeat("é", 10001) + "\n", []string{"3:8: about: this text is longer than 10000 characters – shorten it"}},
		{"escaped control", good + "about: \"a\\eb\"\n", []string{"3:8: about: the control character U+001B is not allowed – remove it"}},
		{"escaped next line", good + "about: \"a\\Nb\"\n", []string{"3:8: about: the control character U+0085 is not allowed – remove it"}},
		{"escaped separator", good + "about: \"a\\Lb\"\n", []string{"3:8: about: the control character U+2028 is not allowed – remove it"}},
		{"escaped NUL", good + "about: \"a\\0b\"\n", []string{"3:8: about: the control character U+0000 is not allowed – remove it"}},
		{"escaped carriage return", good + "about: \"a\\rb\"\n", []string{"3:8: about: the control character U+000D is not allowed – remove it"}},

		{"unknown word", good + "kind: pear\n", []string{"3:7: kind: \"pear\" is not known here – did you mean \"peer\"?"}},
		{"far word", good + "kind: nothing\n", []string{"3:7: kind: \"nothing\" is not known here – use one of: artifact, peer"}},
		{"no date", good + "date: 2026-1-2\n", []string{"3:7: date: \"2026-1-2\" is not a date – write it like 2026-11-22"}},
		{"alias", "id: &a B\ntitle: b\ntags: [*a, *a]\n", []string{
			"1:5: id: \"B\" is not an id – use small letters, digits and single hyphens, with a letter first",
			"3:8: tags[0]: \"B\" is not an id – use small letters, digits and single hyphens, with a letter first",
			"3:12: tags[1]: \"B\" is not an id – use small letters, digits and single hyphens, with a letter first"}},
		{"anchors off their keys", good + "anchors: {4: a, x: b, 01: c, 1.0: d, -0: e, \"2\": f}\n", []string{
			"3:11: anchors.4: the key: \"4\" is not a whole number from 0 to 3" + plain,
			"3:17: anchors.x: the key: \"x\" is not a whole number from 0 to 3" + plain,
			"3:23: anchors.01: the key: \"01\" is not a whole number from 0 to 3" + plain,
			"3:30: anchors.1.0: the key: \"1.0\" is not a whole number from 0 to 3" + plain,
			"3:38: anchors.-0: the key: \"-0\" is not a whole number from 0 to 3" + plain}},
		{"share above 1", good + "cut: 101%\n", []string{"3:6: cut: \"101%\"" + form}},
		{"share of 3/2", good + "cut: 3/2\n", []string{"3:6: cut: \"3/2\"" + form}},
		{"share below 0", good + "cut: -0.5\n", []string{"3:6: cut: \"-0.5\"" + form}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			n, err := document.ParseYAML("f", []byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			var problems document.Problems
			example().Check(n, &problems)
			if diff := cmp.Diff("f:"+strings.Join(test.want, "\nf:"), complaint(problems.Err())); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// TestCheckTellsOnce leaves alone what the parser has complained of: no key is missing because its value was refused.
func TestCheckTellsOnce(t *testing.T) {
	n, err := document.ParseYAML("f", []byte("id: &a [*a]\ntitle: "+strings.Repeat("x", 64<<10+1)+"\ngate: !x true\nanchors:\n  "+manyKeys(1001, "\n  ")+"\n"))
	var problems document.Problems
	example().Check(n, &problems)
	got := complaint(err) + "\n" + complaint(problems.Err())
	want := `f:1:9: this alias stands inside itself – write the value itself
f:2:8: this value is longer than 64 KiB – shorten it
f:3:7: the tag "!x" is not allowed – remove it; quotes make a text
f:5:3: this map has more than 1000 keys – split it
f:1:5: id: this is a list where an id is needed – see ` + "`pmpath rubric schema`"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestCheckAccepts(t *testing.T) {
	for name, text := range map[string]string{
		"least":              "id: a\ntitle: b\n",
		"free keys":          "id: a\ntitle: b\nx-note: {a: [1]}\nx-: 2\ngate: {met: true, x-why: y}\n",
		"everything":         "id: a1-b2\ntitle: 1234567890\nabout: c\ncount: 9\nanswer: -5\ncut: 80%\nlevel: -1.5\nopen: false\nkind: peer\ndate: 2026-11-22\ntags: [a, b, c]\nanchors: {0: a, \"3\": b}\ngate: true\n",
		"an answer of null":  "id: a\ntitle: b\nanswer:\n",
		"an answer of na":    "id: a\ntitle: b\nanswer: na\n",
		"texts of all sorts": "id: a\ntitle: NO\nabout: 2024-01-01\n",
		"text of 10,000":     "id: a\ntitle: b\nabout: " + strings.Repeat("é", 10000) + "\n",
	} {
		n, err := document.ParseYAML("f", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		var problems document.Problems
		if example().Check(n, &problems); len(problems) > 0 {
			t.Errorf("%s: %s", name, complaint(problems.Err()))
		}
	}
}
