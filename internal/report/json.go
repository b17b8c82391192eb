package report

import (
	"encoding/json"
	"io"
)

// JSON prints the report for programs.
func JSON(w io.Writer, r *Report) error {
	return indented(w, r)
}

func indented(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}
