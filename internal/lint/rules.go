package lint

import "slices"

// Rule is one kind of finding.
type Rule struct {
	Name     string // stable, in kebab-case
	Severity Severity
	Finds    string // what it finds, as a clause
	Do       string // what to do about it
}

// The names of the rules. They stand in rubrics, so they never change.
const (
	fewItems         = "few-items"
	unusedCompetency = "unused-competency"
	unusedGate       = "unused-gate"
	missingGrowth    = "missing-growth"
	missingWindow    = "missing-window"
	missingEvidence  = "missing-evidence"
	missingWhy       = "missing-why"

	noRoute       = "no-route"
	asksNothing   = "asks-nothing"
	asksLess      = "asks-less"
	asksNoMore    = "asks-no-more"
	manyHardGates = "many-hard-gates"

	floorNotBelowCut = "floor-not-below-cut"
	mustShortfall    = "must-shortfall"

	idleCriterion = "idle-criterion"
	idleFloor     = "idle-floor"
	idleMust      = "idle-must"
	idleAreaFloor = "idle-area-floor"
	idleCut       = "idle-cut"

	doubleBarrelled = "double-barrelled"
	gradingWord     = "grading-word"
	toolName        = "tool-name"
	yearsAsked      = "years-asked"
	anchorLength    = "anchor-length"
	unevenAnchors   = "uneven-anchors"
	alikeAnchors    = "alike-anchors"
	alikeQuestions  = "alike-questions"

	unknownRule        = "unknown-rule"
	unneededAcceptance = "unneeded-acceptance"
)

var rules = []Rule{
	{fewItems, Warning, "an area with fewer than three questions, so that one answer moves it too far", "add questions or join the area to another"},
	{unusedCompetency, Warning, "a competency that no stage asks for", "ask for it in a stage's criteria, or remove it"},
	{unusedGate, Warning, "a gate that no stage uses", "name it in a stage's gates, or remove it"},
	{missingGrowth, Warning, "a level that is asked for and that no growth step leads to", "add steps for that level under grow"},
	{missingWindow, Note, "a question that does not say how far it looks back", "add a window such as 12 months"},
	{missingEvidence, Warning, "a question that does not say what counts as evidence", "say what could be shown, and who could confirm it"},
	{missingWhy, Warning, "a criterion or gate without a reason", "give the reason in one sentence"},

	{noRoute, Warning, "a stage that nobody can reach, as no stage leads to it", "name it in the next of a stage before it, or remove it"},
	{asksNothing, Warning, "a stage further up that everybody is ready for", "add criteria or a hard gate"},
	{asksLess, Warning, "a criterion that falls below what a stage just before asks", "ask at least as much, or accept it with the reason"},
	{asksNoMore, Warning, "a stage whose levels and cuts are met by whoever just meets a stage before it", "ask more of the competencies that the stage turns on"},
	{manyHardGates, Warning, "a stage with more than three hard gates, for which nothing else makes up", "turn some into should"},

	{floorNotBelowCut, Warning, "an area floor at or above the overall cut, which then carries no decision", "lower the floor: the overall cut should carry the decision"},
	{mustShortfall, Warning, "must-haves that may fall short as far as any other criterion", "lower must_shortfall below max_shortfall"},

	{idleCriterion, Warning, "a criterion that can never change a verdict", "raise its level or weight, or remove it"},
	{idleFloor, Warning, "a floor of a criterion that other conditions imply", "raise the floor, or remove it"},
	{idleMust, Warning, "a must-have whose floor other conditions imply", "lower the cuts that imply it, or drop the must"},
	{idleAreaFloor, Warning, "an area floor that other conditions imply at every stage", "raise it, or lower what implies it"},
	{idleCut, Warning, "an overall cut that other conditions imply at every stage", "raise it above what the floors ask already"},

	{doubleBarrelled, Warning, "a question that asks two things, so that one answer cannot be right for both", "ask one thing, or make two questions"},
	{gradingWord, Warning, "a word that gives a grade in place of a fact", "say what could be seen: the act, its scope, its effect"},
	{toolName, Warning, "the name of a tool or method, which not everybody uses", "name the job that it does"},
	{yearsAsked, Note, "a number of years, which measures tenure and not skill", "ask for scope, difficulty or outcome"},
	{anchorLength, Note, "an anchor with fewer than 10 or more than 25 words", "say one thing that could be shown, in 10 to 25 words"},
	{unevenAnchors, Warning, "anchors of very unequal length, of which people take the longest for the best", "keep the longest below twice the shortest"},
	{alikeAnchors, Warning, "neighbouring anchors that share half of their words or more", "let the step change scope, autonomy or effect"},
	{alikeQuestions, Warning, "two questions that are nearly the same", "ask about another behaviour, or join them"},

	{unknownRule, Warning, "an acceptance of a rule that does not exist", "name one of the rules in `pmpath help lint-rules`"},
	{unneededAcceptance, Warning, "an acceptance that no finding needs", "remove it"},
}

// Rules lists all rules, those about structure first.
func Rules() []Rule { return slices.Clone(rules) }

func ruleNamed(name string) *Rule {
	for i := range rules {
		if rules[i].Name == name {
			return &rules[i]
		}
	}
	return nil
}
