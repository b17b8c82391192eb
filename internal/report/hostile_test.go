package report

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
)

// hostile are texts that try to steer a terminal, a page, a CI runner or the eye, and texts that are only unusual.
var hostile = []string{
	"\x1b[31mred\x1b[0m \x1b]0;title\x07 \u009b2J",
	"left \u202egnirts\u202c \u2066isolated\u2069 right",
	"# heading\n::error file=x::boom\n##[error]boom",
	"| a | b |\n|---|---|\n- [x] done\n1. one",
	"<script>alert(1)</script> [link](javascript:x) ![i](//x) @team #12 https://x.example `code` **bold** $x$",
	strings.Repeat("Donaudampfschifffahrtsgesellschaft", 9),
	"長い日本語の文章で、空白がまったくないものです。改行の位置はどこでもよい。",
	"👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 e\u0301a\u0308 ไทยกำลังเขียน हिन्दी",
	"\x00nul\x07bell\x08back\x7fdel\rreturn\u2028line\u2029para\ufeffmark",
	"--- === +++ ~~~ ``` > quote & &amp; \\",
	"    indented\tcode\t\n\n\nafter",
	"\xff\xfe no UTF-8",
}

// hostileSmall has such a text in every place where an author may write one, each with a number so that they differ.
func hostileSmall(t testing.TB) *rubric.Rubric {
	n := 0
	return rewritten(t, func(string) string {
		n++
		return fmt.Sprintf("%s T%d", hostile[n%len(hostile)], n)
	})
}

// hostilePeople say hostile things themselves. The quotes keep YAML out of it; what may stand in no file is put in afterwards.
func hostileAssessment(t testing.TB, person string) *readiness.Assessment {
	a := assess(t, hostileSmall(t), person)
	a.Sheet.Respondent = strings.Join(hostile, " ")
	return a
}

func TestHostileTexts(t *testing.T) {
	people := map[string]string{
		"hostile":      "stage: starter\nanswers: {problem-note: 1, scope-cut: 1, measure-read: 0, hard-talk: 0}\ngates: {shipped-once: true}\n",
		"hostile-open": "target: lead\nanswers: {problem-note: 3}\n",
	}
	for name, person := range people {
		a := hostileAssessment(t, person)
		for _, format := range formats {
			out := rendered(t, format.render, a)
			checkGolden(t, name+"."+format.name, out)
			checkSafe(t, name+"."+format.name, strings.NewReplacer("\x1b[1m", "", "\x1b[m", "", "\x1b[1;33m", "", "\x1b[1;36m", "").Replace(out))
		}
	}
	for name, person := range people {
		a := hostileAssessment(t, person)
		for _, format := range slices.Concat(wayFormats, chainFormats) {
			out := rendered(t, format.render, a)
			checkGolden(t, name+"."+format.name, out)
			checkSafe(t, name+"."+format.name, strings.NewReplacer("\x1b[1m", "", "\x1b[m", "", "\x1b[1;33m", "", "\x1b[1;36m", "").Replace(out))
		}
	}
	r := hostileSmall(t)
	for _, page := range pages {
		if page.name == "instrument-colour" {
			continue
		}
		out := printed(t, page.print, r)
		if page.name == "matrix-csv" || page.name == "matrix-80" || page.name == "stage-lead-40" || page.name == "competency-80" || page.name == "instrument-80" || page.name == "matrix-markdown" {
			checkGolden(t, "hostile-"+page.name, out)
		}
		checkSafe(t, page.name, out)
	}
}

// checkSafe looks for what no format may hold: control characters, characters that turn or hide text, broken UTF-8, and lines that a CI runner would obey.
func checkSafe(t *testing.T, name, out string) {
	t.Helper()
	if !strings.HasSuffix(name, "json") && !utf8.ValidString(out) {
		t.Errorf("%s: no UTF-8", name)
	}
	for _, r := range out {
		if r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' || r == '\ufeff' {
			if strings.HasSuffix(name, "json") && r >= ' ' {
				continue // in JSON a text is as its author wrote it; whoever shows it cleans it
			}
			t.Errorf("%s: U+%04X", name, r)
		}
	}
	for line := range strings.Lines(out) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "::") || strings.HasPrefix(line, "##[") {
			t.Errorf("%s: a line that CI runners obey: %q", name, line)
		}
	}
}

// Hostile texts change no shape: headings, rows and entries are those of the same report with plain texts.
func TestHostileTextsKeepTheShapeOfMarkdown(t *testing.T) {
	shape := func(text string) string {
		var b strings.Builder
		for line := range strings.Lines(text) {
			marks := strings.Count(line, "|")
			start := regexp.MustCompile(`^(#+ |\| |\|---| *\d+\. \*\*| *- (\[[ x]\] )?|_)?`).FindString(line)
			fmt.Fprintf(&b, "%q %d\n", start, marks)
		}
		return b.String()
	}
	for _, person := range people {
		plain := assess(t, rubrictest.Small(t), person.sheet)
		odd := assess(t, hostileSmall(t), person.sheet)
		for _, format := range slices.Concat(formats, wayFormats, chainFormats) {
			if !strings.HasSuffix(format.name, "markdown") {
				continue
			}
			want, got := shape(rendered(t, format.render, plain)), shape(rendered(t, format.render, odd))
			if want != got {
				t.Errorf("%s, %s: the shape is\n%s\nwith plain texts it is\n%s", person.name, format.name, got, want)
			}
		}
	}
}

// drawText is any text an author may think of, short or long, with few or many spaces.
func drawText(t *rapid.T) string {
	switch rapid.IntRange(0, 3).Draw(t, "kind") {
	case 0:
		return rapid.SampledFrom(hostile).Draw(t, "hostile")
	case 1:
		return strings.Map(withoutBars, rapid.StringN(1, 40, -1).Draw(t, "any"))
	}
	return rapid.StringMatching(`[a-z0-9/%.-]{1,12}( [a-zé漢👍-]{1,30}){0,12}`).Draw(t, "words")
}

// withoutBars replaces what our bars are made of, so that those that are left are ours.
func withoutBars(r rune) rune {
	if strings.ContainsRune("█▒░", r) {
		return '#'
	}
	return r
}

// No line is wider than the page.
func TestTextKeepsToItsWidth(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := rewritten(t, func(string) string { return drawText(rt) })
		a := drawAssessment(rt, r)
		a.Sheet.Respondent = drawText(rt)
		layout := Layout{Width: rapid.IntRange(20, 200).Draw(rt, "width"), Plain: rapid.Bool().Draw(rt, "plain"), Color: rapid.Bool().Draw(rt, "colour")}
		texts := map[string]string{
			"report":  rendered(t, asText(layout), a),
			"gaps":    rendered(t, func(w io.Writer, a *readiness.Assessment) error { return GapText(w, New(a, forText), layout) }, a),
			"path":    rendered(t, asPaths(layout), a),
			"whatif":  rendered(t, asWhatIf(layout), a),
			"routes":  rendered(t, asRoutes(layout, rapid.SampledFrom([]func(*readiness.Assessment, Options) *Routes{nextRoles, fromEngineer, byTwo}).Draw(rt, "routes")), a),
			"explain": rendered(t, asExplanation(layout, rapid.SampledFrom([]func(*readiness.Assessment, Options) *Explanation{whole, named, route}).Draw(rt, "explained")), a),
			"ladder":  printed(t, func(w io.Writer, r *rubric.Rubric) error { return Ladder(w, r, r.Stages, layout) }, r),
			"plan":    rendered(t, asPlan(layout), a),
			"check":   rendered(t, asCheck(layout), a),
			"kept": rendered(t, func(w io.Writer, a *readiness.Assessment) error {
				return Text(w, New(a, withProgress(a, forText)), layout)
			}, a),
			"stage": printed(t, func(w io.Writer, r *rubric.Rubric) error {
				return Stage(w, r, rapid.SampledFrom(r.Stages).Draw(rt, "shown"), layout)
			}, r),
			"instrument": printed(t, func(w io.Writer, r *rubric.Rubric) error { return Instrument(w, r, layout) }, r),
			"competency": printed(t, func(w io.Writer, r *rubric.Rubric) error { return Competency(w, r.Competencies[0], layout) }, r),
			"matrix":     printed(t, func(w io.Writer, r *rubric.Rubric) error { return MatrixText(w, r, layout) }, r),
		}
		for name, text := range texts {
			if !layout.Color && strings.ContainsRune(text, '\x1b') {
				rt.Errorf("%s: an escape byte without colour: %q", name, text)
			}
			if layout.Plain && strings.ContainsAny(text, "█▒░") {
				rt.Errorf("%s: a bar for a screen reader", name)
			}
			for line := range strings.Lines(text) {
				line = strings.TrimSuffix(line, "\n")
				if width := ansi.StringWidth(line); width > layout.Width && len(strings.Fields(line)) > 1 {
					rt.Fatalf("%s: %d columns of %d: %q", name, width, layout.Width, line)
				}
				if !layout.Color && strings.HasSuffix(line, " ") {
					rt.Errorf("%s: spaces at the end of %q", name, line)
				}
			}
		}
	})
}
