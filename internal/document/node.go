package document

// Kind says what a Node is. The zero value is no kind: of a value that a parser has refused.
type Kind int

// The kinds of a Node.
const (
	Scalar Kind = iota + 1
	Map
	List
	Null
)

func (k Kind) String() string {
	switch k {
	case Scalar:
		return "a single value"
	case Map:
		return "a map"
	case List:
		return "a list"
	case Null:
		return "empty"
	}
	return "nothing"
}

// Node is a value in a file with its place. Maps keep the order of their keys, which are unique.
type Node struct {
	Position
	Kind   Kind
	Text   string // of a Scalar: its characters, escapes resolved, nothing else interpreted
	Quoted bool   // of a Scalar: written in quotes or as a block, so never a number
	Pairs  []Pair // of a Map
	Items  []*Node
}

// Pair is a key of a map with its value. The key is a Scalar.
type Pair struct {
	Key, Value *Node
}

// Get returns the value of a key, or nil where the node is no map or lacks the key. Null values count as absent.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	for _, pair := range n.Pairs {
		if pair.Key.Text == key && pair.Value.Kind != Null {
			return pair.Value
		}
	}
	return nil
}

// At returns the position of a key's value, or of the node itself where the key is missing.
func (n *Node) At(key string) Position {
	if value := n.Get(key); value != nil {
		return value.Position
	}
	if n == nil {
		return Position{}
	}
	return n.Position
}
