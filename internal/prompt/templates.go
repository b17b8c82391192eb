package prompt

import (
	"github.com/AlecAivazis/survey/v2"
	"github.com/AlecAivazis/survey/v2/core"
)

// useTemplates replaces what survey prints. Its own templates hold English
// hints that no option switches off, and wrap in the middle of words. They are
// global variables of survey and there is no other way in, so they are set
// whenever a prompter is made, before its first prompt; two prompters of
// different colour at once would not work, but a process has one terminal.
//
// Colours are written into the templates by us, since survey would let
// NO_COLOR and CLICOLOR overrule the decision the caller has made.
func useTemplates(st style) {
	core.DisableColor = st == style{}
	survey.ErrorTemplate = "{{ .Error.Error }}\n"
	survey.SelectQuestionTemplate = `
{{- define "option"}}
	{{- if eq .SelectedIndex .CurrentIndex}}` + st.focus + `> {{.CurrentOpt.Value}}` + st.off + `{{else}}  {{.CurrentOpt.Value}}{{end}}
{{end}}
{{- if .ShowAnswer}}> {{.Answer}}
{{else}}{{.Message}}{{printf "%.5s" .FilterMessage}}
{{range $row, $option := .PageEntries}}{{template "option" $.IterateOption $row $option}}{{end}}{{end}}`
	// survey measures the rows of every list with the "option" of this template;
	// ours never take more than one line.
	survey.MultiSelectQuestionTemplate = `{{define "option"}}{{end}}`
	survey.InputQuestionTemplate = `{{if not .ShowAnswer}}{{.Message}} {{end}}`
}
