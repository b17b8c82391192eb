package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// ParseJSON turns the JSON text of one value into nodes. All problems are Problems.
func ParseJSON(shown string, data []byte) (*Node, error) {
	data, err := scan(shown, data)
	if err != nil {
		return nil, err
	}
	p := jsonParser{shown: shown, data: data, dec: json.NewDecoder(bytes.NewReader(data)), cursor: cursor{line: 1}}
	p.dec.UseNumber()
	node, err := p.value(1)
	if err != nil {
		return nil, p.syntaxProblem(err)
	}
	end := int(p.dec.InputOffset())
	if rest := bytes.TrimLeft(data[end:], " \t\r\n"); len(rest) > 0 {
		p.problems.Add(p.place(len(data)-len(rest)), "", "something stands after the end of the value", "remove it")
	}
	return node, p.problems.Err()
}

// jsonParser walks tokens, because decoding into values would let the last of two equal keys win and hide places.
type jsonParser struct {
	shown    string
	data     []byte
	dec      *json.Decoder
	cursor   cursor
	opened   []Position // of the brackets that are open
	problems Problems
}

// next returns the offset at which the next token starts.
func (p *jsonParser) next() int {
	at := int(p.dec.InputOffset())
	for at < len(p.data) && strings.ContainsRune(" \t\r\n,:", rune(p.data[at])) {
		at++
	}
	return at
}

func (p *jsonParser) value(depth int) (*Node, error) {
	start := p.next()
	token, err := p.dec.Token()
	if err != nil {
		return nil, err
	}
	node := &Node{Position: p.place(start), Kind: Scalar}
	switch token := token.(type) {
	case json.Delim:
		if depth > MaxDepth {
			return nil, Problems{{node.Position, "", fmt.Sprintf("values are nested more than %d deep", MaxDepth), "flatten this part"}}
		}
		p.opened = append(p.opened, node.Position)
		if err := p.collection(node, token, depth); err != nil {
			return nil, err // what is open stays noted, to be named
		}
		p.opened = p.opened[:len(p.opened)-1]
	case string:
		node.Text, node.Quoted = token, true
		p.checkString(node, p.data[start:p.dec.InputOffset()])
	case json.Number:
		node.Text = token.String()
		p.checkLength(node)
	case bool:
		node.Text = fmt.Sprint(token)
	case nil:
		node.Kind = Null
	}
	return node, nil
}

func (p *jsonParser) collection(node *Node, open json.Delim, depth int) error {
	if open == '[' {
		node.Kind = List
		for p.dec.More() {
			item, err := p.value(depth + 1)
			if err != nil {
				return err
			}
			node.Items = append(node.Items, item)
		}
		if len(node.Items) > MaxEntries {
			p.problems.Add(node.Position, "", fmt.Sprintf("this list has more than %d entries", MaxEntries), "split it")
		}
		return p.close()
	}
	node.Kind = Map
	seen := map[string]*Node{}
	for p.dec.More() {
		key, err := p.value(depth + 1)
		if err != nil {
			return err
		}
		value, err := p.value(depth + 1)
		if err != nil {
			return err
		}
		if unique(&p.problems, seen, key) {
			node.Pairs = append(node.Pairs, Pair{key, value})
		}
	}
	if len(seen) > MaxKeys {
		p.problems.Add(node.Position, "", fmt.Sprintf("this map has more than %d keys", MaxKeys), "split it")
	}
	return p.close()
}

func (p *jsonParser) close() error {
	_, err := p.dec.Token()
	return err
}

// checkString finds the half surrogate pairs that the decoder silently replaces.
func (p *jsonParser) checkString(node *Node, raw []byte) {
	if strings.ContainsRune(node.Text, utf8.RuneError) && halfPair(raw) {
		p.problems.Add(node.Position, "", "this text has half of a surrogate pair", "write the character itself")
	}
	p.checkLength(node)
}

func (p *jsonParser) checkLength(node *Node) {
	if len(node.Text) > MaxScalar {
		p.problems.Add(node.Position, "", "this value is longer than 64 KiB", "shorten it")
	}
}

// halfPair reports whether a string of valid JSON has an escaped surrogate without its other half.
func halfPair(raw []byte) bool {
	var open bool // the escape before was a first half
	for i := 0; i < len(raw); i++ {
		unit := rune(-1)
		if raw[i] == '\\' {
			if i++; raw[i] == 'u' {
				code, _ := strconv.ParseUint(string(raw[i+1:i+5]), 16, 32)
				unit, i = rune(code), i+4
			}
		}
		second := unit >= 0xDC00 && unit <= 0xDFFF
		if second != open {
			return true
		}
		open = unit >= 0xD800 && unit <= 0xDBFF
	}
	return open
}

// syntaxProblem finds the place anew, because the places that a token reader names are those of the token before.
func (p *jsonParser) syntaxProblem(err error) error {
	var problems Problems
	if errors.As(err, &problems) {
		return problems
	}
	var whole json.RawMessage
	var syntax *json.SyntaxError
	if errors.As(json.Unmarshal(p.data, &whole), &syntax) && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		at := p.place(max(int(syntax.Offset)-1, 0))
		return Problems{{at, "", "this is not valid JSON", "check the commas, quotes and brackets before this place"}}
	}
	switch {
	case len(p.opened) > 0:
		return Problems{{p.opened[len(p.opened)-1], "", "the bracket that opens here is never closed", "close it; the file ends before"}}
	case len(bytes.TrimSpace(p.data)) == 0:
		return Problems{{Position{p.shown, 1, 1}, "", "the file is empty", "write the keys that the format asks for"}}
	}
	return Problems{{p.place(p.next()), "", "the value that starts here is cut", "write it to its end"}}
}

// cursor remembers the place of the last token, so that places of a whole file cost one pass over it.
type cursor struct {
	offset, line, start int // start is the offset of the line's first byte
}

func (p *jsonParser) place(offset int) Position {
	offset = min(offset, len(p.data))
	for i := p.cursor.offset; i < offset; i++ {
		if p.data[i] == '\n' {
			p.cursor.line, p.cursor.start = p.cursor.line+1, i+1
		}
	}
	p.cursor.offset = max(p.cursor.offset, offset)
	return Position{p.shown, p.cursor.line, utf8.RuneCount(p.data[p.cursor.start:offset]) + 1}
}
