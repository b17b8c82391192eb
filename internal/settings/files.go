package settings

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	"github.com/pmpath/pmpath/internal/document"
)

// readUserFile reads the file that --config or PMPATH_CONFIG names, or else config.yaml in the settings folder, if there is one.
func (c *collector) readUserFile() error {
	own := c.ownHome()
	c.data = c.dataFolder(own, runtime.GOOS)
	c.state = c.stateFolder(own, runtime.GOOS)
	path, from, err := c.explicitFile()
	switch {
	case err != nil:
		return err
	case path != "":
		if err := c.readFile(c.absolute(path), display(path)); err != nil {
			return fmt.Errorf("%s: %w", from, err)
		}
		return nil
	}
	folder := c.userFolder(own, runtime.GOOS)
	if folder == "" {
		return nil
	}
	path = filepath.Join(folder, "config.yaml")
	return c.readFoundFile(path, display(path), absent)
}

func (c *collector) explicitFile() (path, from string, err error) {
	if c.src.Flags != nil {
		if flag := c.src.Flags.Lookup("config"); flag != nil && flag.Changed {
			if flag.Value.String() == "" {
				return "", "", &FlagError{"config", "the name of the file is empty", "name a settings file, or leave the flag out"}
			}
			return flag.Value.String(), "--config", nil
		}
	}
	return c.variable("PMPATH_CONFIG"), "PMPATH_CONFIG", nil
}

func (c *collector) absolute(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(c.src.WorkDir, path)
}

// absent tells whether there is no file. Nor can there be one below a file, as accounts of services have /dev/null for a home, or under a
// name that is too long.
func absent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) || errors.Is(err, syscall.ENAMETOOLONG)
}

func (c *collector) readProjectFile() error {
	path := findProjectFile(c.src.WorkDir, c.home(runtime.GOOS))
	if path == "" {
		return nil
	}
	shown := path
	if relative, err := filepath.Rel(c.src.WorkDir, path); err == nil {
		shown = relative
	}
	return c.readFoundFile(path, display(shown), func(error) bool { return false })
}

// projectFile is the name of the settings file that lies with a project.
const projectFile = ".pmpath.yaml"

// findProjectFile goes up from workDir to the first project file, past no root of a repository and not beyond home. It returns nothing
// where there is none. It looks at the entry itself, so that a broken link is found and then complained of.
func findProjectFile(workDir, home string) string {
	if !filepath.IsAbs(workDir) {
		return ""
	}
	for folder := filepath.Clean(workDir); ; folder = filepath.Dir(folder) {
		path := filepath.Join(folder, projectFile)
		if _, err := os.Lstat(path); err == nil {
			return path
		}
		if folder == home || folder == filepath.Dir(folder) {
			return ""
		}
		if _, err := os.Lstat(filepath.Join(folder, ".git")); err == nil { // a file in worktrees and submodules
			return ""
		}
	}
}

// readFoundFile reads a file that nobody named: whatever stands in its place is then a fault of the settings, not of the call.
func (c *collector) readFoundFile(path, shown string, ignore func(error) bool) error {
	err := c.readFile(path, shown)
	switch {
	case err == nil, ignore(err):
		return nil
	case errors.Is(err, document.ErrFolder), errors.Is(err, document.ErrNotRegular):
		c.problems.Add(document.Position{File: shown}, "", "a settings file is needed here", "remove or rename what stands in its place")
		return nil
	}
	return err
}

// readFile adds one file as a layer. Problems in its text are collected; the error is about reaching it.
func (c *collector) readFile(path, shown string) error {
	node, err := document.Read(os.DirFS(filepath.Dir(path)), filepath.Base(path), shown)
	var problems document.Problems
	switch {
	case errors.As(err, &problems) && onlyComments(path, problems):
		return nil
	case errors.As(err, &problems):
		c.problems = append(c.problems, problems...)
		return nil
	case err != nil:
		return err
	}
	before := len(c.problems)
	fileShape(c.keys).Check(node, &c.problems)
	if len(c.problems) == before {
		c.layers = append(c.layers, fileLayer(c.keys, node, filepath.Dir(path)))
	}
	return nil
}

// onlyComments tells whether the one problem of a file is that it holds no key, as when all are commented out. document calls such a file
// empty, which no other format may be; so this rare file is looked at once more.
func onlyComments(path string, problems document.Problems) bool {
	if len(problems) != 1 || problems[0].Line != 1 || problems[0].Column != 1 {
		return false
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return false
	}
	for line := range bytes.Lines(bytes.TrimPrefix(data, []byte("\uFEFF"))) {
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' {
			return false
		}
	}
	return true
}

// fileLayer takes the values of a file that has been checked.
func fileLayer(keys []Key, node *document.Node, folder string) layer {
	set := layer{}
	for _, key := range keys {
		for _, pair := range node.Pairs { // not Get: the origin is the place of the key
			if pair.Key.Text == key.Name {
				set[key.Name] = entry{pair.Value.Value(), pair.Key.Position.String()}
			}
		}
	}
	if rubric, ok := set[keyRubric]; ok && IsPath(rubric.value) && !filepath.IsAbs(rubric.value) {
		rubric.value = filepath.Join(folder, filepath.FromSlash(rubric.value))
		set[keyRubric] = rubric
	}
	return set
}
