package sanitize_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/sanitize"
)

func TestWorkflow(t *testing.T) {
	for _, tc := range []struct{ in, data, property string }{
		{"plain text", "plain text", "plain text"},
		{"100 % sure, as said: yes", "100 %25 sure, as said: yes", "100 %25 sure%2C as said%3A yes"},
		{"a\n::error::b", "a ::error::b", "a %3A%3Aerror%3A%3Ab"},
		{"a\r::error::b", "a<U+000D>::error::b", "a<U+000D>%3A%3Aerror%3A%3Ab"},
		{"%0A::stop-commands::x", "%250A::stop-commands::x", "%250A%3A%3Astop-commands%3A%3Ax"},
		{"r.yaml,line=9::x", "r.yaml,line=9::x", "r.yaml%2Cline=9%3A%3Ax"},
		{"\x1b[31mred\u202e", "<U+001B>[31mred<U+202E>", "<U+001B>[31mred<U+202E>"},
		{"", "", ""},
	} {
		if got := sanitize.Workflow(tc.in); got != tc.data {
			t.Errorf("Workflow(%q) = %q, want %q", tc.in, got, tc.data)
		}
		if got := sanitize.WorkflowProperty(tc.in); got != tc.property {
			t.Errorf("WorkflowProperty(%q) = %q, want %q", tc.in, got, tc.property)
		}
	}
}

// Nothing that ends a line or a property is left, and the runner gets back what a terminal would show.
func TestWorkflowIsOneLine(t *testing.T) {
	back := strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%")
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		if data := sanitize.Workflow(s); strings.ContainsAny(data, "\r\n") || back.Replace(data) != sanitize.Line(s) {
			t.Fatalf("Workflow(%q) = %q", s, data)
		}
		if property := sanitize.WorkflowProperty(s); strings.ContainsAny(property, "\r\n:,") || back.Replace(property) != sanitize.Line(s) {
			t.Fatalf("WorkflowProperty(%q) = %q", s, property)
		}
	})
}
