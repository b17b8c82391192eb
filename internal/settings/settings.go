// Package settings finds out what the person and the project have set: from flags, variables of the environment, the project file
// .pmpath.yaml, the person's config.yaml, and defaults, in this order. It is the only package that knows viper, and settings are all that
// goes through viper: it folds the case of keys and guesses types, which rubrics and answers must not meet.
//
// Most callers want [Load] once a run, and then the typed fields of [Settings]; `config show --origin` wants [Settings.Origins], and the
// help topic `environment` wants [Keys].
//
// The package may not write files, ask, print, or read the environment other than through [Source.Lookup]. It knows no meaning: whether a
// rubric exists, or whether a command can write a format, is for others to say. Every file is read and parsed once, by
// internal/document, which knows places; viper is given the checked values and has the last word on which layer wins.
//
// Terms: a layer is one place that may set something; an origin is where the value that won was set.
package settings

import (
	"time"

	"github.com/spf13/pflag"
	"github.com/spf13/viper"
)

// Source is all that Load looks at.
type Source struct {
	Flags    *pflag.FlagSet              // of the command, parsed; a flag that the command lacks is not looked for; nil for none
	Lookup   func(string) (string, bool) // the environment
	WorkDir  string                      // absolute; the project file is looked for from here on upwards; empty for no project file
	LineMode bool                        // the default of accessible: the terminal can do no more than lines
}

// Settings are the values that won.
type Settings struct {
	Rubric      string // name of a shipped rubric or path, see [IsPath]
	Format      string // one of the words of its Key; each command has some of them
	Color       string // auto, always or never
	NoInput     bool
	Accessible  bool
	LockTimeout time.Duration // how long to wait for a draft that another process holds
	StateFolder string        // absolute, of what a program puts down for a moment; empty where no variable names one
	DataFolder  string        // absolute, of the history; empty where no variable names one
	Warnings    []string      // sentences for people, each once a run, on stderr

	origins []Origin
}

// Origin says where a setting was set.
type Origin struct {
	Key   string
	Value string
	From  string // "flag --format", "PMPATH_FORMAT", ".pmpath.yaml:3:1", "TERM" or "default"
}

// Origins returns every setting in the order of [Keys].
func (s *Settings) Origins() []Origin { return s.origins }

// Load reads all layers. What is wrong in files and variables is collected in one *[InvalidError], also where a higher layer overrides it; a
// flag with a value that does not exist is a *[FlagError]. A file that cannot be read is an *fs.PathError, among them
// fs.ErrNotExist for one that --config or PMPATH_CONFIG names. A file that is only looked for may be missing.
func Load(src Source) (*Settings, error) {
	c := collector{src: src, keys: Keys()}
	flags, err := readFlags(c.keys, src.Flags)
	if err != nil {
		return nil, err
	}
	if err := c.readUserFile(); err != nil {
		return nil, err
	}
	if err := c.readProjectFile(); err != nil {
		return nil, err
	}
	c.readVariables()
	if len(c.problems) > 0 {
		return nil, invalid(c.problems)
	}
	return c.resolve(flags)
}

// layer is what one place sets: the value of each key, and where it stands.
type layer map[string]entry

type entry struct{ value, from string }

// resolve lets viper decide. Lower layers come first; bound flags lie above all layers, and count only when they were given.
func (c *collector) resolve(flags layer) (*Settings, error) {
	v := viper.NewWithOptions(viper.KeyDelimiter("::"))
	for _, key := range c.keys {
		v.SetDefault(key.Name, key.Default)
		if c.src.Flags != nil {
			if flag := c.src.Flags.Lookup(key.Flag); flag != nil {
				if err := v.BindPFlag(key.Name, flag); err != nil {
					return nil, err
				}
			}
		}
	}
	if c.src.LineMode {
		v.SetDefault(keyAccessible, "true")
	}
	for _, l := range c.layers {
		if err := v.MergeConfigMap(l.values()); err != nil {
			return nil, err
		}
	}
	return &Settings{
		Rubric:      v.GetString(keyRubric),
		Format:      v.GetString(keyFormat),
		Color:       v.GetString(keyColor),
		NoInput:     v.GetBool(keyNoInput),
		Accessible:  v.GetBool(keyAccessible),
		LockTimeout: v.GetDuration(keyLock),
		StateFolder: c.state,
		DataFolder:  c.data,
		Warnings:    c.warnings,
		origins:     c.origins(v, flags),
	}, nil
}

func (l layer) values() map[string]any {
	values := make(map[string]any, len(l))
	for key, e := range l {
		values[key] = e.value
	}
	return values
}

// origins names the highest layer that sets a key, since viper does not tell. A test holds the two against each other.
func (c *collector) origins(v *viper.Viper, flags layer) []Origin {
	var all []Origin
	for _, key := range c.keys {
		o := Origin{key.Name, v.GetString(key.Name), "default"}
		if key.Name == keyAccessible && c.src.LineMode {
			o.From = "TERM"
		}
		for _, l := range append(c.layers, flags) {
			if e, set := l[key.Name]; set {
				o.From = e.from
			}
		}
		all = append(all, o)
	}
	return all
}
