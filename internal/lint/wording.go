package lint

import (
	"regexp"
	"slices"
	"strings"

	"github.com/pmpath/pmpath/internal/document"
	"github.com/pmpath/pmpath/internal/rubric"
)

// The bounds of the wording rules, in words.
const (
	shortestAnchor = 10
	longestAnchor  = 25
	leastContent   = 4 // words of content that two texts must have before they are compared: short ones share too much by chance
)

// wording looks at the questions, the anchors and the gates. It compares words; what a text means is for its readers.
func (l *linter) wording() {
	for _, item := range l.Items {
		p := ofItem(item)
		l.question(p, item.AskAt, item.Ask)
		l.phrases(p, item.AskAt, item.Ask)
		for i, anchor := range item.Anchors {
			l.phrases(p, item.AnchorsAt[i], anchor)
		}
		l.lengths(item)
		l.neighbours(item)
	}
	for _, gate := range l.Gates {
		l.question(ofGate(gate), gate.At, gate.Ask)
		l.phrases(ofGate(gate), gate.At, gate.Ask)
	}
	l.questions()
}

// question looks for a second question in a question.
func (l *linter) question(p part, at document.Position, ask string) {
	if second := secondQuestion(ask); second != "" {
		l.note(p, at, doubleBarrelled, "this asks two things: … %s", second)
	}
}

// secondQuestion returns the words that begin a second question, or nothing: a second question mark, "and why", "did you find and mend".
func secondQuestion(ask string) string {
	if strings.Count(ask, "?") > 1 {
		return "two question marks"
	}
	words := wordsOf(strings.ToLower(ask))
	for i, word := range words {
		if word != "and" && word != "or" || i == 0 || i+1 == len(words) {
			continue
		}
		next := words[i+1]
		if slices.Contains(asking, next) {
			return word + " " + next
		}
		if next == "then" && i+2 < len(words) {
			return word + " then " + words[i+2]
		}
		if i >= 2 && word == "and" && slices.Contains(subjects, words[i-2]) {
			return words[i-1] + " and " + next
		}
	}
	return ""
}

var tenure = regexp.MustCompile(`(?i)\b(\d+|one|two|three|four|five|six|seven|eight|nine|ten)\+?[ -]years?\b`)

// phrases looks for words that do not belong into a question or an anchor.
func (l *linter) phrases(p part, at document.Position, text string) {
	for _, word := range wordsOf(text) {
		if lower := strings.ToLower(word); slices.Contains(gradingWords, lower) {
			l.note(p, at, gradingWord, "%q gives a grade and no fact", lower)
		}
	}
	spaced := " " + strings.Join(wordsOf(text), " ") + " "
	for _, tool := range tools {
		if strings.Contains(spaced, " "+tool+" ") {
			l.note(p, at, toolName, "%q is the name of a tool or method", tool)
		}
	}
	if years := tenure.FindString(text); years != "" {
		l.note(p, at, yearsAsked, "%q counts years", years)
	}
}

// lengths compares the anchors of a question with what can be read at a glance, and with each other. The lowest level says "not yet" in few words.
func (l *linter) lengths(item *rubric.Item) {
	shortest, longest := -1, -1
	sizes := make([]int, len(item.Anchors))
	for i, anchor := range item.Anchors {
		if i == 0 {
			continue
		}
		sizes[i] = len(wordsOf(anchor))
		if sizes[i] < shortestAnchor || sizes[i] > longestAnchor {
			l.note(ofItem(item), item.AnchorsAt[i], anchorLength, "the anchor of level %d has %s", level(item, i), count(sizes[i], "word"))
		}
		if shortest < 0 || sizes[i] < sizes[shortest] {
			shortest = i
		}
		if longest < 0 || sizes[i] > sizes[longest] {
			longest = i
		}
	}
	if sizes[longest] > 2*sizes[shortest] {
		l.note(ofItem(item), item.AnchorsAt[longest], unevenAnchors, "the anchor of level %d has %s, that of level %d only %d",
			level(item, longest), count(sizes[longest], "word"), level(item, shortest), sizes[shortest])
	}
}

func level(item *rubric.Item, index int) int { return item.Competency.Scale.Levels[index].Level }

// neighbours compares each anchor with the one below it: where most words are the same, people cannot tell the two apart.
func (l *linter) neighbours(item *rubric.Item) {
	for i := 2; i < len(item.Anchors); i++ {
		below, here := contentOf(item.Anchors[i-1]), contentOf(item.Anchors[i])
		if both, either := shared(below, here); alike(below, here, both, either) {
			l.note(ofItem(item), item.AnchorsAt[i], alikeAnchors, "the anchors of levels %d and %d share %d of their %d words of content",
				level(item, i-1), level(item, i), both, either)
		}
	}
}

// alike is true for two texts that share half of their content or more. In the shipped rubric no two neighbours share more than two fifths, and no two
// questions more than a quarter.
func alike(a, b []string, both, either int) bool {
	return min(len(a), len(b)) >= leastContent && 2*both >= either
}

// questions compares every question with those before it.
func (l *linter) questions() {
	contents := make([][]string, len(l.Items))
	for i, item := range l.Items {
		contents[i] = contentOf(item.Ask)
		for j := range i {
			before := l.Items[j]
			both, either := shared(contents[j], contents[i])
			if alike(contents[j], contents[i], both, either) || strings.EqualFold(item.Ask, before.Ask) {
				l.note(ofItem(item), item.AskAt, alikeQuestions, "%q asks nearly the same as %q", item.ID, before.ID)
				break // of many that are alike, one each is enough to find them
			}
		}
	}
}
