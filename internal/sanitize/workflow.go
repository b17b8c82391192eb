package sanitize

import "strings"

var (
	workflowData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	workflowProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// Workflow makes a value safe as the message of a GitHub workflow command, such as the text of "::warning::text": the runner reads the whole line as the
// message and takes the three escapes back.
func Workflow(s string) string { return workflowData.Replace(Line(s)) }

// WorkflowProperty makes a value safe as a property of a workflow command, such as the name in "::warning file=name::", where a colon or a comma would
// end it. An empty value stays empty.
func WorkflowProperty(s string) string { return workflowProperty.Replace(Line(s)) }
