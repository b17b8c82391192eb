package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const formsExample = "../../examples/forms"

// The commands in the README of the example run as they are written, the map is what is proposed today, and an answer that it does not have is refused at its place.
func TestFormsExample(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join(formsExample, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, block, _ := strings.Cut(string(readme), "```sh\n")
	block, _, _ = strings.Cut(block, "```")
	lines := strings.Split(strings.TrimSpace(block), "\n")
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(formsExample)); err != nil {
		t.Fatal(err)
	}
	run := func(line string) (int, string) {
		words := strings.Fields(line)
		cmd := exec.Command(words[0], words[1:]...)
		cmd.Dir, cmd.Env = folder, append(os.Environ(), "PMPATH_HOME="+filepath.Join(folder, "home"))
		out, _ := cmd.CombinedOutput()
		return cmd.ProcessState.ExitCode(), string(out)
	}
	says := []string{"Export of Google Forms · 10 people · 95 columns", "\n  Payments       5 ", "3 cases: 3 met. Gate met."}
	if len(lines) != len(says) {
		t.Fatalf("%d commands, and %d are looked at", len(lines), len(says))
	}
	for i, line := range lines {
		if code, out := run(line); code != 0 || !strings.Contains(out, says[i]) {
			t.Errorf("%s: exit code %d, want %q:\n%s", line, code, says[i], out)
		}
	}
	want, err := os.ReadFile(filepath.Join(folder, "map.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if code, out := run("pmpath cohort map responses.csv -o -"); code != 0 || out != string(want) {
		t.Errorf("exit code %d; another map is proposed:\n%s", code, out)
	}
	name := filepath.Join(folder, "responses.csv")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	// Jun is the tenth, in line 11; the role is the fifth column.
	changed := bytes.Replace(data, []byte(`"Jun","Search","Product Manager"`), []byte(`"Jun","Search","Captain"`), 1)
	if err := os.WriteFile(name, changed, 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out := run(lines[2]); code != 65 || !strings.Contains(out, "responses.csv:11:") || !strings.Contains(out, "Captain") {
		t.Errorf("an answer that the map does not have: exit code %d:\n%s", code, out)
	}
}
