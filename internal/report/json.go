package report

import (
	"encoding/json"
	"io"
)

// JSON prints a value for programs: a report of this package, or a form that a command has made.
func JSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}
