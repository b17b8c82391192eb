package response

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/pmpath/pmpath/internal/rubric"
)

// YAML writes the sheet in rubric order. What Read makes of it is the same sheet, and writing that gives the same bytes again.
// Unanswered items and open gates are left out.
func (s *Sheet) YAML() ([]byte, error) {
	var out bytes.Buffer
	dumper, err := yaml.NewDumper(&out, yaml.WithIndent(2), yaml.WithLineWidth(-1), yaml.WithUnicode(true))
	if err != nil {
		return nil, fmt.Errorf("prepare YAML writer: %w", err)
	}
	if err := dumper.Dump(s.node()); err != nil {
		return nil, fmt.Errorf("write sheet: %w", err)
	}
	if err := dumper.Close(); err != nil {
		return nil, fmt.Errorf("write sheet: %w", err)
	}
	return out.Bytes(), nil
}

// node is the sheet as a tree in the order of the format.
func (s *Sheet) node() *yaml.Node {
	return mapping(
		entry{"pmpath", plain(strconv.Itoa(Format))},
		entry{"rubric", plain(s.Rubric.Ref())},
		entry{"digest", text(s.Rubric.Digest)},
		entry{"respondent", text(s.Respondent)},
		entry{"rater", plain(string(s.Rater))},
		entry{"stage", plain(stageID(s.Stage))},
		entry{"target", plain(stageID(s.Target))},
		entry{"date", plain(s.Date.String())},
		entry{"answers", s.answers()},
		entry{"gates", s.gates()},
		entry{"notes", s.notes()},
		entry{"evidence", s.evidence()},
		entry{"not_asked", s.notAsked()},
	)
}

func stageID(stage *rubric.Stage) string {
	if stage == nil {
		return ""
	}
	return stage.ID
}

func (s *Sheet) answers() *yaml.Node {
	answers := mapping()
	for i, item := range s.Rubric.Items {
		if level, ok := s.Answers[i].Level(); ok {
			add(answers, item.ID, plain(strconv.Itoa(level)))
		} else if s.Answers[i].IsNotApplicable() {
			add(answers, item.ID, plain(notApplicableWord))
		}
	}
	return answers
}

func (s *Sheet) gates() *yaml.Node {
	gates := mapping()
	for i, gate := range s.Rubric.Gates {
		if answer := s.Gates[i]; answer.State != GateOpen {
			node := mapping(entry{"met", plain(strconv.FormatBool(answer.State == GateYes))})
			node.Content = append(node.Content, evidenceNode(answer.Evidence).Content...)
			add(gates, gate.ID, node)
		}
	}
	return orNothing(gates)
}

func (s *Sheet) notes() *yaml.Node {
	notes := mapping()
	for i, item := range s.Rubric.Items {
		add(notes, item.ID, text(s.Notes[i]))
	}
	return orNothing(notes)
}

func (s *Sheet) evidence() *yaml.Node {
	evidence := mapping()
	for i, item := range s.Rubric.Items {
		add(evidence, item.ID, orNothing(evidenceNode(s.Evidence[i])))
	}
	return orNothing(evidence)
}

func (s *Sheet) notAsked() *yaml.Node {
	list := &yaml.Node{Kind: yaml.SequenceNode}
	for i, item := range s.Rubric.Items {
		if s.NotAsked[i] {
			list.Content = append(list.Content, plain(item.ID))
		}
	}
	return orNothing(list)
}

func evidenceNode(e Evidence) *yaml.Node {
	return mapping(
		entry{"kind", plain(string(e.Kind))},
		entry{"when", plain(e.When.String())},
		entry{"what", text(e.What)},
		entry{"link", text(e.Link)},
		entry{"confirmed_by", text(e.ConfirmedBy)},
	)
}

// entry is a key with its value; without a value the key is left out.
type entry struct {
	key   string
	value *yaml.Node
}

func mapping(entries ...entry) *yaml.Node {
	node := &yaml.Node{Kind: yaml.MappingNode}
	for _, e := range entries {
		add(node, e.key, e.value)
	}
	return node
}

func add(node *yaml.Node, key string, value *yaml.Node) {
	if value != nil {
		node.Content = append(node.Content, plain(key), value)
	}
}

func orNothing(node *yaml.Node) *yaml.Node {
	if len(node.Content) == 0 {
		return nil
	}
	return node
}

// plain is a value that the format keeps free of anything that would need quotes.
func plain(value string) *yaml.Node {
	if value == "" {
		return nil
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Value: value}
}

// text is free text: always in quotes, so that no word of a person is ever read as something else. White space alone says nothing and is
// left out, because Read takes no such text.
func text(value string) *yaml.Node {
	if strings.TrimSpace(value) == "" {
		return nil
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Style: yaml.DoubleQuotedStyle, Value: value}
}
