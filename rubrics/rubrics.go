// Package rubrics holds the rubrics that ship with pmpath: a folder of YAML files for each, the text that people read and edit, and a snapshot of
// it in canonical form, so that starting pmpath does not parse YAML. A snapshot names the exact files it was made from; where they have
// changed since, the files are read instead. After editing a rubric, `go test ./rubrics -update` makes the snapshots anew.
package rubrics

import (
	"embed"
	"hash/crc32"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/pmpath/pmpath/internal/rubric"
)

//go:embed product-management/*.yaml product-management/people/*.yaml starter/*.yaml
var files embed.FS

// A string, not a file system: a start reads it in place, without a copy.
//
//go:embed snapshots/product-management
var productManagement string

// Names lists the shipped rubrics.
func Names() []string { return []string{"product-management"} }

// Starter is the folder of [Files] with the small rubric that `pmpath rubric new` copies. It is no shipped rubric: nobody is to be assessed by it.
const Starter = "starter"

// Files gives the YAML files of all shipped rubrics and of the starter, in a folder for each.
func Files() fs.FS { return files }

// Load returns a shipped rubric. An unknown name is an *fs.PathError.
func Load(name string) (*rubric.Rubric, error) {
	mark, err := sourceMark(name)
	if err != nil {
		return nil, err
	}
	if form, found := strings.CutPrefix(productManagement, mark); found {
		if r, err := rubric.Decode(form); err == nil {
			return r, nil
		}
	}
	return rubric.Load(files, name, name)
}

// sourceMark is a line that tells one state of a rubric's files from another: their names, sizes and a checksum. It guards against forgetting, not
// against anybody, so a checksum will do; a cryptographic hash would take a third of the time that reading the snapshot takes.
func sourceMark(name string) (string, error) {
	entries, err := files.ReadDir(name)
	if err != nil {
		return "", err
	}
	sum := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	mark, buffer := []string{name}, make([]byte, 32<<10)
	for _, entry := range entries {
		if entry.IsDir() { // the golden people are tests of the rubric, not a part of it
			continue
		}
		file, err := files.Open(path.Join(name, entry.Name()))
		if err != nil {
			return "", err
		}
		size, err := io.CopyBuffer(sum, file, buffer)
		if err != nil {
			return "", err
		}
		mark = append(mark, entry.Name(), strconv.FormatInt(size, 10))
	}
	return strings.Join(append(mark, strconv.FormatUint(uint64(sum.Sum32()), 16)), " ") + "\n", nil
}
