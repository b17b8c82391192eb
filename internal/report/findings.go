package report

import (
	"fmt"
	"io"

	"github.com/pmpath/pmpath/internal/lint"
	"github.com/pmpath/pmpath/internal/sanitize"
)

// Findings prints what lint found, a line each. Nothing found, nothing said.
func Findings(w io.Writer, result lint.Result) error {
	for _, f := range result.Findings {
		line := fmt.Sprintf("%s: %s: %s – %s (%s)", sanitize.Line(f.Position.String()), f.Rule.Severity, sanitize.Line(f.What), f.Rule.Do, f.Rule.Name)
		if _, err := fmt.Fprintln(w, inert(line)); err != nil {
			return err
		}
	}
	return nil
}

// The JSON form of findings.
type (
	findingsJSON struct {
		SchemaVersion int            `json:"schema_version"`
		Findings      []findingJSON  `json:"findings"`
		Accepted      []acceptedJSON `json:"accepted"`
	}
	findingJSON struct {
		Rule     string `json:"rule"`
		Severity string `json:"severity"`
		File     string `json:"file"`
		Line     int    `json:"line"`
		Column   int    `json:"column"`
		Place    string `json:"place"`
		Message  string `json:"message"`
		Hint     string `json:"hint"`
	}
	acceptedJSON struct {
		findingJSON
		Why string `json:"why"`
	}
)

// FindingsJSON prints the findings, and those that are accepted with their reasons, for programs.
func FindingsJSON(w io.Writer, result lint.Result) error {
	out := findingsJSON{1, []findingJSON{}, []acceptedJSON{}}
	for _, f := range result.Findings {
		out.Findings = append(out.Findings, plainFinding(f))
	}
	for _, a := range result.Accepted {
		out.Accepted = append(out.Accepted, acceptedJSON{plainFinding(a.Finding), sanitize.Line(a.Why)})
	}
	return JSON(w, out)
}

func plainFinding(f lint.Finding) findingJSON {
	return findingJSON{f.Rule.Name, f.Rule.Severity.String(), f.File, f.Line, f.Column, f.Place, sanitize.Line(f.What), f.Rule.Do}
}

// mostAnnotations is how many annotations of a type GitHub shows for a step; what goes beyond is dropped in silence, so the last of them says how many there are.
const mostAnnotations = 10

// FindingsGitHub prints the findings as commands of a GitHub workflow, which shows them beside the lines of a pull request.
func FindingsGitHub(w io.Writer, result lint.Result) error {
	for _, severity := range []lint.Severity{lint.Warning, lint.Note} {
		var some []lint.Finding
		for _, f := range result.Findings {
			if f.Rule.Severity == severity {
				some = append(some, f)
			}
		}
		if err := annotate(w, annotationTypes[severity], some); err != nil {
			return err
		}
	}
	return nil
}

var annotationTypes = map[lint.Severity]string{lint.Warning: "warning", lint.Note: "notice"}

func annotate(w io.Writer, kind string, findings []lint.Finding) error {
	for i, f := range findings {
		if left := len(findings) - i; i == mostAnnotations-1 && left > 1 {
			_, err := fmt.Fprintf(w, "::%s title=pmpath rubric lint::and %d more, all of them with --format text\n", kind, left)
			return err
		}
		place := "file=" + sanitize.WorkflowProperty(f.File)
		if f.Line > 0 {
			place += fmt.Sprintf(",line=%d,col=%d", f.Line, f.Column)
		}
		if _, err := fmt.Fprintf(w, "::%s %s,title=%s::%s\n", kind, place, f.Rule.Name, sanitize.Workflow(f.What+" – "+f.Rule.Do)); err != nil {
			return err
		}
	}
	return nil
}
