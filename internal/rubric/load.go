package rubric

import (
	"errors"
	"fmt"
	"io/fs"
	"path"

	"github.com/pmpath/pmpath/internal/document"
)

// Load reads a rubric from a folder that holds a rubric.yaml, or from a single file with the same keys. Problems name files by their path
// below shown, which stands for path. All problems of all files come back at once as document.Problems; a folder without rubric.yaml
// or a missing file is an *fs.PathError.
func Load(fsys fs.FS, name, shown string) (*Rubric, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: shown, Err: reason(err)}
	}
	l := &loader{fsys: fsys}
	if info.IsDir() {
		l.dir, l.shownDir = name, shown
		name, shown = path.Join(name, "rubric.yaml"), path.Join(shown, "rubric.yaml")
	}
	head, err := document.Read(fsys, name, shown)
	if err := l.collect(err); err != nil {
		return nil, err
	}
	if head != nil {
		FileShape("rubric").Check(head, &l.problems)
		files := rubricFiles{head: head, areas: l.areas(head), ladder: l.ladder(head)}
		rubric := build(files, &l.problems)
		if len(l.problems) == 0 {
			return rubric.seal(), nil
		}
	}
	return nil, l.problems.Err()
}

// loader reads the files of one rubric and gathers their problems.
type loader struct {
	fsys          fs.FS
	dir, shownDir string // the folder; empty for a single file
	problems      document.Problems
}

// rubricFiles are the parts of a rubric, wherever they stand. An area that could not be read is nil.
type rubricFiles struct {
	head   *document.Node
	areas  []*document.Node
	ladder *document.Node
}

// collect keeps what is wrong inside a file and passes on what is wrong with reading it.
func (l *loader) collect(err error) error {
	var problems document.Problems
	if errors.As(err, &problems) {
		l.problems = append(l.problems, problems...)
		return nil
	}
	return err
}

// areas gives the area nodes in order: those written in the head, and for each name the file beside it; nil for one that cannot be had.
func (l *loader) areas(head *document.Node) []*document.Node {
	var areas []*document.Node
	seen := map[string]bool{}
	for i, entry := range head.Entries("areas") {
		if entry.Kind == document.Map {
			areas = append(areas, entry)
			continue
		}
		file := entry.Value() + ".yaml"
		field := fmt.Sprintf("areas[%d]", i)
		switch {
		case !isID(entry):
			areas = append(areas, nil) // the shape has complained; such a name is never opened
		case l.dir == "":
			l.problems.Add(entry.Position, field, "a rubric in a single file cannot name other files", "write the area itself here, or use a folder")
			areas = append(areas, nil)
		case entry.Value() == "rubric" || entry.Value() == "ladder":
			l.problems.Add(entry.Position, field, fmt.Sprintf("%s is no area: it holds other parts of the rubric", file), "name the file of an area")
			areas = append(areas, nil)
		case seen[file]:
			l.problems.Add(entry.Position, field, fmt.Sprintf("the area %q stands twice", entry.Value()), "keep one")
		default:
			areas = append(areas, l.beside(entry.Position, field, file, "area"))
		}
		seen[file] = true
	}
	return areas
}

func isID(n *document.Node) bool {
	var problems document.Problems
	document.ID().Check(n, &problems)
	return n.Kind == document.Scalar && len(problems) == 0
}

// ladder gives the node that holds stages and gates: the head itself, or ladder.yaml beside it.
func (l *loader) ladder(head *document.Node) *document.Node {
	if head.Get("stages") != nil {
		return head
	}
	if l.dir == "" {
		l.problems.Add(head.Position, "", `the key "stages" is missing`, "add the rungs of the ladder, or use a folder with a ladder.yaml")
		return nil
	}
	if head.Get("gates") != nil {
		l.problems.Add(head.At("gates"), "gates", "these gates stand apart from the stages, which are in ladder.yaml", "move them into ladder.yaml")
	}
	return l.beside(head.Position, "", "ladder.yaml", "ladder")
}

// beside reads and checks a file in the rubric's folder. The file system must not lead out of it; os.Root keeps to that.
func (l *loader) beside(at document.Position, field, file, kind string) *document.Node {
	node, err := document.Read(l.fsys, path.Join(l.dir, file), path.Join(l.shownDir, file))
	if err := l.collect(err); err != nil {
		l.problems.Add(at, field, fmt.Sprintf("%s cannot be read: %v", file, reason(err)), "add the file to the rubric's folder")
		return nil
	}
	if node != nil {
		FileShape(kind).Check(node, &l.problems)
	}
	return node
}

// reason is what happened, without the name of the file and in the same words on every system.
func reason(err error) error {
	var bad *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fs.ErrNotExist
	case errors.As(err, &bad):
		return bad.Err
	}
	return err
}
