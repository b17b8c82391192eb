package document

import "github.com/pmpath/pmpath/internal/fraction"

// The accessors read a field of a map whose shape has been checked. A field that is missing, or of which Check has complained, reads
// as the zero value: reading goes on, so that one pass finds every problem.

// TextOf returns the text of a field as written.
func (n *Node) TextOf(key string) string {
	if value := n.Get(key); value != nil {
		return value.Value()
	}
	return ""
}

// Value returns the node's own text as written. White space around it is there only where the author put it in quotes.
func (n *Node) Value() string { return n.Text }

// Int returns the whole number of a field, and whether there is one.
func (n *Node) Int(key string) (int, bool) {
	value := n.Get(key)
	if value == nil || value.Kind != Scalar {
		return 0, false
	}
	return integer(value)
}

// Number returns the exact number of a field, and whether there is one.
func (n *Node) Number(key string) (fraction.Fraction, bool) {
	value := n.Get(key)
	if value == nil || value.Kind != Scalar {
		return fraction.Fraction{}, false
	}
	return number(value)
}

// Bool returns the truth of a field; a missing one is false.
func (n *Node) Bool(key string) bool { return n.TextOf(key) == "true" }

// Texts returns the texts of a field that is a list.
func (n *Node) Texts(key string) []string {
	list := n.Get(key)
	if list == nil {
		return nil
	}
	var texts []string
	for _, item := range list.Items {
		if item.Kind == Scalar {
			texts = append(texts, item.Value())
		}
	}
	return texts
}

// Entries returns the entries of a field that is a list.
func (n *Node) Entries(key string) []*Node {
	if list := n.Get(key); list != nil {
		return list.Items
	}
	return nil
}

// Members returns the pairs of a field that is a map.
func (n *Node) Members(key string) []Pair {
	if value := n.Get(key); value != nil {
		return value.Pairs
	}
	return nil
}

// AsInt returns the node's own whole number, and whether it is one.
func (n *Node) AsInt() (int, bool) { return integer(n) }
