package document_test

import (
	"strings"
	"testing"

	"github.com/pmpath/pmpath/internal/document"
)

// TestWords tries each oddity of YAML against each kind of field. A field judges characters: texts take any word as it was written,
// numbers only plain decimal.
func TestWords(t *testing.T) {
	text, id := document.Text(), document.ID()
	integer, number, boolean := document.Integer(-100, 100), document.Number(-100, 100), document.Boolean()
	const (
		isText = 1 << iota
		isID
		isInteger
		isNumber
		isBool
	)
	words := map[string]int{
		"NO": isText, "no": isText | isID, "yes": isText | isID, "off": isText | isID, "true": isText | isBool, "True": isText, "FALSE": isText, "false": isText | isBool,
		"1.10": isText | isNumber, "3.5": isText | isNumber, "2024-01-01": isText, "0777": isText, "0o17": isText, "0x1F": isText, "1:30": isText, "1_000": isText, ".nan": isText, ".5": isText,
		"5.": isText, "1e999": isText, "1e1": isText, "9007199254740993": isText, "9223372036854775808": isText, "-9223372036854775808": isText, "1" + strings.Repeat("0", 400): isText,
		"7": isText | isInteger | isNumber, "-7": isText | isInteger | isNumber, "+7": isText, "0": isText | isInteger | isNumber, "-0": isText | isNumber, "00": isText, "100": isText | isInteger | isNumber,
		"101": isText, "-101": isText, "100.0": isText | isNumber, "100.01": isText, "80%": isText | isNumber, "2/3": isText | isNumber, "-2/3": isText, "-80%": isText, "2/0": isText, "0/1": isText | isNumber,
		"02/3": isText, "1/2/3": isText, "1%%": isText, "0.1234567890123456789": isText, "٣": isText, "3,5": isText, "½": isText, "3 ": isText | isInteger | isNumber, // plain scalars end before the space
		`"7"`: isText, `"3.5"`: isText, `"80%"`: isText | isNumber, `"2/3"`: isText | isNumber, `"true"`: isText, `" a"`: isText, `"a"`: isText | isID, "null-": isText, "Null": isText, "NULL": isText, "~x": isText,
		"con": isText, "nul": isText, "com1": isText, "com10": isText | isID, "lpt9": isText, "aux": isText, "prn": isText, `"null"`: isText, "console": isText | isID,
		"a-b": isText | isID, "a--b": isText, "a-": isText, "-a": isText, "a_b": isText, "a.b": isText, "A": isText, "1a": isText, "a1-2": isText | isID, "../x": isText, "/etc/passwd": isText, ".": isText, "é": isText,
		strings.Repeat("a", 64): isText | isID, strings.Repeat("a", 65): isText, strings.Repeat("a", 300): isText,
	}
	shapes := map[int]*document.Shape{isText: text, isID: id, isInteger: integer, isNumber: number, isBool: boolean}
	for word, allowed := range words {
		n, err := document.ParseYAML("f", []byte("a: "+word+"\n"))
		if err != nil {
			t.Errorf("%q: %s", word, err)
			continue
		}
		for kind, shape := range shapes {
			var problems document.Problems
			document.Object(document.May("a", "", shape)).Check(n, &problems)
			if got, want := len(problems) == 0, allowed&kind != 0; got != want {
				t.Errorf("%q as kind %b: accepted %t, want %t (%v)", word, kind, got, want, problems)
			}
		}
		if want := strings.Trim(word, "\""); n.TextOf("a") != strings.TrimSuffix(want, "3 "[1:]) {
			t.Errorf("%q: the text became %q", word, n.TextOf("a"))
		}
	}
}

// TestJSONWords holds that a number in quotes is a text in JSON too, except where JSON has no other way of writing it.
func TestJSONWords(t *testing.T) {
	shape := document.Object(document.May("n", "", document.Number(0, 100)), document.May("i", "", document.Integer(0, 100)), document.May("b", "", document.Boolean()))
	for text, want := range map[string]string{
		`{"n": 3.5, "i": 3, "b": true}`: "",
		`{"n": "2/3"}`:                  "",
		`{"n": "80%"}`:                  "",
		`{"n": "3.5"}`:                  "f:1:7: n: \"3.5\" is not a number from 0 to 100 – write it like 4, 3.5, 80% or 2/3, without quotes",
		`{"n": 3e0}`:                    "f:1:7: n: \"3e0\" is not a number from 0 to 100 – write it like 4, 3.5, 80% or 2/3, without quotes",
		`{"i": "3"}`:                    "f:1:7: i: \"3\" is not a whole number from 0 to 100 – write plain digits without quotes",
		`{"i": 3.0}`:                    "f:1:7: i: \"3.0\" is not a whole number from 0 to 100 – write plain digits without quotes",
		`{"b": "true"}`:                 "f:1:7: b: \"true\" is not true or false – write true or false without quotes",
	} {
		n, err := document.ParseJSON("f", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		var problems document.Problems
		shape.Check(n, &problems)
		if got := complaint(problems.Err()); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

func TestAccessors(t *testing.T) {
	n, err := document.ParseYAML("f", []byte("text: \" x \"\nint: -3\nshare: 80%\nyes: true\nlist: [a, {b: 1}, c]\nmap: {a: 1, b: 2}\nnone:\nquoted: \"3\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := n.TextOf("text"); got != " x " {
		t.Errorf("text %q", got)
	}
	if i, ok := n.Int("int"); i != -3 || !ok {
		t.Errorf("int %d %t", i, ok)
	}
	if f, ok := n.Number("share"); f.String() != "4/5" || !ok { // 80/100
		t.Errorf("share %s %t", f, ok)
	}
	if !n.Bool("yes") || n.Bool("none") || n.Bool("absent") {
		t.Error("Bool")
	}
	if got := strings.Join(n.Texts("list"), ","); got != "a,c" {
		t.Errorf("texts %q", got)
	}
	if len(n.Entries("list")) != 3 || len(n.Members("map")) != 2 || n.Get("none") != nil {
		t.Error("Entries, Members or Get")
	}
	for _, key := range []string{"quoted", "none", "absent", "map", "text"} {
		if _, ok := n.Int(key); ok {
			t.Errorf("%s is an integer", key)
		}
		if _, ok := n.Number(key); ok {
			t.Errorf("%s is a number", key)
		}
	}
	if n.At("int").String() != "f:2:6" || n.At("absent") != n.Position {
		t.Error("At")
	}
	var missing *document.Node
	if missing.TextOf("a") != "" || missing.Texts("a") != nil || missing.Get("a") != nil || missing.At("a") != (document.Position{}) {
		t.Error("a missing node is not empty")
	}
}

func TestNearest(t *testing.T) {
	known := []string{"title", "about", "id", "competencies"}
	for name, want := range map[string]string{
		"titel":                  `did you mean "title"?`, // two letters swapped: distance 1
		"titl":                   `did you mean "title"?`,
		"titles":                 `did you mean "title"?`,
		"Title":                  `did you mean "title"?`,
		"tltle":                  `did you mean "title"?`,
		"tit":                    `did you mean "title"?`, // distance 2 of 5 letters
		"ti":                     "none",                  // distance 3
		"ID":                     "none",                  // distance 2 of 2 letters says nothing
		"ids":                    `did you mean "id"?`,
		"competancys":            "none",                         // distance 3
		"competence":             `did you mean "competencies"?`, // an i and an s to insert
		"":                       "none",
		strings.Repeat("a", 100): "none",
	} {
		if got := document.Nearest(name, known, "none"); got != want {
			t.Errorf("%q: got %s, want %s", name, got, want)
		}
	}
}

func TestProblems(t *testing.T) {
	var problems document.Problems
	if problems.Err() != nil {
		t.Error("no problems are an error")
	}
	place := func(file string, line, column int) document.Position {
		return document.Position{File: file, Line: line, Column: column}
	}
	problems.Add(place("b", 1, 1), "", "w", "d")
	problems.Add(place("a", 10, 1), "p", "w", "d")
	problems.Add(place("a", 2, 9), "", "w2", "d")
	problems.Add(place("a", 2, 9), "", "w1", "")
	problems.Add(place("a", 2, 9), "", "w2", "d")
	problems.Add(place("a", 0, 0), "", "whole", "")
	want := "a: whole\na:2:9: w1\na:2:9: w2 – d\na:10:1: p: w – d\nb:1:1: w – d"
	if got := problems.Err().Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
