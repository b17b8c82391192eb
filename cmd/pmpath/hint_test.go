package main

import (
	"strings"
	"testing"

	"github.com/pmpath/pmpath/internal/settings"
)

// What a report shows as a command can be copied into a shell: quoted where a shell would read it otherwise, and left out where it could not be shown.
func TestSheetInHints(t *testing.T) {
	for _, test := range []struct {
		file  string
		flags []string
		set   string
		want  string
	}{
		{"me.yaml", nil, "", "me.yaml"},
		{"sub/me-2.yaml", nil, "", "sub/me-2.yaml"},
		{"my answers.yaml", nil, "", "'my answers.yaml'"},
		{"it's $(me).yaml", nil, "", `'it'\''s $(me).yaml'`},
		{"größe.yaml", nil, "", "'größe.yaml'"},
		{"me.yaml", []string{"--stage pm", "--target senior-pm"}, "", "me.yaml --stage pm --target senior-pm"},
		{"me.yaml", nil, "small", "me.yaml --rubric small"},
		{"me.yaml", nil, settings.DefaultRubric, "me.yaml"},
		{"", []string{"--target pm"}, "", ""},
		{"-", nil, "", ""},
		{"-rf", nil, "", ""},
		{"a\x1b[2Jb.yaml", nil, "", ""},
		{"a\nb.yaml", nil, "", ""},
		{"a\u202eb.yaml", nil, "", ""},
		{"me.yaml", nil, "a\x1bb", ""},
		{strings.Repeat("x", longestHint) + ".yaml", nil, "", ""},
	} {
		e := &env{settings: &settings.Settings{}}
		e.settings.Rubric = settings.DefaultRubric
		if test.set != "" {
			e.settings.Rubric = test.set
		}
		if got := e.sheetInHints(test.file, test.flags); got != test.want {
			t.Errorf("%q, %+v, %q: %q, want %q", test.file, test.flags, test.set, got, test.want)
		}
	}
}
