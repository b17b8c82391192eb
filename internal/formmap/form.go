package formmap

import (
	"fmt"

	"github.com/pmpath/pmpath/internal/rubric"
)

// Texts that a form has besides the questions of the rubric. Propose recognises them.
const (
	NameQuestion        = "Your name, or the number that you were given"
	TeamQuestion        = "Which team do you work in?"
	StageQuestion       = "Which role do you hold today?"
	TargetQuestion      = "Which role do you ask about?"
	NotApplicableChoice = "No chance in this role"

	targetHelp = "Leave it open to ask about every role that can follow."
	itemHelp   = "Choose what you could show today. Leave it open where nothing fits."
	kindLead   = "What shows it? "
	dateLead   = "From which day is that? "
	dayHelp    = "Write the day like 2026-11-22."
)

// Form is the questions of a rubric for a form tool: what a person is asked, and nothing of what a stage asks for.
type Form struct {
	Title  string
	About  string
	Blocks []Block
}

// Block is a page of a form.
type Block struct {
	Title     string
	Questions []Question
}

// Question is one thing to ask.
type Question struct {
	ID      string // what a map file says that its column is
	Code    string // for tools that allow 20 letters and digits
	Text    string
	Help    string
	Choices []Choice // none: the answer is a line of text
	YesNo   bool     // the choices are those of a tool's own yes/no question
}

// Choice is one answer to choose.
type Choice struct{ Code, Text string }

// NewForm lists what to ask: who answers, each question with an answer for each level in words, each gate with the evidence that it needs.
func NewForm(r *rubric.Rubric) *Form {
	f := &Form{Title: r.Title, About: itemHelp}
	f.Blocks = append(f.Blocks, Block{"About you", []Question{
		{ID: "name", Text: NameQuestion},
		{ID: "team", Text: TeamQuestion},
		{ID: "stage", Text: StageQuestion, Choices: stageChoices(r)},
		{ID: "target", Text: TargetQuestion, Help: targetHelp, Choices: stageChoices(r)},
	}})
	for _, area := range r.Areas {
		block := Block{Title: area.Title}
		for _, c := range area.Competencies {
			for _, item := range c.Items {
				block.Questions = append(block.Questions, Question{ID: item.ID, Text: askOf(item), Help: oneLine(item.Evidence), Choices: levelChoices(item)})
			}
		}
		f.Blocks = append(f.Blocks, block)
	}
	if facts := gateQuestions(r); len(facts) > 0 {
		f.Blocks = append(f.Blocks, Block{"Facts", facts})
	}
	f.giveCodes()
	return f
}

func (f *Form) giveCodes() {
	codes := codesOf(f.ids())
	for _, block := range f.Blocks {
		for i := range block.Questions {
			block.Questions[i].Code = codes[block.Questions[i].ID]
		}
	}
}

func (f *Form) ids() []string {
	var ids []string
	for _, block := range f.Blocks {
		for _, q := range block.Questions {
			ids = append(ids, q.ID)
		}
	}
	return ids
}

// askOf is the text of a question, with how far it looks back.
func askOf(item *rubric.Item) string {
	if item.Window > 0 {
		return fmt.Sprintf("%s (past %d months)", oneLine(item.Ask), item.Window)
	}
	return oneLine(item.Ask)
}

func stageChoices(r *rubric.Rubric) []Choice {
	choices := make([]Choice, len(r.Stages))
	for i, stage := range r.Stages {
		choices[i] = Choice{stageCode(i), oneLine(stage.Title)}
	}
	return choices
}

// levelChoices words the levels by their anchors, and adds the number where two of them read alike.
func levelChoices(item *rubric.Item) []Choice {
	scale := item.Competency.Scale
	seen := map[string]int{normal(NotApplicableChoice): 1}
	for _, l := range scale.Levels {
		seen[normal(item.Anchor(l.Level))]++
	}
	var choices []Choice
	for _, l := range scale.Levels {
		text := oneLine(item.Anchor(l.Level))
		if seen[normal(text)] > 1 {
			text = fmt.Sprintf("%d – %s", l.Level, text)
		}
		choices = append(choices, Choice{levelCode(l.Level), text})
	}
	if item.NotApplicable {
		choices = append(choices, Choice{"NA", NotApplicableChoice})
	}
	return choices
}

func gateQuestions(r *rubric.Rubric) []Question {
	var list []Question
	for _, gate := range r.Gates {
		list = append(list, Question{ID: gate.ID, Text: oneLine(gate.Ask), Help: oneLine(gate.Evidence), YesNo: true, Choices: []Choice{{"Y", "Yes"}, {"N", "No"}}})
		if len(gate.Kinds) > 0 {
			q := Question{ID: gate.ID + kindSuffix, Text: kindAsk(gate)}
			for _, kind := range evidenceKinds {
				q.Choices = append(q.Choices, Choice{kind.code, kind.text})
			}
			list = append(list, q)
		}
		if gate.Within > 0 {
			list = append(list, Question{ID: gate.ID + dateSuffix, Text: dateAsk(gate), Help: dayHelp})
		}
	}
	return list
}

func kindAsk(gate *rubric.Gate) string { return kindLead + "(" + oneLine(gate.Title) + ")" }
func dateAsk(gate *rubric.Gate) string { return dateLead + "(" + oneLine(gate.Title) + ")" }
