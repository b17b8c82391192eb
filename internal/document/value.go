package document

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pmpath/pmpath/internal/fraction"
)

// The longest texts, in characters.
const (
	MaxLine = 500
	MaxText = 10000
	MaxID   = 64
)

// valueRule judges a single value by its characters. fault says what is wrong and what to do, or nothing; schema is the same rule as JSON Schema.
type valueRule struct {
	name   string
	fault  func(n *Node) (what, do string)
	schema map[string]any
}

func value(name string, schema map[string]any, fault func(n *Node) (what, do string)) *Shape {
	return &Shape{value: &valueRule{name, fault, schema}}
}

// Line is a text on one line that is not empty, of at most max characters.
func Line(max int) *Shape {
	schema := map[string]any{"type": textTypes, "pattern": `^[^\n]*\S[^\n]*$`, "maxLength": max}
	return value("a line of text", schema, func(n *Node) (string, string) {
		if strings.Contains(n.Text, "\n") {
			return "this text has more than one line", "write it on one line"
		}
		return textFault(n.Text, max)
	})
}

// Text is a text that is not empty, of at most MaxText characters; it may have several lines.
func Text() *Shape {
	schema := map[string]any{"type": textTypes, "pattern": `\S`, "maxLength": MaxText}
	return value("a text", schema, func(n *Node) (string, string) { return textFault(n.Text, MaxText) })
}

// textTypes are what an editor may take a plain text for: 2024 or true are texts where a text is asked for.
var textTypes = []string{"string", "number", "boolean"}

func textFault(text string, max int) (what, do string) {
	for _, r := range text {
		if Forbidden(r) || r == '\r' {
			return fmt.Sprintf("the control character U+%04X is not allowed", r), "remove it"
		}
	}
	switch {
	case strings.TrimSpace(text) == "":
		return "this text is empty", "write it, or leave the key out where that is allowed"
	case utf8.RuneCountInString(text) > max:
		return fmt.Sprintf("this text is longer than %d characters", max), "shorten it"
	}
	return "", ""
}

// idPattern is kebab-case with a letter first, so that an id is never a number in any file format.
const idPattern = `^[a-z][a-z0-9]*(-[a-z0-9]+)*$`

// reservedIDs are words that Windows or YAML reads as something else.
var reservedIDs = []string{
	"aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "false",
	"lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "null", "prn", "true",
}

// ID is a kebab-case name of at most MaxID characters.
func ID() *Shape {
	pattern := regexp.MustCompile(idPattern)
	schema := map[string]any{"type": "string", "pattern": idPattern, "maxLength": MaxID, "not": map[string]any{"enum": reservedIDs}}
	return value("an id", schema, func(n *Node) (string, string) {
		switch {
		case len(n.Text) > MaxID:
			return fmt.Sprintf("this id is longer than %d characters", MaxID), "shorten it"
		case !pattern.MatchString(n.Text):
			return fmt.Sprintf("%q is not an id", n.Text), "use small letters, digits and single hyphens, with a letter first"
		case slices.Contains(reservedIDs, n.Text):
			return fmt.Sprintf("the id %q has a meaning of its own on some systems", n.Text), "choose another"
		}
		return "", ""
	})
}

// Choice is one of some words.
func Choice(words ...string) *Shape {
	return value("a word", map[string]any{"enum": words}, func(n *Node) (string, string) {
		if !slices.Contains(words, n.Text) {
			return fmt.Sprintf("%q is not known here", n.Text), Nearest(n.Text, words, "use one of: "+strings.Join(words, ", "))
		}
		return "", ""
	})
}

// Boolean is true or false, as a plain word.
func Boolean() *Shape {
	return value("true or false", map[string]any{"type": "boolean"}, func(n *Node) (string, string) {
		if n.Quoted || n.Text != "true" && n.Text != "false" {
			return fmt.Sprintf("%q is not true or false", n.Text), "write true or false without quotes"
		}
		return "", ""
	})
}

// Integer is a whole number from min to max in plain decimal, without quotes.
func Integer(min, max int) *Shape {
	schema := map[string]any{"type": "integer", "minimum": min, "maximum": max}
	return value("a whole number", schema, func(n *Node) (string, string) {
		if i, ok := integer(n); !ok || i < min || i > max {
			return fmt.Sprintf("%q is not a whole number from %d to %d", n.Text, min, max), "write plain digits without quotes"
		}
		return "", ""
	})
}

// IntegerOr is a whole number from min to max or one of some words.
func IntegerOr(min, max int, words ...string) *Shape {
	whole, word := Integer(min, max), Choice(words...)
	name := "a whole number or " + strings.Join(words, ", ")
	schema := map[string]any{"anyOf": []any{whole.value.schema, word.value.schema}}
	return value(name, schema, func(n *Node) (string, string) {
		if slices.Contains(words, n.Text) {
			return "", ""
		}
		if what, _ := whole.value.fault(n); what != "" {
			return fmt.Sprintf("%q is not a whole number from %d to %d", n.Text, min, max), "write plain digits without quotes, or " + strings.Join(words, " or ")
		}
		return "", ""
	})
}

// numberPattern are the forms that fraction.Parse reads besides a plain number.
const numberPattern = `^(0|[1-9][0-9]*)(\.[0-9]+)?%$|^(0|[1-9][0-9]*)/[1-9][0-9]*$`

// Number is an exact number from min to max: 4, 3.5, 80% or 2/3.
func Number(min, max int) *Shape {
	schema := map[string]any{"anyOf": []any{
		map[string]any{"type": "number", "minimum": min, "maximum": max},
		map[string]any{"type": "string", "pattern": numberPattern},
	}}
	return value("a number", schema, func(n *Node) (string, string) {
		f, ok := number(n)
		if !ok || f.Cmp(fraction.Int(min)) < 0 || f.Cmp(fraction.Int(max)) > 0 {
			return fmt.Sprintf("%q is not a number from %d to %d", n.Text, min, max), "write it like 4, 3.5, 80% or 2/3, without quotes"
		}
		return "", ""
	})
}

// Pattern is a plain text that matches a regular expression, described to people by name and an example.
func Pattern(name, pattern, example string) *Shape {
	compiled := regexp.MustCompile(pattern)
	schema := map[string]any{"type": "string", "pattern": pattern}
	return value(name, schema, func(n *Node) (string, string) {
		if !compiled.MatchString(n.Text) {
			return fmt.Sprintf("%q is not %s", n.Text, name), fmt.Sprintf("write it like %s", example)
		}
		return "", ""
	})
}

func integer(n *Node) (int, bool) {
	f, ok := fraction.Parse(n.Text)
	if !ok || n.Quoted || strings.ContainsAny(n.Text, "./%") || n.Text == "-0" {
		return 0, false
	}
	i, err := strconv.Atoi(f.String())
	return i, err == nil && i > math.MinInt32 && i < math.MaxInt32
}

func number(n *Node) (fraction.Fraction, bool) {
	f, ok := fraction.Parse(n.Text)
	plain := !strings.ContainsAny(n.Text, "/%")
	return f, ok && !(n.Quoted && plain) // JSON can write 80% only in quotes
}

// Schema prints the shape as a JSON Schema (draft 2020-12) with the given id and title, indented, with sorted keys.
func (s *Shape) Schema(id, title string) map[string]any {
	schema := s.schema()
	schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	schema["$id"] = id
	schema["title"] = title
	return schema
}

func (s *Shape) schema() map[string]any {
	switch {
	case s.empty:
		full := *s
		full.empty = false
		return map[string]any{"anyOf": []any{full.schema(), map[string]any{"type": "null"}}}
	case s.value != nil && s.kind != 0:
		collection := *s
		collection.value = nil
		return map[string]any{"anyOf": []any{maps.Clone(s.value.schema), collection.schema()}}
	case s.value != nil:
		return maps.Clone(s.value.schema)
	case s.kind == List:
		return map[string]any{"type": "array", "items": s.elem.schema(), "minItems": s.min, "maxItems": MaxEntries}
	case s.fields == nil:
		keys := maps.Clone(s.keys.schema)
		if keys["type"] == "integer" { // a key of JSON is always a string
			keys = map[string]any{"pattern": `^(0|-?[1-9][0-9]*)$`}
		}
		return map[string]any{
			"type": "object", "propertyNames": keys, "additionalProperties": s.elem.schema(), "minProperties": s.min, "maxProperties": MaxKeys,
		}
	}
	return s.objectSchema()
}

func (s *Shape) objectSchema() map[string]any {
	properties, required := map[string]any{}, []string{}
	for _, field := range s.fields {
		property := field.Shape.schema()
		property["description"] = field.Doc
		properties[field.Name] = property
		if field.Required {
			required = append(required, field.Name)
		}
	}
	return map[string]any{
		"type": "object", "properties": properties, "required": required,
		"patternProperties": map[string]any{"^x-": true}, "additionalProperties": false, "maxProperties": MaxKeys,
	}
}
