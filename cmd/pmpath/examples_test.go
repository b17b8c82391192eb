package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/pmpath/pmpath/internal/document"
)

const gateExample = "../../examples/gate"

// edit replaces a text in a file of the example.
type edit struct{ file, old, new string }

// The example ends in every way that a gate can end, run by the steps of its workflow as they are written, in a clean clone.
func TestGateExample(t *testing.T) {
	steps := workflowSteps(t, filepath.Join(gateExample, "workflow.yml"))
	tests := []struct {
		name  string
		day   string // seconds since 1970, as the clock of the run
		edits []edit
		code  int
		says  string
	}{
		{"green", day2026, nil, 0, "8 cases: 7 met, 1 waived. Gate met."},
		{"red", day2026, []edit{{"policy.yaml", "ready: {at_least: 60%}", "ready: {at_least: 70%}"}}, 1, "::error file=policy.yaml,line=5,col=9,title=gate%3A ready not met::target Senior Product Manager: at least 70 %25 ready"},
		{"exactly at the bound: 8 of 12 are ready", day2026, []edit{{"policy.yaml", "ready: {at_least: 60%}", "ready: {at_least: 2/3}"}}, 0, "Gate met."},
		{"warned", day2026, []edit{{"policy.yaml", "ready: {at_least: 50%}", "ready: {at_least: 61%}"}}, 0, "::warning file=policy.yaml,line=12,col=9,title=gate%3A each-team warning::team Payments"},
		{"waived", day2026, nil, 0, "::notice file=policy.yaml,line=24,col=9,title=gate%3A fresh-answers waived::p-7y1aaptnrsvyp9tj: answers of 2026-04-20"},
		{"expired", "1798761600", nil, 1, "The waiver olga-on-leave expired on 2026-12-31 (head-of-product)"}, // 2027-01-01
		{"regressed", day2026, []edit{{"sheets/search/ines.yaml", "saying-no: 3", "saying-no: 2"}}, 1, "title=gate%3A no-step-back not met::"},
		{"regressed, and the baseline rewritten", day2026, []edit{{"sheets/search/ines.yaml", "saying-no: 3", "saying-no: 2"}, {"baseline.yaml", "", ""}}, 1, "the baseline itself is changed"},
		{"undetermined", day2026, []edit{{"sheets/payments/tess.yaml", "gates:", "x-gates:"}}, 1, "title=gate%3A no-guessing not met::everybody: at most 0 people undetermined"},
		{"a damaged sheet", day2026, []edit{{"sheets/payments/tess.yaml", "saying-no: 3", "saying-no: 33"}}, 65, "sheets/payments/tess.yaml:34:14: answers.saying-no: level 33 is outside 0..5"},
		{"a secret that is not there", day2026, []edit{{"key", "", ""}}, 65, "this is no key for pseudonyms"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			run := cloneExample(t, tt.day)
			for _, e := range tt.edits {
				run.change(e)
			}
			code, out := run.steps(steps)
			if code != tt.code || !strings.Contains(out, tt.says) {
				t.Errorf("exit code %d, want %d with %q; the log is\n%s", code, tt.code, tt.says, out)
			}
			run.checkReports(code)
		})
	}
}

const day2026 = "1795651200" // 2026-11-26

// exampleRun is the example in a clone of its repository, on a branch of its own.
type exampleRun struct {
	t          *testing.T
	clone, tmp string
	env        []string
}

func cloneExample(t *testing.T, day string) *exampleRun {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the steps of the workflow are for a Unix shell")
	}
	tmp := t.TempDir()
	key, err := os.ReadFile(filepath.Join(gateExample, "demo.key"))
	if err != nil {
		t.Fatal(err)
	}
	run := &exampleRun{t: t, clone: filepath.Join(tmp, "clone"), tmp: tmp, env: []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + tmp, "TMPDIR=" + tmp, "TERM=dumb", "CI=true", "GORACE=atexit_sleep_ms=0", "SOURCE_DATE_EPOCH=" + day,
		"GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=Kim", "GIT_AUTHOR_EMAIL=kim@example.org", "GIT_COMMITTER_NAME=Kim", "GIT_COMMITTER_EMAIL=kim@example.org",
		"PSEUDONYM_KEY=" + strings.TrimSpace(string(key)), "BASE=origin/main", "RUNNER_TEMP=" + tmp, "GITHUB_STEP_SUMMARY=" + filepath.Join(tmp, "summary.md"),
	}}
	origin := filepath.Join(tmp, "origin")
	if err := os.CopyFS(origin, os.DirFS(gateExample)); err != nil {
		t.Fatal(err)
	}
	run.git(origin, "init", "-q", "-b", "main")
	run.git(origin, "add", ".")
	run.git(origin, "commit", "-qm", "What we agreed on")
	run.git(tmp, "clone", "-q", origin, run.clone)
	run.git(run.clone, "checkout", "-qb", "change")
	return run
}

func (r *exampleRun) git(folder string, args ...string) {
	r.t.Helper()
	program, err := exec.LookPath("git")
	if err != nil {
		if os.Getenv("CI") == "true" {
			r.t.Fatal("git is missing")
		}
		r.t.Skip("SKIPPED, the example is not checked: git is missing")
	}
	cmd := exec.Command(program, args...)
	cmd.Dir, cmd.Env = folder, r.env
	if out, err := cmd.CombinedOutput(); err != nil {
		r.t.Fatalf("git %q: %v\n%s", args, err, out)
	}
}

// change makes an edit and commits it. An edit without texts writes the baseline anew, or takes the secret away.
func (r *exampleRun) change(e edit) {
	r.t.Helper()
	name := filepath.Join(r.clone, e.file)
	switch {
	case e.file == "key":
		r.env = append(r.env, "PSEUDONYM_KEY=")
		return
	case e.old == "":
		if err := os.Remove(name); err != nil {
			r.t.Fatal(err)
		}
		if code, out := r.shell("umask 077; printf '%s\\n' \"$PSEUDONYM_KEY\" >../key; pmpath cohort gate baseline write sheets --baseline baseline.yaml --key-file ../key"); code != 0 {
			r.t.Fatal(out)
		}
	default:
		data, err := os.ReadFile(name)
		if err != nil || !strings.Contains(string(data), e.old) {
			r.t.Fatalf("%s: no %q: %v", e.file, e.old, err)
		}
		if err := os.WriteFile(name, []byte(strings.Replace(string(data), e.old, e.new, 1)), 0o600); err != nil {
			r.t.Fatal(err)
		}
	}
	r.git(r.clone, "commit", "-qam", "A change")
}

// shell runs a script as a step of a workflow does.
func (r *exampleRun) shell(script string) (code int, out string) {
	r.t.Helper()
	cmd := exec.Command("sh", "-ec", script)
	cmd.Dir, cmd.Env = r.clone, r.env
	text, err := cmd.CombinedOutput()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		r.t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(text)
}

// steps runs one after the other until one fails.
func (r *exampleRun) steps(steps []string) (code int, out string) {
	for _, step := range steps {
		code, out = r.shell(step)
		if code != 0 {
			break
		}
	}
	return code, out
}

// checkReports looks for the files that the workflow keeps: both are there where there is a decision, and neither where there is none.
func (r *exampleRun) checkReports(code int) {
	r.t.Helper()
	var there []string
	for _, name := range []string{"gate.xml", "gate.json", "../summary.md"} {
		if _, err := os.Stat(filepath.Join(r.clone, name)); err == nil {
			there = append(there, name)
		}
	}
	if want := map[bool]int{true: 3, false: 0}[code == 0 || code == 1]; len(there) != want {
		r.t.Errorf("exit code %d and the files %q", code, there)
	}
}

// workflowSteps are the scripts of a workflow in their order, but for the installation of pmpath, which is there already.
func workflowSteps(t *testing.T, file string) []string {
	t.Helper()
	n, err := document.Read(os.DirFS(filepath.Dir(file)), filepath.Base(file), file)
	if err != nil {
		t.Fatal(err)
	}
	var steps []string
	for _, step := range n.Get("jobs").Get("gate").Entries("steps") {
		if script := step.TextOf("run"); script != "" && !strings.HasPrefix(script, "go install ") {
			steps = append(steps, script)
		}
	}
	if len(steps) != 2 || !slices.ContainsFunc(steps, func(s string) bool { return strings.Contains(s, "cohort gate") }) {
		t.Fatalf("%d steps: %q", len(steps), steps)
	}
	return steps
}

// The line in the README of the example is one of a script.
func TestGateExampleReadme(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(gateExample, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, block, _ := strings.Cut(string(data), "```sh\n")
	line, _, _ := strings.Cut(block, "\n```")
	run := cloneExample(t, day2026)
	if code, out := run.shell("chmod 600 demo.key\n" + line); code != 0 || !strings.HasSuffix(out, "8 cases: 7 met, 1 waived. Gate met.\n") {
		t.Errorf("exit code %d\n%s", code, out)
	}
}
