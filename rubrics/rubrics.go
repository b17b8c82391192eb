// Package rubrics holds the rubrics that ship with pmpath: a folder of YAML files for each, the text that people read and edit, and a snapshot of
// it in canonical form, so that starting pmpath does not parse YAML. A snapshot names the exact files it was made from; where they have
// changed since, the files are read instead. After editing a rubric, `go test ./rubrics -update` makes the snapshots anew.
package rubrics

import (
	"crypto/sha256"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/pmpath/pmpath/internal/rubric"
)

//go:embed product-management/*.yaml
var files embed.FS

//go:embed snapshots
var snapshots embed.FS

// Names lists the shipped rubrics.
func Names() []string { return []string{"product-management"} }

// Files gives the YAML files of all shipped rubrics, in a folder for each.
func Files() fs.FS { return files }

// Load returns a shipped rubric. An unknown name is an *fs.PathError.
func Load(name string) (*rubric.Rubric, error) {
	source, err := sourceHash(name)
	if err != nil {
		return nil, err
	}
	snapshot, err := snapshots.ReadFile(path.Join("snapshots", name))
	if form, found := strings.CutPrefix(string(snapshot), source); err == nil && found {
		if r, err := rubric.Decode(form); err == nil {
			return r, nil
		}
	}
	return rubric.Load(files, name, name)
}

// sourceHash is the SHA-256 over names and contents of a rubric's files.
func sourceHash(name string) (string, error) {
	entries, err := files.ReadDir(name)
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	for _, entry := range entries {
		data, err := files.ReadFile(path.Join(name, entry.Name()))
		if err != nil {
			return "", err
		}
		fmt.Fprintf(hash, "%s\x00%d\x00", entry.Name(), len(data))
		hash.Write(data)
	}
	return string(hash.Sum(nil)), nil
}
