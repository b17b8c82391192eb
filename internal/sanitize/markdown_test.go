package sanitize

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMarkdown(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"blank", " \n ", ""},
		{"plain", "Ships weekly, 3 of 5 (good).", "Ships weekly, 3 of 5 (good)."},
		{"line breaks", "a\r\n\r\nb", "a b"},
		{"HTML", `<img src=x onerror="f()">`, `&lt;img src=x onerror="f()"&gt;`},
		{"comment", "<!-- x -->", `&lt;\!-- x --&gt;`},
		{"entity", "&lt;&#60;", `&amp;lt;&amp;\#` + breaker + `60;`},
		{"link", "[a](b)", `\[a\](b)`},
		{"image", "![a](b)", `\!\[a\](b)`},
		{"emphasis", "*a* _b_ **c** ~~d~~", `\*a\* \_b\_ \*\*c\*\* \~\~d\~\~`},
		{"code", "`a`", "\\`a\\`"},
		{"bar", "a|b", "a&#124;b"},
		{"bar after a backslash", `a\|b`, `a&#92;&#124;b`},
		{"backslash at the end", `a\`, `a&#92;`},
		{"mathematics", "$x$", "&#36;x&#36;"},
		{"mention", "@octo/team", "@" + breaker + "octo/team"},
		{"e-mail", "a.b@c.example", "a.b@" + breaker + "c.example"},
		{"issue", "see #12 and o/r#3", `see \#` + breaker + `12 and o/r\#` + breaker + `3`},
		{"hash without a number", "C# x", `C\# x`},
		{"issue by prefix", "GH-12 gh-3", "GH-" + breaker + "12 gh-" + breaker + "3"},
		{"no issue", "high-5 GH-x", "high-5 GH-x"},
		{"web address", "https://a.example/b", `https\://a.example/b`},
		{"web address without a scheme", "www.a.example WWW.b", `www\.a.example WWW\.b`},
		{"emoji name", "so :+1: and 10:30:45", "so :" + breaker + "+1: and 10:" + breaker + "30:45"},
		{"colons that are none", "a: b, c:d", "a: b, c:d"},
		{"heading", "# a", `\# a`},
		{"quote", "> a", "&gt; a"},
		{"bullets", "- a", `\- a`},
		{"plus", "+ a", `\+ a`},
		{"star", "* a", `\* a`},
		{"numbered", "1. a", `1\. a`},
		{"numbered with a bracket", "12) a", `12\) a`},
		{"number of ten digits is no list", "1234567890. a", "1234567890. a"},
		{"fraction", "3.5 of 1.0", `3\.5 of 1.0`},
		{"rule", "---", `\---`},
		{"underline", "===", `\===`},
		{"fence", "~~~", `\~\~\~`},
		{"table ruler", ":--", `\:--`},
		{"table ruler that might be an emoji", ":-:", `\:` + breaker + `-:`},
		{"workflow command", "::error file=a::b", `\::error file=a::b`},
		{"old workflow command", "##[error]x", `\#\#\[error\]x`},
		{"hidden order", "a\u202eb", "a&lt;U+202E&gt;b"},
		{"escape", "\x1b[31m", `&lt;U+001B&gt;\[31m`},
		{"other scripts", "می‌خواهم 👩‍👧 é", "می‌خواهم 👩‍👧 é"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Markdown(tt.in); got != tt.want {
				t.Errorf("Markdown(%+q)\n got %s\nwant %s", tt.in, got, tt.want)
			}
		})
	}
}

func TestMarkdownProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkMarkdown(t, hostile().Draw(t, "text")) })
}

func FuzzMarkdown(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) { checkMarkdown(t, s) })
}

func checkMarkdown(t failer, s string) {
	t.Helper()
	got := Markdown(s)
	checkVisible(t, s, got)
	if strings.ContainsAny(got, "\n\t\r|<>$") || got != strings.TrimSpace(got) {
		t.Errorf("Markdown(%+q) is %q: it breaks a line or cell, or holds HTML", s, got)
	}
	if found := structure.FindString(entities.Replace(got)); found != "" {
		t.Errorf("Markdown(%+q) is %q: %q has a meaning", s, got, found)
	}
	if found := reference.FindString(rendered(got)); found != "" {
		t.Errorf("Markdown(%+q) is shown as %+q: %q becomes a link or picture", s, rendered(got), found)
	}
	if shown := strings.ReplaceAll(rendered(got), "\u200b", ""); shown != Line(s) {
		t.Errorf("Markdown(%+q) is shown as %+q, want %+q", s, shown, Line(s))
	}
}

// structure is what a parser of Markdown sees in the source: openings of blocks and commands, punctuation without its backslash, links.
// A backslash of our own always stands before its character, since those of the text are entities.
var structure = regexp.MustCompile("^[-+=:#>]|^[0-9]{1,9}[.)]|(?:^|[^\\\\])(?:[*_`\\[\\]!~#&]|://)|(?i:www)\\.|@[[:alnum:]]|\\\\[[:alnum:] ]|\\\\$")

// entities are the only ones that the code writes.
var entities = strings.NewReplacer("&amp;", "(e)", "&lt;", "(e)", "&gt;", "(e)", "&#124;", "(e)", "&#92;", "(e)", "&#36;", "(e)", breaker, "(e)")

// reference is what GitHub looks for in the text that was rendered.
var reference = regexp.MustCompile(`@[A-Za-z0-9_-]|#[0-9]|\b(?i:gh)-[0-9]|:[A-Za-z0-9_+-]+:`)

// rendered undoes escaping as CommonMark does: a backslash before punctuation, and entities.
func rendered(markdown string) string {
	return html.UnescapeString(escaped.ReplaceAllStringFunc(markdown, func(pair string) string { return html.EscapeString(pair[1:]) }))
}

var escaped = regexp.MustCompile(`\\[!-/:-@\[-` + "`" + `{-~]`)
