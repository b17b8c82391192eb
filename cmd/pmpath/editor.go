package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/prompt"
	"github.com/pmpath/pmpath/internal/sanitize"
	"github.com/pmpath/pmpath/internal/settings"
)

// compose lets the person write a note, in their editor or line by line where none is set. It returns the note as it is to be, which may be empty.
func (e *env) compose(p prompt.Prompter, about, current string) (string, error) {
	editor := e.editor()
	if editor == nil {
		return composeLines(p, about, current)
	}
	for text := current; ; {
		written, err := e.edit(p, editor, text)
		if err != nil {
			return current, p.Say(fmt.Sprintf(editorFailed, sanitize.Line(editor[0]), sanitize.Line(err.Error())))
		}
		fault := checkText(written)
		if fault == nil {
			return written, nil
		}
		text = written
		trouble := prompt.Question{Ask: sanitize.Line(fault.Error())}
		if err := pick(p, trouble, []row{newRow("1", labelAgain, "", nothing)}, []row{leaveRow()}); err != nil {
			return current, err
		}
	}
}

// editor is the person's editor and its arguments; nil where none is set. A shell never sees it.
func (e *env) editor() []string {
	for _, name := range []string{"PMPATH_EDITOR", "VISUAL", "EDITOR"} {
		if words := strings.Fields(e.variable(name)); len(words) > 0 {
			return words
		}
	}
	return nil
}

func (e *env) variable(name string) string {
	value, _ := e.lookup(name)
	return value
}

// edit runs the editor on a file that nobody else can read and that is gone afterwards.
func (e *env) edit(p prompt.Prompter, editor []string, text string) (string, error) {
	if e.settings.StateFolder == "" {
		return "", settings.NoFolder()
	}
	if err := os.MkdirAll(e.settings.StateFolder, 0o700); err != nil {
		return "", err
	}
	folder, err := os.MkdirTemp(e.settings.StateFolder, "note-*") // 0700, for what an editor puts beside the file
	if err != nil {
		return "", err
	}
	defer func() { _ = os.RemoveAll(folder) }() // what is left there is for nobody else to read
	name := filepath.Join(folder, "note.txt")
	if text != "" {
		text += "\n"
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		return "", err
	}
	program := exec.Command(editor[0], append(editor[1:len(editor):len(editor)], name)...)
	program.Stdin, program.Stdout, program.Stderr = e.streams.In.File, e.streams.Err.File, e.streams.Err.File
	if err := p.Lend(program); err != nil {
		return "", err
	}
	written, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	if len(written) > document.MaxScalar {
		written = written[:document.MaxScalar] // checkText refuses it in any case
	}
	return tidy(string(written)), nil
}

// tidy takes away what editors add: a mark at the beginning, line ends of other systems, an empty end. Bytes that are no text go.
func tidy(text string) string {
	text = strings.ToValidUTF8(strings.TrimPrefix(text, "\ufeff"), "")
	return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
}

// composeLines asks line by line. The first line says what the others are for.
func composeLines(p prompt.Prompter, about, current string) (string, error) {
	const end, away = ".", "-"
	ask, help := fmt.Sprintf(aboutNote, about), noteLines
	if current != "" {
		help += " " + noteNow + " " + sanitize.Line(current)
	}
	var lines []string
	for {
		line, err := p.Line(ask, help, func(line string) error {
			return checkText(strings.Join(append(lines[:len(lines):len(lines)], line), "\n"))
		})
		switch {
		case err != nil:
			return current, err
		case line == end && len(lines) == 0:
			return current, nil
		case line == away && len(lines) == 0:
			return "", nil
		case line == end:
			return tidy(strings.Join(lines, "\n")), nil
		}
		lines = append(lines, line)
		ask, help = "", ""
	}
}
