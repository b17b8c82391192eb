package main

import (
	"path/filepath"
	"testing"
)

func TestRelativeURI(t *testing.T) {
	folder := t.TempDir()
	inside := filepath.ToSlash(filepath.Join(folder, "rubrics", "ours", "ladder.yaml"))
	for file, want := range map[string]string{
		"ours/ladder.yaml":         "ours/ladder.yaml",
		"./ours/../ours/area.yaml": "ours/area.yaml",
		inside:                     "rubrics/ours/ladder.yaml",
		"a b/100%,é\n?#.yaml":      "a%20b/100%25,%C3%A9%0A%3F%23.yaml",
		"c:d/x.yaml":               "./c:d/x.yaml", // else c would be a scheme
		"../other/x.yaml":          "../other/x.yaml",
	} {
		if got := relativeURI(folder, file); got != want {
			t.Errorf("relativeURI(%q) = %q, want %q", file, got, want)
		}
	}
}
