package settings

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"
	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/document"
)

// world is a home with a repository in it, and somebody who works in a folder of that repository.
type world struct {
	home, repo, work string
	env              map[string]string
}

func newWorld(t testing.TB) *world {
	home := t.TempDir()
	w := &world{home, filepath.Join(home, "code", "repo"), filepath.Join(home, "code", "repo", "docs", "pm"), map[string]string{"HOME": home, "USERPROFILE": home, "AppData": filepath.Join(home, ".config")}}
	mkdir(t, w.work)
	mkdir(t, filepath.Join(w.repo, ".git"))
	return w
}

// userFile is where the person's own settings are by default.
func (w *world) userFile() string { return filepath.Join(w.home, ".config", "pmpath", "config.yaml") }

func (w *world) source(args ...string) Source {
	return Source{Flags: flags(args...), Lookup: lookup(w.env), WorkDir: w.work}
}

func (w *world) load(args ...string) (*Settings, error) { return Load(w.source(args...)) }

func lookup(env map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		value, found := env[name]
		return value, found
	}
}

// flags are those of a command, parsed. Their defaults differ from those of the settings on purpose: they may never win.
func flags(args ...string) *pflag.FlagSet {
	f := pflag.NewFlagSet("test", pflag.ContinueOnError)
	f.String("rubric", "flag-default", "")
	f.String("format", "flag-default", "")
	f.String("color", "flag-default", "")
	f.Bool("no-input", false, "")
	f.String("lock-timeout", "0s", "")
	f.Bool("accessible", false, "")
	f.String("config", "", "")
	if err := f.Parse(args); err != nil {
		panic(err)
	}
	return f
}

func mkdir(t testing.TB, folder string) {
	t.Helper()
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
}

func write(t testing.TB, path, text string) {
	t.Helper()
	mkdir(t, filepath.Dir(path))
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func origin(t *testing.T, s *Settings, key string) Origin {
	t.Helper()
	for _, o := range s.Origins() {
		if o.Key == key {
			return o
		}
	}
	t.Fatalf("no origin for %q", key)
	return Origin{}
}

func TestDefaults(t *testing.T) {
	w := newWorld(t)
	for name, src := range map[string]Source{
		"nothing there":         w.source(),
		"no flags, no folder":   {Lookup: lookup(nil)},
		"variables are empty":   {Lookup: lookup(map[string]string{"PMPATH_FORMAT": "", "PMPATH_NO_INPUT": "", "PMPATH_CONFIG": "", "PMPATH_HOME": "", "XDG_CONFIG_HOME": "", "HOME": "", "ACCESSIBLE": ""})},
		"home is no folder":     {Lookup: lookup(map[string]string{"HOME": "/dev/null"}), WorkDir: w.work},
		"home does not exist":   {Lookup: lookup(map[string]string{"HOME": filepath.Join(w.home, "gone")}), WorkDir: w.work},
		"folder does not exist": {Lookup: lookup(nil), WorkDir: filepath.Join(w.work, "gone")},
		"path of 4096 bytes":    {Lookup: lookup(map[string]string{"HOME": "/" + strings.Repeat("a/", 2047)}), WorkDir: w.work + strings.Repeat("/a", 2000)},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Load(src)
			if err != nil {
				t.Fatal(err)
			}
			got.DataFolder, got.StateFolder = "", "" // TestDataFolder looks at it
			want := Settings{Rubric: "product-management", Format: "text", Color: "auto", origins: []Origin{
				{"rubric", "product-management", "default"},
				{"format", "text", "default"},
				{"color", "auto", "default"},
				{"no_input", "false", "default"},
				{"accessible", "false", "default"},
				{"lock_timeout", "0s", "default"},
			}}
			if diff := cmp.Diff(want, *got, cmp.AllowUnexported(Settings{})); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// TestPrecedence starts with all layers and takes the one that won away, setting by setting.
func TestPrecedence(t *testing.T) {
	w := newWorld(t)
	tests := []struct {
		key, flag, variable, project, user string
	}{
		{"rubric", "by-flag", "by-variable", "by-project", "by-user"},
		{"format", "json", "markdown", "json", "markdown"},
		{"color", "never", "always", "never", "always"},
		{"no_input", "true", "false", "true", "false"},
		{"no_input", "false", "true", "false", "true"},
		{"accessible", "true", "false", "true", "false"},
		{"accessible", "false", "true", "false", "true"},
	}
	for _, tt := range tests {
		t.Run(tt.key+"="+tt.flag, func(t *testing.T) {
			key := keyNamed(tt.key)
			project := filepath.Join(w.repo, ".pmpath.yaml")
			write(t, w.userFile(), tt.key+": "+tt.user+"\n")
			write(t, project, "x-note: ours\n"+tt.key+": "+tt.project+"\n")
			env := maps.Clone(w.env)
			env[key.Variable] = tt.variable
			src := Source{Flags: flags("--" + key.Flag + "=" + tt.flag), Lookup: lookup(env), WorkDir: w.work}

			check := func(value, from string) {
				t.Helper()
				s, err := Load(src)
				if err != nil {
					t.Fatal(err)
				}
				want := Origin{tt.key, value, from}
				if diff := cmp.Diff(want, origin(t, s, tt.key)); diff != "" {
					t.Errorf("origin: -want +got\n%s", diff)
				}
				if got := typed(s)[tt.key]; got != value {
					t.Errorf("%s is %q, want %q", tt.key, got, value)
				}
			}
			check(tt.flag, "flag --"+key.Flag)
			src.Flags = flags()
			check(tt.variable, key.Variable)
			delete(env, key.Variable)
			check(tt.project, filepath.Join("..", "..", ".pmpath.yaml")+":2:1")
			os.Remove(project)
			check(tt.user, w.userFile()+":1:1")
			os.Remove(w.userFile())
			check(key.Default, "default")
		})
	}
}

func keyNamed(name string) Key {
	for _, key := range Keys() {
		if key.Name == name {
			return key
		}
	}
	panic(name)
}

func typed(s *Settings) map[string]string {
	return map[string]string{
		"rubric": s.Rubric, "format": s.Format, "color": s.Color, "no_input": fmt.Sprint(s.NoInput), "accessible": fmt.Sprint(s.Accessible),
		"lock_timeout": s.LockTimeout.String(),
	}
}

// TestOriginsAgree sets any settings in any layers and compares viper's choice with ours, which goes through the layers by hand.
func TestOriginsAgree(t *testing.T) {
	w := newWorld(t)
	values := map[string][]string{
		"rubric": {"a", "b", "c"}, "format": {"text", "markdown", "json", "jsonl", "csv", "github", "sarif", "qualtrics", "limesurvey"}, "color": {"auto", "always", "never"},
		"no_input": {"true", "false"}, "accessible": {"true", "false"}, "lock_timeout": {"0s", "30s", "500ms", "5s"},
	}
	rapid.Check(t, func(r *rapid.T) {
		env, args, texts := maps.Clone(w.env), []string{}, [2]string{"{", "{"}
		want := map[string]string{}
		for _, key := range Keys() {
			want[key.Name] = key.Default
			for layer := range 4 {
				if !rapid.Bool().Draw(r, "set") {
					continue
				}
				value := rapid.SampledFrom(values[key.Name]).Draw(r, key.Name)
				want[key.Name] = value // later layers are higher
				switch layer {
				case 0, 1:
					texts[layer] += key.Name + ": " + value + ", "
				case 2:
					env[key.Variable] = value
				case 3:
					args = append(args, "--"+key.Flag+"="+value)
				}
			}
		}
		write(t, w.userFile(), texts[0]+"}")
		write(t, filepath.Join(w.work, ".pmpath.yaml"), texts[1]+"}")
		s, err := Load(Source{Flags: flags(args...), Lookup: lookup(env), WorkDir: w.work})
		if err != nil {
			r.Fatal(err)
		}
		if diff := cmp.Diff(want, typed(s)); diff != "" {
			r.Errorf("fields: -want +got\n%s", diff)
		}
		shown := map[string]string{}
		for _, o := range s.Origins() {
			shown[o.Key] = o.Value
		}
		if diff := cmp.Diff(want, shown); diff != "" {
			r.Errorf("origins: -want +got\n%s", diff)
		}
	})
}

func TestVariablesForYesAndNo(t *testing.T) {
	w := newWorld(t)
	for word, want := range map[string]bool{"1": true, "true": true, "Yes": true, "ON": true, "0": false, "FALSE": false, "no": false, "Off": false} {
		for _, variable := range []string{"PMPATH_NO_INPUT", "PMPATH_ACCESSIBLE"} {
			s, err := Load(Source{Lookup: lookup(map[string]string{variable: word})})
			if err != nil {
				t.Fatalf("%s=%s: %v", variable, word, err)
			}
			if got := typed(s)[map[string]string{"PMPATH_NO_INPUT": "no_input", "PMPATH_ACCESSIBLE": "accessible"}[variable]]; got != fmt.Sprint(want) {
				t.Errorf("%s=%s: got %s, want %t", variable, word, got, want)
			}
		}
	}
	for _, word := range []string{"2", "maybe", "t", "y", " 1", "truе"} { // the last with a Cyrillic letter
		w.env = map[string]string{"PMPATH_NO_INPUT": word}
		_, err := w.load()
		want := fmt.Sprintf("PMPATH_NO_INPUT: %q is neither yes nor no – use 1, true, yes, on, 0, false, no or off", word)
		if bad := (*InvalidError)(nil); !errors.As(err, &bad) || err.Error() != want {
			t.Errorf("PMPATH_NO_INPUT=%q:\n got %v\nwant %s", word, err, want)
		}
	}
}

func TestAccessible(t *testing.T) {
	tests := []struct {
		name     string
		env      map[string]string
		file     string
		lineMode bool
		want     Origin
	}{
		{"the terminal knows lines only", nil, "", true, Origin{"accessible", "true", "TERM"}},
		{"the file knows better than the terminal", nil, "accessible: false", true, Origin{"accessible", "false", ".pmpath.yaml:1:1"}},
		{"ACCESSIBLE turns it on", map[string]string{"ACCESSIBLE": "1"}, "accessible: false", false, Origin{"accessible", "true", "ACCESSIBLE"}},
		{"ACCESSIBLE with a word of its own", map[string]string{"ACCESSIBLE": "screenreader"}, "", false, Origin{"accessible", "true", "ACCESSIBLE"}},
		{"ACCESSIBLE=0 does not turn it off", map[string]string{"ACCESSIBLE": "0"}, "accessible: true", false, Origin{"accessible", "true", ".pmpath.yaml:1:1"}},
		{"our own variable comes first", map[string]string{"ACCESSIBLE": "1", "PMPATH_ACCESSIBLE": "no"}, "", false, Origin{"accessible", "false", "PMPATH_ACCESSIBLE"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			work := t.TempDir()
			if tt.file != "" {
				write(t, filepath.Join(work, ".pmpath.yaml"), tt.file)
			}
			s, err := Load(Source{Lookup: lookup(tt.env), WorkDir: work, LineMode: tt.lineMode})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, origin(t, s, "accessible")); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if fmt.Sprint(s.Accessible) != tt.want.Value {
				t.Errorf("Accessible = %t, want %s", s.Accessible, tt.want.Value)
			}
		})
	}
}

func TestProblems(t *testing.T) {
	const known = "rubric, format, color, no_input, accessible, lock_timeout"
	tests := []struct {
		name, user, project string
		env                 map[string]string
		want                []string // after USER and PROJECT are put in
	}{
		{"unknown key", "", "formt: text\n", nil, []string{`PROJECT:1:1: unknown key "formt" – did you mean "format"?`}},
		{"unknown key far from all", "", "pager: less\n", nil, []string{`PROJECT:1:1: unknown key "pager" – known keys: ` + known}},
		{"capitals", "Format: text\n", "", nil, []string{`USER:1:1: unknown key "Format" – did you mean "format"?`}},
		{"word that is none", "color: sometimes\n", "", nil, []string{`USER:1:8: color: "sometimes" is not known here – use one of: auto, always, never`}},
		{"yes in a file", "\nno_input: yes\n", "", nil, []string{`USER:2:11: no_input: "yes" is not true or false – write true or false without quotes`}},
		{"key without a value", "rubric:\n", "", nil, []string{`USER:1:8: rubric: this is empty – write a value, leave the key out, or write "" for an empty text`}},
		{"fault at the first character", "%YAML 1.2\n", "", nil, []string{`USER:1:1: a line starts with % – remove the directive, or indent or quote the text`}},
		{"twice", "format: text\nformat: json\n", "", nil, []string{`USER:2:1: the key "format" stands twice in this map – keep one; the first is at line 1, column 1`}},
		{"variable", "", "", map[string]string{"PMPATH_FORMAT": "xml"}, []string{`PMPATH_FORMAT: "xml" is not known here – use one of: text, markdown, json, jsonl, csv, ical, junit, tap, github, sarif, qualtrics, limesurvey`}},
		{"variable with an escape", "", "", map[string]string{"PMPATH_COLOR": "\x1b"}, []string{`PMPATH_COLOR: "\x1b" is not known here – use one of: auto, always, never`}},
		{"relative PMPATH_HOME", "", "", map[string]string{"PMPATH_HOME": "here"}, []string{`PMPATH_HOME: "here" is not an absolute path – write it from the root on`}},
		{"all at once, also where overridden", "color: sometimes\n", "formt: text\nno_input: 1\n",
			map[string]string{"PMPATH_COLOR": "never", "PMPATH_NO_INPUT": "perhaps"}, []string{
				`PROJECT:1:1: unknown key "formt" – did you mean "format"?`,
				`PROJECT:2:11: no_input: "1" is not true or false – write true or false without quotes`,
				`USER:1:8: color: "sometimes" is not known here – use one of: auto, always, never`,
				`PMPATH_NO_INPUT: "perhaps" is neither yes nor no – use 1, true, yes, on, 0, false, no or off`,
			}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			project := filepath.Join(w.work, ".pmpath.yaml")
			if tt.user != "" {
				write(t, w.userFile(), tt.user)
			}
			if tt.project != "" {
				write(t, project, tt.project)
			}
			maps.Copy(w.env, tt.env)
			_, err := w.load()
			bad := (*InvalidError)(nil)
			if !errors.As(err, &bad) {
				t.Fatalf("got %v, want an InvalidError", err)
			}
			got := map[string]bool{}
			for _, p := range bad.Problems {
				got[strings.NewReplacer(w.userFile(), "USER", ".pmpath.yaml", "PROJECT").Replace(p.Error())] = true
			}
			want := map[string]bool{}
			for _, line := range tt.want {
				want[line] = true
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if problems := (document.Problems)(nil); !errors.As(err, &problems) {
				t.Error("the problems cannot be had from the error")
			}
		})
	}
}

func TestFlagProblems(t *testing.T) {
	w := newWorld(t)
	tests := []struct{ arg, want string }{
		{"--format=xml", `--format: "xml" is not known here – use one of: text, markdown, json, jsonl, csv, ical, junit, tap, github, sarif, qualtrics, limesurvey`},
		{"--color=nevr", `--color: "nevr" is not known here – did you mean "never"?`},
		{"--rubric=", `--rubric: this text is empty – write it, or leave the key out where that is allowed`},
		{"--config=", `--config: the name of the file is empty – name a settings file, or leave the flag out`},
	}
	for _, tt := range tests {
		_, err := w.load(tt.arg)
		if bad := (*FlagError)(nil); !errors.As(err, &bad) || err.Error() != tt.want {
			t.Errorf("%s:\n got %v\nwant %s", tt.arg, err, tt.want)
		}
	}
}

func TestFilesWithoutSettings(t *testing.T) {
	for name, text := range map[string]string{
		"empty": "", "blank": "\n \n", "comments": "# format: json\n\n  # color: never", "byte-order mark": "\uFEFF# x\n", "start of a document": "---\n", "empty map": "{}\n", "own notes": "x-why: because\n",
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			write(t, filepath.Join(w.work, ".pmpath.yaml"), text)
			write(t, w.userFile(), text)
			s, err := w.load()
			if err != nil {
				t.Fatal(err)
			}
			if s.Format != "text" {
				t.Errorf("format is %q, want the default", s.Format)
			}
		})
	}
}
