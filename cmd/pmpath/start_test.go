package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// BenchmarkStart times whole processes as multiples of a Go program that only prints a line, in the same run and in turn, so that the figures
// mean the same on every machine. Goals: at most 3 for `pmpath version`, 4.5 for `pmpath assess --answers SHEET` with the shipped rubric.
func BenchmarkStart(b *testing.B) {
	folder := b.TempDir()
	hello := filepath.Join(folder, "hello.go")
	writeBench(b, hello, "package main\n\nimport \"os\"\n\nfunc main() { os.Stdout.WriteString(\"hello, world\\n\") }\n")
	sheet := filepath.Join(folder, "me.yaml")
	build := func(name, source string) string {
		program := filepath.Join(folder, name)
		if runtime.GOOS == "windows" {
			program += ".exe"
		}
		if out, err := exec.Command("go", "build", "-o", program, source).CombinedOutput(); err != nil {
			b.Fatalf("build %s: %v\n%s", name, err, out)
		}
		return program
	}
	bare, pmpath := build("hello", hello), build("pmpath", ".")
	data, err := exec.Command(pmpath, "rubric", "sheet", "--stage", "pm", "--target", "senior-pm").Output()
	if err != nil {
		b.Fatal(err)
	}
	// Filled in as an editor leaves it, with all comments: the largest sheet that anybody gives to pmpath.
	head, questions, _ := strings.Cut(string(data), "\nanswers:\n")
	writeBench(b, sheet, head+"\nanswers:\n"+regexp.MustCompile(`(?m)^(  [a-z-]+:)$`).ReplaceAllString(questions, "$1 3"))

	for _, program := range []struct {
		name string
		args []string
		kept bool // after a plan has been kept, so that there is a history to look into
	}{
		{"version", []string{"version"}, false},
		{"assess", []string{"assess", "--answers", sheet}, false},
		{"assess with a plan", []string{"assess", "--answers", sheet}, true},
	} {
		b.Run(program.name, func(b *testing.B) {
			if program.kept {
				timed(b, pmpath, "plan", sheet, "--store")
			}
			var ratios []float64
			for range 10 { // the first runs read the programs from disk
				timed(b, bare)
				timed(b, pmpath, program.args...)
			}
			for b.Loop() {
				yardstick := timed(b, bare)
				ratios = append(ratios, float64(timed(b, pmpath, program.args...))/float64(yardstick))
			}
			slices.Sort(ratios)
			b.ReportMetric(ratios[len(ratios)/2], "x-hello")
			b.ReportMetric(0, "ns/op") // seconds say nothing about another machine
		})
	}
}

func timed(b *testing.B, program string, args ...string) time.Duration {
	cmd := exec.Command(program, args...)
	cmd.Env = []string{"HOME=" + filepath.Dir(program), "TERM=xterm"}
	start := time.Now()
	if err := cmd.Run(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

func writeBench(b *testing.B, name, text string) {
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
}
