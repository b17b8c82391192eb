package settings

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/pmpath/pmpath/internal/document"
)

// DefaultRubric is the shipped rubric that is asked where nothing names another.
const DefaultRubric = "product-management"

// Names of settings, as in files.
const (
	keyRubric     = "rubric"
	keyFormat     = "format"
	keyColor      = "color"
	keyNoInput    = "no_input"
	keyAccessible = "accessible"
	keyLock       = "lock_timeout"
)

// Key describes one setting. Help prints it; the checks of files, variables and flags are made from it.
type Key struct {
	Name     string   // in files
	Flag     string   // without hyphens in front
	Variable string   // of the environment
	Doc      string   // one line for people
	Default  string   // "true" or "false" where Bool
	Words    []string // the values there are; nil where Bool or where any text will do
	Bool     bool
	Duration bool // a whole number with its unit: ms, s or m
}

// Keys returns all settings in the order in which they are shown.
func Keys() []Key {
	return []Key{
		{Name: keyRubric, Flag: "rubric", Variable: "PMPATH_RUBRIC", Default: DefaultRubric,
			Doc: "the rubric to use: the name of a shipped one, or a path"},
		{Name: keyFormat, Flag: "format", Variable: "PMPATH_FORMAT", Default: "text", Words: []string{"text", "markdown", "json", "jsonl", "csv", "ical", "junit", "tap", "github", "sarif", "qualtrics", "limesurvey"},
			Doc: "the form of what is printed; each command says which of these it has"},
		{Name: keyColor, Flag: "color", Variable: "PMPATH_COLOR", Default: "auto", Words: []string{"auto", "always", "never"},
			Doc: "whether to use colour; auto looks at the terminal and at NO_COLOR and its like"},
		{Name: keyNoInput, Flag: "no-input", Variable: "PMPATH_NO_INPUT", Default: "false", Bool: true,
			Doc: "never ask; a command that needs input ends and names the flag that gives it"},
		{Name: keyAccessible, Flag: "accessible", Variable: "PMPATH_ACCESSIBLE", Default: "false", Bool: true,
			Doc: "plain lines for screen readers: no colour, drawing or redrawing; ACCESSIBLE turns it on too"},
		{Name: keyLock, Flag: "lock-timeout", Variable: "PMPATH_LOCK_TIMEOUT", Default: "0s", Duration: true,
			Doc: "how long to wait for an interview that another process has open"},
	}
}

// maxPath is the longest path that Linux knows, in bytes.
const maxPath = 4096

func (k Key) shape() *document.Shape {
	switch {
	case k.Bool:
		return document.Boolean()
	case k.Words != nil:
		return document.Choice(k.Words...)
	case k.Duration:
		return document.Pattern("a time with its unit", `^[0-9]{1,6}(ms|s|m)$`, "30s")
	}
	return document.Line(maxPath)
}

// fault judges one value of a variable or flag by the rule that holds in files. It returns nothing where all is well.
func (k Key) fault(value string) (what, do string) {
	var problems document.Problems
	k.shape().Check(&document.Node{Kind: document.Scalar, Text: value}, &problems)
	if len(problems) == 0 {
		return "", ""
	}
	return problems[0].What, problems[0].Do
}

// fileShape is what a settings file may hold. A file without any setting is fine.
func fileShape(keys []Key) *document.Shape {
	var fields []document.Field
	for _, key := range keys {
		fields = append(fields, document.May(key.Name, key.Doc, key.shape()))
	}
	return document.OrEmpty(document.Object(fields...))
}

// IsPath tells whether a value of the setting rubric is meant as a path: it has a separator or ends like a rubric file. Any other value
// is the name of a shipped rubric.
func IsPath(rubric string) bool {
	return strings.ContainsAny(rubric, `/`+string(filepath.Separator)) ||
		slices.Contains([]string{".yaml", ".yml", ".json"}, strings.ToLower(filepath.Ext(rubric)))
}

// truth reads the words for yes and no that variables may hold, in any case.
func truth(word string) (value, known bool) {
	switch strings.ToLower(word) {
	case "1", "true", "yes", "on":
		return true, true
	case "0", "false", "no", "off":
		return false, true
	}
	return false, false
}
