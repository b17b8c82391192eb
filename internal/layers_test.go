// Package internal_test holds what is true of all packages together.
package internal_test

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const module = "github.com/pmpath/pmpath/"

// ranks is the order of the packages: each may import only lower ones. ARCHITECTURE.md tells what they are for.
var ranks = map[string]int{
	"internal/apart":      0,
	"internal/fraction":   0,
	"internal/memo":       0,
	"internal/sanitize":   0,
	"internal/document":   1,
	"internal/disclosure": 1,
	"internal/pseudonym":  1,
	"internal/rubric":     2,
	"rubrics":             3,
	"internal/response":   3,
	"internal/readiness":  4,
	"internal/formmap":    4,
	"internal/change":     5,
	"internal/path":       5,
	"internal/lint":       5,
	"internal/people":     5,
	"internal/intake":     5,
	"internal/interview":  5,
	"internal/plan":       6,
	"internal/cohort":     6,
	"internal/policy":     6,
	"internal/history":    adapter,
	"internal/prompt":     adapter,
	"internal/report":     adapter,
	"internal/settings":   adapter,
	"internal/terminal":   adapter,
	"cmd/pmpath":          8,

	"internal/rubric/rubrictest":         3, // these are for tests alone
	"internal/disclosure/disclosuretest": 0,
	"internal/intake/intaketest":         3,
}

// Packages below adapter compute: nothing from outside reaches them but what they are given.
const adapter = 7

func TestLayers(t *testing.T) {
	for dir, rank := range ranks {
		for _, imp := range imports(t, dir) {
			dep, ours := strings.CutPrefix(imp, module)
			if ours && ranks[dep] >= rank {
				t.Errorf("%s (rank %d) may not import %s (rank %d)", dir, rank, dep, ranks[dep])
			}
			if ours && isForTests(dep) {
				t.Errorf("%s imports %s, which is for tests", dir, dep)
			}
		}
	}
}

// isForTests reports whether only tests may use a package.
func isForTests(dir string) bool { return strings.HasSuffix(dir, "test") }

func TestEveryPackageHasARank(t *testing.T) {
	for _, top := range []string{"cmd", "internal", "rubrics"} {
		err := filepath.WalkDir(filepath.Join("..", top), func(name string, entry os.DirEntry, err error) error {
			if err != nil || !entry.IsDir() {
				return err
			}
			dir := filepath.ToSlash(strings.TrimPrefix(name, ".."+string(filepath.Separator)))
			found, _ := filepath.Glob(filepath.Join(name, "*.go"))
			if _, ranked := ranks[dir]; !ranked && len(found) > 0 && dir != "internal" {
				t.Errorf("%s has no rank: add it to the table", dir)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// What computes must not look at the world, or the same input would stop giving the same bytes.
func TestComputingPackagesArePure(t *testing.T) {
	for dir, rank := range ranks {
		if rank >= adapter || isForTests(dir) {
			continue
		}
		for _, imp := range imports(t, dir) {
			for _, banned := range []string{"os", "net", "log", "math/rand", "syscall", "unsafe"} {
				if imp == banned || strings.HasPrefix(imp, banned+"/") {
					t.Errorf("%s imports %s", dir, imp)
				}
			}
		}
		for _, file := range sources(t, dir) {
			tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(tree, func(n ast.Node) bool {
				if call, ok := n.(*ast.SelectorExpr); ok {
					if pkg, ok := call.X.(*ast.Ident); ok && pkg.Name == "time" && call.Sel.Name == "Now" {
						t.Errorf("%s reads the clock", file)
					}
				}
				if fn, ok := n.(*ast.FuncDecl); ok && fn.Name.Name == "init" && fn.Recv == nil {
					t.Errorf("%s has an init function", file)
				}
				return true
			})
		}
	}
}

func imports(t *testing.T, dir string) []string {
	t.Helper()
	pkg, err := build.ImportDir(filepath.Join("..", dir), 0)
	if err != nil {
		t.Fatalf("%s is in the table of ranks: %v", dir, err)
	}
	return pkg.Imports
}

func sources(t *testing.T, dir string) []string {
	t.Helper()
	pkg, err := build.ImportDir(filepath.Join("..", dir), 0)
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, name := range pkg.GoFiles {
		files = append(files, filepath.Join("..", dir, name))
	}
	return files
}
