package terminal

// The words of --color. Auto leaves the choice to the environment and the stream.
const (
	ColorAuto   = "auto"
	ColorAlways = "always"
	ColorNever  = "never"
)

// Color tells whether escape codes for colour may be written to this stream. when is the word of --color. The first that says
// something wins: the flag, NO_COLOR, CLICOLOR_FORCE or FORCE_COLOR, CLICOLOR=0, a TERM that can do nothing, and last whether this is a terminal.
// Accessible mode allows no escape at all: its callers pass ColorNever.
func (o *Output) Color(when string) bool {
	force := func(name string) bool {
		set := value(o.lookup, name)
		return set != "" && set != "0"
	}
	switch {
	case when == ColorAlways:
		return true
	case when == ColorNever, value(o.lookup, "NO_COLOR") != "":
		return false
	case force("CLICOLOR_FORCE"), force("FORCE_COLOR"):
		return true
	case value(o.lookup, "CLICOLOR") == "0", plainTerm(o.lookup):
		return false
	}
	return o.terminal
}

// plainTerm tells whether the terminal is said to know no escape codes.
func plainTerm(lookup func(string) (string, bool)) bool {
	name := value(lookup, "TERM")
	return name == "" || name == "dumb"
}
