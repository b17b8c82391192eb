package document

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v4"
)

// ParseYAML turns the YAML text of one document into nodes. All problems are Problems.
func ParseYAML(shown string, data []byte) (*Node, error) {
	data, err := scan(shown, data)
	if err != nil {
		return nil, err
	}
	if at, found := directive(shown, data); found {
		return nil, Problems{{at, "", "a line starts with %", "remove the directive, or indent or quote the text"}}
	}
	loader, err := yaml.NewLoader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("prepare YAML reader: %w", err)
	}
	var root yaml.Node
	if err := loader.Load(&root); errors.Is(err, io.EOF) {
		return nil, Problems{{Position{shown, 1, 1}, "", "the file is empty", "write the keys that the format asks for"}}
	} else if err != nil {
		return nil, syntaxProblem(shown, data, err)
	}
	var second yaml.Node
	if err := loader.Load(&second); err == nil {
		at := Position{shown, max(second.Line, 1), max(second.Column, 1)}
		return nil, Problems{{at, "", "a second document starts here", "keep one document in a file"}}
	} else if !errors.Is(err, io.EOF) {
		return nil, syntaxProblem(shown, data, err)
	}
	c := converter{shown: shown, open: map[*yaml.Node]bool{}}
	node := c.convert(root.Content[0], nil, 1)
	return node, c.problems.Err()
}

func directive(shown string, data []byte) (Position, bool) {
	for i, line := range bytes.Split(data, []byte("\n")) {
		if bytes.HasPrefix(line, []byte("%")) {
			return Position{shown, i + 1, 1}, true
		}
	}
	return Position{}, false
}

// syntaxProblem words a parser's complaint for people. An open quote or bracket is named where it opened, as that is the place to mend.
func syntaxProblem(shown string, data []byte, err error) error {
	var bad *yaml.LoadError
	if !errors.As(err, &bad) {
		return Problems{{Position{shown, 1, 1}, "", "this is not valid YAML", "compare it with `pmpath rubric sheet` or a shipped rubric"}}
	}
	at := Position{shown, max(bad.Mark.Line, 1), max(bad.Mark.Column, 1)}
	if strings.Contains(bad.ContextMsg, "flow node") || strings.Contains(bad.Message, "mapping values") {
		bad = cmp.Or(openBracket(data, at.Line), bad)
	}
	opened := Position{shown, bad.ContextMark.Line, bad.ContextMark.Column}
	until := fmt.Sprintf("it is still open at line %d", at.Line)
	switch {
	case strings.Contains(bad.ContextMsg, "quoted scalar") && opened.Line > 0 && strings.Contains(bad.Message, "unexpected"):
		return Problems{{opened, "", "a quote opens here and is never closed", "close it; " + until}}
	case strings.Contains(bad.ContextMsg, "flow sequence") && opened.Line > 0:
		return Problems{{opened, "", "the list that opens here is not closed in order", "separate its values with commas and end it with ]; " + until}}
	case strings.Contains(bad.ContextMsg, "flow mapping") && opened.Line > 0:
		return Problems{{opened, "", "the map that opens here is not closed in order", "separate its pairs with commas and end it with }; " + until}}
	}
	what, do := wording(bad.ContextMsg+": "+bad.Message, lineOf(data, at.Line))
	return Problems{{at, "", what, do}}
}

// openBracket gives the complaint about a bracket that is open when a line begins, or nil. Some complaints about a later line do not name
// it; with any value in that line's place the parser does.
func openBracket(data []byte, line int) *yaml.LoadError {
	lines := bytes.SplitAfter(data, []byte("\n"))
	before := bytes.Join(lines[:min(line-1, len(lines))], nil)
	loader, err := yaml.NewLoader(io.MultiReader(bytes.NewReader(before), strings.NewReader("\nx")))
	if err != nil {
		return nil
	}
	var bad *yaml.LoadError
	if errors.As(loader.Load(new(yaml.Node)), &bad) && (strings.Contains(bad.ContextMsg, "flow sequence") || strings.Contains(bad.ContextMsg, "flow mapping")) {
		return bad
	}
	return nil
}

func lineOf(data []byte, line int) string {
	lines := bytes.Split(data, []byte("\n"))
	if line > len(lines) {
		return ""
	}
	return string(lines[line-1])
}

func wording(message, line string) (what, do string) {
	switch {
	case strings.Contains(message, "mapping values are not allowed"):
		return "a second colon makes this line two keys", "put the text in quotes"
	case strings.Contains(message, "tab"), strings.HasPrefix(line, "\t"):
		return "a tab stands where spaces are needed", "indent with spaces"
	case strings.Contains(message, "tag"):
		return "tags are not allowed", "remove it; quotes make a text"
	case strings.Contains(message, "max depth"):
		return fmt.Sprintf("values are nested more than %d deep", MaxDepth), "flatten this part"
	case strings.Contains(message, "alphabetic or numeric"):
		return "an anchor or alias needs a name", "put the text in quotes if it is text"
	case strings.Contains(message, "cannot start any token"), strings.Contains(message, "node content"):
		return "a value cannot start with this character", "put the text in quotes"
	case strings.Contains(message, "unknown anchor"):
		return "this alias names nothing that stands before it", "write the value itself"
	case strings.Contains(message, "escape"):
		return "this backslash starts no known escape", `write \\ for a backslash, or use single quotes`
	case strings.Contains(message, "hexadecimal"):
		return "the backslash before this needs hexadecimal digits here", `write \\ for a backslash, or use single quotes`
	case strings.Contains(message, "expected key"):
		return "this line does not continue what stands above it", "check its indentation and quotes"
	case strings.Contains(message, "expected '-'"):
		return "a list ends here without its indentation changing", "start the line with - or change its indentation"
	case strings.Contains(message, "block sequence entries"):
		return "a list cannot start here", "put it on a line of its own, or in quotes if it is text"
	}
	return "this is not valid YAML", "check the indentation, quotes and brackets of this line"
}

// converter walks the library's nodes once. It counts before it descends, so that no file can cost more than the limits allow.
type converter struct {
	shown    string
	problems Problems
	open     map[*yaml.Node]bool // aliases being followed, to find cycles
	aliased  int                 // values behind all aliases so far
}

// convert returns the node, of no kind after a problem. Inside an alias every value stands at the alias's own place: that is the line to mend.
func (c *converter) convert(y *yaml.Node, alias *aliasUse, depth int) *Node {
	at := Position{c.shown, y.Line, y.Column}
	if alias != nil {
		at = alias.at
	}
	if y.Kind == yaml.AliasNode {
		return c.follow(y, alias, at, depth)
	}
	if alias != nil {
		alias.nodes++
		c.aliased++
		if alias.nodes == MaxAliasNodes+1 || c.aliased == MaxAliases+1 {
			c.problems.Add(at, "", "this alias stands for too many values", "write the values out")
		}
		if alias.nodes > MaxAliasNodes || c.aliased > MaxAliases {
			return &Node{Position: at}
		}
	}
	if tagged(y) {
		c.problems.Add(at, "", fmt.Sprintf("the tag %q is not allowed", y.Tag), "remove it; quotes make a text")
	}
	switch {
	case y.Kind == yaml.ScalarNode:
		return c.convertScalar(y, at)
	case depth > MaxDepth:
		return c.refuse(at, fmt.Sprintf("values are nested more than %d deep", MaxDepth), "flatten this part")
	case y.Kind == yaml.MappingNode:
		return c.convertMap(y, alias, at, depth)
	}
	return c.convertList(y, alias, at, depth)
}

// refuse notes a problem and gives a node of no kind, of which nobody complains again.
func (c *converter) refuse(at Position, what, do string) *Node {
	c.problems.Add(at, "", what, do)
	return &Node{Position: at}
}

// tagged reports an explicit tag. The lone "!" leaves no trace in the style.
func tagged(y *yaml.Node) bool { return y.Style&yaml.TaggedStyle != 0 || y.Tag == "!" }

type aliasUse struct {
	at    Position
	nodes int
}

func (c *converter) follow(y *yaml.Node, alias *aliasUse, at Position, depth int) *Node {
	if c.open[y.Alias] {
		return c.refuse(at, "this alias stands inside itself", "write the value itself")
	}
	if alias == nil {
		alias = &aliasUse{at: at}
	}
	c.open[y.Alias] = true
	defer delete(c.open, y.Alias)
	return c.convert(y.Alias, alias, depth)
}

func (c *converter) convertScalar(y *yaml.Node, at Position) *Node {
	if len(y.Value) > MaxScalar {
		return c.refuse(at, "this value is longer than 64 KiB", "shorten it")
	}
	quoted := y.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0
	block := y.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0
	text := y.Value
	switch {
	case block: // the line breaks at its end are layout, not text
		text = strings.TrimRight(text, "\n")
	case !quoted && (text == "" || text == "~" || text == "null"):
		return &Node{Position: at, Kind: Null}
	}
	return &Node{Position: at, Kind: Scalar, Text: text, Quoted: quoted || block}
}

func (c *converter) convertList(y *yaml.Node, alias *aliasUse, at Position, depth int) *Node {
	if len(y.Content) > MaxEntries {
		return c.refuse(at, fmt.Sprintf("this list has more than %d entries", MaxEntries), "split it")
	}
	c.enter(y)
	defer c.leave(y)
	list := &Node{Position: at, Kind: List}
	for _, content := range y.Content {
		list.Items = append(list.Items, c.convert(content, alias, depth+1))
	}
	return list
}

func (c *converter) convertMap(y *yaml.Node, alias *aliasUse, at Position, depth int) *Node {
	if len(y.Content)/2 > MaxKeys {
		return c.refuse(at, fmt.Sprintf("this map has more than %d keys", MaxKeys), "split it")
	}
	c.enter(y)
	defer c.leave(y)
	node := &Node{Position: at, Kind: Map}
	seen := map[string]*Node{}
	for i := 0; i+1 < len(y.Content); i += 2 {
		key := c.key(y.Content[i], at, alias)
		value := c.convert(y.Content[i+1], alias, depth+1)
		if key != nil && unique(&c.problems, seen, key) {
			node.Pairs = append(node.Pairs, Pair{key, value})
		}
	}
	return node
}

// enter marks a collection as being walked, so that an alias to it from inside is seen as a cycle.
func (c *converter) enter(y *yaml.Node) {
	if y.Anchor != "" {
		c.open[y] = true
	}
}

func (c *converter) leave(y *yaml.Node) {
	if y.Anchor != "" {
		delete(c.open, y)
	}
}

// key returns nil after a problem.
func (c *converter) key(y *yaml.Node, at Position, alias *aliasUse) *Node {
	if alias == nil {
		at = Position{c.shown, y.Line, y.Column}
	}
	switch {
	case y.Kind != yaml.ScalarNode:
		c.problems.Add(at, "", "a key must be a single value", "write a plain name before the colon")
	case tagged(y) && y.Tag != "!!merge":
		c.problems.Add(at, "", fmt.Sprintf("the tag %q is not allowed", y.Tag), "remove it")
	case y.Value == "<<" && y.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) == 0:
		c.problems.Add(at, "", "merge keys (<<) are not allowed", "write the keys out")
	default:
		key := c.convertScalar(y, at)
		if key.Kind == Scalar {
			return key
		}
		if key.Kind == Null {
			c.problems.Add(at, "", "a key is empty", "write a name before the colon")
		}
	}
	return nil
}

// unique notes a key that stands twice in a map, naming both places. Keys are compared as text: 1 and "1" are one key.
func unique(problems *Problems, seen map[string]*Node, key *Node) bool {
	if first, found := seen[key.Text]; found {
		problems.Add(key.Position, "", fmt.Sprintf("the key %q stands twice in this map", key.Text),
			fmt.Sprintf("keep one; the first is at line %d, column %d", first.Line, first.Column))
		return false
	}
	seen[key.Text] = key
	return true
}
