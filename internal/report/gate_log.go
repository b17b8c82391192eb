package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/pmpath/pmpath/internal/policy"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// GateGitHub prints the decision as commands of a GitHub workflow: errors for what stops the gate, warnings, and notices for what is waived or not needed. They point
// at the rule in the policy.
func GateGitHub(w io.Writer, g *GateReport) error {
	lists := map[string][]annotation{}
	for i := range g.Cases {
		c := &g.Cases[i]
		kind := annotationKinds[c.effect]
		if kind == "" {
			continue
		}
		title := "gate: " + c.Rule + " " + resultWords(c.Result)
		text := c.sentence() + "."
		if c.missed() {
			text += " Why this rule: " + c.Why
		}
		lists[kind] = append(lists[kind], annotation{c.File, c.Line, c.Column, title, cut(text, mostAnnotationText)})
	}
	for i := range g.Unused {
		lists["notice"] = append(lists["notice"], annotation{g.Unused[i].File, g.Unused[i].Line, 1, "gate: waiver", g.Unused[i].unusedWords()})
	}
	for _, kind := range []string{"error", "warning", "notice"} {
		if err := writeAnnotations(w, kind, lists[kind]); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(w, inert(sanitize.Line(g.closing())))
	return err
}

// mostAnnotationText keeps one annotation readable; a runner cuts longer ones.
const mostAnnotationText = 2000

var annotationKinds = map[policy.Effect]string{policy.Fails: "error", policy.Unsure: "error", policy.Warns: "warning", policy.Waived: "notice", policy.Skipped: "notice"}

// annotation is a message of a workflow; without a file it belongs to the whole job.
type annotation struct {
	file         string
	line, column int
	title, text  string
}

func writeAnnotations(w io.Writer, kind string, list []annotation) error {
	for i, a := range list {
		if left := len(list) - i; i == mostAnnotations-1 && left > 1 {
			_, err := fmt.Fprintf(w, "::%s title=gate::and %d more, all of them in the other reports\n", kind, left)
			return err
		}
		place := ""
		if a.file != "" {
			place = "file=" + sanitize.WorkflowProperty(a.file) + ","
		}
		if a.file != "" && a.line > 0 {
			place += fmt.Sprintf("line=%d,col=%d,", a.line, a.column)
		}
		if _, err := fmt.Fprintf(w, "::%s %stitle=%s::%s\n", kind, place, sanitize.WorkflowProperty(a.title), sanitize.Workflow(a.text)); err != nil {
			return err
		}
	}
	return nil
}

// GateTAP prints the decision in version 14 of the Test Anything Protocol. Waived and not judged are skipped; a warning is a miss that is still to be done, which stops nothing.
func GateTAP(w io.Writer, g *GateReport) error {
	b := &strings.Builder{}
	fmt.Fprintf(b, "TAP version 14\n1..%d\n", len(g.Cases))
	for i := range g.Cases {
		c := &g.Cases[i]
		state, directive := "ok", ""
		switch c.effect {
		case policy.Fails, policy.Unsure:
			state = "not ok"
		case policy.Warns:
			state, directive = "not ok", " # TODO a warning only"
		case policy.Waived:
			directive = " # SKIP waived by " + tapText(c.Waiver.words())
		case policy.Skipped:
			directive = " # SKIP not judged"
		case policy.Passes:
		}
		fmt.Fprintf(b, "%s %d - %s%s\n", state, i+1, tapText(cut(c.Rule+" "+junitName(c), mostJUnitText)), directive)
		if c.effect != policy.Passes {
			fmt.Fprintf(b, "  ---\n  message: %s\n  result: %s\n  ...\n", yamlText(c.sentence()), c.Result)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

var tapEscapes = strings.NewReplacer(`\`, `\\`, "#", `\#`)

func tapText(text string) string { return tapEscapes.Replace(sanitize.Line(text)) }

// yamlText is a text in double quotes: JSON's form is YAML's as well.
func yamlText(text string) string {
	quoted, _ := json.Marshal(sanitize.Line(text)) // a string can always be written
	return string(quoted)
}
