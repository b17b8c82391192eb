package settings

import (
	"fmt"
	"strconv"

	"github.com/spf13/pflag"

	"github.com/pmpath/pmpath/internal/document"
)

// collector reads the layers from the lowest to the highest and gathers what is wrong with them.
type collector struct {
	src      Source
	keys     []Key
	layers   []layer
	problems document.Problems
	warnings []string
	data     string // Settings.DataFolder
	state    string // Settings.StateFolder
}

// readFlags returns the flags that were given. Their type is pflag's business, the words they may hold are ours.
func readFlags(keys []Key, flags *pflag.FlagSet) (layer, error) {
	given := layer{}
	if flags == nil {
		return given, nil
	}
	for _, key := range keys {
		flag := flags.Lookup(key.Flag)
		if flag == nil || !flag.Changed {
			continue
		}
		value := flag.Value.String()
		if what, do := key.fault(value); what != "" {
			return nil, &FlagError{key.Flag, what, do}
		}
		given[key.Name] = entry{value, "flag --" + key.Flag}
	}
	return given, nil
}

// readVariables reads the environment. A variable that is empty counts as unset.
func (c *collector) readVariables() {
	set := layer{}
	for _, key := range c.keys {
		value := c.variable(key.Variable)
		if value == "" {
			continue
		}
		if key.Bool {
			yes, known := truth(value)
			if !known {
				c.wrongVariable(key.Variable, fmt.Sprintf("%q is neither yes nor no", value), "use 1, true, yes, on, 0, false, no or off")
				continue
			}
			value = strconv.FormatBool(yes)
		} else if what, do := key.fault(value); what != "" {
			c.wrongVariable(key.Variable, what, do)
			continue
		}
		set[key.Name] = entry{value, key.Variable}
	}
	c.readForeignAccessible(set)
	c.layers = append(c.layers, set)
}

// readForeignAccessible heeds ACCESSIBLE, which other programs read as well: it can only turn the mode on, and no value of it is an error.
func (c *collector) readForeignAccessible(set layer) {
	value := c.variable("ACCESSIBLE")
	if yes, known := truth(value); value == "" || known && !yes {
		return
	}
	if _, ours := set[keyAccessible]; !ours {
		set[keyAccessible] = entry{"true", "ACCESSIBLE"}
	}
}

func (c *collector) variable(name string) string {
	value, _ := c.src.Lookup(name)
	return value
}

func (c *collector) wrongVariable(name, what, do string) {
	c.problems.Add(document.Position{File: name}, "", what, do)
}
