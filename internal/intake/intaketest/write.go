package intaketest

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
)

// WriteWide writes people as a table with a row for each: name, team, stage, date, all items, all gates.
func (c *Cohort) WriteWide(w io.Writer, people int) error {
	out := bufio.NewWriterSize(w, 256<<10)
	fmt.Fprint(out, "name,team,stage,date")
	for _, item := range c.Rubric.Items {
		fmt.Fprint(out, ",", item.ID)
	}
	for _, gate := range c.Rubric.Gates {
		fmt.Fprint(out, ",", gate.ID)
	}
	fmt.Fprintln(out)
	var line []byte
	for range people {
		line = c.Next().appendWide(line[:0])
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	return out.Flush()
}

func (p *Person) appendWide(line []byte) []byte {
	line = append(line, p.Name...)
	for _, text := range []string{p.Team, p.Stage, p.Date} {
		line = append(append(line, ','), text...)
	}
	for _, level := range p.Levels {
		line = appendLevel(append(line, ','), level)
	}
	for _, gate := range p.Gates {
		line = append(append(line, ','), gate...)
	}
	return append(line, '\n')
}

func appendLevel(line []byte, level int) []byte {
	switch level {
	case Open:
		return line
	case NotApplicable:
		return append(line, "n/a"...)
	}
	return strconv.AppendInt(line, int64(level), 10)
}

// WriteLong writes the same people as a table with a row for each answer. What is open has no row.
func (c *Cohort) WriteLong(w io.Writer, people int) error {
	out := bufio.NewWriterSize(w, 256<<10)
	fmt.Fprintln(out, "name,team,stage,date,question,answer")
	var line []byte
	for range people {
		line = c.appendLong(line[:0], c.Next())
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	return out.Flush()
}

func (c *Cohort) appendLong(lines []byte, p *Person) []byte {
	head := p.Name + "," + p.Team + "," + p.Stage + "," + p.Date + ","
	for i, item := range c.Rubric.Items {
		if p.Levels[i] != Open {
			lines = append(append(lines, head...), item.ID...)
			lines = append(appendLevel(append(lines, ','), p.Levels[i]), '\n')
		}
	}
	for i, gate := range c.Rubric.Gates {
		if p.Gates[i] != "" {
			lines = append(append(lines, head...), gate.ID...)
			lines = append(append(append(lines, ','), p.Gates[i]...), '\n')
		}
	}
	return lines
}

// WriteJSONLines writes the same people as sheets in JSON, one on each line.
func (c *Cohort) WriteJSONLines(w io.Writer, people int) error {
	out := bufio.NewWriterSize(w, 256<<10)
	var line []byte
	for range people {
		line = c.appendJSON(line[:0], c.Next())
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	return out.Flush()
}

func (c *Cohort) appendJSON(line []byte, p *Person) []byte {
	line = fmt.Appendf(line, `{"pmpath":1,"rubric":%q,"respondent":%q,"x-team":%q,"stage":%q,"date":%q,"answers":{`, c.Rubric.Ref(), p.Name, p.Team, p.Stage, p.Date)
	comma := ""
	for i, item := range c.Rubric.Items {
		if level := p.Levels[i]; level != Open {
			line = append(append(append(append(line, comma...), '"'), item.ID...), `":`...)
			if level == NotApplicable {
				line = append(line, `"na"`...)
			} else {
				line = appendLevel(line, level)
			}
			comma = ","
		}
	}
	line, comma = append(line, `},"gates":{`...), ""
	for i, gate := range c.Rubric.Gates {
		if p.Gates[i] != "" {
			line = fmt.Appendf(line, `%s"%s":%t`, comma, gate.ID, p.Gates[i] == "yes")
			comma = ","
		}
	}
	return append(line, "}}\n"...)
}
