package document

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Position is a place in a file: Line and Column count from 1, Column in characters. A zero Line means the file as a whole.
type Position struct {
	File         string
	Line, Column int
}

func (p Position) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Problem is one thing that is wrong in a file, with what to do about it. Path names the field, such as "rule.ready_at.at"; it is
// empty where the problem is not about a field.
type Problem struct {
	Position
	Path string
	What string
	Do   string
}

func (p Problem) Error() string {
	text := p.Position.String() + ": "
	if p.Path != "" {
		text += p.Path + ": "
	}
	text += p.What
	if p.Do != "" {
		text += " – " + p.Do
	}
	return text
}

// Problems are all the problems of one reading. They are an error; ask [Problems.Err] so that none is nil.
type Problems []Problem

// Add notes a problem at a place. What a file says is shown up to a length that a person can read.
func (ps *Problems) Add(at Position, path, what, do string) {
	*ps = append(*ps, Problem{at, shorten(path), shorten(what), shorten(do)})
}

const longest = 300 // characters of a part of a message

func shorten(text string) string {
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest-60]) + " … " + string(runes[len(runes)-57:])
	}
	return text
}

// Err returns the problems by place, then by text, without repetitions, or nil when there are none.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	sorted := slices.Clone(ps)
	slices.SortFunc(sorted, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Path, b.Path), cmp.Compare(a.What, b.What), cmp.Compare(a.Do, b.Do))
	})
	return slices.Compact(sorted)
}

// Error lists every problem, a line each. Whoever shows them to people cuts the list.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}
