package document

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Shape says what a node may hold: a value, an object with known fields, a list, a map, or a value as the short form of an object.
// A format is one table of shapes: Check reads it, Schema prints it, so the two cannot drift apart. Build shapes with the functions
// of this package.
type Shape struct {
	value  *valueRule // a single value …
	kind   Kind       // … or this collection, or either
	fields []Field    // of an object (Kind Map)
	keys   *valueRule // of a map whose keys are free
	elem   *Shape     // of a list or a free map
	min    int        // fewest entries of a list or free map
	empty  bool       // nothing at all is allowed too
}

// Field is one key of an object.
type Field struct {
	Name, Doc string
	Shape     *Shape
	Required  bool
}

// Need is a field that must be there.
func Need(name, doc string, shape *Shape) Field { return Field{name, doc, shape, true} }

// May is a field that may be left out.
func May(name, doc string, shape *Shape) Field { return Field{name, doc, shape, false} }

// Object is a map with known keys. Keys that start with "x-" are free for notes of one's own.
func Object(fields ...Field) *Shape { return &Shape{kind: Map, fields: fields} }

// ListOf is a list of at least min entries.
func ListOf(elem *Shape, min int) *Shape { return &Shape{kind: List, elem: elem, min: min} }

// MapOf is a map of at least min pairs whose keys are values of the given shape.
func MapOf(keys, elem *Shape, min int) *Shape {
	return &Shape{kind: Map, keys: keys.value, elem: elem, min: min}
}

// Either is a single value or a collection.
func Either(value, collection *Shape) *Shape {
	both := *collection
	both.value = value.value
	return &both
}

// OrEmpty allows a key to stand without a value, for forms that people fill in.
func OrEmpty(shape *Shape) *Shape {
	open := *shape
	open.empty = true
	return &open
}

// Check adds every difference between the node and the shape to problems.
func (s *Shape) Check(n *Node, problems *Problems) { s.check(n, nil, problems) }

// fieldPath is written out only when there is something to say.
type fieldPath struct {
	parent *fieldPath
	name   string
	index  int // of a list entry, where name is empty
}

func (p *fieldPath) String() string {
	if p == nil {
		return ""
	}
	if p.name == "" {
		return fmt.Sprintf("%s[%d]", p.parent, p.index)
	}
	name := p.name
	if quoted := strconv.Quote(name); quoted != `"`+name+`"` { // a key that could pass for other lines or hide itself
		name = quoted
	}
	if p.parent == nil {
		return name
	}
	return p.parent.String() + "." + name
}

func (s *Shape) check(n *Node, path *fieldPath, problems *Problems) {
	switch {
	case n.Kind == 0: // the parser has complained
	case n.Kind == Null && s.empty:
	case n.Kind == Null:
		problems.Add(n.Position, path.String(), "this is empty", `write a value, leave the key out, or write "" for an empty text`)
	case n.Kind == Scalar && s.value != nil:
		if what, do := s.value.fault(n); what != "" {
			problems.Add(n.Position, path.String(), what, do)
		}
	case n.Kind != s.kind:
		problems.Add(n.Position, path.String(), fmt.Sprintf("this is %s where %s is needed", n.Kind, s.expected()), "see `pmpath rubric schema`")
	case s.kind == List:
		s.checkList(n, path, problems)
	case s.fields != nil:
		s.checkObject(n, path, problems)
	default:
		s.checkMap(n, path, problems)
	}
}

func (s *Shape) expected() string {
	switch {
	case s.value != nil && s.kind != 0:
		return s.value.name + " or " + s.kind.String()
	case s.value != nil:
		return s.value.name
	}
	return s.kind.String()
}

func (s *Shape) checkList(n *Node, path *fieldPath, problems *Problems) {
	s.checkSize(n, len(n.Items), path, problems)
	for i, item := range n.Items {
		s.elem.check(item, &fieldPath{path, "", i}, problems)
	}
}

func (s *Shape) checkMap(n *Node, path *fieldPath, problems *Problems) {
	s.checkSize(n, len(n.Pairs), path, problems)
	for _, pair := range n.Pairs {
		here := &fieldPath{path, pair.Key.Text, 0}
		if what, do := s.keys.fault(asKey(pair.Key)); what != "" {
			problems.Add(pair.Key.Position, here.String(), "the key: "+what, do)
		}
		s.elem.check(pair.Value, here, problems)
	}
}

// asKey drops the quotes of a key: JSON has no others, and 1 and "1" are one key.
func asKey(key *Node) *Node {
	plain := *key
	plain.Quoted = false
	return &plain
}

func (s *Shape) checkSize(n *Node, size int, path *fieldPath, problems *Problems) {
	if size < s.min {
		problems.Add(n.Position, path.String(), fmt.Sprintf("at least %d needed here, found %d", s.min, size), "add what is missing")
	}
}

func (s *Shape) checkObject(n *Node, path *fieldPath, problems *Problems) {
	for _, pair := range n.Pairs {
		here := &fieldPath{path, pair.Key.Text, 0}
		field := s.field(pair.Key.Text)
		switch {
		case field != nil:
			field.Shape.check(pair.Value, here, problems)
		case !strings.HasPrefix(pair.Key.Text, "x-"):
			problems.Add(pair.Key.Position, path.String(), fmt.Sprintf("unknown key %q", pair.Key.Text), s.advice(pair.Key.Text))
		}
	}
	for _, field := range s.fields {
		if field.Required && !has(n, field.Name) {
			problems.Add(n.Position, path.String(), fmt.Sprintf("the key %q is missing", field.Name), "add it: "+field.Doc)
		}
	}
}

func has(n *Node, key string) bool {
	return slices.ContainsFunc(n.Pairs, func(p Pair) bool { return p.Key.Text == key })
}

func (s *Shape) field(name string) *Field {
	for i := range s.fields {
		if s.fields[i].Name == name {
			return &s.fields[i]
		}
	}
	return nil
}

func (s *Shape) advice(key string) string {
	names := make([]string, len(s.fields))
	for i, field := range s.fields {
		names[i] = field.Name
	}
	return Nearest(key, names, "known keys: "+strings.Join(names, ", "))
}
