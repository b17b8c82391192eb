package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// The same sheet gives the same bytes, whatever the language, the time zone, the number of processors, the folder and the day.
func TestSameInputSameBytes(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("pmpath")
	if err != nil {
		t.Fatal(err)
	}
	folders := []string{t.TempDir(), t.TempDir()}
	for _, folder := range folders {
		if err := os.CopyFS(folder, rubrictest.Files()); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "me.yaml"), []byte(sameSheet), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	locales := []string{"C", "tr_TR.UTF-8", "de_DE.UTF-8", "ja_JP.UTF-8"}
	zones := []string{"UTC", "Pacific/Kiritimati", "America/Adak"} // UTC+14 and UTC−10: three days can be today at once
	formats := []string{"text", "markdown", "json"}
	first := map[string][]byte{}
	for run := range 100 { // 4 × 3 × 2 × 3 = 72 combinations, and some of them again
		locale, zone := locales[run%4], zones[run/4%3]
		processors, format := run/12%2+1, formats[run/24%3]
		cmd := exec.Command(program, "assess", "--rubric", "small", "--answers", "me.yaml", "--format", format)
		cmd.Dir = folders[run%2]
		cmd.Env = []string{"HOME=" + cmd.Dir, "LANG=" + locale, "LC_ALL=" + locale, "TZ=" + zone, fmt.Sprintf("GOMAXPROCS=%d", processors), "GORACE=atexit_sleep_ms=0"}
		got, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v: %v", cmd.Env, err)
		}
		if want, known := first[format]; known && !bytes.Equal(got, want) {
			t.Fatalf("run %d, %v: other bytes than before\n%s\nbefore\n%s", run, cmd.Env, got, want)
		}
		first[format] = got
	}
	if len(first) != len(formats) {
		t.Errorf("only %d formats were tried", len(first))
	}
}

// A sheet with everything that a report can say: several roles, open questions, stale evidence, a gate whose evidence is too old.
const sameSheet = `pmpath: 1
rubric: small@1.2.3
stage: starter
date: 2026-11-22
answers: {problem-note: 3, scope-cut: 1, measure-read: 2}
gates:
  shipped-once: {met: true, kind: artifact, when: 2024-01-01}
evidence:
  measure-read: {kind: artifact, when: 2023-05-05, what: "İstanbul"}
`
