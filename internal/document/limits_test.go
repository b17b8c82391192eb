package document_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/pmpath/pmpath/internal/document"
)

func lists(depth int) string { return strings.Repeat("[", depth) + "x" + strings.Repeat("]", depth) }

func jsonLists(depth int) string {
	return strings.Repeat("[", depth) + "1" + strings.Repeat("]", depth)
}

func manyKeys(n int, separator string) string {
	keys := make([]string, n)
	for i := range keys {
		keys[i] = fmt.Sprintf(`"k%d": 1`, i)
	}
	return strings.Join(keys, separator)
}

// aliases is a list of n texts under an anchor, so n+1 values, and a list of that many aliases to it from line 2, column 4 on.
func aliases(values, uses int) string {
	return "a: &a [" + strings.TrimSuffix(strings.Repeat("x,", values-1), ",") + "]\n" +
		"b: [" + strings.TrimSuffix(strings.Repeat("*a,", uses), ",") + "]\n"
}

// TestLimits has a text for each limit that just keeps to it (want empty) and one that is just beyond.
func TestLimits(t *testing.T) {
	yaml, json := document.ParseYAML, document.ParseJSON
	tests := []struct {
		name  string
		parse func(string, []byte) (*document.Node, error)
		text  string
		want  string
	}{
		{"32 lists deep", yaml, lists(32), ""},
		{"33 lists deep", yaml, lists(33), "f:1:33: values are nested more than 32 deep – flatten this part"},
		{"32 maps deep", yaml, strings.Repeat("{a: ", 32) + strings.Repeat("}", 32), ""},
		{"33 maps deep", yaml, strings.Repeat("{a: ", 33) + strings.Repeat("}", 33), "f:1:129: values are nested more than 32 deep – flatten this part"}, // 32 · 4 + 1
		{"33 deep behind an alias", yaml, "a: &a " + lists(20) + "\nb: " + strings.Repeat("[", 12) + "*a" + strings.Repeat("]", 12),
			"f:2:16: values are nested more than 32 deep – flatten this part"}, // map 1, lists 2 to 13, alias of 20 to 33; three letters, then 12 brackets
		{"32 deep behind an alias", yaml, "a: &a " + lists(20) + "\nb: " + strings.Repeat("[", 11) + "*a" + strings.Repeat("]", 11), ""},
		{"10,001 lists deep", yaml, lists(10001), "f:1:10001: values are nested more than 32 deep – flatten this part"}, // the parser's own limit
		{"32 lists deep in JSON", json, jsonLists(32), ""},
		{"33 lists deep in JSON", json, jsonLists(33), "f:1:33: values are nested more than 32 deep – flatten this part"},
		{"200,000 lists deep in JSON", json, jsonLists(200_000), "f:1:33: values are nested more than 32 deep – flatten this part"},
		{"200,000 open lists in JSON", json, strings.Repeat("[", 200_000), "f:1:33: values are nested more than 32 deep – flatten this part"},

		{"1,000 keys", yaml, "a: 1\nb:\n  " + manyKeys(1000, "\n  "), ""},
		{"1,001 keys", yaml, "a: 1\nb:\n  " + manyKeys(1001, "\n  "), "f:3:3: this map has more than 1000 keys – split it"},
		{"1,000 keys in JSON", json, "{" + manyKeys(1000, ",") + "}", ""},
		{"1,001 keys in JSON", json, " {" + manyKeys(1001, ",") + "}", "f:1:2: this map has more than 1000 keys – split it"},
		{"1,001 times one key in JSON", json, "{" + manyKeys(1000, ",") + `,"k0":1}`,
			`f:1:9892: the key "k0" stands twice in this map – keep one; the first is at line 1, column 2`}, // brace 1 + pairs 10·7 + 90·8 + 900·9 + commas 1,000 = 9,891 before it

		{"5,000 entries", yaml, strings.Repeat("- x\n", 5000), ""},
		{"5,001 entries", yaml, strings.Repeat("- x\n", 5001), "f:1:1: this list has more than 5000 entries – split it"},
		{"5,000 entries in JSON", json, "[" + strings.Repeat("1,", 4999) + "1]", ""},
		{"5,001 entries in JSON", json, "[" + strings.Repeat("1,", 5000) + "1]", "f:1:1: this list has more than 5000 entries – split it"},

		{"64 KiB", yaml, "a: " + strings.Repeat("x", 64<<10), ""},
		{"64 KiB and a byte", yaml, "a: " + strings.Repeat("x", 64<<10+1), "f:1:4: this value is longer than 64 KiB – shorten it"},
		{"64 KiB in JSON", json, `["` + strings.Repeat("x", 64<<10) + `"]`, ""},
		{"64 KiB and a byte in JSON", json, `["` + strings.Repeat("x", 64<<10+1) + `"]`, "f:1:2: this value is longer than 64 KiB – shorten it"},
		{"long number in JSON", json, "[" + strings.Repeat("1", 64<<10+1) + "]", "f:1:2: this value is longer than 64 KiB – shorten it"},
		{"long key in JSON", json, `{"` + strings.Repeat("x", 64<<10+1) + `": 1}`, "f:1:2: this value is longer than 64 KiB – shorten it"},

		{"alias of 100 values", yaml, aliases(100, 1), ""},
		{"alias of 101 values", yaml, aliases(101, 1), "f:2:5: this alias stands for too many values – write the values out"},
		{"two aliases of 101 values", yaml, aliases(101, 2),
			"f:2:5: this alias stands for too many values – write the values out\nf:2:8: this alias stands for too many values – write the values out"},
		{"10,000 values behind aliases", yaml, aliases(100, 100), ""},
		{"10,100 values behind aliases", yaml, aliases(100, 101), "f:2:305: this alias stands for too many values – write the values out"}, // 4 + 100·3 + 1
		{"100 values behind an alias to aliases", yaml, "a: &a x\nb: &b [" + strings.TrimSuffix(strings.Repeat("*a,", 99), ",") + "]\nc: *b\n", ""},
		{"101 values behind an alias to aliases", yaml, "a: &a x\nb: &b [" + strings.TrimSuffix(strings.Repeat("*a,", 100), ",") + "]\nc: *b\n",
			"f:3:4: this alias stands for too many values – write the values out"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := test.parse("f", []byte(test.text))
			if got := complaint(err); got != test.want {
				t.Errorf("got %.200s, want %s", got, test.want)
			}
		})
	}
}

// TestLaughs is the classic bomb: ten aliases to a list of ten aliases, ten times over. It must cost no more than reading it.
func TestLaughs(t *testing.T) {
	text := "a0: &a0 x\n"
	for i := 1; i <= 10; i++ {
		text += fmt.Sprintf("a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i-1), 10), ","))
	}
	start := time.Now()
	_, err := document.ParseYAML("f", []byte(text))
	// a1 holds 10 values behind its aliases, 1 each; an alias to a1 stands for 11, one to a2 for 111: the first is in a3, on line 4.
	if got, want := complaint(err), "f:4:10: this alias stands for too many values"; !strings.HasPrefix(got, want) {
		t.Errorf("got %.200s, want %s …", got, want)
	}
	if took := time.Since(start); took > 5*time.Second { // 1e10 values would take minutes
		t.Errorf("took %s", took)
	}
}

// TestMessagesStayShort keeps a value of 60 KiB out of the message about it.
func TestMessagesStayShort(t *testing.T) {
	long := strings.Repeat("é", 30_000)
	n, err := document.ParseYAML("f", []byte(long+": {"+long+": "+long+"}\nb: "+long+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	shape := document.Object(
		document.May("b", "", document.Choice("x")),
		document.May("c", "", document.Choice("x")),
	)
	var problems document.Problems
	shape.Check(n, &problems)
	document.MapOf(document.ID(), document.MapOf(document.ID(), document.Boolean(), 0), 0).Check(n, &problems)
	if len(problems) != 6 { // unknown key, unknown word; two keys that are too long for ids, a value that is not true or false, b that is no map
		t.Errorf("%d problems, want 6", len(problems))
	}
	for _, p := range problems {
		if length := len(p.Error()); length > 2048 {
			t.Errorf("a message of %d bytes: %.100s", length, p.Error())
		}
	}
}
