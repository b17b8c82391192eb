package formmap

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/pmpath/pmpath/internal/rubric"
)

// phrase is one way to write something that an answer can mean.
type phrase struct {
	shown  string
	normal string
	means  string
	style  style
}

// style is how a form words its answers. All answers of a question are expected in one style.
type style int

// The styles, the likeliest first.
const (
	byAnchor style = iota
	byLabel
	byNumber
	byNumberAndAnchor
	byNumberAndLabel
	byLabelAndAnchor
	byAll
	byCode  // of `pmpath rubric form --format limesurvey`
	ownWord // another word for the same
	styles
)

func newPhrase(means string, s style, shown string) phrase {
	shown = oneLine(shown)
	return phrase{shown, normal(shown), means, s}
}

// phrasesOf lists what the answers of a column can be, each meaning in each style.
func phrasesOf(r *rubric.Rubric, about About) []phrase {
	switch about.Kind {
	case Item:
		return itemPhrases(r.Items[about.Index])
	case Gate:
		return append(words(yes, "Yes", "Y", "true"), words(no, "No", "N", "false")...)
	case GateKind:
		var list []phrase
		for _, kind := range evidenceKinds {
			list = append(list, words(kind.id, kind.text, kind.id)...)
			list = append(list, newPhrase(kind.id, byCode, kind.code))
		}
		return list
	case Stage, Target:
		var list []phrase
		for i, stage := range r.Stages {
			list = append(list, words(stage.ID, append([]string{stage.Title, stage.ID}, stage.Aliases...)...)...)
			list = append(list, newPhrase(stage.ID, byCode, stageCode(i)))
		}
		return list
	default:
		return nil
	}
}

// words are phrases of one meaning: the first is the usual one, the others are taken where they stand.
func words(means string, texts ...string) []phrase {
	list := make([]phrase, len(texts))
	for i, text := range texts {
		list[i] = newPhrase(means, ownWord, text)
	}
	list[0].style = byAnchor
	return list
}

func itemPhrases(item *rubric.Item) []phrase {
	var list []phrase
	scale := item.Competency.Scale
	for _, l := range scale.Levels {
		number, label, anchor := strconv.Itoa(l.Level), l.Label, item.Anchor(l.Level)
		list = append(list,
			newPhrase(number, byAnchor, anchor),
			newPhrase(number, byLabel, label),
			newPhrase(number, byNumber, number),
			newPhrase(number, byNumberAndAnchor, number+" – "+anchor),
			newPhrase(number, byNumberAndLabel, number+" – "+label),
			newPhrase(number, byLabelAndAnchor, label+": "+anchor),
			newPhrase(number, byAll, number+" – "+label+": "+anchor),
			newPhrase(number, byCode, levelCode(l.Level)))
	}
	if item.NotApplicable {
		list = append(list, words(notApplicable, NotApplicableChoice, "not applicable", "n/a", "na")...)
		list = append(list, newPhrase(notApplicable, byCode, "NA"))
	}
	return list
}

// noAnswers are texts that tools write where nothing was answered.
var noAnswers = map[string]bool{"no answer": true, "prefer not to say": true, "not answered": true, "question not answered": true}

var evidenceKinds = []struct{ id, code, text string }{
	{"artifact", "A", "Something to look at"}, {"peer", "P", "Somebody who can confirm it"}, {"self", "S", "My own word"},
}

// Codes as LimeSurvey wants them: questions of at most 20 letters and digits with a letter first, answers of at most 5.
const maxCode = 20

func levelCode(level int) string {
	if level < 0 {
		return fmt.Sprintf("M%d", -level)
	}
	return fmt.Sprintf("L%d", level)
}

func stageCode(index int) string { return fmt.Sprintf("S%d", index+1) }

// codesOf gives each id a code, unlike the code of every other id.
func codesOf(ids []string) map[string]string {
	codes, taken := map[string]string{}, map[string]bool{}
	for _, id := range ids {
		plain := strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, id)
		code := plain[:min(len(plain), maxCode)]
		for n := 2; taken[code]; n++ {
			number := strconv.Itoa(n)
			code = plain[:min(len(plain), maxCode-len(number))] + number
		}
		taken[code] = true
		codes[id] = code
	}
	return codes
}
