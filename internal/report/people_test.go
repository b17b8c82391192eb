package report

import (
	"bytes"
	"io"
	"reflect"
	"testing"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/readiness"
	"github.com/pmpath/pmpath/internal/response"
	"github.com/pmpath/pmpath/internal/rubric"
	"github.com/pmpath/pmpath/internal/rubric/rubrictest"
	"github.com/pmpath/pmpath/internal/sanitize"
)

const head = "pmpath: 1\nrubric: small@1.2.3\ndate: 2026-11-22\n"

// people are sheets of the small rubric, one for each thing that a report has to say. Builder asks for framing 2 (must, floor 1.5; 2 points),
// measuring 1 and talking 1 (1 point each), 3.2 of 4 points, and shipped-once; lead for framing 3 (must, floor 2.5), measuring 2.5 (floor 2), talking 3
// (floor 2), and trusted.
var people = []struct{ name, sheet string }{
	// framing (2·2 + 2)/3 = 2, all else exactly as asked: 4 of 4 points. The gate that is only reported is missing.
	{"ready", `stage: starter
target: builder
answers: {problem-note: 2, scope-cut: 2, measure-read: 1, hard-talk: 1}
gates: {shipped-once: {met: true, kind: artifact, when: 2026-06-01}, ran-session: false}
evidence: {problem-note: {kind: artifact}, scope-cut: {kind: peer}}
`},
	// framing (2·2 + 1)/3 = 5/3, so 2·(5/3 − 1) + 1 + 1 = 10/3 of 4 points (83 %). One level less of anything in framing is 4/3, under the floor.
	{"barely", `stage: starter
target: builder
answers: {problem-note: 2, scope-cut: 1, measure-read: 1, hard-talk: 1}
gates: {shipped-once: {met: true, kind: peer, when: 2026-06-01}, ran-session: {met: true, kind: self}}
evidence: {problem-note: {kind: artifact}}
`},
	// framing 2, measuring 1, talking 1: no point, every floor missed. The gate has a yes of the wrong kind, the other one evidence that is too old.
	{"not-yet", `stage: builder
target: lead
answers: {problem-note: 2, scope-cut: 2, measure-read: 1, hard-talk: 1}
gates: {trusted: {met: true, kind: self}, shipped-once: {met: true, kind: artifact, when: 2024-01-01}}
`},
	// framing (2·1 + 2)/3 = 4/3, under the floor; the problem note at 2 makes it 2, and all is met.
	{"one-step", `stage: starter
target: builder
answers: {problem-note: 1, scope-cut: 2, measure-read: 1, hard-talk: 1}
gates: {shipped-once: {met: true, kind: artifact, when: 2026-06-01}}
`},
	{"half-filled", `stage: starter
target: builder
answers: {problem-note: 2}
`},
	// talking is all there is of its area: 0 of it is assessed, and 2/3 are needed.
	{"no-chance", `stage: starter
target: builder
answers: {problem-note: 2, scope-cut: 2, measure-read: 1, hard-talk: na}
gates: {shipped-once: {met: true, kind: artifact, when: 2026-06-01}}
`},
	// The one question that is open decides.
	{"one-open", `stage: builder
target: guide
answers: {problem-note: 1, scope-cut: 1, measure-read: 1}
gates: {ran-session: true}
`},
	// Not ready whatever the open answers are, as the gate is not met; from 1 step (at best) to more.
	{"not-yet-at-best", `stage: starter
target: guide
answers: {problem-note: 0}
gates: {ran-session: false}
`},
	{"several", `respondent: Kim Example
stage: starter
answers: {problem-note: 3, scope-cut: 1, measure-read: 2, hard-talk: 2}
gates: {shipped-once: {met: true, kind: artifact}, ran-session: true}
evidence: {measure-read: {kind: artifact, when: 2023-05-05}}
`},
	{"by-manager", `rater: manager
target: guide
answers: {problem-note: 1, scope-cut: 0, hard-talk: 2}
gates: {ran-session: {met: true, kind: self, when: 2026-10-01}}
`},
	{"asks-nothing", "target: starter\nanswers: {}\n"},
}

func assess(t testing.TB, r *rubric.Rubric, sheet string) *readiness.Assessment {
	t.Helper()
	node, err := document.ParseYAML("sheet.yaml", []byte(head+sheet))
	if err != nil {
		t.Fatal(err)
	}
	s, err := response.Read(r, node)
	if err != nil {
		t.Fatal(err)
	}
	return readiness.Assess(s, readiness.Targets(s))
}

// formats are all forms of a report. The names of respondents are in it.
var formats = []struct {
	name   string
	render func(io.Writer, *readiness.Assessment) error
}{
	{"text-80", asText(Layout{Width: 80})},
	{"text-40", asText(Layout{Width: 40})},
	{"text-200", asText(Layout{Width: 200})},
	{"plain", asText(Layout{Width: 80, Plain: true})},
	{"colour", asText(Layout{Width: 80, Color: true})},
	{"markdown", func(w io.Writer, a *readiness.Assessment) error { return Markdown(w, New(a, forMarkdown)) }},
	{"json", func(w io.Writer, a *readiness.Assessment) error { return JSON(w, New(a, forJSON)) }},
	{"gaps", func(w io.Writer, a *readiness.Assessment) error {
		return GapText(w, New(a, forText), Layout{Width: 80})
	}},
	{"gaps-markdown", func(w io.Writer, a *readiness.Assessment) error { return GapMarkdown(w, New(a, forMarkdown)) }},
}

var (
	forText     = Options{Clean: sanitize.Line, IncludeName: true}
	forMarkdown = Options{Clean: sanitize.Markdown, IncludeName: true}
	forJSON     = Options{IncludeName: true}
)

func asText(layout Layout) func(io.Writer, *readiness.Assessment) error {
	return func(w io.Writer, a *readiness.Assessment) error { return Text(w, New(a, forText), layout) }
}

func rendered(t testing.TB, render func(io.Writer, *readiness.Assessment) error, a *readiness.Assessment) string {
	t.Helper()
	var out bytes.Buffer
	if err := render(&out, a); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// rewritten is the small rubric with every text that its author is free to choose replaced by what text returns; ids, versions and numbers stay. It is a
// rubric of its own, so that the shared one is as it was.
func rewritten(t testing.TB, text func(before string) string) *rubric.Rubric {
	t.Helper()
	r, err := rubric.Load(rubrictest.Files(), rubrictest.Folder, rubrictest.Folder)
	if err != nil {
		t.Fatal(err)
	}
	var rewrite func(v reflect.Value)
	seen := map[uintptr]bool{}
	rewrite = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() && !seen[v.Pointer()] {
				seen[v.Pointer()] = true
				rewrite(v.Elem())
			}
		case reflect.Slice:
			for i := range v.Len() {
				if v.Index(i).Kind() == reflect.String && v.Type() != reflect.TypeFor[[]string]() {
					continue
				}
				rewrite(v.Index(i))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				switch v.Type().Field(i).Name {
				case "Kinds", "Kind", "Basis", "At", "ID", "Version", "Digest", "URL":
					if v.Type() == reflect.TypeFor[rubric.Cut]() { // its At is a number, its Why is text
						break
					}
					continue
				}
				if v.Type() != reflect.TypeFor[document.Position]() { // names of files are no texts of the rubric
					rewrite(v.Field(i))
				}
			}
		case reflect.String:
			if v.CanSet() && v.String() != "" {
				v.SetString(text(v.String()))
			}
		}
	}
	rewrite(reflect.ValueOf(r))
	return r
}
