package lint_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/pmpath/pmpath/internal/lint"
	"github.com/pmpath/pmpath/internal/rubric"
)

// clean has no finding. Each competency has three items of one weight, so a score lies on thirds; at the stage "end" each can earn 1 point, 3 in all. The
// overall cut lets 0.75 of them go, an area's floor 0.4: one third short in each of three areas is refused by the cut alone, two thirds in one by its floor alone.
const clean = `pmpath: 1
id: tiny
version: 1.0.0
title: Tiny
scale: [{level: 0, label: Not yet, means: Nothing.}, {level: 1, label: Once, means: Done once.}, {level: 2, label: Shared, means: Others do it.}]
rule:
  ready_at: {at: 75%, why: w}
  area_floor: {at: 60%, why: w}
  max_shortfall: {at: 1, why: w}
  must_shortfall: {at: 1/2, why: w}
  span: {at: 1, why: w}
  assessed: {at: 2/3, why: w}
areas:
  - area: craft
    title: Craft
    competencies:
      - id: making
        title: Making
        items:
          - {id: a1, ask: Which thing did you build?, window: 12 months, evidence: It., anchors: {1: &one I carried a heavy red box over the bridge alone today., 2: &two Nine tall painters follow a plan which she drew for everybody.}}
          - {id: a2, ask: How was rain kept away?, window: 12 months, evidence: It., anchors: {1: *one , 2: *two }}
          - {id: a3, ask: Who taught carpenters there?, window: 12 months, evidence: It., anchors: {1: *one , 2: *two }}
        grow: &grow
          1: [{kind: practice, do: Do it., effort: 1h}]
          2: [{kind: practice, do: Share it., effort: 2h}]
  - area: people
    title: People
    competencies:
      - id: talking
        title: Talking
        items:
          - {id: b1, ask: Whom did the letter reach?, window: 12 months, evidence: It., anchors: {1: *one , 2: *two }}
          - {id: b2, ask: When were guests greeted loudly?, window: 12 months, evidence: It., anchors: {1: *one , 2: *two }}
          - {id: b3, ask: Which song moved children?, window: 12 months, evidence: It., anchors: {1: *one , 2: *two }}
        grow: *grow
  - area: trade
    title: Trade
    competencies:
      - id: selling
        title: Selling
        items:
          - {id: c1, ask: What price held longest?, window: 12 months, evidence: It., anchors: {1: *one , 2: *two }}
          - {id: c2, ask: Where were apples sold?, window: 12 months, evidence: It., anchors: {1: *one , 2: *two }}
          - {id: c3, ask: How full were baskets?, window: 12 months, evidence: It., anchors: {1: A clerk counted full baskets at noon with an abacus., 2: Our five depots now stack their goods in that order.}}
        grow: *grow
stages:
  - {id: start, title: Start, next: [middle]}
  - id: middle
    title: Middle
    next: [end]
    criteria:
      making: {level: 1, why: w}
      talking: {level: 1, why: w}
      selling: {level: 1, why: w}
  - id: end
    title: End
    criteria:
      making: {level: 2, why: w}
      talking: {level: 2, why: w}
      selling: {level: 2, why: w}
    gates: {proof: hard}
gates:
  - {id: proof, title: Proof, ask: Is it there?, why: w}
`

// tests change clean in one or two places. A case fires where it names a place in the changed text, which is where the finding must be; the others stay just
// on the other side of the same rule, and nothing at all may be found.
var tests = []struct {
	rule  string
	edits []string // old, new, old, new …
	at    string
	what  string
}{
	{rule: "few-items", edits: edit("          - {id: a3, ask: Who taught carpenters there?, window: 12 months, evidence: It., anchors: {1: *one , 2: *two }}\n", ""),
		at: "area: craft", what: `the area "craft" has 2 questions: one answer moves it too far`},
	{rule: "few-items", edits: edit("Who taught carpenters there?", "Who taught carpenters elsewhere?")}, // three are enough
	{rule: "unused-competency", edits: edit("making: {level: 1, why: w}", "", "making: {level: 2, why: w}", "", "at: 75%", "at: 80%"),
		at: "id: making", what: `no stage asks for the competency "making"`},
	{rule: "unused-competency", edits: edit("making: {level: 1, why: w}", "")}, // one stage is enough
	{rule: "unused-gate", edits: edit("    gates: {proof: hard}\n", ""), at: "{id: proof", what: `no stage uses the gate "proof"`},
	{rule: "unused-gate", edits: edit("gates: {proof: hard}", "gates: {proof: should}")},
	{rule: "missing-growth", edits: edit("          2: [{kind: practice, do: Share it., effort: 2h}]\n", "", "talking: {level: 2", "talking: {level: 1", "selling: {level: 2", "selling: {level: 1"),
		at: "id: making", what: `the competency "making" has no step that leads to level 2`},
	{rule: "missing-growth", edits: edit("1: [{kind: practice, do: Do it., effort: 1h}]", "1: [{kind: mentor, do: Ask., effort: 1h}]")},
	{rule: "missing-window", edits: edit("Which thing did you build?, window: 12 months", "Which thing did you build?"), at: "{id: a1", what: `the question "a1" does not say how far it looks back`},
	{rule: "missing-window", edits: edit("Which thing did you build?, window: 12 months", "Which thing did you build?, window: 1 month")},
	{rule: "missing-evidence", edits: edit("Which thing did you build?, window: 12 months, evidence: It.", "Which thing did you build?, window: 12 months"),
		at: "{id: a1", what: `the question "a1" does not say what counts as evidence`},
	{rule: "missing-evidence", edits: edit("evidence: It.", "evidence: That.")},
	{rule: "missing-why", edits: edit("making: {level: 2, why: w}", "making: {level: 2}"), at: "making: {level: 2}", what: `the criterion "making" of "end" has no reason`},
	{rule: "missing-why", edits: edit("ask: Is it there?, why: w", "ask: Is it there?"), at: "{id: proof", what: `the gate "proof" has no reason`},
	{rule: "missing-why", edits: edit("ask: Is it there?, why: w", "ask: Is it there?, why: Because.")},

	{rule: "no-route", edits: edit("next: [middle]", "next: []"), at: "id: middle", what: `no stage leads to "middle"`},
	{rule: "no-route", edits: edit("gates:\n  - {id: proof", "  - {id: aside, title: Aside}\ngates:\n  - {id: proof"), at: "{id: aside", what: `no stage leads to "aside"`},
	{rule: "no-route", edits: edit("stages:\n", "stages:\n  - {id: door, title: Door, next: [middle]}\n")}, // a second place to start from
	{rule: "asks-nothing", edits: edit("next: [middle]", "next: [middle, side]", "gates:\n  - {id: proof", "  - {id: side, title: Side}\ngates:\n  - {id: proof"),
		at: "{id: side", what: `the stage "side" asks nothing: everybody is ready for it`},
	{rule: "asks-nothing", edits: edit("next: [middle]", "next: [middle, side]", "gates:\n  - {id: proof", "  - {id: side, title: Side, gates: {proof: hard}}\ngates:\n  - {id: proof")},
	{rule: "asks-less", edits: edit("making: {level: 1, why: w}", "making: {level: 2, why: w}", "making: {level: 2, why: w}\n      talking: {level: 2", "making: {level: 1, why: w}\n      talking: {level: 2"),
		at: "making: {level: 1", what: `"end" asks less of "making" than "middle" (level 2 → 1)`},
	{rule: "asks-less", edits: edit("making: {level: 1, why: w}", "making: {level: 2, must: true, why: w}", "at: 60%", "at: 30%", "at: 75%", "at: 70%"),
		at: "making: {level: 2, why: w}", what: `"end" asks less of "making" than "middle" (floor 1.5 → 1)`},
	{rule: "asks-less", edits: edit("      selling: {level: 2, why: w}\n", "", "at: 75%", "at: 70%"), at: "id: end", what: `"end" no longer asks for "selling", which "middle" does`},
	{rule: "asks-less", edits: edit("making: {level: 1, why: w}", "making: {level: 2, why: w}")}, // as much as before
	{rule: "asks-no-more", edits: edit("making: {level: 2, why: w}", "making: {level: 1, why: w}", "talking: {level: 2, why: w}", "talking: {level: 1, why: w}", "selling: {level: 2, why: w}", "selling: {level: 1, why: w}"),
		at: "id: end", what: `whoever is exactly where "middle" asks one to be meets all of "end" but its gates`},
	{rule: "asks-no-more", edits: edit("making: {level: 2, why: w}", "making: {level: 1, why: w}", "talking: {level: 2, why: w}", "talking: {level: 1, why: w}")}, // one step up is a step
	{rule: "many-hard-gates", edits: edit("gates: {proof: hard}\ngates:\n", "gates: {proof: hard, b: hard, c: hard, d: hard}\ngates:\n"+threeGates),
		at: "id: end", what: `the stage "end" has 4 hard gates`},
	{rule: "many-hard-gates", edits: edit("gates: {proof: hard}\ngates:\n", "gates: {proof: hard, b: hard, c: hard, d: should}\ngates:\n"+threeGates)},

	{rule: "floor-not-below-cut", edits: edit("    title: Craft\n", "    title: Craft\n    floor: {at: 75%, why: w}\n"),
		at: "{at: 75%, why: w}\n    comp", what: `the floor of the area "craft" (75 %) is not below the overall cut (75 %)`},
	{rule: "floor-not-below-cut", edits: edit("    title: Craft\n", "    title: Craft\n    floor: {at: 74.9%, why: w}\n")},
	{rule: "must-shortfall", edits: edit("must_shortfall: {at: 1/2", "must_shortfall: {at: 1", "max_shortfall: {at: 1,", "max_shortfall: {at: 1/2,"),
		at: "{at: 1, why: w}\n  span", what: "a must-have may fall 1 level short, other criteria 0.5 levels"},
	{rule: "must-shortfall", edits: edit("must_shortfall: {at: 1/2", "must_shortfall: {at: 1", "making: {level: 2, why", "making: {level: 2, must: true, why"),
		at: "{at: 1, why: w}\n  span", what: "a must-have may fall 1 level short, other criteria 1 level"},
	{rule: "must-shortfall", edits: edit("must_shortfall: {at: 1/2", "must_shortfall: {at: 1")}, // without a must-have nobody is told anything wrong

	{rule: "idle-criterion", edits: edit("making: {level: 1, why: w}", "making: {level: 0, why: w}"),
		at: "making: {level: 0", what: `the criterion "making" of "middle" asks for the lowest level, which everybody has`},
	// With a fourth competency in the area, weights 30 and 1 make 31 points of 91: 10 + 1 short leave 64 %, 20 leave 35 %; the 1 is never what decides.
	{rule: "idle-criterion", edits: edit(withFourth, fourth("level: 1, weight: 1")...), at: "humming: {level: 1", what: `the criterion "humming" of "middle" can never change a verdict: it is too small beside the others`},
	{rule: "idle-criterion", edits: edit(withFourth, fourth("level: 1, weight: 9")...)}, // 10 + 9 short of 39 leave 51 %
	// A score under 5/3 is 4/3 at the most, which lacks two thirds of the area's one point.
	{rule: "idle-floor", edits: edit("making: {level: 2, why: w}", "making: {level: 2, floor: 5/3, why: w}"), at: "5/3, why", what: `the floor 1 2/3 of "making" in "end" can never change a verdict`},
	{rule: "idle-floor", edits: edit("making: {level: 2, why: w}", "making: {level: 2, floor: 2, why: w}")}, // refuses 5/3, which the area's floor lets pass
	{rule: "idle-must", edits: edit("making: {level: 2, why: w}", "making: {level: 2, must: true, why: w}"),
		at: "making: {level: 2", what: `that "making" is a must-have of "end" can never change a verdict`},
	{rule: "idle-must", edits: edit("making: {level: 2, why: w}", "making: {level: 2, must: true, why: w}", "must_shortfall: {at: 1/2", "must_shortfall: {at: 1/4")}, // refuses 5/3
	{rule: "idle-area-floor", edits: edit("    title: Craft\n", "    title: Craft\n    floor: {at: 20%, why: w}\n"),
		at: "{at: 20%", what: `the floor of the area "craft" (20 %) can never change a verdict`},
	{rule: "idle-area-floor", edits: edit("    title: Craft\n", "    title: Craft\n    floor: {at: 34%, why: w}\n")},        // two thirds short leave 33.3 %
	{rule: "idle-area-floor", edits: edit("    title: Craft\n", "    title: Craft\n    floor: {at: 0%, why: No floor.}\n")}, // turned off on purpose
	{rule: "idle-cut", edits: edit("at: 75%", "at: 66%"), at: "{at: 66%", what: "the overall cut (66 %) can never change a verdict: the floors ask as much already"},
	{rule: "idle-cut", edits: edit("at: 75%", "at: 67%")}, // one third short in each area leaves 66.7 %

	{rule: "double-barrelled", edits: edit("Which thing did you build?", "Which thing did you build and paint?"), at: "Which thing", what: "this asks two things: … build and paint"},
	{rule: "double-barrelled", edits: edit("Which thing did you build?", `"Which thing did you build, and why?"`), at: `"Which thing`, what: "this asks two things: … and why"},
	{rule: "double-barrelled", edits: edit("Is it there?", `"Is it there? Since when?"`), at: "{id: proof", what: "this asks two things: … two question marks"},
	{rule: "double-barrelled", edits: edit("Which thing did you build?", "Which house and garden did you build?")},
	{rule: "grading-word", edits: edit("A clerk counted", "A clerk Successfully counted"), at: "1: A clerk", what: `"successfully" gives a grade and no fact`},
	{rule: "grading-word", edits: edit("A clerk counted", "A clerk without success counted")},
	{rule: "tool-name", edits: edit("Which thing did you build?", "Which thing did you put into Jira?"), at: "Which thing", what: `"Jira" is the name of a tool or method`},
	{rule: "tool-name", edits: edit("Which thing did you build?", "Which notion did you excel at?")}, // words that are tools with a capital
	{rule: "years-asked", edits: edit("at noon", "for two years"), at: "1: A clerk", what: `"two years" counts years`},
	{rule: "years-asked", edits: edit("at noon", "all the year")},
	{rule: "anchor-length", edits: edit("A clerk counted", "Clerks counted"), at: "1: Clerks", what: "the anchor of level 1 has 9 words"},
	{rule: "anchor-length", edits: edit("A clerk counted", "A clerk of the tax office and his two brown dogs tired of the long way home counted")}, // 25
	{rule: "uneven-anchors", edits: edit("A clerk counted full baskets", "Clerks counted", "Our five depots", "Our five little red and blue depots on both sides of the Main"), //
		at: "2: Our five", what: "the anchor of level 2 has 20 words, that of level 1 only 7"},
	{rule: "uneven-anchors", edits: edit("Our five depots", "Our five little red and blue depots on both sides of the Main")}, // 20 and 10
	{rule: "alike-anchors", edits: edit("Our five depots now stack their goods in that order.", "A clerk counted empty baskets at night with an abacus."),
		at: "2: A clerk", what: "the anchors of levels 1 and 2 share 4 of their 8 words of content"},
	{rule: "alike-anchors", edits: edit("Our five depots now stack their goods in that order.", "A porter counted empty baskets at night with an abacus.")}, // 3 of 9
	{rule: "alike-questions", edits: edit("How was rain kept away?", "Which old thing did you build there?", "Which thing did you build?", "Which small thing did you build there?"),
		at: "Which old thing", what: `"a2" asks nearly the same as "a1"`},
	{rule: "alike-questions", edits: edit("How was rain kept away?", "which thing did you BUILD?"), at: "which thing", what: `"a2" asks nearly the same as "a1"`},
	{rule: "alike-questions", edits: edit("How was rain kept away?", "Which other small thing did you mend there?", "Which thing did you build?", "Which small thing did you build?")},

	{rule: "unknown-rule", edits: edit("title: Making\n", "title: Making\n        accept: [{rule: few-itms, why: w}]\n"), at: "{rule: few-itms", what: `there is no rule "few-itms" – did you mean "few-items"?`},
	{rule: "unknown-rule", edits: edit("title: Craft\n    comp", "title: Craft\n    accept: [{rule: few-items, why: w}]\n    comp",
		"          - {id: a3, ask: Who taught carpenters there?, window: 12 months, evidence: It., anchors: {1: *one , 2: *two }}\n", "")},
	{rule: "unneeded-acceptance", edits: edit("title: Making\n", "title: Making\n        accept: [{rule: few-items, why: w}]\n"), at: "{rule: few-items", what: `nothing is left for "few-items" to accept in the competency making`},
	{rule: "unneeded-acceptance", edits: edit("title: Craft\n    comp", "title: Craft\n    accept: [{rule: few-items, why: w}, {rule: few-items, why: v}]\n    comp",
		"          - {id: a3, ask: Who taught carpenters there?, window: 12 months, evidence: It., anchors: {1: *one , 2: *two }}\n", ""),
		at: "{rule: few-items, why: v}", what: `nothing is left for "few-items" to accept in the area craft`},
	{rule: "unneeded-acceptance", edits: edit("making: {level: 1, why: w}", "making: {level: 0, why: w, accept: [{rule: idle-criterion, why: w}]}")},
}

func edit(first string, others ...string) []string { return append([]string{first}, others...) }

const threeGates = `  - {id: b, title: B, ask: B?, why: w}
  - {id: c, title: C, ask: C?, why: w}
  - {id: d, title: D, ask: D?, why: w}
`

// withFourth begins an edit that fourth goes on with: a second competency in the area craft, asked for at one stage.
const withFourth = "  - area: people\n"

func fourth(criterion string) []string {
	return []string{`      - id: humming
        title: Humming
        items: [{id: d1, ask: Which tune stayed longest?, window: 12 months, evidence: It., anchors: {1: *one , 2: *two }}]
        grow: *grow
  - area: people
`, "making: {level: 1, why: w}", "making: {level: 1, weight: 30, why: w}\n      humming: {" + criterion + ", why: w}",
		"talking: {level: 1, why", "talking: {level: 1, weight: 30, why", "selling: {level: 1, why", "selling: {level: 1, weight: 30, why",
		"making: {level: 2, why: w}", "making: {level: 2, why: w}\n      humming: {level: 2, weight: 1, why: w}"}
}

func TestLint(t *testing.T) {
	if found := lint.Lint(load(t, clean)).Findings; len(found) > 0 {
		t.Fatalf("clean has findings: %v", lines(found))
	}
	for i, tc := range tests {
		t.Run(fmt.Sprintf("%s %d", tc.rule, i), func(t *testing.T) {
			text := clean
			for i := 0; i < len(tc.edits); i += 2 {
				if !strings.Contains(text, tc.edits[i]) {
					t.Fatalf("the text to change is not there: %s", tc.edits[i])
				}
				text = strings.Replace(text, tc.edits[i], tc.edits[i+1], 1)
			}
			var want []string
			if tc.at != "" {
				want = []string{place(t, text, tc.at) + ": " + tc.rule + ": " + tc.what}
			}
			found := slices.DeleteFunc(lint.Lint(load(t, text)).Findings, func(f lint.Finding) bool { return f.Rule.Name != tc.rule })
			if diff := cmp.Diff(want, lines(found)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// Each rule has a case that fires and one that does not.
func TestEveryRuleIsTested(t *testing.T) {
	fires, stays := map[string]bool{}, map[string]bool{}
	for _, tc := range tests {
		if tc.at != "" {
			fires[tc.rule] = true
		} else {
			stays[tc.rule] = true
		}
	}
	for _, rule := range lint.Rules() {
		if !fires[rule.Name] || !stays[rule.Name] {
			t.Errorf("%s: fires in a case: %v, stays silent in one: %v", rule.Name, fires[rule.Name], stays[rule.Name])
		}
		if rule.Severity == 0 || rule.Finds == "" || rule.Do == "" {
			t.Errorf("%s is not described", rule.Name)
		}
		delete(fires, rule.Name)
	}
	if len(fires) > 0 {
		t.Errorf("rules that are not listed: %v", fires)
	}
}

func TestAccepted(t *testing.T) {
	text := strings.Replace(clean, "making: {level: 2, why: w}", "making: {level: 2, must: true, why: w, accept: [{rule: idle-must, why: It is meant as a sign.}]}", 1)
	result := lint.Lint(load(t, text))
	if len(result.Findings) > 0 || len(result.Accepted) != 1 {
		t.Fatalf("%d findings, %d accepted; want 0 and 1", len(result.Findings), len(result.Accepted))
	}
	if got := result.Accepted[0]; got.Rule.Name != "idle-must" || got.Why != "It is meant as a sign." || got.Place != "criterion end/making" {
		t.Errorf("accepted %s of %s: %s", got.Rule.Name, got.Place, got.Why)
	}
}

// tester is a test, or a check of rapid.
type tester interface {
	Fatalf(format string, args ...any)
}

func load(t tester, text string) *rubric.Rubric {
	r, err := rubric.Load(fstest.MapFS{"r.yaml": {Data: []byte(text)}}, "r.yaml", "r.yaml")
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return r
}

// place is where a part of the text begins, which must stand there once.
func place(t *testing.T, text, part string) string {
	t.Helper()
	before, _, found := strings.Cut(text, part)
	if !found || strings.Count(text, part) != 1 {
		t.Fatalf("%q stands %d times in the text", part, strings.Count(text, part))
	}
	line := before[strings.LastIndex(before, "\n")+1:]
	return fmt.Sprintf("r.yaml:%d:%d", strings.Count(before, "\n")+1, len([]rune(line))+1)
}

func lines(findings []lint.Finding) []string {
	var all []string
	for _, f := range findings {
		all = append(all, f.Position.String()+": "+f.Rule.Name+": "+f.What)
	}
	return all
}
