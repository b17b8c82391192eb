package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/rubrics"
)

// The README may promise nothing that no test runs: its commands are lines of scripts, its report is the output of one, its sheet can be read.

func readmeBlocks(t *testing.T, language string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("there is no README yet")
	}
	if err != nil {
		t.Fatal(err)
	}
	var blocks []string
	for _, found := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```$").FindAllStringSubmatch(string(data), -1) {
		blocks = append(blocks, found[1])
	}
	if len(blocks) == 0 {
		t.Fatalf("the README has no block of %s", language)
	}
	return blocks
}

func TestReadmeCommandsAreInScripts(t *testing.T) {
	tested := map[string]bool{}
	for _, line := range readScripts(t).commands {
		tested[normalized(line)] = true
	}
	found := 0
	for _, block := range readmeBlocks(t, "sh") {
		for line := range strings.Lines(block) {
			if strings.Contains(line, "# on a terminal") { // pty_test.go answers there
				continue
			}
			if line = normalized(line); strings.HasPrefix(line, "pmpath ") {
				found++
				if !tested[line] {
					t.Errorf("no script runs this line of the README: %s", line)
				}
			}
		}
	}
	if found == 0 {
		t.Error("the README shows no command of pmpath")
	}
}

var beforeProgram = regexp.MustCompile(`^(\$ |! |\[[^]]*\] |exec |exits \d+ )*`)

// normalized drops what stands around a command line: a prompt, a comment, what a script does with it, and how the program is started.
func normalized(line string) string {
	line, _, _ = strings.Cut(line, " #")
	line = beforeProgram.ReplaceAllString(strings.TrimSpace(line), "")
	line = strings.Replace(line, "go run ./cmd/pmpath", "pmpath", 1)
	return strings.Join(strings.Fields(line), " ")
}

func TestReadmeReportIsOutput(t *testing.T) {
	files := readScripts(t).files
	for _, block := range readmeBlocks(t, "text") {
		if !strings.Contains(files, "\n"+block) && !strings.Contains(files, "--\n"+block) {
			t.Errorf("no script prints this text of the README:\n%s", block)
		}
	}
}

func TestReadmeSheetCanBeRead(t *testing.T) {
	r, err := rubrics.Load("product-management")
	if err != nil {
		t.Fatal(err)
	}
	sheets := 0
	for _, block := range readmeBlocks(t, "yaml") {
		if !strings.Contains(block, "\nrubric: product-management@") {
			continue
		}
		sheets++
		node, err := document.ParseYAML("README.md", []byte(block))
		if err == nil {
			_, err = response.Read(r, node)
		}
		if err != nil {
			t.Error(err)
		}
	}
	if sheets == 0 {
		t.Error("the README shows no sheet")
	}
}
