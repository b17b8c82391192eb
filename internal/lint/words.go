package lint

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/pmpath/pmpath/internal/fraction"
)

// The lists of the wording rules, all of them here. They are short on purpose: a word stands here only where it is wrong nearly every time.
var (
	// gradingWords say how well or how often where an anchor has to say what. Proficiency is no frequency.
	gradingWords = []string{
		"always", "consistently", "confidently", "deeply", "effectively", "efficiently", "excellent", "excellently", "exceptional", "exceptionally", "expertly",
		"frequently", "good", "great", "highly", "masterfully", "occasionally", "often", "outstanding", "passionate", "poorly", "proactively", "proficiently",
		"rarely", "regularly", "skilfully", "skillfully", "sometimes", "strategically", "strong", "strongly", "successfully", "thoroughly", "usually", "weak",
	}

	// tools are names of products and methods, spelled as they spell themselves: "Notion" is a tool, a notion is none.
	tools = []string{
		"Airtable", "Amplitude", "Asana", "Azure DevOps", "Confluence", "Excel", "Figma", "Google Analytics", "Hotjar", "HubSpot", "Jira", "JIRA", "Kanban",
		"LaunchDarkly", "Looker", "Miro", "Mixpanel", "Mural", "Notion", "OKR", "OKRs", "Optimizely", "Pendo", "PowerPoint", "Power BI", "Productboard",
		"RICE", "SAFe", "SQL", "Salesforce", "Scrum", "Slack", "Tableau", "Trello", "Zendesk",
	}

	// asking are words that begin a second question after "and" or "or".
	asking = []string{"how", "what", "when", "where", "which", "who", "whom", "whose", "why"}

	// pronouns and auxiliaries after which a verb stands: "did you find and mend" asks two things.
	subjects = []string{"i", "we", "you"}

	// fillers carry no content: texts are compared without them.
	fillers = []string{
		"a", "about", "after", "all", "an", "and", "as", "at", "be", "because", "been", "before", "between", "by", "did", "do", "does", "for", "from", "had", "has", "have",
		"how", "i", "in", "into", "is", "it", "its", "me", "my", "of", "on", "one", "or", "our", "own", "so", "someone", "something", "than", "that", "the", "their", "them",
		"they", "this", "to", "two", "up", "us", "was", "we", "were", "what", "when", "where", "which", "who", "whom", "why", "with", "you", "your",
	}
)

// wordsOf splits a text into its words, as written.
func wordsOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' && r != '-'
	})
}

// contentOf are the different words of a text that carry content, without capitals, in order.
func contentOf(text string) []string {
	words := wordsOf(strings.ToLower(text))
	words = slices.DeleteFunc(words, func(w string) bool { return slices.Contains(fillers, w) })
	slices.Sort(words)
	return slices.Compact(words)
}

// shared is the share of the words of two sorted lists that stand in both, of those that stand in either.
func shared(a, b []string) (both, either int) {
	either = len(b)
	for _, word := range a {
		if _, found := slices.BinarySearch(b, word); found {
			both++
		} else {
			either++
		}
	}
	return both, either
}

// count is a number with its noun: "1 question", "3 questions".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func levels(f fraction.Fraction) string {
	if f.Equal(fraction.Int(1)) {
		return "1 level"
	}
	return f.Text() + " levels"
}
