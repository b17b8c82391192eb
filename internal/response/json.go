package response

import (
	"bytes"
	"encoding/json"
	"fmt"

	"go.yaml.in/yaml/v4"
)

// JSON writes the sheet as YAML does, in one line of JSON. What Read makes of it is the same sheet, and writing that gives the same bytes.
func (s *Sheet) JSON() ([]byte, error) {
	var out bytes.Buffer
	if err := writeNode(&out, s.node()); err != nil {
		return nil, fmt.Errorf("write sheet: %w", err)
	}
	return out.Bytes(), nil
}

// writeNode writes a mapping, a list, or a value: free text and words in quotes, numbers and truths as they are.
func writeNode(out *bytes.Buffer, node *yaml.Node) error {
	switch node.Kind {
	case yaml.MappingNode:
		return writeMapping(out, node)
	case yaml.SequenceNode:
		return writeList(out, node)
	default:
		return writeValue(out, node)
	}
}

func writeList(out *bytes.Buffer, node *yaml.Node) error {
	out.WriteByte('[')
	for i, value := range node.Content {
		if i > 0 {
			out.WriteByte(',')
		}
		if err := writeNode(out, value); err != nil {
			return err
		}
	}
	out.WriteByte(']')
	return nil
}

func writeMapping(out *bytes.Buffer, node *yaml.Node) error {
	out.WriteByte('{')
	for i := 0; i < len(node.Content); i += 2 {
		if i > 0 {
			out.WriteByte(',')
		}
		if err := writeText(out, node.Content[i].Value); err != nil {
			return err
		}
		out.WriteByte(':')
		if err := writeNode(out, node.Content[i+1]); err != nil {
			return err
		}
	}
	out.WriteByte('}')
	return nil
}

func writeValue(out *bytes.Buffer, node *yaml.Node) error {
	if bare := json.RawMessage(node.Value); node.Style == 0 && json.Valid(bare) {
		out.Write(bare)
		return nil
	}
	return writeText(out, node.Value)
}

func writeText(out *bytes.Buffer, text string) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		return err
	}
	out.Truncate(out.Len() - 1) // the line end
	return nil
}
