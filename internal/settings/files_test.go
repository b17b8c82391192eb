package settings

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/document"
)

func TestProjectFile(t *testing.T) {
	const home, repo = "home/ann", "home/ann/code/repo"
	tests := []struct {
		name  string
		files []string // below the root of the test; a name that ends in .git is made a folder
		work  string
		want  string
	}{
		{"none", nil, repo, ""},
		{"here", []string{repo + "/.pmpath.yaml"}, repo, repo + "/.pmpath.yaml"},
		{"the nearest", []string{repo + "/.pmpath.yaml", repo + "/a/.pmpath.yaml"}, repo + "/a/b", repo + "/a/.pmpath.yaml"},
		{"at the root of the repository", []string{repo + "/.git", repo + "/.pmpath.yaml"}, repo + "/a/b", repo + "/.pmpath.yaml"},
		{"not above the repository", []string{repo + "/.git", "home/ann/code/.pmpath.yaml"}, repo + "/a", ""},
		{"not above a worktree", []string{repo + "/.git/", "home/ann/code/.pmpath.yaml"}, repo + "/a", ""},
		{"at home", []string{home + "/.pmpath.yaml"}, repo, home + "/.pmpath.yaml"},
		{"not above home", []string{"home/.pmpath.yaml"}, repo, ""},
		{"outside home and repository up to the root", []string{"srv/.pmpath.yaml"}, "srv/a/b", "srv/.pmpath.yaml"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			at := func(name string) string { return filepath.Join(root, filepath.FromSlash(name)) }
			mkdir(t, at(tt.work))
			for _, name := range tt.files {
				if filepath.Ext(name) == ".git" {
					mkdir(t, at(name))
				} else {
					write(t, at(name), "") // ".git/" is the file of a worktree
				}
			}
			want := ""
			if tt.want != "" {
				want = at(tt.want)
			}
			if got := findProjectFile(at(tt.work), at(home)); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
	t.Chdir(t.TempDir())
	write(t, ".pmpath.yaml", "")
	if got := findProjectFile(".", ""); got != "" {
		t.Errorf("from a relative folder: got %q, want nothing", got)
	}
}

func TestExplicitFile(t *testing.T) {
	w := newWorld(t)
	write(t, w.userFile(), "format: json\ncolor: never\n")
	write(t, filepath.Join(w.work, "mine.yaml"), "format: markdown\n")
	write(t, filepath.Join(w.work, "mine.json"), `{"format": "markdown"}`)
	tests := []struct {
		name, variable string
		args           []string
		want           Origin
	}{
		{"flag", "", []string{"--config", "mine.yaml"}, Origin{"format", "markdown", "mine.yaml:1:1"}},
		{"variable", "mine.yaml", nil, Origin{"format", "markdown", "mine.yaml:1:1"}},
		{"flag before variable", "gone.yaml", []string{"--config", "mine.yaml"}, Origin{"format", "markdown", "mine.yaml:1:1"}},
		{"JSON", "", []string{"--config", "mine.json"}, Origin{"format", "markdown", "mine.json:1:2"}},
		{"absolute", filepath.Join(w.work, "mine.yaml"), nil, Origin{"format", "markdown", filepath.Join(w.work, "mine.yaml") + ":1:1"}},
		{"none", "", nil, Origin{"format", "json", w.userFile() + ":1:1"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w.env["PMPATH_CONFIG"] = tt.variable
			s, err := w.load(tt.args...)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, origin(t, s, "format")); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if replaced := tt.name != "none"; replaced == (s.Color == "never") {
				t.Errorf("color is %q: a named file takes the place of config.yaml", s.Color)
			}
		})
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	w := newWorld(t)
	folder := filepath.Join(w.work, "folder")
	mkdir(t, folder)
	for name, want := range map[string]error{"gone.yaml": fs.ErrNotExist, "folder": document.ErrFolder} {
		for _, from := range []string{"--config", "PMPATH_CONFIG"} {
			var err error
			if from == "--config" {
				_, err = w.load("--config", name)
			} else {
				w.env["PMPATH_CONFIG"] = name
				_, err = w.load()
				delete(w.env, "PMPATH_CONFIG")
			}
			if path := (*fs.PathError)(nil); !errors.As(err, &path) || path.Path != name || !errors.Is(err, want) {
				t.Errorf("%s %s: got %v, want a path error that is %v", from, name, err, want)
			}
			if bad := (*InvalidError)(nil); errors.As(err, &bad) {
				t.Errorf("%s %s: got an InvalidError", from, name)
			}
		}
	}

	mkdir(t, filepath.Join(w.work, ".pmpath.yaml"))
	_, err := w.load()
	const want = ".pmpath.yaml: a settings file is needed here – remove or rename what stands in its place"
	if bad := (*InvalidError)(nil); !errors.As(err, &bad) || err.Error() != want {
		t.Errorf("folder in place of the project file:\n got %v\nwant %s", err, want)
	}
}

func TestBrokenLinkIsNotSkipped(t *testing.T) {
	w := newWorld(t)
	if err := os.Symlink("gone.yaml", filepath.Join(w.work, ".pmpath.yaml")); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
	if _, err := w.load(); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want fs.ErrNotExist", err)
	}
}

func TestUnreadableFile(t *testing.T) {
	w := newWorld(t)
	write(t, w.userFile(), "format: json\n")
	if err := os.Chmod(w.userFile(), 0); err != nil {
		t.Fatal(err)
	}
	if file, err := os.Open(w.userFile()); err == nil {
		file.Close()
		t.Skip("this user may read everything")
	}
	if _, err := w.load(); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("got %v, want fs.ErrPermission", err)
	}
}

func TestDataAndStateFolder(t *testing.T) {
	root := t.TempDir() // an absolute path on every system
	at := func(name string) string { return filepath.Join(root, name) }
	for _, tt := range []struct {
		name, goos string
		env        map[string]string
		want       string
	}{
		{"home", "linux", map[string]string{"HOME": root}, at(".local/share/pmpath")},
		{"macOS is as Linux", "darwin", map[string]string{"HOME": root}, at(".local/share/pmpath")},
		{"Windows", "windows", map[string]string{"LocalAppData": root, "HOME": at("h")}, at("pmpath/data")},
		{"XDG", "linux", map[string]string{"XDG_DATA_HOME": at("x"), "XDG_STATE_HOME": at("s"), "HOME": root}, at("x/pmpath")},
		{"relative XDG", "linux", map[string]string{"XDG_DATA_HOME": "x", "XDG_STATE_HOME": "x", "HOME": root}, at(".local/share/pmpath")},
		{"PMPATH_HOME", "linux", map[string]string{"PMPATH_HOME": at("p"), "XDG_DATA_HOME": at("x"), "HOME": root}, at("p/data")},
		{"nothing", "linux", nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := collector{src: Source{Lookup: lookup(tt.env)}}
			if got := c.dataFolder(c.ownHome(), tt.goos); got != filepath.FromSlash(tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			state := strings.NewReplacer("share", "state", "data", "state", at("x/pmpath"), at("s/pmpath")).Replace(filepath.FromSlash(tt.want))
			if got := c.stateFolder(c.ownHome(), tt.goos); got != state {
				t.Errorf("state: got %q, want %q", got, state)
			}
		})
	}
}

func TestUserFolder(t *testing.T) {
	root := t.TempDir() // an absolute path on every system
	at := func(name string) string { return filepath.Join(root, name) }
	tests := []struct {
		name, goos string
		env        map[string]string
		want       string
		warnings   []string
	}{
		{"home", "linux", map[string]string{"HOME": root}, at(".config/pmpath"), nil},
		{"macOS is as Linux", "darwin", map[string]string{"HOME": root}, at(".config/pmpath"), nil},
		{"Windows", "windows", map[string]string{"AppData": root, "HOME": at("h")}, at("pmpath"), nil},
		{"XDG", "linux", map[string]string{"XDG_CONFIG_HOME": at("x"), "HOME": root}, at("x/pmpath"), nil},
		{"XDG on Windows", "windows", map[string]string{"XDG_CONFIG_HOME": at("x"), "AppData": root}, at("x/pmpath"), nil},
		{"PMPATH_HOME", "linux", map[string]string{"PMPATH_HOME": at("p"), "XDG_CONFIG_HOME": "rel", "HOME": root}, at("p/config"), nil},
		{"relative XDG", "linux", map[string]string{"XDG_CONFIG_HOME": "rel\n", "HOME": root}, at(".config/pmpath"),
			[]string{`XDG_CONFIG_HOME: "rel\n" is not an absolute path and is ignored – write it from the root on, or unset it`}},
		{"relative XDG and no home", "linux", map[string]string{"XDG_CONFIG_HOME": "rel"}, "",
			[]string{`XDG_CONFIG_HOME: "rel" is not an absolute path and is ignored – write it from the root on, or unset it`}},
		{"nothing", "linux", nil, "", nil},
		{"relative home", "linux", map[string]string{"HOME": "ann"}, "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := collector{src: Source{Lookup: lookup(tt.env)}}
			want := ""
			if tt.want != "" {
				want = filepath.FromSlash(tt.want)
			}
			if got := c.userFolder(c.ownHome(), tt.goos); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
			if diff := cmp.Diff(tt.warnings, c.warnings); diff != "" {
				t.Errorf("warnings: -want +got\n%s", diff)
			}
		})
	}
}

func TestWarningsReachTheCaller(t *testing.T) {
	w := newWorld(t)
	w.env["XDG_CONFIG_HOME"] = "rel"
	s, err := w.load()
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Warnings) != 1 {
		t.Errorf("got warnings %q, want one", s.Warnings)
	}
	write(t, filepath.Join(w.work, "mine.yaml"), "")
	if s, err = w.load("--config", "mine.yaml"); err != nil || len(s.Warnings) != 0 {
		t.Errorf("with a named file: warnings %q, error %v, want neither", s.Warnings, err)
	}
	w.env["PMPATH_HOME"] = "rel"
	if _, err = w.load("--config", "mine.yaml"); err == nil {
		t.Error("a relative PMPATH_HOME passes with a named file")
	}
}

func TestRubricPaths(t *testing.T) {
	elsewhere := filepath.Join(t.TempDir(), "r.yaml")
	tests := []struct{ name, value, want string }{ // %REPO in want is the folder of the file
		{"shipped", "product-management", "product-management"},
		{"file", "ladder.yaml", "%REPO/ladder.yaml"},
		{"other endings", "ladder.YML", "%REPO/ladder.YML"},
		{"folder", "./ladder", "%REPO/ladder"},
		{"above", "../ladder.json", "%REPO/../ladder.json"},
		{"number stays as written", "1.10", "1.10"},
		{"absolute", elsewhere, elsewhere},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			write(t, filepath.Join(w.repo, ".pmpath.yaml"), "rubric: "+tt.value+"\n")
			want := tt.want
			if rest, below := strings.CutPrefix(want, "%REPO"); below {
				want = filepath.Join(w.repo, filepath.FromSlash(rest))
			}
			s, err := w.load()
			if err != nil {
				t.Fatal(err)
			}
			if s.Rubric != want || origin(t, s, "rubric").Value != want {
				t.Errorf("file: got %q and origin %q, want %q", s.Rubric, origin(t, s, "rubric").Value, want)
			}
			if s, err = w.load("--rubric", tt.value); err != nil || s.Rubric != tt.value {
				t.Errorf("flag: got %q, %v, want the value as it is", s.Rubric, err)
			}
		})
	}
}

func TestOddPathsAreQuoted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such names")
	}
	home := filepath.Join(t.TempDir(), "a\n\x1bb")
	w := world{home: home, env: map[string]string{"HOME": home}, work: home}
	write(t, w.userFile(), "formt: text\n")
	_, err := w.load()
	want := display(w.userFile()) + `:1:1: unknown key "formt" – did you mean "format"?`
	if err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
	if got := display("/a\n\x1bb"); got != `"/a\n\x1bb"` {
		t.Errorf("display: got %s", got)
	}
	if got := display("/ä b/c.yaml"); got != "/ä b/c.yaml" {
		t.Errorf("display: got %s", got)
	}
	if got := display("\xff"); got != `"\xff"` {
		t.Errorf("display: got %s", got)
	}
}

func TestKeysAreComplete(t *testing.T) {
	for _, key := range Keys() {
		if key.Doc == "" || key.Flag == "" || key.Variable == "" {
			t.Errorf("%q lacks a description, flag or variable: %+v", key.Name, key)
		}
		if what, _ := key.fault(key.Default); what != "" {
			t.Errorf("%q: the default %q is refused: %s", key.Name, key.Default, what)
		}
	}
}

func BenchmarkLoadWithoutFiles(b *testing.B) {
	w := newWorld(b)
	src := w.source()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(src); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoadWithTwoFiles(b *testing.B) {
	w := newWorld(b)
	write(b, w.userFile(), "format: json\ncolor: never\n")
	write(b, filepath.Join(w.repo, ".pmpath.yaml"), "rubric: ./ours\n")
	src := w.source("--format=text")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(src); err != nil {
			b.Fatal(err)
		}
	}
}
